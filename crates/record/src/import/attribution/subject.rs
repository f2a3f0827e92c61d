//! Who stands before or after the verb: phrases that can be a speaker.

use super::super::lexicon::{self, Cue};
use super::super::speaker::{Footing, Speaker, speaker};
use super::super::token::{Kind, Token};
use super::Sentence;

impl Sentence<'_> {
    /// Whether the comma before `i` closes a description: "Petro, the president, said".
    pub(super) fn parenthesis_closes(&self, i: usize) -> bool {
        self.tokens.get(i.wrapping_sub(1)).is_some_and(|t| t.text == ",")
            && self.before_parenthesis(i - 1).is_some()
    }

    /// The speaker before a description that ends at the comma `comma`.
    pub(super) fn before_parenthesis(&self, comma: usize) -> Option<Speaker> {
        let mut open = comma;
        for _ in 0..3 {
            open = (0..open)
                .rev()
                .find(|&k| self.tokens[k].text == "," || self.tokens[k].kind == Kind::Quote)?;
            if self.tokens[open].kind == Kind::Quote {
                return None;
            }
            let next = self.tokens.get(open + 1)?;
            // "The adviser, Taher Al-Nono, told": the name between the commas speaks.
            let between = &self.tokens[open + 1..comma];
            if (2..=5).contains(&between.len())
                && between.iter().all(Token::is_capital)
                && let Some(s) = speaker(self.text, between, self.names)
                && s.footing == Footing::Named
                && self.phrase_ending(open).is_some()
            {
                return Some(s);
            }
            let describes = matches!(
                next.lower.as_str(),
                "who"
                    | "which"
                    | "whose"
                    | "citing"
                    | "quoting"
                    | "speaking"
                    | "a"
                    | "an"
                    | "the"
                    | "his"
                    | "her"
                    | "one"
                    | "for"
                    | "in"
                    | "on"
                    | "also"
                    | "himself"
                    | "herself"
                    | "itself"
                    | "meanwhile"
                    | "however"
                    | "asked"
                    | "when"
                    | "after"
                    | "addressing"
                    | "while"
                    | "now"
                    | "then"
                    | "like"
                    | "as"
                    | "too"
                    | "at"
                    | "along"
                    | "together"
                    | "head"
                    | "chief"
                    | "leader"
                    | "following"
                    | "during"
                    | "both"
            ) || lexicon::is_title(&next.lower)
                || next.is_capital() && lexicon::is_demonym(&next.lower)
                || next.is_possessive();
            if describes && let Some(s) = self.phrase_ending(open) {
                return Some(s);
            }
        }
        None
    }

    /// The subject of the verb at `i`, standing before it.
    pub(super) fn subject_before(&self, i: usize) -> Option<Speaker> {
        let mut j = i.checked_sub(1)?;
        loop {
            let t = &self.tokens[j];
            if t.text == "," {
                return self.before_parenthesis(j);
            }
            let skippable = t.is_word()
                && (lexicon::is_between_subject_and_verb(&t.lower) || self.in_date(t))
                && !t.is("both");
            if !skippable {
                break;
            }
            j = j.checked_sub(1)?;
        }
        if matches!(self.tokens[j].lower.as_str(), "who" | "which") {
            let end = if j > 0 && self.tokens[j - 1].text == "," { j - 1 } else { j };
            return self.phrase_ending(end);
        }
        self.phrase_ending(j + 1)
    }

    pub(super) fn in_date(&self, t: &Token<'_>) -> bool {
        self.dates.iter().any(|(a, b)| t.start >= *a && t.end <= *b)
    }

    /// The speaker phrase that ends before token `end`.
    pub(super) fn phrase_ending(&self, end: usize) -> Option<Speaker> {
        let mut from = end;
        while from > 0 {
            let t = &self.tokens[from - 1];
            if t.text == ")" {
                let open = (0..from - 1).rev().find(|&k| self.tokens[k].text == "(")?;
                from = open;
                continue;
            }
            let stops = !t.is_word()
                || lexicon::ends_subject(&t.lower) && !(t.is("who") && from == end)
                || self.is_other_verb(from - 1);
            if stops || t.is("and") && !self.joins_names(from - 1) {
                break;
            }
            from -= 1;
        }
        let from = self.trim_front(from, end);
        if from >= end {
            return None;
        }
        speaker(self.text, &self.tokens[from..end], self.names).or_else(|| {
            // "During the visit the official": the last phrase that can be one.
            (from + 1..end)
                .filter(|&k| {
                    matches!(
                        self.tokens[k].lower.as_str(),
                        "the" | "a" | "an" | "two" | "three" | "several" | "one"
                    ) || self.tokens[k].is_capital() && !self.tokens[k - 1].is_capital()
                })
                .find_map(|k| speaker(self.text, &self.tokens[k..end], self.names))
        })
    }

    pub(super) fn is_other_verb(&self, k: usize) -> bool {
        let t = &self.tokens[k];
        lexicon::cue(&t.lower).is_some()
            && !lexicon::is_press(&t.lower)
            && !t.is_capital()
            && self.is_verb(k, Cue::Say)
    }

    /// "the United Nations and Türkiye said": `and` inside one subject.
    pub(super) fn joins_names(&self, and: usize) -> bool {
        let left: Vec<&Token<'_>> = self.tokens[..and]
            .iter()
            .rev()
            .take_while(|t| t.is_word() && !lexicon::ends_subject(&t.lower))
            .collect();
        let nominal = |t: &&Token<'_>| {
            t.is_capital()
                || matches!(
                    t.lower.as_str(),
                    "the"
                        | "a"
                        | "an"
                        | "two"
                        | "both"
                        | "of"
                        | "for"
                        | "senior"
                        | "several"
                        | "top"
                )
                || lexicon::is_unnamed(&t.lower)
                || lexicon::is_body(&t.lower)
                || lexicon::is_demonym(&t.lower)
                || lexicon::is_title(&t.lower)
                || lexicon::opens_sentence(&t.lower)
        };
        !left.is_empty() && left.len() <= 8 && left.iter().all(nominal)
    }

    /// Leaves out what opens a sentence before its subject.
    pub(super) fn trim_front(&self, mut from: usize, end: usize) -> usize {
        while from < end {
            let t = &self.tokens[from];
            if !t.is_word()
                || self.in_date(t) && !lexicon::is_title(&t.lower)
                || lexicon::opens_sentence(&t.lower)
                // "said in a post on X an official": the platform is nobody's name.
                || t.text == "X" && from > 0 && self.word(from - 1, "on")
            {
                from += 1;
            } else {
                break;
            }
        }
        from
    }

    /// A speaker named after the verb: "said two officials".
    pub(super) fn speaker_after(&self, from: usize) -> Option<Speaker> {
        self.phrase_after(from, false)
    }

    /// The phrase that begins at this word, where it can be a speaker.
    pub(in crate::import) fn phrase_at(&self, from: usize) -> Option<Speaker> {
        let from = if self.tokens.get(from).is_some_and(|t| t.kind == Kind::Quote) {
            let quote = &self.tokens[from];
            let inner = quote.text.trim_matches(|c| matches!(c, '“' | '”' | '"'));
            let unnamed = inner.split_whitespace().any(|w| lexicon::is_unnamed(&w.to_lowercase()));
            return unnamed.then(|| Speaker {
                words: inner.to_owned(),
                footing: Footing::Unnamed,
                head: String::new(),
                plural: false,
                start: quote.start,
                end: quote.end,
            });
        } else {
            from
        };
        self.phrase_after(from, true)
    }

    pub(super) fn phrase_after(&self, from: usize, open_ended: bool) -> Option<Speaker> {
        let mut to = from;
        while let Some(t) = self.tokens.get(to) {
            if open_ended && to == from && t.is("that") {
                to += 1;
                continue;
            }
            let in_place = t.is("in")
                && (to > from
                    && matches!(
                        self.tokens[to - 1].lower.as_str(),
                        "involved" | "participating" | "interested"
                    )
                    || open_ended && self.tokens.get(to + 1).is_some_and(Token::is_capital));
            let to_thing = t.is("to")
                && to > from
                && matches!(
                    self.tokens[to - 1].lower.as_str(),
                    "close" | "privy" | "adviser" | "advisor" | "aide" | "envoy" | "ambassador"
                );
            let joined = t.is("and")
                && (self.tokens.get(to + 1).is_some_and(|n| {
                    (n.is_capital() || open_ended) && !self.is_other_verb(to + 1)
                }))
                && self.joins_names_from(from, to);
            let within = to > from && t.is("on") && self.tokens[to - 1].is("briefed");
            if t.text == "(" {
                let close = (to..self.tokens.len()).find(|&k| self.tokens[k].text == ")")?;
                to = close + 1;
                continue;
            }
            let ends = !t.is_word()
                || (lexicon::ends_speaker(&t.lower)
                    && !in_place
                    && !to_thing
                    && !joined
                    && !within
                    && !(t.is("the") || t.is_capital() && lexicon::is_title(&t.lower)))
                || self.is_other_verb(to) && to > from;
            if ends {
                break;
            }
            to += 1;
        }
        (to > from).then(|| speaker(self.text, &self.tokens[from..to], self.names)).flatten()
    }

    pub(super) fn joins_names_from(&self, from: usize, and: usize) -> bool {
        self.tokens[from..and].iter().all(|t| {
            t.is_capital()
                || matches!(
                    t.lower.as_str(),
                    "the" | "a" | "an" | "two" | "of" | "both" | "senior" | "several"
                )
                || lexicon::is_unnamed(&t.lower)
                || lexicon::is_body(&t.lower)
                || lexicon::is_demonym(&t.lower)
                || lexicon::is_title(&t.lower)
        })
    }
}
