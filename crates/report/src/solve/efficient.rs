//! Which deals are efficient?

use super::View;
use crate::charts::ChartDeal;
use crate::charts::frontier::{Drawn, FrontierChart};
use crate::charts::pairs::PairChart;
use crate::charts::rows::RowsChart;
use crate::gain::value_at;
use crate::numbers;
use crate::page::{Section, figure, wide};
use crate::svg::mark;
use crate::words;
use detente_analysis::solved::Deal;
use maud::{Markup, html};

/// So many pairs of sides are drawn at most.
const MOST_PAIRS: usize = 15;
/// So many points are listed at most.
const MOST_LISTED: usize = 120;
/// Up to so many sides are listed with the points.
const MOST_LISTED_SIDES: usize = 8;

pub(super) fn section(view: &View<'_>) -> Option<Section> {
    let deals = view.chart_deals();
    if deals.is_empty() && view.solved.frontier.deals.is_empty() {
        return None;
    }
    Some(Section {
        id: "efficient",
        question: "Which deals are efficient?".into(),
        answer: words::frontier(view.solved),
        body: html! {
            @if view.sides.len() == 2 { (two(view, &deals)) } @else { (meaning(view)) (many(view, &deals)) }
        },
    })
}

fn two(view: &View<'_>, deals: &[ChartDeal]) -> Markup {
    let points: Vec<(f64, f64)> = view
        .solved
        .frontier
        .deals
        .iter()
        .filter(|d| d.utilities.len() == 2 && d.utilities.iter().all(|u| u.is_finite()))
        .map(|d| {
            (
                view.gains.percent(0, value_at(&d.utilities, 0)),
                view.gains.percent(1, value_at(&d.utilities, 1)),
            )
        })
        .collect();
    let (drawing, drawn) = FrontierChart {
        id: "frontier",
        sides: [view.sides[0], view.sides[1]],
        points: &points,
        continuous: view.solved.frontier.continuous,
        deals,
        zone: view.solved.agreement_possible == Some(true),
    }
    .draw();
    html! {
        div.beside {
            (figure(&drawing, &caption(view, drawn), &listed(view)))
            div { (meaning(view)) (two_table(view, deals)) }
        }
    }
}

fn meaning(view: &View<'_>) -> Markup {
    html! {
        p {
            "A deal is efficient when no other is better for one side and no worse for all the others. "
            "Gains are over no deal: " (view.gains.meaning()) "."
        }
    }
}

/// The marked deals of two sides, as figures.
fn two_table(view: &View<'_>, deals: &[ChartDeal]) -> Markup {
    if deals.is_empty() {
        return html! {};
    }
    html! {
        table {
            thead { tr {
                th scope="col" { "Gain under" }
                @for side in &view.sides { th.n scope="col" { (side.badge()) } }
            } }
            tbody {
                @for deal in deals {
                    tr.focus[deal.focus] {
                        th scope="row" {
                            (mark::inline(deal.shape, deal.class()))
                            " " bdi { (deal.name()) }
                        }
                        @for side in &view.sides { td.n { (numbers::percent(value_at(&deal.gains, side.index))) } }
                    }
                }
            }
        }
    }
}

fn caption(view: &View<'_>, drawn: Drawn) -> Markup {
    html! {
        @if view.solved.agreement_possible == Some(true) {
            "The shaded zone holds what both sides would rather have than no deal. "
        } @else {
            "No deal lies above and beyond both lines of no deal. "
        }
        @if drawn.of == 0 {
            "The frontier was not worked out. "
        } @else if view.solved.frontier.continuous {
            "The line joins the efficient deals; shares move along it. "
        } @else {
            "The stepped line is the frontier: every efficient deal is a corner of it. "
        }
        @if drawn.shown < drawn.of {
            "Drawn with " (numbers::small_count(drawn.shown)) " of "
            (numbers::small_count(drawn.of)) " points: the others lie within half a unit of these. "
        }
        @if drawn.beyond > 0 {
            (numbers::counted(drawn.beyond, "point lies", "points lie")) " beyond the edge."
        }
    }
}

