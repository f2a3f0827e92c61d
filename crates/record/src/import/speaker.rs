//! Who a phrase says is speaking, and on what footing.

use super::lexicon::{
    continues_speaker, is_body, is_demonym, is_never_speaker, is_plural, is_press, is_title,
    is_unnamed,
};
use super::names::{self, Names};
use super::outlets;
use super::token::Token;

/// What kind of origin a phrase names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Footing {
    /// A person by name.
    Named,
    /// A ministry, a government, a spokesman, an organisation.
    Body,
    /// A person described only by what they are.
    Unnamed,
    /// An outlet or agency by name.
    Outlet,
    /// "Israeli media", "reports".
    Press,
    /// "he", "the official": someone named before.
    Back,
}

/// A speaker as the text words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speaker {
    /// The phrase, without what follows in brackets.
    pub(super) words: String,
    pub(super) footing: Footing,
    /// The head word, lower case ("official", "he", "rashad").
    pub(super) head: String,
    pub(super) plural: bool,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Reads a phrase as a speaker, if it can be one.
pub(super) fn speaker(text: &str, phrase: &[Token<'_>], names: &Names) -> Option<Speaker> {
    let words: Vec<&Token<'_>> = phrase.iter().filter(|t| t.is_word()).collect();
    let (first, last) = (words.first()?, words.last()?);
    if words.len() > 22 {
        return None;
    }
    let raw = &text[first.start..last.end.max(phrase.last()?.end.min(last.end))];
    let words_text = clean(raw);
    let make = |footing, head: &str, plural| {
        Some(Speaker {
            words: words_text.clone(),
            footing,
            head: head.to_owned(),
            plural,
            start: first.start,
            end: last.end,
        })
    };
    if words.len() == 1 {
        match first.lower.as_str() {
            "he" | "she" | "who" | "it" => return make(Footing::Back, &first.lower, false),
            "they" | "both" => return make(Footing::Back, "they", true),
            "i" | "we" | "you" | "there" => return None,
            _ => {}
        }
    }
    let core = core(&words);
    let head = core.iter().rev().find(|t| t.lower.chars().any(char::is_alphabetic))?;
    let lower = head.lower.as_str();
    let definite =
        matches!(first.lower.as_str(), "the" | "this" | "that" | "same") && core.len() <= 3;
    let plural = is_plural(lower) || core.iter().any(|t| t.is("and"));
    if let Some(outlet) = outlet_in(text, &words, lower) {
        return Some(Speaker {
            words: outlet,
            footing: Footing::Outlet,
            head: lower.to_owned(),
            plural: false,
            start: first.start,
            end: last.end,
        });
    }
    // A sentence's first word is capital whatever it is.
    let opens = core.len() == 1
        && head.start == first.start
        && (is_unnamed(lower) || is_press(lower) || is_never_speaker(lower));
    let title_alone = is_title(lower) && !is_proper(head, names);
    let capital_head = head.is_capital() && !title_alone && !opens;
    if capital_head && !is_unnamed(lower) && !is_press(lower) {
        if is_never_speaker(lower) {
            return None;
        }
        let person =
            names.is_person(&head_name(text, &core)) || core.iter().any(|t| is_title(&t.lower));
        let body = is_body(lower) || is_demonym(lower) || names::is_organisation(&own_words(&core));
        let person =
            person || (core.len() <= 3 && core.iter().all(|t| t.is_capital() && !t.is("the")));
        return make(if person && !body { Footing::Named } else { Footing::Body }, lower, plural);
    }
    if is_press(lower) {
        return make(Footing::Press, lower, plural);
    }
    if is_unnamed(lower) {
        if words.iter().any(|t| names.is_person(t.text))
            && !core.iter().any(|t| t.is_capital() && t.is_possessive())
            && core.last().is_some_and(|t| t.is_capital())
        {
            return make(Footing::Named, lower, plural);
        }
        // "The UN's special representative": one office has one holder.
        let office = definite_article(first)
            && !is_plural(lower)
            && matches!(
                lower,
                "representative" | "envoy" | "ambassador" | "minister" | "negotiator" | "mediator"
            )
            && core[1..].iter().any(|t| {
                t.is_possessive()
                    || matches!(t.lower.as_str(), "special" | "chief" | "foreign" | "prime" | "top")
            });
        if office {
            return make(Footing::Body, lower, plural);
        }
        let back = definite && words.len() <= 3 && !words[1..].iter().any(|t| t.is_capital());
        return make(if back { Footing::Back } else { Footing::Unnamed }, lower, plural);
    }
    if is_body(lower) {
        let back = definite && core.len() <= 2 && words.len() <= 2;
        return make(if back { Footing::Back } else { Footing::Body }, lower, plural);
    }
    // "U.S. and Israeli", "the latter": nothing to hold on to.
    None
}

fn definite_article(t: &Token<'_>) -> bool {
    t.is("the") || t.is_possessive()
}

fn is_proper(head: &Token<'_>, names: &Names) -> bool {
    names.is_person(head.text) || head.text.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// The words up to the first preposition that continues the description.
fn core<'a, 't>(words: &[&'a Token<'t>]) -> Vec<&'a Token<'t>> {
    let stop = words.iter().skip(1).position(|t| {
        (continues_speaker(&t.lower)
            || matches!(
                t.lower.as_str(),
                "in" | "at"
                    | "on"
                    | "who"
                    | "to"
                    | "whose"
                    | "which"
                    | "speaking"
                    | "that"
                    | "aware"
                    | "participating"
                    | "among"
                    | "not"
                    | "representing"
                    | "leading"
                    | "handling"
                    | "based"
                    | "as"
                    | "by"
            ))
            && !t.is_capital()
    });
    stop.map_or_else(|| words.to_vec(), |n| words[..=n].to_vec())
}

/// The words after a title: in "Iran's Foreign Minister Zarif" the name alone
/// says whether it is a person's.
fn own_words<'t>(core: &[&Token<'t>]) -> Vec<&'t str> {
    let after = core.iter().rposition(|t| is_title(&t.lower)).map_or(0, |title| title + 1);
    let own = if after < core.len() { &core[after..] } else { core };
    own.iter().map(|t| t.text).collect()
}

