//! `detente agreement log checkpoint`: a witness signs how far the log is.

use super::super::today;
use crate::error::CommandError;
use crate::{agreements, output};
use clap::Args;
use detente_agreement::key::SecretKey;
use detente_agreement::log::{Builder, Checkpoint};
use jiff::civil::Date;
use std::path::PathBuf;

/// As a witness, sign how far the log is; keep the file away from it
#[derive(Debug, Args)]
pub(crate) struct CheckpointArguments {
    /// The agreement's folder
    agreement: PathBuf,
    /// The witness's secret key
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Where to write the checkpoint
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The day to write under it; today by default
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
}

/// Signs a checkpoint.
pub(crate) fn run(arguments: &CheckpointArguments) -> Result<(), CommandError> {
    let input = agreements::load(&arguments.agreement)?;
    let key = SecretKey::from_file(&agreements::read_text(&arguments.key)?).ok_or_else(|| {
        CommandError::usage(
            "bad-key",
            format!("{} is no secret key", arguments.key.display()),
            "give the file that `detente agreement keygen` wrote",
        )
    })?;
    let mut builder = Builder::new(&input.agreement.id, None);
    input.feed(&mut builder)?;
    let (entries, head) = (builder.chain().entries, builder.chain().head);
    let date = arguments.date.unwrap_or_else(|| today(&input.agreement.zone));
    let checkpoint = Checkpoint::make(&input.agreement.id, entries, head, date, &key);
    output::write_file(&arguments.out, &checkpoint.text())?;
    output::print(&format!(
        "{} attests {entries} lines; keep {} away from the log",
        key.holder(),
        arguments.out.display()
    ))
}
