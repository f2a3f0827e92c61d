//! Better deals, trades, contested issues, how firm it is, other tables.

use super::View;
use crate::candidates::capitalised;
use crate::extras::{AdjustedWinner, Extras, Trade};
use crate::numbers;
use crate::page::{Section, wide};
use crate::settle;
use crate::words;
use maud::{Markup, html};

/// Which trades lead to a better deal, and which issues are contested?
pub(super) fn trades(view: &View<'_>) -> Option<Section> {
    let extras = view.extras;
    let nothing = extras.trades.is_empty()
        && extras.improvements.is_empty()
        && extras.contested.is_empty()
        && extras.adjusted_winner.is_none();
    if nothing {
        return None;
    }
    Some(Section {
        id: "trades",
        question: "Where can the sides trade?".into(),
        answer: match (extras.given.is_some(), extras.improvements.len()) {
            (true, 0) | (false, _) => exchanges(extras),
            (true, n) => format!(
                "{} would leave nobody worse off than the one on the table.",
                numbers::counted(n, "deal", "deals")
            ),
        },
        body: html! {
            (improvements(view))
            @if !extras.trades.is_empty() { h3 { "Moves that pay together" } }
            @for trade in &extras.trades { (exchange(view, trade)) }
            (contested(view))
            @if let Some(table) = &extras.adjusted_winner { (adjusted_winner(view, table)) }
        },
    })
}

fn exchanges(extras: &Extras) -> String {
    let mut parts = Vec::new();
    if !extras.trades.is_empty() {
        parts.push(numbers::counted(extras.trades.len(), "exchange", "exchanges"));
    }
    if !extras.contested.is_empty() {
        parts.push(numbers::counted(extras.contested.len(), "contested issue", "contested issues"));
    }
    if let Some(table) = &extras.adjusted_winner {
        let cut = table.rows.iter().filter(|r| {
            r.first_share.is_positive() && r.first_share != detente_model::Number::one()
        });
        parts.push(match cut.count() {
            0 => "every issue can go whole to one side".into(),
            n => format!("{} cut, the others whole", numbers::counted(n, "issue", "issues")),
        });
    }
    if parts.is_empty() { String::new() } else { format!("{}.", capitalised(&parts.join("; "))) }
}

fn improvements(view: &View<'_>) -> Markup {
    let extras = view.extras;
    let Some(given) = extras.given.as_ref().filter(|_| !extras.improvements.is_empty()) else {
        return html! {};
    };
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Deal" }
                @for side in &view.sides { th.n scope="col" { (side.badge()) } }
            } }
            tbody {
                @for better in &extras.improvements {
                    tr {
                        th.text scope="row" { bdi { (better.label) } }
                        @for (utility, before) in better.deal.utilities.iter().zip(&given.deal.utilities) {
                            td.n { (numbers::signed(utility - before)) }
                        }
                    }
                }
            }
        }
    };
    html! {
        h3 { "Deals all would rather have than " bdi { (given.label) } }
        p.quiet { "What each side would gain on it, on its own scale." }
        (wide("Better deals", &table))
    }
}

fn exchange(view: &View<'_>, trade: &Trade) -> Markup {
    let total =
        |side: usize| -> f64 { trade.moves.iter().filter_map(|m| m.effect.get(side)).sum() };
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Issue" }
                th scope="col" { "From" }
                th scope="col" { "To" }
                @for side in &view.sides { th.n scope="col" { (side.badge()) } }
            } }
            tbody {
                @for step in &trade.moves {
                    tr {
                        th.text scope="row" { bdi { (view.issue_name(step.issue)) } }
                        td.text { bdi { (step.from) } }
                        td.text { bdi { (step.to) } }
                        @for effect in &step.effect { td.n { (numbers::signed(*effect)) } }
                    }
                }
                tr.focus {
                    th scope="row" { "Together" } td {} td {}
                    @for side in &view.sides { td.n { (numbers::signed(total(side.index))) } }
                }
            }
        }
    };
    wide("A trade", &table)
}

