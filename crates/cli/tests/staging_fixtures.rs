//! The shared staging fixtures, key by key, exactly, through the real program.

#![allow(clippy::print_stdout)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

fn fixtures() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/scenarios/staging");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the shared fixtures are not beside this checkout");
    None
}

fn answer(command: &str, file: &Path) -> Value {
    let out = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args([command, "--format", "json"])
        .arg(file)
        .output()
        .expect("the program runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

fn read(file: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(file).expect("readable")).expect("JSON")
}

/// Every key that is expected is there with exactly that value.
fn same(what: &str, expect: &Value, got: &Value) {
    for (key, value) in expect.as_object().expect("expectations") {
        assert_eq!(&got[key], value, "{what}: {key}");
    }
}

fn check(command: &str, name: &str) {
    let Some(folder) = fixtures() else { return };
    let file = folder.join(name);
    let fixture = read(&file);
    let scratch = tempfile::tempdir().expect("a folder");
    let whole = answer(command, &file);
    let cases: Vec<&Value> = match fixture.get("cases") {
        Some(cases) => cases.as_array().expect("a list").iter().collect(),
        None => vec![&fixture],
    };
    for (index, case) in cases.iter().enumerate() {
        let got = if fixture.get("cases").is_some() { &whole[index] } else { &whole };
        same(&format!("{name} {index}"), &case["expect"], got);
        // The bare input answers the same.
        let bare = scratch.path().join("bare.json");
        std::fs::write(&bare, case["input"].to_string()).expect("written");
        same(&format!("{name} {index} bare"), &case["expect"], &answer(command, &bare));
    }
    assert!(!cases.is_empty());
}

#[test]
fn land_for_recognition() {
    check("stage", "land_for_recognition.json");
}

#[test]
fn two_river_towns() {
    check("stage", "two_river_towns.json");
}

#[test]
fn interim() {
    check("interim", "interim.json");
}

#[test]
fn guarantees() {
    check("guarantee", "guarantees.json");
}

#[test]
fn ratification() {
    check("ratify", "ratification.json");
}
