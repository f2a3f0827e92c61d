//! How far issue weights may move before another deal has the larger Nash product.
//!
//! Every weight is a statement that may be off. The deal recommended is set
//! against every other point of a complete frontier: outcomes that are
//! dominated now are not looked at, although a moved weight could bring one
//! up. A weight moves by a factor 1 + t; reservation values, constants and
//! interactions stay.

use crate::frontier::{Completeness, Frontier};
use crate::problem::Problem;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// How far one weight may move, the others staying.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightRange {
    /// The party, by index.
    pub party: usize,
    /// The issue, by index in the problem.
    pub issue: usize,
    /// The largest fraction by which it may fall (0.25: by a quarter);
    /// `None` when even a weight of zero changes nothing.
    pub down: Option<f64>,
    /// The largest fraction by which it may rise; `None` when no rise changes anything.
    pub up: Option<f64>,
}

/// How robust a recommended deal is.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// One per party and issue. Exact, as rationals turned to doubles.
    pub weights: Vec<WeightRange>,
    /// However all weights of all parties move, each on its own, by up to this
    /// fraction, the deal stays; found by bisection, so at most 1e-9 too
    /// small. One when all may move by 100 %.
    pub common: f64,
    /// The frontier point that would take over just beyond `common`; `None`
    /// when it is one, or when the deal itself stops being acceptable first.
    pub challenger: Option<usize>,
}

/// Why sensitivity was not computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotComputed {
    /// The frontier is not complete.
    #[error("sensitivity needs a complete frontier")]
    Incomplete,
    /// Utilities are cut at a cap.
    #[error("sensitivity is not computed where utilities are capped")]
    Capped,
    /// Some party gains nothing: the product is zero whatever the weights.
    #[error("sensitivity needs a deal from which every party gains")]
    NoGain,
    /// The deal is not the one of the largest product on this frontier.
    #[error("another deal on the frontier has a larger product of gains already")]
    NotNash,
}

/// The sensitivity of a deal (`chosen`: an assignment) on the complete
/// frontier of the problem whose red lines were made constraints.
///
/// # Errors
/// [`NotComputed`] says why not.
pub fn sensitivity(
    problem: &Problem,
    frontier: &Frontier,
    chosen: &[usize],
) -> Result<Sensitivity, NotComputed> {
    if frontier.completeness != Completeness::Complete {
        return Err(NotComputed::Incomplete);
    }
    if problem.has_caps() {
        return Err(NotComputed::Capped);
    }
    let own = problem.gains(&problem.utilities(chosen));
    if own.iter().any(|&g| g <= 0) {
        return Err(NotComputed::NoGain);
    }
    let product = |gains: &[i64]| gains.iter().map(|&g| BigInt::from(g)).product::<BigInt>();
    let top = product(&own);
    let rivals: Vec<Rival<'_>> = frontier
        .points
        .iter()
        .enumerate()
        .map(|(index, point)| Rival {
            index,
            assignment: &point.assignment,
            gains: problem.gains(&point.utilities),
        })
        .filter(|r| r.gains != own)
        .collect();
    let beaten = |r: &Rival<'_>| r.gains.iter().all(|&g| g >= 0) && product(&r.gains) > top;
    if rivals.iter().any(beaten) {
        return Err(NotComputed::NotNash);
    }
    let mut weights = Vec::new();
    for party in 0..problem.parties {
        weights.extend(one_party(problem, chosen, &own, &rivals, party));
    }
    let (common, challenger) = together(problem, chosen, &own, &rivals);
    Ok(Sensitivity { weights, common, challenger })
}

struct Rival<'a> {
    index: usize,
    assignment: &'a [usize],
    gains: Vec<i64>,
}

