//! The pages a mediator puts on the table.

mod guarantee;
mod home;
mod interim;
mod plan;
mod rests;
mod time;

pub use guarantee::guarantee_page;
pub use home::ratify_page;
pub use interim::{AfterThem, interim_page};
pub use plan::stage_page;

use crate::page::{Audience, Banner, Direction, Page, Reach, Section, wide};
use crate::side::Side;
use detente_analysis::staging::{Case, Staging};
use maud::{Markup, html};

/// What a page says of its own making; all of it optional.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The date it stands for, as printed.
    pub as_of: Option<String>,
    /// The command that made it.
    pub command: Option<String>,
    /// The program and its version.
    pub made_by: Option<String>,
}

/// Who these pages are for, unless they are handed on.
const AUDIENCE: &str =
    "The mediator’s team: it shows what is assumed of every side. Not for the sides.";

/// What every page about incentives rests on.
const CARE: &str = "Exact arithmetic on the numbers given. Read with care: this takes each side as one will, sees every default, lets no broken deal be mended, and compares sides only through their weights. It takes no side and recommends nothing: people decide.";

fn page(
    subject: &str,
    title: &str,
    banners: Vec<Banner>,
    sections: Vec<Section>,
    assumed: &[String],
    about: &About,
) -> String {
    let mut footer = vec![CARE.to_owned()];
    if !assumed.is_empty() {
        footer.push(format!("Assumed, because nothing is said of it: {}.", assumed.join("; ")));
    }
    footer.extend(about.made_by.iter().map(|by| format!("Made by {by}.")));
    footer.extend(about.command.iter().map(|c| format!("Command: {c}")));
    Page {
        title,
        subject,
        lead: html! {},
        audience: Audience { reach: Reach::Narrow, text: AUDIENCE.into() },
        banners,
        sections,
        as_of: about.as_of.as_deref(),
        footer,
        language: "en",
        direction: Direction::LeftToRight,
    }
    .render()
}

fn sides(case: &Case) -> Vec<Side<'_>> {
    case.parties.iter().enumerate().map(|(index, name)| Side { index, name }).collect()
}

/// A table whose first columns are words and whose other columns are figures.
fn table(name: &str, header: &[&str], words: usize, rows: &[Vec<Markup>]) -> Markup {
    wide(
        name,
        &html! {
            table {
                thead { tr { @for (c, h) in header.iter().enumerate() { th.n[c >= words] scope="col" { (h) } } } }
                tbody {
                    @for row in rows {
                        tr { @for (c, cell) in row.iter().enumerate() {
                            @if c == 0 { th scope="row" { (cell) } } @else { td.n[c >= words] { (cell) } }
                        } }
                    }
                }
            }
        },
    )
}

fn words(text: &str) -> Markup {
    html! { bdi { (text) } }
}

fn roomy(name: &str, chart: &Markup) -> Markup {
    html! { div.wide.roomy role="region" aria-label=(name) tabindex="0" { (chart) } }
}

/// A name from a file as a reader's words: `berths_for_some` → “berths for some”.
fn quoted(id: &str) -> String {
    format!("“{}”", id.replace('_', " "))
}

/// What a deliverable is, in the file's words.
fn what_it_is(block: &Staging, deliverable: usize) -> Option<String> {
    let words = block.described.get(deliverable)?;
    let parts: Vec<&str> = [&words.title, &words.quantity, &words.basis]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn subject(block: &Staging) -> &str {
    if block.case.name.is_empty() { "A deal in phases" } else { &block.case.name }
}
