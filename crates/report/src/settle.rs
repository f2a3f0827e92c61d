//! How one issue is settled, in words.

use crate::numbers;
use crate::side::Side;
use detente_model::{Choice, Issue, Number, Scenario};
use num_traits::ToPrimitive;

/// Fractions with a denominator up to this are written as fractions.
const SIMPLE_DENOMINATOR: i64 = 24;

/// A share of a whole: `5/6`, `37.2%`.
pub(crate) fn share(value: &Number) -> String {
    let rational = value.as_rational();
    match rational.denom().to_i64() {
        Some(denominator) if denominator <= SIMPLE_DENOMINATOR => {
            format!("{}/{}", rational.numer(), denominator)
        }
        _ => format!("{}%", numbers::plain(value.to_f64() * 100.0)),
    }
}

/// The choice on one issue.
pub(crate) fn choice(issue: &Issue, choice: &Choice, sides: &[Side<'_>]) -> String {
    match choice {
        Choice::Option(option) => option_text(issue, *option),
        Choice::Shares(shares) => {
            let mut parts = Vec::new();
            for (side, value) in sides.iter().zip(shares).filter(|(_, v)| v.is_positive()) {
                if value == &Number::one() {
                    return format!("all to {}", side.letter());
                }
                parts.push(format!("{} {}", side.letter(), share(value)));
            }
            parts.join(" · ")
        }
    }
}

/// An option with its unit.
pub(crate) fn option_text(issue: &Issue, option: usize) -> String {
    let name = issue.option_name(option);
    if issue.is_numeric() && !issue.unit.is_empty() {
        format!("{name} {}", issue.unit)
    } else {
        name
    }
}

/// The choice on issue `index` of an outcome; empty where there is none.
pub(crate) fn of(
    scenario: &Scenario,
    outcome: &detente_model::Outcome,
    index: usize,
    sides: &[Side<'_>],
) -> String {
    match (scenario.issues().get(index), outcome.0.get(index)) {
        (Some(issue), Some(chosen)) => choice(issue, chosen, sides),
        _ => String::new(),
    }
}
