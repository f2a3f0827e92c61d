//! All moves out of a state, with their sums, in lexicographic order.

use super::tables::Tables;
use num_traits::Zero;

/// The sums of one move for `N` parties (padded with zeros).
#[derive(Clone, Copy)]
pub(crate) struct Sums<const N: usize> {
    /// Lumps received.
    pub(crate) lump: [f64; N],
    /// Lumps less what cheating would keep.
    pub(crate) faith: [f64; N],
    /// Who moves, one bit per party.
    pub(crate) movers: u32,
}

impl<const N: usize> Sums<N> {
    const NONE: Self = Self { lump: [0.0; N], faith: [0.0; N], movers: 0 };

    #[inline]
    fn add(&mut self, step: &Self) {
        for i in 0..N {
            self.lump[i] += step.lump[i];
            self.faith[i] += step.faith[i];
        }
        self.movers |= step.movers;
    }
}

/// Several deliverables taken together, so that a move's sums are few look-ups:
/// `pairs[from * states + to]` over the states of these deliverables alone.
struct Block<const N: usize> {
    states: usize,
    stride: usize,
    /// `None` where a deliverable would go back.
    pairs: Vec<Option<Sums<N>>>,
}

/// The most a block's pairs may take, so that they stay in a core's own cache.
const BLOCK_BYTES: usize = 256 << 10;

impl<const N: usize> Block<N> {
    /// The deliverables from `first` on, as many as fit.
    fn new(tables: &Tables<'_>, first: usize) -> (Self, usize) {
        let (space, n) = (tables.space, tables.parties);
        let mut block = Self { states: 1, stride: 1, pairs: vec![Some(Sums::NONE)] };
        let mut j = first;
        while j < tables.per.len() {
            let (levels, per) = (space.levels[j].len(), &tables.per[j]);
            let states = block.states * levels;
            if j > first && states * states * size_of::<Option<Sums<N>>>() > BLOCK_BYTES {
                break;
            }
            let mut pairs = vec![None; states * states];
            for (pair, sums) in block.pairs.iter().enumerate() {
                let (from, to) = (pair / block.states * levels, pair % block.states * levels);
                for (a, b) in (0..levels).flat_map(|a| (a..levels).map(move |b| (a, b))) {
                    let at = a * levels + b;
                    pairs[(from + a) * states + to + b] = sums.map(|mut sums| {
                        for i in 0..n {
                            sums.lump[i] += per.lump[at * n + i];
                            sums.faith[i] += per.faith[at * n + i];
                        }
                        if a < b {
                            sums.movers |= 1 << tables.case.deliverables[j].performer;
                        }
                        sums
                    });
                }
            }
            block = Self { states, stride: space.strides[j], pairs };
            j += 1;
        }
        (block, j)
    }

    fn state(&self, node: usize) -> usize {
        node / self.stride % self.states
    }

    /// All moves from one state.
    fn row(&self, state: usize) -> &[Option<Sums<N>>] {
        &self.pairs[state * self.states..(state + 1) * self.states]
    }
}

/// The tables laid out for `N` parties.
pub(crate) struct Moves<'t, const N: usize> {
    pub(crate) tables: &'t Tables<'t>,
    blocks: Vec<Block<N>>,
    /// Per state of the space, its state in each block.
    block_states: Vec<u32>,
    /// Per state: what walking out and cheating with nothing are worth; very
    /// low for the padding.
    walking: Vec<[f64; N]>,
    cheating: Vec<[f64; N]>,
    weight: [f64; N],
}

const VERY_LOW: f64 = -1e250;

impl<'t, const N: usize> Moves<'t, N> {
    pub(crate) fn new(tables: &'t Tables<'t>) -> Self {
        let n = tables.parties;
        let mut blocks = Vec::new();
        let mut next = 0;
        while next < tables.per.len() {
            let (block, after) = Block::new(tables, next);
            blocks.push(block);
            next = after;
        }
        let mut block_states = Vec::with_capacity(tables.space.nodes * blocks.len());
        for node in 0..tables.space.nodes {
            block_states.extend(blocks.iter().map(|b| b.state(node) as u32));
        }
        let mut walking = vec![[VERY_LOW; N]; tables.space.nodes];
        let mut cheating = vec![[VERY_LOW; N]; tables.space.nodes];
        for node in 0..tables.space.nodes {
            for i in 0..n {
                walking[node][i] = tables.walking(node, node == 0, i);
                cheating[node][i] = tables.discount[i] * tables.down[node * n + i] - tables.bond[i];
            }
        }
        let mut weight = [1.0; N];
        weight[..n].copy_from_slice(&tables.weight);
        Self { tables, blocks, block_states, walking, cheating, weight }
    }

    /// Calls `visit(target, sums)` for every move out of `node`, in order.
    pub(crate) fn each(&self, node: usize, visit: &mut impl FnMut(usize, &Sums<N>)) {
        self.descend(0, node, node, &Sums::NONE, visit);
    }

