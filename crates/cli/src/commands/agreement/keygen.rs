//! `detente agreement keygen`: a key to sign with.

use crate::error::CommandError;
use crate::output;
use clap::Args;
use detente_agreement::key::SecretKey;
use std::io::Write as _;
use std::path::PathBuf;

/// Make a key to sign with; the secret half stays with its holder
///
/// The file holds the secret key as it is, not encrypted: keep it offline.
#[derive(Debug, Args)]
pub(crate) struct KeygenArguments {
    /// Who will hold it
    #[arg(long)]
    holder: String,
    /// Where to write the secret key
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Makes a key.
pub(crate) fn run(arguments: &KeygenArguments) -> Result<(), CommandError> {
    let holder = arguments.holder.trim();
    if holder.is_empty() || holder.chars().any(char::is_control) {
        return Err(CommandError::usage(
            "bad-holder",
            "the holder has no name, or one with control characters",
            "give --holder a person's name",
        ));
    }
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|e| CommandError::failed(format!("the system gives no random bytes: {e}")))?;
    let key = SecretKey::from_seed(holder, &seed);
    let mut options = std::fs::OpenOptions::new();
    output::private(options.write(true).create_new(true));
    let shown = arguments.out.display();
    let mut file = options.open(&arguments.out).map_err(|error| {
        CommandError::usage(
            "cannot-write",
            format!("cannot write {shown}: {error}"),
            "a key is never written over another file; give a new name",
        )
    })?;
    file.write_all(key.to_file().as_bytes())?;
    let (public, print) = (key.public().to_hex(), key.public().fingerprint());
    output::print(&format!(
        "{shown} holds the secret key of {holder}. Keep it offline; nobody else needs it.\n\nFor the mandate:\n  - {{holder: \"{}\", key: {public}}}\nFingerprint, to be read out: {print}",
        holder.replace('\\', "\\\\").replace('"', "\\\"")
    ))
}
