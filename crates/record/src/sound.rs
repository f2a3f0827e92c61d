//! What keeps a record from being used, or is unusual in it. Never whether a
//! claim is true.

use crate::independence::Origins;
use crate::{Index, LinkKind, Record, When, hidden};
use detente_model::diagnostic::Severity;
use std::collections::{HashMap, HashSet};

/// Which item of a record a problem is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    /// The record itself.
    Record,
    /// A source, by its number.
    Source(usize),
    /// An actor, by its number.
    Actor(usize),
    /// An actor's role, by both numbers.
    Role(usize, usize),
    /// An event, by its number.
    Event(usize),
    /// A claim, by its number.
    Claim(usize),
    /// A link, by its number.
    Link(usize),
    /// Something in the picture of the talks, by its id.
    Talks,
}

/// Something wrong or unusual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// A stable identifier.
    pub code: &'static str,
    /// What is the matter, in one sentence.
    pub message: String,
    /// How to mend it.
    pub hint: String,
    /// What it is about.
    pub item: Item,
}

/// Looks through a record.
#[must_use]
pub fn problems(record: &Record) -> Vec<Problem> {
    let index = record.index();
    let mut found = Finder { record, index: &index, problems: Vec::new() };
    found.ids();
    found.sources();
    found.actors();
    found.claims();
    found.links();
    found.circles();
    found.talks();
    found.problems
}

struct Finder<'a> {
    record: &'a Record,
    index: &'a Index<'a>,
    problems: Vec<Problem>,
}

