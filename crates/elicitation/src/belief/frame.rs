//! The shape of what one party may want, given its rankings: a product of
//! simplices, so that every ranking holds by construction.
//!
//! A party's utility is `Σ weight × value`, the worst deal 0 and the best 1.
//! Weights that keep an order are mixtures of the averages over its first k
//! issues; values that keep an order are sums of gaps. Both are points of a
//! simplex, and so is the pair (reservation value, what lies above it).

use crate::space::Space;
use crate::statement::Rankings;

/// What the coordinates of one simplex stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Mixture of the average weights of [`Frame::weight_sets`].
    Weights,
    /// Gaps between the values of an issue's levels.
    Values(usize),
    /// The reservation value and its complement.
    Reservation,
}

/// One simplex among the coordinates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) at: usize,
    pub(super) len: usize,
}

/// Reservation values between the worst and the best deal: Beta(2, 3). A
/// party that takes part thinks a deal possible, so high ones are rarer.
pub(super) const RESERVATION_PRIOR: [usize; 2] = [2, 3];

/// The shape of one party's possible preferences.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(super) blocks: Vec<Block>,
    pub(super) dimension: usize,
    /// Each: issues that share a weight coordinate evenly.
    pub(super) weight_sets: Vec<Vec<usize>>,
    /// Per issue: the level of each option, worst 0; `None` where unranked.
    pub(super) levels: Vec<Option<Vec<usize>>>,
    /// Per issue: how many levels.
    pub(super) level_counts: Vec<usize>,
    /// Where each issue's options begin among all.
    pub(super) offsets: Vec<usize>,
}

impl Frame {
    /// The shape that these rankings leave.
    pub(crate) fn new(space: &Space, rankings: &Rankings) -> Self {
        let issues = space.issues();
        let levels: Vec<Option<Vec<usize>>> = (0..issues)
            .map(|issue| {
                let tiers = rankings.options.get(issue)?.as_ref()?;
                let mut level = vec![0; space.size(issue)];
                for (rank, tier) in tiers.iter().rev().enumerate() {
                    for &option in tier {
                        level[option] = rank;
                    }
                }
                Some(level)
            })
            .collect();
        let level_counts: Vec<usize> = levels
            .iter()
            .enumerate()
            .map(|(issue, l)| {
                l.as_ref().map_or(space.size(issue), |l| l.iter().max().map_or(1, |m| m + 1))
            })
            .collect();
        let matters = |issue: &usize| level_counts[*issue] > 1;
        let weight_sets = match &rankings.issues {
            Some(tiers) => {
                let mut first = Vec::new();
                let mut sets = Vec::new();
                for tier in tiers {
                    let before = first.len();
                    first.extend(tier.iter().copied().filter(matters));
                    if first.len() > before {
                        sets.push(first.clone());
                    }
                }
                sets
            }
            None => (0..issues).filter(matters).map(|i| vec![i]).collect(),
        };
        let mut blocks = Vec::new();
        let mut dimension = 0;
        let mut add = |kind, len: usize| {
            blocks.push(Block { kind, at: dimension, len });
            dimension += len;
        };
        add(Kind::Weights, weight_sets.len());
        for (issue, &count) in level_counts.iter().enumerate() {
            if count > 1 {
                add(Kind::Values(issue), count - 1);
            }
        }
        if rankings.takes_worst != Some(true) {
            add(Kind::Reservation, 2);
        }
        let offsets = (0..issues).map(|i| space.cell(i, 0)).collect();
        Self { blocks, dimension, weight_sets, levels, level_counts, offsets }
    }

    pub(super) fn issues(&self) -> usize {
        self.offsets.len()
    }
}
