//! The store in one SQLite file.
//!
//! One thread writes; whatever arrives while the disk is busy shares the next
//! commit. Write-ahead log with full synchronisation: when a batch is
//! acknowledged it is on disk. Another thread moves what was written from the
//! write-ahead log to its place, so that no writer waits for that. Events stand
//! in the order they came, whatever talks they belong to: a commit touches few
//! pages.

use super::{
    Append, Batch, Drawer, Durable, EventStore, Id, Receipt, Record, Sealed, StoreError,
    StoredEvent,
};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, params};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

/// Batches that share one commit at most.
const GROUP_MAX: usize = 2048;
/// How often the write-ahead log is emptied.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(1);
/// The writer empties it itself when it is larger than this all the same.
const WAL_PAGES_MAX: u32 = 16_384;
/// Pages that the writer keeps in memory, in KiB.
const WRITER_CACHE_KIB: i64 = 512;
/// Pages that the other connections keep in memory, in KiB.
const CACHE_KIB: i64 = 256;
/// How long a connection waits for another that is writing.
const BUSY_MAX: Duration = Duration::from_secs(10);
/// How often forgetting tries to empty it.
const FORGET_ATTEMPTS: usize = 100;

/// The version of the file's format; a later one reads all earlier ones.
const FORMAT: i64 = 2;

const SCHEMA: &str = "
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS events (
        place INTEGER PRIMARY KEY, talks BLOB NOT NULL, seq INTEGER NOT NULL,
        skeleton BLOB NOT NULL, room BLOB NOT NULL, sealed BLOB NOT NULL);
    CREATE UNIQUE INDEX IF NOT EXISTS events_of_talks ON events (talks, seq);
    CREATE TABLE IF NOT EXISTS receipts (
        talks BLOB NOT NULL, key BLOB NOT NULL, request BLOB NOT NULL, answer BLOB NOT NULL,
        PRIMARY KEY (talks, key)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS records (
        drawer INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
        PRIMARY KEY (drawer, key)) WITHOUT ROWID;
    PRAGMA user_version = 2;
    COMMIT;
";

/// In the first format each talks' events stood together.
const FROM_FORMAT_1: &str = "
    BEGIN IMMEDIATE;
    ALTER TABLE events RENAME TO events_1;
    CREATE TABLE events (
        place INTEGER PRIMARY KEY, talks BLOB NOT NULL, seq INTEGER NOT NULL,
        skeleton BLOB NOT NULL, room BLOB NOT NULL, sealed BLOB NOT NULL);
    INSERT INTO events (talks, seq, skeleton, room, sealed)
        SELECT talks, seq, skeleton, room, sealed FROM events_1 ORDER BY talks, seq;
    DROP TABLE events_1;
    COMMIT;
";

type Work = (Batch, oneshot::Sender<Result<(), StoreError>>);

/// Events and records in one SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    path: PathBuf,
    reader: Mutex<Connection>,
    /// `None` when it is only read.
    queue: Option<mpsc::Sender<Work>>,
    /// Dropped to stop the thread that empties the write-ahead log.
    running: Option<mpsc::Sender<()>>,
    threads: Vec<JoinHandle<()>>,
}

impl Sqlite {
    /// Opens the file, making it if there is none.
    ///
    /// # Errors
    /// When it cannot be opened, is damaged, or was written by a later version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut writer = connect(path)?;
        let version = format_of(&writer, path)?;
        if version == 1 {
            writer.execute_batch(FROM_FORMAT_1)?;
        }
        if version < FORMAT {
            writer.execute_batch(SCHEMA)?;
        }
        writer.pragma_update(None, "wal_autocheckpoint", WAL_PAGES_MAX)?;
        writer.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
        let (reader, emptier) = (connect(path)?, connect(path)?);
        for beside in [&reader, &emptier] {
            beside.pragma_update(None, "cache_size", -CACHE_KIB)?;
        }
        let (queue, work) = mpsc::channel();
        let (running, stopped) = mpsc::channel();
        let threads = vec![
            thread("store-writer", move || write_groups(&mut writer, &work))?,
            thread("store-emptier", move || empty_log(&emptier, &stopped))?,
        ];
        Ok(Self {
            path: path.to_owned(),
            reader: Mutex::new(reader),
            queue: Some(queue),
            running: Some(running),
            threads,
        })
    }

    /// Opens the file only to read it, whoever else uses it: nothing in it
    /// changes, and a file of an earlier format stays one. (The engine may put
    /// its index of the write-ahead log beside it.)
    ///
    /// # Errors
    /// When it cannot be opened, or was written by a later version.
    pub fn look(path: &Path) -> Result<Self, StoreError> {
        let reader = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        reader.busy_timeout(BUSY_MAX)?;
        format_of(&reader, path)?;
        Ok(Self {
            path: path.to_owned(),
            reader: Mutex::new(reader),
            queue: None,
            running: None,
            threads: Vec::new(),
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
        self.running = None;
        for thread in self.threads.drain(..) {
            // A writer that panicked has nothing left to save.
            let _ = thread.join();
        }
    }
}

fn thread(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    let thread = std::thread::Builder::new().name(name.into());
    thread.spawn(run).map_err(|error| StoreError::Failed(error.to_string()))
}

/// The version of a file's format, if this version of detente can read it.
fn format_of(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version <= FORMAT {
        return Ok(version);
    }
    Err(StoreError::Failed(format!(
        "{} was written by a later version of detente (format {version}, this one knows {FORMAT})",
        path.display()
    )))
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let new = !path.exists();
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_MAX)?;
    connection.set_prepared_statement_cache_capacity(32);
    if new {
        // There is nothing to lose yet; made durable as a whole below.
        connection.pragma_update(None, "synchronous", "OFF")?;
    }
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Failed(format!(
            "{} cannot have a write-ahead log (its file system says {mode})",
            path.display()
        )));
    }
    if new {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        for made in [path, folder.unwrap_or(Path::new("."))] {
            let durable = File::open(made).and_then(|made| made.sync_all());
            durable.map_err(|e| StoreError::Failed(format!("{}: {e}", made.display())))?;
        }
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(connection)
}

