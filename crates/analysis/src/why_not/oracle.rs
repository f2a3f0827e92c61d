//! Who answers whether a set of demands can be met.

use crate::budget::Budget;
use crate::problem::{Problem, Scale};
use crate::solution::search::ask;

/// Which demands an outcome has to meet; constraints always.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demands {
    /// Per party: its reservation value.
    pub reservations: Vec<bool>,
    /// Per entry of [`Problem::red_lines`].
    pub red_lines: Vec<bool>,
}

impl Demands {
    /// Everything.
    #[must_use]
    pub fn all(problem: &Problem) -> Self {
        Self {
            reservations: vec![true; problem.parties],
            red_lines: vec![true; problem.red_lines.len()],
        }
    }

    /// Only the constraints.
    #[must_use]
    pub fn none(problem: &Problem) -> Self {
        Self {
            reservations: vec![false; problem.parties],
            red_lines: vec![false; problem.red_lines.len()],
        }
    }
}

/// What an oracle found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// An outcome that meets the demands (for a maximum: proved the best).
    Outcome(Vec<usize>),
    /// Proved that there is none.
    None,
    /// Not decided within the budget.
    Unknown,
}

/// Answers questions about what can be met together.
pub trait Oracle {
    /// An outcome that obeys the constraints and meets the demands.
    fn feasible(&self, demands: &Demands) -> Found;

    /// Of those outcomes one that is worth most to `party`.
    fn maximise(&self, party: usize, demands: &Demands) -> Found;
}

/// The branch and bound that also finds the fair deals.
#[derive(Debug)]
pub struct SearchOracle<'a> {
    problem: &'a Problem,
    budget: &'a Budget<'a>,
    /// Per party: no outcome is worth less.
    floors: Vec<i64>,
}

impl<'a> SearchOracle<'a> {
    /// For one problem and budget.
    #[must_use]
    pub fn new(problem: &'a Problem, budget: &'a Budget<'a>) -> Self {
        let floors = (0..problem.parties).map(|p| floor(problem, p)).collect();
        Self { problem, budget, floors }
    }

    /// The problem in which only the demands stand.
    fn demanding(&self, demands: &Demands) -> Problem {
        let mut problem = self.problem.clone();
        for (party, active) in demands.reservations.iter().enumerate() {
            if !active {
                problem.reservations[party] = self.floors[party];
            }
        }
        let mut keep = demands.red_lines.iter();
        problem.red_lines.retain(|_| keep.next().copied().unwrap_or(true));
        problem
    }
}

/// No outcome is worth less than this to a party.
fn floor(problem: &Problem, party: usize) -> i64 {
    let mut least = problem.constants[party];
    for table in &problem.tables {
        least += table.iter().skip(party).step_by(problem.parties).copied().min().unwrap_or(0);
    }
    least += problem
        .factors
        .iter()
        .filter(|f| f.party == party && f.value < 0)
        .map(|f| f.value)
        .sum::<i64>();
    problem.caps[party].map_or(least, |cap| least.min(cap))
}

impl Oracle for SearchOracle<'_> {
    fn feasible(&self, demands: &Demands) -> Found {
        let problem = self.demanding(demands);
        let answered = ask::acceptable(&problem, &demands.reservations, self.budget);
        match (answered.assignment, answered.proved) {
            (Some(assignment), _) => Found::Outcome(assignment),
            (None, true) => Found::None,
            (None, false) => Found::Unknown,
        }
    }

    fn maximise(&self, party: usize, demands: &Demands) -> Found {
        // Proving that there is nothing is the other question's strength.
        let start = match self.feasible(demands) {
            Found::Outcome(assignment) => assignment,
            other => return other,
        };
        let problem = self.demanding(demands);
        let answered = ask::best_for(&problem, party, &start, self.budget);
        match (answered.assignment, answered.proved) {
            (Some(assignment), true) => Found::Outcome(assignment),
            (None, true) => Found::None,
            (_, false) => Found::Unknown,
        }
    }
}

/// A scaled amount in a party's own units, exactly.
pub(super) fn own_units(scale: &Scale, amount: i64) -> detente_model::Number {
    scale.to_number(amount)
}