fn head_name(text: &str, core: &[&Token<'_>]) -> String {
    let tail: Vec<&str> = core
        .iter()
        .rev()
        .take_while(|t| t.is_capital() || t.lower.starts_with("al-") || t.lower.starts_with("el-"))
        .filter(|t| !is_title(&t.lower))
        .map(|t| super::token::bare(&text[t.start..t.end]))
        .collect();
    tail.into_iter().rev().collect::<Vec<_>>().join(" ")
}

/// The outlet a phrase names: "the Trend news agency", "Virginia-based Axios".
pub(super) fn outlet_in(text: &str, words: &[&Token<'_>], head: &str) -> Option<String> {
    if words.iter().any(|t| t.is_possessive() && t.end != words[words.len() - 1].end)
        && !is_press(head)
        && head != "agency"
    {
        return None;
    }
    // "An Axios reporter" and "a Reuters source" are not the outlet itself.
    if is_unnamed(head) {
        return None;
    }
    for (k, t) in words.iter().enumerate() {
        if t.is_capital()
            && let Some(known) = outlets::known_at_start(&text[t.start..])
            && known_fits(known, words, k, text)
        {
            return Some(known.to_owned());
        }
    }
    let capitals: Vec<&&Token<'_>> = words
        .iter()
        .filter(|t| t.is_capital() && !matches!(t.lower.as_str(), "the" | "a" | "an"))
        .collect();
    let run = capitals.iter().map(|t| super::token::bare(t.text)).collect::<Vec<_>>().join(" ");
    if outlets::is_outlet(&run) && !run.is_empty() {
        return Some(run);
    }
    // "the X newspaper", "X news agency": the describing word makes it one.
    let described = words.iter().any(|t| {
        matches!(
            t.lower.as_str(),
            "newspaper"
                | "daily"
                | "broadcaster"
                | "channel"
                | "magazine"
                | "website"
                | "outlet"
                | "portal"
                | "newswire"
        ) || t.is("agency") && words.iter().any(|w| w.is("news"))
    });
    let named: Vec<&str> = capitals
        .iter()
        .filter(|t| !is_demonym(&t.lower) && !is_title(&t.lower) && !t.is_possessive())
        .map(|t| t.text)
        .collect();
    (described && !named.is_empty() && !words.iter().any(|t| t.is_capital() && t.is_possessive()))
        .then(|| named.join(" "))
}

/// A short or common word is an outlet only where nothing else is said of it.
fn known_fits(known: &str, words: &[&Token<'_>], k: usize, text: &str) -> bool {
    let end = words[k].start + known.len();
    let after = words.iter().find(|t| t.start >= end);
    let ambiguous = matches!(
        known,
        "Time"
            | "Saba"
            | "The Times"
            | "Safa"
            | "Kan"
            | "MENA"
            | "APA"
            | "ABC"
            | "Nova"
            | "Semana"
            | "Dawn"
            | "Trend"
            | "Guardian"
            | "The National"
            | "Okaz"
            | "Turan"
            | "Fars"
            | "Vox"
            | "SPA"
            | "AP"
            | "ANI"
            | "Koha"
    );
    if known == "The National"
        || known == "The Times"
        || known == "Foreign Policy"
        || known == "Time"
    {
        // "The National Liberation Army", "The Times of Israel" have more to their names.
        return after.is_none_or(|t| !t.is_capital() && !t.is("of"))
            && words.get(k + 1).is_none_or(|_| true)
            && !text[end..].trim_start().starts_with("of ");
    }
    !ambiguous || after.is_none_or(|t| !t.is_capital() || is_press(&t.lower))
}

/// A phrase without what stands in brackets and without stray marks.
fn clean(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut depth = 0_usize;
    for c in raw.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .trim_matches(|c: char| matches!(c, ',' | ';' | ':'))
        .to_owned()
}
