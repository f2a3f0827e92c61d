//! `detente agreement export`: the status for other programs.

use super::on_a_day::{Audience, OnADay};
use super::signed;
use crate::error::CommandError;
use crate::output;
use clap::Args;
use detente_report::agreement::{
    calendar, document, incident_log, matrix, quantities, sheet, status_page, themes, what_is_due,
};
use std::path::PathBuf;

/// Write the status for a calendar, a spreadsheet, a word processor, a browser
#[derive(Debug, Args)]
#[group(id = "target", required = true, multiple = true, args = ["ics", "csv", "docx", "html"])]
pub(crate) struct ExportArguments {
    #[command(flatten)]
    on: OnADay,
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
    #[command(flatten)]
    readers: Audience,
}

/// Exports.
pub(crate) fn run(arguments: &ExportArguments) -> Result<(), CommandError> {
    arguments.on.show(|input, status| {
        let signed = signed::sentences(input)?;
        let mut written = Vec::new();
        if let Some(path) = &arguments.ics {
            output::write_file(path, &calendar(status))?;
            written.push(path.clone());
        }
        if let Some(folder) = &arguments.csv {
            std::fs::create_dir_all(folder)?;
            let tables = [matrix, what_is_due, themes, quantities, incident_log];
            for table in tables.map(|table| table(status)) {
                let path = folder.join(format!("{}.csv", table.id));
                output::write_file(&path, &sheet(&table))?;
                written.push(path);
            }
        }
        if let Some(path) = &arguments.docx {
            output::write_file(path, &document(status, &signed))?;
            written.push(path.clone());
        }
        if let Some(path) = &arguments.html {
            let page = status_page(status, &arguments.readers.audience, &signed);
            output::write_file(path, &page)?;
            written.push(path.clone());
        }
        let names: Vec<String> = written.iter().map(|p| p.display().to_string()).collect();
        output::print(&format!("written, as of {}: {}", status.as_of, names.join(", ")))
    })
}
