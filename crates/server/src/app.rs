//! What every part of the running server shares.

use crate::auth::{Guard, People};
use crate::config::Config;
use crate::edge::Edge;
use crate::keys::Keys;
use crate::live::Desk;
use crate::metrics::Metrics;
use crate::store::EventStore;
use std::net::IpAddr;
use std::sync::Arc;

/// The running server.
pub(crate) struct App {
    pub(crate) config: Config,
    pub(crate) edge: Arc<dyn Edge>,
    pub(crate) store: Arc<dyn EventStore>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) people: People,
    pub(crate) desk: Arc<Desk>,
    pub(crate) limits: Limits,
    pub(crate) metrics: Metrics,
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
            requests: Guard::new(config.requests_per_second * 5, f64::from(config.requests_per_second)),
            attempts: Guard::new(10, 0.2),
        }
    }
}
