//! Talks beside reports, incidents and deadlines, in time.

use super::data::Look;
use crate::{EventKind, SourceKind, When};

/// One of the parallel lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Talks, proposals and changes of who speaks.
    Talks,
    /// What was published when.
    Reports,
    /// What is said to have been done on the ground.
    Incidents,
    /// Instruments and coming days.
    Deadlines,
}

impl Lane {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Talks, Self::Reports, Self::Incidents, Self::Deadlines];

    /// The lane's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Talks => "Talks",
            Self::Reports => "Reports",
            Self::Incidents => "Incidents, as claimed",
            Self::Deadlines => "Instruments and coming days",
        }
    }
}

/// Something in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its lane.
    pub lane: Lane,
    /// What it is.
    pub title: String,
    /// When; an interval where the words leave it open.
    pub when: When,
    /// How many claims are about it.
    pub claims: usize,
    /// Whether it lies after the picture's day.
    pub coming: bool,
}

/// Everything dated, by day and then by name.
pub(super) fn timeline(look: &Look<'_>) -> Vec<Entry> {
    let record = look.record;
    let day = record.as_of;
    let coming = |w: &When| day.is_some_and(|d| w.from.is_some_and(|f| f > d));
    let mut out: Vec<Entry> = Vec::new();
    for (e, event) in record.events.iter().enumerate() {
        let Some(when) = &event.when else { continue };
        let lane = match event.kind {
            EventKind::Talks | EventKind::Proposal | EventKind::Change | EventKind::Statement => {
                Lane::Talks
            }
            EventKind::Incident => Lane::Incidents,
            EventKind::Deadline | EventKind::Instrument => Lane::Deadlines,
        };
        let claims = look.index.about[e].len();
        // An event nobody has yet reported on the picture's day is not in it.
        if claims > 0 || event.kind == EventKind::Deadline {
            out.push(Entry {
                lane,
                title: event.title.clone(),
                when: when.clone(),
                claims,
                coming: coming(when),
            });
        }
    }
    let mut carried = vec![0_usize; record.sources.len()];
    for claim in &record.claims {
        if let Some(&s) = claim.chain.first().and_then(|id| look.index.sources.get(id.as_str())) {
            carried[s] += 1;
        }
    }
    for (s, source) in record.sources.iter().enumerate() {
        if source.kind == SourceKind::Document
            && carried[s] > 0
            && let Some(when) = &source.published
            && !coming(when)
        {
            out.push(Entry {
                lane: Lane::Reports,
                title: source.name.clone(),
                when: when.clone(),
                claims: carried[s],
                coming: false,
            });
        }
    }
    out.sort_by(|a, b| (a.when.from, a.when.to, &a.title).cmp(&(b.when.from, b.when.to, &b.title)));
    out
}
