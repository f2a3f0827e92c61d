//! Acronyms and by-names: "National Liberation Army (ELN)", "known as".

use super::super::lexicon::is_title;
use super::super::token::bare;
use super::join;
use super::mention::{Mention, stops, trimmed};
use std::collections::BTreeSet;

/// "National Liberation Army (ELN)", and initials: "The New Arab", "TNA".
pub(super) fn acronyms(paragraphs: &[String], mentions: &[Mention], groups: &mut Vec<Vec<String>>) {
    let mut capitals: BTreeSet<String> = BTreeSet::new();
    for p in paragraphs {
        for w in p.split_whitespace() {
            let w = bare(trimmed(w)).replace('.', "");
            if (2..=7).contains(&w.len()) && w.chars().all(char::is_uppercase) {
                capitals.insert(w);
            }
        }
    }
    for p in paragraphs {
        for (at, _) in p.match_indices('(') {
            let Some(close) = p[at..].find(')') else { continue };
            let inside = p[at + 1..at + close].trim();
            let short = (2..=8).contains(&inside.chars().count())
                && inside.chars().all(|c| c.is_uppercase() || c == '-' || c == '/')
                && inside.chars().any(char::is_alphabetic);
            if short && let Some(full) = name_before(&p[..at], inside) {
                join(groups, &full, inside);
            }
        }
    }
    let mut long: BTreeSet<String> = BTreeSet::new();
    for p in paragraphs {
        long.extend(capital_runs(p));
    }
    long.extend(mentions.iter().filter(|m| m.words.len() > 1).map(|m| m.words.join(" ")));
    for full in long {
        let initials: String = full
            .split(' ')
            .filter(|w| w.chars().count() > 1)
            .filter_map(|w| w.chars().next())
            .filter(|c| c.is_uppercase())
            .collect();
        if initials.len() >= 2
            && capitals.contains(&initials)
            && !is_title(&full.split(' ').next().unwrap_or("").to_lowercase())
        {
            join(groups, &full, &initials);
        }
    }
}

/// Runs of capitalised words with a leading "The", as outlets are named.
fn capital_runs(paragraph: &str) -> Vec<String> {
    let mut runs = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for raw in paragraph.split_whitespace().chain(std::iter::once("")) {
        let word = trimmed(raw);
        if word.starts_with(char::is_uppercase) {
            run.push(bare(word));
        }
        if !word.starts_with(char::is_uppercase) || stops(raw) {
            if run.len() >= 2 {
                runs.push(run.join(" "));
            }
            run.clear();
        }
    }
    runs
}

/// The capitalised name that ends here, as far back as its initials or capitals reach.
fn name_before(text: &str, short: &str) -> Option<String> {
    let mut words: Vec<&str> = Vec::new();
    for raw in text.split_whitespace().rev().take(9) {
        let word = trimmed(raw);
        let linking =
            matches!(word, "of" | "for" | "the" | "and" | "de" | "la" | "on" | "in" | "to")
                && !words.is_empty();
        if !(word.starts_with(char::is_uppercase) || linking)
            || (stops(raw)
                && !words.is_empty()
                && !raw.ends_with("’s")
                && !raw.ends_with("'s")
                && !raw.ends_with("s’"))
        {
            break;
        }
        words.push(word);
    }
    words.reverse();
    while words.first().is_some_and(|w| {
        w.chars().next().is_some_and(char::is_lowercase)
            || matches!(*w, "The" | "In" | "But" | "And" | "A" | "An")
    }) {
        words.remove(0);
    }
    // Start where the initials start, if they are there to be found.
    let first = short.chars().next()?;
    if let Some(at) = (0..words.len()).find(|&k| {
        let initials: String = words[k..]
            .iter()
            .flat_map(|w| w.split('-'))
            .filter_map(|w| w.chars().next())
            .filter(|c| c.is_uppercase())
            .collect();
        words[k].starts_with(first) && initials == short
    }) {
        words.drain(..at);
    }
    (words.len() >= 2).then(|| words.join(" "))
}

/// "X, commonly known as Y".
pub(super) fn known_as(paragraphs: &[String], groups: &mut Vec<Vec<String>>) {
    for p in paragraphs {
        for marker in [
            "known as ",
            "nicknamed ",
            "known by his nom de guerre ",
            "known by the nom de guerre ",
        ] {
            for (at, _) in p.match_indices(marker) {
                let nick = capital_prefix(&p[at + marker.len()..]);
                let holder = groups
                    .iter()
                    .flat_map(|g| g.iter())
                    .filter(|n| n.contains(' '))
                    .filter_map(|n| p[..at].rfind(n.as_str()).map(|i| (i, n.clone())))
                    .max();
                if let (Some(nick), Some((i, full))) = (nick, holder)
                    && p[i..at].len() < full.len() + 40
                {
                    join(groups, &full, &nick);
                }
            }
        }
    }
}

fn capital_prefix(text: &str) -> Option<String> {
    let mut words = Vec::new();
    for raw in text.split_whitespace() {
        let word = trimmed(raw);
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        words.push(word);
        if stops(raw) {
            break;
        }
    }
    (!words.is_empty()).then(|| words.join(" "))
}
