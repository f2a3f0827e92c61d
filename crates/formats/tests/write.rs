//! What is written reads back the same.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it must")]

mod support;

use detente_formats::{Folder, Format, SourceFile, Written, write};
use detente_model::{Outcome, Scenario};
use support::{folder, shared, sound, texts};

fn as_folder(written: &Written) -> Folder {
    let files = written.files.iter().map(|(p, t)| SourceFile::new(p.clone(), t.clone())).collect();
    Folder { name: "written".into(), files }
}

/// Outcomes spread over the whole space, as options by name.
fn sample(scenario: &Scenario, count: u64) -> Vec<Outcome> {
    (0..count)
        .map(|k| {
            // A linear congruential walk: the same outcomes every time.
            let mut state = k.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
            Outcome::from_options(scenario.issues().iter().map(|issue| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                ((state >> 33) % issue.len().unwrap()) as usize
            }))
        })
        .collect()
}

/// Compares utilities and reservation values, parties by id and options by name.
fn assert_same(name: &str, before: &Scenario, after: &Scenario, outcomes: u64) {
    let issues: Vec<usize> =
        before.issues().iter().map(|i| after.issue_index(&i.name).unwrap()).collect();
    for (index, party) in before.parties().iter().enumerate() {
        let other = after.party_index(&party.id).unwrap();
        let reservation =
            |s: &Scenario, p: usize| s.preferences()[p].utility().unwrap().reservation.to_f64();
        let (old, new) = (reservation(before, index), reservation(after, other));
        assert!((old - new).abs() < 1e-12, "{name}: reservation of {}: {old} {new}", party.id);
        for outcome in sample(before, outcomes) {
            let mut choices = vec![0; issues.len()];
            for (i, issue) in before.issues().iter().enumerate() {
                let option = issue.option_name(outcome.option(i).unwrap());
                choices[issues[i]] = after.issues()[issues[i]].option_index(&option).unwrap();
            }
            let old = before.utility(index, &outcome).unwrap().to_f64();
            let new = after.utility(other, &Outcome::from_options(choices)).unwrap().to_f64();
            assert!((old - new).abs() < 1e-9, "{name}: {outcome:?} of {}: {old} {new}", party.id);
        }
    }
}

#[test]
fn real_scenarios_keep_their_utilities_in_every_format() {
    let (Some(genius), Some(sheets)) = (shared("genius"), shared("score-sheets")) else { return };
    let mut compared = 0;
    for path in [genius, sheets] {
        let mut paths: Vec<_> =
            std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        for path in paths.into_iter().filter(|p| p.is_dir()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let Some(scenario) = detente_formats::read(folder(&path)).loaded.value else {
                continue;
            };
            for format in
                [Format::DetenteYaml, Format::GeniusXml, Format::NegmasYaml, Format::GeniusWebJson]
            {
                let Ok(written) = write(&scenario, format) else { continue };
                if !written.losses.is_empty() {
                    continue;
                }
                let again = sound(as_folder(&written));
                if format == Format::DetenteYaml {
                    assert_eq!(again, scenario, "{name}: our own YAML must hold everything");
                }
                assert_same(&format!("{name} as {format}"), &scenario, &again, 40);
                compared += 1;
            }
        }
    }
    println!("{compared} conversions compared");
    assert!(compared > 150, "{compared}");
}

const SCENARIO: &str = include_str!("data/crossing/scenario.yaml");
const NORTH: &str = include_str!("data/crossing/parties/north.yaml");
const SOUTH: &str = include_str!("data/crossing/parties/south.yaml");

fn crossing() -> Scenario {
    sound(texts(&[
        ("scenario.yaml", SCENARIO),
        ("parties/north.yaml", NORTH),
        ("parties/south.yaml", SOUTH),
    ]))
}

#[test]
fn our_own_yaml_holds_everything() {
    let before = crossing();
    let written = write(&before, Format::DetenteYaml).unwrap();
    assert_eq!((written.losses.len(), written.remarks.len()), (0, 0));
    assert_eq!(sound(as_folder(&written)), before);
}

