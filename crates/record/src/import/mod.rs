//! Import: from a report's text to proposals for the record.
//!
//! Offline and deterministic: cue words, not models. What the rules find are
//! proposals for a person to confirm, edit or discard; what they miss is
//! measured and published in `docs/record.md`.

mod attribution;
mod boilerplate;
mod chain;
pub mod confirm;
mod dates;
mod document;
mod hedge;
mod html;
mod lexicon;
mod names;
mod outer;
mod outlets;
mod proposal;
mod sentence;
mod speaker;
mod token;

pub use proposal::{Proposals, ProposedClaim, ProposedDate, ProposedResponse, ResponseKind, Terms};

use crate::hidden;
use attribution::{Sentence, same_outlet};
use chain::{Memory, Resolved};
use dates::{Resolver, Time};
use detente_model::diagnostic::{Diagnostic, Loaded, Sources, Span};
use jiff::civil::Date;
use lexicon::Cue;
use speaker::Footing;
use std::rc::Rc;

/// The most text one report may hold, in bytes.
pub const MOST_BYTES: usize = 4 << 20;

/// Reads a report's text and proposes claims, dates and aliases.
///
/// `name` is what the text is called in diagnostics; `source` is whose report
/// it is, when known.
#[must_use]
pub fn propose(name: &str, text: &str, dated: Date, source: Option<&str>) -> Loaded<Proposals> {
    let mut sources = Sources::default();
    if text.len() > MOST_BYTES {
        let diagnostic = Diagnostic::error(
            "text-too-large",
            format!(
                "the text is {} bytes long; a report of at most {MOST_BYTES} bytes can be imported",
                text.len()
            ),
        )
        .in_file(name)
        .at(Span::new(MOST_BYTES, MOST_BYTES))
        .hint("cut the file down to the report itself, or import its parts one by one");
        return Loaded { value: None, diagnostics: vec![diagnostic], sources };
    }
    sources.insert(name, text);
    let mut diagnostics = hidden::warnings(name, text);
    if html::looks_like_html(text)
        && let Some((element, at)) = html::never_closed(text)
    {
        diagnostics.push(
            Diagnostic::warning(
                "never-closed",
                format!("<{element}> is opened here and never closed; the page may be cut off"),
            )
            .in_file(name)
            .at(Span::new(at, at + element.len() + 1))
            .hint(
                "the text was read all the same; compare the end of the report with the original",
            ),
        );
    }
    let document = document::read(text);
    if document.paragraphs.is_empty() {
        diagnostics.push(
            Diagnostic::error("no-text", "no text of a report was found")
                .in_file(name)
                .hint("give plain text or an HTML page with paragraphs"),
        );
        return Loaded { value: None, diagnostics, sources };
    }
    let proposals = Reading::new(&document, dated, source).run();
    Loaded { value: Some(proposals), diagnostics, sources }
}

struct Reading<'a> {
    document: &'a document::Document,
    names: Rc<names::Names>,
    outer: String,
    agency: Option<String>,
    memory: Memory,
    out: Proposals,
}

impl<'a> Reading<'a> {
    fn new(document: &'a document::Document, dated: Date, source: Option<&str>) -> Self {
        let names = Rc::new(names::names(&document.paragraphs));
        let detected = source
            .is_none()
            .then(|| {
                outer::detect(&document.paragraphs, &document.dropped, document.site.as_deref())
            })
            .flatten();
        let source_detected = detected.is_some();
        let outer =
            source.map(str::to_owned).or(detected).unwrap_or_else(|| "this report".to_owned());
        let agency = document
            .paragraphs
            .iter()
            .take(4)
            .find_map(|p| outer::dateline_agency(p))
            .or_else(|| document.dropped.iter().find_map(|d| outer::byline_agency(d)))
            .filter(|a| !same_outlet(a, &outer));
        let memory = Memory::new(&outer);
        let out = Proposals {
            status: "proposal",
            source: outer.clone(),
            source_detected,
            dated,
            claims: Vec::new(),
            dates: Vec::new(),
            alias_groups: names.groups.clone(),
            dropped: document.dropped.clone(),
            responses: Vec::new(),
            own_voice: Vec::new(),
        };
        Self { document, names, outer, agency, memory, out }
    }

