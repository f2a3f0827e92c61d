//! From a path on the command line to a record.

use crate::error::CommandError;
use detente_formats::{MAX_FILE_BYTES, SourceFile, too_large};
use detente_model::diagnostic::{Diagnostic, Sources};
use detente_record::Record;
use std::path::{Path, PathBuf};

/// More files than any record has.
const MAX_FILES: usize = 10_000;

/// A record that was read from disk.
#[derive(Debug)]
pub(crate) struct Input {
    /// The record.
    pub(crate) record: Record,
    /// What was unusual about it, worth showing to a person.
    pub(crate) warnings: Vec<Diagnostic>,
    /// The texts the warnings point into.
    pub(crate) sources: Sources,
}

/// Reads the record at a path: a folder of `.yaml` files, or one file.
///
/// # Errors
/// With everything that keeps the record from being used.
pub(crate) fn load(path: &Path) -> Result<Input, CommandError> {
    let mut files = Vec::new();
    for file in files_at(path)? {
        let shown = file.to_string_lossy().replace('\\', "/");
        let length = std::fs::metadata(&file).map_err(|e| unreadable(&file, &e))?.len();
        if length > MAX_FILE_BYTES as u64 {
            return Err(CommandError::Input {
                diagnostics: vec![too_large(&shown, length)],
                sources: Sources::default(),
            });
        }
        files
            .push(SourceFile::new(shown, std::fs::read(&file).map_err(|e| unreadable(&file, &e))?));
    }
    let loaded = detente_formats::read_record(files);
    match loaded.value {
        Some(record) => Ok(Input { record, warnings: loaded.diagnostics, sources: loaded.sources }),
        None => {
            Err(CommandError::Input { diagnostics: loaded.diagnostics, sources: loaded.sources })
        }
    }
}

/// Whether a folder holds no record yet (or does not exist).
pub(crate) fn is_empty(folder: &Path) -> Result<bool, CommandError> {
    if !folder.exists() {
        return Ok(true);
    }
    Ok(files_at(folder)?.is_empty())
}

fn files_at(path: &Path) -> Result<Vec<PathBuf>, CommandError> {
    let metadata = std::fs::metadata(path).map_err(|e| unreadable(path, &e))?;
    if !metadata.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|e| unreadable(path, &e))? {
        let file = entry.map_err(|e| unreadable(path, &e))?.path();
        let extension = file.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        let hidden = file.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        if hidden || file.is_dir() || !matches!(extension.as_deref(), Some("yaml" | "yml")) {
            continue;
        }
        if files.len() >= MAX_FILES {
            return Err(CommandError::usage(
                "too-many-files",
                format!("more than {MAX_FILES} files in {}", path.display()),
                "give the folder of one record",
            ));
        }
        files.push(file);
    }
    files.sort();
    Ok(files)
}

fn unreadable(path: &Path, error: &std::io::Error) -> CommandError {
    CommandError::usage(
        "unreadable",
        format!("cannot read {}: {error}", path.display()),
        "check the path; it is a record's folder, or its file",
    )
}
