//! `detente log verify`: whether a log is what it was.

use super::{Output, bad, json, log, note};
use crate::error::CommandError;
use crate::output;
use clap::Args;
use detente_mediation::log::{Checkpoint, Verified, Witness, verify};
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
    /// A witness's public key, who must have signed every checkpoint
    #[arg(long, value_name = "KEY")]
    witness: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Output::Text)]
    format: Output,
}

/// Verifies.
pub(crate) fn run(arguments: &VerifyArguments) -> Result<(), CommandError> {
    let file = log(&arguments.log)?;
    let checkpoints =
        arguments.checkpoint.iter().map(|p| note(p)).collect::<Result<Vec<_>, _>>()?;
    signed(arguments, &checkpoints)?;
    let verified = verify(file.talks, &file.records, &checkpoints);
    match arguments.format {
        Output::Text => output::print(&text(&verified))?,
        Output::Json => {
            let findings: Vec<_> = verified.findings.iter().map(ToString::to_string).collect();
            output::print(&json(&json!({
                "holds": findings.is_empty(),
                "entries": verified.head.size,
                "head": verified.head.hash,
                "opened": verified.opened,
                "sealed": verified.sealed,
                "checkpoints": verified.checkpoints,
                "witnesses": arguments.witness.len(),
                "findings": findings,
            }))?)?;
        }
    }
    if verified.findings.is_empty() { Ok(()) } else { Err(CommandError::Reported) }
}

/// Refuses a checkpoint that a witness named did not sign.
fn signed(arguments: &VerifyArguments, checkpoints: &[Checkpoint]) -> Result<(), CommandError> {
    if !arguments.witness.is_empty() && checkpoints.is_empty() {
        let hint = "give the checkpoint it signed: --checkpoint FILE";
        return Err(CommandError::usage("no-checkpoint", "a witness, but no checkpoint", hint));
    }
    for key in &arguments.witness {
        let witness = Witness::from_text(key).map_err(|fault| {
            let hint = "it is what `detente log key` printed";
            CommandError::usage("bad-witness", format!("`{key}`: {}", fault.what), hint)
        })?;
        for (path, checkpoint) in arguments.checkpoint.iter().zip(checkpoints) {
            if !checkpoint.is_signed_by(&witness) {
                let what = format!("{} has not signed this checkpoint", witness.name());
                let hint = "ask the witness for the checkpoint it keeps; this one may be made up";
                return Err(bad(path, "not-signed", &what, hint));
            }
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
