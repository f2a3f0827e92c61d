//! Items: what is said in a room, how it may be attributed, and whether it may be carried on.

use crate::id::IssueId;
use crate::table::Package;
use serde::{Deserialize, Serialize};

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// What a side says it wants.
    Position,
    /// Anything addressed to those in the room.
    Message,
    /// For the file.
    Note,
    /// A package put forward; binds nobody.
    Proposal,
}

/// How what was said may be attributed, from the narrowest.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum AttributionLevel {
    /// Not to be used outside the room.
    #[default]
    OffTheRecord,
    /// May be used without any attribution.
    DeepBackground,
    /// May be used with the agreed description.
    Background,
    /// May be used with the name.
    OnTheRecord,
}

/// The attribution agreed on, with its wording, since conventions differ.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Attribution {
    /// Which kind.
    pub level: AttributionLevel,
    /// The words agreed on ("an official familiar with the talks"), or the
    /// rule as agreed; may be empty except on background.
    pub wording: String,
}

/// Whether a mediator may carry an item to another room, from the narrowest.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// Stays in the room.
    #[default]
    DoNotConvey,
    /// As the mediator's own words and thought, without a trace of the source.
    AsOwn,
    /// With the agreed attribution.
    MayConvey,
}

/// What is said, with everything that decides where it may go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// What it is.
    pub kind: ItemKind,
    /// The words.
    pub text: String,
    /// The language of the words (BCP 47); empty when not said.
    #[serde(default)]
    pub language: String,
    /// The issues it is about.
    #[serde(default)]
    pub about: Vec<IssueId>,
    /// The package, of a proposal.
    #[serde(default)]
    pub package: Package,
    /// How it may be attributed.
    #[serde(default)]
    pub attribution: Attribution,
    /// Whether it may be carried on.
    #[serde(default)]
    pub permission: Permission,
}

/// In whose voice an item speaks to its readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// Its author's own.
    Own,
    /// Reported by its author.
    Reported {
        /// The source as agreed; `None` without any attribution.
        source: Option<String>,
        /// Whether the words are the source's own, unchanged.
        verbatim: bool,
    },
}

/// How a mediator carries an item to another room.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Conveyance {
    /// As the mediator's own, though attribution would be permitted.
    pub as_own: bool,
    /// In these words instead of the source's.
    pub reworded: Option<String>,
}
