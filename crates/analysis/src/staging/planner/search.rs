//! The largest minimum slack: an incumbent, bounds, and labels until the two meet.

use super::Effort;
use super::graph::{Graph, Tight, Trouble, keep, sweep, tighten};
use super::labels::{Cut, Labels, Question};
use super::moves::Moves;
use super::tables::double;
use crate::staging::Rational;
use crate::staging::rows::{Assessment, Plan, assess};
use num_traits::FromPrimitive;

/// What a search did, and how much.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistics {
    /// States between start and target.
    pub states: u128,
    /// Moves between them.
    pub moves: u128,
    /// Moves left after pruning by bounds.
    pub moves_kept: usize,
    /// Values kept on the way, over all passes.
    pub labels: usize,
    /// Passes over the moves that were left.
    pub passes: usize,
    /// Comparisons too close for doubles, decided with exact rationals.
    pub close_calls: usize,
}

/// The best slack found and whether it is proved.
pub(crate) struct Found {
    pub(crate) plan: Option<Assessment>,
    /// No plan has a larger slack than this; `None` when nothing is known.
    pub(crate) upper: Option<Rational>,
    pub(crate) proved: bool,
    /// The moves kept, when the search got that far.
    pub(crate) graph: Option<Graph>,
}

/// Searches for the largest minimum slack.
pub(crate) fn largest_slack<const N: usize>(
    moves: &Moves<'_, N>,
    lower: Option<Assessment>,
    effort: &Effort<'_>,
    statistics: &mut Statistics,
) -> Found {
    let mut best = lower;
    let mut upper: Option<Rational> = None;
    let mut floor = f64::NEG_INFINITY;
    let slack_of = |a: &Option<Assessment>| {
        a.as_ref().and_then(|a| a.min_slack.as_ref()).map_or(f64::NEG_INFINITY, double)
    };
    let mut rounds = 0;
    // Keep the moves that can matter; raise the floor while there are too many.
    let graph = loop {
        let low = slack_of(&best);
        let sigma = low.max(floor);
        rounds += 1;
        if rounds > MOST_ROUNDS {
            return Found { plan: best, upper, proved: false, graph: None };
        }
        let Ok(bounds) = sweep(moves, sigma, effort.stop) else {
            return Found { plan: best, upper, proved: false, graph: None };
        };
        if !bounds.alive[0] {
            if sigma == f64::NEG_INFINITY {
                return Found { plan: None, upper: None, proved: true, graph: None };
            }
            upper = lower_of(upper, sigma + moves.tables.close);
            floor = low.max(sigma - sigma.abs() - 1.0);
            continue;
        }
        upper = lower_of(upper, bounds.upper[0] + moves.tables.close);
        let top = upper.as_ref().map_or(0.0, double);
        let graph = match keep(moves, &bounds, sigma, effort.most_moves_kept, effort.stop) {
            Ok(graph) => graph,
            Err(Trouble::Stopped) => {
                return Found { plan: best, upper, proved: false, graph: None };
            }
            Err(Trouble::TooMany) => {
                let bottom = if sigma.is_finite() { sigma } else { top - top.abs() - 1.0 };
                floor = bottom + (top - bottom) / 2.0;
                continue;
            }
        };
        statistics.moves_kept = graph.edges();
        if let Some(found) = incumbent(moves, &graph)
            && best.as_ref().is_none_or(|b| found.min_slack > b.min_slack)
        {
            best = Some(found);
        }
        if best.is_none() && sigma == f64::NEG_INFINITY {
            return Found { plan: None, upper: None, proved: true, graph: None };
        }
        if slack_of(&best) >= sigma {
            break graph;
        }
        // The floor was raised above the best plan known: is anything up there?
        let Some(exact) = Rational::from_f64(sigma) else {
            return Found { plan: best, upper, proved: false, graph: None };
        };
        match ask(moves, &graph, &exact, false, effort, statistics) {
            Err(_) => return Found { plan: best, upper, proved: false, graph: None },
            Ok(Some(found)) => {
                best = Some(found);
                break graph;
            }
            Ok(None) => {
                upper = lower_of(upper, sigma);
                floor = slack_of(&best).max(sigma - sigma.abs() - 1.0);
            }
        }
    };
    let mut graph = graph;
    if let Some(low) = best.as_ref().and_then(|b| b.min_slack.as_ref()) {
        (upper, graph) = narrowed(moves, graph, double(low), upper);
    }
    // High slacks leave few moves, so ask there first; the proof at the best
    // slack found comes last, when the bounds have come down to it.
    let mut refused = 0;
    loop {
        let low = best.as_ref().and_then(|b| b.min_slack.clone());
        let Some(low) = low else {
            return Found { plan: best, upper: None, proved: true, graph: Some(graph) };
        };
        let quarter = Rational::new(1.into(), 4.into());
        let high = upper.as_ref().map(|u| u - (u - &low) * quarter);
        let near = upper.as_ref().is_some_and(|u| double(&(u - &low)) < moves.tables.close * 100.0);
        let sigma = match high {
            Some(high) if refused < MOST_REFUSED && !near && high > low => high,
            _ => low.clone(),
        };
        let is_strict = sigma == low;
        let found = match ask(moves, &graph, &sigma, is_strict, effort, statistics) {
            Ok(found) => found,
            Err(_) => return Found { plan: best, upper, proved: false, graph: Some(graph) },
        };
        match found {
            Some(found) => {
                // Only moves that can beat it matter from here on.
                let floor = found.min_slack.as_ref().map_or(f64::NEG_INFINITY, double);
                best = Some(found);
                (upper, graph) = narrowed(moves, graph, floor, upper);
                refused = 0;
            }
            None if is_strict => {
                return Found { plan: best, upper: Some(low), proved: true, graph: Some(graph) };
            }
            None => {
                refused += 1;
                upper = Some(upper.map_or(sigma.clone(), |u| u.min(sigma)));
            }
        }
    }
}

