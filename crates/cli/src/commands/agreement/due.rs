//! `detente agreement due`: what is due, and what keeps the rest.

use super::today;
use crate::error::CommandError;
use crate::{agreements, output, snippet};
use clap::Args;
use detente_agreement::status::status;
use detente_report::agreement::what_is_due;
use detente_report::text::{printable, wrapped};
use jiff::civil::Date;
use std::path::PathBuf;

/// List what is due, overdue or blocked as of a day, and why
#[derive(Debug, Args)]
pub(crate) struct DueArguments {
    /// The agreement's folder
    agreement: PathBuf,
    /// As of the end of this day, as recorded by then; today by default
    #[arg(long, value_name = "DAY")]
    as_of: Option<Date>,
}

/// Lists what is due.
pub(crate) fn run(arguments: &DueArguments) -> Result<(), CommandError> {
    let input = agreements::load(&arguments.agreement)?;
    snippet::print(&input.warnings, &input.sources);
    let day = arguments.as_of.unwrap_or_else(|| today(&input.agreement.zone));
    let (ledger, _) = input.ledger(Some(day))?;
    let status = status(&input.agreement, &ledger, day);
    let table = what_is_due(&status);
    let mut out = format!("{}, as of {day}\n", input.agreement.title);
    if table.rows.is_empty() {
        out.push_str("Nothing is waiting to be done.\n");
    }
    for row in &table.rows {
        let words = format!("{} ({}): {}. {}", row[1], row[2], row[3], row[4]);
        let first = format!("{:<17}", row[0]);
        out.push_str(&wrapped(&printable(&words), 80, &first, &" ".repeat(17)));
        out.push('\n');
    }
    output::print(&out)
}
