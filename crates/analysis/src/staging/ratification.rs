//! Can each side get it accepted at home? Win-sets, who blocks, the cheapest
//! change, the least side-payments, the chances.

use super::{CaseError, Constituency, Ratification, Ratifier, Rational};
use num_traits::{One, Signed, Zero};
use std::collections::BTreeMap;

/// One outcome, side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdicts {
    /// Per party: whether it passes at home.
    pub passes: Vec<bool>,
    /// Per party: the constituencies that refuse.
    pub refuse: Vec<Vec<usize>>,
    /// Per party: the probability that it passes, where a reserve is uncertain
    /// (groups independent of each other).
    pub probability: Vec<Rational>,
    /// Per party: the least total of side-payments that makes it pass.
    pub side_payment: Vec<Option<Rational>>,
    /// Per party: who receives how much of it.
    pub payments: Vec<Vec<(usize, Rational)>>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatificationAnswer {
    /// Outcomes that pass on every side, in order (as many as were asked for).
    pub win_set: Vec<Vec<usize>>,
    /// How many there are.
    pub win_set_size: u64,
    /// How many outcomes pass at each side.
    pub per_party: Vec<u64>,
    /// The cheapest outcomes that pass on every side, and their cost.
    pub cheapest: Option<(Rational, Vec<Vec<usize>>)>,
    /// The draft.
    pub draft: Verdicts,
    /// No deal.
    pub status_quo: Verdicts,
    /// Whether every outcome was looked at; if not, sizes are lower bounds.
    pub complete: bool,
}

/// The worth of an outcome to a constituency.
fn worth(c: &Constituency, x: &[usize]) -> Rational {
    c.utility.iter().zip(x).map(|(row, &o)| &row[o]).sum()
}

/// One outcome, side by side.
#[must_use]
pub fn verdicts(question: &Ratification, x: &[usize]) -> Verdicts {
    let mut v = Verdicts {
        passes: Vec::new(),
        refuse: Vec::new(),
        probability: Vec::new(),
        side_payment: Vec::new(),
        payments: Vec::new(),
    };
    for party in &question.parties {
        let short: Vec<Rational> = party
            .constituencies
            .iter()
            .map(|c| (&c.reserve - worth(c, x)).max(Rational::zero()))
            .collect();
        let refuse: Vec<usize> = (0..short.len()).filter(|&k| short[k].is_positive()).collect();
        let for_it: Rational = (0..short.len())
            .filter(|k| !refuse.contains(k))
            .map(|k| &party.constituencies[k].weight)
            .sum();
        let vetoed = refuse.iter().any(|&k| party.constituencies[k].veto);
        v.passes.push(!vetoed && for_it >= party.quota);
        let payments = least_payments(party, &short);
        v.side_payment.push(payments.as_ref().map(|p| p.iter().map(|(_, a)| a).sum()));
        v.payments.push(payments.unwrap_or_default());
        v.probability.push(probability(party, x));
        v.refuse.push(refuse);
    }
    v
}

/// Answers the question. `most_listed` bounds the win-set's list,
/// `most_steps` the branches looked at.
///
/// # Errors
/// [`CaseError`] when the parts do not fit together.
pub fn ratify(
    question: &Ratification,
    most_listed: usize,
    most_steps: u64,
) -> Result<RatificationAnswer, CaseError> {
    question.check()?;
    let mut steps = most_steps;
    let mut complete = true;
    let per_party = question
        .parties
        .iter()
        .map(|p| {
            let mut count = 0;
            complete &= visit(&[p], &question.sizes, &mut steps, &mut |_, rest| count += rest);
            count
        })
        .collect();
    let everyone: Vec<&Ratifier> = question.parties.iter().collect();
    let mut win_set = Vec::new();
    let mut win_set_size = 0_u64;
    let mut cheapest: Option<(Rational, Vec<Vec<usize>>)> = None;
    complete &= visit(&everyone, &question.sizes, &mut steps, &mut |head, rest| {
        win_set_size += rest;
        for x in completions(head, &question.sizes, most_listed.saturating_sub(win_set.len())) {
            win_set.push(x);
        }
        cheapen(question, head, &mut cheapest);
    });
    Ok(RatificationAnswer {
        win_set,
        win_set_size,
        per_party,
        cheapest,
        draft: verdicts(question, &question.draft),
        status_quo: verdicts(question, &question.status_quo),
        complete,
    })
}

