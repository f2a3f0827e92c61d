//! What a verdict rests on.

use super::{roomy, table, words};
use crate::page::{Section, figure, folded};
use crate::staging::charts::tornado::{Bar, Tornado};
use crate::staging::words::{brief, certainty, double, ends, flips, holds_over, number};
use detente_analysis::staging::{Case, Robust, Swings};
use maud::{Markup, html};

/// Bars drawn of each verdict.
const MOST_BARS: usize = 12;

/// The section about one verdict: what flips it, the chart, the ranges.
pub(super) fn section(id: &'static str, question: String, found: &Swings) -> Section {
    let flipping: Vec<_> = found.swings.iter().filter(|s| s.flips()).collect();
    let answer = match flipping.first() {
        None => format!(
            "As it stands: {}. No number, moved alone as far as shown, changes that.",
            found.verdict
        ),
        Some(first) => format!(
            "As it stands: {}. {} of {} numbers, moved alone, change that; for example {} (now {}) {}.",
            found.verdict,
            flipping.len(),
            found.swings.len(),
            first.name,
            brief(&first.value),
            flips(first).join("; ")
        ),
    };
    Section { id, question, answer, body: body(id, found) }
}

/// The chart and its figures, for a place inside another section.
pub(super) fn body(id: &str, found: &Swings) -> Markup {
    let bars: Vec<Bar> = found
        .swings
        .iter()
        .take(MOST_BARS)
        .map(|s| Bar {
            name: s.name.clone(),
            measure: (s.measure.0.as_ref().map(double), s.measure.1.as_ref().map(double)),
            ends: ends(s),
            flips: s.flips(),
        })
        .collect();
    let chart_id = format!("{id}-tornado");
    let chart = Tornado {
        id: &chart_id,
        measured: found.measured,
        now: found.measure.as_ref().map(double),
        bars,
    };
    let rows: Vec<Vec<Markup>> = found
        .swings
        .iter()
        .map(|s| {
            let changes = flips(s);
            let changes = if changes.is_empty() { "no".to_owned() } else { changes.join("; ") };
            vec![words(&s.name), words(&number(&s.value)), words(&holds_over(s)), words(&changes)]
        })
        .collect();
    let header = ["number", "now", "the verdict holds over", "changes it"];
    let drawn = roomy("Which numbers the verdict rests on", &chart.draw());
    html! {
        @if !found.swings.is_empty() {
            (figure(&drawn, &html! {
                "One number moved at a time, everything else kept: over its range, or half of it either way (a tenth for shares), to the ends at the right; "
                (certainty(found)) " ↯ marks a number that changes the verdict on the way, † one with which nothing is left to measure at an end. Hatched: below zero. Numbers that concern persons are not moved."
            }, &html! {}))
            (folded("The range over which each number leaves the verdict as it is",
                &table("Ranges", &header, 4, &rows)))
        }
    }
}

/// One plan for all ranges.
pub(super) fn robust(case: &Case, found: &Robust) -> Section {
    let sure = if found.certain {
        "This is certain: with the plan kept, the slack is smallest at a corner of these ranges."
    } else {
        "Between the places looked at it may be smaller: a range is a discount, a break-off probability, or turns what is given into a gain."
    };
    Section {
        id: "robust",
        question: "Is there one plan for all of the ranges?".into(),
        answer: if found.holds_everywhere {
            format!(
                "Yes: this one holds throughout; its smallest slack is {}.",
                number(&found.worst)
            )
        } else {
            format!(
                "None of those tried: the best worst case is a slack of {}.",
                number(&found.worst)
            )
        },
        body: html! {
            p { (crate::staging::words::plan(case, &found.plan)) "." }
            p.quiet { (found.tried) " plans tried at " (found.places) " places. " (sure)
                @if let Some(above) = &found.no_plan_above { " No plan at all has a worst case above " (number(above)) "." } }
        },
    }
}
