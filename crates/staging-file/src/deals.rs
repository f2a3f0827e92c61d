//! A whole staging file: the case, the broad deals, the small deals, and more.

use crate::calendar::{self, Bet, Calendar};
use crate::case::{self, CASE_KEYS, StagingCase};
use crate::fields::{Reader, Within};
use crate::ratification::{NamedRatification, ratification};
use crate::tree::{Kind, Node};
use detente_analysis::staging::{AfterInterim, BroadDeal, Case, Knob, Rational};
use num_traits::Zero;

/// A small deal with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedInterim {
    /// Its name.
    pub id: String,
    /// How far each deliverable goes.
    pub progress: Vec<usize>,
    /// What changes after it.
    pub after: AfterInterim,
}

/// One option of one issue, and what carrying it out takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionMap {
    /// The issue.
    pub issue: String,
    /// Its options: name, and progress per deliverable.
    pub options: Vec<(String, Vec<usize>)>,
}

/// Everything in one staging file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagingFile {
    /// The case.
    pub case: StagingCase,
    /// Broad deals.
    pub deals: Vec<BroadDeal>,
    /// Small deals.
    pub interims: Vec<NamedInterim>,
    /// Whether exactly one small deal was asked about, in the fixtures' form.
    pub single_interim: bool,
    /// The slack every row must have.
    pub sigma: Rational,
    /// Changes up to this count as none.
    pub epsilon: Option<Rational>,
    /// Which options are carried out by which steps.
    pub carried_out_by: Vec<OptionMap>,
    /// The most a guarantor puts up for each party, if limited.
    pub put_up_at_most: Option<Vec<Rational>>,
    /// Dates.
    pub calendar: Option<Calendar>,
    /// Bets on what the parties believe differently.
    pub bets: Vec<Bet>,
    /// A plan that was followed or is proposed, to be judged beside the best one.
    pub recorded_plan: Option<Vec<Vec<usize>>>,
    /// Constituencies.
    pub ratification: Option<NamedRatification>,
}

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

pub(crate) fn staging_file(reader: &mut Reader, node: &Node) -> Option<StagingFile> {
    let inner = node.get("instance");
    let yaml = inner.is_none() && (node.get("version").is_some() || node.get("title").is_some());
    let mut known: Vec<&str> = CASE_KEYS.to_vec();
    known.extend(FILE_KEYS);
    reader.known(node, &known);
    if let Some(inner) = inner {
        reader.known(inner, &CASE_KEYS);
    }
    let case = case::case(reader, inner.unwrap_or(node), yaml)?;
    let c = &case.case;
    let deals =
        node.get("broad_deals").map_or(Some(Vec::new()), |d| broad_deals(reader, &case, d))?;
    let after = match node.get("after_interim") {
        Some(a) => after_interim(reader, &case, a)?,
        None => AfterInterim::default(),
    };
    let mut interims = Vec::new();
    if let Some(single) = node.get("interim") {
        let progress = case::progress(reader, c, single, "interim")?;
        let id = node.get("name").and_then(Node::words).unwrap_or("interim").to_owned();
        interims.push(NamedInterim { id, progress, after: after.clone() });
    }
    for (id, span, entry) in node.get("interims").and_then(Node::map).unwrap_or_default() {
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
        let progress = case::progress(reader, c, steps, id)?;
        let after = match entry.get("after") {
            Some(a) => after_interim(reader, &case, a)?,
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
        Some(map) => option_maps(reader, &case, map)?,
        None => Vec::new(),
    };
    let put_up_at_most = match node.get("guarantors") {
        Some(list) => Some(guarantors(reader, &case, list)?),
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
        Some(v) => Some(ratification(reader, v)?),
        None => None,
    };
    (!reader.failed()).then_some(StagingFile {
        single_interim: node.get("interim").is_some(),
        case,
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

fn broad_deals(reader: &mut Reader, case: &StagingCase, node: &Node) -> Option<Vec<BroadDeal>> {
    let entries: Vec<(Option<&str>, &Node)> = match &node.kind {
        Kind::List(entries) => entries.iter().map(|e| (None, e)).collect(),
        Kind::Map(parts) => parts.iter().map(|(id, _, e)| (Some(id.as_str()), e)).collect(),
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
            Some(t) => case::progress(reader, &case.case, t, &id)?,
            None => case.case.target.clone(),
        };
        let residual = match entry.get("residual") {
            Some(r) => case::per_party(
                reader,
                &case.case,
                r,
                "residual",
                Within::Anywhere,
                Knob::Residual,
            )?,
            None => case.case.residual.clone(),
        };
        reader.ranges.clear();
        deals.push(BroadDeal { id, target, residual });
    }
    (!reader.failed()).then_some(deals)
}

fn after_interim(reader: &mut Reader, case: &StagingCase, node: &Node) -> Option<AfterInterim> {
    reader.known(node, &["hazard", "exposure_cap", "margin"]);
    let mut after = AfterInterim::default();
    if let Some(v) = node.get("hazard").filter(|v| v.kind != Kind::Null) {
        after.hazard = Some(reader.number(v, "hazard after the small deal", Within::Unit)?);
    }
    if let Some(v) = node.get("exposure_cap").filter(|v| v.kind != Kind::Null) {
        after.exposure_cap = Some(case::caps(reader, &case.case, v)?);
    }
    if let Some(v) = node.get("margin").filter(|v| v.kind != Kind::Null) {
        after.margin =
            Some(case::per_party(reader, &case.case, v, "margin", Within::Anywhere, Knob::Margin)?);
    }
    Some(after)
}

fn option_maps(reader: &mut Reader, case: &StagingCase, node: &Node) -> Option<Vec<OptionMap>> {
    let mut maps = Vec::new();
    for (issue, span, options) in node.map().unwrap_or_default() {
        let Some(parts) = options.map().filter(|p| !p.is_empty()) else {
            reader.wrong_at(
                *span,
                "staging-options",
                format!("`{issue}` has no options"),
                "write issue: {option: {works: 1}}",
            );
            continue;
        };
        let mut listed = Vec::new();
        for (option, _, steps) in parts {
            let progress = if steps.kind == Kind::Null {
                vec![0; case.case.deliverables.len()]
            } else {
                case::progress(reader, &case.case, steps, option)?
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
        let state = case::progress(reader, case, entry, "recorded_plan")?;
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
fn guarantors(reader: &mut Reader, case: &StagingCase, node: &Node) -> Option<Vec<Rational>> {
    let mut most = vec![Rational::zero(); case.case.parties.len()];
    for (_, _, entry) in node.map().unwrap_or_default() {
        reader.known(entry, &["title", "at_most", "about"]);
        if let Some(v) = entry.get("at_most") {
            let amounts = case::per_party(
                reader,
                &case.case,
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
