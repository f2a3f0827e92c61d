//! What makes one given plan hold when several means may be combined.

use super::rows::assess;
use super::simplex::cheapest;
use super::{Case, Rational};
use num_traits::{One, Zero};

/// Which means may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Means {
    /// Bonds, forfeited by default.
    pub bonds: bool,
    /// Rewards on completion.
    pub rewards: bool,
    /// Payments from outside for performing a phase, received with it.
    pub payments: bool,
    /// Transfers between the parties for performing a phase, held in escrow.
    pub transfers: bool,
}

/// The least in all, with what goes where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mix {
    /// Per party: its bond.
    pub bonds: Vec<Rational>,
    /// Per party: its reward.
    pub rewards: Vec<Rational>,
    /// `(phase, party, amount)` from outside, phases counted from 1.
    pub payments: Vec<(usize, usize, Rational)>,
    /// `(phase, from, to, amount)` between parties.
    pub transfers: Vec<(usize, usize, usize, Rational)>,
    /// Everything together.
    pub total: Rational,
}

enum Item {
    Bond(usize),
    Reward(usize),
    Payment(usize, usize),
    Transfer(usize, usize, usize),
}

/// The least total of the means allowed that gives every row of a plan a
/// slack of at least `sigma`; `None` when they cannot.
#[must_use]
pub fn least_mix(case: &Case, plan: &[Vec<usize>], means: Means, sigma: &Rational) -> Option<Mix> {
    let n = case.parties.len();
    let phases = plan.len().saturating_sub(1);
    let mut items = Vec::new();
    for i in 0..n {
        if means.bonds {
            items.push(Item::Bond(i));
        }
        if means.rewards {
            items.push(Item::Reward(i));
        }
        for t in 0..phases {
            if means.payments {
                items.push(Item::Payment(t, i));
            }
            for j in (0..n).filter(|&j| means.transfers && j != i) {
                items.push(Item::Transfer(t, i, j));
            }
        }
    }
    // What one unit received by party i in phase `later` is worth in phase `now`.
    let reach = |i: usize, now: usize, later: usize| -> Rational {
        (now..later)
            .map(|t| &case.discount[i] * (Rational::one() - case.break_off(&plan[t + 1])))
            .fold(Rational::one(), |all, part| all * part)
    };
    let assessed = assess(case, plan);
    let mut rows = Vec::new();
    let mut demands = Vec::new();
    for row in assessed.rows.iter().filter(|r| !r.durability) {
        let (t, i) = (row.phase - 1, row.party);
        let thresholds = [Some(&row.walking_out), row.cheating.as_ref()];
        for (cheats, threshold) in thresholds.into_iter().enumerate() {
            let Some(threshold) = threshold else { continue };
            let staked = cheats == 1 || t > 0 || case.bond_at_entry;
            rows.push(
                items
                    .iter()
                    .map(|item| match *item {
                        Item::Bond(p) if p == i && staked => Rational::one(),
                        Item::Reward(p) if p == i => reach(i, t, phases - 1) * &case.discount[i],
                        Item::Payment(at, p) if p == i && at >= t => reach(i, t, at),
                        Item::Transfer(at, _, to) if to == i && at >= t => reach(i, t, at),
                        Item::Transfer(at, from, _) if from == i && at >= t => -reach(i, t, at),
                        _ => Rational::zero(),
                    })
                    .collect(),
            );
            demands.push(threshold + sigma / &case.weight[i] - &row.going_on);
        }
    }
    let found = cheapest(&vec![Rational::one(); items.len()], &rows, &demands)?;
    let mut mix = Mix {
        bonds: vec![Rational::zero(); n],
        rewards: vec![Rational::zero(); n],
        payments: Vec::new(),
        transfers: Vec::new(),
        total: found.iter().sum(),
    };
    for (item, amount) in items.iter().zip(found) {
        match *item {
            Item::Bond(i) => mix.bonds[i] = amount,
            Item::Reward(i) => mix.rewards[i] = amount,
            Item::Payment(t, i) if !amount.is_zero() => mix.payments.push((t + 1, i, amount)),
            Item::Transfer(t, i, j) if !amount.is_zero() => {
                mix.transfers.push((t + 1, i, j, amount));
            }
            _ => {}
        }
    }
    Some(mix)
}
