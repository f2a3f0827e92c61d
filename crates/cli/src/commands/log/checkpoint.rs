//! `detente log checkpoint`: a witness signs how far a log has come.

use super::{bad, log, text_of};
use crate::error::CommandError;
use crate::output;
use clap::Args;
use detente_agreement::key::SecretKey;
use detente_mediation::log::verify;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
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
    /// The witness's secret key, from `detente agreement keygen`
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Where to write the checkpoint
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The witness's checkpoint before, which the log must agree with
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    /// The day to write under it; today (UTC) by default
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
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
    let hint = "give the file that `detente agreement keygen` wrote";
    let key = SecretKey::from_file(&text_of(&arguments.key)?)
        .ok_or_else(|| bad(&arguments.key, "bad-key", &"no secret key", hint))?;
    let day = arguments.date.unwrap_or_else(|| Timestamp::now().to_zoned(TimeZone::UTC).date());
    let checkpoint = verified.head.attested(day, &key);
    output::write_file(&arguments.out, &checkpoint.text())?;
    output::print(&format!(
        "{} attests {} entries; keep {} away from the log",
        key.holder(),
        verified.head.size,
        arguments.out.display()
    ))
}
