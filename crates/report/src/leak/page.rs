//! Leakage as a page for the mediator.

use super::text::NOT_MEASURED;
use super::{Reading, Readings, words};
use crate::page::{Audience, Banner, Direction, Page, Reach, Section, Tone, folded, wide};
use detente_leakage::assess::SecretAtRisk;
use maud::{Markup, html};

/// One self-contained page: what a draft would tell each audience.
#[must_use]
pub fn leak_page(shown: &Readings<'_>) -> String {
    const IDS: [&str; 9] = [
        "audience-1",
        "audience-2",
        "audience-3",
        "audience-4",
        "audience-5",
        "audience-6",
        "audience-7",
        "audience-8",
        "audience-9",
    ];
    let mut sections: Vec<Section> =
        shown.readings.iter().zip(IDS).map(|(reading, id)| section(shown, reading, id)).collect();
    sections.push(Section {
        id: "method",
        question: "How were these figures worked out?".into(),
        answer: String::new(),
        body: html! {
            p { (shown.prior) }
            p {
                "Readers are taken to know their own preferences, the rule by which drafts are made, "
                "and what the other sides may plausibly be; not which of these is true. "
                "A guess is right as often as the likeliest value is true. "
                "One bit halves what is still plausible."
            }
            p { (NOT_MEASURED) }
        },
    });
    let estimated = shown.readings.iter().any(|r| r.told.sample.is_some());
    let banner = |text: &str| Banner { tone: Tone::Note, text: text.into() };
    let footer = [
        Some(
            "This page computes what follows from the figures it was given. The mediator decides."
                .to_owned(),
        ),
        shown.made_by.as_ref().map(|by| format!("Made by {by}.")),
        shown.command.as_ref().map(|command| format!("Command: {command}")),
    ];
    let page = Page {
        title: "What would this draft give away?",
        subject: shown.scenario.title(),
        lead: html! {},
        audience: Audience {
            reach: Reach::Narrow,
            text: "The mediator's team only. It holds what the parties told in confidence: never for the parties.".into(),
        },
        banners: estimated
            .then(|| banner("The figures are estimates from samples, each with its bound."))
            .into_iter()
            .collect(),
        sections,
        as_of: shown.as_of.as_deref(),
        footer: footer.into_iter().flatten().collect(),
        language: "en",
        direction: Direction::LeftToRight,
    };
    page.render()
}

fn section(shown: &Readings<'_>, reading: &Reading, id: &'static str) -> Section {
    let scenario = shown.scenario;
    Section {
        id,
        question: format!(
            "What would {} learn about {}?",
            words::readers(scenario, reading),
            words::hidden(scenario, reading)
        ),
        answer: words::worst(scenario, reading),
        body: html! {
            (draft(shown, reading))
            (wide("Guesses", &guesses(shown, reading)))
            p { (words::plausible(scenario, reading)) }
            p { (words::case(reading)) }
            @if !reading.case.entries().is_empty() {
                ul {
                    @for entry in reading.case.entries() {
                        li { (entry.what) ": " (words::bits(entry.bits)) " bits" }
                    }
                }
            }
            @for remark in &reading.remarks { p { (remark) } }
            (folded("The rule, and how sure this is", &html! {
                p { (words::rule(reading)) }
                p { (words::kind(reading)) }
            }))
        },
    }
}

fn draft(shown: &Readings<'_>, reading: &Reading) -> Markup {
    html! {
        table {
            caption { "The draft" }
            tbody {
                @for (index, issue) in shown.scenario.issues().iter().enumerate() {
                    @if let Some(option) = reading.draft.option(index) {
                        tr {
                            th scope="row" { bdi { (issue.name) } }
                            td { bdi { (issue.option_name(option)) } }
                        }
                    }
                }
            }
        }
    }
}

fn guesses(shown: &Readings<'_>, reading: &Reading) -> Markup {
    let bounded = reading.told.secrets.iter().any(|s| s.bounds.is_some());
    html! {
        table {
            caption {
                "How often " (words::readers(shown.scenario, reading)) " could guess, of 100 times"
            }
            thead { tr {
                th scope="col" { "What" }
                th.n scope="col" { "At the start" }
                th.n scope="col" { "Now" }
                th.n scope="col" { "After this draft" }
                @if bounded { th.n scope="col" { "at most (95 % sure)" } }
                th.n scope="col" { "With the answers, at most" }
                th.n scope="col" { "Knowing all the rest, at most" }
            } }
            tbody {
                @for risk in &reading.told.secrets { (row(shown, risk, bounded)) }
            }
        }
    }
}

fn row(shown: &Readings<'_>, risk: &SecretAtRisk, bounded: bool) -> Markup {
    let cell = |p: f64| html! { td.n { (format!("{:.0}", p * 100.0)) } };
    html! {
        tr {
            th scope="row" { (words::secret(shown.scenario, &risk.secret)) }
            (cell(risk.blind.start))
            (cell(risk.blind.now))
            (cell(risk.blind.after_draft))
            @if bounded {
                @if let Some(bounds) = risk.bounds { (cell(bounds.after_draft)) } @else { td.n { "–" } }
            }
            (cell(risk.blind.at_most))
            @if let Some(known) = risk.knowing_the_rest { (cell(known.at_most)) } @else { td.n { "–" } }
        }
    }
}
