//! What stands in the way, and what would open an agreement?

use super::View;
use crate::extras::{Alone, Cause, Lift, Tried, WhyNot};
use crate::numbers;
use crate::page::{Section, wide};
use crate::words;
use detente_analysis::solved::Deal;
use maud::{Markup, html};

/// Up to so many sides have a column each.
const MOST_COLUMNS: usize = 8;
/// So many joint steps are shown at most.
const MOST_CUTS: usize = 25;
/// So many issues of a deal are named at most.
const MOST_ISSUES: usize = 8;

pub(super) fn section(view: &View<'_>) -> Option<Section> {
    let why_not = view.extras.why_not.as_ref()?;
    Some(Section {
        id: "why-not",
        question: "What stands in the way, and what would open an agreement?".into(),
        answer: answer(why_not),
        body: html! {
            (conflicts(view, why_not))
            (alone(view, why_not))
            (cuts(view, why_not))
            (lifts(view, why_not))
        },
    })
}

fn answer(why_not: &WhyNot) -> String {
    let opens = |lift: &&Lift| matches!(lift.effect, Tried::Opens(_));
    let alone = |alone: &&Alone| matches!(alone.cut, Tried::Opens(_));
    let mut parts = Vec::new();
    let mut push = |count: usize, one: &str, many: &str| {
        if count > 0 {
            parts.push(numbers::counted(count, one, many));
        }
    };
    push(why_not.conflicts.len(), "conflict", "conflicts");
    push(
        why_not.alone.iter().filter(alone).count(),
        "side that could open it alone",
        "sides that could each open it alone",
    );
    push(why_not.cuts.len(), "smallest joint step", "smallest joint steps");
    push(
        why_not.lifts.iter().filter(opens).count(),
        "red line or constraint that would do if lifted",
        "red lines or constraints of which any would do if lifted",
    );
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    if parts.is_empty() { "Nothing was found.".into() } else { format!("{}.", words::list(&parts)) }
}

/// A cause in words.
fn cause(view: &View<'_>, cause: &Cause) -> Markup {
    match cause {
        Cause::NoDeal(party) => html! {
            @if let Some(side) = view.sides.get(*party) { "what no deal is worth to " (side.named()) }
        },
        Cause::RedLine(party, index) => html! {
            @if let (Some(side), Some(preferences)) = (view.sides.get(*party), view.scenario.preferences().get(*party)) {
                "a red line of " (side.named())
                @if let Some(line) = preferences.red_lines.get(*index) {
                    ": "
                    @for (place, condition) in line.conditions.iter().enumerate() {
                        @if place > 0 { " with " }
                        @if let Some(issue) = view.scenario.issues().get(condition.issue) {
                            @let names: Vec<String> = condition.options.iter().take(6).map(|o| crate::settle::option_text(issue, *o)).collect();
                            bdi { (issue.name) } " = " bdi { (names.join(" or ")) }
                            @if condition.options.len() > 6 { " or " (condition.options.len() - 6) " more" }
                        }
                    }
                    @if !line.reason.is_empty() { " (" bdi { (line.reason) } ")" }
                }
            }
        },
        Cause::Constraint(index) => html! {
            @if let Some(constraint) = view.scenario.constraints().get(*index) {
                "the constraint " bdi { (constraint.name) }
                @if !constraint.reason.is_empty() { " (" bdi { (constraint.reason) } ")" }
            }
        },
    }
}

fn conflicts(view: &View<'_>, why_not: &WhyNot) -> Markup {
    html! {
        @if !why_not.conflicts.is_empty() {
            h3 { "What cannot all stand together" }
            p.quiet {
                "In each line, dropping any one of these resolves that conflict. "
                (if why_not.conflicts_complete { "These are all." } else { "There may be more." })
            }
            ol {
                @for conflict in &why_not.conflicts {
                    li { @for (index, one) in conflict.iter().enumerate() { @if index > 0 { "; " } (cause(view, one)) } }
                }
            }
        }
    }
}

