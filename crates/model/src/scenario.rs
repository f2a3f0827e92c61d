//! Scenarios: what is on paper before anything happens.

use crate::acceptance::AcceptanceRule;
use crate::constraint::{Amount, Constraint, Rule};
use crate::diagnostic::Severity;
use crate::issue::Issue;
use crate::outcome::{Choice, Outcome};
use crate::party::{Mediator, Party};
use crate::preference::{Preferences, Utility};
use crate::soundness;
use crate::value_function::Evaluated;
use num_bigint::BigUint;

/// The parts of a scenario before anyone looked whether they fit together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// What it is about, with its sources; may be empty.
    pub about: String,
    /// The principals, in the order of every vector of utilities.
    pub parties: Vec<Party>,
    /// Who carries between them.
    pub mediators: Vec<Mediator>,
    /// The matters to settle, in the order of every outcome.
    pub issues: Vec<Issue>,
    /// Which outcomes are feasible.
    pub constraints: Vec<Constraint>,
    /// One for each party, in party order.
    pub preferences: Vec<Preferences>,
    /// Whose consent makes an agreement.
    pub acceptance: AcceptanceRule,
}

impl Draft {
    /// Looks whether the parts fit together.
    ///
    /// Gives the scenario when no flaw is an error, and every flaw found.
    #[must_use]
    pub fn check(self) -> (Option<Scenario>, Vec<Flaw>) {
        let flaws = soundness::flaws(&self);
        let sound = flaws.iter().all(|f| f.severity != Severity::Error);
        (sound.then_some(Scenario { parts: self }), flaws)
    }
}

/// The part of a scenario that a flaw is about; readers know where it stands in their files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The scenario as a whole.
    Scenario,
    /// Party by index.
    Party(usize),
    /// Mediator by index.
    Mediator(usize),
    /// Issue by index.
    Issue(usize),
    /// Issue and option by index.
    Option(usize, usize),
    /// Constraint by index.
    Constraint(usize),
    /// The acceptance rule.
    Acceptance,
    /// A party's preferences as a whole.
    Preferences(usize),
    /// Party, issue: the weight.
    Weight(usize, usize),
    /// Party, issue: the value function or table.
    Value(usize, usize),
    /// Party, issue, option: one entry of a value table.
    OptionValue(usize, usize, usize),
    /// Party, interaction.
    Interaction(usize, usize),
    /// Party, red line.
    RedLine(usize, usize),
    /// The reservation value of a party.
    Reservation(usize),
    /// The discount of a party.
    Discount(usize),
    /// Party, statement of its partial preferences.
    Statement(usize, usize),
}

impl Place {
    /// The next larger part that holds this one; `None` for the whole.
    ///
    /// A reader that has no span for a place tries this instead.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        match self {
            Self::Scenario => None,
            Self::Party(_)
            | Self::Mediator(_)
            | Self::Issue(_)
            | Self::Constraint(_)
            | Self::Acceptance => Some(Self::Scenario),
            Self::Option(issue, _) => Some(Self::Issue(issue)),
            Self::Preferences(party) => Some(Self::Party(party)),
            Self::OptionValue(party, issue, _) => Some(Self::Value(party, issue)),
            Self::Weight(party, _)
            | Self::Value(party, _)
            | Self::Interaction(party, _)
            | Self::RedLine(party, _)
            | Self::Reservation(party)
            | Self::Discount(party)
            | Self::Statement(party, _) => Some(Self::Preferences(party)),
        }
    }
}

/// Something about a draft that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// How bad.
    pub severity: Severity,
    /// Stable identifier.
    pub code: &'static str,
    /// Which part.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// How to mend it; may be empty.
    pub hint: String,
}

/// A sound scenario.
///
/// Every index in it points at something; names are unique; there are two
/// parties and one issue at least; each party has preferences that fit the
/// issues. Only [`Draft::check`] makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    parts: Draft,
}

