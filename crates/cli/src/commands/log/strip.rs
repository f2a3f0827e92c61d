//! `detente log strip`: a log without its contents, for a witness.

use super::log;
use crate::error::CommandError;
use crate::output;
use clap::Args;
use std::path::PathBuf;

/// Print the log without its contents, for a witness to verify and sign
#[derive(Debug, Args)]
pub(crate) struct StripArguments {
    /// The exported log
    log: PathBuf,
}

/// Prints it.
pub(crate) fn run(arguments: &StripArguments) -> Result<(), CommandError> {
    let mut file = log(&arguments.log)?;
    for record in &mut file.records {
        record.payload = None;
    }
    output::print(&file.to_text())
}
