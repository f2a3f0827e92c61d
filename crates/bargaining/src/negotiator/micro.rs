//! MiCRO (de Jonge 2022): concede only as much as the others do.

use super::{Situation, Tactic};
use crate::chance::Chance;
use crate::own::OwnUtility;
use crate::ranked::Descending;
use crate::table::Package;

/// Puts forward its packages in descending order, the next one whenever it has
/// put forward no more different packages than each of the others has;
/// otherwise repeats one of its own at random. Accepts what is worth at least
/// as much to it as the lowest it is ready to put forward.
#[derive(Debug)]
pub struct MiCRO {
    own: OwnUtility,
    order: std::iter::Peekable<Descending>,
    offered: Vec<(i64, Package)>,
    chance: Chance,
}

impl MiCRO {
    /// For a party that has this utility.
    #[must_use]
    pub fn new(own: &OwnUtility, chance: Chance) -> Self {
        let order = own.descending().peekable();
        Self { own: own.clone(), order, offered: Vec::new(), chance }
    }

    /// Whether the others have conceded as often as this party.
    fn ready(&self, situation: &Situation) -> bool {
        self.offered.len() <= situation.heard
    }

    /// The least utility it is ready to put forward.
    fn lowest_ready(&mut self, situation: &Situation) -> Option<i64> {
        let next = if self.ready(situation) { self.order.peek().map(|n| n.0) } else { None };
        next.or_else(|| self.offered.last().map(|o| o.0))
    }
}

impl Tactic for MiCRO {
    fn offer(&mut self, situation: &Situation) -> Option<Package> {
        if self.ready(situation)
            && let Some(next) = self.order.next()
        {
            self.offered.push(next.clone());
            return Some(next.1);
        }
        let count = self.offered.len();
        self.offered.get(self.chance.below(count)).map(|o| o.1.clone())
    }

    fn accepts(&mut self, package: &Package, situation: &Situation) -> bool {
        let Some(lowest) = self.lowest_ready(situation) else { return false };
        self.own.is_acceptable(package) && self.own.utility(package) >= lowest
    }
}
