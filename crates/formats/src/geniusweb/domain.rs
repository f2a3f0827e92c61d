//! `issuesValues`: the issues and their options.

use crate::findings::Findings;
use crate::places::Places;
use crate::tree::{Map, Node};
use detente_model::diagnostic::Diagnostic;
use detente_model::{Issue, IssueKind, IssueOption, Number, Place};

/// Reads a domain.
pub(super) fn read(
    node: &Node,
    file: &str,
    places: &mut Places,
    findings: &mut Findings,
) -> Option<Vec<Issue>> {
    let map = node.want_map("a domain", file, findings)?;
    places.set(Place::Scenario, file, map.start());
    let values = map.require("issuesValues", "this domain", findings)?;
    let values = values.want_map("a mapping from issues to values", file, findings)?;
    let mut issues = Vec::new();
    for entry in values.entries {
        let index = issues.len();
        places.set(Place::Issue(index), file, entry.key_span);
        let set = entry.value.want_map("a set of values", file, findings)?;
        let kind = match (set.get("values"), set.get("range")) {
            (Some(list), None) => options(list, index, file, places, findings)?,
            (None, Some(range)) => stepped(range, &entry.key, file, findings)?,
            _ => {
                findings.add(
                    Diagnostic::error(
                        "issue-kind",
                        format!("issue `{}` should have either `values` or `range`", entry.key),
                    )
                    .in_file(file)
                    .at(entry.key_span),
                );
                return None;
            }
        };
        issues.push(Issue {
            name: entry.key.clone(),
            note: String::new(),
            unit: String::new(),
            kind,
        });
    }
    Some(issues)
}

fn options(
    list: &Node,
    issue: usize,
    file: &str,
    places: &mut Places,
    findings: &mut Findings,
) -> Option<IssueKind> {
    let mut options = Vec::new();
    for (index, item) in list.want_list("a list of values", file, findings)?.iter().enumerate() {
        places.set(Place::Option(issue, index), file, item.span);
        options.push(IssueOption::new(item.want_text("a value", file, findings)?));
    }
    Some(IssueKind::Categorical(options))
}

/// `[low, high, step]`, the numbers as texts or as numbers.
fn stepped(range: &Node, issue: &str, file: &str, findings: &mut Findings) -> Option<IssueKind> {
    let items = range.want_list("low, high and step", file, findings)?;
    let [low, high, step] = items else {
        findings.add(range.not("a list of low, high and step", file));
        return None;
    };
    let what = format!("the range of issue `{issue}`");
    let min = number(low, &what, file, findings)?;
    let max = number(high, &what, file, findings)?;
    let step = number(step, &what, file, findings)?;
    Some(IssueKind::Stepped { min, max, step })
}

/// GeniusWeb writes exact numbers as texts.
pub(super) fn number(
    node: &Node,
    what: &str,
    file: &str,
    findings: &mut Findings,
) -> Option<Number> {
    let text = node.want_text("a number", file, findings)?;
    crate::findings::number(text, what, file, node.span, findings)
}

/// One of two spellings of a key.
pub(super) fn either<'a>(map: &Map<'a>, older: &str, newer: &str) -> Option<&'a Node> {
    map.get(older).or_else(|| map.get(newer))
}
