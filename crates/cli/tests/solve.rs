//! `detente solve` as a person and as a program would call it.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn detente(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente")).arg("solve").args(arguments).output().unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = detente(&[arguments, &["--format", "json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn example(name: &str) -> String {
    examples().join(name).to_str().unwrap().to_owned()
}

/// Exit code 2, and a message that says this.
fn refuses(arguments: &[&str], says: &str) {
    let output = detente(arguments);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
    assert!(message.contains(says), "{arguments:?}: {message}");
}

#[test]
fn camp_david_has_its_published_answer() {
    let found = json(&[&example("camp-david-1978"), "--explain"]);
    let winner = &found["adjusted_winner"];
    for total in winner["totals"].as_object().unwrap().values() {
        assert!((total.as_f64().unwrap() - 65.833_333).abs() < 1e-5);
    }
    assert_eq!(winner["moved"][0]["issue"], "Sinai");
    assert_eq!(winner["moved"][0]["part"], "1/6");
    assert_eq!(winner["equitable"], true);
    let equal = &found["solutions"]["kalai_smorodinsky"];
    assert_eq!(equal["optimal"], true);
    assert!((equal["value"].as_f64().unwrap() - 0.658_333_333).abs() < 1e-8);
}

#[test]
fn panama_canal_has_its_published_answer() {
    let found = json(&[&example("panama-canal"), "--explain"]);
    for total in found["adjusted_winner"]["totals"].as_object().unwrap().values() {
        assert!((total.as_f64().unwrap() - 66.0).abs() < 1e-9);
    }
    assert_eq!(found["adjusted_winner"]["moved"][0]["part"], "2/15");
}

#[test]
fn the_tiny_scenario_has_its_known_answer() {
    let found = json(&[&example("tiny")]);
    assert_eq!(found["scenario"]["outcomes"], "6");
    let nash = &found["solutions"]["nash"]["utilities"];
    assert_eq!((nash["A"].as_f64(), nash["B"].as_f64()), (Some(0.6), Some(0.7)));
}

#[test]
fn the_same_question_has_the_same_bytes() {
    for name in ["camp-david-1978", "tiny"] {
        let arguments = [&*example(name), "--format", "json", "--explain"];
        assert_eq!(detente(&arguments).stdout, detente(&arguments).stdout);
    }
}

#[test]
fn a_deal_on_the_table_is_judged_and_improved() {
    let found = json(&[&example("tiny"), "--from", "color=blue; qty=3"]);
    assert_eq!(found["given"]["efficient"], false);
    let better = found["improvements"][0]["utilities"].as_object().unwrap();
    let given = found["given"]["utilities"].as_object().unwrap();
    assert!(better.iter().all(|(party, utility)| utility.as_f64() >= given[party].as_f64()));
    refuses(&[&example("tiny"), "--from", "color=green; qty=3"], "no option `green`");
    refuses(&[&example("tiny"), "--from", "color=red"], "leaves issue `qty` open");
    refuses(&[&example("tiny"), "--from", "colour=red; qty=1"], "no issue `colour`");
}

#[test]
fn a_smaller_table_is_solved_and_compared() {
    let found = json(&[&example("tiny"), "--without", "qty"]);
    assert_eq!(found["scenario"]["issues"], serde_json::json!(["color"]));
    assert_eq!(found["table_changes"][0]["agreement_possible"], true);
    refuses(&[&example("tiny"), "--without", "weather"], "no issue or party `weather`");
    refuses(&[&example("tiny"), "--without", "A"], "two parties at least");
}

#[test]
fn without_a_frontier_the_fair_deals_stand() {
    let whole = json(&[&example("tiny")]);
    let bare = json(&[&example("tiny"), "--frontier-limit", "0"]);
    assert_eq!(bare["frontier"]["size"], Value::Null);
    assert_eq!(bare["frontier"]["complete"], false);
    assert_eq!(bare["solutions"], whole["solutions"]);
}

