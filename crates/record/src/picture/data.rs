//! What the picture holds.

use super::channels::{self, ChannelView, SinglePoint};
use super::matrix::{self, Row};
use super::timeline::{self, Entry};
use crate::check::{EventView, source_name};
use crate::independence::Origins;
use crate::{Index, Record, Visibility, check};
use jiff::civil::Date;

/// A claim as it is cited in the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The claim's id.
    pub claim: String,
    /// What it says, in the recorder's words.
    pub says: String,
    /// Who reports it, citing whom.
    pub by: String,
    /// The exact passage, where the record keeps it.
    pub passage: Option<String>,
    /// The passage's language.
    pub language: Option<String>,
}

/// A party with its mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyView {
    /// A letter; never a colour alone.
    pub mark: String,
    /// Its name.
    pub name: String,
    /// Its own names for itself.
    pub own_names: Vec<String>,
    /// Who is reported to hold which role for it, on the picture's day.
    pub people: Vec<String>,
}

/// A mediator: a role, with what is reported of its own stake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediatorView {
    /// Its name.
    pub name: String,
    /// The parties it is reported to reach.
    pub reaches: Vec<String>,
    /// Who is reported to hold which role for it.
    pub people: Vec<String>,
    /// Claims about its own interests.
    pub interests: Vec<Cited>,
    /// Claims about its reservations.
    pub reservations: Vec<Cited>,
    /// Claims about its willingness.
    pub willingness: Vec<Cited>,
}

/// A proposal as reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalView {
    /// Its name.
    pub title: String,
    /// Who is said to have put it forward.
    pub by: Option<String>,
    /// `small` or `broad`.
    pub scope: &'static str,
    /// How it is said to stand to another, and on which claims.
    pub relations: Vec<(String, Vec<Cited>)>,
    /// The claims it rests on.
    pub claims: Vec<Cited>,
}

/// The picture of a record on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The record's title.
    pub title: String,
    /// The banner, for a public record.
    pub banner: Option<String>,
    /// The day it shows.
    pub as_of: Option<Date>,
    /// What whoever keeps the record says about it.
    pub note: Option<String>,
    /// The principals.
    pub parties: Vec<PartyView>,
    /// Those who carry between them.
    pub mediators: Vec<MediatorView>,
    /// Who can reach whom.
    pub channels: Vec<ChannelView>,
    /// What would cut parties off from one another.
    pub single_points: Vec<SinglePoint>,
    /// Issues by parties.
    pub matrix: Vec<Row>,
    /// What has been put forward.
    pub proposals: Vec<ProposalView>,
    /// Events and reports in time.
    pub timeline: Vec<Entry>,
    /// Events whose versions part, or that someone denied or did not affirm.
    pub open: Vec<EventView>,
    /// What is already signed, with when, whose it is and the claims about it.
    pub instruments: Vec<(String, String, Vec<Cited>)>,
    /// How many claims the picture rests on.
    pub claims: usize,
    /// How many of those are kept for the team.
    pub team_claims: usize,
}

/// Makes the picture of a record as it stands. For another day, give the
/// record [as of](Record::as_of) that day.
#[must_use]
pub fn picture(record: &Record) -> Picture {
    let index = record.index();
    let origins = Origins::new(record, &index);
    let look = Look { record, index: &index };
    let (channels, single_points) = channels::channels(&look);
    let open = (0..record.events.len())
        .filter(|&e| !index.about[e].is_empty())
        .map(|e| check::view(record, &index, &origins, e))
        .filter(|v| !v.responses.is_empty() || v.questions.iter().any(|q| q.divergence.is_some()))
        .collect();
    Picture {
        title: record.title.clone(),
        banner: record.banner(None),
        as_of: record.as_of,
        note: record.note.clone(),
        parties: look.parties(),
        mediators: look.mediators(&channels),
        channels,
        single_points,
        matrix: matrix::matrix(&look),
        proposals: look.proposals(),
        timeline: timeline::timeline(&look),
        open,
        instruments: look.instruments(),
        claims: record.claims.len(),
        team_claims: record.claims.iter().filter(|c| c.visibility == Visibility::Team).count(),
    }
}

/// A record with its index.
pub(super) struct Look<'a> {
    pub(super) record: &'a Record,
    pub(super) index: &'a Index<'a>,
}

