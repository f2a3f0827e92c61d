//! The bargaining solutions of a problem with interactions and rules, for any
//! number of parties: each by searches that end in a proof.

use super::block::Block;
use super::climb::Climber;
use super::goals::{Joint, Judgement, Wanted};
use super::net::Net;
use super::relax::Node;
use super::search::{Ended, Search};
use crate::budget::Budget;
use crate::frontier::Point;
use crate::problem::Problem;
use crate::solution::measure::Measure;
use crate::solution::{Pick, Solutions};
use crate::solved::SolutionRule;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::ToPrimitive;
use std::cmp::Ordering;

/// An acceptable outcome: values of the block and gains.
type Deal = (Vec<usize>, Vec<i64>);

/// The best of a rule and whether it is proved so.
#[derive(Debug, Clone)]
struct Best {
    deal: Deal,
    proved: bool,
    /// No acceptable outcome has a larger value in the parties' own units.
    bound: Option<f64>,
}

/// Every rule's pick. Definitions as in [`crate::solution`].
///
/// Sums and products are maximised by one branch and bound each whose bound
/// takes in, besides the Lagrangian, what each party must and can at most
/// have. Leximin, and ties by it, are settled by yes-or-no searches: is there
/// an outcome that gives some parties what the smallest gains are, and all
/// others more (the prefix scheme of Ogryczak, Pióro & Tomaszewski 2005 for
/// lexicographic max–min)?
#[must_use]
pub fn solutions(problem: &Problem, budget: &Budget<'_>) -> Solutions {
    let within = problem.with_red_lines_as_constraints();
    let issues: Vec<usize> = (0..within.issues.len()).collect();
    let block = Block::new(&within, &issues);
    if block.impossible {
        return Solutions::none(Some(false));
    }
    let block = block.without_dominated();
    let net = Net::new(&block);
    Table::new(&within, &block, &net, budget).solve()
}

struct Table<'a> {
    problem: &'a Problem,
    block: &'a Block,
    budget: &'a Budget<'a>,
    net: &'a Net<'a>,
    search: Search<'a>,
    root: Node,
    shifts: Vec<i64>,
    caps: Vec<Option<i64>>,
    /// No acceptable outcome gives more.
    high: Vec<i64>,
    /// Acceptable outcomes met on the way.
    met: Vec<Deal>,
}

impl<'a> Table<'a> {
    fn new(
        problem: &'a Problem,
        block: &'a Block,
        net: &'a Net<'a>,
        budget: &'a Budget<'a>,
    ) -> Self {
        let shifts = problem.gains(&problem.constants);
        let caps: Vec<Option<i64>> =
            problem.caps.iter().zip(&problem.reservations).map(|(c, r)| c.map(|c| c - r)).collect();
        let most = net.most.iter().zip(&shifts).map(|(m, s)| m + s);
        let high = most.zip(&caps).map(|(m, c)| c.map_or(m, |c| m.min(c))).collect();
        let (search, root) = (Search::new(net), Node::root(net));
        Self { problem, block, budget, net, search, root, shifts, caps, high, met: Vec::new() }
    }

    fn solve(mut self) -> Solutions {
        let zero = vec![0; self.problem.parties];
        let (found, proved) = self.find(&zero, &Joint::Nothing, &|_| true);
        let Some(first) = found else {
            return Solutions::none(proved.then_some(false));
        };
        self.wander(&first);
        let (mut ideals, mut ideals_proved) = (Vec::new(), true);
        for party in 0..self.problem.parties {
            let (ideal, proved) = self.ideal(party, &first);
            ideals.push(ideal);
            ideals_proved &= proved;
            if proved {
                self.high[party] = self.high[party].min(ideal);
            }
        }
        let measure = Measure::new(self.problem, ideals.clone());
        let mut picks = Vec::new();
        for rule in SolutionRule::ALL {
            let best = match rule {
                SolutionRule::Nash => self.nash(&measure, &first),
                SolutionRule::Egalitarian => self.egalitarian(&measure, &first),
                SolutionRule::KalaiSmorodinsky => self.kalai_smorodinsky(&measure, &ideals, &first),
                SolutionRule::Utilitarian => {
                    let weights = self.problem.scales.iter().map(|s| 1.0 / s.units_per_one());
                    let weights = weights.collect();
                    self.sum(rule, weights, &measure, &first)
                }
                SolutionRule::UtilitarianRescaled => {
                    let relative = |&i: &i64| if i > 0 { 1.0 / i as f64 } else { 0.0 };
                    self.sum(rule, ideals.iter().map(relative).collect(), &measure, &first)
                }
            };
            let needs_ideals =
                matches!(rule, SolutionRule::KalaiSmorodinsky | SolutionRule::UtilitarianRescaled);
            let proved = best.proved && (ideals_proved || !needs_ideals);
            picks.push(self.pick(rule, best, proved, &measure));
        }
        let pairs = ideals.iter().zip(&self.problem.reservations);
        Solutions {
            agreement_possible: Some(true),
            ideals: pairs.map(|(g, r)| g + r).collect(),
            picks,
        }
    }

