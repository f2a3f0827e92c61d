//! Concave objectives over the parties' gains, and their linear upper bounds.
//!
//! Each objective F is an infimum of linear functions: for every multiplier
//! vector λ it allows, F(y) ≤ λ·y − φ(λ). Maximising λ·y over outcomes is
//! easy (issue by issue), so every λ gives an upper bound; a projected
//! subgradient step (Polyak 1969) makes it tighter. This is Lagrangian
//! relaxation (Geoffrion 1974) with the conjugates of min, Σ log and Σ.

/// What is maximised over the scaled gains y. Every party's gain must be ≥ 0
/// as well, except where `Min` is used to find out whether that is possible.
#[derive(Debug, Clone)]
pub(super) enum Objective {
    /// The smallest y among the parties included.
    Min(Vec<bool>),
    /// The sum of ln y over the parties included.
    LogSum(Vec<bool>),
    /// A weighted sum.
    Sum(Vec<f64>),
}

/// Multipliers of the logarithm stay above this.
const SMALLEST_LOG_MULTIPLIER: f64 = 1e-4;

impl Objective {
    /// Its value; −∞ where a logarithm has nothing to work on.
    pub(super) fn value(&self, y: &[f64]) -> f64 {
        match self {
            Self::Min(included) => included
                .iter()
                .zip(y)
                .filter(|(i, _)| **i)
                .map(|(_, y)| *y)
                .fold(f64::INFINITY, f64::min),
            Self::LogSum(included) => included
                .iter()
                .zip(y)
                .filter(|(i, _)| **i)
                .map(|(_, y)| if *y > 0.0 { y.ln() } else { f64::NEG_INFINITY })
                .sum(),
            Self::Sum(weights) => weights.iter().zip(y).map(|(w, y)| w * y).sum(),
        }
    }

    /// Multipliers to begin with.
    pub(super) fn start(&self, parties: usize) -> Vec<f64> {
        match self {
            Self::Min(included) => {
                let count = included.iter().filter(|i| **i).count().max(1) as f64;
                included.iter().map(|i| if *i { 1.0 / count } else { 0.0 }).collect()
            }
            Self::LogSum(included) => included.iter().map(|i| if *i { 1.0 } else { 0.0 }).collect(),
            Self::Sum(weights) => {
                debug_assert_eq!(weights.len(), parties);
                weights.clone()
            }
        }
    }

    /// φ(λ): what is taken off λ·y.
    pub(super) fn conjugate(&self, multipliers: &[f64]) -> f64 {
        match self {
            Self::LogSum(included) => included
                .iter()
                .zip(multipliers)
                .filter(|(i, _)| **i)
                .map(|(_, l)| 1.0 + l.ln())
                .sum(),
            Self::Min(_) | Self::Sum(_) => 0.0,
        }
    }

    /// One step from λ towards a bound below `target`, given the outcome with
    /// scaled gains `y` that maximises λ·y, where the bound is `bound`.
    pub(super) fn step(
        &self,
        multipliers: &mut [f64],
        y: &[f64],
        bound: f64,
        target: f64,
        damping: f64,
    ) {
        let slope = |party: usize, l: f64| match self {
            Self::LogSum(included) if included[party] => y[party] - 1.0 / l,
            _ => y[party],
        };
        let centre = match self {
            // On the simplex only differences count.
            Self::Min(included) => {
                let count = included.iter().filter(|i| **i).count().max(1) as f64;
                included.iter().zip(y).filter(|(i, _)| **i).map(|(_, y)| *y).sum::<f64>() / count
            }
            _ => 0.0,
        };
        let direction: Vec<f64> = multipliers
            .iter()
            .enumerate()
            .map(|(party, &l)| match self {
                Self::Min(included) if included[party] => slope(party, l) - centre,
                _ => slope(party, l),
            })
            .collect();
        let norm: f64 = direction.iter().map(|d| d * d).sum();
        if norm <= 0.0 {
            return;
        }
        // Near the minimum the slope vanishes: no step is longer than the multipliers themselves.
        let longest = (1.0 + multipliers.iter().map(|l| l * l).sum::<f64>().sqrt()) / norm.sqrt();
        let length = (damping * (bound - target).max(0.0) / norm).min(longest);
        for (l, d) in multipliers.iter_mut().zip(&direction) {
            *l -= length * d;
        }
        self.project(multipliers);
    }

    fn project(&self, multipliers: &mut [f64]) {
        match self {
            Self::Min(included) => {
                for (l, _) in multipliers.iter_mut().zip(included).filter(|(_, i)| !**i) {
                    *l = l.max(0.0);
                }
                project_on_simplex(multipliers, included);
            }
            Self::LogSum(included) => {
                for (l, i) in multipliers.iter_mut().zip(included) {
                    *l = l.max(if *i { SMALLEST_LOG_MULTIPLIER } else { 0.0 });
                }
            }
            Self::Sum(weights) => {
                for (l, w) in multipliers.iter_mut().zip(weights) {
                    *l = l.max(*w);
                }
            }
        }
    }
}

/// The nearest point of the simplex, over the parties included (Held, Wolfe & Crowder 1974).
fn project_on_simplex(multipliers: &mut [f64], included: &[bool]) {
    let mut sorted: Vec<f64> =
        multipliers.iter().zip(included).filter(|(_, i)| **i).map(|(l, _)| *l).collect();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let (mut sum, mut shift) = (0.0, 0.0);
    for (count, l) in sorted.iter().enumerate() {
        sum += l;
        let candidate = (sum - 1.0) / (count + 1) as f64;
        if *l > candidate {
            shift = candidate;
        }
    }
    for (l, _) in multipliers.iter_mut().zip(included).filter(|(_, i)| **i) {
        *l = (*l - shift).max(0.0);
    }
}
