//! `detente record`: who claimed what, on whose authority.

mod check;
mod confirm;
mod import;
mod show;

use crate::error::CommandError;
use clap::{Args, Subcommand};

/// Keep a sourced record of talks: check it, show it, propose claims from a report
#[derive(Debug, Args)]
pub(crate) struct RecordArguments {
    #[command(subcommand)]
    command: RecordCommand,
}

#[derive(Debug, Subcommand)]
enum RecordCommand {
    Check(check::CheckArguments),
    Show(show::ShowArguments),
    Import(import::ImportArguments),
}

/// Carries out one of them.
pub(crate) fn run(arguments: &RecordArguments) -> Result<(), CommandError> {
    match &arguments.command {
        RecordCommand::Check(arguments) => check::run(arguments),
        RecordCommand::Show(arguments) => show::run(arguments),
        RecordCommand::Import(arguments) => import::run(arguments),
    }
}

fn json(value: &impl serde::Serialize) -> Result<String, CommandError> {
    serde_json::to_string_pretty(value).map_err(|error| CommandError::failed(error.to_string()))
}
