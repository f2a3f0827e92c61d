//! The states between start and target, numbered so that moves go up.

use crate::staging::Case;

/// The progress vectors a search visits. `levels[j]` lists the progress values
/// of deliverable `j` it considers, from its start to its target; all of them
/// in an exact search, some in a coarse one.
#[derive(Debug, Clone)]
pub(crate) struct Space {
    pub(crate) levels: Vec<Vec<usize>>,
    pub(crate) strides: Vec<usize>,
    /// Number of states (saturating).
    pub(crate) nodes: usize,
    /// Copies of each state, one per phase number; 1 when phases need no numbers.
    pub(crate) layers: usize,
}

impl Space {
    pub(crate) fn new(levels: Vec<Vec<usize>>, layers: usize) -> Self {
        let mut strides = vec![1_usize; levels.len()];
        let mut nodes = 1_usize;
        for j in (0..levels.len()).rev() {
            strides[j] = nodes;
            nodes = nodes.saturating_mul(levels[j].len());
        }
        Self { levels, strides, nodes, layers }
    }

    pub(crate) fn full(case: &Case, layers: usize) -> Self {
        let levels =
            case.start.iter().zip(&case.target).map(|(s, t)| (*s..=*t).collect()).collect();
        Self::new(levels, layers)
    }

    /// Number of moves between states, saturating.
    pub(crate) fn edges(&self) -> u128 {
        let pairs = self.levels.iter().fold(1_u128, |all, l| {
            let s = l.len() as u128;
            all.saturating_mul(s * (s + 1) / 2)
        });
        pairs.saturating_sub(self.nodes as u128).saturating_mul(self.layers as u128)
    }

    /// The level index of deliverable `j` in state `node`.
    pub(crate) fn digit(&self, node: usize, j: usize) -> usize {
        node / self.strides[j] % self.levels[j].len()
    }

    /// The progress vector of a state.
    pub(crate) fn state(&self, node: usize) -> Vec<usize> {
        (0..self.levels.len()).map(|j| self.levels[j][self.digit(node, j)]).collect()
    }

    pub(crate) fn last(&self) -> usize {
        self.nodes - 1
    }
}
