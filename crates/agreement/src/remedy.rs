//! What may be done when one side says that another has not kept its word:
//! a ladder of forums with clocks.

use crate::trigger::Span;

/// What follows when a clock runs out and nobody has acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Silence {
    /// The matter may be taken to the next step.
    Next,
    /// The matter ends.
    Lapses,
    /// What was suspended or lifted comes back, unless somebody decides
    /// otherwise: the inverted default of a snapback.
    Restores(String),
    /// These obligations are suspended.
    Suspends(Vec<String>),
}

/// How a clock may be extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extension {
    /// Not at all.
    None,
    /// When everybody agrees.
    Consensus,
    /// When the forum says so.
    Forum,
}

impl Extension {
    /// Each with the word used in files.
    pub const WORDS: [(&'static str, Self); 3] =
        [("none", Self::None), ("consensus", Self::Consensus), ("forum", Self::Forum)];

    /// The words shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "may not be extended",
            Self::Consensus => "may be extended by consensus",
            Self::Forum => "may be extended by the forum",
        }
    }
}

/// One step of a ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id within the ladder.
    pub id: String,
    /// Before whom.
    pub forum: String,
    /// How long it takes at most.
    pub clock: Span,
    /// Who may take the matter there; those who may trigger the ladder when empty.
    pub by: Vec<String>,
    /// Whether it runs beside the step before it.
    pub parallel: bool,
    /// Whether it may be left out.
    pub optional: bool,
    /// How its clock may be extended.
    pub extension: Extension,
    /// What follows when its clock runs out.
    pub silence: Silence,
    /// What it does, in the text's words.
    pub note: Option<String>,
}

/// A ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The clause it comes from (`main#36`).
    pub clause: Option<String>,
    /// Who may trigger it.
    pub by: Vec<String>,
    /// Its steps, in order.
    pub steps: Vec<Step>,
    /// Whether what is suspended must be in proportion.
    pub proportional: bool,
    /// Whether what is suspended comes back once the matter is settled.
    pub reversible: bool,
}
