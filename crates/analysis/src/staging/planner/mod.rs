//! The best plan: the largest minimum slack, then fewest phases, then balance,
//! then lexicographic order. Exact, with proof, or with a stated gap.
//!
//! The value of going on depends on everything that follows, so a shortest
//! path with one label per state is wrong under discounting or hazard. The
//! search keeps, per state, every combination of the parties' values that no
//! other combination dominates, after pruning moves that cannot be part of a
//! plan better than one already known. Doubles carry the search; whatever is
//! too close for them is decided with exact rationals.

// Parties index several arrays at once throughout.
#![allow(clippy::needless_range_loop)]

mod bound;
mod graph;
mod labels;
mod moves;
mod search;
mod space;
mod tables;
mod ties;
mod values;

pub(crate) use bound::participation_bound;
pub use search::Statistics;
pub(crate) use values::exact_moves;
pub use values::{Reachable, reachable_values};

use super::rows::{Assessment, Plan, assess};
use super::{Case, CaseError, Rational};
use moves::Moves;
use search::largest_slack;
use space::Space;
use tables::Tables;

/// How much work a search may do, counted in work, not in time.
#[derive(Clone, Copy)]
pub struct Effort<'a> {
    /// Most moves between states to go over; beyond that the search is coarse.
    pub most_moves: u128,
    /// Most moves to keep after pruning.
    pub most_moves_kept: usize,
    /// Most labels in one pass.
    pub most_labels: usize,
    /// Most equally good plans to list.
    pub most_ties: usize,
    /// Asked now and then; `true` ends the search with what is known by then.
    pub stop: &'a dyn Fn() -> bool,
}

impl std::fmt::Debug for Effort<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Effort")
            .field("most_moves", &self.most_moves)
            .field("most_moves_kept", &self.most_moves_kept)
            .field("most_labels", &self.most_labels)
            .field("most_ties", &self.most_ties)
            .finish_non_exhaustive()
    }
}

impl Default for Effort<'_> {
    fn default() -> Self {
        Self {
            most_moves: 400_000_000,
            most_moves_kept: 120_000_000,
            most_labels: 20_000_000,
            most_ties: 1,
            stop: &|| false,
        }
    }
}

/// How sure an answer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// No plan within the limits is better.
    Optimal,
    /// The slack is the largest, but ties may not have been told apart.
    SlackOnly,
    /// A better plan may exist, with a slack of at most this (`None`: unknown).
    Gap(Option<Rational>),
}

/// The best plan found.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The plan with its rows; `None` when none respects the limits and caps.
    pub best: Option<Assessment>,
    /// Plans that nothing tells apart from it (it is the first).
    pub tied: Vec<Plan>,
    /// Whether `tied` holds all of them.
    pub tied_complete: bool,
    /// How sure that is.
    pub proof: Proof,
    /// What the search did.
    pub statistics: Statistics,
}

/// Finds the best plan.
///
/// # Errors
/// [`CaseError`] when the case does not hold together.
pub fn best_plan(case: &Case, effort: &Effort<'_>) -> Result<Planned, CaseError> {
    case.check()?;
    if case.start == case.target {
        let plan = vec![case.start.clone()];
        return Ok(Planned {
            best: Some(assess(case, &plan)),
            tied: vec![plan],
            tied_complete: true,
            proof: Proof::Optimal,
            statistics: Statistics { states: 1, ..Statistics::default() },
        });
    }
    Ok(match case.parties.len() {
        0..=2 => planned::<2>(case, effort),
        3..=4 => planned::<4>(case, effort),
        5..=10 => planned::<10>(case, effort),
        _ => planned::<{ super::MOST_PARTIES }>(case, effort),
    })
}

fn layers(case: &Case) -> usize {
    if case.limits.windows.is_empty() {
        return 1;
    }
    case.limits.max_phases.unwrap_or(usize::MAX).min(case.steps_to_do()) + 1
}

/// Moves a coarse search may go over.
const COARSE_MOVES: u128 = 300_000;

