//! A witness's signed word for how far a log had come.
//!
//! ```text
//! detente-checkpoint 1
//! agreement: three-lights
//! entries: 42
//! head: <sha256 of line 42>
//! witness: The harbour court
//! date: 2031-09-01
//! key: <Ed25519 public key>
//! signature: <Ed25519 signature over all lines above>
//! ```

use crate::digest::{Hash, hex, unhex};
use crate::key::{PublicKey, SecretKey};
use jiff::civil::Date;

const HEAD: &str = "detente-checkpoint 1";

/// A checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The agreement's id.
    pub agreement: String,
    /// How many entries the log had.
    pub entries: u64,
    /// The SHA-256 of the last of them.
    pub head: Hash,
    /// Who says so.
    pub witness: String,
    /// On which day.
    pub date: Date,
    /// With which key.
    pub key: PublicKey,
    /// The signature in hex.
    pub signature: String,
}

/// How a log deviates from a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deviates {
    /// It is shorter than the witness saw it: cut short, or rolled back.
    Shorter,
    /// It has the entries, but others: edited, put in another order, or forked.
    Otherwise,
}

impl Checkpoint {
    /// A witness's checkpoint.
    #[must_use]
    pub fn make(agreement: &str, entries: u64, head: Hash, date: Date, key: &SecretKey) -> Self {
        let mut out = Self {
            agreement: agreement.to_owned(),
            entries,
            head,
            witness: key.holder().to_owned(),
            date,
            key: key.public(),
            signature: String::new(),
        };
        out.signature = key.sign(out.message().as_bytes());
        out
    }

    fn message(&self) -> String {
        format!(
            "{HEAD}\nagreement: {}\nentries: {}\nhead: {}\nwitness: {}\ndate: {}\nkey: {}\n",
            self.agreement,
            self.entries,
            hex(&self.head),
            self.witness,
            self.date,
            self.key.to_hex()
        )
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}signature: {}\n", self.message(), self.signature)
    }

    /// Reads one whose signature holds and whose text is exactly what
    /// [`Checkpoint::text`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        (lines.next()? == HEAD).then_some(())?;
        let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(": ");
        let out = Self {
            agreement: field("agreement")?.to_owned(),
            entries: field("entries")?.parse().ok()?,
            head: unhex(field("head")?)?,
            witness: field("witness")?.to_owned(),
            date: field("date")?.parse().ok()?,
            key: PublicKey::parse(field("key")?)?,
            signature: field("signature")?.to_owned(),
        };
        let holds = out.key.verifies(out.message().as_bytes(), &out.signature);
        (holds && out.text() == text).then_some(out)
    }

    /// How a log deviates from it, given how many entries the log has and the
    /// SHA-256 of the entry the checkpoint ends at.
    #[must_use]
    pub fn compare(&self, entries: u64, head_there: Option<Hash>) -> Option<Deviates> {
        if entries < self.entries {
            Some(Deviates::Shorter)
        } else if head_there != Some(self.head) {
            Some(Deviates::Otherwise)
        } else {
            None
        }
    }
}
