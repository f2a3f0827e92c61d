//! Sentences of a paragraph, with quotations kept whole and their words masked.

/// A paragraph whose quoted words are blanked out, byte for byte, so that
/// places in the mask are places in the text.
#[derive(Debug, Clone)]
pub(super) struct Masked<'a> {
    /// The text as it stands.
    pub(super) text: &'a str,
    /// The same length in bytes; every byte of a quotation is [`FILL`], its marks included.
    pub(super) mask: String,
}

/// What stands for a masked byte.
pub(super) const FILL: char = '\u{1}';

/// Masks the quotations of a paragraph. One that does not end in the
/// paragraph runs to its end.
pub(super) fn mask(text: &str) -> Masked<'_> {
    let mut mask = String::with_capacity(text.len());
    let mut closing: Option<char> = None;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, n)| *n);
        let inside = closing.is_some();
        match closing {
            Some(end) if c == end => closing = None,
            // Two apostrophes close what a straight mark opened.
            Some('"') if c == '\'' && after == '\'' => closing = Some('\''),
            None => closing = opens(c, before, after),
            _ => {}
        }
        if inside || closing.is_some() {
            (0..c.len_utf8()).for_each(|_| mask.push(FILL));
        } else {
            mask.push(c);
        }
        before = c;
    }
    Masked { text, mask }
}

fn opens(c: char, before: char, after: char) -> Option<char> {
    match c {
        '“' | '„' => Some('”'),
        '«' => Some('»'),
        '"' if !after.is_whitespace() => Some('"'),
        '‘' if !before.is_alphanumeric() && after.is_alphanumeric() => Some('’'),
        _ => None,
    }
}

const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "gen", "lt", "col", "maj", "brig", "sgt", "capt", "adm", "gov", "sen",
    "rep", "st", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov",
    "dec", "no", "vs", "etc", "prof", "rev", "hon", "jr", "sr", "approx", "dept", "est", "inc",
    "ltd", "co", "corp", "al", "i.e", "e.g",
];

/// The byte ranges of the sentences of a masked paragraph.
pub(super) fn sentences(masked: &Masked<'_>) -> Vec<(usize, usize)> {
    let (text, mask) = (masked.text, masked.mask.as_str());
    let mut ranges = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut i = 0;
    while i < chars.len() {
        let (at, c) = chars[i];
        let masked_here = mask.as_bytes().get(at) == Some(&(FILL as u8));
        let next = chars.get(i + 1).copied();
        let masked_next = next.is_some_and(|(n, _)| mask.as_bytes().get(n) == Some(&(FILL as u8)));
        let ends = if masked_here {
            // A quotation's own full stop ends the sentence when the quotation ends there too.
            matches!(c, '”' | '"' | '»' | '’')
                && !continues_quotation(mask, next)
                && i > 0
                && matches!(chars[i - 1].1, '.' | '!' | '?' | '؟' | '…')
        } else {
            matches!(c, '.' | '!' | '?' | '؟' | '…')
                && !(c == '.' && is_abbreviation(&text[start..at]))
        };
        if ends {
            let mut end = at + c.len_utf8();
            let mut k = i + 1;
            while let Some(&(n, closer)) = chars.get(k)
                && matches!(closer, ')' | ']')
            {
                end = n + closer.len_utf8();
                k += 1;
            }
            if begins_sentence(&chars, k, masked_next && k == i + 1) {
                push(text, start, end, &mut ranges);
                start = end;
                i = k;
                continue;
            }
        }
        i += 1;
    }
    push(text, start, text.len(), &mut ranges);
    ranges
}

fn continues_quotation(mask: &str, next: Option<(usize, char)>) -> bool {
    // Two quotations that touch are two; a masked character right after belongs to the same one.
    next.is_some_and(|(n, c)| {
        mask.as_bytes().get(n) == Some(&(FILL as u8)) && !matches!(c, '“' | '"' | '«' | '‘')
    })
}

/// Whether a new sentence begins at `k`: space and then a capital, a digit, a
/// quotation or a script without capitals; or a quotation without the space.
fn begins_sentence(chars: &[(usize, char)], k: usize, quotation_touches: bool) -> bool {
    let Some(&(_, first)) = chars.get(k) else { return true };
    if quotation_touches && matches!(first, '“' | '«') {
        return true;
    }
    if !first.is_whitespace() {
        return false;
    }
    match chars[k..].iter().map(|(_, c)| *c).find(|c| !c.is_whitespace()) {
        None => true,
        Some(c) => {
            c.is_uppercase()
                || c.is_numeric()
                || matches!(c, '“' | '"' | '«' | '‘' | '[' | '(')
                || (c.is_alphabetic() && !c.is_lowercase())
        }
    }
}

fn is_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '-' | FILL))
        .next()
        .unwrap_or("");
    let lower = word.to_lowercase();
    // "U.S", "U.N", a middle initial "K".
    let initials =
        word.split('.').all(|p| p.chars().count() == 1 && p.chars().all(char::is_uppercase));
    ABBREVIATIONS.contains(&lower.as_str()) && lower != "no"
        || (initials && !word.is_empty() && word != "I")
}

fn push(text: &str, start: usize, end: usize, ranges: &mut Vec<(usize, usize)>) {
    let part = &text[start..end];
    let from = start + (part.len() - part.trim_start().len());
    let to = end - (part.len() - part.trim_end().len());
    if from < to {
        ranges.push((from, to));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(&mask(text)).into_iter().map(|(a, b)| &text[a..b]).collect()
    }

    #[test]
    fn a_quotation_of_two_sentences_stays_with_its_speaker() {
        assert_eq!(
            split("“We agreed. They did not,” an official said. Talks went on."),
            ["“We agreed. They did not,” an official said.", "Talks went on."]
        );
        assert_eq!(
            split("He left. “It is over.” She stayed."),
            ["He left.", "“It is over.”", "She stayed."]
        );
        assert_eq!(
            split("They met in the zone.“In essence, yes,” he said."),
            ["They met in the zone.", "“In essence, yes,” he said."]
        );
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        assert_eq!(
            split("U.S. Gen. John K. Doe met Dr. Roe. They agreed."),
            ["U.S. Gen. John K. Doe met Dr. Roe.", "They agreed."]
        );
    }

    #[test]
    fn the_mask_has_the_length_of_the_text() {
        for text in ["“a” b \"c\" ‘d’", "«é» ‘tis “open", "قال “نعم” ثم", ""]
        {
            assert_eq!(mask(text).mask.len(), text.len());
        }
    }
}
