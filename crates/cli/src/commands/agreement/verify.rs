//! `detente agreement verify`: is it signed, by whom, and is it still what was signed?

use crate::error::CommandError;
use crate::output::{self, Format};
use crate::{agreements, snippet};
use clap::Args;
use detente_agreement::verify::{Verification, verify};
use serde_json::json;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Verify who signed an agreement, and that it is still what they signed
///
/// Exit code 0 only when every instrument with mandates is signed by everybody
/// and nothing was changed; 2 otherwise. The keys are those of the mandates in
/// the signed text: compare the seal, or the fingerprints, by other means.
#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// The agreement's folder
    agreement: PathBuf,
    /// Only this instrument
    #[arg(long, value_name = "ID")]
    instrument: Option<String>,
    /// The seal it must have, as somebody you trust gave it to you
    #[arg(long, value_name = "SHA256")]
    seal: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Verifies.
pub(crate) fn run(arguments: &VerifyArguments) -> Result<(), CommandError> {
    let input = agreements::load(&arguments.agreement)?;
    snippet::print(&input.warnings, &input.sources);
    let chosen = match &arguments.instrument {
        Some(id) => vec![input.instrument(Some(id))?],
        None => input.agreement.instruments.iter().filter(|i| !i.mandates.is_empty()).collect(),
    };
    if chosen.is_empty() {
        return Err(CommandError::usage(
            "no-mandates",
            "no instrument of this agreement names keys that sign it, so there is nothing to verify",
            "add `mandates` to an instrument; an agreement written down from public texts has none",
        ));
    }
    let mut done = Vec::new();
    for instrument in chosen {
        let path = input.signature_path(instrument);
        let text = if path.exists() { agreements::read_text(&path)? } else { String::new() };
        let files = input.sealed_files(instrument)?;
        let mut verified = verify(&input.agreement.id, instrument, files, &text);
        if !path.exists() {
            verified.faults = vec![format!("there are no signatures at {}", path.display())];
        }
        if let Some(wanted) = &arguments.seal
            && *wanted != verified.seal
        {
            verified.faults.push("the seal is not the one given with --seal".to_owned());
        }
        done.push(verified);
    }
    match arguments.format {
        Format::Text => {
            let mut out = String::new();
            for verified in &done {
                text(&input, verified, &mut out);
            }
            output::print(&out)?;
        }
        Format::Json => {
            let all: Vec<_> = done.iter().map(as_json).collect();
            output::print(&json!({"instruments": all}).to_string())?;
        }
    }
    if done.iter().all(Verification::complete) { Ok(()) } else { Err(CommandError::Reported) }
}

fn text(input: &agreements::Input, verified: &Verification, out: &mut String) {
    let a = &input.agreement;
    let title = a.instrument(&verified.instrument).map_or("", |i| i.title.as_str());
    let _ = writeln!(out, "{title} ({})", verified.instrument);
    let _ = writeln!(out, "  seal {}", verified.seal);
    for signer in &verified.signers {
        let how = match (signer.complete(), signer.standing) {
            (false, _) => "NOT YET SIGNED",
            (true, detente_agreement::signature::Standing::Definitive) => "signed",
            (true, _) => "signed ad referendum",
        };
        let _ = writeln!(
            out,
            "  {} ({}): {how}, {} of {} keys needed",
            a.name(&signer.participant),
            signer.role.word(),
            signer.signed,
            signer.threshold
        );
        for (holder, fingerprint) in &signer.holders {
            let _ = writeln!(out, "    {holder}, key {fingerprint}");
        }
    }
    for fault in &verified.faults {
        let _ = writeln!(out, "  DOES NOT HOLD: {fault}");
    }
    let last = match (verified.faults.is_empty(), verified.complete()) {
        (true, true) => "  Holds: every file is as it was signed, and everybody has signed.",
        (true, false) => "  Not complete: what is signed holds, and not everybody has signed.",
        (false, _) => "  Does not hold as a signed agreement.",
    };
    let _ = writeln!(out, "{last}");
}

fn as_json(verified: &Verification) -> serde_json::Value {
    let signers: Vec<_> = verified
        .signers
        .iter()
        .map(|s| {
            json!({
                "participant": s.participant,
                "role": s.role.word(),
                "signed": s.signed,
                "threshold": s.threshold,
                "standing": s.standing.word(),
                "holders": s.holders.iter().map(|(h, f)| json!({"holder": h, "fingerprint": f})).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "instrument": verified.instrument,
        "seal": verified.seal,
        "holds": verified.complete(),
        "faults": verified.faults,
        "signers": signers,
    })
}
