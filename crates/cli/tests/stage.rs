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

/// Runs a command on a place with its page, and gives text and page.
fn with_page(arguments: &[&str], place: &str) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("brief.html");
    let report = report.to_str().expect("a path");
    let mut all = arguments.to_vec();
    all.extend(["--report", report, place]);
    let out = detente(&all);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    (said(&out), std::fs::read_to_string(report).expect("a page"))
}

/// Values put on persons by a file are used, and shown nowhere: not in text,
/// not for programs, not on a page, not in what a verdict rests on.
#[test]
fn what_concerns_persons_shows_no_value() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("case.yaml");
    let text = "version: 1\nparties: [A, B]\ndiscount: 0.9\nresidual: [6, 6]\ndeliverables:\n  - {id: works, by: A, steps: [{v: [-2, 5]}]}\n  - {id: held, by: B, concerns: persons, recover: 0.25, steps: [{v: [1.734583, -0.618247]}, {v: [2.218374, -0.31]}]}\nbroad_deals:\n  - {id: whole}\ninterims:\n  home: {steps: {held: 1}}\ncalendar: {start: 2031-01-01, events: [{title: e, date: 2031-03-01, sets: {margin: {A: 1}}}]}\n";
    std::fs::write(&file, text).expect("written");
    let place = file.to_str().expect("a path");
    for command in ["stage", "interim", "guarantee"] {
        let json = ["--format", "json"];
        let (text, page) = with_page(&[command, "--sensitivity"], place);
        let (program, _) = with_page(&[&[command, "--sensitivity"], &json[..]].concat(), place);
        for shown in [&text, &page, &program] {
            for value in [
                "1.734",
                "0.618",
                "2.218",
                "held step",
                "share of held",
                "1734583/1000000",
                "618247/1000000",
            ] {
                assert!(!shown.contains(value), "{command} shows {value}: {shown}");
            }
        }
    }
    let place = example("three-lights");
    let (_, page) = with_page(&["stage"], &place);
    assert!(page.contains("with no value shown, because they concern persons: crews"));
}

#[test]
fn pages_ask_for_nothing_and_can_be_read_aloud() {
    for command in ["stage", "interim", "guarantee", "ratify"] {
        let (_, page) = with_page(&[command], &example("three-lights"));
        let elsewhere = page.replace("http://www.w3.org/2000/svg", "");
        assert!(
            !elsewhere.contains("http"),
            "{command}: the page asks for something from elsewhere"
        );
        assert!(page.contains("<title>"), "{command}");
        // What a guarantee takes is a table where nothing has to be drawn.
        assert!(command == "guarantee" || page.contains("<desc"), "{command}");
        assert!(page.contains("Who sees this"), "{command}");
    }
}

