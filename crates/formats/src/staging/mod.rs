//! How a deal is carried out, from YAML and JSON, with the place of
//! everything that is wrong.
//!
//! The format is described in the project's `docs/format-staging.md`.

mod calendar;
mod case;
mod deals;
mod deliverables;
mod fields;
mod limits;
mod order;
mod progress;
mod ratification;
#[cfg(test)]
mod tests;
mod windows;

use crate::decode::decode;
use crate::read::{MAX_FILE_BYTES, too_large};
use crate::source::SourceFile;
use crate::tree::{self, Node};
use detente_model::Scenario;
use detente_model::diagnostic::{Diagnostic, Loaded, Sources};
use detente_model::staging::{NamedRatification, Staging};
use fields::Reader;

/// One question asked of a file, or several (`cases`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked<T> {
    /// The inputs, in order.
    pub inputs: Vec<T>,
    /// Whether the file lists several, so that the answer is a list as well.
    pub many: bool,
}

/// Reads deals, deliverables and everything around them; parties, issues and
/// options that the file leaves out are those of the scenario beside it.
#[must_use]
pub fn read_staging(file: SourceFile, scenario: Option<&Scenario>) -> Loaded<Asked<Staging>> {
    read(file, |reader, node| deals::staging(reader, node, scenario))
}

/// Reads constituencies and their rules, in the same way.
#[must_use]
pub fn read_ratification(
    file: SourceFile,
    scenario: Option<&Scenario>,
) -> Loaded<Asked<NamedRatification>> {
    read(file, |reader, node| ratification::ratification(reader, node, scenario))
}

fn read<T>(file: SourceFile, one: impl Fn(&mut Reader, &Node) -> Option<T>) -> Loaded<Asked<T>> {
    let mut sources = Sources::default();
    let mut reader = Reader::new(&file.path);
    let name = file.path;
    let mut value = None;
    if file.bytes.len() > MAX_FILE_BYTES {
        reader.push(too_large(&name, file.bytes.len() as u64));
        return Loaded { value, diagnostics: reader.finish(), sources };
    }
    let (text, error) = decode(&name, file.bytes);
    let json = name.to_ascii_lowercase().ends_with(".json") || text.trim_start().starts_with('{');
    let parse = if json { tree::parse_json } else { tree::parse_yaml };
    match error.map_or_else(|| parse(&name, &text), Err) {
        Err(problem) => reader.push(problem),
        Ok(root) => value = unwrap(&mut reader, &root, &one),
    }
    sources.insert(name, text);
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
