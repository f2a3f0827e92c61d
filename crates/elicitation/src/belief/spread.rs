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
        Self(pick(&CONCENTRATIONS.map(|c| c.1 * density(c.0, &own)), random))
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

/// The density of these weights against the uniform one:
/// `Γ(nc) / Γ(n) Π wᵢ^(c-1) / Γ(c)`, factor by factor to stay in range.
fn density(concentration: usize, weights: &[f64]) -> f64 {
    let mut density = 1.0;
    let mut total = weights.len();
    for weight in weights {
        for t in 1..concentration {
            density *= weight * total as f64 / t as f64;
            total += 1;
        }
    }
    density
}

/// One issue of each tier: where several share one, how likely they are is
/// only about right.
fn owners(frame: &Frame) -> impl Iterator<Item = usize> {
    frame.weight_sets.iter().filter_map(|set| set.last().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Densities are against the uniform one: over uniform weights they average to one.
    #[test]
    fn every_density_integrates_to_one() {
        let mut random = Random::new(4, crate::random::Purpose::Questions, 0);
        for issues in [2, 3, 4] {
            for (concentration, _) in CONCENTRATIONS {
                let draws = 100_000;
                let sum: f64 = (0..draws)
                    .map(|_| density(concentration, &random.dirichlet(&vec![1; issues])))
                    .sum();
                let mean = sum / f64::from(draws);
                assert!((mean - 1.0).abs() < 0.05, "{concentration} {issues} {mean}");
            }
        }
    }
}
