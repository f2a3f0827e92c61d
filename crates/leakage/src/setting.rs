//! Who reads, who is hidden, and what each draft is worth to whom.

use crate::channel::Answers;
use crate::drafts::Drafts;
use crate::error::LeakError;
use crate::secret::{PlausibleParty, Secret};
use detente_analysis::Problem;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// So many joint possibilities are looked at one by one.
pub const MOST_STATES: usize = 20_000;

/// What a draft is measured against: a reader (or several who pool what they
/// know), the parties hidden from it, and the drafts.
///
/// A *state* is one possibility for every hidden party at once. The readers
/// know their own preferences, the prior, the drafts and the rule: leakage is
/// never measured against a reader who is kept in ignorance of the method.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// How many drafts there are.
    pub drafts: usize,
    /// The parties who read, as indices into the scenario's parties.
    pub readers: Vec<usize>,
    /// The hidden parties.
    pub hidden: Vec<PlausibleParty>,
    /// Probability of each state before anything is disclosed; sums to one.
    pub prior: Vec<f64>,
    /// How many states were sampled; `None` when these are all there are.
    pub sample: Option<usize>,
    /// Per state, which possibility each hidden party is.
    who: Vec<Vec<u32>>,
    /// Per draft, the product of the readers' gains; zero where one would refuse.
    readers_product: Vec<f64>,
    /// Per state, the largest product of gains of any draft; zero without a deal.
    best: Vec<f64>,
    secrets: Vec<Secret>,
    /// Per secret: which hidden party, and which of its secrets.
    places: Vec<(usize, usize)>,
}

/// The readers' part of the product of gains, per draft: zero where a reader
/// would refuse.
#[must_use]
pub fn readers_product(problem: &Problem, drafts: &Drafts, readers: &[usize]) -> Vec<f64> {
    (0..drafts.len())
        .map(|draft| {
            let assignment = drafts.assignment(draft);
            let utilities = problem.utilities(&assignment);
            let refused = problem.red_lines.iter().any(|line| {
                matches!(line.origin, detente_analysis::problem::Origin::RedLine(p, _) if readers.contains(&p))
                    && detente_analysis::problem::holds(&line.literals, &assignment)
            });
            if refused {
                return 0.0;
            }
            readers
                .iter()
                .map(|&r| {
                    problem.scales[r].to_f64((utilities[r] - problem.reservations[r]).max(0))
                })
                .product()
        })
        .collect()
}

impl Setting {
    /// A setting with every combination of what the hidden parties may be.
    ///
    /// `readers_product` has, per draft, the product of the readers' gains,
    /// zero where a reader would refuse (see [`readers_product`]).
    ///
    /// # Errors
    /// When parts do not fit together, or there are too many combinations.
    pub fn new(
        readers: Vec<usize>,
        readers_product: Vec<f64>,
        hidden: Vec<PlausibleParty>,
    ) -> Result<Self, LeakError> {
        let count: u128 = hidden.iter().map(|h| h.plausible.len() as u128).product();
        if count > MOST_STATES as u128 {
            return Err(LeakError::TooManyStates(count));
        }
        let mut who = vec![Vec::new()];
        for party in &hidden {
            who = who
                .into_iter()
                .flat_map(|w: Vec<u32>| {
                    (0..party.plausible.len() as u32).map(move |i| {
                        let mut w = w.clone();
                        w.push(i);
                        w
                    })
                })
                .collect();
        }
        let sample = hidden.iter().filter(|h| h.sampled).map(|h| h.plausible.len()).min();
        Self::of(readers, readers_product, hidden, who, sample)
    }

    /// A setting with `count` combinations drawn at random.
    ///
    /// # Errors
    /// When parts do not fit together.
    pub fn sampled(
        readers: Vec<usize>,
        readers_product: Vec<f64>,
        hidden: Vec<PlausibleParty>,
        count: usize,
        random: &mut ChaCha8Rng,
    ) -> Result<Self, LeakError> {
        let drawn = |party: &PlausibleParty, random: &mut ChaCha8Rng| {
            let total: f64 = party.plausible.iter().map(|p| p.weight).sum();
            let mut left = random.random::<f64>() * total;
            let at = party.plausible.iter().position(|p| {
                left -= p.weight;
                left < 0.0
            });
            at.unwrap_or(party.plausible.len().saturating_sub(1)) as u32
        };
        let who: Vec<Vec<u32>> =
            (0..count).map(|_| hidden.iter().map(|h| drawn(h, random)).collect()).collect();
        let mut setting = Self::of(readers, readers_product, hidden, who, Some(count))?;
        setting.prior = vec![1.0 / count as f64; count];
        Ok(setting)
    }

