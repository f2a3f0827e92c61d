//! Whether a word is a verb of speech here, and whether it is passive.

use super::super::lexicon::{self, Cue};
use super::super::token::Kind;
use super::{Attribution, Sentence, outlet_cue};

impl Sentence<'_> {
    /// Whether a form that may be a noun or an adjective is a verb here.
    pub(super) fn is_verb(&self, i: usize, cue: Cue) -> bool {
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
    pub(super) fn passive(&self, i: usize, cue: Cue) -> Option<Option<Attribution>> {
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
}
