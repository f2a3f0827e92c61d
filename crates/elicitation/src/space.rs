//! What is on the table: issues, options, and which deals are feasible. No
//! preferences but the red lines that parties have stated.

use detente_analysis::Problem;
use detente_analysis::problem::{CompileError, holds};
use detente_model::preference::{Preferences, Utility};
use detente_model::{AcceptanceRule, Outcome, Scenario};

/// One option per issue, as indices into the [`Space`]'s issues and options.
pub type Deal = Vec<usize>;

/// The deals that may be asked about and proposed.
#[derive(Debug, Clone)]
pub struct Space {
    /// The scenario with every utility zero: rules and red lines remain.
    problem: Problem,
    offsets: Vec<usize>,
    acceptance: AcceptanceRule,
    ruled: bool,
}

/// Why questions cannot be asked about a scenario.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpaceError {
    /// An issue is shared out, not chosen.
    #[error("issue `{0}` is shared out in fractions; questions need options to choose from")]
    Divisible(String),
    /// The scenario cannot be tabulated.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// An issue has too many options for a person to rank.
    #[error("issue `{issue}` has {options} options; at most {most} can be asked about")]
    TooManyOptions {
        /// Its name.
        issue: String,
        /// How many.
        options: usize,
        /// The limit.
        most: usize,
    },
}

/// Nobody ranks more options than this.
pub const MOST_OPTIONS: usize = 1_000;

impl Space {
    /// The table of a scenario; of its preferences only red lines are read.
    ///
    /// # Errors
    /// [`SpaceError`] when an issue is divisible or has too many options.
    pub fn new(scenario: &Scenario) -> Result<Self, SpaceError> {
        if let Some(issue) = scenario.issues().iter().find(|i| i.is_divisible()) {
            return Err(SpaceError::Divisible(issue.name.clone()));
        }
        let mut draft = scenario.clone().into_draft();
        let issues = draft.issues.len();
        for preferences in &mut draft.preferences {
            let red_lines = std::mem::take(&mut preferences.red_lines);
            *preferences = Preferences::from_utility(Utility::new(issues));
            preferences.red_lines = red_lines;
        }
        let acceptance = draft.acceptance.clone();
        // What was sound stays sound without its numbers.
        let blank = draft.check().0;
        let problem = Problem::new(blank.as_ref().unwrap_or(scenario))?;
        for issue in 0..problem.issues.len() {
            if problem.size(issue) > MOST_OPTIONS {
                return Err(SpaceError::TooManyOptions {
                    issue: scenario.issues()[problem.issues[issue]].name.clone(),
                    options: problem.size(issue),
                    most: MOST_OPTIONS,
                });
            }
        }
        let mut offsets = vec![0];
        for issue in 0..problem.issues.len() {
            offsets.push(offsets[issue] + problem.size(issue));
        }
        let ruled = !problem.forbidden.is_empty() || !problem.sums.is_empty();
        Ok(Self { problem, offsets, acceptance, ruled })
    }

    /// How many parties.
    #[must_use]
    pub fn parties(&self) -> usize {
        self.problem.parties
    }

    /// How many issues.
    #[must_use]
    pub fn issues(&self) -> usize {
        self.problem.issues.len()
    }

    /// How many options issue `issue` has.
    #[must_use]
    pub fn size(&self, issue: usize) -> usize {
        self.problem.size(issue)
    }

    /// The scenario's index of an issue.
    #[must_use]
    pub fn issue_of_scenario(&self, issue: usize) -> usize {
        self.problem.issues[issue]
    }

    /// The scenario's index of an option.
    #[must_use]
    pub fn option_of_scenario(&self, issue: usize, option: usize) -> usize {
        self.problem.options[issue][option]
    }

    /// Whose consent makes an agreement.
    #[must_use]
    pub fn acceptance(&self) -> &AcceptanceRule {
        &self.acceptance
    }

    /// The scenario's outcome for a deal.
    #[must_use]
    pub fn outcome(&self, deal: &[usize]) -> Outcome {
        self.problem.outcome(deal)
    }

    /// The deal of a scenario's outcome; `None` when a rule leaves out one of its options.
    #[must_use]
    pub fn deal(&self, outcome: &Outcome) -> Option<Deal> {
        self.problem.assignment(outcome)
    }

    /// Whether this names one option of every issue.
    #[must_use]
    pub fn is_deal(&self, deal: &[usize]) -> bool {
        deal.len() == self.issues() && deal.iter().enumerate().all(|(i, &o)| o < self.size(i))
    }

    /// Whether a deal obeys every constraint.
    #[must_use]
    pub fn is_feasible(&self, deal: &[usize]) -> bool {
        !self.ruled || self.problem.is_feasible(deal)
    }

    /// Whether a deal crosses a red line that this party has stated.
    #[must_use]
    pub fn crosses(&self, party: usize, deal: &[usize]) -> bool {
        use detente_analysis::problem::Origin;
        self.problem.red_lines.iter().any(|line| {
            matches!(line.origin, Origin::RedLine(of, _) if of == party)
                && holds(&line.literals, deal)
        })
    }

    /// Whether any party has stated a red line.
    #[must_use]
    pub fn has_red_lines(&self) -> bool {
        !self.problem.red_lines.is_empty()
    }

    /// All options of all issues, numbered in one row.
    pub(crate) fn cells(&self) -> usize {
        self.offsets[self.offsets.len() - 1]
    }

    /// The number of an option in that row.
    pub(crate) fn cell(&self, issue: usize, option: usize) -> usize {
        self.offsets[issue] + option
    }

    /// How many rules and red lines a deal breaks: the way down to a feasible one.
    pub(crate) fn breaches(&self, deal: &[usize]) -> usize {
        let forbidden = self.problem.forbidden.iter().filter(|f| holds(&f.literals, deal)).count();
        let sums = self.problem.sums.iter().filter(|s| !s.holds(deal)).count();
        let red = self.problem.red_lines.iter().filter(|f| holds(&f.literals, deal)).count();
        1000 * (forbidden + sums) + red
    }
}
