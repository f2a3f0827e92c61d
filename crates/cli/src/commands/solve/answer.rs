//! The answer for whichever kind of scenario it is.

use super::options::Options;
use super::partial;
use super::patience::Patience;
use crate::error::CommandError;
use detente_analysis::division::lottery::{self, Lotteries};
use detente_analysis::division::{self, DivisionError};
use detente_analysis::frontier::{Completeness, Frontier, frontier};
use detente_analysis::partial::PartialAnswer;
use detente_analysis::problem::CompileError;
use detente_analysis::{Budget, Problem, Solved, solve};
use detente_model::diagnostic::Diagnostic;
use detente_model::{AcceptanceRule, Scenario};

/// What was found.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) solved: Solved,
    /// The compiled problem, where every party gave numbers.
    pub(super) problem: Option<Problem>,
    /// With `--lotteries`.
    pub(super) lotteries: Option<Lotteries>,
    /// Where some party gave no full numbers.
    pub(super) partial: Option<PartialAnswer>,
}

impl Answer {
    pub(super) fn of(
        scenario: &Scenario,
        options: &Options,
        patience: &Patience,
    ) -> Result<Self, CommandError> {
        let over = || patience.is_over();
        let mut budget = Budget::default().stopped_by(&over);
        if let Some(limit) = options.frontier_limit {
            budget = budget.with_frontier_limit(limit);
        }
        if scenario.utilities().is_none() {
            let partial = partial::answer(scenario, &budget)?;
            let mut solved = Solved::unsearched(scenario.outcome_count());
            solved.agreement_possible = partial.as_ref().and_then(|p| p.agreement_possible);
            return Ok(Self { solved, problem: None, lotteries: None, partial });
        }
        let problem = match Problem::new(scenario) {
            Ok(problem) => problem,
            Err(CompileError::NoOptionLeft { .. }) => {
                return Ok(Self {
                    solved: nothing_feasible(scenario),
                    problem: None,
                    lotteries: None,
                    partial: None,
                });
            }
            Err(error) => return Err(unusable(&error)),
        };
        if options.lotteries
            && (scenario.has_divisible_issues()
                || *scenario.acceptance() != AcceptanceRule::Unanimity)
        {
            return Err(CommandError::usage(
                "no-lotteries",
                "lotteries are computed for unanimity and without divisible issues",
                "leave --lotteries out",
            ));
        }
        if scenario.has_divisible_issues() {
            let divided = division::solve(scenario, &budget).map_err(|error| undivided(&error))?;
            let solved = Solved {
                agreement_possible: divided.agreement_possible,
                outcomes: scenario.outcome_count(),
                acceptable_outcomes: None,
                frontier: divided.frontier,
                solutions: divided.solutions,
                ideals: divided.ideals,
                reservations: solve::reservation_values(scenario),
                exact: divided.exact,
            };
            return Ok(Self { solved, problem: Some(problem), lotteries: None, partial: None });
        }
        let solved = solve::solve_problem(scenario, &problem, &budget);
        let lotteries = options.lotteries.then(|| lotteries(&problem, &budget)).transpose()?;
        Ok(Self { solved, problem: Some(problem), lotteries, partial: None })
    }

    /// The frontier of the outcomes that cross no red line, for explanations.
    pub(super) fn frontier_within_red_lines(
        &self,
        budget: &Budget<'_>,
    ) -> Option<(Problem, Frontier)> {
        let within = self.problem.as_ref()?.with_red_lines_as_constraints();
        let points = frontier(&within, budget);
        Some((within, points))
    }
}

/// The constraints leave some issue no option at all.
fn nothing_feasible(scenario: &Scenario) -> Solved {
    let mut solved = Solved::unsearched(scenario.outcome_count());
    solved.agreement_possible = Some(false);
    solved.acceptable_outcomes = Some(0_u8.into());
    solved.frontier.completeness = Completeness::Complete;
    solved.reservations = solve::reservation_values(scenario);
    solved
}

fn lotteries(problem: &Problem, budget: &Budget<'_>) -> Result<Lotteries, CommandError> {
    let within = problem.with_red_lines_as_constraints();
    let points = frontier(&within, budget);
    lottery::lotteries(&within, &points, budget).map_err(|error| {
        CommandError::usage(
            "no-lotteries",
            error.to_string(),
            "leave --lotteries out, or raise --frontier-limit or --time",
        )
    })
}

/// A scenario that is sound but cannot be computed with.
fn unusable(error: &CompileError) -> CommandError {
    let (code, hint) = match error {
        CompileError::OrdinalOnly(_) => ("orders-only", "give that party numbers"),
        CompileError::TooManyOptions { .. } => ("too-many-options", "give the issue a larger step"),
        CompileError::SumOutOfRange(_) => {
            ("sum-out-of-range", "round the figures of the constraint")
        }
        CompileError::NoOptionLeft { .. } => {
            ("no-option-left", "lift one of the constraints on that issue")
        }
        CompileError::ValuesOutOfRange(_) => {
            ("values-out-of-range", "divide that party's values by a constant")
        }
    };
    input_error(Diagnostic::error(code, error.to_string()).hint(hint))
}

fn undivided(error: &DivisionError) -> CommandError {
    match error {
        DivisionError::Compile(error) => unusable(error),
        other => input_error(
            Diagnostic::error("cannot-divide", other.to_string()).hint("change that part of the scenario, or solve it without the divisible issues (--without)"),
        ),
    }
}

pub(super) fn input_error(diagnostic: Diagnostic) -> CommandError {
    CommandError::Input { diagnostics: vec![diagnostic], sources: Default::default() }
}
