//! What a record shows about each event: which versions there are, how many
//! independent origins each has, where versions part, and what rests on little.

use crate::import::Terms;
use crate::independence::{Independent, Origin, Origins};
use crate::{Claim, Index, LinkKind, Record, Stance};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What was found about a whole record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The record's title.
    pub title: String,
    /// The banner to show, for a public record.
    pub banner: Option<String>,
    /// How many claims there are.
    pub claims: usize,
    /// Every event that has claims, in record order.
    pub events: Vec<EventView>,
    /// Circles of citation: ids of the sources in each.
    pub circles: Vec<Vec<String>>,
    /// Pairs of claims a person has marked as contradicting or denying.
    pub contradictions: Vec<Contradiction>,
    /// Claims about no event of the record.
    pub without_event: Vec<String>,
}

/// Two claims that a person has marked as incompatible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contradiction {
    /// One claim's id.
    pub from: String,
    /// `contradicts` or `denies`.
    pub kind: &'static str,
    /// The other's id.
    pub to: String,
}

/// One event, as claimed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: &'static str,
    /// When it is said to have happened, in days.
    pub when: Option<String>,
    /// How many claims are about it.
    pub claims: usize,
    /// Independent origins of the claims that assert something about it.
    #[serde(serialize_with = "independent")]
    pub origins: Independent,
    /// Its questions, in the order they first come up.
    pub questions: Vec<Question>,
    /// Claims that deny, decline to comment or affirm nothing. They never
    /// count as support.
    pub responses: Vec<Response>,
    /// What a verifying body found; absent when none has.
    pub finding: Option<String>,
}

/// One question about an event and the answers given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The question; empty for claims that name none.
    pub question: String,
    /// The answers, in the order they first come up.
    pub versions: Vec<VersionView>,
    /// How the answers stand to one another, where there is more than one.
    pub divergence: Option<Divergence>,
    /// Origins, by name, that stand behind every one of several answers: those
    /// who report them render one source in conflicting ways.
    pub rendered_both_ways: Vec<String>,
}

/// Where answers to one question part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Divergence {
    /// One origin stands behind all of them, rendered in conflicting ways by
    /// those who report it.
    OneOriginSeveralRenderings,
    /// Different origins say different things.
    OriginsConflict,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionView {
    /// The answer.
    pub answer: String,
    /// Claims that give it.
    pub claims: Vec<String>,
    /// Who reports it, outermost, each once.
    pub reported_by: Vec<String>,
    /// Where it originates, each once, by name.
    pub origins: Vec<String>,
    /// How many of those are independent.
    #[serde(serialize_with = "independent")]
    pub independent: Independent,
    /// Whether all of it rests on one source that is not named.
    pub rests_on_one_unnamed: bool,
    /// Whether all of it rests on sources that cite only each other.
    pub rests_on_a_circle: bool,
}

/// A claim that affirms nothing, or denies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Response {
    /// The claim's id.
    pub claim: String,
    /// What it does.
    pub stance: &'static str,
    /// Who does it, by name.
    pub by: String,
    /// The answer it is about, where it names one.
    pub answer: Option<String>,
}

fn independent<S: serde::Serializer>(i: &Independent, s: S) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeStruct;
    let mut out = s.serialize_struct("independent", 2)?;
    out.serialize_field("at_least", &i.at_least)?;
    out.serialize_field("at_most", &i.at_most)?;
    out.end()
}

/// Looks at a whole record.
#[must_use]
pub fn check(record: &Record) -> Check {
    let index = record.index();
    let origins = Origins::new(record, &index);
    let events = (0..record.events.len())
        .filter(|&e| !index.about[e].is_empty())
        .map(|e| view(record, &index, &origins, e))
        .collect();
    let circles = origins
        .circles
        .iter()
        .map(|c| c.iter().map(|&s| record.sources[s].id.clone()).collect())
        .collect();
    let contradictions = record
        .links
        .iter()
        .filter_map(|l| {
            let kind = match l.kind {
                LinkKind::Contradicts => "contradicts",
                LinkKind::Denies => "denies",
                _ => return None,
            };
            Some(Contradiction { from: l.from.clone(), kind, to: l.to.clone() })
        })
        .collect();
    let without_event = record
        .claims
        .iter()
        .filter(|c| c.event.as_deref().is_none_or(|e| !index.events.contains_key(e)))
        .map(|c| c.id.clone())
        .collect();
    Check {
        title: record.title.clone(),
        banner: record.banner(None),
        claims: record.claims.len(),
        events,
        circles,
        contradictions,
        without_event,
    }
}

/// One event of a record; none when there is no event of that id.
#[must_use]
pub fn event(record: &Record, id: &str) -> Option<EventView> {
    let (e, index) = record.index_of_event(id)?;
    let origins = Origins::new(record, &index);
    Some(view(record, &index, &origins, e))
}

