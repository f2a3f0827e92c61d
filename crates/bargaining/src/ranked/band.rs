//! Some package of about a given utility: what time-dependent negotiators offer.
//!
//! In a small space the sorted list has it. In a large one the options of each
//! issue are put on a grid of utility levels, the packages that reach each
//! level are counted issue by issue, and one is drawn evenly among those of a
//! level; its exact utility is then checked.

use super::Sorted;
use crate::chance::Chance;
use crate::own::OwnUtility;
use crate::table::Package;
use std::sync::Arc;

/// Steps between a party's worst and best package.
const LEVELS: usize = 2_000;
/// How many packages are drawn before the band is widened upwards, and how often that is done.
const DRAWS: usize = 64;
const WIDENINGS: usize = 12;

/// Draws packages by utility.
#[derive(Debug)]
pub struct Band {
    own: OwnUtility,
    top: Option<(i64, Package)>,
    space: Space,
}

#[derive(Debug)]
enum Space {
    Small(Arc<Sorted>),
    Large(Grid),
}

#[derive(Debug)]
struct Grid {
    lowest: i64,
    unit: i64,
    /// Per issue: levels that occur, with the options of each.
    issues: Vec<Vec<(usize, Vec<usize>)>>,
    /// Per issue and level: how many ways the issues from it on reach that level.
    ways: Vec<Vec<f64>>,
}

impl Band {
    /// Prepares the draws of one party.
    #[must_use]
    pub fn new(own: &OwnUtility) -> Self {
        let space = match own.sorted() {
            Some(sorted) => Space::Small(sorted),
            None => Space::Large(Grid::new(own)),
        };
        Self { own: own.clone(), top: own.best().cloned(), space }
    }

    /// The utility of the best package known; `None` when nothing is acceptable.
    #[must_use]
    pub fn best(&self) -> Option<i64> {
        self.top.as_ref().map(|t| t.0)
    }

    /// An acceptable package worth at least `target`, and not more than `width`
    /// above it where there is one; otherwise the nearest above that is found.
    pub fn draw(&self, target: i64, width: i64, chance: &mut Chance) -> Option<Package> {
        let top = self.top.as_ref()?;
        match &self.space {
            Space::Small(sorted) => {
                let mut places = sorted.between(target, target.saturating_add(width));
                if places.is_empty() {
                    let next = places.start.checked_sub(1);
                    let Some(next) = next else { return Some(top.1.clone()) };
                    places = next..next + 1;
                }
                let at = places.start + chance.below(places.len());
                sorted.package(&self.own, at).map(|found| found.1)
            }
            Space::Large(grid) => {
                let mut width = width.max(grid.unit * grid.issues.len() as i64);
                for _ in 0..WIDENINGS {
                    for _ in 0..DRAWS {
                        let Some(package) = grid.draw(target, width, chance) else { break };
                        let utility = self.own.utility(&package);
                        if utility >= target
                            && self.own.is_acceptable(&package)
                            && self.own.table().is_feasible(&package)
                        {
                            return Some(package);
                        }
                    }
                    width = width.saturating_mul(2);
                }
                Some(top.1.clone())
            }
        }
    }
}

impl Grid {
    fn new(own: &OwnUtility) -> Self {
        let least = |row: &Vec<i64>| row.iter().min().copied().unwrap_or(0);
        let most = |row: &Vec<i64>| row.iter().max().copied().unwrap_or(0);
        let lowest = own.constant + own.rows.iter().map(least).sum::<i64>();
        let span: i64 = own.rows.iter().map(|row| most(row) - least(row)).sum();
        let unit = (span / LEVELS as i64).max(1);
        let mut issues = Vec::new();
        for row in &own.rows {
            let mut levels: std::collections::BTreeMap<usize, Vec<usize>> = Default::default();
            for (option, &value) in row.iter().enumerate() {
                let level = usize::try_from((value - least(row)) / unit).unwrap_or(0);
                levels.entry(level).or_default().push(option);
            }
            issues.push(levels.into_iter().collect::<Vec<_>>());
        }
        let levels = usize::try_from(span / unit).unwrap_or(LEVELS) + 1;
        let mut ways = vec![vec![0.0; levels]; issues.len() + 1];
        ways[issues.len()][0] = 1.0;
        for (issue, options) in issues.iter().enumerate().rev() {
            let (head, tail) = ways.split_at_mut(issue + 1);
            for (level, who) in options {
                for (from, &count) in tail[0].iter().enumerate().take(levels - level) {
                    head[issue][from + level] += count * who.len() as f64;
                }
            }
        }
        Self { lowest, unit, issues, ways }
    }

    /// A package whose level lies in the band; its utility may be up to one
    /// unit an issue higher, and bonuses are not counted.
    fn draw(&self, target: i64, width: i64, chance: &mut Chance) -> Option<Package> {
        let level = |utility: i64| {
            let level = (utility - self.lowest).max(0) / self.unit;
            usize::try_from(level).unwrap_or(0).min(self.ways[0].len() - 1)
        };
        let (low, high) = (level(target), level(target.saturating_add(width)));
        let weights = &self.ways[0][low..=high];
        let mut left = low + pick(weights.iter().copied(), chance)?;
        let mut options = Vec::with_capacity(self.issues.len());
        for (issue, levels) in self.issues.iter().enumerate() {
            let after = &self.ways[issue + 1];
            let weights = levels.iter().map(|(level, who)| {
                let rest = left.checked_sub(*level).map_or(0.0, |rest| after[rest]);
                rest * who.len() as f64
            });
            let (level, who) = &levels[pick(weights, chance)?];
            options.push(who[chance.below(who.len())]);
            left -= level;
        }
        Some(Package(options))
    }
}

/// An index drawn by weight; `None` when all weigh nothing.
fn pick(weights: impl Iterator<Item = f64> + Clone, chance: &mut Chance) -> Option<usize> {
    let total: f64 = weights.clone().sum();
    let mut mark = chance.unit() * total;
    let mut last = None;
    for (index, weight) in weights.enumerate() {
        if weight > 0.0 {
            last = Some(index);
            mark -= weight;
            if mark < 0.0 {
                break;
            }
        }
    }
    last
}