/// The cheapest ways to complete a head all of whose completions pass.
fn cheapen(
    question: &Ratification,
    head: &[usize],
    cheapest: &mut Option<(Rational, Vec<Vec<usize>>)>,
) {
    let mut cost: Rational = head.iter().enumerate().map(|(i, &o)| &question.cost[i][o]).sum();
    let mut ways = vec![head.to_vec()];
    for row in &question.cost[head.len()..] {
        let Some(least) = row.iter().min() else { return };
        cost += least;
        let options: Vec<usize> = (0..row.len()).filter(|&o| row[o] == *least).collect();
        ways = ways
            .into_iter()
            .flat_map(|w| {
                options.iter().map(move |&o| {
                    let mut next = w.clone();
                    next.push(o);
                    next
                })
            })
            .take(MOST_CHEAPEST)
            .collect();
    }
    match cheapest {
        Some((best, all)) if cost == *best => {
            let room = MOST_CHEAPEST.saturating_sub(all.len());
            all.extend(ways.into_iter().take(room));
        }
        Some((best, _)) if cost > *best => {}
        _ => *cheapest = Some((cost, ways)),
    }
}

/// Most equally cheap changes listed.
const MOST_CHEAPEST: usize = 1000;

/// Calls `found(head, completions)` for every head of options such that all its
/// completions pass; heads are disjoint and cover everything that passes.
/// Returns whether the steps sufficed.
fn visit(
    parties: &[&Ratifier],
    sizes: &[usize],
    steps: &mut u64,
    found: &mut dyn FnMut(&[usize], u64),
) -> bool {
    let groups: Vec<Group> = parties
        .iter()
        .enumerate()
        .flat_map(|(p, party)| party.constituencies.iter().map(move |c| Group::new(p, c)))
        .collect();
    let mut walk = Walk { parties, sizes, groups: &groups, steps, found };
    let worth = vec![Rational::zero(); groups.len()];
    walk.go(&mut Vec::new(), &worth)
}

/// A constituency with the least and most the rest of an outcome can add.
struct Group<'c> {
    party: usize,
    who: &'c Constituency,
    least_left: Vec<Rational>,
    most_left: Vec<Rational>,
}

impl<'c> Group<'c> {
    fn new(party: usize, who: &'c Constituency) -> Self {
        let issues = who.utility.len();
        let mut least_left = vec![Rational::zero(); issues + 1];
        let mut most_left = least_left.clone();
        for i in (0..issues).rev() {
            let row = &who.utility[i];
            let zero = Rational::zero();
            least_left[i] = &least_left[i + 1] + row.iter().min().unwrap_or(&zero);
            most_left[i] = &most_left[i + 1] + row.iter().max().unwrap_or(&zero);
        }
        Self { party, who, least_left, most_left }
    }
}

struct Walk<'w> {
    parties: &'w [&'w Ratifier],
    sizes: &'w [usize],
    groups: &'w [Group<'w>],
    steps: &'w mut u64,
    found: &'w mut dyn FnMut(&[usize], u64),
}

