//! Terms that depend on what happens: differing beliefs become value for both.

use super::{Bet, BroadDeal, Case, Rational};
use num_traits::{One, Zero};

/// What one uncertain event is worth to parties who judge it differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bets {
    /// What may happen.
    pub event: String,
    /// By when, as written.
    pub by: Option<String>,
    /// The best bet of each pair that differs.
    pub between: Vec<SideBet>,
    /// Deals that become one or another broad deal, by their places.
    pub deals: Vec<ContingentDeal>,
    /// Whether all pairs of deals were looked at.
    pub complete: bool,
}

/// Most broad deals of which all pairs are looked at.
const MOST_PAIRED: usize = 60;

/// What a bet is worth.
#[must_use]
pub fn bets(case: &Case, deals: &[BroadDeal], bet: &Bet) -> Bets {
    let n = case.parties.len();
    let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
    let complete = deals.len() <= MOST_PAIRED;
    let worth: Vec<Vec<Rational>> = if complete {
        deals.iter().map(|d| case.with_deal(d).total_worth()).collect()
    } else {
        Vec::new()
    };
    Bets {
        event: bet.event.clone(),
        by: bet.by.clone(),
        between: pairs.filter_map(|(a, b)| side_bet(&bet.probability, &bet.stake, a, b)).collect(),
        deals: contingent_deals(&worth, &bet.probability),
        complete,
    }
}

/// A bet between two parties: if it happens, one pays; if not, the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideBet {
    /// Who finds the event more probable; it receives `if_so` when it happens.
    pub believer: usize,
    /// Who finds it less probable; it receives `if_not` when it does not.
    pub doubter: usize,
    /// What the doubter pays the believer if it happens.
    pub if_so: Rational,
    /// What the believer pays the doubter if it does not.
    pub if_not: Rational,
    /// What each of the two expects to gain, by its own probability.
    pub gain: Rational,
}

/// The bet between two parties with the largest equal expected gains, within
/// what each would put at stake; `None` when they agree or one stakes nothing.
#[must_use]
pub fn side_bet(
    probability: &[Rational],
    stake: &[Rational],
    a: usize,
    b: usize,
) -> Option<SideBet> {
    let (believer, doubter) =
        if probability.get(a)? >= probability.get(b)? { (a, b) } else { (b, a) };
    let (p, q) = (&probability[believer], &probability[doubter]);
    let both = p + q;
    let neither = Rational::from_integer(2.into()) - &both;
    // Equal gains: p·x − (1−p)·y = (1−q)·y − q·x, hence x·(p+q) = y·(2−p−q).
    let (x, y) = (&neither, &both);
    let scale = [(x, &stake[doubter]), (y, &stake[believer])]
        .into_iter()
        .filter(|(amount, _)| !amount.is_zero())
        .map(|(amount, most)| most / amount)
        .min()?;
    let (if_so, if_not) = (x * &scale, y * &scale);
    let gain = p * &if_so - (Rational::one() - p) * &if_not;
    (p > q && !gain.is_zero()).then_some(SideBet { believer, doubter, if_so, if_not, gain })
}

/// A deal that becomes one broad deal if the event happens and another if not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContingentDeal {
    /// The deal if it happens.
    pub if_so: usize,
    /// The deal if it does not.
    pub if_not: usize,
    /// What each party expects of it, by its own probability.
    pub expected: Vec<Rational>,
}

/// Every pair of deals, one for either case, that no single deal and no other
/// pair gives every party at least as much as. `worth[d][i]` is what deal `d`
/// is worth to party `i`.
#[must_use]
pub fn contingent_deals(worth: &[Vec<Rational>], probability: &[Rational]) -> Vec<ContingentDeal> {
    let mut all = Vec::new();
    for (if_so, yes) in worth.iter().enumerate() {
        for (if_not, no) in worth.iter().enumerate() {
            let expected = (0..probability.len())
                .map(|i| &probability[i] * &yes[i] + (Rational::one() - &probability[i]) * &no[i])
                .collect();
            all.push(ContingentDeal { if_so, if_not, expected });
        }
    }
    let beaten = |d: &ContingentDeal| {
        all.iter().any(|o| {
            o.expected != d.expected && o.expected.iter().zip(&d.expected).all(|(x, y)| x >= y)
        })
    };
    all.iter().filter(|d| d.if_so != d.if_not && !beaten(d)).cloned().collect()
}