    fn run(mut self) -> Proposals {
        let mut resolver = Resolver::new(self.out.dated);
        let document = self.document;
        let mut open_quotation = false;
        for (index, text) in document.paragraphs.iter().enumerate() {
            let masked = sentence::mask(text);
            let ranges = sentence::sentences(&masked);
            let times = resolver.paragraph(text, &ranges);
            self.out.dates.extend(times.iter().map(|t| ProposedDate {
                when: t.when.clone(),
                derived_from: t.derived_from.clone(),
                paragraph: index + 1,
            }));
            let heading = ranges.len() == 1
                && !text.trim_end().ends_with(['.', '!', '?', '”', '"', '؟', '…', ':', '’'])
                && text.split_whitespace().count() < 16
                || hedge::is_headline(text);
            if !heading {
                self.paragraph(index + 1, text, &masked, &ranges, &times, open_quotation);
            }
            open_quotation =
                text.starts_with('“') && text.matches('“').count() > text.matches('”').count();
        }
        let grouped = outlets_by_several_names(&self.out.claims);
        self.out.alias_groups.extend(grouped);
        self.out
    }

    fn paragraph(
        &mut self,
        number: usize,
        text: &str,
        masked: &sentence::Masked<'_>,
        ranges: &[(usize, usize)],
        times: &[Time],
        continues: bool,
    ) {
        let names = Rc::clone(&self.names);
        let lead = outer::dateline_length(text);
        // The claim of this paragraph that a bare quotation after it continues.
        let mut previous: Option<usize> = None;
        // Quotations that stand before anyone is named.
        let mut waiting: Option<usize> = None;
        for (k, &(from, to)) in ranges.iter().enumerate() {
            let from = if k == 0 { from.max(lead.min(to)) } else { from };
            let passage = text[from..to].trim();
            if passage.is_empty() {
                continue;
            }
            let sentence = Sentence {
                text,
                tokens: token::tokens(text, &masked.mask, (from, to)),
                dates: times.iter().map(|t| (t.start, t.end)).collect(),
                names: &names,
            };
            if let Some(kind) = hedge::response(&sentence) {
                self.out.responses.push(ProposedResponse {
                    passage: passage.to_owned(),
                    kind,
                    paragraph: number,
                });
                if !hedge::also_claims(&sentence) {
                    previous = None;
                    continue;
                }
            }
            if let Some(source) = chain::source_of_the_one_before(&sentence)
                && self.gains_source(source)
            {
                continue;
            }
            let links = chain::links(&sentence);
            let only_quotation = links.is_empty() && hedge::is_quotation(&sentence);
            if only_quotation {
                match previous {
                    Some(claim) => self.extend(claim, text, to),
                    None if continues && k == 0 && self.out.claims.last().is_some() => {
                        previous = self.continue_quotation(number, passage);
                    }
                    None => waiting = waiting.or(Some(from)),
                }
                continue;
            }
            if links.is_empty()
                && let Some(name) = subject(&sentence)
            {
                self.memory.mention(&name);
            }
            if links.is_empty() {
                let hedged = hedge::hedge(&sentence);
                if let Some(cue) = hedged {
                    self.unattributed(number, passage, &sentence, times, (from, to), cue);
                } else if hedge::own_voice(passage) {
                    self.out.own_voice.push(passage.to_owned());
                }
                previous = None;
                waiting = None;
                continue;
            }
            let start = waiting.take().unwrap_or(from);
            for (n, link) in links.iter().enumerate() {
                let resolved = self.memory.resolve(link, &names);
                // Where two sides speak in one sentence, each has the dates of its own part.
                let part = (
                    if n == 0 { from } else { link.attribution.start },
                    links.get(n + 1).map_or(to, |next| next.attribution.start),
                );
                let claim =
                    self.claim(number, &text[start..to], &sentence, link, &resolved, times, part);
                self.out.claims.push(claim);
            }
            previous = self.out.claims.len().checked_sub(1);
        }
    }