fn planned<const N: usize>(case: &Case, effort: &Effort<'_>) -> Planned {
    let full = Space::full(case, layers(case));
    let edges = full.edges();
    let mut statistics =
        Statistics { states: full.nodes as u128, moves: edges, ..Statistics::default() };
    let too_large = edges > effort.most_moves;
    let coarse = if edges > COARSE_MOVES { coarse::<N>(case, effort) } else { None };
    if too_large {
        let upper = bound::joint_bound(case);
        return Planned {
            tied: coarse.iter().map(|a| a.plan.clone()).collect(),
            best: coarse,
            tied_complete: false,
            proof: Proof::Gap(upper),
            statistics,
        };
    }
    let tables = Tables::new(case, &full);
    let moves = Moves::<N>::new(&tables);
    let found = largest_slack(&moves, coarse, effort, &mut statistics);
    let tied: Vec<Plan> = found.plan.iter().map(|a| a.plan.clone()).collect();
    let mut answer = Planned {
        best: found.plan,
        tied,
        tied_complete: false,
        proof: if found.proved { Proof::SlackOnly } else { Proof::Gap(found.upper) },
        statistics,
    };
    let sigma = answer.best.as_ref().and_then(|a| a.min_slack.clone());
    match (found.proved, sigma, found.graph) {
        (true, Some(sigma), Some(graph)) => {
            if let Ok(ties) = ties::resolve(&moves, &graph, &sigma, effort, &mut answer.statistics)
                && let Some(first) = ties.plans.first()
            {
                answer.best = Some(assess(case, first));
                answer.proof = Proof::Optimal;
                answer.tied_complete = ties.complete;
                answer.tied = ties.plans;
            }
        }
        (true, None, _) => {
            answer.proof = Proof::Optimal;
            answer.tied_complete = true;
        }
        _ => {}
    }
    answer
}

/// A good plan from fewer levels per deliverable, searched exactly.
fn coarse<const N: usize>(case: &Case, effort: &Effort<'_>) -> Option<Assessment> {
    let layers = layers(case);
    let full: Vec<Vec<usize>> =
        case.start.iter().zip(&case.target).map(|(s, t)| (*s..=*t).collect()).collect();
    let mut levels: Vec<Vec<usize>> = full
        .iter()
        .map(|l| if l.len() > 1 { vec![l[0], l[l.len() - 1]] } else { l.clone() })
        .collect();
    while Space::new(levels.clone(), layers).edges() > 16 * COARSE_MOVES {
        // Too many deliverables even so: those at the end go together at the last.
        let j = levels.iter().rposition(|l| l.len() > 1)?;
        levels[j] = vec![full[j][0]];
    }
    for j in (0..levels.len()).cycle().take(levels.len() * 8) {
        if levels[j].len() < 2 || levels[j].len() == full[j].len() {
            continue;
        }
        let more: Vec<usize> = {
            let have = &levels[j];
            let missing: Vec<usize> =
                full[j].iter().copied().filter(|l| !have.contains(l)).collect();
            let mut all = have.clone();
            all.push(missing[missing.len() / 2]);
            all.sort_unstable();
            all
        };
        let mut trial = levels.clone();
        trial[j] = more;
        if Space::new(trial.clone(), layers).edges() <= COARSE_MOVES {
            levels = trial;
        }
    }
    let whole = levels.iter().zip(&full).all(|(l, f)| l.last() == f.last());
    if !whole {
        return all_together(case);
    }
    let space = Space::new(levels, layers);
    let tables = Tables::new(case, &space);
    let moves = Moves::<N>::new(&tables);
    let found = largest_slack(&moves, None, effort, &mut Statistics::default());
    found.plan.filter(|p| p.within_caps)
}

/// Everything in one phase, when the limits allow it.
fn all_together(case: &Case) -> Option<Assessment> {
    let limits = &case.limits;
    let free = limits.order.is_empty()
        && limits.windows.is_empty()
        && limits.max_moves.is_none_or(|m| m >= case.steps_to_do());
    let plan = vec![case.start.clone(), case.target.clone()];
    free.then(|| assess(case, &plan)).filter(|a| a.within_caps)
}