fn alone(view: &View<'_>, why_not: &WhyNot) -> Markup {
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Side" }
                th.n scope="col" { "Smallest step" }
                th scope="col" { "Deal then reached" }
            } }
            tbody {
                @for alone in &why_not.alone {
                    tr {
                        th scope="row" { @if let Some(side) = view.sides.get(alone.party) { (side.named()) } }
                        @match &alone.cut {
                            Tried::Opens((by, reached)) => {
                                td.n { (numbers::plain(*by)) }
                                td.text { (deal(view, reached)) }
                            }
                            Tried::Nothing => td.quiet colspan="2" { "no step of this side alone is enough" },
                            Tried::Undecided => td.quiet colspan="2" { "not known: the search was ended before" },
                        }
                    }
                }
            }
        }
    };
    html! {
        @if !why_not.alone.is_empty() {
            h3 { "What one side alone could do" }
            p.quiet { "By how much of its own utility it would have to value no deal less, all others as they are." }
            (wide("One side alone", &table))
        }
    }
}

fn cuts(view: &View<'_>, why_not: &WhyNot) -> Markup {
    let few = view.sides.len() <= MOST_COLUMNS;
    let shown = why_not
        .evenest
        .iter()
        .chain(why_not.cuts.iter().filter(|c| Some(*c) != why_not.evenest.as_ref()));
    let all = shown.clone().count();
    let table = html! {
        table {
            thead { tr {
                @if few {
                    @for side in &view.sides { th.n scope="col" { (side.badge()) } }
                } @else { th scope="col" { "Who asks for less" } }
                th scope="col" { "Deal then reached" }
                th scope="col" { "" }
            } }
            tbody {
                @for cut in shown.take(MOST_CUTS) {
                    @let evenest = Some(cut) == why_not.evenest.as_ref();
                    tr.focus[evenest] {
                        @if few {
                            @for side in &view.sides {
                                @let by = cut.by.iter().find(|(party, _)| *party == side.index).map_or(0.0, |(_, by)| *by);
                                td.n.quiet[by == 0.0] { (if by == 0.0 { "–".to_owned() } else { numbers::plain(by) }) }
                            }
                        } @else {
                            td.text {
                                @for (index, (party, by)) in cut.by.iter().enumerate() {
                                    @if index > 0 { ", " }
                                    @if let Some(side) = view.sides.get(*party) { (side.named()) " by " (numbers::plain(*by)) }
                                }
                            }
                        }
                        td.text { (deal(view, &cut.deal)) }
                        td { @if evenest { "most even" } }
                    }
                }
            }
        }
    };
    html! {
        @if all > 0 {
            h3 { "The smallest joint steps that would open an agreement" }
            p.quiet {
                "By how much of its own utility each side would value no deal less. None of these is better than another for all. "
                (if why_not.cuts_complete { "These are all. " } else { "There may be more. " })
                @if all > MOST_CUTS { (MOST_CUTS) " of " (numbers::small_count(all)) " are shown; the machine-readable result holds all." }
            }
            (wide("Smallest joint steps", &table))
        }
    }
}

fn lifts(view: &View<'_>, why_not: &WhyNot) -> Markup {
    html! {
        @if !why_not.lifts.is_empty() {
            h3 { "What lifting one thing would do" }
            ul.plain {
                @for lift in &why_not.lifts {
                    li {
                        "Without " (cause(view, &lift.cause))
                        @match &lift.effect {
                            Tried::Opens(reached) => { b { ": an agreement is possible" } ", for one: " (deal(view, reached)) "." }
                            Tried::Nothing => { ": still none." }
                            Tried::Undecided => { ": not known, the search was ended before." }
                        }
                    }
                }
            }
        }
        @if !why_not.never_offered.is_empty() {
            p.quiet {
                "Nobody is asked to lift: "
                @for (place, index) in why_not.never_offered.iter().enumerate() {
                    @if place > 0 { "; " }
                    (cause(view, &Cause::Constraint(*index)))
                }
                "."
            }
        }
    }
}

/// A deal in one breath.
fn deal(view: &View<'_>, deal: &Deal) -> Markup {
    let issues = view.scenario.issues();
    html! {
        @for (index, issue) in issues.iter().enumerate().take(MOST_ISSUES) {
            @if index > 0 { "; " }
            bdi { (issue.name) } ": " bdi { (crate::settle::of(view.scenario, &deal.outcome, index, &view.sides)) }
        }
        @if issues.len() > MOST_ISSUES { "; and " (issues.len() - MOST_ISSUES) " more issues" }
    }
}
