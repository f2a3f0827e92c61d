//! The outcome space: its issues.

use crate::findings::Findings;
use crate::places::Places;
use crate::tree::{Map, Node};
use detente_model::diagnostic::Diagnostic;
use detente_model::{Issue, IssueKind, IssueOption, Number, Place};

/// Reads `issues:`.
pub(super) fn read(map: &Map<'_>, places: &mut Places, findings: &mut Findings) -> Vec<Issue> {
    let mut issues = Vec::new();
    let Some(items) = map
        .require("issues", "this outcome space", findings)
        .and_then(|n| n.want_list("a list of issues", map.file, findings))
    else {
        return issues;
    };
    for item in items {
        let Some(fields) = item.want_map("an issue", map.file, findings) else { continue };
        places.set(Place::Issue(issues.len()), map.file, fields.start());
        if let Some(issue) = one(&fields, issues.len(), places, findings) {
            issues.push(issue);
        }
    }
    issues
}

fn one(
    fields: &Map<'_>,
    index: usize,
    places: &mut Places,
    findings: &mut Findings,
) -> Option<Issue> {
    let file = fields.file;
    let name = fields.require("name", "this issue", findings)?;
    let name = name.want_text("a name", file, findings)?.to_owned();
    let whose = format!("issue `{name}`");
    let values = fields.require("values", &whose, findings)?;
    let declared = fields.require("type", &whose, findings)?;
    let kind = declared.text().unwrap_or_default();
    let kind = kind.rsplit('.').next().unwrap_or(kind);
    let kind = match kind {
        "ContiguousIssue" => {
            let (min, max) = pair(values, &whose, file, findings)?;
            let whole = |n: &Number| n.to_exact_string().parse::<i64>().ok();
            match (whole(&min), whole(&max)) {
                (Some(min), Some(max)) => IssueKind::Integer { min, max },
                _ => {
                    findings.add(values.not("two whole numbers", file));
                    return None;
                }
            }
        }
        "CategoricalIssue"
        | "DiscreteOrdinalIssue"
        | "DiscreteCardinalIssue"
        | "SingletonIssue" => {
            let items = match values.text() {
                Some(_) => std::slice::from_ref(values),
                None => values.want_list("a list of options", file, findings)?,
            };
            for (option, item) in items.iter().enumerate() {
                places.set(Place::Option(index, option), file, item.span);
            }
            let names: Option<Vec<IssueOption>> = items
                .iter()
                .map(|n| n.want_text("an option", file, findings).map(IssueOption::new))
                .collect();
            let names = names?;
            match kind {
                "CategoricalIssue" | "SingletonIssue" => IssueKind::Categorical(names),
                _ => stepped(items).unwrap_or(IssueKind::Ordered(names)),
            }
        }
        "ContinuousIssue" => {
            findings.add(
                Diagnostic::error("real-issue", format!("{whose} is continuous"))
                    .in_file(file)
                    .at(declared.span)
                    .hint("list the values to choose from, with the type `DiscreteCardinalIssue`"),
            );
            return None;
        }
        other => {
            let other: String = other.chars().take(60).collect();
            findings.add(
                Diagnostic::error("unknown-type", format!("{whose} is of the type `{other}`, which is not read"))
                    .in_file(file)
                    .at(declared.span)
                    .hint("one of `CategoricalIssue`, `ContiguousIssue`, `DiscreteOrdinalIssue`, `DiscreteCardinalIssue`, `SingletonIssue`"),
            );
            return None;
        }
    };
    Some(Issue { name, note: String::new(), unit: String::new(), kind })
}

/// Two numbers.
pub(super) fn pair(
    node: &Node,
    whose: &str,
    file: &str,
    findings: &mut Findings,
) -> Option<(Number, Number)> {
    let [low, high] = node.want_list("a list of two numbers", file, findings)? else {
        findings.add(node.not("a list of two numbers", file));
        return None;
    };
    let what = format!("a bound of {whose}");
    Some((low.want_number(&what, file, findings)?, high.want_number(&what, file, findings)?))
}

/// Numbers that are equally spaced and ascend.
fn stepped(items: &[Node]) -> Option<IssueKind> {
    let numbers: Option<Vec<Number>> =
        items.iter().map(|n| Number::parse(n.plain()?).ok()).collect();
    let numbers = numbers?;
    let (min, max) = (numbers.first()?.clone(), numbers.last()?.clone());
    let step = numbers.get(1)? - &min;
    let even = numbers.windows(2).all(|w| &w[1] - &w[0] == step);
    if !even || !step.is_positive() {
        return None;
    }
    let whole = |n: &Number| n.to_exact_string().parse::<i64>().ok();
    match (whole(&min), whole(&max)) {
        (Some(min), Some(max)) if step == Number::one() => Some(IssueKind::Integer { min, max }),
        _ => Some(IssueKind::Stepped { min, max, step }),
    }
}
