//! Partial outcomes of a block with what they are worth: the labels of
//! variable elimination.

use super::block::{Block, BlockSum};
use std::collections::BTreeMap;

/// A sum rule as extra components of label vectors.
///
/// A sum with an upper bound only is better the smaller it is, one with a lower
/// bound only the larger: one more objective. With both bounds, two opposite
/// objectives let only equal sums be compared.
#[derive(Debug)]
pub(super) struct Tracked {
    /// Per issue of the block, what its values contribute.
    pub(super) rows: Vec<Option<Vec<i64>>>,
    at_least: Option<i64>,
    at_most: Option<i64>,
}

/// Smallest and largest contribution of issues that are still open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rest {
    low: i64,
    high: i64,
}

impl Tracked {
    fn new(sum: &BlockSum, issues: usize) -> Self {
        let mut rows = vec![None; issues];
        for (issue, row) in &sum.terms {
            rows[*issue] = Some(row.clone());
        }
        let mut tracked = Self { rows, at_least: None, at_most: None };
        let all = tracked.rest(&vec![false; issues]);
        // A bound that no outcome can break is none; so the others are of the
        // size of the amounts, and no sum below can overflow.
        tracked.at_least = (sum.at_least > all.low).then_some(sum.at_least.min(all.high + 1));
        tracked.at_most = (sum.at_most < all.high).then_some(sum.at_most.max(all.low - 1));
        tracked
    }

    /// What the issues not flagged can contribute.
    pub(super) fn rest(&self, covered: &[bool]) -> Rest {
        let open =
            self.rows.iter().zip(covered).filter(|(_, c)| !**c).filter_map(|(r, _)| r.as_ref());
        open.fold(Rest { low: 0, high: 0 }, |rest, row| Rest {
            low: rest.low + row.iter().min().copied().unwrap_or(0),
            high: rest.high + row.iter().max().copied().unwrap_or(0),
        })
    }

    /// A sum so far in canonical form (all sums that the open issues can no
    /// longer spoil are one); `None` when the bounds can no longer be met.
    fn settle(&self, sum: i64, rest: Rest) -> Option<i64> {
        let below = self.at_least.map(|b| b - rest.low);
        let above = self.at_most.map(|b| b - rest.high);
        if self.at_least.is_some_and(|b| sum + rest.high < b)
            || self.at_most.is_some_and(|b| sum + rest.low > b)
        {
            return None;
        }
        Some(match (below, above) {
            (Some(safe), None) => sum.min(safe),
            (None, Some(safe)) => sum.max(safe),
            (Some(low), Some(high)) if low <= sum && sum <= high => low,
            (Some(_), Some(_)) => sum,
            (None, None) => 0,
        })
    }
}

/// The meaning of the components of label vectors: utilities, then sums.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) parties: usize,
    pub(super) sums: Vec<Tracked>,
    /// Whether equal vectors can be counted (no sums, nothing dropped before).
    pub(super) counts: bool,
}

/// A way to settle some issues.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// Utilities, then each sum so far.
    pub(super) vector: Vec<i64>,
    /// How many ways share the vector.
    pub(super) count: u128,
    /// The value of the issue eliminated last.
    pub(super) value: usize,
    /// Which label of each child table, in their order.
    pub(super) parents: Vec<u32>,
}

impl Shape {
    pub(super) fn new(block: &Block) -> Self {
        let sums: Vec<_> = block.sums.iter().map(|s| Tracked::new(s, block.values.len())).collect();
        let counts = block.counts && sums.is_empty();
        Self { parties: block.parties, sums, counts }
    }

    /// The count of a label, if it means anything.
    pub(super) fn count(&self, label: &Label) -> Option<u128> {
        (self.counts && label.count < u128::MAX).then_some(label.count)
    }

    /// The labels worth keeping: sums settled, dominated ones dropped, equal
    /// ones merged (the first stays). In ascending order of vectors.
    pub(super) fn reduce(&self, labels: Vec<Label>, rest: &[Rest]) -> Vec<Label> {
        let mut distinct: BTreeMap<Vec<i64>, Label> = BTreeMap::new();
        'labels: for mut label in labels {
            for (k, (sum, rest)) in self.sums.iter().zip(rest).enumerate() {
                let slot = &mut label.vector[self.parties + k];
                match sum.settle(*slot, *rest) {
                    Some(settled) => *slot = settled,
                    None => continue 'labels,
                }
            }
            match distinct.entry(self.objectives(&label.vector)) {
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(label);
                }
                std::collections::btree_map::Entry::Occupied(mut same) => {
                    let count = &mut same.get_mut().count;
                    *count = count.saturating_add(label.count);
                }
            }
        }
        let vectors: Vec<&Vec<i64>> = distinct.keys().collect();
        let keep = super::pareto::undominated(&vectors);
        distinct.into_values().zip(keep).filter(|(_, k)| *k).map(|(label, _)| label).collect()
    }

    fn objectives(&self, vector: &[i64]) -> Vec<i64> {
        let mut objectives = vector[..self.parties].to_vec();
        for (sum, &amount) in self.sums.iter().zip(&vector[self.parties..]) {
            if sum.at_least.is_some() {
                objectives.push(amount);
            }
            if sum.at_most.is_some() {
                objectives.push(-amount);
            }
        }
        objectives
    }
}
