//! Sealed acceptance: each side answers in private, and only the rule speaks.
//!
//! Nobody, the mediator included, sees another side's answer. At the close
//! every side learns one bit: whether the rule is met. Before it, nothing,
//! not even who has answered, unless the proposal says so to everybody.

use crate::id::{PrincipalId, RoomId, TextId, VersionId};
use crate::table::Package;
use crate::text::Whole;
use detente_bargaining::protocol::sealed_acceptance;
use detente_model::AcceptanceRule;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// When a proposal is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Rule {
    /// Every side it was put to says yes.
    #[default]
    All,
    /// So many say yes, among them these.
    Quota {
        /// How many.
        at_least: u32,
        /// Without whom there is no agreement.
        vetoes: BTreeSet<PrincipalId>,
    },
}

impl Rule {
    /// Whether it is met by these answers. Only a plain yes counts; what is
    /// missing is not a yes.
    #[must_use]
    pub fn is_met(&self, sides: &[PrincipalId], answers: &BTreeMap<PrincipalId, Answer>) -> bool {
        let given = sides.iter().map(|side| answers.get(side).map(Answer::counted));
        !sides.is_empty() && sealed_acceptance::is_met(&self.among(sides), given)
    }

    /// The rule over these sides, by their places.
    fn among(&self, sides: &[PrincipalId]) -> AcceptanceRule {
        match self {
            Self::All => AcceptanceRule::Unanimity,
            Self::Quota { at_least, vetoes } => {
                // A side that was not asked cannot say yes.
                let place = |veto: &PrincipalId| sides.iter().position(|side| side == veto);
                let vetoes = vetoes.iter().map(|veto| place(veto).unwrap_or(sides.len()));
                // A rule that asks for nobody is met by nobody.
                let at_least = if *at_least == 0 { usize::MAX } else { *at_least as usize };
                AcceptanceRule::Quota { at_least, vetoes: vetoes.collect() }
            }
        }
    }
}

/// What is put for acceptance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// What it is called.
    pub title: String,
    /// Its words; may be empty where a text says it all.
    #[serde(default)]
    pub words: String,
    /// The options it would settle on.
    #[serde(default)]
    pub package: Package,
    /// The version of a text it would agree, if any.
    #[serde(default)]
    pub text: Option<(TextId, VersionId)>,
    /// Whether it is all or a part.
    #[serde(default)]
    pub whole: Whole,
    /// When it is accepted.
    #[serde(default)]
    pub rule: Rule,
    /// Until when one may answer; it closes then and not before. Without one,
    /// whoever put it closes it.
    #[serde(default)]
    pub deadline: Option<Timestamp>,
    /// Whether those it is put to are named to each other.
    #[serde(default)]
    pub named: bool,
    /// Whether whoever put it sees which sides have answered (never what).
    #[serde(default)]
    pub turnout: bool,
}

/// A side's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Answer {
    /// Yes.
    Yes,
    /// Yes, if: not a yes for the rule.
    YesIf {
        /// The condition.
        condition: String,
        /// Whether those in the room it was put in are told the condition at once.
        #[serde(default)]
        tell: bool,
    },
    /// No.
    No,
}

impl Answer {
    /// As it counts: a yes with a condition is none.
    fn counted(&self) -> sealed_acceptance::Answer {
        match self {
            Self::Yes => sealed_acceptance::Answer::Yes,
            Self::YesIf { .. } | Self::No => sealed_acceptance::Answer::No,
        }
    }
}

/// How a proposal ended, as everyone it was put to learns it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The rule is met.
    Accepted,
    /// It is not.
    NotAccepted,
    /// It was withdrawn before the close; what was answered stays sealed.
    Withdrawn,
}

/// A side a proposal is put to, and the room in which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutTo {
    /// The side.
    pub party: PrincipalId,
    /// The room.
    pub room: RoomId,
}
