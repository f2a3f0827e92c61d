//! Claims: what was said, by whom, on whose authority. Never facts.

use crate::When;
use crate::import::Terms;

/// How a claim stands to the version it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stance {
    /// Says it is so.
    Asserts,
    /// Says it is not so.
    Denies,
    /// Neither confirms nor denies it.
    Neither,
    /// Was asked and did not comment.
    NoComment,
    /// Says it has not been affirmed.
    NotAffirmed,
}

impl Stance {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Asserts => "asserts",
            Self::Denies => "denies",
            Self::Neither => "neither confirms nor denies",
            Self::NoComment => "no comment",
            Self::NotAffirmed => "not affirmed",
        }
    }
}

/// Who may see an item of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Visibility {
    /// Taken from public sources and shown to anyone.
    Public,
    /// For the team that keeps the record.
    #[default]
    Team,
}

/// Which of an event's questions a claim answers, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The question, in the recorder's words ("what the small deal leads to").
    pub question: String,
    /// The answer this claim gives, in the recorder's words.
    pub answer: String,
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its id in the record.
    pub id: String,
    /// Who reports citing whom, outermost first; never empty in a sound record.
    pub chain: Vec<String>,
    /// The event it is about.
    pub event: Option<String>,
    /// The actors it is about.
    pub about: Vec<String>,
    /// What it says, in the recorder's own words.
    pub says: String,
    /// The exact passage, where it may be kept.
    pub passage: Option<String>,
    /// The passage's language, as a BCP 47 tag.
    pub language: Option<String>,
    /// Which version of the event it gives.
    pub version: Option<Version>,
    /// How it stands to that version.
    pub stance: Stance,
    /// When it was reported.
    pub reported: Option<When>,
    /// When it is said to have happened.
    pub happened: Option<When>,
    /// Where it is said to have happened.
    pub place: Option<String>,
    /// On what footing the innermost source spoke.
    pub terms: Terms,
    /// The report's words about that footing.
    pub wording: Option<String>,
    /// How credible the content is by itself, 1 (confirmed by others) to 6
    /// (cannot be judged): independent of the source's grade.
    pub content_grade: Option<u8>,
    /// Who may see it.
    pub visibility: Visibility,
}

/// How two claims stand to one another, as a person judged it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// Makes the other more likely.
    Supports,
    /// Cannot hold together with the other.
    Contradicts,
    /// Is about the same event.
    SameEvent,
    /// Takes the other's place.
    Supersedes,
    /// Denies the other.
    Denies,
    /// Neither confirms nor denies the other.
    Neither,
}

/// A link between two claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The claim the link starts from.
    pub from: String,
    /// What it does.
    pub kind: LinkKind,
    /// The claim it points to.
    pub to: String,
}
