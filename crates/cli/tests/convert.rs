//! `detente convert` as a person runs it.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::path::Path;
use std::process::{Command, Output};

fn convert(source: &str, to: &str, out: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["convert", source, "--to", to, "--out", out.to_str().unwrap()])
        .args(more)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn every_format_is_written_and_read_again() {
    let work = tempfile::tempdir().unwrap();
    for to in ["yaml", "genius", "negmas", "geniusweb"] {
        let out = work.path().join(to);
        // GeniusWeb knows a reservation value by a bid, and no outcome is worth B's.
        let more: &[&str] = if to == "geniusweb" { &["--lossy"] } else { &[] };
        let output = convert("examples/tiny", to, &out, more);
        assert_eq!(output.status.code(), Some(0), "{to}: {}", text(&output.stderr));
        assert!(text(&output.stdout).starts_with("wrote 3 files of "), "{}", text(&output.stdout));
        let back = work.path().join(format!("{to}-back"));
        let output = convert(out.to_str().unwrap(), "negmas", &back, &[]);
        assert_eq!(output.status.code(), Some(0), "{to}: {}", text(&output.stderr));
        assert_eq!(std::fs::read_dir(back).unwrap().count(), 3);
    }
}

#[test]
fn a_loss_is_refused_unless_asked_for() {
    let work = tempfile::tempdir().unwrap();
    let file = work.path().join("deal.yaml");
    std::fs::write(&file, "parties: {a: , b: }\nissues: {x: [p, q]}\npreferences:\n  a: {reservation: 0, issues: {x: {values: {p: 1, q: 0}}}, red_lines: [{never: {x: q}}]}\n  b: {reservation: 0, issues: {x: {values: {p: 0, q: 1}}}}\n").unwrap();
    let out = work.path().join("out");
    let output = convert(file.to_str().unwrap(), "negmas", &out, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("error[red-line-lost]"), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("--lossy"));
    assert!(!out.exists(), "nothing is written when refused");
    let output = convert(file.to_str().unwrap(), "negmas", &out, &["--lossy"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("warning[red-line-lost]"));
    assert!(text(&output.stdout).contains("1 thing left out"));
}

#[test]
fn what_cannot_be_written_at_all_is_refused_even_then() {
    let work = tempfile::tempdir().unwrap();
    let out = work.path().join("out");
    let output = convert("examples/camp-david-1978", "genius", &out, &["--lossy"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("no divisible issues"), "{}", text(&output.stderr));
}

#[test]
fn a_folder_with_files_in_it_is_left_alone() {
    let work = tempfile::tempdir().unwrap();
    std::fs::write(work.path().join("mine.txt"), "mine").unwrap();
    let output = convert("examples/tiny", "yaml", work.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("is not empty"));
    assert_eq!(std::fs::read_dir(work.path()).unwrap().count(), 1);
}
