//! Parties, numbers and deliverables of one case.

use super::deliverables::deliverables;
use super::fields::{Reader, Within};
use super::limits::limits;
use crate::tree::{Data, Entry, Node};
use detente_model::Scenario;
use detente_model::staging::{Case, Described, Knob, Range, Rational, WeightRule};
use num_traits::{One, Zero};

/// A case as read.
pub(crate) struct Read {
    pub(crate) case: Case,
    pub(crate) ranges: Vec<Range>,
    pub(crate) weights: WeightRule,
    pub(crate) described: Vec<Described>,
    pub(crate) valued: Vec<bool>,
    pub(crate) assumed: Vec<String>,
}

/// A value per party that may be left out: its name, its range, its knob, its place.
type Optional<'c> = (&'static str, Within, fn(usize) -> Knob, &'c mut Vec<Rational>);

/// The names known in a case.
pub(crate) const CASE_KEYS: [&str; 29] = [
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
    "deadline",
    "bond_at_entry",
    "standing",
    "sigma",
    "eps",
    "version",
];

pub(crate) fn case(
    reader: &mut Reader,
    node: &Node,
    scenario: Option<&Scenario>,
    yaml: bool,
) -> Option<Read> {
    if node.entries().is_none() {
        reader.wrong(
            node,
            "staging-shape",
            format!("expected a case, found {}", node.kind()),
            "a case names its parties and deliverables",
        );
        return None;
    }
    let names = parties(reader, node, scenario)?;
    let title = node.get("name").or_else(|| node.get("title"));
    let title = title.and_then(|t| reader.text(t)).unwrap_or_default();
    let mut case = Case::new(title, names.clone());
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
    let shell = Case::new("", names);
    for (key, within, knob, slot) in optional {
        let given = node.get(key).filter(|v| !(key == "weight" && v.text() == Some("gain")));
        if let Some(v) = given {
            *slot = per_party(reader, &shell, v, key, within, knob)?;
        } else if matches!(key, "residual" | "status_quo_flow") {
            assumed.push(format!("{key} 0 for every party"));
        }
    }
    let weights = match node.get("weight") {
        Some(v) if v.text() == Some("gain") => WeightRule::ByGain,
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
    let (described, valued) = match node.get("deliverables") {
        None if scenario.is_some() => (Vec::new(), Vec::new()),
        _ => deliverables(reader, node, &mut case)?,
    };
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
    Some(Read { case, ranges, weights, described, valued, assumed })
}

/// A list of names, or a map from ids to titles; in a scenario's folder, the
/// scenario's parties.
fn parties(reader: &mut Reader, node: &Node, scenario: Option<&Scenario>) -> Option<Vec<String>> {
    let Some(listed) = node.get("parties") else {
        if let Some(scenario) = scenario {
            return Some(scenario.parties().iter().map(|p| p.id.clone()).collect());
        }
        reader.wrong(node, "staging-no-parties", "there are no `parties`", "write parties: [A, B]");
        return None;
    };
    let names: Vec<String> = match &listed.data {
        Data::List(entries) => entries.iter().filter_map(|e| reader.text(e)).collect(),
        Data::Map(parts) => parts.iter().map(|e| e.key.clone()).collect(),
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
    if let Some(scenario) = scenario {
        let known: Vec<&str> = scenario.parties().iter().map(|p| p.id.as_str()).collect();
        if names != known {
            reader.wrong(
                listed,
                "staging-other-parties",
                "these are not the scenario's parties in their order",
                format!("leave `parties` out, or write [{}]", known.join(", ")),
            );
            return None;
        }
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

pub(crate) fn spread_out<'n>(
    reader: &mut Reader,
    case: &Case,
    node: &'n Node,
    what: &str,
) -> Option<Vec<Option<&'n Node>>> {
    let n = case.parties.len();
    match &node.data {
        Data::List(entries) if entries.len() == n => Some(entries.iter().map(Some).collect()),
        Data::List(entries) => {
            reader.wrong(
                node,
                "staging-per-party",
                format!("{what}: {} values for {n} parties", entries.len()),
                "write one value per party, in their order",
            );
            None
        }
        Data::Map(parts) if !is_range(node) => {
            let mut out = vec![None; n];
            for Entry { key: id, key_span: span, value } in parts {
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
            Some(e) if e.data == Data::Null => Some(None),
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
