//! `detente mediate` with people at the keyboard.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Each question takes exactly one of these; the others are asked for again.
const WILLING: [&str; 6] = ["2 1", "1 2 3", "1", "a", "y", ""];
/// The same from one who would take little: who takes everything is asked
/// nothing more here, as its orders answer every comparison.
const WARY: [&str; 6] = ["2 1", "1 2 3", "3", "a", "n", ""];

fn scenario() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("examples/tiny")
}

/// Types so many lines and closes the keyboard: standard output and error.
fn play(answers: &Path, typed: &[&str], lines: usize, more: &[&str]) -> (String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["mediate", scenario().to_str().unwrap(), "--questions", "4"])
        .args(["--answers", answers.to_str().unwrap()])
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let text: String = typed.iter().cycle().take(lines).map(|l| format!("{l}\n")).collect();
    let mut keyboard = child.stdin.take().unwrap();
    // The command may end before it has read everything.
    let _ = keyboard.write_all(text.as_bytes());
    drop(keyboard);
    let output = child.wait_with_output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{error}");
    (String::from_utf8(output.stdout).unwrap(), error)
}

#[test]
fn broken_off_anywhere_it_comes_to_the_same_end() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.jsonl");
    let (end, talk) = play(&whole, &WARY, 400, &[]);
    assert!(end.ends_with("Agreed.\n") || end.contains("No agreement"), "{end}");
    assert!(talk.contains("Would you take this rather") && talk.contains("Do you accept?"));
    let kept = std::fs::read_to_string(&whole).unwrap();
    for lines in [1, 3, 17, 30] {
        let path = folder.path().join(format!("{lines}.jsonl"));
        let (nothing, talk) = play(&path, &WARY, lines, &[]);
        assert_eq!(nothing, "", "{lines}");
        assert!(talk.contains("the same command goes on"), "{talk}");
        // Killed while writing: the last line is cut in the middle.
        let length = std::fs::metadata(&path).unwrap().len();
        if lines > 3 {
            let cut = if lines == 17 { 1 } else { 4 };
            OpenOptions::new().write(true).open(&path).unwrap().set_len(length - cut).unwrap();
        }
        assert_eq!(play(&path, &WARY, 400, &[]).0, end);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), kept);
    }
}

/// Answers are secrets: nobody else on the machine reads them.
#[cfg(unix)]
#[test]
fn answers_are_kept_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    play(&path, &WILLING, 17, &[]);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0);
}

/// Where orders leave something open, packages are compared.
#[test]
fn who_cannot_say_an_order_is_asked_to_compare() {
    let folder = tempfile::tempdir().unwrap();
    let (_, talk) = play(&folder.path().join("a.jsonl"), &["?"], 400, &[]);
    assert!(talk.contains("Which would you rather have"), "{talk}");
}

#[test]
fn who_says_nothing_ends_with_a_clear_statement() {
    let folder = tempfile::tempdir().unwrap();
    // Every question takes `-`, no proposal does.
    let silent = [["-"; 50], ["n"; 50]].concat();
    let (end, _) = play(&folder.path().join("a.jsonl"), &silent, 100, &["--format", "json"]);
    let end: serde_json::Value = serde_json::from_str(&end).unwrap();
    assert_eq!(end["outcome"], serde_json::Value::Null);
    assert_eq!(end["rankings"]["A"], 0);
    assert!(end["remarks"][0].as_str().unwrap().contains("told nothing"), "{end}");
}

/// What is no file of answers of this mediation stays as it is.
#[test]
fn a_foreign_file_is_refused_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    for foreign in [
        "dear diary",
        "a line\nand another",
        "{\"asked\":\"something else\",\"said\":\"\"}",
        "{\"asked\":\"something else\",\"said\":\"\"}\n",
        "{}\n",
        "\n",
        "\u{feff}",
    ] {
        std::fs::write(&path, foreign).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args(["mediate", scenario().to_str().unwrap(), "--answers", path.to_str().unwrap()])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{foreign:?}: {message}");
        assert!(message.contains("name another file with --answers"), "{message}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), foreign);
    }
}

