//! What searches for the bargaining solutions look for.

use super::net::Net;
use super::search::{Goal, Verdict};

/// What the gains must reach together, besides each its own bound.
#[derive(Debug, Clone)]
pub(super) enum Joint {
    /// Nothing.
    Nothing,
    /// Σ weight × gain is at least this.
    Sum(Vec<f64>, f64),
    /// Σ ln(gain × scale) over the parties with a scale is at least this.
    LogSum(Vec<Option<f64>>, f64),
}

/// A threshold that no bound reaches.
const NEVER: i64 = i64::MAX / 4;
/// Floating-point slack of thresholds, relative to the magnitudes summed.
const SLACK: f64 = 1e-12;

impl Joint {
    /// The value of gains.
    pub(super) fn value(&self, gains: &[i64]) -> f64 {
        match self {
            Self::Nothing => 0.0,
            Self::Sum(weights, _) => gains.iter().zip(weights).map(|(&g, w)| g as f64 * w).sum(),
            Self::LogSum(scales, _) => {
                let logs = gains.iter().zip(scales).filter_map(|(&g, s)| s.map(|s| g as f64 * s));
                logs.map(|y| if y > 0.0 { y.ln() } else { f64::NEG_INFINITY }).sum()
            }
        }
    }

    /// The same with another bound.
    pub(super) fn at_least(&self, bound: f64) -> Self {
        match self {
            Self::Nothing => Self::Nothing,
            Self::Sum(weights, _) => Self::Sum(weights.clone(), bound),
            Self::LogSum(scales, _) => Self::LogSum(scales.clone(), bound),
        }
    }

    /// The same, beyond the value of these gains by more than the thresholds'
    /// slack, so that a search does not wade through equals: what lies within
    /// 1e-10 of the value counts as equal to it.
    pub(super) fn beyond(&self, gains: &[i64], high: &[i64]) -> Self {
        let value = self.value(gains);
        let size = match self {
            Self::LogSum(..) => 1.0 + value.abs(),
            Self::Nothing | Self::Sum(..) => value.abs().max(1e-3 * self.value(high).abs()),
        };
        self.at_least(value + 1e-10 * size)
    }

    /// Where Σ price × gain is least among gains between the bounds that
    /// satisfy it; false when none do. `gains` holds the lower bounds at first.
    fn cheapest(&self, prices: &[f64], high: &[f64], gains: &mut [f64]) -> bool {
        match self {
            Self::Nothing => true,
            Self::Sum(weights, bound) => fill(weights, *bound, prices, high, gains),
            Self::LogSum(scales, bound) => pour(scales, *bound, prices, high, gains),
        }
    }
}

/// The continuous knapsack (Dantzig 1957): raises the gains cheapest per unit
/// of weight first.
fn fill(weights: &[f64], bound: f64, prices: &[f64], high: &[f64], gains: &mut [f64]) -> bool {
    let mut missing = bound - gains.iter().zip(weights).map(|(g, w)| g * w).sum::<f64>();
    let mut order: Vec<usize> = (0..weights.len()).filter(|&p| weights[p] > 0.0).collect();
    order.sort_by(|&a, &b| (prices[a] / weights[a]).total_cmp(&(prices[b] / weights[b])));
    let scale = bound.abs() + missing.abs();
    for party in order {
        if missing <= 0.0 {
            return true;
        }
        let room = (high[party] - gains[party]).max(0.0);
        let step = (missing / weights[party]).min(room);
        gains[party] += step;
        missing -= step * weights[party];
    }
    missing <= SLACK * scale
}

