//! The moves that can still be part of a best plan, and bounds on them.

use super::moves::{Moves, Sums};
use num_traits::ToPrimitive;

/// Moves kept, grouped by where they start. A vertex is a state together with
/// a phase number where phases need numbers.
pub(crate) struct Graph {
    pub(crate) layers: usize,
    offsets: Vec<usize>,
    targets: Vec<u32>,
}

impl Graph {
    pub(crate) fn state(&self, vertex: usize) -> usize {
        vertex / self.layers
    }

    pub(crate) fn from(&self, vertex: usize) -> &[u32] {
        &self.targets[self.offsets[vertex]..self.offsets[vertex + 1]]
    }

    pub(crate) fn edges(&self) -> usize {
        self.targets.len()
    }

    pub(crate) fn vertices(&self) -> usize {
        self.offsets.len() - 1
    }
}

impl Graph {
    /// Only the moves that can be part of a plan of at most `phases` phases
    /// whose every slack is at least `sigma`, given the bounds for that sigma.
    pub(crate) fn shrunk<const N: usize>(
        &self,
        moves: &Moves<'_, N>,
        tight: &Tight<N>,
        sigma: f64,
        phases: Option<u32>,
    ) -> Self {
        let floor = sigma - moves.tables.close;
        let mut offsets = Vec::with_capacity(self.offsets.len());
        offsets.push(0);
        let mut targets = Vec::new();
        for vertex in 0..self.vertices() {
            if tight.depth[vertex] != u32::MAX && tight.bounds.alive[vertex] {
                let node = self.state(vertex);
                let least = least_ahead(moves, node, &tight.least[vertex]);
                for &to in self.from(vertex) {
                    let at = to as usize;
                    let late = phases.is_some_and(|p| {
                        tight.depth[vertex].saturating_add(1).saturating_add(tight.to_go[at]) > p
                    });
                    if !tight.bounds.alive[at] || late {
                        continue;
                    }
                    let sums = moves.sums(node, self.state(at));
                    let best = &tight.bounds.best[at];
                    if moves.slack(node, &sums, best) >= floor
                        && upstream_content(moves, &least, &sums, best)
                    {
                        targets.push(to);
                    }
                }
            }
            offsets.push(targets.len());
        }
        Self { layers: self.layers, offsets, targets }
    }
}

/// What is known of each vertex when only moves with an optimistic slack of at
/// least some sigma are used.
pub(crate) struct Bounds<const N: usize> {
    /// Per party, the most that being here can be worth one phase earlier.
    pub(crate) best: Vec<[f64; N]>,
    /// The largest optimistic bottleneck from here to the target.
    pub(crate) upper: Vec<f64>,
    /// Whether the target can be reached from here.
    pub(crate) alive: Vec<bool>,
}

/// Why a graph was not built.
pub(crate) enum Trouble {
    /// More moves than may be kept.
    TooMany,
    /// The caller said stop.
    Stopped,
}

impl<const N: usize> Bounds<N> {
    fn empty(moves: &Moves<'_, N>, layers: usize) -> Self {
        let vertices = moves.tables.space.nodes * layers;
        let mut bounds = Self {
            best: vec![[0.0; N]; vertices],
            upper: vec![f64::NEG_INFINITY; vertices],
            alive: vec![false; vertices],
        };
        for layer in 0..layers {
            let target = moves.tables.space.last() * layers + layer;
            bounds.alive[target] = true;
            bounds.upper[target] = f64::INFINITY;
            bounds.best[target][..moves.tables.parties].copy_from_slice(&moves.tables.end);
        }
        bounds
    }

    fn take(&mut self, from: usize, to: usize, sums: &Sums<N>, slack: f64, value: &mut [f64; N]) {
        for i in 0..N {
            value[i] = value[i].max(sums.lump[i] + self.best[to][i]);
        }
        self.alive[from] = true;
        self.upper[from] = self.upper[from].max(slack.min(self.upper[to]));
    }

    fn settle(&mut self, moves: &Moves<'_, N>, vertex: usize, node: usize, value: &[f64; N]) {
        if self.alive[vertex] {
            for i in 0..moves.tables.parties {
                self.best[vertex][i] = moves.tables.carried(node, i, value[i]);
            }
        }
    }
}

