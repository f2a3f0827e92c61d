//! `detente log checkpoint`: what a log is now, for someone outside to keep.

use super::log;
use crate::error::CommandError;
use crate::output;
use clap::Args;
use detente_mediation::log::{Checkpoint, verify};
use std::path::PathBuf;

/// Print what the log is now, for a witness outside to sign and keep
///
/// It says nothing about the talks but how many entries their log has.
#[derive(Debug, Args)]
pub(crate) struct CheckpointArguments {
    /// The exported log
    log: PathBuf,
}

/// Prints a checkpoint of a log that verifies.
pub(crate) fn run(arguments: &CheckpointArguments) -> Result<(), CommandError> {
    let file = log(&arguments.log)?;
    let verified = verify(file.talks, &file.records, &[]);
    if let Some(finding) = verified.findings.first() {
        return Err(CommandError::usage(
            "log-does-not-hold",
            finding.to_string(),
            "see `detente log verify`; a log that does not hold gets no checkpoint",
        ));
    }
    output::print(&Checkpoint::of(verified.head).to_note())
}
