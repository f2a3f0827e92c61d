//! What is carried out, by whom, in which steps.

use super::case::spread_out;
use super::fields::{Reader, Within};
use crate::tree::{Data, Node};
use detente_model::diagnostic::Diagnostic;
use detente_model::staging::{Case, Deliverable, Described, Knob, Rational, Step};
use num_traits::{One, Zero};

/// Reads the deliverables into the case: words about each, and whether the
/// file says what its steps are worth.
pub(crate) fn deliverables(
    reader: &mut Reader,
    node: &Node,
    case: &mut Case,
) -> Option<(Vec<Described>, Vec<bool>)> {
    let Some(list) = node.get("deliverables") else {
        reader.wrong(
            node,
            "staging-no-deliverables",
            "there are no `deliverables`",
            "list what is carried out: - {id: works, by: A, steps: […]}",
        );
        return None;
    };
    let entries: Vec<(Option<&str>, &Node)> = match &list.data {
        Data::List(entries) => entries.iter().map(|e| (None, e)).collect(),
        Data::Map(parts) => parts.iter().map(|e| (Some(e.key.as_str()), &e.value)).collect(),
        _ => {
            reader.wrong(
                list,
                "staging-no-deliverables",
                "`deliverables` is not a list",
                "write - {id: works, by: A, steps: […]}",
            );
            return None;
        }
    };
    let mut described = Vec::new();
    let mut valued = Vec::new();
    for (name, entry) in entries {
        reader.known(
            entry,
            &[
                "id", "by", "recover", "keep", "steps", "concerns", "title", "quantity", "unit",
                "basis", "about",
            ],
        );
        let id = match (name, entry.get("id")) {
            (Some(name), _) => name.to_owned(),
            (None, Some(id)) => reader.text(id)?,
            (None, None) => {
                reader.wrong(
                    entry,
                    "staging-no-id",
                    "a deliverable without a name",
                    "give it an `id`",
                );
                continue;
            }
        };
        if case.deliverables.iter().any(|d| d.id == id) {
            reader.wrong(
                entry,
                "staging-twice",
                format!("`{id}` is given twice"),
                "give each deliverable its own id",
            );
            continue;
        }
        let Some(performer) = performer(reader, case, entry, &id) else { continue };
        let j = case.deliverables.len();
        let mut share = |key: &str, default: Rational, knob: Knob| match entry.get(key) {
            Some(v) => reader.quantity(v, &format!("`{key}` of {id}"), Within::Unit, knob),
            None => Some(default),
        };
        let recover = share("recover", Rational::zero(), Knob::Recover(j));
        let keep = share("keep", Rational::one(), Knob::Keep(j));
        let (Some(recover), Some(keep)) = (recover, keep) else { continue };
        let Some(steps) = steps(reader, case, entry, &id, j) else { continue };
        let concerns_persons = match entry.get("concerns") {
            Some(v) if v.text() == Some("persons") => true,
            Some(v) => {
                reader.wrong(
                    v,
                    "staging-concerns",
                    "`concerns` is not known",
                    "write `concerns: persons`, or leave it out",
                );
                false
            }
            None => false,
        };
        let valued_persons =
            steps.iter().any(|s| s.value.iter().chain(&s.flow).any(|v| !v.is_zero()));
        if concerns_persons && valued_persons {
            reader.push(
                Diagnostic::warning(
                    "staging-persons-valued",
                    format!("`{id}` concerns persons, and its steps have values"),
                )
                .at(entry.span)
                .hint("the values are used and never shown, but what a phase is worth in all may give them away; leave them out unless the order depends on them"),
            );
        }
        let mut words = |key: &str| entry.get(key).and_then(|t| reader.text(t));
        let (title, amount, unit, basis) =
            (words("title"), words("quantity"), words("unit"), words("basis"));
        let quantity = amount.map(|a| unit.map_or(a.clone(), |u| format!("{a} {u}")));
        let says_worth = |s: &Node| s.get("v").or_else(|| s.get("value")).is_some();
        valued.push(
            entry.get("steps").and_then(Node::list).unwrap_or_default().iter().any(says_worth),
        );
        described.push(Described { title, quantity, basis });
        case.push(Deliverable { id, performer, recover, keep, steps, concerns_persons });
    }
    if case.deliverables.is_empty() && !reader.failed() {
        reader.wrong(
            list,
            "staging-no-deliverables",
            "there is no deliverable",
            "a plan needs something to carry out",
        );
    }
    (!reader.failed()).then_some((described, valued))
}

fn performer(reader: &mut Reader, case: &Case, entry: &Node, id: &str) -> Option<usize> {
    let names = case.parties.join(", ");
    let Some(by) = entry.get("by").filter(|b| b.data != Data::Null) else {
        reader.wrong(
            entry,
            "staging-nobody",
            format!("`{id}` is carried out by nobody"),
            format!("say who performs it: `by:` one of {names}"),
        );
        return None;
    };
    let words = by.text().unwrap_or_default();
    let index =
        by.plain().and_then(|text| text.parse().ok()).filter(|&i: &usize| i < case.parties.len());
    let found = case.parties.iter().position(|p| p == words).or(index);
    if found.is_none() {
        reader.wrong(
            by,
            "staging-nobody",
            format!("`{id}` belongs to `{words}`, who is no party"),
            format!("the parties are: {names} (or 0 to {})", case.parties.len() - 1),
        );
    }
    found
}

fn steps(reader: &mut Reader, case: &Case, entry: &Node, id: &str, j: usize) -> Option<Vec<Step>> {
    let Some(list) = entry.get("steps").and_then(Node::list).filter(|l| !l.is_empty()) else {
        reader.wrong(
            entry,
            "staging-no-steps",
            format!("`{id}` has no steps"),
            "write steps: [{v: [-1, 3]}], one entry per step",
        );
        return None;
    };
    let n = case.parties.len();
    let mut steps = Vec::new();
    for (s, node) in list.iter().enumerate() {
        reader.known(node, &["v", "value", "b", "leverage", "title", "about", "by"]);
        if let Some(by) = node.get("by") {
            reader.wrong(
                by,
                "staging-step-by",
                format!("step {} of `{id}` names a party of its own", s + 1),
                "a deliverable is carried out by one party; make it two deliverables",
            );
        }
        let mut row = |keys: [&str; 2],
                       what: &str,
                       knob: &dyn Fn(usize) -> Knob|
         -> Option<Vec<Rational>> {
            let Some(values) = node.get(keys[0]).or_else(|| node.get(keys[1])) else {
                return Some(vec![Rational::zero(); n]);
            };
            let entries =
                spread_out(reader, case, values, &format!("{what} of step {} of `{id}`", s + 1))?;
            entries
                .iter()
                .enumerate()
                .map(|(i, e)| match e {
                    Some(e) => reader.quantity(
                        e,
                        &format!("{what} of step {} of `{id}` to {}", s + 1, case.parties[i]),
                        Within::Anywhere,
                        knob(i),
                    ),
                    None => Some(Rational::zero()),
                })
                .collect()
        };
        let value =
            row(["v", "value"], "value", &|i| Knob::Value { deliverable: j, step: s, party: i });
        let flow = row(["b", "leverage"], "leverage", &|i| Knob::Flow {
            deliverable: j,
            step: s,
            party: i,
        });
        if let (Some(value), Some(flow)) = (value, flow) {
            steps.push(Step { value, flow });
        }
    }
    (steps.len() == list.len()).then_some(steps)
}
