//! How good a deal is, measured by the true profiles.

use detente_analysis::solved::SolutionRule;
use detente_analysis::{Budget, Problem, solution};

/// Outcomes looked at one by one for a party's worst utility.
const MOST_ENUMERATED: u128 = 4_000_000;

/// The best that was possible, in gains over the larger of a party's
/// reservation value and its worst utility.
#[derive(Debug, Clone)]
pub struct Yardstick {
    problem: Problem,
    best: Vec<(SolutionRule, f64)>,
    nash_deal: Vec<usize>,
    proved: bool,
}

impl Yardstick {
    /// Solves the true problem; `None` when no outcome is acceptable, or none
    /// was found within the budget.
    #[must_use]
    pub fn new(problem: &Problem, budget: &Budget<'_>) -> Option<Self> {
        let mut problem = problem.clone();
        let worst = worst_utilities(&problem);
        for (reservation, worst) in problem.reservations.iter_mut().zip(worst) {
            *reservation = (*reservation).max(worst);
        }
        let found = solution::solutions(&problem, None, budget);
        let proved = found.picks.iter().all(|p| p.optimal);
        let best: Vec<_> = found.picks.iter().map(|p| (p.rule, p.value)).collect();
        let nash_deal = found.pick(SolutionRule::Nash)?.point.assignment.clone();
        Some(Self { problem, best, nash_deal, proved })
    }

    /// Whether the best is proved to be the best; otherwise it is the best found.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.proved
    }

    fn best(&self, rule: SolutionRule) -> f64 {
        self.best.iter().find(|b| b.0 == rule).map_or(0.0, |b| b.1)
    }

    fn gains(&self, deal: &[usize]) -> Vec<f64> {
        let gains = self.problem.gains(&self.problem.utilities(deal));
        gains.iter().zip(&self.problem.scales).map(|(&g, s)| s.to_f64(g)).collect()
    }

    /// The deal's product of gains as a share of the best product; 1 where no
    /// acceptable outcome leaves every party a gain.
    #[must_use]
    pub fn nash_share(&self, deal: &[usize]) -> f64 {
        let best = self.best(SolutionRule::Nash);
        let product: f64 = self.gains(deal).iter().map(|g| g.max(0.0)).product();
        if best > 0.0 { product / best } else { 1.0 }
    }

    /// The deal's smallest gain as a share of the best smallest gain.
    #[must_use]
    pub fn least_share(&self, deal: &[usize]) -> f64 {
        let best = self.best(SolutionRule::Egalitarian);
        let least = self.gains(deal).into_iter().fold(f64::INFINITY, f64::min);
        if best > 0.0 { least.max(0.0) / best } else { 1.0 }
    }

    /// The deal with the best product of gains: nothing that seeks this product
    /// can promise more to the party that gains least.
    #[must_use]
    pub fn nash_deal(&self) -> &[usize] {
        &self.nash_deal
    }

    /// Whether no feasible outcome is better for some party and worse for none;
    /// `None` when the budget ended first.
    #[must_use]
    pub fn is_efficient(&self, deal: &[usize], budget: &Budget<'_>) -> Option<bool> {
        let mut shifted = self.problem.clone();
        shifted.reservations = shifted.utilities(deal);
        shifted.red_lines.clear();
        let found = solution::solutions(&shifted, None, budget);
        let best = found.pick(SolutionRule::Utilitarian)?;
        best.optimal.then(|| best.point.utilities == shifted.reservations)
    }
}

/// Each party's worst utility over feasible outcomes, or a bound below it
/// where issues interact and outcomes are too many to enumerate.
fn worst_utilities(problem: &Problem) -> Vec<i64> {
    let size: u128 = problem.options.iter().map(|o| o.len() as u128).product();
    let tied =
        !problem.factors.is_empty() || !problem.forbidden.is_empty() || !problem.sums.is_empty();
    if tied && size <= MOST_ENUMERATED {
        return enumerated(problem);
    }
    (0..problem.parties)
        .map(|party| {
            let least = |issue| {
                (0..problem.size(issue)).map(|o| problem.row(issue, o)[party]).min().unwrap_or(0)
            };
            let factors = problem.factors.iter().filter(|f| f.party == party);
            problem.constants[party]
                + (0..problem.issues.len()).map(least).sum::<i64>()
                + factors.map(|f| f.value.min(0)).sum::<i64>()
        })
        .collect()
}

fn enumerated(problem: &Problem) -> Vec<i64> {
    let mut worst = vec![i64::MAX; problem.parties];
    let mut deal = vec![0; problem.issues.len()];
    loop {
        if problem.is_feasible(&deal) {
            for (worst, utility) in worst.iter_mut().zip(problem.utilities(&deal)) {
                *worst = (*worst).min(utility);
            }
        }
        let Some(issue) = (0..deal.len()).rev().find(|&i| deal[i] + 1 < problem.size(i)) else {
            return worst;
        };
        deal[issue] += 1;
        deal[issue + 1..].fill(0);
    }
}
