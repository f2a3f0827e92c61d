//! 95 % confidence bounds, for figures that come from samples.
//!
//! Each is one-sided and holds whatever the distribution is, for independent
//! equally weighted samples.

use statrs::distribution::{Beta, ContinuousCDF};

/// How sure a displayed bound is.
pub const CONFIDENCE: f64 = 0.95;

/// Clopper and Pearson's (1934) exact lower bound on a probability of which
/// `hits` of `count` samples are instances.
#[must_use]
pub fn at_least(hits: usize, count: usize) -> f64 {
    if hits == 0 || hits > count {
        return 0.0;
    }
    let beta = Beta::new(hits as f64, (count - hits) as f64 + 1.0);
    beta.map_or(0.0, |b| b.inverse_cdf(1.0 - CONFIDENCE))
}

/// The upper bound of the same kind.
#[must_use]
pub fn at_most(hits: usize, count: usize) -> f64 {
    if hits >= count {
        return 1.0;
    }
    let beta = Beta::new(hits as f64 + 1.0, (count - hits) as f64);
    beta.map_or(1.0, |b| b.inverse_cdf(CONFIDENCE))
}

/// Most bits an observation gives that `hits` of `count` samples would show.
#[must_use]
pub fn bits_at_most(hits: usize, count: usize) -> f64 {
    -at_least(hits, count).log2()
}

/// Most a rate of right guesses can be that is `estimate` in the sample:
/// the estimate is never too low on average, and one sample moves it by
/// 1/`count` at most (McDiarmid 1989).
#[must_use]
pub fn guess_at_most(estimate: f64, count: usize) -> f64 {
    let odds = (1.0 / (1.0 - CONFIDENCE)).ln();
    (estimate + (odds / (2.0 * count as f64)).sqrt()).min(1.0)
}

/// Most bits a rule without chance can give on average that gives `estimate`
/// in the sample and may send one of `drafts`: the estimate's bias is at most
/// log2(1 + (drafts − 1)/count) (Paninski 2003), its spread bounded as by
/// Antos and Kontoyiannis (2001).
#[must_use]
pub fn average_bits_at_most(estimate: f64, count: usize, drafts: usize) -> f64 {
    let n = count as f64;
    let odds = (1.0 / (1.0 - CONFIDENCE)).ln();
    let bias = (1.0 + (drafts.saturating_sub(1)) as f64 / n).log2();
    (estimate + bias + n.log2() * (2.0 * odds / n).sqrt()).min((drafts.max(1) as f64).log2())
}
