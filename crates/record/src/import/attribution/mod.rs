//! Finds, in one sentence, who is given as saying what.

mod subject;
mod told;
mod verb;

use super::lexicon::{self, Cue};
use super::names::Names;
use super::outlets;
use super::speaker::{Footing, Speaker, speaker};
use super::token::{Kind, Token};

/// One attribution in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribution {
    pub(super) cue: Cue,
    pub(super) speaker: Speaker,
    /// The verb's own word, or "according to".
    pub(super) verb: String,
    /// Where the attributing words begin and end, verb and speaker included.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Index of the verb among the tokens.
    pub(super) at: usize,
    /// Whether it stands for another's words: "citing two officials".
    pub(super) cites: bool,
    /// Whether it is a passive agent: "reported by several outlets".
    pub(super) agent: bool,
}

/// A sentence ready to be read.
pub(super) struct Sentence<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token<'a>>,
    /// Byte ranges of date expressions in it.
    pub(super) dates: Vec<(usize, usize)>,
    pub(super) names: &'a Names,
}

impl Sentence<'_> {
    /// Every attribution, in the order of the words.
    pub(super) fn attributions(&self) -> Vec<Attribution> {
        let mut found: Vec<Attribution> = Vec::new();
        for i in 0..self.tokens.len() {
            if let Some(a) = self.at(i)
                && !found
                    .iter()
                    .any(|f| f.speaker.start == a.speaker.start && !a.cites && f.cue != Cue::Report)
            {
                found.push(a);
            }
        }
        if found.is_empty()
            && let Some(a) = self.participle()
        {
            found.push(a);
        }
        found
    }

    fn at(&self, i: usize) -> Option<Attribution> {
        let t = &self.tokens[i];
        if !t.is_word() {
            return None;
        }
        match t.lower.as_str() {
            "according" if self.word(i + 1, "to") => {
                return self.source_after(i, i + 2, "according to", false);
            }
            "per" if self.tokens.get(i + 1).is_some_and(Token::is_capital) => {
                return self
                    .source_after(i, i + 1, "according to", false)
                    .filter(|a| a.speaker.footing == Footing::Outlet);
            }
            "citing" | "quoting" => return self.source_after(i, i + 1, &t.lower, true),
            _ => {}
        }
        let cue = lexicon::cue(&t.lower)?;
        if !self.is_verb(i, cue) {
            return None;
        }
        if let Some(passive) = self.passive(i, cue) {
            return passive;
        }
        if matches!(t.lower.as_str(), "saying" | "telling") {
            return None;
        }
        if t.is("called")
            && !(self.word(i + 1, "on") || self.word(i + 1, "for") || self.word(i + 1, "upon"))
        {
            return None;
        }
        if t.is("claimed")
            && self.tokens.get(i + 1).is_some_and(|n| {
                n.lower.starts_with(|c: char| c.is_ascii_digit())
                    || matches!(
                        n.lower.as_str(),
                        "over"
                            | "more"
                            | "at"
                            | "nearly"
                            | "the"
                            | "thousands"
                            | "hundreds"
                            | "lives"
                    )
            })
            && self.tokens[i..]
                .iter()
                .take(9)
                .any(|w| w.is("lives") || w.is("life") || w.is("dead"))
        {
            return None;
        }
        if t.is("went") && !self.word(i + 1, "on")
            || t.is("continued")
                && !self.tokens.get(i + 1).is_none_or(|n| !n.is_word() || n.is_capital())
        {
            return None;
        }
        let before = self.subject_before(i);
        let inverted = || self.speaker_after(i + 1);
        let after_quote =
            i > 0 && (self.tokens[i - 1].kind == Kind::Quote || self.tokens[i - 1].text == ",");
        let speaker = if i == 0 || after_quote && !self.parenthesis_closes(i) {
            inverted().or(before)?
        } else {
            before.or_else(|| if after_quote { inverted() } else { None })?
        };
        // An act or a belief needs someone who can act: not "talks called for".
        if cue != Cue::Say && cue != Cue::Report && matches!(speaker.footing, Footing::Press) {
            return None;
        }
        let (start, end) = (speaker.start.min(t.start), speaker.end.max(t.end));
        Some(Attribution {
            cue: outlet_cue(cue, &speaker),
            verb: t.lower.clone(),
            start,
            end,
            at: i,
            cites: false,
            agent: false,
            speaker,
        })
    }

    fn word(&self, i: usize, word: &str) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is(word))
    }

    fn source_after(&self, i: usize, from: usize, verb: &str, cites: bool) -> Option<Attribution> {
        let speaker = self.phrase_after(from, true)?;
        Some(Attribution {
            cue: outlet_cue(Cue::Say, &speaker),
            verb: verb.to_owned(),
            start: self.tokens[i].start,
            end: speaker.end,
            at: i,
            cites,
            agent: false,
            speaker,
        })
    }

    /// "…, saying that …" without another verb of speech: the sentence's first noun phrase speaks.
    fn participle(&self) -> Option<Attribution> {
        let i = self.tokens.iter().position(|t| {
            matches!(
                t.lower.as_str(),
                "saying"
                    | "adding"
                    | "insisting"
                    | "warning"
                    | "claiming"
                    | "accusing"
                    | "arguing"
                    | "stressing"
            )
        })?;
        if i == 0 || self.word(i - 1, "as") {
            return None;
        }
        let verb_like = |t: &Token<'_>| {
            t.is_word()
                && !t.is_capital()
                && (t.lower.ends_with("ed")
                    || matches!(
                        t.lower.as_str(),
                        "has"
                            | "have"
                            | "had"
                            | "is"
                            | "are"
                            | "was"
                            | "were"
                            | "made"
                            | "took"
                            | "gave"
                            | "met"
                            | "sent"
                            | "put"
                            | "left"
                            | "held"
                            | "set"
                    ))
        };
        let from = self.trim_front(0, i);
        let to = (from..i).find(|&k| verb_like(&self.tokens[k]))?;
        let speaker = speaker(self.text, &self.tokens[from..to], self.names)?;
        Some(Attribution {
            cue: Cue::Say,
            verb: self.tokens[i].lower.clone(),
            start: self.tokens[i].start,
            end: self.tokens[i].end,
            at: i,
            cites: false,
            agent: false,
            speaker,
        })
    }
}

fn outlet_cue(cue: Cue, speaker: &Speaker) -> Cue {
    if matches!(speaker.footing, Footing::Outlet) && cue == Cue::Say { Cue::Report } else { cue }
}

/// Whether two names are one outlet: articles and case aside, or one is the other's initials.
pub(super) fn same_outlet(a: &str, b: &str) -> bool {
    let key = |s: &str| {
        s.to_lowercase().trim_start_matches("the ").replace([' ', '-', '.', '’', '\''], "")
    };
    let initials = |s: &str| {
        s.split_whitespace().filter_map(|w| w.chars().next()).collect::<String>().to_lowercase()
    };
    key(a) == key(b)
        || (a.len() <= 5 && key(a) == initials(b))
        || (b.len() <= 5 && key(b) == initials(a))
        || (key(a).len() > 4 && key(b).starts_with(&key(a)))
        || (key(b).len() > 4 && key(a).starts_with(&key(b)))
}

/// Whether an outlet's copy is commonly carried by others.
pub(super) fn is_wire(name: &str) -> bool {
    outlets::is_commonly_relayed(name)
}
