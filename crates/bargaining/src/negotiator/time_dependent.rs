//! Time-dependent concession (Faratin, Sierra & Jennings 1998).

use super::{Situation, Tactic};
use crate::chance::Chance;
use crate::own::OwnUtility;
use crate::ranked::Band;
use crate::table::Package;

/// Packages up to this share of the party's range above the target will do.
const WIDTH: f64 = 0.01;

/// Aims at `best − (best − reservation) × time^exponent`: Boulware with a
/// large exponent, a conceder with a small one.
///
/// It puts forward some package worth about that much and accepts what is
/// worth as much as what it would put forward (`AC_next`).
#[derive(Debug)]
pub struct TimeDependent {
    own: OwnUtility,
    band: Band,
    exponent: f64,
    chance: Chance,
    /// The offer of this moment, drawn once.
    next: Option<(f64, Option<Package>)>,
}

impl TimeDependent {
    /// For a party that has this utility.
    #[must_use]
    pub fn new(own: &OwnUtility, exponent: f64, chance: Chance) -> Self {
        Self { own: own.clone(), band: Band::new(own), exponent, chance, next: None }
    }

    fn next(&mut self, time: f64) -> Option<&Package> {
        if self.next.as_ref().is_none_or(|(at, _)| *at != time) {
            let offer = self.band.best().and_then(|best| {
                let floor = self.own.reservation().max(self.own.lowest());
                let span = (best - floor) as f64;
                let target = best - (span * time.powf(self.exponent)) as i64;
                self.band.draw(target.max(floor), (span * WIDTH) as i64, &mut self.chance)
            });
            self.next = Some((time, offer));
        }
        self.next.as_ref().and_then(|(_, offer)| offer.as_ref())
    }
}

impl Tactic for TimeDependent {
    fn offer(&mut self, situation: &Situation) -> Option<Package> {
        self.next(situation.time).cloned()
    }

    fn accepts(&mut self, package: &Package, situation: &Situation) -> bool {
        let Some(next) = self.next(situation.time).cloned() else { return false };
        self.own.is_acceptable(package) && self.own.utility(package) >= self.own.utility(&next)
    }
}
