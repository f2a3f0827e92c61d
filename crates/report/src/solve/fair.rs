//! Which deals are fair, by which rule?

use super::View;
use crate::candidates::{Candidate, capitalised};
use crate::gain::value_at;
use crate::numbers;
use crate::page::{Section, wide};
use crate::side::Side;
use crate::svg::mark;
use crate::words;
use detente_analysis::solved::{SolutionDeal, SolutionRule};
use maud::{Markup, html};

/// Up to so many sides have columns beside each rule; more become rows.
pub(super) const MOST_COLUMNS: usize = 4;

pub(super) fn section(view: &View<'_>) -> Option<Section> {
    if view.solved.solutions.is_empty() && view.extras.ordinal.is_empty() {
        return None;
    }
    Some(Section {
        id: "fair",
        question: if view.solved.solutions.is_empty() {
            "What holds, whatever is left unsaid?".into()
        } else {
            "Which deals are fair, by which rule?".into()
        },
        answer: answer(view),
        body: html! {
            @if !view.candidates.is_empty() {
                (rules(view))
                @if view.sides.len() > MOST_COLUMNS { (by_side(view)) }
                (issue_by_issue(view))
                (meanings(view))
            }
            (ordinal(view))
        },
    })
}

fn answer(view: &View<'_>) -> String {
    let rules = view.solved.solutions.len();
    match view.candidates.len() {
        0 => {
            "No figures were given: here is what holds from what was said, whatever is left unsaid."
                .into()
        }
        1 => format!("{} agree on one deal.", numbers::counted(rules, "rule", "rules")),
        deals => format!("{rules} rules pick {deals} different deals."),
    }
}

fn rules(view: &View<'_>) -> Markup {
    let columns = if view.sides.len() <= MOST_COLUMNS { &view.sides[..] } else { &[] };
    let decimals: Vec<usize> = columns
        .iter()
        .map(|s| {
            numbers::decimals_for(
                view.candidates.iter().map(|c| value_at(&c.deal.utilities, s.index)),
            )
        })
        .collect();
    let table = html! {
        table {
            caption {
                "Each side’s utility on its own scale, and its gain over no deal as a part of its best gain."
            }
            thead { tr {
                th scope="col" { "Rule" }
                @for side in columns { th.n scope="col" colspan="2" { (side.named()) } }
                th.n scope="col" { "Value" }
                th scope="col" { "Kind" }
            } }
            tbody {
                @for candidate in &view.candidates {
                    @for (index, pick) in candidate.picks.iter().enumerate() {
                        tr.focus[candidate.focus && index == 0] {
                            th scope="row" {
                                (mark::inline(candidate.shape, if candidate.focus { "focus" } else { "" }))
                                " " (capitalised(pick.rule.name()))
                                @if pick.rule.depends_on_scales() { sup { "†" } }
                            }
                            @if index == 0 {
                                @for (side, decimals) in columns.iter().zip(&decimals) {
                                    td.n { (numbers::fixed(value_at(&pick.deal.utilities, side.index), *decimals)) }
                                    td.n { (numbers::percent(view.gains.percent(side.index, value_at(&pick.deal.utilities, side.index)))) }
                                }
                            } @else if !columns.is_empty() {
                                td.quiet colspan=(columns.len() * 2) { "the same deal" }
                            }
                            td.n { (value(pick)) }
                            td { (words::kind(pick)) }
                        }
                    }
                }
                (given(view, columns, &decimals))
            }
        }
    };
    html! {
        (wide("Fair deals by rule", &table))
        @if view.solved.solutions.iter().any(|s| s.rule.depends_on_scales()) {
            p.quiet { "† Depends on the scales: multiplying one side’s utilities by a number can change what this rule picks." }
        }
    }
}

/// The deal already on the table, as a row to compare with.
fn given(view: &View<'_>, columns: &[Side<'_>], decimals: &[usize]) -> Markup {
    let Some(given) = view.extras.given.as_ref().filter(|_| !columns.is_empty()) else {
        return html! {};
    };
    html! {
        tr {
            th scope="row" { (mark::inline(mark::Shape::Ring, "ring")) " " bdi { (given.label) } }
            @for (side, decimals) in columns.iter().zip(decimals) {
                td.n { (numbers::fixed(value_at(&given.deal.utilities, side.index), *decimals)) }
                td.n { (numbers::percent(view.gains.percent(side.index, value_at(&given.deal.utilities, side.index)))) }
            }
            td {}
            td { "on the table" }
        }
    }
}