impl Look<'_> {
    pub(super) fn actor(&self, id: &str) -> String {
        self.index
            .actors
            .get(id)
            .map_or_else(|| id.to_owned(), |&a| self.record.actors[a].name.clone())
    }

    /// The claims of these ids that the record (still) has.
    pub(super) fn cited(&self, ids: &[String]) -> Vec<Cited> {
        ids.iter()
            .filter_map(|id| self.index.claims.get(id.as_str()))
            .map(|&c| {
                let claim = &self.record.claims[c];
                let names: Vec<String> =
                    claim.chain.iter().map(|s| source_name(self.record, self.index, s)).collect();
                Cited {
                    claim: claim.id.clone(),
                    says: claim.says.clone(),
                    by: names.join(", citing "),
                    passage: claim.passage.clone(),
                    language: claim.language.clone(),
                }
            })
            .collect()
    }

    /// Whether the record, on its day, has any claim for an item that names claims.
    pub(super) fn stands(&self, claims: &[String]) -> bool {
        claims.is_empty() || claims.iter().any(|c| self.index.claims.contains_key(c.as_str()))
    }

    /// Who holds which role for an actor on the record's day.
    fn people(&self, of: &str) -> Vec<String> {
        let mut out = Vec::new();
        for actor in &self.record.actors {
            for role in
                actor.roles.iter().filter(|r| r.of.as_deref() == Some(of) && self.stands(&r.claims))
            {
                let begun = self
                    .record
                    .as_of
                    .is_none_or(|day| role.from.as_ref().is_none_or(|w| w.may_begin_by(day)));
                let ended = role.to.as_ref().is_some_and(|w| {
                    self.record.as_of.is_none_or(|day| w.to.is_none_or(|to| to <= day))
                });
                let since = role
                    .from
                    .as_ref()
                    .map_or_else(String::new, |w| format!(", since {}", w.days()));
                let until =
                    role.to.as_ref().map_or_else(String::new, |w| format!(", until {}", w.days()));
                if begun {
                    let past = if ended { "formerly " } else { "" };
                    let until = if ended { until } else { String::new() };
                    out.push(format!("{}: {past}{}{since}{until}", actor.name, role.title));
                }
            }
        }
        out
    }

    fn parties(&self) -> Vec<PartyView> {
        let letters = 'A'..='Z';
        let marks = letters.map(String::from).chain((27..).map(|n| format!("P{n}")));
        self.record
            .talks
            .parties
            .iter()
            .zip(marks)
            .map(|(id, mark)| {
                let own_names = self
                    .index
                    .actors
                    .get(id.as_str())
                    .map_or_else(Vec::new, |&a| self.record.actors[a].own_names.clone());
                PartyView { mark, name: self.actor(id), own_names, people: self.people(id) }
            })
            .collect()
    }

    fn mediators(&self, channels: &[ChannelView]) -> Vec<MediatorView> {
        let parties: Vec<String> =
            self.record.talks.parties.iter().map(|p| self.actor(p)).collect();
        self.record
            .talks
            .mediators
            .iter()
            .map(|m| {
                let name = self.actor(&m.actor);
                let reaches = parties
                    .iter()
                    .filter(|p| {
                        channels.iter().any(|c| {
                            c.open
                                && (c.ends.0 == name && c.ends.1 == **p
                                    || c.ends.1 == name && c.ends.0 == **p)
                        })
                    })
                    .cloned()
                    .collect();
                MediatorView {
                    reaches,
                    people: self.people(&m.actor),
                    interests: self.cited(&m.interests),
                    reservations: self.cited(&m.reservations),
                    willingness: self.cited(&m.willingness),
                    name,
                }
            })
            .collect()
    }

    fn proposals(&self) -> Vec<ProposalView> {
        let title = |id: &str| {
            self.record
                .talks
                .proposals
                .iter()
                .find(|p| p.id == id)
                .map_or_else(|| id.to_owned(), |p| p.title.clone())
        };
        self.record
            .talks
            .proposals
            .iter()
            .filter(|p| self.stands(&p.claims))
            .map(|p| ProposalView {
                title: p.title.clone(),
                by: p.by.as_deref().map(|a| self.actor(a)),
                scope: match p.scope {
                    crate::talks::Scope::Small => "small",
                    crate::talks::Scope::Broad => "broad",
                },
                relations: p
                    .relations
                    .iter()
                    .filter(|(_, _, claims)| self.stands(claims))
                    .map(|(kind, to, claims)| {
                        (format!("{} {}", kind.name(), title(to)), self.cited(claims))
                    })
                    .collect(),
                claims: self.cited(&p.claims),
            })
            .collect()
    }

    fn instruments(&self) -> Vec<(String, String, Vec<Cited>)> {
        self.record
            .talks
            .instruments
            .iter()
            .map(|i| {
                let parties: Vec<String> = i.parties.iter().map(|p| self.actor(p)).collect();
                let signed =
                    i.signed.as_ref().map_or_else(String::new, |w| format!("signed {}", w.days()));
                let facts = [signed, parties.join(", ")]
                    .into_iter()
                    .filter(|s| !s.is_empty())
                    .collect::<Vec<_>>()
                    .join("; ");
                (i.title.clone(), facts, self.cited(&i.claims))
            })
            .collect()
    }
}
