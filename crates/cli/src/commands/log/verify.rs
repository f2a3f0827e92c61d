//! `detente log verify`: whether a log is what it was.

use super::{bad, checkpoint, json, log};
use crate::error::CommandError;
use crate::output::{self, Format};
use clap::Args;
use detente_agreement::key::PublicKey;
use detente_mediation::log::{Checkpoint, Verified, verify};
use serde_json::json;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Verify a log: edited, cut off, rolled back or forked?
///
/// Exits with 2 if anything is found. Without a checkpoint kept outside, a log
/// whose end was cut off, or that was made anew as a whole, looks sound.
#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// The exported log
    log: PathBuf,
    /// A checkpoint to compare with; may be given more than once
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// The public key of the witness who must have signed the checkpoints
    #[arg(long, value_name = "KEY")]
    witness: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Verifies.
pub(crate) fn run(arguments: &VerifyArguments) -> Result<(), CommandError> {
    let file = log(&arguments.log)?;
    let checkpoints =
        arguments.checkpoint.iter().map(|p| checkpoint(p)).collect::<Result<Vec<_>, _>>()?;
    signed(arguments, &checkpoints)?;
    let verified = verify(file.talks, &file.records, &checkpoints);
    match arguments.format {
        Format::Text => output::print(&text(&verified))?,
        Format::Json => {
            let findings: Vec<_> = verified.findings.iter().map(ToString::to_string).collect();
            output::print(&json(&json!({
                "holds": findings.is_empty(),
                "entries": verified.head.size,
                "head": verified.head.hash,
                "opened": verified.opened,
                "sealed": verified.sealed,
                "checkpoints": verified.checkpoints,
                "findings": findings,
            }))?)?;
        }
    }
    if verified.findings.is_empty() { Ok(()) } else { Err(CommandError::Reported) }
}

/// Refuses a checkpoint that is not the witness's.
fn signed(arguments: &VerifyArguments, checkpoints: &[Checkpoint]) -> Result<(), CommandError> {
    let Some(text) = &arguments.witness else { return Ok(()) };
    let witness = PublicKey::parse(text).ok_or_else(|| {
        let hint = "it is the 64 digits that `detente agreement keygen` printed";
        CommandError::usage("bad-witness", format!("`{text}` is no public key"), hint)
    })?;
    if checkpoints.is_empty() {
        let hint = "give the checkpoint it signed: --checkpoint FILE";
        return Err(CommandError::usage("no-checkpoint", "a witness, but no checkpoint", hint));
    }
    for (path, checkpoint) in arguments.checkpoint.iter().zip(checkpoints) {
        if checkpoint.key != witness {
            let what = format!("signed with another key, that of {}", checkpoint.witness);
            let hint = "ask the witness for the checkpoint it keeps; this one may be made up";
            return Err(bad(path, "not-the-witness", &what, hint));
        }
    }
    Ok(())
}

fn text(verified: &Verified) -> String {
    let Verified { head, opened, sealed, checkpoints, findings } = verified;
    let mut text = match findings.len() {
        0 => "The log holds.\n".to_owned(),
        1 => "The log does not hold: 1 finding.\n".to_owned(),
        n => format!("The log does not hold: {n} findings.\n"),
    };
    for finding in findings {
        let _ = writeln!(text, "  {finding}");
    }
    let _ = writeln!(text, "entries: {} ({opened} opened, {sealed} sealed)", head.size);
    let _ = writeln!(text, "last hash: {}", head.hash);
    let _ = match checkpoints {
        0 => writeln!(
            text,
            "checkpoints compared: none. An end cut off, or a log made anew as a whole,\n\
             is seen only against a checkpoint kept outside."
        ),
        n => writeln!(text, "checkpoints compared: {n}"),
    };
    text
}
