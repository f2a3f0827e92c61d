//! What waiting does: dated events and the cost of delay.

use super::Calendar;
use super::fair::fair_among;
use super::rows::Plan;
use super::value::breakdown;
use super::{BroadDeal, Case, CaseError, DatedEvent, Effort, Knob, Rational, best_plan};
use crate::solved::SolutionRule;
use num_traits::{One, Signed, Zero};

/// What is possible when the parties begin in some phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// The phase in which carrying out begins, counted from 1.
    pub phase: usize,
    /// Deals that give every party at least what no deal does then.
    pub zone: Vec<usize>,
    /// Of these, the deals with a plan that holds and lasts.
    pub stageable: Vec<usize>,
    /// The deals in the zone that the rules of fairness pick, worth and no deal
    /// as they are then.
    pub fair: Vec<(SolutionRule, usize)>,
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
    changes: &[DatedEvent],
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
            fair: found.fair.clone(),
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

/// What waiting does, event by event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The deals it is about.
    pub deals: Vec<BroadDeal>,
    /// What is possible from each phase on, up to one after the last event.
    pub begins: Vec<Beginning>,
    /// The last phase in which some deal can still be staged, where that ends
    /// within the phases looked at.
    pub closes_after: Option<usize>,
    /// Per party: the later phase in which beginning is worth more to it today
    /// than beginning at once, if there is one (the best such).
    pub pays: Vec<Option<usize>>,
}

/// What waiting does along a calendar.
///
/// # Errors
/// [`CaseError`] when a case does not hold together.
pub fn waiting(
    case: &Case,
    deals: Vec<BroadDeal>,
    calendar: &Calendar,
    effort: &Effort<'_>,
) -> Result<Waiting, CaseError> {
    let last = calendar.events.iter().map(|e| e.phase).max().unwrap_or(1) + 1;
    let begins =
        along_the_calendar(case, &deals, &calendar.events, &calendar.delay_cost, last, effort)?;
    let open = begins.iter().filter(|b| !b.stageable.is_empty()).map(|b| b.phase).max();
    let pays = (0..case.parties.len())
        .map(|i| {
            let best = begins.iter().rev().max_by(|a, b| a.worth_today[i].cmp(&b.worth_today[i]));
            best.filter(|b| b.worth_today[i] > begins[0].worth_today[i]).map(|b| b.phase)
        })
        .collect();
    Ok(Waiting { closes_after: open.filter(|p| *p < last), begins, deals, pays })
}

struct Found {
    fair: Vec<(SolutionRule, usize)>,
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
    let mut found = Found {
        fair: Vec::new(),
        zone: Vec::new(),
        stageable: Vec::new(),
        best: None,
        complete: true,
    };
    let (mut gains, mut worths) = (Vec::new(), Vec::new());
    for (index, deal) in deals.iter().enumerate() {
        let mut case = now.with_deal(deal);
        for (knob, to) in set.iter().filter(|(k, _)| matches!(k, Knob::Residual(_))) {
            knob.set(&mut case, to.clone());
        }
        let worth = case.total_worth();
        let gain: Vec<Rational> =
            (0..down.len()).map(|i| &worth[i] - &down[i] - &case.margin[i]).collect();
        if gain.iter().any(Signed::is_negative) {
            continue;
        }
        gains.push(gain);
        worths.push(worth);
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
    found.fair =
        fair_among(&gains, &worths).into_iter().map(|(rule, at)| (rule, found.zone[at])).collect();
    Ok(found)
}
