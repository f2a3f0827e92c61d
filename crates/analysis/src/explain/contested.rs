//! Which issues the parties fight over.

use super::worths;
use detente_model::Scenario;

/// How contested one issue is.
#[derive(Debug, Clone, PartialEq)]
pub struct Contest {
    /// The issue, by index.
    pub issue: usize,
    /// The least that all parties together must give up here whatever is
    /// chosen, each party's worths rescaled so that the ranges of all its
    /// issues sum to one. Zero when some option is best for everybody.
    pub loss: f64,
    /// Per party, the range of worths on this issue, rescaled likewise: its
    /// weight in effect; zero for parties without numbers.
    pub ranges: Vec<f64>,
    /// The two parties whose rescaled worths differ most over the options
    /// (largest loss of the two together at the option best for both
    /// together); `None` when no two parties disagree.
    pub between: Option<[usize; 2]>,
}

/// Every issue, most contested first. Interactions are not looked at.
#[must_use]
pub fn contested(scenario: &Scenario) -> Vec<Contest> {
    let issues = scenario.issues().len();
    let range = |row: &[f64]| {
        let top = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let bottom = row.iter().copied().fold(f64::INFINITY, f64::min);
        if row.is_empty() { 0.0 } else { top - bottom }
    };
    // [party][issue][option], rescaled.
    let tables: Vec<Option<Vec<Vec<f64>>>> = scenario
        .preferences()
        .iter()
        .map(|preferences| {
            let utility = preferences.utility()?;
            let mut rows: Vec<Vec<f64>> =
                (0..issues).map(|i| worths(scenario, utility, i)).collect();
            let total: f64 = rows.iter().map(|r| range(r)).sum();
            if total > 0.0 {
                rows.iter_mut().flatten().for_each(|w| *w /= total);
            }
            Some(rows)
        })
        .collect();
    let mut found: Vec<Contest> = (0..issues)
        .map(|issue| {
            let rows: Vec<(usize, &Vec<f64>)> = tables
                .iter()
                .enumerate()
                .filter_map(|(party, t)| Some((party, &t.as_ref()?[issue])))
                .collect();
            let divisible = scenario.issues()[issue].is_divisible();
            let loss = |some: &[(usize, &Vec<f64>)]| {
                if divisible {
                    // Only one can have each part of it: the rest lose theirs.
                    let wholes = some.iter().map(|(_, row)| range(row));
                    return wholes.clone().sum::<f64>() - wholes.fold(0.0, f64::max);
                }
                let options = some.iter().map(|(_, row)| row.len()).min().unwrap_or(0);
                let best: f64 = some
                    .iter()
                    .map(|(_, row)| row.iter().copied().fold(f64::NEG_INFINITY, f64::max))
                    .sum();
                let most = (0..options)
                    .map(|o| some.iter().map(|(_, row)| row[o]).sum::<f64>())
                    .fold(f64::NEG_INFINITY, f64::max);
                if options == 0 { 0.0 } else { (best - most).max(0.0) }
            };
            let mut between: Option<(f64, [usize; 2])> = None;
            for (at, a) in rows.iter().enumerate() {
                for b in &rows[at + 1..] {
                    let pair = loss(&[*a, *b]);
                    if pair > between.map_or(1e-12, |(most, _)| most) {
                        between = Some((pair, [a.0, b.0]));
                    }
                }
            }
            let ranges =
                tables.iter().map(|t| t.as_ref().map_or(0.0, |t| range(&t[issue]))).collect();
            Contest { issue, loss: loss(&rows), ranges, between: between.map(|b| b.1) }
        })
        .collect();
    found.sort_by(|a, b| b.loss.total_cmp(&a.loss).then(a.issue.cmp(&b.issue)));
    found
}
