//! The commands, one file each.

mod agreement;
mod check;
mod convert;
mod doctor;
pub(crate) mod guarantee;
pub(crate) mod interim;
mod leak;
mod log;
mod mediate;
mod picture;
pub(crate) mod ratify;
mod record;
mod run;
mod serve;
mod solve;
pub(crate) mod stage;
mod talks;

use crate::error::CommandError;
use clap::{Parser, Subcommand};

/// Software for people who must reach an agreement without meeting or
/// trusting each other, and for those who carry proposals between them.
#[derive(Debug, Parser)]
#[command(name = "detente", version, about, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::CheckArguments),
    Picture(picture::PictureArguments),
    Record(record::RecordArguments),
    Log(log::LogArguments),
    Convert(convert::ConvertArguments),
    Solve(solve::SolveArguments),
    Run(run::RunArguments),
    Mediate(mediate::MediateArguments),
    Leak(leak::LeakArguments),
    Stage(stage::Stage),
    Interim(interim::Interim),
    Guarantee(guarantee::Guarantee),
    Ratify(ratify::Ratify),
    Agreement(agreement::AgreementArguments),
    Serve(serve::ServeArguments),
    Doctor(doctor::DoctorArguments),
    Backup(doctor::BackupArguments),
    Restore(doctor::RestoreArguments),
    Talks(talks::TalksArguments),
}

/// Carries out one command.
pub(crate) fn run(arguments: Arguments) -> Result<(), CommandError> {
    match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Picture(arguments) => picture::run(&arguments),
        Command::Record(arguments) => record::run(&arguments),
        Command::Log(arguments) => log::run(&arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Solve(arguments) => solve::run(&arguments),
        Command::Run(arguments) => run::run(&arguments),
        Command::Mediate(arguments) => mediate::run(&arguments),
        Command::Leak(arguments) => leak::run(&arguments),
        Command::Stage(arguments) => arguments.run(),
        Command::Interim(arguments) => arguments.run(),
        Command::Guarantee(arguments) => arguments.run(),
        Command::Ratify(arguments) => arguments.run(),
        Command::Agreement(arguments) => agreement::run(&arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Doctor(arguments) => arguments.run(),
        Command::Backup(arguments) => arguments.run(),
        Command::Restore(arguments) => arguments.run(),
        Command::Talks(arguments) => arguments.run(),
    }
}
