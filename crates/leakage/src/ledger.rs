//! The whole case so far: every disclosure to one audience, and what it adds up to.

use crate::channel::Channel;
use crate::error::LeakError;
use crate::measure;
use crate::setting::Setting;

/// One thing an audience has seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Disclosure {
    /// What, in words, for the mediator.
    pub what: String,
    /// Bits it gave, on top of all before; negative where it took back what
    /// seemed likely.
    pub bits: f64,
    /// Max-leakage of the rule behind it, in bits: holds for every prior.
    pub max_leakage: f64,
}

/// What one audience has seen in the whole case, and what it may now believe.
///
/// Beliefs accumulate: a second draft is judged against what the first
/// already told. Bits given add up to what the case has told in all;
/// max-leakages add up to a bound that holds whatever the audience believed.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    before: Vec<f64>,
    now: Vec<f64>,
    entries: Vec<Disclosure>,
}

impl Ledger {
    /// Nothing disclosed yet.
    #[must_use]
    pub fn new(setting: &Setting) -> Self {
        Self { before: setting.prior.clone(), now: setting.prior.clone(), entries: Vec::new() }
    }

    /// Records that the audience saw observation `observation` of a rule.
    ///
    /// # Errors
    /// When the rule is of another setting, or no state that is still
    /// possible allows the observation.
    pub fn record(
        &mut self,
        what: impl Into<String>,
        rule: &Channel,
        observation: usize,
    ) -> Result<&Disclosure, LeakError> {
        if rule.rows.len() != self.now.len() || observation >= rule.observations.len() {
            return Err(LeakError::Mismatch("the rule is of another setting than the ledger"));
        }
        let after = measure::posterior(&self.now, &rule.likelihood(observation))
            .ok_or(LeakError::Mismatch("nothing still plausible allows this observation"))?;
        // Relative to the start, so that the entries' bits sum to the whole.
        let bits = measure::bits_given(&self.before, &after) - self.bits();
        let entry = Disclosure { what: what.into(), bits, max_leakage: measure::max_leakage(rule) };
        self.now = after;
        self.entries.push(entry);
        Ok(&self.entries[self.entries.len() - 1])
    }

    /// What the audience may believe now, per state.
    #[must_use]
    pub fn now(&self) -> &[f64] {
        &self.now
    }

    /// What it believed at the start.
    #[must_use]
    pub fn before(&self) -> &[f64] {
        &self.before
    }

    /// Everything seen, in order.
    #[must_use]
    pub fn entries(&self) -> &[Disclosure] {
        &self.entries
    }

    /// Bits the case has given so far.
    #[must_use]
    pub fn bits(&self) -> f64 {
        measure::bits_given(&self.before, &self.now)
    }

    /// What no audience, whatever it believed, can have gained more than (bits).
    #[must_use]
    pub fn max_leakage(&self) -> f64 {
        self.entries.iter().map(|e| e.max_leakage).sum()
    }
}