fn contested(view: &View<'_>) -> Markup {
    let table = html! {
        table {
            caption { "How much of all that is at stake for each side lies in the issue." }
            thead { tr {
                th scope="col" { "Issue" }
                @for side in &view.sides { th.n scope="col" { (side.badge()) } }
                th scope="col" { "" }
            } }
            tbody {
                @for contested in &view.extras.contested {
                    tr {
                        th.text scope="row" { bdi { (view.issue_name(contested.issue)) } }
                        @for part in &contested.stakes { td.n { (numbers::percent(part * 100.0)) } }
                        td.text { (contested.note) }
                    }
                }
            }
        }
    };
    html! {
        @if !view.extras.contested.is_empty() {
            h3 { "Where the sides pull apart most" }
            (wide("Contested issues", &table))
        }
    }
}

fn adjusted_winner(view: &View<'_>, table: &AdjustedWinner) -> Markup {
    let side = |index: usize| view.sides.get(table.parties[index]);
    let drawn = html! {
        table {
            caption { "Points each side put on each issue, and whom it goes to." @if table.scaled { " Points are scaled to 100 for each side." } }
            thead { tr {
                th scope="col" { "Issue" }
                @for index in 0..2 { th.n scope="col" { @if let Some(side) = side(index) { (side.named()) } } }
                th scope="col" { "Goes to" }
            } }
            tbody {
                @for row in &table.rows {
                    tr {
                        th.text scope="row" { bdi { (view.issue_name(row.issue)) } }
                        @for points in row.points { td.n { (numbers::plain(points)) } }
                        @let rest = &detente_model::Number::one() - &row.first_share;
                        td {
                            @for (index, part) in [&row.first_share, &rest].into_iter().enumerate() {
                                @if part.is_positive() {
                                    @if let Some(side) = side(index) {
                                        (side.badge()) " "
                                        @if part != &detente_model::Number::one() { (settle::share(part)) " " }
                                    }
                                }
                            }
                        }
                    }
                }
                tr.focus {
                    th scope="row" { "In all" }
                    @for total in table.totals { td.n { (numbers::plain(total)) } }
                    td {}
                }
            }
        }
    };
    html! {
        h3 { "Shared out by the adjusted-winner procedure" }
        p { (words::adjusted_winner(view.scenario, &view.sides, table)) }
        (wide("Adjusted winner", &drawn))
    }
}

/// How firm is this?
pub(super) fn firmness(view: &View<'_>) -> Option<Section> {
    let rows = &view.extras.sensitivity;
    if rows.is_empty() {
        return None;
    }
    let bound = |value: Option<f64>| value.map_or_else(|| "any".to_owned(), numbers::plain);
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Side" }
                th scope="col" { "Figure" }
                th.n scope="col" { "May fall to" }
                th.n scope="col" { "Is" }
                th.n scope="col" { "May rise to" }
            } }
            tbody {
                @for row in rows {
                    tr {
                        th scope="row" { @if let Some(side) = view.sides.get(row.party) { (side.named()) } }
                        td.text { bdi { (row.figure) } }
                        td.n { (bound(row.low)) }
                        td.n { (numbers::plain(row.value)) }
                        td.n { (bound(row.high)) }
                    }
                }
            }
        }
    };
    Some(Section {
        id: "firm",
        question: "How far may figures be off before the deal changes?".into(),
        answer: format!("{} looked at.", numbers::counted(rows.len(), "figure", "figures")),
        body: html! {
            p.quiet { "One figure at a time, all others as they are." }
            (wide("How far figures may move", &table))
        },
    })
}

/// What would another table change?
pub(super) fn table_changes(view: &View<'_>) -> Option<Section> {
    let rows = &view.extras.table_changes;
    if rows.is_empty() {
        return None;
    }
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Change" }
                th scope="col" { "Agreement possible" }
                th.n scope="col" { "Acceptable outcomes" }
                @for side in &view.sides { th.n scope="col" { (side.badge()) } }
            } }
            tbody {
                @for row in rows {
                    tr {
                        th.text scope="row" { bdi { (row.change) } }
                        td { (match row.agreement_possible { Some(true) => "yes", Some(false) => "no", None => "not known" }) }
                        td.n { (row.acceptable.as_ref().map_or_else(|| "–".to_owned(), numbers::count)) }
                        @for side in &view.sides {
                            td.n { (row.gains.get(side.index).copied().flatten().map_or_else(|| "–".to_owned(), numbers::percent)) }
                        }
                    }
                }
            }
        }
    };
    Some(Section {
        id: "table-changes",
        question: "What would another table change?".into(),
        answer: format!("{} looked at.", numbers::counted(rows.len(), "change", "changes")),
        body: wide("Other tables", &table),
    })
}
