//! The road taken, on a terminal.

use super::{Mediation, words};
use crate::text::{Emphasis, printable, wrapped};
use detente_elicitation::simulate::Proposal;

const WIDTH: usize = 80;

/// The whole report, the end last.
#[must_use]
pub fn mediation_text(shown: &Mediation<'_>, emphasis: Emphasis) -> String {
    let scenario = shown.scenario;
    let title = format!("{}: {} outcomes", scenario.title(), scenario.outcome_count());
    let mut out = emphasis.strong(&printable(&title));
    out.push('\n');
    out += &line("", &words::how(shown));
    out += &heading("Answers", emphasis);
    for (p, party) in scenario.parties().iter().enumerate() {
        out += &line("  ", &format!("{}: {}", party.name, words::told(shown, p)));
    }
    out += &road(shown, emphasis);
    for (number, proposal) in shown.road.proposals.iter().enumerate() {
        out += &heading(&format!("Proposal {}", number + 1), emphasis);
        out += &self::proposal(shown, proposal);
    }
    out.push('\n');
    for remark in &shown.remarks {
        out += &line("", remark);
    }
    out += &line("", words::end(shown));
    out
}

fn road(shown: &Mediation<'_>, emphasis: Emphasis) -> String {
    let mut out = String::new();
    if !shown.road.steps.is_empty() {
        out += &heading("The road taken", emphasis);
    }
    for (number, step) in shown.road.steps.iter().enumerate() {
        let name = &shown.scenario.parties()[step.party].name;
        let (first, second) = words::sides(shown, &step.question);
        let said = words::answer(&step.question, step.answer);
        out += &line("  ", &format!("{}. {name}: {first} – or {second}? → {said}", number + 1));
    }
    for (party, about) in shown.scenario.parties().iter().enumerate() {
        let doubted = shown.case.doubted(party);
        if doubted.is_empty() {
            continue;
        }
        let title = format!(
            "These do not go with the rest of what {} said; worth asking again, kindly:",
            about.name
        );
        out.push('\n');
        out += &line("", &title);
        for (index, _) in doubted {
            let (question, answer) = &shown.case.answers(party)[index];
            let (first, second) = words::sides(shown, question);
            let said = words::answer(question, *answer);
            out += &line("  ", &format!("{first} – or {second}? → {said}"));
        }
    }
    out
}

fn proposal(shown: &Mediation<'_>, proposal: &Proposal) -> String {
    let recommendation = &proposal.recommendation;
    let deal = &recommendation.deal;
    let mut out = String::new();
    for (issue, &option) in deal.iter().enumerate() {
        let (name, option) = words::named(shown.scenario, shown.case.space(), issue, option);
        out += &line("  ", &format!("{name}: {option}"));
    }
    out += &line("  ", &words::estimate(shown, recommendation));
    match shown.truth {
        Some(truth) => {
            let problem = truth.problem;
            let utilities = problem.in_own_units(&problem.utilities(deal));
            for (p, party) in shown.scenario.parties().iter().enumerate() {
                let said = if proposal.accepted[p] { "accepts" } else { "refuses" };
                let text = format!(
                    "{} {said} (thought likely: {:.0} %; true utility {}, no agreement {})",
                    party.name,
                    100.0 * recommendation.acceptance[p],
                    words::figure(utilities[p]),
                    words::figure(problem.scales[p].to_f64(problem.reservations[p])),
                );
                out += &line("  ", &text);
            }
        }
        // Who refused is nobody's business.
        None => {
            let met = shown.case.space().acceptance().is_met(&proposal.accepted);
            let text =
                if met { "It was accepted." } else { "It did not find the consent it needs." };
            out += &line("  ", text);
        }
    }
    if let Some(measured) = words::measured(shown, proposal) {
        out += &line("  ", &measured);
    }
    out
}

fn heading(text: &str, emphasis: Emphasis) -> String {
    format!("\n{}\n", emphasis.strong(&printable(text)))
}

fn line(indent: &str, text: &str) -> String {
    let rest = format!("{indent}  ");
    let mut out =
        wrapped(&printable(text), WIDTH, indent, if indent.is_empty() { "" } else { &rest });
    out.push('\n');
    out
}
