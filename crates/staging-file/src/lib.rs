//! Reads how a deal is carried out, from YAML and JSON, with the place of
//! everything that is wrong.
//!
//! The format is described in the project's `docs/format-staging.md`. Nothing
//! here touches a file: texts come in, values and diagnostics go out.

mod calendar;
mod case;
mod deals;
mod fields;
mod json;
mod order;
mod ratification;
mod tree;
mod yaml;

pub use calendar::{Bet, Calendar, DatedEvent};
pub use case::{Described, StagingCase, WeightRule};
pub use deals::{NamedInterim, OptionMap, StagingFile};
pub use ratification::NamedRatification;
pub use tree::{Kind, Node};

use detente_model::diagnostic::{Diagnostic, Loaded, Sources};
use fields::Reader;

/// One question asked of a file, or several (`cases`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked<T> {
    /// The inputs, in order.
    pub inputs: Vec<T>,
    /// Whether the file lists several, so that the answer is a list as well.
    pub many: bool,
}

/// Reads deals, deliverables and everything around them.
#[must_use]
pub fn read_staging(name: &str, text: &str) -> Loaded<Asked<StagingFile>> {
    read(name, text, deals::staging_file)
}

/// Reads constituencies and their rules.
#[must_use]
pub fn read_ratification(name: &str, text: &str) -> Loaded<Asked<NamedRatification>> {
    read(name, text, ratification::ratification)
}

/// Whether a file is JSON by its name or its first character.
fn is_json(name: &str, text: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".json") || text.trim_start().starts_with('{')
}

fn read<T>(
    name: &str,
    text: &str,
    one: impl Fn(&mut Reader, &Node) -> Option<T>,
) -> Loaded<Asked<T>> {
    let mut sources = Sources::default();
    sources.insert(name, text);
    let mut reader = Reader::new(name);
    let tree = if is_json(name, text) { json::parse(text) } else { yaml::parse(text) };
    let value = match tree {
        Err(problem) => {
            reader.push(
                Diagnostic::error("staging-syntax", problem.message)
                    .at(problem.span)
                    .hint(problem.hint),
            );
            None
        }
        Ok(root) => unwrap(&mut reader, &root, &one),
    };
    let diagnostics = reader.finish();
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    Loaded { value: value.filter(|_| !failed), diagnostics, sources }
}

/// The input itself, a fixture around it, or a list of either.
fn unwrap<T>(
    reader: &mut Reader,
    root: &Node,
    one: &impl Fn(&mut Reader, &Node) -> Option<T>,
) -> Option<Asked<T>> {
    if let Some(cases) = root.get("cases") {
        let Some(list) = cases.list() else {
            reader.wrong(
                cases,
                "staging-cases",
                "`cases` is not a list",
                "write one input per entry",
            );
            return None;
        };
        let inputs: Vec<T> =
            list.iter().filter_map(|c| one(reader, c.get("input").unwrap_or(c))).collect();
        return Some(Asked { inputs, many: true });
    }
    let input = one(reader, root.get("input").unwrap_or(root))?;
    Some(Asked { inputs: vec![input], many: false })
}

#[cfg(test)]
mod tests;