/// Refusals in a row before the proof at the best slack found is tried.
const MOST_REFUSED: usize = 3;

/// Most rounds of raising and lowering the floor before giving up.
const MOST_ROUNDS: usize = 14;

/// Only the moves that can be part of a plan with slacks of at least `floor`:
/// what the bounds rule out tightens the bounds, as long as that pays.
fn narrowed<const N: usize>(
    moves: &Moves<'_, N>,
    mut graph: Graph,
    floor: f64,
    mut upper: Option<Rational>,
) -> (Option<Rational>, Graph) {
    loop {
        let tight = tighten(moves, &graph, floor, phases(moves), &|_| true);
        upper = lower_of(upper, tight.bounds.upper[0] + moves.tables.close);
        let small = graph.shrunk(moves, &tight, floor, phases(moves));
        let pays = small.edges() * 4 < graph.edges() * 3;
        graph = small;
        if !pays {
            return (upper, graph);
        }
    }
}

/// A plan whose slacks are all at least (or, strictly, above) `sigma`.
fn ask<const N: usize>(
    moves: &Moves<'_, N>,
    graph: &Graph,
    sigma: &Rational,
    strict: bool,
    effort: &Effort<'_>,
    statistics: &mut Statistics,
) -> Result<Option<Assessment>, Cut> {
    statistics.passes += 1;
    let tight = tighten(moves, graph, double(sigma), phases(moves), &|_| true);
    if !tight.bounds.alive[0] {
        return Ok(None);
    }
    let question = Question {
        sigma: Some(sigma),
        strict,
        phases: phases(moves),
        count: moves.tables.case.limits.max_phases.is_some(),
        clip: true,
        most: effort.most_labels,
    };
    let labels = Labels::collect(moves, graph, &tight, &question, effort.stop)?;
    statistics.labels += labels.len();
    statistics.close_calls += labels.close_calls;
    Ok(labels
        .at(0)
        .iter()
        .map(|&id| assess(moves.tables.case, &labels.path(id)))
        .max_by(|a, b| a.min_slack.cmp(&b.min_slack)))
}