#[test]
fn words_that_cannot_be_used_are_refused() {
    refuses(&["no-such-folder"], "cannot read");
    refuses(&[&example("tiny"), "--quota", "3"], "does not fit 2 parties");
    refuses(&[&example("tiny"), "--quota", "1", "--veto", "C"], "no party `C`");
    refuses(&[&example("tiny"), "--time", "soon"], "number of seconds");
    refuses(&[&example("tiny"), "--veto", "A"], "--quota");
}

#[test]
fn the_report_is_one_file_that_asks_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    let output = detente(&[&example("camp-david-1978"), "--report", file.to_str().unwrap()]);
    assert!(output.status.success());
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    for asks in ["src=\"http", "href=\"http", "url(http", "@import", "<script src", "<link"] {
        assert!(!page.contains(asks), "{asks}");
    }
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let nowhere = folder.path().join("missing/report.html");
    let output = detente(&[&example("tiny"), "--report", nowhere.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
}

/// A scenario in one file, solved.
fn solve_text(yaml: &str, extra: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.yaml");
    std::fs::write(&file, yaml).unwrap();
    json(&[&[file.to_str().unwrap()], extra].concat())
}

#[test]
fn a_side_that_is_outvoted_does_not_count_as_gaining() {
    let yaml = "parties: {a: , b: , c: }
issues: {x: [p, q]}
preferences:
  a: {reservation: 0, issues: {x: {values: {p: 10, q: 9}}}}
  b: {reservation: 0, issues: {x: {values: {p: 9, q: 10}}}}
  c: {reservation: 0, issues: {x: {values: {p: -1, q: -10}}}}
";
    let found = solve_text(yaml, &["--quota", "2"]);
    let rescaled = &found["solutions"]["utilitarian_rescaled"];
    assert_eq!(rescaled["outcome"]["x"], "p");
    assert!((rescaled["value"].as_f64().unwrap() - 1.9).abs() < 1e-12);
    assert_eq!(found["solutions"]["nash"]["value"], 90.0);
}

#[test]
fn rounding_does_not_make_a_deal_unacceptable() {
    let yaml = "parties: {a: , b: }
issues: {w: [p, q], x: [p, q], y: [p, q], z: [p, q]}
preferences:
  a:
    reservation: 3017918185205809858542250/1000112004278059472142857
    issues:
      w: {values: {p: 885441/1000003, q: 0}}
      x: {values: {p: 403959/1000033, q: 0}}
      y: {values: {p: 794773/1000037, q: 0}}
      z: {values: {p: 933489/1000039, q: 0}}
  b: {reservation: 0, issues: {w: {values: {p: 1, q: 2}}, x: none, y: none, z: none}}
";
    let found = solve_text(yaml, &[]);
    assert_eq!(found["agreement_possible"], true);
    assert_eq!(found["acceptable_outcomes"], "1");
}

#[test]
fn constraints_that_contradict_each_other_are_an_answer() {
    let yaml = "parties: {a: , b: }
issues: {x: [p, q], y: [p, q]}
constraints:
  k1: {reason: r, basis: practical, require: {x: p}}
  k2: {reason: r, basis: practical, forbid: {x: p}}
preferences:
  a: {reservation: 0, issues: {x: {values: {p: 9, q: 0}}, y: none}}
  b: {reservation: 1, issues: {x: {values: {p: 0, q: 1}}, y: none}}
";
    let found = solve_text(yaml, &["--explain"]);
    assert_eq!(found["agreement_possible"], false);
    assert_eq!(found["acceptable_outcomes"], "0");
    assert_eq!(found["solutions"]["nash"], Value::Null);
    assert_eq!(found["why_not"]["minimal_conflicts"][0].as_array().unwrap().len(), 2);
}

#[test]
fn a_deal_across_a_red_line_is_not_called_efficient() {
    let yaml = "parties: {a: , b: }
issues: {x: [p, q]}
preferences:
  a: {reservation: 0, issues: {x: {values: {p: 3, q: 1}}}, red_lines: [{never: {x: p}, reason: z}]}
  b: {reservation: 0, issues: {x: {values: {p: 3, q: 1}}}}
";
    let given = &solve_text(yaml, &["--from", "x=p"])["given"];
    assert_eq!(given["efficient"], Value::Null);
    assert_eq!(given["unacceptable_to"], serde_json::json!(["a"]));
}
