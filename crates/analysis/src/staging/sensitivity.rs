//! What each verdict rests on: a plan, a finished deal, a guarantee, a small
//! deal, acceptance at home.

use super::guarantee::{Guarantee, Instrument, guarantee_for_plan};
use super::interim::InterimQuestion;
use super::robust::{Robust, corners_suffice, robust_plan};
use super::rows::assess;
use super::swing::{Dial, Seen, Swings, dials, swings};
use super::{Case, CaseError, Effort, Knob, Plan, Range, Ratification, Rational, breakdown};
use num_traits::{Signed, Zero};

/// Places looked at on the way to an end, for verdicts that are quick to see.
const LOOKED: usize = 4;
/// The same for verdicts that need a search each time.
const LOOKED_BY_SEARCH: usize = 2;

fn moved(case: &Case, knob: Knob, to: &Rational) -> Case {
    let mut case = case.clone();
    knob.set(&mut case, to.clone());
    case
}

/// The numbers of a case, each certain where what holds now holds over one
/// stretch of it: where what must not be negative is concave in it.
fn dials_of_concave(case: &Case, ranges: &[Range], holds: bool) -> Vec<Dial<Knob>> {
    let mut all = dials(case, ranges);
    for dial in &mut all {
        let moved = (dial.knob, dial.ends.0.clone(), dial.ends.1.clone());
        dial.certain = holds && corners_suffice(case, &[moved]);
    }
    all
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(" and ")
}

/// What a plan rests on: the plan kept, its smallest slack measured.
///
/// # Errors
/// None in a case that holds together.
pub fn plan_swings(case: &Case, plan: &Plan, ranges: &[Range]) -> Result<Swings, CaseError> {
    let look = |case: &Case| -> Seen {
        let a = assess(case, plan);
        let verdict = if !a.within_caps {
            "a side stands to lose more than it accepts"
        } else if a.self_enforcing() {
            "the plan holds"
        } else {
            "the plan does not hold"
        };
        (verdict.into(), a.min_slack)
    };
    let now = assess(case, plan);
    let all = dials_of_concave(case, ranges, now.within_caps && now.self_enforcing());
    swings(all, look(case), "smallest slack", LOOKED, |knob, to| Ok(look(&moved(case, *knob, to))))
}

/// What the durability of the finished deal rests on.
///
/// # Errors
/// None in a case that holds together.
pub fn durability_swings(case: &Case, ranges: &[Range]) -> Result<Swings, CaseError> {
    let look = |case: &Case| -> Seen {
        let end = breakdown(case, &case.target);
        let over: Vec<Rational> = case.residual.iter().zip(&end).map(|(c, b)| c - b).collect();
        let breaks =
            case.parties.iter().zip(&over).filter(|(_, o)| o.is_negative()).map(|(p, _)| &**p);
        let who = listed(breaks);
        let verdict = if who.is_empty() {
            "everybody keeps the finished deal".to_owned()
        } else {
            format!("{who} would rather break the finished deal")
        };
        (verdict, over.iter().zip(&case.weight).map(|(o, w)| o * w).min())
    };
    // Each side's worth of keeping it is linear, so any verdict holds over one stretch.
    let mut found = swings(
        dials_of_concave(case, ranges, true),
        look(case),
        "least worth of keeping it",
        LOOKED,
        |knob, to| Ok(look(&moved(case, *knob, to))),
    )?;
    // Most numbers do not enter at all.
    found
        .swings
        .retain(|s| s.flips() || s.measure != (found.measure.clone(), found.measure.clone()));
    Ok(found)
}

