//! All combinations of values at the start that plans can give, none
//! dominated by another.

use super::graph::{keep, sweep, tighten};
use super::labels::{Labels, Question};
use super::moves::Moves;
use super::space::Space;
use super::tables::{Tables, double};
use super::{Effort, layers};
use crate::staging::rows::Plan;
use crate::staging::{Case, CaseError, Rational};

/// Undominated values at the start, each with a plan that gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reachable {
    /// Per value vector: one value per party, and a plan.
    pub points: Vec<(Vec<Rational>, Plan)>,
    /// Whether these are all.
    pub complete: bool,
}

/// The undominated values at the start over plans within the caps and limits
/// whose every slack is at least `sigma` (`None`: over all plans).
///
/// # Errors
/// [`CaseError`] when the case does not hold together.
pub fn reachable_values(
    case: &Case,
    sigma: Option<&Rational>,
    effort: &Effort<'_>,
) -> Result<Reachable, CaseError> {
    case.check()?;
    if case.start == case.target {
        let points = vec![(case.residual.clone(), vec![case.start.clone()])];
        return Ok(Reachable { points, complete: true });
    }
    Ok(match case.parties.len() {
        0..=2 => reachable::<2>(case, sigma, effort),
        3..=4 => reachable::<4>(case, sigma, effort),
        5..=10 => reachable::<10>(case, sigma, effort),
        _ => reachable::<{ crate::staging::MOST_PARTIES }>(case, sigma, effort),
    })
}

fn reachable<const N: usize>(
    case: &Case,
    sigma: Option<&Rational>,
    effort: &Effort<'_>,
) -> Reachable {
    let space = Space::full(case, layers(case));
    let unknown = Reachable { points: Vec::new(), complete: false };
    if space.edges() > effort.most_moves {
        return unknown;
    }
    let tables = Tables::new(case, &space);
    let moves = Moves::<N>::new(&tables);
    let floor = sigma.map_or(f64::NEG_INFINITY, double);
    let Ok(bounds) = sweep(&moves, floor, effort.stop) else { return unknown };
    if !bounds.alive[0] {
        return Reachable { points: Vec::new(), complete: true };
    }
    let Ok(graph) = keep(&moves, &bounds, floor, effort.most_moves_kept, effort.stop) else {
        return unknown;
    };
    let phases = case.limits.max_phases.map(|p| u32::try_from(p).unwrap_or(u32::MAX));
    let tight = tighten(&moves, &graph, floor, phases, &|_| true);
    let question = Question {
        sigma,
        strict: false,
        phases,
        count: phases.is_some(),
        clip: false,
        most: effort.most_labels,
    };
    let Ok(mut labels) = Labels::collect(&moves, &graph, &tight, &question, effort.stop) else {
        return unknown;
    };
    let ids: Vec<u32> = labels.at(0).to_vec();
    let all: Vec<(Vec<Rational>, Plan)> =
        ids.into_iter().map(|id| (labels.exact_value(id), labels.path(id))).collect();
    // Labels with fewer phases left are kept on the way; at the start they no longer count.
    let dominated = |at: usize| {
        all.iter().enumerate().any(|(other, (v, _))| {
            let as_good = other != at && v.iter().zip(&all[at].0).all(|(a, b)| a >= b);
            as_good && (*v != all[at].0 || other < at)
        })
    };
    let kept = (0..all.len()).filter(|&at| !dominated(at));
    Reachable { points: kept.map(|at| all[at].clone()).collect(), complete: true }
}

/// A state and the places of those that one allowed phase leads to.
pub(crate) type Successors = (Vec<usize>, Vec<usize>);

/// All states from the start (first) to the target (last), in an order in
/// which moves go up; where phases need numbers, once per phase. `None` when
/// there are too many.
pub(crate) fn exact_moves(case: &Case, effort: &Effort<'_>) -> Option<Vec<Successors>> {
    let space = Space::full(case, layers(case));
    if space.edges() > effort.most_moves / 100 {
        return None;
    }
    let tables = Tables::new(case, &space);
    let moves = Moves::<{ crate::staging::MOST_PARTIES }>::new(&tables);
    let (last, layers) = (space.last(), space.layers);
    let mut all = Vec::with_capacity(last * layers + 1);
    for node in 0..last {
        let mut next = Vec::new();
        moves.each(node, &mut |to, _| next.push(to));
        let state = space.state(node);
        for layer in 0..layers {
            let open = layers == 1 || layer + 1 < layers;
            let allowed =
                next.iter()
                    .filter(|&&to| open && moves.allowed(node, to, layer + 1, true))
                    .map(|&to| {
                        if to == last { last * layers } else { to * layers + (layer + 1) % layers }
                    })
                    .collect();
            all.push((state.clone(), allowed));
        }
    }
    all.push((space.state(last), Vec::new()));
    Some(all)
}
