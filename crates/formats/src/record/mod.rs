//! A record of talks in our own YAML: one folder, one or more files, each a
//! mapping with some of the record's keys.
//!
//! Described in `docs/record.md`.

pub(crate) mod fields;
mod items;
mod talks;
mod write;

pub use write::additions_to_yaml;

use crate::decode::decode;
use crate::findings::Findings;
use crate::read::{MAX_FILE_BYTES, too_large};
use crate::source::SourceFile;
use crate::tree::{Map, Node, parse_yaml};
use detente_model::diagnostic::{Diagnostic, Loaded, Severity, Sources, Span};
use detente_record::sound::{Item, problems};
use detente_record::{Record, hidden};
use fields::Fields;
use std::collections::HashMap;
use std::sync::Mutex;

const KEYS: [&str; 11] = [
    "detente",
    "title",
    "as_of",
    "public_record",
    "note",
    "sources",
    "actors",
    "events",
    "claims",
    "links",
    "talks",
];

/// Where an item stands.
type Places = HashMap<Item, (String, Span)>;

/// Reads a record from its files, in the order of their names.
#[must_use]
pub fn read_record(mut files: Vec<SourceFile>) -> Loaded<Record> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut findings = Findings::default();
    let mut sources = Sources::default();
    let mut record = Record::default();
    let mut places = Places::new();
    let mut texts = Vec::new();
    for parsed in parsed(files) {
        match parsed {
            Parsed::TooLarge { path, bytes } => findings.add(too_large(&path, bytes)),
            Parsed::Text { path, text, tree, warnings } => {
                match tree {
                    Err(error) => findings.add(error),
                    Ok(tree) => {
                        if let Some(map) =
                            tree.want_map("a mapping with parts of a record", &path, &mut findings)
                        {
                            one_file(&map, &mut record, &mut places, &mut findings);
                        }
                    }
                }
                for warning in warnings {
                    findings.add(warning);
                }
                texts.push((path, text));
            }
        }
    }
    if texts.is_empty() {
        findings.add(
            Diagnostic::error("no-record", "there are no files of a record here")
                .hint("a record is a folder with `.yaml` files; see docs/record.md"),
        );
    }
    if !findings.has_errors() {
        for problem in problems(&record) {
            // Directions were pointed out at their place in the file already.
            if problem.code == "hidden-direction" {
                continue;
            }
            let mut diagnostic =
                Diagnostic::new(problem.severity, problem.code, problem.message).hint(problem.hint);
            if let Some((file, span)) =
                places.get(&problem.item).or_else(|| places.get(&Item::Record))
            {
                diagnostic = diagnostic.in_file(file).at(*span);
            }
            findings.add(diagnostic);
        }
    }
    for (path, text) in texts {
        sources.insert(path, text);
    }
    let failed = findings.has_errors();
    let mut diagnostics = findings.finish();
    diagnostics.sort_by_key(|d| std::cmp::Reverse(d.severity == Severity::Error));
    Loaded { value: (!failed).then_some(record), diagnostics, sources }
}

/// One file after parsing, before anything is made of it.
enum Parsed {
    TooLarge { path: String, bytes: u64 },
    Text { path: String, text: String, tree: Result<Node, Diagnostic>, warnings: Vec<Diagnostic> },
}

/// Parses the files, several at a time, and gives them back in their order:
/// parsing is most of the time a large record takes.
fn parsed(files: Vec<SourceFile>) -> Vec<Parsed> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(files.len());
    let mut slots: Vec<Option<Parsed>> = Vec::new();
    slots.resize_with(files.len(), || None);
    let queue = Mutex::new(files.into_iter().zip(&mut slots));
    let work = || {
        loop {
            // A lock is only poisoned by a panic, and nothing panics while holding this one.
            let next = queue.lock().ok().and_then(|mut queue| queue.next());
            let Some((file, slot)) = next else { return };
            *slot = Some(parse(file));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..workers {
            scope.spawn(work);
        }
        work();
    });
    drop(queue);
    slots.into_iter().flatten().collect()
}

fn parse(file: SourceFile) -> Parsed {
    if file.bytes.len() > MAX_FILE_BYTES {
        return Parsed::TooLarge { bytes: file.bytes.len() as u64, path: file.path };
    }
    let (text, error) = decode(&file.path, file.bytes);
    let (tree, warnings) = match error {
        Some(error) => (Err(error), Vec::new()),
        None => (parse_yaml(&file.path, &text), hidden::warnings(&file.path, &text)),
    };
    Parsed::Text { path: file.path, text, tree, warnings }
}

fn one_file(map: &Map<'_>, record: &mut Record, places: &mut Places, findings: &mut Findings) {
    map.only(&KEYS, "a record", findings);
    places.entry(Item::Record).or_insert_with(|| (map.file.to_owned(), map.start()));
    let mut fields = Fields { map, whose: "the record", findings };
    if let Some(kind) = fields.text("detente")
        && kind != "record"
    {
        fields.complain(
            "detente",
            "not-a-record",
            format!("this is a `{kind}`, not a record"),
            "a record's file says `detente: record`",
        );
    }
    if let Some(title) = fields.text("title") {
        record.title = title;
    }
    if let Some(day) = fields.day("as_of") {
        record.as_of = Some(day);
    }
    if let Some(public) = fields.flag("public_record") {
        record.public_record = public;
    }
    if let Some(note) = fields.text("note") {
        record.note = Some(note);
    }
    items::read(map, record, places, findings);
    if let Some(node) = map.get("talks")
        && let Some(talks) = node.want_map("a mapping", map.file, findings)
    {
        places.entry(Item::Talks).or_insert_with(|| (map.file.to_owned(), talks.start()));
        talks::read(&talks, &mut record.talks, findings);
    }
}