    fn descend(
        &self,
        which: usize,
        from: usize,
        to: usize,
        sums: &Sums<N>,
        visit: &mut impl FnMut(usize, &Sums<N>),
    ) {
        let Some(block) = self.blocks.get(which) else {
            if to != from {
                visit(to, sums);
            }
            return;
        };
        let state = self.block_states[from * self.blocks.len() + which] as usize;
        for (further, step) in block.row(state)[state..].iter().enumerate() {
            if let Some(step) = step {
                let mut next = *sums;
                next.add(step);
                self.descend(which + 1, from, to + further * block.stride, &next, visit);
            }
        }
    }

    /// The sums of one move.
    #[inline]
    pub(crate) fn sums(&self, from: usize, to: usize) -> Sums<N> {
        let count = self.blocks.len();
        let states = |node: usize| &self.block_states[node * count..(node + 1) * count];
        let mut sums = Sums::NONE;
        for ((block, &a), &b) in self.blocks.iter().zip(states(from)).zip(states(to)) {
            if let Some(step) = &block.pairs[a as usize * block.states + b as usize] {
                sums.add(step);
            }
        }
        sums
    }

    /// For party `i`, the advantage of going on in this move when what follows
    /// is worth `carried` (one phase later, discounted).
    #[inline]
    pub(crate) fn advantage(&self, from: usize, sums: &Sums<N>, i: usize, carried: f64) -> f64 {
        let over_walking = carried + sums.lump[i] - self.walking[from][i];
        if sums.movers >> i & 1 == 1 {
            over_walking.min(carried + sums.faith[i] - self.cheating[from][i])
        } else {
            over_walking
        }
    }

    /// The smallest weighted advantage of any party.
    #[inline]
    pub(crate) fn slack(&self, from: usize, sums: &Sums<N>, carried: &[f64; N]) -> f64 {
        let mut least = f64::INFINITY;
        for i in 0..N {
            least = least.min(self.weight[i] * self.advantage(from, sums, i, carried[i]));
        }
        least
    }

    /// What `carried` must at least be for party `i` to have an advantage of `sigma / weight`.
    pub(crate) fn need(&self, from: usize, sums: &Sums<N>, i: usize, sigma: f64) -> f64 {
        sigma / self.weight[i] - self.advantage(from, sums, i, 0.0)
    }

    /// Whether the move respects caps, order, windows and move limits; `close`
    /// calls on caps are decided exactly when `exact`, else in favour.
    pub(crate) fn allowed(&self, from: usize, to: usize, phase: usize, exact: bool) -> bool {
        (!self.tables.constrained || self.within_limits(from, to, phase))
            && (self.tables.caps.is_empty() || self.within_caps(from, to, exact))
    }

    fn within_caps(&self, from: usize, to: usize, exact: bool) -> bool {
        let t = self.tables;
        let n = t.parties;
        for i in 0..n {
            if t.caps[i].is_infinite() {
                continue;
            }
            let mut by_party = [0.0; N];
            for (j, p) in t.per.iter().enumerate() {
                let (a, b) = (t.space.digit(from, j), t.space.digit(to, j));
                let at = (a * t.space.levels[j].len() + b) * n + i;
                by_party[t.case.deliverables[j].performer] += p.contribution[at];
            }
            let mut exposed = -by_party[i];
            for (p, c) in by_party.iter().enumerate() {
                if p != i {
                    exposed -= c.min(0.0);
                }
            }
            if exposed > t.caps[i] + t.close {
                return false;
            }
            if exact && exposed > t.caps[i] - t.close && !self.within_cap_exactly(from, to, i) {
                return false;
            }
        }
        true
    }

    fn within_cap_exactly(&self, from: usize, to: usize, i: usize) -> bool {
        use crate::staging::Rational;
        let t = self.tables;
        let mut by_party = vec![Rational::zero(); t.parties];
        for (j, s) in t.exact_moves(from, to) {
            by_party[t.case.deliverables[j].performer] += &s.contribution[i];
        }
        let mut exposed = -by_party[i].clone();
        for (p, c) in by_party.iter().enumerate() {
            if p != i && *c < Rational::zero() {
                exposed -= c;
            }
        }
        t.case.exposure_cap[i].as_ref().is_none_or(|cap| exposed <= *cap)
    }

    fn within_limits(&self, from: usize, to: usize, phase: usize) -> bool {
        let space = self.tables.space;
        let limits = &self.tables.case.limits;
        let at = |node: usize, j: usize| space.levels[j][space.digit(node, j)];
        if let Some(most) = limits.max_moves {
            let moved: usize = (0..space.levels.len()).map(|j| at(to, j) - at(from, j)).sum();
            if moved > most {
                return false;
            }
        }
        let done_here = |j: usize, step: usize| at(from, j) < step && at(to, j) >= step;
        limits
            .order
            .iter()
            .all(|o| !done_here(o.later.0, o.later.1) || at(from, o.earlier.0) >= o.earlier.1)
            && limits.windows.iter().all(|w| {
                !done_here(w.deliverable, w.step)
                    || phase >= w.from && w.until.is_none_or(|until| phase <= until)
            })
    }
}
