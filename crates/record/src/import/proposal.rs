//! What import proposes. Nothing here is in the record; a person confirms,
//! edits or discards each claim.

use crate::when::When;
use serde::Serialize;

/// On what footing a source spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Terms {
    /// By name, or an office or body speaking for itself.
    OnRecord,
    /// On terms the report calls "background".
    Background,
    /// Described, not named.
    Anonymous,
    /// The report does not say who.
    Unattributed,
}

impl Terms {
    /// The word used in files and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OnRecord => "on_record",
            Self::Background => "background",
            Self::Anonymous => "anonymous",
            Self::Unattributed => "unattributed",
        }
    }
}

/// A claim the report attributes to someone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProposedClaim {
    /// The exact passage.
    pub passage: String,
    /// Who reports citing whom, outermost first.
    pub chain: Vec<String>,
    /// On what footing the innermost source spoke.
    pub terms: Terms,
    /// The report's own words about the footing, where it has any.
    pub terms_wording: Option<String>,
    /// When it is said to have happened.
    pub happened: Option<When>,
    /// When it is said to have been said.
    pub said: Option<When>,
    /// The attributing word: "told", "according to", "reportedly".
    pub cue: String,
    /// Links of the chain that the passage itself does not name, but that
    /// follow from what stands before it: to be looked at with care.
    pub inferred: Vec<String>,
    /// The paragraph, from 1.
    pub paragraph: usize,
}

/// A date expression with the interval it was resolved to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProposedDate {
    /// The words and the days.
    #[serde(flatten)]
    pub when: When,
    /// The words this follows from, when it is not a date's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub derived_from: Option<String>,
    /// The paragraph, from 1.
    pub paragraph: usize,
}

/// Someone's answer that affirms nothing: no comment, neither confirmed nor denied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProposedResponse {
    /// The exact passage.
    pub passage: String,
    /// `no_comment`, `neither` or `not_affirmed`: three different things.
    pub kind: ResponseKind,
    /// The paragraph, from 1.
    pub paragraph: usize,
}

/// Kinds of answer that affirm nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseKind {
    /// Asked, and did not answer.
    NoComment,
    /// Neither confirmed nor denied.
    Neither,
    /// Not officially affirmed.
    NotAffirmed,
}

/// Everything import has to propose about one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposals {
    /// Always `proposal`: nothing here is a fact of the record.
    pub status: &'static str,
    /// Whose report this is.
    pub source: String,
    /// Whether that was told or read off the text.
    pub source_detected: bool,
    /// The report's day.
    pub dated: jiff::civil::Date,
    /// Claims, in reading order.
    pub claims: Vec<ProposedClaim>,
    /// Date expressions, in reading order.
    pub dates: Vec<ProposedDate>,
    /// Spellings that may be one name, fullest first.
    pub alias_groups: Vec<Vec<String>>,
    /// Passages taken for boilerplate.
    pub dropped: Vec<String>,
    /// Answers that affirm nothing.
    pub responses: Vec<ProposedResponse>,
    /// Sentences in the outlet's own voice that carry an allegation or a
    /// loaded word: nobody is named for them but the outlet.
    pub own_voice: Vec<String>,
}
