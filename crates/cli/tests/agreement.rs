//! `detente agreement`, run as a person runs it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests say what went wrong by failing"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn detente(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .arg("agreement")
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap()
}

/// What it printed, lines joined, so that a break does not hide what is there.
fn said(arguments: &[&str]) -> String {
    let output = detente(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    flat(&output.stdout)
}

fn flat(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word} not in {text}");
    }
}

const FICTION: &str = "examples/three-lights-agreement";
const JCPOA: &str = "examples/jcpoa";
const TREATY: &str = "examples/egypt-israel-treaty";

/// Milestones counted from the public days; sources in the example.
#[test]
fn jcpoa_milestones_are_counted_from_adoption() {
    // Endorsed on 20 July 2015: adoption 90 days later, 18 October 2015.
    has(
        &said(&["due", JCPOA, "--as-of", "2015-07-21"]),
        &["adoption (Iran)", "opens on 2015-10-18"],
    );
    // Implementation begins for all three together, with the verifier's report.
    let before = said(&["status", JCPOA, "--as-of", "2016-01-15", "--format", "json"]);
    let after = said(&["status", JCPOA, "--as-of", "2016-01-16", "--format", "json"]);
    let state = |text: &str, id: &str| {
        let json: serde_json::Value = serde_json::from_str(text).unwrap();
        let all = json["obligations"].as_array().unwrap().clone();
        all.into_iter().find(|o| o["id"] == id).unwrap()["due"].clone()
    };
    // Two declared it on that day; what the third is recorded to have done was declared later.
    for (id, now) in [("eu-lifts", "done"), ("us-lifts", "done"), ("un-lifts", "due")] {
        assert_eq!(state(&before, id)["state"], "waiting");
        assert_eq!(state(&after, id)["state"], now);
        assert_eq!(state(&after, id)["due"], "2016-01-16");
    }
    assert_eq!(state(&after, "adoption")["due"], "2015-10-18");
    assert_eq!(state(&after, "transition")["opens"], "2023-10-18");
    assert_eq!(state(&after, "termination")["opens"], "2025-10-18");
}

/// What was done is what somebody declared, by name; what is alleged stands
/// side by side; where nothing is recorded, that is said and no more.
#[test]
fn jcpoa_says_who_declared_and_who_alleges() {
    let on = |day: &str| -> serde_json::Value {
        serde_json::from_str(&said(&["status", JCPOA, "--as-of", day, "--format", "json"])).unwrap()
    };
    let obligation = |status: &serde_json::Value, id: &str| {
        let all = status["obligations"].as_array().unwrap().clone();
        all.into_iter().find(|o| o["id"] == id).unwrap()
    };
    let after = on("2020-01-01");
    for (id, why) in [
        ("adoption", "done on 2015-10-18, as declared by Iran"),
        ("eu-lifts", "done on 2016-01-16, as declared by European External Action Service"),
        ("us-lifts", "done on 2016-01-16, as declared by United States"),
        ("un-lifts", "done on 2016-01-16, as declared by UN Secretary-General"),
    ] {
        let due = &obligation(&after, id)["due"];
        assert_eq!((&due["state"], &due["why"]), (&"done".into(), &why.into()), "{id}");
    }
    // A day has passed, and the record has claims of both sides: no word of ours on which holds.
    let later = obligation(&on("2023-12-01"), "transition");
    assert_eq!(later["due"]["state"], "past its day");
    let why = later["due"]["why"].as_str().unwrap();
    assert!(why.ends_with("this does not say that it was not done"), "{why}");
    assert_eq!(later["claims"], 2);
    let page = tempfile::NamedTempFile::new().unwrap();
    said(&["status", JCPOA, "--as-of", "2025-12-01", "--out", page.path().to_str().unwrap()]);
    let page = flat(&std::fs::read(page.path()).unwrap());
    has(
        &page,
        &[
            "From public texts. Claims are claims, not findings.",
            "alleged by Russian Federation, naming the European Union",
            "alleged by France, Germany and the United Kingdom, naming Iran",
            "alleged by Iran, naming United States",
            "This does not say that it was not.",
        ],
    );
}

