//! When something happened, as far as the words allow: an interval of days
//! with the words it was read from.

use jiff::civil::Date;
use serde::Serialize;

/// An interval of days, both ends included; an end that is not known is absent.
///
/// The words are kept because the interval is a reading of them, not the
/// other way round.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct When {
    /// The words as they stood in the source ("a day earlier"); empty when
    /// the interval was entered directly.
    pub words: String,
    /// The earliest day it can be; absent when nothing bounds it.
    pub from: Option<Date>,
    /// The latest day it can be; absent when nothing bounds it.
    pub to: Option<Date>,
}

impl When {
    /// One known day, without words.
    #[must_use]
    pub fn on(day: Date) -> Self {
        Self { words: String::new(), from: Some(day), to: Some(day) }
    }

    /// Between two days, without words. Ends given in the wrong order are kept
    /// as given; the record's check reports them.
    #[must_use]
    pub fn between(from: Option<Date>, to: Option<Date>) -> Self {
        Self { words: String::new(), from, to }
    }

    /// The same interval, read from these words.
    #[must_use]
    pub fn worded(mut self, words: impl Into<String>) -> Self {
        self.words = words.into();
        self
    }

    /// Whether every day it can be lies before every day the other can be.
    #[must_use]
    pub fn surely_before(&self, other: &Self) -> bool {
        matches!((self.to, other.from), (Some(a), Some(b)) if a < b)
    }

    /// Whether it can already have begun on this day.
    #[must_use]
    pub fn may_begin_by(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day)
    }

    /// Whether it is exactly one day.
    #[must_use]
    pub fn is_one_day(&self) -> bool {
        self.from.is_some() && self.from == self.to
    }

    /// The interval in ISO days: `2024-10-20`, `2024-10-14 to 2024-10-20`,
    /// `by 2024-10-23`, `from 2024-05-01`, or `not known`.
    #[must_use]
    pub fn days(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => from.to_string(),
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (Some(from), None) => format!("from {from}"),
            (None, Some(to)) => format!("by {to}"),
            (None, None) => "not known".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn before_is_said_only_when_no_reading_contradicts_it() {
        let may = When::between(Some(date(2024, 5, 1)), Some(date(2024, 5, 10)));
        let open = When::between(None, Some(date(2024, 10, 23)));
        let june = When::on(date(2024, 6, 1));
        assert!(may.surely_before(&june));
        assert!(!june.surely_before(&may));
        assert!(!open.surely_before(&june) && !june.surely_before(&open));
        assert_eq!(open.days(), "by 2024-10-23");
        assert_eq!(may.days(), "2024-05-01 to 2024-05-10");
    }
}
