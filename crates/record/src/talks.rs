//! The talks as reported: who is in them, through whom, about what.

use crate::When;

/// How ready a channel's holder is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reach {
    /// Direct contact.
    Direct,
    /// Contact with reservations.
    Reluctant,
    /// Contact said to exist and not declared.
    Undeclared,
}

impl Reach {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Reluctant => "reluctant",
            Self::Undeclared => "undeclared",
        }
    }
}

/// A mediator, with what is reported of its own stake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mediator {
    /// The actor.
    pub actor: String,
    /// Claims about its own interests.
    pub interests: Vec<String>,
    /// Claims about its reservations.
    pub reservations: Vec<String>,
    /// Claims about its willingness.
    pub willingness: Vec<String>,
}

/// A channel between two actors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its id.
    pub id: String,
    /// The two ends.
    pub between: (String, String),
    /// How it is said to reach.
    pub reach: Reach,
    /// When it is said to have opened.
    pub from: Option<When>,
    /// When it is said to have closed.
    pub to: Option<When>,
    /// The claims it rests on.
    pub claims: Vec<String>,
}

/// Something on the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The claims that it is on the table.
    pub claims: Vec<String>,
}

/// What a side is reported to hold on an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PositionStatus {
    /// Accepted in principle.
    AcceptedInPrinciple,
    /// Refused.
    Refused,
    /// Acceptable on conditions.
    Conditional,
    /// Asked for.
    Sought,
    /// Nothing reported.
    Silent,
}

impl PositionStatus {
    /// The words shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AcceptedInPrinciple => "accepted in principle",
            Self::Refused => "refused",
            Self::Conditional => "conditional",
            Self::Sought => "sought",
            Self::Silent => "silent",
        }
    }
}

/// A position, as a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The issue.
    pub issue: String,
    /// Whose position.
    pub actor: String,
    /// What it is reported to be.
    pub status: PositionStatus,
    /// In the recorder's words.
    pub says: String,
    /// The claims it rests on.
    pub claims: Vec<String>,
}

/// How large a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A first, partial arrangement.
    Small,
    /// A comprehensive one.
    Broad,
}

/// How one proposal is said to stand to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProposalRelation {
    /// Is part of it.
    PartOf,
    /// Stands instead of it.
    AlternativeTo,
    /// May come before it.
    MayPrecede,
    /// May stand in its way.
    MayPreclude,
}

impl ProposalRelation {
    /// The words shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PartOf => "part of",
            Self::AlternativeTo => "alternative to",
            Self::MayPrecede => "may lead to",
            Self::MayPreclude => "may stand in the way of",
        }
    }
}

/// A proposal on the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Who is said to have put it forward.
    pub by: Option<String>,
    /// Small or broad.
    pub scope: Scope,
    /// How it is said to stand to others, each with the claims for it.
    pub relations: Vec<(ProposalRelation, String, Vec<String>)>,
    /// The claims it rests on.
    pub claims: Vec<String>,
}

/// An existing instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// When it was signed.
    pub signed: Option<When>,
    /// Its parties.
    pub parties: Vec<String>,
    /// What it is said to provide, by claim.
    pub claims: Vec<String>,
}

/// Everything reported about the talks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Talks {
    /// The principals, in order.
    pub parties: Vec<String>,
    /// Those who carry between them.
    pub mediators: Vec<Mediator>,
    /// Who can reach whom.
    pub channels: Vec<Channel>,
    /// What is on the table.
    pub issues: Vec<Issue>,
    /// Who is reported to hold what.
    pub positions: Vec<Position>,
    /// What has been put forward.
    pub proposals: Vec<Proposal>,
    /// What is already signed.
    pub instruments: Vec<Instrument>,
}
