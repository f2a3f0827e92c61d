//! `detente record`, run as a person runs it.

use serde_json::Value;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn detente(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente")).args(arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn example() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples/cairo-2024")
        .to_string_lossy()
        .into_owned()
}

/// A report invented for these tests.
const REPORT: &str = "The Blue Times\n\nEnvoys met on Tuesday in the capital, a day earlier than planned, two officials told Reuters.\n\n“We agreed on half of it,” a senior official said to The Blue Times on condition of anonymity. “The rest will take a week.”\n\nMaria Lodan, the chief mediator, said on Monday that the talks would resume on Friday. Lodan added that no text existed.\n\nThe northern delegation did not immediately respond to a request for comment.\n\nSource link\n\nLeave a Comment\n\nYour email address will not be published. Required fields are marked *\n";

fn file(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_string_lossy().into_owned()
}

#[test]
fn import_answers_with_the_contracts_keys_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let report = file(folder.path(), "report.txt", REPORT);
    let output = detente(&[
        "record",
        "import",
        &report,
        "--dated",
        "2024-01-10",
        "--source",
        "The Blue Times",
        "--format",
        "json",
    ]);
    assert!(output.status.success(), "{}", err(&output));
    let json: Value = serde_json::from_str(&out(&output)).unwrap();
    let claims = json["claims"].as_array().unwrap();
    let chains: Vec<Value> = claims.iter().map(|c| c["chain"].clone()).collect();
    assert_eq!(
        chains,
        [
            serde_json::json!(["The Blue Times", "Reuters", "two officials"]),
            serde_json::json!(["The Blue Times", "a senior official"]),
            serde_json::json!(["The Blue Times", "Maria Lodan"]),
            serde_json::json!(["The Blue Times", "Maria Lodan"]),
        ]
    );
    assert_eq!(claims[1]["terms"], "anonymous");
    assert!(claims[1]["passage"].as_str().unwrap().contains("The rest will take a week"));
    assert_eq!(claims[2]["terms"], "on_record");
    let tuesday =
        serde_json::json!({"words": "on Tuesday", "from": "2024-01-09", "to": "2024-01-09"});
    assert_eq!(claims[0]["happened"], tuesday);
    assert_eq!(claims[3]["happened"], Value::Null);
    let dates: Vec<&str> =
        json["dates"].as_array().unwrap().iter().map(|d| d["words"].as_str().unwrap()).collect();
    assert_eq!(dates, ["on Tuesday", "a day earlier", "on Monday", "on Friday"]);
    assert_eq!(json["dates"][3]["from"], "2024-01-12");
    assert_eq!(json["alias_groups"], serde_json::json!([["Maria Lodan", "Lodan"]]));
    assert_eq!(json["dropped"].as_array().unwrap().len(), 3);
    assert_eq!(json["responses"][0]["kind"], "no_comment");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn nothing_enters_a_record_that_a_person_did_not_confirm() {
    let folder = tempfile::tempdir().unwrap();
    let report = file(folder.path(), "report.txt", REPORT);
    let record = folder.path().join("record");
    let run = |answers: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args([
                "record",
                "import",
                &report,
                "--dated",
                "2024-01-10",
                "--source",
                "The Blue Times",
                "--into",
            ])
            .arg(&record)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let output = run("d\nd\nd\nd\n");
    assert!(output.status.success() && !record.exists(), "{}", out(&output));
    let output = run("c\ne\nHalf was agreed\n\n\n\nd\nmaybe\ns\ny\n");
    assert!(output.status.success(), "{} {}", out(&output), err(&output));
    let written: Vec<PathBuf> =
        std::fs::read_dir(&record).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(written.len(), 1);
    let text = std::fs::read_to_string(&written[0]).unwrap();
    assert!(
        text.contains("Half was agreed")
            && text.contains("Lodan")
            && !text.contains("no text existed"),
        "{text}"
    );
    let check = detente(&["record", "check", &record.to_string_lossy(), "--format", "json"]);
    let json: Value = serde_json::from_str(&out(&check)).unwrap();
    assert_eq!(json["claims"], 2);
    // A second report is written beside the first, never over it.
    assert!(run("c\ns\n").status.success());
    assert_eq!(std::fs::read_dir(&record).unwrap().count(), 2);
}

