//! Scenarios from folders.

use detente_analysis::Problem;
use detente_bargaining::{OwnUtility, Table};
use detente_elicitation::Space;
use detente_formats::{Folder, SourceFile};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A scenario ready to be played.
#[derive(Debug)]
pub struct Case {
    /// The folder's name.
    pub name: String,
    /// Everything, for measuring.
    pub problem: Problem,
    /// What everybody knows.
    pub table: Arc<Table>,
    /// What the elicitation engine knows: the table again.
    pub space: Space,
    /// What each party knows.
    pub own: Vec<OwnUtility>,
}

/// The cases in the folders of `root` that negotiators can play, by name.
#[must_use]
pub fn cases(root: &Path) -> Vec<Case> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root)
        .map(|entries| entries.flatten().map(|e| e.path()).filter(|p| p.is_dir()).collect())
        .unwrap_or_default();
    folders.sort();
    folders.iter().filter_map(|folder| case(folder)).collect()
}

fn case(folder: &Path) -> Option<Case> {
    let name = folder.file_name()?.to_string_lossy().into_owned();
    let mut files = Vec::new();
    for within in [folder.to_owned(), folder.join("scores_files"), folder.join("parties")] {
        for entry in std::fs::read_dir(within).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_file() {
                files.push(SourceFile::new(path.to_string_lossy(), std::fs::read(&path).ok()?));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let scenario = detente_formats::read(Folder { name: name.clone(), files }).loaded.value?;
    let problem = Problem::new(&scenario).ok()?;
    let (table, own) = Table::set(&scenario).ok()?;
    let space = Space::new(&scenario).ok()?;
    Some(Case { name, problem, table, space, own })
}
