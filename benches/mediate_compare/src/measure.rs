//! How good a deal is, by the true utilities.

use detente_analysis::frontier::{Completeness, Frontier, frontier};
use detente_analysis::solution;
use detente_analysis::solved::SolutionRule;
use detente_analysis::{Budget, Problem};
use detente_bargaining::Package;

/// What deals of one scenario are measured by.
///
/// Gains are counted over the larger of the reservation value and the worst
/// utility, since a reservation value far below every outcome would make all
/// deals look alike.
#[derive(Debug)]
pub struct Yardstick {
    problem: Problem,
    frontier: Frontier,
    best_product: f64,
    best_least: f64,
    /// Per party, its best acceptable gain.
    ideals: Vec<f64>,
}

/// The shares of the best that a deal reaches.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Shares {
    /// Product of gains over the best product.
    pub nash: f64,
    /// Smallest gain (as a share of its party's ideal gain) over the best smallest.
    pub least: f64,
    /// Whether no outcome is better for some and worse for none.
    pub efficient: bool,
    /// Whether there was a deal at all.
    pub agreed: bool,
}

impl Yardstick {
    /// `None` where nothing is acceptable to all, no deal leaves everybody a
    /// gain, or the frontier is too large.
    #[must_use]
    pub fn new(problem: &Problem) -> Option<Self> {
        let frontier = frontier(problem, &Budget::default());
        if frontier.completeness != Completeness::Complete {
            return None;
        }
        let problem = floored(problem);
        let known = problem.red_lines.is_empty().then_some(&frontier);
        let solutions = solution::solutions(&problem, known, &Budget::default());
        let best = |rule| solutions.pick(rule).map(|p| p.value);
        let ideals: Vec<f64> = gains(&problem, &solutions.ideals);
        let best_product = best(SolutionRule::Nash).filter(|&b| b > 0.0)?;
        let best_least = best(SolutionRule::KalaiSmorodinsky).filter(|&b| b > 0.0)?;
        Some(Self { problem, frontier, best_product, best_least, ideals })
    }

    /// No agreement counts as nothing gained.
    #[must_use]
    pub fn shares(&self, deal: Option<&Package>) -> Shares {
        let Some(deal) = deal else { return Shares::default() };
        let utilities = self.problem.utilities(&deal.0);
        let gains = gains(&self.problem, &utilities);
        let product: f64 = gains.iter().map(|g| g.max(0.0)).product();
        let ratios = gains.iter().zip(&self.ideals).filter(|(_, i)| **i > 0.0).map(|(g, i)| g / i);
        let dominated = self.frontier.points.iter().any(|p| {
            p.utilities != utilities && p.utilities.iter().zip(&utilities).all(|(a, b)| a >= b)
        });
        Shares {
            nash: product / self.best_product,
            least: ratios.fold(f64::INFINITY, f64::min).max(0.0) / self.best_least,
            efficient: !dominated,
            agreed: true,
        }
    }
}

/// The problem with every reservation value raised to the worst utility.
#[must_use]
pub fn floored(problem: &Problem) -> Problem {
    let mut problem = problem.clone();
    for party in 0..problem.parties {
        problem.reservations[party] = problem.reservations[party].max(worst(&problem, party));
    }
    problem
}

fn gains(problem: &Problem, utilities: &[i64]) -> Vec<f64> {
    let gains = problem.gains(utilities);
    gains.iter().zip(&problem.scales).map(|(&g, s)| s.to_f64(g)).collect()
}

/// A bound on a party's worst utility; exact without interactions and rules.
fn worst(problem: &Problem, party: usize) -> i64 {
    let least = |issue| (0..problem.size(issue)).map(|o| problem.row(issue, o)[party]).min();
    let rows: i64 = (0..problem.issues.len()).filter_map(least).sum();
    let factors = problem.factors.iter().filter(|f| f.party == party).map(|f| f.value.min(0));
    problem.constants[party] + rows + factors.sum::<i64>()
}
