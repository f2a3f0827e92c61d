//! Adjusted winner (Brams & Taylor, *Fair Division*, 1996, ch. 4; for
//! disputes between states: Brams & Togman 1996, *Conflict Management and
//! Peace Science* 15:99–112).
//!
//! Two parties spread 100 points each over divisible issues. Each issue first
//! goes to the side that gave it more points, tied ones to the side that is
//! behind; then the leader hands over issues in the order of its points per
//! point of the other side, smallest first, until the totals are equal — at
//! most one issue is split. The result is efficient, equitable (equal points)
//! and envy-free (at least 50 each). Honest points are assumed: a side that
//! knows the other's points can gain by misstating its own.
//!
//! Reservation values and issues that are not divisible play no part.

use super::{Q, worths};
use detente_model::{Number, Scenario};
use num_traits::{One, Signed, Zero};

/// What adjusted winner gives.
#[derive(Debug, Clone, PartialEq)]
pub struct AdjustedWinner {
    /// The divisible issues, by scenario index.
    pub issues: Vec<usize>,
    /// `points[party][divisible issue]`, 100 in all per party.
    pub points: [Vec<Number>; 2],
    /// Whether the worths given already summed to 100 for each; otherwise they were scaled.
    pub points_as_given: bool,
    /// Whom each issue went to first (party 0 or 1), before the adjustment.
    pub first_winners: Vec<usize>,
    /// Each side's points before the adjustment.
    pub first_totals: [Number; 2],
    /// What then moved from the leader to the other: divisible issue and fraction of it, in order.
    pub moved: Vec<(usize, Number)>,
    /// The issue that is split, if any (index into `issues`).
    pub split: Option<usize>,
    /// Each party's share of every divisible issue, `[divisible issue][party]`.
    pub shares: Vec<[Number; 2]>,
    /// Each side's points in the end.
    pub totals: [Number; 2],
    /// Checked on the result: both have the same points.
    pub equitable: bool,
    /// Checked on the result: each has half of its own points at least.
    pub envy_free: bool,
    /// Checked on the result: no other sharing gives one side more and the other no less.
    pub efficient: bool,
}

/// Why the procedure does not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AdjustedWinnerError {
    /// It is for two parties; no such procedure has all its properties for more.
    #[error("adjusted winner is for two parties")]
    NotTwoParties,
    /// A party has orders only.
    #[error("adjusted winner needs numbers from both parties")]
    NoNumbers,
    /// No issue is divisible, or they are all worth nothing to one side.
    #[error("adjusted winner needs divisible issues that are worth something to each party")]
    NothingToDivide,
}

/// Runs adjusted winner on the divisible issues of a scenario.
///
/// # Errors
/// [`AdjustedWinnerError`] when it does not apply.
pub fn adjusted_winner(scenario: &Scenario) -> Result<AdjustedWinner, AdjustedWinnerError> {
    if scenario.parties().len() != 2 {
        return Err(AdjustedWinnerError::NotTwoParties);
    }
    let (issues, worth) = worths(scenario).ok_or(AdjustedWinnerError::NoNumbers)?;
    let worth: Vec<Vec<Q>> =
        worth.iter().map(|w| w.iter().map(|n| n.as_rational().clone()).collect()).collect();
    divide(issues, &worth)
}

