//! Values that can be had from each vertex on, none better than another in
//! all respects. Doubles decide where they can; exact rationals where it is close.

use super::graph::{Graph, Tight};
use super::moves::Moves;
use super::tables::exact_end;
use crate::staging::Rational;
use std::collections::HashMap;

/// One way to go on from a vertex.
#[derive(Clone, Copy)]
pub(crate) struct Label<const N: usize> {
    /// What being here is worth one phase earlier, per party.
    pub(crate) carried: [f64; N],
    /// Phases left.
    pub(crate) left: u32,
    vertex: u32,
    /// The label it goes on to; itself at the target.
    next: u32,
}

/// What a pass over the labels looks for.
pub(crate) struct Question<'q> {
    /// The slack every row must have; `None` for no demand.
    pub(crate) sigma: Option<&'q Rational>,
    /// Whether it must be exceeded.
    pub(crate) strict: bool,
    /// At most so many phases.
    pub(crate) phases: Option<u32>,
    /// Whether fewer phases make a label better.
    pub(crate) count: bool,
    /// Whether values beyond what upstream can need count as equal.
    pub(crate) clip: bool,
    /// At most so many labels in all.
    pub(crate) most: usize,
}

/// All labels of one pass.
pub(crate) struct Labels<'m, const N: usize> {
    moves: &'m Moves<'m, N>,
    graph: &'m Graph,
    all: Vec<Label<N>>,
    at: Vec<Vec<u32>>,
    exact: HashMap<u32, Vec<Rational>>,
    /// Comparisons that doubles could not decide.
    pub(crate) close_calls: usize,
}

/// The pass was cut short.
pub(crate) struct Cut;

impl<'m, const N: usize> Labels<'m, N> {
    /// Collects the labels of every vertex that `tight` has on a way from the
    /// start to the target.
    pub(crate) fn collect(
        moves: &'m Moves<'m, N>,
        graph: &'m Graph,
        tight: &Tight<N>,
        question: &Question<'_>,
        stop: &dyn Fn() -> bool,
    ) -> Result<Self, Cut> {
        let mut labels = Self {
            moves,
            graph,
            all: Vec::new(),
            at: vec![Vec::new(); graph.vertices()],
            exact: HashMap::new(),
            close_calls: 0,
        };
        let last = moves.tables.space.last();
        for vertex in (0..graph.vertices()).rev() {
            if tight.depth[vertex] == u32::MAX || !tight.bounds.alive[vertex] {
                continue;
            }
            if vertex % 256 == 0 && stop() {
                return Err(Cut);
            }
            if graph.state(vertex) == last {
                labels.add_target(vertex);
            } else {
                labels.extend_into(vertex, tight, question);
            }
            if labels.all.len() > question.most {
                return Err(Cut);
            }
        }
        Ok(labels)
    }

    fn add_target(&mut self, vertex: usize) {
        let id = self.all.len() as u32;
        let mut carried = [0.0; N];
        carried[..self.moves.tables.parties].copy_from_slice(&self.moves.tables.end);
        self.all.push(Label { carried, left: 0, vertex: vertex as u32, next: id });
        self.at[vertex].push(id);
    }

    fn extend_into(&mut self, vertex: usize, tight: &Tight<N>, question: &Question<'_>) {
        let t = self.moves.tables;
        let (n, node) = (t.parties, self.graph.state(vertex));
        let sigma = question.sigma.map_or(f64::NEG_INFINITY, super::tables::double);
        let graph = self.graph;
        let least = &tight.least[vertex];
        let mut candidates: Vec<Label<N>> = Vec::new();
        for &to in graph.from(vertex) {
            let to = to as usize;
            if self.at[to].is_empty() {
                continue;
            }
            let sums = self.moves.sums(node, graph.state(to));
            let mut needs = [f64::NEG_INFINITY; N];
            for i in 0..n {
                needs[i] = self.moves.need(node, &sums, i, sigma);
            }
            let best = &tight.bounds.best[to];
            if (0..n).any(|i| best[i] < needs[i] - t.close) {
                continue;
            }
            let mut exact_needs: Option<Vec<Option<Rational>>> = None;
            for which in 0..self.at[to].len() {
                let next = self.at[to][which];
                let ahead = self.all[next as usize];
                let left = ahead.left + 1;
                if question.phases.is_some_and(|p| tight.depth[vertex] + left > p) {
                    continue;
                }
                let mut carried = [0.0; N];
                let mut undecided = 0_u32;
                let mut fails = false;
                for i in 0..n {
                    let over = ahead.carried[i] - needs[i];
                    carried[i] = t.carried(node, i, sums.lump[i] + ahead.carried[i]);
                    fails |= over < -t.close || carried[i] < least[i] - t.close;
                    undecided |= u32::from(over <= t.close) << i;
                }
                if fails {
                    continue;
                }
                if undecided != 0 && question.sigma.is_some() {
                    self.close_calls += 1;
                    let needs = exact_needs.get_or_insert_with(|| {
                        t.exact_needs(node, graph.state(to), node == 0, question.sigma).0
                    });
                    let value = self.exact_carried(next).to_vec();
                    let holds = (0..n).filter(|i| undecided >> i & 1 == 1).all(|i| {
                        needs[i].as_ref().is_none_or(|need| {
                            if question.strict { value[i] > *need } else { value[i] >= *need }
                        })
                    });
                    if !holds {
                        continue;
                    }
                }
                candidates.push(Label { carried, left, vertex: vertex as u32, next });
            }
        }
        self.keep_undominated(vertex, candidates, &tight.needed[vertex], question);
    }

