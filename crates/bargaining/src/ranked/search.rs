//! Best-first search where interactions tie issues together.
//!
//! A node settles the first issues; its bound counts the best option of every
//! other issue, every bonus that may still hold and every penalty that surely
//! does. Complete packages leave the queue in exact order.

use crate::chance::Chance;
use crate::own::OwnUtility;
use crate::table::Package;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// Larger queues are given up.
const MOST_NODES: usize = 400_000;
/// How many packages local search starts from where search is given up.
const CLIMBS: usize = 400;
/// Of the packages that climbing passes, so many of the best are kept.
const MOST_FOUND: usize = 50_000;

pub(super) struct Search {
    /// Per issue, the sum of the best values of it and all later issues.
    best_from: Vec<i64>,
    queue: BinaryHeap<(i64, Reverse<Vec<usize>>)>,
    last: i64,
}

pub(super) enum Step {
    Package(i64, Package),
    Done,
    TooMuch,
}

impl Search {
    pub(super) fn new(own: &OwnUtility) -> Self {
        let mut best_from = vec![0; own.rows.len() + 1];
        for (issue, row) in own.rows.iter().enumerate().rev() {
            best_from[issue] = best_from[issue + 1] + row.iter().max().copied().unwrap_or(0);
        }
        let queue = BinaryHeap::from([(i64::MAX, Reverse(Vec::new()))]);
        Self { best_from, queue, last: i64::MAX }
    }

    /// The utility of the last package given.
    pub(super) fn last(&self) -> i64 {
        self.last
    }

    pub(super) fn next(&mut self, own: &OwnUtility) -> Step {
        while let Some((bound, Reverse(settled))) = self.queue.pop() {
            if settled.len() == own.rows.len() {
                self.last = bound;
                return Step::Package(bound, Package(settled));
            }
            if self.queue.len() + own.rows[settled.len()].len() > MOST_NODES {
                self.queue.push((bound, Reverse(settled)));
                return Step::TooMuch;
            }
            for option in 0..own.rows[settled.len()].len() {
                let mut child = settled.clone();
                child.push(option);
                self.queue.push((self.bound(own, &child), Reverse(child)));
            }
        }
        Step::Done
    }

    fn bound(&self, own: &OwnUtility, settled: &[usize]) -> i64 {
        let rows: i64 = own.rows.iter().zip(settled).map(|(row, &option)| row[option]).sum();
        let mut bound = own.constant + rows + self.best_from[settled.len()];
        for bonus in &own.bonuses {
            let possible =
                bonus.literals.iter().all(|l| settled.get(l.issue).is_none_or(|&o| l.mask[o]));
            let decided = bonus.literals.iter().all(|l| l.issue < settled.len());
            if possible && (bonus.value > 0 || decided) {
                bound += bonus.value;
            }
        }
        bound
    }
}

/// What climbing from many packages, one issue at a time, finds worth at most
/// `below`: best first. Not exact.
pub(super) fn climbed(own: &OwnUtility, below: i64) -> Vec<(i64, Package)> {
    let mut chance = Chance::new(0, 0);
    let mut found: BTreeSet<(Reverse<i64>, Package)> = BTreeSet::new();
    for _ in 0..CLIMBS {
        let sizes = own.rows.iter().map(Vec::len);
        let mut at = Package(sizes.map(|n| chance.below(n)).collect());
        loop {
            let mut best = (own.utility(&at), at.clone());
            for issue in 0..own.rows.len() {
                for option in 0..own.rows[issue].len() {
                    let mut near = at.clone();
                    near.0[issue] = option;
                    let utility = own.utility(&near);
                    if utility <= below && utility >= own.reservation() {
                        found.insert((Reverse(utility), near.clone()));
                    }
                    if utility > best.0 {
                        best = (utility, near);
                    }
                }
            }
            while found.len() > MOST_FOUND {
                found.pop_last();
            }
            if best.1 == at {
                break;
            }
            at = best.1;
        }
    }
    found.into_iter().map(|(Reverse(utility), package)| (utility, package)).collect()
}
