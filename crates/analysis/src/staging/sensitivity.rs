//! Over which values of each number an answer holds, and what flips it.

use super::rows::assess;
use super::{Case, CaseError, Effort, Knob, Plan, Rational, best_plan};
use num_traits::{One, Signed, Zero};

/// One number, moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swing {
    /// Which number.
    pub knob: Knob,
    /// Its value in the case.
    pub value: Rational,
    /// The low and high end it was moved to.
    pub ends: (Rational, Rational),
    /// The plan's smallest slack at either end.
    pub slack: (Rational, Rational),
    /// Where, between the ends, the plan stops holding; either way from the
    /// value, to a thousandth of the way.
    pub flips: (Option<Rational>, Option<Rational>),
}

impl Swing {
    /// How much the slack moves from end to end.
    #[must_use]
    pub fn width(&self) -> Rational {
        (&self.slack.0 - &self.slack.1).abs()
    }
}

/// Whether a plan holds for a case, and its smallest slack: exactly.
fn standing(case: &Case, plan: &Plan) -> (bool, Rational) {
    let a = assess(case, plan);
    let holds = a.self_enforcing() && a.durable();
    (holds, a.min_slack.unwrap_or_else(Rational::zero))
}

/// How far a number is moved: its range if it has one, else half of it
/// either way, within what it may be.
fn ends(
    case: &Case,
    knob: Knob,
    ranges: &[(Knob, Rational, Rational)],
) -> Option<(Rational, Rational)> {
    if let Some((_, low, high)) = ranges.iter().find(|(k, ..)| *k == knob) {
        return Some((low.clone(), high.clone()));
    }
    let value = knob.get(case)?;
    let half = value.abs() / Rational::from_integer(2.into());
    let (mut low, mut high) = (&value - &half, &value + &half);
    if knob.is_share() {
        let tenth = Rational::new(1.into(), 10.into());
        let least =
            if matches!(knob, Knob::Discount(_)) { tenth.clone() } else { Rational::zero() };
        low = (&value - &tenth).max(least);
        high = (&value + &tenth).min(Rational::one());
    }
    (low != high).then_some((low, high))
}

/// Moves each number of the case by itself and watches one plan, kept as it is.
/// Sorted by how much the smallest slack moves, most first.
#[must_use]
pub fn tornado(case: &Case, plan: &Plan, ranges: &[(Knob, Rational, Rational)]) -> Vec<Swing> {
    let holds_now = standing(case, plan).0;
    let mut swings: Vec<Swing> = Knob::all(case)
        .into_iter()
        .filter_map(|knob| {
            let value = knob.get(case)?;
            let (low, high) = ends(case, knob, ranges)?;
            let at = |to: &Rational| {
                let mut moved = case.clone();
                knob.set(&mut moved, to.clone());
                standing(&moved, plan)
            };
            let flip = |end: &Rational| {
                (at(end).0 != holds_now).then(|| narrow(&value, end, |v| at(v).0 == holds_now))
            };
            let flips = (flip(&low), flip(&high));
            Some(Swing { slack: (at(&low).1, at(&high).1), flips, knob, value, ends: (low, high) })
        })
        .collect();
    swings.sort_by(|a, b| b.width().cmp(&a.width()).then(a.knob.cmp(&b.knob)));
    swings
}

/// A value as close to `from` as a thousandth of the way at which `same` is
/// false, given that it is false at `to`.
fn narrow(from: &Rational, to: &Rational, same: impl Fn(&Rational) -> bool) -> Rational {
    let (mut keeps, mut flips) = (0_i64, 1000_i64);
    let point = |k: i64| from + (to - from) * Rational::new(k.into(), 1000.into());
    while flips - keeps > 1 {
        let middle = i64::midpoint(keeps, flips);
        if same(&point(middle)) { keeps = middle } else { flips = middle }
    }
    point(flips)
}

/// A plan judged over all ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robust {
    /// The plan with the best worst case among those tried.
    pub plan: Plan,
    /// Its smallest slack over all corners of the ranges.
    pub worst: Rational,
    /// Whether it holds (and lasts) at every corner.
    pub holds_everywhere: bool,
    /// Corners looked at.
    pub corners: usize,
    /// Different plans tried: the best at each corner and at the values given.
    pub tried: usize,
}

/// Most ranges whose corners are all looked at.
const MOST_RANGES: usize = 8;

/// The best plan, among those best at some corner of the ranges, by its worst
/// corner; `None` without ranges, with too many of them, or without a plan.
///
/// # Errors
/// [`CaseError`] when the case does not hold together.
pub fn robust_plan(
    case: &Case,
    ranges: &[(Knob, Rational, Rational)],
    effort: &Effort<'_>,
) -> Result<Option<Robust>, CaseError> {
    if ranges.is_empty() || ranges.len() > MOST_RANGES {
        return Ok(None);
    }
    let mut corners = vec![case.clone()];
    for (knob, low, high) in ranges {
        corners = corners
            .into_iter()
            .flat_map(|c| {
                [low, high].map(|end| {
                    let mut moved = c.clone();
                    knob.set(&mut moved, end.clone());
                    moved
                })
            })
            .collect();
    }
    let mut plans: Vec<Plan> = Vec::new();
    for corner in std::iter::once(case).chain(&corners) {
        if let Some(best) = best_plan(corner, effort)?.best
            && !plans.contains(&best.plan)
        {
            plans.push(best.plan);
        }
    }
    let tried = plans.len();
    Ok(plans
        .into_iter()
        .map(|plan| {
            let at: Vec<(bool, Rational)> = corners.iter().map(|c| standing(c, &plan)).collect();
            let worst = at.iter().map(|(_, s)| s).min().cloned().unwrap_or_else(Rational::zero);
            let holds_everywhere = at.iter().all(|(h, _)| *h);
            Robust { plan, worst, holds_everywhere, corners: at.len(), tried }
        })
        .max_by(|a, b| {
            (a.holds_everywhere, &a.worst)
                .cmp(&(b.holds_everywhere, &b.worst))
                .then_with(|| b.plan.len().cmp(&a.plan.len()))
                .then_with(|| b.plan.cmp(&a.plan))
        }))
}