/// Products are linear in one weight: each rival gives one bound.
fn one_party(
    problem: &Problem,
    chosen: &[usize],
    own: &[i64],
    rivals: &[Rival<'_>],
    party: usize,
) -> Vec<WeightRange> {
    let rest = |gains: &[i64]| -> BigInt {
        gains
            .iter()
            .enumerate()
            .filter(|(p, _)| *p != party)
            .map(|(_, &g)| BigInt::from(g))
            .product()
    };
    let own_rest = rest(own);
    // (rival, its rest product, the margin at t = 0)
    let margins: Vec<(&Rival<'_>, BigInt, BigInt)> = rivals
        .iter()
        .filter(|r| r.gains.iter().enumerate().all(|(p, &g)| p == party || g >= 0))
        .map(|r| {
            let rest = rest(&r.gains);
            let margin = &own_rest * own[party] - &rest * r.gains[party];
            (r, rest, margin)
        })
        .collect();
    (0..problem.issues.len())
        .map(|issue| {
            let worth = |assignment: &[usize]| problem.row(issue, assignment[issue])[party];
            let at = worth(chosen);
            let (mut down, mut up): (Option<BigRational>, Option<BigRational>) = (None, None);
            let mut bound = |margin: BigInt, slope: BigInt| {
                // margin + t × slope ≥ 0
                if slope.is_zero() {
                    return;
                }
                let limit = BigRational::new(margin, slope.abs());
                let side = if slope.is_positive() { &mut down } else { &mut up };
                if side.as_ref().is_none_or(|held| limit < *held) {
                    *side = Some(limit);
                }
            };
            // The deal must stay acceptable.
            bound(BigInt::from(own[party]), BigInt::from(at));
            for (rival, rest, margin) in &margins {
                let theirs = worth(rival.assignment);
                bound(margin.clone(), &own_rest * at - rest * theirs);
            }
            let down = down.filter(|d| *d < BigRational::one());
            let double = |r: BigRational| r.to_f64().unwrap_or(f64::NAN);
            WeightRange { party, issue, down: down.map(double), up: up.map(double) }
        })
        .collect()
}

/// The largest common fraction, and who takes over beyond it.
fn together(
    problem: &Problem,
    chosen: &[usize],
    own: &[i64],
    rivals: &[Rival<'_>],
) -> (f64, Option<usize>) {
    let worths = |assignment: &[usize], party: usize| -> Vec<f64> {
        assignment
            .iter()
            .enumerate()
            .map(|(issue, &option)| problem.row(issue, option)[party] as f64)
            .collect()
    };
    let ours: Vec<Vec<f64>> = (0..problem.parties).map(|p| worths(chosen, p)).collect();
    let mut common = 1.0_f64;
    for (row, &gain) in ours.iter().zip(own) {
        let swing: f64 = row.iter().map(|w| w.abs()).sum();
        if swing > 0.0 {
            common = common.min(gain as f64 / swing);
        }
    }
    let mut challenger = None;
    for rival in rivals {
        let theirs: Vec<Vec<f64>> =
            (0..problem.parties).map(|p| worths(rival.assignment, p)).collect();
        let overtakes = |fraction: f64| {
            let mut product = 1.0;
            for party in 0..problem.parties {
                let ratio = largest_ratio(
                    (rival.gains[party] as f64, &theirs[party]),
                    (own[party] as f64, &ours[party]),
                    fraction,
                );
                if ratio < 0.0 {
                    return false;
                }
                product *= ratio;
            }
            product > 1.0 + 1e-12
        };
        if !overtakes(common) {
            continue;
        }
        let (mut low, mut high) = (0.0, common);
        while high - low > 1e-10 {
            let middle = f64::midpoint(low, high);
            if overtakes(middle) { high = middle } else { low = middle }
        }
        common = low;
        challenger = Some(rival.index);
    }
    (common, challenger)
}

/// The largest (their gain) / (our gain) when every weight of this party may
/// move by up to `fraction` (Dinkelbach 1967, *Management Science* 13:492–498).
fn largest_ratio(theirs: (f64, &[f64]), ours: (f64, &[f64]), fraction: f64) -> f64 {
    let mut ratio = theirs.0 / ours.0;
    for _ in 0..60 {
        let (mut above, mut below) = (theirs.0, ours.0);
        for (t, o) in theirs.1.iter().zip(ours.1) {
            let move_by = if t - ratio * o > 0.0 { fraction } else { -fraction };
            above += move_by * t;
            below += move_by * o;
        }
        if below <= 0.0 {
            // Our own gain vanishes there.
            return f64::INFINITY;
        }
        let next = above / below;
        if next <= ratio + 1e-15 * ratio.abs() {
            return ratio.max(next);
        }
        ratio = next;
    }
    ratio
}