/// 15 + 15 (ministers and advisory board side by side) + 5 + 30 days.
#[test]
fn jcpoa_ladder_takes_as_few_as_65_days() {
    let text = said(&["simulate", JCPOA, "ladder", "--from", "2020-01-14"]);
    has(
        &text,
        &[
            "2020-01-14 to 2020-01-29 the Joint Commission",
            "2020-01-29 to 2020-02-13 the ministers",
            "2020-01-29 to 2020-02-13 an advisory board",
            "2020-02-13 to 2020-02-18 the Joint Commission, on the opinion",
            "2020-02-18 to 2020-03-19 the Security Council",
            "unless the forum decides otherwise, this comes back",
            // 14 January plus 65 days.
            "all clocks have run out on 2020-03-19",
        ],
    );
    let extended =
        said(&["simulate", JCPOA, "ladder", "--from", "2020-01-14", "--extend", "ministers=10"]);
    has(&extended, &["all clocks have run out on 2020-03-29"]);
    let without =
        said(&["simulate", JCPOA, "ladder", "--from", "2020-01-14", "--without", "advisory-board"]);
    has(&without, &["all clocks have run out on 2020-03-19"]);
}

/// The ceilings as the sources in the example give them, and the 48 hours.
#[test]
fn treaty_zones_have_their_ceilings() {
    let output =
        detente(&["export", TREATY, "--as-of", "2024-01-01", "--csv", "target/treaty-csv"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let matrix = std::fs::read_to_string(root().join("target/treaty-csv/matrix.csv")).unwrap();
    has(
        &matrix,
        &[
            "at most 22000 personnel",
            "at most 1 division",
            "no more border battalions in Zone B than agreed: at most 4 battalions",
            "no armed forces in Zone C: at most 0 units",
            "no more infantry battalions in Zone D than agreed: at most 4 battalions",
        ],
    );
    let text = said(&["simulate", TREATY, "rectify", "--from", "2024-04-25 10:30"]);
    // Egypt's clocks went forward in between: 48 hours on, not the same hour.
    has(&text, &["2024-04-25 10:30 to 2024-04-27 11:30", "48 hours"]);
    has(&said(&["status", TREATY, "--as-of", "2024-01-01"]), &["From public texts.", "0 claims"]);
}

/// A year of the fiction: ten claims, two incidents, one finding, one deviation.
#[test]
fn the_status_a_guarantor_reads() {
    has(&said(&["verify", FICTION]), &["Holds: every file is as it was signed"]);
    let text = said(&["status", FICTION, "--as-of", "2032-03-01"]);
    has(
        &text,
        &[
            "signed by everybody, unchanged since",
            "10 claims, 2 incidents, 1 finding. A claim is what somebody alleges",
            "The strait board found on 2031-06-13 that it was not kept",
            "attributes it to Skerry, with medium confidence",
            "a minority of The strait board held",
            "differs by agreement of Skerry, Halm until 2032-04-30",
            "not assessable (no access to the quay), says The pilots; this does not say that it was not done",
            "crews (Halm): past its day, 2031-08-28: no declaration or check in this record says that all of it was done",
            "winter berths (berths) 6 4 4",
            "no body has found anything",
        ],
    );
    // What was known on a day is what had been recorded by then.
    let earlier = said(&["status", FICTION, "--as-of", "2031-05-10"]);
    has(&earlier, &["3 claims, 1 incident, 0 findings"]);
}

/// The same year walked from the beginning, with keys of our own: the text
/// signed three times, every line recorded, and the page a guarantor reads.
#[test]
fn a_year_from_the_keys_to_the_page() {
    let copy = tempfile::tempdir().unwrap();
    let at = |name: &str| copy.path().join(name).to_string_lossy().into_owned();
    let folder = copy.path().to_string_lossy().into_owned();
    let mut text = std::fs::read_to_string(root().join(FICTION).join("agreement.yaml")).unwrap();
    let signers = [("skerry", "Ina Voe"), ("halm", "Tor Lind"), ("lights", "Brit Sund")];
    for (party, holder) in signers {
        let printed = said(&["keygen", "--holder", holder, "--out", &at(&format!("{party}.key"))]);
        let ours = &printed.split("key: ").nth(1).unwrap()[..64];
        let before = format!("holder: \"{holder}\", key: ");
        let theirs = text.find(&before).unwrap() + before.len();
        text.replace_range(theirs..theirs + 64, ours);
    }
    std::fs::write(copy.path().join("agreement.yaml"), text).unwrap();
    std::fs::copy(root().join(FICTION).join("zones.geojson"), at("zones.geojson")).unwrap();
    assert_eq!(detente(&["verify", &folder]).status.code(), Some(2), "nobody has signed yet");
    for (party, _) in signers {
        let key = at(&format!("{party}.key"));
        let mut words = vec!["sign", &folder, "--for", party, "--key", &key];
        if party == "halm" {
            words.push("--ad-referendum");
        }
        said(&[&words[..], &["--date", "2031-02-20"]].concat());
    }
    has(&said(&["verify", &folder]), &["Holds: every file is as it was signed"]);

    let log = std::fs::read_to_string(root().join(FICTION).join("log.jsonl")).unwrap();
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let word = |key: &str| line[key].as_str().unwrap();
        let entry = line["entry"].to_string();
        let words = ["--by", word("by"), "--kind", word("kind"), "--at", word("at")];
        said(&[&["log", "add", &folder], &words[..], &["--entry", &entry]].concat());
    }
    let witness = at("witness.txt");
    said(&["log", "checkpoint", &folder, "--key", &at("lights.key"), "--out", &witness]);
    has(
        &said(&["log", "verify", &folder, "--checkpoint", &witness]),
        &["69 lines follow on one another", "it is the same log"],
    );

    let page = at("status.html");
    said(&["status", &folder, "--as-of", "2032-03-01", "--out", &page]);
    let ours = std::fs::read_to_string(&page).unwrap();
    has(&ours, &["signed by everybody, unchanged since", "10 claims, 2 incidents, 1 finding"]);
    // Beside the seal, whose keys are our own, it is the example's page.
    said(&["status", FICTION, "--as-of", "2032-03-01", "--out", &page]);
    let theirs = std::fs::read_to_string(&page).unwrap();
    let without_seal = |page: &str| {
        let at = page.find("(seal ").unwrap();
        format!("{}{}", &page[..at], &page[at + 22..])
    };
    assert!(without_seal(&ours) == without_seal(&theirs), "the pages differ");
}

#[test]
fn the_log_is_whole_and_a_change_is_noticed() {
    let checkpoint = root().join(FICTION).join("witness.txt");
    let text = std::fs::read_to_string(&checkpoint).unwrap();
    let key = text.lines().find_map(|l| l.strip_prefix("key: ")).unwrap().to_owned();
    let path = checkpoint.to_string_lossy().into_owned();
    let words = ["--checkpoint", &path, "--witness-key", &key];
    let verify = |folder: &str| detente(&[&["log", "verify", folder], &words[..]].concat());
    let whole = verify(FICTION);
    assert!(whole.status.success());
    has(&flat(&whole.stdout), &["it is the same log, or a longer one"]);

    let copy = tempfile::tempdir().unwrap();
    for name in ["agreement.yaml", "zones.geojson", "log.jsonl"] {
        std::fs::copy(root().join(FICTION).join(name), copy.path().join(name)).unwrap();
    }
    let log = copy.path().join("log.jsonl");
    let folder = copy.path().to_string_lossy().into_owned();
    let lines = std::fs::read_to_string(&log).unwrap();
    std::fs::write(&log, lines.lines().take(9).map(|l| format!("{l}\n")).collect::<String>())
        .unwrap();
    let cut = verify(&folder);
    assert_eq!(cut.status.code(), Some(2));
    has(&flat(&cut.stdout), &["THE LOG IS SHORTER NOW"]);
    std::fs::write(&log, lines.replacen("Two boats", "Ten boats", 1)).unwrap();
    let edited = verify(&folder);
    assert_eq!(edited.status.code(), Some(2));
    has(&flat(&edited.stderr), &["does not follow on the line before it"]);
}

#[test]
fn a_key_not_in_the_mandate_signs_nothing() {
    let copy = tempfile::tempdir().unwrap();
    for name in ["agreement.yaml", "zones.geojson"] {
        std::fs::copy(root().join(FICTION).join(name), copy.path().join(name)).unwrap();
    }
    let (folder, key) = (copy.path().to_string_lossy().into_owned(), copy.path().join("k.key"));
    let key = key.to_string_lossy().into_owned();
    assert!(detente(&["keygen", "--holder", "Ina Voe", "--out", &key]).status.success());
    let signed = detente(&["sign", &folder, "--for", "skerry", "--key", &key]);
    assert_eq!(signed.status.code(), Some(2));
    has(&flat(&signed.stderr), &["is not in the mandate of skerry", "nothing was written"]);
    assert!(!copy.path().join("signatures").exists());
}

/// A small agreement, sound as it stands.
const SMALL: &str = r#"detente: agreement
id: wells
title: "Two wells"
participants:
  - {id: north, name: "North", role: party}
  - {id: south, name: "South", role: party}
  - {id: eye, name: "The eye", role: body}
instruments:
  - id: main
    title: "Two wells"
    stage: interim
    parties: [north, south]
    clauses: [{id: "1", text: "By day only."}]
events: [{id: start, title: "it begins"}]
calendars: [{id: week, weekend: [friday]}]
zones:
  - {id: east, name: East, exclusive: wells, geojson: z.geojson}
  - {id: west, name: West, exclusive: wells, geojson: z.geojson}
pipeline: [{id: look, title: "A look", by: eye, finds: true}]
obligations:
  - {id: a, clause: main#1, bearer: north, act: "draw", trigger: {event: start}, opens: 2 days, within: 10 days}
  - {id: b, clause: main#1, bearer: south, act: "wait", trigger: {obligation: a}, within: 3 working days in week}
"#;
const ZONES: &str = r#"{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"id": "east"}, "geometry": {"type": "Polygon", "coordinates": [[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]]}},
{"type": "Feature", "properties": {"id": "west"}, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}}]}"#;

