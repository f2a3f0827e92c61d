//! What stands in the way, and what would open an agreement?

use super::View;
use crate::extras::{Cause, WhyNot};
use crate::numbers;
use crate::page::{Section, wide};
use crate::words;
use maud::{Markup, html};

pub(super) fn section(view: &View<'_>) -> Option<Section> {
    let why_not = view.extras.why_not.as_ref()?;
    Some(Section {
        id: "why-not",
        question: "What stands in the way, and what would open an agreement?".into(),
        answer: answer(why_not),
        body: html! {
            (conflicts(view, why_not))
            (cuts(view, why_not))
            (lifts(view, why_not))
        },
    })
}

fn answer(why_not: &WhyNot) -> String {
    let mut parts = Vec::new();
    if !why_not.conflicts.is_empty() {
        parts.push(numbers::counted(why_not.conflicts.len(), "conflict", "conflicts"));
    }
    if !why_not.cuts.is_empty() {
        parts.push(numbers::counted(why_not.cuts.len(), "smallest step", "smallest steps"));
    }
    if !why_not.lifts.is_empty() {
        parts.push(format!(
            "{} that would do alone",
            numbers::counted(why_not.lifts.len(), "thing", "things")
        ));
    }
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

fn cuts(view: &View<'_>, why_not: &WhyNot) -> Markup {
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Who asks for less" }
                th scope="col" { "Deal then reached" }
                th scope="col" { "Kind" }
            } }
            tbody {
                @for cut in &why_not.cuts {
                    tr {
                        td.text {
                            @for (index, (party, by)) in cut.by.iter().enumerate() {
                                @if index > 0 { ", " }
                                @if let Some(side) = view.sides.get(*party) { (side.named()) " by " (numbers::plain(*by)) }
                            }
                        }
                        td.text { (deal(view, &cut.deal)) }
                        td { (if cut.proved { "proved smallest" } else { "best found" }) }
                    }
                }
            }
        }
    };
    html! {
        @if !why_not.cuts.is_empty() {
            h3 { "The smallest steps that would open an agreement" }
            p.quiet {
                "By how much of its own utility a side would have to value no deal less. No line is better than another for all. "
                (if why_not.cuts_complete { "These are all." } else { "There may be more." })
            }
            (wide("Smallest steps", &table))
        }
    }
}

fn lifts(view: &View<'_>, why_not: &WhyNot) -> Markup {
    html! {
        @if !why_not.lifts.is_empty() {
            h3 { "What would do it alone, if lifted" }
            ul.plain {
                @for lift in &why_not.lifts {
                    li {
                        (cause(view, &lift.cause))
                        @if let Some(reached) = &lift.deal { ". Then: " (deal(view, reached)) }
                    }
                }
            }
        }
    }
}

fn deal(view: &View<'_>, deal: &detente_analysis::solved::Deal) -> Markup {
    html! {
        @for (index, issue) in view.scenario.issues().iter().enumerate() {
            @if index > 0 { "; " }
            bdi { (issue.name) } ": " bdi { (crate::settle::of(view.scenario, &deal.outcome, index, &view.sides)) }
        }
    }
}
