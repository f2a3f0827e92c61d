//! Exact branch and bound for the bargaining solutions of many parties.
//!
//! Depth-first over the options left per issue. At every node a few
//! subgradient steps tighten the Lagrangian bound of [`super::objective`];
//! options whose reduced cost exceeds the gap to the best outcome known are
//! struck out (reduced-cost fixing), rules are propagated, and the issue over
//! which the near-optimal outcomes disagree most is split. Interactions not
//! yet decided count as if they turned out well.

pub(crate) mod ask;

use super::instance::Instance;
use super::local;
use super::measure::Measure;
use super::node::Node;
use super::objective::Objective;
use super::{Pick, Solutions};
use crate::budget::Budget;
use crate::frontier::Point;
use crate::problem::Problem;
use crate::solved::SolutionRule;
use std::cmp::Ordering;

/// Bounds this close above the best value (relatively) do not prune, so that
/// outcomes of equal value are compared exactly.
const TIE_MARGIN: f64 = 1e-11;
/// Equal-valued outcomes compared before ties are left as they are.
const MOST_TIES: usize = 200_000;
/// Subgradient steps at the root and at each further node.
const ROOT_STEPS: usize = 400;
const NODE_STEPS: usize = 12;
/// Nodes between two looks at the budget.
const CHECK_EVERY: u64 = 64;

/// One maximisation: what, how it is compared exactly, and in which units.
pub(super) struct Goal<'g> {
    pub(super) objective: Objective,
    /// y = gain × scale.
    pub(super) scales: Vec<f64>,
    /// Exact comparison of gains; greater is better.
    pub(super) compare: &'g dyn Fn(&[i64], &[i64]) -> Ordering,
    /// Whether every party must gain nothing less than zero.
    pub(super) acceptable: bool,
}

/// The end of one maximisation.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) best: Option<(Vec<usize>, Vec<i64>)>,
    /// The objective value of the best.
    pub(super) reached: f64,
    /// No allowed outcome has a larger objective value.
    pub(super) bound: f64,
    /// Whether the whole space was searched or pruned.
    pub(super) proved: bool,
}

pub(super) struct Search<'s> {
    pub(super) instance: &'s Instance<'s>,
    pub(super) goal: &'s Goal<'s>,
    budget: &'s Budget<'s>,
    /// Per issue: y of each option, `[option * parties + party]`.
    pub(super) y: Vec<Vec<f64>>,
    best: Option<(Vec<usize>, Vec<i64>)>,
    best_value: f64,
    ties: usize,
    nodes: u64,
    stopped: bool,
    /// Outcomes of a smaller value are of no interest.
    floor: f64,
    /// Whether the first outcome found ends the search.
    first_will_do: bool,
}

impl<'s> Search<'s> {
    fn new(instance: &'s Instance<'s>, goal: &'s Goal<'s>, budget: &'s Budget<'s>) -> Self {
        let parties = instance.parties();
        let scale = |(at, v): (usize, &i64)| *v as f64 * goal.scales[at % parties];
        let y = instance.tables.iter().map(|t| t.iter().enumerate().map(scale).collect()).collect();
        Self {
            instance,
            goal,
            budget,
            y,
            best: None,
            best_value: f64::NEG_INFINITY,
            ties: 0,
            nodes: 0,
            stopped: false,
            floor: f64::NEG_INFINITY,
            first_will_do: false,
        }
    }

    /// Maximises the goal; `starts` are outcomes to begin with.
    pub(super) fn run(
        instance: &'s Instance<'s>,
        goal: &'s Goal<'s>,
        starts: &[Vec<usize>],
        budget: &'s Budget<'s>,
    ) -> Found {
        let mut search = Self::new(instance, goal, budget);
        for start in starts {
            search.offer(start);
        }
        let mut root = Node::root(&search);
        let mut bound = f64::NEG_INFINITY;
        if root.propagate(instance) {
            let mut seeds = Vec::new();
            bound = search.tighten(&mut root, ROOT_STEPS, Some(&mut seeds));
            search.climb(starts, seeds);
            search.branch(root, bound);
        }
        let proved = !search.stopped;
        let reached = search.best_value;
        Found {
            best: search.best,
            reached,
            bound: if proved { reached } else { bound.max(reached) },
            proved,
        }
    }

    /// The objective of exact gains.
    fn value(&self, gains: &[i64]) -> f64 {
        let y: Vec<f64> = gains.iter().zip(&self.goal.scales).map(|(&g, s)| g as f64 * s).collect();
        self.goal.objective.value(&y)
    }