/// What the calendar and bets say in words is there for programs and on the page.
#[test]
fn time_and_bets_are_in_every_form() {
    let place = example("three-lights");
    let (_, page) = with_page(&["stage"], &place);
    for words in
        ["What if it begins later?", "2031-08-20", "Could terms that depend on what happens help?"]
    {
        assert!(page.contains(words), "{words}");
    }
    let out = detente(&["stage", &place, "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(answer["calendar"]["closes_after_phase"], 4);
    let begins = answer["calendar"]["begins"].as_array().expect("a list");
    assert_eq!(begins[0]["date"], "2031-03-01");
    assert!(begins[0]["fair"]["nash"].is_string() && begins[0]["best"]["plan"].is_array());
    assert_eq!(answer["contingent"][0]["side_bets"][0]["believer"], "Skerry");
}

/// A scenario's folder without a word on staging is staged, with defaults that
/// are named; the deal is one of its acceptable outcomes.
#[test]
fn an_ordinary_scenario_is_staged() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        std::fs::write(file, text).expect("written");
    };
    put(
        "scenario.yaml",
        "title: Two towns\nparties:\n  up: Upper town\n  down: Lower town\nissues:\n  water: [none, half, all]\n  road: [closed, open]\n",
    );
    put(
        "parties/up.yaml",
        "reservation: 0\nissues:\n  water: {values: {none: 0, half: -2, all: -5}}\n  road: {values: {closed: 0, open: 6}}\n",
    );
    put(
        "parties/down.yaml",
        "reservation: 0\nissues:\n  water: {values: {none: 0, half: 4, all: 7}}\n  road: {values: {closed: 0, open: -1}}\n",
    );
    let place = folder.path().to_str().expect("a path");
    let checked = detente(&["check", place]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let ask = |command: &str| -> serde_json::Value {
        let out = detente(&[command, place, "--format", "json"]);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_slice(&out.stdout).expect("JSON")
    };
    let bare = ask("stage");
    assert!(bare["deal"].as_str().expect("a deal").contains("road=open"));
    // Irreversible steps, nothing afterwards, no escrow: nothing holds, and a link would do.
    assert_eq!(bare["self_enforcing"], false);
    assert!(bare["max_min_slack_if_linked"].is_string());
    assert!(bare["assumed"].to_string().contains("water: half by up"));
    let fair = bare["deals_compared"].to_string();
    assert!(fair.contains("nash"), "{fair}");
    assert!(ask("guarantee")["min_total_bond"].is_string());
    assert!(ask("interim")[0]["verdict"].is_string());
    // A word on how it is carried out, and it holds.
    put(
        "staging.yaml",
        "version: 1\ndiscount: 0.95\nresidual: 6\ndeliverables:\n  - {id: canal, by: up, recover: 0.5, keep: 0, steps: [{}, {}]}\ncarried_out_by:\n  water: {none: null, half: {canal: 1}, all: {canal: 2}}\nratification:\n  draft: {water: all, road: open}\n  parties:\n    - {name: up, quota: 1, constituencies: [{name: farms, weight: 1, reserve: -3, u: {water: [0, -2, -5], road: [0, 0]}}]}\n    - {name: down, quota: 0, constituencies: []}\n",
    );
    let told = ask("stage");
    assert_eq!(told["self_enforcing"], true, "{told}");
    let home = ask("ratify");
    assert_eq!(home["fair_deals_fail_in"]["utilitarian"], serde_json::json!([]), "{home}");
    assert_eq!(home["deals"]["without"]["acceptable"], 3);
    assert_eq!(home["deals"]["with"]["acceptable"], 2);
    // The scenario itself reads as before.
    assert!(detente(&["solve", place]).status.success());
    put("staging.yaml", "version: 1\ncarried_out_by: {waters: {none: null}}\n");
    let refused = detente(&["stage", place]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no issue of the scenario"));
}

/// What a verdict rests on: a number moved past its flip changes the verdict.
#[test]
fn flips_are_where_the_answer_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = |residual: &str| {
        let file = folder.path().join("case.yaml");
        let text = format!(
            "version: 1\nparties: [A, B]\nweight: 1\nmax_phases: 1\ndiscount: 0.9\nresidual: {{A: {residual}, B: 8}}\ndeliverables:\n  - {{id: x, by: A, steps: [{{v: [-4, 6]}}]}}\n  - {{id: y, by: B, steps: [{{v: [5, -2]}}]}}\n"
        );
        std::fs::write(&file, text).expect("written");
        let place = file.to_str().expect("a path").to_owned();
        let out = detente(&["stage", "--sensitivity", "--format", "json", &place]);
        serde_json::from_slice::<serde_json::Value>(&out.stdout).expect("JSON")
    };
    let held = case("6");
    let plan = &held["sensitivity"]["plan"];
    assert_eq!(plan["verdict"], "the plan holds");
    let numbers = plan["numbers"].as_array().expect("a list");
    let number = numbers.iter().find(|n| n["number"] == "worth of the finished deal to A");
    let at = number.expect("listed")["flips_below"]["at"].as_str().expect("it flips").to_owned();
    // In one phase A goes on while 0.9·C ≥ 4, so the flip is at C = 40/9.
    let (top, bottom) = at.split_once('/').expect("a fraction");
    let at = top.parse::<f64>().expect("a number") / bottom.parse::<f64>().expect("a number");
    assert!((at - 40.0 / 9.0).abs() < 0.004, "{at}");
    assert_eq!(case("4.5")["self_enforcing"], true);
    assert_eq!(case("4.4")["self_enforcing"], false);
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
    for (key, code) in [
        ("leak: 2", "staging-out-of-range"),
        ("max_phases: 0", "staging-limit"),
        ("target: {x: 4}", "staging-no-such-step"),
        ("discount: {low: 0.9, high: 0.8}", "staging-range"),
        ("windows: [{step: {x: 1}, from: 3, until: 2}]", "staging-window"),
        ("guarantors: {g: {at_most: [-1, 2]}}", "staging-out-of-range"),
        ("interims: {s: {steps: {z: 1}}}", "staging-no-such-deliverable"),
    ] {
        refused(&format!("{good}{key}\n"), code, 5);
    }
    refused(&good.replace("id: y", "id: x"), "staging-twice", 4);
    refused(&good.replace("by: A", "by: A, recover: 1.5"), "staging-out-of-range", 3);
    refused(
        &format!(
            "{good}contingent:\n  - {{event: e, by: 2031-01-01, probability: [1.2, 0.5], stake: 2}}\n"
        ),
        "staging-out-of-range",
        6,
    );
    refused("parties: [A, B]\ndeliverables: [\n", "bad-yaml", 3);
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
