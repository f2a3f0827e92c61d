//! Who gets what on each issue?

use super::View;
use crate::charts::issues::{IssueBars, IssueColumns, IssueRow, MOST_BARS};
use crate::numbers;
use crate::page::{Section, figure, wide};
use detente_analysis::solved::Deal;
use maud::{Markup, html};

/// So many issues are drawn at most, those with most at stake first.
const MOST_ISSUES: usize = 60;

pub(super) fn section(view: &View<'_>) -> Option<Section> {
    let (name, deal) = view.main_deal()?;
    let rows = rows(view, deal);
    if rows.iter().all(|r| r.reached.iter().all(Option::is_none)) {
        return None;
    }
    let all = view.scenario.issues().len();
    let few = view.sides.len() <= MOST_BARS;
    let drawing = if few {
        IssueBars { id: "issues-bars", sides: &view.sides, rows: &rows }.draw()
    } else {
        IssueColumns { id: "issues-columns", sides: &view.sides, rows: &rows }.draw()
    };
    let given = !view.candidates.is_empty() && view.extras.given.is_some();
    Some(Section {
        id: "who-gets",
        question: "Who gets what on each issue?".into(),
        answer: answer(view, &name, deal),
        body: html! {
            p {
                "Issues with most at stake come first. "
                @if few {
                    "A bar runs from the side’s worst option on that issue to its best, other issues aside; "
                    "the thicker it is, the more of all that is at stake for that side lies there (the figure at its end)."
                } @else {
                    "A column is full where the side gets its best option on that issue, other issues aside, and empty where it gets its worst; columns stand in the order of the sides."
                }
                @if given { " An upright line marks the deal already on the table." }
                @if all > rows.len() { " The " (rows.len()) " of " (all) " issues with most at stake are drawn." }
                @if combinations(view) { " Worth that depends on combinations of issues is not in the bars." }
            }
            (figure(&html! { div.rows { (wide("Who gets what on each issue", &drawing)) } }, &html! {}, &table(view, &rows)))
        },
    })
}

/// What each of a few sides has in all.
fn answer(view: &View<'_>, name: &str, deal: &Deal) -> String {
    if view.sides.len() > MOST_BARS {
        return format!("Under {name}.");
    }
    let parts: Vec<String> = view
        .sides
        .iter()
        .zip(view.gains.of(&deal.utilities))
        .map(|(side, gain)| format!("{} {}", side.letter(), numbers::percent(gain)))
        .collect();
    format!("Under {name}, in per cent of each side’s best gain: {}.", parts.join(", "))
}

fn combinations(view: &View<'_>) -> bool {
    let utilities = view.scenario.preferences().iter().filter_map(|p| p.utility());
    utilities.into_iter().any(|u| !u.interactions.is_empty())
}

fn rows(view: &View<'_>, deal: &Deal) -> Vec<IssueRow> {
    let given = view.extras.given.as_ref().filter(|_| !view.candidates.is_empty());
    let row = |issue: usize| {
        let reached = |deal: &Deal| {
            view.sides
                .iter()
                .map(|s| view.stakes.reached(view.scenario, s.index, issue, &deal.outcome))
                .collect()
        };
        IssueRow {
            name: view.issue_name(issue).to_owned(),
            settled: crate::settle::of(view.scenario, &deal.outcome, issue, &view.sides),
            reached: reached(deal),
            given: given.map(|g| reached(&g.deal)).unwrap_or_default(),
            weight: view.sides.iter().map(|s| view.stakes.weight(s.index, issue)).collect(),
        }
    };
    view.stakes.order().into_iter().take(MOST_ISSUES).map(row).collect()
}

fn table(view: &View<'_>, rows: &[IssueRow]) -> Markup {
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Issue" }
                th scope="col" { "Settled" }
                @for side in &view.sides { th.n scope="col" { (side.badge()) } }
            } }
            tbody {
                @for row in rows {
                    tr {
                        th.text scope="row" { bdi { (row.name) } }
                        td.text { bdi { (row.settled) } }
                        @for reached in &row.reached {
                            td.n { (reached.map_or_else(|| "–".to_owned(), |r| numbers::percent(r * 100.0))) }
                        }
                    }
                }
            }
        }
    };
    wide("Who gets what, as figures", &table)
}
