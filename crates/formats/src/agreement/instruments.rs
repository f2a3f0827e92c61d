//! Instruments, mandates and clauses.

use super::Reader;
use crate::findings::Findings;
use crate::record::fields::{Fields, maps};
use crate::tree::{Data, Map};
use detente_agreement::key::PublicKey;
use detente_agreement::sound::Item;
use detente_agreement::{Clause, Instrument, InstrumentKind, Mandate, Ratification, Stage};
use detente_model::diagnostic::Diagnostic;

const KEYS: [&str; 20] = [
    "id",
    "title",
    "kind",
    "stage",
    "parties",
    "witnesses",
    "guarantors",
    "depositary",
    "languages",
    "authentic",
    "signed",
    "effective",
    "terminated",
    "amends",
    "supersedes",
    "mandates",
    "ratification",
    "clauses",
    "files",
    "note",
];

/// Reads `instruments:`.
pub(super) fn read(map: &Map<'_>, reader: &mut Reader<'_>) {
    for one in maps(map, "instruments", &mut reader.findings) {
        one.only(&KEYS, "an instrument", &mut reader.findings);
        let own = reader.relative(one.file);
        let Some(instrument) = instrument(&one, own, &mut reader.findings) else { continue };
        reader.place(Item::Instrument(instrument.id.clone()), &one);
        for clause in maps(&one, "clauses", &mut Findings::default()) {
            if let Some(id) = clause.get("id").and_then(|n| n.text()) {
                reader.place(Item::Clause(format!("{}#{id}", instrument.id)), &clause);
            }
        }
        reader.agreement.instruments.push(instrument);
    }
}

fn instrument(one: &Map<'_>, own: String, findings: &mut Findings) -> Option<Instrument> {
    let mut f = Fields { map: one, whose: "this instrument", findings };
    let (id, title) = (f.needed("id"), f.needed("title"));
    let kind = f.one_of("kind", &InstrumentKind::WORDS).unwrap_or(InstrumentKind::Main);
    f.map.require("stage", f.whose, f.findings);
    let stage = f.one_of("stage", &Stage::WORDS);
    let mut languages = f.texts("languages");
    if languages.is_empty() {
        languages.push("en".to_owned());
    }
    let mut files = vec![own];
    for file in f.texts("files") {
        if file.split('/').any(|part| part == ".." || part.is_empty()) || file.contains('\\') {
            f.complain(
                "files",
                "bad-path",
                format!("`{file}` is no path within the agreement's folder"),
                "write it relative to the folder, with `/` between parts",
            );
        } else if !files.contains(&file) {
            files.push(file);
        }
    }
    let mut out = Instrument {
        id: String::new(),
        title: String::new(),
        kind,
        stage: Stage::Comprehensive,
        parties: f.texts("parties"),
        witnesses: f.texts("witnesses"),
        guarantors: f.texts("guarantors"),
        depositary: f.text("depositary"),
        authentic: f.texts("authentic"),
        signed: f.day("signed"),
        effective: f.day("effective"),
        terminated: f.day("terminated"),
        amends: f.texts("amends"),
        supersedes: f.texts("supersedes"),
        mandates: Vec::new(),
        ratifications: Vec::new(),
        clauses: Vec::new(),
        languages,
        files,
    };
    out.mandates =
        maps(one, "mandates", f.findings).iter().filter_map(|m| mandate(m, f.findings)).collect();
    for r in maps(one, "ratification", f.findings) {
        r.only(&["party", "body", "by"], "a ratification", f.findings);
        let mut g = Fields { map: &r, whose: "this ratification", findings: f.findings };
        if let (Some(party), Some(body)) = (g.needed("party"), g.needed("body")) {
            out.ratifications.push(Ratification { party, body, by: g.day("by") });
        }
    }
    out.clauses = maps(one, "clauses", f.findings)
        .iter()
        .filter_map(|c| clause(c, &out.languages, f.findings))
        .collect();
    (out.id, out.title, out.stage) = (id?, title?, stage?);
    Some(out)
}

fn mandate(one: &Map<'_>, findings: &mut Findings) -> Option<Mandate> {
    one.only(&["for", "threshold", "keys", "ad_referendum_only"], "a mandate", findings);
    let mut f = Fields { map: one, whose: "this mandate", findings };
    let participant = f.needed("for");
    let ad_referendum_only = f.flag("ad_referendum_only").unwrap_or(false);
    let threshold = f.text("threshold").map(|t| t.parse::<usize>());
    if matches!(threshold, Some(Err(_))) {
        f.complain(
            "threshold",
            "threshold",
            "the threshold is no whole number".to_owned(),
            "write how many keys must sign together",
        );
        return None;
    }
    f.map.require("keys", f.whose, f.findings);
    let mut keys = Vec::new();
    for key in maps(one, "keys", f.findings) {
        key.only(&["holder", "key"], "a key", f.findings);
        let mut g = Fields { map: &key, whose: "this key", findings: f.findings };
        let (holder, text) = (g.needed("holder"), g.needed("key"));
        match text.as_deref().map(PublicKey::parse) {
            Some(Some(key)) => keys.extend(holder.map(|h| (h, key))),
            Some(None) => g.complain(
                "key",
                "bad-key",
                "this is no Ed25519 public key".to_owned(),
                "write the 64 lower-case hex digits that `detente agreement keygen` prints",
            ),
            None => {}
        }
    }
    let threshold = threshold.and_then(Result::ok).unwrap_or(1);
    Some(Mandate { participant: participant?, threshold, keys, ad_referendum_only })
}

fn clause(one: &Map<'_>, languages: &[String], findings: &mut Findings) -> Option<Clause> {
    one.only(&["id", "title", "text", "replaces"], "a clause", findings);
    let mut f = Fields { map: one, whose: "this clause", findings };
    let (id, title, replaces) = (f.needed("id"), f.text("title"), f.text("replaces"));
    let node = f.map.require("text", f.whose, f.findings)?;
    let mut texts = Vec::new();
    match &node.data {
        Data::Text { text, .. } => texts.push((languages.first()?.clone(), text.clone())),
        _ => {
            let map = node.want_map("a text, or one per language", one.file, findings)?;
            for entry in map.entries {
                if let Some(text) = entry.value.want_text("a text", one.file, findings) {
                    texts.push((entry.key.clone(), text.to_owned()));
                }
            }
        }
    }
    if texts.iter().any(|(_, text)| text.trim().is_empty()) {
        findings.add(
            Diagnostic::error("empty-clause", "this clause has no text")
                .in_file(one.file)
                .at(node.span)
                .hint("write what it says"),
        );
    }
    Some(Clause { id: id?, title, texts, replaces })
}
