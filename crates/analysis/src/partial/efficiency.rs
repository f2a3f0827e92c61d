//! Which outcomes are efficient whatever is unstated, and which in no case.
//!
//! Parties' unstated preferences are independent of each other. So `y`
//! *necessarily dominates* `x` exactly when every party surely finds it as
//! good and some party surely better; `x` is *necessarily efficient* exactly
//! when no `y` can be as good for all and better for one. `x` is *possibly*
//! efficient if it is efficient for some consistent utilities, which are
//! looked for; it is not if some `y` necessarily dominates it. Between the two
//! lies what is undecided.

use super::mind::Mind;
use crate::budget::Budget;
use std::cmp::Ordering;

/// Whether an outcome is efficient among the feasible ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Efficiency {
    /// Whatever is unstated.
    Necessary,
    /// For some consistent preferences (found), not for all.
    Possible,
    /// Another outcome, by index, dominates it whatever is unstated.
    Dominated {
        /// That outcome.
        by: usize,
    },
    /// Not necessarily efficient, and no single outcome necessarily dominates
    /// it; no consistent preferences were found for which it is efficient.
    Undecided,
}

/// Looks at each outcome; `None` when the budget ended.
pub(super) fn efficiency(
    minds: &mut [Mind],
    outcomes: usize,
    budget: &Budget<'_>,
) -> Option<Vec<Efficiency>> {
    let mut all = Vec::with_capacity(outcomes);
    for x in 0..outcomes {
        if budget.is_over() {
            return None;
        }
        let others = || (0..outcomes).filter(move |&y| y != x);
        let found = if let Some(by) = others().find(|&y| surely_dominates(minds, y, x)) {
            Efficiency::Dominated { by }
        } else if !others().any(|y| may_dominate(minds, y, x)) {
            Efficiency::Necessary
        } else if efficient_somewhere(minds, outcomes, x) {
            Efficiency::Possible
        } else {
            Efficiency::Undecided
        };
        all.push(found);
    }
    Some(all)
}

/// The same where not all outcomes are listed: `possible` are known to be
/// efficient for some preferences, and one that is dominated is so by a listed
/// one. The rest is undecided.
pub(super) fn of_some(
    minds: &mut [Mind],
    possible: &[bool],
    budget: &Budget<'_>,
) -> Option<Vec<Efficiency>> {
    let mut all = Vec::with_capacity(possible.len());
    for x in 0..possible.len() {
        if budget.is_over() {
            return None;
        }
        let mut others = (0..possible.len()).filter(|&y| y != x);
        all.push(if possible[x] {
            Efficiency::Possible
        } else if let Some(by) = others.find(|&y| surely_dominates(minds, y, x)) {
            Efficiency::Dominated { by }
        } else {
            Efficiency::Undecided
        });
    }
    Some(all)
}

/// Whether `y` dominates `x` whatever is unstated.
fn surely_dominates(minds: &mut [Mind], y: usize, x: usize) -> bool {
    let ruled_out = |m: &Mind| (0..m.witnesses()).any(|w| m.compare(w, y, x) == Ordering::Less);
    if minds.iter().any(ruled_out) || minds.iter_mut().any(|m| m.may_be(x, true, y)) {
        return false;
    }
    minds.iter_mut().any(|m| !m.may_be(x, false, y))
}

/// Whether `y` dominates `x` for some consistent preferences.
fn may_dominate(minds: &mut [Mind], y: usize, x: usize) -> bool {
    minds.iter_mut().all(|m| m.may_be(y, false, x))
        && minds.iter_mut().any(|m| m.may_be(y, true, x))
}

/// Whether `x` is efficient for preferences at hand, or for those that favour it.
fn efficient_somewhere(minds: &mut [Mind], outcomes: usize, x: usize) -> bool {
    let most = minds.iter().map(Mind::witnesses).max().unwrap_or(0);
    (0..most).any(|w| {
        let profile: Vec<usize> =
            minds.iter().map(|m| w.min(m.witnesses().saturating_sub(1))).collect();
        efficient_for(minds, &profile, outcomes, x)
    }) || {
        let profile: Vec<usize> = minds.iter_mut().map(|m| m.favouring(x)).collect();
        efficient_for(minds, &profile, outcomes, x)
    }
}

/// By definition, for one utility function of each party.
fn efficient_for(minds: &[Mind], profile: &[usize], outcomes: usize, x: usize) -> bool {
    (0..outcomes).all(|y| {
        let mut better = false;
        for (mind, &witness) in minds.iter().zip(profile) {
            match mind.compare(witness, y, x) {
                Ordering::Less => return true,
                Ordering::Greater => better = true,
                Ordering::Equal => {}
            }
        }
        !better
    })
}
