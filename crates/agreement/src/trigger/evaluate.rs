//! The day on which a trigger comes to hold.

use super::{Reached, Trigger};
use crate::moment::Moment;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What is known when a trigger is asked.
pub trait Known {
    /// The moment a named event occurred.
    fn event(&self, id: &str) -> Option<Moment>;
    /// The moment an obligation came so far.
    fn reached(&self, obligation: &str, how_far: Reached) -> Option<Moment>;
    /// The time zone hours are counted in.
    fn zone(&self) -> &TimeZone;
}

/// Whether a trigger has a day, or what it still waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fired {
    /// It holds from this moment on, which may lie ahead.
    At(Moment),
    /// It waits for these events and obligations.
    Waiting(Vec<Trigger>),
}

impl Fired {
    /// The day, where there is one.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::At(moment) => Some(moment.day),
            Self::Waiting(_) => None,
        }
    }
}

/// When a trigger comes to hold, given what is known.
pub fn fired(trigger: &Trigger, known: &impl Known) -> Fired {
    let or_wait = |moment: Option<Moment>| {
        moment.map_or_else(|| Fired::Waiting(vec![trigger.clone()]), Fired::At)
    };
    match trigger {
        Trigger::On(day) => Fired::At(Moment::on(*day)),
        Trigger::Event(id) => or_wait(known.event(id)),
        Trigger::Obligation(id, how_far) => or_wait(known.reached(id, *how_far)),
        Trigger::After(span, inner) => match fired(inner, known) {
            Fired::At(moment) => Fired::At(span.moment_after(moment, known.zone())),
            waiting => waiting,
        },
        Trigger::All(parts) => {
            let mut last: Option<Moment> = None;
            let mut missing = Vec::new();
            for part in parts {
                match fired(part, known) {
                    Fired::At(m) if last.is_none_or(|l| l.latest() < m.latest()) => last = Some(m),
                    Fired::At(_) => {}
                    Fired::Waiting(more) => missing.extend(more),
                }
            }
            match last {
                Some(moment) if missing.is_empty() => Fired::At(moment),
                _ => Fired::Waiting(missing),
            }
        }
        Trigger::Any(parts) => {
            let mut first: Option<Moment> = None;
            let mut missing = Vec::new();
            for part in parts {
                match fired(part, known) {
                    Fired::At(m) if first.is_none_or(|f| m.latest() < f.latest()) => {
                        first = Some(m);
                    }
                    Fired::At(_) => {}
                    Fired::Waiting(more) => missing.extend(more),
                }
            }
            first.map_or(Fired::Waiting(missing), Fired::At)
        }
    }
}
