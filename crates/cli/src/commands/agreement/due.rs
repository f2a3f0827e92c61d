//! `detente agreement due`: what is due, and what keeps the rest.

use super::on_a_day::OnADay;
use crate::error::CommandError;
use crate::output;
use clap::Args;
use detente_report::agreement::what_is_due;
use detente_report::text::{printable, wrapped};

/// List what is due, past its day or blocked as of a day, and why
#[derive(Debug, Args)]
pub(crate) struct DueArguments {
    #[command(flatten)]
    on: OnADay,
}

/// Lists what is due.
pub(crate) fn run(arguments: &DueArguments) -> Result<(), CommandError> {
    arguments.on.show(|input, status| {
        let table = what_is_due(status);
        let mut out = format!("{}, as of {}\n", input.agreement.title, status.as_of);
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
    })
}
