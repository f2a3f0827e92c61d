//! How was this computed?

use super::View;
use crate::page::Section;
use crate::words;
use detente_analysis::frontier::Completeness;
use detente_model::{Known, Statement};
use maud::{Markup, html};

pub(super) fn section(view: &View<'_>) -> Section {
    Section {
        id: "method",
        question: "How was this computed, and what is not known?".into(),
        answer: answer(view),
        body: html! {
            dl.words {
                dt { "Arithmetic" }
                dd { (words::exactness(view.solved)) }
                @if view.scenario.utilities().is_none() {
                    dt { "What is left unsaid" }
                    dd { (words::UNSAID) }
                } @else {
                    dt { "Efficient deals" }
                    dd { (words::frontier(view.solved)) }
                    dt { "Fair deals" }
                    dd { (proofs(view)) }
                }
                dt { "Where the figures come from" }
                dd { (sources(view)) }
                dt { "Not looked at" }
                dd {
                    "Discounting over time: utilities are those of a deal carried out at once. "
                    "Whether figures are honest or complete: a deal not described by these issues cannot appear here."
                }
            }
            h3 { "Words" }
            dl.words {
                @for (word, meaning) in WORDS {
                    dt { (word) }
                    dd { (meaning) }
                }
            }
        },
    }
}

const WORDS: [(&str, &str); 6] = [
    (
        "Utility",
        "How much a deal is worth to a side, on that side’s own scale. Scales of different sides cannot be compared.",
    ),
    (
        "No deal",
        "What a side has without an agreement. A deal is acceptable to a side when it is worth at least that, and crosses none of its red lines.",
    ),
    (
        "Gain",
        "Utility less that of no deal. In per cent: of the gain of the side’s best deal among those acceptable to all.",
    ),
    (
        "Zone of agreement",
        "The outcomes acceptable to everyone whose consent is needed, within all constraints.",
    ),
    (
        "Efficient",
        "No other feasible deal is better for one side and no worse for every other. Efficient deals need not be acceptable to all.",
    ),
    (
        "Proved",
        "The search shows that no acceptable deal does better by that rule. Otherwise the most that could still be gained is stated.",
    ),
];

fn answer(view: &View<'_>) -> String {
    let exact = if view.solved.exact { "Exactly" } else { "With a stated tolerance" };
    let proved = view.solved.solutions.iter().all(|s| s.optimal);
    let complete = view.solved.frontier.completeness == Completeness::Complete;
    let sure = match (view.solved.agreement_possible, proved && complete) {
        _ if view.scenario.utilities().is_none() => "from what was said, whatever is left unsaid",
        (None, _) => "the search is not complete",
        (_, true) => "nothing was left out",
        _ => "some of it is not complete; each place says so",
    };
    format!("{exact}; {sure}.")
}

fn proofs(view: &View<'_>) -> String {
    let all = view.solved.solutions.len();
    let proved = view.solved.solutions.iter().filter(|s| s.optimal).count();
    match (all, proved) {
        (0, _) => "None: no deal acceptable to all was found.".into(),
        (a, p) if a == p => {
            "Every one is proved: no acceptable deal does better by its rule.".into()
        }
        (a, p) => format!(
            "{p} of {a} are proved; for the others the most that could still be gained is stated beside them."
        ),
    }
}

/// How often the figures of each side are known in which way.
fn sources(view: &View<'_>) -> Markup {
    let mut counts = [0_usize; 4];
    for preferences in view.scenario.preferences() {
        let mut count = |known: Known| counts[index(known)] += 1;
        match &preferences.statement {
            Statement::Utility(utility) => {
                utility.issues.iter().flatten().for_each(|v| count(v.known));
                utility.interactions.iter().for_each(|i| count(i.known));
                count(utility.reservation_known);
            }
            Statement::Partial(partial) => partial.statements.iter().for_each(|s| count(s.known)),
        }
        preferences.red_lines.iter().for_each(|r| count(r.known));
    }
    let total: usize = counts.iter().sum();
    let names =
        ["stated publicly", "told in confidence", "a mediator’s estimate", "not recorded how"];
    html! {
        "Of " (total) " statements about what the sides want: "
        @for (place, (name, count)) in names.iter().zip(counts).filter(|(_, c)| *c > 0).enumerate() {
            @if place > 0 { ", " }
            (count) " " (name)
        }
        "."
    }
}

fn index(known: Known) -> usize {
    match known {
        Known::StatedPublicly => 0,
        Known::ToldInConfidence => 1,
        Known::MediatorsEstimate => 2,
        Known::Unknown => 3,
    }
}
