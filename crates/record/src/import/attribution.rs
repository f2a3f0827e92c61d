//! Finds, in one sentence, who is given as saying what.

use super::lexicon::{self, Cue};
use super::names::Names;
use super::outlets;
use super::speaker::{Footing, Speaker, outlet_in, speaker};
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

impl<'a> Sentence<'a> {
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

    /// Whether a form that may be a noun or an adjective is a verb here.
    fn is_verb(&self, i: usize, cue: Cue) -> bool {
        let t = &self.tokens[i];
        if cue == Cue::Report && (1..=2).any(|n| i >= n && self.word(i - n, "not")) {
            return false;
        }
        let Some(before) = i.checked_sub(1).map(|k| &self.tokens[k]) else {
            return !lexicon::is_ambiguous(&t.lower);
        };
        let determiner = matches!(
            before.lower.as_str(),
            "a" | "an"
                | "the"
                | "this"
                | "these"
                | "those"
                | "such"
                | "its"
                | "his"
                | "her"
                | "their"
                | "several"
                | "many"
                | "some"
                | "no"
                | "any"
                | "of"
                | "for"
                | "all"
                | "other"
                | "in"
                | "with"
                | "by"
                | "on"
                | "similar"
                | "previous"
                | "earlier"
                | "new"
                | "to"
                | "our"
                | "your"
                | "my"
                | "from"
        );
        if determiner || before.is_possessive() && t.lower.ends_with('s') {
            // "the reported strike", "its claims"; but "has to say" is no attribution either.
            return false;
        }
        if cue == Cue::Belief && self.word(i + 1, "to") {
            return false;
        }
        if lexicon::is_ambiguous(&t.lower) {
            let subject = before.is_capital() && !lexicon::is_demonym(&before.lower)
                || lexicon::is_unnamed(&before.lower)
                || lexicon::is_body(&before.lower)
                || before.text == ")"
                || matches!(before.lower.as_str(), "he" | "she" | "they" | "it" | "who" | "which")
                || before.kind == Kind::Quote
                || (lexicon::is_press(&before.lower)
                    && !matches!(before.lower.as_str(), "reports" | "report"))
                || lexicon::is_between_subject_and_verb(&before.lower)
                || before.text == ",";
            let noun_follows = self.word(i + 1, "of")
                || (matches!(t.lower.as_str(), "read" | "reads")
                    && !matches!(
                        before.lower.as_str(),
                        "statement" | "it" | "communique" | "letter" | "text" | "communiqué"
                    )
                    && before.kind != Kind::Quote);
            return subject && !noun_follows;
        }
        true
    }

