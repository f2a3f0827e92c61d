//! Outcomes: one choice for every issue.

use crate::number::Number;

/// How one issue is settled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    /// The option with this index.
    Option(usize),
    /// Each party's fraction of a divisible issue, in party order; together one.
    Shares(Vec<Number>),
}

/// One choice for every issue, in issue order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Outcome(pub Vec<Choice>);

impl Outcome {
    /// An outcome without divisible issues, from option indices.
    #[must_use]
    pub fn from_options(options: impl IntoIterator<Item = usize>) -> Self {
        Self(options.into_iter().map(Choice::Option).collect())
    }

    /// The option chosen for an issue; `None` when that issue is shared out or not there.
    #[must_use]
    pub fn option(&self, issue: usize) -> Option<usize> {
        match self.0.get(issue) {
            Some(Choice::Option(option)) => Some(*option),
            _ => None,
        }
    }
}
