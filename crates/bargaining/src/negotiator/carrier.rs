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
    /// Hands packages on at once, and tells other mediators nothing of who
    /// stands behind them.
    Sanitise,
    /// Holds everything back.
    Hold,
}

impl Carry {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Relay, Self::Bundle, Self::Draft, Self::Sanitise, Self::Hold];

    /// The name in commands and files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Relay => "relay",
            Self::Bundle => "bundle",
            Self::Draft => "draft",
            Self::Sanitise => "sanitise",
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
    /// Of what it holds: how many answers it held when it last handed it on.
    done: Vec<usize>,
}

impl Carrier {
    /// Who carries so at this table.
    #[must_use]
    pub fn new(carry: Carry, table: Arc<Table>, chance: Chance) -> Self {
        Self { carry, table, chance, done: Vec::new() }
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
            Carry::Relay | Carry::Draft | Carry::Sanitise => true,
            Carry::Bundle => view.round % VISIT_EVERY == VISIT_EVERY - 1,
            Carry::Hold => false,
        };
        let with_answers = self.carry != Carry::Sanitise;
        let mut hands = Vec::new();
        if goes {
            for (item, held) in view.held.iter().enumerate() {
                let answers = held.answers.iter().filter(|&&a| a).count();
                match self.done.get_mut(item) {
                    None => {
                        self.done.push(answers);
                        hands.push(Handover { item, to: view.reaches.clone(), with_answers });
                    }
                    // Parties have the package; mediators should hear of the answers.
                    Some(done) if with_answers && *done < answers => {
                        *done = answers;
                        let to = view.reaches.iter().copied();
                        let to = to.filter(|seat| matches!(seat, Seat::Mediator(_))).collect();
                        hands.push(Handover { item, to, with_answers });
                    }
                    Some(_) => {}
                }
            }
        }
        let drafts = if self.carry == Carry::Draft { self.mix(view) } else { None };
        Move::Carry { hands, drafts: drafts.into_iter().collect() }
    }
}
