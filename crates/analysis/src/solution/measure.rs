//! How each rule values and compares gains, exactly.

use crate::problem::Problem;
use crate::solved::SolutionRule;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};
use std::cmp::Ordering;

/// What comparing gains across parties needs to know.
#[derive(Debug, Clone)]
pub struct Measure {
    denominators: Vec<BigInt>,
    /// Scaled gain × multiplier is the same unit for all parties; `None`
    /// where that unit would be too fine for 128 bits.
    multipliers: Option<Vec<i128>>,
    /// Scaled gain × unit = gain in the party's own units.
    units: Vec<f64>,
    /// Each party's best acceptable gain, scaled.
    ideal_gains: Vec<i64>,
    /// Each party's utility of no agreement, scaled.
    reservations: Vec<i64>,
}

impl Measure {
    /// For a problem whose parties' best acceptable gains are these.
    #[must_use]
    pub fn new(problem: &Problem, ideal_gains: Vec<i64>) -> Self {
        let denominators: Vec<BigInt> =
            problem.scales.iter().map(|s| s.denominator.clone()).collect();
        let common = denominators.iter().fold(BigInt::one(), |l, d| l.lcm(d));
        let multipliers =
            denominators.iter().map(|d| (&common / d).to_i64().map(i128::from)).collect();
        let units =
            denominators.iter().map(|d| 1.0 / d.to_f64().unwrap_or(f64::INFINITY)).collect();
        Self {
            denominators,
            multipliers,
            units,
            ideal_gains,
            reservations: problem.reservations.clone(),
        }
    }

    /// Gain of party `party` in its own units.
    #[must_use]
    pub fn own(&self, party: usize, gain: i64) -> f64 {
        gain as f64 * self.units[party]
    }

    /// One party's gain as a fraction of its best acceptable one; `None` when that is zero.
    #[must_use]
    pub fn ratio(&self, party: usize, gain: i64) -> Option<f64> {
        (self.ideal_gains[party] > 0).then(|| gain as f64 / self.ideal_gains[party] as f64)
    }

    /// The rule's value of these gains, in the parties' own units.
    #[must_use]
    pub fn value(&self, rule: SolutionRule, gains: &[i64]) -> f64 {
        let own = gains.iter().enumerate().map(|(p, &g)| self.own(p, g));
        match rule {
            // Under a quota somebody may lose: those are left out of the product.
            SolutionRule::Nash if gains.iter().any(|&g| g < 0) => {
                own.filter(|g| *g > 0.0).product()
            }
            SolutionRule::Nash => own.product(),
            SolutionRule::Egalitarian => own.fold(f64::INFINITY, f64::min),
            SolutionRule::KalaiSmorodinsky => {
                let ratios = gains.iter().enumerate().filter_map(|(p, &g)| self.ratio(p, g));
                let least = ratios.fold(f64::INFINITY, f64::min);
                if least.is_finite() { least } else { 1.0 }
            }
            SolutionRule::Utilitarian => gains
                .iter()
                .zip(&self.reservations)
                .enumerate()
                .map(|(p, (g, r))| self.own(p, g + r))
                .sum(),
            SolutionRule::UtilitarianRescaled => {
                gains.iter().enumerate().filter_map(|(p, &g)| self.ratio(p, g)).sum()
            }
        }
    }

    /// A double that grows with the rule's preference, up to rounding and ties.
    fn estimate(&self, rule: SolutionRule, gains: &[i64]) -> f64 {
        match rule {
            SolutionRule::Nash => {
                // A positive gain more outweighs any product: |ln gain| < 1000.
                let positive = gains.iter().enumerate().filter(|(_, g)| **g > 0);
                positive.map(|(p, &g)| 1e6 + self.own(p, g).ln()).sum()
            }
            _ => self.value(rule, gains),
        }
    }

