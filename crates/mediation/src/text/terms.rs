//! The definitions register: terms defined but not used, used but not defined.

use super::{Draft, Piece, pieces};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the register and the clauses disagree about, in one language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermFinding {
    /// Defined, but no clause or other definition uses it.
    Unused(String),
    /// Put in quotation marks in a clause, but not defined.
    Undefined(String),
    /// Defined more than once.
    DefinedTwice(String),
    /// A defined term has no word in this language.
    Untranslated(String),
}

/// Quotation marks that mark a term, opening and closing.
const QUOTES: [(char, char); 4] = [('“', '”'), ('"', '"'), ('«', '»'), ('„', '“')];

/// Compares the register with the clauses, in one language.
///
/// A term is *used* where its words stand as whole words, whatever their case;
/// *undefined* are the terms in quotation marks that the register lacks.
#[must_use]
pub fn check_terms(draft: &Draft, language: &str) -> Vec<TermFinding> {
    let mut findings = Vec::new();
    let mut defined = BTreeSet::new();
    let clauses: Vec<String> = draft
        .clauses
        .iter()
        .filter_map(|c| c.words.get(language))
        .map(|words| without_brackets(words))
        .collect();
    for (index, definition) in draft.definitions.iter().enumerate() {
        let Some(term) = definition.term.get(language).filter(|t| !t.trim().is_empty()) else {
            let other = definition.term.values().next().cloned().unwrap_or_default();
            findings.push(TermFinding::Untranslated(other));
            continue;
        };
        if !defined.insert(term.trim().to_lowercase()) {
            findings.push(TermFinding::DefinedTwice(term.clone()));
            continue;
        }
        let others = draft.definitions.iter().enumerate().filter(|(i, _)| *i != index);
        let meanings = others.filter_map(|(_, d)| d.meaning.get(language));
        if !clauses.iter().chain(meanings).any(|text| uses(text, term)) {
            findings.push(TermFinding::Unused(term.clone()));
        }
    }
    let quoted: BTreeSet<String> = clauses.iter().flat_map(|text| quoted(text)).collect();
    let undefined = quoted.into_iter().filter(|q| !defined.contains(&q.to_lowercase()));
    findings.extend(undefined.map(TermFinding::Undefined));
    findings
}

fn without_brackets(words: &str) -> String {
    let Ok(found) = pieces(words) else { return words.to_owned() };
    let text = |piece: Piece| match piece {
        Piece::Plain(text) => text,
        // A space keeps alternatives from running into one word.
        Piece::Bracketed { words, .. } => format!(" {words} "),
    };
    found.into_iter().map(text).collect()
}

/// Whether a term stands in a text as whole words.
fn uses(text: &str, term: &str) -> bool {
    let (text, term) = (text.to_lowercase(), term.trim().to_lowercase());
    let boundary = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(&term).any(|(at, found)| {
        boundary(text[..at].chars().next_back())
            && boundary(text[at + found.len()..].chars().next())
    })
}

/// What stands in quotation marks.
fn quoted(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((at, open)) = rest.char_indices().find(|(_, c)| QUOTES.iter().any(|q| q.0 == *c))
    {
        let inside = &rest[at + open.len_utf8()..];
        let end = inside.char_indices().find(|(_, c)| QUOTES.contains(&(open, *c)));
        let Some((end, close)) = end else { break };
        let term = inside[..end].trim();
        if !term.is_empty() {
            found.push(term.to_owned());
        }
        rest = &inside[end + close.len_utf8()..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{ClauseId, Fresh};
    use crate::text::{Clause, Definition, Languages};

    fn words(text: &str) -> Languages {
        [("en".to_owned(), text.to_owned())].into()
    }

    fn draft(clause: &str, terms: &[&str]) -> Draft {
        Draft {
            clauses: vec![Clause {
                id: ClauseId::fresh(&Fresh::new([0; 32]), 0),
                heading: String::new(),
                words: words(clause),
                settles: vec![],
                brackets: vec![],
                reservations: vec![],
            }],
            definitions: terms
                .iter()
                .map(|t| Definition { term: words(t), meaning: words("a thing") })
                .collect(),
            ..Draft::default()
        }
    }

    #[test]
    fn unused_and_undefined_terms_are_found() {
        let text = draft(
            "The gauge shows the [level][stage]. A “fish pass” is built.",
            &["gauge", "weir"],
        );
        let expected =
            [TermFinding::Unused("weir".into()), TermFinding::Undefined("fish pass".into())];
        assert_eq!(check_terms(&text, "en"), expected);
        assert_eq!(
            check_terms(&draft("Gauges.", &["gauge"]), "en"),
            [TermFinding::Unused("gauge".into())],
            "a part of a word is not the word"
        );
        assert_eq!(
            check_terms(&draft("gauge", &["gauge", "Gauge"]), "en"),
            [TermFinding::DefinedTwice("Gauge".into())]
        );
    }
}
