//! The road taken, for people.

use super::From;
use super::simulate::Simulation;
use detente_elicitation::statement::{Answer, Question};
use std::fmt::Write as _;

/// The whole report.
pub(super) fn report(simulation: &Simulation<'_>) -> String {
    let mut text = String::new();
    heading(simulation, &mut text);
    road(simulation, &mut text);
    proposals(simulation, &mut text);
    text
}

fn heading(simulation: &Simulation<'_>, text: &mut String) {
    let Simulation { scenario, road, rankings, arguments, .. } = simulation;
    let _ = writeln!(text, "{}: {} outcomes", scenario.title(), scenario.outcome_count());
    let _ = writeln!(text, "Parties answer from their files (simulated, seed {}).", arguments.seed);
    let chosen = match arguments.from() {
        From::Own => "Each party's questions were chosen from its own answers alone.",
        From::Joint => {
            "Questions were chosen from everyone's answers: what a party is asked tells it \
             something about the others."
        }
    };
    let _ = writeln!(text, "{chosen}\n\nAnswers");
    for (party, stop) in scenario.parties().iter().zip(&road.stops).enumerate() {
        let (p, (party, stop)) = (party, stop);
        let why = stop.map_or(String::new(), |s| format!("; then no more: {}", s.as_str()));
        let _ = writeln!(
            text,
            "  {}: rankings worth {} answers, {} questions{why}",
            party.name, rankings[p], road.questions[p]
        );
    }
}

fn road(simulation: &Simulation<'_>, text: &mut String) {
    let _ = writeln!(text, "\nThe road taken");
    for (number, step) in simulation.road.steps.iter().enumerate() {
        let name = &simulation.scenario.parties()[step.party].name;
        let said = simulation.said(&step.question, step.answer);
        let _ = writeln!(text, "  {}. {name}: {said}", number + 1);
    }
    for (party, about) in simulation.scenario.parties().iter().enumerate() {
        let doubted = simulation.case.doubted(party);
        if doubted.is_empty() {
            continue;
        }
        let _ = writeln!(
            text,
            "\nThese do not go with the rest of what {} said; worth asking again, kindly:",
            about.name
        );
        for (index, _) in doubted {
            let (question, answer) = &simulation.case.answers(party)[index];
            let _ = writeln!(text, "  {}", simulation.said(question, *answer));
        }
    }
}

fn proposals(simulation: &Simulation<'_>, text: &mut String) {
    let Simulation { scenario, problem, road, .. } = simulation;
    if road.proposals.is_empty() {
        let _ =
            writeln!(text, "\nNothing was proposed: no deal seems acceptable to enough parties.");
    }
    for (number, proposal) in road.proposals.iter().enumerate() {
        let recommendation = &proposal.recommendation;
        let deal = &recommendation.deal;
        let _ = writeln!(text, "\nProposal {}", number + 1);
        for (issue, &option) in deal.iter().enumerate() {
            let (name, option) = simulation.names(issue, option);
            let _ = writeln!(text, "  {name}: {option}");
        }
        let _ = writeln!(
            text,
            "  Estimates from the answers: {:.1} % of the best product of gains on average; \
             with 95 % confidence at least {:.1} %.",
            100.0 * recommendation.expected_share,
            100.0 * (1.0 - recommendation.regret)
        );
        let utilities = problem.in_own_units(&problem.utilities(deal));
        for (p, party) in scenario.parties().iter().enumerate() {
            let said = if proposal.accepted[p] { "accepts" } else { "refuses" };
            let _ = writeln!(
                text,
                "  {} {said} (thought likely: {:.0} %; true utility {}, no agreement {})",
                party.name,
                100.0 * recommendation.acceptance[p],
                shown(utilities[p]),
                shown(problem.scales[p].to_f64(problem.reservations[p])),
            );
        }
        if let Some(yardstick) = simulation.yardstick {
            let best = if yardstick.is_proved() { "the best" } else { "the best known" };
            let _ = writeln!(
                text,
                "  By the true profiles its product of gains is {:.2} % of {best}.",
                100.0 * yardstick.nash_share(deal)
            );
        }
    }
    let end = if road.agreed {
        "\nAgreed."
    } else {
        "\nNo agreement: every party is left with what no agreement is worth to it."
    };
    let _ = writeln!(text, "{end}");
}

/// Six significant digits, no more zeros than needed.
fn shown(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Simulation<'_> {
    /// The names of an issue and one of its options.
    pub(super) fn names(&self, issue: usize, option: usize) -> (String, String) {
        let space = self.case.space();
        let named = &self.scenario.issues()[space.issue_of_scenario(issue)];
        let option = named.option_name(space.option_of_scenario(issue, option));
        (named.name.clone(), option.to_string())
    }

    /// A question with its answer; of two deals only where they differ.
    fn said(&self, question: &Question, answer: Answer) -> String {
        let (asked, first, second) = match question {
            Question::Compare(first, second) => {
                let differing: Vec<usize> =
                    (0..first.len()).filter(|&i| first[i] != second[i]).collect();
                let [first, second] = [first, second].map(|d| self.package(d, &differing));
                (format!("{first} – or {second}?"), "the first", "the second")
            }
            Question::Accept(deal) => {
                let all: Vec<usize> = (0..deal.len()).collect();
                let deal = self.package(deal, &all);
                (format!("{deal} – or no agreement?"), "would take it", "rather none")
            }
        };
        let said = match answer {
            Answer::First => first,
            Answer::Second => second,
            Answer::Equal => "equal",
            Answer::CannotSay => "cannot say",
            Answer::Refused => "will not say",
        };
        format!("{asked} → {said}")
    }

    fn package(&self, deal: &[usize], issues: &[usize]) -> String {
        let named = issues.iter().map(|&i| {
            let (issue, option) = self.names(i, deal[i]);
            format!("{issue} {option}")
        });
        named.collect::<Vec<_>>().join(", ")
    }
}
