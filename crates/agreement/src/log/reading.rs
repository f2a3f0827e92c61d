//! Lines read apart from one another, so that several threads can share them;
//! what they are together is checked in order by the ledger.

use super::chain::{Link, Malformed, bare};
use super::entry::{Claim, ClaimBrief, Entry, Kind};
use jiff::Timestamp;
use memchr::{memchr, memchr_iter};
use std::borrow::Cow;
use std::panic::resume_unwind;

/// A line by itself.
pub(super) struct Reading<'a> {
    pub link: Link,
    pub by: Cow<'a, str>,
    /// What it says, or why that cannot be read; a line that is not of this
    /// chain is refused before anybody asks.
    pub says: Result<Says<'a>, Malformed>,
}

/// What a line says.
pub(super) enum Says<'a> {
    /// Something after the time asked for.
    Later,
    /// A claim: what counting needs, and where the whole of it stands.
    Claim(ClaimBrief<'a>, Place<'a>),
    /// Anything else.
    Entry(Box<Entry>),
}

/// The entry of a line.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    json: &'a str,
    line_length: usize,
}

impl Place<'_> {
    fn wrong(self, error: &serde_json::Error) -> Malformed {
        // The entry stands at the end of its line.
        let start = self.line_length.saturating_sub(self.json.len() + 1);
        Malformed { column: start + error.column().saturating_sub(1), why: bare(error) }
    }

    /// The claim that stands here.
    pub(super) fn read(self) -> Result<Claim, Malformed> {
        serde_json::from_str(self.json).map_err(|e| self.wrong(&e))
    }
}

impl<'a> Reading<'a> {
    /// Reads a line; what was recorded after a point in time is not looked into.
    pub(super) fn of(line: &'a [u8], until: Option<Timestamp>) -> Result<Self, Malformed> {
        let (head, link) = Link::read(line)?;
        let place = Place { json: head.entry.get(), line_length: line.len() };
        let says = if until.is_some_and(|until| link.at > until) {
            Ok(Says::Later)
        } else if head.kind == "claim" {
            serde_json::from_str(place.json)
                .map(|brief| Says::Claim(brief, place))
                .map_err(|e| place.wrong(&e))
        } else if let Some((_, kind)) = Kind::WORDS.iter().find(|(word, _)| *word == head.kind) {
            kind.read(place.json).map(|e| Says::Entry(Box::new(e))).map_err(|e| place.wrong(&e))
        } else {
            let why = format!("there are no entries of the kind `{}`", head.kind);
            Err(Malformed { column: 0, why })
        };
        Ok(Self { link, by: head.by, says })
    }
}

/// A line beside what was read of it.
type Read<'a> = (&'a [u8], Result<Reading<'a>, Malformed>);

/// Reads lines, each with its line feed, on several threads; in their order.
pub(super) fn read_lines(
    block: &[u8],
    threads: usize,
    until: Option<Timestamp>,
) -> impl Iterator<Item = Read<'_>> {
    let read = move |part| lines(part).map(|l| (l, Reading::of(l, until))).collect::<Vec<_>>();
    let mut parts = parts(block, threads.max(1)).into_iter();
    let first = parts.next().unwrap_or_default();
    let all = std::thread::scope(|scope| {
        let others: Vec<_> = parts.map(|part| scope.spawn(move || read(part))).collect();
        let mut all = vec![read(first)];
        // A thread that panicked goes on panicking here.
        all.extend(others.into_iter().map(|t| t.join().unwrap_or_else(|e| resume_unwind(e))));
        all
    });
    all.into_iter().flatten()
}

/// Whole lines, as nearly the same number of bytes in each part as may be.
fn parts(mut block: &[u8], count: usize) -> Vec<&[u8]> {
    let size = block.len().div_ceil(count);
    let mut parts = Vec::with_capacity(count);
    while !block.is_empty() {
        let about = size.min(block.len());
        let end = memchr(b'\n', &block[about..]).map_or(block.len(), |more| about + more + 1);
        let (part, rest) = block.split_at(end);
        parts.push(part);
        block = rest;
    }
    parts
}

/// The lines of a text, without their line feeds.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    memchr_iter(b'\n', text).map(move |end| {
        let line = &text[start..end];
        start = end + 1;
        line
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_are_whole_lines_and_lose_none(
            texts in prop::collection::vec("[a-z]{0,9}", 0..40), count in 1..9_usize,
        ) {
            let block: String = texts.iter().map(|t| format!("{t}\n")).collect();
            let parts = parts(block.as_bytes(), count);
            prop_assert!(parts.len() <= count);
            prop_assert!(parts.iter().all(|p| p.ends_with(b"\n")));
            let again: Vec<_> = parts.into_iter().flat_map(lines).collect();
            prop_assert_eq!(again, texts.iter().map(String::as_bytes).collect::<Vec<_>>());
        }
    }
}
