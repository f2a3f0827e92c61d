//! From the attributions of a sentence to chains: who reports citing whom.

use super::attribution::{Attribution, Sentence, same_outlet};
use super::lexicon::{Cue, is_plural, is_unnamed};
use super::names::Names;
use super::speaker::{Footing, Speaker};

/// A chain without the reporting outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// Outlets between the report and the speaker, outermost first.
    pub(super) via: Vec<String>,
    /// Who is given as the origin; absent when an outlet gives none.
    pub(super) speaker: Option<Speaker>,
    pub(super) attribution: Attribution,
    /// "It" in "Quoting two officials, it said": an outlet named before.
    pub(super) reporter: bool,
}

/// "It quoted unnamed officials", "The agency cited a source": a sentence that
/// only says whom the outlet of the one before rests on.
pub(super) fn source_of_the_one_before(sentence: &Sentence<'_>) -> Option<Speaker> {
    let tokens = &sentence.tokens;
    let verb = tokens
        .iter()
        .take(4)
        .position(|t| matches!(t.lower.as_str(), "quoted" | "cited" | "quotes" | "cites"))?;
    let subject: Vec<&str> = tokens[..verb].iter().map(|t| t.lower.as_str()).collect();
    let outlet = matches!(
        subject.as_slice(),
        ["it"]
            | ["the", "report" | "agency" | "newspaper" | "paper" | "channel" | "outlet" | "daily"]
    );
    let speaks = tokens.iter().any(|t| matches!(t.lower.as_str(), "saying" | "telling"));
    if !outlet || speaks {
        return None;
    }
    sentence.phrase_at(verb + 1).filter(|s| s.footing != Footing::Back)
}

/// The chains of a sentence: usually one, more where two sides speak.
pub(super) fn links(sentence: &Sentence<'_>) -> Vec<Link> {
    let all = sentence.attributions();
    let Some(main) = principal(sentence, &all) else { return Vec::new() };
    let mut out = vec![link(sentence, main, &all)];
    for other in &all {
        if other.at > main.at && is_separate(sentence, main, other) && !other.cites && !other.agent
        {
            let rest: Vec<Attribution> = all.iter().filter(|a| a.at >= other.at).cloned().collect();
            let second = link(sentence, other, &rest);
            if out.iter().all(|l| {
                l.speaker.as_ref().map(|s| &s.words) != second.speaker.as_ref().map(|s| &s.words)
            }) {
                out.push(second);
            }
        }
    }
    out
}

/// The attribution that governs the sentence: one that closes it, or else the first.
fn principal<'s>(sentence: &Sentence<'_>, all: &'s [Attribution]) -> Option<&'s Attribution> {
    let closing = all.iter().rev().find(|a| {
        let before_comma =
            sentence.tokens.iter().take_while(|t| t.end <= a.start).last().is_some_and(|t| {
                t.text == ","
                    || t.text == "–"
                    || t.text == "—"
                    || t.kind == super::token::Kind::Quote
            });
        let after = sentence.tokens.iter().filter(|t| t.start >= a.end && t.is_word()).count();
        let quote_after = sentence
            .tokens
            .iter()
            .any(|t| t.start >= a.end && t.kind == super::token::Kind::Quote && t.text.len() > 30);
        before_comma
            && !a.agent
            && !a.cites
            && !quote_after
            && (after <= 12 || closes_with_terms(sentence, a.end))
            && (a.cue != Cue::Act || all.len() == 1)
            && !starts_with_separator(sentence, a)
    });
    let first = all.iter().find(|a| !a.cites && !a.agent).or_else(|| all.first());
    match (closing, first) {
        // "according to X, Y said": the one that closes stands over what it closes.
        (Some(c), Some(f))
            if c.at != f.at
                && sentence.tokens[f.at].start < c.start
                && gap_is_clause(sentence, f, c) =>
        {
            Some(c)
        }
        (Some(c), Some(f)) if c.at == f.at => Some(c),
        (_, f) => f,
    }
}

fn starts_with_separator(sentence: &Sentence<'_>, a: &Attribution) -> bool {
    let before: Vec<&str> =
        sentence.tokens.iter().take_while(|t| t.end <= a.start).map(|t| t.lower.as_str()).collect();
    let tail = &before[before.len().saturating_sub(2)..];
    tail.iter().any(|w| {
        matches!(
            *w,
            "but"
                | "while"
                | "whereas"
                | "though"
                | "although"
                | "which"
                | "who"
                | "claim"
                | "allegation"
        )
    })
}

