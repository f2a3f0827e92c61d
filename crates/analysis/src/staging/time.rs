//! What waiting does: dated events and the cost of delay.

use super::rows::Plan;
use super::value::breakdown;
use super::{BroadDeal, Case, CaseError, Effort, Knob, Rational, best_plan};
use num_traits::{One, Zero};

/// Something dated that changes numbers from some phase on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The first phase, counted from 1, in which it holds.
    pub phase: usize,
    /// What it sets.
    pub sets: Vec<(Knob, Rational)>,
}

/// What is possible when the parties begin in some phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// The phase in which carrying out begins, counted from 1.
    pub phase: usize,
    /// Deals that give every party at least what no deal does then.
    pub zone: Vec<usize>,
    /// Of these, the deals with a plan that holds and lasts.
    pub stageable: Vec<usize>,
    /// The deal with the largest smallest weighted gain, that gain counted from
    /// then on, and its plan.
    pub best: Option<(usize, Rational, Plan)>,
    /// What beginning then is worth to each party today: its value of the best
    /// plan discounted, less what waiting costs; no deal where there is none.
    pub worth_today: Vec<Rational>,
    /// Whether every search was complete.
    pub complete: bool,
}

/// How the zone, the plan and the parties' interest in waiting change over
/// the first `phases` phases.
///
/// # Errors
/// [`CaseError`] when a case does not hold together.
pub fn along_the_calendar(
    case: &Case,
    deals: &[BroadDeal],
    changes: &[Change],
    delay_cost: &[Rational],
    phases: usize,
    effort: &Effort<'_>,
) -> Result<Vec<Beginning>, CaseError> {
    let n = case.parties.len();
    let mut all = Vec::new();
    let mut discount = vec![Rational::one(); n];
    let mut waited = vec![Rational::zero(); n];
    let mut previous: Option<(Vec<(Knob, Rational)>, Found)> = None;
    for phase in 1..=phases {
        let mut now = case.clone();
        let mut set = Vec::new();
        for change in changes.iter().filter(|c| c.phase <= phase) {
            for (knob, to) in &change.sets {
                knob.set(&mut now, to.clone());
                set.push((*knob, to.clone()));
            }
        }
        let found = match previous {
            Some((before, found)) if before == set => found,
            _ => look(&now, deals, &set, effort)?,
        };
        let down = breakdown(&now, &now.start);
        let values = found.best.as_ref().map_or(&down, |(.., v)| v);
        let worth_today = (0..n).map(|i| &discount[i] * &values[i] - &waited[i]).collect();
        all.push(Beginning {
            phase,
            zone: found.zone.clone(),
            stageable: found.stageable.clone(),
            best: found.best.as_ref().map(|(d, g, p, _)| (*d, g.clone(), p.clone())),
            worth_today,
            complete: found.complete,
        });
        for i in 0..n {
            waited[i] += &discount[i] * &delay_cost[i];
            discount[i] *= &case.discount[i];
        }
        previous = Some((set, found));
    }
    Ok(all)
}

struct Found {
    zone: Vec<usize>,
    stageable: Vec<usize>,
    best: Option<(usize, Rational, Plan, Vec<Rational>)>,
    complete: bool,
}

fn look(
    now: &Case,
    deals: &[BroadDeal],
    set: &[(Knob, Rational)],
    effort: &Effort<'_>,
) -> Result<Found, CaseError> {
    let down = breakdown(now, &now.start);
    let mut found = Found { zone: Vec::new(), stageable: Vec::new(), best: None, complete: true };
    for (index, deal) in deals.iter().enumerate() {
        let mut case = now.clone();
        case.target.clone_from(&deal.target);
        case.residual.clone_from(&deal.residual);
        for (knob, to) in set.iter().filter(|(k, _)| matches!(k, Knob::Residual(_))) {
            knob.set(&mut case, to.clone());
        }
        let lumps = case.total_lumps();
        let inside =
            (0..down.len()).all(|i| &lumps[i] + &case.residual[i] >= &down[i] + &case.margin[i]);
        if !inside {
            continue;
        }
        found.zone.push(index);
        let planned = best_plan(&case, effort)?;
        found.complete &= !matches!(planned.proof, super::Proof::Gap(_));
        let Some(best) = planned.best.filter(|b| b.self_enforcing() && b.durable()) else {
            continue;
        };
        found.stageable.push(index);
        let gain = (0..down.len())
            .map(|i| &case.weight[i] * (&best.value_at_start[i] - &down[i]))
            .min()
            .unwrap_or_else(Rational::zero);
        if found.best.as_ref().is_none_or(|(_, g, ..)| gain > *g) {
            found.best = Some((index, gain, best.plan, best.value_at_start));
        }
    }
    Ok(found)
}
