//! `detente check` as a person or a program runs it.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::path::Path;
use std::process::{Command, Output};

fn detente(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n")
}

#[test]
fn the_examples_are_sound() {
    let output = detente(&[
        "check",
        "examples/tiny",
        "examples/tiny/negmas",
        "examples/camp-david-1978",
        "examples/panama-canal",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
    assert_eq!(
        text(&output.stdout),
        "examples/tiny: sound (Détente YAML: 2 parties, 2 issues, 6 outcomes)\n\
         examples/tiny/negmas: sound (NegMAS YAML: 2 parties, 2 issues, 6 outcomes)\n\
         examples/camp-david-1978: sound (Détente YAML: 2 parties, 6 issues, all divisible)\n\
         examples/panama-canal: sound (Détente YAML: 2 parties, 10 issues, all divisible)\n"
    );
}

#[test]
fn the_main_file_means_its_folder() {
    let output = detente(&["check", "examples/tiny/scenario.yaml"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

#[test]
fn a_mistake_is_shown_with_its_line_a_caret_and_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deal.yaml");
    std::fs::write(&file, "parties: {a: , b: }\nissues:\n  pace: [slow, fast]\npreferences:\n  a: {reservation: 0, issues: {pase: {values: {slow: 1, fast: 0}}}}\n  b: {reservation: 0, issues: {pace: {values: {slow: 1, fast: 0}}}}\n").unwrap();
    let output = detente(&["check", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains("error[unknown-issue]: the scenario has no issue `pase`"), "{said}");
    assert!(said.contains("deal.yaml:5:32"), "{said}");
    assert!(said.contains("^^^^"), "{said}");
    assert!(said.contains("did you mean `pace`?"), "{said}");
    assert!(text(&output.stdout).ends_with("not usable (1 error)\n"));
}

#[test]
fn programs_get_one_document() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scenario.yaml");
    std::fs::write(file, "parties: {a: A}\nissues: {x: [p, q]\n").unwrap();
    let bad = folder.path().to_str().unwrap();
    let output = detente(&["check", "--format", "json", "examples/tiny", bad]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "");
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["sound"], false);
    assert_eq!(said["scenarios"][0]["scenario"]["outcomes"], "6");
    assert_eq!(said["scenarios"][0]["format"], "yaml");
    let finding = &said["scenarios"][1]["findings"][0];
    assert_eq!(finding["code"], "bad-yaml");
    assert_eq!(finding["severity"], "error");
    assert!(finding["line"].as_u64().unwrap() >= 2, "{finding}");
}

#[test]
fn what_is_not_there_or_too_large_is_said_so() {
    let output = detente(&["check", "no/such/folder"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot read no/such/folder"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scenario.yaml");
    // A sparse file: a hundred megabytes that take no room.
    std::fs::File::create(&file).unwrap().set_len(100 << 20).unwrap();
    let output = detente(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("has 100 MiB; the most that is read is 32 MiB"));
}
