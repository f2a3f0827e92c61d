//! Runs of capitalised words, with what stands around them.

use super::super::lexicon::{self, is_demonym, is_title};
use super::super::token::bare;

/// A run of capitalised words.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) words: Vec<String>,
    /// The word before it, lower case.
    pub(super) before: String,
    /// Whether it stands after a title or role: "chief Rashad", "President Petro".
    pub(super) titled: bool,
    /// Whether it stands where two people are joined: "between A and B".
    pub(super) joined: bool,
    /// Whether a verb of speech follows or "told" stands before.
    pub(super) speaks: bool,
    /// Whether it opens a sentence.
    pub(super) opens: bool,
}

const PARTICLES: &[&str] = &[
    "al", "el", "bin", "ibn", "ben", "von", "van", "de", "der", "den", "da", "dos", "abu", "ould",
    "ag", "bint", "di",
];

/// Every run of a paragraph.
pub(super) fn mentions(paragraph: &str) -> Vec<Mention> {
    let clean: String =
        paragraph.chars().map(|c| if matches!(c, '[' | ']') { ' ' } else { c }).collect();
    let raw: Vec<&str> = clean.split_whitespace().collect();
    let mut out: Vec<Mention> = Vec::new();
    let mut i = 0;
    while i < raw.len() {
        if !is_name_word(raw[i], false) {
            i += 1;
            continue;
        }
        let start = i;
        let mut words = Vec::new();
        let mut opens = i == 0
            || raw[i - 1].ends_with(['.', '!', '?', '”', '"', ':'])
            || raw[i].starts_with(['“', '"', '‘']);
        while i < raw.len() && is_name_word(raw[i], !words.is_empty()) {
            let word = trimmed(raw[i]);
            let ends = stops(raw[i]);
            words.push(bare(word).to_owned());
            i += 1;
            if ends {
                break;
            }
        }
        // A particle at the end belongs to what follows.
        while words.last().is_some_and(|w| PARTICLES.contains(&w.as_str())) {
            words.pop();
        }
        let mut titled = start > 0
            && is_title(&trimmed(raw[start - 1]).to_lowercase())
            && !stops(raw[start - 1]);
        let mut skip = 0;
        while words.len() > skip && strips(&words[skip]) {
            titled |= is_title(&words[skip].to_lowercase());
            opens = false;
            skip += 1;
        }
        let mut words: Vec<String> = words.split_off(skip);
        let mut first = start + skip;
        // "United Nations Secretary-General A. B.": the name stands after the title inside the run.
        if let Some(inner) = words.iter().rposition(|w| is_title(&w.to_lowercase()))
            && inner + 1 < words.len()
        {
            words.drain(..=inner);
            first += inner + 1;
            titled = true;
        }
        if words.is_empty() {
            continue;
        }
        let lower = |k: usize| raw.get(k).map(|w| trimmed(w).to_lowercase()).unwrap_or_default();
        let before = if first > 0 { lower(first - 1) } else { String::new() };
        let after = lower(i);
        let joined = matches!(before.as_str(), "and" | "between")
            && (raw[..first]
                .iter()
                .rev()
                .take(40)
                .any(|w| trimmed(w).eq_ignore_ascii_case("between")));
        let speaks = lexicon::cue(&after).is_some()
            || matches!(before.as_str(), "told" | "met" | "said" | "urged" | "accused" | "with");
        out.push(Mention { words, before, titled, joined, speaks, opens });
    }
    out
}

/// Titles, nationalities and words like "Virginia-based" that stand before a name.
fn strips(word: &str) -> bool {
    let lower = word.to_lowercase();
    is_title(&lower)
        || is_demonym(&lower)
        || lower.ends_with("-based")
        || lower.ends_with("-backed")
        || matches!(
            lower.as_str(),
            "the"
                | "but"
                | "and"
                | "in"
                | "on"
                | "at"
                | "when"
                | "while"
                | "after"
                | "for"
                | "both"
                | "as"
                | "if"
                | "with"
        )
}

pub(super) fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'' && c != '.')
        .trim_end_matches('.')
        .trim_start_matches(['\'', '’', '.'])
}

/// Whether a name ends with this word: a comma, a stop, a bracket or a possessive follows.
pub(super) fn stops(raw: &str) -> bool {
    let possessive = raw.trim_end_matches([',', '.', ';', ':', ')', '”', '"']);
    raw.ends_with([',', ';', ':', ')', '”', '"', '?', '!', ']'])
        || (raw.ends_with('.') && raw.len() > 3 && !is_title(&raw.to_lowercase()))
        || possessive.ends_with("'s")
        || possessive.ends_with("’s")
}

fn is_name_word(raw: &str, inside: bool) -> bool {
    let word = trimmed(raw);
    let lower = word.to_lowercase();
    if raw.starts_with('(') && inside {
        return false;
    }
    let capital = word.starts_with(char::is_uppercase) && word.chars().count() > 1;
    let particle = inside && PARTICLES.contains(&lower.as_str());
    let prefixed = ["al-", "el-", "as-", "ad-", "ash-"].iter().any(|p| lower.starts_with(p))
        && word.contains('-')
        && word.chars().nth(3).is_some_and(|c| c.is_uppercase());
    let initial = inside && word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    capital || particle || prefixed || initial
}