    /// "It quoted unnamed officials": whom the outlet before rests on. False
    /// when the claim before is not an outlet's own.
    fn gains_source(&mut self, source: speaker::Speaker) -> bool {
        let unnamed = source.footing == Footing::Unnamed;
        match self.out.claims.last_mut() {
            Some(claim) if claim.terms == Terms::Unattributed && claim.chain.len() > 1 => {
                claim.chain.push(source.words);
                claim.terms = if unnamed { Terms::Anonymous } else { Terms::OnRecord };
                true
            }
            _ => false,
        }
    }

    /// Lengthens a claim's passage to this end: the quotation goes on.
    fn extend(&mut self, claim: usize, text: &str, to: usize) {
        if let Some(claim) = self.out.claims.get_mut(claim)
            && let Some(start) = text.find(claim.passage.as_str())
        {
            text[start..to].clone_into(&mut claim.passage);
        }
    }

    /// A quotation that runs on from the paragraph before.
    fn continue_quotation(&mut self, number: usize, passage: &str) -> Option<usize> {
        let mut claim = self.out.claims.last()?.clone();
        passage.clone_into(&mut claim.passage);
        claim.paragraph = number;
        claim.happened = None;
        claim.inferred.clone_from(&claim.chain);
        self.out.claims.push(claim);
        Some(self.out.claims.len() - 1)
    }

    fn chain(&self, resolved: &Resolved) -> Vec<String> {
        let mut chain = vec![self.outer.clone()];
        for name in self.agency.iter().chain(&resolved.via) {
            if !chain.iter().any(|c| same_outlet(c, name)) {
                chain.push(name.clone());
            }
        }
        if let Some(speaker) = &resolved.speaker
            && !(resolved.footing == Footing::Outlet
                && chain.iter().any(|c| same_outlet(c, speaker)))
        {
            chain.push(speaker.clone());
        }
        chain
    }

    #[allow(clippy::too_many_arguments)]
    fn claim(
        &self,
        paragraph: usize,
        passage: &str,
        sentence: &Sentence<'_>,
        link: &chain::Link,
        resolved: &Resolved,
        times: &[Time],
        range: (usize, usize),
    ) -> ProposedClaim {
        let wording = hedge::terms_wording(passage);
        let terms = match resolved.footing {
            _ if wording.as_deref().is_some_and(hedge::is_background) => Terms::Background,
            Footing::Unnamed | Footing::Back => Terms::Anonymous,
            Footing::Press | Footing::Outlet => Terms::Unattributed,
            Footing::Named | Footing::Body => Terms::OnRecord,
        };
        let chain = self.chain(resolved);
        let inferred = resolved.inferred.iter().filter(|i| chain.contains(i)).cloned().collect();
        let (happened, said) = when(sentence, link, times, range);
        ProposedClaim {
            passage: passage.trim().to_owned(),
            chain,
            terms,
            terms_wording: wording,
            happened,
            said,
            cue: link.attribution.verb.clone(),
            inferred,
            paragraph,
        }
    }

    fn unattributed(
        &mut self,
        paragraph: usize,
        passage: &str,
        sentence: &Sentence<'_>,
        times: &[Time],
        range: (usize, usize),
        cue: String,
    ) {
        let nobody = Resolved {
            via: Vec::new(),
            speaker: None,
            footing: Footing::Press,
            inferred: Vec::new(),
        };
        let happened = times
            .iter()
            .find(|t| {
                t.start >= range.0
                    && t.end <= range.1
                    && t.derived_from.is_none()
                    && hedge::dates_an_event(sentence, t)
            })
            .map(|t| t.when.clone());
        let chain = self.chain(&nobody);
        self.out.claims.push(ProposedClaim {
            passage: passage.to_owned(),
            chain,
            terms: Terms::Unattributed,
            terms_wording: None,
            happened,
            said: None,
            cue,
            inferred: Vec::new(),
            paragraph,
        });
    }
}

