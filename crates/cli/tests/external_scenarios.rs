//! `detente solve` on scenarios nobody here wrote, against answers from plain
//! enumeration. They stand beside the project, not in it; where they are
//! absent the test says that it was skipped.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failing test may panic, and says what it checked"
)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Outside references are compared with this tolerance.
const TOLERANCE: f64 = 1e-6;
const RULES: [&str; 4] = ["nash", "egalitarian", "kalai_smorodinsky", "utilitarian"];

fn scenarios() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/scenarios");
    folder.is_dir().then_some(folder)
}

fn solve(folder: &Path, extra: &[&str]) -> Result<Value, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .arg("solve")
        .arg(folder)
        .args(["--format", "json"])
        .args(extra)
        .output()
        .unwrap();
    if !output.status.success() {
        return Err(format!(
            "{:?}: {}",
            output.status.code(),
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    serde_json::from_slice(&output.stdout).map_err(|e| e.to_string())
}

fn vector(parties: &[&str], by_party: &Value) -> Vec<f64> {
    parties.iter().map(|p| by_party[p].as_f64().unwrap()).collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= TOLERANCE * b.abs().max(1.0)
}

/// What differs between our answer and the expected one.
fn differences(expected: &Value, found: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut same = |what: &str, a: &Value, b: &Value| {
        if a != b {
            wrong.push(format!("{what}: {a} instead of {b}"));
        }
    };
    same("parties", &found["scenario"]["parties"], &expected["parties"]);
    same("outcomes", &found["scenario"]["outcomes"], &expected["outcomes"].to_string().into());
    same("acceptable", &found["acceptable_outcomes"], &expected["acceptable"].to_string().into());
    same("frontier complete", &found["frontier"]["complete"], &true.into());
    same("frontier size", &found["frontier"]["size"], &expected["frontier_size"]);
    let parties: Vec<&str> =
        expected["parties"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
    if let Some(points) = expected["frontier"].as_array() {
        let sorted = |mut vectors: Vec<Vec<f64>>| {
            vectors.sort_by(|a, b| a.partial_cmp(b).unwrap());
            vectors
        };
        let theirs = sorted(
            points
                .iter()
                .map(|p| p.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect())
                .collect(),
        );
        let ours = found["frontier"]["points"].as_array().unwrap();
        let ours = sorted(ours.iter().map(|p| vector(&parties, &p["utilities"])).collect());
        let equal = ours.len() == theirs.len()
            && ours.iter().zip(&theirs).all(|(a, b)| a.iter().zip(b).all(|(a, b)| near(*a, *b)));
        if !equal {
            wrong.push("frontier vectors".into());
        }
    }
    for rule in RULES {
        let (ours, theirs) = (&found["solutions"][rule], &expected[rule]);
        if theirs.is_null() || ours.is_null() {
            if theirs != ours {
                wrong.push(format!("{rule}: {ours} instead of {theirs}"));
            }
            continue;
        }
        if !near(ours["value"].as_f64().unwrap(), theirs["value"].as_f64().unwrap()) {
            wrong.push(format!("{rule}: value {} instead of {}", ours["value"], theirs["value"]));
        }
        if ours["optimal"] != true {
            wrong.push(format!("{rule}: not proved"));
        }
    }
    wrong
}

fn check_folder(expected: &Path, folder: &Path) -> (usize, Vec<String>) {
    let expected: BTreeMap<String, Value> =
        serde_json::from_slice(&std::fs::read(expected).unwrap()).unwrap();
    let mut failures = Vec::new();
    let mut checked = 0;
    for (name, expected) in &expected {
        if expected.is_null() {
            println!("{name}: no reference");
            continue;
        }
        match solve(&folder.join(name), &[]) {
            Ok(found) => {
                let wrong = differences(expected, &found);
                println!("{name}: {}", if wrong.is_empty() { "agrees" } else { "DIFFERS" });
                failures.extend(wrong.into_iter().map(|w| format!("{name}: {w}")));
            }
            Err(error) => failures.push(format!("{name}: {error}")),
        }
        checked += 1;
    }
    (checked, failures)
}

#[test]
fn every_external_scenario_agrees_with_enumeration() {
    let Some(scenarios) = scenarios() else {
        println!("skipped: the external scenarios are not beside the project");
        return;
    };
    let mut failures = Vec::new();
    let mut checked = 0;
    for kind in ["genius", "score-sheets"] {
        let (count, wrong) =
            check_folder(&scenarios.join(format!("{kind}-expected.json")), &scenarios.join(kind));
        checked += count;
        failures.extend(wrong);
    }
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(checked >= 55, "only {checked} were checked");
}

#[test]
fn score_sheets_pass_with_all_but_one_and_vetoes() {
    let Some(scenarios) = scenarios() else {
        println!("skipped: the external scenarios are not beside the project");
        return;
    };
    let expected: Value = serde_json::from_slice(
        &std::fs::read(scenarios.join("score-sheets-expected.json")).unwrap(),
    )
    .unwrap();
    for (name, expected) in expected.as_object().unwrap() {
        let parties = expected["parties"].as_array().unwrap();
        let roles = expected["roles"].as_array().unwrap();
        let quota = (parties.len() - 1).to_string();
        let mut arguments = vec!["--quota", quota.as_str()];
        for (party, role) in parties.iter().zip(roles) {
            if role == "p1" || role == "p2" {
                arguments.extend(["--veto", party.as_str().unwrap()]);
            }
        }
        let found = solve(&scenarios.join("score-sheets").join(name), &arguments).unwrap();
        let passing = expected["pass_all_but_one_with_vetoes"].to_string();
        assert_eq!(found["acceptable_outcomes"], passing.as_str(), "{name}");
    }
}

/// The reference frontiers of hyper-rectangle scenarios that are known to be exact.
#[test]
fn the_ten_issue_hyper_rectangles_have_their_published_frontier() {
    let Some(scenarios) = scenarios() else {
        println!("skipped: the external scenarios are not beside the project");
        return;
    };
    let folder = scenarios.join("genius/2014-10issues");
    let found = solve(&folder, &[]).unwrap();
    let mut theirs: Vec<(f64, f64)> = std::fs::read_to_string(folder.join("pareto.xml"))
        .unwrap()
        .lines()
        .filter_map(|line| {
            let (a, b) = line.split_once(',')?;
            Some((a.trim().parse().ok()?, b.trim().parse().ok()?))
        })
        .collect();
    theirs.sort_by(|a, b| b.partial_cmp(a).unwrap());
    assert_eq!(found["frontier"]["complete"], true);
    let parties = found["scenario"]["parties"].as_array().unwrap();
    let party = |i: usize| parties[i].as_str().unwrap();
    let ours: Vec<(f64, f64)> = found["frontier"]["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| {
            (p["utilities"][party(0)].as_f64().unwrap(), p["utilities"][party(1)].as_f64().unwrap())
        })
        .collect();
    assert!(!theirs.is_empty());
    assert_eq!(ours.len(), theirs.len(), "{ours:?} {theirs:?}");
    for (a, b) in ours.iter().zip(&theirs) {
        assert!(near(a.0, b.0) && near(a.1, b.1), "{a:?} {b:?}");
    }
}
