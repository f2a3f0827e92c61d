//! Who must do, or leave, what; to whom, by when, verified by whom.

use crate::trigger::{Span, Trigger};
use detente_model::Number;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Duty {
    /// To do something.
    Act(String),
    /// To leave something, or to stay within a ceiling.
    Omission(String),
}

impl Duty {
    /// Its words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Act(words) | Self::Omission(words) => words,
        }
    }
}

/// Things that are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// What is counted.
    pub what: String,
    /// How many at least are to be delivered.
    pub quantity: Option<Number>,
    /// How many at most there may be.
    pub ceiling: Option<Number>,
    /// In which unit.
    pub unit: Option<String>,
    /// Whether it concerns persons: counted, never priced.
    pub persons: bool,
}

/// How often something recurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    /// The length of a period.
    pub every: Span,
    /// How often within each.
    pub times: u32,
}

/// Where an obligation stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// The instrument.
    pub instrument: String,
    /// The clause.
    pub clause: String,
    /// The language and SHA-256 of the text it was read from, when pinned to that.
    pub text: Option<(String, String)>,
}

/// One obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// Its id.
    pub id: String,
    /// The clause it comes from.
    pub pin: Pin,
    /// The theme it is counted under.
    pub theme: Option<String>,
    /// Who must.
    pub bearer: String,
    /// To whom.
    pub beneficiaries: Vec<String>,
    /// What.
    pub duty: Duty,
    /// What is counted, if anything is.
    pub object: Option<Object>,
    /// Where.
    pub zone: Option<String>,
    /// When it begins.
    pub trigger: Trigger,
    /// The group of obligations it begins together with.
    pub group: Option<String>,
    /// What must hold besides before it is due.
    pub conditions: Vec<Trigger>,
    /// How long after its beginning it opens.
    pub opens: Option<Span>,
    /// How long after its beginning it is due; absent for what simply lasts.
    pub within: Option<Span>,
    /// How long it may be late.
    pub grace: Option<Span>,
    /// When it ends.
    pub until: Option<Trigger>,
    /// How often it recurs.
    pub recurs: Option<Recurrence>,
    /// Who verifies it.
    pub verifier: Option<String>,
    /// How.
    pub method: Option<String>,
    /// What evidence is asked for.
    pub evidence: Vec<String>,
    /// The remedy that applies to it.
    pub remedy: Option<String>,
}
