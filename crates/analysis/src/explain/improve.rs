//! Post-settlement improvements (Raiffa 1985, *Negotiation Journal* 1:9–12):
//! outcomes at least as good for everybody as a given one, and better for somebody.

use crate::budget::Budget;
use crate::problem::Problem;
use crate::solution::{self, measure::Measure};
use crate::solved::SolutionRule;

/// An outcome that improves on the given one.
#[derive(Debug, Clone, PartialEq)]
pub struct Improvement {
    /// One option per issue of the problem.
    pub assignment: Vec<usize>,
    /// The issues settled differently, by index in the problem.
    pub changed: Vec<usize>,
    /// Per party, what it gains over the given outcome, in its own units.
    pub gains: Vec<f64>,
}

/// What can still be improved.
#[derive(Debug, Clone, PartialEq)]
pub struct Improvements {
    /// Whether the given outcome can be improved; `None` when the budget ended first.
    pub possible: Option<bool>,
    /// The improvement with the largest product of gains over the given
    /// outcome (most parties gaining first).
    pub best: Option<Improvement>,
    /// Whether `best` is proved the best.
    pub best_proved: bool,
    /// The improvement that changes fewest issues; among those the leximin-best gains.
    pub smallest: Option<Improvement>,
    /// Every change of up to so many issues was tried.
    pub tried_changes: usize,
}

/// No more assignments than this are tried for the smallest change.
const MOST_TRIED: u128 = 2_000_000;
/// Changes of more issues than this are not tried.
const MOST_CHANGED: usize = 3;

/// Looks for improvements over an outcome among those that are feasible and
/// cross no red line. `from` itself need not be acceptable to anybody.
#[must_use]
pub fn improvements(problem: &Problem, from: &[usize], budget: &Budget<'_>) -> Improvements {
    let mut over = problem.clone();
    over.reservations = problem.utilities(from);
    let found = solution::solutions(&over, None, budget);
    let improvement = |assignment: &[usize]| {
        let gains = over.gains(&over.utilities(assignment));
        Improvement {
            changed: (0..from.len()).filter(|&i| from[i] != assignment[i]).collect(),
            gains: gains.iter().zip(&over.scales).map(|(&g, s)| s.to_f64(g)).collect(),
            assignment: assignment.to_vec(),
        }
    };
    let nash = found.pick(SolutionRule::Nash);
    let improves = |assignment: &[usize]| {
        let gains = over.gains(&over.utilities(assignment));
        gains.iter().all(|&g| g >= 0) && gains.iter().any(|&g| g > 0)
    };
    let best = nash.filter(|pick| improves(&pick.point.assignment));
    let (smallest, tried_changes) = fewest_changes(&over, from, &improves, budget);
    let possible = match (&best, &smallest, nash) {
        (Some(_), ..) | (_, Some(_), _) => Some(true),
        (None, None, Some(pick)) if pick.optimal => Some(false),
        // Nothing acceptable at all, not even the given outcome: it crosses a red line.
        (None, None, None) => found.agreement_possible.filter(|possible| !possible),
        _ => None,
    };
    Improvements {
        possible,
        best_proved: best.is_some_and(|pick| pick.optimal),
        best: best.map(|pick| improvement(&pick.point.assignment)),
        smallest: smallest.map(|a| improvement(&a)),
        tried_changes,
    }
}

/// The improvement of fewest changes, and up to how many were tried.
fn fewest_changes(
    over: &Problem,
    from: &[usize],
    improves: &dyn Fn(&[usize]) -> bool,
    budget: &Budget<'_>,
) -> (Option<Vec<usize>>, usize) {
    let measure = Measure::new(over, vec![0; over.parties]);
    let issues = from.len();
    let mut tried: u128 = 0;
    for count in 1..=MOST_CHANGED.min(issues) {
        // Elementary symmetric sum of (options − 1): how many changes there are.
        let mut sums = vec![0_u128; count + 1];
        sums[0] = 1;
        for issue in 0..issues {
            let others = over.size(issue) as u128 - 1;
            for k in (1..=count).rev() {
                sums[k] = sums[k].saturating_add(sums[k - 1].saturating_mul(others));
            }
        }
        tried = tried.saturating_add(sums[count]);
        if tried > MOST_TRIED {
            return (None, count - 1);
        }
        let mut best: Option<Vec<usize>> = None;
        let mut trial = from.to_vec();
        let mut offer = |assignment: &[usize]| {
            if !over.is_feasible(assignment)
                || !over.respects_red_lines(assignment)
                || !improves(assignment)
            {
                return;
            }
            let gains = |a: &[usize]| over.gains(&over.utilities(a));
            let better = best.as_ref().is_none_or(|held| {
                measure.compare_leximin(&gains(assignment), &gains(held)).is_gt()
            });
            if better {
                best = Some(assignment.to_vec());
            }
        };
        if !change(over, from, &mut trial, 0, count, budget, &mut offer) {
            return (None, count - 1);
        }
        if best.is_some() {
            return (best, count);
        }
    }
    (None, MOST_CHANGED.min(issues))
}

/// Offers every assignment that differs from `from` in exactly `left` issues
/// from `at` on; false when the budget ended.
fn change(
    over: &Problem,
    from: &[usize],
    trial: &mut Vec<usize>,
    at: usize,
    left: usize,
    budget: &Budget<'_>,
    offer: &mut dyn FnMut(&[usize]),
) -> bool {
    if left == 0 {
        offer(trial);
        return true;
    }
    for issue in at..from.len() {
        if budget.is_over() {
            return false;
        }
        for option in (0..over.size(issue)).filter(|&o| o != from[issue]) {
            trial[issue] = option;
            if !change(over, from, trial, issue + 1, left - 1, budget, offer) {
                return false;
            }
        }
        trial[issue] = from[issue];
    }
    true
}
