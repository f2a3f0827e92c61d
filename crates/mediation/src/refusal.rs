//! Why a command is refused. A refusal says nothing that its reader may not know.

use crate::people::Right;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Why a command is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// There is no such thing, or it is not for you: the same answer.
    #[error("there is nothing here for you under that id")]
    NotThere,
    /// The mandate does not cover it.
    #[error("your mandate does not cover this: it needs the right to {0}")]
    Mandate(Right),
    /// It was given on condition that it is not conveyed this way.
    #[error("it was given on condition that it is not conveyed this way; ask whoever said it")]
    NotPermitted,
    /// It cannot be taken back: it has been read.
    #[error("it has been read; it cannot be taken back")]
    AlreadyRead,
    /// It cannot be done twice.
    #[error("this has been done already")]
    AlreadyDone,
    /// The mediator has no channel to this side.
    #[error("no channel joins these: {0}")]
    NoChannel(String),
    /// The time for it is over.
    #[error("this closed at {0}; nothing was changed")]
    TooLate(Timestamp),
    /// The time for it has not come.
    #[error("this closes at {0} and not before")]
    TooEarly(Timestamp),
    /// The command does not make sense.
    #[error("{what}; {mend}")]
    Malformed {
        /// What is wrong.
        what: String,
        /// How to mend it.
        mend: String,
    },
}

impl Refusal {
    pub(crate) fn malformed(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self::Malformed { what: what.into(), mend: mend.into() }
    }
}