fn divide(issues: Vec<usize>, worth: &[Vec<Q>]) -> Result<AdjustedWinner, AdjustedWinnerError> {
    let hundred = Q::from_integer(100.into());
    let sums: Vec<Q> = worth.iter().map(|w| w.iter().sum()).collect();
    if sums.iter().any(|s| !s.is_positive()) {
        return Err(AdjustedWinnerError::NothingToDivide);
    }
    let points: Vec<Vec<Q>> = worth
        .iter()
        .zip(&sums)
        .map(|(row, sum)| row.iter().map(|w| w * &hundred / sum).collect())
        .collect();
    let (a, b) = (&points[0], &points[1]);
    let count = issues.len();

    let mut winner: Vec<Option<usize>> = (0..count)
        .map(|d| match a[d].cmp(&b[d]) {
            std::cmp::Ordering::Greater => Some(0),
            std::cmp::Ordering::Less => Some(1),
            std::cmp::Ordering::Equal => None,
        })
        .collect();
    let total = |winner: &[Option<usize>], side: usize| -> Q {
        (0..count).filter(|&d| winner[d] == Some(side)).map(|d| &points[side][d]).sum()
    };
    for d in 0..count {
        if winner[d].is_none() {
            // A tied issue goes to the side that is behind; the first when even.
            let behind = usize::from(total(&winner, 0) > total(&winner, 1));
            winner[d] = Some(behind);
        }
    }
    let first_winners: Vec<usize> = winner.iter().map(|w| w.unwrap_or(0)).collect();
    let mut totals = [total(&winner, 0), total(&winner, 1)];
    let first_totals = totals.clone();

    let leader = usize::from(totals[1] > totals[0]);
    let other = 1 - leader;
    // Smallest ratio of the leader's points to the other's first; what is
    // worth nothing to the other never moves.
    let mut movable: Vec<usize> = (0..count)
        .filter(|&d| first_winners[d] == leader && points[other][d].is_positive())
        .collect();
    movable.sort_by(|&d, &e| {
        let (left, right) =
            (&points[leader][d] * &points[other][e], &points[leader][e] * &points[other][d]);
        left.cmp(&right).then(d.cmp(&e))
    });
    let mut held_by_leader: Vec<Q> =
        first_winners.iter().map(|&w| if w == leader { Q::one() } else { Q::zero() }).collect();
    let mut moved = Vec::new();
    let mut split = None;
    for d in movable {
        let gap = &totals[leader] - &totals[other];
        if !gap.is_positive() {
            break;
        }
        let closing = &points[leader][d] + &points[other][d];
        let fraction = (&gap / &closing).min(Q::one());
        totals[leader] -= &points[leader][d] * &fraction;
        totals[other] += &points[other][d] * &fraction;
        held_by_leader[d] -= &fraction;
        if fraction < Q::one() {
            split = Some(d);
        }
        moved.push((d, Number::from(fraction)));
    }
    let shares: Vec<[Q; 2]> = held_by_leader
        .into_iter()
        .map(|held| {
            let rest = Q::one() - &held;
            if leader == 0 { [held, rest] } else { [rest, held] }
        })
        .collect();

    let earned: Vec<Q> =
        (0..2).map(|p| (0..count).map(|d| &points[p][d] * &shares[d][p]).sum()).collect();
    let fifty = Q::from_integer(50.into());
    let pair = |[x, y]: [Q; 2]| [Number::from(x), Number::from(y)];
    let numbers = |row: &[Q]| row.iter().cloned().map(Number::from).collect::<Vec<_>>();
    Ok(AdjustedWinner {
        points_as_given: sums.iter().all(|s| *s == hundred),
        equitable: earned[0] == earned[1],
        envy_free: earned.iter().all(|e| *e >= fifty),
        efficient: is_efficient(&points, &shares),
        points: [numbers(a), numbers(b)],
        issues,
        first_winners,
        first_totals: pair(first_totals),
        moved,
        split,
        shares: shares.into_iter().map(pair).collect(),
        totals: pair([earned[0].clone(), earned[1].clone()]),
    })
}

/// No swap of small amounts helps one side without hurting the other, and
/// nothing is with a side to which it is worth nothing while the other wants it.
fn is_efficient(points: &[Vec<Q>], shares: &[[Q; 2]]) -> bool {
    let count = shares.len();
    let wasted = |d: usize| {
        (0..2).any(|p| {
            shares[d][p].is_positive() && points[p][d].is_zero() && points[1 - p][d].is_positive()
        })
    };
    let swap_helps = |d: usize, e: usize| {
        // The first has some of d, the second some of e: would they exchange?
        shares[d][0].is_positive()
            && shares[e][1].is_positive()
            && &points[0][d] * &points[1][e] < &points[0][e] * &points[1][d]
    };
    !(0..count).any(|d| wasted(d) || (0..count).any(|e| swap_helps(d, e)))
}
