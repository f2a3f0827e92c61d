//! `detente log`: the log of live talks, verified, witnessed, looked back on.

mod checkpoint;
mod show;
mod strip;
mod verify;

use crate::error::CommandError;
use clap::{Args, Subcommand};
use detente_mediation::log::{Checkpoint, LogFile};
use detente_model::diagnostic::{Diagnostic, Sources};
use std::path::Path;

/// The log of live talks: verify it, let a witness sign it, look back on it
#[derive(Debug, Args)]
pub(crate) struct LogArguments {
    #[command(subcommand)]
    command: LogCommand,
}

#[derive(Debug, Subcommand)]
enum LogCommand {
    Verify(verify::VerifyArguments),
    Checkpoint(checkpoint::CheckpointArguments),
    Strip(strip::StripArguments),
    Show(show::ShowArguments),
}

/// Carries out one of them.
pub(crate) fn run(arguments: &LogArguments) -> Result<(), CommandError> {
    match &arguments.command {
        LogCommand::Verify(arguments) => verify::run(arguments),
        LogCommand::Checkpoint(arguments) => checkpoint::run(arguments),
        LogCommand::Strip(arguments) => strip::run(arguments),
        LogCommand::Show(arguments) => show::run(arguments),
    }
}

fn json(value: &impl serde::Serialize) -> Result<String, CommandError> {
    serde_json::to_string_pretty(value).map_err(|error| CommandError::failed(error.to_string()))
}

/// Something in a file that is not as it should be.
fn bad(path: &Path, code: &'static str, what: &impl ToString, hint: &str) -> CommandError {
    let file = path.display().to_string();
    let diagnostic = Diagnostic::error(code, what.to_string()).in_file(file).hint(hint);
    CommandError::Input { diagnostics: vec![diagnostic], sources: Sources::default() }
}

fn text_of(path: &Path) -> Result<String, CommandError> {
    let hint = "check the name; it is a text file";
    std::fs::read_to_string(path).map_err(|error| bad(path, "unreadable", &error, hint))
}

fn log(path: &Path) -> Result<LogFile, CommandError> {
    let hint = "a log is exported from the desk: one line naming the talks, one for each entry";
    LogFile::from_text(&text_of(path)?).map_err(|fault| bad(path, "bad-log", &fault, hint))
}

fn checkpoint(path: &Path) -> Result<Checkpoint, CommandError> {
    let hint = "a checkpoint is what `detente log checkpoint` writes; it is kept as it was written";
    let what = "no checkpoint, or one whose signature does not hold";
    Checkpoint::parse(&text_of(path)?).ok_or_else(|| bad(path, "bad-checkpoint", &what, hint))
}