fn closes_with_terms(sentence: &Sentence<'_>, end: usize) -> bool {
    let rest = sentence.text.get(end..).unwrap_or("").to_lowercase();
    rest.contains("condition of anonymity")
        || rest.contains("not to be named")
        || rest.contains("authorised to")
        || rest.contains("authorized to")
}

fn gap_is_clause(sentence: &Sentence<'_>, first: &Attribution, closing: &Attribution) -> bool {
    // A clause long enough to be what the closing attribution speaks of.
    let between = sentence
        .tokens
        .iter()
        .filter(|t| t.start >= first.end && t.end <= closing.start && t.is_word())
        .count();
    // "X, Reuters reported, said": the closing one is an aside; the whole is still X through Reuters.
    between >= 2
}

/// Whether the second attribution belongs to another clause than the first: "A said …, but B denied it".
fn is_separate(sentence: &Sentence<'_>, main: &Attribution, other: &Attribution) -> bool {
    if !matches!(other.cue, Cue::Say | Cue::Act) || main.start >= other.start {
        return false;
    }
    let before: Vec<_> =
        sentence.tokens.iter().filter(|t| t.start >= main.end && t.end <= other.start).collect();
    let Some(last) = before.last() else { return false };
    let tail: Vec<&str> = before.iter().rev().take(3).map(|t| t.lower.as_str()).collect();
    let claim = matches!(
        last.lower.as_str(),
        "claim" | "allegation" | "charge" | "accusation" | "report" | "which"
    );
    let joined =
        tail.iter().any(|w| matches!(*w, "but" | "while" | "whereas" | "although" | "though"))
            && before.iter().any(|t| t.text == "," || t.text == ";");
    claim && before.len() > 2 || joined || last.text == ";"
}

fn link(sentence: &Sentence<'_>, main: &Attribution, all: &[Attribution]) -> Link {
    let mut via: Vec<String> = Vec::new();
    let mut push = |name: String| {
        if !via.iter().any(|v| same_outlet(v, &name)) {
            via.push(name);
        }
    };
    let press = |s: &Speaker| matches!(s.footing, Footing::Outlet | Footing::Press);
    let mut speaker = Some(main.speaker.clone());
    if press(&main.speaker) && !matches!(main.speaker.footing, Footing::Back) {
        // An outlet reports; whom does it cite?
        push(main.speaker.words.clone());
        let quoted = quoted_by(sentence, main);
        let inner = all.iter().find(|a| a.cites && a.at != main.at).or_else(|| {
            all.iter().find(|a| {
                a.at != main.at && !a.agent && matches!(a.cue, Cue::Say | Cue::Report | Cue::Belief)
            })
        });
        match (quoted, inner) {
            (Some(q), _) => speaker = Some(q),
            (None, Some(inner)) => {
                if press(&inner.speaker) {
                    push(inner.speaker.words.clone());
                    speaker = None;
                } else {
                    speaker = Some(inner.speaker.clone());
                }
            }
            (None, None) => speaker = None,
        }
    } else {
        for other in all {
            // "…, Interfax reported": an outlet elsewhere in the sentence carries the speaker.
            let carries = press(&other.speaker)
                && other.at != main.at
                && (other.at > main.at || other.cites || other.agent || other.cue == Cue::Report);
            let content_of_another =
                other.at > main.at && !other.agent && !other.cites && !trails(sentence, other);
            if carries && !content_of_another {
                push(other.speaker.words.clone());
            } else if other.cites
                && other.at > main.at
                && other.at != main.at
                && !press(&other.speaker)
                && main.cue == Cue::Report
            {
                speaker = Some(other.speaker.clone());
            }
        }
    }
    for outlet in sentence.told(speaker.as_ref()) {
        push(outlet);
    }
    let mut reporter = false;
    if main.speaker.head == "it"
        && let Some(cited) = all.iter().find(|a| a.cites && a.at < main.at && !press(&a.speaker))
    {
        speaker = Some(cited.speaker.clone());
        reporter = true;
    }
    Link { via, speaker, attribution: main.clone(), reporter }
}