/// A record with one thing wrong: what is said, where, with what to do.
fn refused(yaml: &str, code: &str, place: &str) {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "record.yaml", yaml);
    let output = detente(&["record", "check", &folder.path().to_string_lossy()]);
    let said = err(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(code), "{code} not in {said}");
    assert!(said.contains(place), "{place} not in {said}");
}

#[test]
fn records_that_cannot_be_used_are_refused_with_their_place() {
    let base = "detente: record\nsources:\n  - {id: a, name: A, published: 2024-10-22}\n  - {id: b, name: B, published: 2024-10-20}\n";
    refused(
        &format!("{base}claims:\n  - {{id: c, says: x, chain: [a], reported: 2024-10-21}}\n"),
        "earlier-than-its-source",
        "record.yaml:6",
    );
    refused(
        "detente: record\nsources:\n  - {id: a, name: A, published: 2024-10-22}\n  - {id: b, name: B, published: 2024-10-20, cites: [a]}\n",
        "earlier-than-its-source",
        "record.yaml:4",
    );
    refused(&format!("{base}claims:\n  - {{id: c, says: x}}\n"), "no-source", "record.yaml:6");
    refused(
        &format!("{base}claims:\n  - {{id: c, says: x, chain: [nobody]}}\n"),
        "unknown-source",
        "record.yaml:6",
    );
    refused(
        "detente: record\nsources:\n  - {id: a, name: A, cites: [b]}\n  - {id: b, name: B, relays: [a]}\nclaims:\n  - {id: c, says: x, chain: [a]}\n",
        "citation-cycle",
        "record.yaml:6",
    );
    refused(
        &format!(
            "{base}claims:\n  - {{id: c, says: x, chain: [a]}}\n  - {{id: d, says: y, chain: [a]}}\nlinks:\n  - {{from: c, kind: supports, to: d}}\n  - {{from: d, kind: supports, to: c}}\n"
        ),
        "circular-support",
        "record.yaml:",
    );
    refused(
        "detente: record\nactors:\n  - id: p\n    name: P\n    kind: person\n    roles:\n      - {title: chief, exclusive: true, from: 2024-01-01}\n      - {title: envoy, exclusive: true, from: 2024-02-01}\n",
        "exclusive-roles",
        "record.yaml:8",
    );
    refused(
        "detente: record\nclaims:\n  - {id: c, says: x, chain: [], clain: y}\n",
        "unknown-key",
        "record.yaml:3",
    );
    refused(
        "detente: record\nevents:\n  - {id: e, title: t, when: 2024-13-01}\n",
        "not-a-day",
        "record.yaml:3",
    );
    refused("detente: record\nclaims: &x [*x]\n", "alias", "record.yaml:2");
    refused("detente: record\nclaims: [\n", "bad-yaml", "record.yaml:");
}

#[test]
fn a_role_may_pass_from_one_to_another() {
    let folder = tempfile::tempdir().unwrap();
    file(
        folder.path(),
        "record.yaml",
        "detente: record\nactors:\n  - id: p\n    name: P\n    kind: person\n    roles:\n      - {title: chief, of: q, exclusive: true, from: 2024-01-01, to: 2024-02-01}\n  - id: r\n    name: R\n    kind: person\n    roles:\n      - {title: chief, of: q, exclusive: true, from: 2024-02-01}\n  - {id: q, name: Q, kind: state}\n",
    );
    let output = detente(&["record", "check", &folder.path().to_string_lossy()]);
    assert!(output.status.success(), "{}", err(&output));
}

