//! Among plans with the largest slack: fewest phases, then balance, then order.

use super::Effort;
use super::graph::{Graph, Tight};
use super::labels::{Cut, Labels, Question};
use super::moves::Moves;
use super::search::{Statistics, view};
use super::tables::double;
use crate::staging::Rational;
use crate::staging::rows::{Plan, spread};
use num_traits::{One, Zero};

/// The plans that nothing tells apart, first one first.
pub(crate) struct Ties {
    pub(crate) plans: Vec<Plan>,
    pub(crate) complete: bool,
}

struct Resolver<'r, const N: usize> {
    moves: &'r Moves<'r, N>,
    graph: &'r Graph,
    sigma: &'r Rational,
    effort: &'r Effort<'r>,
}

/// Resolves the ties at a proved slack.
pub(crate) fn resolve<const N: usize>(
    moves: &Moves<'_, N>,
    graph: &Graph,
    sigma: &Rational,
    effort: &Effort<'_>,
    statistics: &mut Statistics,
) -> Result<Ties, Cut> {
    let limit = moves.tables.case.limits.max_phases.map(|p| u32::try_from(p).unwrap_or(u32::MAX));
    let everything = |_: usize| true;
    let tight = view(moves, graph, sigma, limit, &everything);
    let small = graph.shrunk(moves, &tight, double(sigma), limit);
    let resolver = Resolver { moves, graph: &small, sigma, effort };
    let (_, labels) = resolver.pass(limit, &everything, statistics)?;
    let fewest = labels.at(0).iter().map(|&id| labels.get(id).left).min().ok_or(Cut)?;
    drop(labels);
    let space = moves.tables.space;
    let tight = view(moves, &small, sigma, Some(fewest), &everything);
    let graph = &small.shrunk(moves, &tight, double(sigma), Some(fewest));
    let resolver = Resolver { moves, graph, sigma, effort };
    let mut nodes: Vec<usize> = (0..graph.vertices())
        .filter(|&v| {
            tight.depth[v] != u32::MAX
                && tight.bounds.alive[v]
                && tight.depth[v].saturating_add(tight.to_go[v]) <= fewest
        })
        .map(|v| graph.state(v))
        .collect();
    nodes.dedup();
    let spreads: std::collections::HashMap<usize, Rational> =
        nodes.iter().map(|&node| (node, spread(moves.tables.case, &space.state(node)))).collect();
    let mut steps: Vec<&Rational> = spreads.values().collect();
    steps.sort();
    steps.dedup();
    // The smallest largest spread that still admits a plan.
    let (mut low, mut high) = (0, steps.len() - 1);
    while low < high {
        let middle = usize::midpoint(low, high);
        let usable = |node: usize| spreads.get(&node).is_some_and(|s| s <= steps[middle]);
        let (_, labels) = resolver.pass(Some(fewest), &usable, statistics)?;
        if labels.at(0).is_empty() { low = middle + 1 } else { high = middle }
    }
    let usable = |node: usize| spreads.get(&node).is_some_and(|s| s <= steps[low]);
    let (_, mut labels) = resolver.pass(Some(fewest), &usable, statistics)?;
    let mut ties = Ties { plans: Vec::new(), complete: true };
    let mut path = vec![0];
    let free = vec![None; moves.tables.parties];
    resolver.walk(&mut labels, fewest, &mut path, &free, &mut ties);
    Ok(ties)
}

impl<'r, const N: usize> Resolver<'r, N> {
    fn pass(
        &self,
        phases: Option<u32>,
        usable: &dyn Fn(usize) -> bool,
        statistics: &mut Statistics,
    ) -> Result<(Tight<N>, Labels<'r, N>), Cut> {
        let tight = view(self.moves, self.graph, self.sigma, phases, usable);
        let question = Question {
            sigma: Some(self.sigma),
            strict: false,
            phases,
            count: true,
            clip: true,
            most: self.effort.most_labels,
        };
        let labels = Labels::collect(self.moves, self.graph, &tight, &question, self.effort.stop)?;
        statistics.passes += 1;
        statistics.labels += labels.len();
        statistics.close_calls += labels.close_calls;
        Ok((tight, labels))
    }

    /// Depth first in lexicographic order, carrying what the rows so far need
    /// of the value ahead.
    fn walk(
        &self,
        labels: &mut Labels<'_, N>,
        left: u32,
        path: &mut Vec<usize>,
        required: &[Option<Rational>],
        ties: &mut Ties,
    ) {
        let t = self.moves.tables;
        let Some(&vertex) = path.last() else { return };
        let node = self.graph.state(vertex);
        if node == t.space.last() {
            if ties.plans.len() >= self.effort.most_ties {
                ties.complete = false;
            } else {
                let plan = path.iter().map(|&v| t.space.state(self.graph.state(v))).collect();
                ties.plans.push(plan);
            }
            return;
        }
        for &to in self.graph.from(vertex) {
            if !ties.complete {
                return;
            }
            let to = to as usize;
            if labels.at(to).is_empty() || left == 0 {
                continue;
            }
            let (needs, lumps) =
                t.exact_needs(node, self.graph.state(to), node == 0, Some(self.sigma));
            let needs: Vec<Option<Rational>> = (0..t.parties)
                .map(|i| {
                    let from_before = required[i].as_ref().map(|r| r - &lumps[i]);
                    needs[i].clone().into_iter().chain(from_before).max()
                })
                .collect();
            if self.satisfied(labels, to, left - 1, &needs) {
                let ahead = self.ahead(self.graph.state(to), &needs);
                path.push(to);
                self.walk(labels, left - 1, path, &ahead, ties);
                path.pop();
            }
        }
    }

    /// Whether some label of `vertex` with so many phases left meets the needs.
    fn satisfied(
        &self,
        labels: &mut Labels<'_, N>,
        vertex: usize,
        left: u32,
        needs: &[Option<Rational>],
    ) -> bool {
        let close = self.moves.tables.close;
        for which in 0..labels.at(vertex).len() {
            let id = labels.at(vertex)[which];
            if labels.get(id).left != left {
                continue;
            }
            let carried = labels.get(id).carried;
            let mut open = Vec::new();
            let mut fails = false;
            for (i, need) in needs.iter().enumerate() {
                let Some(need) = need else { continue };
                let over = carried[i] - double(need);
                fails |= over < -close;
                if over <= close {
                    open.push(i);
                }
            }
            if fails {
                continue;
            }
            let holds = open.is_empty() || {
                let value = labels.exact_carried(id);
                open.iter().all(|&i| needs[i].as_ref().is_none_or(|need| value[i] >= *need))
            };
            if holds {
                return true;
            }
        }
        false
    }

    /// What the value ahead of `node` must be for being there to be worth `carried`.
    fn ahead(&self, node: usize, carried: &[Option<Rational>]) -> Vec<Option<Rational>> {
        let t = self.moves.tables;
        let h = t.case.break_off(&t.space.state(node));
        let on = Rational::one() - &h;
        let down = t.exact_down(node);
        carried
            .iter()
            .enumerate()
            .map(|(i, c)| {
                let c = c.as_ref().filter(|_| !on.is_zero())?;
                Some((c / &t.case.discount[i] - &h * &down[i]) / &on)
            })
            .collect()
    }
}