impl Walk<'_> {
    fn go(&mut self, head: &mut Vec<usize>, worth: &[Rational]) -> bool {
        if *self.steps == 0 {
            return false;
        }
        *self.steps -= 1;
        let depth = head.len();
        let mut surely = true;
        for (p, party) in self.parties.iter().enumerate() {
            let mut sure = Rational::zero();
            let mut possible = Rational::zero();
            for (g, w) in self.groups.iter().zip(worth).filter(|(g, _)| g.party == p) {
                let accepts_surely = w + &g.least_left[depth] >= g.who.reserve;
                let may_accept = w + &g.most_left[depth] >= g.who.reserve;
                if accepts_surely {
                    sure += &g.who.weight;
                }
                if may_accept {
                    possible += &g.who.weight;
                } else if g.who.veto {
                    return true;
                }
                surely &= accepts_surely || !g.who.veto;
            }
            if possible < party.quota {
                return true;
            }
            surely &= sure >= party.quota;
        }
        if surely {
            let rest = self.sizes[depth..].iter().fold(1_u64, |n, &s| n.saturating_mul(s as u64));
            (self.found)(head, rest);
            return true;
        }
        for option in 0..self.sizes[depth] {
            let next: Vec<Rational> = self
                .groups
                .iter()
                .zip(worth)
                .map(|(g, w)| w + &g.who.utility[depth][option])
                .collect();
            head.push(option);
            let done = self.go(head, &next);
            head.pop();
            if !done {
                return false;
            }
        }
        true
    }
}

/// The first completions of a head, in order.
fn completions(head: &[usize], sizes: &[usize], most: usize) -> Vec<Vec<usize>> {
    let mut all = vec![head.to_vec()];
    for &size in &sizes[head.len()..] {
        all = all
            .into_iter()
            .flat_map(|h| {
                (0..size).map(move |o| {
                    let mut next = h.clone();
                    next.push(o);
                    next
                })
            })
            .take(most)
            .collect();
    }
    all.truncate(most);
    all
}

/// Who must be paid how much, at least: every veto holder that falls short,
/// then the cheapest set of others that completes the quota.
fn least_payments(party: &Ratifier, short: &[Rational]) -> Option<Vec<(usize, Rational)>> {
    let groups = &party.constituencies;
    let mut paid: Vec<(usize, Rational)> = Vec::new();
    let mut weight = Rational::zero();
    let mut open = Vec::new();
    for (k, c) in groups.iter().enumerate() {
        if short[k].is_zero() {
            weight += &c.weight;
        } else if c.veto {
            weight += &c.weight;
            paid.push((k, short[k].clone()));
        } else {
            open.push(k);
        }
    }
    // Undominated (weight, cost) sets, the first of equals kept.
    let mut sets: Vec<(Rational, Rational, Vec<usize>)> =
        vec![(weight, Rational::zero(), Vec::new())];
    for &k in &open {
        let more: Vec<_> = sets
            .iter()
            .map(|(w, c, who)| {
                let mut who = who.clone();
                who.push(k);
                (w + &groups[k].weight, c + &short[k], who)
            })
            .collect();
        sets.extend(more);
        sets.sort_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        let mut heaviest: Option<Rational> = None;
        sets.retain(|(w, ..)| {
            let keep = heaviest.as_ref().is_none_or(|h| w > h);
            if keep {
                heaviest = Some(w.clone());
            }
            keep
        });
    }
    let (_, _, who) = sets.into_iter().find(|(w, ..)| *w >= party.quota)?;
    paid.extend(who.into_iter().map(|k| (k, short[k].clone())));
    paid.sort_by_key(|(k, _)| *k);
    Some(paid)
}

/// The probability that an outcome passes at one side.
fn probability(party: &Ratifier, x: &[usize]) -> Rational {
    let mut chances: BTreeMap<Rational, Rational> = BTreeMap::new();
    chances.insert(Rational::zero(), Rational::one());
    for c in &party.constituencies {
        let worth = worth(c, x);
        let yes = match &c.reserve_range {
            Some((low, high)) if low < high => {
                ((worth - low) / (high - low)).max(Rational::zero()).min(Rational::one())
            }
            Some((low, _)) if worth < *low => Rational::zero(),
            None if worth < c.reserve => Rational::zero(),
            _ => Rational::one(),
        };
        let no = Rational::one() - &yes;
        let mut next: BTreeMap<Rational, Rational> = BTreeMap::new();
        for (weight, p) in &chances {
            *next.entry(weight + &c.weight).or_insert_with(Rational::zero) += p * &yes;
            if !c.veto {
                *next.entry(weight.clone()).or_insert_with(Rational::zero) += p * &no;
            }
        }
        next.retain(|_, p| !p.is_zero());
        chances = next;
    }
    chances.range(party.quota.clone()..).map(|(_, p)| p).sum()
}
