//! What `detente leak` can be told.

use crate::commands::solve::options::Output;
use crate::error::CommandError;
use clap::{Args, ValueEnum};
use detente_leakage::family::DEFAULT_SHUFFLED;
use detente_leakage::{Answers, Family};
use detente_model::Scenario;
use std::path::PathBuf;

/// How the mediator makes drafts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RuleName {
    /// The Nash draft: tells most
    Plain,
    /// Least information, a chosen secret counted several times, at a share of the best Nash product
    Priced,
    /// Least information of any kind at that share
    Optimal,
    /// No value of a chosen secret becomes likelier than a cap, even to one who knows the rest
    Capped,
    /// The best draft of a short public list
    Menu,
}

/// The secret that a rule protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Protected {
    /// What no agreement is worth
    Limit,
    /// Which issue weighs most
    TopIssue,
    /// The first red line
    RedLine,
}

/// What readers see of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Seen {
    /// Each answer
    Open,
    /// Whether all agreed, the reader having said yes
    Sealed,
    /// Nothing
    Unseen,
}

impl From<Seen> for Answers {
    fn from(seen: Seen) -> Self {
        match seen {
            Seen::Open => Self::Open,
            Seen::Sealed => Self::Sealed,
            Seen::Unseen => Self::Unseen,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Who reads the draft; several pool what they know (by default each party in turn)
    #[arg(long, value_name = "PARTY", value_delimiter = ',')]
    pub(crate) to: Vec<String>,
    /// The draft to judge: "issue=option; issue=option; …", or a file (by default the rule's own)
    #[arg(long, value_name = "DEAL")]
    pub(crate) draft: Option<String>,
    /// A draft the audience has seen before; "… -> yes" or "… -> no" where it knows the answer (may be repeated)
    #[arg(long, value_name = "DEAL")]
    pub(crate) already: Vec<String>,
    /// How drafts are made; readers know it
    #[arg(long, value_enum, default_value_t = RuleName::Plain)]
    pub(crate) rule: RuleName,
    /// With --rule priced or optimal: the share of the best Nash product to keep
    #[arg(long, value_name = "SHARE", default_value_t = detente_leakage::rules::DEFAULT_SHARE)]
    pub(crate) share: f64,
    /// With --rule priced: the price, in bits, of the best guess of the protected secret being always right
    #[arg(long, value_name = "BITS", default_value_t = detente_leakage::rules::DEFAULT_PRICE)]
    pub(crate) price: f64,
    /// With --rule capped: the cap, as a probability
    #[arg(long, value_name = "CAP", default_value_t = 0.4)]
    pub(crate) cap: f64,
    /// With --rule menu: how many drafts it holds
    #[arg(long, value_name = "DRAFTS", default_value_t = 8)]
    pub(crate) menu: usize,
    /// With --rule priced or capped: the secret to protect
    #[arg(long, value_enum, default_value_t = Protected::Limit)]
    pub(crate) protect: Protected,
    /// With --rule priced or capped and several hidden parties: whose secret (by default the first's)
    #[arg(long, value_name = "PARTY")]
    pub(crate) protect_of: Option<String>,
    /// What a limit may be: "loose" (.3 to .7 of a party's scale), "tight" (.5 to .9), or fractions
    #[arg(long, value_name = "GRID", default_value = "loose", value_parser = grid)]
    pub(crate) grid: Grid,
    /// Shapes values may have: powers of the scenario's own, 1 being as they are
    #[arg(long, value_name = "POWERS", value_delimiter = ',', default_values_t = [1.0, 2.0])]
    pub(crate) shapes: Vec<f64>,
    /// How many of a party's heaviest weights may be in any order [default: 4, with --honest 2]
    #[arg(long, value_name = "WEIGHTS")]
    pub(crate) shuffle: Option<usize>,
    /// Instead: what it costs to make the truth every party's best answer
    #[arg(long, conflicts_with_all = ["to", "draft", "already", "report", "particles"])]
    pub(crate) honest: bool,
    /// Sample so many plausible parties from a wider range instead of counting all
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100..=20_000))]
    pub(crate) particles: Option<u32>,
    /// What the audience will see of the answers
    #[arg(long, value_enum, default_value_t = Seen::Open)]
    pub(crate) answers: Seen,
    /// Fixes every draw
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Output::Text)]
    pub(crate) format: Output,
    /// Write a page as well: one self-contained HTML file
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}

/// Reservation values as fractions of a party's scale.
#[derive(Debug, Clone)]
pub(crate) struct Grid(pub(crate) Vec<f64>);

fn grid(text: &str) -> Result<Grid, String> {
    match text {
        "loose" => return Ok(Grid(Family::LOOSE.to_vec())),
        "tight" => return Ok(Grid(Family::TIGHT.to_vec())),
        _ => {}
    }
    let read: Result<Vec<f64>, _> = text.split(',').map(|t| t.trim().parse::<f64>()).collect();
    match read {
        Ok(values)
            if values.len() <= 20
                && values.iter().all(|v| (0.0..=1.0).contains(v))
                && values.windows(2).all(|w| w[0] < w[1]) =>
        {
            Ok(Grid(values))
        }
        _ => Err("give \"loose\", \"tight\", or up to 20 ascending fractions from 0 to 1, such as 0.3,0.5,0.7".into()),
    }
}

impl Options {
    /// What each party may plausibly be.
    pub(super) fn family(&self) -> Family {
        let usual = if self.honest { 2 } else { DEFAULT_SHUFFLED };
        Family {
            grid: self.grid.0.clone(),
            shapes: self.shapes.clone(),
            shuffled: self.shuffle.unwrap_or(usual),
        }
    }

    /// The audiences: the parties named, together; or each party in turn.
    pub(super) fn audiences(&self, scenario: &Scenario) -> Result<Vec<Vec<usize>>, CommandError> {
        if self.to.is_empty() {
            return Ok((0..scenario.parties().len()).map(|p| vec![p]).collect());
        }
        let mut readers = Vec::new();
        for id in &self.to {
            readers.push(party(scenario, id)?);
        }
        readers.sort_unstable();
        readers.dedup();
        if readers.len() == scenario.parties().len() {
            return Err(CommandError::usage(
                "nobody-hidden",
                "every party is a reader: nobody is left whose secrets could be told",
                "name fewer parties with --to",
            ));
        }
        Ok(vec![readers])
    }
}

/// The party of that id.
pub(super) fn party(scenario: &Scenario, id: &str) -> Result<usize, CommandError> {
    scenario.party_index(id).ok_or_else(|| {
        let known: Vec<&str> = scenario.parties().iter().map(|p| p.id.as_str()).collect();
        CommandError::usage(
            "unknown-name",
            format!("there is no party `{id}`"),
            format!("the parties are {}", known.join(", ")),
        )
    })
}
