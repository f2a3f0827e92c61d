//! All minimal conflicting sets of demands.
//!
//! MARCO (Liffiton, Previti, Malik & Marques-Silva 2016, *Constraints*
//! 21:223–250): a set of demands not yet known to be conflicting or to be
//! compatible is picked; if compatible it is grown to a maximal compatible
//! set, else shrunk to a minimal conflicting one; either rules out others.

use super::lifts::without_constraints;
use super::oracle::{Demands, Found, Oracle};
use crate::budget::Budget;
use crate::problem::{CompileError, Origin, Problem, holds};
use crate::why_not::SearchOracle;
use detente_model::Scenario;

/// A set of demands that cannot all be met, while any all but one of them can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The parties whose reservation values take part.
    pub reservations: Vec<usize>,
    /// The red lines that take part: party, and index among its red lines.
    pub red_lines: Vec<(usize, usize)>,
}

/// Every minimal conflict, or as many as the budget allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflicts {
    /// The conflicts, smallest first.
    pub minimal: Vec<Conflict>,
    /// Whether these are all.
    pub complete: bool,
}

/// No more conflicts than this are listed.
pub const MOST_CONFLICTS: usize = 1_000;
/// Demands beyond this number are not enumerated.
const MOST_DEMANDS: usize = 128;

/// The demands as bits: parties first, then red lines.
struct Sets<'a> {
    problem: &'a Problem,
    oracle: &'a dyn Oracle,
    count: usize,
    conflicting: Vec<u128>,
    compatible: Vec<u128>,
}

/// The oracle did not decide.
struct Undecided;

impl Sets<'_> {
    fn demands(&self, set: u128) -> Demands {
        let parties = self.problem.parties;
        let has = |i: usize| set >> i & 1 == 1;
        Demands {
            reservations: (0..parties).map(has).collect(),
            red_lines: (parties..self.count).map(has).collect(),
        }
    }

    /// The demands an outcome meets.
    fn met(&self, assignment: &[usize]) -> u128 {
        let utilities = self.problem.utilities(assignment);
        let gains = utilities.iter().zip(&self.problem.reservations).map(|(u, r)| u >= r);
        let lines = self.problem.red_lines.iter().map(|l| !holds(&l.literals, assignment));
        gains.chain(lines).enumerate().fold(0, |set, (i, met)| set | u128::from(met) << i)
    }

    /// The demands that some outcome meets beyond these; `None` when they conflict.
    fn ask(&self, set: u128) -> Result<Option<u128>, Undecided> {
        if let Some(larger) = self.compatible.iter().find(|c| set & !**c == 0) {
            return Ok(Some(*larger));
        }
        if self.conflicting.iter().any(|c| c & !set == 0) {
            return Ok(None);
        }
        match self.oracle.feasible(&self.demands(set)) {
            Found::Outcome(assignment) => Ok(Some(self.met(&assignment) | set)),
            Found::None => Ok(None),
            Found::Unknown => Err(Undecided),
        }
    }

    fn grow(&self, mut set: u128) -> Result<u128, Undecided> {
        for i in 0..self.count {
            if set >> i & 1 == 0
                && let Some(more) = self.ask(set | 1 << i)?
            {
                set = more | 1 << i;
            }
        }
        Ok(set)
    }

    fn shrink(&self, mut set: u128) -> Result<u128, Undecided> {
        for i in 0..self.count {
            if set >> i & 1 == 1 && self.ask(set & !(1 << i))?.is_none() {
                set &= !(1 << i);
            }
        }
        Ok(set)
    }

    /// A set that holds no known conflict and is in no known compatible set.
    fn unexplored(&self) -> Option<u128> {
        self.complete(0, self.mask(), 0)
    }

    fn mask(&self) -> u128 {
        if self.count == 128 { u128::MAX } else { (1 << self.count) - 1 }
    }

    /// Decides demand by demand, in first: sets come out large.
    fn complete(&self, taken: u128, open: u128, at: usize) -> Option<u128> {
        // Some compatible set already holds everything that can still be taken.
        if self.compatible.iter().any(|c| (taken | open) & !c == 0)
            || self.conflicting.iter().any(|c| c & !taken == 0)
        {
            return None;
        }
        if at == self.count {
            return Some(taken);
        }
        let bit = 1 << at;
        let open = open & !bit;
        self.complete(taken | bit, open, at + 1).or_else(|| self.complete(taken, open, at + 1))
    }

    fn run(&mut self, budget: &Budget<'_>) -> bool {
        while let Some(seed) = self.unexplored() {
            if budget.is_over() || self.conflicting.len() >= MOST_CONFLICTS {
                return false;
            }
            let step = match self.ask(seed) {
                Ok(Some(more)) => self.grow(more).map(|set| self.compatible.push(set)),
                Ok(None) => self.shrink(seed).map(|set| self.conflicting.push(set)),
                Err(undecided) => Err(undecided),
            };
            if step.is_err() {
                return false;
            }
        }
        true
    }
}

/// All minimal sets of reservation values and red lines that no feasible outcome meets.
#[must_use]
pub fn conflicts(problem: &Problem, oracle: &dyn Oracle, budget: &Budget<'_>) -> Conflicts {
    let count = problem.parties + problem.red_lines.len();
    if count > MOST_DEMANDS {
        return Conflicts { minimal: Vec::new(), complete: false };
    }
    let mut sets = Sets { problem, oracle, count, conflicting: Vec::new(), compatible: Vec::new() };
    let complete = sets.run(budget);
    let mut found = sets.conflicting.clone();
    found.sort_by_key(|set| (set.count_ones(), set.reverse_bits()));
    let minimal = found
        .into_iter()
        .map(|set| {
            let demands = sets.demands(set);
            let chosen = |flags: &[bool]| {
                flags.iter().enumerate().filter(|(_, f)| **f).map(|(i, _)| i).collect::<Vec<_>>()
            };
            Conflict {
                reservations: chosen(&demands.reservations),
                red_lines: chosen(&demands.red_lines)
                    .into_iter()
                    .filter_map(|i| match problem.red_lines[i].origin {
                        Origin::RedLine(party, line) => Some((party, line)),
                        Origin::Constraint(_) => None,
                    })
                    .collect(),
            }
        })
        .collect();
    Conflicts { minimal, complete }
}

/// When the constraints leave nothing: a set of them that cannot all be
/// obeyed, made minimal as far as the budget allows.
pub(super) fn constraints_alone(
    scenario: &Scenario,
    problem: &Problem,
    budget: &Budget<'_>,
) -> (Vec<usize>, bool) {
    debug_assert_eq!(problem.parties, scenario.parties().len());
    let mut kept: Vec<usize> = (0..scenario.constraints().len()).collect();
    let mut minimal = true;
    for index in 0..scenario.constraints().len() {
        let fewer: Vec<usize> = kept.iter().copied().filter(|&i| i != index).collect();
        let dropped: Vec<usize> =
            (0..scenario.constraints().len()).filter(|i| !fewer.contains(i)).collect();
        let Some(reduced) = without_constraints(scenario, &dropped) else { continue };
        let found = match Problem::new(&reduced) {
            Ok(problem) => {
                let oracle = SearchOracle::new(&problem, budget);
                oracle.feasible(&Demands::none(&problem))
            }
            Err(CompileError::NoOptionLeft { .. }) => Found::None,
            Err(_) => Found::Unknown,
        };
        match found {
            Found::None => kept = fewer,
            Found::Unknown => minimal = false,
            Found::Outcome(_) => {}
        }
    }
    (kept, minimal)
}