/// Orders and acceptances in the file are not asked for again.
#[test]
fn what_the_file_says_is_not_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let report = folder.path().join("road.html");
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .arg("mediate")
        .arg(root.join("examples/halden-plateau"))
        .args(["--questions", "3", "--format", "json", "--answers"])
        .arg(folder.path().join("a.jsonl"))
        .arg("--report")
        .arg(&report)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let typed = ["1 2 3", "1 2 3 4 5", "1 2 3 4", "", "1", "a", "y"];
    let text: String = typed.iter().cycle().take(400).map(|l| format!("{l}\n")).collect();
    let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
    let output = child.wait_with_output().unwrap();
    let talk = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{talk}");
    assert!(talk.contains("What the scenario's file says of you is not asked again."), "{talk}");
    assert!(!talk.contains("lamps, all else being equal"), "{talk}");
    let end: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    // Five orders of three options, told in the file.
    assert!(end["rankings"]["herders"].as_u64().unwrap() >= 10, "{end}");
    let page = std::fs::read_to_string(report).unwrap();
    for words in ["Which deal did the answers lead to?", "never for the parties", "or that?"] {
        assert!(page.contains(words), "{words}");
    }
}

/// Statements that fit together one by one and not all at once: named, and one given anew.
#[test]
fn what_does_not_go_together_is_named_and_can_be_given_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deal.yaml");
    // A step in x outweighs one in y, which is said to matter more.
    let text = "title: Two by two\nparties: {a: , b: }\nissues: {x: [p, q], y: [r, s]}\npreferences:\n  a:\n    reservation: 0.3\n    issues:\n      x: {weight: 0.6, values: {p: 1, q: 0}}\n      y: {weight: 0.4, values: {r: 1, s: 0}}\n  b:\n    known: told-in-confidence\n    orders: {x: [q, p], y: [s, r]}\n    comparisons: [{better: {x: q, y: r}, worse: {x: p, y: s}}]\n";
    std::fs::write(&path, text).unwrap();
    let play = |typed: &str, answers: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args(["mediate", path.to_str().unwrap(), "--play", "b", "--questions", "0"])
            .arg("--answers")
            .arg(folder.path().join(answers))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
        let output = child.wait_with_output().unwrap();
        let talk = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{talk}");
        (String::from_utf8(output.stdout).unwrap(), talk)
    };
    // The order of the issues: y, then x; not what is given up first; the worst is taken.
    let (end, talk) = play("2 1\n-\n1\n-\ny\ny\ny\n", "left.jsonl");
    for words in [
        "These do not go together, if each issue counts by itself for you.",
        "your order of the issues: y, then x",
        "rather (x: q; y: r) than (x: p; y: s)",
        "A number, or - to leave them as they are.",
    ] {
        assert!(talk.contains(words), "{words} not in {talk}");
    }
    let end = end.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(end.contains("b gave answers that cannot all hold"), "{end}");
    // The order is given anew: x before y; where no agreement stands is asked again.
    let number = |words: &str| {
        let line = talk.lines().find(|l| l.contains(words)).unwrap();
        line.trim().split(' ').next().unwrap().to_owned()
    };
    let typed = format!("2 1\n-\n1\n{}\n1 2\n1\ny\ny\ny\n", number("your order of the issues"));
    let (end, talk) = play(&typed, "anew.jsonl");
    assert_eq!(talk.matches("These do not go together").count(), 1, "{talk}");
    assert!(!end.contains("cannot all hold"), "{end}");
}

#[test]
fn nobody_at_the_keyboard_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["mediate", scenario().to_str().unwrap()])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("add --simulate"), "{message}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn one_party_is_played_and_the_other_simulated() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let (end, talk) = play(&path, &WILLING, 200, &["--play", "A"]);
    assert!(!end.is_empty() && talk.contains("— A —") && !talk.contains("— B —"), "{talk}");
    // The answers of one mediation are not taken for another's.
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["mediate", scenario().to_str().unwrap(), "--answers", path.to_str().unwrap()])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("answers of another mediation"));
}
