//! `detente mediate`: the fair deal from a few private answers.

mod journal;
mod json;
mod known;
mod play;
mod sayings;
mod simulate;
mod typed;

use crate::commands::solve::options::Output;
use crate::error::CommandError;
use crate::output;
use clap::{Args, ValueEnum};
use detente_model::Scenario;
use detente_report::mediate::{Mediation, mediation_page, mediation_text};
use detente_report::text::Emphasis;
use std::path::PathBuf;

/// Reach the fair deal from rankings and a few "A or B?" answers a party
#[derive(Debug, Args)]
pub(crate) struct MediateArguments {
    /// The scenario's folder, or a file that holds all of it
    scenario: PathBuf,
    /// Play all parties from their files
    #[arg(long, conflicts_with_all = ["play", "answers"])]
    simulate: bool,
    /// Answer for this party at the terminal, the others being simulated (may be repeated); all without it
    #[arg(long, value_name = "PARTY")]
    play: Vec<String>,
    /// Where answers are kept, and gone on from; SCENARIO.answers.jsonl without it
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Output::Text)]
    format: Output,
    /// Also write a page of the road taken; for the mediator alone
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Most questions to each party; rankings come before and are counted apart
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u16).range(0..=200))]
    questions: u16,
    /// Decides every draw: the same seed, the same questions
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Whose answers questions are chosen from [default: own; joint with --simulate]
    #[arg(long, value_enum)]
    from: Option<From>,
    /// What the deal proposed is to be best at
    #[arg(long, value_enum, default_value_t = Aim::Nash)]
    aim: Aim,
    /// Whether questions may toss coins: a deal for sure, or another with heads and else none
    /// (or, for a party that takes any deal, its worst one)
    /// [default: no; yes with --simulate and joint questions]
    #[arg(long, value_enum)]
    coins: Option<Coins>,
    /// How simulated parties answer; for one of them: PARTY=CONDUCT (may be repeated)
    #[arg(long, value_name = "CONDUCT", value_parser = simulate::conduct)]
    conduct: Vec<simulate::ConductOf>,
}

/// Whose answers a question is chosen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum From {
    /// That party's own: its questions tell it nothing about the others
    Own,
    /// Everyone's: a better deal for as many questions, but each tells something
    Joint,
}

/// Whether coins are tossed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Coins {
    /// Deals for sure only
    No,
    /// Where it tells more than deals for sure would
    Yes,
}

/// What is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Aim {
    /// The product of everyone's gains
    Nash,
    /// The gain of the party that gains least, each measured on its own range
    Egalitarian,
}

impl MediateArguments {
    /// People are asked from their own answers unless someone wants it otherwise.
    fn from(&self) -> From {
        self.from.unwrap_or(if self.simulate { From::Joint } else { From::Own })
    }

    /// People are not asked about chances unless someone wants it, and a party's
    /// own answers alone choose worse among them.
    fn coins(&self) -> bool {
        let joint = self.simulate && self.from() == From::Joint;
        self.coins.map_or(joint, |coins| coins == Coins::Yes)
    }
}

/// Mediates.
pub(crate) fn run(arguments: &MediateArguments) -> Result<(), CommandError> {
    if arguments.simulate { simulate::run(arguments) } else { play::run(arguments) }
}

/// A line of talk: to standard error, so that standard output holds the end alone.
fn tell(line: &str) {
    output::complain(line);
}

/// The end, as the words of the command want it.
fn print(arguments: &MediateArguments, shown: &Mediation<'_>) -> Result<(), CommandError> {
    if let Some(path) = &arguments.report {
        let command = std::iter::once("detente".to_owned()).chain(std::env::args().skip(1));
        let dated = Mediation {
            as_of: Some(jiff::Zoned::now().date().to_string()),
            made_by: Some(format!("detente {}", env!("CARGO_PKG_VERSION"))),
            command: Some(command.collect::<Vec<_>>().join(" ")),
            ..shown.clone()
        };
        output::write_file(path, &mediation_page(&dated))?;
        tell(&format!("report written to {}", path.display()));
    }
    output::print(&match arguments.format {
        Output::Json => json::document(shown).to_string(),
        Output::Text => mediation_text(shown, Emphasis::Ansi),
    })
}

fn unknown_party(scenario: &Scenario, id: &str) -> CommandError {
    let ids: Vec<&str> = scenario.parties().iter().map(|p| p.id.as_str()).collect();
    CommandError::usage(
        "unknown-name",
        format!("there is no party `{id}`"),
        format!("the parties are {}", ids.join(", ")),
    )
}
