//! `detente solve` where parties gave no full numbers.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const SCENARIO: &str = "title: Two by two\nparties: {a: , b: }\nissues: {x: [p, q], y: [r, s]}\n";
const A: &str = "reservation: 0.3\nissues:\n  x: {weight: 0.6, values: {p: 1, q: 0}}\n  y: {weight: 0.4, values: {r: 1, s: 0}}\n";
const B: &str = "orders: {x: [q, p], y: [s, r]}\nissue_order: [y, x]\naccepts: [{x: p, y: s}]\n";

fn solve(path: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["solve", path.to_str().unwrap(), "--format", "json"])
        .output()
        .unwrap()
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A scenario in one file, with these preferences.
fn written(folder: &tempfile::TempDir, a: &str, b: &str) -> Output {
    let indented = |text: &str| text.lines().map(|l| format!("    {l}\n")).collect::<String>();
    let text = format!("{SCENARIO}preferences:\n  a:\n{}  b:\n{}", indented(a), indented(b));
    let path = folder.path().join("deal.yaml");
    std::fs::write(&path, text).unwrap();
    solve(&path)
}

#[test]
fn numbers_and_statements_go_together() {
    let folder = tempfile::tempdir().unwrap();
    let found = json(&written(&folder, A, B));
    assert_eq!(found["agreement_possible"], true);
    assert_eq!(found["solutions"]["nash"], Value::Null);
    let partial = &found["partial"];
    // A refuses (q, s): 0 < 0.3. B takes (p, s); of the other two it did not speak.
    let agreement: Vec<&Value> =
        partial["outcomes"].as_array().unwrap().iter().map(|o| &o["agreement"]).collect();
    assert_eq!(agreement, ["possible", "certain", "possible", "impossible"]);
    // By hand: against (p, r) A is sure of 0.3 of 0.7, and B of as much as there.
    for rule in ["robust_nash", "robust_kalai_smorodinsky"] {
        assert_eq!(partial["robust"][rule]["worst_case_exact"], "3/7");
        assert_eq!(partial["robust"][rule]["outcome"]["y"], "s");
    }
    assert_eq!(partial["robust"]["robust_egalitarian"]["worst_case_exact"], "0");
    assert_eq!(partial["exact"]["b"], true);
}

#[test]
fn what_cannot_all_hold_is_said_with_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    // A step in x outweighs one in y, which is said to matter more.
    let b = format!("{B}comparisons: [{{better: {{x: q, y: r}}, worse: {{x: p, y: s}}}}]\n");
    let output = written(&folder, A, &b);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    // These three clash by themselves, and none of them can be left out.
    let clash = "`b` contradicts itself: the order of `y`; the order of issues; \
                 {x: q, y: r} better than {x: p, y: s}, cannot all hold";
    assert!(message.contains(clash), "{message}");
}

/// Known answer of the example: positions, orders and red lines only.
#[test]
fn a_dispute_without_a_number() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/halden-plateau");
    let found = json(&solve(&path));
    assert_eq!(found["agreement_possible"], Value::Null);
    let partial = &found["partial"];
    assert_eq!(partial["counts"]["certain"], 0);
    assert_eq!(partial["counts"]["possible"], 86);
    assert_eq!(partial["counts"]["impossible"], 130);
    // Each side's most important issue at its best, of four issues that matter: a quarter at the least.
    let share = &partial["robust"]["robust_share"];
    assert_eq!(share["worst_case_exact"], "1/4");
    for (issue, option) in [("lamps", "dark"), ("line", "ridge"), ("pasture", "open")] {
        assert_eq!(share["outcome"][issue], option);
    }
    assert_eq!(partial["robust"]["robust_nash"], Value::Null);
    assert_eq!(solve(&path).stdout, solve(&path).stdout);
}
