//! The smallest cuts of reservation values that open the zone of agreement.

use super::oracle::{Demands, Found, Oracle, own_units};
use crate::budget::Budget;
use crate::frontier::{self, Completeness, Point, dominance};
use crate::problem::Problem;
use crate::solution::search::ask;
use crate::solved::Deal;
use detente_model::Number;

/// What one party alone would have to give up of its reservation value.
#[derive(Debug, Clone, PartialEq)]
pub enum OwnCut {
    /// So much, at the least; with an outcome that then becomes acceptable to all.
    Opens {
        /// By how much the reservation value falls, in the party's own units.
        cut: Number,
        /// The outcome.
        deal: Deal,
    },
    /// No cut of this party's alone suffices.
    Never,
    /// Not decided within the budget.
    Undecided,
}

/// Cuts that open the zone together.
#[derive(Debug, Clone, PartialEq)]
pub struct JointCut {
    /// Per party, by how much its reservation value falls; zero for those who keep theirs.
    pub cuts: Vec<Number>,
    /// The outcome that then becomes acceptable to all.
    pub deal: Deal,
}

/// The joint cuts of which none can be made smaller for one party without
/// growing for another.
#[derive(Debug, Clone, PartialEq)]
pub struct JointCuts {
    /// The cuts; each is minimal.
    pub minimal: Vec<JointCut>,
    /// Whether these are all.
    pub complete: bool,
    /// The cut whose largest single part, in own units, is smallest; `None`
    /// when not decided.
    pub evenest: Option<JointCut>,
}

/// Up to so many outcomes are looked at one by one.
const MOST_ENUMERATED: u128 = 2_000_000;

pub(super) fn deal(problem: &Problem, assignment: &[usize]) -> Deal {
    Deal {
        outcome: problem.outcome(assignment),
        utilities: problem.in_own_units(&problem.utilities(assignment)),
    }
}

/// For each party the smallest cut of its own reservation value alone.
#[must_use]
pub fn own(problem: &Problem, oracle: &dyn Oracle) -> Vec<OwnCut> {
    (0..problem.parties)
        .map(|party| {
            let mut demands = Demands::all(problem);
            demands.reservations[party] = false;
            match oracle.maximise(party, &demands) {
                Found::Outcome(assignment) => {
                    let best = problem.utilities(&assignment)[party];
                    let short = (problem.reservations[party] - best).max(0);
                    OwnCut::Opens {
                        cut: own_units(&problem.scales[party], short),
                        deal: deal(problem, &assignment),
                    }
                }
                Found::None => OwnCut::Never,
                Found::Unknown => OwnCut::Undecided,
            }
        })
        .collect()
}

/// The minimal joint cuts: the frontier of utilities counted only up to the
/// reservation values, over the feasible outcomes that cross no red line.
#[must_use]
pub fn joint(problem: &Problem, budget: &Budget<'_>) -> JointCuts {
    let mut clean = problem.with_red_lines_as_constraints();
    for (cap, reservation) in clean.caps.iter_mut().zip(&problem.reservations) {
        *cap = Some(cap.map_or(*reservation, |c| c.min(*reservation)));
    }
    let (mut points, complete) = minimal_points(&clean, budget);
    points.sort_by(|a, b| b.utilities.cmp(&a.utilities).then(a.assignment.cmp(&b.assignment)));
    let cut = |assignment: &[usize]| {
        let utilities = problem.utilities(assignment);
        let cuts = (0..problem.parties)
            .map(|p| {
                let short = (problem.reservations[p] - utilities[p]).max(0);
                own_units(&problem.scales[p], short)
            })
            .collect();
        JointCut { cuts, deal: deal(problem, assignment) }
    };
    let evenest = ask::least_short(&problem.with_red_lines_as_constraints(), budget);
    JointCuts {
        minimal: points.iter().map(|p| cut(&p.assignment)).collect(),
        complete,
        evenest: evenest.assignment.filter(|_| evenest.proved).map(|a| cut(&a)),
    }
}

/// The undominated capped vectors, and whether they are all; none where it
/// is not known that they are undominated.
fn minimal_points(clean: &Problem, budget: &Budget<'_>) -> (Vec<Point>, bool) {
    let size = (0..clean.issues.len())
        .try_fold(1_u128, |n, i| n.checked_mul(clean.size(i) as u128))
        .unwrap_or(u128::MAX);
    if size <= MOST_ENUMERATED.min(u128::from(budget.enumeration_limit)) {
        return enumerate(clean, budget);
    }
    if clean.parties > 3 {
        return (Vec::new(), false);
    }
    let found = frontier::frontier(clean, budget);
    if found.completeness == Completeness::Complete {
        (found.points, true)
    } else {
        (Vec::new(), false)
    }
}

fn enumerate(clean: &Problem, budget: &Budget<'_>) -> (Vec<Point>, bool) {
    let issues: Vec<usize> = (0..clean.issues.len()).collect();
    let mut full = vec![0; issues.len()];
    let mut points: Vec<Point> = Vec::new();
    let mut pending = 0;
    loop {
        if budget.is_over() {
            return (Vec::new(), false);
        }
        if clean.is_feasible(&full) {
            points.push(Point {
                assignment: full.clone(),
                utilities: clean.utilities(&full),
                outcomes: None,
            });
            pending += 1;
            if pending > 4_096.max(points.len() / 2) {
                dominance::keep_undominated(&mut points);
                pending = 0;
            }
        }
        if !frontier::advance(clean, &issues, &mut full) {
            break;
        }
    }
    dominance::keep_undominated(&mut points);
    (points, true)
}
