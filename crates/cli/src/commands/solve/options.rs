//! What `detente solve` can be told.

use crate::error::CommandError;
use clap::{Args, ValueEnum};
use detente_model::{AcceptanceRule, Scenario};
use std::path::PathBuf;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// For people
    Text,
    /// For programs: one JSON document
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Output::Text)]
    pub(crate) format: Output,
    /// Write the report to this file as well: one self-contained HTML page
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Stop after so many seconds and say how far the answer may be off
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) time: Option<f64>,
    /// Most points of the frontier; 0 leaves the frontier out [default: 200000]
    #[arg(long, value_name = "POINTS")]
    pub(crate) frontier_limit: Option<usize>,
    /// Let so many parties make an agreement, instead of all
    #[arg(long, value_name = "PARTIES")]
    pub(crate) quota: Option<usize>,
    /// With --quota: a party without whom there is no agreement (may be repeated)
    #[arg(long, value_name = "PARTY", requires = "quota")]
    pub(crate) veto: Vec<String>,
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds >= 0.0 && seconds <= 1e9 => Ok(seconds),
        _ => Err("give a number of seconds, such as 10 or 0.5".into()),
    }
}

impl Options {
    /// The scenario under these options.
    pub(crate) fn apply(&self, scenario: Scenario) -> Result<Scenario, CommandError> {
        let Some(at_least) = self.quota else { return Ok(scenario) };
        let mut vetoes = Vec::new();
        for id in &self.veto {
            let ids =
                || scenario.parties().iter().map(|p| p.id.as_str()).collect::<Vec<_>>().join(", ");
            let party = scenario.party_index(id).ok_or_else(|| {
                CommandError::usage(
                    "unknown-party",
                    format!("there is no party `{id}`"),
                    format!("the parties are {}", ids()),
                )
            })?;
            vetoes.push(party);
        }
        let mut draft = scenario.into_draft();
        draft.acceptance = AcceptanceRule::Quota { at_least, vetoes };
        let (scenario, flaws) = draft.check();
        scenario.ok_or_else(|| {
            let flaw = flaws
                .into_iter()
                .find(|f| f.severity == detente_model::diagnostic::Severity::Error);
            let (message, hint) = flaw.map_or_else(Default::default, |f| (f.message, f.hint));
            CommandError::usage("bad-quota", message, hint)
        })
    }
}
