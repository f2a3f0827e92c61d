//! How far each deliverable goes.

use super::fields::Reader;
use crate::tree::{Data, Entry, Node};
use detente_model::staging::Case;

/// How far each deliverable goes: a list in their order, or a map by name
/// (`all` for every step; what is not named is not done).
pub(crate) fn progress(
    reader: &mut Reader,
    case: &Case,
    node: &Node,
    what: &str,
) -> Option<Vec<usize>> {
    let d = case.deliverables.len();
    let mut out = vec![0; d];
    let mut entry = |reader: &mut Reader, j: usize, value: &Node| {
        let steps = case.deliverables[j].steps.len();
        let count = if value.text() == Some("all") { Some(steps) } else { reader.count(value) };
        match count {
            Some(c) if c <= steps => out[j] = c,
            Some(c) => reader.wrong(
                value,
                "staging-no-such-step",
                format!("{what}: `{}` has no step {c}", case.deliverables[j].id),
                format!("it has {steps}; write `all` for all of them"),
            ),
            None => {}
        }
    };
    match &node.data {
        Data::List(entries) if entries.len() == d => {
            for (j, value) in entries.iter().enumerate() {
                entry(reader, j, value);
            }
        }
        Data::Map(parts) => {
            for Entry { key: id, key_span: span, value } in parts {
                match case.deliverables.iter().position(|x| x.id == *id) {
                    Some(j) => entry(reader, j, value),
                    None => {
                        let ids: Vec<&str> =
                            case.deliverables.iter().map(|x| x.id.as_str()).collect();
                        reader.wrong_at(
                            *span,
                            "staging-no-such-deliverable",
                            format!("{what}: there is no deliverable `{id}`"),
                            format!("there are: {}", ids.join(", ")),
                        );
                    }
                }
            }
        }
        _ => {
            reader.wrong(
                node,
                "staging-progress",
                format!("{what}: expected {d} numbers"),
                "one per deliverable in their order, or a map {works: 2, permits: all}",
            );
            return None;
        }
    }
    (!reader.failed()).then_some(out)
}