    /// Passives: `Some(None)` when the verb is passive and names no one,
    /// `Some(Some(_))` with the agent, `None` when the verb is not passive.
    #[allow(clippy::option_option)]
    fn passive(&self, i: usize, cue: Cue) -> Option<Option<Attribution>> {
        let t = &self.tokens[i];
        let mut k = i;
        while k > 0
            && lexicon::is_between_subject_and_verb(&self.tokens[k - 1].lower)
            && !matches!(self.tokens[k - 1].lower.as_str(), "has" | "have" | "had")
        {
            k -= 1;
        }
        let be = k > 0
            && matches!(
                self.tokens[k - 1].lower.as_str(),
                "is" | "are" | "was" | "were" | "been" | "being" | "be"
            );
        let by = (i + 1..(i + 3).min(self.tokens.len())).find(|&n| {
            self.word(n, "by")
                && (n == i + 1
                    || matches!(
                        self.tokens[n - 1].lower.as_str(),
                        "later" | "first" | "earlier" | "also"
                    ))
        });
        if be
            && self.word(i + 1, "as")
            && self.tokens.get(i + 2).is_some_and(|n| {
                matches!(
                    n.lower.as_str(),
                    "saying" | "telling" | "confirming" | "stating" | "warning"
                )
            })
        {
            let subject = self.subject_before(k - 1);
            return Some(subject.map(|speaker| Attribution {
                cue: Cue::Say,
                verb: t.lower.clone(),
                start: speaker.start,
                end: self.tokens[i + 2].end,
                at: i,
                cites: false,
                agent: false,
                speaker,
            }));
        }
        if let Some(n) = by
            && matches!(cue, Cue::Say | Cue::Report)
            && !t.lower.ends_with("ing")
        {
            match self.speaker_after(n + 1) {
                Some(speaker) => {
                    return Some(Some(Attribution {
                        cue: outlet_cue(cue, &speaker),
                        verb: t.lower.clone(),
                        start: t.start,
                        end: speaker.end,
                        at: i,
                        cites: false,
                        agent: true,
                        speaker,
                    }));
                }
                // "said by telephone"
                None if !be => return None,
                None => return Some(None),
            }
        }
        if be || by.is_some() {
            return Some(None);
        }
        None
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

    /// Whether the comma before `i` closes a description: "Petro, the president, said".
    fn parenthesis_closes(&self, i: usize) -> bool {
        self.tokens.get(i.wrapping_sub(1)).is_some_and(|t| t.text == ",")
            && self.before_parenthesis(i - 1).is_some()
    }

    /// The speaker before a description that ends at the comma `comma`.
    fn before_parenthesis(&self, comma: usize) -> Option<Speaker> {
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
    fn subject_before(&self, i: usize) -> Option<Speaker> {
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

    fn in_date(&self, t: &Token<'_>) -> bool {
        self.dates.iter().any(|(a, b)| t.start >= *a && t.end <= *b)
    }

    /// The speaker phrase that ends before token `end`.
    fn phrase_ending(&self, end: usize) -> Option<Speaker> {
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

    fn is_other_verb(&self, k: usize) -> bool {
        let t = &self.tokens[k];
        lexicon::cue(&t.lower).is_some()
            && !lexicon::is_press(&t.lower)
            && !t.is_capital()
            && self.is_verb(k, Cue::Say)
    }

    /// "the United Nations and Türkiye said": `and` inside one subject.
    fn joins_names(&self, and: usize) -> bool {
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
    fn trim_front(&self, mut from: usize, end: usize) -> usize {
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
    fn speaker_after(&self, from: usize) -> Option<Speaker> {
        self.phrase_after(from, false)
    }

    /// The phrase that begins at this word, where it can be a speaker.
    pub(super) fn phrase_at(&self, from: usize) -> Option<Speaker> {
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

    fn phrase_after(&self, from: usize, open_ended: bool) -> Option<Speaker> {
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

    fn joins_names_from(&self, from: usize, and: usize) -> bool {
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

    /// Outlets a speaker is said to have told: "told Reuters", "in an interview with X".
    pub(super) fn told(&self, speaker: Option<&Speaker>) -> Vec<String> {
        let mut out = Vec::new();
        for (i, t) in self.tokens.iter().enumerate() {
            let from = match t.lower.as_str() {
                "told" | "tells" | "telling" => i + 1,
                "to" if i > 0
                    && matches!(
                        self.tokens[i - 1].lower.as_str(),
                        "said"
                            | "speaking"
                            | "spoke"
                            | "comment"
                            | "comments"
                            | "remarks"
                            | "statement"
                            | "statements"
                            | "interview"
                            | "confirmed"
                            | "speaks"
                            | "confided"
                            | "briefing"
                            | "revealed"
                            | "disclosed"
                    ) =>
                {
                    i + 1
                }
                "with"
                    if i > 0
                        && (self.tokens[i - 1].is("interview")
                            || self.tokens[i - 1].is("conversation")) =>
                {
                    i + 1
                }
                "by" if i > 0
                    && matches!(
                        self.tokens[i - 1].lower.as_str(),
                        "quoted" | "cited" | "carried" | "interviewed" | "saying" | "telling"
                    ) =>
                {
                    i + 1
                }
                _ => continue,
            };
            let words: Vec<&Token<'_>> = self.tokens[from..]
                .iter()
                .take(7)
                .take_while(|t| {
                    t.is_word()
                        && (t.is_capital()
                            || matches!(
                                t.lower.as_str(),
                                "the"
                                    | "news"
                                    | "agency"
                                    | "newspaper"
                                    | "daily"
                                    | "broadcaster"
                                    | "channel"
                                    | "website"
                                    | "outlet"
                                    | "state"
                                    | "television"
                                    | "radio"
                                    | "magazine"
                                    | "network"
                            )
                            || t.lower.ends_with("-based")
                            || lexicon::is_demonym(&t.lower)
                            || matches!(t.lower.as_str(), "of" if out.is_empty()))
                        && !self.in_date(t)
                })
                .collect();
            let Some(last) = words.last() else { continue };
            if let Some(outlet) = outlet_in(self.text, &words, &last.lower.clone()) {
                out.push(outlet);
                continue;
            }
            // A source told someone with a capital letter who is no person, place or office: an outlet.
            let anonymous = speaker
                .is_some_and(|s| matches!(s.footing, Footing::Unnamed | Footing::Back))
                && t.is("told");
            let name = words
                .iter()
                .filter(|t| t.is_capital() && !t.is("the"))
                .map(|t| super::token::bare(t.text))
                .collect::<Vec<_>>()
                .join(" ");
            let unknown = !name.is_empty()
                && !self.names.is_person(&name)
                && words.iter().all(|t| {
                    !lexicon::is_place(t.text)
                        && !lexicon::is_title(&t.lower)
                        && !lexicon::is_demonym(&t.lower)
                        && !lexicon::is_body(&t.lower)
                        && !lexicon::is_unnamed(&t.lower)
                        && !t.is_possessive()
                });
            if anonymous && unknown {
                out.push(name);
            }
        }
        out.dedup();
        out
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