impl Finder<'_> {
    fn error(&mut self, item: Item, code: &'static str, message: String, hint: impl Into<String>) {
        self.problems.push(Problem {
            severity: Severity::Error,
            code,
            message,
            hint: hint.into(),
            item,
        });
    }

    fn warn(&mut self, item: Item, code: &'static str, message: String, hint: impl Into<String>) {
        self.problems.push(Problem {
            severity: Severity::Warning,
            code,
            message,
            hint: hint.into(),
            item,
        });
    }

    fn ids(&mut self) {
        let r = self.record;
        let mut twice: Vec<(Item, String)> = Vec::new();
        let mut seen: HashMap<(&str, &str), ()> = HashMap::new();
        let all =
            r.sources.iter().enumerate().map(|(i, s)| ("source", s.id.as_str(), Item::Source(i)));
        let all = all.chain(
            r.actors.iter().enumerate().map(|(i, a)| ("actor", a.id.as_str(), Item::Actor(i))),
        );
        let all = all.chain(
            r.events.iter().enumerate().map(|(i, e)| ("event", e.id.as_str(), Item::Event(i))),
        );
        let all = all.chain(
            r.claims.iter().enumerate().map(|(i, c)| ("claim", c.id.as_str(), Item::Claim(i))),
        );
        for (kind, id, item) in all {
            if seen.insert((kind, id), ()).is_some() {
                twice.push((item, format!("there are two {kind}s with the id `{id}`")));
            }
        }
        for (item, message) in twice {
            self.error(item, "duplicate-id", message, "give one of them another id");
        }
    }

    fn order(&mut self, item: Item, what: &str, when: Option<&When>) {
        if let Some(When { from: Some(from), to: Some(to), .. }) = when
            && from > to
        {
            self.error(
                item,
                "dates-reversed",
                format!("{what} ends ({to}) before it begins ({from})"),
                "put the earlier day first",
            );
        }
    }

    fn known_source(&mut self, item: Item, id: &str) -> bool {
        let known = self.index.sources.contains_key(id);
        if !known {
            self.error(
                item,
                "unknown-source",
                format!("there is no source `{id}`"),
                "add it under `sources`, or correct the id",
            );
        }
        known
    }

    fn known_actor(&mut self, item: Item, id: &str) {
        if !self.index.actors.contains_key(id) {
            self.error(
                item,
                "unknown-actor",
                format!("there is no actor `{id}`"),
                "add it under `actors`, or correct the id",
            );
        }
    }

    fn known_claims(&mut self, item: Item, ids: &[String]) {
        for id in ids {
            if !self.index.claims.contains_key(id.as_str()) {
                self.error(
                    item,
                    "unknown-claim",
                    format!("there is no claim `{id}`"),
                    "add it under `claims`, or correct the id",
                );
            }
        }
    }

    fn sources(&mut self) {
        for (i, source) in self.record.sources.iter().enumerate() {
            let item = Item::Source(i);
            self.order(item, "the time of publication", source.published.as_ref());
            if let Some(outlet) = &source.outlet {
                self.known_source(item, outlet);
            }
            if let Some(actor) = &source.actor {
                self.known_actor(item, actor);
            }
            for (_, other) in &source.rests_on {
                if !self.known_source(item, other) {
                    continue;
                }
                let cited = &self.record.sources[self.index.sources[other.as_str()]];
                if let (Some(own), Some(theirs)) = (&source.published, &cited.published)
                    && own.surely_before(theirs)
                {
                    self.error(
                        item,
                        "earlier-than-its-source",
                        format!(
                            "`{}` is dated {}, before `{}` ({}), which it rests on",
                            source.id,
                            own.days(),
                            cited.id,
                            theirs.days()
                        ),
                        "correct one of the two dates, or the relation",
                    );
                }
            }
        }
    }

    fn actors(&mut self) {
        let mut holders: HashMap<(&str, Option<&str>), Vec<(usize, usize)>> = HashMap::new();
        for (a, actor) in self.record.actors.iter().enumerate() {
            for (r, role) in actor.roles.iter().enumerate() {
                let item = Item::Role(a, r);
                if let Some(of) = &role.of {
                    self.known_actor(item, of);
                }
                self.known_claims(item, &role.claims);
                if let (Some(from), Some(to)) = (&role.from, &role.to)
                    && to.surely_before(from)
                {
                    self.error(
                        item,
                        "dates-reversed",
                        format!(
                            "the role `{}` of `{}` ends before it begins",
                            role.title, actor.id
                        ),
                        "put the earlier day first",
                    );
                }
                if role.exclusive {
                    holders
                        .entry((role.title.as_str(), role.of.as_deref()))
                        .or_default()
                        .push((a, r));
                    let other =
                        actor.roles[..r].iter().find(|o| o.exclusive && surely_overlap(o, role));
                    if let Some(other) = other {
                        self.error(
                            item,
                            "exclusive-roles",
                            format!(
                                "`{}` holds two exclusive roles at once: {} and {}",
                                actor.id, other.title, role.title
                            ),
                            "say when the first ended, or take `exclusive` off one of them",
                        );
                    }
                }
            }
            if let Some((_, claims)) = &actor.ended {
                self.known_claims(Item::Actor(a), claims);
            }
        }
        let mut held: Vec<_> = holders.into_iter().collect();
        held.sort();
        for ((title, _), list) in held {
            for (k, &(a, r)) in list.iter().enumerate() {
                let clash = list[..k].iter().find(|&&(b, s)| {
                    b != a
                        && surely_overlap(
                            &self.record.actors[a].roles[r],
                            &self.record.actors[b].roles[s],
                        )
                });
                if let Some(&(b, _)) = clash {
                    let (one, two) = (&self.record.actors[b].id, &self.record.actors[a].id);
                    self.error(
                        Item::Role(a, r),
                        "exclusive-roles",
                        format!("`{one}` and `{two}` both hold the exclusive role {title} at once"),
                        "say when the first ended",
                    );
                }
            }
        }
    }

    fn claims(&mut self) {
        for (i, event) in self.record.events.iter().enumerate() {
            self.order(Item::Event(i), "the event", event.when.as_ref());
            for actor in &event.actors {
                self.known_actor(Item::Event(i), actor);
            }
        }
        for (i, claim) in self.record.claims.iter().enumerate() {
            let item = Item::Claim(i);
            if claim.chain.is_empty() {
                self.error(
                    item,
                    "no-source",
                    format!("the claim `{}` has no source", claim.id),
                    "say who reports it: `chain: [source-id]`",
                );
            }
            self.order(item, "the time it was reported", claim.reported.as_ref());
            self.order(item, "the time it is said to have happened", claim.happened.as_ref());
            if let Some(event) = &claim.event
                && !self.index.events.contains_key(event.as_str())
            {
                self.error(
                    item,
                    "unknown-event",
                    format!("there is no event `{event}`"),
                    "add it under `events`, or correct the id",
                );
            }
            for actor in &claim.about {
                self.known_actor(item, actor);
            }
            for source in &claim.chain {
                if !self.known_source(item, source) {
                    continue;
                }
                let source = &self.record.sources[self.index.sources[source.as_str()]];
                if let (Some(reported), Some(published)) = (&claim.reported, &source.published)
                    && reported.surely_before(published)
                {
                    self.error(
                        item,
                        "earlier-than-its-source",
                        format!(
                            "the claim `{}` is dated {}, before its source `{}` ({})",
                            claim.id,
                            reported.days(),
                            source.id,
                            published.days()
                        ),
                        "correct one of the two dates",
                    );
                }
            }
            if claim.content_grade.is_some_and(|g| !(1..=6).contains(&g)) {
                self.error(
                    item,
                    "content-grade",
                    "a content grade is a number from 1 to 6".to_owned(),
                    "1 is confirmed by others, 6 cannot be judged",
                );
            }
            if let Some(passage) = &claim.passage
                && passage.chars().any(hidden::changes_direction)
            {
                self.warn(
                    item,
                    "hidden-direction",
                    format!(
                        "the passage of `{}` holds characters that change its direction",
                        claim.id
                    ),
                    "it is kept as it is; compare it with the original",
                );
            }
        }
    }

    fn links(&mut self) {
        let mut supports: HashMap<&str, Vec<(&str, usize)>> = HashMap::new();
        for (i, link) in self.record.links.iter().enumerate() {
            self.known_claims(Item::Link(i), &[link.from.clone(), link.to.clone()]);
            if link.kind == LinkKind::Supports {
                supports.entry(link.from.as_str()).or_default().push((link.to.as_str(), i));
            }
        }
        if let Some((circle, i)) = circle(&supports) {
            self.error(
                Item::Link(i),
                "circular-support",
                format!("these claims support one another in a circle: {}", circle.join(" → ")),
                "a claim cannot be its own support; take one of the links out",
            );
        }
    }

    fn circles(&mut self) {
        let origins = Origins::new(self.record, self.index);
        for circle in origins.circles.clone() {
            let ids: Vec<&str> =
                circle.iter().map(|&s| self.record.sources[s].id.as_str()).collect();
            let rests = self.record.claims.iter().position(|c| {
                let set = origins.of_claim(c, self.index);
                !set.is_empty()
                    && set.iter().all(|o| origins.is_circle(*o))
                    && c.chain.iter().any(|s| ids.contains(&s.as_str()))
            });
            let message = format!("these sources cite one another in a circle: {}", ids.join(", "));
            match rests {
                Some(c) => {
                    let id = self.record.claims[c].id.clone();
                    self.error(Item::Claim(c), "citation-cycle", format!("the claim `{id}` rests only on sources that cite one another in a circle: {}", ids.join(", ")), "find whom the first of them had it from, or say that it reports in its own voice");
                }
                None => self.warn(
                    Item::Source(circle[0]),
                    "citation-cycle",
                    message,
                    "what they say counts through the sources outside the circle only",
                ),
            }
        }
    }

    fn talks(&mut self) {
        let r = self.record;
        let t = &r.talks;
        let actors = t
            .parties
            .iter()
            .chain(t.mediators.iter().map(|m| &m.actor))
            .chain(t.channels.iter().flat_map(|c| [&c.between.0, &c.between.1]))
            .chain(t.positions.iter().map(|p| &p.actor))
            .chain(t.proposals.iter().filter_map(|p| p.by.as_ref()))
            .chain(t.instruments.iter().flat_map(|i| &i.parties));
        let unknown: HashSet<&String> =
            actors.filter(|a| !self.index.actors.contains_key(a.as_str())).collect();
        let mut unknown: Vec<&String> = unknown.into_iter().collect();
        unknown.sort();
        for id in unknown {
            self.known_actor(Item::Talks, id);
        }
        let mut claims: Vec<String> = Vec::new();
        for m in &t.mediators {
            claims.extend(m.interests.iter().chain(&m.reservations).chain(&m.willingness).cloned());
        }
        claims.extend(
            t.channels
                .iter()
                .flat_map(|c| c.claims.clone())
                .chain(t.issues.iter().flat_map(|c| c.claims.clone()))
                .chain(t.positions.iter().flat_map(|c| c.claims.clone())),
        );
        claims.extend(
            t.proposals
                .iter()
                .flat_map(|p| p.claims.iter().chain(p.relations.iter().flat_map(|r| &r.2)).cloned())
                .chain(t.instruments.iter().flat_map(|i| i.claims.clone())),
        );
        self.known_claims(Item::Talks, &claims);
        let issues: HashSet<&str> = t.issues.iter().map(|i| i.id.as_str()).collect();
        for p in &t.positions {
            if !issues.contains(p.issue.as_str()) {
                self.error(
                    Item::Talks,
                    "unknown-issue",
                    format!("there is no issue `{}`", p.issue),
                    "add it under `talks: issues`, or correct the id",
                );
            }
            if p.claims.is_empty() && p.status != crate::talks::PositionStatus::Silent {
                self.error(
                    Item::Talks,
                    "no-source",
                    format!("the position of `{}` on `{}` rests on no claim", p.actor, p.issue),
                    "name the claim it is taken from, or call it `silent`",
                );
            }
        }
        let proposals: HashSet<&str> = t.proposals.iter().map(|p| p.id.as_str()).collect();
        for p in &t.proposals {
            for (_, other, _) in &p.relations {
                if !proposals.contains(other.as_str()) {
                    self.error(
                        Item::Talks,
                        "unknown-proposal",
                        format!("there is no proposal `{other}`"),
                        "add it under `talks: proposals`, or correct the id",
                    );
                }
            }
        }
    }
}

