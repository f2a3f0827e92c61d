//! The whole answer to "in what order?": the deal that can be staged best, its
//! plan, what holds the last step, what waiting and bets do.

use super::contingent::{Bets, bets};
use super::rows::{Assessment, assess};
use super::time::{Waiting, waiting};
use super::{
    BroadDeal, Case, CaseError, Effort, LastStep, PlanCounts, Planned, Proof, Rational, Staging,
    best_plan, count_plans, last_steps,
};
use crate::solved::SolutionRule;

/// Which deal to plan, and within which limit.
#[derive(Debug, Clone, Default)]
pub struct StageChoice<'c> {
    /// This one; without it the one that can be staged best.
    pub deal: Option<&'c str>,
    /// At most so many phases, whatever else the case allows.
    pub max_phases: Option<usize>,
    /// Deals that a rule picks, by their place among the broad deals.
    pub fair: &'c [(SolutionRule, usize)],
}

/// One deal compared with the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The deal.
    pub id: String,
    /// The largest smallest slack of any plan for it; `None` without a plan.
    pub slack: Option<Rational>,
    /// Whether that plan holds and the finished deal lasts.
    pub holds: bool,
    /// Whether that is proved.
    pub proved: bool,
    /// The rules of fairness that pick this deal.
    pub fair: Vec<SolutionRule>,
}

/// A plan on record, beside the best one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// What is to be said about it.
    pub assessment: Assessment,
    /// What holds each side to its last phase.
    pub last: Vec<Option<LastStep>>,
}

/// One case, planned, with all that is said about it.
#[derive(Debug, Clone)]
pub struct Staged {
    /// The case as planned.
    pub case: Case,
    /// The deal planned; `None` when the case is one itself.
    pub deal: Option<String>,
    /// The deals that were compared, in their order.
    pub compared: Vec<Compared>,
    /// Deals left out of the comparison because a bound shows that none of
    /// them can be staged as well as the one planned.
    pub bounded_away: usize,
    /// The best plan.
    pub planned: Planned,
    /// What holds each side to the last phase; `None` for who does not move.
    pub last: Vec<Option<LastStep>>,
    /// The largest smallest slack if the exchange were linked, where the best
    /// plan does not hold without that.
    pub linked: Option<Rational>,
    /// The smallest slack if everything happens at once.
    pub all_at_once: Option<Rational>,
    /// The best smallest slack with at most so many phases.
    pub by_phases: Vec<(usize, Option<Rational>)>,
    /// How many plans there are, where counted.
    pub counts: Option<PlanCounts>,
    /// The plan on record, if it is one for this deal.
    pub recorded: Option<Recorded>,
    /// What beginning later changes, where there is a calendar.
    pub waiting: Option<Waiting>,
    /// What differing beliefs are worth.
    pub bets: Vec<Bets>,
}

/// Up to so many deals are all planned, so that each can be shown.
const ALL_COMPARED: usize = 40;

/// Above so many moves the best slack is not worked out for every number of phases.
const MOST_MOVES_BY_PHASES: u128 = 2_000_000;

/// Above so many moves in all of its deals together the calendar is left out.
const MOST_MOVES_IN_CALENDAR: u128 = 50_000_000;

/// Plans a staging block.
///
/// # Errors
/// [`CaseError`] when it does not hold together, or has no deal of that name.
pub fn stage(
    block: &Staging,
    choice: &StageChoice<'_>,
    effort: &Effort<'_>,
) -> Result<Staged, CaseError> {
    let mut case = block.weighed();
    if let Some(most) = choice.max_phases {
        case.limits.max_phases = Some(case.limits.max_phases.map_or(most, |m| m.min(most)));
    }
    let deals = block.broad_deals();
    let (chosen, compared, bounded_away) = match choice.deal {
        Some(id) => {
            let index = named(&deals, id)?;
            (Some(index), Vec::new(), 0)
        }
        None => best_deal(&case, &deals, choice.fair, effort)?,
    };
    let deal = chosen.map(|index| &deals[index]);
    let case = deal.map_or_else(|| case.clone(), |d| case.with_deal(d));
    let planned = best_plan(&case, effort)?;
    let plan = planned.best.as_ref().map(|b| b.plan.clone()).unwrap_or_default();
    let at_once = vec![case.start.clone(), case.target.clone()];
    let all_at_once =
        (case.start != case.target).then(|| assess(&case, &at_once).min_slack).flatten();
    let recorded = block.recorded_plan.as_ref().filter(|p| p.last() == Some(&case.target));
    Ok(Staged {
        last: last_steps(&case, &plan),
        linked: linked(&case, &planned, effort)?,
        by_phases: by_phases(&case, &planned, effort)?,
        counts: count_plans(&case, effort),
        recorded: recorded.map(|plan| Recorded {
            assessment: assess(&case, plan),
            last: last_steps(&case, plan),
        }),
        waiting: match &block.calendar {
            Some(calendar) => {
                let listed = if deals.is_empty() { vec![block.whole()] } else { deals.clone() };
                let work = planned.statistics.moves.saturating_mul(listed.len() as u128);
                (work <= MOST_MOVES_IN_CALENDAR)
                    .then(|| waiting(&case, listed, calendar, effort))
                    .transpose()?
            }
            None => None,
        },
        bets: block.bets.iter().map(|bet| bets(&case, &deals, bet)).collect(),
        deal: deal.map(|d| d.id.clone()),
        all_at_once,
        compared,
        bounded_away,
        planned,
        case,
    })
}