/// One event, with the indexes already made.
#[must_use]
pub fn view(record: &Record, index: &Index<'_>, origins: &Origins, e: usize) -> EventView {
    let event = &record.events[e];
    let claims: Vec<&Claim> = index.about[e].iter().map(|&c| &record.claims[c]).collect();
    let asserting = claims.iter().copied().filter(|c| c.stance == Stance::Asserts);
    let all = origins.together(asserting.clone(), index);
    let mut order: Vec<&str> = Vec::new();
    let mut by_question: BTreeMap<&str, Vec<(&str, Vec<&Claim>)>> = BTreeMap::new();
    for claim in asserting {
        let (question, answer) =
            claim.version.as_ref().map_or(("", ""), |v| (v.question.as_str(), v.answer.as_str()));
        let answers = by_question.entry(question).or_insert_with(|| {
            order.push(question);
            Vec::new()
        });
        match answers.iter_mut().find(|(a, _)| *a == answer) {
            Some((_, list)) => list.push(claim),
            None => answers.push((answer, vec![claim])),
        }
    }
    let questions = order
        .into_iter()
        .map(|q| {
            let answers = by_question.remove(q).unwrap_or_default();
            let sets: Vec<BTreeSet<usize>> = answers
                .iter()
                .map(|(_, list)| origins.together(list.iter().copied(), index))
                .collect();
            let several = !q.is_empty() && answers.len() > 1;
            let shared: Vec<usize> = sets.first().map_or_else(Vec::new, |first| {
                first.iter().copied().filter(|o| sets.iter().all(|s| s.contains(o))).collect()
            });
            let divergence = several.then_some(if shared.is_empty() {
                Divergence::OriginsConflict
            } else {
                Divergence::OneOriginSeveralRenderings
            });
            let rendered_both_ways = if several {
                shared
                    .iter()
                    .filter_map(|o| origins.origin(*o))
                    .map(|o| origin_name(record, index, o))
                    .collect()
            } else {
                Vec::new()
            };
            let versions = answers
                .iter()
                .zip(&sets)
                .map(|((answer, list), set)| version(record, index, origins, answer, list, set))
                .collect();
            Question { question: q.to_owned(), versions, divergence, rendered_both_ways }
        })
        .collect();
    let responses = claims
        .iter()
        .filter(|c| c.stance != Stance::Asserts)
        .map(|c| Response {
            claim: c.id.clone(),
            stance: c.stance.name(),
            by: c.chain.last().map_or_else(String::new, |s| source_name(record, index, s)),
            answer: c.version.as_ref().map(|v| v.answer.clone()),
        })
        .collect();
    EventView {
        id: event.id.clone(),
        title: event.title.clone(),
        kind: event.kind.name(),
        when: event.when.as_ref().map(crate::When::days),
        claims: claims.len(),
        origins: origins.count(&all),
        questions,
        responses,
        finding: event.finding.clone(),
    }
}

fn version(
    record: &Record,
    index: &Index<'_>,
    origins: &Origins,
    answer: &str,
    claims: &[&Claim],
    set: &BTreeSet<usize>,
) -> VersionView {
    let mut reported_by: Vec<String> = Vec::new();
    for claim in claims {
        if let Some(outer) = claim.chain.first() {
            let name = source_name(record, index, outer);
            if !reported_by.contains(&name) {
                reported_by.push(name);
            }
        }
    }
    let unnamed_terms =
        claims.iter().all(|c| matches!(c.terms, Terms::Anonymous | Terms::Background));
    let one = set.len() == 1;
    VersionView {
        answer: answer.to_owned(),
        claims: claims.iter().map(|c| c.id.clone()).collect(),
        reported_by,
        origins: set
            .iter()
            .filter_map(|o| origins.origin(*o))
            .map(|o| origin_name(record, index, o))
            .collect(),
        independent: origins.count(set),
        rests_on_one_unnamed: one && set.iter().all(|o| origins.is_unnamed(*o)) && unnamed_terms,
        rests_on_a_circle: !set.is_empty() && set.iter().all(|o| origins.is_circle(*o)),
    }
}

/// A source's name, or its id when it is not in the record.
#[must_use]
pub fn source_name(record: &Record, index: &Index<'_>, id: &str) -> String {
    let Some(&s) = index.sources.get(id) else { return id.to_owned() };
    let source = &record.sources[s];
    match source.outlet.as_deref().and_then(|o| index.sources.get(o)) {
        Some(&o) if source.kind == crate::SourceKind::Document => {
            let outlet = &record.sources[o].name;
            source
                .published
                .as_ref()
                .map_or_else(|| outlet.clone(), |w| format!("{outlet} ({})", w.days()))
        }
        _ => source.name.clone(),
    }
}

fn origin_name(record: &Record, index: &Index<'_>, origin: &Origin) -> String {
    match origin {
        Origin::Source(id) => source_name(record, index, id),
        Origin::Actor(id) => index
            .actors
            .get(id.as_str())
            .map_or_else(|| id.clone(), |&a| record.actors[a].name.clone()),
        Origin::Circle(id) => format!(
            "sources that cite only each other, {} among them",
            source_name(record, index, id)
        ),
    }
}