fn small(text: &str, zones: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("agreement.yaml"), text).unwrap();
    std::fs::write(folder.path().join("z.geojson"), zones).unwrap();
    folder
}

#[test]
fn what_does_not_fit_is_refused_with_its_place_and_a_hint() {
    let fine = small(SMALL, ZONES);
    assert!(detente(&["due", &fine.path().to_string_lossy()]).status.success());
    for (from, to, words, line) in [
        ("bearer: north, ", "", "this obligation has no `bearer`", 21),
        ("within: 10 days", "within: 1 day", "its window ends after 1 day, before it opens", 21),
        ("days in week", "days in month", "there is no calendar `month`", 22),
        ("{event: start}", "{obligation: b}", "wait for one another in a circle: a → b → a", 21),
        ("{event: start}", "{event: stop}", "it waits for the event `stop`", 21),
        (
            "clause: main#1, bearer: north",
            "clause: main#9, bearer: north",
            "pinned to `main#9`",
            21,
        ),
        (
            "title: \"Two wells\"\np",
            "time_zone: Mars/Olympus\np",
            "there is no time zone `Mars/Olympus`",
            3,
        ),
        ("role: body", "role: judge", "`role` cannot be `judge`", 7),
        ("within: 10 days", "within: ten days", "`ten days` is no length of time", 21),
        ("bearer: south", "bearer: west", "the bearer `west` is no participant", 22),
        ("by: eye", "by: north", "is no body or verifier", 19),
        ("weekend: [friday]", "weekend: [freeday]", "is no day of the week", 15),
    ] {
        let text = SMALL.replacen(from, to, 1);
        assert_ne!(text, SMALL, "{from}");
        let folder = small(&text, ZONES);
        let output = detente(&["due", &folder.path().to_string_lossy()]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{words}: {error}");
        has(&flat(&output.stderr), &[words, "help:"]);
        assert!(error.contains(&format!("agreement.yaml:{line}:")), "{words}: {error}");
    }
    let folder = small(
        SMALL,
        &ZONES.replace("[2, 0], [2, 1], [1, 1], [1, 0]", "[2, 0], [2, 1], [0.5, 1], [1, 0]"),
    );
    let output = detente(&["due", &folder.path().to_string_lossy()]);
    assert_eq!(output.status.code(), Some(2));
    has(&flat(&output.stderr), &["share ground, though they are exclusive"]);
}

#[test]
fn a_line_that_does_not_fit_is_not_written() {
    let folder = small(SMALL, ZONES);
    let path = folder.path().to_string_lossy().into_owned();
    let add = |kind: &str, entry: &str| {
        detente(&["log", "add", &path, "--by", "eye", "--kind", kind, "--entry", entry])
    };
    let claim = r#"{"id": "c", "alleged_by": "north", "about": ["b"], "says": "…"}"#;
    assert!(add("claim", claim).status.success());
    let incident = r#"{"id": "i", "title": "t", "claims": ["c"], "clustered_by": "eye", "opened": "2031-01-01"}"#;
    assert!(add("incident", incident).status.success());
    let log = std::fs::read(folder.path().join("log.jsonl")).unwrap();
    let finding = |body: &str| {
        format!(
            r#"{{"id": "f", "incident": "i", {body} "on": "2031-01-02", "about": ["b"], "result": "kept", "says": "…", "publication": "undecided"}}"#
        )
    };
    for (kind, entry, words) in [
        ("finding", finding(""), "missing field `body`"),
        ("finding", finding(r#""body": "north","#), "`north` is no body or verifier"),
        ("claim", claim.to_owned(), "there is already a claim `c`"),
        ("incident", incident.replace("\"c\"]", "\"d\"]"), "there is no claim `d`"),
        ("performance", r#"{"obligation": "z", "on": "2031-01-01", "declared_by": "north"}"#.into(), "there is no obligation `z`"),
        ("performance", r#"{"obligation": "a", "on": "2031-02-30", "declared_by": "north"}"#.into(), "is no day"),
        ("deviation", r#"{"id": "d", "obligation": "a", "agreed_by": ["north"], "from": "2031-01-01", "until": "2031-01-09", "terms": "…"}"#.into(), "agreed by at least two"),
        ("assessment", r#"{"obligation": "a", "on": "2031-01-01", "assessor": "eye", "score": 4}"#.into(), "a score from 0 to 3"),
        ("gossip", "{}".into(), "no lines of the kind `gossip`"),
    ] {
        let output = add(kind, &entry);
        assert_eq!(output.status.code(), Some(2), "{words}");
        has(&flat(&output.stderr), &[words]);
        assert_eq!(std::fs::read(folder.path().join("log.jsonl")).unwrap(), log, "{words}");
    }
}

#[test]
fn a_staged_plan_becomes_a_draft_that_is_sound() {
    let output = detente(&[
        "draft",
        "examples/three-lights",
        "--deal",
        "half_the_strait",
        "--id",
        "d",
        "--from",
        "2031-03-01",
    ]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("agreement.yaml"), &output.stdout).unwrap();
    let due = said(&["due", &folder.path().to_string_lossy(), "--as-of", "2031-03-02"]);
    has(&due, &["nets-1 (Skerry)", "40 per cent", "due by 2031-05-30"]);
    // What waits for the first phase is in the draft and not due yet.
    has(&flat(&output.stdout), &["id: crews-2", "{obligation: nets-1}"]);
    assert!(!due.contains("crews-2"), "{due}");
}

#[test]
fn the_calendar_and_the_document_hold_what_is_due() {
    let folder = tempfile::tempdir().unwrap();
    let (ics, docx) = (folder.path().join("c.ics"), folder.path().join("s.docx"));
    let words =
        ["--ics", &ics.to_string_lossy(), "--docx", &docx.to_string_lossy()].map(str::to_owned);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    said(&[&["export", FICTION, "--as-of", "2031-06-10"], &words[..]].concat());
    let calendar = std::fs::read_to_string(&ics).unwrap();
    has(
        &calendar,
        &["BEGIN:VEVENT", "UID:three-lights-crews@detente.invalid", "DTSTART;VALUE=DATE:20310828"],
    );
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75));
    let document = std::fs::read(&docx).unwrap();
    assert!(document.starts_with(b"PK"));
}
