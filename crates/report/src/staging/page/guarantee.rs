//! What it would take: the guarantee table.

use super::{About, page, rests, subject, table, words};
use crate::page::Section;
use crate::staging::words::{amounts, number, number_or, plan};
use detente_analysis::staging::{Priced, Staging, Swings};
use maud::{Markup, html};
use num_traits::Signed;

/// The page of the guarantees.
#[must_use]
pub fn guarantee_page(
    block: &Staging,
    priced: &Priced,
    rests_on: Option<&Swings>,
    about: &About,
) -> String {
    let mut sections = vec![section(priced)];
    let question = "What does that rest on?".to_owned();
    sections.extend(rests_on.map(|found| rests::section("rests", question, found)));
    let title = "What would it take for the deal to hold, phase by phase?";
    page(subject(block), title, Vec::new(), sections, &block.assumed, about)
}

/// The guarantee table.
pub(super) fn section(priced: &Priced) -> Section {
    let case = &priced.case;
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    for (what, found) in [
        ("bond, forfeited by default", &priced.bond),
        ("reward, paid on completion", &priced.reward),
    ] {
        let mut row = vec![words(what)];
        match &found.least {
            Some(g) => {
                row.extend(g.amounts.iter().map(|a| words(&number(a))));
                row.push(words(&number(&g.total())));
            }
            None => {
                row.extend(case.parties.iter().map(|_| words("–")));
                row.push(words(if found.complete { "none suffices" } else { "not computed" }));
            }
        }
        rows.push(row);
    }
    let mut header = vec!["least of one kind"];
    header.extend(case.parties.iter().map(String::as_str));
    header.push("in all");
    let holds = priced.without().is_some_and(|s| !s.is_negative());
    let answer = match (&priced.bond.least, &priced.reward.least) {
        _ if holds => "Nothing: the best plan holds without any guarantee.".to_owned(),
        (Some(g), _) => format!("A bond: {}.", amounts(case, &g.amounts)),
        (None, Some(g)) => format!("A reward on completion: {}.", amounts(case, &g.amounts)),
        (None, None) => "No bond and no reward within reach makes any plan hold.".to_owned(),
    };
    let plans = [("With the bond", &priced.bond), ("With the reward", &priced.reward)];
    Section {
        id: "take",
        question: "What would it take?".into(),
        answer,
        body: html! {
            (table("Guarantees", &header, 1, &rows))
            ul.plain {
                @for (what, found) in plans {
                    @if let Some(g) = &found.least { li { (what) ": " (plan(case, &g.plan)) "." } }
                }
                li { "Without any: smallest slack " (number_or(priced.without(), "none, for no plan respects the limits and caps")) "." }
                li { "With the exchange linked, as in escrow: smallest slack " (number_or(priced.linked.as_ref(), "none")) "." }
            }
            @if !holds && !priced.mixes.is_empty() {
                p { "For the best plan as it is, kept, the least in all by means: "
                    (priced.mixes.iter().map(|(name, mix)| format!("{name} {}", mix.as_ref().map_or("cannot".into(), |m| number(&m.total)))).collect::<Vec<_>>().join("; ")) "." }
            }
        },
    }
}
