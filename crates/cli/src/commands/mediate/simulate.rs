//! The parties answer from their files.

use super::{Aim, From, MediateArguments, print, unknown_party};
use crate::error::CommandError;
use crate::{load, snippet};
use detente_analysis::problem::CompileError;
use detente_analysis::{Budget, Problem};
use detente_elicitation::simulate::{Conduct, SimulatedParty, Yardstick, mediate};
use detente_elicitation::{Case, Mode, Rankings, Settings, Space, SpaceError};
use detente_model::Scenario;
use detente_report::mediate::{Mediation, Truth, remarks};
use std::time::{Duration, Instant};

/// How long the best deal is looked for, to measure the one reached.
const YARDSTICK_SECONDS: u64 = 20;

/// A conduct for one party, or for all.
#[derive(Debug, Clone)]
pub(crate) struct ConductOf {
    party: Option<String>,
    conduct: Conduct,
}

/// Reads `CONDUCT` or `PARTY=CONDUCT`.
pub(crate) fn conduct(text: &str) -> Result<ConductOf, String> {
    let (party, word) = match text.rsplit_once('=') {
        Some((party, word)) => (Some(party.to_owned()), word),
        None => (None, text),
    };
    let (word, rate) = match word.split_once(':') {
        Some((word, rate)) => {
            let rate: Option<f64> = rate.parse().ok().filter(|r| (0.0..=1.0).contains(r));
            (word, Some(rate.ok_or("a rate is a number from 0 to 1, such as noisy:0.1")?))
        }
        None => (word, None),
    };
    let conduct = match (word, rate) {
        ("truthful", None) => Conduct::Truthful,
        ("noisy", rate) => Conduct::Noisy(rate.unwrap_or(0.1)),
        ("refusing", rate) => Conduct::Refusing(rate.unwrap_or(1.0)),
        ("random", None) => Conduct::Random,
        ("exaggerating", None) => Conduct::Exaggerating,
        ("hiding", None) => Conduct::Hiding,
        ("false-red-line", None) => Conduct::FalseRedLine,
        _ => {
            return Err("conducts are truthful, noisy:RATE, refusing:RATE, random, exaggerating, \
                 hiding, false-red-line"
                .into());
        }
    };
    Ok(ConductOf { party, conduct })
}

pub(super) fn run(arguments: &MediateArguments) -> Result<(), CommandError> {
    let input = load::scenario(&arguments.scenario)?;
    snippet::print(&input.warnings, &input.sources);
    let scenario = &input.scenario;
    let space = Space::new(scenario).map_err(|error| unaskable(&error))?;
    let problem = Problem::new(scenario).map_err(|error| unaskable(&error.into()))?;
    let mut people = people(scenario, &problem, arguments)?;
    let given: Vec<Rankings> = people.iter().map(|p| p.rankings(&space)).collect();
    let mut case = Case::new(space, given, settings(arguments));
    let road = mediate(&mut case, &problem, &mut people, usize::from(arguments.questions));
    let begun = Instant::now();
    let stop = || begun.elapsed() >= Duration::from_secs(YARDSTICK_SECONDS);
    let yardstick = Yardstick::new(&problem, &Budget::default().stopped_by(&stop));
    let played = vec![false; problem.parties];
    print(
        arguments,
        &Mediation {
            scenario,
            case: &case,
            road: &road,
            played: &played,
            joint: arguments.from() == From::Joint,
            seed: arguments.seed,
            truth: Some(Truth { problem: &problem, yardstick: yardstick.as_ref() }),
            remarks: remarks(scenario, &case),
            as_of: None,
            made_by: None,
            command: None,
        },
    )
}

/// As the command's words say.
pub(super) fn settings(arguments: &MediateArguments) -> Settings {
    Settings {
        coins: arguments.coins(),
        seed: arguments.seed,
        mode: match arguments.from() {
            From::Own => Mode::Own,
            From::Joint => Mode::Joint,
        },
        aim: match arguments.aim {
            Aim::Nash => detente_elicitation::Aim::Nash,
            Aim::Egalitarian => detente_elicitation::Aim::Egalitarian,
        },
        ..Settings::default()
    }
}

/// The parties as simulated.
pub(super) fn people<'p>(
    scenario: &Scenario,
    problem: &'p Problem,
    arguments: &MediateArguments,
) -> Result<Vec<SimulatedParty<'p>>, CommandError> {
    let mut conducts = vec![Conduct::Truthful; problem.parties];
    for given in &arguments.conduct {
        match &given.party {
            None => conducts.fill(given.conduct),
            Some(id) => {
                let party = scenario.party_index(id).ok_or_else(|| unknown_party(scenario, id))?;
                conducts[party] = given.conduct;
            }
        }
    }
    let seed = arguments.seed;
    let person = |(p, conduct)| SimulatedParty::new(problem, p, conduct, seed);
    Ok(conducts.into_iter().enumerate().map(person).collect())
}

/// A scenario that is sound but about which no questions can be asked.
pub(super) fn unaskable(error: &SpaceError) -> CommandError {
    let hint = match error {
        SpaceError::Divisible(_) => "give the issue named shares as its options",
        SpaceError::TooManyOptions { .. }
        | SpaceError::Compile(CompileError::TooManyOptions { .. }) => {
            "give the issue a larger step"
        }
        SpaceError::Compile(CompileError::OrdinalOnly(_)) => {
            "a party is simulated from numbers: give it some, or answer for it (--play)"
        }
        SpaceError::Compile(CompileError::SumOutOfRange(_)) => {
            "round the figures of the constraint"
        }
        SpaceError::Compile(CompileError::NoOptionLeft { .. }) => {
            "lift one of the constraints on that issue"
        }
        SpaceError::Compile(CompileError::ValuesOutOfRange(_)) => {
            "divide that party's values by a constant"
        }
    };
    CommandError::usage("cannot-ask", error.to_string(), hint)
}
