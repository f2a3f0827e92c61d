//! Paragraphs out of HTML, read as a stream of tokens so that elements that
//! never close, or never opened, do no harm.

use html5gum::{Token, Tokenizer};
use regex::Regex;
use std::sync::LazyLock;

/// What a page holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// Blocks of text in the page's main flow.
    pub(super) blocks: Vec<String>,
    /// Blocks inside navigation, forms, footers and the like.
    pub(super) aside: Vec<String>,
    /// `og:site_name`, where given.
    pub(super) site: Option<String>,
}

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "body",
    "br",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
    "title",
    "header",
    "label",
    "option",
    "legend",
];
const ASIDE: &[&str] = &["nav", "footer", "aside", "form", "button", "menu", "dialog"];
const SILENT: &[&str] = &["script", "style", "noscript", "template", "svg", "iframe", "head"];

/// Scripts and styles that end where they say; their words are no markup.
static SCRIPTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?is)<script\b[^>]*>.*?</script\s*>|<style\b[^>]*>.*?</style\s*>|<!--.*?-->|<svg\b[^>]*>.*?</svg\s*>|<template\b[^>]*>.*?</template\s*>").ok()
});

/// The first element that is opened more often than it is closed, with the
/// place of its last opening: there the page breaks off or was cut.
pub(super) fn never_closed(text: &str) -> Option<(&'static str, usize)> {
    const MUST_CLOSE: &[&str] = &[
        "html",
        "body",
        "article",
        "main",
        "section",
        "div",
        "script",
        "style",
        "title",
        "nav",
        "form",
        "blockquote",
        "table",
        "ul",
        "aside",
    ];
    let lower = text.to_ascii_lowercase();
    let opened = |name: &str| {
        let mark = format!("<{name}");
        lower
            .match_indices(&mark)
            .filter(|(at, m)| {
                !lower[at + m.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
            })
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    };
    MUST_CLOSE.iter().find_map(|name| {
        let places = opened(name);
        let closed = lower.matches(&format!("</{name}")).count();
        (places.len() > closed).then(|| places.last().map(|at| (*name, *at))).flatten()
    })
}

/// Whether a text is HTML rather than plain words.
pub(super) fn looks_like_html(text: &str) -> bool {
    let mut end = text.len().min(4096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<p>", "<p ", "<div", "<article", "<br", "<h1"]
        .iter()
        .any(|mark| head.contains(mark))
}

/// Reads a page.
pub(super) fn read(text: &str) -> Page {
    let mut reader = Reader::default();
    let text = SCRIPTS.as_ref().map_or_else(|| text.into(), |r| r.replace_all(text, " "));
    for token in Tokenizer::new(text.as_ref()) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if name == "meta" {
                    let get = |k: &[u8]| {
                        tag.attributes.get(k).map(|v| String::from_utf8_lossy(v).into_owned())
                    };
                    if get(b"property").as_deref() == Some("og:site_name") {
                        reader.page.site = get(b"content").filter(|s| !s.trim().is_empty());
                    }
                } else {
                    reader.open(&name, tag.self_closing);
                }
            }
            Token::EndTag(tag) => reader.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(s) => reader.text(&String::from_utf8_lossy(&s)),
            _ => {}
        }
    }
    reader.flush();
    reader.page
}

#[derive(Default)]
struct Reader {
    page: Page,
    current: String,
    aside: Vec<String>,
    silent: Vec<String>,
}

impl Reader {
    fn open(&mut self, name: &str, self_closing: bool) {
        // What only a body can hold ends a head or a script that was never closed.
        if BLOCKS.contains(&name) && name != "title" || ASIDE.contains(&name) {
            self.silent.clear();
        }
        if BLOCKS.contains(&name) || ASIDE.contains(&name) {
            self.flush();
        }
        // An article opened inside an unclosed navigation is the article all the same.
        if matches!(name, "article" | "main" | "h1") {
            self.aside.clear();
        }
        if ASIDE.contains(&name) && !self_closing {
            self.aside.push(name.to_owned());
        }
        if SILENT.contains(&name) && !self_closing {
            self.silent.push(name.to_owned());
        }
    }

    fn close(&mut self, name: &str) {
        if BLOCKS.contains(&name) || ASIDE.contains(&name) {
            self.flush();
        }
        if let Some(at) = self.silent.iter().rposition(|open| open == name) {
            self.silent.truncate(at);
        }
        if let Some(at) = self.aside.iter().rposition(|open| open == name) {
            self.aside.truncate(at);
        }
    }

    fn text(&mut self, text: &str) {
        if self.silent.is_empty() {
            self.current.push_str(text);
        }
    }

    fn flush(&mut self) {
        let block = self.current.split_whitespace().collect::<Vec<_>>().join(" ");
        self.current.clear();
        if block.is_empty() {
            return;
        }
        if self.aside.is_empty() {
            self.page.blocks.push(block);
        } else {
            self.page.aside.push(block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_never_closes_anything_still_gives_its_paragraphs() {
        let page = read(
            "<html><head><title>T<body><nav>Home<article><p>One said &amp; two.<p>Three<b> bold<p>Four<footer>About",
        );
        assert_eq!(page.blocks, ["One said & two.", "Three bold", "Four"]);
        assert_eq!(page.aside, ["Home", "About"]);
    }

    #[test]
    fn scripts_are_silent_and_the_site_names_itself() {
        let page = read(
            r#"<html><head><meta property="og:site_name" content="A Paper"></head><body><script>x<y</script><p>Text</p></body>"#,
        );
        assert_eq!((page.site.as_deref(), page.blocks), (Some("A Paper"), vec!["Text".to_owned()]));
    }
}
