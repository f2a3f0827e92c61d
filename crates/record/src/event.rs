//! Events: what claims are about. An event is a place to put claims, not a finding.

use crate::When;

/// What kind of thing is said to have happened or to be coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventKind {
    /// A meeting, call or round of talks.
    Talks,
    /// Something said to have been done on the ground.
    Incident,
    /// A change of who holds a role.
    Change,
    /// A proposal put forward.
    Proposal,
    /// A statement or position made public.
    Statement,
    /// A day that is coming or that binds.
    Deadline,
    /// A signed instrument, or what is said to have been done under or against it.
    Instrument,
}

impl EventKind {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Talks => "talks",
            Self::Incident => "incident",
            Self::Change => "change",
            Self::Proposal => "proposal",
            Self::Statement => "statement",
            Self::Deadline => "deadline",
            Self::Instrument => "instrument",
        }
    }
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id in the record.
    pub id: String,
    /// Its name, in the recorder's words.
    pub title: String,
    /// What kind it is.
    pub kind: EventKind,
    /// When it is said to have happened.
    pub when: Option<When>,
    /// Where.
    pub place: Option<String>,
    /// Who is said to have taken part.
    pub actors: Vec<String>,
    /// What a body that verifies has found; absent when none has.
    pub finding: Option<String>,
}
