//! `detente record import`: from a report to proposals, and only by a person's
//! decision to the record.

use super::{confirm, json};
use crate::error::CommandError;
use crate::output::{self, Format};
use crate::snippet;
use clap::Args;
use detente_model::diagnostic::{Diagnostic, Sources, Span};
use detente_record::hidden::shown;
use detente_record::import::{MOST_BYTES, Proposals, propose};
use jiff::civil::Date;
use std::fmt::Write as _;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Propose claims, dates and spellings from a report; nothing enters a record unconfirmed
///
/// Reads plain text or HTML, sets boilerplate aside, and proposes passages
/// with who reports citing whom, and relative dates resolved against the
/// report's day. Without `--into` it only shows them. With `--into` it asks
/// about each one, and writes what is confirmed to a new file of that record.
#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    /// The report: plain text or HTML (`-` reads standard input)
    report: PathBuf,
    /// The day the report is dated (2024-10-23)
    #[arg(long, value_name = "DAY")]
    dated: Date,
    /// Whose report it is; read off the text where not given
    #[arg(long, value_name = "OUTLET")]
    source: Option<String>,
    /// The record's folder that confirmed claims are written to
    #[arg(long, value_name = "FOLDER", conflicts_with = "format")]
    into: Option<PathBuf>,
    /// How to print the proposals; `json` writes nothing anywhere
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Proposes.
pub(crate) fn run(arguments: &ImportArguments) -> Result<(), CommandError> {
    let name = arguments.report.to_string_lossy().replace('\\', "/");
    let text = read(&arguments.report, &name)?;
    let loaded = propose(&name, &text, arguments.dated, arguments.source.as_deref());
    let Some(proposals) = loaded.value else {
        return Err(CommandError::Input {
            diagnostics: loaded.diagnostics,
            sources: loaded.sources,
        });
    };
    snippet::print(&loaded.diagnostics, &loaded.sources);
    match (&arguments.into, arguments.format) {
        (Some(folder), _) => confirm::run(folder, &proposals),
        (None, Format::Json) => output::print(&json(&proposals)?),
        (None, Format::Text) => output::print(&as_text(&proposals)),
    }
}

/// The report's text; never more than can be imported is read.
fn read(path: &Path, name: &str) -> Result<String, CommandError> {
    let unreadable = |error: &std::io::Error| {
        CommandError::usage(
            "unreadable",
            format!("cannot read {name}: {error}"),
            "check the path; it is one report, as text or HTML",
        )
    };
    let most = MOST_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
    } else {
        let file = std::fs::File::open(path).map_err(|e| unreadable(&e))?;
        file.take(most).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
    }
    let refuse = |diagnostic: Diagnostic, sources| {
        Err(CommandError::Input { diagnostics: vec![diagnostic], sources })
    };
    if bytes.len() as u64 >= most {
        return refuse(
            Diagnostic::error(
                "text-too-large",
                format!(
                    "the text is longer than {MOST_BYTES} bytes, the most that can be imported"
                ),
            )
            .in_file(name)
            .hint("cut the file down to the report itself, or import its parts one by one"),
            Sources::default(),
        );
    }
    String::from_utf8(bytes).or_else(|error| {
        let at = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let start = String::from_utf8_lossy(&error.as_bytes()[..at]).len();
        let mut sources = Sources::default();
        sources.insert(name, text);
        refuse(
            Diagnostic::error("not-utf8", format!("the byte at offset {at} is not UTF-8 text"))
                .in_file(name)
                .at(Span::new(start, start + '\u{FFFD}'.len_utf8()))
                .hint("save the file as UTF-8"),
            sources,
        )
    })
}

/// The proposals for a person to read.
fn as_text(p: &Proposals) -> String {
    let mut out = String::new();
    let detected = if p.source_detected { " (read off the text)" } else { "" };
    let _ = writeln!(
        out,
        "Proposals from {}{detected}, dated {}. Nothing is in the record.\n",
        shown(&p.source),
        p.dated
    );
    for (i, claim) in p.claims.iter().enumerate() {
        let _ = writeln!(out, "{}", claim_text(i, p.claims.len(), claim));
    }
    out.push_str("Dates\n");
    for date in &p.dates {
        let from = date
            .derived_from
            .as_ref()
            .map_or_else(String::new, |w| format!("  (from: {})", shown(w)));
        let _ = writeln!(out, "  {}: {}{from}", shown(&date.when.words), date.when.days());
    }
    out.push_str("\nPerhaps one name; a person decides\n");
    for group in &p.alias_groups {
        let _ = writeln!(out, "  {}", shown(&group.join(" / ")));
    }
    if !p.responses.is_empty() {
        out.push_str("\nAnswers that affirm nothing\n");
        for r in &p.responses {
            let kind = match r.kind {
                detente_record::import::ResponseKind::NoComment => "no comment",
                detente_record::import::ResponseKind::Neither => "neither confirmed nor denied",
                detente_record::import::ResponseKind::NotAffirmed => "not affirmed",
            };
            let _ = writeln!(out, "  {kind}: {}", shown(&r.passage));
        }
    }
    if !p.own_voice.is_empty() {
        let _ = writeln!(
            out,
            "\nIn the report's own voice, with nobody named for it: {} passages",
            p.own_voice.len()
        );
        for passage in &p.own_voice {
            let _ = writeln!(out, "  {}", shown(passage));
        }
    }
    let _ = writeln!(out, "\nLeft out as boilerplate: {}", p.dropped.len());
    for passage in &p.dropped {
        let _ = writeln!(out, "  {}", shown(passage));
    }
    out
}

/// One claim for a person to read.
pub(super) fn claim_text(
    i: usize,
    of: usize,
    claim: &detente_record::import::ProposedClaim,
) -> String {
    let mut out = format!("Proposal {} of {of} (paragraph {})\n", i + 1, claim.paragraph);
    let _ = writeln!(out, "  passage: {}", shown(&claim.passage));
    let _ = writeln!(out, "  chain: {}", shown(&claim.chain.join(" > ")));
    if !claim.inferred.is_empty() {
        let _ = writeln!(
            out,
            "  not named in the passage itself, check: {}",
            shown(&claim.inferred.join(", "))
        );
    }
    let wording = claim
        .terms_wording
        .as_ref()
        .map_or_else(String::new, |w| format!(" (worded: {})", shown(w)));
    let _ = writeln!(out, "  terms: {}{wording}", claim.terms.name());
    if let Some(w) = &claim.happened {
        let _ = writeln!(out, "  said to have happened: {} ({})", w.days(), shown(&w.words));
    }
    if let Some(w) = &claim.said {
        let _ = writeln!(out, "  said: {} ({})", w.days(), shown(&w.words));
    }
    out
}
