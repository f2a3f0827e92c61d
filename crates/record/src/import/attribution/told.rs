//! Outlets between a speaker and the report: "told Reuters".

use super::super::lexicon;
use super::super::speaker::{Footing, Speaker, outlet_in};
use super::super::token::{self, Token};
use super::Sentence;

impl Sentence<'_> {
    /// Outlets a speaker is said to have told: "told Reuters", "in an interview with X".
    pub(in crate::import) fn told(&self, speaker: Option<&Speaker>) -> Vec<String> {
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
                .map(|t| token::bare(t.text))
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
