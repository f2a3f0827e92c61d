//! How many plans there are at all, and how many of them hold.

use super::planner::{Effort, exact_moves};
use super::rows::{ALL_CLOSERS, phase_stretches, temptations};
use super::value::breakdown;
use super::{Case, Rational};
use num_bigint::BigUint;
use num_traits::{One, Signed, Zero};

/// Numbers of plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanCounts {
    /// Plans within the limits, caps left aside.
    pub all: BigUint,
    /// Those within the exposure caps.
    pub within_caps: BigUint,
    /// Those that hold by themselves as well; `None` when there are too many to look at.
    pub self_enforcing: Option<BigUint>,
}

/// Most plans looked at one by one.
const MOST_PLANS: u32 = 60_000;

/// Counts plans; `None` when there are too many states.
#[must_use]
pub fn count_plans(case: &Case, effort: &Effort<'_>) -> Option<PlanCounts> {
    case.check().ok()?;
    let mut free = case.clone();
    free.exposure_cap = vec![None; case.parties.len()];
    let effort = Effort { most_moves: effort.most_moves.min(20_000_000), ..*effort };
    let all = chains(&exact_moves(&free, &effort)?, case.limits.max_phases);
    let graph = exact_moves(case, &effort)?;
    let within_caps = chains(&graph, case.limits.max_phases);
    let self_enforcing = (within_caps <= BigUint::from(MOST_PLANS)).then(|| holding(case, &graph));
    Some(PlanCounts { all, within_caps, self_enforcing })
}

type Graph = [(Vec<usize>, Vec<usize>)];

fn chains(graph: &Graph, most: Option<usize>) -> BigUint {
    let last = graph.len() - 1;
    let longest: usize = graph[last].0.iter().sum::<usize>() - graph[0].0.iter().sum::<usize>();
    let rounds = most.unwrap_or(longest).min(longest);
    if rounds == longest {
        let mut ways = vec![BigUint::zero(); graph.len()];
        ways[last] = BigUint::one();
        for from in (0..last).rev() {
            ways[from] = graph[from].1.iter().map(|&to| &ways[to]).sum();
        }
        return ways[0].clone();
    }
    let mut ways = vec![BigUint::zero(); graph.len()];
    ways[last] = BigUint::one();
    let mut total = BigUint::zero();
    for _ in 0..rounds {
        ways = graph.iter().map(|(_, next)| next.iter().map(|&to| &ways[to]).sum()).collect();
        total += &ways[0];
    }
    total
}

/// Goes backwards through every plan, dropping those with a row below zero.
fn holding(case: &Case, graph: &Graph) -> BigUint {
    let last = graph.len() - 1;
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); graph.len()];
    for (from, (_, next)) in graph.iter().enumerate() {
        for &to in next {
            into[to].push(from);
        }
    }
    let end: Vec<Rational> = (0..case.parties.len())
        .map(|i| &case.discount[i] * (&case.residual[i] + &case.reward[i]))
        .collect();
    let most = case.limits.max_phases.unwrap_or(usize::MAX);
    let mut cache = std::collections::HashMap::new();
    let mut count = BigUint::zero();
    let mut open = vec![(last, end, 0_usize)];
    while let Some((to, carried, phases)) = open.pop() {
        if phases == most {
            continue;
        }
        for &from in &into[to] {
            let (lumps, best) =
                cache.entry((from, to)).or_insert_with(|| row(case, graph, from, to));
            let values: Vec<Rational> = lumps.iter().zip(&carried).map(|(l, c)| l + c).collect();
            if values.iter().zip(&*best).any(|(v, b)| (v - b).is_negative()) {
                continue;
            }
            if from == 0 {
                count += 1_u32;
                continue;
            }
            let state = &graph[from].0;
            let h = case.break_off(state);
            let on = Rational::one() - &h;
            let down = breakdown(case, state);
            let next = (0..values.len())
                .map(|i| &case.discount[i] * (&on * &values[i] + &h * &down[i]))
                .collect();
            open.push((from, next, phases + 1));
        }
    }
    count
}

fn row(case: &Case, graph: &Graph, from: usize, to: usize) -> (Vec<Rational>, Vec<Rational>) {
    let (a, b) = (&graph[from].0, &graph[to].0);
    let moves = phase_stretches(case, a, b, true);
    let (cheating, walking) = temptations(case, a, &moves, from == 0, ALL_CLOSERS);
    let best = walking
        .into_iter()
        .zip(cheating)
        .map(|(q, d)| d.map_or_else(|| q.clone(), |d| d.max(q.clone())))
        .collect();
    let lumps =
        (0..case.parties.len()).map(|i| moves.iter().map(|(_, s)| &s.lump[i]).sum()).collect();
    (lumps, best)
}
