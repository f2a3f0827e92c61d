//! Real GENIUS folders, against answers found by enumeration elsewhere.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it must")]

mod support;

use detente_model::Outcome;
use serde_json::Value;
use support::{Enumerated, enumerate, folder, shared, sound, texts, utilities};

/// Folders with more outcomes are read but not enumerated here.
const MOST_ENUMERATED: u64 = 20_000;

fn close(ours: f64, theirs: &Value, what: &str) {
    let theirs = theirs.as_f64().unwrap();
    assert!((ours - theirs).abs() < 1e-6, "{what}: {ours} and not {theirs}");
}

fn compare(name: &str, found: &Enumerated, expected: &Value) {
    assert_eq!(found.acceptable.len() as u64, expected["acceptable"], "{name}: acceptable");
    assert_eq!(found.frontier.len() as u64, expected["frontier_size"], "{name}: frontier");
    if let Some(points) = expected["frontier"].as_array() {
        for point in points {
            let point: Vec<f64> =
                point.as_array().unwrap().iter().map(|u| u.as_f64().unwrap()).collect();
            let same = |v: &&Vec<f64>| v.iter().zip(&point).all(|(a, b)| (a - b).abs() < 1e-6);
            assert!(found.frontier.iter().any(|v| same(&v)), "{name}: {point:?} is missing");
        }
    }
    if !found.acceptable.is_empty() {
        close(found.nash(), &expected["nash"]["value"], &format!("{name}: Nash"));
        close(
            found.egalitarian(),
            &expected["egalitarian"]["value"],
            &format!("{name}: egalitarian"),
        );
        close(
            found.utilitarian(),
            &expected["utilitarian"]["value"],
            &format!("{name}: utilitarian"),
        );
        let theirs = &expected["kalai_smorodinsky"]["value"];
        close(found.kalai_smorodinsky(), theirs, &format!("{name}: Kalai–Smorodinsky"));
    }
}

#[test]
fn every_genius_folder_is_read_as_expected() {
    let (Some(folders), Some(expected)) = (shared("genius"), shared("genius-expected.json")) else {
        return;
    };
    let expected: Value = serde_json::from_slice(&std::fs::read(expected).unwrap()).unwrap();
    let (mut read, mut enumerated, mut refused) = (0, 0, Vec::new());
    for (name, expected) in expected.as_object().unwrap() {
        let reading = detente_formats::read(folder(&folders.join(name)));
        let Some(scenario) = reading.loaded.value else {
            let errors = reading.loaded.diagnostics.iter().filter(|d| d.is_error());
            refused.push((name.clone(), errors.map(|d| d.code).collect::<Vec<_>>()));
            continue;
        };
        read += 1;
        if expected.is_null() {
            continue;
        }
        let ids: Vec<&str> = scenario.parties().iter().map(|p| p.id.as_str()).collect();
        let theirs: Vec<&str> =
            expected["parties"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
        assert_eq!(ids, theirs, "{name}: parties");
        assert_eq!(
            scenario.outcome_count(),
            expected["outcomes"].as_u64().unwrap().into(),
            "{name}"
        );
        if scenario.outcome_count() <= MOST_ENUMERATED.into() {
            compare(name, &enumerate(&scenario), expected);
            enumerated += 1;
        }
    }
    println!(
        "{read} folders read, {enumerated} of them enumerated and compared; refused: {refused:?}"
    );
    assert_eq!(refused, [("other-AMPOvsCity".to_owned(), vec!["duplicate-name"])]);
    assert_eq!((read, enumerated), (58, 46));
}

const DOMAIN: &str = r#"<negotiation_template><utility_space number_of_issues="2">
<objective index="0" name="root" type="objective" etype="objective">
<issue index="1" name="x" type="integer" etype="integer" lowerbound="0" upperbound="9"/>
<issue index="2" name="y" type="integer" etype="integer" lowerbound="5" upperbound="7"/>
</objective></utility_space></negotiation_template>"#;

#[test]
fn rectangles_include_exclude_or_hold_always() {
    let profile = r#"<utility_space type="nonlinear"><objective index="0" name="root">
<utility maxutility="100"><ufun type="PlainUfun" weight="1" aggregation="sum">
<hyperRectangle utility="40"><INCLUDES index="1" min="2" max="4"/><INCLUDES index="2" min="6" max="99"/></hyperRectangle>
<hyperRectangle utility="30"><EXCLUDES index="1" min="0" max="2"/><EXCLUDES index="2" min="5" max="5"/></hyperRectangle>
<hyperRectangle utility="50"/>
<hyperRectangle utility="7"><INCLUDES index="1" min="3" max="8"/><INCLUDES index="1" min="0" max="3"/></hyperRectangle>
</ufun></utility></objective><reservation value="0.75"/></utility_space>"#;
    let scenario = sound(texts(&[("d.xml", DOMAIN), ("a.xml", profile), ("b.xml", profile)]));
    let at = |x: usize, y: usize| utilities(&scenario, &Outcome::from_options([x, y - 5]))[0];
    // Only the rectangle without intervals.
    assert_eq!(at(1, 5), 0.5);
    // x is outside the excluded box, so not inside all its intervals.
    assert_eq!(at(9, 5), 0.8);
    // y alone is outside the excluded box: that is enough.
    assert_eq!(at(0, 6), 0.8);
    // 40 + 30 + 50 pass the cap.
    assert_eq!(at(2, 6), 1.0);
    assert_eq!(at(3, 5), 0.87);
    assert_eq!(scenario.preferences()[0].utility().unwrap().reservation.to_f64(), 0.75);
}