#[test]
fn hostile_texts_are_refused_or_pointed_out() {
    let folder = tempfile::tempdir().unwrap();
    let large = file(folder.path(), "large.txt", &"A source said so. ".repeat(3_000_000));
    let output = detente(&["record", "import", &large, "--dated", "2024-01-10"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("text-too-large") && err(&output).contains("large.txt"));
    let hidden = file(folder.path(), "hidden.txt", "A source said the\u{202e} talks went on.");
    let output = detente(&["record", "import", &hidden, "--dated", "2024-01-10"]);
    assert!(output.status.success());
    assert!(
        err(&output).contains("hidden-direction") && err(&output).contains("hidden.txt:1:18"),
        "{}",
        err(&output)
    );
    assert!(!out(&output).contains('\u{202e}') && out(&output).contains("\\u{202e}"));
    let open = file(
        folder.path(),
        "open.html",
        "<html><body><div><p>A source said the talks went on.<p>Source link",
    );
    let output = detente(&["record", "import", &open, "--dated", "2024-01-10", "--format", "json"]);
    assert!(output.status.success());
    assert!(
        err(&output).contains("never-closed") && err(&output).contains("open.html:1:"),
        "{}",
        err(&output)
    );
    let json: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(
        (json["claims"].as_array().unwrap().len(), json["dropped"][0].as_str()),
        (1, Some("Source link"))
    );
    for (name, content) in [("empty.txt", ""), ("blank.txt", " \n \n")] {
        let path = file(folder.path(), name, content);
        let output = detente(&["record", "import", &path, "--dated", "2024-01-10"]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(err(&output).contains("no-text"));
    }
    let bytes = folder.path().join("latin.txt");
    std::fs::write(&bytes, b"caf\xe9 said").unwrap();
    let output = detente(&["record", "import", &bytes.to_string_lossy(), "--dated", "2024-01-10"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("not-utf8"));
    assert_eq!(
        detente(&["record", "import", "nowhere.txt", "--dated", "2024-01-10"]).status.code(),
        Some(2)
    );
    assert_eq!(
        detente(&["record", "import", &hidden, "--dated", "yesterday"]).status.code(),
        Some(2)
    );
}

#[test]
fn arabic_and_hebrew_pass_through_import_storage_terminal_and_page_unharmed() {
    let folder = tempfile::tempdir().unwrap();
    let (arabic, hebrew) = ("قال مسؤول مصري إن المحادثات مستمرة", "השיחות נמשכות");
    let report = file(
        folder.path(),
        "report.txt",
        &format!("An official said: “{arabic}”, and later “{hebrew}”."),
    );
    let output =
        detente(&["record", "import", &report, "--dated", "2024-01-10", "--format", "json"]);
    let json: Value = serde_json::from_str(&out(&output)).unwrap();
    let passage = json["claims"][0]["passage"].as_str().unwrap();
    assert!(passage.contains(arabic) && passage.contains(hebrew), "{json}");
    let record = folder.path().join("record");
    std::fs::create_dir(&record).unwrap();
    file(
        &record,
        "r.yaml",
        &format!(
            "detente: record\npublic_record: true\nas_of: 2024-01-10\nsources: [{{id: s, name: {hebrew}}}]\nactors: [{{id: a, name: A, kind: state}}]\nevents: [{{id: e, title: {arabic}, kind: talks, when: 2024-01-09}}]\nclaims: [{{id: c, chain: [s], event: e, says: {arabic}, passage: {arabic}, language: ar, visibility: public}}]\ntalks: {{parties: [a], issues: [{{id: i, title: {hebrew}, claims: [c]}}]}}\n"
        ),
    );
    let record = record.to_string_lossy().into_owned();
    let check = out(&detente(&["record", "check", &record]));
    assert!(check.contains(arabic) && check.contains(hebrew));
    let page = folder.path().join("page.html").to_string_lossy().into_owned();
    assert!(detente(&["picture", &record, "--out", &page]).status.success());
    let page = std::fs::read_to_string(page).unwrap();
    assert!(
        page.contains(&format!(r#"<blockquote dir="auto" lang="ar">{arabic}</blockquote>"#))
            && page.contains(hebrew)
    );
}

#[test]
fn the_example_shows_one_origin_two_renderings_and_a_contested_claim_without_a_finding() {
    let output = detente(&["record", "check", &example()]);
    assert!(output.status.success(), "{}", err(&output));
    let shown = detente(&["record", "show", &example(), "treaty-question", "--format", "json"]);
    let json: Value = serde_json::from_str(&out(&shown)).unwrap();
    assert_eq!(json["finding"], Value::Null);
    assert_eq!(json["questions"][0]["divergence"], "origins_conflict");
    let before =
        detente(&["record", "check", &example(), "--as-of", "2024-10-18", "--format", "json"]);
    let json: Value = serde_json::from_str(&out(&before)).unwrap();
    assert!(!json["events"].as_array().unwrap().iter().any(|e| e["id"] == "small-deal"));
}
