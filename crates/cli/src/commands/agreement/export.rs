//! `detente agreement export`: the status for other programs.

use super::{signed, today};
use crate::error::CommandError;
use crate::{agreements, output, snippet};
use clap::Args;
use detente_agreement::status::status;
use detente_report::agreement::{
    calendar, document, incident_log, matrix, quantities, sheet, status_page, themes, what_is_due,
};
use jiff::civil::Date;
use std::path::PathBuf;

/// Write the status for a calendar, a spreadsheet, a word processor, a browser
#[derive(Debug, Args)]
#[group(id = "target", required = true, multiple = true, args = ["ics", "csv", "docx", "html"])]
pub(crate) struct ExportArguments {
    /// The agreement's folder
    agreement: PathBuf,
    /// As of the end of this day, as recorded by then; today by default
    #[arg(long, value_name = "DAY")]
    as_of: Option<Date>,
    /// Coming days as iCalendar
    #[arg(long, value_name = "FILE.ics")]
    ics: Option<PathBuf>,
    /// Every table as CSV, into this folder
    #[arg(long, value_name = "FOLDER")]
    csv: Option<PathBuf>,
    /// The status as a document
    #[arg(long, value_name = "FILE.docx")]
    docx: Option<PathBuf>,
    /// The status as a page
    #[arg(long, value_name = "FILE.html")]
    html: Option<PathBuf>,
    /// Who the page is for
    #[arg(long, value_name = "WORDS", default_value = "Whoever this file is given to.")]
    audience: String,
}

/// Exports.
pub(crate) fn run(arguments: &ExportArguments) -> Result<(), CommandError> {
    let input = agreements::load(&arguments.agreement)?;
    snippet::print(&input.warnings, &input.sources);
    let day = arguments.as_of.unwrap_or_else(|| today(&input.agreement.zone));
    let (ledger, _) = input.ledger(Some(day))?;
    let signed = signed::sentences(&input)?;
    let status = status(&input.agreement, &ledger, day);
    let mut written = Vec::new();
    if let Some(path) = &arguments.ics {
        output::write_file(path, &calendar(&status))?;
        written.push(path.clone());
    }
    if let Some(folder) = &arguments.csv {
        std::fs::create_dir_all(folder)?;
        let tables = [
            matrix(&status),
            what_is_due(&status),
            themes(&status),
            quantities(&status),
            incident_log(&status),
        ];
        for table in &tables {
            let path = folder.join(format!("{}.csv", table.id));
            output::write_file(&path, &sheet(table))?;
            written.push(path);
        }
    }
    if let Some(path) = &arguments.docx {
        output::write_file(path, &document(&status, &signed))?;
        written.push(path.clone());
    }
    if let Some(path) = &arguments.html {
        output::write_file(path, &status_page(&status, &arguments.audience, &signed))?;
        written.push(path.clone());
    }
    let names: Vec<String> = written.iter().map(|p| p.display().to_string()).collect();
    output::print(&format!("written, as of {day}: {}", names.join(", ")))
}
