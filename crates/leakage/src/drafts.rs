//! The drafts a mediator may choose from.

use crate::error::LeakError;
use detente_analysis::Problem;

/// So many outcomes are looked at one by one.
pub const MOST_OUTCOMES: u64 = 4_000_000;

/// The drafts a mediator may choose from, each one option per issue.
///
/// Feasible outcomes only, and of options that some other option betters for
/// every party (whatever its weights) only those that any rule would need:
/// replacing such an option gives nobody less and merges drafts, which can
/// only tell a reader less.
#[derive(Debug, Clone, PartialEq)]
pub struct Drafts {
    /// One option per issue of the problem.
    pub assignments: Vec<Vec<u16>>,
}

impl Drafts {
    /// Every draft of a problem, and those of `also` that are not among them.
    ///
    /// # Errors
    /// When there are too many, or none.
    pub fn new(problem: &Problem, also: &[Vec<usize>]) -> Result<Self, LeakError> {
        let options: Vec<Vec<u16>> =
            (0..problem.issues.len()).map(|i| needed_options(problem, i)).collect();
        let count: f64 = options.iter().map(|o| o.len() as f64).product();
        if count > MOST_OUTCOMES as f64 {
            return Err(LeakError::TooManyOutcomes(format!("{count:.0}")));
        }
        let mut assignments = Vec::new();
        let mut at = vec![0; options.len()];
        loop {
            let assignment: Vec<u16> = at.iter().zip(&options).map(|(&a, o)| o[a]).collect();
            if problem.is_feasible(&wide(&assignment)) {
                assignments.push(assignment);
            }
            let Some(turn) = (0..at.len()).rev().find(|&i| at[i] + 1 < options[i].len()) else {
                break;
            };
            at[turn] += 1;
            at[turn + 1..].fill(0);
        }
        for assignment in also {
            let narrow: Vec<u16> = assignment.iter().map(|&o| o as u16).collect();
            if !assignments.contains(&narrow) {
                assignments.push(narrow);
            }
        }
        if assignments.is_empty() {
            return Err(LeakError::NothingFeasible);
        }
        Ok(Self { assignments })
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.assignments.len()
    }

    /// Whether there are none; never so after [`Drafts::new`].
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.assignments.is_empty()
    }

    /// Which draft an assignment is.
    #[must_use]
    pub fn position(&self, assignment: &[usize]) -> Option<usize> {
        self.assignments
            .iter()
            .position(|a| a.iter().map(|&o| usize::from(o)).eq(assignment.iter().copied()))
    }

    /// One draft as the problem's assignment.
    #[must_use]
    pub fn assignment(&self, draft: usize) -> Vec<usize> {
        wide(&self.assignments[draft])
    }
}

fn wide(assignment: &[u16]) -> Vec<usize> {
    assignment.iter().map(|&o| usize::from(o)).collect()
}

/// The options of an issue that no other betters for every party; all of
/// them where the issue is tied to others by interactions, rules or red lines.
fn needed_options(problem: &Problem, issue: usize) -> Vec<u16> {
    let all = 0..problem.size(issue).min(usize::from(u16::MAX));
    let literals = problem.factors.iter().flat_map(|f| &f.literals);
    let rules = problem.forbidden.iter().chain(&problem.red_lines).flat_map(|f| &f.literals);
    let tied = literals.chain(rules).any(|l| l.issue == issue)
        || problem.sums.iter().any(|s| s.terms.iter().any(|t| t.0 == issue));
    let betters = |o: usize, other: usize| {
        let (row, than) = (problem.row(issue, o), problem.row(issue, other));
        row.iter().zip(than).all(|(a, b)| a >= b) && (row != than || o < other)
    };
    all.clone()
        .filter(|&o| tied || !all.clone().any(|other| other != o && betters(other, o)))
        .map(|o| o as u16)
        .collect()
}
