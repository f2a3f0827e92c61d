//! What every part of the running server shares.

use crate::auth::{Guard, People};
use crate::config::Config;
use crate::demo::Role;
use crate::edge::Edge;
use crate::live::Desk;
use crate::metrics::Metrics;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use tokio::sync::watch;

/// The running server.
pub(crate) struct App {
    pub(crate) config: Config,
    pub(crate) edge: Arc<dyn Edge>,
    pub(crate) people: People,
    pub(crate) desk: Arc<Desk>,
    pub(crate) limits: Limits,
    pub(crate) metrics: Metrics,
    pub(crate) address: SocketAddr,
    /// Whom one can look as in a demo.
    pub(crate) demo: OnceLock<Vec<Role>>,
    pub(crate) stopping: Stop,
    /// A leak planted by a test.
    #[cfg(test)]
    pub(crate) planted: OnceLock<crate::tests::planted::Place>,
    /// Held as long as the server runs.
    pub(crate) _lock: std::fs::File,
}

impl App {
    /// The address of a page, for a link that is passed on.
    pub(crate) fn url(&self, path: &str) -> String {
        self.config.url(self.address, path)
    }
}

/// Tells everything that runs for long to stop.
#[derive(Debug, Clone)]
pub(crate) struct Stop(watch::Sender<bool>);

impl Stop {
    pub(crate) fn new() -> Self {
        Self(watch::channel(false).0)
    }

    pub(crate) fn stop(&self) {
        self.0.send_replace(true);
    }

    /// Returns once told.
    pub(crate) async fn stopped(&self) {
        // The sender lives in self, so waiting cannot fail.
        let _ = self.0.subscribe().wait_for(|stopped| *stopped).await;
    }
}

/// How often one address may ask.
pub(crate) struct Limits {
    /// Anything.
    pub(crate) requests: Guard<IpAddr>,
    /// Links and passwords.
    pub(crate) attempts: Guard<IpAddr>,
}

impl Limits {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            requests: Guard::new(
                config.requests_per_second * 5,
                f64::from(config.requests_per_second),
            ),
            attempts: Guard::new(10, 0.2),
        }
    }
}