/// Goes over all moves backwards.
pub(crate) fn sweep<const N: usize>(
    moves: &Moves<'_, N>,
    sigma: f64,
    stop: &dyn Fn() -> bool,
) -> Result<Bounds<N>, Trouble> {
    let space = moves.tables.space;
    let layers = space.layers;
    let floor = sigma - moves.tables.close;
    let mut bounds = Bounds::empty(moves, layers);
    for node in (0..space.last()).rev() {
        if node % 64 == 0 && stop() {
            return Err(Trouble::Stopped);
        }
        for layer in 0..layers {
            if layers > 1 && layer + 1 >= layers {
                continue;
            }
            let vertex = node * layers + layer;
            let mut value = [f64::NEG_INFINITY; N];
            moves.each(node, &mut |to, sums| {
                let to_vertex = if layers > 1 { to * layers + layer + 1 } else { to };
                if !bounds.alive[to_vertex] {
                    return;
                }
                let slack = moves.slack(node, sums, &bounds.best[to_vertex]);
                if slack >= floor && moves.allowed(node, to, layer + 1, false) {
                    bounds.take(vertex, to_vertex, sums, slack, &mut value);
                }
            });
            bounds.settle(moves, vertex, node, &value);
        }
    }
    Ok(bounds)
}

/// Goes over all moves forwards and keeps those that can be part of a plan
/// whose every slack is at least `sigma`.
pub(crate) fn keep<const N: usize>(
    moves: &Moves<'_, N>,
    bounds: &Bounds<N>,
    sigma: f64,
    most: usize,
    stop: &dyn Fn() -> bool,
) -> Result<Graph, Trouble> {
    let space = moves.tables.space;
    let layers = space.layers;
    let floor = sigma - moves.tables.close;
    let vertices = space.nodes * layers;
    let mut reached = vec![false; vertices];
    reached[0] = true;
    let mut offsets = Vec::with_capacity(vertices + 1);
    offsets.push(0);
    let mut targets: Vec<u32> = Vec::new();
    for node in 0..space.nodes {
        if node % 64 == 0 && stop() {
            return Err(Trouble::Stopped);
        }
        for layer in 0..layers {
            let vertex = node * layers + layer;
            let closed = layers > 1 && layer + 1 >= layers;
            if reached[vertex] && bounds.alive[vertex] && !closed {
                moves.each(node, &mut |to, sums| {
                    let to_vertex = if layers > 1 { to * layers + layer + 1 } else { to };
                    if bounds.alive[to_vertex]
                        && moves.slack(node, sums, &bounds.best[to_vertex]) >= floor
                        && moves.allowed(node, to, layer + 1, true)
                    {
                        reached[to_vertex] = true;
                        targets.push(to_vertex.to_u32().unwrap_or(u32::MAX));
                    }
                });
                if targets.len() > most {
                    return Err(Trouble::TooMany);
                }
            }
            offsets.push(targets.len());
        }
    }
    Ok(Graph { layers, offsets, targets })
}

/// The same bounds from kept moves only, and what upstream can at most need.
pub(crate) struct Tight<const N: usize> {
    pub(crate) bounds: Bounds<N>,
    /// Per vertex and party: the most any move into it, or anything before
    /// that, can need being here to be worth.
    pub(crate) needed: Vec<[f64; N]>,
    /// Per vertex and party: the least that every way from the start needs
    /// being here to be worth.
    pub(crate) least: Vec<[f64; N]>,
    /// Fewest phases from the start; `u32::MAX` when not reached.
    pub(crate) depth: Vec<u32>,
    /// Fewest phases to the target.
    pub(crate) to_go: Vec<u32>,
}

