//! Parties, numbers and deliverables of one case.

use crate::fields::{Reader, Within};
use crate::order;
use crate::tree::{Kind, Node};
use detente_analysis::staging::{Case, Deliverable, Knob, Rational, Step};
use num_traits::{One, Zero};

/// How the parties' slacks are made comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightRule {
    /// As written in the file, or 1.
    Given,
    /// One over each party's total gain.
    ByGain,
}

/// Words about a deliverable, for people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Described {
    /// What it is.
    pub title: Option<String>,
    /// How much of it, per step, with its unit.
    pub quantity: Option<String>,
    /// Where it is from: a source, or that it is assumed.
    pub basis: Option<String>,
}

/// A case as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagingCase {
    /// The case.
    pub case: Case,
    /// Numbers that were given as ranges.
    pub ranges: Vec<(Knob, Rational, Rational)>,
    /// How weights are to be set.
    pub weights: WeightRule,
    /// Words about each deliverable.
    pub described: Vec<Described>,
    /// Defaults that were used, in words.
    pub assumed: Vec<String>,
}

/// A value per party that may be left out: its name, its range, its knob, its place.
type Optional<'c> = (&'static str, Within, fn(usize) -> Knob, &'c mut Vec<Rational>);

/// The names known in a case.
pub(crate) const CASE_KEYS: [&str; 28] = [
    "name",
    "title",
    "about",
    "parties",
    "discount",
    "annuity",
    "status_quo_flow",
    "residual",
    "reward",
    "bond",
    "margin",
    "weight",
    "exposure_cap",
    "hazard",
    "hazard_drop",
    "leak",
    "deliverables",
    "start",
    "target",
    "max_phases",
    "max_moves",
    "order",
    "windows",
    "bond_at_entry",
    "standing",
    "sigma",
    "eps",
    "version",
];

pub(crate) fn case(reader: &mut Reader, node: &Node, yaml: bool) -> Option<StagingCase> {
    if node.map().is_none() {
        reader.wrong(
            node,
            "staging-shape",
            format!("expected a case, found {}", node.called()),
            "a case names its parties and deliverables",
        );
        return None;
    }
    let names = parties(reader, node)?;
    let title = node.get("name").or_else(|| node.get("title"));
    let title = title.and_then(|t| reader.text(t)).unwrap_or_default();
    let mut case = Case::new(title, names);
    let n = case.parties.len();
    let mut assumed = Vec::new();
    if let Some(v) = node.get("discount") {
        case.discount = per_party(reader, &case, v, "discount", Within::Discount, Knob::Discount)?;
    } else {
        assumed.push("discount 1 for every party (no impatience)".into());
    }
    match node.get("annuity") {
        Some(v) => {
            case.annuity =
                per_party(reader, &case, v, "annuity", Within::NotNegative, Knob::Annuity)?;
        }
        None => annuities(reader, node, &mut case, &mut assumed),
    }
    let optional: [Optional<'_>; 6] = {
        let Case { status_quo_flow, residual, reward, bond, margin, weight, .. } = &mut case;
        [
            ("status_quo_flow", Within::Anywhere, Knob::StatusQuoFlow, status_quo_flow),
            ("residual", Within::Anywhere, Knob::Residual, residual),
            ("reward", Within::NotNegative, Knob::Reward, reward),
            ("bond", Within::NotNegative, Knob::Bond, bond),
            ("margin", Within::Anywhere, Knob::Margin, margin),
            ("weight", Within::Positive, Knob::Weight, weight),
        ]
    };
    let shell = Case::new("", names_of(node, reader));
    for (key, within, knob, slot) in optional {
        let given = node.get(key).filter(|v| !(key == "weight" && v.words() == Some("gain")));
        if let Some(v) = given {
            *slot = per_party(reader, &shell, v, key, within, knob)?;
        } else if matches!(key, "residual" | "status_quo_flow") {
            assumed.push(format!("{key} 0 for every party"));
        }
    }
    let weights = match node.get("weight") {
        Some(v) if v.words() == Some("gain") => WeightRule::ByGain,
        None if yaml => {
            assumed.push("weight 1/total gain, so that units do not matter".into());
            WeightRule::ByGain
        }
        _ => WeightRule::Given,
    };
    if let Some(v) = node.get("exposure_cap") {
        case.exposure_cap = caps(reader, &case, v)?;
    }
    let shares: [(&str, Knob, &mut Rational); 3] = [
        ("hazard", Knob::Hazard, &mut case.hazard),
        ("hazard_drop", Knob::HazardDrop, &mut case.hazard_drop),
        ("leak", Knob::Leak, &mut case.leak),
    ];
    for (key, knob, slot) in shares {
        match node.get(key) {
            Some(v) => {
                if let Some(q) = reader.quantity(v, key, Within::Unit, knob) {
                    *slot = q;
                }
            }
            None if key == "hazard" => {
                assumed.push("hazard 0 (nothing breaks off by itself)".into());
            }
            None if key == "leak" => assumed.push("leak 1 (no linked exchange, no escrow)".into()),
            None => {}
        }
    }
    let described = deliverables(reader, node, &mut case)?;
    limits(reader, node, &mut case);
    if case.deliverables.iter().all(|d| d.steps.iter().all(|s| s.flow.iter().all(Zero::is_zero))) {
        assumed.push("no step changes anybody's leverage (b = 0)".into());
    }
    let ranges = std::mem::take(&mut reader.ranges);
    if reader.failed() {
        return None;
    }
    if let Err(error) = case.check() {
        reader.wrong(node, "staging-case", error.to_string(), "see docs/format-staging.md");
        return None;
    }
    debug_assert_eq!(case.parties.len(), n);
    Some(StagingCase { case, ranges, weights, described, assumed })
}

