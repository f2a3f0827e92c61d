//! `detente mediate`: the fair deal from a few private answers.

mod journal;
mod json;
mod play;
mod simulate;
mod text;

use crate::commands::solve::options::Output;
use crate::error::CommandError;
use crate::output;
use clap::{Args, ValueEnum};
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
    /// Most questions to each party; rankings come before and are counted apart
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u16).range(0..=200))]
    questions: u16,
    /// Decides every draw: the same seed, the same questions
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Whose answers questions are chosen from [default: own; joint with --simulate]
    #[arg(long, value_enum)]
    from: Option<From>,
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

impl MediateArguments {
    /// People are asked from their own answers unless someone wants it otherwise.
    fn from(&self) -> From {
        self.from.unwrap_or(if self.simulate { From::Joint } else { From::Own })
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
