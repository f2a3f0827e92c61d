//! Where each log ends: kept in memory, found by reading the file once.

use crate::store::{Id, StoreError};
use rusqlite::Connection;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

/// The end of one log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    /// Where its last event stands.
    pub(super) place: i64,
    /// How many events it has.
    pub(super) length: u64,
}

/// The ends of all logs, as they are on disk.
#[derive(Debug, Default)]
pub(super) struct Ends {
    of: RwLock<HashMap<Id, End>>,
    /// Held from the beginning of a transaction that changes logs until the
    /// ends are what it made them.
    pub(super) writing: Mutex<()>,
}

impl Ends {
    /// Reads them from the file.
    pub(super) fn find(connection: &Connection) -> Result<Self, StoreError> {
        let mut statement =
            connection.prepare("SELECT place, talks, seq FROM events ORDER BY place")?;
        let mut rows = statement.query([])?;
        let mut ends = HashMap::new();
        while let Some(row) = rows.next()? {
            let seq = u64::try_from(row.get::<_, i64>(2)?);
            let length = seq.map_err(|_| StoreError::Failed("a log is damaged".into()))? + 1;
            ends.insert(row.get(1)?, End { place: row.get(0)?, length });
        }
        Ok(Self { of: RwLock::new(ends), writing: Mutex::default() })
    }

    /// The end of a log; `None` for one that does not exist.
    pub(super) fn of(&self, talks: &Id) -> Option<End> {
        self.of.read().unwrap_or_else(PoisonError::into_inner).get(talks).copied()
    }

    /// Every log there is, by id.
    pub(super) fn logs(&self) -> Vec<Id> {
        let ends = self.of.read().unwrap_or_else(PoisonError::into_inner);
        let mut logs: Vec<Id> = ends.keys().copied().collect();
        logs.sort_unstable();
        logs
    }

    pub(super) fn extend(&self, grown: HashMap<Id, End>) {
        self.of.write().unwrap_or_else(PoisonError::into_inner).extend(grown);
    }

    pub(super) fn remove(&self, talks: &Id) {
        self.of.write().unwrap_or_else(PoisonError::into_inner).remove(talks);
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
