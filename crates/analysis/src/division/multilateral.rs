//! Three parties or more: each rule over the union of convex sets, one per
//! undominated discrete part, most of them ruled out by prices from the best so far.

use super::convex::{Block, ConvexSet, Weights};
use super::leximin::{Found, Search, largest_sum, leximin};
use super::{Divided, Division, Q, is_whole, nash, rule_key, rule_value, to_f64};
use crate::budget::Budget;
use crate::frontier::{Completeness, Frontier};
use crate::solved::{FrontierOfDeals, SolutionDeal, SolutionRule};
use num_traits::{One, Signed, Zero};

pub(super) fn solve(
    division: &Division<'_>,
    acceptable: &Frontier,
    budget: &Budget<'_>,
) -> Divided {
    let blocks = blocks(&division.worth);
    let sets: Vec<ConvexSet<'_>> = acceptable
        .points
        .iter()
        .map(|point| {
            let base = division.base(&point.utilities);
            let base = base.iter().zip(&division.reservations).map(|(u, r)| u - r).collect();
            ConvexSet { base, blocks: &blocks }
        })
        .collect();
    let stop = || budget.is_over();
    let whole = is_whole(acceptable);
    let union = Union { sets: &sets, shares: true, stop: &stop };
    let chosen = union.choose(&division.reservations);
    let solutions = chosen
        .picks
        .into_iter()
        .map(|pick| {
            let gains = sets[pick.set].gains(&pick.weights);
            let utilities: Vec<Q> =
                gains.iter().zip(&division.reservations).map(|(g, r)| g + r).collect();
            let assignment = &acceptable.points[pick.set].assignment;
            let value = to_f64(&pick.value);
            let bound = match (&pick.bound, whole) {
                (Some(bound), true) => to_f64(bound).max(value),
                _ => division.trivial_bound(pick.rule),
            };
            SolutionDeal {
                rule: pick.rule,
                deal: division.deal(assignment, pick.weights, &utilities),
                value,
                optimal: is_proved(value, bound) && whole && pick.bound.is_some() && pick.proved,
                bound,
            }
        })
        .collect();
    let ideals = chosen.ideal_gains.map_or_else(Vec::new, |ideals| {
        ideals.iter().zip(&division.reservations).map(|(g, r)| to_f64(&(g + r))).collect()
    });
    Divided {
        frontier: FrontierOfDeals {
            deals: Vec::new(),
            multiplicities: Vec::new(),
            completeness: Completeness::Skipped,
            continuous: true,
        },
        solutions,
        agreement_possible: match chosen.possible {
            Some(false) if !whole => None,
            other => other,
        },
        ideals,
        exact: division.problem.is_exact(),
    }
}

/// Values this close to their bound, relatively, count as proved (the design's tolerance).
pub(super) fn is_proved(value: f64, bound: f64) -> bool {
    bound - value <= 1e-9 * value.abs()
}

/// One block per divisible issue: choice `p` gives all of it to party `p`.
pub(super) fn blocks(worth: &[Vec<Q>]) -> Vec<Block> {
    let parties = worth.len();
    (0..worth[0].len())
        .map(|d| {
            (0..parties)
                .map(|p| {
                    let mut vector = vec![Q::zero(); parties];
                    vector[p] = worth[p][d].clone();
                    vector
                })
                .collect()
        })
        .collect()
}

/// The union of convex sets with the same blocks.
pub(super) struct Union<'a> {
    pub(super) sets: &'a [ConvexSet<'a>],
    /// Whether each block is a divisible issue (see [`nash`]).
    pub(super) shares: bool,
    pub(super) stop: &'a dyn Fn() -> bool,
}

/// One rule's choice.
pub(super) struct Pick {
    pub(super) rule: SolutionRule,
    pub(super) set: usize,
    pub(super) weights: Weights,
    pub(super) value: Q,
    /// No point has a value above this; `None` when the search was stopped.
    pub(super) bound: Option<Q>,
    /// Whether, where the plain product of gains is zero for all, the product of
    /// the positive ones is proved too.
    pub(super) proved: bool,
}

