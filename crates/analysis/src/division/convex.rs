//! Convex sets of gains: a base, plus one weighted mean per block of choices.
//!
//! A divisible issue is a block whose choices are "all of it to this party";
//! a lottery is a block whose choices are outcomes. The weights within a
//! block are zero or more and sum to one.

use super::Q;
use num_traits::{Signed, Zero};

/// The choices of one block: `[choice][party]`, what each adds to the gains.
pub type Block = Vec<Vec<Q>>;

/// The gains that weights over the blocks' choices can reach.
#[derive(Debug, Clone)]
pub struct ConvexSet<'a> {
    /// Gains before any block, one per party.
    pub base: Vec<Q>,
    /// The blocks.
    pub blocks: &'a [Block],
}

/// Weights on the choices of each block.
pub type Weights = Vec<Vec<Q>>;

impl ConvexSet<'_> {
    /// How many parties.
    #[must_use]
    pub fn parties(&self) -> usize {
        self.base.len()
    }

    /// How many choices in all.
    #[must_use]
    pub fn choices(&self) -> usize {
        self.blocks.iter().map(Vec::len).sum()
    }

    /// The gains for weights.
    #[must_use]
    pub fn gains(&self, weights: &[Vec<Q>]) -> Vec<Q> {
        let mut gains = self.base.clone();
        for (block, row) in self.blocks.iter().zip(weights) {
            for (choice, weight) in block.iter().zip(row).filter(|(_, w)| !w.is_zero()) {
                for (gain, value) in gains.iter_mut().zip(choice).filter(|(_, v)| !v.is_zero()) {
                    *gain += value * weight;
                }
            }
        }
        gains
    }

    /// The largest Σ price × gain over the whole set: for prices that are not
    /// negative an upper bound that needs no search.
    #[must_use]
    pub fn support(&self, prices: &[Q]) -> Q {
        let worth = |vector: &[Q]| -> Q {
            vector
                .iter()
                .zip(prices)
                .filter(|(v, p)| !v.is_zero() && !p.is_zero())
                .map(|(v, p)| v * p)
                .sum()
        };
        let blocks: Q = self.blocks.iter().filter_map(|b| b.iter().map(|c| worth(c)).max()).sum();
        worth(&self.base) + blocks
    }

    /// Whether no weight can take anything from a party.
    #[must_use]
    pub fn only_adds(&self) -> bool {
        self.blocks.iter().flatten().flatten().all(|v| !v.is_negative())
    }
}
