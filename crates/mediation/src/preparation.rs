//! What a party says about its own mind, in a room of its choice.
//!
//! In its own room only the party sees it; in a caucus the mediators there do
//! too. Nothing else does.

use crate::id::{IssueId, QuestionId};
use crate::table::Package;
use serde::{Deserialize, Serialize};

/// One statement. A later one on the same matter takes its place; the log keeps both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Statement {
    /// Issues from the most important; those in one group weigh the same to us.
    RankIssues(Vec<Vec<IssueId>>),
    /// Options of one issue, by index, from the best; those in one group are the same to us.
    RankOptions {
        /// The issue.
        issue: IssueId,
        /// The groups.
        groups: Vec<Vec<u64>>,
    },
    /// Every combination never to be accepted; the whole list each time.
    RedLines(Vec<RedLine>),
    /// An answer to a question.
    Answer {
        /// The question.
        question: QuestionId,
        /// The answer.
        answer: Choice,
    },
}

/// A combination never to be accepted: an option of each of these issues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedLine {
    /// The combination.
    pub package: Package,
    /// Why; may be empty.
    #[serde(default)]
    pub reason: String,
}

/// One of the two things a question asks to choose between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Alternative {
    /// These options, everything else the same.
    Package(Package),
    /// No agreement at all.
    NoDeal,
}

/// "A or B?"
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// A.
    pub first: Alternative,
    /// B.
    pub second: Alternative,
    /// From what it was chosen.
    #[serde(default)]
    pub grounds: Grounds,
}

/// From what a question was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grounds {
    /// The answers of the party asked, and nothing else.
    #[default]
    OwnAnswers,
    /// Several parties' answers, by a mediator's explicit choice: a disclosure.
    Joint,
}

/// What a party answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// We would rather have A.
    First,
    /// We would rather have B.
    Second,
    /// They are the same to us.
    Same,
    /// We won't answer.
    WontAnswer,
}
