//! Reproducible randomness: one ChaCha8 stream per purpose and step.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a stream of random numbers is drawn for; streams of one seed do not overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// What is thought of one party.
    Belief(usize),
    /// What parties nobody has heard yet might want.
    Strangers(usize),
    /// Pairing what is thought of the parties.
    Worlds,
    /// Choosing which questions to look at.
    Questions,
    /// Answers of a simulated party.
    Simulation(usize),
}

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Random(ChaCha8Rng);

impl Random {
    /// The stream of `seed` for a purpose at a step.
    pub(crate) fn new(seed: u64, purpose: Purpose, step: u64) -> Self {
        let (kind, index) = match purpose {
            Purpose::Belief(party) => (1, party),
            Purpose::Strangers(party) => (2, party),
            Purpose::Worlds => (3, 0),
            Purpose::Questions => (4, 0),
            Purpose::Simulation(party) => (5, party),
        };
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(kind << 56 | (index as u64 & 0xffff) << 40 | step & 0xff_ffff_ffff);
        Self(rng)
    }

    /// Evenly from zero (included) to one (not).
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Evenly from `0..n`; zero where `n` is.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        // Multiply and shift (Lemire 2019); the bias is below n / 2^64.
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }

    /// A random order of `0..n` (Fisher–Yates).
    pub(crate) fn order(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, self.below(i + 1));
        }
        order
    }

    /// A point of the simplex from the Dirichlet distribution whose
    /// parameters are whole numbers: gaps between sorted even draws, so that
    /// no logarithm (whose last bit differs between machines) is needed.
    pub(crate) fn dirichlet(&mut self, parameters: &[usize]) -> Vec<f64> {
        let total: usize = parameters.iter().sum();
        let mut cuts: Vec<f64> = (1..total).map(|_| self.unit()).collect();
        cuts.sort_unstable_by(f64::total_cmp);
        cuts.push(1.0);
        let mut last = 0.0;
        let mut at = 0;
        parameters
            .iter()
            .map(|n| {
                at += n;
                let cut = cuts[at - 1];
                let gap = cut - last;
                last = cut;
                gap
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dirichlet_points_have_the_right_mean_and_variance() {
        let mut random = Random::new(7, Purpose::Questions, 0);
        let draws: Vec<Vec<f64>> = (0..20_000).map(|_| random.dirichlet(&[2, 3])).collect();
        let mean = draws.iter().map(|d| d[0]).sum::<f64>() / draws.len() as f64;
        let variance =
            draws.iter().map(|d| (d[0] - mean).powi(2)).sum::<f64>() / draws.len() as f64;
        assert!((mean - 0.4).abs() < 0.005, "{mean}");
        assert!((variance - 0.04).abs() < 0.002, "{variance}");
        assert!(draws.iter().all(|d| (d[0] + d[1] - 1.0).abs() < 1e-12));
    }

    #[test]
    fn streams_differ_and_repeat() {
        let first = |purpose, step| Random::new(1, purpose, step).unit();
        assert_eq!(first(Purpose::Belief(0), 3), first(Purpose::Belief(0), 3));
        assert_ne!(first(Purpose::Belief(0), 3), first(Purpose::Belief(1), 3));
        assert_ne!(first(Purpose::Belief(0), 3), first(Purpose::Belief(0), 4));
    }
}
