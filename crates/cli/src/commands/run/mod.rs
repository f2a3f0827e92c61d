//! `detente run`: automated negotiators play a scenario.

mod json;
mod text;

use crate::acceptance::AcceptanceOptions;
use crate::error::CommandError;
use crate::{load, output, snippet};
use clap::{Args, ValueEnum};
use detente_bargaining::matches::{self, Draw};
use detente_bargaining::negotiator::Kind;
use detente_bargaining::negotiator::carrier::Carry;
use detente_bargaining::negotiator::voter::Vote;
use detente_bargaining::play::Course;
use detente_bargaining::protocol::single_text::SingleText;
use detente_bargaining::table::SetupError;
use detente_bargaining::{Channels, OwnUtility, Table};
use detente_model::Scenario;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For people
    Text,
    /// For programs: one JSON document
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProtocolName {
    /// In turn each party accepts, makes an offer, or leaves
    AlternatingOffers,
    /// A mediator drafts, the parties vote under seal
    SingleText,
    /// Mediators carry offers along the channels of the scenario
    Shuttle,
}

/// Let automated negotiators play a scenario: who agrees on what, and after how long
#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    /// The scenario's folder, or a file that holds all of it
    scenario: PathBuf,
    /// The rules they play by
    #[arg(long, value_enum, default_value_t = ProtocolName::AlternatingOffers)]
    protocol: ProtocolName,
    /// How each party negotiates, in party order; one name is for all
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    negotiators: Vec<String>,
    /// With --protocol shuttle: how each mediator carries; one name is for all
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    mediators: Vec<String>,
    #[command(flatten)]
    acceptance: AcceptanceOptions,
    /// At most so many rounds (of single text: drafts)
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    rounds: u32,
    /// Where chance begins: the same seed, the same course
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Output::Text)]
    format: Output,
    /// Every move as well
    #[arg(long)]
    trace: bool,
}

/// Everything there is to print.
struct Run<'a> {
    scenario: &'a Scenario,
    table: Arc<Table>,
    protocol: String,
    /// How each party negotiates, and how each mediator carries.
    names: Names,
    /// Where offers travel along channels.
    channels: Option<Channels>,
    seed: u64,
    course: Course,
    trace: bool,
}

struct Names {
    parties: Vec<String>,
    mediators: Vec<String>,
}

/// Plays and prints.
pub(crate) fn run(arguments: &RunArguments) -> Result<(), CommandError> {
    let input = load::scenario(&arguments.scenario)?;
    snippet::print(&input.warnings, &input.sources);
    let scenario = arguments.acceptance.applied_to(input.scenario)?;
    let (table, own) = Table::set(&scenario).map_err(|error| unusable(&error))?;
    let by_shuttle = arguments.protocol == ProtocolName::Shuttle;
    if !by_shuttle && !arguments.mediators.is_empty() {
        return Err(CommandError::usage(
            "no-carriers",
            "only in a shuttle do mediators carry",
            "add --protocol shuttle, or leave --mediators out",
        ));
    }
    if by_shuttle && scenario.mediators().is_empty() {
        return Err(CommandError::usage(
            "no-mediators",
            "the scenario names no mediators, so nothing can be carried",
            "add `mediators:` with whom each reaches, or use --protocol alternating-offers",
        ));
    }
    let channels = by_shuttle.then(|| Channels::of(&scenario));
    let (course, names) = play(arguments, &own, channels.as_ref())?;
    let protocol = arguments.protocol.to_possible_value();
    let run = Run {
        scenario: &scenario,
        table,
        protocol: protocol.map_or_else(String::new, |v| v.get_name().to_owned()),
        names,
        channels,
        seed: arguments.seed,
        course,
        trace: arguments.trace,
    };
    output::print(&match arguments.format {
        Output::Text => text::text(&run),
        Output::Json => json::document(&run)?,
    })
}

fn play(
    arguments: &RunArguments,
    own: &[OwnUtility],
    channels: Option<&Channels>,
) -> Result<(Course, Names), CommandError> {
    let draw = Draw { seed: arguments.seed, index: 0 };
    let (rounds, names) = (arguments.rounds, &arguments.negotiators);
    let shown = |kinds: &[Kind]| kinds.iter().map(ToString::to_string).collect();
    if arguments.protocol == ProtocolName::SingleText {
        let votes = chosen(names, own.len(), &Vote::NAMES, "annealing", Vote::named)?;
        let rules = SingleText::new(own[0].table().clone(), rounds);
        let played = matches::single_text(&rules, own, &votes, draw);
        let parties = votes.iter().map(ToString::to_string).collect();
        return Ok((played.course(), Names { parties, mediators: Vec::new() }));
    }
    let kinds = chosen(names, own.len(), &Kind::ALL.map(Kind::name), "micro", Kind::named)?;
    let Some(channels) = channels else {
        let played = matches::alternating_offers(own, &kinds, rounds, draw);
        return Ok((played.course(), Names { parties: shown(&kinds), mediators: Vec::new() }));
    };
    let known = Carry::ALL.map(Carry::name);
    let carriers =
        chosen(&arguments.mediators, channels.mediators(), &known, "relay", Carry::named)?;
    let played = matches::shuttle(own, &kinds, channels.clone(), &carriers, rounds, draw);
    let mediators = carriers.iter().map(ToString::to_string).collect();
    Ok((played.course(), Names { parties: shown(&kinds), mediators }))
}

/// One of `known` for each of `seats`, from the names given.
fn chosen<T: Copy>(
    names: &[String],
    seats: usize,
    known: &[&str],
    default: &str,
    named: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, CommandError> {
    let default = [default.to_owned()];
    let names = if names.is_empty() { &default } else { names };
    let one = |name: &String| {
        named(name.trim()).ok_or_else(|| {
            CommandError::usage(
                "unknown-negotiator",
                format!("there is no negotiator `{name}` for this protocol"),
                format!("there are: {}", known.join(", ")),
            )
        })
    };
    let kinds: Vec<T> = names.iter().map(one).collect::<Result<_, _>>()?;
    match kinds.as_slice() {
        [one] => Ok(vec![*one; seats]),
        many if many.len() == seats => Ok(kinds),
        many => Err(CommandError::usage(
            "negotiators",
            format!("{} negotiators for {seats} seats", many.len()),
            "name one for each, in the order of the scenario, or one for all",
        )),
    }
}

fn unusable(error: &SetupError) -> CommandError {
    let hint = match error {
        SetupError::Compile(_) => {
            "`detente check` and `detente solve` say more about this scenario"
        }
        SetupError::Divisible(_) => {
            "give the issue options, such as shares in steps of ten percent"
        }
    };
    CommandError::usage("cannot-run", error.to_string(), hint)
}

impl Run<'_> {
    /// Each party's utility of what was agreed, or of no agreement, in its own units.
    fn utilities(&self) -> Vec<f64> {
        let agreed = self.course.end.agreement.as_ref().map(|p| self.table.outcome(p));
        let parties = self.scenario.parties().len();
        match agreed {
            Some(outcome) => {
                let utility = |p| self.scenario.utility(p, &outcome).map_or(0.0, |u| u.to_f64());
                (0..parties).map(utility).collect()
            }
            None => detente_analysis::solve::reservation_values(self.scenario),
        }
    }
}