    /// Takes an assignment as the best if it is allowed and better.
    fn offer(&mut self, assignment: &[usize]) {
        if !self.instance.is_allowed(assignment) {
            return;
        }
        let gains = self.instance.gains(assignment);
        if self.goal.acceptable && gains.iter().any(|&g| g < 0) {
            return;
        }
        let value = self.value(&gains);
        let better = match &self.best {
            None => true,
            Some((held, best)) => (self.goal.compare)(&gains, best)
                .then_with(|| held.as_slice().cmp(assignment))
                .is_gt(),
        };
        if (value - self.best_value).abs() <= TIE_MARGIN * value.abs() {
            self.ties += 1;
        }
        if better {
            self.best_value = value;
            self.best = Some((assignment.to_vec(), gains));
            self.stopped |= self.first_will_do;
        }
    }

    /// Local search from the outcomes the bound visited.
    fn climb(&mut self, starts: &[Vec<usize>], seeds: Vec<Vec<usize>>) {
        let instance = self.instance;
        let sizes: Vec<usize> = (0..instance.issues()).map(|i| instance.size(i)).collect();
        let pairs: usize = sizes.iter().sum::<usize>().pow(2);
        let tries =
            (40_000_000 / (pairs * instance.issues() * instance.parties()).max(1)).clamp(1, 24);
        let mut all: Vec<Vec<usize>> =
            starts.iter().cloned().chain(self.best.clone().map(|b| b.0)).chain(seeds).collect();
        all.dedup();
        for mut assignment in all.into_iter().rev().take(tries) {
            if self.budget.is_over() {
                return;
            }
            let goal = self.goal;
            local::improve(&mut assignment, &sizes, 4 * pairs, |a| {
                if !instance.is_allowed(a) {
                    return None;
                }
                let gains = instance.gains(a);
                let y: Vec<f64> =
                    gains.iter().zip(&goal.scales).map(|(&g, s)| g as f64 * s).collect();
                let worst = y.iter().copied().fold(f64::INFINITY, f64::min);
                let value = goal.objective.value(&y);
                // Unacceptable outcomes rank below all others, by how far off they are.
                let off = goal.acceptable && worst < 0.0 || !value.is_finite();
                Some(if off { -1e30 + worst.min(0.0) } else { value })
            });
            self.offer(&assignment);
        }
    }

    /// What a bound must reach for the node to be worth looking into.
    fn threshold(&self) -> f64 {
        if self.best.is_none() {
            return self.floor;
        }
        let margin = TIE_MARGIN * self.best_value.abs().max(f64::MIN_POSITIVE);
        if self.ties < MOST_TIES { self.best_value - margin } else { self.best_value + margin }
    }

    /// Tightens a node's bound and strikes options that cannot reach the best;
    /// gives the bound, −∞ when nothing is left.
    fn tighten(
        &mut self,
        node: &mut Node,
        steps: usize,
        mut seeds: Option<&mut Vec<Vec<usize>>>,
    ) -> f64 {
        let mut damping = 1.0;
        let mut tightest = f64::INFINITY;
        let mut kept = node.multipliers.clone();
        let mut since = 0;
        node.clear_average();
        for step in 0..steps {
            let bound = node.evaluate(self);
            if bound < tightest {
                (tightest, since) = (bound, 0);
                kept.copy_from_slice(&node.multipliers);
            } else {
                since += 1;
                if since >= 5 {
                    (damping, since) = (damping * 0.6, 0);
                    node.multipliers.copy_from_slice(&kept);
                }
            }
            let threshold = self.threshold();
            if bound < threshold {
                return f64::NEG_INFINITY;
            }
            if !node.strike(self, bound, threshold) {
                return f64::NEG_INFINITY;
            }
            if seeds.is_some() || step == 0 {
                let assignment = node.choice.clone();
                self.offer(&assignment);
                if let Some(seeds) = seeds.as_deref_mut()
                    && seeds.last() != Some(&assignment)
                {
                    seeds.push(assignment);
                }
            }
            let target =
                if threshold.is_finite() { threshold } else { bound - 0.1 * bound.abs().max(1e-9) };
            let y = node.chosen.clone();
            self.goal.objective.step(&mut node.multipliers, &y, bound, target.min(bound), damping);
        }
        node.multipliers.copy_from_slice(&kept);
        tightest
    }

