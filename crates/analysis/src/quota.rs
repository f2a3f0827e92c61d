//! Acceptance by a quota with vetoes: every outcome is looked at.
//!
//! An outcome passes when enough parties, all veto holders among them, gain
//! and cross none of their red lines. The rules then pick among the passing
//! outcomes by all parties' gains, which may be negative for those outvoted:
//! Nash by the number of positive gains first, then their product.

use crate::budget::Budget;
use crate::frontier::{Point, advance};
use crate::problem::{Origin, Problem, holds};
use crate::solution::measure::Measure;
use crate::solution::{Pick, Solutions};
use crate::solved::SolutionRule;
use detente_model::AcceptanceRule;
use num_bigint::BigUint;

/// Outcomes that pass, and what the rules pick among them.
#[derive(Debug, Clone, PartialEq)]
pub struct Passing {
    /// How many pass; `None` when there are more outcomes than the budget's enumeration limit.
    pub passing: Option<BigUint>,
    /// The picks.
    pub solutions: Solutions,
}

/// Enumerates every outcome under an acceptance rule.
#[must_use]
pub fn solutions(problem: &Problem, rule: &AcceptanceRule, budget: &Budget<'_>) -> Passing {
    let unknown = Passing { passing: None, solutions: Solutions::none(None) };
    let issues: Vec<usize> = (0..problem.issues.len()).collect();
    let size: u128 = issues.iter().map(|&i| problem.size(i) as u128).product();
    if size > u128::from(budget.enumeration_limit) {
        return unknown;
    }
    let mut passing: Vec<(Vec<usize>, Vec<i64>)> = Vec::new();
    let mut full = vec![0; issues.len()];
    loop {
        if problem.is_feasible(&full) {
            let gains = problem.gains(&problem.utilities(&full));
            if rule.is_met(&accepts(problem, &full, &gains)) {
                passing.push((full.clone(), gains));
            }
        }
        if budget.is_over() {
            return unknown;
        }
        if !advance(problem, &issues, &mut full) {
            break;
        }
    }
    let Some((_, first)) = passing.first() else {
        return Passing { passing: Some(0_u8.into()), solutions: Solutions::none(Some(false)) };
    };
    let mut ideal_gains = first.clone();
    for (_, gains) in &passing {
        ideal_gains.iter_mut().zip(gains).for_each(|(a, b)| *a = (*a).max(*b));
    }
    let measure = Measure::new(problem, ideal_gains.clone());
    let to_utilities = |gains: &[i64]| -> Vec<i64> {
        gains.iter().zip(&problem.reservations).map(|(g, r)| g + r).collect()
    };
    let picks = SolutionRule::ALL
        .into_iter()
        .filter_map(|rule| {
            let (assignment, gains) =
                measure.best(rule, &passing, |p| &p.1, |a, b| a.0.cmp(&b.0))?;
            let value = measure.value(rule, gains);
            let point = Point {
                assignment: assignment.clone(),
                utilities: to_utilities(gains),
                outcomes: None,
            };
            Some(Pick { rule, point, value, optimal: true, bound: value })
        })
        .collect();
    let solutions =
        Solutions { agreement_possible: Some(true), ideals: to_utilities(&ideal_gains), picks };
    Passing { passing: Some(passing.len().into()), solutions }
}

/// Which parties would take an outcome.
fn accepts(problem: &Problem, assignment: &[usize], gains: &[i64]) -> Vec<bool> {
    let mut accepts: Vec<bool> = gains.iter().map(|&g| g >= 0).collect();
    for line in problem.red_lines.iter().filter(|l| holds(&l.literals, assignment)) {
        if let Origin::RedLine(party, _) = line.origin {
            accepts[party] = false;
        }
    }
    accepts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solution;
    use crate::testing::random_problem;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_quota_of_all_is_unanimity(problem in random_problem()) {
            let all = AcceptanceRule::Quota { at_least: problem.parties, vetoes: vec![] };
            let passing = solutions(&problem, &all, &Budget::default());
            let unanimous = solution::search::solutions(&problem, &Budget::default());
            prop_assert_eq!(passing.passing, crate::count::acceptable_outcomes(&problem, &Budget::default()));
            prop_assert_eq!(passing.solutions.agreement_possible, unanimous.agreement_possible);
            let measure = Measure::new(&problem, problem.gains(&unanimous.ideals));
            for (a, b) in passing.solutions.picks.iter().zip(&unanimous.picks) {
                prop_assert_eq!(a.value, b.value);
                let gains = |pick: &Pick| problem.gains(&pick.point.utilities);
                prop_assert!(measure.compare(a.rule, &gains(a), &gains(b)).is_eq());
            }
        }
    }
}
