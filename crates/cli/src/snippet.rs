//! Shows diagnostics with their line, a caret and a hint.

use crate::output;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use detente_model::diagnostic::{Diagnostic, Severity, Sources};

/// Bytes of context shown either side of a place, so that a file of one
/// enormous line does not flood the screen.
const MOST_CONTEXT_BYTES: usize = 400;

/// Prints every diagnostic to standard error.
pub(crate) fn print(diagnostics: &[Diagnostic], sources: &Sources) {
    for diagnostic in diagnostics {
        output::complain(&render(diagnostic, sources));
    }
}

/// One diagnostic as text: `error[code]: message`, `--> file:line:column`, the line, hints.
pub(crate) fn render(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = printable(&diagnostic.message);
    let title = level.primary_title(&message).id(diagnostic.code);
    let file = diagnostic.file.as_deref();
    let place = file.and_then(|f| Some((f, sources.text(f)?, diagnostic.span?)));
    let hints: Vec<String> = diagnostic.hints.iter().map(|h| printable(h)).collect();
    let mut group = match place {
        Some((name, text, span)) => {
            let (window, first_line, start, end) = window(text, span.start, span.end);
            group_of(title, name, window, first_line, start, end)
        }
        None => annotate_snippets::Group::with_title(title),
    };
    let unplaced = file.filter(|_| place.is_none()).map(|f| format!("in {}", printable(f)));
    if let Some(unplaced) = &unplaced {
        group = group.element(Level::NOTE.message(unplaced.as_str()));
    }
    for hint in &hints {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    Renderer::styled().render(&[group])
}

fn group_of<'a>(
    title: annotate_snippets::Title<'a>,
    name: &'a str,
    window: &'a str,
    first_line: usize,
    start: usize,
    end: usize,
) -> annotate_snippets::Group<'a> {
    annotate_snippets::Group::with_title(title).element(
        Snippet::source(window)
            .path(name)
            .line_start(first_line)
            .annotation(AnnotationKind::Primary.span(start..end)),
    )
}

/// The part of `text` worth showing: whole lines around the place, cut where
/// a line is enormous. Gives the part, its first line's number, and the place in it.
fn window(text: &str, start: usize, end: usize) -> (&str, usize, usize, usize) {
    let start = floor(text, start.min(text.len()));
    let end = floor(text, end.clamp(start, text.len()).min(start + MOST_CONTEXT_BYTES));
    let earliest = floor(text, start.saturating_sub(MOST_CONTEXT_BYTES));
    let latest = floor(text, (end + MOST_CONTEXT_BYTES).min(text.len()));
    let from = text[earliest..start].rfind('\n').map_or(earliest, |i| earliest + i + 1);
    let to = text[end..latest].find('\n').map_or(latest, |i| end + i);
    let first_line = text[..from].bytes().filter(|&b| b == b'\n').count() + 1;
    (&text[from..to], first_line, start - from, end.max(start) - from)
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Control and direction-changing characters made visible, so that input
/// cannot rewrite what the terminal shows.
fn printable(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let hidden = c.is_control() && c != '\n'
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if hidden { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] }
        })
        .collect()
}
