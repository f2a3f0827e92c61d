//! The least that outsiders, or the parties themselves, must put up for a plan to hold.

use super::planner::{Effort, exact_moves};
use super::rows::{ALL_CLOSERS, Plan, assess, phase_stretches, temptations};
use super::value::breakdown;
use super::{Case, CaseError, Rational};
use num_traits::{One, Signed, Zero};

/// What is put up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instrument {
    /// Forfeited by a party that defaults; returned when all is done.
    Bond,
    /// Paid to a party on completion.
    Reward,
}

/// The least guarantee found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guarantee {
    /// Per party, what is put up for it (beyond what the case has already).
    pub amounts: Vec<Rational>,
    /// The plan that then holds.
    pub plan: Plan,
}

impl Guarantee {
    /// All amounts together.
    #[must_use]
    pub fn total(&self) -> Rational {
        self.amounts.iter().sum()
    }
}

/// The answer of a search over plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuaranteeFound {
    /// The guarantee; `None` when no amount makes any plan hold.
    pub least: Option<Guarantee>,
    /// Whether every plan was looked at; otherwise a smaller one may exist.
    pub complete: bool,
}

#[derive(Clone)]
struct Label {
    carried: Vec<Rational>,
    amounts: Vec<Rational>,
    /// What one unit paid on completion is worth at the vertex, one phase earlier.
    reach: Vec<Rational>,
    left: usize,
    next: Option<(usize, usize)>,
}

/// The plan and amounts with the least total, such that every row of the plan
/// has a slack of at least `sigma`. `most` bounds what can be put up for each party.
///
/// # Errors
/// [`CaseError`] when the case does not hold together.
pub fn least_guarantee(
    case: &Case,
    instrument: Instrument,
    sigma: &Rational,
    most: Option<&[Rational]>,
    effort: &Effort<'_>,
) -> Result<GuaranteeFound, CaseError> {
    case.check()?;
    let Some(graph) = exact_moves(case, effort) else {
        return Ok(GuaranteeFound { least: None, complete: false });
    };
    let n = case.parties.len();
    let last = graph.len() - 1;
    let mut labels: Vec<Vec<Label>> = vec![Vec::new(); graph.len()];
    labels[last].push(Label {
        carried: (0..n)
            .map(|i| &case.discount[i] * (&case.residual[i] + &case.reward[i]))
            .collect(),
        amounts: vec![Rational::zero(); n],
        reach: case.discount.clone(),
        left: 0,
        next: None,
    });
    let phases = case.limits.max_phases.unwrap_or(usize::MAX);
    let mut work = 0_usize;
    for from in (0..last).rev() {
        let state = &graph[from].0;
        let first = *state == case.start;
        let mut here: Vec<Label> = Vec::new();
        for &to in &graph[from].1 {
            if labels[to].is_empty() {
                continue;
            }
            let end = &graph[to].0;
            let moves = phase_stretches(case, state, end, true);
            let (cheating, walking) = temptations(case, state, &moves, first, ALL_CLOSERS);
            for (which, ahead) in labels[to].iter().enumerate() {
                work += 1;
                if work > effort.most_labels / 10 || work.is_multiple_of(1024) && (effort.stop)() {
                    return Ok(GuaranteeFound { least: None, complete: false });
                }
                if ahead.left >= phases {
                    continue;
                }
                let row = Rows { case, cheating: &cheating, walking: &walking, first, sigma };
                let values: Vec<Rational> = (0..n)
                    .map(|i| {
                        moves.iter().map(|(_, s)| &s.lump[i]).sum::<Rational>() + &ahead.carried[i]
                    })
                    .collect();
                let Some(amounts) = row.amounts(instrument, &values, ahead) else { continue };
                if most.is_some_and(|m| amounts.iter().zip(m).any(|(a, m)| a > m)) {
                    continue;
                }
                let h = case.break_off(state);
                let on = Rational::one() - &h;
                let down = breakdown(case, state);
                let label = Label {
                    carried: (0..n)
                        .map(|i| &case.discount[i] * (&on * &values[i] + &h * &down[i]))
                        .collect(),
                    reach: (0..n).map(|i| &case.discount[i] * &on * &ahead.reach[i]).collect(),
                    amounts,
                    left: ahead.left + 1,
                    next: Some((to, which)),
                };
                if !here.iter().any(|old| at_least(old, &label, instrument)) {
                    here.retain(|old| !at_least(&label, old, instrument));
                    here.push(label);
                }
            }
        }
        labels[from] = here;
    }
    let least = (0..labels[0].len())
        .map(|which| Guarantee {
            amounts: labels[0][which].amounts.clone(),
            plan: trace(&graph, &labels, which),
        })
        .min_by_key(|g| {
            let spread = assess(case, &g.plan).imbalance;
            (g.total(), g.plan.len(), spread, g.plan.clone())
        });
    Ok(GuaranteeFound { least, complete: true })
}

