//! What is on the table?

use super::View;
use crate::numbers;
use crate::page::{Section, wide};
use crate::settle;
use detente_model::{Basis, Issue, IssueKind};
use maud::{Markup, html};

/// So many options are written out per issue.
const MOST_OPTIONS: usize = 12;
/// Up to so many sides have a column of stakes.
const MOST_SIDES: usize = 8;

pub(super) fn section(view: &View<'_>) -> Section {
    let constraints = view.scenario.constraints();
    let columns = stakes_known(view);
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Issue" }
                th scope="col" { "Options" }
                @if columns {
                    @for side in &view.sides { th.n scope="col" { (side.badge()) } }
                }
            } }
            tbody {
                @for (index, issue) in view.scenario.issues().iter().enumerate() {
                    tr {
                        th.text scope="row" {
                            bdi { (issue.name) }
                            @if !issue.note.is_empty() { br; span.unit dir="auto" { (issue.note) } }
                        }
                        td.text { (options(issue)) }
                        @if columns {
                            @for side in &view.sides {
                                td.n { (view.stakes.weight(side.index, index).map_or_else(|| "–".to_owned(), |w| numbers::percent(w * 100.0))) }
                            }
                        }
                    }
                }
            }
        }
    };
    Section {
        id: "table",
        question: "What is on the table?".into(),
        answer: format!(
            "{}{}.",
            numbers::counted(view.scenario.issues().len(), "issue", "issues"),
            match constraints.len() {
                0 => String::new(),
                n => format!(
                    ", and {} that every deal must obey",
                    numbers::counted(n, "constraint", "constraints")
                ),
            }
        ),
        body: html! {
            @if columns {
                p.quiet { "Percentages: how much of all that is at stake for a side lies in the issue, from its worst option to its best." }
            }
            (wide("Issues and options", &table))
            @if !constraints.is_empty() { (constraint_table(view)) }
        },
    }
}

/// Whether each side has a column of stakes: few sides, and figures to show.
fn stakes_known(view: &View<'_>) -> bool {
    let issues = 0..view.scenario.issues().len();
    view.sides.len() <= MOST_SIDES
        && view
            .sides
            .iter()
            .any(|s| issues.clone().any(|i| view.stakes.weight(s.index, i).is_some()))
}

fn options(issue: &Issue) -> Markup {
    match &issue.kind {
        IssueKind::Divisible => html! { "shared out between the sides" },
        IssueKind::Integer { min, max } => {
            html! { "every whole number from " (min) " to " (max) " " bdi { (issue.unit) } }
        }
        IssueKind::Stepped { min, max, step } => {
            html! { (min) " to " (max) " in steps of " (step) " " bdi { (issue.unit) } }
        }
        IssueKind::Categorical(options) | IssueKind::Ordered(options) => html! {
            @for index in 0..options.len().min(MOST_OPTIONS) {
                @if index > 0 { (if matches!(issue.kind, IssueKind::Ordered(_)) { " < " } else { " · " }) }
                bdi { (settle::option_text(issue, index)) }
            }
            @if options.len() > MOST_OPTIONS {
                span.unit { " and " (numbers::small_count(options.len() - MOST_OPTIONS)) " more" }
            }
        },
    }
}

fn constraint_table(view: &View<'_>) -> Markup {
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Constraint" }
                th scope="col" { "Reason" }
                th scope="col" { "Rests on" }
            } }
            tbody {
                @for constraint in view.scenario.constraints() {
                    tr {
                        th.text scope="row" { bdi { (constraint.name) } }
                        td.text { bdi { (constraint.reason) } }
                        td { (basis(constraint.basis)) }
                    }
                }
            }
        }
    };
    html! { h3 { "What every deal must obey" } (wide("Constraints", &table)) }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::LegalLimit => "law: never traded",
        Basis::AgreedPrinciple => "agreed by all sides: never traded",
        Basis::Practical => "facts or means: could change",
    }
}