fn lower_of(upper: Option<Rational>, bound: f64) -> Option<Rational> {
    match (upper, Rational::from_f64(bound)) {
        (Some(u), Some(b)) => Some(u.min(b)),
        (u, b) => u.or(b),
    }
}

fn phases<const N: usize>(moves: &Moves<'_, N>) -> Option<u32> {
    moves.tables.case.limits.max_phases.map(|p| u32::try_from(p).unwrap_or(u32::MAX))
}

/// A good plan, quickly: from each vertex the one continuation with the
/// largest slack so far.
fn incumbent<const N: usize>(moves: &Moves<'_, N>, graph: &Graph) -> Option<Assessment> {
    let case = moves.tables.case;
    let most = case.limits.max_phases.unwrap_or(usize::MAX).min(case.steps_to_do());
    let rounds =
        if case.limits.max_phases.is_some() && most < case.steps_to_do() { most } else { 1 };
    let counted = rounds > 1 || case.limits.max_phases == Some(1);
    let n = moves.tables.parties;
    let last = moves.tables.space.last();
    let blank = || vec![(f64::NEG_INFINITY, [0.0; N], 0_usize); graph.vertices()];
    let mut layers = Vec::new();
    let mut ends = blank();
    for layer in 0..graph.layers {
        let target = last * graph.layers + layer;
        ends[target].0 = f64::INFINITY;
        ends[target].1[..n].copy_from_slice(&moves.tables.end);
    }
    for _ in 0..rounds {
        let mut here = if counted { blank() } else { ends.clone() };
        for vertex in (0..graph.vertices()).rev() {
            let node = graph.state(vertex);
            if node == last {
                continue;
            }
            for &to in graph.from(vertex) {
                let to = to as usize;
                let ahead = if counted { layers.last().unwrap_or(&ends)[to] } else { here[to] };
                if ahead.0 == f64::NEG_INFINITY {
                    continue;
                }
                let sums = moves.sums(node, graph.state(to));
                let slack = moves.slack(node, &sums, &ahead.1).min(ahead.0);
                let value: f64 = sums.lump.iter().sum::<f64>() + ahead.1.iter().sum::<f64>();
                let old: f64 = here[vertex].1.iter().sum();
                if slack > here[vertex].0 || slack == here[vertex].0 && value > old {
                    let mut carried = [0.0; N];
                    for i in 0..n {
                        carried[i] = moves.tables.carried(node, i, sums.lump[i] + ahead.1[i]);
                    }
                    here[vertex] = (slack, carried, to);
                }
            }
        }
        layers.push(here);
    }
    if !counted {
        return follow(moves, graph, |vertex, _| layers[0][vertex], 0).map(|p| assess(case, &p));
    }
    (0..layers.len())
        .filter(|&r| layers[r][0].0 > f64::NEG_INFINITY)
        .filter_map(|r| follow(moves, graph, |vertex, at| layers[at][vertex], r))
        .map(|plan| assess(case, &plan))
        .max_by(|a, b| a.min_slack.cmp(&b.min_slack))
}

fn follow<const N: usize>(
    moves: &Moves<'_, N>,
    graph: &Graph,
    step: impl Fn(usize, usize) -> (f64, [f64; N], usize),
    rounds: usize,
) -> Option<Plan> {
    let space = moves.tables.space;
    let (mut vertex, mut at) = (0, rounds);
    let mut plan = vec![space.state(0)];
    while graph.state(vertex) != space.last() {
        let (slack, _, next) = step(vertex, at);
        if slack == f64::NEG_INFINITY {
            return None;
        }
        vertex = next;
        at = at.saturating_sub(1);
        plan.push(space.state(graph.state(vertex)));
    }
    Some(plan)
}

/// A tightened view for a proved slack.
pub(crate) fn view<const N: usize>(
    moves: &Moves<'_, N>,
    graph: &Graph,
    sigma: &Rational,
    phases: Option<u32>,
    usable: &dyn Fn(usize) -> bool,
) -> Tight<N> {
    tighten(moves, graph, double(sigma), phases, usable)
}
