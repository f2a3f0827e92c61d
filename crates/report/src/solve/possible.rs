//! Is an agreement possible?

use super::View;
use super::fair::MOST_COLUMNS;
use crate::candidates::capitalised;
use crate::extras::Unstated;
use crate::numbers;
use crate::page::Section;
use crate::standing;
use crate::words;
use detente_analysis::frontier::Completeness;
use detente_model::AcceptanceRule;
use maud::{Markup, html};

pub(super) fn section(view: &View<'_>) -> Section {
    Section {
        id: "possible",
        question: "Is an agreement possible?".into(),
        answer: words::possible(view.scenario, view.solved),
        body: html! {
            dl.facts {
                (fact("Sides", &numbers::small_count(view.sides.len()),
                    &consent(view)))
                (fact("Issues", &numbers::small_count(view.scenario.issues().len()), &shared(view)))
                (outcomes(view))
                (acceptable(view))
                (efficient(view))
            }
            @if let Some(given) = &view.extras.given {
                p { (capitalised(&standing::sentence(view.scenario, view.solved, given, &view.sides))) }
            }
            @if view.sides.len() <= MOST_COLUMNS || view.candidates.is_empty() { (sides(view)) }
        },
    }
}

fn consent(view: &View<'_>) -> String {
    match (view.scenario.acceptance(), view.sides.len()) {
        (AcceptanceRule::Unanimity, 2) => "both must agree".into(),
        (AcceptanceRule::Unanimity, _) => "all must agree".into(),
        _ => format!("{} must agree", words::whose_consent(view.scenario)),
    }
}

fn fact(name: &str, value: &str, note: &str) -> Markup {
    html! {
        div {
            dt { (name) }
            dd { (powers(value)) @if !note.is_empty() { small { (note) } } }
        }
    }
}

/// `10^50` with its exponent raised.
pub(super) fn powers(text: &str) -> Markup {
    match text.split_once("10^") {
        None => html! { (text) },
        Some((before, after)) => {
            let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
            html! { (before) "10" sup { (after[..end]) } (after[end..]) }
        }
    }
}

fn shared(view: &View<'_>) -> String {
    let shared = view.scenario.issues().iter().filter(|i| i.is_divisible()).count();
    match (shared, view.scenario.issues().len()) {
        (0, _) => String::new(),
        (s, all) if s == all => "all shared out between the sides".into(),
        (s, _) => format!("{s} of them shared out between the sides"),
    }
}

fn outcomes(view: &View<'_>) -> Markup {
    if view.scenario.issues().iter().all(detente_model::Issue::is_divisible) {
        return fact("Outcomes", "without number", "shares may be cut anywhere");
    }
    let note = match view.scenario.constraints().len() {
        0 => "ways to settle every issue".to_owned(),
        n => format!("before {}", numbers::counted(n, "constraint", "constraints")),
    };
    fact("Outcomes", &numbers::count(&view.solved.outcomes), &note)
}

/// So many for certain, and so many more that may be.
fn unstated(name: &str, unstated: &Unstated, (certain, possible): (usize, usize)) -> Markup {
    let among = if unstated.complete {
        String::new()
    } else {
        format!(", of {} looked at", numbers::small_count(unstated.looked_at))
    };
    let note = format!("for certain; {} more may be{among}", numbers::small_count(possible));
    fact(name, &numbers::small_count(certain), &note)
}

fn acceptable(view: &View<'_>) -> Markup {
    if let Some(found) = &view.extras.unstated {
        return unstated("Acceptable to all", found, found.acceptable);
    }
    match &view.solved.acceptable_outcomes {
        _ if view.scenario.has_divisible_issues() => html! {},
        Some(count) => {
            fact("Acceptable", &numbers::count(count), "outcomes in the zone of agreement")
        }
        None => fact("Acceptable", "not counted", ""),
    }
}

fn efficient(view: &View<'_>) -> Markup {
    if let Some(found) = &view.extras.unstated {
        return found
            .efficient
            .map_or_else(|| html! {}, |count| unstated("Efficient", found, count));
    }
    let frontier = &view.solved.frontier;
    let note = match frontier.completeness {
        Completeness::Complete if frontier.continuous => "corners; all found",
        Completeness::Complete => "all found",
        Completeness::LimitReached => "found; there are more",
        Completeness::Stopped => "found; there may be more",
        Completeness::Skipped => return fact("Efficient deals", "not worked out", ""),
    };
    fact("Efficient deals", &numbers::small_count(frontier.deals.len()), note)
}

fn sides(view: &View<'_>) -> Markup {
    let best = !view.solved.ideals.is_empty();
    let known = !view.solved.reservations.is_empty();
    let values = view.solved.reservations.iter().chain(&view.solved.ideals).copied();
    let decimals = numbers::decimals_for(values);
    html! {
        div.wide role="region" aria-label="The sides" tabindex="0" {
            table {
                thead { tr {
                    th scope="col" { "Side" }
                    @if known { th.n scope="col" { "No deal is worth" } }
                    @if best { th.n scope="col" { "Its best acceptable deal" } }
                } }
                tbody {
                    @for side in &view.sides {
                        tr {
                            th scope="row" { (side.named()) }
                            @if known { td.n { (view.solved.reservations.get(side.index).map(|r| numbers::fixed(*r, decimals)).unwrap_or_default()) } }
                            @if best {
                                td.n { (view.solved.ideals.get(side.index).map(|r| numbers::fixed(*r, decimals)).unwrap_or_default()) }
                            }
                        }
                    }
                }
            }
        }
    }
}
