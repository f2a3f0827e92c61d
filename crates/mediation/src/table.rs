//! What is on the table: issues and their options, with the versions they went through.

use crate::id::IssueId;
use detente_model::{Issue, IssueKind, IssueOption, Number};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The options of an issue, as [`IssueKind`] has them, in a form that is stored and sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Options {
    /// Named options without an order of their own.
    Categorical(Vec<String>),
    /// Named options from least to most of something.
    Ordered(Vec<String>),
    /// Every whole number from `min` to `max`.
    Integer {
        /// Smallest option.
        min: i64,
        /// Largest option.
        max: i64,
    },
    /// `min`, `min + step`, … up to at most `max`; decimals or fractions as text.
    Stepped {
        /// Smallest option.
        min: String,
        /// No option is larger.
        max: String,
        /// Distance between neighbours; positive.
        step: String,
    },
    /// Shared out between the parties.
    Divisible,
}

/// A matter to settle, as people put it on the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssueText {
    /// The name.
    pub name: String,
    /// What it is about; may be empty.
    #[serde(default)]
    pub note: String,
    /// Unit of a numeric issue; may be empty.
    #[serde(default)]
    pub unit: String,
    /// Its options.
    pub options: Options,
}

impl From<&Issue> for IssueText {
    fn from(issue: &Issue) -> Self {
        let names = |options: &[IssueOption]| options.iter().map(|o| o.name.clone()).collect();
        let options = match &issue.kind {
            IssueKind::Categorical(options) => Options::Categorical(names(options)),
            IssueKind::Ordered(options) => Options::Ordered(names(options)),
            IssueKind::Integer { min, max } => Options::Integer { min: *min, max: *max },
            IssueKind::Stepped { min, max, step } => Options::Stepped {
                min: min.to_string(),
                max: max.to_string(),
                step: step.to_string(),
            },
            IssueKind::Divisible => Options::Divisible,
        };
        Self {
            name: issue.name.clone(),
            note: issue.note.clone(),
            unit: issue.unit.clone(),
            options,
        }
    }
}

impl IssueText {
    /// As the engine reads it; `None` when a number of a stepped issue is none.
    #[must_use]
    pub fn to_issue(&self) -> Option<Issue> {
        let named = |names: &[String]| names.iter().map(IssueOption::new).collect();
        let kind = match &self.options {
            Options::Categorical(names) => IssueKind::Categorical(named(names)),
            Options::Ordered(names) => IssueKind::Ordered(named(names)),
            Options::Integer { min, max } => IssueKind::Integer { min: *min, max: *max },
            Options::Stepped { min, max, step } => IssueKind::Stepped {
                min: Number::parse(min).ok()?,
                max: Number::parse(max).ok()?,
                step: Number::parse(step).ok()?,
            },
            Options::Divisible => IssueKind::Divisible,
        };
        Some(Issue {
            name: self.name.clone(),
            note: self.note.clone(),
            unit: self.unit.clone(),
            kind,
        })
    }

    /// How many options it has; none where it is shared out.
    pub(crate) fn len(&self) -> u64 {
        match &self.options {
            Options::Categorical(names) | Options::Ordered(names) => names.len() as u64,
            _ => self.to_issue().and_then(|issue| issue.len()).unwrap_or(0),
        }
    }
}

/// Options chosen for some issues, by index: a partial outcome.
pub type Package = BTreeMap<IssueId, u64>;
