//! `detente solve`: which deals are possible, efficient and fair?

mod json;
mod options;

use crate::error::CommandError;
use crate::{load, output, snippet};
use clap::Args;
use detente_analysis::problem::CompileError;
use detente_analysis::{Budget, Solved};
use detente_model::Scenario;
use detente_model::diagnostic::Diagnostic;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Find whether agreement is possible, which deals are efficient, and which are fair
#[derive(Debug, Args)]
pub(crate) struct SolveArguments {
    /// The scenario's folder, or a file that holds all of it
    scenario: PathBuf,
    #[command(flatten)]
    options: options::Options,
}

/// Solves and prints.
pub(crate) fn run(arguments: &SolveArguments) -> Result<(), CommandError> {
    let options = &arguments.options;
    let input = load::scenario(&arguments.scenario)?;
    snippet::print(&input.warnings, &input.sources);
    let scenario = options.apply(input.scenario)?;
    let solved = solve(&scenario, options)?;
    match options.format {
        options::Output::Json => output::print(&json::document(&scenario, &solved)?),
        options::Output::Text => output::print(&json::document(&scenario, &solved)?),
    }
}

fn solve(scenario: &Scenario, options: &options::Options) -> Result<Solved, CommandError> {
    let deadline = options.time.map(|seconds| Instant::now() + Duration::from_secs_f64(seconds));
    let over = move || deadline.is_some_and(|d| Instant::now() >= d);
    let mut budget = Budget::default().stopped_by(&over);
    if let Some(limit) = options.frontier_limit {
        budget = budget.with_frontier_limit(limit);
    }
    detente_analysis::solve(scenario, &budget).map_err(|error| unusable(&error))
}

/// A scenario that is sound but cannot be computed with.
fn unusable(error: &CompileError) -> CommandError {
    let (code, hint) = match error {
        CompileError::OrdinalOnly(_) => {
            ("orders-only", "give that party numbers, or ask for the ordinal solutions")
        }
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
    let diagnostic = Diagnostic::error(code, error.to_string()).hint(hint);
    CommandError::Input { diagnostics: vec![diagnostic], sources: Default::default() }
}
