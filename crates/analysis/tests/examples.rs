//! The examples in `examples/` have the answers they say they have.
#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use detente_analysis::Budget;
use detente_analysis::division::adjusted_winner::adjusted_winner;
use detente_analysis::why_not::cuts::OwnCut;
use detente_analysis::why_not::lifts::{Effect, Lifted};
use detente_analysis::why_not::{Verdict, why_not};
use detente_formats::{Folder, SourceFile, read};
use detente_model::{Number, Outcome, Scenario};
use std::path::{Path, PathBuf};

fn example(name: &str) -> Scenario {
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    let mut files = Vec::new();
    for (prefix, folder) in [("", root.clone()), ("parties/", root.join("parties"))] {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
                files.push(SourceFile::new(path, std::fs::read(entry.path()).unwrap()));
            }
        }
    }
    let reading = read(Folder { name: name.into(), files });
    let found = reading.loaded.diagnostics;
    reading.loaded.value.unwrap_or_else(|| panic!("{found:?}"))
}

#[test]
fn camp_david_and_panama_are_divided_as_published() {
    let camp_david = adjusted_winner(&example("camp-david-1978")).unwrap();
    assert_eq!(camp_david.totals[0], Number::ratio(395, 6).unwrap());
    assert_eq!(camp_david.shares[camp_david.split.unwrap()][0], Number::ratio(1, 6).unwrap());
    let panama = adjusted_winner(&example("panama-canal")).unwrap();
    assert_eq!(panama.totals, [Number::from(66), Number::from(66)]);
    assert_eq!(panama.moved[0].1, Number::ratio(2, 15).unwrap());
}

/// Every outcome of Lake Orla.
fn outcomes(scenario: &Scenario) -> Vec<Outcome> {
    let sizes: Vec<u64> = scenario.issues().iter().map(|i| i.len().unwrap()).collect();
    (0..sizes.iter().product::<u64>())
        .map(|mut n| {
            Outcome::from_options(sizes.iter().map(|size| {
                let option = (n % size) as usize;
                n /= size;
                option
            }))
        })
        .collect()
}

#[test]
fn lake_orla_opens_when_the_one_thing_gives() {
    let scenario = example("lake-orla");
    let verdict = why_not(&scenario, &Budget::default()).unwrap();
    let Verdict::Impossible(answer) = verdict else { panic!("{verdict:?}") };
    let opening: Vec<Lifted> = answer
        .red_lines
        .iter()
        .chain(&answer.constraints)
        .filter(|lift| matches!(lift.effect, Effect::Opens(_)))
        .map(|lift| lift.what)
        .collect();
    assert_eq!(opening, [Lifted::RedLine(0, 0), Lifted::Constraint(2)]);
    assert!(answer.red_lines.iter().all(|lift| lift.effect != Effect::Undecided));
    assert_eq!((answer.red_lines.len(), answer.constraints.len()), (6, 2));
    assert_eq!(answer.not_negotiable, [0, 1]);
    let cut = |party: usize| match &answer.own_cuts[party] {
        OwnCut::Opens { cut, .. } => Some(cut.to_f64()),
        OwnCut::Never => None,
        OwnCut::Undecided => panic!("it is small"),
    };
    let cuts: Vec<_> = (0..6).map(cut).collect();
    assert_eq!(cuts, [None, None, Some(8.0), Some(1.0), Some(4.0), Some(5.0)]);
    assert!(answer.conflicts.complete && answer.joint_cuts.complete);
    // Verin's red line takes part in every conflict: lifting it ends them all.
    assert!(answer.conflicts.minimal.iter().all(|c| c.red_lines.contains(&(0, 0))));
}

#[test]
fn lake_orla_as_counted_one_by_one() {
    let scenario = example("lake-orla");
    let all = outcomes(&scenario);
    assert_eq!(all.len(), 14_580);
    // Outcomes every party could live with, by what they break: constraints, red lines.
    let mut clean = 0;
    let mut only_verins_line = 0;
    let mut only_one_crew = 0;
    for outcome in &all {
        let acceptable =
            scenario.utilities().unwrap().iter().enumerate().all(|(party, utility)| {
                scenario.utility(party, outcome).unwrap().exact().unwrap() >= &utility.reservation
            });
        if !acceptable {
            continue;
        }
        let broken = scenario.broken_constraints(outcome);
        let crossed: Vec<usize> = scenario
            .preferences()
            .iter()
            .enumerate()
            .filter(|(_, p)| p.red_lines.iter().any(|l| l.is_crossed(outcome)))
            .map(|(party, _)| party)
            .collect();
        match (broken.as_slice(), crossed.as_slice()) {
            ([], []) => clean += 1,
            ([], [0]) => only_verins_line += 1,
            ([2], []) => only_one_crew += 1,
            _ => {}
        }
    }
    assert_eq!((clean, only_verins_line, only_one_crew), (0, 4, 3));
}
