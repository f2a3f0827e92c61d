//! A log as a file: one line for whose it is, then one for each entry.
//!
//! Payloads that are opened stand beside their entry in clear: such a file is
//! as secret as the talks, and is kept and sent encrypted.

use super::chain::{Entry, Head, Record};
use crate::event::Event;
use crate::id::TalksId;
use serde::{Deserialize, Serialize};

/// The version of the file's form.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstLine {
    detente_log: u32,
    talks: TalksId,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryLine {
    entry: Entry,
    payload: Option<String>,
}

/// A log read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFile {
    /// Whose log.
    pub talks: TalksId,
    /// Its entries, with the payloads that were written in clear.
    pub records: Vec<Record>,
}

/// A file that is no log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {what}")]
pub struct FileFault {
    /// Which line, from 1.
    pub line: usize,
    /// Which column, from 1.
    pub column: usize,
    /// What is wrong.
    pub what: String,
}

impl LogFile {
    /// The log of these events, all in clear.
    #[must_use]
    pub fn of(talks: TalksId, events: &[Event]) -> Self {
        let mut head = Head::empty(talks);
        let records = events.iter().map(|event| {
            let (entry, payload) = head.append(event);
            Record { entry, payload: Some(payload) }
        });
        Self { talks, records: records.collect() }
    }

    /// The events that can be read, in order.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        let payloads = self.records.iter().filter_map(|r| r.payload.as_ref());
        payloads.filter_map(|payload| serde_json::from_slice(payload).ok()).collect()
    }

    /// As text.
    #[must_use]
    pub fn to_text(&self) -> String {
        // Writing plain data to memory does not fail.
        let line = |value: String| value + "\n";
        let first = FirstLine { detente_log: VERSION, talks: self.talks };
        let mut text = line(serde_json::to_string(&first).unwrap_or_default());
        for Record { entry, payload } in &self.records {
            let payload = payload.as_ref().map(|p| String::from_utf8_lossy(p).into_owned());
            let entry = EntryLine { entry: *entry, payload };
            text += &line(serde_json::to_string(&entry).unwrap_or_default());
        }
        text
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The first line that is not as it should be.
    pub fn from_text(text: &str) -> Result<Self, FileFault> {
        let mut lines = (1..).zip(text.lines());
        let (_, first) = lines.next().ok_or_else(|| FileFault {
            line: 1,
            column: 1,
            what: "the file is empty; a log starts with a line that names its talks".into(),
        })?;
        let first: FirstLine = read(1, first)?;
        if first.detente_log != VERSION {
            let what = format!("version {} of the log's form is not known", first.detente_log);
            return Err(FileFault { line: 1, column: 1, what });
        }
        let records = lines.filter(|(_, text)| !text.trim().is_empty()).map(|(number, text)| {
            let EntryLine { entry, payload } = read(number, text)?;
            Ok(Record { entry, payload: payload.map(String::into_bytes) })
        });
        Ok(Self { talks: first.talks, records: records.collect::<Result<_, _>>()? })
    }
}

fn read<'a, T: Deserialize<'a>>(line: usize, text: &'a str) -> Result<T, FileFault> {
    serde_json::from_str(text).map_err(|error| FileFault {
        line,
        column: error.column().max(1),
        what: format!("not a line of a log: {error}"),
    })
}
