//! The frame every page of ours has: question, audience, answers in short,
//! sections, "as of".
//!
//! Self-contained: the style sheet is inside, nothing is fetched.

use crate::style;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// How far a page reaches. Narrow is calm, wide is loud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// For a few.
    Narrow,
    /// For more than one side, or for the public.
    Wide,
}

/// Who a page is for: at the same place on every page, and in the margin on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    /// How far it reaches.
    pub reach: Reach,
    /// Who that is, in a sentence.
    pub text: String,
}

/// What a banner is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Worth knowing.
    Note,
    /// Must be known before reading on.
    Warning,
}

/// A remark above everything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banner {
    /// How loud.
    pub tone: Tone,
    /// What it says.
    pub text: String,
}

/// One question with its answer.
#[derive(Debug, Clone)]
pub struct Section {
    /// Unique on the page; links point to it.
    pub id: &'static str,
    /// The heading: a question in plain words.
    pub question: String,
    /// The answer in a line, also shown at the top of the page; may be empty.
    pub answer: String,
    /// Everything else.
    pub body: Markup,
}

/// In which direction a page is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// Left to right.
    #[default]
    LeftToRight,
    /// Right to left.
    RightToLeft,
}

/// A page.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// The question the page answers.
    pub title: &'a str,
    /// What it is about: a scenario's or a record's title.
    pub subject: &'a str,
    /// Below the title; may be empty.
    pub lead: Markup,
    /// Who sees it.
    pub audience: Audience,
    /// Above everything else.
    pub banners: Vec<Banner>,
    /// Question by question.
    pub sections: Vec<Section>,
    /// The date it stands for, as printed.
    pub as_of: Option<&'a str>,
    /// Below everything else: how it was made.
    pub footer: Vec<String>,
    /// The language of our own words, as a BCP 47 tag.
    pub language: &'a str,
    /// The direction of our own words.
    pub direction: Direction,
}

impl Page<'_> {
    /// The whole file.
    #[must_use]
    pub fn render(&self) -> String {
        let direction = match self.direction {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        };
        let as_of = self.as_of.map(|date| format!("As of {date}")).unwrap_or_default();
        let css = style::sheet(self.subject, &self.audience.text, &as_of);
        let document = html! {
            (DOCTYPE)
            html lang=(self.language) dir=(direction) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    meta name="referrer" content="no-referrer";
                    title { (self.subject) " – " (self.title) }
                    style { (PreEscaped(css)) }
                }
                body {
                    (self.header(&as_of))
                    main {
                        @for banner in &self.banners {
                            p.banner.loud[banner.tone == Tone::Warning] { (banner.text) }
                        }
                        (self.in_short())
                        @for section in &self.sections { (section.render()) }
                    }
                    footer {
                        @for line in &self.footer { p { (line) } }
                        @if !as_of.is_empty() { p { (as_of) "." } }
                    }
                }
            }
        };
        visible(document.into_string())
    }

    fn header(&self, as_of: &str) -> Markup {
        html! {
            header {
                p.audience.loud[self.audience.reach == Reach::Wide] {
                    b { "Who sees this" } " " span { (self.audience.text) }
                }
                p.subject { bdi { (self.subject) } }
                h1 { (self.title) }
                @if !as_of.is_empty() { p.asof { (as_of) } }
                (self.lead)
            }
        }
    }

    fn in_short(&self) -> Markup {
        let answered = self.sections.iter().any(|s| !s.answer.is_empty());
        html! {
            @if answered {
                nav.short aria-label="In short" {
                    ol {
                        @for section in &self.sections {
                            li {
                                a href={ "#" (section.id) } { (section.question) }
                                @if !section.answer.is_empty() { " " span { (section.answer) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Control characters, which no page may hold, and those that turn the
/// direction of a text, which could make it read as another, as their numbers.
fn visible(page: String) -> String {
    let hidden = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t') || ('\u{202a}'..='\u{202e}').contains(&c)
    };
    if !page.contains(hidden) {
        return page;
    }
    let mut out = String::with_capacity(page.len());
    for c in page.chars() {
        if hidden(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

impl Section {
    fn render(&self) -> Markup {
        let heading = format!("{}-heading", self.id);
        html! {
            section id=(self.id) aria-labelledby=(heading) {
                h2 id=(heading) { (self.question) }
                @if !self.answer.is_empty() { p.answer { (self.answer) } }
                (self.body)
            }
        }
    }
}

/// A table (or chart) that may be wider than the screen; it scrolls by itself.
#[must_use]
pub fn wide(name: &str, content: &Markup) -> Markup {
    html! { div.wide role="region" aria-label=(name) tabindex="0" { (content) } }
}

/// Something most readers do not need, behind a line that says what it is.
#[must_use]
pub fn folded(summary: &str, content: &Markup) -> Markup {
    html! { details { summary { (summary) } (content) } }
}

/// A drawing with its caption and, folded away, the figures behind it.
#[must_use]
pub fn figure(drawing: &Markup, caption: &Markup, figures: &Markup) -> Markup {
    html! {
        figure {
            (drawing)
            figcaption { (caption) }
            @if !figures.0.is_empty() { (folded("The figures behind this drawing", figures)) }
        }
    }
}
