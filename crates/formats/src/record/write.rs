//! Writes confirmed claims, with the sources and spellings they need, as a file of a record.

use detente_record::import::confirm::Additions;
use detente_record::{ActorKind, SourceKind, When};
use std::fmt::Write as _;

/// A file of a record with these additions; reading it gives them back.
#[must_use]
pub fn additions_to_yaml(additions: &Additions) -> String {
    let Additions { sources, actors, claims } = additions;
    let mut out = String::from("detente: record\n");
    if !sources.is_empty() {
        out.push_str("sources:\n");
    }
    for s in sources {
        let kind = match s.kind {
            SourceKind::Outlet => "outlet",
            SourceKind::Document => "document",
            SourceKind::Person => "person",
            SourceKind::Group => "group",
            SourceKind::Body => "body",
        };
        let _ = writeln!(
            out,
            "  - id: {}\n    name: {}\n    kind: {kind}",
            quoted(&s.id),
            quoted(&s.name)
        );
        if s.unnamed {
            out.push_str("    unnamed: true\n");
        }
        field(&mut out, "outlet", s.outlet.as_deref());
        when(&mut out, "published", s.published.as_ref());
    }
    if !actors.is_empty() {
        out.push_str("actors:\n");
    }
    for a in actors {
        let kind = match a.kind {
            ActorKind::State => "state",
            ActorKind::Organisation => "organisation",
            ActorKind::Office => "office",
            ActorKind::Person => "person",
        };
        let spellings: Vec<String> = a.spellings.iter().map(|n| quoted(n)).collect();
        let (id, name) = (quoted(&a.id), quoted(&a.name));
        let _ = writeln!(
            out,
            "  - id: {id}\n    name: {name}\n    kind: {kind}\n    spellings: [{}]",
            spellings.join(", ")
        );
    }
    if !claims.is_empty() {
        out.push_str("claims:\n");
    }
    for c in claims {
        let chain: Vec<String> = c.chain.iter().map(|id| quoted(id)).collect();
        let _ = writeln!(out, "  - id: {}\n    chain: [{}]", quoted(&c.id), chain.join(", "));
        field(&mut out, "event", c.event.as_deref());
        field(&mut out, "says", Some(&c.says));
        field(&mut out, "passage", c.passage.as_deref());
        if let Some(v) = &c.version {
            field(&mut out, "question", Some(&v.question));
            field(&mut out, "answer", Some(&v.answer));
        }
        when(&mut out, "reported", c.reported.as_ref());
        when(&mut out, "happened", c.happened.as_ref());
        let _ = writeln!(out, "    terms: {}", c.terms.name());
        field(&mut out, "wording", c.wording.as_deref());
        let visibility = match c.visibility {
            detente_record::Visibility::Public => "public",
            detente_record::Visibility::Team => "team",
        };
        let _ = writeln!(out, "    visibility: {visibility}");
    }
    out
}

fn field(out: &mut String, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        let _ = writeln!(out, "    {key}: {}", quoted(value));
    }
}

fn when(out: &mut String, key: &str, when: Option<&When>) {
    let Some(w) = when else { return };
    let mut parts = Vec::new();
    if !w.words.is_empty() {
        parts.push(format!("words: {}", quoted(&w.words)));
    }
    parts.extend(w.from.map(|d| format!("from: {d}")));
    parts.extend(w.to.map(|d| format!("to: {d}")));
    let _ = writeln!(out, "    {key}: {{{}}}", parts.join(", "));
}

/// A text in double quotes, with everything escaped that YAML would read otherwise.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c if c.is_control() => {
                let _ = write!(out, "\\x{:02X}", u32::from(c) & 0xff);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
