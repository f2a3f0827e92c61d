//! How evenly a party's issues weigh.
//!
//! Weights evenly drawn from all that keep an order leave the first issue far
//! ahead of the rest (.34, .21, .15, … of eight). Many people weigh more
//! evenly than that. Each possible party has one of several concentrations
//! of the Dirichlet distribution of its weights.

use super::frame::Frame;
use super::shape::{pick, power};
use crate::random::Random;

/// A concentration: an index into [`CONCENTRATIONS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spread(usize);

/// Dirichlet parameters of every weight, with the chance of each.
const CONCENTRATIONS: [(usize, f64); 3] = [(1, 0.5), (3, 0.25), (8, 0.25)];

impl Spread {
    /// Draws one from the prior.
    pub(super) fn draw(random: &mut Random) -> Self {
        Self(pick(&CONCENTRATIONS.map(|c| c.1), random))
    }

    /// Draws one given the weights.
    pub(super) fn redraw(frame: &Frame, weights: &[f64], random: &mut Random) -> Self {
        let own: Vec<f64> = owners(frame).map(|issue| weights[issue]).collect();
        let n = own.len();
        let masses = CONCENTRATIONS.map(|(concentration, chance)| {
            // Γ(nc) / Γ(n) Π wᵢ^(c-1) / Γ(c), factor by factor to stay in range.
            let mut density = chance;
            let mut total = n;
            for weight in &own {
                for t in 1..concentration {
                    density *= weight * total as f64 / t as f64;
                    total += 1;
                }
            }
            density
        });
        Self(pick(&masses, random))
    }

    /// Draws the coordinates of the weights: sorted where there is an order.
    pub(super) fn draw_coordinates(self, frame: &Frame, random: &mut Random) -> Vec<f64> {
        let sets = &frame.weight_sets;
        let concentration = CONCENTRATIONS[self.0].0;
        let mut weights = random.dirichlet(&vec![concentration; sets.len()]);
        if sets.iter().all(|s| s.len() == 1) {
            return weights;
        }
        // Each set holds the one before it: its coordinate is what its own
        // issues weigh more than those of the next.
        weights.sort_unstable_by(|a, b| b.total_cmp(a));
        weights.push(0.0);
        let mut x: Vec<f64> = sets
            .iter()
            .enumerate()
            .map(|(k, set)| set.len() as f64 * (weights[k] - weights[k + 1]))
            .collect();
        let total: f64 = x.iter().sum();
        x.iter_mut().for_each(|mass| *mass /= total);
        x
    }

    /// How much likelier weights are after mass has gone between two coordinates.
    pub(super) fn ratio(self, frame: &Frame, weights: &[f64], pair: [usize; 2], step: f64) -> f64 {
        let exponent = CONCENTRATIONS[self.0].0 - 1;
        if exponent == 0 {
            return 1.0;
        }
        let [up, down] = pair.map(|p| &frame.weight_sets[p]);
        let product: f64 = owners(frame)
            .map(|issue| {
                let gained = if up.contains(&issue) { step / up.len() as f64 } else { 0.0 };
                let lost = if down.contains(&issue) { step / down.len() as f64 } else { 0.0 };
                1.0 + (gained - lost) / weights[issue]
            })
            .product();
        power(product, exponent)
    }
}

/// One issue of each tier.
fn owners(frame: &Frame) -> impl Iterator<Item = usize> {
    frame.weight_sets.iter().filter_map(|set| set.last().copied())
}
