//! `detente agreement sign`: one key's signature under an instrument.

use crate::error::CommandError;
use crate::witness::{secret_key, today};
use crate::{agreements, output, snippet};
use clap::Args;
use detente_agreement::seal::Seal;
use detente_agreement::signature::{SignatureFile, Signed, Standing, Statement};
use detente_agreement::verify::{role_in, verify};
use jiff::civil::Date;
use std::path::PathBuf;

/// Sign an instrument with one key of a mandate
#[derive(Debug, Args)]
pub(crate) struct SignArguments {
    /// The agreement's folder
    agreement: PathBuf,
    /// For whom
    #[arg(long = "for", value_name = "PARTICIPANT")]
    participant: String,
    /// The secret key's file
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Which instrument, where there are several
    #[arg(long, value_name = "ID")]
    instrument: Option<String>,
    /// Subject to approval at home
    #[arg(long)]
    ad_referendum: bool,
    /// The day to write under it; today by default
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
}

/// Signs.
pub(crate) fn run(arguments: &SignArguments) -> Result<(), CommandError> {
    let input = agreements::load(&arguments.agreement)?;
    snippet::print(&input.warnings, &input.sources);
    let instrument = input.instrument(arguments.instrument.as_deref())?;
    let key = secret_key(&arguments.key)?;
    let participant = arguments.participant.as_str();
    let Some(role) = role_in(instrument, participant) else {
        return Err(CommandError::usage(
            "unknown-participant",
            format!("`{participant}` has no part in `{}`", instrument.id),
            "give one of its parties, guarantors, witnesses or its depositary",
        ));
    };
    let files = input.sealed_files(instrument)?;
    if let Some(missing) = instrument.files.iter().find(|f| !files.iter().any(|s| s.path == **f)) {
        return Err(CommandError::usage(
            "file-missing",
            format!("the instrument names the file `{missing}`, which is not there"),
            "nothing is signed before everything is there",
        ));
    }
    let seal = Seal::new(&input.agreement.id, &instrument.id, files.clone());
    let path = input.signature_path(instrument);
    let mut file = SignatureFile { seal: seal.clone(), signatures: Vec::new() };
    if path.exists() {
        file = SignatureFile::parse(&agreements::read_text(&path)?)
            .filter(|f| f.seal == seal)
            .ok_or_else(|| {
                CommandError::usage(
                    "signed-otherwise",
                    format!("{} holds signatures under something else", path.display()),
                    "the text was changed since; keep the old signatures elsewhere, then sign anew",
                )
            })?;
    }
    let standing =
        if arguments.ad_referendum { Standing::AdReferendum } else { Standing::Definitive };
    let date = arguments.date.unwrap_or_else(|| today(&input.agreement.zone));
    let statement = Statement { participant, role, standing, date };
    file.signatures.push(Signed::make(&seal, &statement, &key));
    let text = file.text();
    let verified = verify(&input.agreement.id, instrument, files, &text);
    if let Some(fault) = verified.faults.first() {
        return Err(CommandError::usage(
            "signature-refused",
            fault,
            "nothing was written; the instrument's `mandates` say which keys sign for whom",
        ));
    }
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    output::write_file(&path, &text)?;
    let missing: Vec<String> = verified
        .signers
        .iter()
        .filter(|s| !s.complete())
        .map(|s| {
            format!("{} ({} of {})", input.agreement.name(&s.participant), s.signed, s.threshold)
        })
        .collect();
    let rest = if missing.is_empty() {
        "Everybody has signed.".to_owned()
    } else {
        format!("Still to sign: {}.", missing.join(", "))
    };
    output::print(&format!(
        "{} signed for {} under the seal {}\n{rest}",
        key.holder(),
        input.agreement.name(participant),
        verified.seal
    ))
}
