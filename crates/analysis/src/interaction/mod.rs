//! Scenarios that are not additive: interactions, rules over several issues.
//!
//! [`block_frontier`] gives the exact frontier of issues that hang together, by
//! what their structure allows: `enumerate` (few assignments), `eliminate`
//! (small width: labels, with sums as further objectives), else `zones`: search
//! zones of the objective space, each settled by a branch and bound (`search`)
//! over factors and values whose bound (`relax`) splits the problem by issues.
//! `climb` finds good outcomes fast; nothing rests on it. [`solutions`] finds
//! the bargaining solutions of any number of parties with the same search.
//! Options that no factor, rule or table tells apart are merged first (`block`).

mod archive;
mod bits;
mod block;
mod climb;
mod deals;
mod eliminate;
mod enumerate;
mod goals;
mod label;
mod net;
mod pareto;
mod relax;
mod search;
#[cfg(test)]
mod tests;
mod zones;

use crate::budget::Budget;
use crate::frontier::Completeness;
use crate::problem::Problem;
use block::Block;
pub use deals::solutions;
use eliminate::{Eliminated, Order};

/// A vector of utilities that some issues reach, with the options that do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockPoint {
    /// One option per issue of the block, in the order the issues were given.
    pub options: Vec<usize>,
    /// Scaled utilities from these issues, one per party; without the
    /// problem's constants and caps.
    pub utilities: Vec<i64>,
    /// How many ways to settle the block's issues share these utilities;
    /// `None` where not counted.
    pub outcomes: Option<u128>,
}

/// How much a computation took; for measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Searches of zones.
    pub searches: u64,
    /// Nodes of all searches.
    pub nodes: u64,
}

/// The frontier of some issues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockFrontier {
    /// Points in descending order of utilities (first party first). When not
    /// complete: undominated among the outcomes seen, nothing more.
    pub points: Vec<BlockPoint>,
    /// Whether these are all.
    pub completeness: Completeness,
    /// What it took.
    pub work: Work,
}

/// The exact frontier of `issues` (distinct), together with every factor and
/// rule within them.
#[must_use]
pub fn block_frontier(problem: &Problem, issues: &[usize], budget: &Budget<'_>) -> BlockFrontier {
    let block = Block::new(problem, issues);
    let mut work = Work::default();
    let done = |points, completeness, work| BlockFrontier { points, completeness, work };
    if block.impossible {
        return done(Vec::new(), Completeness::Complete, work);
    }
    if block.assignments() <= enumerate::MOST {
        let (points, completeness) = enumerate::frontier(&block, budget);
        return done(points, completeness, work);
    }
    match eliminate::frontier(&block, &Order::new(&block), budget) {
        Eliminated::Done(points) => return done(points, Completeness::Complete, work),
        Eliminated::Ended(completeness) => return done(Vec::new(), completeness, work),
        Eliminated::TooWide => {}
    }
    let block = block.without_dominated();
    let (points, completeness) = zones::frontier(&block, budget, &mut work);
    done(points, completeness, work)
}