fn many(view: &View<'_>, deals: &[ChartDeal]) -> Markup {
    let rows = RowsChart { id: "rows", sides: &view.sides, deals }.draw();
    let caption = html! {
        "One row per side; a mark where each deal leaves it. Where marks meet they are set apart up and down; only their place across counts."
    };
    html! {
        (legend(deals))
        @if !deals.is_empty() {
            (figure(&html! { div.rows { (wide("What each side gains from each deal", &rows)) } }, &caption, &gains_table(view, deals)))
        }
        (pairs(view, deals))
    }
}

fn legend(deals: &[ChartDeal]) -> Markup {
    html! {
        ul.legend {
            @for deal in deals {
                li {
                    (mark::inline(deal.shape, deal.class()))
                    " " bdi { (deal.name()) }
                }
            }
        }
    }
}

fn pairs(view: &View<'_>, deals: &[ChartDeal]) -> Markup {
    let sides = &view.sides;
    let all = sides.len() * (sides.len() - 1) / 2;
    let frontier = &view.solved.frontier.deals;
    if frontier.is_empty() {
        return html! {
            p.quiet { "Two sides at a time: not drawn, since the efficient deals were not worked out." }
        };
    }
    let chosen =
        (0..sides.len()).flat_map(|a| (a + 1..sides.len()).map(move |b| (a, b))).take(MOST_PAIRS);
    html! {
        h3 { "Two sides at a time" }
        p.quiet {
            "Each dot is an efficient deal as two sides see it; the lines are no deal, the shade what both would rather have. "
            @if all > MOST_PAIRS { "The first " (MOST_PAIRS) " of " (numbers::small_count(all)) " pairs, in the order of the sides. " }
            "Dots that would touch are drawn once."
        }
        div.panels {
            @for (a, b) in chosen {
                @let points: Vec<(f64, f64)> = frontier.iter().map(|d| (view.gains.percent(a, value_at(&d.utilities, a)), view.gains.percent(b, value_at(&d.utilities, b)))).collect();
                (PairChart { id: &format!("pair-{a}-{b}"), sides: [sides[a], sides[b]], points: &points, deals }.draw())
            }
        }
    }
}

fn gains_table(view: &View<'_>, deals: &[ChartDeal]) -> Markup {
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Side" }
                @for deal in deals { th.n scope="col" { (deal.name()) } }
            } }
            tbody {
                @for side in &view.sides {
                    tr {
                        th scope="row" { (side.named()) }
                        @for deal in deals { td.n { (numbers::percent(value_at(&deal.gains, side.index))) } }
                    }
                }
            }
        }
    };
    wide("Gains by side and deal", &table)
}

/// The frontier's points as figures, evenly thinned where there are many.
fn listed(view: &View<'_>) -> Markup {
    let deals = &view.solved.frontier.deals;
    if deals.is_empty() || view.sides.len() > MOST_LISTED_SIDES {
        return html! {};
    }
    let step = deals.len().div_ceil(MOST_LISTED);
    let mut shown: Vec<&Deal> = deals.iter().step_by(step).collect();
    if let Some(last) = deals.last()
        && step > 1
        && !(deals.len() - 1).is_multiple_of(step)
    {
        shown.push(last);
    }
    let decimals: Vec<usize> = view
        .sides
        .iter()
        .map(|s| numbers::decimals_for(deals.iter().map(|d| value_at(&d.utilities, s.index))))
        .collect();
    let table = html! {
        table {
            caption {
                @if step > 1 {
                    "Every " (step) "th of " (numbers::small_count(deals.len())) " points, and the last. The machine-readable result holds all."
                } @else { "Utility and gain of every point." }
            }
            thead { tr { @for side in &view.sides { th.n scope="col" colspan="2" { (side.named()) } } } }
            tbody {
                @for deal in shown {
                    tr {
                        @for (side, decimals) in view.sides.iter().zip(&decimals) {
                            @let utility = value_at(&deal.utilities, side.index);
                            td.n { (numbers::fixed(utility, *decimals)) }
                            td.n { (numbers::percent(view.gains.percent(side.index, utility))) }
                        }
                    }
                }
            }
        }
    };
    wide("Points of the frontier", &table)
}
