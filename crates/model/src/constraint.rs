//! Which outcomes are feasible at all, and why.

use crate::number::Number;
use crate::preference::Known;

/// "Issue `issue` is settled by one of `options`."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The issue, by index; not a divisible one.
    pub issue: usize,
    /// The options that satisfy it, ascending and distinct.
    pub options: Vec<usize>,
}

impl Condition {
    /// A condition on one issue; options are sorted and repeated ones dropped.
    #[must_use]
    pub fn new(issue: usize, mut options: Vec<usize>) -> Self {
        options.sort_unstable();
        options.dedup();
        Self { issue, options }
    }

    /// Whether the option satisfies it.
    #[must_use]
    pub fn holds(&self, option: usize) -> bool {
        self.options.binary_search(&option).is_ok()
    }
}

/// Where a constraint comes from, and so whether it could be lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Law forbids otherwise: never traded.
    LegalLimit,
    /// All sides agreed on it beforehand: never traded.
    AgreedPrinciple,
    /// A matter of fact or means; could change.
    Practical,
}

impl Basis {
    /// Whether the software may ask what lifting it would open.
    #[must_use]
    pub fn is_negotiable(self) -> bool {
        self == Self::Practical
    }
}

/// What a constraint demands of every feasible outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// These conditions never hold all together.
    Forbid(Vec<Condition>),
    /// These conditions all hold.
    Require(Vec<Condition>),
    /// Where all of `when` hold, all of `then` hold.
    Implies {
        /// The conditions that trigger it.
        when: Vec<Condition>,
        /// The conditions that must then hold.
        then: Vec<Condition>,
    },
    /// Between `at_least` and `at_most` of these conditions hold.
    Count {
        /// The conditions counted.
        of: Vec<Condition>,
        /// Fewest that may hold.
        at_least: usize,
        /// Most that may hold.
        at_most: usize,
    },
    /// A sum over issues lies within bounds.
    Sum {
        /// What each issue contributes.
        terms: Vec<Term>,
        /// Lower bound, if any.
        at_least: Option<Number>,
        /// Upper bound, if any.
        at_most: Option<Number>,
    },
}

/// What one issue contributes to a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The issue, by index; not a divisible one.
    pub issue: usize,
    /// How much.
    pub amount: Amount,
}

/// How much an issue's option contributes to a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// So many times the option's own number; for numeric issues.
    Times(Number),
    /// A figure per option, in option order.
    PerOption(Vec<Number>),
}

/// A rule that every outcome must obey, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// A short name, unique within its scenario.
    pub name: String,
    /// Why it stands, in words.
    pub reason: String,
    /// Where it comes from.
    pub basis: Basis,
    /// How it is known.
    pub known: Known,
    /// What it demands.
    pub rule: Rule,
}
