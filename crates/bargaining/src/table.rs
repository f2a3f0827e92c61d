//! What everybody at the table knows: the issues, the rules, whose consent counts.

use crate::own::OwnUtility;
use detente_analysis::problem::{CompileError, Forbidden, Problem, SumRule, holds};
use detente_model::{AcceptanceRule, Choice, Outcome, Scenario};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An outcome in play: one option for every issue of the [`Table`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Package(pub Vec<usize>);

/// The public part of a negotiation. Nobody's preferences are in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    parties: usize,
    /// Scenario index of each issue, and of each of its options.
    issues: Vec<usize>,
    options: Vec<Vec<usize>>,
    forbidden: Vec<Forbidden>,
    sums: Vec<SumRule>,
    acceptance: AcceptanceRule,
}

/// Why a scenario cannot be negotiated by automated negotiators.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// It cannot be compiled.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// Shares have no next best.
    #[error("issue `{0}` is shared out; negotiators choose between options")]
    Divisible(String),
}

/// Why something is no outcome of this table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoOutcome {
    /// Too few or too many choices.
    #[error("it settles {found} issues, and there are {issues}")]
    Issues {
        /// How many it settles.
        found: usize,
        /// How many there are.
        issues: usize,
    },
    /// An option that is not there.
    #[error("issue {issue} has no option {option}")]
    Option {
        /// The issue.
        issue: usize,
        /// The option.
        option: usize,
    },
    /// It breaks a constraint.
    #[error("it breaks a constraint of the table")]
    Infeasible,
}

impl Table {
    /// The table of a scenario, and each party's own utility, to be handed to
    /// that party alone.
    ///
    /// # Errors
    /// [`SetupError`] when a party gave no numbers or an issue is shared out.
    pub fn set(scenario: &Scenario) -> Result<(Arc<Self>, Vec<OwnUtility>), SetupError> {
        if let Some(issue) = scenario.issues().iter().find(|i| i.is_divisible()) {
            return Err(SetupError::Divisible(issue.name.clone()));
        }
        Ok(Self::of_problem(&Problem::new(scenario)?, scenario.acceptance().clone()))
    }

    /// The same from a problem already compiled.
    #[must_use]
    pub fn of_problem(
        problem: &Problem,
        acceptance: AcceptanceRule,
    ) -> (Arc<Self>, Vec<OwnUtility>) {
        let table = Arc::new(Self {
            parties: problem.parties,
            issues: problem.issues.clone(),
            options: problem.options.clone(),
            forbidden: problem.forbidden.clone(),
            sums: problem.sums.clone(),
            acceptance,
        });
        let own = (0..problem.parties).map(|p| OwnUtility::new(problem, p, Arc::clone(&table)));
        let own = own.collect();
        (table, own)
    }

    /// How many parties sit at it.
    #[must_use]
    pub fn parties(&self) -> usize {
        self.parties
    }

    /// How many issues there are.
    #[must_use]
    pub fn issues(&self) -> usize {
        self.issues.len()
    }

    /// How many options an issue has.
    #[must_use]
    pub fn size(&self, issue: usize) -> usize {
        self.options[issue].len()
    }

    /// How many packages there are, constraints not counted; `None` beyond 2^64.
    #[must_use]
    pub fn packages(&self) -> Option<u64> {
        self.options.iter().try_fold(1_u64, |n, o| n.checked_mul(o.len() as u64))
    }

    /// Whose consent makes an agreement.
    #[must_use]
    pub fn acceptance(&self) -> &AcceptanceRule {
        &self.acceptance
    }

    /// Whether it is an outcome that obeys every constraint.
    ///
    /// # Errors
    /// [`NoOutcome`] says why not.
    pub fn check(&self, package: &Package) -> Result<(), NoOutcome> {
        if package.0.len() != self.issues.len() {
            return Err(NoOutcome::Issues { found: package.0.len(), issues: self.issues.len() });
        }
        let outside = package.0.iter().enumerate().find(|&(issue, &o)| o >= self.size(issue));
        if let Some((issue, &option)) = outside {
            return Err(NoOutcome::Option { issue, option });
        }
        if self.is_feasible(package) { Ok(()) } else { Err(NoOutcome::Infeasible) }
    }

    /// Whether a package of this table obeys every constraint.
    #[must_use]
    pub fn is_feasible(&self, package: &Package) -> bool {
        !self.forbidden.iter().any(|f| holds(&f.literals, &package.0))
            && self.sums.iter().all(|s| s.holds(&package.0))
    }

    /// The scenario's outcome for a package.
    #[must_use]
    pub fn outcome(&self, package: &Package) -> Outcome {
        // No issue is divisible here, so the table's issues are the scenario's.
        let choice =
            |(issue, &option): (usize, &usize)| Choice::Option(self.options[issue][option]);
        Outcome(package.0.iter().enumerate().map(choice).collect())
    }
}