    /// Keeps the candidates that no other is at least as good as. They are
    /// looked at from the best in one respect down, so that each need only be
    /// compared with those before it.
    fn keep_undominated(
        &mut self,
        vertex: usize,
        mut candidates: Vec<Label<N>>,
        needed: &[f64; N],
        question: &Question<'_>,
    ) {
        let t = self.moves.tables;
        let open: Vec<usize> = (0..t.parties).filter(|&i| !t.path_free[i]).collect();
        let key = |label: &Label<N>, at: usize| -> f64 {
            open.get(at).map_or(0.0, |&i| {
                let most = if question.clip { needed[i] + 2.0 * t.close } else { f64::INFINITY };
                label.carried[i].min(most)
            })
        };
        candidates.sort_by(|a, b| {
            key(b, 0)
                .total_cmp(&key(a, 0))
                .then_with(|| key(b, 1).total_cmp(&key(a, 1)))
                .then_with(|| a.left.cmp(&b.left))
        });
        // With two respects that matter, the largest second one so far, by
        // phases left, tells what is dominated without going over all.
        let swept = open.len() <= 2;
        let open_first = open.first().copied().unwrap_or(0);
        let mut largest: Vec<(f64, u32)> = Vec::new();
        let mut kept: Vec<u32> = Vec::new();
        for label in candidates {
            let second = key(&label, 1);
            let mut unclear = !swept;
            if swept {
                let upto = if question.count { label.left as usize + 1 } else { largest.len() };
                let before = largest.iter().take(upto);
                if let Some(&(most, id)) = before.max_by(|a, b| a.0.total_cmp(&b.0)) {
                    let (first, here) = (key(&self.all[id as usize], 0), key(&label, 0));
                    let capped = first == here && first < self.all[id as usize].carried[open_first];
                    if most > second + t.close && (first > here + t.close || capped) {
                        continue;
                    }
                    unclear = most >= second - t.close;
                }
            }
            let id = self.all.len() as u32;
            self.all.push(label);
            if unclear && kept.iter().rev().any(|&old| self.at_least(old, id, needed, question)) {
                self.all.pop();
                self.exact.remove(&id);
                continue;
            }
            kept.push(id);
            let place = if question.count { label.left as usize } else { 0 };
            if largest.len() <= place {
                largest.resize(place + 1, (f64::NEG_INFINITY, id));
            }
            if second > largest[place].0 {
                largest[place] = (second, id);
            }
        }
        self.at[vertex] = kept;
    }

    /// Whether label `a` is at least as good as `b` in every respect that matters.
    fn at_least(&mut self, a: u32, b: u32, needed: &[f64; N], question: &Question<'_>) -> bool {
        let (x, y) = (self.all[a as usize], self.all[b as usize]);
        if question.count && x.left > y.left {
            return false;
        }
        let close = self.moves.tables.close;
        let mut undecided = 0_u32;
        for i in 0..self.moves.tables.parties {
            if self.moves.tables.path_free[i] || question.clip && x.carried[i] > needed[i] + close {
                continue;
            }
            let over = x.carried[i] - y.carried[i];
            if over < -close {
                return false;
            }
            if over <= close {
                undecided |= 1 << i;
            }
        }
        if undecided == 0 {
            return true;
        }
        if (x.next, x.vertex) == (y.next, y.vertex) {
            return true;
        }
        self.close_calls += 1;
        let left = self.exact_carried(a).to_vec();
        let right = self.exact_carried(b);
        (0..left.len()).all(|i| undecided >> i & 1 == 0 || left[i] >= right[i])
    }

    /// The exact value of a label.
    pub(crate) fn exact_carried(&mut self, id: u32) -> &[Rational] {
        let mut chain = Vec::new();
        let mut at = id;
        while !self.exact.contains_key(&at) {
            chain.push(at);
            let next = self.all[at as usize].next;
            if next == at {
                break;
            }
            at = next;
        }
        let t = self.moves.tables;
        for at in chain.into_iter().rev() {
            let label = self.all[at as usize];
            let value = if label.next == at {
                (0..t.parties).map(|i| exact_end(t.case, i)).collect()
            } else {
                let values = self.exact_ahead(at);
                t.exact_carried(self.graph.state(label.vertex as usize), &values)
            };
            self.exact.insert(at, value);
        }
        &self.exact[&id]
    }

    /// The exact value of going on from a label's vertex (undiscounted).
    fn exact_ahead(&self, id: u32) -> Vec<Rational> {
        let t = self.moves.tables;
        let label = self.all[id as usize];
        let to = self.all[label.next as usize].vertex as usize;
        let node = self.graph.state(label.vertex as usize);
        let (_, lumps) = t.exact_needs(node, self.graph.state(to), node == 0, None);
        let later = &self.exact[&label.next];
        lumps.iter().zip(later).map(|(l, c)| l + c).collect()
    }

    /// The exact value of going on from a label's vertex (undiscounted).
    pub(crate) fn exact_value(&mut self, id: u32) -> Vec<Rational> {
        let next = self.all[id as usize].next;
        let _ = self.exact_carried(next);
        self.exact_ahead(id)
    }

    /// The labels of a vertex.
    pub(crate) fn at(&self, vertex: usize) -> &[u32] {
        &self.at[vertex]
    }

    /// One label.
    pub(crate) fn get(&self, id: u32) -> &Label<N> {
        &self.all[id as usize]
    }

    /// Number of labels ever kept.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The states a label passes through to the target.
    pub(crate) fn path(&self, id: u32) -> Vec<Vec<usize>> {
        let mut path = Vec::new();
        let mut at = id;
        loop {
            let label = self.all[at as usize];
            path.push(self.moves.tables.space.state(self.graph.state(label.vertex as usize)));
            if label.next == at {
                return path;
            }
            at = label.next;
        }
    }
}
