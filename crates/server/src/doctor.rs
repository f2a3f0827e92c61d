//! Looking for what is wrong with a data folder, and taking a copy of it.

use crate::config::Config;
use crate::edge::System;
use crate::keys::{Keys, create_private_folder};
use crate::live::Desk;
use crate::serve::{ServeError, lock};
use crate::store::{EventStore, Sqlite, StoreError};
use detente_mediation::TalksId;
use detente_mediation::log::verify;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// One thing looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// Whether it is as it should be.
    pub fine: bool,
    /// What was found.
    pub found: String,
    /// How to mend it; empty when nothing is to mend.
    pub mend: String,
}

impl Examined {
    fn fine(found: impl Into<String>) -> Self {
        Self { fine: true, found: found.into(), mend: String::new() }
    }

    fn wrong(found: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { fine: false, found: found.into(), mend: mend.into() }
    }
}

/// Looks at everything a server needs. Changes nothing; a server may be running.
#[must_use]
pub fn examine(config: &Config) -> Vec<Examined> {
    if !config.store_file().exists() {
        let found = format!("there is no store in {}", config.data.display());
        return vec![Examined::wrong(found, "`detente serve --data DIR` makes one")];
    }
    let mut all = vec![
        private("the data folder", &config.data),
        private("the folder of keys", &config.keys_folder()),
        fsync(&config.data),
        swap(),
    ];
    match logs(config) {
        Ok(found) => all.extend(found),
        Err(error) => all.push(Examined::wrong(
            error.to_string(),
            "put the last backup in its place; the keys stay as they are",
        )),
    }
    all
}

/// Whether what a server has in memory may be written to swap.
fn swap() -> Examined {
    // One line of headings, then one for each place. Elsewhere there is no such file.
    let places = std::fs::read_to_string("/proc/swaps").map(|text| text.lines().skip(1).count());
    match places {
        Ok(0) => Examined::fine("there is no swap"),
        _ if crate::system::may_lock_memory() => {
            Examined::fine("a server started by this user locks its memory: nothing goes to swap")
        }
        // Not a fault of the data folder.
        _ => Examined::fine(
            "what a server has in memory may be written to swap: turn swap off, encrypt it, or \
             let the server lock its memory (`LimitMEMLOCK=infinity`)",
        ),
    }
}

fn private(what: &str, folder: &Path) -> Examined {
    let name = folder.display();
    let Ok(metadata) = std::fs::metadata(folder) else {
        return Examined::wrong(
            format!("{what} {name} is not there"),
            "without keys nothing can be opened: bring back the medium they are on",
        );
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if metadata.permissions().mode() & 0o077 != 0 {
            let found = format!("{what} {name} can be entered by others on this machine");
            return Examined::wrong(found, format!("chmod 700 {name}"));
        }
    }
    let _ = metadata;
    Examined::fine(format!("{what} {name} is its owner's alone"))
}

/// How long the disk takes to make something durable: every answer waits for it.
fn fsync(folder: &Path) -> Examined {
    let path = folder.join("fsync-probe");
    let probe = || -> std::io::Result<Duration> {
        let mut file = std::fs::File::create(&path)?;
        let mut times = Vec::new();
        for _ in 0..21 {
            let began = Instant::now();
            file.write_all(&[0; 4096])?;
            file.sync_all()?;
            times.push(began.elapsed());
        }
        times.sort_unstable();
        Ok(times[times.len() / 2])
    };
    let probed = probe();
    // A probe left behind harms nobody.
    let _ = std::fs::remove_file(&path);
    match probed {
        Ok(median) => {
            Examined::fine(format!("the disk makes 4 KiB durable in {median:.1?} (median of 21)"))
        }
        Err(error) => Examined::wrong(
            format!("nothing can be written to {}: {error}", folder.display()),
            "free some space, or check who may write there",
        ),
    }
}

fn logs(config: &Config) -> Result<Vec<Examined>, StoreError> {
    let sqlite = Sqlite::look(&config.store_file())?;
    let mut all = vec![match sqlite.check()?.as_str() {
        "ok" => Examined::fine("the database is whole"),
        other => Examined::wrong(
            format!("the database is damaged: {other}"),
            "put the last backup in its place; the keys stay as they are",
        ),
    }];
    let store: Arc<dyn EventStore> = Arc::new(sqlite);
    let keys = Keys::open(&config.keys_folder())
        .map_err(|error| StoreError::Failed(format!("the keys cannot be opened: {error}")))?;
    let desk = Desk::empty(Arc::new(System::new()), store.clone(), keys.into());
    for id in store.logs()? {
        let id = TalksId::from_bytes(id);
        all.push(match desk.records(id) {
            Ok(records) => {
                let verified = verify(id, &records, &[]);
                let told = format!(
                    "talks {id}: {} entries, {} opened, {} erased",
                    verified.head.size, verified.opened, verified.sealed
                );
                match verified.findings.as_slice() {
                    [] => Examined::fine(told),
                    [first, ..] => Examined::wrong(
                        format!("{told}; {first}"),
                        "compare with a backup and with checkpoints kept elsewhere",
                    ),
                }
            }
            Err(error) => {
                Examined::wrong(format!("talks {id}: {error}"), "are all the keys there?")
            }
        });
    }
    Ok(all)
}

/// Puts a backup in the place of the store; no server may be running, and
/// there must be no store there yet. Keys are not in a backup: they stay, or
/// are brought to their folder, by themselves.
///
/// # Errors
/// When the backup is damaged, or something is in the way.
pub fn restore(config: &Config, from: &Path) -> Result<(), ServeError> {
    let folder = |error| ServeError::Folder(from.to_owned(), error);
    if !from.is_file() {
        return Err(folder(std::io::ErrorKind::NotFound.into()));
    }
    create_private_folder(&config.data).map_err(|e| ServeError::Folder(config.data.clone(), e))?;
    let _lock = lock(config)?;
    let backup = Sqlite::look(from)?;
    match backup.check()?.as_str() {
        "ok" => Ok(backup.backup(&config.store_file())?),
        damaged => Err(StoreError::Failed(format!("the backup is damaged: {damaged}")).into()),
    }
}

/// Copies the store to a new file, while a server runs on it. Keys are not copied.
///
/// # Errors
/// When it cannot be read or the file exists.
pub fn back_up(config: &Config, to: &Path) -> Result<(), ServeError> {
    if !config.store_file().exists() {
        let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
        return Err(ServeError::Folder(config.store_file(), missing));
    }
    Ok(Sqlite::look(&config.store_file())?.backup(to)?)
}
