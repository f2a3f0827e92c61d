//! Words and marks of a masked sentence.

use super::sentence::FILL;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Mark,
    /// A whole quotation.
    Quote,
}

/// A word, a mark or a quotation, with its place in the paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
    /// Lower case, without a possessive ending.
    pub(super) lower: String,
    pub(super) kind: Kind,
}

impl Token<'_> {
    pub(super) fn is(&self, word: &str) -> bool {
        self.lower == word
    }

    pub(super) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// Whether it begins a name: "Reuters", "al-Sisi", "i24NEWS".
    pub(super) fn is_capital(&self) -> bool {
        let after_prefix = ["al-", "el-", "ash-", "as-"]
            .iter()
            .find_map(|p| self.text.strip_prefix(p))
            .unwrap_or(self.text);
        self.is_word()
            && (after_prefix.starts_with(char::is_uppercase)
                || self.text.starts_with(|c: char| c.is_ascii_digit())
                    && self.text.len() > 2
                    && self.text.contains(char::is_uppercase)
                || self.text.len() > 4
                    && self.text.chars().skip(1).filter(|c| c.is_uppercase()).count() > 2)
    }

    pub(super) fn is_possessive(&self) -> bool {
        self.text.ends_with("'s")
            || self.text.ends_with("’s")
            || self.text.ends_with("s'")
            || self.text.ends_with("s’")
    }
}

/// The word without a possessive ending.
pub(super) fn bare(word: &str) -> &str {
    ["'s", "’s"]
        .iter()
        .find_map(|p| word.strip_suffix(p))
        .or_else(|| word.strip_suffix(['\'', '’']))
        .unwrap_or(word)
}

/// Tokens of `text[range]`, read from the mask so that quoted words are one token.
pub(super) fn tokens<'a>(text: &'a str, mask: &str, range: (usize, usize)) -> Vec<Token<'a>> {
    let mut out = Vec::new();
    let chars: Vec<(usize, char)> =
        mask[range.0..range.1].char_indices().map(|(i, c)| (i + range.0, c)).collect();
    let end_of = |k: usize| chars.get(k).map_or(range.1, |(i, _)| *i);
    let mut k = 0;
    while k < chars.len() {
        let (start, c) = chars[k];
        let mut next = k + 1;
        let kind = if c == FILL {
            while next < chars.len() && chars[next].1 == FILL {
                next += 1;
            }
            Kind::Quote
        } else if is_word(c) {
            while next < chars.len() && continues_word(&chars, next) {
                next += 1;
            }
            Kind::Word
        } else {
            Kind::Mark
        };
        if !c.is_whitespace() {
            let (from, to) = (start, end_of(next));
            let word = &text[from..to];
            let lower = if kind == Kind::Quote { String::new() } else { bare(word).to_lowercase() };
            out.push(Token { start: from, end: to, text: word, lower, kind });
        }
        k = next;
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '@' || c == '$'
}

fn continues_word(chars: &[(usize, char)], k: usize) -> bool {
    let c = chars[k].1;
    if is_word(c) {
        return true;
    }
    let next = chars.get(k + 1).map_or(' ', |(_, n)| *n);
    let before = chars[k - 1].1;
    match c {
        '\'' | '’' => next.is_alphanumeric() || before == 's' || before == 'S',
        '-' | '/' | '&' => next.is_alphanumeric(),
        // "U.S." keeps its last stop; "Oct." and a sentence's end do not.
        '.' => {
            next.is_alphanumeric() && next.is_uppercase()
                || (before.is_uppercase() && k >= 2 && chars[k - 2].1 == '.')
        }
        c => !c.is_whitespace() && !c.is_ascii() && c.is_alphabetic(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sentence::mask;
    use super::*;

    #[test]
    fn words_marks_and_whole_quotations() {
        let text = "“We agree,” the U.S. envoy’s aide said, citing al-Sisi.";
        let masked = mask(text);
        let all = tokens(text, &masked.mask, (0, text.len()));
        let words: Vec<&str> = all.iter().map(|t| t.text).collect();
        assert_eq!(
            words,
            [
                "“We agree,”",
                "the",
                "U.S.",
                "envoy’s",
                "aide",
                "said",
                ",",
                "citing",
                "al-Sisi",
                "."
            ]
        );
        assert_eq!(all[3].lower, "envoy");
    }
}
