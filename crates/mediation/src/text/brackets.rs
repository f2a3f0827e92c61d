//! Square brackets: what is not agreed.

use serde::{Deserialize, Serialize};

/// A stretch of a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// Agreed, or at least not bracketed.
    Plain(String),
    /// Bracketed; brackets with nothing between them are alternatives to each other.
    Bracketed {
        /// Its number in the clause, from 0.
        bracket: usize,
        /// The words in it.
        words: String,
        /// Whether it directly follows another bracket.
        alternative: bool,
    },
}

/// Brackets that do not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BracketFault {
    /// `[` inside a bracket.
    #[error("a bracket opens inside another at character {0}")]
    Nested(usize),
    /// `]` without `[`.
    #[error("a bracket closes at character {0} that was not opened")]
    NotOpened(usize),
    /// `[` without `]`.
    #[error("the bracket opened at character {0} is not closed")]
    NotClosed(usize),
}

/// Splits the words of a clause at its brackets.
///
/// # Errors
/// Brackets nested or unbalanced; characters are counted from 1.
pub fn pieces(words: &str) -> Result<Vec<Piece>, BracketFault> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut opened = None;
    let mut bracket = 0;
    for (index, character) in words.chars().enumerate() {
        let place = index + 1;
        match (character, opened) {
            ('[', Some(_)) => return Err(BracketFault::Nested(place)),
            ('[', None) => {
                if !text.is_empty() {
                    pieces.push(Piece::Plain(std::mem::take(&mut text)));
                }
                opened = Some(place);
            }
            (']', None) => return Err(BracketFault::NotOpened(place)),
            (']', Some(_)) => {
                let alternative = matches!(pieces.last(), Some(Piece::Bracketed { .. }));
                let words = std::mem::take(&mut text);
                pieces.push(Piece::Bracketed { bracket, words, alternative });
                bracket += 1;
                opened = None;
            }
            (other, _) => text.push(other),
        }
    }
    if let Some(place) = opened {
        return Err(BracketFault::NotClosed(place));
    }
    if !text.is_empty() {
        pieces.push(Piece::Plain(text));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn alternatives_follow_each_other() {
        let found = pieces("within [three][six] months [of signature]").unwrap();
        let brackets: Vec<_> = found
            .iter()
            .filter_map(|p| match p {
                Piece::Bracketed { words, alternative, .. } => Some((words.as_str(), *alternative)),
                Piece::Plain(_) => None,
            })
            .collect();
        assert_eq!(brackets, [("three", false), ("six", true), ("of signature", false)]);
    }

    #[test]
    fn faults_say_where() {
        assert_eq!(pieces("a [b [c]"), Err(BracketFault::Nested(6)));
        assert_eq!(pieces("a ] b"), Err(BracketFault::NotOpened(3)));
        assert_eq!(pieces("é [b"), Err(BracketFault::NotClosed(3)));
    }

    proptest! {
        #[test]
        fn pieces_put_together_are_the_words(words in "[a \\[\\]é]{0,30}") {
            if let Ok(found) = pieces(&words) {
                let whole: String = found.iter().map(|p| match p {
                    Piece::Plain(text) => text.clone(),
                    Piece::Bracketed { words, .. } => format!("[{words}]"),
                }).collect();
                prop_assert_eq!(whole, words);
            }
        }
    }
}
