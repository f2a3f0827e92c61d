//! The least that can be called negotiating: a baseline.

use super::{Situation, Tactic};
use crate::chance::Chance;
use crate::own::OwnUtility;
use crate::table::Package;

/// So many draws before the party falls back on its best package.
const DRAWS: usize = 1_000;

/// Puts forward any acceptable package and accepts any acceptable package.
#[derive(Debug)]
pub struct RandomWalker {
    own: OwnUtility,
    chance: Chance,
}

impl RandomWalker {
    /// For a party that has this utility.
    #[must_use]
    pub fn new(own: &OwnUtility, chance: Chance) -> Self {
        Self { own: own.clone(), chance }
    }
}

impl Tactic for RandomWalker {
    fn offer(&mut self, _: &Situation) -> Option<Package> {
        let table = self.own.table();
        for _ in 0..DRAWS {
            let sizes = (0..table.issues()).map(|issue| table.size(issue));
            let package = Package(sizes.map(|n| self.chance.below(n)).collect());
            if table.is_feasible(&package) && self.own.is_acceptable(&package) {
                return Some(package);
            }
        }
        self.own.best().map(|best| best.1.clone())
    }

    fn accepts(&mut self, package: &Package, _: &Situation) -> bool {
        self.own.is_acceptable(package)
    }
}
