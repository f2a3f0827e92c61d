//! The road taken as a page for the mediator.

use super::{Mediation, words};
use crate::candidates::capitalised;
use crate::page::{Audience, Direction, Page, Reach, Section, folded, wide};
use detente_elicitation::Aim;
use detente_elicitation::simulate::Proposal;
use detente_elicitation::statement::Answer;
use maud::{Markup, html};

/// One self-contained page: what was agreed, how sure that is, and how it came about.
#[must_use]
pub fn mediation_page(shown: &Mediation<'_>) -> String {
    let footer = [
        Some(
            "This page computes what follows from the answers it was given. The parties decide."
                .to_owned(),
        ),
        shown.made_by.as_ref().map(|by| format!("Made by {by}.")),
        shown.command.as_ref().map(|command| format!("Command: {command}")),
    ];
    let mut sections = vec![agreed(shown), sure(shown), road(shown)];
    sections.extend(doubted(shown));
    sections.push(method(shown));
    let page = Page {
        title: "Which deal did the answers lead to?",
        subject: shown.scenario.title(),
        lead: html! {},
        audience: Audience {
            reach: Reach::Narrow,
            text: "The mediator's team only. It holds what the parties answered in confidence: never for the parties.".into(),
        },
        banners: Vec::new(),
        sections,
        as_of: shown.as_of.as_deref(),
        footer: footer.into_iter().flatten().collect(),
        language: "en",
        direction: Direction::LeftToRight,
    };
    page.render()
}

fn agreed(shown: &Mediation<'_>) -> Section {
    let earlier = shown.road.proposals.len().saturating_sub(1);
    let last = shown.road.proposals.last();
    let (deal, before) = match last {
        Some(last) if shown.road.agreed => (Some(last), &shown.road.proposals[..earlier]),
        _ => (None, &shown.road.proposals[..]),
    };
    let answer = match (shown.road.agreed, before.len()) {
        (true, 0) => "Yes, on the first proposal.".to_owned(),
        (true, n) => format!("Yes, on proposal {}.", n + 1),
        (false, _) => words::end(shown).to_owned(),
    };
    Section {
        id: "deal",
        question: "Was a deal agreed?".into(),
        answer,
        body: html! {
            @if let Some(proposal) = deal { (package(shown, proposal, "The deal")) }
            @for (number, proposal) in before.iter().enumerate() {
                (package(shown, proposal, &format!("Proposal {}, which did not find the consent it needs", number + 1)))
            }
        },
    }
}

fn package(shown: &Mediation<'_>, proposal: &Proposal, caption: &str) -> Markup {
    let deal = &proposal.recommendation.deal;
    html! {
        table {
            caption { (caption) }
            tbody {
                @for (issue, &option) in deal.iter().enumerate() {
                    @let (name, option) = words::named(shown.scenario, shown.case.space(), issue, option);
                    tr { th scope="row" { bdi { (name) } } td { bdi { (option) } } }
                }
            }
        }
        (wide("What each party was thought to say", &parties(shown, proposal)))
        p { (words::estimate(shown, &proposal.recommendation)) }
        @if let Some(measured) = words::measured(shown, proposal) { p { (measured) } }
    }
}

/// What was thought of each party, and what is true where it was simulated.
fn parties(shown: &Mediation<'_>, proposal: &Proposal) -> Markup {
    let truth = shown.truth.map(|truth| {
        let utilities = truth.problem.utilities(&proposal.recommendation.deal);
        let none = truth.problem.in_own_units(&truth.problem.reservations);
        (truth.problem.in_own_units(&utilities), none)
    });
    html! {
        table {
            thead { tr {
                th scope="col" { "Party" }
                th.n scope="col" { "Thought likely to accept" }
                @if truth.is_some() {
                    th scope="col" { "Did" }
                    th.n scope="col" { "True utility" }
                    th.n scope="col" { "No agreement" }
                }
            } }
            tbody {
                @for (p, party) in shown.scenario.parties().iter().enumerate() {
                    tr {
                        th scope="row" { bdi { (party.name) } }
                        td.n { (format!("{:.0} %", 100.0 * proposal.recommendation.acceptance[p])) }
                        @if let Some((utilities, none)) = &truth {
                            td { @if proposal.accepted[p] { "accepted" } @else { "refused" } }
                            td.n { (words::figure(utilities[p])) }
                            td.n { (words::figure(none[p])) }
                        }
                    }
                }
            }
        }
    }
}

