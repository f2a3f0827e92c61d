//! Nodes, and the questions readers ask of them.

use crate::findings::{self, Findings};
use crate::suggest;
use detente_model::diagnostic::{Diagnostic, Span};
use detente_model::number::Number;

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) data: Data,
    /// Where it stands.
    pub(crate) span: Span,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Data {
    /// `null`, `~`, or nothing.
    Null,
    /// A scalar as written.
    Text {
        /// Its text, without quotes.
        text: String,
        /// Whether it stood without quotes (so that it may be a number or a truth value).
        plain: bool,
    },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping.
    Map(Vec<Entry>),
}

/// One key of a mapping with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: String,
    /// Where the key stands.
    pub(crate) key_span: Span,
    /// What it maps to.
    pub(crate) value: Node,
}

impl Node {
    /// What it is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.data {
            Data::Null => "nothing",
            Data::Text { .. } => "a single value",
            Data::List(_) => "a list",
            Data::Map(_) => "a mapping",
        }
    }

    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar without quotes.
    pub(crate) fn plain(&self) -> Option<&str> {
        match &self.data {
            Data::Text { text, plain: true } => Some(text),
            _ => None,
        }
    }

    /// Whether it is nothing.
    pub(crate) fn is_null(&self) -> bool {
        self.data == Data::Null
    }

    /// The value of a key, when this is a mapping that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.data {
            Data::Map(entries) => entries.iter().find(|e| e.key == key).map(|e| &e.value),
            _ => None,
        }
    }

    /// The items of a list.
    pub(crate) fn list(&self) -> Option<&[Self]> {
        match &self.data {
            Data::List(items) => Some(items),
            _ => None,
        }
    }

    /// The keys of a mapping, in file order.
    pub(crate) fn entries(&self) -> Option<&[Entry]> {
        match &self.data {
            Data::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// A complaint that this is not what was wanted.
    pub(crate) fn not(&self, wanted: &str, file: &str) -> Diagnostic {
        Diagnostic::error("wrong-type", format!("this should be {wanted}, but is {}", self.kind()))
            .in_file(file)
            .at(self.span)
    }

    /// The text of a scalar, or a complaint.
    pub(crate) fn want_text(
        &self,
        what: &str,
        file: &str,
        findings: &mut Findings,
    ) -> Option<&str> {
        let text = self.text();
        if text.is_none() {
            findings.add(self.not(what, file));
        }
        text
    }

    /// The items of a list, or a complaint.
    pub(crate) fn want_list(
        &self,
        what: &str,
        file: &str,
        findings: &mut Findings,
    ) -> Option<&[Self]> {
        match &self.data {
            Data::List(items) => Some(items),
            _ => {
                findings.add(self.not(what, file));
                None
            }
        }
    }

    /// The mapping, or a complaint.
    pub(crate) fn want_map<'a>(
        &'a self,
        what: &str,
        file: &'a str,
        findings: &mut Findings,
    ) -> Option<Map<'a>> {
        match &self.data {
            Data::Map(entries) => Some(Map { entries, span: self.span, file }),
            _ => {
                findings.add(self.not(what, file));
                None
            }
        }
    }

    /// A number, or a complaint.
    pub(crate) fn want_number(
        &self,
        what: &str,
        file: &str,
        findings: &mut Findings,
    ) -> Option<Number> {
        match &self.data {
            Data::Text { text, plain: true } => {
                findings::number(text, what, file, self.span, findings)
            }
            Data::Text { text, plain: false } => {
                let mut error = Diagnostic::error(
                    "not-a-number",
                    format!("{what}: the quotes make this a text, not a number"),
                )
                .in_file(file)
                .at(self.span);
                if Number::parse(text).is_ok() {
                    error = error.hint("drop the quotes");
                }
                findings.add(error);
                None
            }
            _ => {
                findings.add(self.not("a number", file));
                None
            }
        }
    }

    /// `true` or `false`, or a complaint.
    pub(crate) fn want_bool(&self, file: &str, findings: &mut Findings) -> Option<bool> {
        match self.plain() {
            Some("true" | "True") => Some(true),
            Some("false" | "False") => Some(false),
            _ => {
                findings.add(self.not("`true` or `false`", file));
                None
            }
        }
    }
}

/// A mapping in a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Map<'a> {
    /// Its keys and values in file order.
    pub(crate) entries: &'a [Entry],
    /// Where it stands.
    pub(crate) span: Span,
    /// The file it is in.
    pub(crate) file: &'a str,
}

impl<'a> Map<'a> {
    /// The value of a key; a key set to nothing counts as absent.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Node> {
        self.entry(key).map(|e| &e.value).filter(|v| !v.is_null())
    }

    /// A key with its value.
    pub(crate) fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.entries.iter().find(|e| e.key == key)
    }

    /// The value of a key, or a complaint that it is missing.
    pub(crate) fn require(
        &self,
        key: &str,
        whose: &str,
        findings: &mut Findings,
    ) -> Option<&'a Node> {
        let found = self.get(key);
        if found.is_none() {
            let at = self.entry(key).map_or_else(|| self.start(), |e| e.key_span);
            findings.add(
                Diagnostic::error("missing-key", format!("{whose} has no `{key}`"))
                    .in_file(self.file)
                    .at(at)
                    .hint(format!("add `{key}: …`")),
            );
        }
        found
    }

    /// Complains about every key that is not known.
    pub(crate) fn only(&self, known: &[&str], whose: &str, findings: &mut Findings) {
        for entry in self.entries.iter().filter(|e| !known.contains(&e.key.as_str())) {
            let mut error =
                Diagnostic::error("unknown-key", format!("{whose} has no key `{}`", entry.key))
                    .in_file(self.file)
                    .at(entry.key_span);
            if let Some(hint) = suggest::hint(&entry.key, known) {
                error = error.hint(hint);
            }
            findings.add(error);
        }
    }

    /// The place of its first key, which is small enough to show.
    pub(crate) fn start(&self) -> Span {
        self.entries.first().map_or(self.span, |e| e.key_span)
    }
}
