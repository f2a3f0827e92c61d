//! What is kept: logs of events and small records, in whatever engine holds them.
//!
//! The store never sees a plain word of the talks: payloads come sealed
//! ([`crate::keys`]), records hold hashes and opaque ids.

mod conformance;
mod sqlite;

pub use conformance::conformance;
pub use sqlite::Sqlite;

use std::path::Path;
use tokio::sync::oneshot;

/// Opaque 128 bits: a talks, a room, a person.
pub type Id = [u8; 16];

/// One event as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// What stays for ever: kind, opaque ids, commitments. Never content.
    pub skeleton: Vec<u8>,
    /// What can be erased.
    pub sealed: Sealed,
}

/// Bytes only the key of one room opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Whose key.
    pub room: Id,
    /// Nonce and ciphertext.
    pub bytes: Vec<u8>,
}

/// Events to add to the end of one log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Append {
    /// Whose log.
    pub talks: Id,
    /// How many events the writer believes the log has.
    pub after: u64,
    /// The new ones.
    pub events: Vec<StoredEvent>,
    /// What to answer when the same request comes again.
    pub receipt: Option<Receipt>,
}

/// The memory of a request that was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Hash of the requester and its idempotency key.
    pub key: [u8; 32],
    /// Hash of what was asked.
    pub request: [u8; 32],
    /// The answer given; opaque ids only.
    pub answer: Vec<u8>,
}

/// A drawer of small records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Drawer {
    /// Persons, with the seats they came with.
    People = 1,
    /// One-time links, by hash.
    Links = 2,
    /// Sessions, by hash.
    Sessions = 3,
    /// About the server itself.
    Server = 4,
    /// The other seats of persons.
    Seats = 5,
}

/// One change to a drawer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// Which drawer.
    pub drawer: Drawer,
    /// Under which key.
    pub key: Vec<u8>,
    /// The new record; `None` takes it out.
    pub value: Option<Vec<u8>>,
    /// Refuse the whole batch unless the key is there now: a one-time link used twice.
    pub must_exist: bool,
}

/// Changes that happen together or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Events.
    pub append: Option<Append>,
    /// Records.
    pub puts: Vec<Put>,
}

/// A record: its key and its value.
pub type Record = (Vec<u8>, Vec<u8>);

/// Why nothing was kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The log has grown meanwhile, or a record is gone.
    #[error("another change came first")]
    Conflict,
    /// The same request was carried out before; its receipt.
    #[error("this request was carried out before")]
    Repeated(Box<Receipt>),
    /// The disk is full.
    #[error("the disk is full; nothing of this request was kept, everything before it was")]
    Full,
    /// Anything else the engine reports.
    #[error("the store failed: {0}")]
    Failed(String),
}

/// Resolves once the batch is safe on disk, or refused.
pub type Durable = oneshot::Receiver<Result<(), StoreError>>;

/// An engine that keeps logs and records.
///
/// [`conformance`] is the test every engine must pass.
pub trait EventStore: Send + Sync {
    /// Hands over a batch; it is durable when the receiver resolves to `Ok`.
    fn commit(&self, batch: Batch) -> Durable;

    /// The events of a log from this position on.
    ///
    /// # Errors
    /// When the engine fails.
    fn read(&self, talks: Id, from: u64) -> Result<Vec<StoredEvent>, StoreError>;

    /// Every log there is.
    ///
    /// # Errors
    /// When the engine fails.
    fn logs(&self) -> Result<Vec<Id>, StoreError>;

    /// The receipt of a request, if it was carried out.
    ///
    /// # Errors
    /// When the engine fails.
    fn receipt(&self, talks: Id, key: &[u8; 32]) -> Result<Option<Receipt>, StoreError>;

    /// All records of a drawer, by key.
    ///
    /// # Errors
    /// When the engine fails.
    fn records(&self, drawer: Drawer) -> Result<Vec<Record>, StoreError>;

    /// Removes a whole log with its receipts.
    ///
    /// # Errors
    /// When the engine fails.
    fn forget(&self, talks: Id) -> Result<(), StoreError>;

    /// Copies everything to a new file while running.
    ///
    /// # Errors
    /// When the engine fails or the file exists.
    fn backup(&self, to: &Path) -> Result<(), StoreError>;
}
