//! `detente stage` and its sisters with the real program: examples and refusals.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn detente(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente")).args(arguments).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn example(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    path.display().to_string()
}

#[test]
fn the_example_has_a_small_deal_that_precludes_and_one_that_precedes() {
    let out = detente(&["interim", &example("three-lights"), "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let verdict = |id: &str| {
        let found = answer.as_array().expect("a list").iter().find(|a| a["interim"] == id);
        found.expect("judged")["verdict"].as_str().expect("a verdict").to_owned()
    };
    assert_eq!(verdict("berths_for_some_nets"), "precludes");
    assert_eq!(verdict("crews_and_beacon"), "precedes");
}

#[test]
fn what_concerns_persons_shows_no_value() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("brief.html");
    let report = report.to_str().expect("a path");
    for arguments in
        [vec!["stage", "--sensitivity", "--report", report], vec!["interim", "--report", report]]
    {
        let place = example("three-lights");
        let mut all = arguments.clone();
        all.push(&place);
        let out = detente(&all);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let page = std::fs::read_to_string(report).expect("a page");
        for text in [said(&out), page.clone()] {
            assert!(!text.contains("crews step"), "{text}");
        }
        assert!(!page.contains("http"), "the page asks for something from elsewhere");
        assert!(page.contains("<title>") && page.contains("<desc"));
    }
}

#[test]
fn tables_fit_80_columns() {
    for command in ["stage", "interim", "guarantee", "ratify"] {
        let out = detente(&[command, &example("three-lights")]);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        for line in said(&out).lines() {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
    }
}

#[test]
fn the_treaty_of_1979_is_judged_as_recorded() {
    let out = detente(&["stage", &example("egypt-israel-1979")]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(said(&out).contains("The plan on record"), "{}", said(&out));
}

fn refused(text: &str, code: &str, line: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let file: PathBuf = folder.path().join("case.yaml");
    std::fs::write(&file, text).expect("written");
    let out = detente(&["stage", file.to_str().expect("a path")]);
    let error = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(2), "{error}");
    assert!(error.contains(code), "{error}");
    assert!(error.contains(&format!("case.yaml:{line}:")), "{error}");
    assert!(error.contains("help"), "{error}");
    assert!(out.stdout.is_empty());
}

#[test]
fn bad_input_is_refused_with_place_and_hint() {
    let good = "parties: [A, B]\ndeliverables:\n  - {id: x, by: A, steps: [{v: [-1, 3]}]}\n  - {id: y, by: B, steps: [{v: [3, -1]}]}\n";
    refused(&format!("{good}discount: [1.5, 0.9]\n"), "staging-out-of-range", 5);
    refused(&format!("{good}hazard: 1.5\n"), "staging-out-of-range", 5);
    refused(&format!("{good}exposure_cap: [-1, 2]\n"), "staging-out-of-range", 5);
    refused(&good.replace("by: A", "by: C"), "staging-nobody", 3);
    refused(&good.replace("by: B, ", ""), "staging-nobody", 4);
    refused(
        &format!(
            "{good}order:\n  - {{earlier: {{x: 1}}, later: {{y: 1}}}}\n  - {{earlier: {{y: 1}}, later: {{x: 1}}}}\n"
        ),
        "staging-order-cycle",
        6,
    );
    refused(
        &format!(
            "{good}calendar:\n  start: 2031-02-01\n  events: [{{title: e, date: 2031-01-20}}]\n"
        ),
        "staging-date-before-start",
        7,
    );
    refused("parties: [A, B]\ndeliverables: [\n", "staging-syntax", 3);
}

/// The verdict and the numbers do not change with the order of parties and
/// deliverables, and by default not with a party's units.
#[test]
fn answers_do_not_depend_on_order_or_units() {
    let folder = tempfile::tempdir().expect("a folder");
    let ask = |command: &str, text: &str| -> serde_json::Value {
        let file = folder.path().join("case.yaml");
        std::fs::write(&file, text).expect("written");
        let out = detente(&[command, "--format", "json", file.to_str().expect("a path")]);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_slice(&out.stdout).expect("JSON")
    };
    let case = |k: i64| {
        let x = format!(
            "  - {{id: x, by: A, recover: 0.5, keep: 0, steps: [{{v: {{A: {}, B: 5}}}}, {{v: {{A: {}, B: 6}}, b: {{B: 0.1}}}}]}}\n",
            -2 * k,
            -3 * k
        );
        let y = format!(
            "  - {{id: y, by: B, steps: [{{v: {{A: {}, B: -1}}, b: {{A: 0.{k}}}}}, {{v: {{A: {}, B: -2}}}}]}}\n",
            4 * k,
            6 * k
        );
        let rest = format!(
            "discount: 0.9\nhazard: 0.05\nresidual: {{A: {}, B: 6}}\nbroad_deals:\n  - {{id: whole}}\ninterims:\n  first: {{steps: {{y: 1, x: 1}}}}\n  much: {{steps: {{y: 2}}}}\n",
            7 * k
        );
        (x, y, rest)
    };
    let (x, y, rest) = case(1);
    let straight = format!("version: 1\nparties: [A, B]\ndeliverables:\n{x}{y}{rest}");
    let turned = format!("version: 1\nparties: [B, A]\ndeliverables:\n{y}{x}{rest}");
    let (x, y, rest) = case(3);
    let scaled = format!("version: 1\nparties: [A, B]\ndeliverables:\n{x}{y}{rest}");
    let first = ask("stage", &straight);
    for other in [&turned, &scaled] {
        let got = ask("stage", other);
        for key in ["min_slack", "phases", "imbalance", "self_enforcing", "durable"] {
            assert_eq!(got[key], first[key], "{key}");
        }
    }
    let first = ask("interim", &straight);
    for other in [&turned, &scaled] {
        let got = ask("interim", other);
        for index in 0..2 {
            for key in ["verdict", "A0", "A1", "g0", "g1"] {
                assert_eq!(got[index][key], first[index][key], "{key}");
            }
        }
    }
}
