//! A whole staging file: the case, the broad deals, the small deals, and more.

use super::calendar;
use super::case::{self, CASE_KEYS};
use super::fields::{Reader, Within};
use super::progress::progress;
use super::ratification::ratification;
use crate::tree::{Data, Entry, Node};
use detente_model::Scenario;
use detente_model::staging::{
    AfterInterim, BroadDeal, Case, Knob, NamedInterim, OptionMap, Rational, Staging,
};
use num_traits::Zero;

const FILE_KEYS: [&str; 13] = [
    "instance",
    "broad_deals",
    "interim",
    "interims",
    "after_interim",
    "carried_out_by",
    "guarantors",
    "calendar",
    "contingent",
    "ratification",
    "expect",
    "sources",
    "recorded_plan",
];

pub(crate) fn staging(
    reader: &mut Reader,
    node: &Node,
    scenario: Option<&Scenario>,
) -> Option<Staging> {
    let inner = node.get("instance");
    let yaml = inner.is_none() && (node.get("version").is_some() || node.get("title").is_some());
    let mut known: Vec<&str> = CASE_KEYS.to_vec();
    known.extend(FILE_KEYS);
    reader.known(node, &known);
    if let Some(inner) = inner {
        reader.known(inner, &CASE_KEYS);
    }
    let yaml = yaml || scenario.is_some();
    let read = case::case(reader, inner.unwrap_or(node), scenario, yaml)?;
    let c = &read.case;
    let deals = node.get("broad_deals").map_or(Some(Vec::new()), |d| broad_deals(reader, c, d))?;
    let after = match node.get("after_interim") {
        Some(a) => after_interim(reader, c, a)?,
        None => AfterInterim::default(),
    };
    let mut interims = Vec::new();
    if let Some(single) = node.get("interim") {
        let progress = progress(reader, c, single, "interim")?;
        let id = node.get("name").and_then(Node::text).unwrap_or("interim").to_owned();
        interims.push(NamedInterim { id, progress, after: after.clone() });
    }
    for Entry { key: id, key_span: span, value: entry } in
        node.get("interims").and_then(Node::entries).unwrap_or_default()
    {
        reader.known(entry, &["steps", "after", "title", "about"]);
        let Some(steps) = entry.get("steps") else {
            reader.wrong_at(
                *span,
                "staging-interim",
                format!("the small deal `{id}` has no `steps`"),
                "write steps: {works: 1, permits: all}",
            );
            continue;
        };
        let progress = progress(reader, c, steps, id)?;
        let after = match entry.get("after") {
            Some(a) => after_interim(reader, c, a)?,
            None => after.clone(),
        };
        interims.push(NamedInterim { id: id.clone(), progress, after });
    }
    let mut number = |key: &str, within| match node.get(key) {
        Some(v) => reader.number(v, key, within).map(Some),
        None => Some(None),
    };
    let sigma = number("sigma", Within::Anywhere)?.unwrap_or_else(Rational::zero);
    let epsilon = number("eps", Within::NotNegative)?;
    let carried_out_by = match node.get("carried_out_by") {
        Some(map) => option_maps(reader, c, map)?,
        None => Vec::new(),
    };
    let put_up_at_most = match node.get("guarantors") {
        Some(list) => Some(guarantors(reader, c, list)?),
        None => None,
    };
    let calendar = match node.get("calendar") {
        Some(v) => Some(calendar::calendar(reader, c, v)?),
        None => None,
    };
    let bets = match node.get("contingent") {
        Some(v) => calendar::bets(reader, c, v)?,
        None => Vec::new(),
    };
    let recorded_plan = match node.get("recorded_plan") {
        Some(v) => Some(recorded(reader, c, v)?),
        None => None,
    };
    let ratification = match node.get("ratification") {
        Some(v) => Some(ratification(reader, v, scenario)?),
        None => None,
    };
    (!reader.failed()).then_some(Staging {
        single_interim: node.get("interim").is_some(),
        case: read.case,
        ranges: read.ranges,
        weights: read.weights,
        described: read.described,
        valued: read.valued,
        assumed: read.assumed,
        deals,
        interims,
        sigma,
        epsilon,
        carried_out_by,
        put_up_at_most,
        calendar,
        bets,
        recorded_plan,
        ratification,
    })
}

