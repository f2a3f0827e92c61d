//! `detente picture`: the talks as reported, on a day.

use crate::error::CommandError;
use crate::{output, records, snippet};
use clap::Args;
use detente_record::picture;
use detente_report::record::{picture_drawing, picture_page, picture_text};
use jiff::civil::Date;
use std::path::PathBuf;

/// Draw the talks as reported: channels, positions, timeline, open contradictions
///
/// Prints text, or writes a self-contained page or drawing with `--out`. Only
/// claims marked `visibility: public` are shown unless `--team` is given.
#[derive(Debug, Args)]
pub(crate) struct PictureArguments {
    /// The record's folder, or its file
    record: PathBuf,
    /// The talks as they stood on this day (2024-10-23)
    #[arg(long, value_name = "DAY")]
    as_of: Option<Date>,
    /// Write to this file instead: `.html`, `.svg` or `.txt`
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Show what is kept for the team, too
    #[arg(long)]
    team: bool,
}

/// What the file's name asks for.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Page,
    Drawing,
}

/// Draws.
pub(crate) fn run(arguments: &PictureArguments) -> Result<(), CommandError> {
    let kind = match arguments
        .out
        .as_ref()
        .map(|p| p.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase())
        .as_deref()
    {
        None | Some("txt") => Kind::Text,
        Some("html" | "htm") => Kind::Page,
        Some("svg") => Kind::Drawing,
        Some(_) => {
            return Err(CommandError::usage(
                "unknown-kind",
                "this kind of file cannot be written",
                "end its name in .html, .svg or .txt",
            ));
        }
    };
    let loaded = records::load(&arguments.record)?;
    snippet::print(&loaded.warnings, &loaded.sources);
    let mut record = loaded.record;
    if let Some(day) = arguments.as_of {
        record = record.as_of(day);
    }
    if !arguments.team {
        let all = record.claims.len();
        record = record.public_part();
        let left_out = all - record.claims.len();
        if left_out > 0 {
            output::complain(&format!(
                "note: {left_out} claims are for the team and were left out; --team shows them"
            ));
        }
    }
    let picture = picture::picture(&record);
    let drawn = match kind {
        Kind::Text => picture_text(&picture),
        Kind::Page => picture_page(&picture),
        Kind::Drawing => picture_drawing(&picture),
    };
    match &arguments.out {
        None => output::print(&drawn),
        Some(path) => {
            output::write_file(path, &drawn)?;
            output::print(&format!("written to {}", path.display()))
        }
    }
}
