//! How the efficient and the fair deals change when they must pass at home.

use super::fair::fair_among;
use super::{CaseError, Ratification, Rational, verdicts};
use crate::solved::SolutionRule;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive};

/// What each outcome is worth to the sides themselves.
pub trait Worth {
    /// What an outcome (one option per issue) is worth, per side.
    fn worth(&self, outcome: &[usize]) -> Vec<Rational>;
    /// What no deal is worth, per side.
    fn reserves(&self) -> Vec<Rational>;
    /// Whether the outcome obeys every constraint.
    fn is_feasible(&self, outcome: &[usize]) -> bool;
    /// Whether it crosses no side's red line.
    fn crosses_no_red_line(&self, outcome: &[usize]) -> bool;
}

/// The efficient and the fair deals of a set of outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// How many are at least as good as no deal for every side.
    pub acceptable: u64,
    /// Those that no other of the set is better than for all, one per vector
    /// of values, first outcome first.
    pub efficient: Vec<ValuedOutcome>,
    /// What the rules of fairness pick among the acceptable ones.
    pub fair: Vec<(SolutionRule, ValuedOutcome)>,
}

/// An outcome and what it is worth to each side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValuedOutcome {
    /// One option per issue.
    pub outcome: Vec<usize>,
    /// What it is worth, per side.
    pub worth: Vec<Rational>,
}

/// The deals as they would be without, and with, ratification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FairAtHome {
    /// All feasible outcomes.
    pub without: Picture,
    /// Those that pass at home on every side.
    pub with: Picture,
    /// Per rule of `without.fair`: the sides in which its deal fails.
    pub fails: Vec<Vec<usize>>,
}

/// Most outcomes looked at.
const MOST_OUTCOMES: u128 = 300_000;

/// Compares the deals without and with ratification, outcome by outcome;
/// `None` where there are too many outcomes, or values that do not fit.
///
/// # Errors
/// [`CaseError`] when the question does not hold together.
pub fn fair_at_home(
    question: &Ratification,
    worth: &dyn Worth,
) -> Result<Option<FairAtHome>, CaseError> {
    question.check()?;
    let count = question.sizes.iter().fold(1_u128, |n, &s| n.saturating_mul(s as u128));
    if count > MOST_OUTCOMES {
        return Ok(None);
    }
    let mut all = Vec::new();
    let mut passing = Vec::new();
    let mut outcome = vec![0; question.sizes.len()];
    loop {
        if worth.is_feasible(&outcome) {
            let valued = ValuedOutcome { outcome: outcome.clone(), worth: worth.worth(&outcome) };
            if verdicts(question, &outcome).passes.iter().all(|p| *p) {
                passing.push(valued.clone());
            }
            all.push(valued);
        }
        let Some(i) = (0..outcome.len()).rev().find(|&i| outcome[i] + 1 < question.sizes[i]) else {
            break;
        };
        outcome[i] += 1;
        outcome[i + 1..].fill(0);
    }
    let (Some(without), Some(with)) = (picture(all, worth), picture(passing, worth)) else {
        return Ok(None);
    };
    let fails = without
        .fair
        .iter()
        .map(|(_, deal)| {
            let passes = verdicts(question, &deal.outcome).passes;
            (0..passes.len()).filter(|&p| !passes[p]).collect()
        })
        .collect();
    Ok(Some(FairAtHome { without, with, fails }))
}

fn picture(all: Vec<ValuedOutcome>, worth: &dyn Worth) -> Option<Picture> {
    let reserves = worth.reserves();
    let acceptable: Vec<&ValuedOutcome> = all
        .iter()
        .filter(|v| v.worth.iter().zip(&reserves).all(|(u, r)| u >= r))
        .filter(|v| worth.crosses_no_red_line(&v.outcome))
        .collect();
    let gain = |v: &&ValuedOutcome| -> Vec<Rational> {
        v.worth.iter().zip(&reserves).map(|(u, r)| u - r).collect()
    };
    let gains: Vec<Vec<Rational>> = acceptable.iter().map(gain).collect();
    let worths: Vec<Vec<Rational>> = acceptable.iter().map(|v| v.worth.clone()).collect();
    let fair = fair_among(&gains, &worths)
        .into_iter()
        .map(|(rule, at)| (rule, acceptable[at].clone()))
        .collect();
    let acceptable = acceptable.len() as u64;
    Some(Picture { acceptable, efficient: efficient(&all)?, fair })
}

/// The outcomes nothing dominates, one per vector, in the order of the outcomes.
fn efficient(all: &[ValuedOutcome]) -> Option<Vec<ValuedOutcome>> {
    let rows = whole_numbers(all)?;
    let mut order: Vec<usize> = (0..rows.len()).collect();
    // Whatever dominates a vector comes before it in this order.
    order.sort_by(|&a, &b| rows[b].cmp(&rows[a]).then(a.cmp(&b)));
    let mut kept: Vec<usize> = Vec::new();
    for index in order {
        let beaten =
            |&k: &usize| rows[k].iter().zip(&rows[index]).all(|(better, here)| better >= here);
        if !kept.iter().any(beaten) {
            kept.push(index);
        }
    }
    kept.sort_unstable();
    Some(kept.into_iter().map(|k| all[k].clone()).collect())
}

/// The values of each side over one common denominator.
fn whole_numbers(all: &[ValuedOutcome]) -> Option<Vec<Vec<i128>>> {
    let sides = all.first().map_or(0, |v| v.worth.len());
    let common: Vec<BigInt> = (0..sides)
        .map(|i| all.iter().fold(BigInt::one(), |d, v| d.lcm(v.worth[i].denom())))
        .collect();
    all.iter()
        .map(|v| v.worth.iter().zip(&common).map(|(q, d)| (q * d).to_integer().to_i128()).collect())
        .collect()
}

/// The worth a ratification question itself states.
pub(crate) struct Stated<'q>(pub(crate) &'q Ratification);

impl Worth for Stated<'_> {
    fn worth(&self, outcome: &[usize]) -> Vec<Rational> {
        let own = self.0.parties.iter().filter_map(|p| p.own.as_ref());
        own.map(|own| own.utility.iter().zip(outcome).map(|(row, &o)| &row[o]).sum()).collect()
    }

    fn reserves(&self) -> Vec<Rational> {
        let own = self.0.parties.iter().filter_map(|p| p.own.as_ref());
        own.map(|own| own.reserve.clone()).collect()
    }

    fn is_feasible(&self, _: &[usize]) -> bool {
        true
    }

    fn crosses_no_red_line(&self, _: &[usize]) -> bool {
        true
    }
}

/// The same where the question says what each side thinks of the options;
/// `None` where it does not.
///
/// # Errors
/// [`CaseError`] when the question does not hold together.
pub fn stated_fair_at_home(question: &Ratification) -> Result<Option<FairAtHome>, CaseError> {
    if question.has_own_worth() { fair_at_home(question, &Stated(question)) } else { Ok(None) }
}
