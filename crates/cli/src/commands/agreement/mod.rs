//! `detente agreement`: what was signed, what is due, what was done, alleged, found.

mod draft;
mod due;
mod export;
mod keygen;
mod log;
mod on_a_day;
mod show;
mod sign;
mod signed;
mod simulate;
mod status;
mod verify;

use crate::error::CommandError;
use clap::{Args, Subcommand};

/// Keep a signed agreement: sign it, verify it, see what is due, record what happened
#[derive(Debug, Args)]
pub(crate) struct AgreementArguments {
    #[command(subcommand)]
    command: AgreementCommand,
}

#[derive(Debug, Subcommand)]
enum AgreementCommand {
    Verify(verify::VerifyArguments),
    Sign(sign::SignArguments),
    Keygen(keygen::KeygenArguments),
    Show(show::ShowArguments),
    Status(status::StatusArguments),
    Due(due::DueArguments),
    Simulate(simulate::SimulateArguments),
    Export(export::ExportArguments),
    Draft(draft::DraftArguments),
    Log(log::LogArguments),
}

/// Carries out one of them.
pub(crate) fn run(arguments: &AgreementArguments) -> Result<(), CommandError> {
    match &arguments.command {
        AgreementCommand::Verify(arguments) => verify::run(arguments),
        AgreementCommand::Sign(arguments) => sign::run(arguments),
        AgreementCommand::Keygen(arguments) => keygen::run(arguments),
        AgreementCommand::Show(arguments) => show::run(arguments),
        AgreementCommand::Status(arguments) => status::run(arguments),
        AgreementCommand::Due(arguments) => due::run(arguments),
        AgreementCommand::Simulate(arguments) => simulate::run(arguments),
        AgreementCommand::Export(arguments) => export::run(arguments),
        AgreementCommand::Draft(arguments) => draft::run(arguments),
        AgreementCommand::Log(arguments) => log::run(arguments),
    }
}
