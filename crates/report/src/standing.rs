//! How a deal already on the table stands, in sentences.

use crate::extras::GivenDeal;
use crate::side::Side;
use crate::words;
use detente_analysis::Solved;
use detente_model::Scenario;

/// What keeps the deal from being acceptable to all, in words; empty where nothing does.
pub(crate) fn obstacles(
    scenario: &Scenario,
    solved: &Solved,
    given: &GivenDeal,
    sides: &[Side<'_>],
) -> Vec<String> {
    let mut found: Vec<String> = scenario
        .broken_constraints(&given.deal.outcome)
        .into_iter()
        .filter_map(|index| scenario.constraints().get(index))
        .map(|constraint| format!("the constraint “{}” is not kept", constraint.name))
        .collect();
    for side in sides {
        let (letter, name) = (side.letter(), side.name);
        let lines = scenario.preferences().get(side.index).map_or(&[][..], |p| &p.red_lines[..]);
        let crossed = lines.iter().filter(|l| l.is_crossed(&given.deal.outcome)).count();
        if crossed > 0 {
            found.push(format!("{letter} {name} has a red line across it"));
        }
        let below = given
            .deal
            .utilities
            .get(side.index)
            .zip(solved.reservations.get(side.index))
            .is_some_and(|(utility, no_deal)| utility < no_deal);
        if below {
            found.push(format!("{letter} {name} would rather have no deal"));
        }
    }
    found
}

/// How it stands, in a sentence.
pub(crate) fn sentence(
    scenario: &Scenario,
    solved: &Solved,
    given: &GivenDeal,
    sides: &[Side<'_>],
) -> String {
    let found = obstacles(scenario, solved, given, sides);
    let efficient = match given.efficient {
        Some(true) => " No other deal is better for one side and no worse for the others.",
        Some(false) => " Some other deal is better for one side and no worse for the others.",
        None => "",
    };
    let known = given.deal.utilities.len().min(solved.reservations.len()) >= sides.len();
    if found.is_empty() && !known {
        return format!("{}: not known for every side.{efficient}", given.label);
    }
    if found.is_empty() {
        return format!("{}: every side would take it over no deal.{efficient}", given.label);
    }
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    format!("{}: {}.{efficient}", given.label, words::list(&found))
}