/// Least cost for a product: price × gain is equal among the parties between
/// their bounds, its level found by bisection ("water filling").
fn pour(
    scales: &[Option<f64>],
    bound: f64,
    prices: &[f64],
    high: &[f64],
    gains: &mut [f64],
) -> bool {
    let low = gains.to_vec();
    let counted = |p: &usize| scales[*p].is_some();
    let parties: Vec<usize> = (0..scales.len()).filter(counted).collect();
    let at = |level: f64, p: usize| {
        let wanted = if prices[p] > 0.0 { level / prices[p] } else { f64::INFINITY };
        wanted.min(high[p]).max(low[p])
    };
    let product = |level: f64| -> f64 {
        parties
            .iter()
            .map(|&p| (at(level, p) * scales[p].unwrap_or(1.0)).max(f64::MIN_POSITIVE).ln())
            .sum()
    };
    if product(f64::INFINITY) < bound - SLACK * (1.0 + bound.abs()) {
        return false;
    }
    let most = parties.iter().map(|&p| prices[p] * high[p]).fold(1.0, f64::max);
    let (mut under, mut over) = (0.0, most);
    for _ in 0..60 {
        let middle = (under + over) / 2.0;
        if product(middle) < bound {
            under = middle;
        } else {
            over = middle;
        }
    }
    for &p in &parties {
        gains[p] = at(under, p);
    }
    true
}

/// Outcomes that give each party at least `low` (gains) and reach `joint`.
pub(super) struct Wanted<'a> {
    /// Gain = utility of the block + shift.
    pub(super) shifts: &'a [i64],
    /// Gains are cut to these.
    pub(super) caps: &'a [Option<i64>],
    /// Smallest gains wanted.
    pub(super) low: Vec<i64>,
    /// No wanted gain is larger.
    pub(super) high: &'a [i64],
    /// What they must reach together.
    pub(super) joint: Joint,
    /// Judges the gains of an outcome that satisfies `low`: whether it is
    /// taken, and if so what the search looks for next (`None`: nothing).
    pub(super) judge: &'a mut dyn FnMut(&[usize], &[i64]) -> Judgement,
}

/// What became of an outcome.
pub(super) enum Judgement {
    /// Not wanted after all.
    Refused,
    /// Taken; the search goes on for these smallest gains and this joint value.
    Raised(Vec<i64>, Joint),
    /// Taken; that was all.
    Final,
}

impl Goal for Wanted<'_> {
    fn threshold(&self, net: &Net<'_>, lambda: &[i64], corner: &mut [i64]) -> i64 {
        let parties = self.low.len();
        if (0..parties).any(|p| self.low[p] > self.high[p]) {
            return NEVER;
        }
        // In utilities; no outcome is worth less than the net's least.
        let utility = |p: usize| {
            (self.low[p] - self.shifts[p]).clamp(net.least[p], net.most[p].saturating_add(1))
        };
        let floor: i64 = (0..parties)
            .map(|p| {
                corner[p] = net.coarse_down(p, utility(p));
                lambda[p] * corner[p]
            })
            .sum();
        if matches!(self.joint, Joint::Nothing) {
            return floor;
        }
        // Coarse units per unit of gain.
        let unit: Vec<f64> = (0..parties).map(|p| net.unit(p)).collect();
        let prices: Vec<f64> = (0..parties).map(|p| lambda[p] as f64 * unit[p]).collect();
        let high: Vec<f64> = self.high.iter().map(|&h| h as f64).collect();
        let low: Vec<f64> = (0..parties).map(|p| (utility(p) + self.shifts[p]) as f64).collect();
        let mut gains = low.clone();
        if !self.joint.cheapest(&prices, &high, &mut gains) {
            return NEVER;
        }
        let (mut more, mut size) = (0.0, 0.0);
        for p in 0..parties {
            let step = gains[p] - low[p];
            more += prices[p] * step;
            size += prices[p] * (gains[p].abs() + low[p].abs());
            corner[p] += (unit[p] * step) as i64;
        }
        floor + ((more - SLACK * size).max(0.0) as i64)
    }

    fn offer(&mut self, values: &[usize], utilities: &[i64]) -> Verdict {
        let mut gains: Vec<i64> = utilities.iter().zip(self.shifts).map(|(u, s)| u + s).collect();
        for (gain, cap) in gains.iter_mut().zip(self.caps) {
            if let Some(cap) = cap {
                *gain = (*gain).min(*cap);
            }
        }
        if gains.iter().zip(&self.low).any(|(g, l)| g < l) {
            return Verdict::Continue;
        }
        match (self.judge)(values, &gains) {
            Judgement::Refused => Verdict::Continue,
            Judgement::Final => Verdict::Enough,
            Judgement::Raised(low, joint) => {
                (self.low, self.joint) = (low, joint);
                Verdict::Continue
            }
        }
    }
}
