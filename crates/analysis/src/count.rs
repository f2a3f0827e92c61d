//! How many outcomes are acceptable to every party, without listing them.

use crate::budget::Budget;
use crate::frontier::components;
use crate::problem::{Problem, holds};
use num_bigint::BigUint;
use num_traits::Zero;
use std::collections::HashMap;

/// Partial outcomes with different utilities kept at a time, at most.
const MOST_STATES: usize = 2_000_000;

/// The number of outcomes that obey every constraint, cross no red line and
/// are worth at least no agreement to every party; `None` when that would
/// take more than the budget's enumeration limit.
///
/// Issues are added one at a time; partial outcomes with equal utilities are
/// merged, those that can no longer become acceptable are dropped, and those
/// that can no longer fail are counted at once.
#[must_use]
pub fn acceptable_outcomes(problem: &Problem, budget: &Budget<'_>) -> Option<BigUint> {
    let problem = problem.with_red_lines_as_constraints();
    let parties = problem.parties;
    let capped_out =
        problem.caps.iter().zip(&problem.reservations).any(|(c, r)| c.is_some_and(|c| c < *r));
    if capped_out {
        return Some(BigUint::zero());
    }
    if nothing_can_fail(&problem) {
        return Some((0..problem.issues.len()).map(|i| BigUint::from(problem.size(i))).product());
    }
    let blocks: Option<Vec<Choices>> =
        components(&problem).iter().map(|issues| Choices::new(&problem, issues, budget)).collect();
    let blocks = blocks?;
    // What the blocks after each can still add, at the least and at the most.
    let mut rest = vec![(vec![0_i64; parties], vec![0_i64; parties], BigUint::from(1_u8))];
    for block in blocks.iter().rev() {
        let (low, high, count) = &rest[rest.len() - 1];
        let Some((least, most)) = block.range(parties) else { return Some(BigUint::zero()) };
        let add = |a: &[i64], b: &[i64]| a.iter().zip(b).map(|(a, b)| a + b).collect::<Vec<_>>();
        rest.push((add(low, &least), add(high, &most), count * block.total()));
    }
    rest.reverse();

    let mut total = BigUint::zero();
    let mut states: HashMap<Vec<i64>, u128> =
        HashMap::from([(problem.gains(&problem.constants), 1)]);
    // In a space too large to enumerate, counting succeeds early, by merging, or not at all.
    let all: BigUint = (0..problem.issues.len()).map(|i| BigUint::from(problem.size(i))).product();
    let most_work = if all <= BigUint::from(budget.enumeration_limit) {
        budget.enumeration_limit
    } else {
        budget.enumeration_limit / 16
    };
    let mut work = 0_u64;
    for (level, (low, high, count)) in rest.iter().enumerate() {
        states.retain(|gains, n| {
            if gains.iter().zip(high).any(|(g, h)| g + h < 0) {
                return false;
            }
            let certain = gains.iter().zip(low).all(|(g, l)| g + l >= 0);
            if certain {
                total += BigUint::from(*n) * count;
            }
            !certain
        });
        let Some(block) = blocks.get(level) else { break };
        work = work.saturating_add(states.len() as u64 * block.choices.len() as u64);
        if work > most_work || budget.is_over() {
            return None;
        }
        let mut next: HashMap<Vec<i64>, u128> = HashMap::with_capacity(states.len());
        for (gains, n) in &states {
            for (vector, m) in &block.choices {
                let sum = gains.iter().zip(vector).map(|(a, b)| a + b).collect();
                let slot = next.entry(sum).or_insert(0);
                *slot = n.checked_mul(*m).and_then(|nm| slot.checked_add(nm))?;
            }
        }
        if next.len() > MOST_STATES {
            return None;
        }
        states = next;
    }
    Some(total)
}

