//! Spaces too large to be looked at outcome by outcome.
//!
//! Looked at are the outcomes that parties named, and those that are best for
//! some consistent preferences: with utilities additive and no constraints in
//! the way, the largest weighted sum of utilities is found issue by issue, and
//! an outcome at which it is reached with all weights above zero is efficient
//! for these preferences, among all there are. The same sums bound what any
//! outcome can promise: a promise holds for every consistent utility, so it is
//! no larger than what the best outcome of a weighted mean gives.

use super::mind::{Values, consistent};
use detente_model::{Outcome, Scenario};
use num_rational::BigRational;
use num_traits::Zero;
use std::collections::BTreeMap;

/// So many consistent utilities of a party are put together with the others'.
const MOST_VALUES: usize = 8;
/// How a party's own may count beside the others.
const EMPHASIS: [i64; 2] = [3, 9];

/// What was found without looking at all.
pub(super) struct Found {
    /// Feasible outcomes, in order.
    pub(super) outcomes: Vec<Vec<usize>>,
    /// Per outcome: whether it is efficient for some consistent preferences.
    /// Otherwise that is open.
    pub(super) efficient: Vec<bool>,
    /// No outcome without a red line in it promises every party a larger share
    /// of what is at stake for it.
    pub(super) most_share: Option<BigRational>,
}

/// Looks for what is worth looking at.
pub(super) fn look(scenario: &Scenario, sizes: &[usize], named: Vec<Vec<usize>>) -> Found {
    let feasible = |o: &Vec<usize>| scenario.is_feasible(&Outcome::from_options(o.iter().copied()));
    let mut found: BTreeMap<Vec<usize>, bool> =
        named.into_iter().filter(feasible).map(|outcome| (outcome, false)).collect();
    let mut most_share: Option<BigRational> = None;
    let parties = scenario.parties().len();
    let all: Option<Vec<Vec<Values>>> = (0..parties)
        .map(|party| Some(consistent(scenario, party, sizes)).filter(|values| !values.is_empty()))
        .collect();
    let banned = banned(scenario, sizes);
    let open = |issue: usize, option: usize| !banned[issue][option];
    for profile in all.iter().flat_map(|all| profiles(all)) {
        for weights in weights(parties) {
            let sums = sums(&profile, &weights, sizes);
            let (best, _) = largest(&sums, |_, _| true);
            if feasible(&best) {
                found.insert(best, true);
            }
            let (acceptable, value) = largest(&sums, open);
            let total: i64 = weights.iter().sum();
            let mean = value / BigRational::from_integer(total.into());
            most_share = Some(most_share.into_iter().fold(mean, BigRational::min));
            for near in std::iter::once(acceptable.clone()).chain(changed(&acceptable, &sums, open))
            {
                if feasible(&near) {
                    found.entry(near).or_insert(false);
                    break;
                }
            }
        }
    }
    let (outcomes, efficient) = found.into_iter().unzip();
    Found { outcomes, efficient, most_share }
}

/// Options that some red line rules out by themselves.
fn banned(scenario: &Scenario, sizes: &[usize]) -> Vec<Vec<bool>> {
    let mut banned: Vec<Vec<bool>> = sizes.iter().map(|&n| vec![false; n]).collect();
    for line in scenario.preferences().iter().flat_map(|p| &p.red_lines) {
        if let [only] = &line.conditions[..] {
            for (option, banned) in banned[only.issue].iter_mut().enumerate() {
                *banned |= only.options.contains(&option);
            }
        }
    }
    // Where nothing is left there is no agreement, and nothing to bound.
    for issue in &mut banned {
        if issue.iter().all(|b| *b) {
            issue.fill(false);
        }
    }
    banned
}

/// One consistent utility of each party, put together in a few ways.
fn profiles(all: &[Vec<Values>]) -> Vec<Vec<&Values>> {
    let most = all.iter().map(Vec::len).max().unwrap_or(0).min(MOST_VALUES);
    let ways = (0..most).flat_map(|k| [0, 1, 3].map(|turn| (k, turn)));
    let one = |(k, turn): (usize, usize)| {
        all.iter().enumerate().map(|(p, values)| &values[(k + turn * p) % values.len()]).collect()
    };
    ways.map(one).collect()
}

/// All alike, and each party more than the others.
fn weights(parties: usize) -> Vec<Vec<i64>> {
    let mut all = vec![vec![1; parties]];
    for party in 0..parties {
        for emphasis in EMPHASIS {
            let mut weights = vec![1; parties];
            weights[party] = emphasis;
            all.push(weights);
        }
    }
    all
}

/// The weighted sum of the parties' shares, by issue and option.
fn sums(profile: &[&Values], weights: &[i64], sizes: &[usize]) -> Values {
    let sum = |issue: usize, option: usize| {
        let terms = profile.iter().zip(weights);
        terms.fold(BigRational::zero(), |sum, (values, &weight)| {
            sum + &values[issue][option] * BigRational::from_integer(weight.into())
        })
    };
    sizes.iter().enumerate().map(|(issue, &n)| (0..n).map(|o| sum(issue, o)).collect()).collect()
}

/// The outcome of the largest sum, the first of equals, and that sum.
fn largest(sums: &Values, open: impl Fn(usize, usize) -> bool) -> (Vec<usize>, BigRational) {
    let mut total = BigRational::zero();
    let best = |(issue, row): (usize, &Vec<BigRational>)| {
        let mut best: Option<usize> = None;
        for option in (0..row.len()).filter(|&o| open(issue, o)) {
            if best.is_none_or(|b| row[option] > row[b]) {
                best = Some(option);
            }
        }
        let best = best.unwrap_or(0);
        total += &row[best];
        best
    };
    let outcome = sums.iter().enumerate().map(best).collect();
    (outcome, total)
}

/// The outcomes that differ in one issue, least loss first: a way round a constraint.
fn changed(
    outcome: &[usize],
    sums: &Values,
    open: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut all: Vec<(BigRational, Vec<usize>)> = Vec::new();
    for (issue, row) in sums.iter().enumerate() {
        for option in (0..row.len()).filter(|&o| o != outcome[issue] && open(issue, o)) {
            let mut other = outcome.to_vec();
            other[issue] = option;
            all.push((&row[outcome[issue]] - &row[option], other));
        }
    }
    all.sort();
    all.into_iter().map(|(_, outcome)| outcome).collect()
}