/// Whether two roles are held at the same time on every reading of their dates.
fn surely_overlap(a: &crate::Role, b: &crate::Role) -> bool {
    // The latest they can have begun, the earliest they can have ended.
    let begins = |r: &crate::Role| r.from.as_ref().and_then(|w| w.to);
    let ends = |r: &crate::Role| r.to.as_ref().map(|w| w.from);
    let before_end =
        |begin: Option<jiff::civil::Date>, end: Option<Option<jiff::civil::Date>>| match (
            begin, end,
        ) {
            (_, None) => true,
            (Some(begin), Some(Some(end))) => begin < end,
            _ => false,
        };
    // A role whose beginning is not known may have begun at any time: only open ends surely meet.
    match (begins(a), begins(b)) {
        (Some(x), Some(y)) => before_end(Some(x), ends(b)) && before_end(Some(y), ends(a)),
        _ => a.to.is_none() && b.to.is_none(),
    }
}

/// A circle in a graph of claims, with the number of a link on it.
fn circle<'a>(edges: &HashMap<&'a str, Vec<(&'a str, usize)>>) -> Option<(Vec<&'a str>, usize)> {
    let mut done: HashSet<&str> = HashSet::new();
    let mut roots: Vec<&str> = edges.keys().copied().collect();
    roots.sort_unstable();
    for root in roots {
        let mut path: Vec<(&str, usize)> = vec![(root, 0)];
        let mut on_path: HashSet<&str> = HashSet::from([root]);
        while let Some((node, at)) = path.last_mut() {
            let next = edges.get(node).and_then(|list| list.get(*at)).copied();
            *at += 1;
            match next {
                None => {
                    done.insert(node);
                    on_path.remove(*node);
                    path.pop();
                }
                Some((to, link)) if on_path.contains(to) => {
                    let from = path.iter().position(|(n, _)| *n == to).unwrap_or(0);
                    let mut names: Vec<&str> = path[from..].iter().map(|(n, _)| *n).collect();
                    names.push(to);
                    return Some((names, link));
                }
                Some((to, _)) if !done.contains(to) => {
                    on_path.insert(to);
                    path.push((to, 0));
                }
                Some(_) => {}
            }
        }
    }
    None
}
