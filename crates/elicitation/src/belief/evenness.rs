//! Whether a party's levels within an issue are about evenly spaced.
//!
//! People's score sheets very often are (5, 4, 3, 2, 1); others are not at
//! all. Each issue is one or the other, and a party that has spaced one issue
//! evenly is likelier to have spaced the next so.

use super::frame::Frame;
use crate::random::Random;

/// Gaps that are evenly spaced: Dirichlet with this parameter throughout.
const EVEN: usize = 16;
/// Gaps that are anything: the uniform distribution on the simplex.
const ANY: usize = 1;
/// Issues of more gaps are even enough without.
const MOST_GAPS: usize = 60;

/// The mixture's constants.
#[derive(Debug, Clone)]
pub(super) struct Evenness {
    /// Per number of gaps: density of the even against any, without the gaps' powers.
    constants: Vec<f64>,
}

impl Evenness {
    pub(super) fn new() -> Self {
        // Γ(16 k) / (Γ(16)^k Γ(k) k^(15 k)), factor by factor.
        let constant = |gaps: usize| {
            let mut c = 1.0;
            for j in 0..gaps {
                for t in 1..EVEN {
                    c *= (EVEN * j + t) as f64 / (t * gaps) as f64;
                }
                if j + 1 < gaps {
                    c *= EVEN as f64;
                }
            }
            c
        };
        Self { constants: (0..=MOST_GAPS).map(constant).collect() }
    }

    pub(super) fn parameter(&self, even: bool) -> usize {
        if even { EVEN } else { ANY }
    }

    /// Whether the question arises for an issue.
    fn applies(frame: &Frame, issue: usize) -> bool {
        (3..=MOST_GAPS + 1).contains(&frame.level_counts[issue])
    }

    /// The chance that an issue is even, given the party's other issues.
    fn prior(frame: &Frame, even: &[bool], issue: usize) -> f64 {
        if !Self::applies(frame, issue) {
            return 0.0;
        }
        let others =
            || (0..even.len()).filter(|&other| other != issue && Self::applies(frame, other));
        let evens = others().filter(|&o| even[o]).count();
        (1 + evens) as f64 / (2 + others().count()) as f64
    }

    /// Draws whether an issue is even from the prior given the others.
    ///
    /// Issues not drawn yet count as not even: a little fewer evens than thought.
    pub(super) fn draw(
        &self,
        frame: &Frame,
        even: &[bool],
        issue: usize,
        random: &mut Random,
    ) -> bool {
        random.unit() < Self::prior(frame, even, issue)
    }

    /// Draws whether an issue is even, given its gaps.
    pub(super) fn redraw(
        &self,
        frame: &Frame,
        even: &[bool],
        issue: usize,
        gaps: &[f64],
        random: &mut Random,
    ) -> bool {
        let prior = Self::prior(frame, even, issue);
        if prior == 0.0 {
            return false;
        }
        let k = gaps.len() as f64;
        let power = |y: f64| {
            let (y2, y3) = (y * y, y * y * y);
            // y^15
            y3 * y3 * y3 * y3 * y2 * y
        };
        let ratio = self.constants[gaps.len()] * gaps.iter().map(|g| power(g * k)).product::<f64>();
        let even = prior * ratio;
        random.unit() * (even + 1.0 - prior) < even
    }
}
