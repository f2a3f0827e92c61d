//! The store in one SQLite file.
//!
//! One thread writes; whatever arrives while the disk is busy shares the next
//! commit. Write-ahead log with full synchronisation: when a batch is
//! acknowledged it is on disk. Another thread moves what was written from the
//! write-ahead log to its place, so that no writer waits for that. Events stand
//! in the order they came, whatever talks they belong to, and each names the
//! place of the one before it in its talks: a commit touches few pages. Where
//! each log ends is known in memory, so only one process may write.

mod ends;
mod format;
mod writer;

use super::{
    Append, Batch, Drawer, Durable, EventStore, Id, Receipt, Record, Sealed, StoreError,
    StoredEvent,
};
use ends::{Ends, lock};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;
use writer::Work;

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

/// Events and records in one SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    path: PathBuf,
    reader: Mutex<Connection>,
    ends: OnceLock<Arc<Ends>>,
    /// `false` for a file of an earlier format that is only read: an index
    /// finds a talks' events there.
    chained: bool,
    /// `None` when it is only read.
    queue: Option<mpsc::Sender<Work>>,
    /// Dropped to stop the thread that empties the write-ahead log.
    running: Option<mpsc::Sender<()>>,
    threads: Vec<JoinHandle<()>>,
}

impl Sqlite {
    /// Opens the file, making it if there is none. It is read once to find
    /// where each log ends.
    ///
    /// # Errors
    /// When it cannot be opened, is damaged, or was written by a later version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let writer = format::connect(path)?;
        format::bring_up(&writer, path)?;
        writer.pragma_update(None, "wal_autocheckpoint", WAL_PAGES_MAX)?;
        writer.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
        let (reader, emptier) = (format::connect(path)?, format::connect(path)?);
        for beside in [&reader, &emptier] {
            beside.pragma_update(None, "cache_size", -CACHE_KIB)?;
        }
        let ends = find_ends(&reader, path)?;
        let (queue, work) = mpsc::channel();
        let (running, stopped) = mpsc::channel();
        let grown = ends.clone();
        let threads = vec![
            thread("store-writer", move || writer::run(writer, &grown, &work))?,
            thread("store-emptier", move || empty_log(&emptier, &stopped))?,
        ];
        Ok(Self {
            path: path.to_owned(),
            reader: Mutex::new(reader),
            ends: OnceLock::from(ends),
            chained: true,
            queue: Some(queue),
            running: Some(running),
            threads,
        })
    }

    /// Opens the file only to read it, whoever else uses it: nothing in it
    /// changes, and a file of an earlier format stays one. (The engine may put
    /// its index of the write-ahead log beside it.) Of logs that grow meanwhile
    /// it knows what they were when it was first asked for one.
    ///
    /// # Errors
    /// When it cannot be opened, is no store, or was written by a later version.
    pub fn look(path: &Path) -> Result<Self, StoreError> {
        let reader = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        reader.busy_timeout(BUSY_MAX)?;
        let format = format::of(&reader, path)?;
        if format < 1 {
            return Err(StoreError::Failed(format!("{} is no store of detente", path.display())));
        }
        Ok(Self {
            path: path.to_owned(),
            reader: Mutex::new(reader),
            ends: OnceLock::new(),
            chained: format >= format::CHAINED,
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
        Ok(lock(&self.reader).query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?)
    }

    /// Where each log ends; `None` where an index says that.
    fn ends(&self) -> Result<Option<&Ends>, StoreError> {
        if !self.chained {
            return Ok(None);
        }
        if let Some(ends) = self.ends.get() {
            return Ok(Some(ends));
        }
        let found = find_ends(&lock(&self.reader), &self.path)?;
        Ok(Some(self.ends.get_or_init(|| found)))
    }

    /// The events of a log, by the index that earlier formats have.
    fn read_by_index(&self, talks: Id, from: u64) -> Result<Vec<StoredEvent>, StoreError> {
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let connection = lock(&self.reader);
        let mut statement = connection.prepare_cached(
            "SELECT skeleton, room, sealed FROM events WHERE talks = ?1 AND seq >= ?2 ORDER BY seq",
        )?;
        let events =
            statement.query_map(params![talks, from], stored)?.collect::<Result<_, _>>()?;
        Ok(events)
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

/// Reads the file once to find where each log ends.
fn find_ends(connection: &Connection, path: &Path) -> Result<Arc<Ends>, StoreError> {
    let damaged = |error: StoreError| {
        StoreError::Failed(format!(
            "{} cannot be read whole ({error}); `detente doctor` says what is damaged, `detente \
             restore` brings back a backup",
            path.display()
        ))
    };
    Ends::find(connection).map(Arc::new).map_err(damaged)
}

fn thread(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    let thread = std::thread::Builder::new().name(name.into());
    thread.spawn(run).map_err(|error| StoreError::Failed(error.to_string()))
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

/// An event from `skeleton, room, sealed`, the first columns of a row.
fn stored(row: &Row<'_>) -> rusqlite::Result<StoredEvent> {
    let sealed = Sealed { room: row.get(1)?, bytes: row.get(2)? };
    Ok(StoredEvent { skeleton: row.get(0)?, sealed })
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
        let Some(ends) = self.ends()? else { return self.read_by_index(talks, from) };
        let Some(end) = ends.of(&talks) else { return Ok(Vec::new()) };
        let connection = lock(&self.reader);
        let mut statement = connection.prepare_cached(
            "SELECT skeleton, room, sealed, before FROM events
             WHERE place = ?1 AND talks = ?2 AND seq = ?3",
        )?;
        let mut events = Vec::new();
        let mut place = Some(end.place);
        for number in (from..end.length).rev() {
            let seq = i64::try_from(number).unwrap_or(i64::MAX);
            let found = statement
                .query_row(params![place, talks, seq], |row| Ok((stored(row)?, row.get(3)?)))
                .optional()?;
            let Some((event, before)) = found else {
                if ends.of(&talks).is_none() {
                    // Forgotten meanwhile.
                    return Ok(Vec::new());
                }
                let what = format!("event {number} of a log is not where the next one says");
                return Err(StoreError::Failed(what));
            };
            events.push(event);
            place = before;
        }
        events.reverse();
        Ok(events)
    }

    fn logs(&self) -> Result<Vec<Id>, StoreError> {
        if let Some(ends) = self.ends()? {
            return Ok(ends.logs());
        }
        let connection = lock(&self.reader);
        let mut statement =
            connection.prepare_cached("SELECT talks FROM events WHERE seq = 0 ORDER BY talks")?;
        let logs = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(logs)
    }

    fn receipt(&self, talks: Id, key: &[u8; 32]) -> Result<Option<Receipt>, StoreError> {
        find_receipt(&lock(&self.reader), talks, key)
    }

    fn records(&self, drawer: Drawer) -> Result<Vec<Record>, StoreError> {
        let connection = lock(&self.reader);
        let mut statement = connection
            .prepare_cached("SELECT key, value FROM records WHERE drawer = ?1 ORDER BY key")?;
        let records = statement
            .query_map(params![drawer as u8], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        Ok(records)
    }

    fn forget(&self, talks: Id) -> Result<(), StoreError> {
        let (Some(ends), Some(_)) = (self.ends()?, &self.queue) else {
            return Err(StoreError::Failed("this store is only read".into()));
        };
        let mut connection = format::connect(&self.path)?;
        {
            let _writing = lock(&ends.writing);
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for table in ["receipts", "events"] {
                transaction
                    .execute(&format!("DELETE FROM {table} WHERE talks = ?1"), params![talks])?;
            }
            transaction.commit()?;
            ends.remove(&talks);
        }
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

    /// The tables of earlier formats.
    const EARLIER: [&str; 2] = [
        "CREATE TABLE events (
            talks BLOB NOT NULL, seq INTEGER NOT NULL, skeleton BLOB NOT NULL,
            room BLOB NOT NULL, sealed BLOB NOT NULL,
            PRIMARY KEY (talks, seq)) WITHOUT ROWID;
        PRAGMA user_version = 1;",
        "CREATE TABLE events (
            place INTEGER PRIMARY KEY, talks BLOB NOT NULL, seq INTEGER NOT NULL,
            skeleton BLOB NOT NULL, room BLOB NOT NULL, sealed BLOB NOT NULL);
        CREATE UNIQUE INDEX events_of_talks ON events (talks, seq);
        PRAGMA user_version = 2;",
    ];

    #[test]
    fn files_of_earlier_formats_are_read_and_go_on() {
        for (tables, earlier) in EARLIER.iter().zip(1..) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("store.sqlite");
            let first = format::connect(&path).unwrap();
            first.execute_batch(tables).unwrap();
            for (talks, seq) in [(2_u8, 0_u8), (1, 0), (2, 1), (1, 1), (2, 2)] {
                let row = params![[talks; 16], seq, vec![seq], [7_u8; 16], vec![talks]];
                let insert = "INSERT INTO events (talks, seq, skeleton, room, sealed)
                    VALUES (?1, ?2, ?3, ?4, ?5)";
                first.execute(insert, row).unwrap();
            }
            drop(first);
            let event = |talks, seq| StoredEvent {
                skeleton: vec![seq],
                sealed: Sealed { room: [7; 16], bytes: vec![talks] },
            };
            type Open = fn(&Path) -> Result<Sqlite, StoreError>;
            let (look, open): (Open, Open) = (Sqlite::look, Sqlite::open);
            for (open, format) in [
                (look, earlier),
                (look, earlier),
                (open, format::FORMAT),
                (open, format::FORMAT),
                (look, format::FORMAT),
            ] {
                let store = open(&path).unwrap();
                assert_eq!(format::of(&lock(&store.reader), &path), Ok(format));
                assert_eq!(store.read([1; 16], 0).unwrap(), [event(1, 0), event(1, 1)]);
                assert_eq!(store.read([2; 16], 1).unwrap(), [event(2, 1), event(2, 2)]);
                assert_eq!(store.logs().unwrap(), [[1; 16], [2; 16]]);
            }
            let store = Sqlite::open(&path).unwrap();
            let append =
                Append { talks: [1; 16], after: 2, events: vec![event(1, 2)], receipt: None };
            let batch = Batch { append: Some(append), puts: vec![] };
            store.commit(batch).blocking_recv().unwrap().unwrap();
            assert_eq!(store.read([1; 16], 1).unwrap(), [event(1, 1), event(1, 2)]);
        }
    }

    #[test]
    fn what_is_no_store_is_not_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.sqlite");
        std::fs::write(&path, "").unwrap();
        assert!(Sqlite::look(&path).is_err());
        assert!(Sqlite::look(&folder.path().join("none.sqlite")).is_err());
    }

    #[test]
    fn a_gap_in_a_log_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.sqlite");
        let store = Sqlite::open(&path).unwrap();
        let append = Append { talks: [1; 16], after: 0, events: vec![event(1); 3], receipt: None };
        let batch = Batch { append: Some(append), puts: vec![] };
        store.commit(batch).blocking_recv().unwrap().unwrap();
        let beside = format::connect(&path).unwrap();
        beside.execute("DELETE FROM events WHERE seq = 1", []).unwrap();
        assert_eq!(store.read([1; 16], 2).unwrap().len(), 1);
        assert!(store.read([1; 16], 0).is_err());
    }

    #[test]
    fn a_full_disk_loses_nothing_that_was_acknowledged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.sqlite");
        let mut connection = format::connect(&path).unwrap();
        format::bring_up(&connection, &path).unwrap();
        let ends = Ends::default();
        connection.pragma_update(None, "max_page_count", 40).unwrap();
        let mut kept = 0;
        let error = loop {
            let event = event(3000);
            let append = Append { talks: [1; 16], after: kept, events: vec![event], receipt: None };
            let batch = Batch { append: Some(append), puts: vec![] };
            match writer::write_group(&mut connection, &ends, &[(batch, oneshot::channel().0)])
                .remove(0)
            {
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
