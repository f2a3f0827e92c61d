//! Whether lifting one red line or one practical constraint opens the zone of agreement.

use super::cuts::deal;
use super::oracle::{Demands, Found, Oracle, SearchOracle};
use crate::budget::Budget;
use crate::problem::{CompileError, Origin, Problem};
use crate::solved::Deal;
use detente_model::Scenario;

/// What would be lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lifted {
    /// A party's red line: party, index.
    RedLine(usize, usize),
    /// A practical constraint, by index.
    Constraint(usize),
}

/// What lifting it does.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Some outcome becomes acceptable to all: here is one.
    Opens(Deal),
    /// Still none.
    Nothing,
    /// Not decided within the budget.
    Undecided,
}

/// One thing lifted alone, and its effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Lift {
    /// What.
    pub what: Lifted,
    /// Its effect.
    pub effect: Effect,
}

fn effect(found: Found, problem: &Problem) -> Effect {
    match found {
        Found::Outcome(assignment) => Effect::Opens(deal(problem, &assignment)),
        Found::None => Effect::Nothing,
        Found::Unknown => Effect::Undecided,
    }
}

/// Each red line lifted alone. (Red lines that constraints already keep from
/// being crossed are left out: lifting them changes nothing.)
#[must_use]
pub fn red_lines(problem: &Problem, oracle: &dyn Oracle) -> Vec<Lift> {
    let mut lifts = Vec::new();
    for (index, line) in problem.red_lines.iter().enumerate() {
        let Origin::RedLine(party, number) = line.origin else { continue };
        let mut demands = Demands::all(problem);
        demands.red_lines[index] = false;
        let effect = effect(oracle.feasible(&demands), problem);
        lifts.push(Lift { what: Lifted::RedLine(party, number), effect });
    }
    lifts
}

/// Each constraint on a practical basis lifted alone.
#[must_use]
pub fn constraints(scenario: &Scenario, budget: &Budget<'_>) -> Vec<Lift> {
    let mut lifts = Vec::new();
    for (index, constraint) in scenario.constraints().iter().enumerate() {
        if !constraint.basis.is_negotiable() {
            continue;
        }
        let what = Lifted::Constraint(index);
        let effect = match without_constraints(scenario, &[index]).map(|s| Problem::new(&s)) {
            Some(Ok(problem)) => {
                let oracle = SearchOracle::new(&problem, budget);
                effect(oracle.feasible(&Demands::all(&problem)), &problem)
            }
            Some(Err(CompileError::NoOptionLeft { .. })) => Effect::Nothing,
            _ => Effect::Undecided,
        };
        lifts.push(Lift { what, effect });
    }
    lifts
}

/// The scenario without some constraints.
pub(super) fn without_constraints(scenario: &Scenario, dropped: &[usize]) -> Option<Scenario> {
    let mut draft = scenario.clone().into_draft();
    let mut index = 0;
    draft.constraints.retain(|_| {
        index += 1;
        !dropped.contains(&(index - 1))
    });
    draft.check().0
}
