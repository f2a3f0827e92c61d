//! Shared by the tests: folders from disk, and an oracle by plain enumeration.
#![allow(dead_code, reason = "each test file uses a part of this")]

use detente_formats::{Folder, SourceFile};
use detente_model::{Outcome, Scenario};
use std::path::{Path, PathBuf};

/// A folder of the project.
pub(crate) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A folder beside the project; `None`, with a line that says so, where it is absent.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let found = project("../shared/scenarios").join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: {} is not there", found.display());
    None
}

/// All files of a folder and of the folders in it.
pub(crate) fn folder(path: &Path) -> Folder {
    let mut files = Vec::new();
    gather(path, "", &mut files);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Folder { name, files }
}

fn gather(path: &Path, prefix: &str, files: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(path).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push(SourceFile::new(name, std::fs::read(entry.path()).unwrap()));
        }
    }
}

/// A folder of texts.
pub(crate) fn texts(files: &[(&str, &str)]) -> Folder {
    Folder {
        name: "test".into(),
        files: files.iter().map(|(path, text)| SourceFile::new(*path, *text)).collect(),
    }
}

/// Reads a scenario that must be sound.
pub(crate) fn sound(folder: Folder) -> Scenario {
    let reading = detente_formats::read(folder);
    let said: Vec<String> =
        reading.loaded.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
    reading.loaded.value.unwrap_or_else(|| panic!("not sound: {said:#?}"))
}

/// Every outcome, the last issue turning fastest.
pub(crate) fn outcomes(scenario: &Scenario) -> Vec<Outcome> {
    let lengths: Vec<usize> = scenario.issues().iter().map(|i| i.len().unwrap() as usize).collect();
    let mut all = vec![Vec::new()];
    for length in lengths {
        all = all
            .into_iter()
            .flat_map(|prefix: Vec<usize>| {
                (0..length).map(move |o| prefix.iter().copied().chain([o]).collect())
            })
            .collect();
    }
    all.into_iter().map(Outcome::from_options).collect()
}

/// The utilities of an outcome to every party.
pub(crate) fn utilities(scenario: &Scenario, outcome: &Outcome) -> Vec<f64> {
    (0..scenario.parties().len()).map(|p| scenario.utility(p, outcome).unwrap().to_f64()).collect()
}

/// What plain enumeration finds.
pub(crate) struct Enumerated {
    /// Utilities of acceptable outcomes.
    pub(crate) acceptable: Vec<Vec<f64>>,
    /// Distinct undominated utilities.
    pub(crate) frontier: Vec<Vec<f64>>,
    /// Reservation values.
    pub(crate) reservations: Vec<f64>,
}

/// Tolerance of comparisons between doubles.
const EPSILON: f64 = 1e-9;

/// Enumerates a scenario.
pub(crate) fn enumerate(scenario: &Scenario) -> Enumerated {
    let reservations: Vec<f64> =
        scenario.preferences().iter().map(|p| p.utility().unwrap().reservation.to_f64()).collect();
    let vectors: Vec<Vec<f64>> =
        outcomes(scenario).iter().map(|o| utilities(scenario, o)).collect();
    let acceptable = vectors
        .iter()
        .filter(|v| v.iter().zip(&reservations).all(|(u, r)| *u >= r - EPSILON))
        .cloned()
        .collect();
    let mut sorted = vectors;
    sorted.sort_by(|a, b| {
        let sum = |v: &[f64]| v.iter().sum::<f64>();
        sum(b).total_cmp(&sum(a))
    });
    let mut frontier: Vec<Vec<f64>> = Vec::new();
    for vector in sorted {
        // Also drops a vector equal to one that is there.
        let covered = |kept: &Vec<f64>| kept.iter().zip(&vector).all(|(k, v)| *k >= v - EPSILON);
        if !frontier.iter().any(covered) {
            frontier.push(vector);
        }
    }
    Enumerated { acceptable, frontier, reservations }
}

impl Enumerated {
    /// The best value of a rule over acceptable outcomes.
    fn best(&self, rule: impl Fn(&[f64]) -> f64) -> f64 {
        self.acceptable.iter().map(|v| rule(v)).fold(f64::NEG_INFINITY, f64::max)
    }

    fn gains(&self, vector: &[f64]) -> Vec<f64> {
        vector.iter().zip(&self.reservations).map(|(u, r)| u - r).collect()
    }

    /// The largest product of gains.
    pub(crate) fn nash(&self) -> f64 {
        self.best(|v| self.gains(v).iter().product())
    }

    /// The largest smallest gain.
    pub(crate) fn egalitarian(&self) -> f64 {
        self.best(|v| self.gains(v).into_iter().fold(f64::INFINITY, f64::min))
    }

    /// The largest sum of utilities.
    pub(crate) fn utilitarian(&self) -> f64 {
        self.best(|v| v.iter().sum())
    }

    /// The largest smallest share of the ideal gain.
    pub(crate) fn kalai_smorodinsky(&self) -> f64 {
        let ideal: Vec<f64> = (0..self.reservations.len())
            .map(|p| self.best(|v| v[p]) - self.reservations[p])
            .collect();
        let ratio = |v: &[f64]| {
            let gains = self.gains(v);
            let counted = gains.iter().zip(&ideal).filter(|(_, i)| **i > EPSILON);
            counted.map(|(g, i)| g / i).fold(f64::INFINITY, f64::min)
        };
        let best = self.best(ratio);
        if best.is_infinite() { 1.0 } else { best }
    }
}
