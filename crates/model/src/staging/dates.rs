//! Dates that change what no deal is worth, and what is uncertain.

use super::{Knob, Rational};

/// Something dated that changes numbers from some phase on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedEvent {
    /// What happens.
    pub title: String,
    /// When, as written.
    pub date: String,
    /// The first phase that begins on or after it, counted from 1.
    pub phase: usize,
    /// What it sets from then on.
    pub sets: Vec<(Knob, Rational)>,
}

/// When phases happen, and what happens besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The first day of phase 1, as written.
    pub start: String,
    /// Days from one phase to the next.
    pub phase_days: usize,
    /// The first day of each phase, from the first on past the last event and
    /// the longest plan (at most a thousand).
    pub days: Vec<String>,
    /// What each phase of waiting costs each party.
    pub delay_cost: Vec<Rational>,
    /// Events in order of date.
    pub events: Vec<DatedEvent>,
}

/// Something that may happen, judged differently by the parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bet {
    /// What may happen.
    pub event: String,
    /// By when, as written.
    pub by: Option<String>,
    /// How probable each party finds it.
    pub probability: Vec<Rational>,
    /// The most each party would put at stake on it.
    pub stake: Vec<Rational>,
}
