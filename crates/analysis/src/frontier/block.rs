//! The undominated choices of one group of issues.

use super::Completeness;
use super::dominance::Candidates;
use crate::budget::Budget;
use crate::interaction::{self, BlockFrontier, BlockPoint};
use crate::problem::{Literal, Problem};

/// Undominated vectors of one block, each with the block's first assignment
/// that reaches it and how many do.
#[derive(Debug)]
pub(super) struct Block {
    parties: usize,
    issues: usize,
    vectors: Vec<i64>,
    assignments: Vec<usize>,
    counts: Vec<Option<u128>>,
}

impl Block {
    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    pub(super) fn vector(&self, index: usize) -> &[i64] {
        &self.vectors[index * self.parties..(index + 1) * self.parties]
    }

    pub(super) fn assignment(&self, index: usize) -> &[usize] {
        &self.assignments[index * self.issues..(index + 1) * self.issues]
    }

    pub(super) fn count(&self, index: usize) -> Option<u128> {
        self.counts[index]
    }
}

/// The block's undominated points in the order of their assignments, and
/// whether these are all.
pub(super) fn points(
    problem: &Problem,
    issues: &[usize],
    budget: &Budget<'_>,
) -> (Block, Completeness) {
    let found = match issues {
        [issue] => one_issue(problem, *issue, budget),
        _ => interaction::block_frontier(problem, issues, budget),
    };
    let mut points = found.points;
    points.sort_by(|a, b| a.options.cmp(&b.options));
    let mut block = Block {
        parties: problem.parties,
        issues: issues.len(),
        vectors: Vec::new(),
        assignments: Vec::new(),
        counts: Vec::new(),
    };
    for point in points {
        block.vectors.extend_from_slice(&point.utilities);
        block.assignments.extend_from_slice(&point.options);
        block.counts.push(point.outcomes);
    }
    (block, found.completeness)
}

/// Most issues stand alone, so theirs are filtered without further ado.
fn one_issue(problem: &Problem, issue: usize, budget: &Budget<'_>) -> BlockFrontier {
    let mut candidates = Candidates::with_capacity(problem.parties, problem.size(issue));
    let forbids = |literals: &[Literal], option: usize| {
        literals.iter().all(|l| l.issue == issue && l.mask[option])
    };
    for option in 0..problem.size(issue) {
        let forbidden = problem.forbidden.iter().any(|f| forbids(&f.literals, option));
        let broken = problem.sums.iter().any(|sum| match sum.terms.as_slice() {
            [(at, amounts)] if *at == issue => {
                !(sum.at_least..=sum.at_most).contains(&amounts[option])
            }
            _ => false,
        });
        if !forbidden && !broken {
            candidates.push(problem.row(issue, option), option, Some(1));
        }
    }
    let kept = candidates.undominated(budget);
    let completeness = if kept.is_some() { Completeness::Complete } else { Completeness::Stopped };
    let points = kept.unwrap_or_default().into_iter().map(|k| BlockPoint {
        options: vec![k.key],
        utilities: candidates.vector(k.index).to_vec(),
        outcomes: k.count,
    });
    BlockFrontier { points: points.collect(), completeness, work: Default::default() }
}

/// Turns to the next assignment of some issues, the last one fastest (the
/// order of outcomes); false after the last.
pub(crate) fn advance(problem: &Problem, issues: &[usize], full: &mut [usize]) -> bool {
    let Some(&turn) = issues.iter().rev().find(|&&i| full[i] + 1 < problem.size(i)) else {
        return false;
    };
    full[turn] += 1;
    for &issue in issues.iter().rev().take_while(|&&i| i != turn) {
        full[issue] = 0;
    }
    true
}
