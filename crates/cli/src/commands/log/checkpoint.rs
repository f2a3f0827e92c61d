//! `detente log checkpoint`: a witness signs how far a log has come.

use super::{bad, log};
use crate::error::CommandError;
use crate::witness::Attestation;
use clap::Args;
use detente_mediation::log::verify;
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// As a witness outside, sign how far a log has come; keep the file away from it
///
/// A log without its contents is enough, and says nothing about the talks but
/// how many entries there are in how many rooms. A log that does not hold gets
/// no checkpoint.
#[derive(Debug, Args)]
pub(crate) struct CheckpointArguments {
    /// The exported log, with or without its contents
    log: PathBuf,
    #[command(flatten)]
    attestation: Attestation,
    /// The witness's checkpoint before, which the log must agree with
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
}

/// Signs a checkpoint of a log that verifies.
pub(crate) fn run(arguments: &CheckpointArguments) -> Result<(), CommandError> {
    let file = log(&arguments.log)?;
    let since =
        arguments.since.iter().map(|p| super::checkpoint(p)).collect::<Result<Vec<_>, _>>()?;
    let verified = verify(file.talks, &file.records, &since);
    if let Some(finding) = verified.findings.first() {
        let hint = "see `detente log verify`; a log that does not hold gets no checkpoint";
        return Err(bad(&arguments.log, "log-does-not-hold", finding, hint));
    }
    let size = verified.head.size;
    arguments.attestation.write(&TimeZone::UTC, &format!("{size} entries"), |date, key| {
        verified.head.attested(date, key).text()
    })
}
