//! The store in one SQLite file.
//!
//! One thread writes; whatever arrives while the disk is busy shares the next
//! commit. Write-ahead log with full synchronisation: when a batch is
//! acknowledged it is on disk.

use super::{
    Append, Batch, Drawer, Durable, EventStore, Id, Receipt, Record, Sealed, StoreError,
    StoredEvent,
};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, params};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

/// Batches that share one commit at most.
const GROUP_MAX: usize = 2048;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS events (
        talks BLOB NOT NULL, seq INTEGER NOT NULL, skeleton BLOB NOT NULL,
        room BLOB NOT NULL, sealed BLOB NOT NULL,
        PRIMARY KEY (talks, seq)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS receipts (
        talks BLOB NOT NULL, key BLOB NOT NULL, request BLOB NOT NULL, answer BLOB NOT NULL,
        PRIMARY KEY (talks, key)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS records (
        drawer INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
        PRIMARY KEY (drawer, key)) WITHOUT ROWID;
    PRAGMA user_version = 1;
";

type Work = (Batch, oneshot::Sender<Result<(), StoreError>>);

/// Events and records in one SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    path: PathBuf,
    reader: Mutex<Connection>,
    queue: Option<mpsc::Sender<Work>>,
    writer: Option<JoinHandle<()>>,
}

impl Sqlite {
    /// Opens the file, making it if there is none.
    ///
    /// # Errors
    /// When it cannot be opened, is damaged, or was written by a later version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut writer = connect(path)?;
        let version: i64 = writer.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version > 1 {
            return Err(StoreError::Failed(format!(
                "{} was written by a later version of detente (format {version}, this one knows 1)",
                path.display()
            )));
        }
        writer.execute_batch(SCHEMA)?;
        let reader = connect(path)?;
        let (queue, work) = mpsc::channel();
        let writer = std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || write_groups(&mut writer, &work))
            .map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(Self {
            path: path.to_owned(),
            reader: Mutex::new(reader),
            queue: Some(queue),
            writer: Some(writer),
        })
    }

    /// What the engine says about the file; "ok" when it is whole.
    ///
    /// # Errors
    /// When it cannot even look.
    pub fn check(&self) -> Result<String, StoreError> {
        Ok(self.reader().query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?)
    }

    fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has nothing left to save.
            let _ = writer.join();
        }
    }
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(32);
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Failed(format!(
            "{} cannot have a write-ahead log (its file system says {mode})",
            path.display()
        )));
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(connection)
}

fn write_groups(connection: &mut Connection, work: &mpsc::Receiver<Work>) {
    while let Ok(first) = work.recv() {
        let mut group = vec![first];
        while group.len() < GROUP_MAX {
            match work.try_recv() {
                Ok(more) => group.push(more),
                Err(_) => break,
            }
        }
        let outcomes = write_group(connection, &group);
        for ((_, reply), outcome) in group.into_iter().zip(outcomes) {
            // Nobody waiting is no reason to undo what is on disk.
            let _ = reply.send(outcome);
        }
    }
}

/// Writes a group in one transaction; a refused batch leaves the others alone.
fn write_group(connection: &mut Connection, group: &[Work]) -> Vec<Result<(), StoreError>> {
    let all_failed = |error: StoreError| group.iter().map(|_| Err(error.clone())).collect();
    let mut transaction =
        match connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate) {
            Ok(transaction) => transaction,
            Err(error) => return all_failed(error.into()),
        };
    let mut outcomes = Vec::with_capacity(group.len());
    for (batch, _) in group {
        let outcome = refusal(&transaction, batch).and_then(|()| {
            let point = transaction.savepoint()?;
            write(&point, batch)?;
            point.commit()?;
            Ok(())
        });
        // A full disk may have rolled back the whole transaction.
        if matches!(outcome, Err(StoreError::Full | StoreError::Failed(_)))
            && transaction.is_autocommit()
        {
            return all_failed(outcome.err().unwrap_or(StoreError::Full));
        }
        outcomes.push(outcome);
    }
    match transaction.commit() {
        Ok(()) => outcomes,
        Err(error) => all_failed(error.into()),
    }
}

/// Why a batch does not fit what is there.
fn refusal(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    if let Some(append) = &batch.append {
        if let Some(receipt) = &append.receipt
            && let Some(earlier) = find_receipt(transaction, append.talks, &receipt.key)?
        {
            return Err(StoreError::Repeated(Box::new(earlier)));
        }
        let length: i64 = transaction
            .prepare_cached("SELECT coalesce(max(seq) + 1, 0) FROM events WHERE talks = ?1")?
            .query_row(params![append.talks], |row| row.get(0))?;
        if u64::try_from(length) != Ok(append.after) {
            return Err(StoreError::Conflict);
        }
    }
    for put in batch.puts.iter().filter(|put| put.must_exist) {
        let there = transaction
            .prepare_cached("SELECT 1 FROM records WHERE drawer = ?1 AND key = ?2")?
            .exists(params![put.drawer as u8, put.key])?;
        if !there {
            return Err(StoreError::Conflict);
        }
    }
    Ok(())
}

fn write(connection: &Connection, batch: &Batch) -> Result<(), StoreError> {
    if let Some(append) = &batch.append {
        write_events(connection, append)?;
    }
    for put in &batch.puts {
        match &put.value {
            Some(value) => connection
                .prepare_cached("INSERT OR REPLACE INTO records VALUES (?1, ?2, ?3)")?
                .execute(params![put.drawer as u8, put.key, value])?,
            None => connection
                .prepare_cached("DELETE FROM records WHERE drawer = ?1 AND key = ?2")?
                .execute(params![put.drawer as u8, put.key])?,
        };
    }
    Ok(())
}

