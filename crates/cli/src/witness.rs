//! A witness outside signs how far a log has come.

use crate::error::CommandError;
use crate::{agreements, output};
use clap::Args;
use detente_agreement::key::SecretKey;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};

/// What it takes to sign a checkpoint.
#[derive(Debug, Args)]
pub(crate) struct Attestation {
    /// The witness's secret key, from `detente agreement keygen`
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Where to write the checkpoint; keep it away from the log
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The day to write under it; today by default
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
}

impl Attestation {
    /// Signs `what` (so many entries or lines) and writes the checkpoint.
    pub(crate) fn write(
        &self,
        zone: &TimeZone,
        what: &str,
        checkpoint: impl FnOnce(Date, &SecretKey) -> String,
    ) -> Result<(), CommandError> {
        let key = secret_key(&self.key)?;
        let date = self.date.unwrap_or_else(|| today(zone));
        output::write_file(&self.out, &checkpoint(date, &key))?;
        let (holder, out) = (key.holder(), self.out.display());
        output::print(&format!("{holder} attests {what}; keep {out} away from the log"))
    }
}

/// The secret key in a file.
pub(crate) fn secret_key(path: &Path) -> Result<SecretKey, CommandError> {
    SecretKey::from_file(&agreements::read_text(path)?).ok_or_else(|| {
        CommandError::usage(
            "bad-key",
            format!("{} is no secret key", path.display()),
            "give the file that `detente agreement keygen` wrote",
        )
    })
}

/// The day it is, in a time zone.
pub(crate) fn today(zone: &TimeZone) -> Date {
    Timestamp::now().to_zoned(zone.clone()).date()
}
