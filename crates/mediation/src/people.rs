//! Principals, the people who act for them, and what each may do.

use crate::id::{MandateId, MemberId, PrincipalId};
use crate::map::Set;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// In which capacity a principal takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrincipalKind {
    /// Carries and drafts between others.
    Mediator,
    /// A side whose consent an agreement needs.
    Party,
    /// Stands behind the agreement; sees what is disclosed to it.
    Guarantor,
    /// Looks on; sees what is disclosed to it.
    Observer,
}

/// A party, mediator, guarantor or observer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Principal {
    pub(crate) kind: PrincipalKind,
    pub(crate) name: String,
    pub(crate) note: String,
    /// Whom a mediator reaches by a channel that is no secret.
    pub(crate) reaches: Set<PrincipalId>,
    /// Which parties, guarantors and observers know that it takes part; mediators always do.
    pub(crate) known_to: Set<PrincipalId>,
}

/// What a person may do. Nothing, unless granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rights {
    /// See what the principal's rooms hold.
    pub read: bool,
    /// Write where only the principal itself reads.
    pub draft: bool,
    /// Write where others read.
    pub speak: bool,
    /// Answer proposals with effect.
    pub accept: bool,
    /// Change the principal's people and their rights; for the convening
    /// mediator, the table as well.
    pub lead: bool,
}

impl Rights {
    /// No rights.
    pub const NONE: Self =
        Self { read: false, draft: false, speak: false, accept: false, lead: false };
    /// A note-taker, or an adviser who prepares drafts.
    pub const NOTE_TAKER: Self = Self { read: true, draft: true, ..Self::NONE };
    /// A co-mediator, or a delegate who speaks but does not accept.
    pub const SPEAKER: Self = Self { speak: true, ..Self::NOTE_TAKER };
    /// A lead mediator: what it puts to others is never its own to accept.
    pub const LEAD_MEDIATOR: Self = Self { lead: true, ..Self::SPEAKER };
    /// The head of a delegation.
    pub const HEAD: Self = Self { accept: true, ..Self::LEAD_MEDIATOR };

    /// Whether every right here is also in `other`.
    #[must_use]
    pub fn within(self, other: Self) -> bool {
        let at_most = |mine: bool, theirs: bool| !mine || theirs;
        at_most(self.read, other.read)
            && at_most(self.draft, other.draft)
            && at_most(self.speak, other.speak)
            && at_most(self.accept, other.accept)
            && at_most(self.lead, other.lead)
    }
}

/// One right, named in a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// [`Rights::read`].
    Read,
    /// [`Rights::draft`].
    Draft,
    /// [`Rights::speak`].
    Speak,
    /// [`Rights::accept`].
    Accept,
    /// [`Rights::lead`].
    Lead,
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Draft => "draft",
            Self::Speak => "speak",
            Self::Accept => "accept",
            Self::Lead => "lead",
        })
    }
}

impl Right {
    /// Whether it is among these.
    #[must_use]
    pub fn among(self, rights: Rights) -> bool {
        match self {
            Self::Read => rights.read,
            Self::Draft => rights.draft,
            Self::Speak => rights.speak,
            Self::Accept => rights.accept,
            Self::Lead => rights.lead,
        }
    }
}

/// Rights granted to a person, on whose word, when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// Which granting this is.
    pub id: MandateId,
    /// What it allows.
    pub rights: Rights,
    /// The letter, decision or instruction it rests on; may be empty.
    pub basis: String,
}

/// A person with a place in a principal's team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) principal: PrincipalId,
    pub(crate) mandate: Mandate,
    pub(crate) standing: Standing,
    pub(crate) since: Timestamp,
    pub(crate) granted_by: Actor,
}

/// Whether a person may act at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Acts under the current mandate.
    Active,
    /// Sees and does nothing until resumed.
    Suspended,
    /// Has left; `by` took over, if anyone did.
    Replaced {
        /// The successor.
        by: Option<MemberId>,
    },
}

impl Member {
    /// What this person may do now.
    pub(crate) fn rights(&self) -> Rights {
        match self.standing {
            Standing::Active => self.mandate.rights,
            Standing::Suspended | Standing::Replaced { .. } => Rights::NONE,
        }
    }
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// A person, under whatever mandate that person holds.
    Member(MemberId),
    /// Time itself: may only close what is due.
    Clock,
}

/// Who acted, and under which mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// A person under a mandate.
    Member {
        /// The person.
        id: MemberId,
        /// For whom.
        principal: PrincipalId,
        /// Which granting of rights.
        mandate: MandateId,
    },
    /// Time itself.
    Clock,
}
