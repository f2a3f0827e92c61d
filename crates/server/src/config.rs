//! How a server is set up. All of it has a default.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// How a server is set up.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The folder of everything it keeps.
    pub data: PathBuf,
    /// The folder of keys; `keys` in the data folder if not given.
    pub keys: Option<PathBuf>,
    /// The address people type, when it is not the one listened on: behind a
    /// proxy that speaks HTTPS.
    pub public_url: Option<String>,
    /// Requests one address may make in a second, five times that at once.
    pub requests_per_second: u32,
    /// Where counts for whoever runs the server are told, on a port of their
    /// own: how much happens is not for the parties to know.
    pub metrics: Option<SocketAddr>,
    /// A fictional mediation with all roles to click through.
    pub demo: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8017)),
            data: PathBuf::from("detente-data"),
            keys: None,
            public_url: None,
            requests_per_second: 200,
            metrics: None,
            demo: false,
        }
    }
}

impl Config {
    pub(crate) fn is_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// A cookie whose name browsers tie to one host where they can.
    pub(crate) fn session_cookie(&self) -> &'static str {
        if self.is_https() { "__Host-session" } else { "session" }
    }

    /// The address of a page, for a link that is passed on.
    pub(crate) fn url(&self, bound: SocketAddr, path: &str) -> String {
        match &self.public_url {
            Some(url) => format!("{}{path}", url.trim_end_matches('/')),
            None => format!("http://{bound}{path}"),
        }
    }

    pub(crate) fn keys_folder(&self) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| self.data.join("keys"))
    }

    pub(crate) fn store_file(&self) -> PathBuf {
        self.data.join("detente.sqlite")
    }
}
