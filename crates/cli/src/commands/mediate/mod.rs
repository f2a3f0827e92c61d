//! `detente mediate`: the fair deal from a few private answers.

mod json;
mod simulate;
mod text;

use crate::commands::solve::options::Output;
use crate::error::CommandError;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Reach the fair deal from rankings and a few "A or B?" answers a party
#[derive(Debug, Args)]
pub(crate) struct MediateArguments {
    /// The scenario's folder, or a file that holds all of it
    scenario: PathBuf,
    /// Play all parties from their files
    #[arg(long)]
    simulate: bool,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Output::Text)]
    format: Output,
    /// Most questions to each party; rankings come before and are counted apart
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u16).range(0..=200))]
    questions: u16,
    /// Decides every draw: the same seed, the same questions
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Whose answers questions are chosen from
    #[arg(long, value_enum, default_value_t = From::Joint)]
    from: From,
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

/// Mediates.
pub(crate) fn run(arguments: &MediateArguments) -> Result<(), CommandError> {
    if !arguments.simulate {
        return Err(CommandError::usage(
            "not-simulated",
            "only simulated mediation is here yet",
            "add --simulate to let the parties' files answer",
        ));
    }
    simulate::run(arguments)
}