    /// One search from the root.
    fn run(
        &mut self,
        low: Vec<i64>,
        joint: Joint,
        judge: &mut dyn FnMut(&[usize], &[i64]) -> Judgement,
    ) -> Ended {
        let mut goal =
            Wanted { shifts: &self.shifts, caps: &self.caps, low, high: &self.high, joint, judge };
        self.search.run(&mut self.root, &mut goal, self.budget)
    }

    /// Some outcome with these smallest gains, joint value and property;
    /// without one, whether that is proved.
    fn find(
        &mut self,
        low: &[i64],
        joint: &Joint,
        fits: &dyn Fn(&[i64]) -> bool,
    ) -> (Option<Deal>, bool) {
        let enough = |gains: &[i64]| gains.iter().zip(low).all(|(g, l)| g >= l) && fits(gains);
        if let Some(known) = self.met.iter().find(|(_, gains)| enough(gains)) {
            return (Some(known.clone()), true);
        }
        let mut found = None;
        let ended = self.run(low.to_vec(), joint.clone(), &mut |values, gains| {
            if !fits(gains) {
                return Judgement::Refused;
            }
            found = Some((values.to_vec(), gains.to_vec()));
            Judgement::Final
        });
        if let Some(deal) = &found {
            self.met.push(deal.clone());
        }
        (found, ended != Ended::Stopped)
    }

    /// Local search from an outcome, to have good ones to compare with.
    fn wander(&mut self, first: &Deal) {
        let parties = self.problem.parties;
        let mut climber = Climber::new(self.block, &first.0);
        let span = |p: usize| ((self.net.most[p] - self.net.least[p]) as f64).max(1.0);
        let mut met: Vec<Deal> = Vec::new();
        for favourite in 0..=parties {
            for weight in [1.0, 4.0, 1000.0] {
                let lambda: Vec<f64> = (0..parties)
                    .map(|p| if p == favourite { weight } else { 1.0 } / span(p))
                    .collect();
                climber.place(&first.0);
                climber.climb(&lambda, |values, utilities| {
                    let mut gains: Vec<i64> =
                        utilities.iter().zip(&self.shifts).map(|(u, s)| u + s).collect();
                    for (gain, cap) in gains.iter_mut().zip(&self.caps) {
                        *gain = cap.map_or(*gain, |c| c.min(*gain));
                    }
                    let fresh = !met.iter().any(|(_, g)| g.iter().zip(&gains).all(|(a, b)| a >= b));
                    if gains.iter().all(|&g| g >= 0) && fresh {
                        met.push((values.to_vec(), gains));
                    }
                });
                if favourite == parties || self.budget.is_over() {
                    break;
                }
            }
        }
        self.met.extend(met);
    }

    fn best_met(&self, first: &Deal, compare: &dyn Fn(&[i64], &[i64]) -> Ordering) -> Deal {
        let better = |a: &'_ Deal, b: &'_ Deal| compare(&b.1, &a.1).is_gt();
        self.met
            .iter()
            .fold(first.clone(), |best, next| if better(&best, next) { next.clone() } else { best })
    }

    /// A party's best acceptable gain and whether that is proved.
    fn ideal(&mut self, party: usize, first: &Deal) -> (i64, bool) {
        let start = self.best_met(first, &|a, b| a[party].cmp(&b[party]));
        let mut low = vec![0; self.problem.parties];
        low[party] = start.1[party].saturating_add(1);
        let mut best: Vec<Deal> = vec![start];
        let template = low.clone();
        let ended = self.run(low, Joint::Nothing, &mut |values, gains| {
            best.push((values.to_vec(), gains.to_vec()));
            let mut low = template.clone();
            low[party] = gains[party].saturating_add(1);
            Judgement::Raised(low, Joint::Nothing)
        });
        let gain = best.last().map_or(0, |b| b.1[party]);
        self.met.append(&mut best);
        (gain, ended != Ended::Stopped)
    }

