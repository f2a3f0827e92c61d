//! `detente record check`: which versions, how many independent origins.

use super::json;
use crate::error::CommandError;
use crate::output::{self, Format};
use crate::{records, snippet};
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

/// Show, for each event, how many independent origins support which version
///
/// Counts origins, not repetitions: outlets that carry one story are one
/// origin. Says where versions part, what rests on a single unnamed source,
/// and which sources cite each other in a circle. It never says what is true.
#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    /// The record's folder, or its file
    record: PathBuf,
    /// The record as it stood on this day (2024-10-23)
    #[arg(long, value_name = "DAY")]
    as_of: Option<Date>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Checks a record.
pub(crate) fn run(arguments: &CheckArguments) -> Result<(), CommandError> {
    let loaded = records::load(&arguments.record)?;
    snippet::print(&loaded.warnings, &loaded.sources);
    let record = match arguments.as_of {
        Some(day) => loaded.record.as_of(day),
        None => loaded.record,
    };
    let check = detente_record::check::check(&record);
    match arguments.format {
        Format::Text => output::print(&detente_report::record::check_text(&check)),
        Format::Json => output::print(&json(&check)?),
    }
}
