//! GeniusWeb JSON.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it must")]

mod support;

use detente_model::Outcome;
use support::{sound, texts, utilities};

fn profile(name: &str, red: &str, spelling: &str) -> String {
    format!(
        r#"{{"LinearAdditiveUtilitySpace": {{"name": "{name}",
 "issueUtilities": {{"color": {{"{spelling}": {{"valueUtilities": {{"red": {red}, "blue": 0.25}}}}}},
   "days": {{"{spelling}": {{"valueUtilities": {{"1": 0, "2": 1}}}}}}}},
 "issueWeights": {{"color": 0.6, "days": 0.4}},
 "domain": {{"name": "tiny", "issuesValues": {{"color": {{"values": ["red", "blue"]}}, "days": {{"values": ["1", "2"]}}}}}},
 "reservationBid": {{"issuevalues": {{"color": "blue", "days": "2"}}}}}}}}"#
    )
}

#[test]
fn both_spellings_are_read_and_the_reservation_is_a_bid() {
    for spelling in ["discreteutils", "DiscreteValueSetUtilities"] {
        let scenario = sound(texts(&[
            ("one.json", &profile("One", "1.0", spelling)),
            ("two.json", &profile("Two", "0.5", spelling)),
        ]));
        assert_eq!(scenario.title(), "tiny");
        assert_eq!(scenario.parties()[0].id, "one");
        assert_eq!(scenario.parties()[0].name, "One");
        assert_eq!(utilities(&scenario, &Outcome::from_options([0, 1])), [1.0, 0.7]);
        let reservation = &scenario.preferences()[0].utility().unwrap().reservation;
        assert_eq!(reservation.to_exact_string(), "0.55");
    }
}

#[test]
fn ranges_have_a_line() {
    let profile = r#"{"LinearAdditiveUtilitySpace": {"name": "p", "issueWeights": {"price": 2},
 "issueUtilities": {"price": {"numberutils": {"lowValue": 10, "lowUtility": 1, "highValue": 12, "highUtility": 0}}}}}"#;
    let domain = r#"{"name": "d", "issuesValues": {"price": {"range": ["10", "12", "0.5"]}}}"#;
    let scenario = sound(texts(&[("d.json", domain), ("p.json", profile), ("q.json", profile)]));
    assert_eq!(utilities(&scenario, &Outcome::from_options([1])), [1.5, 1.5]);
}
