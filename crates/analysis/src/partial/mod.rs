//! What can be said where preferences are partial.
//!
//! Assumed: each party's utility is additive over the issues. Nothing else is
//! filled in; whatever utilities and reservation value fit a party's
//! statements are possible ([`system`] says them as linear inequalities).
//! *Necessarily* means for all of them, *possibly* for some (after Xia &
//! Conitzer 2011, *JAIR* 41:25–67, for winners; Greco, Mousseau & Słowiński
//! 2008, *EJOR* 191:416–436, for necessary and possible preference from
//! comparisons). Answers come from linear programs solved exactly.
//! Parties with numbers and parties with statements may be mixed.

mod clash;
mod dictionary;
mod efficiency;
mod large;
mod mind;
mod robust;
mod system;
#[cfg(test)]
mod tests;

pub use clash::clash;
pub use efficiency::Efficiency;
pub use robust::{RobustPick, RobustRule};

use crate::budget::Budget;
use crate::ordinal::separable::Modality;
use detente_model::partial::Judgement;
use detente_model::{Outcome, Scenario};
use mind::Mind;
use num_rational::BigRational;

/// Spaces up to this size are looked at outcome by outcome.
pub const MOST_OUTCOMES: u64 = 2_000;
/// Issues may have so many options together.
const MOST_OPTIONS: usize = 400;
/// Robust rules are computed for up to so many outcomes that may be agreed on.
const MOST_CANDIDATES: usize = 400;

