//! Opening a staging file, or a scenario's folder with or without one.

use crate::error::CommandError;
use crate::output::Format;
use crate::{load, snippet};
use clap::Args;
use detente_analysis::Budget;
use detente_analysis::solved::SolutionRule;
use detente_analysis::staging::{CaseError, Effort, Staging, stage_scenario};
use detente_formats::{Asked, SourceFile, read_staging};
use detente_model::Scenario;
use detente_model::diagnostic::Loaded;
use detente_report::staging::About;
use std::path::{Path, PathBuf};

/// What every command that plans takes.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// A scenario's folder (with or without a staging.yaml in it), a folder
    /// with a staging.yaml only, or a staging file (YAML or JSON)
    file: PathBuf,
    /// Most moves between states to go over before the search turns coarse
    #[arg(long, value_name = "N", default_value_t = 400_000_000)]
    most_moves: u64,
}

/// How the answer is given.
#[derive(Debug, Args)]
pub(crate) struct Answering {
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Show what the verdict rests on: the ranges over which it holds and the
    /// numbers that flip it
    #[arg(long)]
    pub(crate) sensitivity: bool,
    /// Write an HTML report to this file
    #[arg(long, value_name = "FILE.html")]
    pub(crate) report: Option<PathBuf>,
}

impl Answering {
    /// Whether what a verdict rests on is to be worked out.
    pub(crate) fn wants_sensitivity(&self) -> bool {
        self.sensitivity || self.report.is_some()
    }
}

/// A staging block with what a scenario beside it adds.
pub(crate) struct Block {
    pub(crate) block: Staging,
    /// What the rules of fairness pick among its deals.
    pub(crate) fair: Vec<(SolutionRule, usize)>,
    /// Whether the deals are outcomes of a scenario.
    pub(crate) of_scenario: bool,
}

/// What a path holds: where the staging file is, and the scenario beside it.
struct Found {
    staging: Option<PathBuf>,
    scenario: Option<Scenario>,
}

impl Source {
    pub(crate) fn effort(&self) -> Effort<'static> {
        Effort { most_moves: self.most_moves.into(), ..Effort::default() }
    }

    /// What a page says of its own making.
    pub(crate) fn about(&self, command: &str) -> About {
        About {
            as_of: Some(jiff::Zoned::now().date().to_string()),
            command: Some(format!("detente {command} {}", self.file.display())),
            made_by: Some(format!("detente {}", env!("CARGO_PKG_VERSION"))),
        }
    }

    fn find(&self) -> Result<Found, CommandError> {
        let is_scenario_file = self.file.file_stem().is_some_and(|s| s == "scenario");
        let folder = match self.file.parent() {
            Some(parent) if is_scenario_file && !self.file.is_dir() => {
                if parent.as_os_str().is_empty() { Path::new(".") } else { parent }
            }
            _ if self.file.is_dir() => &self.file,
            _ => return Ok(Found { staging: Some(self.file.clone()), scenario: None }),
        };
        let staging = STAGING_FILES.iter().map(|name| folder.join(name)).find(|f| f.is_file());
        let others = load::gather(folder)?.files;
        let is_staging = |f: &SourceFile| STAGING_FILES.iter().any(|name| f.path.ends_with(name));
        if others.iter().all(is_staging) {
            if staging.is_none() {
                return Err(CommandError::usage(
                    "no-staging",
                    format!("{} holds neither a scenario nor a staging.yaml", folder.display()),
                    "name the file itself, or a folder with a scenario or a staging.yaml",
                ));
            }
            return Ok(Found { staging, scenario: None });
        }
        let input = load::scenario(folder)?;
        snippet::print(&input.warnings, &input.sources);
        Ok(Found { staging, scenario: Some(input.scenario) })
    }

    /// Reads the staging file of a path with the scenario beside it, if any.
    fn read<T>(
        found: &Found,
        reader: impl Fn(SourceFile, Option<&Scenario>) -> Loaded<Asked<T>>,
    ) -> Result<Option<Asked<T>>, CommandError> {
        let Some(path) = &found.staging else { return Ok(None) };
        let loaded = reader(load::file(path)?, found.scenario.as_ref());
        match loaded.value {
            Some(asked) => {
                snippet::print(&loaded.diagnostics, &loaded.sources);
                Ok(Some(asked))
            }
            None => Err(CommandError::Input {
                diagnostics: loaded.diagnostics,
                sources: loaded.sources,
            }),
        }
    }

    /// The staging blocks at the path; those of a scenario filled from it.
    pub(crate) fn blocks(&self) -> Result<Asked<Block>, CommandError> {
        let found = self.find()?;
        let asked = Self::read(&found, read_staging)?;
        let Some(scenario) = &found.scenario else {
            let asked = asked.unwrap_or(Asked { inputs: Vec::new(), many: false });
            let plain = |block| Block { block, fair: Vec::new(), of_scenario: false };
            return Ok(Asked {
                inputs: asked.inputs.into_iter().map(plain).collect(),
                many: asked.many,
            });
        };
        let many = asked.as_ref().is_some_and(|a| a.many);
        let written: Vec<Option<Staging>> =
            asked.map_or_else(|| vec![None], |a| a.inputs.into_iter().map(Some).collect());
        let inputs = written
            .into_iter()
            .map(|written| {
                let made =
                    stage_scenario(scenario, written, &Budget::default()).map_err(unsound)?;
                let mut block = made.block;
                if !made.all_outcomes {
                    block.assumed.push(
                        "only the efficient and the fair deals that `detente solve` finds are compared, for there are too many outcomes to plan them all".into(),
                    );
                }
                Ok(Block { block, fair: made.fair, of_scenario: true })
            })
            .collect::<Result<Vec<Block>, CommandError>>()?;
        Ok(Asked { inputs, many })
    }

    /// What the path says of acceptance at home, with the scenario beside it.
    pub(crate) fn ratification<T>(
        &self,
        reader: impl Fn(SourceFile, Option<&Scenario>) -> Loaded<Asked<T>>,
    ) -> Result<(Asked<T>, Option<Scenario>), CommandError> {
        let found = self.find()?;
        match Self::read(&found, reader)? {
            Some(asked) => Ok((asked, found.scenario)),
            None => Err(CommandError::usage(
                "no-ratification",
                format!("{} does not say who must accept a deal at home", self.file.display()),
                "add a staging.yaml with `ratification:`; see docs/format-staging.md",
            )),
        }
    }
}

/// Names of a staging file within a folder.
const STAGING_FILES: [&str; 3] = ["staging.yaml", "staging.yml", "staging.json"];

/// A case that does not hold together, as an error of the input.
pub(crate) fn unsound(error: CaseError) -> CommandError {
    CommandError::usage("staging-case", error.to_string(), "see docs/format-staging.md")
}