/// Tightens the bounds over the kept moves for a larger sigma, using only
/// states that `usable` admits and at most `phases` phases.
pub(crate) fn tighten<const N: usize>(
    moves: &Moves<'_, N>,
    graph: &Graph,
    sigma: f64,
    phases: Option<u32>,
    usable: &dyn Fn(usize) -> bool,
) -> Tight<N> {
    let space = moves.tables.space;
    let n = moves.tables.parties;
    let floor = sigma - moves.tables.close;
    let mut bounds = Bounds::empty(moves, graph.layers);
    let mut to_go = vec![u32::MAX; graph.vertices()];
    for layer in 0..graph.layers {
        to_go[space.last() * graph.layers + layer] = 0;
    }
    for vertex in (0..graph.vertices()).rev() {
        let node = graph.state(vertex);
        if node == space.last() || !usable(node) {
            continue;
        }
        let mut value = [f64::NEG_INFINITY; N];
        for &to in graph.from(vertex) {
            let to = to as usize;
            if !bounds.alive[to] {
                continue;
            }
            let sums = moves.sums(node, graph.state(to));
            let slack = moves.slack(node, &sums, &bounds.best[to]);
            if slack >= floor {
                bounds.take(vertex, to, &sums, slack, &mut value);
                to_go[vertex] = to_go[vertex].min(to_go[to] + 1);
            }
        }
        bounds.settle(moves, vertex, node, &value);
    }
    let mut needed = vec![[f64::NEG_INFINITY; N]; graph.vertices()];
    let mut least = vec![[f64::INFINITY; N]; graph.vertices()];
    least[0] = [f64::NEG_INFINITY; N];
    let mut depth = vec![u32::MAX; graph.vertices()];
    depth[0] = 0;
    for vertex in 0..graph.vertices() {
        let node = graph.state(vertex);
        if depth[vertex] == u32::MAX || !bounds.alive[vertex] || node == space.last() {
            continue;
        }
        let ahead: [f64; N] = std::array::from_fn(|i| {
            if i < n { uncarried(moves, node, i, needed[vertex][i]) } else { f64::NEG_INFINITY }
        });
        let least_ahead = least_ahead(moves, node, &least[vertex]);
        for &to in graph.from(vertex) {
            let to = to as usize;
            let late = phases.is_some_and(|p| depth[vertex] + 1 + to_go[to].min(1 << 20) > p);
            if !bounds.alive[to] || late {
                continue;
            }
            let sums = moves.sums(node, graph.state(to));
            let best = &bounds.best[to];
            if moves.slack(node, &sums, best) < floor
                || !upstream_content(moves, &least_ahead, &sums, best)
            {
                continue;
            }
            depth[to] = depth[to].min(depth[vertex] + 1);
            for i in 0..n {
                let need = moves.need(node, &sums, i, sigma);
                needed[to][i] = needed[to][i].max(need.max(ahead[i] - sums.lump[i]));
                least[to][i] = least[to][i].min(need.max(least_ahead[i] - sums.lump[i]));
            }
        }
    }
    Tight { bounds, needed, least, depth, to_go }
}

/// What the value ahead of `node` must at least be when every way to it needs
/// being there to be worth `least` one phase earlier.
fn least_ahead<const N: usize>(moves: &Moves<'_, N>, node: usize, least: &[f64; N]) -> [f64; N] {
    std::array::from_fn(|i| {
        let known = i < moves.tables.parties;
        let value = if known { uncarried(moves, node, i, least[i]) } else { f64::NEG_INFINITY };
        if value.is_finite() { value } else { f64::NEG_INFINITY }
    })
}

/// Whether what a move gives with the best that can follow is enough for
/// every way to where it starts.
fn upstream_content<const N: usize>(
    moves: &Moves<'_, N>,
    least_ahead: &[f64; N],
    sums: &Sums<N>,
    best: &[f64; N],
) -> bool {
    (0..N).all(|i| sums.lump[i] + best[i] >= least_ahead[i] - moves.tables.close)
}

/// The value ahead that makes being at `node` worth `carried` one phase earlier;
/// infinite where the links are too weak to invert safely.
fn uncarried<const N: usize>(moves: &Moves<'_, N>, node: usize, i: usize, carried: f64) -> f64 {
    let t = moves.tables;
    let h = t.hazard[node];
    let factor = t.discount[i] * (1.0 - h);
    if carried == f64::NEG_INFINITY {
        carried
    } else if !t.invertible[i] {
        f64::INFINITY
    } else {
        (carried - t.discount[i] * h * t.down[node * t.parties + i]) / factor
    }
}
