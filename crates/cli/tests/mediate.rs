//! `detente mediate` as a person and as a program would call it.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failing test may panic, and says what it skipped"
)]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn mediate(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .arg("mediate")
        .args(arguments)
        .current_dir(root)
        .output()
        .unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = mediate(&[arguments, &["--simulate", "--format", "json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_contract_holds_where_there_is_a_deal() {
    let found = json(&["examples/tiny", "--questions", "6"]);
    assert_eq!(found["acceptable"], true);
    assert!(found["outcome"]["color"].is_string());
    assert!((found["nash_share"].as_f64().unwrap() - 1.0).abs() < 1e-9);
    for party in ["A", "B"] {
        assert!(found["utilities"][party].is_f64());
        assert!(found["questions"][party].as_u64().unwrap() <= 6);
        assert!(found["rankings"][party].as_u64().unwrap() > 0);
    }
    assert_eq!(found["regret"]["kind"], "estimate");
}

/// With coins a question says what is sure, and what heads and tails bring.
#[test]
fn a_toss_is_told_in_full() {
    let folder =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/scenarios/genius/2012-BarterA");
    if !std::path::Path::new(folder).exists() {
        println!("skipped: no scenario at {folder}");
        return;
    }
    let tosses = |found: &Value| -> Vec<Value> {
        let road = found["road"].as_array().unwrap().iter();
        road.filter(|step| step["question"]["coins"].is_u64()).cloned().collect()
    };
    let found = json(&[folder]);
    assert!(!tosses(&found).is_empty(), "{found}");
    for toss in tosses(&found) {
        let question = &toss["question"];
        assert!(["first", "second", "equal"].contains(&toss["answer"].as_str().unwrap()));
        assert!(question["sure"]["price"].is_string() && question["heads"]["price"].is_string());
        assert_ne!(question["sure"], question["heads"]);
        assert!(question["tails"].is_null() && question.get("first").is_none(), "{question}");
    }
    assert!(tosses(&json(&[folder, "--coins", "no"])).is_empty());
    let text = mediate(&[folder, "--simulate"]).stdout;
    let text = String::from_utf8(text).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("for sure (price: ") && text.contains(", tails no agreement?"), "{text}");
}

#[test]
fn the_aim_is_said_and_kept() {
    let found = json(&["examples/tiny", "--aim", "egalitarian", "--questions", "6"]);
    assert_eq!(found["regret"]["of"], "the largest gain that everyone can have");
    assert!((found["least_gain_share"].as_f64().unwrap() - 1.0).abs() < 1e-9);
}

#[test]
fn without_a_deal_everyone_keeps_what_no_agreement_is_worth() {
    let found = json(&["examples/lake-orla", "--questions", "2"]);
    assert_eq!(found["outcome"], Value::Null);
    assert_eq!(found["acceptable"], false);
    assert_eq!(found["utilities"]["verin"], 41.0);
}

#[test]
fn the_same_seed_has_the_same_bytes_and_another_does_not() {
    let run = |seed| {
        let arguments =
            ["examples/tiny", "--simulate", "--questions", "4", "--seed", seed, "--format", "json"];
        mediate(&arguments).stdout
    };
    assert_eq!(run("3"), run("3"));
    assert_ne!(run("3"), run("4"));
}

#[test]
fn bad_words_are_answered_with_what_would_do() {
    for (arguments, says) in [
        (&["examples/tiny", "--simulate", "--conduct", "C=random"][..], "the parties are A, B"),
        (&["examples/tiny", "--simulate", "--conduct", "lying"], "conducts are truthful"),
        (&["examples/tiny", "--simulate", "--conduct", "noisy:2"], "a number from 0 to 1"),
        (&["examples/camp-david-1978", "--simulate"], "shared out in fractions"),
        (&["no-such-folder", "--simulate"], "check the path"),
    ] {
        let output = mediate(arguments);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(message.contains(says), "{arguments:?}: {message}");
    }
}
