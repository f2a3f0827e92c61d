//! `detente convert`: the same scenario in another format.

use crate::error::CommandError;
use crate::{load, output, snippet};
use clap::{Args, ValueEnum};
use detente_formats::Format;
use detente_model::diagnostic::{Diagnostic, Severity, Sources};
use std::path::{Path, PathBuf};

/// Write a scenario in another format; refuses where the format cannot hold it
#[derive(Debug, Args)]
pub(crate) struct ConvertArguments {
    /// The scenario: its folder, or a file that holds all of it
    path: PathBuf,
    /// The format to write
    #[arg(long, value_enum)]
    to: Target,
    /// The folder to write into; it must be empty or not exist yet
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Leave out what the format cannot hold, and list it
    #[arg(long)]
    lossy: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    /// Détente's own YAML, which holds everything
    Yaml,
    /// GENIUS XML
    Genius,
    /// NegMAS YAML
    Negmas,
    /// GeniusWeb JSON
    Geniusweb,
}

impl Target {
    fn format(self) -> Format {
        match self {
            Self::Yaml => Format::DetenteYaml,
            Self::Genius => Format::GeniusXml,
            Self::Negmas => Format::NegmasYaml,
            Self::Geniusweb => Format::GeniusWebJson,
        }
    }
}

/// Reads, converts, writes.
pub(crate) fn run(arguments: &ConvertArguments) -> Result<(), CommandError> {
    let input = load::scenario(&arguments.path)?;
    snippet::print(&input.warnings, &input.sources);
    let format = arguments.to.format();
    let written = detente_formats::write(&input.scenario, format).map_err(refused)?;
    if !written.losses.is_empty() && !arguments.lossy {
        let mut losses = written.losses;
        if let Some(last) = losses.last_mut() {
            last.hints.push("with `--lossy` all this is left out and the rest written".into());
        }
        return Err(refused(losses));
    }
    let left_out =
        written.losses.into_iter().map(|l| Diagnostic { severity: Severity::Warning, ..l });
    let left_out: Vec<Diagnostic> = left_out.chain(written.remarks).collect();
    snippet::print(&left_out, &Sources::default());
    prepare(&arguments.out)?;
    for (name, text) in &written.files {
        let path = arguments.out.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| cannot_create(folder, &e))?;
        }
        output::write_file(&path, text)?;
    }
    let left_out = match left_out.len() {
        0 => String::new(),
        1 => ", 1 thing left out".to_owned(),
        n => format!(", {n} things left out"),
    };
    output::print(&format!(
        "wrote {} files of {format} (from {}) to {}{left_out}",
        written.files.len(),
        input.format,
        arguments.out.display()
    ))
}

/// The folder, made if need be; one with files in it is left alone.
fn prepare(folder: &Path) -> Result<(), CommandError> {
    std::fs::create_dir_all(folder).map_err(|error| cannot_create(folder, &error))?;
    let mut entries = std::fs::read_dir(folder).map_err(|error| cannot_create(folder, &error))?;
    if entries.next().is_some() {
        return Err(CommandError::usage(
            "not-empty",
            format!("{} is not empty", folder.display()),
            "give a new folder: files of two scenarios must not mix",
        ));
    }
    Ok(())
}

fn cannot_create(folder: &Path, error: &std::io::Error) -> CommandError {
    CommandError::failed(format!("cannot write into {}: {error}", folder.display()))
}

fn refused(diagnostics: Vec<Diagnostic>) -> CommandError {
    CommandError::Input { diagnostics, sources: Sources::default() }
}
