//! Limits on what people type, and whether it makes sense.

use crate::refusal::Refusal;
use crate::table::{IssueText, Options};
use std::collections::BTreeSet;

/// Longest name or heading, in characters.
const MAX_NAME: usize = 200;
/// Longest text, in characters.
const MAX_TEXT: usize = 50_000;
/// Most entries in any list of a command.
const MAX_LIST: usize = 1_000;

pub(super) fn name(what: &str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::malformed(format!("{what} is empty"), "give it a name"));
    }
    at_most(what, text, MAX_NAME)
}

pub(super) fn text(what: &str, text: &str) -> Result<(), Refusal> {
    at_most(what, text, MAX_TEXT)
}

pub(super) fn words(what: &str, words: &str) -> Result<(), Refusal> {
    if words.trim().is_empty() {
        return Err(Refusal::malformed(format!("{what} is empty"), "write what is to be said"));
    }
    text(what, words)
}

fn at_most(what: &str, text: &str, most: usize) -> Result<(), Refusal> {
    let length = text.chars().count();
    if length <= most {
        return Ok(());
    }
    let what = format!("{what} has {length} characters");
    Err(Refusal::malformed(what, format!("at most {most} are taken; shorten or split it")))
}

pub(super) fn list(what: &str, length: usize) -> Result<(), Refusal> {
    if length <= MAX_LIST {
        return Ok(());
    }
    let what = format!("{what} has {length} entries");
    Err(Refusal::malformed(what, format!("at most {MAX_LIST} are taken")))
}

/// Refuses a list that has something twice.
pub(super) fn once<T: Ord>(what: &str, list: impl IntoIterator<Item = T>) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    if list.into_iter().all(|entry| seen.insert(entry)) {
        return Ok(());
    }
    Err(Refusal::malformed(format!("{what} has something twice"), "leave it once"))
}

pub(super) fn issue(issue: &IssueText) -> Result<(), Refusal> {
    name("the issue's name", &issue.name)?;
    text("the issue's note", &issue.note)?;
    at_most("the issue's unit", &issue.unit, MAX_NAME)?;
    if let Options::Categorical(names) | Options::Ordered(names) = &issue.options {
        list("the issue", names.len())?;
        once("the issue's list of options", names)?;
        for option in names {
            name("an option's name", option)?;
        }
    }
    let Some(made) = issue.to_issue() else {
        let what = "the smallest, largest or step of the issue is not a number";
        return Err(Refusal::malformed(what, "write decimals or fractions: 0.5, 1/3"));
    };
    if made.is_divisible() || made.len().is_some_and(|n| n > 0) {
        return Ok(());
    }
    Err(Refusal::malformed("the issue has no option", "name at least one, or a range of numbers"))
}
