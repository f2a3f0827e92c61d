//! Smaller readings of a sentence: hedges, answers that affirm nothing, terms
//! of attribution, and which date is the event's.

use super::attribution::{Attribution, Sentence};
use super::dates::Time;
use super::proposal::ResponseKind;
use super::token::Kind;

const HEDGES: &[&str] =
    &["reportedly", "allegedly", "purportedly", "supposedly", "rumoured", "rumored"];

/// A word or phrase that reports without saying who does.
pub(super) fn hedge(sentence: &Sentence<'_>) -> Option<String> {
    let t = &sentence.tokens;
    for (i, token) in t.iter().enumerate() {
        if HEDGES.contains(&token.lower.as_str()) {
            return Some(token.lower.clone());
        }
        let be = i > 0
            && t[..i]
                .iter()
                .rev()
                .take(2)
                .any(|b| matches!(b.lower.as_str(), "is" | "are" | "was" | "were" | "been"));
        let passive = matches!(
            token.lower.as_str(),
            "said"
                | "reported"
                | "believed"
                | "thought"
                | "understood"
                | "alleged"
                | "rumoured"
                | "rumored"
                | "expected"
        );
        let to = t.get(i + 1).is_some_and(|n| n.is("to"));
        if be && passive && to && !token.is("expected") {
            return Some(format!("{} to", token.lower));
        }
        if token.is("reported") && i > 0 && t[i - 1].is("was") && i > 1 && t[i - 2].is("it") {
            return Some("it was reported".to_owned());
        }
        if matches!(token.lower.as_str(), "reports" | "rumours" | "rumors")
            && i > 0
            && matches!(
                t[i - 1].lower.as_str(),
                "to" | "amid" | "such" | "similar" | "some" | "earlier" | "unconfirmed"
            )
            && (t.get(i + 1).is_some_and(|n| {
                n.is("that")
                    || n.is("of")
                    || n.is("had")
                    || n.is("on")
                    || n.is("have")
                    || n.is("about")
            }))
        {
            return Some("reports".to_owned());
        }
    }
    None
}

/// Whether the sentence is a quotation with hardly a word beside it.
pub(super) fn is_quotation(sentence: &Sentence<'_>) -> bool {
    let quoted: usize =
        sentence.tokens.iter().filter(|t| t.kind == Kind::Quote).map(|t| t.text.len()).sum();
    let words = sentence.tokens.iter().filter(|t| t.is_word()).count();
    quoted > 0 && words <= 2
}

/// Whether a passage is set like a headline: nearly every longer word has a capital.
pub(super) fn is_headline(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().filter(|w| w.chars().count() > 3).collect();
    let capitals = words.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
    words.len() >= 5 && text.split_whitespace().count() < 24 && capitals * 10 >= words.len() * 9
}

/// An answer that affirms nothing, if the sentence gives one.
pub(super) fn response(sentence: &Sentence<'_>) -> Option<ResponseKind> {
    let mask: String = sentence
        .tokens
        .iter()
        .map(|t| if t.kind == Kind::Quote { "" } else { t.lower.as_str() })
        .collect::<Vec<_>>()
        .join(" ");
    let has = |p: &str| mask.contains(p);
    if has("neither confirmed nor denied")
        || has("neither confirm nor deny")
        || has("not confirm or deny")
        || has("neither confirmed or denied")
    {
        return Some(ResponseKind::Neither);
    }
    let silent = [
        "declined to comment",
        "refused to comment",
        "no comment",
        "not immediately respond",
        "not respond to",
        "not immediately comment",
        "did not comment",
        "not immediately available",
        "not immediately reply",
        "could not be reached",
        "no immediate comment",
        "not return a request",
        "yet to comment",
        "has not commented",
        "have not commented",
        "did not immediately",
        "no immediate response",
        "no immediate reaction",
        "were not available for comment",
        "was not available for comment",
        "not yet comment",
        "yet to respond",
        "unavailable for comment",
        "declined to respond",
        "not reply to",
    ];
    if silent.iter().any(|p| has(p)) {
        return Some(ResponseKind::NoComment);
    }
    let open = [
        "not been officially affirmed",
        "not officially affirmed",
        "not been officially confirmed",
        "not officially confirmed",
        "no official confirmation",
        "no confirmation",
        "not been confirmed",
        "yet to confirm",
        "not been independently",
        "could not independently",
        "unable to independently",
        "could not be independently",
        "not independently verif",
        "has not confirmed",
        "have not confirmed",
        "not been affirmed",
        "not confirmed by",
        "not officially announced",
    ];
    open.iter().any(|p| has(p)).then_some(ResponseKind::NotAffirmed)
}

/// Whether a sentence that gives such an answer also carries a claim.
pub(super) fn also_claims(sentence: &Sentence<'_>) -> bool {
    hedge(sentence).is_some()
        || sentence.tokens.iter().any(|t| t.kind == Kind::Quote && t.text.len() > 40)
        || {
            let words: Vec<&str> =
                sentence.tokens.iter().filter(|t| t.is_word()).map(|t| t.lower.as_str()).collect();
            words.iter().any(|w| {
                matches!(
                    *w,
                    "told" | "according" | "reported" | "denied" | "reports" | "added" | "citing"
                )
            }) || words.iter().filter(|w| **w == "said").count() > 0
                && !words.windows(2).any(|w| w == ["said", "it"])
        }
}

