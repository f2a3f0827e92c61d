//! Two parties: everything exact.

use super::envelope::{self, Corner, Piece};
use super::{Divided, Division, Q, is_whole, rule_key, rule_value, split_position, to_f64};
use crate::budget::Budget;
use crate::frontier::{Completeness, Frontier};
use crate::solved::{Deal, FrontierOfDeals, SolutionDeal, SolutionRule};
use num_traits::{One, Signed, Zero};

/// In what order issues go to the first party as its utility rises along the frontier.
struct Order {
    /// Divisible issues worth something to both, largest ratio of first's to second's worth first.
    contested: Vec<usize>,
}

impl Order {
    fn new(worth: &[Vec<Q>]) -> Self {
        let mut contested: Vec<usize> = (0..worth[0].len())
            .filter(|&d| worth[0][d].is_positive() && worth[1][d].is_positive())
            .collect();
        contested.sort_by(|&d, &e| {
            (&worth[0][e] * &worth[1][d]).cmp(&(&worth[0][d] * &worth[1][e])).then(d.cmp(&e))
        });
        Self { contested }
    }

    /// The corners of the sharing frontier, without any discrete part: what
    /// each side gets as the first is given one contested issue after another.
    fn corners(&self, worth: &[Vec<Q>]) -> Vec<Corner> {
        let nothing_to_other = |own: &[Q], other: &[Q]| {
            own.iter().zip(other).filter(|(_, o)| o.is_zero()).map(|(w, _)| w).sum::<Q>()
        };
        let mut u = [nothing_to_other(&worth[0], &worth[1]), worth[1].iter().sum::<Q>()];
        let mut corners = vec![Corner { u: u.clone(), at: Q::zero() }];
        for (step, &d) in self.contested.iter().enumerate() {
            u = [&u[0] + &worth[0][d], &u[1] - &worth[1][d]];
            corners.push(Corner { u: u.clone(), at: Q::from_integer((step + 1).into()) });
        }
        corners
    }

    /// The shares at a position along the polyline, `[divisible issue][party]`.
    fn shares(&self, worth: &[Vec<Q>], at: &Q) -> Vec<Vec<Q>> {
        let (whole, fraction) = split_position(at);
        let half = Q::new(1.into(), 2.into());
        (0..worth[0].len())
            .map(|d| {
                let first = match self.contested.iter().position(|&c| c == d) {
                    Some(place) if place < whole => Q::one(),
                    Some(place) if place == whole => fraction.clone(),
                    Some(_) => Q::zero(),
                    None if worth[0][d].is_positive() => Q::one(),
                    None if worth[1][d].is_positive() => Q::zero(),
                    // Worth nothing to either.
                    None => half.clone(),
                };
                let second = Q::one() - &first;
                vec![first, second]
            })
            .collect()
    }
}

pub(super) fn solve(
    division: &Division<'_>,
    feasible: &Frontier,
    acceptable: &Frontier,
    budget: &Budget<'_>,
) -> Divided {
    let order = Order::new(&division.worth);
    let all = pieces(division, &order, feasible, budget);
    let clean = if feasible == acceptable {
        all.clone()
    } else {
        pieces(division, &order, acceptable, budget)
    };
    let frontier = match &all {
        Some(pieces) => frontier_of_deals(division, &order, feasible, pieces),
        None => empty_frontier(Completeness::Stopped),
    };
    let complete = is_whole(acceptable) && clean.is_some();
    let pieces = clean.unwrap_or_default();
    let chosen = choose(&pieces, [&division.reservations[0], &division.reservations[1]]);
    let agreement_possible = match &chosen {
        Some(_) => Some(true),
        None => complete.then_some(false),
    };
    let (solutions, ideals) = match chosen {
        None => (Vec::new(), Vec::new()),
        Some(chosen) => {
            let solutions = chosen
                .picks
                .iter()
                .map(|pick| {
                    let shares = order.shares(&division.worth, &pick.corner.at);
                    let assignment = &acceptable.points[pick.part].assignment;
                    let value = to_f64(&pick.value);
                    SolutionDeal {
                        rule: pick.rule,
                        deal: division.deal(assignment, shares, &pick.corner.u),
                        value,
                        optimal: complete,
                        bound: if complete { value } else { division.trivial_bound(pick.rule) },
                    }
                })
                .collect();
            (solutions, chosen.ideals.iter().map(to_f64).collect())
        }
    };
    Divided { frontier, solutions, agreement_possible, ideals, exact: division.problem.is_exact() }
}

/// The frontier in utilities: one shifted polyline per discrete part, then their union.
fn pieces(
    division: &Division<'_>,
    order: &Order,
    parts: &Frontier,
    budget: &Budget<'_>,
) -> Option<Vec<Piece>> {
    let corners = order.corners(&division.worth);
    let frontiers = parts
        .points
        .iter()
        .enumerate()
        .map(|(part, point)| {
            let base = division.base(&point.utilities);
            let shifted = corners
                .iter()
                .map(|c| Corner { u: [&c.u[0] + &base[0], &c.u[1] + &base[1]], at: c.at.clone() })
                .collect();
            let mut line = envelope::polyline(part, shifted);
            for side in 0..2 {
                if let Some(cap) = &division.caps[side] {
                    line = envelope::cut(line, side, cap, false);
                }
            }
            line
        })
        .collect();
    envelope::union(frontiers, &|| budget.is_over())
}

