//! The undominated choices of one group of issues.

use super::Completeness;
use super::dominance::Candidates;
use crate::budget::Budget;
use crate::problem::{Problem, holds};

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

/// The block's undominated points in the order of their assignments.
pub(super) fn points(
    problem: &Problem,
    issues: &[usize],
    budget: &Budget<'_>,
) -> Result<Block, Completeness> {
    let parties = problem.parties;
    let mut candidates = Candidates::new(parties);
    let mut assignments: Vec<Vec<usize>> = Vec::new();
    enumerate(problem, issues, budget, &mut candidates, &mut assignments)?;
    let mut kept = candidates.undominated(budget).ok_or(Completeness::Stopped)?;
    kept.sort_by_key(|k| k.key);
    let mut block = Block {
        parties,
        issues: issues.len(),
        vectors: Vec::new(),
        assignments: Vec::new(),
        counts: Vec::new(),
    };
    for point in kept {
        block.vectors.extend_from_slice(candidates.vector(point.index));
        block.assignments.extend_from_slice(&assignments[point.key]);
        block.counts.push(point.count);
    }
    Ok(block)
}

fn enumerate(
    problem: &Problem,
    issues: &[usize],
    budget: &Budget<'_>,
    candidates: &mut Candidates,
    assignments: &mut Vec<Vec<usize>>,
) -> Result<(), Completeness> {
    let size: u128 = issues.iter().map(|&i| problem.size(i) as u128).product();
    if size > u128::from(budget.enumeration_limit) {
        return Err(Completeness::LimitReached);
    }
    let mut full = vec![0; problem.issues.len()];
    let inside = |issue: usize| issues.contains(&issue);
    let factors: Vec<_> = problem.factors.iter().filter(|f| inside(f.literals[0].issue)).collect();
    let forbidden: Vec<_> = problem
        .forbidden
        .iter()
        .filter(|f| f.literals.first().is_none_or(|l| inside(l.issue)))
        .collect();
    let sums: Vec<_> =
        problem.sums.iter().filter(|s| s.terms.first().is_none_or(|t| inside(t.0))).collect();
    let mut vector = vec![0; problem.parties];
    loop {
        if !forbidden.iter().any(|f| holds(&f.literals, &full))
            && sums.iter().all(|s| s.holds(&full))
        {
            vector.fill(0);
            for &issue in issues {
                vector.iter_mut().zip(problem.row(issue, full[issue])).for_each(|(a, b)| *a += b);
            }
            for factor in factors.iter().filter(|f| holds(&f.literals, &full)) {
                vector[factor.party] += factor.value;
            }
            candidates.push(&vector, assignments.len(), Some(1));
            assignments.push(issues.iter().map(|&i| full[i]).collect());
        }
        if !advance(problem, issues, &mut full) {
            return Ok(());
        }
        if budget.is_over() {
            return Err(Completeness::Stopped);
        }
    }
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
