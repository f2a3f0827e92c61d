//! Characters that change how text is shown without being seen.

use detente_model::diagnostic::{Diagnostic, Span};

/// Whether a character changes the direction of what follows it.
#[must_use]
pub fn changes_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text with every direction-changing and control character spelled out, for
/// places where it must not act: `\u{202e}`. Right-to-left letters stay as they are.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if changes_direction(c) || (c.is_control() && c != '\n' && c != '\t') {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// How many places are pointed out one by one before the rest are counted.
const MOST_PLACES: usize = 8;

/// A warning at each direction-changing character; beyond a few, one that counts the rest.
#[must_use]
pub fn warnings(file: &str, text: &str) -> Vec<Diagnostic> {
    let mut places = text.char_indices().filter(|(_, c)| changes_direction(*c));
    let mut out: Vec<Diagnostic> = places
        .by_ref()
        .take(MOST_PLACES)
        .map(|(at, c)| {
            Diagnostic::warning("hidden-direction", format!("a character that changes the direction of the text stands here ({})", c.escape_unicode()))
                .in_file(file)
                .at(Span::new(at, at + c.len_utf8()))
                .hint("it is kept as it is; what is shown may not be in the order it is stored, so compare with the original")
        })
        .collect();
    let rest = places.count();
    if rest > 0 {
        out.push(
            Diagnostic::warning(
                "hidden-direction",
                format!("{rest} more characters that change the direction of the text"),
            )
            .in_file(file),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_are_pointed_out_and_arabic_is_not() {
        assert!(warnings("f", "قال المسؤول: نعم").is_empty());
        let found = warnings("f", "a\u{202e}b");
        assert_eq!(found[0].span, Some(Span::new(1, 4)));
        assert_eq!(shown("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(warnings("f", &"\u{202e}".repeat(20)).len(), 9);
    }
}
