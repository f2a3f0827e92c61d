//! Trees of text with a span on every node, from YAML or JSON.
//!
//! Scalars are kept as they were written, so that numbers stay exact. What
//! could make a small file mean a large tree, or one text mean two things, is
//! refused: anchors and aliases, tags, repeated keys, several documents, deep
//! nesting.

mod json;
mod node;
mod yaml;

pub(crate) use json::parse as parse_json;
pub(crate) use node::{Data, Entry, Map, Node};
pub(crate) use yaml::parse as parse_yaml;

use detente_model::diagnostic::{Diagnostic, Span};
use std::collections::HashSet;

/// Deepest nesting taken.
const MAX_DEPTH: usize = 64;
/// Most nodes in one file.
const MAX_NODES: usize = 4_000_000;

fn too_deep(file: &str, at: Span) -> Diagnostic {
    Diagnostic::error("too-deep", format!("nested more than {MAX_DEPTH} levels deep"))
        .in_file(file)
        .at(at)
        .hint("no scenario needs that; is this the right file?")
}

fn too_many_nodes(file: &str, at: Span) -> Diagnostic {
    Diagnostic::error("too-large", format!("more than {MAX_NODES} values in one file"))
        .in_file(file)
        .at(at)
        .hint("give a value function instead of a table of that size")
}

/// The first repeated key of a mapping, as an error.
fn repeated_key(file: &str, entries: &[Entry]) -> Option<Diagnostic> {
    let repeated = if entries.len() <= 8 {
        entries
            .iter()
            .enumerate()
            .find(|(i, e)| entries[..*i].iter().any(|f| f.key == e.key))
            .map(|(_, e)| e)
    } else {
        let mut seen = HashSet::with_capacity(entries.len());
        entries.iter().find(|e| !seen.insert(e.key.as_str()))
    }?;
    Some(
        Diagnostic::error("duplicate-key", format!("the key `{}` is there twice", repeated.key))
            .in_file(file)
            .at(repeated.key_span)
            .hint("keep one of the two"),
    )
}
