//! Date expressions: found in the text, then resolved against the day the
//! report is dated and against the dates that stand before them.
//!
//! Weeks run from Monday to Sunday. A weekday alone is the latest one up to the
//! report's day, or the next one where its clause speaks of the future.

mod find;
mod quantity;
mod resolve;

pub(super) use resolve::{Resolver, Time};

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// Which part of a longer stretch is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Early,
    Middle,
    Late,
    /// "earlier this week": from its start to the report's day.
    SoFar,
    /// "later this week": from the report's day to its end.
    Rest,
}

/// Which of several is meant: the last, this, the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Bare,
    Last,
    This,
    Next,
}

/// How many units, as a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quantity {
    /// In units, when exact.
    pub(super) exact: Option<i32>,
    /// Lower bound in days.
    pub(super) least_days: i32,
    /// Upper bound in days.
    pub(super) most_days: i32,
    pub(super) unit: Unit,
}

/// What a date expression says, before it is resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Days {
        year: Option<i16>,
        which_year: Which,
        month: i8,
        first: i8,
        last: i8,
    },
    Month {
        year: Option<i16>,
        which: Which,
        month: i8,
        part: Part,
    },
    Year {
        year: i16,
        part: Part,
    },
    Weekday {
        weekday: jiff::civil::Weekday,
        which: Which,
    },
    Weekend(Which),
    Today {
        offset: i32,
    },
    Night,
    Calendar {
        unit: Unit,
        which: Which,
        part: Part,
    },
    Ago(Quantity),
    /// "in recent days", "over the past two weeks", "for nearly two months".
    UpToNow(Quantity),
    /// "in the coming days", "over the next two weeks".
    Ahead(Quantity),
    /// "a day earlier", "two weeks later", "the next day".
    FromBefore {
        quantity: Quantity,
        later: bool,
    },
    /// "almost one week after Rashad took office".
    FromEvent {
        quantity: Quantity,
        after: bool,
        event: (usize, usize),
    },
}
