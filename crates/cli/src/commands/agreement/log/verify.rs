//! `detente agreement log verify`: is the log whole?

use crate::error::CommandError;
use crate::{agreements, output, snippet};
use clap::Args;
use detente_agreement::digest::hex;
use detente_agreement::log::{Builder, Checkpoint, Deviates};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Verify the log's chain, and compare it with what witnesses signed
///
/// Without a checkpoint of a witness, whoever holds the log can rewrite it or
/// cut off its end unnoticed; the chain alone shows careless changes only.
#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// The agreement's folder
    agreement: PathBuf,
    /// A witness's checkpoint, from the witness (may be given several times)
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// Public keys whose checkpoints count, where they are not in the mandates
    #[arg(long, value_name = "KEY")]
    witness_key: Vec<String>,
}

/// Verifies the log.
pub(crate) fn run(arguments: &VerifyArguments) -> Result<(), CommandError> {
    let input = agreements::load(&arguments.agreement)?;
    snippet::print(&input.warnings, &input.sources);
    let a = &input.agreement;
    let mut checkpoints = Vec::new();
    for path in &arguments.checkpoint {
        let checkpoint = Checkpoint::parse(&agreements::read_text(path)?);
        let checkpoint = checkpoint.filter(|c| c.agreement == a.id).ok_or_else(|| {
            CommandError::usage(
                "bad-checkpoint",
                format!("{} is no checkpoint of this agreement that holds", path.display()),
                "get it again from the witness; one changed byte makes it void",
            )
        })?;
        let key = checkpoint.key.to_hex();
        let mandated = a
            .instruments
            .iter()
            .flat_map(|i| &i.mandates)
            .any(|m| m.keys.iter().any(|(_, known)| known.to_hex() == key));
        if !mandated && !arguments.witness_key.contains(&key) {
            return Err(CommandError::usage(
                "unknown-witness",
                format!("the key of {} is in no mandate of this agreement", checkpoint.witness),
                format!("if you know it to be theirs, give --witness-key {key}"),
            ));
        }
        checkpoints.push(checkpoint);
    }
    let mut builder = Builder::new(&a.id, None);
    builder.watch(checkpoints.iter().map(|c| c.entries));
    input.feed(&mut builder)?;
    let entries = builder.chain().entries;
    let mut out = format!(
        "{entries} lines follow on one another, the last with sha256 {}\n",
        hex(&builder.chain().head)
    );
    let mut whole = true;
    for c in &checkpoints {
        let (word, holds) = match c.compare(entries, builder.head_at(c.entries)) {
            None => ("it is the same log, or a longer one", true),
            Some(Deviates::Shorter) => {
                ("THE LOG IS SHORTER NOW: lines were cut off or rolled back", false)
            }
            Some(Deviates::Otherwise) => {
                ("THE LOG IS ANOTHER NOW: lines were edited, moved, or written anew", false)
            }
        };
        whole &= holds;
        let _ = writeln!(out, "{} saw {} lines on {}: {word}", c.witness, c.entries, c.date);
    }
    if checkpoints.is_empty() {
        out.push_str("No witness's checkpoint was given: a log rewritten from some line on, or cut short, would look the same.\n");
    }
    output::print(&out)?;
    if whole { Ok(()) } else { Err(CommandError::Reported) }
}
