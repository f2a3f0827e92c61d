//! An answer as a condition on weights, values and reservation value, and how
//! much is thought of somebody who contradicts it.

use crate::statement::{Answer, Question};

/// Deals this close, as a share of the range from worst to best, may be called equal.
pub(super) const EQUAL_BAND: f64 = 0.02;

/// What an answer says about utilities: the sign of a sum of options' values,
/// each with its issue's weight and a factor, and of the reservation value.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    /// Options with their factors, issue after issue.
    parts: Vec<(usize, f64)>,
    /// Where each issue's parts end.
    ends: Vec<usize>,
    /// The factor of the reservation value.
    pub(super) none: f64,
    pub(super) answer: Answer,
}

impl Fact {
    /// `None` for an answer that tells nothing.
    pub(crate) fn new(question: &Question, answer: Answer) -> Option<Self> {
        if !answer.tells() {
            return None;
        }
        let (deals, none) = question.margin();
        let issues = deals.first().map_or(0, |d| d.0.len());
        let (mut parts, mut ends) = (Vec::new(), Vec::with_capacity(issues));
        for issue in 0..issues {
            let start = parts.len();
            for &(deal, factor) in &deals {
                let of_issue: &mut [(usize, f64)] = &mut parts[start..];
                match of_issue.iter_mut().find(|part| part.0 == deal[issue]) {
                    Some(part) => part.1 += factor,
                    None => parts.push((deal[issue], factor)),
                }
            }
            let kept: Vec<_> = parts.drain(start..).filter(|part| part.1 != 0.0).collect();
            parts.extend(kept);
            ends.push(parts.len());
        }
        Some(Self { parts, ends, none, answer })
    }

    /// An issue's options with their factors.
    pub(super) fn parts(&self, issue: usize) -> &[(usize, f64)] {
        let start = issue.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.parts[start..self.ends[issue]]
    }

    /// Whether a margin of the first side agrees with the answer.
    pub(super) fn agrees(&self, margin: f64) -> bool {
        match self.answer {
            Answer::First => margin >= 0.0,
            Answer::Second => margin <= 0.0,
            _ => margin.abs() <= EQUAL_BAND,
        }
    }

    /// The steps for which `margin + step × slope` agrees.
    pub(super) fn agreeing_steps(&self, margin: f64, slope: f64) -> (f64, f64) {
        const ALWAYS: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
        const NEVER: (f64, f64) = (f64::INFINITY, f64::INFINITY);
        if slope.abs() < 1e-14 {
            return if self.agrees(margin) { ALWAYS } else { NEVER };
        }
        let at = |level: f64| (level - margin) / slope;
        match (self.answer, slope > 0.0) {
            (Answer::First, true) | (Answer::Second, false) => (at(0.0), f64::INFINITY),
            (Answer::First, false) | (Answer::Second, true) => (f64::NEG_INFINITY, at(0.0)),
            (_, true) => (at(-EQUAL_BAND), at(EQUAL_BAND)),
            (_, false) => (at(EQUAL_BAND), at(-EQUAL_BAND)),
        }
    }
}

/// How often parties are thought to answer wrongly: a Beta distribution, so
/// that each contradiction found makes the next more credible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    /// Wrong answers thought of beforehand.
    pub wrong: f64,
    /// Right answers thought of beforehand.
    pub right: f64,
}

impl Default for Noise {
    fn default() -> Self {
        Self { wrong: 0.2, right: 12.0 }
    }
}

impl Noise {
    /// The likelihood of 0, 1, …, n particular answers being wrong out of n,
    /// relative to none.
    pub(super) fn likelihoods(self, n: usize) -> Vec<f64> {
        let mut all = vec![1.0];
        for j in 0..n {
            let ratio = (self.wrong + j as f64) / (self.right + (n - j - 1) as f64);
            all.push(all[j] * ratio);
        }
        all
    }

    /// The chance that the next answer is wrong when `misses` of `n` were.
    pub(crate) fn rate(self, misses: f64, n: usize) -> f64 {
        (self.wrong + misses) / (self.wrong + self.right + n as f64)
    }
}
