//! What the file looks like, in this version and the ones before.

use super::{BUSY_MAX, StoreError};
use rusqlite::Connection;
use std::fs::File;
use std::path::Path;

/// The version of the file's format; a later one reads all earlier ones.
pub(super) const FORMAT: i64 = 3;
/// Since this one each event names the place of the one before it in its
/// talks; before, an index found a talks' events, and every commit had to
/// write a page of it for each talks.
pub(super) const CHAINED: i64 = 3;

/// `place` is the order in which events came, whatever talks they belong to.
const SCHEMA: &str = "
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS events (
        place INTEGER PRIMARY KEY, talks BLOB NOT NULL, seq INTEGER NOT NULL, before INTEGER,
        skeleton BLOB NOT NULL, room BLOB NOT NULL, sealed BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS receipts (
        talks BLOB NOT NULL, key BLOB NOT NULL, request BLOB NOT NULL, answer BLOB NOT NULL,
        PRIMARY KEY (talks, key)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS records (
        drawer INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
        PRIMARY KEY (drawer, key)) WITHOUT ROWID;
    PRAGMA user_version = 3;
    COMMIT;
";

/// In the first format each talks' events stood together.
const FROM_FORMAT_1: &str = "
    BEGIN IMMEDIATE;
    ALTER TABLE events RENAME TO events_1;
    CREATE TABLE events (
        place INTEGER PRIMARY KEY, talks BLOB NOT NULL, seq INTEGER NOT NULL, before INTEGER,
        skeleton BLOB NOT NULL, room BLOB NOT NULL, sealed BLOB NOT NULL);
    INSERT INTO events (talks, seq, skeleton, room, sealed)
        SELECT talks, seq, skeleton, room, sealed FROM events_1 ORDER BY talks, seq;
    UPDATE events SET before = place - 1 WHERE seq > 0;
    DROP TABLE events_1;
    PRAGMA user_version = 3;
    COMMIT;
";

const FROM_FORMAT_2: &str = "
    BEGIN IMMEDIATE;
    ALTER TABLE events ADD COLUMN before INTEGER;
    UPDATE events SET before = (
        SELECT earlier.place FROM events AS earlier
        WHERE earlier.talks = events.talks AND earlier.seq = events.seq - 1);
    DROP INDEX events_of_talks;
    PRAGMA user_version = 3;
    COMMIT;
";

/// Brings a file to this format, in one step or not at all.
pub(super) fn bring_up(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let format = of(connection, path)?;
    match format {
        1 => connection.execute_batch(FROM_FORMAT_1)?,
        2 => connection.execute_batch(FROM_FORMAT_2)?,
        _ => {}
    }
    if format < FORMAT {
        connection.execute_batch(SCHEMA)?;
    }
    Ok(())
}

/// The version of a file's format, if this version of detente can read it.
pub(super) fn of(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version <= FORMAT {
        return Ok(version);
    }
    Err(StoreError::Failed(format!(
        "{} was written by a later version of detente (format {version}, this one knows {FORMAT})",
        path.display()
    )))
}

/// Opens the file to write in it, making it if there is none.
pub(super) fn connect(path: &Path) -> Result<Connection, StoreError> {
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