fn names_of(node: &Node, reader: &mut Reader) -> Vec<String> {
    parties(reader, node).unwrap_or_default()
}

/// A list of names, or a map from ids to titles.
fn parties(reader: &mut Reader, node: &Node) -> Option<Vec<String>> {
    let Some(listed) = node.get("parties") else {
        reader.wrong(node, "staging-no-parties", "there are no `parties`", "write parties: [A, B]");
        return None;
    };
    let names: Vec<String> = match &listed.kind {
        Kind::List(entries) => entries.iter().filter_map(|e| reader.text(e)).collect(),
        Kind::Map(parts) => parts.iter().map(|(id, ..)| id.clone()).collect(),
        _ => {
            reader.wrong(
                listed,
                "staging-no-parties",
                "`parties` is not a list",
                "write parties: [A, B]",
            );
            return None;
        }
    };
    if names.is_empty() {
        reader.wrong(
            listed,
            "staging-no-parties",
            "there is no party",
            "a plan needs somebody to carry it out",
        );
        return None;
    }
    if let Some(twice) = names.iter().enumerate().find(|(i, n)| names[..*i].contains(n)) {
        reader.wrong(
            listed,
            "staging-twice",
            format!("the party `{}` is named twice", twice.1),
            "give each party its own name",
        );
        return None;
    }
    Some(names)
}

/// One value per party: a list in their order, a map by name, or one for all.
pub(crate) fn per_party(
    reader: &mut Reader,
    case: &Case,
    node: &Node,
    what: &str,
    within: Within,
    knob: fn(usize) -> Knob,
) -> Option<Vec<Rational>> {
    let entries = spread_out(reader, case, node, what)?;
    let values: Vec<Rational> = entries
        .iter()
        .enumerate()
        .map(|(i, entry)| match entry {
            Some(entry) => {
                reader.quantity(entry, &format!("{what} of {}", case.parties[i]), within, knob(i))
            }
            None if within == Within::Discount || within == Within::Positive => {
                Some(Rational::one())
            }
            None => Some(Rational::zero()),
        })
        .collect::<Option<_>>()?;
    Some(values)
}

fn is_range(node: &Node) -> bool {
    node.get("low").is_some() || node.get("high").is_some()
}

fn spread_out<'n>(
    reader: &mut Reader,
    case: &Case,
    node: &'n Node,
    what: &str,
) -> Option<Vec<Option<&'n Node>>> {
    let n = case.parties.len();
    match &node.kind {
        Kind::List(entries) if entries.len() == n => Some(entries.iter().map(Some).collect()),
        Kind::List(entries) => {
            reader.wrong(
                node,
                "staging-per-party",
                format!("{what}: {} values for {n} parties", entries.len()),
                "write one value per party, in their order",
            );
            None
        }
        Kind::Map(parts) if !is_range(node) => {
            let mut out = vec![None; n];
            for (id, span, value) in parts {
                match case.parties.iter().position(|p| p == id) {
                    Some(i) => out[i] = Some(value),
                    None => {
                        reader.wrong_at(
                            *span,
                            "staging-no-such-party",
                            format!("{what}: there is no party `{id}`"),
                            format!("there are: {}", case.parties.join(", ")),
                        );
                        return None;
                    }
                }
            }
            Some(out)
        }
        _ => Some(vec![Some(node); n]),
    }
}

pub(crate) fn caps(reader: &mut Reader, case: &Case, node: &Node) -> Option<Vec<Option<Rational>>> {
    let entries = spread_out(reader, case, node, "exposure_cap")?;
    entries
        .iter()
        .enumerate()
        .map(|(i, entry)| match entry {
            None => Some(None),
            Some(e) if e.kind == Kind::Null => Some(None),
            Some(e) => reader
                .quantity(
                    e,
                    &format!("exposure cap of {}", case.parties[i]),
                    Within::NotNegative,
                    Knob::Cap(i),
                )
                .map(Some),
        })
        .collect()
}