#[test]
fn what_a_format_cannot_hold_is_named() {
    let codes = |format| {
        let written = write(&crossing(), format);
        match written {
            Ok(written) => written.losses.iter().map(|d| d.code).collect::<Vec<_>>(),
            Err(errors) => errors.iter().map(|d| d.code).collect(),
        }
    };
    for format in [Format::GeniusXml, Format::NegmasYaml, Format::GeniusWebJson] {
        assert_eq!(codes(format), ["not-expressible"], "{format}: divisible issues");
    }
    assert_eq!(codes(Format::ScoreSheets), ["not-written"]);
    let mut draft = crossing().into_draft();
    let divisible = draft.issues.iter().position(detente_model::Issue::is_divisible).unwrap();
    draft.issues.remove(divisible);
    for preferences in &mut draft.preferences {
        if let detente_model::Statement::Utility(utility) = &mut preferences.statement {
            utility.issues.remove(divisible);
        }
    }
    let scenario = draft.check().0.unwrap();
    let written = write(&scenario, Format::NegmasYaml).unwrap();
    let losses: Vec<&str> = written.losses.iter().map(|d| d.code).collect();
    assert_eq!(
        losses,
        [
            "constraint-lost",
            "constraint-lost",
            "constraint-lost",
            "constraint-lost",
            "constraint-lost",
            "red-line-lost",
            "acceptance-lost",
            "cap-lost"
        ]
    );
    // What is left has the same utilities where the cap does not bind.
    let after = sound(as_folder(&written));
    let mut uncapped = scenario.into_draft();
    for preferences in &mut uncapped.preferences {
        if let detente_model::Statement::Utility(utility) = &mut preferences.statement {
            utility.cap = None;
        }
    }
    assert_same("crossing", &uncapped.check().0.unwrap(), &after, 500);
}

#[test]
fn rectangles_survive_genius_and_negmas() {
    let scenario = sound(texts(&[
        (
            "scenario.yaml",
            "parties: {a: , b: }\nissues:\n  x: {range: {from: -2, to: 7}}\n  y: {range: {from: 1, to: 4}}\n  z: {range: {from: 0, to: 2}}\n",
        ),
        (
            "parties/a.yaml",
            "reservation: 0.1\ninteractions:\n  - {when: {x: [-2, -1, 3], y: {from: 2}}, adds: 0.2}\n  - {unless: {z: 1, x: {to: 0}}, adds: 0.15}\n  - {unless: {z: [0, 2]}, adds: 0.05}\n  - {when: {x: 7}, adds: -0.125}\n  - {when: {}, adds: 0.2}\n",
        ),
        (
            "parties/b.yaml",
            "reservation: 0\nissues:\n  x: {weight: 1/3, linear: {slope: 0.1, intercept: 0.2}}\n  y: none\n  z: {weight: 0.1, values: {0: 1, 1: 0, 2: 1/2}}\ninteractions:\n  - {when: {y: [1, 4]}, adds: 0.3}\n",
        ),
    ]));
    for format in [Format::GeniusXml, Format::NegmasYaml, Format::DetenteYaml] {
        let written = write(&scenario, format).unwrap();
        assert!(written.losses.is_empty(), "{format}: {:?}", written.losses);
        assert_same(&format.to_string(), &scenario, &sound(as_folder(&written)), 500);
    }
    assert_eq!(write(&scenario, Format::GeniusWebJson).unwrap_err()[0].code, "not-expressible");
}

#[test]
fn ids_that_cannot_name_a_file_are_refused() {
    let text = "parties: {../evil: , b: }\nissues: {x: [p, q]}\npreferences:\n  ../evil: {reservation: 0, issues: {x: {values: {p: 1, q: 0}}}}\n  b: {reservation: 0, issues: {x: {values: {p: 0, q: 1}}}}\n";
    let scenario = sound(texts(&[("scenario.yaml", text)]));
    for format in
        [Format::DetenteYaml, Format::GeniusXml, Format::NegmasYaml, Format::GeniusWebJson]
    {
        assert_eq!(write(&scenario, format).unwrap_err()[0].code, "bad-file-name");
    }
}
