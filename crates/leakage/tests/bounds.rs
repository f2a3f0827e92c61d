//! Confidence bounds: against the definition, and in repeated sampling.

#![allow(clippy::unwrap_used, reason = "tests say what went wrong by failing")]

use detente_leakage::bounds;

/// Probability of `from..=to` hits among `count` at rate `p`, term by term.
fn tail(count: usize, p: f64, from: usize, to: usize) -> f64 {
    let mut sum = 0.0;
    for hits in from..=to {
        let mut ln = 0.0;
        for i in 0..hits {
            ln += ((count - i) as f64 / (i + 1) as f64).ln();
        }
        sum += (ln + hits as f64 * p.ln() + (count - hits) as f64 * (1.0 - p).ln()).exp();
    }
    sum
}

#[test]
fn clopper_and_pearson_by_their_definition() {
    for (hits, count) in [(1, 10), (5, 10), (9, 10), (3, 300), (120, 3000)] {
        let low = bounds::at_least(hits, count);
        assert!((tail(count, low, hits, count) - 0.05).abs() < 1e-6, "{hits} of {count}");
        let high = bounds::at_most(hits, count);
        assert!((tail(count, high, 0, hits) - 0.05).abs() < 1e-6, "{hits} of {count}");
    }
    assert!(bounds::at_least(0, 10).abs() < 1e-12);
    assert!((bounds::at_most(10, 10) - 1.0).abs() < 1e-12);
    assert!((bounds::at_least(10, 10) - 0.05_f64.powf(0.1)).abs() < 1e-9);
}
