//! `detente agreement log checkpoint`: a witness signs how far the log is.

use crate::agreements;
use crate::error::CommandError;
use crate::witness::Attestation;
use clap::Args;
use detente_agreement::log::{Builder, Checkpoint};
use std::path::PathBuf;

/// As a witness, sign how far the log is; keep the file away from it
#[derive(Debug, Args)]
pub(crate) struct CheckpointArguments {
    /// The agreement's folder
    agreement: PathBuf,
    #[command(flatten)]
    attestation: Attestation,
}

/// Signs a checkpoint.
pub(crate) fn run(arguments: &CheckpointArguments) -> Result<(), CommandError> {
    let input = agreements::load(&arguments.agreement)?;
    let mut builder = Builder::new(&input.agreement.id, None);
    input.feed(&mut builder)?;
    let (entries, head) = (builder.chain().entries, builder.chain().head);
    let id = &input.agreement.id;
    arguments.attestation.write(&input.agreement.zone, &format!("{entries} lines"), |date, key| {
        Checkpoint::make(id, entries, head, date, key).text()
    })
}
