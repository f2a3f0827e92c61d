//! A draft rule as its readers see it: which observation follows which state, how often.

use crate::setting::Setting;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// What readers observe at once: a draft, and the answers to it if any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Observation {
    /// The draft; `None` when the mediator sends none because it sees no deal.
    pub draft: Option<usize>,
    /// What was seen of the answers, in the sense of [`Answers`]; zero when nothing was.
    pub answers: u64,
}

/// What readers see of the hidden parties' answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// Nothing: the draft only, or the answers were sealed and a reader said no.
    Unseen,
    /// Each hidden party's yes or no.
    Open,
    /// Sealed: whether there is agreement, with the readers' own yes.
    Sealed,
}

/// For every state, the observations that may follow with their probabilities.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// The observations that occur, ascending.
    pub observations: Vec<Observation>,
    /// Per state: (index into `observations`, probability), ascending; sums to one.
    pub rows: Vec<Vec<(usize, f64)>>,
}

impl Channel {
    /// From each state's observations with probabilities.
    #[must_use]
    pub fn new(rows: Vec<Vec<(Observation, f64)>>) -> Self {
        let mut numbers: BTreeMap<Observation, usize> =
            rows.iter().flatten().map(|(o, _)| (*o, 0)).collect();
        for (number, slot) in numbers.values_mut().enumerate() {
            *slot = number;
        }
        let rows = rows
            .into_iter()
            .map(|row| {
                let mut merged: BTreeMap<usize, f64> = BTreeMap::new();
                for (observation, probability) in row {
                    if probability > 0.0 {
                        *merged.entry(numbers[&observation]).or_insert(0.0) += probability;
                    }
                }
                let total: f64 = merged.values().sum();
                merged.into_iter().map(|(o, p)| (o, p / total)).collect()
            })
            .collect();
        Self { observations: numbers.into_keys().collect(), rows }
    }

    /// A rule that sends one draft (or none) in each state.
    #[must_use]
    pub fn deterministic(drafts: &[Option<usize>]) -> Self {
        Self::new(
            drafts.iter().map(|&draft| vec![(Observation { draft, answers: 0 }, 1.0)]).collect(),
        )
    }

    /// The same with the answers of the hidden parties seen as well.
    #[must_use]
    pub fn with_answers(&self, setting: &Setting, answers: Answers) -> Self {
        let seen = |state, draft: Option<usize>| {
            draft.map_or(0, |draft| setting.answers(state, draft, answers))
        };
        let rows = self.rows.iter().enumerate().map(|(state, row)| {
            row.iter()
                .map(|&(o, p)| {
                    let draft = self.observations[o].draft;
                    (Observation { draft, answers: seen(state, draft) }, p)
                })
                .collect()
        });
        Self::new(rows.collect())
    }

    /// The number of an observation, if it occurs.
    #[must_use]
    pub fn position(&self, observation: Observation) -> Option<usize> {
        self.observations.binary_search(&observation).ok()
    }

    /// The number of a draft (without answers), if the rule ever sends it.
    #[must_use]
    pub fn position_of_draft(&self, draft: usize) -> Option<usize> {
        self.position(Observation { draft: Some(draft), answers: 0 })
    }

    /// Probability of an observation in a state.
    #[must_use]
    pub fn probability(&self, state: usize, observation: usize) -> f64 {
        self.rows[state]
            .binary_search_by_key(&observation, |&(o, _)| o)
            .map_or(0.0, |at| self.rows[state][at].1)
    }

    /// Per state, the probability of one observation: what it tells a reader.
    #[must_use]
    pub fn likelihood(&self, observation: usize) -> Vec<f64> {
        (0..self.rows.len()).map(|s| self.probability(s, observation)).collect()
    }

    /// Probability of each observation over all states.
    #[must_use]
    pub fn marginal(&self, prior: &[f64]) -> Vec<f64> {
        let mut marginal = vec![0.0; self.observations.len()];
        for (row, p) in self.rows.iter().zip(prior) {
            for &(o, q) in row {
                marginal[o] += p * q;
            }
        }
        marginal
    }

    /// Draws what follows in a state.
    #[must_use]
    pub fn draw(&self, state: usize, random: &mut ChaCha8Rng) -> Observation {
        let mut left = random.random::<f64>();
        let row = &self.rows[state];
        let drawn = row.iter().find(|(_, p)| {
            left -= p;
            left < 0.0
        });
        self.observations[drawn.or(row.last()).map_or(0, |(o, _)| *o)]
    }

    /// Expected share of the best Nash product, over the states in which there is a deal.
    #[must_use]
    pub fn expected_share(&self, setting: &Setting) -> f64 {
        let possible = setting.deal_probability();
        if possible <= 0.0 {
            return 1.0;
        }
        let mut total = 0.0;
        for (state, row) in self.rows.iter().enumerate() {
            for &(o, q) in row {
                if let Some(draft) = self.observations[o].draft {
                    total += setting.prior[state] * q * setting.share(state, draft);
                }
            }
        }
        total / possible
    }
}
