//! What states and moves are worth, exactly.

use super::{Case, Rational};
use num_traits::{One, Signed, Zero};

/// What one deliverable adds to each party's breakdown value when it stands at
/// `progress`. Steps up to `case.standing` stand whatever happens.
pub(crate) fn breakdown_share(
    case: &Case,
    j: usize,
    progress: usize,
    reversal: bool,
) -> Vec<Rational> {
    let deliverable = &case.deliverables[j];
    let n = case.parties.len();
    let standing = case.standing[j].min(progress);
    let mut kept_flow = vec![Rational::zero(); n];
    let mut flow = vec![Rational::zero(); n];
    let mut value = vec![Rational::zero(); n];
    for (s, step) in deliverable.steps[..progress].iter().enumerate() {
        for i in 0..n {
            if s < standing {
                kept_flow[i] += &step.flow[i];
            } else {
                flow[i] += &step.flow[i];
                value[i] += &step.value[i];
            }
        }
    }
    let p = deliverable.performer;
    let claws = reversal && deliverable.recover.is_positive() && value[p].is_negative();
    let given_back = Rational::one() - &deliverable.keep;
    (0..n)
        .map(|i| {
            if !claws {
                return &case.annuity[i] * (&kept_flow[i] + &flow[i]);
            }
            let lasting = &case.annuity[i] * (&kept_flow[i] + &flow[i] * &deliverable.keep);
            if i == p {
                lasting - &deliverable.recover * &value[i]
            } else {
                lasting - &given_back * &value[i]
            }
        })
        .collect()
}

/// Each party's breakdown value at a state.
#[must_use]
pub fn breakdown(case: &Case, state: &[usize]) -> Vec<Rational> {
    breakdown_with(case, state, true)
}

/// The same, with or without what is reversed.
pub(crate) fn breakdown_with(case: &Case, state: &[usize], reversal: bool) -> Vec<Rational> {
    let mut total: Vec<Rational> =
        case.annuity.iter().zip(&case.status_quo_flow).map(|(a, b)| a * b).collect();
    for (j, &progress) in state.iter().enumerate() {
        for (t, share) in total.iter_mut().zip(breakdown_share(case, j, progress, reversal)) {
            *t += share;
        }
    }
    total
}

/// One deliverable taken from one progress to a later one.
#[derive(Debug, Clone)]
pub(crate) struct Stretch {
    /// The lump each party receives (or gives).
    pub(crate) lump: Vec<Rational>,
    /// Lump plus discounted change of the breakdown value, per party.
    pub(crate) contribution: Vec<Rational>,
    /// The best the performer can do with a part of it (nothing to all).
    pub(crate) best_prefix: Rational,
}

/// The stretch of deliverable `j` from `from` to `to`.
pub(crate) fn stretch(case: &Case, j: usize, from: usize, to: usize, reversal: bool) -> Stretch {
    let n = case.parties.len();
    let performer = case.deliverables[j].performer;
    let before = breakdown_share(case, j, from, reversal);
    let mut lump = vec![Rational::zero(); n];
    let mut contribution = vec![Rational::zero(); n];
    let mut best_prefix = Rational::zero();
    for at in from..to {
        for (l, v) in lump.iter_mut().zip(&case.deliverables[j].steps[at].value) {
            *l += v;
        }
        let after = breakdown_share(case, j, at + 1, reversal);
        for i in 0..n {
            contribution[i] = &lump[i] + &case.discount[i] * (&after[i] - &before[i]);
        }
        if contribution[performer] > best_prefix {
            best_prefix.clone_from(&contribution[performer]);
        }
    }
    Stretch { lump, contribution, best_prefix }
}

/// Whether not performing is what each performer would choose once things
/// have collapsed, deliverable by deliverable.
#[must_use]
pub fn breakdown_is_equilibrium(case: &Case) -> bool {
    every_stretch(case, |performer, s| !s.contribution[performer].is_positive())
}

/// Whether not performing is the worst the performers can do to the others,
/// deliverable by deliverable.
#[must_use]
pub fn breakdown_is_minmax(case: &Case) -> bool {
    every_stretch(case, |performer, s| {
        s.contribution.iter().enumerate().all(|(i, c)| i == performer || !c.is_negative())
    })
}

fn every_stretch(case: &Case, holds: impl Fn(usize, &Stretch) -> bool) -> bool {
    case.deliverables.iter().enumerate().all(|(j, d)| {
        (case.start[j]..case.target[j]).all(|from| {
            (from + 1..=case.target[j])
                .all(|to| holds(d.performer, &stretch(case, j, from, to, true)))
        })
    })
}
