//! The record as a whole, with its indexes.

use crate::{Actor, Claim, Event, Link, Source, Talks};
use jiff::civil::Date;
use std::collections::HashMap;

/// A sourced record of talks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// Its title.
    pub title: String,
    /// The day up to which it was kept.
    pub as_of: Option<Date>,
    /// Whether it is made from published reports only; then its banner is shown.
    pub public_record: bool,
    /// What whoever keeps it says about it.
    pub note: Option<String>,
    /// Where claims come from.
    pub sources: Vec<Source>,
    /// Who they are about.
    pub actors: Vec<Actor>,
    /// What they are about.
    pub events: Vec<Event>,
    /// What was claimed.
    pub claims: Vec<Claim>,
    /// How claims stand to one another.
    pub links: Vec<Link>,
    /// The talks as reported.
    pub talks: Talks,
}

/// Where each id of a record stands.
#[derive(Debug, Clone, Default)]
pub struct Index<'a> {
    /// Sources by id.
    pub sources: HashMap<&'a str, usize>,
    /// Actors by id.
    pub actors: HashMap<&'a str, usize>,
    /// Events by id.
    pub events: HashMap<&'a str, usize>,
    /// Claims by id.
    pub claims: HashMap<&'a str, usize>,
    /// The claims about each event, in record order.
    pub about: Vec<Vec<usize>>,
}

impl Record {
    /// Looks up every id once. Of two items with one id the first is found.
    #[must_use]
    pub fn index(&self) -> Index<'_> {
        fn by_id<'a>(ids: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
            let mut map = HashMap::new();
            for (i, id) in ids.enumerate() {
                map.entry(id).or_insert(i);
            }
            map
        }
        let events = by_id(self.events.iter().map(|e| e.id.as_str()));
        let mut about = vec![Vec::new(); self.events.len()];
        for (i, claim) in self.claims.iter().enumerate() {
            if let Some(&e) = claim.event.as_deref().and_then(|id| events.get(id)) {
                about[e].push(i);
            }
        }
        Index {
            sources: by_id(self.sources.iter().map(|s| s.id.as_str())),
            actors: by_id(self.actors.iter().map(|a| a.id.as_str())),
            claims: by_id(self.claims.iter().map(|c| c.id.as_str())),
            events,
            about,
        }
    }

    /// The words every showing of a public record carries.
    #[must_use]
    pub fn banner(&self, as_of: Option<Date>) -> Option<String> {
        if !self.public_record {
            return None;
        }
        let day =
            as_of.or(self.as_of).map_or_else(|| "an unstated day".to_owned(), |d| d.to_string());
        Some(format!(
            "From published reports up to {day}. Claims, not findings. Incomplete. Not for operational use."
        ))
    }

    /// The record as it stood on a day: claims reported after it are left out,
    /// and so is every link to one.
    #[must_use]
    pub fn as_of(&self, day: Date) -> Self {
        let mut then = self.clone();
        then.claims.retain(|c| c.reported.as_ref().is_none_or(|w| w.may_begin_by(day)));
        then.keep_links();
        then.as_of = Some(day);
        then
    }

    /// Only what anyone may see.
    #[must_use]
    pub fn public_part(&self) -> Self {
        let mut shown = self.clone();
        shown.claims.retain(|c| c.visibility == crate::Visibility::Public);
        shown.keep_links();
        shown
    }

    fn keep_links(&mut self) {
        let ids: std::collections::HashSet<&str> =
            self.claims.iter().map(|c| c.id.as_str()).collect();
        self.links.retain(|l| ids.contains(l.from.as_str()) && ids.contains(l.to.as_str()));
    }
}
