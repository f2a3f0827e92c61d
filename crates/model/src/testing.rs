//! Small scenarios for tests of this crate and of those above it.
//!
//! Not part of the stable interface.

use crate::issue::Issue;
use crate::number::Number;
use crate::party::Party;
use crate::preference::{IssueValue, Known, Preferences, Utility};
use crate::scenario::Draft;
use crate::value_function::ValueFunction;

/// A draft of categorical issues with additive tables: `tables[party][issue][option]`,
/// issues named `i0…`, options `o0…`, parties `p0…`, weights one, reservation values given.
#[must_use]
pub fn additive(tables: &[Vec<Vec<i64>>], reservations: &[i64]) -> Draft {
    let issues: Vec<Issue> = tables
        .first()
        .map(|t| {
            t.iter()
                .enumerate()
                .map(|(i, row)| {
                    Issue::categorical(format!("i{i}"), (0..row.len()).map(|o| format!("o{o}")))
                })
                .collect()
        })
        .unwrap_or_default();
    let preferences = tables.iter().zip(reservations).map(|(table, &reservation)| {
        let mut utility = Utility::new(issues.len());
        utility.reservation = Number::from(reservation);
        for (slot, row) in utility.issues.iter_mut().zip(table) {
            let value = ValueFunction::Table(row.iter().map(|&v| Number::from(v)).collect());
            *slot = Some(IssueValue { weight: Number::one(), value, known: Known::Unknown });
        }
        Preferences::from_utility(utility)
    });
    Draft {
        title: "test".into(),
        parties: (0..tables.len()).map(|p| Party::new(format!("p{p}"))).collect(),
        preferences: preferences.collect(),
        issues,
        ..Draft::default()
    }
}