/// Whether no rule forbids anything and even the worst of everything is acceptable to all.
fn nothing_can_fail(problem: &Problem) -> bool {
    let mut worst = problem.gains(&problem.constants);
    for issue in 0..problem.issues.len() {
        for (party, sum) in worst.iter_mut().enumerate() {
            let least = (0..problem.size(issue)).map(|o| problem.row(issue, o)[party]).min();
            *sum += least.unwrap_or(0);
        }
    }
    for factor in &problem.factors {
        worst[factor.party] += factor.value.min(0);
    }
    problem.forbidden.is_empty() && problem.sums.is_empty() && worst.iter().all(|&w| w >= 0)
}

/// What one group of tied issues can add, with how many assignments add it.
struct Choices {
    choices: Vec<(Vec<i64>, u128)>,
}

impl Choices {
    fn new(problem: &Problem, issues: &[usize], budget: &Budget<'_>) -> Option<Self> {
        let size: u128 = issues.iter().map(|&i| problem.size(i) as u128).product();
        if size > u128::from(budget.enumeration_limit) {
            return None;
        }
        let mut merged: HashMap<Vec<i64>, u128> = HashMap::new();
        for_each_assignment(problem, issues, &mut |full| {
            let mut vector = vec![0; problem.parties];
            for &issue in issues {
                vector.iter_mut().zip(problem.row(issue, full[issue])).for_each(|(a, b)| *a += b);
            }
            let inside = |issue: usize| issues.contains(&issue);
            for factor in problem.factors.iter().filter(|f| inside(f.literals[0].issue)) {
                if holds(&factor.literals, full) {
                    vector[factor.party] += factor.value;
                }
            }
            *merged.entry(vector).or_insert(0) += 1;
        });
        let mut choices: Vec<_> = merged.into_iter().collect();
        choices.sort_unstable();
        Some(Self { choices })
    }

    fn total(&self) -> u128 {
        self.choices.iter().map(|c| c.1).sum()
    }

    fn range(&self, parties: usize) -> Option<(Vec<i64>, Vec<i64>)> {
        let per_party = |pick: fn(i64, i64) -> i64| -> Option<Vec<i64>> {
            (0..parties).map(|p| self.choices.iter().map(|c| c.0[p]).reduce(pick)).collect()
        };
        Some((per_party(i64::min)?, per_party(i64::max)?))
    }
}

/// Calls `visit` with every assignment of some issues (the others at 0) that
/// obeys the rules among them.
fn for_each_assignment(problem: &Problem, issues: &[usize], visit: &mut dyn FnMut(&[usize])) {
    let inside = |issue: usize| issues.contains(&issue);
    let forbidden: Vec<_> = problem
        .forbidden
        .iter()
        .filter(|f| f.literals.first().is_none_or(|l| inside(l.issue)))
        .collect();
    let sums: Vec<_> =
        problem.sums.iter().filter(|s| s.terms.first().is_none_or(|t| inside(t.0))).collect();
    let mut full = vec![0; problem.issues.len()];
    loop {
        if !forbidden.iter().any(|f| holds(&f.literals, &full))
            && sums.iter().all(|s| s.holds(&full))
        {
            visit(&full);
        }
        if !crate::frontier::advance(problem, issues, &mut full) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assignments, problem_of, random_problem};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn counts_are_the_brute_force_ones(problem in random_problem()) {
            let expected = assignments(&problem)
                .filter(|a| problem.is_feasible(a) && problem.respects_red_lines(a))
                .filter(|a| problem.gains(&problem.utilities(a)).iter().all(|&g| g >= 0))
                .count();
            prop_assert_eq!(acceptable_outcomes(&problem, &Budget::default()), Some(BigUint::from(expected)));
        }
    }

    #[test]
    fn a_space_of_ten_to_the_fifty_is_counted_when_nothing_can_fail() {
        let problem = problem_of(2, vec![vec![1; 20]; 50], vec![50, 0]);
        let expected = BigUint::from(10_u8).pow(50);
        assert_eq!(acceptable_outcomes(&problem, &Budget::default()), Some(expected));
    }
}