/// The place of a deal among the broad ones.
pub(crate) fn named(deals: &[BroadDeal], id: &str) -> Result<usize, CaseError> {
    deals.iter().position(|d| d.id == id).ok_or_else(|| {
        let known: Vec<&str> = deals.iter().take(20).map(|d| d.id.as_str()).collect();
        CaseError(format!("there is no deal `{id}`; there are: {}", known.join("; ")))
    })
}

/// The most that any plan's smallest slack can be for a deal: what taking part
/// in it can at most be worth above not taking part.
fn bound(case: &Case) -> Option<Rational> {
    super::planner::participation_bound(case)
}

type Choice = (Option<usize>, Vec<Compared>, usize);

/// The deal that can be staged best: one that holds before one that does not,
/// then the largest smallest slack, then the first.
fn best_deal(
    case: &Case,
    deals: &[BroadDeal],
    fair: &[(SolutionRule, usize)],
    effort: &Effort<'_>,
) -> Result<Choice, CaseError> {
    let bounds: Vec<Option<Rational>> = deals.iter().map(|d| bound(&case.with_deal(d))).collect();
    let mut order: Vec<usize> = (0..deals.len()).collect();
    let all = deals.len() <= ALL_COMPARED;
    let is_fair = |d: usize| fair.iter().any(|(_, f)| *f == d);
    if !all {
        // The fair ones are always shown; then where most can be had.
        order.sort_by(|&a, &b| {
            is_fair(b).cmp(&is_fair(a)).then(bounds[b].cmp(&bounds[a])).then(a.cmp(&b))
        });
    }
    let quick = Effort { most_ties: 1, ..*effort };
    let mut best: Option<(bool, Option<Rational>, usize)> = None;
    let mut compared = Vec::new();
    for index in order {
        let beaten = best.as_ref().is_some_and(|(holds, slack, _)| {
            *holds && slack.is_some() && bounds[index].is_some() && bounds[index] < *slack
        });
        if !all && beaten && !is_fair(index) {
            continue;
        }
        let planned = best_plan(&case.with_deal(&deals[index]), &quick)?;
        let holds = planned.best.as_ref().is_some_and(|b| b.self_enforcing() && b.durable());
        let slack = planned.best.and_then(|b| b.min_slack);
        let better = best.as_ref().is_none_or(|(h, s, i)| {
            (holds, &slack, std::cmp::Reverse(index)) > (*h, s, std::cmp::Reverse(*i))
        });
        if better {
            best = Some((holds, slack.clone(), index));
        }
        compared.push((
            index,
            Compared {
                id: deals[index].id.clone(),
                slack,
                holds,
                proved: !matches!(planned.proof, Proof::Gap(_)),
                fair: fair.iter().filter(|(_, f)| *f == index).map(|(rule, _)| *rule).collect(),
            },
        ));
    }
    compared.sort_by_key(|(index, _)| *index);
    let bounded_away = deals.len() - compared.len();
    Ok((best.map(|(.., i)| i), compared.into_iter().map(|(_, c)| c).collect(), bounded_away))
}

fn linked(
    case: &Case,
    planned: &Planned,
    effort: &Effort<'_>,
) -> Result<Option<Rational>, CaseError> {
    if planned.best.as_ref().is_none_or(Assessment::self_enforcing) {
        return Ok(None);
    }
    let mut linked = case.clone();
    linked.leak = num_traits::Zero::zero();
    let quick = Effort { most_ties: 1, ..*effort };
    Ok(best_plan(&linked, &quick)?.best.and_then(|b| b.min_slack))
}

fn by_phases(
    case: &Case,
    planned: &Planned,
    effort: &Effort<'_>,
) -> Result<Vec<(usize, Option<Rational>)>, CaseError> {
    let phases = planned.best.as_ref().map_or(0, Assessment::phases);
    if planned.statistics.moves > MOST_MOVES_BY_PHASES {
        return Ok(Vec::new());
    }
    let quick = Effort { most_ties: 1, ..*effort };
    (1..=phases)
        .map(|most| {
            let mut limited = case.clone();
            limited.limits.max_phases = Some(most);
            let best = best_plan(&limited, &quick)?.best;
            Ok((most, best.and_then(|b| b.min_slack)))
        })
        .collect()
}