impl Scenario {
    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.parts.title
    }

    /// What it is about, with its sources; may be empty.
    #[must_use]
    pub fn about(&self) -> &str {
        &self.parts.about
    }

    /// The principals, in the order of every vector of utilities.
    #[must_use]
    pub fn parties(&self) -> &[Party] {
        &self.parts.parties
    }

    /// Who carries between them.
    #[must_use]
    pub fn mediators(&self) -> &[Mediator] {
        &self.parts.mediators
    }

    /// The matters to settle, in the order of every outcome.
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        &self.parts.issues
    }

    /// Which outcomes are feasible.
    #[must_use]
    pub fn constraints(&self) -> &[Constraint] {
        &self.parts.constraints
    }

    /// Each party's preferences, in party order.
    #[must_use]
    pub fn preferences(&self) -> &[Preferences] {
        &self.parts.preferences
    }

    /// Whose consent makes an agreement.
    #[must_use]
    pub fn acceptance(&self) -> &AcceptanceRule {
        &self.parts.acceptance
    }

    /// The parts again, to change them and check anew.
    #[must_use]
    pub fn into_draft(self) -> Draft {
        self.parts
    }

    /// Every party's numeric preferences; `None` if any party has partial preferences.
    #[must_use]
    pub fn utilities(&self) -> Option<Vec<&Utility>> {
        self.parts.preferences.iter().map(Preferences::utility).collect()
    }

    /// How many outcomes there are before constraints; divisible issues do not count.
    #[must_use]
    pub fn outcome_count(&self) -> BigUint {
        self.parts.issues.iter().filter_map(Issue::len).map(BigUint::from).product()
    }

    /// Whether any issue is shared out.
    #[must_use]
    pub fn has_divisible_issues(&self) -> bool {
        self.parts.issues.iter().any(Issue::is_divisible)
    }

    /// The party with this id.
    #[must_use]
    pub fn party_index(&self, id: &str) -> Option<usize> {
        self.parts.parties.iter().position(|p| p.id == id)
    }

    /// The issue of this name.
    #[must_use]
    pub fn issue_index(&self, name: &str) -> Option<usize> {
        self.parts.issues.iter().position(|i| i.name == name)
    }

    /// The utility of an outcome to a party; `None` when its preferences are partial.
    #[must_use]
    pub fn utility(&self, party: usize, outcome: &Outcome) -> Option<Evaluated> {
        let utility = self.parts.preferences.get(party)?.utility()?;
        Some(utility.of(self, party, outcome))
    }

    /// Whether an outcome has one existing option (or fitting shares) for every issue.
    #[must_use]
    pub fn is_complete(&self, outcome: &Outcome) -> bool {
        outcome.0.len() == self.parts.issues.len()
            && outcome.0.iter().zip(&self.parts.issues).all(|(choice, issue)| match choice {
                Choice::Option(option) => issue.len().is_some_and(|n| (*option as u64) < n),
                Choice::Shares(shares) => {
                    issue.is_divisible() && shares.len() == self.parts.parties.len()
                }
            })
    }

    /// The constraints an outcome breaks, by index.
    #[must_use]
    pub fn broken_constraints(&self, outcome: &Outcome) -> Vec<usize> {
        let broken = |c: &Constraint| !holds(&c.rule, &self.parts.issues, outcome);
        self.parts
            .constraints
            .iter()
            .enumerate()
            .filter(|(_, c)| broken(c))
            .map(|(i, _)| i)
            .collect()
    }

    /// Whether an outcome obeys every constraint.
    #[must_use]
    pub fn is_feasible(&self, outcome: &Outcome) -> bool {
        self.parts.constraints.iter().all(|c| holds(&c.rule, &self.parts.issues, outcome))
    }
}

fn holds(rule: &Rule, issues: &[Issue], outcome: &Outcome) -> bool {
    let met =
        |c: &crate::constraint::Condition| outcome.option(c.issue).is_some_and(|o| c.holds(o));
    match rule {
        Rule::Forbid(conditions) => !conditions.iter().all(met),
        Rule::Require(conditions) => conditions.iter().all(met),
        Rule::Implies { when, then } => !when.iter().all(met) || then.iter().all(met),
        Rule::Count { of, at_least, at_most } => {
            let count = of.iter().filter(|c| met(c)).count();
            (*at_least..=*at_most).contains(&count)
        }
        Rule::Sum { terms, at_least, at_most } => {
            let mut sum = crate::number::Number::zero();
            for term in terms {
                let Some(option) = outcome.option(term.issue) else { continue };
                let amount = match &term.amount {
                    Amount::Times(factor) => issues
                        .get(term.issue)
                        .and_then(|i| i.numeric_value(option))
                        .map(|n| &n * factor),
                    Amount::PerOption(amounts) => amounts.get(option).cloned(),
                };
                if let Some(amount) = amount {
                    sum = &sum + &amount;
                }
            }
            at_least.as_ref().is_none_or(|b| &sum >= b)
                && at_most.as_ref().is_none_or(|b| &sum <= b)
        }
    }
}
