//! `detente log key` and `detente log sign`: for the witness outside.

use super::{bad, note, text_of};
use crate::error::CommandError;
use crate::output;
use clap::Args;
use detente_mediation::log::Signer;
use std::path::PathBuf;

/// Make a witness's key: the secret part in a file, the public part printed
#[derive(Debug, Args)]
pub(crate) struct KeyArguments {
    /// The witness's name, without spaces (`witness.example.org`)
    name: String,
    /// Where to write the secret part; the file must not exist
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Sign a checkpoint as a witness: prints it with the signature
#[derive(Debug, Args)]
pub(crate) struct SignArguments {
    /// The checkpoint
    checkpoint: PathBuf,
    /// The file with the witness's secret key
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
}

/// Makes a key.
pub(crate) fn key(arguments: &KeyArguments) -> Result<(), CommandError> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| CommandError::failed(error.to_string()))?;
    let Some(signer) = Signer::new(&arguments.name, random) else {
        return Err(CommandError::usage(
            "bad-name",
            format!("`{}` cannot be a witness's name", arguments.name),
            "use a name without spaces and without `+`, such as witness.example.org",
        ));
    };
    output::write_secret(&arguments.out, &(signer.to_text() + "\n"))?;
    output::print(&signer.witness().to_text())
}

/// Signs a checkpoint.
pub(crate) fn sign(arguments: &SignArguments) -> Result<(), CommandError> {
    let mut checkpoint = note(&arguments.checkpoint)?;
    let hint = "it is the file that `detente log key --out` wrote";
    let signer = Signer::from_text(&text_of(&arguments.key)?)
        .map_err(|fault| bad(&arguments.key, "bad-key", &fault.what, hint))?;
    if !checkpoint.is_signed_by(&signer.witness()) {
        checkpoint.sign(&signer);
    }
    output::print(&checkpoint.to_note())
}
