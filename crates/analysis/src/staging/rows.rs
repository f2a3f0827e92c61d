//! A plan, phase by phase and party by party: going on, cheating, walking out.

use super::value::{Stretch, breakdown, breakdown_with, stretch};
use super::{Case, Rational};
use num_traits::{One, Signed, Zero};

/// A plan: the states it passes through, from the start to the target.
pub type Plan = Vec<Vec<usize>>;

/// One party in one phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The phase, counted from 1; one past the last for durability.
    pub phase: usize,
    /// Which party.
    pub party: usize,
    /// Whether the row is about the finished deal rather than a phase.
    pub durability: bool,
    /// The value of going on.
    pub going_on: Rational,
    /// The value of cheating in this phase; only for those who move in it.
    pub cheating: Option<Rational>,
    /// The value of walking out before it (in phase 1: of not taking part).
    pub walking_out: Rational,
    /// The weighted advantage of going on over the better of the two others.
    pub slack: Rational,
    /// What the party stands to lose in this phase if the others fail it.
    pub exposure: Rational,
}

/// A plan with everything that can be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The plan itself.
    pub plan: Plan,
    /// Per phase and party, phases in order; durability last.
    pub rows: Vec<Row>,
    /// The smallest slack of any phase's row; `None` for a plan without phases.
    pub min_slack: Option<Rational>,
    /// Per party: what keeping the finished deal is worth above breaking it.
    pub durability: Vec<Rational>,
    /// The value of the whole to each party at the start.
    pub value_at_start: Vec<Rational>,
    /// Per party, the largest exposure of any phase.
    pub max_exposure: Vec<Rational>,
    /// The largest spread of the parties' shares of their own total gain
    /// between phases.
    pub imbalance: Rational,
    /// Whether every exposure stays within its cap.
    pub within_caps: bool,
}

impl Assessment {
    /// Whether what a side stands to lose in a phase (counted from 1) may be
    /// shown: not where that would put a value on what concerns persons.
    #[must_use]
    pub fn shows_exposure(&self, case: &Case, phase: usize) -> bool {
        let Some([from, to]) = self.plan.get(phase - 1..=phase) else { return true };
        case.deliverables.iter().enumerate().filter(|(_, d)| d.concerns_persons).all(|(j, d)| {
            let steps = &d.steps[from[j]..to[j]];
            steps.iter().flat_map(|s| s.value.iter().chain(&s.flow)).all(Zero::is_zero)
        })
    }

    /// Number of phases.
    #[must_use]
    pub fn phases(&self) -> usize {
        self.plan.len().saturating_sub(1)
    }

    /// Whether nobody gains by cheating or walking out in any phase.
    #[must_use]
    pub fn self_enforcing(&self) -> bool {
        self.within_caps && self.min_slack.as_ref().is_none_or(|s| !s.is_negative())
    }

    /// Whether everybody keeps the finished deal.
    #[must_use]
    pub fn durable(&self) -> bool {
        self.durability.iter().all(|d| !d.is_negative())
    }
}

/// How a plan is valued; all on, except when asking what closes a step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Closers {
    pub(crate) reversal: bool,
    pub(crate) residual: bool,
    pub(crate) linkage: bool,
    pub(crate) reward: bool,
    pub(crate) bond: bool,
}

pub(crate) const ALL_CLOSERS: Closers =
    Closers { reversal: true, residual: true, linkage: true, reward: true, bond: true };

/// The stretches of one phase: deliverable and stretch, for those that move.
pub(crate) fn phase_stretches(
    case: &Case,
    from: &[usize],
    to: &[usize],
    reversal: bool,
) -> Vec<(usize, Stretch)> {
    (0..from.len())
        .filter(|&j| to[j] > from[j])
        .map(|j| (j, stretch(case, j, from[j], to[j], reversal)))
        .collect()
}

/// What cheating (for movers) and walking out are worth at the start of a phase.
pub(crate) fn temptations(
    case: &Case,
    from: &[usize],
    moves: &[(usize, Stretch)],
    first: bool,
    closers: Closers,
) -> (Vec<Option<Rational>>, Vec<Rational>) {
    let n = case.parties.len();
    let down = breakdown_with(case, from, closers.reversal);
    let one = Rational::one();
    let leak = if closers.linkage { &case.leak } else { &one };
    let bond = |i: usize| if closers.bond { case.bond[i].clone() } else { Rational::zero() };
    let cheating = (0..n)
        .map(|i| {
            let mover = moves.iter().any(|(j, _)| case.deliverables[*j].performer == i);
            mover.then(|| {
                let mut value = &case.discount[i] * &down[i] - bond(i);
                for (j, s) in moves {
                    if case.deliverables[*j].performer == i {
                        value += &s.best_prefix;
                    } else {
                        value += leak * &s.contribution[i];
                    }
                }
                value
            })
        })
        .collect();
    let walking = (0..n)
        .map(|i| {
            let stake = if first && !case.bond_at_entry { Rational::zero() } else { bond(i) };
            let margin = if first { case.margin[i].clone() } else { Rational::zero() };
            &down[i] + margin - stake
        })
        .collect();
    (cheating, walking)
}