/// A rule's value; parts of a best gain are written in per cent.
fn value(pick: &SolutionDeal) -> String {
    match pick.rule {
        SolutionRule::KalaiSmorodinsky => numbers::percent(pick.value * 100.0),
        _ => numbers::plain(pick.value),
    }
}

fn heads(candidates: &[Candidate<'_>], numeric: bool) -> Markup {
    html! {
        @for candidate in candidates {
            th.n[numeric].text[!numeric].focus[candidate.focus] scope="col" {
                (mark::inline(candidate.shape, if candidate.focus { "focus" } else { "" }))
                " " (candidate.label())
            }
        }
    }
}

fn by_side(view: &View<'_>) -> Markup {
    let given = view.extras.given.as_ref();
    let table = html! {
        table {
            caption { "Each side’s utility, and its gain over no deal as a part of its best gain." }
            thead { tr {
                th scope="col" { "Side" }
                th.n scope="col" { "No deal" }
                (heads(&view.candidates, true))
                @if let Some(given) = given { th.n scope="col" { (mark::inline(mark::Shape::Ring, "ring")) " " bdi { (given.label) } } }
                th.n scope="col" { "Best acceptable" }
            } }
            tbody {
                @for side in &view.sides {
                    @let no_deal = view.solved.reservations.get(side.index).copied();
                    @let best = view.solved.ideals.get(side.index).copied();
                    @let utilities = view.candidates.iter().map(|c| c.deal).chain(given.map(|g| &g.deal)).map(|d| value_at(&d.utilities, side.index));
                    @let decimals = numbers::decimals_for(utilities.clone().chain(no_deal).chain(best));
                    tr {
                        th scope="row" { (side.named()) }
                        td.n { (no_deal.map(|v| numbers::fixed(v, decimals)).unwrap_or_default()) }
                        @for (column, utility) in utilities.enumerate() {
                            td.n.focus[column == 0] {
                                (numbers::fixed(utility, decimals)) " "
                                span.unit { (numbers::percent(view.gains.percent(side.index, utility))) }
                            }
                        }
                        td.n { (best.map(|v| numbers::fixed(v, decimals)).unwrap_or_default()) }
                    }
                }
            }
        }
    };
    html! { h3 { "What each side has from each deal" } (wide("What each side has from each deal", &table)) }
}

fn issue_by_issue(view: &View<'_>) -> Markup {
    let Some(main) = view.candidates.first() else { return html! {} };
    let given = view.extras.given.as_ref();
    let several = view.candidates.len() > 1 || given.is_some();
    let table = html! {
        table {
            @if several {
                caption { "A line at the start of a cell marks what differs from the first column." }
            }
            thead { tr {
                th scope="col" { "Issue" }
                (heads(&view.candidates, false))
                @if let Some(given) = given { th.text scope="col" { (mark::inline(mark::Shape::Ring, "ring")) " " bdi { (given.label) } } }
            } }
            tbody {
                @for (index, issue) in view.scenario.issues().iter().enumerate() {
                    tr {
                        th.text scope="row" { bdi { (issue.name) } }
                        @let first = main.deal.outcome.0.get(index);
                        @let others = view.candidates.iter().map(|c| c.deal).chain(given.map(|g| &g.deal));
                        @for (column, deal) in others.enumerate() {
                            @let same = deal.outcome.0.get(index) == first;
                            td.text.focus[column == 0].same[column > 0 && same].differs[!same] {
                                bdi { (crate::settle::of(view.scenario, &deal.outcome, index, &view.sides)) }
                            }
                        }
                    }
                }
            }
        }
    };
    html! { h3 { "The deals, issue by issue" } (wide("The deals, issue by issue", &table)) }
}

fn meanings(view: &View<'_>) -> Markup {
    html! {
        h3 { "What the rules look for" }
        dl.words {
            @for rule in SolutionRule::ALL.into_iter().filter(|r| view.solved.solution(*r).is_some()) {
                dt { (capitalised(rule.name())) }
                dd { (capitalised(words::rule_meaning(rule))) ". Its value is the " (words::value_meaning(rule)) "." }
            }
        }
    }
}

fn ordinal(view: &View<'_>) -> Markup {
    html! {
        @if !view.extras.ordinal.is_empty() {
            @for pick in &view.extras.ordinal {
                p { b { (pick.rule) } @if !pick.note.is_empty() { ": " (pick.note) } }
                ul.plain {
                    @for outcome in &pick.outcomes {
                        li {
                            @for (index, issue) in view.scenario.issues().iter().enumerate() {
                                @if index > 0 { "; " }
                                bdi { (issue.name) } ": "
                                bdi { (crate::settle::of(view.scenario, outcome, index, &view.sides)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