    /// Splits a node until nothing is left or the budget ends.
    fn branch(&mut self, node: Node, bound: f64) {
        self.nodes += 1;
        if self.stopped || self.nodes.is_multiple_of(CHECK_EVERY) && self.budget.is_over() {
            self.stopped = true;
            return;
        }
        if bound < self.threshold() {
            return;
        }
        let Some(issue) = node.widest(self) else {
            let assignment = node.settled();
            self.offer(&assignment);
            return;
        };
        for option in node.by_reduced_cost(issue) {
            let mut child = node.with(issue, option);
            if !child.propagate(self.instance) {
                continue;
            }
            let bound = self.tighten(&mut child, NODE_STEPS, None);
            if bound >= self.threshold() && bound > f64::NEG_INFINITY {
                self.branch(child, bound);
            }
            if self.stopped {
                return;
            }
        }
    }
}

/// Every rule's pick for a problem of any number of parties.
#[must_use]
pub fn solutions(problem: &Problem, budget: &Budget<'_>) -> Solutions {
    let instance = Instance::new(problem);
    let own_units: Vec<f64> = problem.scales.iter().map(|s| 1.0 / s.units_per_one()).collect();
    let everyone = vec![true; problem.parties];
    let plain = Measure::new(problem, vec![0; problem.parties]);

    let smallest = |a: &[i64], b: &[i64]| plain.compare(SolutionRule::Egalitarian, a, b);
    let goal = Goal {
        objective: Objective::Min(everyone.clone()),
        scales: own_units.clone(),
        compare: &smallest,
        acceptable: false,
    };
    let egalitarian = Search::run(&instance, &goal, &[], budget);
    let Some((_, gains)) = &egalitarian.best else {
        return Solutions::none(egalitarian.proved.then_some(false));
    };
    if gains.iter().any(|&g| g < 0) {
        return Solutions::none((egalitarian.proved || egalitarian.bound < 0.0).then_some(false));
    }

    let mut starts: Vec<Vec<usize>> = egalitarian.best.iter().map(|b| b.0.clone()).collect();
    let (ideal_gains, ideals_proved) = ideals(&instance, &own_units, &mut starts, budget);
    let measure = Measure::new(problem, ideal_gains.clone());
    let mut picks = Vec::new();
    for rule in SolutionRule::ALL {
        let compare = |a: &[i64], b: &[i64]| measure.compare(rule, a, b);
        let found = match rule {
            SolutionRule::Egalitarian => egalitarian.clone(),
            SolutionRule::Nash => nash(&instance, gains, &ideal_gains, &starts, &compare, budget),
            SolutionRule::KalaiSmorodinsky if ideal_gains.iter().all(|&i| i == 0) => {
                egalitarian.clone()
            }
            SolutionRule::UtilitarianRescaled if ideal_gains.iter().all(|&i| i == 0) => {
                egalitarian.clone()
            }
            SolutionRule::KalaiSmorodinsky
            | SolutionRule::Utilitarian
            | SolutionRule::UtilitarianRescaled => {
                let relative: Vec<f64> =
                    ideal_gains.iter().map(|&i| if i > 0 { 1.0 / i as f64 } else { 0.0 }).collect();
                let included: Vec<bool> = ideal_gains.iter().map(|&i| i > 0).collect();
                let weights =
                    |included: &[bool]| included.iter().map(|&i| f64::from(u8::from(i))).collect();
                let (objective, scales) = match rule {
                    SolutionRule::KalaiSmorodinsky => (Objective::Min(included), relative),
                    SolutionRule::Utilitarian => {
                        (Objective::Sum(vec![1.0; problem.parties]), own_units.clone())
                    }
                    _ => (Objective::Sum(weights(&included)), relative),
                };
                let goal = Goal { objective, scales, compare: &compare, acceptable: true };
                Search::run(&instance, &goal, &starts, budget)
            }
        };
        let needs_ideals =
            matches!(rule, SolutionRule::KalaiSmorodinsky | SolutionRule::UtilitarianRescaled);
        let proved = found.proved && (!needs_ideals || ideals_proved);
        picks.extend(pick(rule, &instance, &measure, &found, proved));
        starts.extend(found.best.map(|b| b.0));
    }
    let ideals = ideal_gains.iter().zip(&problem.reservations).map(|(g, r)| g + r).collect();
    Solutions { agreement_possible: Some(true), ideals, picks }
}

