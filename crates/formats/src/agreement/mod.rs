//! An agreement in our own YAML: one folder, one or more files, each a mapping
//! with some of the agreement's keys, and GeoJSON beside it for zones.
//!
//! Described in `docs/agreement.md`.

mod instruments;
mod obligations;
mod remedies;
mod times;
mod zones;

use crate::decode::decode;
use crate::findings::Findings;
use crate::read::{MAX_FILE_BYTES, too_large};
use crate::record::fields::{Fields, maps};
use crate::source::SourceFile;
use crate::tree::{Map, Node, parse_yaml};
use detente_agreement::sound::{Item, problems};
use detente_agreement::{Agreement, Citation, NamedEvent, Participant, Role};
use detente_model::diagnostic::{Diagnostic, Loaded, Severity, Sources, Span};
use jiff::tz::TimeZone;
use std::collections::HashMap;

const KEYS: [&str; 15] = [
    "detente",
    "id",
    "title",
    "time_zone",
    "public_record",
    "note",
    "sources",
    "participants",
    "instruments",
    "calendars",
    "events",
    "zones",
    "obligations",
    "pipeline",
    "remedies",
];

/// Where items stand, and the texts around them.
struct Reader<'a> {
    /// The folder's name in front of every path, to be taken off.
    root: &'a str,
    agreement: Agreement,
    places: HashMap<Item, (String, Span)>,
    findings: Findings,
    /// GeoJSON files by path, parsed.
    outlines: Vec<(String, Node)>,
}

impl Reader<'_> {
    /// Remembers where an item stands; the first place counts.
    fn place(&mut self, item: Item, map: &Map<'_>) {
        self.places.entry(item).or_insert_with(|| (map.file.to_owned(), map.start()));
    }

    /// A path as an instrument names it: relative to the folder.
    fn relative(&self, file: &str) -> String {
        file.strip_prefix(self.root).unwrap_or(file).trim_start_matches('/').to_owned()
    }
}

/// Reads an agreement from its files; `root` is the part of their paths that
/// names the folder.
#[must_use]
pub fn read_agreement(root: &str, mut files: Vec<SourceFile>) -> Loaded<Agreement> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut reader = Reader {
        root,
        agreement: Agreement::default(),
        places: HashMap::new(),
        findings: Findings::default(),
        outlines: Vec::new(),
    };
    let mut trees = Vec::new();
    let mut texts = Vec::new();
    for file in files {
        if file.bytes.len() > MAX_FILE_BYTES {
            reader.findings.add(too_large(&file.path, file.bytes.len() as u64));
            continue;
        }
        let (text, error) = decode(&file.path, file.bytes);
        let json = file.path.ends_with("json");
        let parsed = match error {
            Some(error) => Err(error),
            None if json => crate::tree::parse_json(&file.path, &text),
            None => parse_yaml(&file.path, &text),
        };
        match parsed {
            Err(error) => reader.findings.add(error),
            Ok(tree) if json => reader.outlines.push((file.path.clone(), tree)),
            Ok(tree) => trees.push((file.path.clone(), tree)),
        }
        for warning in detente_record::hidden::warnings(&file.path, &text) {
            reader.findings.add(warning);
        }
        texts.push((file.path, text));
    }
    if trees.is_empty() && !reader.findings.has_errors() {
        reader.findings.add(
            Diagnostic::error("no-agreement", "there are no files of an agreement here")
                .hint("an agreement is a folder with `agreement.yaml`; see docs/agreement.md"),
        );
    }
    let mut maps = Vec::new();
    for (path, tree) in &trees {
        if let Some(map) =
            tree.want_map("a mapping with parts of an agreement", path, &mut reader.findings)
        {
            maps.push(map);
        }
    }
    // Spans name calendars, so these come first.
    for map in &maps {
        times::calendars(map, &mut reader);
    }
    for map in &maps {
        one_file(map, &mut reader);
    }
    finish(reader, texts)
}

