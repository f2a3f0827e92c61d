//! `detente solve`: which deals are possible, efficient and fair?

mod answer;
mod explain;
mod extras_json;
pub(super) mod given;
mod json;
pub(crate) mod options;
mod partial;
mod patience;
mod reasons;

use crate::error::CommandError;
use crate::{load, output, snippet};
use answer::Answer;
use clap::Args;
use detente_model::Scenario;
use detente_report::Extras;
use detente_report::text::Emphasis;
use options::{Options, Output};
use patience::Patience;
use std::path::PathBuf;

/// Find whether agreement is possible, which deals are efficient, and which are fair
#[derive(Debug, Args)]
pub(crate) struct SolveArguments {
    /// The scenario's folder, or a file that holds all of it
    scenario: PathBuf,
    #[command(flatten)]
    options: Options,
}

/// Solves and prints.
pub(crate) fn run(arguments: &SolveArguments) -> Result<(), CommandError> {
    let options = &arguments.options;
    let input = load::scenario(&arguments.scenario)?;
    snippet::print(&input.warnings, &input.sources);
    let whole = options.acceptance.applied_to(input.scenario)?;
    let table = options.table(&whole)?;
    let scenario = table.as_ref().map_or(&whole, |t| &t.scenario);
    let given = options.from.as_deref().map(|text| given::read(scenario, text)).transpose()?;

    let patience = Patience::new(options.time);
    let answer = Answer::of(scenario, options, &patience)?;
    // The whole table is solved before the time for explanations begins to run.
    let before = table.as_ref().map(|_| Answer::of(&whole, options, &patience)).transpose()?;
    let explained = options.format == Output::Text
        || options.report.is_some()
        || options.explain
        || given.is_some();
    let mut extras = Extras::default();
    if explained {
        extras = explain::extras(scenario, &answer, given.as_ref(), &patience);
    }
    if let (Some(table), Some(before)) = (&table, &before) {
        explain::compare_tables(&mut extras, &whole, before, table);
    }
    patience.clear();
    about(&mut extras, &arguments.scenario);
    if let Some(path) = &options.report {
        output::write_file(path, &detente_report::solve_page(scenario, &answer.solved, &extras))?;
        output::complain(&format!("report written to {}", path.display()));
    }
    let text = match options.format {
        Output::Json => {
            json::document(scenario, &answer, (explained || table.is_some()).then_some(&extras))?
        }
        Output::Text => text(scenario, &answer, &extras),
    };
    output::print(&text)
}

fn text(scenario: &Scenario, answer: &Answer, extras: &Extras) -> String {
    detente_report::text::solve_text(scenario, &answer.solved, extras, Emphasis::Ansi)
}

/// What a page says of its own making.
fn about(extras: &mut Extras, scenario: &std::path::Path) {
    extras.as_of = Some(jiff::Zoned::now().date().to_string());
    extras.made_by = Some(format!("detente {}", env!("CARGO_PKG_VERSION")));
    extras.command = Some(format!("detente solve {}", scenario.display()));
}