pub(super) struct Choice {
    pub(super) picks: Vec<Pick>,
    pub(super) ideal_gains: Option<Vec<Q>>,
    pub(super) possible: Option<bool>,
}

struct Best {
    key: Vec<Q>,
    set: usize,
    weights: Weights,
    gains: Vec<Q>,
}

impl Union<'_> {
    /// Every rule's choice among the points that leave every party its reservation value.
    pub(super) fn choose(&self, reservations: &[Q]) -> Choice {
        let nobody = |possible| Choice { picks: Vec::new(), ideal_gains: None, possible };
        let Some(first) = self.sets.first() else { return nobody(Some(false)) };
        let parties = first.parties();
        let (acceptable, stopped) = self.acceptable();
        if acceptable.is_empty() {
            return nobody((!stopped).then_some(false));
        }
        if stopped {
            // Without every set the ideals, and with them two rules, are unknown.
            return nobody(Some(true));
        }
        let Some(ideals) =
            (0..parties).map(|p| self.ideal(p, &acceptable)).collect::<Option<Vec<Q>>>()
        else {
            return nobody(Some(true));
        };
        let picks = SolutionRule::ALL
            .iter()
            .filter_map(|&rule| self.pick(rule, &acceptable, &ideals, reservations))
            .collect();
        Choice { picks, ideal_gains: Some(ideals), possible: Some(true) }
    }

    /// The sets with an acceptable point, and whether the look was cut short.
    fn acceptable(&self) -> (Vec<usize>, bool) {
        let mut found = Vec::new();
        for (index, set) in self.sets.iter().enumerate() {
            if (self.stop)() {
                return (found, true);
            }
            if is_plain(set) {
                found.push(index);
                continue;
            }
            let one = |p: usize| {
                (0..set.parties())
                    .map(|q| if p == q { Q::one() } else { Q::zero() })
                    .collect::<Vec<_>>()
            };
            if (0..set.parties()).any(|p| set.support(&one(p)).is_negative()) {
                continue;
            }
            match leximin(set, &vec![None; set.parties()], None, self.stop) {
                Search::Found(_) => found.push(index),
                Search::Empty => {}
                Search::Stopped => return (found, true),
            }
        }
        (found, false)
    }

    /// A party's largest acceptable gain; `None` when stopped.
    fn ideal(&self, party: usize, acceptable: &[usize]) -> Option<Q> {
        let parties = self.sets[0].parties();
        let price: Vec<Q> =
            (0..parties).map(|p| if p == party { Q::one() } else { Q::zero() }).collect();
        let mut order: Vec<(Q, usize)> =
            acceptable.iter().map(|&s| (self.sets[s].support(&price), s)).collect();
        order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut best: Option<Q> = None;
        for (bound, set) in order {
            if best.as_ref().is_some_and(|b| *b >= bound) {
                break;
            }
            let gain = if is_plain(&self.sets[set]) {
                bound
            } else {
                match largest_sum(&self.sets[set], &[(party, Q::one())], self.stop) {
                    Search::Found(found) => found.gains[party].clone(),
                    Search::Empty => continue,
                    Search::Stopped => return None,
                }
            };
            if best.as_ref().is_none_or(|b| gain > *b) {
                best = Some(gain);
            }
        }
        best
    }

    fn pick(
        &self,
        rule: SolutionRule,
        acceptable: &[usize],
        ideals: &[Q],
        reservations: &[Q],
    ) -> Option<Pick> {
        // Prices whose support bounds the rule's value over a set.
        let usable: Vec<bool> = ideals.iter().map(Signed::is_positive).collect();
        let count = Q::from_integer(usable.iter().filter(|u| **u).count().max(1).into());
        let first_prices: Vec<Q> = ideals
            .iter()
            .map(|ideal| match rule {
                SolutionRule::Egalitarian => Q::one() / Q::from_integer(ideals.len().into()),
                SolutionRule::Utilitarian => Q::one(),
                _ if !ideal.is_positive() => Q::zero(),
                SolutionRule::KalaiSmorodinsky => Q::one() / ideal / &count,
                SolutionRule::UtilitarianRescaled | SolutionRule::Nash => Q::one() / ideal,
            })
            .collect();
        let mut order: Vec<(Q, usize)> =
            acceptable.iter().map(|&s| (self.sets[s].support(&first_prices), s)).collect();
        order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut best: Option<Best> = None;
        let mut prices: Vec<Vec<Q>> =
            if rule == SolutionRule::Nash { Vec::new() } else { vec![first_prices] };
        let mut highest: Option<Q> = None;
        let mut stopped = false;
        let mut proved = true;
        for (_, index) in order {
            let set = &self.sets[index];
            if let Some(best) = &best
                && self.is_beaten(rule, set, best, &prices, ideals)
            {
                continue;
            }
            if (self.stop)() {
                stopped = true;
                break;
            }
            let (weights, gains, bound) = match self.solve_one(rule, set, ideals) {
                Local::Found { weights, gains, bound, prices: new, proved: sure } => {
                    prices.extend(new);
                    proved &= sure;
                    (weights, gains, bound)
                }
                Local::Empty => continue,
                Local::Stopped => {
                    stopped = true;
                    break;
                }
            };
            if prices.len() > 12 {
                prices.drain(1..prices.len() - 11);
            }
            if highest.as_ref().is_none_or(|h| bound > *h) {
                highest = Some(bound);
            }
            let key = rule_key(rule, &gains, ideals);
            let better = best.as_ref().is_none_or(|b| key > b.key || key == b.key && index < b.set);
            if better {
                best = Some(Best { key, set: index, weights, gains });
            }
        }
        let best = best?;
        let value = rule_value(rule, &best.gains, ideals, reservations);
        let offset = match rule {
            SolutionRule::Utilitarian => reservations.iter().sum(),
            _ => Q::zero(),
        };
        let all_positive = best.gains.iter().all(Signed::is_positive);
        let bound = match highest {
            _ if stopped => None,
            // With a gain that must be zero the plain product is zero for all.
            Some(_) if rule == SolutionRule::Nash && !all_positive => Some(value.clone()),
            Some(bound) => Some((bound + offset).max(value.clone())),
            None => None,
        };
        Some(Pick {
            rule,
            set: best.set,
            weights: best.weights,
            value,
            bound,
            proved: proved || all_positive,
        })
    }

    /// Whether prices prove that a set holds nothing as good as the best.
    fn is_beaten(
        &self,
        rule: SolutionRule,
        set: &ConvexSet<'_>,
        best: &Best,
        prices: &[Vec<Q>],
        ideals: &[Q],
    ) -> bool {
        match rule {
            SolutionRule::Nash => {
                best.gains.iter().all(Signed::is_positive)
                    && nash::bound(set, &best.gains)
                        < best.gains.iter().fold(Q::one(), |p, g| p * g)
            }
            _ => {
                let zero = vec![Q::zero(); ideals.len()];
                let value = rule_value(rule, &best.gains, ideals, &zero);
                prices.iter().any(|p| set.support(p) < value)
            }
        }
    }

    fn solve_one(&self, rule: SolutionRule, set: &ConvexSet<'_>, ideals: &[Q]) -> Local {
        let linear = |search: Search, value: &dyn Fn(&[Q]) -> Q| match search {
            Search::Found(found) => {
                let Found { weights, gains, prices } = *found;
                Local::Found {
                    bound: value(&gains),
                    weights,
                    gains,
                    prices: Some(prices),
                    proved: true,
                }
            }
            Search::Empty => Local::Empty,
            Search::Stopped => Local::Stopped,
        };
        let parties = set.parties();
        let zero = vec![Q::zero(); parties];
        let value = |gains: &[Q]| rule_value(rule, gains, ideals, &zero);
        match rule {
            SolutionRule::Egalitarian => {
                linear(leximin(set, &vec![Some(Q::one()); parties], None, self.stop), &value)
            }
            SolutionRule::KalaiSmorodinsky => {
                let scales: Vec<Option<Q>> =
                    ideals.iter().map(|i| i.is_positive().then(|| i.clone())).collect();
                linear(leximin(set, &scales, None, self.stop), &value)
            }
            SolutionRule::Utilitarian => {
                let factors: Vec<_> = (0..parties).map(|p| (p, Q::one())).collect();
                linear(largest_sum(set, &factors, self.stop), &value)
            }
            SolutionRule::UtilitarianRescaled => {
                let factors: Vec<_> = (0..parties)
                    .filter(|&p| ideals[p].is_positive())
                    .map(|p| (p, Q::one() / &ideals[p]))
                    .collect();
                linear(largest_sum(set, &factors, self.stop), &value)
            }
            SolutionRule::Nash => self.nash(set),
        }
    }

    fn nash(&self, set: &ConvexSet<'_>) -> Local {
        let parties = set.parties();
        let start = match leximin(set, &vec![Some(Q::one()); parties], None, self.stop) {
            Search::Found(found) => *found,
            Search::Empty => return Local::Empty,
            Search::Stopped => return Local::Stopped,
        };
        if start.gains.iter().all(Signed::is_positive) {
            let (weights, gains) = nash::solve(set, &start.weights, self.shares);
            let bound = nash::bound(set, &gains);
            return Local::Found { weights, gains, bound, prices: None, proved: true };
        }
        // Some gain is zero whatever is done. Who can gain at all?
        let mut able = Vec::new();
        for party in 0..parties {
            match largest_sum(set, &[(party, Q::one())], self.stop) {
                Search::Found(found) if found.gains[party].is_positive() => able.push(party),
                Search::Stopped => return Local::Stopped,
                _ => {}
            }
        }
        let inert = |p: &usize| {
            !able.contains(p)
                && set.base[*p].is_zero()
                && set.blocks.iter().flatten().all(|v| v[*p].is_zero())
        };
        let idle = (0..parties).filter(inert).count();
        let scales: Vec<Option<Q>> = (0..parties).map(|p| able.contains(&p).then(Q::one)).collect();
        let found = match leximin(set, &scales, None, self.stop) {
            Search::Found(found) => *found,
            Search::Empty => return Local::Empty,
            Search::Stopped => return Local::Stopped,
        };
        let bound = Q::zero();
        if able.is_empty() || able.len() + idle < parties {
            // The rest's product over the face where the others stay at zero
            // is not searched: leximin among those who can gain stands.
            let proved = able.is_empty();
            let (weights, gains) = (found.weights, found.gains);
            return Local::Found { weights, gains, bound, prices: None, proved };
        }
        // The others are indifferent to every weight: leave them out.
        let project = |vector: &[Q]| able.iter().map(|&p| vector[p].clone()).collect::<Vec<_>>();
        let blocks: Vec<Block> =
            set.blocks.iter().map(|b| b.iter().map(|c| project(c)).collect()).collect();
        let smaller = ConvexSet { base: project(&set.base), blocks: &blocks };
        let (weights, few) = nash::solve(&smaller, &found.weights, false);
        let product = few.iter().fold(Q::one(), |p, g| p * g);
        let proved = is_proved(to_f64(&product), to_f64(&nash::bound(&smaller, &few)));
        let gains = set.gains(&weights);
        Local::Found { weights, gains, bound, prices: None, proved }
    }
}

enum Local {
    Found { weights: Weights, gains: Vec<Q>, bound: Q, prices: Option<Vec<Q>>, proved: bool },
    Empty,
    Stopped,
}

/// Every party has its reservation value before any block, and blocks only add.
fn is_plain(set: &ConvexSet<'_>) -> bool {
    set.base.iter().all(|c| !c.is_negative()) && set.only_adds()
}
