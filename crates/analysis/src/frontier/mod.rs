//! The frontier: the distinct utility vectors that no feasible outcome dominates.
//!
//! Issues are combined one at a time: the undominated vectors of the first
//! k + 1 issues are among the sums of the undominated vectors of the first k
//! and the options of the next, because adding the same option to both sides
//! keeps dominance. Outcomes are never enumerated. (Dynamic programming over
//! partial outcomes, as in Villarreal & Karwan 1981 for multicriteria integer
//! programs.) Issues tied together by interactions or constraints form one
//! block, whose points come from [`block`].

mod block;
mod components;
pub mod dominance;
mod layer;
mod planar;
#[cfg(test)]
mod tests;

use crate::budget::Budget;
use crate::problem::Problem;
pub(crate) use block::advance;
pub(crate) use components::components;
use layer::Layer;

/// A vector of utilities with an outcome that reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// One option per issue of the [`Problem`].
    pub assignment: Vec<usize>,
    /// Scaled utilities, one per party.
    pub utilities: Vec<i64>,
    /// How many feasible outcomes share these utilities; `None` where not counted.
    pub outcomes: Option<u128>,
}

/// Whether a search saw everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// Everything: the result is exact.
    Complete,
    /// More points than the caller's limit.
    LimitReached,
    /// The caller's time ran out.
    Stopped,
    /// Not asked for.
    Skipped,
}

/// The frontier, or as much of it as the budget allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier {
    /// Points in descending order of utilities (first party first). When not
    /// complete: undominated among the outcomes seen, nothing more; none for
    /// three parties or more.
    pub points: Vec<Point>,
    /// Whether these are all.
    pub completeness: Completeness,
}

impl Frontier {
    fn unseen(completeness: Completeness) -> Self {
        Self { points: Vec::new(), completeness }
    }
}

/// The frontier of all feasible outcomes, acceptable or not.
///
/// Each point's outcome is the first in issue and option order that reaches
/// it, where issues do not interact and no utility is capped; otherwise one
/// that reaches it. Exact
/// when [`Problem::is_exact`]; otherwise vectors within the tolerance of
/// another that is at least as good are left out.
#[must_use]
pub fn frontier(problem: &Problem, budget: &Budget<'_>) -> Frontier {
    if budget.frontier_limit == 0 {
        return Frontier::unseen(Completeness::Skipped);
    }
    let mut layers: Vec<Layer> = vec![Layer::start(&problem.constants)];
    let mut blocks = Vec::new();
    let mut cut = Completeness::Complete;
    for issues in components(problem) {
        let (block, completeness) = block::points(problem, &issues, budget);
        if block.is_empty() {
            // Constraints leave this block nothing: no outcome is feasible.
            return Frontier::unseen(completeness);
        }
        if completeness != Completeness::Complete {
            cut = completeness;
        }
        let Some(mut next) = layers[layers.len() - 1].plus(&block, budget) else {
            return Frontier::unseen(Completeness::Stopped);
        };
        if problem.parties > 2 && next.len() > budget.frontier_limit {
            // What is left of many parties' frontiers when they are thinned
            // says little, and costs as much again with every block.
            return Frontier::unseen(Completeness::LimitReached);
        }
        if next.truncate(budget.frontier_limit) && cut == Completeness::Complete {
            cut = Completeness::LimitReached;
        }
        layers.push(next);
        blocks.push((issues, block));
    }
    let mut points = trace_back(problem, &layers, &blocks);
    if problem.has_caps() {
        cap(problem, &mut points);
    }
    if !problem.is_exact() {
        dominance::drop_within_tolerance(problem, &mut points);
    }
    if cut != Completeness::Complete {
        // Pruned partial outcomes may have been undominated: counts are lost too.
        points.iter_mut().for_each(|p| p.outcomes = None);
    }
    points.sort_by(|a, b| b.utilities.cmp(&a.utilities));
    Frontier { points, completeness: cut }
}

/// Follows each point of the last layer back through the layers to its outcome.
fn trace_back(
    problem: &Problem,
    layers: &[Layer],
    blocks: &[(Vec<usize>, block::Block)],
) -> Vec<Point> {
    let Some(last) = layers.last() else { return Vec::new() };
    (0..last.len())
        .map(|index| {
            let mut assignment = vec![0; problem.issues.len()];
            let mut at = index;
            for (layer, (issues, block)) in layers[1..].iter().zip(blocks).rev() {
                let (previous, choice) = layer.step(at);
                for (&issue, &option) in issues.iter().zip(block.assignment(choice)) {
                    assignment[issue] = option;
                }
                at = previous;
            }
            Point {
                assignment,
                utilities: last.vector(index).to_vec(),
                outcomes: last.count(index),
            }
        })
        .collect()
}

/// Caps are monotone, so the capped frontier is the undominated part of the
/// capped points; outcomes that were dominated before may share a capped
/// vector, so counts no longer hold.
fn cap(problem: &Problem, points: &mut Vec<Point>) {
    for point in points.iter_mut() {
        let before = point.utilities.clone();
        problem.cap(&mut point.utilities);
        if point.utilities != before {
            point.outcomes = None;
        }
    }
    dominance::keep_undominated(points);
    points.iter_mut().for_each(|p| p.outcomes = None);
}
