//! From a path on the command line to a scenario.

use crate::error::CommandError;
use detente_formats::{Folder, Format, MAX_FILE_BYTES, SourceFile};
use detente_model::Scenario;
use detente_model::diagnostic::{Diagnostic, Sources};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Files of other kinds are no part of a scenario and are not opened.
const EXTENSIONS: [&str; 5] = ["yaml", "yml", "json", "xml", "txt"];
/// The folders within a scenario's folder that belong to it.
const SUBFOLDERS: [&str; 2] = ["parties", "scores_files"];
/// More files than any scenario has.
const MAX_FILES: usize = 10_000;
/// Most bytes of all files together.
const MAX_TOTAL_BYTES: usize = 8 * MAX_FILE_BYTES;

/// A scenario that was read from disk.
#[derive(Debug)]
pub(crate) struct Input {
    /// The scenario.
    pub(crate) scenario: Scenario,
    /// The format it came in.
    pub(crate) format: Format,
    /// What was unusual about it, worth showing to a person.
    pub(crate) warnings: Vec<Diagnostic>,
    /// The texts the warnings point into.
    pub(crate) sources: Sources,
}

/// Reads the scenario at a path: a folder, or a file that holds all of it.
///
/// # Errors
/// With everything that keeps the scenario from being used.
pub(crate) fn scenario(path: &Path) -> Result<Input, CommandError> {
    let reading = detente_formats::read(gather(path)?);
    let loaded = reading.loaded;
    match (loaded.value, reading.format) {
        (Some(scenario), Some(format)) => {
            Ok(Input { scenario, format, warnings: loaded.diagnostics, sources: loaded.sources })
        }
        _ => Err(CommandError::Input { diagnostics: loaded.diagnostics, sources: loaded.sources }),
    }
}

/// The files at a path, named as the person named them.
pub(crate) fn gather(path: &Path) -> Result<Folder, CommandError> {
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    let is_main = path.file_stem().is_some_and(|s| s == "scenario");
    let folder = match path.parent() {
        _ if metadata.is_dir() => path,
        // `folder/scenario.yaml` means the folder: the parties' files stand beside it.
        Some(parent) if is_main && parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) if is_main => parent,
        _ => {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let mut left = MAX_TOTAL_BYTES;
            return Ok(Folder { name, files: vec![read_file(path, &mut left)?] });
        }
    };
    let absolute = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let name = absolute.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut paths = Vec::new();
    list(folder, &mut paths)?;
    for subfolder in SUBFOLDERS {
        let within = folder.join(subfolder);
        if within.is_dir() {
            list(&within, &mut paths)?;
        }
    }
    paths.sort();
    let mut left = MAX_TOTAL_BYTES;
    let files: Result<Vec<SourceFile>, CommandError> =
        paths.iter().map(|p| read_file(p, &mut left)).collect();
    Ok(Folder { name, files: files? })
}

/// Adds the files of a folder that may belong to a scenario.
fn list(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), CommandError> {
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        if hidden || !extension.is_some_and(|e| EXTENSIONS.contains(&e.as_str())) || path.is_dir() {
            continue;
        }
        if paths.len() >= MAX_FILES {
            return Err(CommandError::usage(
                "too-many-files",
                format!("more than {MAX_FILES} files in {}", folder.display()),
                "give the folder of one scenario",
            ));
        }
        paths.push(path);
    }
    Ok(())
}

/// One file by itself.
pub(crate) fn file(path: &Path) -> Result<SourceFile, CommandError> {
    let mut left = MAX_TOTAL_BYTES;
    read_file(path, &mut left)
}

fn read_file(path: &Path, left: &mut usize) -> Result<SourceFile, CommandError> {
    let shown = shown(path);
    let file = std::fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    let metadata = file.metadata().map_err(|error| unreadable(path, &error))?;
    if metadata.is_file() && metadata.len() > MAX_FILE_BYTES as u64 {
        return Err(refused(detente_formats::too_large(&shown, metadata.len())));
    }
    // A pipe has no length beforehand: stop one byte past the limit.
    let most = MAX_FILE_BYTES.min(*left) as u64 + 1;
    let mut bytes =
        Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0).min(MAX_FILE_BYTES) + 1);
    file.take(most).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 >= most {
        return Err(refused(if *left < MAX_FILE_BYTES {
            Diagnostic::error(
                "too-large",
                format!("the files are over {} MiB together", MAX_TOTAL_BYTES >> 20),
            )
            .hint("give the folder of one scenario")
        } else {
            detente_formats::too_large(&shown, most)
        }));
    }
    *left -= bytes.len();
    Ok(SourceFile::new(shown, bytes))
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn refused(diagnostic: Diagnostic) -> CommandError {
    CommandError::Input { diagnostics: vec![diagnostic], sources: Sources::default() }
}

fn unreadable(path: &Path, error: &std::io::Error) -> CommandError {
    let hint = match error.kind() {
        std::io::ErrorKind::NotFound => {
            "check the path; it is a scenario's folder, or a file that holds all of it"
        }
        std::io::ErrorKind::PermissionDenied => "check who may read it",
        _ => "check that it is a readable file or folder",
    };
    CommandError::usage("unreadable", format!("cannot read {}: {error}", path.display()), hint)
}
