//! Tactics of a party: what it puts forward, and what it accepts.
//!
//! A tactic knows its own utility, how much time is gone, and how many
//! different packages came from others; how it is seated at a protocol is the
//! business of [`seated`].

pub mod carrier;
pub mod informant;
mod micro;
mod random;
pub mod seated;
mod time_dependent;
pub mod voter;

pub use micro::MiCRO;
pub use random::RandomWalker;
pub use time_dependent::TimeDependent;

use crate::chance::Chance;
use crate::own::OwnUtility;
use crate::table::Package;
use std::fmt;

/// What a tactic may go by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Situation {
    /// From 0 at the first round to 1 at the last.
    pub time: f64,
    /// Different packages received from each of the others, the least of them.
    pub heard: usize,
}

impl Situation {
    /// In round `round` (from 0) of `rounds`.
    #[must_use]
    pub fn new(round: u32, rounds: u32, heard: usize) -> Self {
        let last = rounds.saturating_sub(1);
        let time = if last == 0 { 1.0 } else { f64::from(round) / f64::from(last) };
        Self { time, heard }
    }
}

/// A party's way of negotiating.
pub trait Tactic {
    /// What it would put forward now; `None` when nothing is acceptable to it.
    fn offer(&mut self, situation: &Situation) -> Option<Package>;

    /// Whether it accepts a package now rather than put forward its own.
    fn accepts(&mut self, package: &Package, situation: &Situation) -> bool;
}

/// The tactics there are, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Concedes late.
    Boulware,
    /// Concedes evenly.
    Linear,
    /// Concedes early.
    Conceder,
    /// Concedes one package for every new package of the others.
    MiCRO,
    /// Puts forward anything acceptable, accepts anything acceptable.
    Random,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Boulware, Self::Linear, Self::Conceder, Self::MiCRO, Self::Random];

    /// The name in commands and files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Boulware => "boulware",
            Self::Linear => "linear",
            Self::Conceder => "conceder",
            Self::MiCRO => "micro",
            Self::Random => "random",
        }
    }

    /// The reverse of [`Kind::name`].
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The tactic for a party that has this utility.
    #[must_use]
    pub fn tactic(self, own: &OwnUtility, chance: Chance) -> Box<dyn Tactic> {
        match self {
            Self::Boulware => Box::new(TimeDependent::new(own, 4.0, chance)),
            Self::Linear => Box::new(TimeDependent::new(own, 1.0, chance)),
            Self::Conceder => Box::new(TimeDependent::new(own, 0.25, chance)),
            Self::MiCRO => Box::new(MiCRO::new(own, chance)),
            Self::Random => Box::new(RandomWalker::new(own, chance)),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