fn finish(mut reader: Reader<'_>, texts: Vec<(String, String)>) -> Loaded<Agreement> {
    if !reader.findings.has_errors() {
        for problem in problems(&reader.agreement) {
            let mut diagnostic =
                Diagnostic::new(problem.severity, problem.code, problem.message).hint(problem.hint);
            let place = reader.places.get(&problem.item);
            if let Some((file, span)) = place.or_else(|| reader.places.get(&Item::Agreement)) {
                diagnostic = diagnostic.in_file(file).at(*span);
            }
            reader.findings.add(diagnostic);
        }
    }
    let mut sources = Sources::default();
    for (path, text) in texts {
        sources.insert(path, text);
    }
    let failed = reader.findings.has_errors();
    let mut diagnostics = reader.findings.finish();
    diagnostics.sort_by_key(|d| std::cmp::Reverse(d.severity == Severity::Error));
    Loaded { value: (!failed).then_some(reader.agreement), diagnostics, sources }
}

fn one_file(map: &Map<'_>, reader: &mut Reader<'_>) {
    map.only(&KEYS, "an agreement", &mut reader.findings);
    if map.get("id").is_some() || !reader.places.contains_key(&Item::Agreement) {
        reader.places.insert(Item::Agreement, (map.file.to_owned(), map.start()));
    }
    let mut fields = Fields { map, whose: "the agreement", findings: &mut reader.findings };
    if fields.text("detente").is_some_and(|kind| kind != "agreement") {
        fields.complain(
            "detente",
            "not-an-agreement",
            "this is not a file of an agreement".to_owned(),
            "an agreement's file says `detente: agreement`",
        );
    }
    let agreement = &mut reader.agreement;
    if let Some(id) = fields.text("id") {
        agreement.id = id;
    }
    if let Some(title) = fields.text("title") {
        agreement.title = title;
    }
    if let Some(name) = fields.text("time_zone") {
        match TimeZone::get(&name) {
            Ok(zone) => agreement.zone = zone,
            Err(_) => fields.complain(
                "time_zone",
                "unknown-time-zone",
                format!("there is no time zone `{name}`"),
                "write a name of the IANA time zone database, such as Africa/Cairo, or UTC",
            ),
        }
    }
    if let Some(public) = fields.flag("public_record") {
        agreement.public_record = public;
    }
    if let Some(note) = fields.text("note") {
        agreement.note = Some(note);
    }
    for one in maps(map, "sources", &mut reader.findings) {
        one.only(&["title", "address"], "a source", &mut reader.findings);
        let mut f = Fields { map: &one, whose: "this source", findings: &mut reader.findings };
        if let Some(title) = f.needed("title") {
            reader.agreement.sources.push(Citation { title, address: f.text("address") });
        }
    }
    for one in maps(map, "participants", &mut reader.findings) {
        participant(&one, reader);
    }
    for one in maps(map, "events", &mut reader.findings) {
        one.only(&["id", "title"], "an event", &mut reader.findings);
        let mut f = Fields { map: &one, whose: "this event", findings: &mut reader.findings };
        if let (Some(id), Some(title)) = (f.needed("id"), f.needed("title")) {
            reader.place(Item::Event(id.clone()), &one);
            reader.agreement.events.push(NamedEvent { id, title });
        }
    }
    instruments::read(map, reader);
    zones::read(map, reader);
    obligations::read(map, reader);
    remedies::read(map, reader);
}

fn participant(one: &Map<'_>, reader: &mut Reader<'_>) {
    one.only(&["id", "name", "role"], "a participant", &mut reader.findings);
    let mut f = Fields { map: one, whose: "this participant", findings: &mut reader.findings };
    let (id, name) = (f.needed("id"), f.needed("name"));
    f.map.require("role", f.whose, f.findings);
    let mut roles = Vec::new();
    for word in f.texts("role") {
        match Role::WORDS.iter().find(|(w, _)| *w == word) {
            Some((_, role)) => roles.push(*role),
            None => f.complain(
                "role",
                "unknown-word",
                format!("`role` cannot be `{word}`"),
                "party, witness, guarantor, depositary, verifier or body",
            ),
        }
    }
    if let (Some(id), Some(name)) = (id, name) {
        reader.place(Item::Participant(id.clone()), one);
        reader.agreement.participants.push(Participant { id, name, roles });
    }
}
