//! `detente log`: verified, witnessed, looked back on; bad input is named.

#![allow(clippy::unwrap_used, reason = "tests say what went wrong by failing")]

use std::path::Path;
use std::process::{Command, Output};

const LOG: &str = "examples/river-talks/log.jsonl";

fn detente(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Command::new(env!("CARGO_BIN_EXE_detente")).args(arguments).current_dir(root).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn log() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(LOG)).unwrap()
}

#[test]
fn a_witness_outside_finds_a_log_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (key, note) = (path("key"), path("note"));
    let made = detente(&["agreement", "keygen", "--holder", "Harbour court", "--out", &key]);
    assert!(made.status.success(), "{}", told(&made));
    let day = ["--date", "2025-03-31"];
    let stripped = detente(&["log", "strip", LOG]);
    assert!(!told(&stripped).contains("orchards"));
    let bare = path("bare.jsonl");
    std::fs::write(&bare, &stripped.stdout).unwrap();
    let attest = ["log", "checkpoint", &bare, "--key", &key, "--out", &note];
    let attested = detente(&[&attest[..], &day].concat());
    assert!(attested.status.success(), "{}", told(&attested));
    let whole = detente(&["log", "verify", LOG, "--checkpoint", &note]);
    assert_eq!(whole.status.code(), Some(0), "{}", told(&whole));
    assert!(told(&whole).contains("The log holds."));

    let short = path("short.jsonl");
    let text = log();
    let lines: Vec<_> = text.lines().collect();
    std::fs::write(&short, lines[..lines.len() - 3].join("\n")).unwrap();
    assert_eq!(detente(&["log", "verify", &short]).status.code(), Some(0), "a chain alone");
    let found = detente(&["log", "verify", &short, "--checkpoint", &note]);
    assert_eq!(found.status.code(), Some(2));
    assert!(told(&found).contains("it was cut off or rolled back"), "{}", told(&found));
    let later = path("later");
    let again =
        detente(&["log", "checkpoint", &short, "--key", &key, "--out", &later, "--since", &note]);
    assert_eq!(again.status.code(), Some(2), "no checkpoint for a log that does not hold");
    let other = "00".repeat(31) + "09";
    let stranger = detente(&["log", "verify", LOG, "--checkpoint", &note, "--witness", &other]);
    assert_eq!(stranger.status.code(), Some(2), "{}", told(&stranger));
}

#[test]
fn an_edit_is_found_and_said_where() {
    let folder = tempfile::tempdir().unwrap();
    let edited = folder.path().join("edited.jsonl");
    std::fs::write(&edited, log().replace("orchards", "orchard5")).unwrap();
    let found = detente(&["log", "verify", edited.to_str().unwrap(), "--format", "json"]);
    assert_eq!(found.status.code(), Some(2));
    let json: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(json["holds"], false);
    assert!(json["findings"][0].as_str().unwrap().contains("the contents of entry"));
}

#[test]
fn bad_input_is_named_with_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let empty = file("empty", "");
    let words = file("words", "these are words\n");
    let later = file("later", &log().replacen("\"detente_log\":1", "\"detente_log\":7", 1));
    let torn = file("torn", &log()[..2000]);
    let cases: [(&[&str], &str); 11] = [
        (&["log", "verify", "no/such/file"], "no/such/file"),
        (&["log", "verify", &empty], "line 1"),
        (&["log", "verify", &words], "line 1, column 2"),
        (&["log", "verify", &later], "version 7"),
        (&["log", "verify", &torn], "line 4"),
        (&["log", "verify", LOG, "--checkpoint", &words], "no checkpoint"),
        (&["log", "verify", LOG, "--witness", "xyz"], "no public key"),
        (&["log", "checkpoint", LOG, "--key", &words, "--out", "x"], "no secret key"),
        (&["log", "show", LOG, "--as", "Nobody"], "its people: Lead"),
        (&["log", "show", LOG, "--as", "Dov", "--at", "Tuesday"], "is no moment"),
        (&["log", "show", LOG], "--as"),
    ];
    for (arguments, words) in cases {
        let output = detente(arguments);
        let told = told(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(words), "{arguments:?}: {words} not in {told}");
        assert!(!told.contains("panicked"));
    }
}
