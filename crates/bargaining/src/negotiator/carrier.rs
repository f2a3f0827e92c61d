//! Mediators who carry offers between parties.

use crate::chance::Chance;
use crate::play::Participant;
use crate::protocol::Seat;
use crate::protocol::shuttle::{Handover, Move, Shuttle, View};
use crate::table::{Package, Table};
use std::fmt;
use std::sync::Arc;

/// A mediator who bundles waits so many rounds between visits.
const VISIT_EVERY: u32 = 5;

/// How a mediator carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carry {
    /// Hands everything on at once to everybody it reaches.
    Relay,
    /// Collects, and hands everything on together every fifth round.
    Bundle,
    /// Hands on, and drafts: two packages it has seen, mixed issue by issue.
    Draft,
    /// Holds everything back.
    Hold,
}

impl Carry {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Relay, Self::Bundle, Self::Draft, Self::Hold];

    /// The name in commands and files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Relay => "relay",
            Self::Bundle => "bundle",
            Self::Draft => "draft",
            Self::Hold => "hold",
        }
    }

    /// The reverse of [`Carry::name`].
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|carry| carry.name() == name)
    }
}

impl fmt::Display for Carry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A mediator on the way.
#[derive(Debug)]
pub struct Carrier {
    carry: Carry,
    table: Arc<Table>,
    chance: Chance,
    /// How much of what it holds it has handed on.
    done: usize,
}

impl Carrier {
    /// Who carries so at this table.
    #[must_use]
    pub fn new(carry: Carry, table: Arc<Table>, chance: Chance) -> Self {
        Self { carry, table, chance, done: 0 }
    }

    /// Two of the packages it holds, mixed.
    fn mix(&mut self, view: &View<'_>) -> Option<Package> {
        let count = view.held.len();
        if count < 2 {
            return None;
        }
        let (a, b) = (self.chance.below(count), self.chance.below(count));
        let (a, b) = (view.held[a].package, view.held[b].package);
        let pairs = a.0.iter().zip(&b.0);
        let mixed = pairs.map(|(&a, &b)| if self.chance.below(2) == 0 { a } else { b });
        Some(Package(mixed.collect())).filter(|mixed| self.table.is_feasible(mixed))
    }
}

impl Participant<Shuttle> for Carrier {
    fn act(&mut self, view: &View<'_>) -> Move {
        let goes = match self.carry {
            Carry::Relay | Carry::Draft => true,
            Carry::Bundle => view.round % VISIT_EVERY == VISIT_EVERY - 1,
            Carry::Hold => false,
        };
        let mut hands = Vec::new();
        if goes {
            for item in self.done..view.held.len() {
                let author = view.held[item].given_by.map(Seat::Party);
                let to = view.reaches.iter().copied().filter(|&seat| Some(seat) != author);
                hands.push(Handover { item, to: to.collect() });
            }
            self.done = view.held.len();
        }
        let drafts = if self.carry == Carry::Draft { self.mix(view) } else { None };
        Move::Carry { hands, drafts: drafts.into_iter().collect() }
    }
}
