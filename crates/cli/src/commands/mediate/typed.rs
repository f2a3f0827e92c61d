//! What is typed at the keyboard, read.

use detente_elicitation::statement::{Answer, Question};
use detente_model::partial::{Tiers, is_order};

const KEYS: &str = "a or b; = equal; ? cannot say; - will not say";
pub(super) const YES_NO: &str = "y or n; ? cannot say; - will not say";

/// What can be typed where a question was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    /// An answer to it.
    Answer(Answer),
    /// The question before once more.
    Back,
    /// No more questions.
    Enough,
}

/// The answers a question takes, in words.
pub(super) fn keys(question: &Question) -> &'static str {
    match question {
        Question::Accept(_) => YES_NO,
        Question::Compare(..) | Question::Toss { .. } => KEYS,
    }
}

/// An answer to a question, or another reply.
pub(super) fn reply(text: &str, question: &Question) -> Result<Reply, String> {
    match text {
        "back" => Ok(Reply::Back),
        "enough" => Ok(Reply::Enough),
        _ => answer(text, question).map(Reply::Answer).map_err(|error| {
            format!("{error}; back: the question before; enough: no more questions")
        }),
    }
}

/// An answer to a question.
pub(super) fn answer(text: &str, question: &Question) -> Result<Answer, String> {
    if matches!(question, Question::Accept(_)) {
        return yes_no(text);
    }
    match text {
        "a" | "A" => Ok(Answer::First),
        "b" | "B" => Ok(Answer::Second),
        "=" => Ok(Answer::Equal),
        "?" => Ok(Answer::CannotSay),
        "-" => Ok(Answer::Refused),
        _ => Err(format!("please answer {KEYS}")),
    }
}

/// An answer to a question that takes yes or no.
pub(super) fn yes_no(text: &str) -> Result<Answer, String> {
    match text {
        "y" | "Y" | "yes" => Ok(Answer::First),
        "n" | "N" | "no" => Ok(Answer::Second),
        "?" => Ok(Answer::CannotSay),
        "-" => Ok(Answer::Refused),
        _ => Err(format!("please answer {YES_NO}")),
    }
}

/// A plain yes or no to a proposal.
pub(super) fn vote(text: &str) -> Result<bool, String> {
    match text {
        "y" | "Y" | "yes" => Ok(true),
        "n" | "N" | "no" => Ok(false),
        _ => Err("please answer y or n; to think it over, close the input (Ctrl-D): the same command goes on".into()),
    }
}

/// `2 1=3`: 2 before 1 and 3, which are equal; `None` for `?` and `-`.
pub(super) fn order(text: &str, count: usize) -> Result<Option<Tiers>, String> {
    if matches!(text, "?" | "-") {
        return Ok(None);
    }
    let place = |word: &str| {
        number(word.trim(), count).ok_or_else(|| format!("`{word}` is no number from 1 to {count}"))
    };
    let spaced = text.replace(" =", "=").replace("= ", "=").replace([',', '>'], " ");
    let tiers = spaced
        .split_whitespace()
        .map(|tier| tier.split('=').map(place).collect::<Result<Vec<_>, _>>())
        .collect::<Result<Tiers, _>>()?;
    if is_order(&tiers, count) {
        Ok(Some(tiers))
    } else {
        Err(format!("please name each number from 1 to {count} once, in your order"))
    }
}

/// A number from 1 to `count`, as an index.
fn number(text: &str, count: usize) -> Option<usize> {
    text.parse::<usize>().ok().filter(|n| (1..=count).contains(n)).map(|n| n - 1)
}

/// A place in a list of so many; `None` for `?` and `-`.
pub(super) fn place(text: &str, count: usize) -> Result<Option<usize>, String> {
    if matches!(text, "?" | "-") {
        return Ok(None);
    }
    number(text, count).map(Some).ok_or_else(|| {
        format!("please answer a number from 1 to {count}; ? cannot say; - will not say")
    })
}

/// One of `1..=count`; `None` for `-`, and for nothing.
pub(super) fn choice(text: &str, count: usize) -> Result<Option<usize>, String> {
    if matches!(text, "" | "-") {
        return Ok(None);
    }
    number(text, count).map(Some).ok_or_else(|| {
        format!("please answer a number from 1 to {count}, or - to leave them as they are")
    })
}

/// Things to be put in order, with their numbers.
pub(super) fn numbered(names: &[String]) -> String {
    let all: Vec<String> =
        names.iter().enumerate().map(|(i, n)| format!("  {}  {n}", i + 1)).collect();
    all.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read_as_people_type_them() {
        let order = |text| order(text, 3);
        let expected = Ok(Some(vec![vec![1], vec![0, 2]]));
        for text in ["2 1=3", "2, 1 = 3", " 2 > 1=3 ", "2,1=3"] {
            assert_eq!(order(text), expected, "{text}");
        }
        assert_eq!(order("-"), Ok(None));
        for text in ["", "1 2", "1 2 2", "1 2 3 4", "0 1 2", "a", "1 == 2 3", "-1 2 3"] {
            assert!(order(text).is_err(), "{text}");
        }
    }
}