fn broad_deals(reader: &mut Reader, case: &Case, node: &Node) -> Option<Vec<BroadDeal>> {
    let entries: Vec<(Option<&str>, &Node)> = match &node.data {
        Data::List(entries) => entries.iter().map(|e| (None, e)).collect(),
        Data::Map(parts) => parts.iter().map(|e| (Some(e.key.as_str()), &e.value)).collect(),
        _ => {
            reader.wrong(
                node,
                "staging-deals",
                "`broad_deals` is not a list",
                "write - {id: full, target: {works: all}, residual: [8, 6]}",
            );
            return None;
        }
    };
    let mut deals: Vec<BroadDeal> = Vec::new();
    for (name, entry) in entries {
        reader.known(entry, &["id", "target", "residual", "title", "about"]);
        let id = match (name, entry.get("id")) {
            (Some(name), _) => name.to_owned(),
            (None, Some(id)) => reader.text(id)?,
            (None, None) => {
                reader.wrong(entry, "staging-no-id", "a deal without a name", "give it an `id`");
                continue;
            }
        };
        if deals.iter().any(|d| d.id == id) {
            reader.wrong(
                entry,
                "staging-twice",
                format!("the deal `{id}` is given twice"),
                "give each deal its own id",
            );
        }
        let target = match entry.get("target") {
            Some(t) => progress(reader, case, t, &id)?,
            None => case.target.clone(),
        };
        let residual = match entry.get("residual") {
            Some(r) => {
                case::per_party(reader, case, r, "residual", Within::Anywhere, Knob::Residual)?
            }
            None => case.residual.clone(),
        };
        reader.ranges.clear();
        deals.push(BroadDeal { id, target, residual });
    }
    (!reader.failed()).then_some(deals)
}

fn after_interim(reader: &mut Reader, case: &Case, node: &Node) -> Option<AfterInterim> {
    reader.known(node, &["hazard", "exposure_cap", "margin"]);
    let mut after = AfterInterim::default();
    if let Some(v) = node.get("hazard").filter(|v| v.data != Data::Null) {
        after.hazard = Some(reader.number(v, "hazard after the small deal", Within::Unit)?);
    }
    if let Some(v) = node.get("exposure_cap").filter(|v| v.data != Data::Null) {
        after.exposure_cap = Some(case::caps(reader, case, v)?);
    }
    if let Some(v) = node.get("margin").filter(|v| v.data != Data::Null) {
        after.margin =
            Some(case::per_party(reader, case, v, "margin", Within::Anywhere, Knob::Margin)?);
    }
    Some(after)
}

fn option_maps(reader: &mut Reader, case: &Case, node: &Node) -> Option<Vec<OptionMap>> {
    let mut maps = Vec::new();
    for Entry { key: issue, key_span: span, value: options } in node.entries().unwrap_or_default() {
        let Some(parts) = options.entries().filter(|p| !p.is_empty()) else {
            reader.wrong_at(
                *span,
                "staging-options",
                format!("`{issue}` has no options"),
                "write issue: {option: {works: 1}}",
            );
            continue;
        };
        let mut listed = Vec::new();
        for Entry { key: option, value: steps, .. } in parts {
            let progress = if steps.data == Data::Null {
                vec![0; case.deliverables.len()]
            } else {
                progress(reader, case, steps, option)?
            };
            listed.push((option.clone(), progress));
        }
        maps.push(OptionMap { issue: issue.clone(), options: listed });
    }
    (!reader.failed()).then_some(maps)
}

/// The states of a plan after each phase, each at least as far as the one before.
fn recorded(reader: &mut Reader, case: &Case, node: &Node) -> Option<Vec<Vec<usize>>> {
    let mut plan = vec![case.start.clone()];
    for entry in node.list().unwrap_or_default() {
        let state = progress(reader, case, entry, "recorded_plan")?;
        let before = plan.last()?;
        if state == *before || state.iter().zip(before).any(|(a, b)| a < b) {
            reader.wrong(
                entry,
                "staging-recorded-plan",
                "this phase does nothing, or undoes something",
                "write how far each deliverable is after the phase",
            );
            return None;
        }
        plan.push(state);
    }
    if plan.last() != Some(&case.target) {
        reader.wrong(
            node,
            "staging-recorded-plan",
            "the plan does not end where the deal does",
            "its last phase must reach the target of every deliverable",
        );
        return None;
    }
    Some(plan)
}

/// What all guarantors together put up at most for each party.
fn guarantors(reader: &mut Reader, case: &Case, node: &Node) -> Option<Vec<Rational>> {
    let mut most = vec![Rational::zero(); case.parties.len()];
    for Entry { value: entry, .. } in node.entries().unwrap_or_default() {
        reader.known(entry, &["title", "at_most", "about"]);
        if let Some(v) = entry.get("at_most") {
            let amounts = case::per_party(
                reader,
                case,
                v,
                "what a guarantor puts up",
                Within::NotNegative,
                Knob::Reward,
            )?;
            reader.ranges.clear();
            for (m, a) in most.iter_mut().zip(amounts) {
                *m += a;
            }
        }
    }
    Some(most)
}
