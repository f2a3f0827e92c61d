//! Honest mechanisms: no lie gains, and nothing honest does better.

#![allow(clippy::unwrap_used, reason = "tests say what went wrong by failing")]

use detente_leakage::honest::{Force, Mechanism, Types};
use detente_leakage::{Plausible, PlausibleParty};
use proptest::prelude::*;

fn party(party: usize, gains: Vec<Vec<f64>>) -> PlausibleParty {
    let plausible = |gains| Plausible { weight: 1.0, gains, facts: Vec::new(), rest: Vec::new() };
    PlausibleParty {
        party,
        secrets: Vec::new(),
        plausible: gains.into_iter().map(plausible).collect(),
        sampled: false,
    }
}

fn parties() -> impl Strategy<Value = Vec<PlausibleParty>> {
    let gains = || prop::collection::vec(prop::collection::vec(-0.5..1.0_f64, 5), 2..4);
    (gains(), gains()).prop_map(|(a, b)| vec![party(0, a), party(1, b)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_lie_gains_and_the_bound_holds(parties in parties(), picks in prop::collection::vec(0..6_usize, 9)) {
        let types = Types::new(&parties).unwrap();
        for force in [Force::Recommendation, Force::Binding] {
            let found = types.honest(force).unwrap();
            prop_assert!(types.best_lie(&found.mechanism, force) < 1e-6);
            prop_assert!(found.share <= found.bound + 1e-6);
            prop_assert!(found.bound - found.share < 1e-5, "{} below {}", found.share, found.bound);
            // Staying away is never better.
            for (party, plausible) in parties.iter().enumerate() {
                for own in 0..plausible.plausible.len() {
                    let truth = types.expects(&found.mechanism, party, own, own, force);
                    prop_assert!(truth > -1e-6);
                }
            }
            // A mechanism that looks at nothing is honest where all accept; none such is better.
            for draft in 0..5 {
                let row = |profile: usize| {
                    let all = parties.iter().all(|p| p.plausible.iter().all(|t| t.gains[draft] >= 0.0));
                    let _ = profile;
                    if all { vec![(draft, 1.0)] } else { Vec::new() }
                };
                let fixed = Mechanism { rows: (0..types.profiles()).map(row).collect() };
                prop_assert!(types.share(&fixed) <= found.bound + 1e-6);
            }
            // Any mechanism tried at random that happens to be honest is no better either.
            let rows = (0..types.profiles())
                .map(|t| match picks[t % picks.len()] {
                    5 => Vec::new(),
                    d => vec![(d, 1.0)],
                })
                .collect();
            let random = Mechanism { rows };
            let stays = parties.iter().enumerate().all(|(party, p)| {
                (0..p.plausible.len())
                    .all(|own| types.expects(&random, party, own, own, force) >= 0.0)
            });
            // Recommendations nobody may refuse are drafts all accept.
            let accepted = parties.iter().all(|p| p.plausible.iter().all(|t| t.gains.iter().all(|g| *g >= 0.0)));
            if stays && types.best_lie(&random, force) <= 0.0 && (force == Force::Binding || accepted) {
                prop_assert!(types.share(&random) <= found.bound + 1e-6);
            }
        }
        // Who may refuse can be made to agree to no more than who may not.
        let recommended = types.honest(Force::Recommendation).unwrap();
        let binding = types.honest(Force::Binding).unwrap();
        prop_assert!(recommended.share <= 1.0 + 1e-9 && binding.share <= 1.0 + 1e-9);
    }
}

/// Two types of seller and buyer, one price of three: worked by hand.
///
/// Seller's cost 0 or 4, buyer's value 6 or 10 (each even), prices 3, 5, 7.
/// Price 5 is accepted by every type and so honest, whatever is reported.
/// The gains product at price 5 falls short of the best only where cost is 4
/// and value 10 (1·5 = 5 against 3·3 = 9) and where cost is 0 and value 6
/// (5·1 = 5 against 3·3 = 9).
#[test]
fn a_fixed_price_is_a_floor() {
    let seller = |cost: f64| [3.0, 5.0, 7.0].map(|price| price - cost).to_vec();
    let buyer = |value: f64| [3.0, 5.0, 7.0].map(|price| value - price).to_vec();
    let parties =
        vec![party(0, vec![seller(0.0), seller(4.0)]), party(1, vec![buyer(6.0), buyer(10.0)])];
    let types = Types::new(&parties).unwrap();
    let fixed = Mechanism { rows: vec![vec![(1, 1.0)]; 4] };
    assert!(types.best_lie(&fixed, Force::Recommendation) <= 1e-12);
    let floor = (5.0 / 9.0 + 1.0 + 1.0 + 5.0 / 9.0) / 4.0;
    assert!((types.share(&fixed) - floor).abs() < 1e-12);
    let nash = types.nash();
    assert!((types.share(&nash) - 1.0).abs() < 1e-12);
    // By the Nash rule a seller of cost 0 gains by claiming 4: price 7 instead of 5.
    assert!(types.best_lie(&nash, Force::Recommendation) > 0.1);
    let found = types.honest(Force::Recommendation).unwrap();
    assert!(found.share >= floor - 1e-6);
    assert!(found.share < 1.0 - 1e-3, "honesty costs something here: {}", found.share);
}
