//! Which packages are possible, how sure that is, and who stands in the way of which.

use super::known::{Known, middle};
use super::table::Said;
use crate::id::{IssueId, PrincipalId};
use crate::table::Package;
use crate::view::View;
use detente_analysis::budget::Budget;
use detente_analysis::frontier::Completeness;
use detente_analysis::ordinal::separable::Modality;
use detente_analysis::partial::{self, PartialAnswer, PartialError, RobustRule};
use detente_analysis::solve;
use detente_elicitation::{Deal, Settings, Version};
use num_traits::ToPrimitive;
use serde::Serialize;

/// Packages shown at most.
const MOST_CANDIDATES: usize = 6;
/// Recommendations asked for, one after the other.
const RECOMMENDATIONS: usize = 3;
/// Ways the sides may be that are looked at as a whole.
const READINGS: usize = 12;
/// A frontier larger than this is not drawn.
const MOST_POINTS: usize = 4_000;

/// A range of a value from 0 (worst of everything) to 1 (best of everything).
pub type Band = (f64, f64);

/// What follows from what a mediator was told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outlook {
    /// The sides, in the order of every list below.
    pub sides: Vec<SideSaid>,
    /// How many packages settle every issue; `None` beyond counting.
    pub packages: Option<u64>,
    /// Exact: how many of them all sides surely accept, may accept, cannot
    /// accept; `None` where that was not computed.
    pub counts: Option<[usize; 3]>,
    /// A side whose statements cannot all hold; then nothing exact follows.
    pub contradicted: Option<PrincipalId>,
    /// Packages worth proposing, the best founded first.
    pub candidates: Vec<Candidate>,
    /// Exact: options that a side refuses whatever else is agreed.
    pub vetoes: Vec<Veto>,
    /// Estimate: the frontier in the middle of what is possible, then for
    /// some of the ways the sides may be; empty where it was not computed.
    pub frontiers: Vec<Vec<Point>>,
}

/// What each side would have, in the order of the sides.
pub type Point = Vec<f64>;

/// How much a side said, and what it leaves open.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SideSaid {
    /// The side.
    pub party: PrincipalId,
    /// How many orders, red lines and answers there are.
    pub statements: usize,
    /// Exact: how many packages it surely accepts, may accept, surely refuses.
    pub counts: Option<[usize; 3]>,
    /// Estimate: where no agreement lies for it, in nine cases of ten.
    pub no_deal: Band,
}

/// A package worth proposing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// The package.
    pub package: Package,
    /// Why.
    pub reasons: Vec<Reason>,
    /// What it is to each side.
    pub stands: Vec<Stand>,
    /// Estimate: in how many of so many readings no package is better for one
    /// side and worse for none; `None` where that was not computed.
    pub efficient: Option<(usize, usize)>,
    /// The change of one issue that helps most the side least likely to
    /// accept, if one does.
    pub change: Option<Change>,
}

/// Why a package is worth proposing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Exact: every side accepts it, whatever was left unsaid.
    SurelyAccepted,
    /// Estimate: the largest expected share of the best product of gains, and
    /// the share that 95 % of what is possible reaches.
    Expected {
        /// The expected share.
        share: f64,
        /// What is reached in 95 of 100 cases.
        at_least: f64,
    },
    /// Exact: the best worst case by a rule.
    Robust {
        /// The rule.
        #[serde(serialize_with = "rule_key")]
        rule: RobustRule,
        /// Its worst case.
        worst_case: f64,
    },
}

fn rule_key<S: serde::Serializer>(rule: &RobustRule, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(rule.key())
}

/// What a package is to a side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stand {
    /// Exact: whether it accepts it; `None` where not computed.
    #[serde(serialize_with = "modality_word")]
    pub accepts: Option<Modality>,
    /// Exact: where it lies between the worst and the best of everything.
    pub exact: Option<Band>,
    /// Estimate of the same: the middle.
    pub middle: f64,
    /// Estimate: where it lies in nine cases of ten.
    pub band: Band,
    /// Estimate: the chance that the side accepts it.
    pub chance: f64,
}

fn modality_word<S: serde::Serializer>(
    modality: &Option<Modality>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match modality {
        None => to.serialize_none(),
        Some(Modality::Necessary) => to.serialize_str("surely"),
        Some(Modality::Possible) => to.serialize_str("perhaps"),
        Some(Modality::Impossible) => to.serialize_str("never"),
    }
}

/// A change of one issue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The side that stands in the way most.
    pub side: usize,
    /// The issue.
    pub issue: IssueId,
    /// Its option after the change.
    pub option: u64,
    /// The smallest chance of any side before.
    pub before: f64,
    /// The smallest chance of any side after.
    pub after: f64,
}

/// An option that a side refuses whatever else is agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Veto {
    /// Which side, by its place.
    pub side: usize,
    /// The issue.
    pub issue: IssueId,
    /// The option.
    pub option: u64,
}