/// What a guarantee rests on: the plan it was worked out for kept, the least
/// amount in all measured.
///
/// # Errors
/// None in a case that holds together.
pub fn guarantee_swings(
    case: &Case,
    plan: &Plan,
    instrument: Instrument,
    sigma: &Rational,
    ranges: &[Range],
) -> Result<Swings, CaseError> {
    let what = match instrument {
        Instrument::Bond => "bond",
        Instrument::Reward => "reward",
    };
    let look = |case: &Case| -> Seen {
        match guarantee_for_plan(case, plan, instrument, sigma) {
            None => (format!("no {what} makes the plan hold"), None),
            Some(g) => {
                let needs = case.parties.iter().zip(&g.amounts).filter(|(_, a)| a.is_positive());
                let who = listed(needs.map(|(p, _)| &**p));
                let verdict = if who.is_empty() {
                    format!("no {what} is needed")
                } else {
                    format!("a {what} is needed for {who}")
                };
                (verdict, Some(Guarantee::total(&g)))
            }
        }
    };
    swings(dials(case, ranges), look(case), "least amount in all", LOOKED, |knob, to| {
        Ok(look(&moved(case, *knob, to)))
    })
}

/// A number of a question about a small deal.
#[derive(Clone, Copy)]
enum Asked {
    Case(Knob),
    Hazard,
    Cap(usize),
    Margin(usize),
}

/// What the verdict on a small deal rests on. Where a broad deal has a worth
/// of its own afterwards, that moves with the party's by the same amount.
///
/// # Errors
/// [`CaseError`] when the question does not hold together.
pub fn interim_swings(
    question: &InterimQuestion,
    ranges: &[Range],
    effort: &Effort<'_>,
) -> Result<Swings, CaseError> {
    let case = &question.instance;
    let mut all: Vec<Dial<Asked>> = dials(case, ranges)
        .into_iter()
        .map(|d| Dial {
            knob: Asked::Case(d.knob),
            name: d.name,
            value: d.value,
            ends: d.ends,
            certain: false,
        })
        .collect();
    let half = |v: &Rational| v / Rational::from_integer(2.into());
    let mut add = |knob: Asked, name: String, value: &Rational, share: bool| {
        let (low, mut high) = (value - half(&value.abs()), value + half(&value.abs()));
        if share {
            high = high.min(Rational::from_integer(1.into()));
        }
        if low != high {
            all.push(Dial { knob, name, value: value.clone(), ends: (low, high), certain: false });
        }
    };
    if let Some(hazard) = &question.after.hazard {
        add(Asked::Hazard, "break-off probability after it".into(), hazard, true);
    }
    for (i, party) in case.parties.iter().enumerate() {
        if let Some(cap) = question.after.exposure_cap.as_ref().and_then(|c| c[i].as_ref()) {
            add(Asked::Cap(i), format!("exposure cap of {party} after it"), cap, false);
        }
        if let Some(margin) = question.after.margin.as_ref().map(|m| &m[i]) {
            add(Asked::Margin(i), format!("margin of {party} after it"), margin, false);
        }
    }
    let look = |question: &InterimQuestion| -> Result<Seen, CaseError> {
        let (before, _) = question.from_status_quo(effort)?;
        let (verdict, after, _) = question.judge_briefly(&before, effort)?;
        Ok((verdict.name().into(), after.gain))
    };
    let now = look(question)?;
    swings(all, now, "smallest gain after it", LOOKED_BY_SEARCH, |asked, to| {
        let mut other = question.clone();
        match *asked {
            Asked::Case(knob) => {
                if let Knob::Residual(i) = knob {
                    let by = to - &case.residual[i];
                    for deal in &mut other.deals {
                        deal.residual[i] += &by;
                    }
                }
                knob.set(&mut other.instance, to.clone());
            }
            Asked::Hazard => other.after.hazard = Some(to.clone()),
            Asked::Cap(i) => {
                if let Some(caps) = &mut other.after.exposure_cap {
                    caps[i] = Some(to.clone());
                }
            }
            Asked::Margin(i) => {
                if let Some(margins) = &mut other.after.margin {
                    margins[i].clone_from(to);
                }
            }
        }
        look(&other)
    })
}

/// A number at home.
#[derive(Clone, Copy)]
enum AtHome {
    Quota(usize),
    Reserve(usize, usize),
    Weight(usize, usize),
    Worth(usize, usize, usize),
}