/// The least amounts that make one given plan hold, if any do.
#[must_use]
pub fn guarantee_for_plan(
    case: &Case,
    plan: &[Vec<usize>],
    instrument: Instrument,
    sigma: &Rational,
) -> Option<Guarantee> {
    let n = case.parties.len();
    let rows = assess(case, plan).rows;
    let mut ahead = Label {
        carried: Vec::new(),
        amounts: vec![Rational::zero(); n],
        reach: case.discount.clone(),
        left: 0,
        next: None,
    };
    for t in (0..plan.len().saturating_sub(1)).rev() {
        let here = &rows[t * n..(t + 1) * n];
        let cheating: Vec<_> = here.iter().map(|r| r.cheating.clone()).collect();
        let walking: Vec<_> = here.iter().map(|r| r.walking_out.clone()).collect();
        let values: Vec<_> = here.iter().map(|r| r.going_on.clone()).collect();
        let row = Rows { case, cheating: &cheating, walking: &walking, first: t == 0, sigma };
        ahead.amounts = row.amounts(instrument, &values, &ahead)?;
        let on = Rational::one() - case.break_off(&plan[t]);
        ahead.reach = (0..n).map(|i| &case.discount[i] * &on * &ahead.reach[i]).collect();
    }
    Some(Guarantee { amounts: ahead.amounts, plan: plan.to_vec() })
}

struct Rows<'r> {
    case: &'r Case,
    cheating: &'r [Option<Rational>],
    walking: &'r [Rational],
    first: bool,
    sigma: &'r Rational,
}

impl Rows<'_> {
    /// What must be put up so that these rows, too, hold; `None` when nothing helps.
    fn amounts(
        &self,
        instrument: Instrument,
        values: &[Rational],
        ahead: &Label,
    ) -> Option<Vec<Rational>> {
        (0..values.len())
            .map(|i| {
                let wanted = self.sigma / &self.case.weight[i];
                let walk_short = &self.walking[i] + &wanted - &values[i];
                let cheat_short = self.cheating[i].as_ref().map(|d| d + &wanted - &values[i]);
                let amount = match instrument {
                    Instrument::Bond if self.first && !self.case.bond_at_entry => {
                        if walk_short.is_positive() {
                            return None;
                        }
                        cheat_short.unwrap_or_else(Rational::zero)
                    }
                    Instrument::Bond => {
                        cheat_short.map_or(walk_short.clone(), |c| c.max(walk_short.clone()))
                    }
                    Instrument::Reward => {
                        let short =
                            cheat_short.map_or(walk_short.clone(), |c| c.max(walk_short.clone()));
                        if !short.is_positive() {
                            Rational::zero()
                        } else if ahead.reach[i].is_zero() {
                            return None;
                        } else {
                            short / &ahead.reach[i]
                        }
                    }
                };
                Some(amount.max(ahead.amounts[i].clone()))
            })
            .collect()
    }
}

fn at_least(a: &Label, b: &Label, instrument: Instrument) -> bool {
    a.left <= b.left
        && a.amounts.iter().zip(&b.amounts).all(|(x, y)| x <= y)
        && a.carried.iter().zip(&b.carried).all(|(x, y)| x >= y)
        && (instrument == Instrument::Bond || a.reach.iter().zip(&b.reach).all(|(x, y)| x >= y))
}

fn trace(graph: &[(Vec<usize>, Vec<usize>)], labels: &[Vec<Label>], which: usize) -> Plan {
    let mut plan = Vec::new();
    let mut at = Some((0, which));
    while let Some((vertex, which)) = at {
        plan.push(graph[vertex].0.clone());
        at = labels[vertex][which].next;
    }
    plan
}