/// All that holds, or may.
#[derive(Debug, Clone, PartialEq)]
pub struct PartialAnswer {
    /// The outcomes looked at: feasible ones, in order.
    pub outcomes: Vec<Outcome>,
    /// Whether these are all feasible outcomes; if not, those the parties named
    /// and those that are best for some preferences that fit what was said.
    pub complete: bool,
    /// Per party: whether its answers are exact. Otherwise statements about
    /// swings were left out, there being too many ways to read them:
    /// *necessary* and *impossible* still hold, *possible* means not excluded.
    pub exact: Vec<bool>,
    /// `[party][outcome]`: whether the party would take it rather than no agreement.
    pub acceptability: Vec<Vec<Modality>>,
    /// Per outcome: whether all whose consent is needed would.
    pub agreement: Vec<Modality>,
    /// `[party][outcome]`: smallest and largest place between the worst (0) and
    /// the best (1) of everything; empty where not computed.
    pub shares: Vec<Vec<(BigRational, BigRational)>>,
    /// Per outcome, among all feasible ones; `None` where not computed.
    pub efficiency: Option<Vec<Efficiency>>,
    /// What each rule picks; rules that were not computed, or have nothing to
    /// pick from, are not there.
    pub robust: Vec<RobustPick>,
    /// Whether some outcome is agreeable whatever is unstated (`Some(true)`),
    /// none is in any case (`Some(false)`), or that is open.
    pub agreement_possible: Option<bool>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartialError {
    /// No utility fits all a party said.
    #[error("the statements of `{party}` cannot all hold")]
    Contradiction {
        /// Its index.
        index: usize,
        /// Its id.
        party: String,
        /// The statements that clash, by index.
        statements: Vec<usize>,
    },
    /// An issue is shared out, or the options are too many.
    #[error("{0}")]
    NotComputed(&'static str),
}

impl PartialAnswer {
    /// How many outcomes are agreeable so.
    #[must_use]
    pub fn count(&self, agreement: Modality) -> usize {
        self.agreement.iter().filter(|m| **m == agreement).count()
    }
}

/// Everything that follows from what the parties said.
///
/// # Errors
/// [`PartialError`] when a party's statements contradict each other, or the
/// scenario is of a kind that is not computed.
pub fn solve(scenario: &Scenario, budget: &Budget<'_>) -> Result<PartialAnswer, PartialError> {
    let sizes = sizes(scenario)?;
    let size = sizes.iter().try_fold(1_u64, |n, &s| n.checked_mul(s as u64));
    let complete = size.is_some_and(|n| n <= MOST_OUTCOMES.min(budget.enumeration_limit));
    let large = (!complete).then(|| large::look(scenario, &sizes, named(scenario)));
    let outcomes: Vec<Vec<usize>> = match &large {
        Some(found) => found.outcomes.clone(),
        None => {
            let feasible =
                |o: &Vec<usize>| scenario.is_feasible(&Outcome::from_options(o.iter().copied()));
            enumerate(&sizes).into_iter().filter(feasible).collect()
        }
    };
    let mut minds = Vec::with_capacity(scenario.parties().len());
    for party in 0..scenario.parties().len() {
        minds.push(mind(scenario, party, &sizes, &outcomes, complete)?);
    }
    let whole: Vec<Outcome> =
        outcomes.iter().map(|o| Outcome::from_options(o.iter().copied())).collect();
    let acceptability: Vec<Vec<Modality>> = minds
        .iter_mut()
        .zip(scenario.preferences())
        .map(|(mind, preferences)| {
            let crossed = |o: &Outcome| preferences.red_lines.iter().any(|l| l.is_crossed(o));
            whole
                .iter()
                .enumerate()
                .map(|(x, o)| if crossed(o) { Modality::Impossible } else { mind.acceptability(x) })
                .collect()
        })
        .collect();
    let agreement: Vec<Modality> = (0..whole.len())
        .map(|x| {
            let met = |least| {
                let accepts: Vec<bool> = acceptability.iter().map(|row| row[x] >= least).collect();
                scenario.acceptance().is_met(&accepts)
            };
            if met(Modality::Necessary) {
                Modality::Necessary
            } else if met(Modality::Possible) {
                Modality::Possible
            } else {
                Modality::Impossible
            }
        })
        .collect();
    let agreement_possible = if agreement.contains(&Modality::Necessary) {
        Some(true)
    } else if complete && !agreement.contains(&Modality::Possible) {
        Some(false)
    } else {
        None
    };
    let shares = shares(&mut minds, whole.len(), budget);
    let efficiency = match &large {
        None => efficiency::efficiency(&mut minds, whole.len(), budget),
        Some(found) => efficiency::of_some(&mut minds, &found.efficient, budget),
    };
    let mut answer = PartialAnswer {
        outcomes: whole,
        complete,
        exact: minds.iter().map(Mind::is_exact).collect(),
        acceptability,
        agreement,
        shares,
        efficiency,
        robust: Vec::new(),
        agreement_possible,
    };
    answer.robust = robust(scenario, &answer, &mut minds, budget);
    if let Some(found) = large {
        for pick in answer.robust.iter_mut().filter(|pick| pick.rule == RobustRule::Share) {
            pick.at_most.clone_from(&found.most_share);
        }
    }
    Ok(answer)
}

/// What one party's own statements say of an outcome, and nothing else does.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Whether it would take it rather than no agreement.
    pub acceptable: Modality,
    /// Smallest and largest place between the worst (0) and the best (1) of
    /// everything; `None` where not computed.
    pub share: Option<(BigRational, BigRational)>,
}

/// What a party's statements say of each of these outcomes; they must be
/// whole and of options alone.
///
/// # Errors
/// As for [`solve`].
pub fn judge(
    scenario: &Scenario,
    party: usize,
    outcomes: &[Outcome],
) -> Result<Vec<Judged>, PartialError> {
    let sizes = sizes(scenario)?;
    let chosen = |o: &Outcome| (0..sizes.len()).map(|i| o.option(i)).collect::<Option<Vec<_>>>();
    let listed: Option<Vec<Vec<usize>>> = outcomes.iter().map(chosen).collect();
    let listed = listed.ok_or(PartialError::NotComputed("an outcome leaves an issue open"))?;
    let mut mind = mind(scenario, party, &sizes, &listed, false)?;
    let red_lines = &scenario.preferences()[party].red_lines;
    let judged = outcomes.iter().enumerate().map(|(x, outcome)| Judged {
        acceptable: if red_lines.iter().any(|line| line.is_crossed(outcome)) {
            Modality::Impossible
        } else {
            mind.acceptability(x)
        },
        share: mind.share(x).and_then(|(low, high)| Some((low?, high?))),
    });
    Ok(judged.collect())
}

/// How many options each issue has.
fn sizes(scenario: &Scenario) -> Result<Vec<usize>, PartialError> {
    let sizes: Option<Vec<usize>> =
        scenario.issues().iter().map(|i| i.len().and_then(|n| usize::try_from(n).ok())).collect();
    let sizes = sizes.ok_or(PartialError::NotComputed(
        "with partial preferences, issues that are shared out are not computed",
    ))?;
    if sizes.iter().try_fold(0_usize, |sum, &n| sum.checked_add(n)).is_none_or(|n| n > MOST_OPTIONS)
    {
        return Err(PartialError::NotComputed(
            "with partial preferences, issues may have 400 options together",
        ));
    }
    Ok(sizes)
}

fn mind(
    scenario: &Scenario,
    party: usize,
    sizes: &[usize],
    outcomes: &[Vec<usize>],
    complete: bool,
) -> Result<Mind, PartialError> {
    Mind::new(scenario, party, sizes, outcomes, complete).map_err(|clash| {
        PartialError::Contradiction {
            index: party,
            party: scenario.parties()[party].id.clone(),
            statements: clash.into_iter().collect(),
        }
    })
}

fn shares(
    minds: &mut [Mind],
    outcomes: usize,
    budget: &Budget<'_>,
) -> Vec<Vec<(BigRational, BigRational)>> {
    minds
        .iter_mut()
        .map(|mind| {
            let row: Option<Vec<_>> = (0..outcomes)
                .map(|x| {
                    let (low, high) = if budget.is_over() { None } else { mind.share(x) }?;
                    Some((low?, high?))
                })
                .collect();
            row.unwrap_or_default()
        })
        .collect()
}

/// Needs the consent of all, and exact answers; rules that look at rivals need
/// all outcomes.
fn robust(
    scenario: &Scenario,
    answer: &PartialAnswer,
    minds: &mut [Mind],
    budget: &Budget<'_>,
) -> Vec<RobustPick> {
    let unanimous = *scenario.acceptance() == detente_model::AcceptanceRule::Unanimity;
    // What another outcome that may be agreed on surely dominates is neither the
    // best choice nor the worst rival under any rule.
    let beaten = |x: usize| match answer.efficiency.as_ref().map(|e| e[x]) {
        Some(Efficiency::Dominated { by }) => answer.agreement[by] >= Modality::Possible,
        _ => false,
    };
    let with = |least: Modality| -> Vec<usize> {
        (0..answer.outcomes.len()).filter(|&x| answer.agreement[x] >= least && !beaten(x)).collect()
    };
    let (open, sure) = (with(Modality::Possible), with(Modality::Necessary));
    if !unanimous || open.len() > MOST_CANDIDATES || answer.exact.contains(&false) {
        return Vec::new();
    }
    RobustRule::ALL
        .into_iter()
        .filter(|rule| answer.complete || !rule.has_rivals())
        .filter_map(|rule| {
            let candidates = if rule.needs_sure_deal() { &sure } else { &open };
            robust::pick(rule, minds, candidates, &open, budget)
        })
        .collect()
}

/// Every outcome, the last issue turning fastest.
fn enumerate(sizes: &[usize]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for &size in sizes {
        all = all
            .into_iter()
            .flat_map(|head: Vec<usize>| {
                (0..size).map(move |o| head.iter().copied().chain([o]).collect())
            })
            .collect();
    }
    all
}

/// The whole outcomes that statements name, in order.
fn named(scenario: &Scenario) -> Vec<Vec<usize>> {
    let mut all = std::collections::BTreeSet::new();
    let judgements =
        scenario.preferences().iter().filter_map(|p| p.partial()).flat_map(|p| p.judgements());
    for judgement in judgements {
        let outcomes: Vec<&Outcome> = match judgement {
            Judgement::Accepts { outcome } | Judgement::Rejects { outcome } => vec![outcome],
            Judgement::Ranking(ranking) => ranking.tiers.iter().flatten().collect(),
            _ => continue,
        };
        all.extend(
            outcomes
                .into_iter()
                .filter_map(|o| (0..o.0.len()).map(|i| o.option(i)).collect::<Option<Vec<_>>>()),
        );
    }
    all.into_iter().collect()
}
