//! The same rules over lotteries: probability mixes of outcomes, valued by
//! expected utility (Nash 1950, *Econometrica* 18:155–162).
//!
//! A lottery is acceptable to a party when its expected utility is no less
//! than the reservation value; an outcome in it may be worth less. Exact in
//! rationals for two parties; for more, the linear rules are exact and Nash
//! carries a bound.

use super::convex::{Block, ConvexSet};
use super::envelope::{Corner, polyline};
use super::multilateral::{Union, is_proved};
use super::{Q, bilateral, is_whole, split_position, to_f64};
use crate::budget::Budget;
use crate::frontier::Frontier;
use crate::problem::Problem;
use crate::solved::{Deal, SolutionRule};
use detente_model::Number;
use num_traits::{One, Zero};

/// Most frontier points of three parties or more that are mixed.
pub const MOST_POINTS: usize = 3_000;

/// A lottery picked by a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct LotteryDeal {
    /// By which rule.
    pub rule: SolutionRule,
    /// The outcomes with their probabilities, which sum to one.
    pub outcomes: Vec<(Number, Deal)>,
    /// Each party's expected utility.
    pub expected: Vec<f64>,
    /// The rule's value of it.
    pub value: f64,
    /// Whether it is proved that no acceptable lottery does better.
    pub optimal: bool,
    /// No acceptable lottery has a value above this.
    pub bound: f64,
}

/// What lotteries can do.
#[derive(Debug, Clone, PartialEq)]
pub struct Lotteries {
    /// One per rule; empty without an acceptable lottery.
    pub deals: Vec<LotteryDeal>,
    /// Whether some lottery is acceptable to all.
    pub possible: Option<bool>,
    /// Each party's best expected utility in an acceptable lottery; empty without one.
    pub ideals: Vec<f64>,
}

/// Why lotteries were not computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LotteryError {
    /// The frontier is not complete, so its mixes are not all there are.
    #[error("lotteries need a complete frontier")]
    Incomplete,
    /// Too many points among three parties or more.
    #[error(
        "lotteries among three parties or more need a frontier of at most {MOST_POINTS} points"
    )]
    TooManyPoints,
}

/// Every rule's lottery over the complete frontier of the problem whose red
/// lines were made constraints ([`Problem::with_red_lines_as_constraints`]):
/// no lottery over other outcomes does better.
///
/// # Errors
/// [`LotteryError`] when the frontier is not complete, or too large for three
/// parties or more.
pub fn lotteries(
    problem: &Problem,
    frontier: &Frontier,
    budget: &Budget<'_>,
) -> Result<Lotteries, LotteryError> {
    if !is_whole(frontier) {
        return Err(LotteryError::Incomplete);
    }
    if problem.parties == 2 {
        return Ok(two(problem, frontier));
    }
    if frontier.points.len() > MOST_POINTS {
        return Err(LotteryError::TooManyPoints);
    }
    Ok(many(problem, frontier, budget))
}

fn exact(problem: &Problem, values: &[i64]) -> Vec<Q> {
    values.iter().zip(&problem.scales).map(|(&v, s)| s.to_number(v).as_rational().clone()).collect()
}

fn deal(problem: &Problem, frontier: &Frontier, index: usize) -> Deal {
    let point = &frontier.points[index];
    Deal {
        outcome: problem.outcome(&point.assignment),
        utilities: problem.in_own_units(&point.utilities),
    }
}

/// The indices of the points on the upper hull, first utility ascending.
fn upper_hull(frontier: &Frontier) -> Vec<usize> {
    let at = |i: usize| {
        let u = &frontier.points[i].utilities;
        (i128::from(u[0]), i128::from(u[1]))
    };
    let mut order: Vec<usize> = (0..frontier.points.len()).collect();
    order.sort_by_key(|&i| at(i));
    let mut hull: Vec<usize> = Vec::new();
    for i in order {
        while let [.., a, b] = hull.as_slice() {
            let ((ax, ay), (bx, by), (x, y)) = (at(*a), at(*b), at(i));
            if (bx - ax) * (y - ay) < (by - ay) * (x - ax) {
                break;
            }
            hull.pop();
        }
        hull.push(i);
    }
    hull
}

fn two(problem: &Problem, frontier: &Frontier) -> Lotteries {
    let hull = upper_hull(frontier);
    let corners: Vec<Corner> = hull
        .iter()
        .enumerate()
        .map(|(place, &i)| {
            let u = exact(problem, &frontier.points[i].utilities);
            Corner { u: [u[0].clone(), u[1].clone()], at: Q::from_integer(place.into()) }
        })
        .collect();
    let reservations = exact(problem, &problem.reservations);
    let pieces = if corners.is_empty() { Vec::new() } else { polyline(0, corners) };
    let Some(choice) = bilateral::choose(&pieces, [&reservations[0], &reservations[1]]) else {
        return Lotteries { deals: Vec::new(), possible: Some(false), ideals: Vec::new() };
    };
    let deals = choice
        .picks
        .iter()
        .map(|pick| {
            let (place, fraction) = split_position(&pick.corner.at);
            let mut outcomes = Vec::new();
            for (index, probability) in
                [(place, Q::one() - &fraction), (place + 1, fraction.clone())]
            {
                if let (Some(&point), false) = (hull.get(index), probability.is_zero()) {
                    outcomes.push((Number::from(probability), deal(problem, frontier, point)));
                }
            }
            let value = to_f64(&pick.value);
            let expected = pick.corner.u.iter().map(to_f64).collect();
            LotteryDeal { rule: pick.rule, outcomes, expected, value, optimal: true, bound: value }
        })
        .collect();
    let ideals = choice.ideals.iter().map(to_f64).collect();
    Lotteries { deals, possible: Some(true), ideals }
}

fn many(problem: &Problem, frontier: &Frontier, budget: &Budget<'_>) -> Lotteries {
    let reservations = exact(problem, &problem.reservations);
    let block: Block = frontier.points.iter().map(|p| exact(problem, &p.utilities)).collect();
    let blocks = [block];
    let sets: Vec<ConvexSet<'_>> = if frontier.points.is_empty() {
        Vec::new()
    } else {
        vec![ConvexSet { base: reservations.iter().map(|r| -r.clone()).collect(), blocks: &blocks }]
    };
    let stop = || budget.is_over();
    let chosen = Union { sets: &sets, shares: false, stop: &stop }.choose(&reservations);
    let deals = chosen
        .picks
        .into_iter()
        .map(|pick| {
            let gains = sets[pick.set].gains(&pick.weights);
            let outcomes = pick.weights[0]
                .iter()
                .enumerate()
                .filter(|(_, w)| !w.is_zero())
                .map(|(i, w)| (Number::from(w.clone()), deal(problem, frontier, i)))
                .collect();
            let value = to_f64(&pick.value);
            let bound = pick.bound.as_ref().map_or(f64::INFINITY, |b| to_f64(b).max(value));
            LotteryDeal {
                rule: pick.rule,
                outcomes,
                expected: gains.iter().zip(&reservations).map(|(g, r)| to_f64(&(g + r))).collect(),
                value,
                optimal: pick.proved && is_proved(value, bound),
                bound,
            }
        })
        .collect();
    let ideals = chosen.ideal_gains.map_or_else(Vec::new, |ideals| {
        ideals.iter().zip(&reservations).map(|(g, r)| to_f64(&(g + r))).collect()
    });
    Lotteries { deals, possible: chosen.possible, ideals }
}
