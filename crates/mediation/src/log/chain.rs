//! The chain of entries, and whether it holds.

use crate::event::Event;
use crate::id::{RoomId, TalksId};
use detente_agreement::digest::{unhex, write_hex};
use detente_agreement::key::SecretKey;
use detente_agreement::log::Checkpoint;
use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt;

/// A SHA-256 hash of an entry, or a commitment to contents.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hash32([u8; 32]);

impl Hash32 {
    /// From its bytes, as stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Hash32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(write_hex(&self.0, &mut [0; 64]))
    }
}

impl fmt::Debug for Hash32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash32({self})")
    }
}

impl Serialize for Hash32 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(write_hex(&self.0, &mut [0; 64]))
    }
}

impl<'de> Deserialize<'de> for Hash32 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        unhex(&text).map(Self).ok_or_else(|| D::Error::custom("64 hexadecimal digits expected"))
    }
}

/// What stays readable of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its place, from 0. Never shown to people in the talks.
    pub number: u64,
    /// The room whose key seals the contents; `None` for the talks' own key.
    pub room: Option<RoomId>,
    /// The commitment to the contents.
    pub commitment: Hash32,
    /// The hash of the entry before; of the talks' id for the first.
    pub previous: Hash32,
}

impl Entry {
    /// Its own hash, to which the next entry points.
    #[must_use]
    pub fn hash(&self) -> Hash32 {
        let mut hash = Sha256::new();
        hash.update(b"detente log entry v1\0");
        hash.update(self.number.to_be_bytes());
        match &self.room {
            None => hash.update([0; 17]),
            Some(room) => {
                hash.update([1]);
                hash.update(room.as_bytes());
            }
        }
        hash.update(self.commitment.0);
        hash.update(self.previous.0);
        Hash32(hash.finalize().into())
    }
}

/// Most events fit into so many bytes, and are written without moving.
const PAYLOAD_BYTES: usize = 1024;

/// The bytes of an event that are to be sealed.
///
/// They hold the salt, so the commitment hides even contents that could be guessed.
#[must_use]
pub fn payload(event: &Event) -> Vec<u8> {
    let mut payload = Vec::with_capacity(PAYLOAD_BYTES);
    // Writing plain data to memory does not fail.
    let _ = serde_json::to_writer(&mut payload, event);
    payload
}

/// The commitment to sealed bytes.
#[must_use]
pub fn commitment(payload: &[u8]) -> Hash32 {
    let mut hash = Sha256::new();
    hash.update(b"detente log contents v1\0");
    hash.update(payload);
    Hash32(hash.finalize().into())
}

/// The end of a log, to which entries are appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Whose log.
    pub talks: TalksId,
    /// How many entries it has.
    pub size: u64,
    /// The hash of the last one; of the talks' id when there is none.
    pub hash: Hash32,
}

impl Head {
    /// The end of a log without entries.
    #[must_use]
    pub fn empty(talks: TalksId) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"detente log v1\0");
        hash.update(talks.as_bytes());
        Self { talks, size: 0, hash: Hash32(hash.finalize().into()) }
    }

    /// A witness's signed word for how far the log has come.
    #[must_use]
    pub fn attested(&self, on: Date, key: &SecretKey) -> Checkpoint {
        Checkpoint::make(&self.talks.to_string(), self.size, self.hash.0, on, key)
    }

    /// Appends an event: its entry, and the payload to seal.
    pub fn append(&mut self, event: &Event) -> (Entry, Vec<u8>) {
        let payload = payload(event);
        let entry = Entry {
            number: self.size,
            room: event.room,
            commitment: commitment(&payload),
            previous: self.hash,
        };
        self.size += 1;
        self.hash = entry.hash();
        (entry, payload)
    }
}

/// An entry with its payload, where that can still be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The entry.
    pub entry: Entry,
    /// The payload, opened; `None` where the key is gone or not at hand.
    pub payload: Option<Vec<u8>>,
}

/// Something wrong with a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// An entry is missing, doubled or out of place.
    #[error(
        "entry {found} stands where entry {expected} should be: something was removed, added or moved"
    )]
    OutOfPlace {
        /// The number that should be there.
        expected: u64,
        /// The one that is.
        found: u64,
    },
    /// An entry does not follow from the one before.
    #[error("entry {0} does not follow from the one before it: one of the two was changed")]
    Broken(u64),
    /// The contents are not what the entry commits to.
    #[error("the contents of entry {0} are not those it commits to: they were changed")]
    Changed(u64),
    /// The contents do not read as an event of this room.
    #[error("the contents of entry {0} are no event of the room it names")]
    Unreadable(u64),
    /// The log is shorter than it was.
    #[error(
        "the log has {size} entries, and had {was} at a checkpoint: it was cut off or rolled back"
    )]
    Shorter {
        /// Entries now.
        size: u64,
        /// Entries at the checkpoint.
        was: u64,
    },
    /// The log has another history than at a checkpoint.
    #[error("at entry {0} the log is not the one of the checkpoint: it was rewritten or forked")]
    Forked(u64),
    /// The checkpoint is of other talks.
    #[error("a checkpoint is of other talks ({0})")]
    OtherTalks(String),
}

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The end of the log as read.
    pub head: Head,
    /// How many payloads were opened and compared.
    pub opened: u64,
    /// How many could not be opened.
    pub sealed: u64,
    /// How many checkpoints were compared.
    pub checkpoints: usize,
    /// What is wrong; empty when nothing is.
    pub findings: Vec<Finding>,
}

/// Verifies a log from its first entry, against checkpoints kept elsewhere.
///
/// Without a checkpoint a log that was cut off at its end, or rewritten as a
/// whole by someone who holds the keys, cannot be told from a true one.
#[must_use]
pub fn verify<'a>(
    talks: TalksId,
    records: impl IntoIterator<Item = &'a Record>,
    checkpoints: &[Checkpoint],
) -> Verified {
    let mut head = Head::empty(talks);
    let (mut opened, mut sealed) = (0, 0);
    let mut findings = Vec::new();
    let id = talks.to_string();
    let at_checkpoint = |head: &Head, findings: &mut Vec<Finding>| {
        let here = |c: &&Checkpoint| c.agreement == id && c.entries == head.size;
        if checkpoints.iter().filter(here).any(|c| c.head != head.hash.0) {
            findings.push(Finding::Forked(head.size));
        }
    };
    at_checkpoint(&head, &mut findings);
    for Record { entry, payload } in records {
        if entry.number != head.size {
            findings.push(Finding::OutOfPlace { expected: head.size, found: entry.number });
        }
        if entry.previous != head.hash {
            findings.push(Finding::Broken(entry.number));
        }
        match payload {
            None => sealed += 1,
            Some(payload) => {
                opened += 1;
                findings.extend(contents(entry, payload));
            }
        }
        head.size += 1;
        head.hash = entry.hash();
        at_checkpoint(&head, &mut findings);
    }
    for checkpoint in checkpoints {
        if checkpoint.agreement != id {
            findings.push(Finding::OtherTalks(checkpoint.agreement.clone()));
        } else if checkpoint.entries > head.size {
            findings.push(Finding::Shorter { size: head.size, was: checkpoint.entries });
        }
    }
    Verified { head, opened, sealed, checkpoints: checkpoints.len(), findings }
}

fn contents(entry: &Entry, payload: &[u8]) -> Option<Finding> {
    if commitment(payload) != entry.commitment {
        return Some(Finding::Changed(entry.number));
    }
    match serde_json::from_slice::<Event>(payload) {
        Ok(event) if event.room == entry.room => None,
        _ => Some(Finding::Unreadable(entry.number)),
    }
}
