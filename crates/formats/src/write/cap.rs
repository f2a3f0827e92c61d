//! Whether a cap on utilities can change any, by looking for an outcome above it.

use super::tables::{Tables, negated};
use detente_model::{Number, Utility};

/// Partial outcomes looked at before giving up.
const MAX_NODES: u32 = 3_000_000;
/// More issues than this are not searched.
const MAX_ISSUES: usize = 200;

/// Whether some outcome is worth more than `cap`, or none was found to be sure.
pub(crate) fn may_bind(tables: &Tables, utility: &Utility, cap: &Number) -> bool {
    if &super::tables::highest(tables, utility) <= cap {
        return false;
    }
    if utility.interactions.is_empty() || tables.values.len() > MAX_ISSUES {
        return true;
    }
    let Some(mut search) = Search::new(tables, utility, cap) else { return true };
    let start = search.start;
    search.exceeds(0, start) || search.left == 0
}

/// A way to settle an issue, the same for all interactions as for its like.
struct Class {
    worth: i128,
    /// The interactions this breaks.
    breaks: Vec<usize>,
}

struct Search {
    classes: Vec<Vec<Class>>,
    /// Per interaction: its value, and by how many choices it is broken so far.
    values: Vec<i128>,
    broken: Vec<u32>,
    /// The most that issues from this one on add.
    rest: Vec<i128>,
    /// The last issue each interaction asks about: then it is known whether it holds.
    closes: Vec<Vec<usize>>,
    cap: i128,
    start: i128,
    left: u32,
}

impl Search {
    fn new(tables: &Tables, utility: &Utility, cap: &Number) -> Option<Self> {
        let mut constant = tables.constant.clone();
        let mut interactions = Vec::new();
        for interaction in &utility.interactions {
            let (always, positive) = negated(interaction);
            constant = &constant + &always;
            interactions.push(positive);
        }
        let numbers: Vec<&Number> = tables
            .values
            .iter()
            .flatten()
            .chain(interactions.iter().map(|i| &i.value))
            .chain([&constant, cap])
            .collect();
        let scale = Scale::of(numbers)?;
        let values: Option<Vec<i128>> =
            interactions.iter().map(|i| scale.whole(&i.value)).collect();
        let values = values?;
        let mut classes = Vec::new();
        for (issue, row) in tables.values.iter().enumerate() {
            let mut here: Vec<Class> = Vec::new();
            for (option, worth) in row.iter().enumerate() {
                let worth = scale.whole(worth)?;
                let breaks: Vec<usize> = interactions
                    .iter()
                    .enumerate()
                    .filter(|(_, i)| {
                        i.conditions.iter().any(|c| c.issue == issue && !c.holds(option))
                    })
                    .map(|(index, _)| index)
                    .collect();
                match here.iter_mut().find(|c| c.breaks == breaks) {
                    Some(class) => class.worth = class.worth.max(worth),
                    None => here.push(Class { worth, breaks }),
                }
            }
            here.sort_by_key(|c| c.breaks.len());
            classes.push(here);
        }
        let mut rest = vec![0_i128; classes.len() + 1];
        for issue in (0..classes.len()).rev() {
            let most = classes[issue].iter().map(|c| c.worth).max()?;
            rest[issue] = rest[issue + 1].checked_add(most)?;
        }
        let mut closes = vec![Vec::new(); classes.len()];
        let mut start = scale.whole(&constant)?;
        for (index, interaction) in interactions.iter().enumerate() {
            let last = interaction.conditions.iter().map(|c| c.issue).max();
            if values[index] > 0 || last.is_none() {
                // Counted until broken.
                start = start.checked_add(values[index])?;
            } else if let Some(last) = last {
                closes[last].push(index);
            }
        }
        // No sum on the way is larger than all of this together.
        let bound =
            values.iter().map(|v| v.checked_abs()).try_fold(start, |s, v| s.checked_add(v?))?;
        bound.checked_add(rest[0].checked_abs()?)?;
        let broken = vec![0; values.len()];
        let cap = scale.whole(cap)?;
        Some(Self { classes, values, broken, rest, closes, cap, start, left: MAX_NODES })
    }

    /// Whether settling the issues from `issue` on can bring `sum` above the cap.
    fn exceeds(&mut self, issue: usize, sum: i128) -> bool {
        if sum + self.rest[issue] <= self.cap || self.left == 0 {
            return false;
        }
        if issue == self.classes.len() {
            return true;
        }
        for class in 0..self.classes[issue].len() {
            self.left = self.left.saturating_sub(1);
            let mut next = sum + self.classes[issue][class].worth;
            for k in 0..self.classes[issue][class].breaks.len() {
                let interaction = self.classes[issue][class].breaks[k];
                if self.broken[interaction] == 0 && self.values[interaction] > 0 {
                    next -= self.values[interaction];
                }
                self.broken[interaction] += 1;
            }
            for &interaction in &self.closes[issue] {
                if self.broken[interaction] == 0 {
                    next += self.values[interaction];
                }
            }
            let found = self.exceeds(issue + 1, next);
            for k in 0..self.classes[issue][class].breaks.len() {
                let interaction = self.classes[issue][class].breaks[k];
                self.broken[interaction] -= 1;
            }
            if found {
                return true;
            }
        }
        false
    }
}

/// Fractions as whole numbers over one denominator.
pub(crate) struct Scale {
    denominator: i128,
}

impl Scale {
    /// The least denominator that makes all of them whole, unless it is enormous.
    pub(crate) fn of<'a>(numbers: impl IntoIterator<Item = &'a Number>) -> Option<Self> {
        let mut common = 1_i128;
        for number in numbers {
            let (own, mut x, mut y) = (denominator(number)?, common, denominator(number)?);
            while y != 0 {
                (x, y) = (y, x % y);
            }
            common = (common / x).checked_mul(own)?;
        }
        Some(Self { denominator: common })
    }

    /// The number over that denominator, unless it is enormous.
    pub(crate) fn whole(&self, number: &Number) -> Option<i128> {
        let numerator: i128 = number.as_rational().numer().to_string().parse().ok()?;
        numerator.checked_mul(self.denominator / denominator(number)?)
    }
}

fn denominator(number: &Number) -> Option<i128> {
    number.as_rational().denom().to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_model::preference::{Interaction, When};
    use detente_model::{Condition, Known};

    #[test]
    fn a_cap_binds_only_where_an_outcome_passes_it() {
        let interaction = |issue, options: &[usize], value| Interaction {
            conditions: vec![Condition::new(issue, options.to_vec())],
            when: When::All,
            value: Number::ratio(value, 10).unwrap(),
            known: Known::Unknown,
        };
        let zero = Number::zero();
        let tables = Tables { values: vec![vec![zero.clone(); 3]; 2], constant: zero };
        let mut utility = Utility::new(2);
        // 0.6 and 0.5 exclude each other; 0.4 goes with either; -0.2 comes with option 2.
        utility.interactions = vec![
            interaction(0, &[0], 6),
            interaction(0, &[1, 2], 5),
            interaction(1, &[1, 2], 4),
            interaction(1, &[2], -2),
        ];
        assert!(!may_bind(&tables, &utility, &Number::one()));
        assert!(may_bind(&tables, &utility, &Number::ratio(99, 100).unwrap()));
        utility.interactions.push(Interaction { when: When::NotAll, ..interaction(1, &[0, 1], 3) });
        assert!(may_bind(&tables, &utility, &Number::one()), "0.6 + 0.4 - 0.2 + 0.3");
    }
}