    /// The outcome with the largest joint value, then by leximin of gains.
    fn joint(
        &mut self,
        rule: SolutionRule,
        low: Vec<i64>,
        joint: &Joint,
        measure: &Measure,
        start: Deal,
    ) -> Best {
        let mut best = start;
        let high = self.high.clone();
        let begin = joint.beyond(&best.1, &self.high);
        let ended = self.run(low.clone(), begin, &mut |values, gains| {
            if measure.compare_values(rule, gains, &best.1).is_le() {
                return Judgement::Refused;
            }
            best = (values.to_vec(), gains.to_vec());
            Judgement::Raised(low.clone(), joint.beyond(gains, &high))
        });
        if ended == Ended::Stopped {
            let bound = self.joint_bound(&low, joint, joint.value(&best.1));
            return Best { deal: best, proved: false, bound: Some(bound) };
        }
        self.met.push(best.clone());
        let held = joint.at_least(joint.value(&best.1));
        let target = best.1.clone();
        let fits = |gains: &[i64]| measure.compare_values(rule, gains, &target).is_ge();
        let units = own_units(self.problem);
        let (deal, proved) = self.leximin(&units, &low, &held, &fits, best);
        // The value is proved; only a tie may be open.
        Best { deal, proved, bound: None }
    }

    /// Above which joint value the root's bound excludes everything.
    fn joint_bound(&self, low: &[i64], joint: &Joint, reached: f64) -> f64 {
        let (mut under, mut over) = (reached, joint.value(&self.high));
        let bound = self.root.bound(self.net);
        for _ in 0..50 {
            let middle = (under + over) / 2.0;
            let mut nothing = |_: &[usize], _: &[i64]| Judgement::Refused;
            let goal = Wanted {
                shifts: &self.shifts,
                caps: &self.caps,
                low: low.to_vec(),
                high: &self.high,
                joint: joint.at_least(middle),
                judge: &mut nothing,
            };
            let mut corner = vec![0; self.problem.parties];
            let excluded = {
                use super::search::Goal;
                bound < goal.threshold(self.net, &self.root.lambda, &mut corner)
            };
            if excluded { over = middle } else { under = middle }
        }
        over.max(reached)
    }

    fn sum(
        &mut self,
        rule: SolutionRule,
        weights: Vec<f64>,
        measure: &Measure,
        first: &Deal,
    ) -> Best {
        let start = self.best_met(first, &|a, b| measure.compare(rule, a, b));
        let low = vec![0; self.problem.parties];
        let mut best = self.joint(rule, low, &Joint::Sum(weights.clone(), 0.0), measure, start);
        if let Some(bound) = &mut best.bound {
            let reached: f64 = best.deal.1.iter().zip(&weights).map(|(&g, w)| g as f64 * w).sum();
            *bound = measure.value(rule, &best.deal.1) + (*bound - reached);
        }
        best
    }

    /// The largest number of positive gains, then their product.
    fn nash(&mut self, measure: &Measure, first: &Deal) -> Best {
        let parties = self.problem.parties;
        let rule = SolutionRule::Nash;
        let scale = |p: usize| 1.0 / (self.high[p].max(1) as f64);
        let scales: Vec<f64> = (0..parties).map(scale).collect();
        let able: Vec<usize> = (0..parties).filter(|&p| self.high[p] > 0).collect();
        let mut proved = true;
        for size in (1..=able.len()).rev() {
            let mut best: Option<Best> = None;
            for group in groups(&able, size) {
                let low: Vec<i64> = (0..parties).map(|p| i64::from(group.contains(&p))).collect();
                let (found, sure) = self.find(&low, &Joint::Nothing, &|_| true);
                proved &= sure;
                let Some(found) = found else { continue };
                let start = {
                    let fits = |d: &&Deal| d.1.iter().zip(&low).all(|(g, l)| g >= l);
                    let known = self.met.iter().filter(fits);
                    known.fold(found, |a, b| {
                        if measure.compare(rule, &b.1, &a.1).is_gt() { b.clone() } else { a }
                    })
                };
                let included = (0..parties).map(|p| group.contains(&p).then_some(scales[p]));
                let joint = Joint::LogSum(included.collect(), 0.0);
                let mut found = self.joint(rule, low, &joint, measure, start);
                if let Some(bound) = &mut found.bound {
                    let reached = joint.value(&found.deal.1);
                    *bound = measure.value(rule, &found.deal.1) * (*bound - reached).exp();
                }
                if best
                    .as_ref()
                    .is_none_or(|b| measure.compare(rule, &found.deal.1, &b.deal.1).is_gt())
                {
                    proved &= best.is_none_or(|b| b.proved);
                    best = Some(found);
                } else {
                    proved &= found.proved;
                }
            }
            if let Some(mut best) = best {
                if !proved && best.proved {
                    best.bound = Some((0..parties).map(|p| measure.own(p, self.high[p])).product());
                }
                best.proved &= proved;
                return best;
            }
        }
        Best { deal: first.clone(), proved, bound: None }
    }

