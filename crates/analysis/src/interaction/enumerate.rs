//! Small blocks: every assignment in turn.

use super::BlockPoint;
use super::block::Block;
use crate::budget::Budget;
use crate::frontier::Completeness;
use std::collections::BTreeMap;

/// Blocks with at most this many assignments are enumerated.
pub(super) const MOST: u128 = 2_000;

/// The exact frontier, by looking at every assignment: O(assignments × factors).
pub(super) fn frontier(block: &Block, budget: &Budget<'_>) -> (Vec<BlockPoint>, Completeness) {
    let mut distinct: BTreeMap<Vec<i64>, (Vec<usize>, Option<u128>)> = BTreeMap::new();
    let mut assignment = vec![0; block.values.len()];
    let mut completeness = Completeness::Complete;
    let mut seen = 0u64;
    if !block.impossible {
        loop {
            if block.is_feasible(&assignment) {
                let count = block.options(&assignment).filter(|_| block.counts);
                distinct
                    .entry(block.utilities(&assignment))
                    .and_modify(|(_, n)| *n = n.zip(count).and_then(|(a, b)| a.checked_add(b)))
                    .or_insert_with(|| (assignment.clone(), count));
            }
            seen += 1;
            if seen.is_multiple_of(1024) && budget.is_over() {
                completeness = Completeness::Stopped;
                break;
            }
            if !advance(block, &mut assignment) {
                break;
            }
        }
    }
    let vectors: Vec<&Vec<i64>> = distinct.keys().collect();
    let keep = super::pareto::undominated(&vectors);
    let kept = distinct.into_iter().zip(keep).rev().filter(|(_, k)| *k);
    let points = kept.map(|((utilities, (values, outcomes)), _)| BlockPoint {
        options: block.witness(&values),
        utilities,
        outcomes,
    });
    (points.collect(), completeness)
}

/// The next assignment, last issue fastest; false after the last.
fn advance(block: &Block, assignment: &mut [usize]) -> bool {
    for issue in (0..assignment.len()).rev() {
        assignment[issue] += 1;
        if assignment[issue] < block.values[issue].len() {
            return true;
        }
        assignment[issue] = 0;
    }
    false
}
