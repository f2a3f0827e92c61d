//! When something becomes due: an algebra of days, delays, events and other
//! obligations, exact in the civil calendar.

pub mod calendar;
mod evaluate;

pub use calendar::{Span, Unit, WorkCalendar};
pub use evaluate::{Fired, Known, fired};

use jiff::civil::Date;

/// How far another obligation must have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reached {
    /// Its bearer has declared it done.
    Performed,
    /// Its verifier has verified it.
    Verified,
}

impl Reached {
    /// Both with the word used in files.
    pub const WORDS: [(&'static str, Self); 2] =
        [("performed", Self::Performed), ("verified", Self::Verified)];
}

/// A condition that comes to hold on a day and then holds for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    /// On a day.
    On(Date),
    /// When a named event has occurred.
    Event(String),
    /// When another obligation has come so far.
    Obligation(String, Reached),
    /// So long after another trigger.
    After(Span, Box<Self>),
    /// When all hold: on the day of the last.
    All(Vec<Self>),
    /// When one holds: on the day of the first.
    Any(Vec<Self>),
}

impl Trigger {
    /// Calls `see` with every trigger inside, itself included.
    pub fn walk<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        match self {
            Self::After(_, inner) => inner.walk(see),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.walk(see);
                }
            }
            Self::On(_) | Self::Event(_) | Self::Obligation(..) => {}
        }
    }

    /// The obligations it refers to.
    #[must_use]
    pub fn obligations(&self) -> Vec<&str> {
        let mut out = Vec::new();
        self.walk(&mut |t| {
            if let Self::Obligation(id, _) = t {
                out.push(id.as_str());
            }
        });
        out
    }
}