fn empty_frontier(completeness: Completeness) -> FrontierOfDeals {
    FrontierOfDeals {
        deals: Vec::new(),
        multiplicities: Vec::new(),
        completeness,
        continuous: true,
    }
}

fn frontier_of_deals(
    division: &Division<'_>,
    order: &Order,
    parts: &Frontier,
    pieces: &[Piece],
) -> FrontierOfDeals {
    let mut deals: Vec<Deal> = Vec::new();
    let mut previous: Option<(usize, Corner)> = None;
    for piece in pieces.iter().rev() {
        for corner in [&piece.to, &piece.from] {
            if previous.as_ref().is_some_and(|(part, c)| *part == piece.part && c == corner) {
                continue;
            }
            let shares = order.shares(&division.worth, &corner.at);
            deals.push(division.deal(&parts.points[piece.part].assignment, shares, &corner.u));
            previous = Some((piece.part, corner.clone()));
        }
    }
    FrontierOfDeals {
        multiplicities: vec![None; deals.len()],
        deals,
        completeness: parts.completeness,
        continuous: true,
    }
}

/// What one rule picks on a frontier of pieces.
pub(super) struct Pick {
    pub(super) rule: SolutionRule,
    pub(super) part: usize,
    pub(super) corner: Corner,
    pub(super) value: Q,
}

/// What every rule picks, and the ideals.
pub(super) struct Choice {
    pub(super) picks: Vec<Pick>,
    pub(super) ideals: [Q; 2],
}

/// Every rule's pick among the acceptable points of a frontier; `None` when
/// there is no such point.
///
/// On each straight piece the candidates are its ends, the point of equal
/// gains, of equal relative gains, and of the largest product. Each rule's
/// optimum (with its ties) over the piece is one of those.
pub(super) fn choose(pieces: &[Piece], reservations: [&Q; 2]) -> Option<Choice> {
    let mut acceptable = pieces.to_vec();
    for (side, reservation) in reservations.iter().enumerate() {
        acceptable = envelope::cut(acceptable, side, reservation, true);
    }
    let gains = |c: &Corner| [&c.u[0] - reservations[0], &c.u[1] - reservations[1]];
    let mut ideal_gains = [-Q::one(), -Q::one()];
    for corner in acceptable.iter().flat_map(|p| [&p.from, &p.to]) {
        for (ideal, gain) in ideal_gains.iter_mut().zip(gains(corner)) {
            if gain > *ideal {
                *ideal = gain;
            }
        }
    }
    if ideal_gains[0].is_negative() {
        return None;
    }
    let mut best: Vec<Option<(Vec<Q>, Pick)>> = SolutionRule::ALL.iter().map(|_| None).collect();
    // Ends of pieces from the first party's best on, so that ties fall as on a discrete frontier.
    for piece in acceptable.iter().rev() {
        for corner in candidates(piece, reservations, &ideal_gains) {
            let gain = gains(&corner);
            for (slot, &rule) in best.iter_mut().zip(&SolutionRule::ALL) {
                let key = rule_key(rule, &gain, &ideal_gains);
                if slot.as_ref().is_none_or(|(best, _)| key > *best) {
                    let own = [reservations[0].clone(), reservations[1].clone()];
                    let value = rule_value(rule, &gain, &ideal_gains, &own);
                    *slot =
                        Some((key, Pick { rule, part: piece.part, corner: corner.clone(), value }));
                }
            }
        }
    }
    let picks = best.into_iter().flatten().map(|(_, pick)| pick).collect();
    let ideals = [reservations[0] + &ideal_gains[0], reservations[1] + &ideal_gains[1]];
    Some(Choice { picks, ideals })
}

fn candidates(piece: &Piece, reservations: [&Q; 2], ideal_gains: &[Q; 2]) -> Vec<Corner> {
    let mut found = vec![piece.to.clone(), piece.from.clone()];
    let g = [&piece.from.u[0] - reservations[0], &piece.from.u[1] - reservations[1]];
    let d = [&piece.to.u[0] - &piece.from.u[0], &piece.to.u[1] - &piece.from.u[1]];
    let mut at = |t: Q| {
        if t.is_positive() && t < Q::one() {
            found.push(piece.point(&t));
        }
    };
    // (g0 + t d0) a1 = (g1 + t d1) a0: gains in the ratio a0 : a1.
    let mut proportional = |a: [&Q; 2]| {
        let slope = &d[0] * a[1] - &d[1] * a[0];
        if !slope.is_zero() {
            at((&g[1] * a[0] - &g[0] * a[1]) / slope);
        }
    };
    proportional([&Q::one(), &Q::one()]);
    proportional([&ideal_gains[0], &ideal_gains[1]]);
    // The derivative of (g0 + t d0)(g1 + t d1) vanishes.
    let curve = &d[0] * &d[1] * Q::from_integer(2.into());
    if !curve.is_zero() {
        at(-(&g[0] * &d[1] + &g[1] * &d[0]) / curve);
    }
    found
}