    fn of(
        readers: Vec<usize>,
        readers_product: Vec<f64>,
        hidden: Vec<PlausibleParty>,
        who: Vec<Vec<u32>>,
        sample: Option<usize>,
    ) -> Result<Self, LeakError> {
        let drafts = readers_product.len();
        let all = || hidden.iter().flat_map(|h| &h.plausible);
        if drafts == 0 || hidden.iter().any(|h| h.plausible.is_empty()) || hidden.is_empty() {
            return Err(LeakError::Empty("the drafts, the hidden parties and their possibilities"));
        }
        if all().any(|p| p.gains.len() != drafts) {
            return Err(LeakError::Mismatch("each possibility needs one gain per draft"));
        }
        if all().any(|p| !(p.weight >= 0.0 && p.weight.is_finite())) {
            return Err(LeakError::Mismatch("weights must be numbers, zero or more"));
        }
        for party in &hidden {
            let fits = |p: &crate::secret::Plausible| {
                p.facts.len() == party.secrets.len()
                    && (p.rest.is_empty() || p.rest.len() == party.secrets.len())
                    && p.facts.iter().zip(&party.secrets).all(|(&f, s)| f < s.values.len())
            };
            if !party.plausible.iter().all(fits) {
                return Err(LeakError::Mismatch("each possibility needs one value per secret"));
            }
        }
        let weight = |w: &Vec<u32>| -> f64 {
            w.iter().zip(&hidden).map(|(&i, h)| h.plausible[i as usize].weight).product()
        };
        let total: f64 = who.iter().map(weight).sum();
        if !(total > 0.0 && total.is_finite()) {
            return Err(LeakError::Mismatch("some possibility must have a positive weight"));
        }
        let prior = who.iter().map(|w| weight(w) / total).collect();
        let places: Vec<(usize, usize)> = hidden
            .iter()
            .enumerate()
            .flat_map(|(h, party)| (0..party.secrets.len()).map(move |s| (h, s)))
            .collect();
        let secrets = hidden.iter().flat_map(|h| h.secrets.clone()).collect();
        let mut setting = Self {
            drafts,
            readers,
            prior,
            sample,
            best: vec![0.0; who.len()],
            who,
            readers_product,
            secrets,
            places,
            hidden,
        };
        setting.best = (0..setting.states())
            .map(|state| (0..drafts).map(|d| setting.product(state, d)).fold(0.0, f64::max))
            .collect();
        Ok(setting)
    }

    /// How many states there are.
    #[must_use]
    pub fn states(&self) -> usize {
        self.who.len()
    }

    /// The named secrets, hidden party by hidden party.
    #[must_use]
    pub fn secrets(&self) -> &[Secret] {
        &self.secrets
    }

    /// The value of a secret in a state.
    #[must_use]
    pub fn fact(&self, secret: usize, state: usize) -> usize {
        let (hidden, own) = self.places[secret];
        self.possibility(state, hidden).facts[own]
    }

    /// Per state, a number for everything but one secret: states with the
    /// same number differ in that secret alone. `None` for samples: there
    /// nearly every state is alone with its number, which would say that
    /// whoever knows the rest knows all.
    #[must_use]
    pub fn classes(&self, secret: usize) -> Option<Vec<usize>> {
        if self.sample.is_some() {
            return None;
        }
        let (hidden, own) = self.places[secret];
        let mut known: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
        (0..self.states())
            .map(|state| {
                let rest = *self.possibility(state, hidden).rest.get(own)?;
                let mut key = self.who[state].clone();
                key[hidden] = rest as u32;
                let next = known.len();
                Some(*known.entry(key).or_insert(next))
            })
            .collect()
    }

    /// Which possibility each hidden party is in a state.
    #[must_use]
    pub fn who(&self, state: usize) -> &[u32] {
        &self.who[state]
    }

    /// The product of all gains; zero where someone would refuse.
    #[must_use]
    pub fn product(&self, state: usize, draft: usize) -> f64 {
        let mut product = self.readers_product[draft];
        for hidden in 0..self.hidden.len() {
            if product <= 0.0 {
                return 0.0;
            }
            product *= self.possibility(state, hidden).gains[draft].max(0.0);
        }
        product
    }

    /// The draft's share of the best Nash product in a state, from 0 to 1; 0
    /// where no draft is a deal.
    #[must_use]
    pub fn share(&self, state: usize, draft: usize) -> f64 {
        let best = self.best[state];
        if best > 0.0 { self.product(state, draft) / best } else { 0.0 }
    }

    /// Whether some draft gives everyone a gain in a state.
    #[must_use]
    pub fn has_deal(&self, state: usize) -> bool {
        self.best[state] > 0.0
    }

    /// Probability that a deal exists.
    #[must_use]
    pub fn deal_probability(&self) -> f64 {
        (0..self.states()).filter(|&s| self.has_deal(s)).map(|s| self.prior[s]).sum()
    }

    /// The product of the readers' gains; zero where one would refuse.
    #[must_use]
    pub fn readers_product(&self, draft: usize) -> f64 {
        self.readers_product[draft]
    }

    /// Whether a reader would refuse the draft or gain nothing by it.
    #[must_use]
    pub fn is_useless_to_readers(&self, draft: usize) -> bool {
        self.readers_product[draft] <= 0.0
    }

    /// Whether hidden party `hidden` (by position) would accept the draft in a state.
    #[must_use]
    pub fn accepts(&self, state: usize, hidden: usize, draft: usize) -> bool {
        self.possibility(state, hidden).gains[draft] >= -TOLERANCE
    }

    /// What readers see of the answers to a draft in a state, as a number.
    #[must_use]
    pub fn answers(&self, state: usize, draft: usize, seen: Answers) -> u64 {
        let yes = |hidden: usize| self.accepts(state, hidden, draft);
        match seen {
            Answers::Unseen => 0,
            Answers::Open => (0..self.hidden.len()).map(|h| u64::from(yes(h)) << h.min(63)).sum(),
            Answers::Sealed => u64::from((0..self.hidden.len()).all(yes)),
        }
    }

    fn possibility(&self, state: usize, hidden: usize) -> &crate::secret::Plausible {
        &self.hidden[hidden].plausible[self.who[state][hidden] as usize]
    }
}

/// Gains down to this far below zero count as zero: the rounding of sums of doubles.
const TOLERANCE: f64 = 1e-9;
