//! `detente agreement log add`: one more line.

use crate::error::CommandError;
use crate::{agreements, output, records, snippet};
use clap::Args;
use detente_agreement::log::{Builder, Claim, Kind, line};
use detente_agreement::sound::last_entry_problems;
use jiff::Timestamp;
use serde_json::value::RawValue;
use std::io::Write as _;
use std::path::PathBuf;

/// Add a line to the log, once it fits the agreement and all lines before it
#[derive(Debug, Args)]
pub(crate) struct AddArguments {
    /// The agreement's folder
    agreement: PathBuf,
    /// Who records it
    #[arg(long)]
    by: String,
    /// What kind of line: claim, incident, incident-claims, examination,
    /// finding, performance, check, assessment, event, deviation, suspension,
    /// resumption, extension, dispute, dispute-step, dispute-end, ratification,
    /// correction
    #[arg(long, default_value = "claim")]
    kind: String,
    /// What it says, as JSON (see docs/agreement.md)
    #[arg(long, value_name = "JSON", required_unless_present = "from_record")]
    entry: Option<String>,
    /// Take a claim from a record of talks instead: its folder
    #[arg(long, value_name = "FOLDER", conflicts_with = "entry", requires = "claim")]
    from_record: Option<PathBuf>,
    /// The claim's id in that record
    #[arg(long, value_name = "ID", requires = "from_record")]
    claim: Option<String>,
    /// The obligations a claim taken from a record is about
    #[arg(long, value_name = "OBLIGATION", requires = "from_record")]
    about: Vec<String>,
    /// When it is recorded; now by default
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
}

/// Adds a line.
pub(crate) fn run(arguments: &AddArguments) -> Result<(), CommandError> {
    let input = agreements::load(&arguments.agreement)?;
    snippet::print(&input.warnings, &input.sources);
    let known = Kind::WORDS.iter().find(|(word, _)| *word == arguments.kind);
    let Some((_, kind)) = known else {
        let words: Vec<&str> = Kind::WORDS.iter().map(|(w, _)| *w).collect();
        return Err(CommandError::usage(
            "unknown-kind",
            format!("there are no lines of the kind `{}`", arguments.kind),
            format!("--kind takes one of: {}", words.join(", ")),
        ));
    };
    let json = match (&arguments.entry, &arguments.from_record, &arguments.claim) {
        (Some(json), ..) => json.clone(),
        (None, Some(folder), Some(id)) => from_record(folder, id, &arguments.about)?,
        _ => String::new(),
    };
    let refused = |error: serde_json::Error| {
        CommandError::usage(
            "log-entry",
            format!("this is no `{}`: {error}", arguments.kind),
            "nothing was written; the keys of each kind are in docs/agreement.md",
        )
    };
    // Read once to say what is wrong in its own terms, then written in one line.
    kind.read(&json).map_err(refused)?;
    let value: serde_json::Value = serde_json::from_str(&json).map_err(refused)?;
    let raw = RawValue::from_string(value.to_string()).map_err(refused)?;
    let mut builder = Builder::new(&input.agreement.id, None);
    input.feed(&mut builder)?;
    let at = arguments.at.unwrap_or_else(Timestamp::now);
    let written = line(builder.chain(), at, &arguments.by, &arguments.kind, &raw);
    let number = builder.chain().entries + 1;
    builder.line(written.as_bytes()).map_err(|fault| {
        CommandError::usage(
            "log-entry",
            match fault.kind {
                detente_agreement::log::FaultKind::Malformed(why) => why,
                _ => "it would be recorded before the line before it".to_owned(),
            },
            "nothing was written",
        )
    })?;
    let head = builder.chain().head;
    let ledger = builder.finish();
    let problems = last_entry_problems(&input.agreement, &ledger, number);
    if !problems.is_empty() {
        return Err(input.line_problems(&problems));
    }
    let path = input.log_path();
    let mut file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .map_err(|e| CommandError::failed(format!("cannot write {}: {e}", path.display())))?;
    file.write_all(format!("{written}\n").as_bytes())?;
    file.sync_all()?;
    output::print(&format!("line {number}, sha256 {}", detente_agreement::digest::hex(&head)))
}

/// A claim of a record of talks as an entry.
fn from_record(
    folder: &std::path::Path,
    id: &str,
    about: &[String],
) -> Result<String, CommandError> {
    let record = records::load(folder)?.record;
    let Some(claim) = record.claims.iter().find(|c| c.id == id) else {
        return Err(CommandError::usage(
            "unknown-claim",
            format!("there is no claim `{id}` in that record"),
            "`detente record check` lists its claims",
        ));
    };
    let claim = Claim::from_record(&record, claim, about);
    serde_json::to_string(&claim).map_err(|e| CommandError::failed(e.to_string()))
}
