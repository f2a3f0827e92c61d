//! `detente record show`: one event.

use super::json;
use crate::error::CommandError;
use crate::output::{self, Format};
use crate::{records, snippet};
use clap::Args;
use detente_record::check;
use detente_report::record::event_text;
use jiff::civil::Date;
use std::path::PathBuf;

/// Show one event: its versions, their origins, who denied or did not comment
#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    /// The record's folder, or its file
    record: PathBuf,
    /// The event's id
    event: String,
    /// The record as it stood on this day (2024-10-23)
    #[arg(long, value_name = "DAY")]
    as_of: Option<Date>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Shows one event.
pub(crate) fn run(arguments: &ShowArguments) -> Result<(), CommandError> {
    let loaded = records::load(&arguments.record)?;
    snippet::print(&loaded.warnings, &loaded.sources);
    let record = match arguments.as_of {
        Some(day) => loaded.record.as_of(day),
        None => loaded.record,
    };
    let Some(event) = check::event(&record, &arguments.event) else {
        let known: Vec<&str> = record.events.iter().take(12).map(|e| e.id.as_str()).collect();
        return Err(CommandError::usage(
            "unknown-event",
            format!("there is no event `{}` in this record", arguments.event),
            format!("its events begin with: {}", known.join(", ")),
        ));
    };
    match arguments.format {
        Format::Text => {
            let banner = record.banner(None).map_or_else(String::new, |b| format!("{b}\n"));
            output::print(&format!("{banner}{}", event_text(&event)))
        }
        Format::Json => output::print(&json(&event)?),
    }
}