/// Each party's best acceptable gain, and whether all are proved.
fn ideals(
    instance: &Instance<'_>,
    own_units: &[f64],
    starts: &mut Vec<Vec<usize>>,
    budget: &Budget<'_>,
) -> (Vec<i64>, bool) {
    let parties = instance.parties();
    let mut proved = true;
    let mut ideals = Vec::with_capacity(parties);
    for party in 0..parties {
        let compare = |a: &[i64], b: &[i64]| a[party].cmp(&b[party]);
        let weights = (0..parties).map(|p| f64::from(u8::from(p == party))).collect();
        let goal = Goal {
            objective: Objective::Sum(weights),
            scales: own_units.to_vec(),
            compare: &compare,
            acceptable: true,
        };
        let found = Search::run(instance, &goal, starts, budget);
        proved &= found.proved;
        let best = found.best.map_or(0, |(assignment, gains)| {
            starts.push(assignment);
            gains[party]
        });
        ideals.push(best);
    }
    (ideals, proved)
}

/// The Nash solution; where nobody can make all gains positive at once, over
/// the largest groups that can.
fn nash(
    instance: &Instance<'_>,
    largest_minimum: &[i64],
    ideal_gains: &[i64],
    starts: &[Vec<usize>],
    compare: &dyn Fn(&[i64], &[i64]) -> Ordering,
    budget: &Budget<'_>,
) -> Found {
    let parties = instance.parties();
    // y from 0 to 1, so that multipliers are of the size of one.
    let scales: Vec<f64> = ideal_gains.iter().map(|&i| 1.0 / (i.max(1) as f64)).collect();
    let run = |included: Vec<bool>| {
        let goal = Goal {
            objective: Objective::LogSum(included),
            scales: scales.clone(),
            compare,
            acceptable: true,
        };
        Search::run(instance, &goal, starts, budget)
    };
    if largest_minimum.iter().all(|&g| g > 0) {
        return run(vec![true; parties]);
    }
    let mut proved = true;
    for size in (1..parties).rev() {
        let mut best: Option<Found> = None;
        for group in groups(parties, size) {
            let mut found = run(group);
            proved &= found.proved;
            found.best =
                found.best.filter(|(_, gains)| gains.iter().filter(|&&g| g > 0).count() >= size);
            let Some((_, gains)) = &found.best else { continue };
            if best
                .as_ref()
                .and_then(|b| b.best.as_ref())
                .is_none_or(|(_, b)| compare(gains, b).is_gt())
            {
                best = Some(found);
            }
            if budget.is_over() {
                proved = false;
                break;
            }
        }
        if let Some(mut found) = best {
            found.proved = proved;
            return found;
        }
    }
    // Nobody can gain at all: every acceptable outcome is worth no agreement to all.
    let best = starts.first().map(|s| (s.clone(), instance.gains(s)));
    Found { best, reached: 0.0, bound: 0.0, proved }
}

/// Every group of `size` of `parties` parties.
fn groups(parties: usize, size: usize) -> impl Iterator<Item = Vec<bool>> {
    let mut chosen: Option<Vec<usize>> = Some((0..size).collect());
    std::iter::from_fn(move || {
        let current = chosen.clone()?;
        let mut next = current.clone();
        let turn = (0..size).rev().find(|&i| next[i] < parties - size + i);
        chosen = turn.map(|i| {
            next[i] += 1;
            for j in i + 1..size {
                next[j] = next[j - 1] + 1;
            }
            next
        });
        let mut flags = vec![false; parties];
        for party in current {
            flags[party] = true;
        }
        Some(flags)
    })
}

fn pick(
    rule: SolutionRule,
    instance: &Instance<'_>,
    measure: &Measure,
    found: &Found,
    proved: bool,
) -> Option<Pick> {
    let (assignment, gains) = found.best.as_ref()?;
    let problem = instance.problem;
    let value = measure.value(rule, gains);
    let parties = problem.parties as f64;
    let bound = match rule {
        // The search's logarithm is relative to its own scales.
        SolutionRule::Nash => value * (found.bound - found.reached).exp(),
        SolutionRule::Utilitarian => value + (found.bound - found.reached),
        SolutionRule::UtilitarianRescaled => found.bound.min(parties),
        SolutionRule::Egalitarian | SolutionRule::KalaiSmorodinsky => found.bound,
    };
    let utilities = gains.iter().zip(&problem.reservations).map(|(g, r)| g + r).collect();
    let point = Point { assignment: instance.original(assignment), utilities, outcomes: None };
    Some(Pick {
        rule,
        point,
        value,
        optimal: proved,
        bound: if proved { value } else { bound.max(value) },
    })
}