/// The default annuity, 1/(1 − discount).
fn annuities(reader: &mut Reader, node: &Node, case: &mut Case, assumed: &mut Vec<String>) {
    let flows = node.get("status_quo_flow").is_some()
        || node.get("deliverables").and_then(Node::list).unwrap_or_default().iter().any(|d| {
            d.get("steps")
                .and_then(Node::list)
                .unwrap_or_default()
                .iter()
                .any(|s| s.get("b").is_some() || s.get("leverage").is_some())
        });
    for i in 0..case.parties.len() {
        let left = Rational::one() - &case.discount[i];
        if left.is_zero() {
            if flows {
                reader.wrong(
                    node,
                    "staging-annuity",
                    format!(
                        "{} does not discount, so its flows have no finite worth",
                        case.parties[i]
                    ),
                    "give `annuity`: what one unit per period is worth in all",
                );
                return;
            }
            case.annuity[i] = Rational::zero();
        } else {
            case.annuity[i] = left.recip();
        }
    }
    assumed.push("annuity 1/(1 − discount)".into());
}

fn deliverables(reader: &mut Reader, node: &Node, case: &mut Case) -> Option<Vec<Described>> {
    let Some(list) = node.get("deliverables") else {
        reader.wrong(
            node,
            "staging-no-deliverables",
            "there are no `deliverables`",
            "list what is carried out: - {id: works, by: A, steps: […]}",
        );
        return None;
    };
    let entries: Vec<(Option<&str>, &Node)> = match &list.kind {
        Kind::List(entries) => entries.iter().map(|e| (None, e)).collect(),
        Kind::Map(parts) => parts.iter().map(|(id, _, e)| (Some(id.as_str()), e)).collect(),
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
            Some(v) if v.words() == Some("persons") => true,
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
        let mut words = |key: &str| entry.get(key).and_then(|t| reader.text(t));
        let (title, amount, unit, basis) =
            (words("title"), words("quantity"), words("unit"), words("basis"));
        let quantity = amount.map(|a| unit.map_or(a.clone(), |u| format!("{a} {u}")));
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
    (!reader.failed()).then_some(described)
}

fn performer(reader: &mut Reader, case: &Case, entry: &Node, id: &str) -> Option<usize> {
    let names = case.parties.join(", ");
    let Some(by) = entry.get("by").filter(|b| b.kind != Kind::Null) else {
        reader.wrong(
            entry,
            "staging-nobody",
            format!("`{id}` is carried out by nobody"),
            format!("say who performs it: `by:` one of {names}"),
        );
        return None;
    };
    let words = by.words().unwrap_or_default();
    let index = match &by.kind {
        Kind::Number(text) => text.parse().ok().filter(|&i: &usize| i < case.parties.len()),
        _ => None,
    };
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

fn limits(reader: &mut Reader, node: &Node, case: &mut Case) {
    for (key, slot) in [("max_phases", 0), ("max_moves", 1)] {
        if let Some(v) = node.get(key).filter(|v| v.kind != Kind::Null) {
            let count = reader.count(v);
            if count == Some(0) {
                reader.wrong(
                    v,
                    "staging-limit",
                    format!("`{key}` is 0"),
                    "write 1 or more, or leave it out",
                );
            }
            if slot == 0 { case.limits.max_phases = count } else { case.limits.max_moves = count }
        }
    }
    if let Some(v) = node.get("order") {
        order::orders(reader, case, v);
    }
    if let Some(v) = node.get("windows") {
        order::windows(reader, case, v);
    }
    if let Some(v) = node.get("bond_at_entry") {
        case.bond_at_entry = reader.flag(v);
    }
    if let Some(v) = node.get("start")
        && let Some(start) = progress(reader, case, v, "start")
    {
        case.standing.clone_from(&start);
        case.start = start;
    }
    if let Some(v) = node.get("standing")
        && let Some(standing) = progress(reader, case, v, "standing")
    {
        case.standing = standing;
    }
    if let Some(v) = node.get("target")
        && let Some(target) = progress(reader, case, v, "target")
    {
        case.target = target;
    }
}

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
        let count = if value.words() == Some("all") { Some(steps) } else { reader.count(value) };
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
    match &node.kind {
        Kind::List(entries) if entries.len() == d => {
            for (j, value) in entries.iter().enumerate() {
                entry(reader, j, value);
            }
        }
        Kind::Map(parts) => {
            for (id, span, value) in parts {
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