/// Looks at what a mediator was told; `None` unless a mediator looks at two
/// parties or more, with issues to choose from.
#[must_use]
pub fn outlook(seen: &View, budget: &Budget<'_>) -> Option<Outlook> {
    let known = Known::of(seen)?;
    let case = known.case(Settings::default());
    let versions = known.versions(&case);
    let (exact, contradicted) = match known.table.stated(&known.said) {
        None => (None, contradicted(&known)),
        Some(stated) => match partial::solve(&stated, budget) {
            Ok(answer) => (answer.complete.then_some(answer), None),
            Err(PartialError::Contradiction { index, .. }) => {
                (None, known.parties.get(index).copied())
            }
            Err(PartialError::NotComputed(_)) => (None, None),
        },
    };
    let readings = readings(&known, &versions, budget);
    let mut found = reasons(&known, case, exact.as_ref());
    found.truncate(MOST_CANDIDATES);
    let candidates = found.into_iter().map(|(deal, reasons)| {
        let stands = stands(&known, &versions, exact.as_ref(), &deal);
        let change = best_change(&known, &versions, &deal, &stands);
        Candidate {
            package: known.table.package_of(&deal),
            reasons,
            efficient: efficient(&readings, &versions, &deal),
            stands,
            change,
        }
    });
    Some(Outlook {
        candidates: candidates.collect(),
        sides: sides(&known, &versions, exact.as_ref()),
        packages: known.table.packages(),
        counts: exact.as_ref().map(|e| counted(&e.agreement)),
        contradicted,
        vetoes: exact.as_ref().map(|e| vetoes(&known, e)).unwrap_or_default(),
        frontiers: readings.into_iter().map(|r| r.frontier).collect(),
    })
}

/// The side whose statements do not fit together: alone, too, they make no scenario.
fn contradicted(known: &Known) -> Option<PrincipalId> {
    let alone = |party: &usize| {
        let mut said = vec![Said::default(); known.said.len()];
        said[*party].clone_from(&known.said[*party]);
        known.table.stated(&said).is_none()
    };
    (0..known.parties.len()).find(alone).map(|party| known.parties[party])
}

/// How many are certain, open, impossible.
fn counted(row: &[Modality]) -> [usize; 3] {
    let count = |wanted| row.iter().filter(|m| **m == wanted).count();
    [count(Modality::Necessary), count(Modality::Possible), count(Modality::Impossible)]
}

fn sides(known: &Known, versions: &[Vec<Version>], exact: Option<&PartialAnswer>) -> Vec<SideSaid> {
    let side = |party: usize| SideSaid {
        party: known.parties[party],
        statements: known.said[party].count(),
        counts: exact.map(|e| counted(&e.acceptability[party])),
        no_deal: nine_in_ten(versions[party].iter().map(|v| v.reservation).collect()).1,
    };
    (0..known.parties.len()).map(side).collect()
}

/// The median, and from the 5 % to the 95 % quantile.
fn nine_in_ten(mut values: Vec<f64>) -> (f64, Band) {
    values.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (share * (values.len().saturating_sub(1)) as f64).round() as usize;
        values.get(place).copied().unwrap_or(0.0)
    };
    (at(0.5), (at(0.05), at(0.95)))
}

/// Deals with why they are worth proposing.
fn reasons(
    known: &Known,
    mut case: detente_elicitation::Case,
    exact: Option<&PartialAnswer>,
) -> Vec<(Deal, Vec<Reason>)> {
    let mut found: Vec<(Deal, Vec<Reason>)> = Vec::new();
    let mut add = |deal: Deal, reason| match found.iter_mut().find(|(d, _)| *d == deal) {
        Some((_, reasons)) => reasons.push(reason),
        None => found.push((deal, vec![reason])),
    };
    for _ in 0..RECOMMENDATIONS {
        let Some(best) = case.recommendation() else { break };
        case.not_accepted(&best.deal);
        let (share, at_least) = (best.expected_share, 1.0 - best.regret);
        add(best.deal, Reason::Expected { share, at_least });
    }
    for pick in exact.iter().flat_map(|e| &e.robust) {
        let outcome = exact.map(|e| &e.outcomes[pick.outcome]);
        let worst_case = pick.worst_case.to_f64().unwrap_or(0.0);
        // A guarantee of nothing is no reason.
        let guarantees = pick.rule == RobustRule::Regret || worst_case > 0.0;
        let deal = outcome.and_then(|o| known.table.space.deal(o));
        if let Some(deal) = deal.filter(|_| guarantees) {
            add(deal, Reason::Robust { rule: pick.rule, worst_case });
        }
    }
    for (deal, reasons) in &mut found {
        let surely = exact.is_some_and(|e| {
            let place =
                e.outcomes.iter().position(|o| known.table.space.deal(o).as_ref() == Some(deal));
            place.is_some_and(|x| e.agreement[x] == Modality::Necessary)
        });
        if surely {
            reasons.insert(0, Reason::SurelyAccepted);
        }
    }
    found.sort_by_key(|(_, reasons)| !reasons.contains(&Reason::SurelyAccepted));
    found
}

