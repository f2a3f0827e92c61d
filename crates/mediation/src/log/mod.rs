//! The log of a talks: what can be verified even when its contents are gone.
//!
//! Each event is one [`Entry`], which says nothing but its number, the room
//! whose key seals it, a commitment to its contents, and the hash of the entry
//! before. The contents are committed to with a random salt that is sealed
//! with them: once a room's key is destroyed nobody can test a guess against
//! the commitment, and the chain still verifies.
//!
//! Checkpoints are those of the agreement's log, with the talks' id in place
//! of the agreement's: one kind of key, one kind of witness.

mod chain;
mod file;

pub use chain::{Entry, Finding, Hash32, Head, Record, Verified, commitment, payload, verify};
pub use detente_agreement::log::Checkpoint;
pub use file::{FileFault, LogFile};
