//! Preferences as orders, where no numbers are given.

use crate::outcome::Outcome;
use crate::preference::Known;

/// An order with ties: tiers of indices, best tier first.
pub type Tiers = Vec<Vec<usize>>;

/// What a party prefers to what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ordinal {
    /// Per issue, in issue order: its options by preference, other issues
    /// being equal; `None` where nothing was said.
    pub option_orders: Vec<Option<Tiers>>,
    /// The issues by importance, if stated.
    pub issue_order: Option<Tiers>,
    /// Whole outcomes by preference, if stated.
    pub ranking: Option<Ranking>,
    /// How this is known.
    pub known: Known,
}

/// Whole outcomes by preference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// Tiers of outcomes, best first; an outcome occurs once at most.
    pub tiers: Vec<Vec<Outcome>>,
    /// How many tiers the party prefers to no agreement; the rest it would
    /// rather refuse. All of them when the party did not say.
    pub acceptable_tiers: usize,
}
