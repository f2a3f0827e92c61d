//! Real score sheets, against answers found by enumeration elsewhere.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it must")]

mod support;

use serde_json::Value;
use support::{enumerate, folder, shared, sound};

#[test]
fn every_game_is_read_as_expected() {
    let (Some(folders), Some(expected)) =
        (shared("score-sheets"), shared("score-sheets-expected.json"))
    else {
        return;
    };
    let expected: Value = serde_json::from_slice(&std::fs::read(expected).unwrap()).unwrap();
    for (name, expected) in expected.as_object().unwrap() {
        let scenario = sound(folder(&folders.join(name)));
        let ids: Vec<&str> = scenario.parties().iter().map(|p| p.id.as_str()).collect();
        assert_eq!(Value::from(ids), expected["parties"], "{name}");
        let found = enumerate(&scenario);
        assert_eq!(found.acceptable.len(), expected["acceptable"], "{name}");
        assert_eq!(found.frontier.len(), expected["frontier_size"], "{name}");
        for (rule, ours) in [
            ("nash", found.nash()),
            ("egalitarian", found.egalitarian()),
            ("utilitarian", found.utilitarian()),
            ("kalai_smorodinsky", found.kalai_smorodinsky()),
        ] {
            let theirs = expected[rule]["value"].as_f64().unwrap();
            assert!((ours - theirs).abs() < 1e-6, "{name}: {rule}: {ours} and not {theirs}");
        }
    }
}
