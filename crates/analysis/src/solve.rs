//! The whole answer for one scenario: count, frontier, fair deals.

use crate::budget::Budget;
use crate::frontier::{self, Completeness, Frontier, Point};
use crate::problem::{CompileError, Problem};
use crate::solution::{self, Solutions};
use crate::solved::{Deal, FrontierOfDeals, SolutionDeal, Solved};
use crate::{count, quota};
use detente_model::{AcceptanceRule, Scenario};

/// Up to so many outcomes the frontier of any number of parties is small.
const FEW_OUTCOMES: u64 = 1 << 20;

/// Solves a scenario whose parties all have numeric preferences and whose
/// issues are all chosen, not shared out.
///
/// # Errors
/// [`CompileError`] when the scenario cannot be compiled.
pub fn solve(scenario: &Scenario, budget: &Budget<'_>) -> Result<Solved, CompileError> {
    let problem = Problem::new(scenario)?;
    Ok(solve_problem(scenario, &problem, budget))
}

/// The same for a problem already compiled from this scenario.
#[must_use]
pub fn solve_problem(scenario: &Scenario, problem: &Problem, budget: &Budget<'_>) -> Solved {
    let in_own_units = |found: Answer| found.in_own_units(scenario, problem);
    if let AcceptanceRule::Quota { .. } = scenario.acceptance() {
        let whole = frontier::frontier(problem, budget);
        let passing = quota::solutions(problem, scenario.acceptance(), budget);
        return in_own_units(Answer {
            acceptable: passing.passing,
            frontier: whole,
            solutions: passing.solutions,
        });
    }
    // Where outcomes are few, or the parties two, the frontier gives the fair
    // deals; otherwise they come first, since it may use up the whole budget.
    let few = scenario.outcome_count() <= FEW_OUTCOMES.into();
    let (whole, solutions) = if problem.parties == 2 || few {
        let whole = frontier::frontier(problem, budget);
        let solutions = solution::solutions(problem, Some(&whole), budget);
        (whole, solutions)
    } else {
        let solutions = solution::solutions(problem, None, budget);
        (frontier::frontier(problem, budget), solutions)
    };
    let acceptable = match solutions.agreement_possible {
        Some(false) => Some(0_u8.into()),
        _ => count::acceptable_outcomes(problem, budget),
    };
    in_own_units(Answer { acceptable, frontier: whole, solutions })
}

struct Answer {
    acceptable: Option<num_bigint::BigUint>,
    frontier: Frontier,
    solutions: Solutions,
}

impl Answer {
    fn in_own_units(self, scenario: &Scenario, problem: &Problem) -> Solved {
        let deal = |point: &Point| Deal {
            outcome: problem.outcome(&point.assignment),
            utilities: problem.in_own_units(&point.utilities),
        };
        let solutions = self.solutions.picks.iter().map(|pick| SolutionDeal {
            rule: pick.rule,
            deal: deal(&pick.point),
            value: pick.value,
            optimal: pick.optimal,
            bound: pick.bound,
        });
        Solved {
            agreement_possible: self.solutions.agreement_possible,
            outcomes: scenario.outcome_count(),
            acceptable_outcomes: self.acceptable,
            solutions: solutions.collect(),
            frontier: FrontierOfDeals {
                deals: self.frontier.points.iter().map(deal).collect(),
                multiplicities: self.frontier.points.iter().map(|p| p.outcomes).collect(),
                completeness: self.frontier.completeness,
                continuous: false,
            },
            ideals: problem.in_own_units(&self.solutions.ideals),
            reservations: reservation_values(scenario),
            exact: problem.is_exact(),
        }
    }
}

/// Each party's utility of no agreement as it was stated.
#[must_use]
pub fn reservation_values(scenario: &Scenario) -> Vec<f64> {
    let stated = scenario.preferences().iter().filter_map(|p| p.utility());
    stated.map(|u| u.reservation.to_f64()).collect()
}

impl FrontierOfDeals {
    /// How many points there are; `None` unless these are all.
    #[must_use]
    pub fn size(&self) -> Option<usize> {
        (self.completeness == Completeness::Complete).then_some(self.deals.len())
    }
}
