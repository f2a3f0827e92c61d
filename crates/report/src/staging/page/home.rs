//! Acceptance at home.

use super::{About, page, rests, roomy, table, words};
use crate::page::{Section, figure};
use crate::staging::charts::win_set::{WinSet, win_set_chart};
use crate::staging::words::{brief, fails_in, number, number_or};
use detente_analysis::staging::{
    FairAtHome, NamedRatification, Picture, RatificationAnswer, Rational, Swings,
};
use maud::{Markup, html};

/// The page of ratification.
#[must_use]
pub fn ratify_page(
    subject: &str,
    named: &NamedRatification,
    answer: &RatificationAnswer,
    fair: Option<&FairAtHome>,
    rests_on: Option<&Swings>,
    about: &About,
) -> String {
    let mut sections = vec![section(named, answer)];
    sections.extend(fair.map(|f| changed(named, f)));
    let question = "What does that rest on?".to_owned();
    sections.extend(rests_on.map(|found| rests::section("rests", question, found)));
    let subject = if subject.is_empty() { "A deal that must pass at home" } else { subject };
    page(subject, "Can each side get it accepted at home?", Vec::new(), sections, &[], about)
}

/// Win-sets, who refuses, and what would help.
fn section(named: &NamedRatification, answer: &RatificationAnswer) -> Section {
    let question = &named.question;
    let total = question.sizes.iter().map(|&s| s as f64).product();
    let mut bars: Vec<WinSet> = question
        .parties
        .iter()
        .zip(&answer.per_party)
        .map(|(p, &pass)| WinSet { place: p.name.clone(), pass })
        .collect();
    bars.push(WinSet { place: "everywhere".into(), pass: answer.win_set_size });
    let rows: Vec<Vec<Markup>> = question
        .parties
        .iter()
        .enumerate()
        .map(|(p, party)| {
            let refuse: Vec<&str> = answer.draft.refuse[p]
                .iter()
                .map(|&k| party.constituencies[k].name.as_str())
                .collect();
            let paid: Vec<String> = answer.draft.payments[p]
                .iter()
                .map(|(k, a)| format!("{} to {}", number(a), party.constituencies[*k].name))
                .collect();
            vec![
                words(&party.name),
                words(if answer.draft.passes[p] { "passes" } else { "fails" }),
                words(&if refuse.is_empty() { "nobody".into() } else { refuse.join(", ") }),
                words(&if paid.is_empty() {
                    number_or(answer.draft.side_payment[p].as_ref(), "no payment helps")
                } else {
                    paid.join(", ")
                }),
                words(&number(&answer.draft.probability[p])),
            ]
        })
        .collect();
    let fails: Vec<&str> = question
        .parties
        .iter()
        .zip(&answer.draft.passes)
        .filter(|(_, pass)| !**pass)
        .map(|(p, _)| p.name.as_str())
        .collect();
    let verdict = if fails.is_empty() {
        "The draft passes on every side.".to_owned()
    } else {
        format!("The draft fails in {}.", fails.join(" and "))
    };
    let least = if answer.complete { "" } else { " (at least: the search was cut short)" };
    let header = ["side", "the draft", "refused by", "least side-payment", "chance of passing"];
    Section {
        id: "home",
        question: "Does the draft pass, and who refuses?".into(),
        answer: format!("{verdict} {} outcomes pass everywhere{least}.", answer.win_set_size),
        body: html! {
            p { "The draft: " (named.outcome(&question.draft)) "." }
            (table("The draft at home", &header, 4, &rows))
            (figure(&roomy("Win-sets", &win_set_chart("win-sets", &bars, total)),
                &html! { "Outcomes that pass at home, out of all." }, &html! {}))
            @if let Some((cost, ways)) = &answer.cheapest {
                p { "The cheapest change that passes everywhere costs " (number(cost)) ":" }
                ul.plain { @for way in ways.iter().take(5) { li { (named.outcome(way)) } } }
            } @else { p { "No change makes it pass on every side." } }
        },
    }
}

fn changed(named: &NamedRatification, fair: &FairAtHome) -> Section {
    let worth = |w: &[Rational]| w.iter().map(brief).collect::<Vec<_>>().join(", ");
    let count = |what: &str, of: &dyn Fn(&Picture) -> usize| {
        vec![words(what), words(&of(&fair.without).to_string()), words(&of(&fair.with).to_string())]
    };
    let counts = vec![
        count("acceptable to every side", &|p| usize::try_from(p.acceptable).unwrap_or(usize::MAX)),
        count("efficient", &|p| p.efficient.len()),
    ];
    let rows: Vec<Vec<Markup>> = fair
        .without
        .fair
        .iter()
        .enumerate()
        .map(|(index, (rule, deal))| {
            let with = fair.with.fair.iter().find(|(r, _)| r == rule).map(|(_, d)| d);
            let with = match with {
                Some(with) if with.outcome == deal.outcome => "the same".to_owned(),
                Some(with) => {
                    format!("{} (worth {})", named.outcome(&with.outcome), worth(&with.worth))
                }
                None => "none is left that every side accepts".to_owned(),
            };
            vec![
                words(rule.name()),
                words(&format!("{} (worth {})", named.outcome(&deal.outcome), worth(&deal.worth))),
                words(&fails_in(named, fair, index)),
                words(&with),
            ]
        })
        .collect();
    let lost = fair.fails.iter().filter(|f| !f.is_empty()).count();
    let names: Vec<&str> = named.question.parties.iter().map(|p| p.name.as_str()).collect();
    Section {
        id: "changed",
        question: "How do the fair deals change when they must pass at home?".into(),
        answer: format!(
            "{lost} of the {} fair deals fail at home; {} of {} acceptable deals are left.",
            fair.without.fair.len(),
            fair.with.acceptable,
            fair.without.acceptable
        ),
        body: html! {
            (table("Deals left", &["deals", "without", "with ratification"], 1, &counts))
            (table("Fair deals", &["rule", "without ratification", "at home", "with ratification"], 4, &rows))
            p.quiet { "Worth to " (names.join(", ")) ", in this order, each on its own scale." }
        },
    }
}
