//! A party's numbers as plain tables and ranges, for formats that know no more.

use detente_model::diagnostic::Diagnostic;
use detente_model::preference::{Interaction, When};
use detente_model::{Evaluated, Issue, IssueKind, Number, Scenario, Utility};

/// More options than this in one issue are not written out one by one.
const MAX_OPTIONS: u64 = 100_000;

/// What each option of each issue contributes, weight included.
#[derive(Debug)]
pub(crate) struct Tables {
    /// `values[issue][option]`.
    pub(crate) values: Vec<Vec<Number>>,
    /// Added to every outcome.
    pub(crate) constant: Number,
}

impl Tables {
    /// The tables of the additive part of a utility.
    pub(crate) fn new(scenario: &Scenario, utility: &Utility) -> Result<Self, Vec<Diagnostic>> {
        let mut values = Vec::with_capacity(scenario.issues().len());
        for (issue, value) in scenario.issues().iter().zip(&utility.issues) {
            let Some(count) = issue.len().filter(|n| *n <= MAX_OPTIONS) else {
                return Err(vec![
                    Diagnostic::error(
                        "too-large",
                        format!("issue `{}` has over {MAX_OPTIONS} options; they cannot be written one by one", issue.name),
                    )
                    .hint("make its range shorter, or its step larger"),
                ]);
            };
            let table = (0..count as usize).map(|option| match value {
                Some(value) => contribution(&value.value.at(issue, option).times(&value.weight)),
                None => Number::zero(),
            });
            values.push(table.collect());
        }
        Ok(Self { values, constant: utility.constant.clone() })
    }

    /// The same utility with every entry at zero or above and no constant,
    /// if no outcome is below zero.
    pub(crate) fn without_constant(mut self) -> Option<Self> {
        let negative = self.values.iter().flatten().any(Number::is_negative);
        if self.constant.is_zero() && !negative {
            return Some(self);
        }
        let mut total = self.constant.clone();
        for row in &mut self.values {
            let least = row.iter().min()?.clone();
            for value in row.iter_mut() {
                *value = &*value - &least;
            }
            total = &total + &least;
        }
        if total.is_negative() {
            return None;
        }
        for value in self.values.first_mut()? {
            *value = &*value + &total;
        }
        self.constant = Number::zero();
        Some(self)
    }

    /// The largest entry of each issue.
    pub(crate) fn largest(&self) -> Vec<Number> {
        let zero = Number::zero;
        self.values.iter().map(|row| row.iter().max().cloned().unwrap_or_else(zero)).collect()
    }
}

/// A value as a number: the nearest double's where it is irrational.
pub(crate) fn contribution(value: &Evaluated) -> Number {
    match value {
        Evaluated::Exact(number) => number.clone(),
        Evaluated::Real(real) => Number::from_f64(*real).unwrap_or_else(Number::zero),
    }
}

/// No outcome is worth more than this (before a cap).
pub(crate) fn highest(tables: &Tables, utility: &Utility) -> Number {
    let sum = tables.largest().iter().fold(tables.constant.clone(), |sum, v| &sum + v);
    let positive = utility.interactions.iter().filter(|i| i.value.is_positive());
    positive.fold(sum, |sum, i| &sum + &i.value)
}

/// Runs of neighbouring options: `(first, last)` each.
pub(crate) fn runs(options: &[usize]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &option in options {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == option => *last = option,
            _ => runs.push((option, option)),
        }
    }
    runs
}

/// The boxes of neighbouring options that together are a combination: every
/// choice of one run for each condition. `None` when there are over 10,000.
pub(crate) fn ranges(interaction: &Interaction) -> Option<Vec<Vec<(usize, usize, usize)>>> {
    let mut boxes = vec![Vec::new()];
    for condition in &interaction.conditions {
        let runs = runs(&condition.options);
        if boxes.len().checked_mul(runs.len())? > 10_000 {
            return None;
        }
        boxes = boxes
            .iter()
            .flat_map(|b: &Vec<(usize, usize, usize)>| {
                runs.iter().map(|&(first, last)| {
                    b.iter().copied().chain([(condition.issue, first, last)]).collect()
                })
            })
            .collect();
    }
    Some(boxes)
}

/// "Not all" as "always, less all": the constant to add, and the interaction.
pub(crate) fn negated(interaction: &Interaction) -> (Number, Interaction) {
    match interaction.when {
        When::All => (Number::zero(), interaction.clone()),
        When::NotAll => (
            interaction.value.clone(),
            Interaction {
                when: When::All,
                value: -interaction.value.clone(),
                ..interaction.clone()
            },
        ),
    }
}

/// The numeric preferences of every party; orders and shares are no numbers for options.
pub(crate) fn numeric<'a>(
    scenario: &'a Scenario,
    target: &str,
) -> Result<Vec<&'a Utility>, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    for issue in scenario.issues().iter().filter(|i| is_divisible(i)) {
        errors.push(
            Diagnostic::error(
                "not-expressible",
                format!("{target} has no divisible issues, and `{}` is one", issue.name),
            )
            .hint("turn it into a range of shares first"),
        );
    }
    let mut utilities = Vec::new();
    for (party, preferences) in scenario.parties().iter().zip(scenario.preferences()) {
        match preferences.utility() {
            Some(utility) => utilities.push(utility),
            None => errors.push(
                Diagnostic::error(
                    "not-expressible",
                    format!("{target} needs numbers, and `{}` gives orders only", party.id),
                )
                .hint("give values, or stay with our own YAML"),
            ),
        }
    }
    if errors.is_empty() { Ok(utilities) } else { Err(errors) }
}

fn is_divisible(issue: &Issue) -> bool {
    issue.kind == IssueKind::Divisible
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_model::{Condition, Known};

    #[test]
    fn scattered_options_become_several_boxes() {
        assert_eq!(runs(&[0, 1, 2, 5, 7, 8]), [(0, 2), (5, 5), (7, 8)]);
        let interaction = Interaction {
            conditions: vec![Condition::new(0, vec![1, 3]), Condition::new(2, vec![0, 1])],
            when: When::NotAll,
            value: Number::from(3),
            known: Known::Unknown,
        };
        assert_eq!(
            ranges(&interaction).unwrap(),
            [vec![(0, 1, 1), (2, 0, 1)], vec![(0, 3, 3), (2, 0, 1)]]
        );
        let (constant, all) = negated(&interaction);
        assert_eq!((constant, all.value), (Number::from(3), Number::from(-3)));
    }
}
