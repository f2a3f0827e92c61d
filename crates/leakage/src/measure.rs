//! What observations tell a reader: bits, guesses, worst facts, max-leakage.
//!
//! All sums are over every state and observation in double precision: exact
//! when the states are all there are, plug-in estimates when they are a sample.

use crate::channel::Channel;
use crate::setting::Setting;
use std::collections::BTreeMap;

/// Bits about the state: I(t; o) = Σ p(t) q(o|t) log2[q(o|t) / q̄(o)].
#[must_use]
pub fn bits(prior: &[f64], channel: &Channel) -> f64 {
    let marginal = channel.marginal(prior);
    let mut sum = 0.0;
    for (row, &p) in channel.rows.iter().zip(prior) {
        if p > 0.0 {
            sum += p * row.iter().map(|&(o, q)| q * (q / marginal[o]).log2()).sum::<f64>();
        }
    }
    sum.max(0.0)
}

/// Max-leakage in bits: log2 Σ_o max_t q(o|t). No prior enters: whatever a
/// reader believes beforehand, no guess of anything becomes more than
/// 2^this times likelier to be right (Issa, Wagner and Kamath 2020).
#[must_use]
pub fn max_leakage(channel: &Channel) -> f64 {
    let mut largest = vec![0.0_f64; channel.observations.len()];
    for &(o, q) in channel.rows.iter().flatten() {
        largest[o] = largest[o].max(q);
    }
    largest.iter().sum::<f64>().log2().max(0.0)
}

/// A fact about the hidden parties and how likely it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Named {
    /// The value of the secret.
    pub value: usize,
    /// Its probability.
    pub probability: f64,
}

/// How a reader may guess a secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Guesses<'a> {
    setting: &'a Setting,
    prior: &'a [f64],
    secret: usize,
    /// What the reader knows besides, per state.
    classes: Option<Vec<usize>>,
}

impl<'a> Guesses<'a> {
    /// A reader who knows the prior and nothing else about the hidden parties.
    #[must_use]
    pub fn blind(setting: &'a Setting, prior: &'a [f64], secret: usize) -> Self {
        Self { setting, prior, secret, classes: None }
    }

    /// A reader who knows everything about the hidden parties but this secret;
    /// `None` where that has no meaning.
    #[must_use]
    pub fn knowing_the_rest(setting: &'a Setting, prior: &'a [f64], secret: usize) -> Option<Self> {
        let classes = setting.classes(secret)?;
        Some(Self::knowing(setting, prior, secret, classes))
    }

    /// A reader who knows the class of the state, one number per state.
    #[must_use]
    pub fn knowing(
        setting: &'a Setting,
        prior: &'a [f64],
        secret: usize,
        classes: Vec<usize>,
    ) -> Self {
        Self { setting, prior, secret, classes: Some(classes) }
    }

    /// Joint weights: (what is known besides, observation) → per value.
    fn cells(&self, channel: &Channel) -> BTreeMap<(usize, usize), Vec<f64>> {
        let values = self.setting.secrets()[self.secret].values.len();
        let mut cells: BTreeMap<(usize, usize), Vec<f64>> = BTreeMap::new();
        for (state, row) in channel.rows.iter().enumerate() {
            let p = self.prior[state];
            if p <= 0.0 {
                continue;
            }
            let class = self.classes.as_ref().map_or(0, |c| c[state]);
            let value = self.setting.fact(self.secret, state);
            for &(o, q) in row {
                cells.entry((class, o)).or_insert_with(|| vec![0.0; values])[value] += p * q;
            }
        }
        cells
    }

    /// How often the best guess is right: Σ max_s P(s, o[, w]).
    #[must_use]
    pub fn right(&self, channel: &Channel) -> f64 {
        self.cells(channel).values().map(|c| largest(c).probability).sum()
    }

    /// How often the best guess is right without any observation.
    #[must_use]
    pub fn right_before(&self) -> f64 {
        self.right(&Channel::deterministic(&vec![None; self.prior.len()]))
    }

    /// The likeliest any fact becomes after any observation, with that observation:
    /// max P(s | o[, w]).
    #[must_use]
    pub fn worst(&self, channel: &Channel) -> Option<(Named, usize)> {
        let cells = self.cells(channel);
        let posterior = |(&(_, o), cell): (&(usize, usize), &Vec<f64>)| {
            let total: f64 = cell.iter().sum();
            let top = largest(cell);
            (total > 0.0)
                .then(|| (Named { probability: top.probability / total, value: top.value }, o))
        };
        cells
            .iter()
            .filter_map(posterior)
            .reduce(|a, b| if b.0.probability > a.0.probability { b } else { a })
    }

    /// The likeliest value after one observation, over all the reader may
    /// know besides: max P(s | o[, w]); `None` where it never happens.
    #[must_use]
    pub fn after(&self, channel: &Channel, observation: usize) -> Option<Named> {
        let only = Channel {
            observations: channel.observations.clone(),
            rows: channel
                .rows
                .iter()
                .map(|row| row.iter().copied().filter(|&(o, _)| o == observation).collect())
                .collect(),
        };
        self.worst(&only).map(|(named, _)| named)
    }

    /// Bits about the secret: I(s; o[ | w]).
    #[must_use]
    pub fn bits(&self, channel: &Channel) -> f64 {
        let cells = self.cells(channel);
        let mut of_class: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for (&(class, _), cell) in &cells {
            let sums = of_class.entry(class).or_insert_with(|| vec![0.0; cell.len()]);
            sums.iter_mut().zip(cell).for_each(|(sum, p)| *sum += p);
        }
        let mut bits = 0.0;
        for ((class, _), cell) in &cells {
            let (before, after): (f64, f64) = (of_class[class].iter().sum(), cell.iter().sum());
            for (p, whole) in cell.iter().zip(&of_class[class]) {
                if *p > 0.0 {
                    bits += p * (p * before / (after * whole)).log2();
                }
            }
        }
        bits.max(0.0)
    }
}

fn largest(weights: &[f64]) -> Named {
    weights.iter().enumerate().fold(Named { value: 0, probability: 0.0 }, |best, (value, &p)| {
        if p > best.probability { Named { value, probability: p } } else { best }
    })
}

/// What a reader believes after an observation of probability `likelihood` per
/// state; `None` when it cannot happen.
#[must_use]
pub fn posterior(prior: &[f64], likelihood: &[f64]) -> Option<Vec<f64>> {
    let joint: Vec<f64> = prior.iter().zip(likelihood).map(|(p, l)| p * l).collect();
    let total: f64 = joint.iter().sum();
    (total > 0.0).then(|| joint.iter().map(|j| j / total).collect())
}

/// Bits one observation did give: Σ after log2(after / before). Its average
/// over observations is [`bits`]; for a rule without chance it is −log2 of
/// the probability of the observation.
#[must_use]
pub fn bits_given(before: &[f64], after: &[f64]) -> f64 {
    let terms = before.iter().zip(after).filter(|(_, a)| **a > 0.0);
    terms.map(|(b, a)| a * (a / b).log2()).sum::<f64>().max(0.0)
}
