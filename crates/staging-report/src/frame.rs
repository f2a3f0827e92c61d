//! The frame of a page: question, who sees it, the answer in short, sections.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// One question with its answer.
#[derive(Debug, Clone)]
pub struct Section {
    /// The heading: a question in plain words.
    pub question: String,
    /// The answer.
    pub body: Markup,
}

/// A page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The question the page answers.
    pub title: String,
    /// What it is about.
    pub subject: String,
    /// The answer in a few sentences, most important first.
    pub in_short: Vec<String>,
    /// Everything else.
    pub sections: Vec<Section>,
    /// What the numbers rest on.
    pub footer: Vec<String>,
}

const SHEET: &str = include_str!("sheet.css");

impl Page {
    /// The whole file: nothing in it asks for anything from elsewhere.
    #[must_use]
    pub fn render(&self) -> String {
        html! {
            (DOCTYPE)
            html lang="en" dir="ltr" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    title { (self.subject) " – " (self.title) }
                    style { (PreEscaped(SHEET)) }
                }
                body {
                    header {
                        p.audience { b { "Who sees this" } " whoever is handed this file; it shows every side’s numbers" }
                        p.subject { bdi { (self.subject) } }
                        h1 { (self.title) }
                    }
                    main {
                        section.short aria-label="In short" {
                            @for line in &self.in_short { p { (line) } }
                        }
                        @for section in &self.sections {
                            section { h2 { (section.question) } (section.body) }
                        }
                    }
                    footer { @for line in &self.footer { p { (line) } } }
                }
            }
        }
        .into_string()
    }
}
