//! `detente talks`: whole talks in an encrypted file, to open on another machine.

use super::doctor::Place;
use crate::error::CommandError;
use crate::output;
use clap::{Args, Subcommand};
use detente_server::{CarryError, Lead};
use std::path::{Path, PathBuf};

/// Take whole talks along in an encrypted file, and open them on another machine
#[derive(Debug, Args)]
pub(crate) struct TalksArguments {
    #[command(subcommand)]
    command: TalksCommand,
}

#[derive(Debug, Subcommand)]
enum TalksCommand {
    /// Make a key pair on the machine that will receive the talks
    ///
    /// Prints the recipient, to give to whoever exports. Any identity file of
    /// age works as well.
    Keygen {
        /// The new file of the identity; it opens what is encrypted to the recipient
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Name the talks in a data folder
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Write whole talks to a file that only one recipient can open; a server may be running
    Export {
        /// The id of the talks: the last part of their address
        talks: String,
        /// Who can open it: age1…
        #[arg(long, value_name = "AGE1…")]
        to: String,
        /// The new file
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Bring talks in from such a file; no server may be running
    ///
    /// Prints a one-time link for everybody who leads a side. Nobody's
    /// password or session comes along.
    Import {
        /// What the export wrote
        file: PathBuf,
        /// The file of the identity
        #[arg(long, value_name = "FILE")]
        identity: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

impl TalksArguments {
    /// Carries out one of them.
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        match &self.command {
            TalksCommand::Keygen { out } => keygen(out),
            TalksCommand::List { place } => list(place),
            TalksCommand::Export { talks, to, out, place } => {
                let file = detente_server::export(&place.config(), talks, to).map_err(failed)?;
                new_file(out, &file)?;
                output::print(&format!("{} bytes written to {}", file.len(), out.display()))
            }
            TalksCommand::Import { file, identity, place } => import(file, identity, place),
        }
    }
}

fn keygen(out: &Path) -> Result<(), CommandError> {
    let (identity, recipient) = detente_server::new_identity();
    new_file(out, format!("# recipient: {recipient}\n{}\n", *identity).as_bytes())?;
    output::print(&recipient)
}

fn list(place: &Place) -> Result<(), CommandError> {
    let ids = detente_server::talks_in(&place.config()).map_err(failed)?;
    let lines: Vec<String> = ids.iter().map(ToString::to_string).collect();
    output::print(&lines.join("\n"))
}

fn import(file: &Path, identity: &Path, place: &Place) -> Result<(), CommandError> {
    let unreadable = |path: &Path, error: &std::io::Error| {
        let message = format!("cannot read {}: {error}", path.display());
        CommandError::usage("unreadable", message, "check the name")
    };
    let bytes = std::fs::read(file).map_err(|e| unreadable(file, &e))?;
    let secret = std::fs::read_to_string(identity).map_err(|e| unreadable(identity, &e))?;
    let imported = detente_server::import(&place.config(), &bytes, &secret).map_err(failed)?;
    let mut text =
        format!("talks {}\nafter the address of the server, once each:\n", imported.talks);
    for Lead { side, name, link } in &imported.leads {
        let link = link.as_ref().map_or("the link that `detente serve` prints", |link| link);
        text.push_str(&format!("  {link} ({name}, {side})\n"));
    }
    output::print(&text)
}

/// A file that only its owner reads, and that was not there before.
fn new_file(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    let written = output::private(&mut options).open(path).and_then(|mut file| {
        std::io::Write::write_all(&mut file, bytes)?;
        file.sync_all()
    });
    written.map_err(|error| {
        let message = format!("cannot write {}: {error}", path.display());
        CommandError::usage("unwritable", message, "name a new file in a folder that is there")
    })
}

fn failed(error: CarryError) -> CommandError {
    let hint = match &error {
        CarryError::NotAnId(_) | CarryError::NotThere(_) => "`detente talks list` names them",
        CarryError::NotAKey(_) => "`detente talks keygen` makes a pair",
        CarryError::Closed(_) => "is it the identity of the recipient the file was written to?",
        CarryError::Here(_) => "look with `detente talks list`",
        CarryError::Inside(_) | CarryError::Broken(_) => "ask for another export; nothing was kept",
        _ => "`detente doctor` looks for the reason",
    };
    CommandError::usage("not-carried", error.to_string(), hint)
}
