//! What waiting does, and what differing beliefs are worth.

use super::{sides, table, words};
use crate::page::Section;
use crate::staging::words::{brief, fair_deals, number, plan, waiting_pays};
use detente_analysis::staging::{Bets, Case, Staging, Waiting};
use maud::{Markup, html};

/// The calendar: what beginning later changes.
pub(super) fn waiting(block: &Staging, case: &Case, found: &Waiting) -> Option<Section> {
    let calendar = block.calendar.as_ref()?;
    let deal = |d: usize| found.deals[d].id.replace('_', " ");
    let day = |phase: usize| calendar.days.get(phase - 1).cloned().unwrap_or_default();
    let pays = waiting_pays(case, found, |phase| format!("on {}", day(phase)));
    let closes = match found.closes_after {
        Some(phase) => format!("No deal can be staged that begins after {}.", day(phase)),
        None => "The door stays open as far as the dates given reach.".to_owned(),
    };
    let waits =
        if pays.is_empty() { "Waiting pays for nobody.".to_owned() } else { pays.join(" ") };
    let mut header = vec!["begin", "in the zone", "can be staged", "best deal"];
    header.extend(case.parties.iter().map(String::as_str));
    let rows: Vec<Vec<Markup>> = found
        .begins
        .iter()
        .map(|b| {
            let mut row = vec![
                words(&format!("{}, phase {}", day(b.phase), b.phase)),
                words(&format!("{} of {}", b.zone.len(), found.deals.len())),
                words(&b.stageable.len().to_string()),
                words(&b.best.as_ref().map_or_else(|| "none".into(), |(d, ..)| deal(*d))),
            ];
            row.extend(b.worth_today.iter().map(|w| words(&brief(w))));
            row
        })
        .collect();
    let fair: Vec<Vec<Markup>> = found
        .begins
        .iter()
        .filter(|b| !b.fair.is_empty())
        .map(|b| {
            let way = b.best.as_ref().map_or_else(|| "none".into(), |(.., p)| plan(case, p));
            vec![words(&day(b.phase)), words(&fair_deals(&b.fair, deal)), words(&way)]
        })
        .collect();
    Some(Section {
        id: "waiting",
        question: "What if it begins later?".into(),
        answer: format!("{closes} {waits}"),
        body: html! {
            @if !calendar.events.is_empty() {
                dl.words { @for event in &calendar.events {
                    dt { (event.date) } dd { bdi { (event.title) } }
                } }
            }
            p { "The last columns: what beginning then is worth to each side today, after discounting and the cost of delay." }
            (table("Beginning later", &header, 1, &rows))
            @if found.deals.len() > 1 && !fair.is_empty() {
                (table("Fair deals and plans", &["begin", "fair deals in the zone", "the best plan then"], 3, &fair))
            }
            @if found.begins.iter().any(|b| !b.complete) { p { "Not complete: a search was cut short." } }
        },
    })
}

/// Contingent terms.
pub(super) fn bets(block: &Staging, case: &Case, all: &[Bets]) -> Option<Section> {
    let deals = block.broad_deals();
    let name = |d: usize| deals[d].id.replace('_', " ");
    let sides = sides(case);
    let best = all.iter().flat_map(|b| b.between.iter().map(move |s| (b, s)));
    let best = best.max_by(|a, b| a.1.gain.cmp(&b.1.gain));
    let answer = match best {
        Some((bets, s)) => format!(
            "On “{}” {} and {} differ; a term that depends on it is worth {} to each, by its own belief.",
            bets.event,
            case.parties[s.believer],
            case.parties[s.doubter],
            number(&s.gain)
        ),
        None => "No: they judge what may happen alike, or put nothing at stake.".into(),
    };
    (!all.is_empty()).then(|| Section {
        id: "contingent",
        question: "Could terms that depend on what happens help?".into(),
        answer,
        body: html! {
            @for bets in all {
                h3 { "If " bdi { (bets.event) } @if let Some(by) = &bets.by { " by " (by) } }
                ul.plain {
                    @for s in &bets.between {
                        li {
                            (sides[s.doubter].named()) " gives " (sides[s.believer].named()) " " (number(&s.if_so))
                            " if it happens, " (sides[s.believer].named()) " gives " (sides[s.doubter].named()) " "
                            (number(&s.if_not)) " if not: each expects to gain " (number(&s.gain)) "."
                        }
                    }
                    @for deal in bets.deals.iter().take(5) {
                        li { "A deal that nothing beats: " (name(deal.if_so)) " if so, " (name(deal.if_not)) " if not." }
                    }
                }
                @if !bets.complete { p.quiet { "Too many deals to look at all pairs." } }
            }
        },
    })
}
