//! `issues:` of a scenario.

use super::scenario::text;
use crate::findings::Findings;
use crate::places::Places;
use crate::tree::{Data, Entry, Map, Node};
use detente_model::diagnostic::Diagnostic;
use detente_model::{Issue, IssueKind, IssueOption, Number, Place};

/// Reads every issue.
pub(super) fn read(map: &Map<'_>, places: &mut Places, findings: &mut Findings) -> Vec<Issue> {
    let mut issues = Vec::new();
    let Some(node) = map.require("issues", "this scenario", findings) else { return issues };
    let Some(all) = node.want_map("a mapping from names to issues", map.file, findings) else {
        return issues;
    };
    for entry in all.entries {
        let index = issues.len();
        places.set(Place::Issue(index), map.file, entry.key_span);
        // A wrong issue stays, empty, so that later names still find it; its error stands.
        let kind = IssueKind::Categorical(Vec::new());
        let mut issue =
            Issue { name: entry.key.clone(), note: String::new(), unit: String::new(), kind };
        if let Some(kind) = one(&mut issue, entry, index, map.file, places, findings) {
            issue.kind = kind;
        }
        issues.push(issue);
    }
    issues
}

const KINDS: [&str; 4] = ["options", "ordered", "range", "divisible"];

fn one(
    issue: &mut Issue,
    entry: &Entry,
    index: usize,
    file: &str,
    places: &mut Places,
    findings: &mut Findings,
) -> Option<IssueKind> {
    if let Data::List(_) = entry.value.data {
        return Some(IssueKind::Categorical(options(&entry.value, index, file, places, findings)?));
    }
    if entry.value.text() == Some("divisible") {
        return Some(IssueKind::Divisible);
    }
    let wanted = "a list of options, `divisible`, or a mapping";
    let fields = entry.value.want_map(wanted, file, findings)?;
    let whose = format!("issue `{}`", entry.key);
    fields.only(&["options", "ordered", "range", "divisible", "note", "unit"], &whose, findings);
    issue.note = text(&fields, "note", findings).unwrap_or_default();
    issue.unit = text(&fields, "unit", findings).unwrap_or_default();
    let kinds: Vec<&str> = KINDS.into_iter().filter(|k| fields.get(k).is_some()).collect();
    let (&[kind], Some(node)) = (kinds.as_slice(), kinds.first().and_then(|k| fields.get(k)))
    else {
        findings.add(
            Diagnostic::error(
                "issue-kind",
                format!(
                    "{whose} should have exactly one of `options`, `ordered`, `range`, `divisible`"
                ),
            )
            .in_file(file)
            .at(entry.key_span),
        );
        return None;
    };
    match kind {
        "options" => Some(IssueKind::Categorical(options(node, index, file, places, findings)?)),
        "ordered" => Some(IssueKind::Ordered(options(node, index, file, places, findings)?)),
        "range" => range(node, &whose, file, findings),
        _ => match node.want_bool(file, findings)? {
            true => Some(IssueKind::Divisible),
            false => {
                findings.add(node.not("`true`", file));
                None
            }
        },
    }
}

/// A list of names, or a mapping from names to notes.
fn options(
    node: &Node,
    issue: usize,
    file: &str,
    places: &mut Places,
    findings: &mut Findings,
) -> Option<Vec<IssueOption>> {
    let mut options = Vec::new();
    match &node.data {
        Data::Map(entries) => {
            for entry in entries {
                places.set(Place::Option(issue, options.len()), file, entry.key_span);
                let note = match &entry.value.data {
                    Data::Null => "",
                    _ => entry.value.want_text("a note", file, findings)?,
                };
                options.push(IssueOption { name: entry.key.clone(), note: note.to_owned() });
            }
        }
        _ => {
            for item in node.want_list("a list of options", file, findings)? {
                places.set(Place::Option(issue, options.len()), file, item.span);
                options.push(IssueOption::new(item.want_text(
                    "an option's name",
                    file,
                    findings,
                )?));
            }
        }
    }
    Some(options)
}

/// `{from: 1, to: 3}`, with or without a `step`.
fn range(node: &Node, whose: &str, file: &str, findings: &mut Findings) -> Option<IssueKind> {
    let fields = node.want_map("`from` and `to`", file, findings)?;
    fields.only(&["from", "to", "step"], "a range", findings);
    let from = fields.require("from", "this range", findings)?;
    let to = fields.require("to", "this range", findings)?;
    let min = from.want_number(&format!("the start of {whose}"), file, findings)?;
    let max = to.want_number(&format!("the end of {whose}"), file, findings)?;
    let step = match fields.get("step") {
        Some(step) => Some(step.want_number(&format!("the step of {whose}"), file, findings)?),
        None => None,
    };
    match (step, whole(&min), whole(&max)) {
        (Some(step), ..) if step != Number::one() => Some(IssueKind::Stepped { min, max, step }),
        (_, Some(min), Some(max)) => Some(IssueKind::Integer { min, max }),
        (Some(step), ..) => Some(IssueKind::Stepped { min, max, step }),
        (None, ..) => {
            findings.add(
                Diagnostic::error(
                    "missing-key",
                    format!("{whose}: a range of fractions needs a `step`"),
                )
                .in_file(file)
                .at(node.span)
                .hint("add `step: …`, or use whole numbers"),
            );
            None
        }
    }
}

fn whole(number: &Number) -> Option<i64> {
    if number.is_integer() { number.to_exact_string().parse().ok() } else { None }
}
