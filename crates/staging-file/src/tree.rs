//! A document with the place of each of its parts.

use detente_model::diagnostic::Span;

/// What a part of a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// Words.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Named parts in order, with the place of each name.
    Map(Vec<(String, Span, Node)>),
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
}

impl Node {
    /// The named part of a map.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.map()?.iter().find(|(k, ..)| k == key).map(|(.., node)| node)
    }

    /// The entries of a list.
    #[must_use]
    pub fn list(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::List(entries) => Some(entries),
            _ => None,
        }
    }

    /// The parts of a map.
    #[must_use]
    pub fn map(&self) -> Option<&[(String, Span, Self)]> {
        match &self.kind {
            Kind::Map(parts) => Some(parts),
            _ => None,
        }
    }

    /// Words, or a number as written.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) | Kind::Number(text) => Some(text),
            _ => None,
        }
    }

    /// What to call it in a message.
    #[must_use]
    pub fn called(&self) -> &'static str {
        match self.kind {
            Kind::Null => "nothing",
            Kind::Bool(_) => "true or false",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }
}

/// What stopped a parser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) message: String,
    pub(crate) span: Span,
    pub(crate) hint: &'static str,
}

/// Deepest nesting taken.
pub(crate) const MOST_DEPTH: usize = 64;
