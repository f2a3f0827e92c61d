//! `detente leak`: what would this draft give away?

mod audience;
mod honest;
mod json;
mod options;

use crate::commands::solve::options::Output;
use crate::error::CommandError;
use crate::{load, output, snippet};
use clap::Args;
use detente_analysis::Problem;
use detente_leakage::LeakError;
use detente_model::{AcceptanceRule, Scenario};
use detente_report::leak::{Readings, leak_page, leak_text};
use detente_report::text::Emphasis;
use options::Options;
use std::path::PathBuf;

/// Say what a draft would tell its readers about every other party, before it is sent
#[derive(Debug, Args)]
pub(crate) struct LeakArguments {
    /// The scenario's folder, or a file that holds all of it
    scenario: PathBuf,
    #[command(flatten)]
    options: Options,
}

/// Measures and prints.
pub(crate) fn run(arguments: &LeakArguments) -> Result<(), CommandError> {
    let options = &arguments.options;
    let input = load::scenario(&arguments.scenario)?;
    snippet::print(&input.warnings, &input.sources);
    let scenario = &input.scenario;
    let problem = compile(scenario)?;
    if options.honest {
        return output::print(&honest::answer(scenario, &problem, options)?);
    }
    let audiences = options.audiences(scenario)?;
    let mut readings = Vec::new();
    for readers in audiences {
        readings.push(audience::reading(scenario, &problem, options, readers)?);
    }
    let shown = Readings {
        scenario,
        readings: &readings,
        prior: prior(scenario, options),
        as_of: Some(jiff::Zoned::now().date().to_string()),
        made_by: Some(format!("detente {}", env!("CARGO_PKG_VERSION"))),
        command: Some(
            std::iter::once("detente".to_owned())
                .chain(std::env::args().skip(1))
                .collect::<Vec<_>>()
                .join(" "),
        ),
    };
    if let Some(path) = &options.report {
        output::write_file(path, &leak_page(&shown))?;
        output::complain(&format!("report written to {}", path.display()));
    }
    output::print(&match options.format {
        Output::Text => leak_text(&shown, Emphasis::Ansi),
        Output::Json => json::document(&shown)?,
    })
}

fn compile(scenario: &Scenario) -> Result<Problem, CommandError> {
    if let Some(issue) = scenario.issues().iter().find(|i| i.is_divisible()) {
        return Err(refused(&LeakError::Divisible(issue.name.clone())));
    }
    Problem::new(scenario).map_err(|error| {
        CommandError::usage(
            "not-measurable",
            error.to_string(),
            "leakage needs a prior built from numbers: give this party weights and values",
        )
    })
}

/// A library's refusal as an error with how to mend it.
pub(super) fn refused(error: &LeakError) -> CommandError {
    let hint = match error {
        LeakError::TooManyOutcomes(_) => "take issues off the table, or use larger steps",
        LeakError::Divisible(_) => "give the issue options, such as a few typical splits",
        LeakError::NothingFeasible => "see `detente solve` for what contradicts what",
        LeakError::TooManyStates(_) => "use --particles 3000",
        LeakError::CapBelowPrior { .. } => "raise the cap, or use a coarser prior",
        LeakError::OutOfRange { .. } | LeakError::Empty(_) => "see `detente leak --help`",
        _ => "try another rule, or --particles",
    };
    CommandError::usage("not-measurable", error.to_string(), hint)
}

/// What readers are taken to believe, in a sentence.
fn prior(scenario: &Scenario, options: &Options) -> String {
    let grid: Vec<String> = options.grid.0.iter().map(ToString::to_string).collect();
    let shapes: Vec<String> = options.shapes.iter().map(ToString::to_string).collect();
    let shuffled = options.family().shuffled;
    let spread = match options.particles {
        Some(_) => {
            format!("any order of its weights, powers from {} (sampled)", shapes.join(" to "))
        }
        None => {
            format!("its {shuffled} heaviest weights in any order, powers {}", shapes.join(" and "))
        }
    };
    let consent = match scenario.acceptance() {
        AcceptanceRule::Unanimity => "",
        AcceptanceRule::Quota { .. } => {
            " Measured as if every party's consent were needed; here a quota suffices."
        }
    };
    format!(
        "Readers are taken to know the sizes of each other party's weights but not which issue has which ({spread}), and to hold each limit at {} of its scale and each red line or its absence equally likely.{consent}",
        grid.join(", "),
    )
}
