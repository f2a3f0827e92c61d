//! Opening a staging file, or the one inside a scenario folder.

use crate::error::CommandError;
use crate::snippet;
use clap::{Args, ValueEnum};
use detente_analysis::staging::{BroadDeal, Case, Effort, Rational};
use detente_model::diagnostic::Loaded;
use detente_staging_file::{Asked, StagingFile, WeightRule};
use num_traits::{One, Signed, Zero};
use std::path::{Path, PathBuf};

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Tables for people.
    Text,
    /// For programs.
    Json,
}

/// What every command about staging takes.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// A staging file (YAML or JSON), or a folder with a staging.yaml
    pub(crate) file: PathBuf,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    /// Most moves between states to go over before the search turns coarse
    #[arg(long, value_name = "N", default_value_t = 400_000_000)]
    pub(crate) most_moves: u64,
}

impl Source {
    pub(crate) fn effort(&self) -> Effort<'static> {
        Effort { most_moves: self.most_moves.into(), ..Effort::default() }
    }

    pub(crate) fn read<T>(
        &self,
        reader: impl Fn(&str, &str) -> Loaded<Asked<T>>,
    ) -> Result<Asked<T>, CommandError> {
        let path =
            if self.file.is_dir() { self.file.join("staging.yaml") } else { self.file.clone() };
        let text = std::fs::read_to_string(&path).map_err(|error| {
            let (message, hint) = match error.kind() {
                std::io::ErrorKind::NotFound if self.file.is_dir() => (
                    format!("{} holds no staging.yaml", self.file.display()),
                    "name the file itself, or a folder with a staging.yaml".to_owned(),
                ),
                std::io::ErrorKind::NotFound => {
                    (format!("there is no {}", path.display()), "check the name".to_owned())
                }
                std::io::ErrorKind::InvalidData => (
                    format!("{} is not text in UTF-8", path.display()),
                    "save it as UTF-8".to_owned(),
                ),
                _ => (
                    format!("cannot read {}: {error}", path.display()),
                    "check the permissions".to_owned(),
                ),
            };
            CommandError::usage("unreadable-file", message, hint)
        })?;
        let loaded = reader(&name_of(&path), &text);
        match loaded.value {
            Some(asked) => {
                snippet::print(&loaded.diagnostics, &loaded.sources);
                Ok(asked)
            }
            None => Err(CommandError::Input {
                diagnostics: loaded.diagnostics,
                sources: loaded.sources,
            }),
        }
    }
}

fn name_of(path: &Path) -> String {
    path.display().to_string()
}

/// The weights of a file, given its deals: as written, or one over the most
/// that any of the deals brings each party in all.
pub(crate) fn weigh(file: &StagingFile) -> Case {
    let mut case = file.case.case.clone();
    if file.case.weights == WeightRule::ByGain {
        let own = BroadDeal {
            id: String::new(),
            target: case.target.clone(),
            residual: case.residual.clone(),
        };
        let deals: Vec<&BroadDeal> =
            if file.deals.is_empty() { vec![&own] } else { file.deals.iter().collect() };
        let mut most = vec![Rational::zero(); case.parties.len()];
        for deal in deals {
            let mut part = case.clone();
            part.target.clone_from(&deal.target);
            for (i, lump) in part.total_lumps().iter().enumerate() {
                most[i] = (lump + &deal.residual[i]).abs().max(most[i].clone());
            }
        }
        case.weight = most
            .into_iter()
            .map(|m| if m.is_zero() { Rational::one() } else { m.recip() })
            .collect();
    }
    case
}
