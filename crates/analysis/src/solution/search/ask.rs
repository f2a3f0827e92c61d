//! Two single questions for the search: is anything acceptable at all, and
//! how much can one party get?

use super::{Goal, Instance, Node, ROOT_STEPS, Search};
use crate::budget::Budget;
use crate::problem::Problem;
use crate::solution::objective::Objective;

/// What a question found.
#[derive(Debug, Clone)]
pub(crate) struct Answered {
    /// An outcome that is acceptable to all (for a maximum: the best known).
    pub(crate) assignment: Option<Vec<usize>>,
    /// Whether the answer is proved: that there is none, or that none is better.
    pub(crate) proved: bool,
}

fn own_units(problem: &Problem) -> Vec<f64> {
    problem.scales.iter().map(|s| 1.0 / s.units_per_one()).collect()
}

/// Looks for any outcome that is feasible, crosses no red line, and leaves
/// every party its reservation value. Ends with the first.
///
/// `active`: the parties whose reservation value can bind; of the others
/// every outcome must be known to be acceptable.
pub(crate) fn acceptable(problem: &Problem, active: &[bool], budget: &Budget<'_>) -> Answered {
    let instance = Instance::new(problem);
    let objective = if active.contains(&true) {
        Objective::Min(active.to_vec())
    } else {
        Objective::Sum(vec![0.0; problem.parties])
    };
    let smallest = |a: &[i64], b: &[i64]| a.iter().min().cmp(&b.iter().min());
    let goal = Goal { objective, scales: own_units(problem), compare: &smallest, acceptable: true };
    let mut search = Search::new(&instance, &goal, budget);
    // Zero, less what doubles may be off by.
    let size: f64 = search.y.iter().map(|t| t.iter().fold(0.0, |m: f64, y| m.max(y.abs()))).sum();
    search.floor = -1e-9 * (1.0 + size);
    search.first_will_do = true;
    let mut root = Node::root(&search);
    if root.propagate(&instance) {
        let mut seeds = Vec::new();
        let bound = search.tighten(&mut root, ROOT_STEPS, Some(&mut seeds));
        if search.best.is_none() && bound >= search.threshold() {
            search.climb(&[], seeds);
            if search.best.is_none() {
                search.branch(root, bound);
            }
        }
    }
    let proved = !search.stopped || search.best.is_some();
    let assignment = search.best.map(|(assignment, _)| instance.original(&assignment));
    Answered { assignment, proved }
}

/// The acceptable outcome that is best for one party; `start` is an acceptable one.
pub(crate) fn best_for(
    problem: &Problem,
    party: usize,
    start: &[usize],
    budget: &Budget<'_>,
) -> Answered {
    let instance = Instance::new(problem);
    let compare = |a: &[i64], b: &[i64]| a[party].cmp(&b[party]);
    let weights = (0..problem.parties).map(|p| f64::from(u8::from(p == party))).collect();
    let goal = Goal {
        objective: Objective::Sum(weights),
        scales: own_units(problem),
        compare: &compare,
        acceptable: true,
    };
    // The start in the instance's options, where none of it was left out.
    let start: Option<Vec<usize>> = start
        .iter()
        .zip(&instance.options)
        .map(|(option, kept)| kept.binary_search(option).ok())
        .collect();
    let starts: Vec<Vec<usize>> = start.into_iter().collect();
    let found = Search::run(&instance, &goal, &starts, budget);
    let assignment = found.best.map(|(assignment, _)| instance.original(&assignment));
    Answered { assignment, proved: found.proved }
}

/// The outcome whose smallest gain is largest, acceptable or not, in each
/// party's own units.
pub(crate) fn least_short(problem: &Problem, budget: &Budget<'_>) -> Answered {
    let instance = Instance::new(problem);
    let measure = crate::solution::measure::Measure::new(problem, vec![0; problem.parties]);
    let compare = |a: &[i64], b: &[i64]| measure.compare_leximin(a, b);
    let goal = Goal {
        objective: Objective::Min(vec![true; problem.parties]),
        scales: own_units(problem),
        compare: &compare,
        acceptable: false,
    };
    let found = Search::run(&instance, &goal, &[], budget);
    let assignment = found.best.map(|(assignment, _)| instance.original(&assignment));
    Answered { assignment, proved: found.proved }
}