/// What each party stands to lose in one phase if the others fail it.
pub(crate) fn exposures(case: &Case, moves: &[(usize, Stretch)]) -> Vec<Rational> {
    let n = case.parties.len();
    (0..n)
        .map(|i| {
            let mut by_party = vec![Rational::zero(); n];
            for (j, s) in moves {
                by_party[case.deliverables[*j].performer] += &s.contribution[i];
            }
            let mut exposed = -by_party[i].clone();
            for (p, c) in by_party.iter().enumerate() {
                if p != i && c.is_negative() {
                    exposed -= c;
                }
            }
            exposed.max(Rational::zero())
        })
        .collect()
}

/// The values of going on, per phase and party.
pub(crate) fn continuation(
    case: &Case,
    plan: &[Vec<usize>],
    closers: Closers,
) -> Vec<Vec<Rational>> {
    let n = case.parties.len();
    let phases = plan.len().saturating_sub(1);
    let mut values: Vec<Vec<Rational>> = vec![Vec::new(); phases];
    for t in (0..phases).rev() {
        let moves = phase_stretches(case, &plan[t], &plan[t + 1], closers.reversal);
        let end = &plan[t + 1];
        let later: Vec<Rational> = if t + 1 == phases {
            let left = if closers.residual {
                case.residual.clone()
            } else {
                breakdown_with(case, end, false)
            };
            left.iter()
                .enumerate()
                .map(|(i, c)| if closers.reward { c + &case.reward[i] } else { c.clone() })
                .collect()
        } else {
            let h = case.break_off(end);
            let on = Rational::one() - &h;
            let down = breakdown_with(case, end, closers.reversal);
            (0..n).map(|i| &on * &values[t + 1][i] + &h * &down[i]).collect()
        };
        values[t] = (0..n)
            .map(|i| {
                let lump: Rational = moves.iter().map(|(_, s)| &s.lump[i]).sum();
                lump + &case.discount[i] * &later[i]
            })
            .collect();
    }
    values
}

/// Everything about one plan, exactly. The plan must lead from the case's
/// start to its target through states that only grow.
#[must_use]
pub fn assess(case: &Case, plan: &[Vec<usize>]) -> Assessment {
    let n = case.parties.len();
    let phases = plan.len().saturating_sub(1);
    let values = continuation(case, plan, ALL_CLOSERS);
    let mut rows = Vec::with_capacity((phases + 1) * n);
    let mut max_exposure = vec![Rational::zero(); n];
    let mut min_slack: Option<Rational> = None;
    for t in 0..phases {
        let moves = phase_stretches(case, &plan[t], &plan[t + 1], true);
        let (cheating, walking) = temptations(case, &plan[t], &moves, t == 0, ALL_CLOSERS);
        let exposed = exposures(case, &moves);
        for i in 0..n {
            let best = cheating[i].as_ref().map_or(&walking[i], |d| d.max(&walking[i]));
            let slack = &case.weight[i] * (&values[t][i] - best);
            if min_slack.as_ref().is_none_or(|m| slack < *m) {
                min_slack = Some(slack.clone());
            }
            if exposed[i] > max_exposure[i] {
                max_exposure[i].clone_from(&exposed[i]);
            }
            rows.push(Row {
                phase: t + 1,
                party: i,
                durability: false,
                going_on: values[t][i].clone(),
                cheating: cheating[i].clone(),
                walking_out: walking[i].clone(),
                slack,
                exposure: exposed[i].clone(),
            });
        }
    }
    let end = breakdown(case, &case.target);
    let durability: Vec<Rational> = case.residual.iter().zip(&end).map(|(c, b)| c - b).collect();
    for i in 0..n {
        rows.push(Row {
            phase: phases + 1,
            party: i,
            durability: true,
            going_on: case.residual[i].clone(),
            cheating: None,
            walking_out: end[i].clone(),
            slack: durability[i].clone(),
            exposure: Rational::zero(),
        });
    }
    let within_caps = max_exposure
        .iter()
        .zip(&case.exposure_cap)
        .all(|(x, cap)| cap.as_ref().is_none_or(|cap| x <= cap));
    Assessment {
        imbalance: plan
            .iter()
            .map(|state| spread(case, state))
            .max()
            .unwrap_or_else(Rational::zero),
        value_at_start: values.first().cloned().unwrap_or_else(|| case.residual.clone()),
        plan: plan.to_vec(),
        rows,
        min_slack,
        durability,
        max_exposure,
        within_caps,
    }
}

/// How far apart the parties are at a state, each measured by the share of
/// its own total gain that it has by then. Parties whose total is nothing are
/// left out.
#[must_use]
pub fn spread(case: &Case, state: &[usize]) -> Rational {
    let total = case.total_lumps();
    let mut so_far = vec![Rational::zero(); case.parties.len()];
    for (j, &progress) in state.iter().enumerate() {
        for step in &case.deliverables[j].steps[case.start[j].min(progress)..progress] {
            for (s, v) in so_far.iter_mut().zip(&step.value) {
                *s += v;
            }
        }
    }
    let shares: Vec<Rational> =
        so_far.iter().zip(&total).filter(|(_, t)| !t.is_zero()).map(|(s, t)| s / t).collect();
    match (shares.iter().max(), shares.iter().min()) {
        (Some(most), Some(least)) => most - least,
        _ => Rational::zero(),
    }
}