    fn egalitarian(&mut self, measure: &Measure, first: &Deal) -> Best {
        let start = self.best_met(first, &|a, b| measure.compare_leximin(a, b));
        let units = own_units(self.problem);
        let low = vec![0; self.problem.parties];
        let (deal, proved) = self.leximin(&units, &low, &Joint::Nothing, &|_| true, start);
        let most = (0..self.problem.parties).map(|p| measure.own(p, self.high[p]));
        let bound = most.fold(f64::INFINITY, f64::min);
        Best { deal, proved, bound: (!proved).then_some(bound) }
    }

    fn kalai_smorodinsky(&mut self, measure: &Measure, ideals: &[i64], first: &Deal) -> Best {
        if ideals.iter().all(|&i| i == 0) {
            return self.egalitarian(measure, first);
        }
        let rule = SolutionRule::KalaiSmorodinsky;
        let start = self.best_met(first, &|a, b| measure.compare(rule, a, b));
        let relative: Vec<Option<BigInt>> =
            ideals.iter().map(|&i| (i > 0).then(|| BigInt::from(i))).collect();
        let low = vec![0; self.problem.parties];
        let (deal, proved) = self.leximin(&relative, &low, &Joint::Nothing, &|_| true, start);
        if !proved {
            return Best { deal, proved, bound: Some(1.0) };
        }
        let deal = self.regroup(&relative, measure, deal);
        Best { deal, proved, bound: None }
    }

    /// Among outcomes with the same ratios, given to other parties, the
    /// leximin-best of gains: every way to hand the ratios out is tried, where
    /// they are not too many.
    fn regroup(&mut self, units: &[Option<BigInt>], measure: &Measure, start: Deal) -> Deal {
        const MOST_PARTIES: usize = 6;
        let counted: Vec<usize> = (0..units.len()).filter(|&p| units[p].is_some()).collect();
        let levels = sorted(units, &counted, &start.1);
        if counted.len() > MOST_PARTIES
            || levels.windows(2).all(|w| compare_quotients(&w[0], &w[1]).is_eq())
        {
            return start;
        }
        let mut best = start;
        for order in permutations(&counted) {
            let mut gains = vec![0; units.len()];
            let mut whole = true;
            for (&party, level) in order.iter().zip(&levels) {
                let Some(unit) = &units[party] else { continue };
                gains[party] = at_least(unit, &level.0, level.1, false);
                whole &= compare_quotients(&(unit.clone(), gains[party]), level).is_eq();
            }
            if whole
                && measure.compare_leximin(&gains, &best.1).is_gt()
                && let (Some(found), _) = self.find(&gains, &Joint::Nothing, &|_| true)
            {
                best = found;
            }
        }
        best
    }

