//! What `detente solve` can be told.

use crate::acceptance::{AcceptanceOptions, first_error};
use crate::error::CommandError;
use clap::{Args, ValueEnum};
use detente_analysis::table::{self, Reduced, Taken};
use detente_model::Scenario;
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
    #[command(flatten)]
    pub(crate) acceptance: AcceptanceOptions,
    /// A deal on the table, to be judged and improved: "issue=option; issue=option; …", or a file
    #[arg(long, value_name = "DEAL")]
    pub(crate) from: Option<String>,
    /// Take an issue or a party off the table (may be repeated)
    #[arg(long, value_name = "NAME")]
    pub(crate) without: Vec<String>,
    /// Leave only these issues (or parties) on the table (may be repeated)
    #[arg(long, value_name = "NAME", conflicts_with = "without")]
    pub(crate) only: Vec<String>,
    /// Let chance decide between deals: the fair lotteries as well
    #[arg(long)]
    pub(crate) lotteries: bool,
    /// With --format json: explanations as well (why not, contested issues, sensitivity)
    #[arg(long)]
    pub(crate) explain: bool,
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.0..=1e9).contains(&seconds) => Ok(seconds),
        _ => Err("give a number of seconds, such as 10 or 0.5".into()),
    }
}

impl Options {
    /// The smaller table asked for, if one was.
    pub(crate) fn table(&self, scenario: &Scenario) -> Result<Option<Reduced>, CommandError> {
        if self.without.is_empty() && self.only.is_empty() {
            return Ok(None);
        }
        let reduced = if self.only.is_empty() {
            let taken: Result<Vec<Taken>, _> =
                self.without.iter().map(|n| find(scenario, n)).collect();
            table::without(scenario, &taken?)
        } else {
            let (mut issues, mut parties) = (Vec::new(), Vec::new());
            for name in &self.only {
                match find(scenario, name)? {
                    Taken::Issue(issue) => issues.push(issue),
                    Taken::Party(party) => parties.push(party),
                }
            }
            table::only(scenario, &issues, &parties)
        };
        reduced.map(Some).map_err(|flaws| first_error("nothing-left", flaws))
    }
}

/// The issue or party of that name.
fn find(scenario: &Scenario, name: &str) -> Result<Taken, CommandError> {
    let issue = scenario.issue_index(name).map(Taken::Issue);
    let party = scenario.party_index(name).map(Taken::Party);
    match (issue, party) {
        (Some(_), Some(_)) => Err(CommandError::usage(
            "ambiguous-name",
            format!("`{name}` is an issue and a party"),
            "rename one of them",
        )),
        (Some(one), None) | (None, Some(one)) => Ok(one),
        (None, None) => Err(unknown(scenario, "issue or party", name)),
    }
}

fn unknown(scenario: &Scenario, what: &str, name: &str) -> CommandError {
    let parties = scenario.parties().iter().map(|p| p.id.as_str()).collect::<Vec<_>>().join(", ");
    let issues = scenario.issues().iter().map(|i| i.name.as_str()).collect::<Vec<_>>().join(", ");
    let hint = format!("the issues are {issues}; the parties are {parties}");
    CommandError::usage("unknown-name", format!("there is no {what} `{name}`"), hint)
}