fn stands(
    known: &Known,
    versions: &[Vec<Version>],
    exact: Option<&PartialAnswer>,
    deal: &Deal,
) -> Vec<Stand> {
    let outcome = known.table.space.outcome(deal);
    let place = exact.and_then(|e| Some((e, e.outcomes.iter().position(|o| *o == outcome)?)));
    let stand = |party: usize| {
        let (middle, band) = nine_in_ten(versions[party].iter().map(|v| v.utility(deal)).collect());
        let share = place.and_then(|(e, x)| e.shares[party].get(x));
        Stand {
            accepts: place.map(|(e, x)| e.acceptability[party][x]),
            exact: share.and_then(|(low, high)| Some((low.to_f64()?, high.to_f64()?))),
            middle,
            band,
            chance: chance(known, versions, party, deal),
        }
    };
    (0..versions.len()).map(stand).collect()
}

/// The share of the ways a side may be in which it accepts.
fn chance(known: &Known, versions: &[Vec<Version>], party: usize, deal: &Deal) -> f64 {
    if known.table.space.crosses(party, deal) {
        return 0.0;
    }
    let all = &versions[party];
    let yes = all.iter().filter(|v| v.utility(deal) >= v.reservation).count();
    yes as f64 / all.len().max(1) as f64
}

fn best_change(
    known: &Known,
    versions: &[Vec<Version>],
    deal: &Deal,
    stands: &[Stand],
) -> Option<Change> {
    let least = |chances: Vec<f64>| {
        let all = chances.into_iter().enumerate();
        all.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 0.0))
    };
    let (side, before) = least(stands.iter().map(|s| s.chance).collect());
    let space = &known.table.space;
    let mut best: Option<(f64, Deal, usize)> = None;
    for issue in 0..space.issues() {
        for option in (0..space.size(issue)).filter(|o| *o != deal[issue]) {
            let mut changed = deal.clone();
            changed[issue] = option;
            let chances = (0..versions.len()).map(|p| chance(known, versions, p, &changed));
            let (_, after) = least(chances.collect());
            if after > best.as_ref().map_or(before + 0.005, |b| b.0) {
                best = Some((after, changed, issue));
            }
        }
    }
    let (after, changed, issue) = best?;
    let id = known.table.ids[space.issue_of_scenario(issue)];
    let option = *known.table.package_of(&changed).get(&id)?;
    Some(Change { side, issue: id, option, before, after })
}

fn vetoes(known: &Known, exact: &PartialAnswer) -> Vec<Veto> {
    let mut vetoes = Vec::new();
    for (place, issue) in known.table.ids.iter().enumerate() {
        let options = exact.outcomes.iter().filter_map(|o| o.option(place)).max();
        for option in 0..=options.unwrap_or(0) {
            let with: Vec<usize> = (0..exact.outcomes.len())
                .filter(|x| exact.outcomes[*x].option(place) == Some(option))
                .collect();
            for side in 0..known.parties.len() {
                let never = |x: &usize| exact.acceptability[side][*x] == Modality::Impossible;
                if !with.is_empty() && with.iter().all(never) {
                    vetoes.push(Veto { side, issue: *issue, option: option as u64 });
                }
            }
        }
    }
    vetoes
}

/// One way all sides may be, with its frontier.
struct Reading {
    /// Which version of each side; `None` for the middle of them.
    version: Option<usize>,
    frontier: Vec<Point>,
}

/// The middle of what is possible, then some of what is possible.
fn readings(known: &Known, versions: &[Vec<Version>], budget: &Budget<'_>) -> Vec<Reading> {
    let middles: Vec<Version> = versions.iter().map(|v| middle(v)).collect();
    let kept = versions.iter().map(Vec::len).min().unwrap_or(0);
    let chosen = (0..READINGS.min(kept)).map(|k| Some(k * kept / READINGS.min(kept)));
    let mut all = Vec::new();
    for version in std::iter::once(None).chain(chosen) {
        let so: Vec<&Version> = match version {
            None => middles.iter().collect(),
            Some(at) => versions.iter().map(|v| &v[at]).collect(),
        };
        let budget = budget.with_frontier_limit(MOST_POINTS);
        let Some(Ok(solved)) = known.table.reading(&so).map(|s| solve(&s, &budget)) else { break };
        if solved.frontier.completeness != Completeness::Complete {
            break;
        }
        let frontier = solved.frontier.deals.into_iter().map(|d| d.utilities).collect();
        all.push(Reading { version, frontier });
    }
    all
}

/// In how many of the readings nothing dominates a deal.
fn efficient(
    readings: &[Reading],
    versions: &[Vec<Version>],
    deal: &Deal,
) -> Option<(usize, usize)> {
    const SAME: f64 = 1e-3;
    let drawn: Vec<(usize, &Reading)> =
        readings.iter().filter_map(|r| Some((r.version?, r))).collect();
    let stands = |(at, reading): &&(usize, &Reading)| {
        let ours: Vec<f64> = versions.iter().map(|v| v[*at].utility(deal)).collect();
        !reading.frontier.iter().any(|point| {
            let all = || point.iter().zip(&ours);
            all().all(|(p, o)| *p >= o - SAME) && all().any(|(p, o)| *p > o + SAME)
        })
    };
    (!drawn.is_empty()).then(|| (drawn.iter().filter(stands).count(), drawn.len()))
}
