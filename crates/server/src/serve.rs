//! Starting, running and stopping.

use crate::app::{App, Limits, Stop};
use crate::auth::{Denied, People, Person};
use crate::config::Config;
use crate::demo;
use crate::edge::{Edge, System};
use crate::http;
use crate::keys::{Keys, create_private_folder};
use crate::live::Desk;
use crate::metrics::Metrics;
use crate::store::{EventStore, Sqlite, StoreError};
use crate::system;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::net::TcpListener;

/// Why a server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not ours.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    /// The data folder cannot be used.
    #[error("cannot use the folder {0}: {1}")]
    Folder(PathBuf, io::Error),
    /// Another server uses the data folder.
    #[error("another server is using {0}")]
    InUse(PathBuf),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Someone could not be registered.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The keys cannot be used.
    #[error(transparent)]
    Key(#[from] crate::keys::KeyError),
    /// The demo cannot be set up.
    #[error("the demo cannot be set up: {0}")]
    Demo(String),
    /// Nothing can run.
    #[error("cannot start: {0}")]
    Runtime(io::Error),
}

/// What a server that has just started has to tell.
#[derive(Debug)]
pub struct Started {
    /// Where it listens.
    pub address: SocketAddr,
    /// The page to open.
    pub url: String,
    /// A one-time link for the first person, when there is nobody yet.
    pub first_link: Option<zeroize::Zeroizing<String>>,
}

/// Name of the record that holds the key of sign-in names.
const NAME_KEY_FILE: &str = "sign-in-names";

/// Runs a server until it is told to stop.
///
/// # Errors
/// When it cannot start.
pub fn serve(config: Config, announce: impl FnOnce(&Started)) -> Result<(), ServeError> {
    system::raise_file_limit();
    system::lock_memory();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    runtime.block_on(run(config, announce))
}

/// Writes what happens to standard error, a JSON object a line, without
/// content: routes, never paths; hashes and opaque ids, never names.
pub fn log_to_stderr() {
    let lines = tracing_subscriber::fmt().json().with_writer(io::stderr).with_target(false);
    // A second call changes nothing.
    let _ = lines.with_max_level(tracing::Level::INFO).try_init();
}

async fn run(mut config: Config, announce: impl FnOnce(&Started)) -> Result<(), ServeError> {
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| ServeError::Listen(config.listen, error))?;
    let address = listener.local_addr().map_err(|e| ServeError::Listen(config.listen, e))?;
    if config.demo {
        config.data = empty_demo_folder(&config.data)?;
        config.keys = None;
    }
    let (app, stop) = open(config, address, Arc::new(System::new()))?;
    let first_link = if app.config.demo {
        demo::set_up(&app).await?;
        None
    } else {
        first_link(&app).await?
    };
    announce(&Started { address, url: app.url("/"), first_link });
    if let Some(at) = app.config.metrics {
        let listener = TcpListener::bind(at).await.map_err(|e| ServeError::Listen(at, e))?;
        let counted = app.clone();
        let text = move || std::future::ready(counted.metrics.text(counted.desk.count()));
        let router = axum::Router::new().route("/metrics", axum::routing::get(text));
        tokio::spawn(async move { axum::serve(listener, router).await });
    }
    let housekeeping = tokio::spawn(keep_house(app.clone()));
    let router = http::router(app.clone());
    tokio::spawn(async move {
        signal().await;
        tracing::info!("stopping: no new requests, open ones are finished");
        stop.stop();
    });
    http::serve(listener, router, &app.stopping).await;
    housekeeping.abort();
    Ok(())
}

/// Opens everything a server needs, without listening.
pub(crate) fn open(
    config: Config,
    address: SocketAddr,
    edge: Arc<dyn Edge>,
) -> Result<(Arc<App>, Stop), ServeError> {
    let folder = config.data.clone();
    create_private_folder(&folder).map_err(|e| ServeError::Folder(folder, e))?;
    let lock = lock(&config)?;
    let keys_folder = config.keys_folder();
    let keys = Keys::open(&keys_folder).map_err(|e| ServeError::Folder(keys_folder, e))?;
    let keys = Arc::new(keys);
    let store: Arc<dyn EventStore> = Arc::new(Sqlite::open(&config.store_file())?);
    let name_key = keys.named(&*edge, NAME_KEY_FILE)?;
    let people = People::open(edge.clone(), store.clone(), *name_key)?;
    let desk = Arc::new(Desk::load(edge.clone(), store, keys)?);
    let limits = Limits::new(&config);
    let stop = Stop::new();
    let metrics = Metrics::default();
    let stopping = stop.clone();
    let app = App {
        config,
        edge,
        people,
        desk,
        limits,
        metrics,
        address,
        demo: OnceLock::new(),
        stopping,
        #[cfg(test)]
        planted: OnceLock::new(),
        _lock: lock,
    };
    Ok((Arc::new(app), stop))
}

/// The demo begins anew: its own folder, and nothing else, is emptied.
fn empty_demo_folder(data: &Path) -> Result<PathBuf, ServeError> {
    let folder = data.join("demo");
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(ServeError::Folder(folder, error))
        }
        _ => Ok(folder),
    }
}

/// Two servers on one folder would each believe they know the end of every log.
pub(crate) fn lock(config: &Config) -> Result<std::fs::File, ServeError> {
    let path = config.data.join("lock");
    let failed = |error| ServeError::Folder(config.data.clone(), error);
    let file = std::fs::File::create(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(ServeError::InUse(config.data.clone())),
        Err(std::fs::TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// The link of the first person, who may begin talks: until somebody has come in by it.
async fn first_link(app: &App) -> Result<Option<zeroize::Zeroizing<String>>, ServeError> {
    let host = match app.people.lone_host() {
        Some(host) => host,
        None if app.people.is_empty() => {
            app.people.add(Person { host: true, ..Person::default() }).await?
        }
        None => return Ok(None),
    };
    let link = app.people.link(host).await?;
    Ok(Some(zeroize::Zeroizing::new(app.url(&format!("/k/{}", *link.to_text())))))
}

/// Closes what is due, and forgets what has ended.
async fn keep_house(app: Arc<App>) {
    let mut ticks = 0_u64;
    let mut clock = tokio::time::interval(Duration::from_millis(500));
    loop {
        clock.tick().await;
        app.desk.close_due().await;
        ticks += 1;
        if ticks.is_multiple_of(600)
            && let Err(error) = app.people.sweep().await
        {
            tracing::warn!(%error, "old sessions could not be forgotten");
        }
    }
}

async fn signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Where signals cannot be heard the server runs until it is killed; nothing is lost then either.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
