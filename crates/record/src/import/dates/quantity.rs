//! Number words and how much they leave open.

use super::{Quantity, Unit};

/// `a`, `two`, `several`, `12` and the like: the range it can mean.
fn number(words: &str) -> Option<(i32, i32)> {
    const NAMES: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let words = words.trim().to_lowercase();
    let words = words.strip_prefix("the ").unwrap_or(&words);
    Some(match words {
        "a" | "an" | "the" | "" => (1, 1),
        "a couple of" | "couple of" | "couple" | "a couple" => (2, 2),
        "a few" | "few" => (2, 5),
        "several" => (3, 7),
        "many" => (4, 12),
        "a dozen" | "dozen" => (12, 12),
        "thirty" => (30, 30),
        "a hundred" | "hundred" => (100, 100),
        other => {
            let n = match NAMES.iter().position(|name| *name == other) {
                Some(n) => i32::try_from(n).ok()?,
                None => other.parse::<i32>().ok().filter(|n| (0..=2000).contains(n))?,
            };
            (n, n)
        }
    })
}

/// A quantity from its three parts: "almost", "one", "week".
pub(super) fn quantity(about: &str, many: &str, unit: &str) -> Option<Quantity> {
    let (low, high) = number(many)?;
    let unit = self::unit(unit)?;
    let day = |n: i32| n.saturating_mul(days_in(unit));
    let about = about.trim().to_lowercase();
    let exact =
        (about.is_empty() || matches!(about.as_str(), "just" | "exactly" | "only")) && low == high;
    let (least, most) = match about.as_str() {
        "almost" | "nearly" | "close to" => (share(day(low), 3, 4), day(high)),
        "about" | "around" | "roughly" | "some" | "approximately" => {
            (share(day(low), 4, 5), share(day(high), 6, 5))
        }
        "more than" | "over" | "at least" | "just over" | "well over" => {
            (day(low), share(day(high), 3, 2).max(day(high) + 1))
        }
        "less than" | "fewer than" | "under" | "just under" | "within" | "barely" | "up to"
        | "not even" => (0, day(high)),
        _ => (day(low), day(high)),
    };
    Some(Quantity { exact: exact.then_some(low), least_days: least, most_days: most, unit })
}

/// "recent days", "the past months": a stretch whose number is not given.
pub(super) fn vague(unit: &str) -> Option<Quantity> {
    let unit = self::unit(unit)?;
    let most_days = match unit {
        Unit::Hour => 1,
        Unit::Day => 7,
        Unit::Week => 42,
        Unit::Month => 183,
        Unit::Year => 1826,
    };
    // Six calendar months rather than 183 days, five years rather than 1826.
    let exact = match unit {
        Unit::Month => Some(6),
        Unit::Year => Some(5),
        _ => None,
    };
    Some(Quantity { exact, least_days: 0, most_days, unit })
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word.to_lowercase().trim_end_matches('s') {
        "hour" => Unit::Hour,
        "day" | "night" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    })
}

fn days_in(unit: Unit) -> i32 {
    match unit {
        Unit::Hour => 0,
        Unit::Day => 1,
        Unit::Week => 7,
        Unit::Month => 30,
        Unit::Year => 365,
    }
}

fn share(days: i32, of: i32, parts: i32) -> i32 {
    days.saturating_mul(of) / parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn almost_one_week_is_five_to_seven_days() {
        let q = quantity("almost", "one", "week").unwrap();
        assert_eq!((q.exact, q.least_days, q.most_days), (None, 5, 7));
    }

    #[test]
    fn a_few_days_and_two_months() {
        let few = quantity("", "a few", "days").unwrap();
        assert_eq!((few.exact, few.least_days, few.most_days), (None, 2, 5));
        assert_eq!(quantity("", "two", "months").unwrap().exact, Some(2));
        assert!(quantity("", "blue", "months").is_none());
    }
}
