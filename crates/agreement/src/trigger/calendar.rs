//! Lengths of time, and which days count.

use crate::moment::Moment;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span as Civil, ToSpan};
use std::collections::BTreeSet;
use std::fmt;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// An hour of the clock, whatever the clocks are changed to meanwhile.
    Hours,
    /// A day of the civil calendar.
    Days,
    /// Seven of them.
    Weeks,
    /// A month: the same day of a later month, or that month's last.
    Months,
    /// A year: the same day of a later year, or 28 February.
    Years,
    /// A day that counts in a working calendar.
    WorkingDays,
}

impl Unit {
    /// Every unit with the words used in files.
    pub const WORDS: [(&'static str, Self); 12] = [
        ("hour", Self::Hours),
        ("hours", Self::Hours),
        ("day", Self::Days),
        ("days", Self::Days),
        ("week", Self::Weeks),
        ("weeks", Self::Weeks),
        ("month", Self::Months),
        ("months", Self::Months),
        ("year", Self::Years),
        ("years", Self::Years),
        ("working day", Self::WorkingDays),
        ("working days", Self::WorkingDays),
    ];
}

/// A length of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
    /// For working days: the index of the calendar that says which days count.
    pub calendar: Option<WorkCalendar>,
}

/// Longest span taken, in its unit: a thousand years of days.
pub const MAX_COUNT: u32 = 366_000;

impl Span {
    /// So many days.
    #[must_use]
    pub fn days(count: u32) -> Self {
        Self { count, unit: Unit::Days, calendar: None }
    }

    /// The day this long after a day; the last day there is where it would pass it.
    ///
    /// Hours count from the end of the day; see [`Span::moment_after`].
    #[must_use]
    pub fn after(&self, day: Date) -> Date {
        let count = i64::from(self.count);
        let civil = match self.unit {
            Unit::Hours => Civil::new().days((count + 23) / 24),
            Unit::Days => count.days(),
            Unit::Weeks => (7 * count).days(),
            Unit::Months => Civil::new().try_months(count).unwrap_or_default(),
            Unit::Years => Civil::new().try_months(12 * count).unwrap_or_default(),
            Unit::WorkingDays => {
                let calendar = self.calendar.clone().unwrap_or_default();
                return calendar.after(day, self.count);
            }
        };
        day.saturating_add(civil)
    }

    /// The moment this long after a moment. Only hours look at the time of
    /// day; they count in real time across a change of the clocks, and from
    /// the end of the day where no time is known.
    #[must_use]
    pub fn moment_after(&self, from: Moment, zone: &TimeZone) -> Moment {
        if self.unit != Unit::Hours {
            return Moment { day: self.after(from.day), time: None };
        }
        let hours = i64::from(self.count).hours();
        let end = zone
            .to_zoned(from.latest())
            .and_then(|start| start.checked_add(hours))
            .map(|end| end.datetime());
        match (end, from.time) {
            (Ok(end), Some(_)) => Moment { day: end.date(), time: Some(end.time()) },
            (Ok(end), None) => Moment::on(end.date()),
            (Err(_), _) => Moment::on(self.after(from.day)),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = usize::from(self.count != 1);
        let words = Unit::WORDS.iter().filter(|(_, u)| *u == self.unit).nth(plural);
        write!(f, "{} {}", self.count, words.map_or("", |(w, _)| w))
    }
}

/// Which days are working days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkCalendar {
    /// Its id.
    pub id: String,
    /// The days of the week off.
    pub weekend: Vec<Weekday>,
    /// Other days off.
    pub holidays: BTreeSet<Date>,
}

impl WorkCalendar {
    /// Whether a day counts.
    #[must_use]
    pub fn counts(&self, day: Date) -> bool {
        !self.weekend.contains(&day.weekday()) && !self.holidays.contains(&day)
    }

    /// The `count`-th day after `day` that counts.
    fn after(&self, mut day: Date, count: u32) -> Date {
        let mut left = count;
        // A calendar in which no day of the week counts is refused on reading.
        while left > 0 {
            let Ok(next) = day.tomorrow() else { return day };
            day = next;
            left -= u32::from(self.counts(day));
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn span(count: u32, unit: Unit) -> Span {
        Span { count, unit, calendar: None }
    }

    #[test]
    fn months_and_years_end_on_the_last_day_where_the_day_is_missing() {
        assert_eq!(span(1, Unit::Months).after(date(2031, 1, 31)), date(2031, 2, 28));
        assert_eq!(span(1, Unit::Years).after(date(2028, 2, 29)), date(2029, 2, 28));
        assert_eq!(span(8, Unit::Years).after(date(2015, 10, 18)), date(2023, 10, 18));
        assert_eq!(span(90, Unit::Days).after(date(2015, 7, 20)), date(2015, 10, 18));
    }

    #[test]
    fn hours_run_on_when_the_clocks_change() {
        let zone = TimeZone::get("Africa/Cairo").unwrap();
        // Egypt's clocks went forward in the night to 26 April 2024.
        let from: Moment = "2024-04-25 10:30".parse().unwrap();
        let end = span(48, Unit::Hours).moment_after(from, &zone);
        assert_eq!(end.to_string(), "2024-04-27 11:30");
        let unknown = span(48, Unit::Hours).moment_after(Moment::on(from.day), &TimeZone::UTC);
        assert_eq!(unknown.to_string(), "2024-04-27");
    }

    #[test]
    fn working_days_skip_what_does_not_count() {
        let calendar = WorkCalendar {
            id: "w".into(),
            weekend: vec![Weekday::Friday, Weekday::Saturday],
            holidays: [date(2031, 4, 6)].into(),
        };
        let five = Span { count: 3, unit: Unit::WorkingDays, calendar: Some(calendar) };
        // Thursday 3 April; Friday, Saturday off; Sunday a holiday; Monday, Tuesday, Wednesday.
        assert_eq!(five.after(date(2031, 4, 3)), date(2031, 4, 9));
        assert_eq!(five.to_string(), "3 working days");
    }

    #[test]
    fn the_end_of_the_calendar_stops_counting() {
        assert_eq!(Span::days(MAX_COUNT).after(Date::MAX), Date::MAX);
    }
}