    /// The item the rule prefers; of equals the first by `tie`.
    ///
    /// Doubles sort out all but those within rounding of the best, which are
    /// compared exactly.
    pub fn best<'i, T>(
        &self,
        rule: SolutionRule,
        items: &'i [T],
        gains: impl Fn(&T) -> &Vec<i64>,
        tie: impl Fn(&T, &T) -> Ordering,
    ) -> Option<&'i T> {
        let estimates: Vec<f64> =
            items.iter().map(|item| self.estimate(rule, gains(item))).collect();
        let top = estimates.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // Large utilities may cancel in a sum: rounding is relative to their size.
        let size = |item: &T| -> f64 {
            let pairs = gains(item).iter().zip(&self.reservations).enumerate();
            pairs.map(|(p, (&g, &r))| self.own(p, g).abs() + self.own(p, r).abs()).sum()
        };
        let largest = items.iter().map(size).fold(0.0, f64::max);
        let least = top - 1e-9 * top.abs().max(largest);
        let near = items.iter().zip(&estimates).filter(|(_, e)| **e >= least).map(|(item, _)| item);
        near.reduce(|best, next| {
            let order = self.compare(rule, gains(next), gains(best)).then_with(|| tie(best, next));
            if order.is_gt() { next } else { best }
        })
    }

    /// Greater when the rule prefers `a`; ties go by leximin of gains.
    #[must_use]
    pub fn compare(&self, rule: SolutionRule, a: &[i64], b: &[i64]) -> Ordering {
        self.compare_values(rule, a, b).then_with(|| self.compare_leximin(a, b))
    }

    /// The same with ties left as they are.
    #[must_use]
    pub fn compare_values(&self, rule: SolutionRule, a: &[i64], b: &[i64]) -> Ordering {
        match rule {
            SolutionRule::Nash => compare_products(&self.denominators, a, b),
            SolutionRule::Egalitarian => Ordering::Equal,
            SolutionRule::KalaiSmorodinsky => self.compare_ratios(a, b),
            SolutionRule::Utilitarian => self.compare_sums(a, b),
            SolutionRule::UtilitarianRescaled => self.compare_rescaled_sums(a, b),
        }
    }

    /// The larger smallest gain, then the larger second smallest, and so on,
    /// in the parties' own units.
    #[must_use]
    pub fn compare_leximin(&self, a: &[i64], b: &[i64]) -> Ordering {
        if let Some(multipliers) = &self.multipliers {
            let sorted = |gains: &[i64]| {
                let mut common: Vec<i128> =
                    gains.iter().zip(multipliers).map(|(&g, m)| i128::from(g) * m).collect();
                common.sort_unstable();
                common
            };
            return sorted(a).cmp(&sorted(b));
        }
        let sorted = |gains: &[i64]| {
            let mut own: Vec<f64> =
                gains.iter().enumerate().map(|(p, &g)| self.own(p, g)).collect();
            own.sort_unstable_by(f64::total_cmp);
            own
        };
        let pairs = sorted(a).into_iter().zip(sorted(b));
        pairs.map(|(a, b)| a.total_cmp(&b)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
    }

    fn compare_sums(&self, a: &[i64], b: &[i64]) -> Ordering {
        if let Some(multipliers) = &self.multipliers {
            // At most 70 parties or so of 2^60 × 2^63: stays within 128 bits as differences.
            let difference =
                a.iter().zip(b).zip(multipliers).try_fold(0_i128, |sum, ((a, b), m)| {
                    sum.checked_add(i128::from(a - b).checked_mul(*m)?)
                });
            if let Some(difference) = difference {
                return difference.cmp(&0);
            }
        }
        let sum = |gains: &[i64]| {
            gains.iter().zip(&self.denominators).fold(BigRational::zero(), |sum, (&g, d)| {
                sum + BigRational::new(g.into(), d.clone())
            })
        };
        sum(a).cmp(&sum(b))
    }

    fn compare_ratios(&self, a: &[i64], b: &[i64]) -> Ordering {
        // Fractions gain/ideal with positive denominators, ascending.
        let sorted = |gains: &[i64]| {
            let mut ratios: Vec<(i64, i64)> = gains
                .iter()
                .copied()
                .zip(self.ideal_gains.iter().copied())
                .filter(|r| r.1 > 0)
                .collect();
            ratios.sort_unstable_by(compare_fractions);
            ratios
        };
        let (a, b) = (sorted(a), sorted(b));
        a.iter()
            .zip(&b)
            .map(|(a, b)| compare_fractions(a, b))
            .find(|o| o.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    fn compare_rescaled_sums(&self, a: &[i64], b: &[i64]) -> Ordering {
        let pairs = || a.iter().zip(b).zip(&self.ideal_gains).filter(|(_, i)| **i > 0);
        let difference: f64 = pairs().map(|((a, b), i)| (a - b) as f64 / *i as f64).sum();
        let size: f64 = pairs().map(|((a, b), i)| (a - b).unsigned_abs() as f64 / *i as f64).sum();
        if difference.abs() > 1e-12 * size {
            return difference.total_cmp(&0.0);
        }
        let exact = pairs().fold(BigRational::zero(), |sum, ((a, b), i)| {
            sum + BigRational::new((a - b).into(), (*i).into())
        });
        exact.cmp(&BigRational::zero())
    }
}

fn compare_fractions(a: &(i64, i64), b: &(i64, i64)) -> Ordering {
    (i128::from(a.0) * i128::from(b.1)).cmp(&(i128::from(b.0) * i128::from(a.1)))
}

/// More positive gains first, then the larger product of the positive ones.
fn compare_products(denominators: &[BigInt], a: &[i64], b: &[i64]) -> Ordering {
    let count = |gains: &[i64]| gains.iter().filter(|&&g| g > 0).count();
    let by_count = count(a).cmp(&count(b));
    if by_count.is_ne() || a == b {
        return by_count;
    }
    // The same parties gain in both unless some gain is zero, so scales cancel
    // from the product; where they do not, denominators are brought in.
    let same = a.iter().zip(b).all(|(a, b)| (*a > 0) == (*b > 0));
    let logarithm =
        |gains: &[i64]| gains.iter().filter(|&&g| g > 0).map(|&g| (g as f64).ln()).sum::<f64>();
    if same {
        let difference = logarithm(a) - logarithm(b);
        if difference.abs() > 1e-11 * a.len() as f64 {
            return difference.total_cmp(&0.0);
        }
    }
    let product = |gains: &[i64]| {
        gains.iter().zip(denominators).filter(|(g, _)| **g > 0).fold(
            BigRational::one(),
            |product, (&g, d)| {
                product
                    * if same {
                        BigRational::from_integer(g.into())
                    } else {
                        BigRational::new(g.into(), d.clone())
                    }
            },
        )
    };
    product(a).cmp(&product(b))
}
