//! Issues and their options.

use crate::number::Number;
use num_traits::ToPrimitive;

/// One way to settle an issue (an *option*; spelled out to leave `Option` to Rust).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueOption {
    /// The name, unique within its issue.
    pub name: String,
    /// What it means, for people; may be empty.
    pub note: String,
}

impl IssueOption {
    /// An option without a note.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), note: String::new() }
    }
}

/// What kind of options an issue has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssueKind {
    /// Named options without an order of their own.
    Categorical(Vec<IssueOption>),
    /// Named options from least to most of something.
    Ordered(Vec<IssueOption>),
    /// Every whole number from `min` to `max`.
    Integer {
        /// Smallest option.
        min: i64,
        /// Largest option.
        max: i64,
    },
    /// `min`, `min + step`, … up to at most `max`.
    Stepped {
        /// Smallest option.
        min: Number,
        /// No option is larger.
        max: Number,
        /// Distance between neighbours; positive.
        step: Number,
    },
    /// Shared out between the parties: each gets a fraction, together one.
    Divisible,
}

/// A matter to settle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The name, unique within its scenario.
    pub name: String,
    /// What it is about, for people; may be empty.
    pub note: String,
    /// Unit of a numeric issue (`km`, `permits`); may be empty.
    pub unit: String,
    /// Its options.
    pub kind: IssueKind,
}

impl Issue {
    /// An issue with named options.
    pub fn categorical<S: Into<String>>(
        name: impl Into<String>,
        options: impl IntoIterator<Item = S>,
    ) -> Self {
        let options = options.into_iter().map(IssueOption::new).collect();
        Self {
            name: name.into(),
            note: String::new(),
            unit: String::new(),
            kind: IssueKind::Categorical(options),
        }
    }

    /// Whether it is shared out rather than chosen from.
    #[must_use]
    pub fn is_divisible(&self) -> bool {
        self.kind == IssueKind::Divisible
    }

    /// Whether its options are numbers.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        matches!(self.kind, IssueKind::Integer { .. } | IssueKind::Stepped { .. })
    }

    /// How many options it has; `None` for a divisible issue, or beyond 2^63.
    #[must_use]
    pub fn len(&self) -> Option<u64> {
        match &self.kind {
            IssueKind::Categorical(options) | IssueKind::Ordered(options) => {
                Some(options.len() as u64)
            }
            IssueKind::Integer { min, max } => {
                let width = i128::from(*max) - i128::from(*min) + 1;
                u64::try_from(width.max(0)).ok()
            }
            IssueKind::Stepped { min, max, step } => {
                if max < min || !step.is_positive() {
                    return Some(0);
                }
                let steps = (&(max - min) / step)?.as_rational().floor().to_integer().to_u64()?;
                steps.checked_add(1)
            }
            IssueKind::Divisible => None,
        }
    }

    /// Whether it has no option at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// The number that option `index` stands for; `None` when options are names.
    #[must_use]
    pub fn numeric_value(&self, index: usize) -> Option<Number> {
        let index = i64::try_from(index).ok()?;
        match &self.kind {
            IssueKind::Integer { min, .. } => Some(Number::from(min.checked_add(index)?)),
            IssueKind::Stepped { min, step, .. } => Some(min + &(&Number::from(index) * step)),
            _ => None,
        }
    }

    /// The name of option `index`, as shown to people and written to files.
    ///
    /// An index that is not there gives an empty text.
    #[must_use]
    pub fn option_name(&self, index: usize) -> String {
        match &self.kind {
            IssueKind::Categorical(options) | IssueKind::Ordered(options) => {
                options.get(index).map(|o| o.name.clone()).unwrap_or_default()
            }
            _ => self.numeric_value(index).map(|n| n.to_exact_string()).unwrap_or_default(),
        }
    }

    /// The index of the option of that name (or number).
    #[must_use]
    pub fn option_index(&self, name: &str) -> Option<usize> {
        match &self.kind {
            IssueKind::Categorical(options) | IssueKind::Ordered(options) => {
                options.iter().position(|o| o.name == name)
            }
            IssueKind::Divisible => None,
            IssueKind::Integer { .. } | IssueKind::Stepped { .. } => {
                self.index_of_number(&Number::parse(name).ok()?)
            }
        }
    }

    /// The index of the option that stands for `value`.
    #[must_use]
    pub fn index_of_number(&self, value: &Number) -> Option<usize> {
        let (min, step) = match &self.kind {
            IssueKind::Integer { min, .. } => (Number::from(*min), Number::one()),
            IssueKind::Stepped { min, step, .. } => (min.clone(), step.clone()),
            _ => return None,
        };
        let index = (&(value - &min) / &step)?;
        if !index.is_integer() || index.is_negative() {
            return None;
        }
        let index = index.as_rational().to_integer().to_u64()?;
        (index < self.len()?).then(|| usize::try_from(index).ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numeric_options_are_found_by_number() {
        let number = |t: &str| Number::parse(t).unwrap();
        let stepped = Issue {
            name: "aid".into(),
            note: String::new(),
            unit: "trucks".into(),
            kind: IssueKind::Stepped {
                min: number("0.5"),
                max: number("2.1"),
                step: number("0.25"),
            },
        };
        assert_eq!(stepped.len(), Some(7));
        assert_eq!(stepped.option_name(6), "2");
        assert_eq!(stepped.option_index("1.75"), Some(5));
        assert_eq!(stepped.option_index("2.25"), None);
        assert_eq!(stepped.option_index("0.6"), None);
        let integer = Issue { kind: IssueKind::Integer { min: -2, max: 1_000_000_000 }, ..stepped };
        assert_eq!(integer.len(), Some(1_000_000_003));
        assert_eq!(integer.option_index("-2"), Some(0));
        assert_eq!(integer.option_index("-3"), None);
    }
}
