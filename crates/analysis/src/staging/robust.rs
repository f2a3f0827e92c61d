//! One plan for all values of numbers that are known only as ranges.
//!
//! With one plan kept, its smallest slack is concave in each lump, flow,
//! residual, reward, bond, margin, cap, annuity, leak, share recovered or
//! kept, and weight by itself: going on is linear in each of them, and the
//! better of cheating and walking out is a largest of things that are. What is
//! concave in each number by itself is smallest at a corner of a box, so for
//! these the corners are the whole truth, unless a range turns what a giver
//! gives up into a gain, which switches taking back off. The value of going on
//! is a polynomial in a discount or a break-off probability, so for those
//! places in between are looked at as well, without proof.

use super::rows::assess;
use super::{Case, CaseError, Effort, Knob, Plan, Proof, Range, Rational, best_plan};
use num_traits::{Signed, Zero};

/// A plan judged over all ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robust {
    /// The plan with the best worst case among those tried.
    pub plan: Plan,
    /// Its smallest slack over all places looked at.
    pub worst: Rational,
    /// Whether it holds (and lasts) at every place.
    pub holds_everywhere: bool,
    /// Places looked at: corners of the ranges, and between them where corners
    /// do not suffice.
    pub places: usize,
    /// Whether those places are certain to include the worst one.
    pub certain: bool,
    /// Different plans tried: the best at each corner and at the values given.
    pub tried: usize,
    /// No plan at all has a worst case above this; `None` where a search was
    /// cut short.
    pub no_plan_above: Option<Rational>,
}

/// Most places looked at.
const MOST_PLACES: usize = 1024;

/// The best plan, among those best at some corner of the ranges, by its worst
/// place; `None` without ranges, with too many of them, or without a plan.
///
/// # Errors
/// [`CaseError`] when the case does not hold together.
pub fn robust_plan(
    case: &Case,
    ranges: &[Range],
    effort: &Effort<'_>,
) -> Result<Option<Robust>, CaseError> {
    let count = ranges.iter().fold(1_usize, |n, (k, ..)| n.saturating_mul(stops(*k)));
    if ranges.is_empty() || count > MOST_PLACES {
        return Ok(None);
    }
    let mut places = vec![(case.clone(), true)];
    for (knob, low, high) in ranges {
        let last = stops(*knob) - 1;
        places = places
            .into_iter()
            .flat_map(|(place, corner)| {
                (0..=last).map(move |k| {
                    let at = low + (high - low) * Rational::new(k.into(), last.into());
                    let mut moved = place.clone();
                    knob.set(&mut moved, at);
                    (moved, corner && (k == 0 || k == last))
                })
            })
            .collect();
    }
    let mut plans: Vec<Plan> = Vec::new();
    let mut ceiling: Option<Rational> = None;
    let mut proved = true;
    for place in std::iter::once(case).chain(places.iter().filter(|p| p.1).map(|p| &p.0)) {
        let found = best_plan(place, effort)?;
        proved &= !matches!(found.proof, Proof::Gap(_));
        let Some(best) = found.best else { continue };
        if let Some(slack) = &best.min_slack
            && ceiling.as_ref().is_none_or(|c| slack < c)
        {
            ceiling = Some(slack.clone());
        }
        if !plans.contains(&best.plan) {
            plans.push(best.plan);
        }
    }
    let tried = plans.len();
    let certain = corners_suffice(case, ranges);
    Ok(plans
        .into_iter()
        .map(|plan| {
            let at = places.iter().map(|(place, _)| {
                let a = assess(place, &plan);
                (a.self_enforcing() && a.durable(), a.min_slack.unwrap_or_else(Rational::zero))
            });
            let at: Vec<(bool, Rational)> = at.collect();
            let worst = at.iter().map(|(_, s)| s).min().cloned().unwrap_or_else(Rational::zero);
            let holds_everywhere = at.iter().all(|(h, _)| *h);
            let no_plan_above = ceiling.clone().filter(|_| proved);
            Robust {
                plan,
                worst,
                holds_everywhere,
                places: at.len(),
                certain,
                tried,
                no_plan_above,
            }
        })
        .max_by(|a, b| {
            (a.holds_everywhere, &a.worst)
                .cmp(&(b.holds_everywhere, &b.worst))
                .then_with(|| b.plan.len().cmp(&a.plan.len()))
                .then_with(|| b.plan.cmp(&a.plan))
        }))
}

/// Whether a plan's smallest slack, and the worth of keeping the finished
/// deal, are smallest at a corner of these ranges.
pub(super) fn corners_suffice(case: &Case, ranges: &[Range]) -> bool {
    ranges.iter().all(|(k, ..)| stops(*k) == 2) && !turns_giving_round(case, ranges)
}

/// At how many places of a range to look.
fn stops(knob: Knob) -> usize {
    match knob {
        Knob::Discount(_) | Knob::Hazard | Knob::HazardDrop => 5,
        _ => 2,
    }
}

/// Whether some range could make what a giver gives up in a deliverable that
/// can be taken back a gain to it: then nothing is taken back.
fn turns_giving_round(case: &Case, ranges: &[Range]) -> bool {
    let (mut least, mut most) = (case.clone(), case.clone());
    for (knob, low, high) in ranges.iter().filter(|(k, ..)| matches!(k, Knob::Value { .. })) {
        knob.set(&mut least, low.clone());
        knob.set(&mut most, high.clone());
    }
    let taken_back = |j: usize| {
        let up = |(k, _, high): &Range| *k == Knob::Recover(j) && high.is_positive();
        case.deliverables[j].recover.is_positive() || ranges.iter().any(up)
    };
    (0..case.deliverables.len()).filter(|&j| taken_back(j)).any(|j| {
        let performer = case.deliverables[j].performer;
        let (mut low, mut high) = (Rational::zero(), Rational::zero());
        (case.standing[j]..case.deliverables[j].steps.len()).any(|s| {
            low += &least.deliverables[j].steps[s].value[performer];
            high += &most.deliverables[j].steps[s].value[performer];
            low.is_negative() != high.is_negative()
        })
    })
}