/// Moves what was written to its place beside the writer, until told to stop.
fn empty_log(connection: &Connection, stopped: &mpsc::Receiver<()>) {
    while stopped.recv_timeout(CHECKPOINT_EVERY) == Err(mpsc::RecvTimeoutError::Timeout) {
        let emptied = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        if let Err(error) = emptied {
            // What is in the write-ahead log is safe there.
            tracing::warn!(%error, "the write-ahead log could not be emptied");
        }
    }
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

/// Writes a group; a refused or failing batch leaves the others alone.
fn write_group(connection: &mut Connection, group: &[Work]) -> Vec<Result<(), StoreError>> {
    match write_together(connection, group) {
        Ok(outcomes) => outcomes,
        // Nothing of it was kept. It may be the fault of one: each by itself.
        Err(_) if group.len() > 1 => {
            group.chunks(1).flat_map(|one| write_group(connection, one)).collect()
        }
        Err(error) => vec![Err(error)],
    }
}

/// Writes a group in one transaction: but for refused batches all of it, or nothing.
fn write_together(
    connection: &mut Connection,
    group: &[Work],
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let mut outcomes = Vec::with_capacity(group.len());
    for (batch, _) in group {
        let outcome = refusal(&transaction, batch);
        match outcome {
            Ok(()) => write(&transaction, batch)?,
            Err(StoreError::Full | StoreError::Failed(_)) => outcome.clone()?,
            Err(StoreError::Conflict | StoreError::Repeated(_)) => {}
        }
        outcomes.push(outcome);
    }
    transaction.commit()?;
    Ok(outcomes)
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
        let sealed = &event.sealed;
        connection
            .prepare_cached(
                "INSERT INTO events (talks, seq, skeleton, room, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![append.talks, seq, event.skeleton, sealed.room, sealed.bytes])?;
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
            let _ = reply.send(Err(StoreError::Failed("nothing is being written here".into())));
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
        if self.queue.is_none() {
            return Err(StoreError::Failed("this store is only read".into()));
        }
        let mut connection = connect(&self.path)?;
        let transaction =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for table in ["receipts", "events"] {
            transaction
                .execute(&format!("DELETE FROM {table} WHERE talks = ?1"), params![talks])?;
        }
        transaction.commit()?;
        // Refused while the other thread is at it.
        for _ in 0..FORGET_ATTEMPTS {
            let refused: bool =
                connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            if !refused {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(StoreError::Failed("the write-ahead log still holds what was forgotten".into()))
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
    fn a_file_of_the_first_format_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.sqlite");
        let first = connect(&path).unwrap();
        first
            .execute_batch(
                "CREATE TABLE events (
                    talks BLOB NOT NULL, seq INTEGER NOT NULL, skeleton BLOB NOT NULL,
                    room BLOB NOT NULL, sealed BLOB NOT NULL,
                    PRIMARY KEY (talks, seq)) WITHOUT ROWID;
                PRAGMA user_version = 1;",
            )
            .unwrap();
        for (talks, seq) in [(2_u8, 0_u8), (1, 1), (1, 0)] {
            let row = params![[talks; 16], seq, vec![seq], [7_u8; 16], vec![talks]];
            first.execute("INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5)", row).unwrap();
        }
        drop(first);
        type Open = fn(&Path) -> Result<Sqlite, StoreError>;
        let (look, open): (Open, Open) = (Sqlite::look, Sqlite::open);
        for (open, format) in [(look, 1), (look, 1), (open, FORMAT), (open, FORMAT), (look, FORMAT)]
        {
            let store = open(&path).unwrap();
            assert_eq!(format_of(&store.reader(), &path), Ok(format));
            let read = store.read([1; 16], 0).unwrap();
            let event = |seq| StoredEvent {
                skeleton: vec![seq],
                sealed: Sealed { room: [7; 16], bytes: vec![1] },
            };
            assert_eq!(read, [event(0), event(1)]);
            assert_eq!(store.logs().unwrap(), [[1; 16], [2; 16]]);
        }
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
