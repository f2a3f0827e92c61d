//! What does each side give up?

use super::View;
use crate::numbers;
use crate::page::{Section, wide};
use crate::words;
use detente_analysis::solved::Deal;
use maud::{Markup, html};

/// So many issues are named per cell.
const MOST_NAMED: usize = 4;
/// Parts of a side's stakes below this are not worth a name.
const LEAST: f64 = 0.005;

pub(super) fn section(view: &View<'_>) -> Option<Section> {
    let (name, deal) = view.main_deal()?;
    let known = |s: &crate::side::Side<'_>| {
        (0..view.scenario.issues().len()).any(|i| view.stakes.range(s.index, i).is_some())
    };
    if !view.sides.iter().any(known) {
        return None;
    }
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Side" }
                th.n scope="col" { "Gain over no deal" }
                th scope="col" { "Has in full" }
                th scope="col" { "Gives up" }
            } }
            tbody {
                @for side in &view.sides {
                    tr {
                        th scope="row" { (side.named()) }
                        td.n { (gain(view, side.index, deal)) }
                        @let (full, given_up) = sorted(view, side.index, deal);
                        td.text { (named(view, &full, false)) }
                        td.text { (named(view, &given_up, true)) }
                    }
                }
            }
        }
    };
    Some(Section {
        id: "gives-up",
        question: "What does each side give up?".into(),
        answer: answer(view, &name, deal),
        body: html! {
            p {
                "Against each side’s best option on every issue, other issues aside. "
                "Figures are parts of all that is at stake for that side."
            }
            (wide("What each side gives up", &table))
        },
    })
}

/// What each of a few sides gives up most on.
fn answer(view: &View<'_>, name: &str, deal: &Deal) -> String {
    const MOST_SIDES: usize = 3;
    if view.sides.len() > MOST_SIDES {
        return format!("Under {name}.");
    }
    let most = |side: &crate::side::Side<'_>| {
        let (_, given_up) = sorted(view, side.index, deal);
        let (issue, _) = given_up.first()?;
        Some(format!("{} most on {}", side.letter(), view.issue_name(*issue)))
    };
    let parts: Vec<String> = view.sides.iter().filter_map(most).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    if parts.is_empty() {
        return format!("Under {name}: nothing.");
    }
    format!("Under {name}: {}.", words::list(&parts))
}

fn gain(view: &View<'_>, side: usize, deal: &Deal) -> Markup {
    let (Some(utility), Some(reservation)) =
        (deal.utilities.get(side), view.solved.reservations.get(side))
    else {
        return html! {};
    };
    html! {
        (numbers::signed(utility - reservation)) " "
        span.unit { (numbers::percent(view.gains.percent(side, *utility))) }
    }
}

type Named = Vec<(usize, f64)>;

/// The issues a side has in full, and those it gives something up on: most first.
fn sorted(view: &View<'_>, side: usize, deal: &Deal) -> (Named, Named) {
    let (mut full, mut given_up) = (Named::new(), Named::new());
    for issue in 0..view.scenario.issues().len() {
        let Some(weight) = view.stakes.weight(side, issue).filter(|w| *w > 0.0) else { continue };
        let Some(reached) = view.stakes.reached(view.scenario, side, issue, &deal.outcome) else {
            continue;
        };
        let lost = weight * (1.0 - reached);
        if lost < 1e-9 {
            full.push((issue, weight));
        } else if lost >= LEAST {
            given_up.push((issue, lost));
        }
    }
    full.sort_by(|a, b| b.1.total_cmp(&a.1));
    given_up.sort_by(|a, b| b.1.total_cmp(&a.1));
    (full, given_up)
}

fn named(view: &View<'_>, issues: &[(usize, f64)], minus: bool) -> Markup {
    html! {
        @if issues.is_empty() { span.quiet { "nothing" } }
        @for (index, (issue, part)) in issues.iter().take(MOST_NAMED).enumerate() {
            @if index > 0 { ", " }
            bdi { (view.issue_name(*issue)) } " "
            span.unit { @if minus { "−" } (numbers::percent(part * 100.0)) }
        }
        @if issues.len() > MOST_NAMED {
            span.quiet { " and " (issues.len() - MOST_NAMED) " more" }
        }
    }
}