/// The report's words about the terms on which a source spoke.
pub(super) fn terms_wording(passage: &str) -> Option<String> {
    let lower = passage.to_lowercase();
    if lower.len() != passage.len() {
        return None;
    }
    const PHRASES: &[&str] = &[
        "on condition of anonymity",
        "on the condition of anonymity",
        "under condition of anonymity",
        "condition of anonymity",
        "requested anonymity",
        "requesting anonymity",
        "asked not to be named",
        "asked not to be identified",
        "declined to be named",
        "declined to be identified",
        "refused to be named",
        "not to be named",
        "wished to remain anonymous",
        "speaking anonymously",
        "spoke anonymously",
        "on background",
        "on deep background",
        "not authorised to",
        "not authorized to",
        "not being authorised to",
        "not being authorized to",
        "unnamed",
        "unidentified",
        "anonymous",
        "who did not want to be named",
        "without being named",
        "on record",
    ];
    PHRASES
        .iter()
        .filter_map(|p| lower.find(p).map(|at| (at, p.len())))
        .min_by_key(|(at, len)| (std::cmp::Reverse(*len), *at))
        .map(|(at, len)| passage[at..at + len].to_owned())
}

pub(super) fn is_background(wording: &str) -> bool {
    wording.to_lowercase().contains("background")
}

/// Sentences of the outlet's own that allege something or use a loaded word.
pub(super) fn own_voice(passage: &str) -> bool {
    const WORDS: &[&str] = &[
        "violat",
        "breach",
        "genocid",
        "terroris",
        "massacre",
        "war crime",
        "ethnic cleansing",
        "atrocit",
        "illegal",
        "unlawful",
        "aggression",
        "rebel",
        "regime",
        "invasion",
        "occupation",
        "invaded",
        "assassinat",
        "regardless of international law",
        "collective punishment",
        "besieged",
        "puppet",
    ];
    let lower = passage.to_lowercase();
    WORDS.iter().any(|w| lower.contains(w))
}

/// Whether a date belongs to the act of speaking rather than to what is told.
pub(super) fn dates_speech(sentence: &Sentence<'_>, a: &Attribution, time: &Time) -> bool {
    let t = &sentence.tokens;
    if t.iter().any(|k| k.kind == Kind::Quote && k.start <= time.start && time.end <= k.end) {
        return false;
    }
    if time.start >= a.start && time.end <= a.end {
        return true;
    }
    let words_between = |from: usize, to: usize| {
        t.iter().filter(|k| k.start >= from && k.end <= to).collect::<Vec<_>>()
    };
    if time.start >= a.end {
        // "said Sunday", "told Reuters on Monday", "said in a statement on Friday".
        let gap = words_between(a.end, time.start);
        let plain = gap.iter().all(|k| {
            k.is_capital()
                || matches!(
                    k.lower.as_str(),
                    "in" | "a"
                        | "an"
                        | "statement"
                        | "on"
                        | "the"
                        | "reporters"
                        | "to"
                        | "interview"
                        | "with"
                        | "news"
                        | "agency"
                        | "conference"
                        | "late"
                        | "early"
                        | "twitter"
                        | "facebook"
                        | "post"
                        | "briefing"
                        | "press"
                        | "state"
                        | "television"
                        | "media"
                        | "speech"
                        | "remarks"
                        | "comments"
                        | "at"
                        | "message"
                        | "video"
                        | "parliament"
                )
        });
        return gap.len() <= 9 && plain;
    }
    // "On Monday, Axios reported": a date that opens the sentence before its speaker.
    let opens = t.first().is_some_and(|first| time.start <= first.start + 1)
        || words_between(t.first().map_or(0, |f| f.start), time.start).iter().all(|k| {
            matches!(
                k.lower.as_str(),
                "but" | "and" | "earlier" | "later" | "meanwhile" | "," | "also"
            )
        });
    let gap = words_between(time.end, a.start);
    let close = gap.iter().filter(|k| k.is_word()).count() <= 6
        && !gap.iter().any(|k| k.kind == Kind::Quote);
    if opens && close {
        return true;
    }
    // "During his visit on Tuesday, X urged".
    let visit = words_between(t.first().map_or(0, |f| f.start), time.start);
    close
        && gap.iter().all(|k| k.text == ",")
        && visit.first().is_some_and(|k| {
            matches!(
                k.lower.as_str(),
                "during" | "in" | "at" | "after" | "following" | "speaking" | "on"
            )
        })
}

/// Whether a date can be when the told event happened: not a deadline, not a stretch that only began then.
pub(super) fn dates_an_event(sentence: &Sentence<'_>, time: &Time) -> bool {
    let before: Vec<&str> = sentence
        .tokens
        .iter()
        .filter(|t| t.end <= time.start)
        .rev()
        .take_while(|t| t.is_word())
        .map(|t| t.lower.as_str())
        .collect();
    let words = time.when.words.to_lowercase();
    let bound = [
        "deadline",
        "expire",
        "expires",
        "expired",
        "until",
        "till",
        "ahead",
        "since",
        "before",
        "after",
        "following",
        "preceding",
    ];
    !before.iter().any(|w| bound.contains(w))
        && ![
            "since ",
            "until ",
            "by ",
            "before ",
            "till ",
            "over the ",
            "for ",
            "in recent",
            "after ",
        ]
        .iter()
        .any(|p| words.starts_with(p))
        && time.when.from.is_some()
}
