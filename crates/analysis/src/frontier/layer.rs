//! The undominated partial outcomes after some blocks.

use super::block::Block;
use super::dominance::Candidates;
use super::planar;
use crate::budget::Budget;

/// Undominated vectors over the first blocks, with the step that led to each.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    parties: usize,
    vectors: Vec<i64>,
    /// Index in the layer before, and choice in the block.
    steps: Vec<(u32, u32)>,
    counts: Vec<Option<u128>>,
    /// Position of each point's partial outcome among those of the layer, in
    /// issue and option order: decides which of two equal vectors is kept.
    ranks: Vec<u32>,
}

impl Layer {
    /// One empty partial outcome.
    pub(super) fn start(constants: &[i64]) -> Self {
        Self {
            parties: constants.len(),
            vectors: constants.to_vec(),
            steps: vec![(0, 0)],
            counts: vec![Some(1)],
            ranks: vec![0],
        }
    }

    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    pub(super) fn vector(&self, index: usize) -> &[i64] {
        &self.vectors[index * self.parties..(index + 1) * self.parties]
    }

    pub(super) fn step(&self, index: usize) -> (usize, usize) {
        let (previous, choice) = self.steps[index];
        (previous as usize, choice as usize)
    }

    pub(super) fn count(&self, index: usize) -> Option<u128> {
        self.counts[index]
    }

    /// All sums with the block's points, dominated ones left out; `None` when stopped.
    pub(super) fn plus(&self, block: &Block, budget: &Budget<'_>) -> Option<Self> {
        if self.parties == 2 {
            return Some(planar::sum(self, block));
        }
        let mut candidates = Candidates::with_capacity(self.parties, self.len() * block.len());
        let mut sum = vec![0; self.parties];
        for choice in 0..block.len() {
            for index in 0..self.len() {
                for ((s, a), b) in sum.iter_mut().zip(self.vector(index)).zip(block.vector(choice))
                {
                    *s = a + b;
                }
                let key = self.ranks[index] as usize * block.len() + choice;
                candidates.push(&sum, key, multiply(self.counts[index], block.count(choice)));
            }
        }
        let kept = candidates.undominated(budget)?;
        let mut by_rank = vec![0; self.len()];
        for (index, &rank) in self.ranks.iter().enumerate() {
            by_rank[rank as usize] = index;
        }
        let mut next = Self::empty(self.parties);
        for point in &kept {
            let (rank, choice) = (point.key / block.len(), point.key % block.len());
            next.push(candidates.vector(point.index), by_rank[rank], choice, point.count);
        }
        next.rank_by(&kept.iter().map(|p| p.key).collect::<Vec<_>>());
        Some(next)
    }

    pub(super) fn empty(parties: usize) -> Self {
        Self {
            parties,
            vectors: Vec::new(),
            steps: Vec::new(),
            counts: Vec::new(),
            ranks: Vec::new(),
        }
    }

    pub(super) fn rank(&self, index: usize) -> u32 {
        self.ranks[index]
    }

    pub(super) fn push(
        &mut self,
        vector: &[i64],
        previous: usize,
        choice: usize,
        count: Option<u128>,
    ) {
        self.vectors.extend_from_slice(vector);
        self.steps.push((small(previous), small(choice)));
        self.counts.push(count);
    }

    /// Ranks the points by the order of their keys.
    pub(super) fn rank_by(&mut self, keys: &[usize]) {
        let mut order: Vec<u32> = (0..small(keys.len())).collect();
        order.sort_unstable_by_key(|&i| keys[i as usize]);
        self.ranks = vec![0; keys.len()];
        for (rank, &index) in order.iter().enumerate() {
            self.ranks[index as usize] = small(rank);
        }
    }

    /// Thins out to `limit` points, evenly over their order; says whether any were lost.
    pub(super) fn truncate(&mut self, limit: usize) -> bool {
        let len = self.len();
        if len <= limit {
            return false;
        }
        let mut thin = Self::empty(self.parties);
        let mut keys = Vec::with_capacity(limit);
        for index in (0..limit).map(|i| i * len / limit) {
            let (previous, choice) = self.step(index);
            thin.push(self.vector(index), previous, choice, self.counts[index]);
            keys.push(self.ranks[index] as usize);
        }
        thin.rank_by(&keys);
        *self = thin;
        true
    }
}

/// Layers hold fewer than 2^32 points: the frontier limit and memory see to it.
fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The product of two counts; `None` once it passes 2^128.
pub(super) fn multiply(a: Option<u128>, b: Option<u128>) -> Option<u128> {
    a?.checked_mul(b?)
}
