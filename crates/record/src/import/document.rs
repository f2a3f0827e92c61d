//! A report as paragraphs: from plain text or HTML, with boilerplate apart.

use super::{boilerplate, html};

/// A report's body, and what was set aside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// Paragraphs of the report, in order.
    pub(super) paragraphs: Vec<String>,
    /// Passages taken for boilerplate.
    pub(super) dropped: Vec<String>,
    /// The site's own name, where the page states it.
    pub(super) site: Option<String>,
}

/// Reads plain text or HTML; whatever the input, it gives a document.
pub(super) fn read(text: &str) -> Document {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let page = if html::looks_like_html(text) {
        html::read(text)
    } else {
        html::Page { blocks: plain(text), ..html::Page::default() }
    };
    let mut document = Document { paragraphs: Vec::new(), dropped: page.aside, site: page.site };
    let (body, dropped) = boilerplate::split(page.blocks);
    document.paragraphs = body;
    document.dropped.extend(dropped);
    document
}

/// Paragraphs of plain text. A block of hard-wrapped lines is one paragraph;
/// otherwise every line is.
fn plain(text: &str) -> Vec<String> {
    let normal = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut paragraphs = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    for line in normal.lines().chain(std::iter::once("")) {
        let line = line.trim();
        if line.is_empty() {
            finish(&mut block, &mut paragraphs);
        } else {
            block.push(line);
        }
    }
    paragraphs
}

fn finish(block: &mut Vec<&str>, paragraphs: &mut Vec<String>) {
    if is_wrapped(block) {
        paragraphs.push(block.join(" "));
    } else {
        paragraphs.extend(block.iter().map(|line| (*line).to_owned()));
    }
    block.clear();
}

/// Lines that were broken at a fixed width: none very long, most of similar
/// length, and at least one that stops in the middle of a sentence.
fn is_wrapped(lines: &[&str]) -> bool {
    let Some((last, first)) = lines.split_last() else { return false };
    if first.is_empty() || last.is_empty() {
        return false;
    }
    let lengths = first.iter().map(|l| l.chars().count());
    let (shortest, longest) = lengths.fold((usize::MAX, 0), |(s, l), n| (s.min(n), l.max(n)));
    let stops_midway = first.iter().any(|l| !l.ends_with(['.', '!', '?', '”', '"', ':', '’', '؟']));
    longest <= 110 && shortest * 2 >= longest && longest >= 40 && stops_midway
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_are_one_paragraph_and_long_lines_are_each_one() {
        let wrapped = "The two sides met on Monday in the capital and\nagreed to meet again within a week, an official\nsaid.";
        assert_eq!(read(wrapped).paragraphs.len(), 1);
        let long =
            "A source said the talks had ended late at night.\nAnother source said they had not.";
        assert_eq!(read(long).paragraphs.len(), 2);
    }

    #[test]
    fn right_to_left_text_passes_unchanged() {
        let text = "قال مسؤول مصري إن المحادثات مستمرة.\n\nהשיחות נמשכות, אמר גורם.";
        assert_eq!(read(text).paragraphs, text.split("\n\n").collect::<Vec<_>>());
    }
}
