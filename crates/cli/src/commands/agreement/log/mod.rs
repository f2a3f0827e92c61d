//! `detente agreement log`: the record of what happened since.

mod add;
mod checkpoint;
mod verify;

use crate::error::CommandError;
use clap::{Args, Subcommand};

/// The implementation log: add a line, verify the chain, let a witness sign how far it is
#[derive(Debug, Args)]
pub(crate) struct LogArguments {
    #[command(subcommand)]
    command: LogCommand,
}

#[derive(Debug, Subcommand)]
enum LogCommand {
    Add(add::AddArguments),
    Verify(verify::VerifyArguments),
    Checkpoint(checkpoint::CheckpointArguments),
}

/// Carries out one of them.
pub(crate) fn run(arguments: &LogArguments) -> Result<(), CommandError> {
    match &arguments.command {
        LogCommand::Add(arguments) => add::run(arguments),
        LogCommand::Verify(arguments) => verify::run(arguments),
        LogCommand::Checkpoint(arguments) => checkpoint::run(arguments),
    }
}