/// The person a sentence opens with, by the fullest name the report gives.
fn subject(sentence: &Sentence<'_>) -> Option<String> {
    let person = sentence
        .tokens
        .iter()
        .take(6)
        .filter(|t| t.is_capital())
        .map(|t| token::bare(t.text))
        .find(|n| sentence.names.is_person(n))?;
    sentence.names.fullest(person).map(str::to_owned)
}

/// Outlets that the chains name in more than one way: "Anadolu Agency", "Anadolu".
fn outlets_by_several_names(claims: &[ProposedClaim]) -> Vec<Vec<String>> {
    let mut groups: Vec<Vec<String>> = Vec::new();
    for name in claims.iter().flat_map(|c| &c.chain).filter(|n| outlets::is_outlet(n)) {
        match groups.iter_mut().find(|g| g.iter().any(|n| same_outlet(n, name))) {
            Some(group) if !group.contains(name) => group.push(name.clone()),
            Some(_) => {}
            None => groups.push(vec![name.clone()]),
        }
    }
    groups.retain(|g| g.len() > 1);
    groups
}

/// The first of these times, with those that "and" or "or" joins to it.
fn joined(text: &str, times: &[&Time]) -> crate::When {
    let mut end = 0;
    while end + 1 < times.len()
        && matches!(
            text.get(times[end].end..times[end + 1].start).map(str::trim),
            Some("and" | "or")
        )
    {
        end += 1;
    }
    if end == 0 {
        return times[0].when.clone();
    }
    let words = &text[times[0].start..times[end].end];
    crate::When::between(times[0].when.from, times[end].when.to).worded(words)
}

/// When it is said to have happened, and when it was said.
fn when(
    sentence: &Sentence<'_>,
    link: &chain::Link,
    times: &[Time],
    range: (usize, usize),
) -> (Option<crate::When>, Option<crate::When>) {
    let a = &link.attribution;
    let here: Vec<&Time> = times
        .iter()
        .filter(|t| t.start >= range.0 && t.end <= range.1 && t.derived_from.is_none())
        .collect();
    let of_speech = |t: &Time| hedge::dates_speech(sentence, a, t);
    let said = here.iter().find(|t| of_speech(t)).map(|t| t.when.clone());
    let event = here
        .iter()
        .position(|t| !of_speech(t) && hedge::dates_an_event(sentence, t))
        .map(|first| joined(sentence.text, &here[first..]));
    // An act done by speaking happens when it is said.
    let happened = match (event, a.cue) {
        (None, Cue::Act) => said.clone(),
        (event, _) => event,
    };
    (happened, said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn chains(text: &str) -> Vec<Vec<String>> {
        let found = propose("t", text, date(2024, 10, 23), Some("The Paper"));
        found.value.into_iter().flat_map(|p| p.claims).map(|c| c.chain).collect()
    }

    #[test]
    fn he_is_the_minister_named_before() {
        let found = chains(
            "Iran's Foreign Minister Mohammad Javad Zarif said no proposal had come.\n\nHe said a letter had been received.",
        );
        assert_eq!(found.len(), 2);
        assert!(found[1][1].contains("Zarif"), "{found:?}");
    }

    #[test]
    fn a_sentence_that_only_names_the_source_adds_to_the_claim_before() {
        let found = chains("Reuters reported that talks had begun. It quoted unnamed officials.");
        assert_eq!(found, [["The Paper", "Reuters", "unnamed officials"]]);
    }
}