/// What the ratification of the draft rests on; the outcomes that pass on
/// every side are counted where `most_steps` allows.
///
/// # Errors
/// [`CaseError`] when the question does not hold together.
pub fn ratification_swings(
    question: &Ratification,
    issues: &[(String, Vec<String>)],
    most_steps: u64,
) -> Result<Swings, CaseError> {
    let half = Rational::new(1.into(), 2.into());
    let mut all: Vec<Dial<AtHome>> = Vec::new();
    let mut add = |knob, name: String, value: &Rational, reach: Rational, least_zero: bool| {
        let mut low = value - &reach;
        if least_zero {
            low = low.max(Rational::zero());
        }
        let ends = (low, value + reach);
        if ends.0 != ends.1 {
            // More of it never turns a refusal into assent and back.
            all.push(Dial { knob, name, value: value.clone(), ends, certain: true });
        }
    };
    for (p, party) in question.parties.iter().enumerate() {
        let reach = &party.quota * &half;
        add(AtHome::Quota(p), format!("quota of {}", party.name), &party.quota, reach, true);
        for (c, group) in party.constituencies.iter().enumerate() {
            let name = &group.name;
            let spread: Rational =
                group.utility.iter().filter_map(|u| Some(u.iter().max()? - u.iter().min()?)).sum();
            let reach = if group.reserve.is_zero() { spread } else { group.reserve.abs() } * &half;
            let knob = AtHome::Reserve(p, c);
            add(knob, format!("what {name} asks for at least"), &group.reserve, reach, false);
            let reach = &group.weight * &half;
            add(AtHome::Weight(p, c), format!("weight of {name}"), &group.weight, reach, true);
            for (i, &option) in question.draft.iter().enumerate() {
                let worth = &group.utility[i][option];
                let issue =
                    issues.get(i).map_or_else(|| format!("issue {}", i + 1), |x| x.0.clone());
                let name = format!("{issue} in the draft to {name}");
                add(AtHome::Worth(p, c, i), name, worth, worth.abs() * &half, false);
            }
        }
    }
    let look = |question: &Ratification| -> Result<Seen, CaseError> {
        let passes = super::verdicts(question, &question.draft).passes;
        let fails = question.parties.iter().zip(&passes).filter(|(_, pass)| !**pass);
        let who = listed(fails.map(|(p, _)| &*p.name));
        let verdict = if who.is_empty() {
            "the draft passes on every side".to_owned()
        } else {
            format!("the draft fails in {who}")
        };
        let all = super::ratify(question, 0, most_steps)?;
        Ok((verdict, all.complete.then(|| Rational::from_integer(all.win_set_size.into()))))
    };
    let now = look(question)?;
    swings(all, now, "outcomes that pass everywhere", LOOKED_BY_SEARCH, |knob, to| {
        let mut other = question.clone();
        match *knob {
            AtHome::Quota(p) => other.parties[p].quota.clone_from(to),
            AtHome::Reserve(p, c) => other.parties[p].constituencies[c].reserve.clone_from(to),
            AtHome::Weight(p, c) => other.parties[p].constituencies[c].weight.clone_from(to),
            AtHome::Worth(p, c, i) => {
                let option = other.draft[i];
                other.parties[p].constituencies[c].utility[i][option].clone_from(to);
            }
        }
        look(&other)
    })
}

/// What a plan and the deal it leads to rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRests {
    /// The plan kept.
    pub plan: Swings,
    /// The finished deal.
    pub durability: Swings,
    /// The plan that does best over all ranges, where numbers are ranges.
    pub robust: Option<Robust>,
}

/// All that a plan rests on.
///
/// # Errors
/// [`CaseError`] when the case does not hold together.
pub fn plan_rests(
    case: &Case,
    plan: &Plan,
    ranges: &[Range],
    effort: &Effort<'_>,
) -> Result<PlanRests, CaseError> {
    Ok(PlanRests {
        plan: plan_swings(case, plan, ranges)?,
        durability: durability_swings(case, ranges)?,
        robust: robust_plan(case, ranges, effort)?,
    })
}
