//! The k best packages of an additive utility, lazily, at any number of packages.
//!
//! Each issue's options are sorted by value; a package is a vector of ranks,
//! the best all zero. Every other package has one parent, a better or equally
//! good one: with issues ordered by what the first step down costs, the parent
//! is found from the last issue that is not at rank zero, so that each package
//! enters the queue once and each step adds three at most. Memory grows with
//! the packages asked for, not with those there are.

use crate::table::Package;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

pub(super) struct Additive {
    /// Issues with a choice, by the cost of the first step down: options and values, best first.
    issues: Vec<(usize, Vec<(i64, usize)>)>,
    /// The best package.
    first: Package,
    queue: BinaryHeap<(i64, Reverse<Node>)>,
}

/// Ranks, and the last issue (in queue order) that is not at rank zero.
type Node = (Vec<u32>, usize);

impl Additive {
    pub(super) fn new(rows: &[Vec<i64>], constant: i64) -> Self {
        let mut best = constant;
        let mut first = Package(vec![0; rows.len()]);
        let mut issues = Vec::new();
        for (issue, row) in rows.iter().enumerate() {
            let mut ranked: Vec<(i64, usize)> =
                row.iter().enumerate().map(|(o, &v)| (v, o)).collect();
            ranked.sort_by_key(|&(value, option)| (Reverse(value), option));
            best += ranked[0].0;
            first.0[issue] = ranked[0].1;
            if ranked.len() > 1 {
                issues.push((issue, ranked));
            }
        }
        issues.sort_by_key(|(issue, ranked)| (ranked[0].0 - ranked[1].0, *issue));
        let start = (vec![0; issues.len()], 0);
        Self { issues, first, queue: BinaryHeap::from([(best, Reverse(start))]) }
    }

    /// The next package and its utility, caps not applied.
    pub(super) fn next(&mut self) -> Option<(i64, Package)> {
        let (utility, Reverse((ranks, last))) = self.queue.pop()?;
        let mut package = self.first.clone();
        for ((issue, ranked), &rank) in self.issues.iter().zip(&ranks) {
            package.0[*issue] = ranked[rank as usize].1;
        }
        let mut push = |ranks: Vec<u32>, last: usize, utility: i64| {
            self.queue.push((utility, Reverse((ranks, last))));
        };
        if self.issues.is_empty() {
            return Some((utility, package));
        }
        let step = |at: usize, from: u32| {
            self.issues[at].1[from as usize].0 - self.issues[at].1[from as usize + 1].0
        };
        if ranks.iter().all(|&r| r == 0) {
            let mut down = ranks;
            down[0] = 1;
            push(down, 0, utility - step(0, 0));
            return Some((utility, package));
        }
        if (ranks[last] as usize) + 1 < self.issues[last].1.len() {
            let mut down = ranks.clone();
            down[last] += 1;
            push(down, last, utility - step(last, ranks[last]));
        }
        if last + 1 < self.issues.len() {
            let cost = step(last + 1, 0);
            if ranks[last] == 1 {
                let mut shifted = ranks.clone();
                shifted[last] = 0;
                shifted[last + 1] = 1;
                push(shifted, last + 1, utility + step(last, 0) - cost);
            }
            let mut also = ranks;
            also[last + 1] = 1;
            push(also, last + 1, utility - cost);
        }
        Some((utility, package))
    }
}
