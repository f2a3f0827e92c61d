//! Why no outcome is acceptable to all, and what is the least that would change that.
//!
//! What conflicts: the sets of reservation values and red lines that cannot
//! all be respected, minimal in the sense that leaving any one of them aside
//! ends the conflict ([`conflicts`]). What would open the zone of agreement:
//! a cut of one party's reservation value, joint cuts ([`cuts`]), one red
//! line or one practical constraint lifted ([`lifts`]). Legal limits and
//! agreed principles are named, never offered.
//!
//! All of it stands on one question, put to an [`Oracle`]: is there an
//! outcome that respects these? Where the budget ends before an answer, the
//! result says so.

pub mod conflicts;
pub mod cuts;
pub mod lifts;
mod oracle;
#[cfg(test)]
mod tests;

pub use oracle::{Demands, Found, Oracle, SearchOracle};

use crate::budget::Budget;
use crate::problem::{CompileError, Problem};
use crate::solved::Deal;
use conflicts::Conflicts;
use cuts::{JointCuts, OwnCut};
use detente_model::{AcceptanceRule, Scenario};
use lifts::Lift;

/// The answer to "is agreement possible, and if not, why not?"
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Some outcome is acceptable to all; this is one of them, not a proposal.
    Possible(Deal),
    /// Not decided within the budget.
    Undecided,
    /// The constraints alone leave no outcome.
    NothingFeasible {
        /// The constraints, by index, that cannot all be obeyed: minimal if
        /// `minimal` says so.
        constraints: Vec<usize>,
        /// Whether leaving any one of them aside is known to end the conflict.
        minimal: bool,
    },
    /// No outcome is acceptable to all.
    Impossible(Box<WhyNot>),
}

/// Why there is no agreement, and what would open it.
#[derive(Debug, Clone, PartialEq)]
pub struct WhyNot {
    /// What conflicts with what.
    pub conflicts: Conflicts,
    /// Per party: the smallest cut of its own reservation value alone that opens the zone.
    pub own_cuts: Vec<OwnCut>,
    /// The smallest joint cuts.
    pub joint_cuts: JointCuts,
    /// Each red line, and whether lifting it alone opens the zone.
    pub red_lines: Vec<Lift>,
    /// Each practical constraint, and whether lifting it alone opens the zone.
    pub constraints: Vec<Lift>,
    /// Constraints (by index) that are never offered: legal limits and agreed principles.
    pub not_negotiable: Vec<usize>,
}

/// Why the question could not be put.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhyNotError {
    /// The scenario cannot be compiled.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// Answered for unanimity only.
    #[error("why not is answered only where every party must accept")]
    NotUnanimous,
    /// Shares are not searched.
    #[error("why not is answered only without divisible issues")]
    Divisible,
}

/// Asks whether agreement is possible and, if not, why not.
///
/// # Errors
/// [`WhyNotError`] when the scenario has divisible issues, another acceptance
/// rule than unanimity, or cannot be compiled.
pub fn why_not(scenario: &Scenario, budget: &Budget<'_>) -> Result<Verdict, WhyNotError> {
    if *scenario.acceptance() != AcceptanceRule::Unanimity {
        return Err(WhyNotError::NotUnanimous);
    }
    if scenario.has_divisible_issues() {
        return Err(WhyNotError::Divisible);
    }
    let problem = match Problem::new(scenario) {
        Ok(problem) => problem,
        Err(CompileError::NoOptionLeft { constraints, .. }) => {
            // The one-issue constraints on that issue, not minimised.
            return Ok(Verdict::NothingFeasible { constraints, minimal: false });
        }
        Err(error) => return Err(error.into()),
    };
    let oracle = SearchOracle::new(&problem, budget);
    let everything = Demands::all(&problem);
    match oracle.feasible(&everything) {
        Found::Outcome(assignment) => {
            return Ok(Verdict::Possible(cuts::deal(&problem, &assignment)));
        }
        Found::Unknown => return Ok(Verdict::Undecided),
        Found::None => {}
    }
    match oracle.feasible(&Demands::none(&problem)) {
        Found::None => {
            let (constraints, minimal) = conflicts::constraints_alone(scenario, &problem, budget);
            return Ok(Verdict::NothingFeasible { constraints, minimal });
        }
        Found::Unknown => return Ok(Verdict::Undecided),
        Found::Outcome(_) => {}
    }
    let not_negotiable = scenario
        .constraints()
        .iter()
        .enumerate()
        .filter(|(_, c)| !c.basis.is_negotiable())
        .map(|(i, _)| i)
        .collect();
    // What is quick comes first: where the budget ends, it ends among the conflicts.
    let red_lines = lifts::red_lines(&problem, &oracle);
    let constraints = lifts::constraints(scenario, budget);
    let own_cuts = cuts::own(&problem, &oracle);
    let joint_cuts = cuts::joint(&problem, budget);
    let conflicts = conflicts::conflicts(&problem, &oracle, budget);
    let why_not =
        WhyNot { conflicts, own_cuts, joint_cuts, red_lines, constraints, not_negotiable };
    Ok(Verdict::Impossible(Box::new(why_not)))
}