fn trails(sentence: &Sentence<'_>, a: &Attribution) -> bool {
    sentence.tokens.iter().filter(|t| t.start >= a.end && t.is_word()).count() <= 8
}

/// "cited X as saying": X.
fn quoted_by(sentence: &Sentence<'_>, main: &Attribution) -> Option<Speaker> {
    if !matches!(main.verb.as_str(), "cited" | "cites" | "quoted" | "quotes") {
        return None;
    }
    let as_at = (main.at + 1..sentence.tokens.len())
        .find(|&k| {
            sentence.tokens[k].is("as")
                && sentence.tokens.get(k + 1).is_some_and(|n| n.lower.ends_with("ing"))
        })
        .or_else(|| {
            (main.at + 1..sentence.tokens.len()).find(|&k| sentence.tokens[k].is("saying"))
        })?;
    super::speaker::speaker(sentence.text, &sentence.tokens[main.at + 1..as_at], sentence.names)
}

/// What earlier sentences have said about who speaks.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    said: Vec<Remembered>,
    /// Whose report this is.
    outer: String,
}

#[derive(Debug, Clone)]
struct Remembered {
    words: String,
    footing: Footing,
    plural: bool,
    via: Vec<String>,
}

/// A chain with its speaker named as fully as the text allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) via: Vec<String>,
    /// The speaker's words; absent when no speaker is given.
    pub(super) speaker: Option<String>,
    pub(super) footing: Footing,
    pub(super) inferred: Vec<String>,
}

impl Memory {
    pub(super) fn new(outer: &str) -> Self {
        Self { said: Vec::new(), outer: outer.to_owned() }
    }

    /// Resolves back-references and remembers the speaker.
    pub(super) fn resolve(&mut self, link: &Link, names: &Names) -> Resolved {
        let Some(speaker) = &link.speaker else {
            if let Some((outlet, before)) = link.via.split_last() {
                self.said.push(Remembered {
                    words: outlet.clone(),
                    footing: Footing::Outlet,
                    plural: false,
                    via: before.to_vec(),
                });
            }
            return Resolved {
                via: link.via.clone(),
                speaker: None,
                footing: Footing::Press,
                inferred: Vec::new(),
            };
        };
        let mut inferred = Vec::new();
        let mut via: Vec<String> =
            link.via.iter().filter(|v| !same_outlet(v, &self.outer)).cloned().collect();
        if link.reporter
            && let Some(outlet) = self.said.iter().rev().find(|r| r.footing == Footing::Outlet)
        {
            via = outlet.via.iter().chain([&outlet.words]).cloned().collect();
            inferred.clone_from(&via);
        }
        // "told this paper" leaves no one in between, and nothing to infer.
        let said_here = via.len() < link.via.len();
        let (words, footing, plural) = match self.referent(speaker, names) {
            Some(earlier) => {
                if via.is_empty() && !said_here && !earlier.via.is_empty() {
                    via.clone_from(&earlier.via);
                    inferred.clone_from(&earlier.via);
                }
                (earlier.words.clone(), earlier.footing, earlier.plural)
            }
            None if speaker.footing == Footing::Back
                && matches!(speaker.head.as_str(), "he" | "she" | "it" | "they" | "who") =>
            {
                // Nobody has been named yet whom this could be.
                return Resolved { via, speaker: None, footing: Footing::Press, inferred };
            }
            None => {
                let footing = match speaker.footing {
                    Footing::Back if is_unnamed(&speaker.head) => Footing::Unnamed,
                    Footing::Back => Footing::Body,
                    other => other,
                };
                let mut unnamed = self.said.iter().filter(|r| r.footing == Footing::Unnamed);
                if footing == Footing::Unnamed
                    && via.is_empty()
                    && !said_here
                    && speaker.words.split(' ').count() > 1
                    && unnamed.clone().all(|r| !r.via.is_empty())
                    && let Some(earlier) = described_so(&self.said, speaker).or(unnamed.next_back())
                {
                    // Another unnamed source in a story that has so far come through an outlet.
                    via.clone_from(&earlier.via);
                    inferred.clone_from(&earlier.via);
                }
                (speaker.words.clone(), footing, speaker.plural)
            }
        };
        let words = match footing {
            Footing::Named => full_name(&words, names),
            _ => words,
        };
        self.said.push(Remembered { words: words.clone(), footing, plural, via: via.clone() });
        Resolved { via, speaker: Some(words), footing, inferred }
    }