    /// The leximin-best of the outcomes that give `low`, reach `joint` and
    /// fit, of gains in units (`None`: the party does not count); whether proved.
    fn leximin(
        &mut self,
        units: &[Option<BigInt>],
        low: &[i64],
        joint: &Joint,
        fits: &dyn Fn(&[i64]) -> bool,
        start: Deal,
    ) -> (Deal, bool) {
        let mut best = start;
        let counted: Vec<usize> = (0..units.len()).filter(|&p| units[p].is_some()).collect();
        'again: loop {
            let levels = sorted(units, &counted, &best.1);
            // Parties that may stay at the first levels, in that order.
            let mut prefixes: Vec<Vec<usize>> = vec![Vec::new()];
            for rank in 0..counted.len() {
                let mut next: Vec<Vec<usize>> = Vec::new();
                for prefix in &prefixes {
                    let demand = |prefix: &[usize], strict: bool| -> Vec<i64> {
                        (0..units.len())
                            .map(|p| {
                                let Some(unit) = &units[p] else { return low[p] };
                                let place = prefix.iter().position(|&q| q == p);
                                let (level, strict) = match place {
                                    Some(place) => (&levels[place], false),
                                    None => (&levels[prefix.len()], strict),
                                };
                                at_least(unit, &level.0, level.1, strict).max(low[p])
                            })
                            .collect()
                    };
                    let (found, proved) = self.find(&demand(prefix, true), joint, fits);
                    if let Some(found) = found {
                        best = found;
                        continue 'again;
                    }
                    if !proved {
                        return (best, false);
                    }
                    if rank + 1 == counted.len() {
                        continue;
                    }
                    for &party in counted.iter().filter(|p| !prefix.contains(p)) {
                        let longer: Vec<usize> = prefix.iter().copied().chain([party]).collect();
                        let (found, proved) = self.find(&demand(&longer, false), joint, fits);
                        match found {
                            Some(found) => {
                                if compare(units, &counted, &found.1, &best.1).is_gt() {
                                    best = found;
                                    continue 'again;
                                }
                                next.push(longer);
                            }
                            None if !proved => return (best, false),
                            None => {}
                        }
                    }
                }
                prefixes = next;
            }
            return (best, true);
        }
    }

    fn pick(&self, rule: SolutionRule, best: Best, proved: bool, measure: &Measure) -> Pick {
        let (values, gains) = &best.deal;
        let value = measure.value(rule, gains);
        let utilities = gains.iter().zip(&self.problem.reservations).map(|(g, r)| g + r).collect();
        let point = Point { assignment: self.block.witness(values), utilities, outcomes: None };
        let most = || {
            let all = SolutionRule::UtilitarianRescaled == rule;
            if all { self.problem.parties as f64 } else { measure.value(rule, &self.high) }
        };
        let bound = if proved { value } else { best.bound.unwrap_or_else(most).max(value) };
        Pick { rule, point, value, optimal: proved, bound }
    }
}

/// Each party's own unit.
fn own_units(problem: &Problem) -> Vec<Option<BigInt>> {
    problem.scales.iter().map(|s| Some(s.denominator.clone())).collect()
}

/// The smallest gain g with g / unit ≥ gain / other (or >, when strict).
fn at_least(unit: &BigInt, other: &BigInt, gain: i64, strict: bool) -> i64 {
    let product = BigInt::from(gain) * unit;
    let least = if strict { product.div_floor(other) + 1 } else { product.div_ceil(other) };
    // Larger than any gain there is.
    least.to_i64().unwrap_or(1 << 61).clamp(-(1 << 61), 1 << 61)
}

/// The counted parties' (unit, gain), smallest quotient first.
fn sorted(units: &[Option<BigInt>], counted: &[usize], gains: &[i64]) -> Vec<(BigInt, i64)> {
    let mut levels: Vec<(BigInt, i64)> =
        counted.iter().filter_map(|&p| units[p].clone().map(|u| (u, gains[p]))).collect();
    levels.sort_by(compare_quotients);
    levels
}

/// Leximin in units.
fn compare(units: &[Option<BigInt>], counted: &[usize], a: &[i64], b: &[i64]) -> Ordering {
    let pairs = sorted(units, counted, a).into_iter().zip(sorted(units, counted, b));
    pairs.map(|(a, b)| compare_quotients(&a, &b)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
}

/// gain / unit against gain / unit.
fn compare_quotients(a: &(BigInt, i64), b: &(BigInt, i64)) -> Ordering {
    (BigInt::from(a.1) * &b.0).cmp(&(BigInt::from(b.1) * &a.0))
}

/// Every order of these parties.
fn permutations(of: &[usize]) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (k, &first) in of.iter().enumerate() {
        let others: Vec<usize> =
            of.iter().enumerate().filter(|(j, _)| *j != k).map(|(_, &p)| p).collect();
        for mut rest in permutations(&others) {
            rest.insert(0, first);
            all.push(rest);
        }
    }
    all
}

/// Every group of `size` of these parties, in order.
fn groups(of: &[usize], size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (k, &party) in of.iter().enumerate() {
        for mut rest in groups(&of[k + 1..], size - 1) {
            rest.insert(0, party);
            all.push(rest);
        }
    }
    all
}
