//! Published hyper-rectangle scenarios against their published frontiers.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it must")]

use detente_analysis::frontier::{Completeness, frontier};
use detente_analysis::{Budget, Problem};
use detente_formats::{Folder, SourceFile};
use std::path::Path;

type Vectors = Vec<Vec<f64>>;

/// The utilities of a folder's frontier, and those of its `pareto.xml`.
fn both(name: &str) -> Option<(Vectors, Vectors)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/scenarios/genius");
    let folder = root.join(name);
    if !folder.exists() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let entry = entry.unwrap();
        let file = entry.file_name().to_string_lossy().into_owned();
        files.push(SourceFile::new(file, std::fs::read(entry.path()).unwrap()));
    }
    let scenario = detente_formats::read(Folder { name: name.into(), files }).loaded.value.unwrap();
    let problem = Problem::new(&scenario).unwrap();
    let found = frontier(&problem, &Budget::default());
    assert_eq!(found.completeness, Completeness::Complete);
    let ours = found.points.iter().map(|p| problem.in_own_units(&p.utilities)).collect();
    let published = std::fs::read_to_string(folder.join("pareto.xml")).unwrap();
    let lines = published.lines().filter(|l| !l.trim().is_empty());
    let numbers = |l: &str| l.split(',').map(|n| n.trim().parse().unwrap()).collect();
    Some((ours, lines.map(numbers).collect()))
}

fn close(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6)
}

#[test]
fn the_frontier_of_ten_issues_is_the_published_one() {
    let Some((ours, mut theirs)) = both("2014-10issues") else { return };
    theirs.sort_by(|a, b| b[0].total_cmp(&a[0]));
    assert_eq!(ours.len(), theirs.len());
    for (a, b) in ours.iter().zip(&theirs) {
        assert!(close(a, b), "{a:?} and not {b:?}");
    }
}

#[test]
fn other_published_frontiers_are_covered() {
    // These were published without a claim to be exact: each of their points
    // must be matched or beaten by one of ours.
    for name in ["2014-10issueswithRV", "other-S-1NIKFRT-1"] {
        let Some((ours, theirs)) = both(name) else { return };
        let mut equal = 0;
        for point in &theirs {
            let covers = |o: &Vec<f64>| o.iter().zip(point).all(|(a, b)| a + 1e-6 >= *b);
            assert!(ours.iter().any(covers), "{name}: {point:?}");
            equal += usize::from(ours.iter().any(|o| close(o, point)));
        }
        println!("{name}: {} points, {equal} of {} published ones", ours.len(), theirs.len());
    }
}
