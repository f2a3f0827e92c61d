//! `detente leak` from the outside.

#![allow(clippy::unwrap_used, reason = "tests say what went wrong by failing")]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const SALT: &str = "examples/salt-road";

fn run(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Command::new(env!("CARGO_BIN_EXE_detente")).args(arguments).current_dir(root).output().unwrap()
}

fn text(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&text(arguments)).unwrap()
}

/// The text with its lines joined, so that a break does not hide what is there.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_party_in_turn_in_plain_words() {
    let shown = flat(&text(&["leak", SALT]));
    for words in [
        "What this draft would tell Caravans of Tamrit about Town of Oued Sel",
        "What this draft would tell Town of Oued Sel about Caravans of Tamrit",
        "Town of Oued Sel could guess Caravans of Tamrit's limit 20 times in 100 now;",
        "after this draft and Caravans of Tamrit's answer, at most",
        "whether Caravans of Tamrit holds the red line “Paying twice and going thirsty” 50 times in 100 now",
        "Worst named fact:",
        "The whole case so far: nothing disclosed before.",
        "Exact for this prior: every case was counted.",
    ] {
        assert!(shown.contains(words), "{words} not in {shown}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let arguments = ["leak", SALT, "--rule", "priced", "--particles", "300", "--seed", "7"];
    assert_eq!(text(&arguments), text(&arguments));
}

#[test]
fn rules_tell_less_than_the_plain_one() {
    let bits = |rule: &str| {
        let found = json(&["leak", SALT, "--to", "oued-sel", "--rule", rule, "--format", "json"]);
        let rule = &found["audiences"][0]["rule"];
        (rule["bits"].as_f64().unwrap(), rule["nash_share"].as_f64().unwrap())
    };
    let plain = bits("plain");
    assert!((plain.1 - 1.0).abs() < 1e-9);
    for rule in ["priced", "optimal"] {
        let (told, share) = bits(rule);
        assert!(told < plain.0, "{rule}: {told} of {}", plain.0);
        assert!(share >= 0.95 - 1e-9, "{rule}: {share}");
    }
    assert!(bits("menu").0 <= 3.0 + 1e-9);
}

#[test]
fn the_cap_holds_for_the_draft() {
    let found = json(&[
        "leak",
        SALT,
        "--to",
        "oued-sel",
        "--rule",
        "capped",
        "--cap",
        "0.35",
        "--answers",
        "unseen",
        "--format",
        "json",
    ]);
    let limit = &found["audiences"][0]["secrets"][0];
    assert_eq!(limit["secret"], "reservation_value");
    assert!(limit["guess_knowing_the_rest"]["at_most"].as_f64().unwrap() <= 0.35 + 1e-6);
}

#[test]
fn the_case_so_far_counts() {
    let draft = "toll=middle; escort=joint; wells=shared; fair=alternate";
    let already = "toll=high; escort=town; wells=locked; fair=oued-sel -> no";
    let fresh = json(&["leak", SALT, "--to", "oued-sel", "--draft", draft, "--format", "json"]);
    let refused = run(&[
        "leak",
        SALT,
        "--to",
        "oued-sel",
        "--draft",
        draft,
        "--already",
        already,
        "--format",
        "json",
    ]);
    // A first draft no plausible case accepts is refused with the reason.
    assert_eq!(refused.status.code(), Some(2));
    let seen = "toll=middle; escort=town; wells=shared; fair=alternate -> yes";
    let later = json(&[
        "leak",
        SALT,
        "--to",
        "oued-sel",
        "--draft",
        draft,
        "--already",
        seen,
        "--format",
        "json",
    ]);
    let case = |v: &Value| v["audiences"][0]["case_so_far"]["bits"].as_f64().unwrap();
    assert!(case(&fresh).abs() < 1e-12);
    assert!(case(&later) > 0.0);
    assert_eq!(later["audiences"][0]["case_so_far"]["disclosures"].as_array().unwrap().len(), 2);
}

#[test]
fn samples_carry_bounds() {
    let found =
        json(&["leak", SALT, "--to", "oued-sel", "--particles", "3000", "--format", "json"]);
    let audience = &found["audiences"][0];
    assert_eq!(audience["figures"], "estimates");
    let (bits, most) = (&audience["bits"], &audience["bits_at_most_95"]);
    assert!(most.as_f64().unwrap() > bits.as_f64().unwrap());
    assert!(audience["secrets"][0]["guess_knowing_the_rest"].is_null());
}

#[test]
fn honesty_has_its_price() {
    let found =
        json(&["leak", SALT, "--honest", "--grid", "0.4,0.6", "--shapes", "1", "--format", "json"]);
    let one = |key: &str, what: &str| found[key][what].as_f64().unwrap();
    assert!(one("nash", "largest_gain_from_a_lie") > 1e-3);
    for kind in ["recommendation", "binding"] {
        assert!(one(kind, "largest_gain_from_a_lie") < 1e-6);
        assert!(one(kind, "nash_share") <= one(kind, "bound") + 1e-6);
        assert!(one(kind, "nash_share") > 0.3);
    }
    let shown = flat(&text(&["leak", SALT, "--honest", "--grid", "0.4,0.6", "--shapes", "1"]));
    assert!(shown.contains("honesty costs"), "{shown}");
}

#[test]
fn bad_words_are_refused_with_a_way_out() {
    let cases: [&[&str]; 12] = [
        &["leak", "examples/nowhere"],
        &["leak", SALT, "--to", "nobody"],
        &["leak", SALT, "--to", "tamrit,oued-sel"],
        &["leak", SALT, "--draft", "toll=middle"],
        &["leak", SALT, "--draft", "toll=free; escort=none; wells=open; fair=tamrit"],
        &["leak", SALT, "--grid", "0.7,0.3"],
        &["leak", SALT, "--grid", "nan"],
        &["leak", SALT, "--rule", "priced", "--share", "1.5"],
        &["leak", SALT, "--rule", "priced", "--price", "-1"],
        &["leak", SALT, "--rule", "capped", "--cap", "0.1"],
        &["leak", SALT, "--shapes", "-1"],
        &["leak", "examples/camp-david-1978"],
    ];
    for arguments in cases {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains("error") && !error.contains("panicked"), "{arguments:?}: {error}");
    }
}
