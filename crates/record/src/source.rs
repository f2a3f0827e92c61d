//! Sources: outlets, documents, people by name or by role, and who relays whom.

use crate::When;

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A newspaper, agency, channel or site.
    Outlet,
    /// One report, article, statement or text.
    Document,
    /// One person, by name or by role.
    Person,
    /// Several people who speak as one source ("two unnamed officials").
    Group,
    /// A government, ministry or organisation speaking for itself.
    Body,
}

/// How far a source may be relied on, in the Admiralty code: A (reliable) to
/// F (cannot be judged). Says nothing about any one claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceGrade {
    /// Reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

/// How one source stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Carries the other's story as a whole.
    Relays,
    /// Rests on the other for what it says.
    Cites,
    /// Gives the other's words.
    Quotes,
}

/// One source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its id in the record.
    pub id: String,
    /// Its name, or the description the report gives.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// The outlet a document appeared in.
    pub outlet: Option<String>,
    /// The actor a person or body is, where known: two sources that are one
    /// actor are one origin.
    pub actor: Option<String>,
    /// When it was published.
    pub published: Option<When>,
    /// Where it can be found.
    pub address: Option<String>,
    /// What of it was read, in the recorder's words.
    pub read: Option<String>,
    /// Whether it is described but not named.
    pub unnamed: bool,
    /// How far it may be relied on.
    pub grade: Option<SourceGrade>,
    /// Whom it relays, cites or quotes.
    pub rests_on: Vec<(Relation, String)>,
}
