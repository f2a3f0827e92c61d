//! A party's packages in descending order of its own utility, one at a time.
//!
//! MiCRO needs the next best package thousands of times in a row, in spaces
//! that nobody can enumerate. Additive utilities are walked exactly at any
//! size ([`additive`]); small spaces with interactions are sorted once
//! ([`sorted`]); large ones are searched best first ([`search`]), and where
//! even that is too much, what local search finds is taken, and said to be so.

mod additive;
mod band;
mod search;
mod sorted;
#[cfg(test)]
mod tests;

pub use band::Band;
pub(crate) use sorted::Sorted;

use crate::own::OwnUtility;
use crate::table::Package;

/// So many packages in a row may be infeasible or across a red line before the walk gives up.
const MOST_SKIPPED: usize = 1 << 20;

enum Walk {
    Additive(additive::Additive),
    Sorted(std::sync::Arc<Sorted>, usize),
    Search(search::Search),
    Found(std::vec::IntoIter<(i64, Package)>),
}

/// The acceptable feasible packages of one party, best first.
///
/// The order of equally good ones is fixed but arbitrary.
pub struct Descending {
    own: OwnUtility,
    walk: Walk,
    exact: bool,
    done: bool,
}

impl std::fmt::Debug for Descending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Descending").field("exact", &self.exact).finish_non_exhaustive()
    }
}

impl Descending {
    pub(crate) fn new(own: &OwnUtility) -> Self {
        let walk = if own.bonuses.is_empty() {
            Walk::Additive(additive::Additive::new(&own.rows, own.constant))
        } else if let Some(sorted) = own.sorted() {
            Walk::Sorted(sorted, 0)
        } else {
            Walk::Search(search::Search::new(own))
        };
        Self { own: own.clone(), walk, exact: true, done: false }
    }

    /// Whether nothing better was passed over so far.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// The next package in order, acceptable or not.
    fn advance(&mut self) -> Option<(i64, Package)> {
        loop {
            match &mut self.walk {
                Walk::Additive(walk) => return walk.next(),
                Walk::Sorted(sorted, at) => {
                    *at += 1;
                    return sorted.package(&self.own, *at - 1);
                }
                Walk::Found(found) => return found.next(),
                Walk::Search(search) => match search.next(&self.own) {
                    search::Step::Package(utility, package) => return Some((utility, package)),
                    search::Step::Done => return None,
                    search::Step::TooMuch => {
                        self.exact = false;
                        let below = search.last();
                        self.walk = Walk::Found(search::climbed(&self.own, below).into_iter());
                    }
                },
            }
        }
    }
}

impl Iterator for Descending {
    type Item = (i64, Package);

    fn next(&mut self) -> Option<Self::Item> {
        for _ in 0..MOST_SKIPPED {
            if self.done {
                return None;
            }
            let Some((utility, package)) = self.advance() else { break };
            let utility = self.own.capped(utility);
            if utility < self.own.reservation() {
                break;
            }
            if self.own.table().is_feasible(&package) && !self.own.crosses_red_line(&package) {
                return Some((utility, package));
            }
        }
        self.done = true;
        None
    }
}