    /// Remembers a person whom a sentence is about though it gives no words of
    /// theirs: "he" after it is that person.
    pub(super) fn mention(&mut self, name: &str) {
        self.said.push(Remembered {
            words: name.to_owned(),
            footing: Footing::Named,
            plural: false,
            via: Vec::new(),
        });
    }

    /// The last unnamed source of this description, or else the last one.
    fn last_unnamed(&self, head: &str, plural: bool) -> Option<&Remembered> {
        let mut unnamed =
            self.said.iter().rev().filter(|r| r.footing == Footing::Unnamed && r.plural == plural);
        let described = unnamed.clone().find(|r| r.words.split(' ').any(|w| w == head));
        described.or_else(|| unnamed.next())
    }

    /// Who "the official", "he" or a surname stands for.
    fn referent(&self, speaker: &Speaker, names: &Names) -> Option<&Remembered> {
        let mut said = self.said.iter().rev();
        match speaker.footing {
            Footing::Back => {
                let head = speaker.head.as_str();
                match head {
                    "he" | "she" | "who" => said.find(|r| {
                        !r.plural && matches!(r.footing, Footing::Named | Footing::Unnamed)
                    }),
                    "they" => said.find(|r| r.plural),
                    "it" => said.find(|r| {
                        !r.plural
                            && (r.footing == Footing::Body
                                || r.footing == Footing::Unnamed && r.words.contains("source"))
                    }),
                    "statement" | "document" | "letter" | "communique" => {
                        said.find(|r| matches!(r.footing, Footing::Body | Footing::Named))
                    }
                    _ if is_unnamed(head) => {
                        let plural = is_plural(head);
                        let named_so = self.said.iter().rev().find(|r| {
                            r.footing == Footing::Named
                                && r.words
                                    .to_lowercase()
                                    .split(|c: char| !c.is_alphanumeric())
                                    .any(|w| w == head)
                        });
                        let official = matches!(
                            head,
                            "official"
                                | "source"
                                | "officials"
                                | "sources"
                                | "people"
                                | "person"
                                | "diplomat"
                                | "diplomats"
                                | "insider"
                        );
                        if official {
                            self.last_unnamed(head, plural).or(named_so)
                        } else {
                            named_so.or_else(|| {
                                self.said.iter().rev().find(|r| {
                                    matches!(r.footing, Footing::Unnamed | Footing::Named)
                                        && r.plural == plural
                                })
                            })
                        }
                    }
                    _ => self.said.iter().rev().find(|r| {
                        r.words
                            .to_lowercase()
                            .split(|c: char| !c.is_alphanumeric())
                            .any(|w| w == head)
                    }),
                }
            }
            Footing::Named | Footing::Body => {
                let full = names.fullest(&speaker.words)?;
                let last = self.said.last()?;
                // The same person again, right after: through the same outlet.
                (names.is_person(full) && last.words.contains(full)).then_some(last)
            }
            _ => None,
        }
    }
}

/// The last unnamed source whose description has every word of this one:
/// "the Egyptian sources" after "two Egyptian security sources".
fn described_so<'s>(said: &'s [Remembered], speaker: &Speaker) -> Option<&'s Remembered> {
    let lower = speaker.words.to_lowercase();
    let words: Vec<&str> = lower.strip_prefix("the ")?.split(' ').collect();
    said.iter().rev().find(|r| {
        let known = r.words.to_lowercase();
        r.footing == Footing::Unnamed && words.iter().all(|w| known.split(' ').any(|k| k == *w))
    })
}

/// A surname alone becomes the full name the report has given; a title stays.
fn full_name(words: &str, names: &Names) -> String {
    match names.fullest(words) {
        Some(full) if !words.contains(full) => full.to_owned(),
        _ => {
            let tail = words.rsplit(' ').next().unwrap_or(words);
            match names.fullest(tail) {
                Some(full)
                    if !words.contains(full)
                        && words.split(' ').count() <= 3
                        && !words.contains('’') =>
                {
                    full.to_owned()
                }
                _ => words.to_owned(),
            }
        }
    }
}
