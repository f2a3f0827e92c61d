//! Bargaining solutions that hold up whatever is unstated.
//!
//! Each takes the worst case over all consistent preferences, which are
//! independent between parties, and picks the outcome with the best worst
//! case. With `gain` the utility less the reservation value, `share` the place
//! between the worst (0) and the best (1) of everything, Y the outcomes that
//! may be agreed on:
//!
//! - **share**: max over x of min over parties of the least share (Wald's
//!   maximin). Needs no reservation value.
//! - **regret**: min over x of max over y ∈ Y of Σ over parties of the most that
//!   y's share can exceed x's (minimax regret of the sum: Savage 1951, *JASA*
//!   46:55–67; Boutilier, Patrascu, Poupart & Schuurmans 2006, *Artificial
//!   Intelligence* 170:686–713). Needs no reservation value.
//! - **Nash**: max over surely acceptable x of min over y ∈ Y of Π over parties
//!   of the least gain(x) / gain(y): the share of the largest Nash product
//!   that x is sure to reach.
//! - **Kalai–Smorodinsky**: max over surely acceptable x of min over parties
//!   and y ∈ Y of the least gain(x) / gain(y): the part of its best possible
//!   gain that each party is sure to get.
//! - **egalitarian**: max over surely acceptable x of min over parties of the
//!   least gain, in shares.

use super::mind::Mind;
use crate::budget::Budget;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// Which worst case is made best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RobustRule {
    /// The smallest share of what is at stake.
    Share,
    /// The largest regret of the sum of shares.
    Regret,
    /// The share of the largest Nash product.
    Nash,
    /// The smallest part of a party's best possible gain.
    KalaiSmorodinsky,
    /// The smallest gain over no agreement.
    Egalitarian,
}

impl RobustRule {
    /// All, in the order of results.
    pub const ALL: [Self; 5] =
        [Self::Share, Self::Regret, Self::Nash, Self::KalaiSmorodinsky, Self::Egalitarian];

    /// The key in files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Share => "robust_share",
            Self::Regret => "robust_regret",
            Self::Nash => "robust_nash",
            Self::KalaiSmorodinsky => "robust_kalai_smorodinsky",
            Self::Egalitarian => "robust_egalitarian",
        }
    }

    /// Whether an outcome is judged beside the others there are.
    #[must_use]
    pub fn has_rivals(self) -> bool {
        !matches!(self, Self::Share | Self::Egalitarian)
    }

    /// Whether it needs an outcome that is surely acceptable to all.
    #[must_use]
    pub fn needs_sure_deal(self) -> bool {
        matches!(self, Self::Nash | Self::KalaiSmorodinsky | Self::Egalitarian)
    }
}

/// What a rule picks.
#[derive(Debug, Clone, PartialEq)]
pub struct RobustPick {
    /// The rule.
    pub rule: RobustRule,
    /// The outcome, by index; the first of equals.
    pub outcome: usize,
    /// Its worst case, exactly: at least this for all consistent preferences
    /// (at most, for [`RobustRule::Regret`]).
    pub worst_case: BigRational,
    /// Where not all outcomes were looked at: no outcome has a better worst
    /// case than this, if that is known.
    pub at_most: Option<BigRational>,
}

/// The best worst case of one rule over `candidates`, with rivals `open`;
/// `None` when there is no candidate, or it was not computed.
pub(super) fn pick(
    rule: RobustRule,
    minds: &mut [Mind],
    candidates: &[usize],
    open: &[usize],
    budget: &Budget<'_>,
) -> Option<RobustPick> {
    let mut best: Option<(BigRational, usize)> = None;
    for &x in candidates {
        if budget.is_over() {
            return None;
        }
        // What is better is larger, for all rules.
        let floor = best.as_ref().map(|b| &b.0);
        let worst = match rule {
            RobustRule::Share => least(minds, |m| m.share(x)?.0)?,
            RobustRule::Egalitarian => least(minds, |m| m.least_gain(x))?,
            RobustRule::Regret => against(open, floor, |y| {
                minds.iter_mut().try_fold(BigRational::zero(), |sum, m| Some(sum - m.regret(x, y)?))
            })?,
            RobustRule::Nash => against(open, floor, |y| {
                let mut product = BigRational::one();
                for mind in minds.iter_mut() {
                    match mind.least_ratio(x, y)? {
                        Some(ratio) => product *= ratio,
                        // `y` never gains for all: it is no rival.
                        None => return Some(BigRational::one()),
                    }
                }
                Some(product)
            })?
            .min(BigRational::one()),
            RobustRule::KalaiSmorodinsky => against(open, floor, |y| {
                let mut part = BigRational::one();
                for mind in minds.iter_mut() {
                    part = mind.least_ratio(x, y)?.into_iter().fold(part, BigRational::min);
                }
                Some(part)
            })?,
        };
        if best.as_ref().is_none_or(|(b, _)| worst > *b) {
            best = Some((worst, x));
        }
    }
    let (worst_case, outcome) = best?;
    let worst_case = if rule == RobustRule::Regret { worst_case.abs() } else { worst_case };
    Some(RobustPick { rule, outcome, worst_case, at_most: None })
}

fn least(
    minds: &mut [Mind],
    mut value: impl FnMut(&mut Mind) -> Option<BigRational>,
) -> Option<BigRational> {
    let mut least = None;
    for mind in minds {
        least = Some(least.into_iter().fold(value(mind)?, BigRational::min));
    }
    least
}

/// The smallest value over the rivals; no further once it is not above `floor`.
fn against(
    rivals: &[usize],
    floor: Option<&BigRational>,
    mut value: impl FnMut(usize) -> Option<BigRational>,
) -> Option<BigRational> {
    let mut least: Option<BigRational> = None;
    for &rival in rivals {
        least = Some(least.into_iter().fold(value(rival)?, BigRational::min));
        if floor.is_some_and(|f| least.as_ref().is_some_and(|l| l <= f)) {
            break;
        }
    }
    least
}
