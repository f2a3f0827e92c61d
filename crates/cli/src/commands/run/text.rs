//! The answer for people.

use super::Run;
use detente_bargaining::protocol::{Reason, Said};
use detente_bargaining::{Channels, Package, Seat};
use std::fmt::Write as _;

/// More moves than this are not listed.
const MOST_LISTED: usize = 2_000;

pub(super) fn text(run: &Run<'_>) -> String {
    let mut text = format!("{}\n\n", run.scenario.title());
    let _ = writeln!(text, "  {} · seed {}", run.protocol.replace('-', " "), run.seed);
    for (party, kind) in run.scenario.parties().iter().zip(&run.names.parties) {
        let _ = writeln!(text, "  {}: {kind}", party.name);
    }
    text.push('\n');
    if let Some(channels) = &run.channels {
        channels_text(run, channels, &mut text);
    }
    if run.trace {
        trace(run, &mut text);
    }
    match &run.course.end.agreement {
        Some(package) => {
            let unit = if run.protocol == "single-text" { "drafts" } else { "rounds" };
            let _ = writeln!(text, "Agreement after {} {unit}.", run.course.rounds);
            let outcome = run.table.outcome(package);
            for (i, issue) in run.scenario.issues().iter().enumerate() {
                let option = outcome.option(i).map(|o| issue.option_name(o)).unwrap_or_default();
                let unit =
                    if issue.unit.is_empty() { String::new() } else { format!(" {}", issue.unit) };
                let _ = writeln!(text, "  {}: {option}{unit}", issue.name);
            }
        }
        None => {
            let _ = writeln!(text, "No agreement: {}.", why(run));
        }
    }
    let _ =
        writeln!(text, "\nWhat it is worth, on each side's own scale (in brackets: no agreement)");
    let reservations = detente_analysis::solve::reservation_values(run.scenario);
    for ((party, utility), reservation) in
        run.scenario.parties().iter().zip(run.utilities()).zip(reservations)
    {
        let _ = writeln!(text, "  {}: {} ({})", party.name, number(utility), number(reservation));
    }
    text
}

/// Who reaches whom, who is left out, and what hangs on one mediator.
fn channels_text(run: &Run<'_>, channels: &Channels, text: &mut String) {
    let party = |p: &usize| run.scenario.parties()[*p].name.as_str();
    let list = |parties: &[usize]| parties.iter().map(party).collect::<Vec<_>>().join(", ");
    let _ = writeln!(text, "Channels (the sides speak only through mediators)");
    for (index, (mediator, kind)) in
        run.scenario.mediators().iter().zip(&run.names.mediators).enumerate()
    {
        let reached = list(channels.reached_by(index));
        let _ = writeln!(text, "  {} ({kind}): reaches {reached}", mediator.name);
    }
    for unreached in channels.unreached() {
        let _ = writeln!(text, "  nobody reaches {}", party(&unreached));
    }
    for (a, b) in channels.apart() {
        let _ = writeln!(text, "  no channel joins {} and {}", party(&a), party(&b));
    }
    for point in channels.single_points() {
        let mediator = &run.scenario.mediators()[point.mediator].name;
        let all = |p: &usize| point.splits.iter().all(|(a, b)| a == p || b == p);
        let only = (0..channels.parties()).find(all);
        let what = match (only, point.splits.as_slice()) {
            (_, [(a, b)]) => format!("joins {} and {}", party(a), party(b)),
            (Some(one), _) => format!("joins {} and the others", party(&one)),
            (None, pairs) => format!("joins {} pairs of sides", pairs.len()),
        };
        let _ = writeln!(text, "  single point of failure: {mediator} alone {what}");
    }
    if let Some(most) = channels.longest_relay() {
        let _ = writeln!(text, "  an offer passes through {most} mediators in a row at the most");
    }
    text.push('\n');
}

/// Up to four decimals, without trailing zeros.
fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn why(run: &Run<'_>) -> String {
    let rounds = run.course.rounds;
    match run.course.end.reason {
        Reason::Deadline => format!("all {rounds} rounds passed"),
        Reason::Left => {
            format!("in round {rounds} so many had left that no agreement was possible any more")
        }
        Reason::NotAccepted => "the final text was not accepted".into(),
        Reason::NothingProposed => "nothing was put forward".into(),
        Reason::NoChannel => "no channel joins those whose consent it needs".into(),
        Reason::IllegalMove => match &run.course.refused {
            Some((seat, why)) => {
                format!("a move of {} was refused, because {why}", name(run, *seat))
            }
            None => "a move was refused".into(),
        },
        Reason::Agreement => "none was needed".into(),
    }
}

fn trace(run: &Run<'_>, text: &mut String) {
    for (seat, said) in run.course.said.iter().take(MOST_LISTED) {
        let what = match said {
            Said::Offers(package) => format!("offers {}", line(run, package)),
            Said::Drafts(package) => format!("drafts {}", line(run, package)),
            Said::HandsOn(to) => {
                let to: Vec<&str> = to.iter().map(|&seat| name(run, seat)).collect();
                format!("hands a package on to {}", to.join(", "))
            }
            Said::Accepts => "accepts".into(),
            Said::Refuses => "does not accept".into(),
            Said::Asks(party) => format!("asks {}", name(run, *party)),
            Said::Answers => "answers".into(),
            Said::Rests => "has no further draft".into(),
            Said::Leaves => "leaves".into(),
        };
        let _ = writeln!(text, "  {} {what}", name(run, *seat));
    }
    let more = run.course.said.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        let _ = writeln!(text, "  … and {more} more moves (--format json lists them all)");
    }
    text.push('\n');
}

fn line(run: &Run<'_>, package: &Package) -> String {
    let outcome = run.table.outcome(package);
    let issues = run.scenario.issues().iter().enumerate();
    let choices = issues.filter_map(|(i, issue)| {
        Some(format!("{} {}", issue.name, issue.option_name(outcome.option(i)?)))
    });
    choices.collect::<Vec<_>>().join(" · ")
}

fn name<'a>(run: &'a Run<'_>, seat: Seat) -> &'a str {
    match seat {
        Seat::Party(party) => &run.scenario.parties()[party].name,
        Seat::Mediator(mediator) => {
            run.scenario.mediators().get(mediator).map_or("The mediator", |m| &m.name)
        }
    }
}
