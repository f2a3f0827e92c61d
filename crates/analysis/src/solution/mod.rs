//! The bargaining solutions: which acceptable outcome each rule picks.
//!
//! For two parties they are read off the frontier of the outcomes that cross
//! no red line; for more, where frontiers explode, each is found by its own
//! exact branch and bound ([`search`]). Definitions: Nash 1950,
//! Kalai & Smorodinsky 1975 (leximin extension for N parties: Imai 1983),
//! Kalai 1977 (egalitarian), and the utilitarian sum.

mod instance;
mod local;
pub mod measure;
mod node;
mod objective;
pub mod search;
#[cfg(test)]
mod tests;

use crate::budget::Budget;
use crate::frontier::{self, Completeness, Point};
use crate::problem::Problem;
use crate::solved::SolutionRule;
use measure::Measure;

/// What a rule picks.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// By which rule.
    pub rule: SolutionRule,
    /// The outcome.
    pub point: Point,
    /// Its value by the rule, in the parties' own units.
    pub value: f64,
    /// Whether it is proved that no acceptable outcome has a larger value.
    pub optimal: bool,
    /// No acceptable outcome has a larger value; `value` when optimal.
    pub bound: f64,
}

/// Every rule's pick, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Solutions {
    /// Whether some outcome is acceptable to all; `None` when the budget ended first.
    pub agreement_possible: Option<bool>,
    /// Each party's best acceptable utility, scaled; empty without agreement.
    pub ideals: Vec<i64>,
    /// One per rule in [`SolutionRule::ALL`]; empty without agreement.
    pub picks: Vec<Pick>,
}

impl Solutions {
    pub(crate) fn none(agreement_possible: Option<bool>) -> Self {
        Self { agreement_possible, ideals: Vec::new(), picks: Vec::new() }
    }

    /// The pick of one rule.
    #[must_use]
    pub fn pick(&self, rule: SolutionRule) -> Option<&Pick> {
        self.picks.iter().find(|p| p.rule == rule)
    }
}

/// The bargaining solutions over the outcomes acceptable to every party.
///
/// `known` is the frontier if the caller has it: reused where it serves.
#[must_use]
pub fn solutions(
    problem: &Problem,
    known: Option<&frontier::Frontier>,
    budget: &Budget<'_>,
) -> Solutions {
    let usable = |f: &frontier::Frontier| f.completeness == Completeness::Complete;
    if problem.red_lines.is_empty()
        && let Some(known) = known.filter(|f| usable(f))
    {
        return scan(problem, &known.points);
    }
    if problem.parties > 2 {
        return searched(problem, budget);
    }
    let within = problem.with_red_lines_as_constraints();
    let own = frontier::frontier(
        &within,
        &budget.with_frontier_limit(crate::budget::DEFAULT_FRONTIER_LIMIT),
    );
    if usable(&own) { scan(&within, &own.points) } else { searched(problem, budget) }
}

/// By branch and bound: over issues alone, or over interactions and rules.
fn searched(problem: &Problem, budget: &Budget<'_>) -> Solutions {
    let tied = !problem.factors.is_empty()
        || !problem.forbidden.is_empty()
        || !problem.sums.is_empty()
        || problem.red_lines.iter().any(|r| r.literals.len() > 1);
    if tied {
        crate::interaction::solutions(problem, budget)
    } else {
        search::solutions(problem, budget)
    }
}

/// The solutions among points that hold the whole frontier of the outcomes
/// that cross no red line.
///
/// Every rule picks an undominated outcome (ties go to the larger leximin of
/// gains, which a dominating outcome always has), so the frontier suffices.
#[must_use]
pub fn scan(problem: &Problem, points: &[Point]) -> Solutions {
    let acceptable: Vec<(&Point, Vec<i64>)> = points
        .iter()
        .map(|p| (p, problem.gains(&p.utilities)))
        .filter(|(_, gains)| gains.iter().all(|&g| g >= 0))
        .collect();
    let Some((_, first)) = acceptable.first() else { return Solutions::none(Some(false)) };
    let mut ideal_gains = first.clone();
    for (_, gains) in &acceptable {
        ideal_gains.iter_mut().zip(gains).for_each(|(a, b)| *a = (*a).max(*b));
    }
    let measure = Measure::new(problem, ideal_gains.clone());
    let picks = SolutionRule::ALL
        .into_iter()
        .filter_map(|rule| {
            let (point, gains) = measure.best(
                rule,
                &acceptable,
                |(_, gains)| gains,
                |a, b| a.0.assignment.cmp(&b.0.assignment),
            )?;
            let value = measure.value(rule, gains);
            Some(Pick { rule, point: (*point).clone(), value, optimal: true, bound: value })
        })
        .collect();
    let ideals = ideal_gains.iter().zip(&problem.reservations).map(|(g, r)| g + r).collect();
    Solutions { agreement_possible: Some(true), ideals, picks }
}