fn write_events(connection: &Connection, append: &Append) -> Result<(), StoreError> {
    for (seq, event) in (append.after..).zip(&append.events) {
        let seq = i64::try_from(seq).map_err(|_| StoreError::Failed("log too long".into()))?;
        connection.prepare_cached("INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(
            params![append.talks, seq, event.skeleton, event.sealed.room, event.sealed.bytes],
        )?;
    }
    if let Some(receipt) = &append.receipt {
        connection
            .prepare_cached("INSERT INTO receipts VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![append.talks, receipt.key, receipt.request, receipt.answer])?;
    }
    Ok(())
}

fn find_receipt(
    connection: &Connection,
    talks: Id,
    key: &[u8; 32],
) -> Result<Option<Receipt>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT request, answer FROM receipts WHERE talks = ?1 AND key = ?2")?;
    let found = statement
        .query_row(params![talks, key], |row| {
            Ok(Receipt { key: *key, request: row.get(0)?, answer: row.get(1)? })
        })
        .optional()?;
    Ok(found)
}

impl EventStore for Sqlite {
    fn commit(&self, batch: Batch) -> Durable {
        let (reply, durable) = oneshot::channel();
        let refused = match &self.queue {
            Some(queue) => queue.send((batch, reply)).err().map(|unsent| unsent.0.1),
            None => Some(reply),
        };
        if let Some(reply) = refused {
            let _ = reply.send(Err(StoreError::Failed("the writer has stopped".into())));
        }
        durable
    }

    fn read(&self, talks: Id, from: u64) -> Result<Vec<StoredEvent>, StoreError> {
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let connection = self.reader();
        let mut statement = connection.prepare_cached(
            "SELECT skeleton, room, sealed FROM events WHERE talks = ?1 AND seq >= ?2 ORDER BY seq",
        )?;
        let events = statement
            .query_map(params![talks, from], |row| {
                let sealed = Sealed { room: row.get(1)?, bytes: row.get(2)? };
                Ok(StoredEvent { skeleton: row.get(0)?, sealed })
            })?
            .collect::<Result<_, _>>()?;
        Ok(events)
    }

    fn logs(&self) -> Result<Vec<Id>, StoreError> {
        let connection = self.reader();
        let mut statement = connection.prepare_cached("SELECT talks FROM events WHERE seq = 0")?;
        let logs = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(logs)
    }

    fn receipt(&self, talks: Id, key: &[u8; 32]) -> Result<Option<Receipt>, StoreError> {
        find_receipt(&self.reader(), talks, key)
    }

    fn records(&self, drawer: Drawer) -> Result<Vec<Record>, StoreError> {
        let connection = self.reader();
        let mut statement = connection
            .prepare_cached("SELECT key, value FROM records WHERE drawer = ?1 ORDER BY key")?;
        let records = statement
            .query_map(params![drawer as u8], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        Ok(records)
    }

    fn forget(&self, talks: Id) -> Result<(), StoreError> {
        let mut connection = connect(&self.path)?;
        let transaction =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for table in ["receipts", "events"] {
            transaction
                .execute(&format!("DELETE FROM {table} WHERE talks = ?1"), params![talks])?;
        }
        transaction.commit()?;
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    fn backup(&self, to: &Path) -> Result<(), StoreError> {
        if to.exists() {
            return Err(StoreError::Failed(format!("{} exists already", to.display())));
        }
        let source = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut target = Connection::open(to)?;
        let copy = rusqlite::backup::Backup::new(&source, &mut target)?;
        copy.run_to_completion(1024, Duration::ZERO, None)?;
        Ok(())
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ => Self::Failed(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(bytes: usize) -> StoredEvent {
        let sealed = Sealed { room: [1; 16], bytes: vec![7; bytes] };
        StoredEvent { skeleton: vec![], sealed }
    }

    #[test]
    fn passes_the_conformance_suite() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.sqlite");
        super::super::conformance(&|| Box::new(Sqlite::open(&path).unwrap()));
    }

    #[test]
    fn a_backup_holds_what_was_acknowledged() {
        let folder = tempfile::tempdir().unwrap();
        let store = Sqlite::open(&folder.path().join("a.sqlite")).unwrap();
        let event = event(1);
        let append = Append { talks: [9; 16], after: 0, events: vec![event], receipt: None };
        let batch = Batch { append: Some(append), puts: vec![] };
        store.commit(batch).blocking_recv().unwrap().unwrap();
        let copy = folder.path().join("b.sqlite");
        store.backup(&copy).unwrap();
        assert!(store.backup(&copy).is_err());
        assert_eq!(Sqlite::open(&copy).unwrap().read([9; 16], 0), store.read([9; 16], 0));
    }

    #[test]
    fn a_full_disk_loses_nothing_that_was_acknowledged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.sqlite");
        let mut connection = connect(&path).unwrap();
        connection.execute_batch(SCHEMA).unwrap();
        connection.pragma_update(None, "max_page_count", 40).unwrap();
        let mut kept = 0;
        let error = loop {
            let event = event(3000);
            let append = Append { talks: [1; 16], after: kept, events: vec![event], receipt: None };
            let batch = Batch { append: Some(append), puts: vec![] };
            match write_group(&mut connection, &[(batch, oneshot::channel().0)]).remove(0) {
                Ok(()) => kept += 1,
                Err(error) => break error,
            }
            assert!(kept < 1000, "the limit never bit");
        };
        assert_eq!(error, StoreError::Full);
        drop(connection);
        let store = Sqlite::open(&path).unwrap();
        assert_eq!(store.read([1; 16], 0).unwrap().len() as u64, kept);
    }
}
