//! The single negotiating text: one draft that all sides criticise.

mod brackets;
mod export;
mod redline;
mod terms;

pub use brackets::{BracketFault, Piece, pieces};
pub use export::{to_html, to_plain};
pub use redline::{Change, ClauseChange, Kind, redline, redline_words};
pub use terms::{TermFinding, check_terms};

use crate::id::{ClauseId, IssueId, PrincipalId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whether parts of a text can be agreed on their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whole {
    /// Nothing is agreed until everything is agreed.
    #[default]
    Everything,
    /// What is agreed stands, whatever happens to the rest.
    Partial,
}

/// Words per language (BCP 47 tag), side by side.
pub type Languages = BTreeMap<String, String>;

/// One version of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// Whether parts can be agreed on their own.
    #[serde(default)]
    pub whole: Whole,
    /// The clauses in order.
    pub clauses: Vec<Clause>,
    /// The defined terms.
    #[serde(default)]
    pub definitions: Vec<Definition>,
}

/// One clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// The same in every version. A new clause takes any id not yet in the text.
    pub id: ClauseId,
    /// Its heading; may be empty.
    #[serde(default)]
    pub heading: String,
    /// The words, with `[brackets]` round what is not agreed; brackets that
    /// follow each other directly, `[three][six]`, are alternatives.
    pub words: Languages,
    /// What it settles; empty for a clause that stands free.
    #[serde(default)]
    pub settles: Vec<Settles>,
    /// Who bracketed what.
    #[serde(default)]
    pub brackets: Vec<BracketBy>,
    /// Reservations, shown as footnotes.
    #[serde(default)]
    pub reservations: Vec<Reservation>,
}

/// The issue a clause settles, and how if it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settles {
    /// The issue.
    pub issue: IssueId,
    /// The option, by index; `None` while open.
    #[serde(default)]
    pub option: Option<u64>,
}

/// Who asked for a bracket. Readers other than those who draft see names only where disclosed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BracketBy {
    /// Which bracket of the clause, from 0, in reading order.
    pub bracket: usize,
    /// Whose it is.
    pub by: Vec<PrincipalId>,
    /// Whether readers see whose it is.
    #[serde(default)]
    pub disclosed: bool,
}

/// A side's reservation to a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reservation {
    /// Whose it is.
    pub by: PrincipalId,
    /// Its words.
    pub words: String,
    /// Whether readers see whose it is; otherwise not even that it is there.
    #[serde(default)]
    pub disclosed: bool,
}

/// A defined term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The term per language.
    pub term: Languages,
    /// Its meaning per language.
    pub meaning: Languages,
}

impl Draft {
    /// The text as those who did not draft it may read it: without who
    /// bracketed what and without reservations, except where disclosed.
    #[must_use]
    pub fn for_readers(&self) -> Self {
        let mut shown = self.clone();
        for clause in &mut shown.clauses {
            clause.brackets.retain(|b| b.disclosed);
            clause.reservations.retain(|r| r.disclosed);
        }
        shown
    }

    /// Every language some clause has words in.
    #[must_use]
    pub fn languages(&self) -> Vec<&str> {
        let all: std::collections::BTreeSet<_> =
            self.clauses.iter().flat_map(|c| c.words.keys()).map(String::as_str).collect();
        all.into_iter().collect()
    }
}

/// What a side says about a clause of a text put to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Remark {
    /// Put brackets round these words.
    Bracket {
        /// The words, as they stand in the clause.
        words: String,
        /// Why; may be empty.
        #[serde(default)]
        reason: String,
    },
    /// Say this instead.
    Instead(String),
    /// We could agree, with this reservation.
    Reserve(String),
    /// We could agree to it as it stands.
    CouldAgree,
}