fn sure(shown: &Mediation<'_>) -> Section {
    let answer = shown.road.proposals.last().map_or_else(
        || "Nothing is said, as nothing was proposed.".to_owned(),
        |last| {
            let best = shown.case.aim().best();
            match words::at_least(&last.recommendation, 0) {
                Some(least) => format!(
                    "With 95 % confidence at least {least} % of {best}: an estimate, not a bound."
                ),
                None => format!("How much of {best} it is sure to reach cannot be said yet."),
            }
        },
    );
    Section {
        id: "sure",
        question: "How sure is it that the deal is fair?".into(),
        answer,
        body: html! {
            p {
                (match shown.case.aim() {
                    Aim::Nash => "Fair is the deal with the largest product of gains over no agreement (Nash). ",
                    Aim::Egalitarian => "Fair is the deal whose least gain over no agreement is largest, each measured on the party's own range from worst to best. ",
                })
                "The estimate is taken over versions of each party that fit what it said; it is only as good as the answers."
            }
            @for remark in &shown.remarks { p { (remark) } }
        },
    }
}

fn road(shown: &Mediation<'_>) -> Section {
    let rankings: usize = (0..shown.played.len()).map(|p| shown.case.rankings(p).answers()).sum();
    let questions: usize = shown.road.questions.iter().sum();
    Section {
        id: "road",
        question: "Which answers led there?".into(),
        answer: format!(
            "Orders worth {rankings} answers, and {questions} questions about concrete packages."
        ),
        body: html! {
            p { (words::how(shown)) }
            @for (p, party) in shown.scenario.parties().iter().enumerate() {
                h3 { bdi { (party.name) } }
                p { (capitalised(&words::told(shown, p))) "." }
                @if shown.road.questions[p] > 0 { (wide(&party.name, &steps(shown, p))) }
            }
        },
    }
}

/// What one party was asked; what it chose stands out.
fn steps(shown: &Mediation<'_>, party: usize) -> Markup {
    let steps = shown.road.steps.iter().filter(|step| step.party == party);
    html! {
        table {
            thead { tr {
                th.n scope="col" { "No." }
                th.text scope="col" { "This" }
                th.text scope="col" { "or that?" }
                th scope="col" { "Answer" }
            } }
            tbody {
                @for (number, step) in steps.enumerate() {
                    @let (first, second) = words::sides(shown, &step.question);
                    tr {
                        td.n { (number + 1) }
                        td.text.focus[step.answer == Answer::First] { bdi { (first) } }
                        td.text.focus[step.answer == Answer::Second] { bdi { (second) } }
                        td { (words::answer(&step.question, step.answer)) }
                    }
                }
            }
        }
    }
}

fn doubted(shown: &Mediation<'_>) -> Option<Section> {
    let lists: Vec<(usize, Vec<(usize, f64)>)> = (0..shown.played.len())
        .map(|p| (p, shown.case.doubted(p)))
        .filter(|list| !list.1.is_empty())
        .collect();
    let count: usize = lists.iter().map(|list| list.1.len()).sum();
    (count > 0).then(|| Section {
        id: "doubted",
        question: "Which answers do not go with the others?".into(),
        answer: format!("{count}, worth asking again, kindly."),
        body: html! {
            @for (party, list) in &lists {
                h3 { bdi { (shown.scenario.parties()[*party].name) } }
                ul.plain {
                    @for (index, share) in list {
                        @let (question, answer) = &shown.case.answers(*party)[*index];
                        @let (first, second) = words::sides(shown, question);
                        li {
                            bdi { (first) } " – or " bdi { (second) } "? "
                            (words::answer(question, *answer))
                            " (" (format!("{:.0}", 100.0 * share)) " % of the versions that fit the rest say otherwise)"
                        }
                    }
                }
            }
        },
    })
}

fn method(shown: &Mediation<'_>) -> Section {
    Section {
        id: "method",
        question: "How was this worked out?".into(),
        answer: String::new(),
        body: folded(
            "The method in short",
            &html! {
                p {
                    "A party's utility is taken to be a sum over the issues. Of each party many versions "
                    "that fit its answers are kept; an answer that contradicts a version makes it less likely, "
                    "as people err. Each question is the one whose answer is expected to improve the proposal most. "
                    "The deal proposed has the largest expected share of " (shown.case.aim().best()) "."
                }
                p { "Same answers and same seed (" (shown.seed) "): the same questions, the same deal." }
            },
        ),
    }
}
