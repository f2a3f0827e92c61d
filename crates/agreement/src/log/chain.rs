//! The chain of lines.

use crate::digest::{Hash, hex, sha256, unhex};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Everything of a line but what its entry says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head<'a> {
    /// Its number, from 1.
    pub seq: u64,
    /// The SHA-256 of the line before.
    #[serde(borrow)]
    pub prev: Cow<'a, str>,
    /// When it was recorded.
    #[serde(borrow)]
    at: Cow<'a, str>,
    /// By whom.
    #[serde(borrow)]
    pub by: Cow<'a, str>,
    /// What kind of entry it is.
    #[serde(borrow)]
    pub kind: Cow<'a, str>,
    /// What it says, not read yet.
    #[serde(borrow)]
    pub entry: &'a RawValue,
}

impl Head<'_> {
    /// When it was recorded; absent where that is no point in time.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        self.at.parse().ok()
    }
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its number in the file, from 1.
    pub line: u64,
    /// Where in the line, in bytes from its start.
    pub column: usize,
    /// What.
    pub kind: FaultKind,
}

/// Kinds of wrong lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// It is no line of a log, with the reason.
    Malformed(String),
    /// Its number is not the next.
    OutOfOrder,
    /// It does not follow on the line before.
    Unlinked,
    /// It was recorded before the line before.
    BackInTime,
}

/// Where a chain stands after some lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// How many lines there are.
    pub entries: u64,
    /// The SHA-256 of the last of them.
    pub head: Hash,
    last: Option<Timestamp>,
}

impl Chain {
    /// The empty log of an agreement.
    #[must_use]
    pub fn new(agreement: &str) -> Self {
        let head = sha256(format!("detente-log 1\nagreement: {agreement}\n").as_bytes());
        Self { entries: 0, head, last: None }
    }

    /// When the last line was recorded.
    #[must_use]
    pub fn last_at(&self) -> Option<Timestamp> {
        self.last
    }

    /// Takes the next line (without its line feed).
    ///
    /// # Errors
    /// With what is wrong; the chain then stays as it was.
    pub fn take<'a>(&mut self, line: &'a [u8]) -> Result<(Head<'a>, Timestamp), Fault> {
        let (head, link) = Link::read(line).map_err(|wrong| wrong.at_line(self.entries + 1))?;
        self.follow(&link)?;
        Ok((head, link.at))
    }

    /// Takes the next line, of which only this is needed.
    pub(super) fn follow(&mut self, link: &Link) -> Result<(), Fault> {
        let number = self.entries + 1;
        let fault = |kind| Err(Fault { line: number, column: 0, kind });
        if link.seq != number {
            return fault(FaultKind::OutOfOrder);
        }
        if link.prev != Some(self.head) {
            return fault(FaultKind::Unlinked);
        }
        if self.last.is_some_and(|last| link.at < last) {
            return fault(FaultKind::BackInTime);
        }
        self.entries = number;
        self.head = link.hash;
        self.last = Some(link.at);
        Ok(())
    }
}

/// Why a line is none of a log, and where in it, in bytes.
#[derive(Debug)]
pub(super) struct Malformed {
    pub column: usize,
    pub why: String,
}

impl Malformed {
    pub(super) fn at_line(self, line: u64) -> Fault {
        Fault { line, column: self.column, kind: FaultKind::Malformed(self.why) }
    }
}

/// What the chain needs of a line; all of it can be told from the line alone.
#[derive(Debug)]
pub(super) struct Link {
    pub seq: u64,
    /// Absent where that is no digest.
    prev: Option<Hash>,
    pub at: Timestamp,
    hash: Hash,
}

impl Link {
    pub(super) fn read(line: &[u8]) -> Result<(Head<'_>, Self), Malformed> {
        let head: Head<'_> = serde_json::from_slice(line)
            .map_err(|e| Malformed { column: e.column().saturating_sub(1), why: bare(&e) })?;
        let at = head.at().ok_or_else(|| Malformed {
            column: 0,
            why: format!("`{}` is no time such as 2031-03-02T09:00:00Z", head.at),
        })?;
        let link = Self { seq: head.seq, prev: unhex(&head.prev), at, hash: sha256(line) };
        Ok((head, link))
    }
}

/// An error of the JSON reader without its own place, which counts from the
/// wrong start.
pub(super) fn bare(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

#[derive(Serialize)]
struct Written<'a> {
    seq: u64,
    prev: String,
    at: String,
    by: &'a str,
    kind: &'a str,
    entry: &'a RawValue,
}

/// The line that follows a chain, without its line feed.
#[must_use]
pub fn line(chain: &Chain, at: Timestamp, by: &str, kind: &str, entry: &RawValue) -> String {
    let written = Written {
        seq: chain.entries + 1,
        prev: hex(&chain.head),
        at: at.to_string(),
        by,
        kind,
        entry,
    };
    // Strings and numbers always serialise.
    serde_json::to_string(&written).unwrap_or_default()
}
