//! How evenly a party's levels within an issue are spaced.
//!
//! People's score sheets very often are (5, 4, 3, 2, 1); others are not at
//! all. Each issue is of one of a few kinds, and a party that has spaced one
//! issue evenly is likelier to have spaced the next so.

use super::frame::Frame;
use crate::random::Random;

/// The kinds: gaps are Dirichlet with this parameter throughout. The first is
/// the uniform distribution on the simplex: anything.
const PARAMETERS: [usize; 3] = [1, 4, 16];
/// Issues of more gaps are even enough without.
const MOST_GAPS: usize = 60;

/// The mixture's constants.
#[derive(Debug, Clone)]
pub(super) struct Evenness {
    /// Per kind and number of gaps k: the density relative to the uniform one
    /// is this times the product of (k × gap)^(parameter − 1).
    constants: [Vec<f64>; PARAMETERS.len()],
}

impl Evenness {
    pub(super) fn new() -> Self {
        let constants = PARAMETERS.map(|p| (0..=MOST_GAPS).map(|k| constant(p, k)).collect());
        Self { constants }
    }

    pub(super) fn parameter(kind: usize) -> usize {
        PARAMETERS[kind]
    }

    /// Whether the question arises for an issue.
    fn applies(frame: &Frame, issue: usize) -> bool {
        (3..=MOST_GAPS + 1).contains(&frame.level_counts[issue])
    }

    /// How likely each kind is for an issue, given the party's other issues.
    fn prior(frame: &Frame, kinds: &[usize], issue: usize) -> [f64; PARAMETERS.len()] {
        let mut counts = [1.0; PARAMETERS.len()];
        for (other, &kind) in kinds.iter().enumerate() {
            if other != issue && Self::applies(frame, other) {
                counts[kind] += 1.0;
            }
        }
        counts
    }

    /// Draws an issue's kind from the prior given the others.
    pub(super) fn draw(frame: &Frame, kinds: &[usize], issue: usize, random: &mut Random) -> usize {
        if !Self::applies(frame, issue) {
            return 0;
        }
        pick(&Self::prior(frame, kinds, issue), random)
    }

    /// Draws an issue's kind, given its gaps.
    pub(super) fn redraw(
        &self,
        frame: &Frame,
        kinds: &[usize],
        issue: usize,
        gaps: &[f64],
        random: &mut Random,
    ) -> usize {
        if !Self::applies(frame, issue) {
            return 0;
        }
        let mut masses = Self::prior(frame, kinds, issue);
        let k = gaps.len() as f64;
        for ((mass, constants), parameter) in masses.iter_mut().zip(&self.constants).zip(PARAMETERS)
        {
            let powers: f64 = gaps.iter().map(|g| power(g * k, parameter - 1)).product();
            *mass *= constants[gaps.len()] * powers;
        }
        pick(&masses, random)
    }
}

/// Γ(p k) / (Γ(p)^k Γ(k) k^((p − 1) k)), factor by factor so that nothing overflows.
fn constant(parameter: usize, gaps: usize) -> f64 {
    let mut constant = 1.0;
    for j in 0..gaps {
        for t in 1..parameter {
            constant *= (parameter * j + t) as f64 / (t * gaps) as f64;
        }
        if j + 1 < gaps {
            constant *= parameter as f64;
        }
    }
    constant
}

fn pick(masses: &[f64], random: &mut Random) -> usize {
    let mut left = random.unit() * masses.iter().sum::<f64>();
    for (kind, mass) in masses.iter().enumerate() {
        if left < *mass {
            return kind;
        }
        left -= mass;
    }
    0
}

/// Whole powers by multiplication only: the same bits everywhere.
pub(super) fn power(base: f64, exponent: usize) -> f64 {
    (0..exponent).fold(1.0, |product, _| product * base)
}
