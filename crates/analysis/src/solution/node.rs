//! One node of the search: the options left, and the bound they allow.

use super::instance::Instance;
use super::search::Search;

/// Rounding of a sum in doubles, relative to the sizes of what is added: bounds
/// are raised by this much, so that none is below an outcome's own value.
const ROUNDING: f64 = 1e-13;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Some outcomes left here have it, others not.
    Open,
    /// No outcome left here has it.
    Dead,
    /// Every outcome left here has it.
    Certain,
}

/// The options left of every issue, with the multipliers inherited from above.
#[derive(Debug, Clone)]
pub(super) struct Node {
    left: Vec<Vec<u32>>,
    states: Vec<State>,
    /// Gains before any issue, with interactions that are certain.
    gains: Vec<i64>,
    pub(super) multipliers: Vec<f64>,
    /// The outcome that maximises λ·y over the options left.
    pub(super) choice: Vec<usize>,
    /// Its y, open interactions as they are counted in the bound.
    pub(super) chosen: Vec<f64>,
    /// Per issue: λ·y of each option left, and the largest.
    costs: Vec<Vec<f64>>,
    largest: Vec<f64>,
    /// How often each option left was chosen in the last tightening.
    average: Vec<Vec<f64>>,
}

impl Node {
    pub(super) fn root(search: &Search<'_>) -> Self {
        let instance = search.instance;
        let issues = instance.issues();
        let left: Vec<Vec<u32>> =
            (0..issues).map(|i| (0..instance.size(i) as u32).collect()).collect();
        Self {
            average: left.iter().map(|l| vec![0.0; l.len()]).collect(),
            left,
            states: vec![State::Open; instance.combinations.len()],
            gains: instance.base.clone(),
            multipliers: search.goal.objective.start(instance.parties()),
            choice: vec![0; issues],
            chosen: vec![0.0; instance.parties()],
            costs: vec![Vec::new(); issues],
            largest: vec![0.0; issues],
        }
    }

    /// The same with one issue settled.
    pub(super) fn with(&self, issue: usize, option: usize) -> Self {
        let mut child = self.clone();
        child.left[issue] = vec![option as u32];
        child.average[issue] = vec![0.0];
        child
    }

    /// Draws what follows from the options left; false when nothing is left.
    pub(super) fn propagate(&mut self, instance: &Instance<'_>) -> bool {
        if instance.combinations.is_empty() && instance.sums.is_empty() {
            return true;
        }
        loop {
            let mut changed = false;
            for index in 0..instance.combinations.len() {
                if self.states[index] == State::Open && !self.decide(instance, index, &mut changed)
                {
                    return false;
                }
            }
            for sum in &instance.sums {
                if !self.bound_sum(sum, &mut changed) {
                    return false;
                }
            }
            if !changed {
                return true;
            }
        }
    }

    fn decide(&mut self, instance: &Instance<'_>, index: usize, changed: &mut bool) -> bool {
        let combination = &instance.combinations[index];
        let mut undecided = None;
        let mut several = false;
        for (issue, mask) in &combination.literals {
            let inside = self.left[*issue].iter().filter(|&&o| mask[o as usize]).count();
            if inside == 0 {
                self.states[index] = State::Dead;
                return true;
            }
            if inside < self.left[*issue].len() {
                several = undecided.is_some();
                undecided = Some((*issue, mask));
                if several {
                    break;
                }
            }
        }
        if several {
            // A later literal may still be dead: looked at again when options go.
            let dead = combination
                .literals
                .iter()
                .any(|(issue, mask)| !self.left[*issue].iter().any(|&o| mask[o as usize]));
            if dead {
                self.states[index] = State::Dead;
            }
            return true;
        }
        match (combination.value, undecided) {
            (None, None) => return false,
            (None, Some((issue, mask))) => {
                self.retain(issue, |o| !mask[o]);
                self.states[index] = State::Dead;
                *changed = true;
                return !self.left[issue].is_empty();
            }
            (Some((party, value)), None) => {
                self.states[index] = State::Certain;
                self.gains[party] += value;
            }
            (Some(_), Some(_)) => {}
        }
        true
    }

    fn bound_sum(&mut self, sum: &super::instance::Sum, changed: &mut bool) -> bool {
        let range = |left: &[u32], amounts: &[i64]| {
            let values = left.iter().map(|&o| amounts[o as usize]);
            (values.clone().min().unwrap_or(0), values.max().unwrap_or(0))
        };
        let (mut low, mut high) = (0_i64, 0_i64);
        for (issue, amounts) in &sum.terms {
            let (l, h) = range(&self.left[*issue], amounts);
            (low, high) = (low + l, high + h);
        }
        for (issue, amounts) in &sum.terms {
            let (l, h) = range(&self.left[*issue], amounts);
            let before = self.left[*issue].len();
            self.retain(*issue, |o| {
                low - l + amounts[o] <= sum.at_most && high - h + amounts[o] >= sum.at_least
            });
            if self.left[*issue].is_empty() {
                return false;
            }
            if self.left[*issue].len() < before {
                *changed = true;
                let (new_low, new_high) = range(&self.left[*issue], amounts);
                (low, high) = (low - l + new_low, high - h + new_high);
            }
        }
        low <= sum.at_most && high >= sum.at_least
    }

    fn retain(&mut self, issue: usize, keep: impl Fn(usize) -> bool) {
        let flags: Vec<bool> = self.left[issue].iter().map(|&o| keep(o as usize)).collect();
        if flags.iter().all(|k| *k) {
            return;
        }
        retain_by(&mut self.left[issue], &flags);
        retain_by(&mut self.average[issue], &flags);
        if self.costs[issue].len() == flags.len() {
            retain_by(&mut self.costs[issue], &flags);
        }
    }

    pub(super) fn clear_average(&mut self) {
        for row in &mut self.average {
            row.fill(0.0);
        }
    }

    /// The Lagrangian bound for the node's multipliers; fills `choice`,
    /// `chosen` and the costs.
    pub(super) fn evaluate(&mut self, search: &Search<'_>) -> f64 {
        let instance = search.instance;
        let parties = instance.parties();
        for ((slot, gain), scale) in
            self.chosen.iter_mut().zip(&self.gains).zip(&search.goal.scales)
        {
            *slot = *gain as f64 * scale;
        }
        let dot = |y: &[f64], multipliers: &[f64]| -> f64 {
            y.iter().zip(multipliers).map(|(y, l)| y * l).sum()
        };
        let size_of = |y: &[f64], multipliers: &[f64]| -> f64 {
            y.iter().zip(multipliers).map(|(y, l)| (y * l).abs()).sum()
        };
        let mut total = dot(&self.chosen, &self.multipliers);
        let mut size = size_of(&self.chosen, &self.multipliers);
        for issue in 0..self.left.len() {
            let table = &search.y[issue];
            let costs = &mut self.costs[issue];
            costs.clear();
            let mut best = (f64::NEG_INFINITY, 0);
            for (at, &option) in self.left[issue].iter().enumerate() {
                let row = &table[option as usize * parties..(option as usize + 1) * parties];
                let cost = dot(row, &self.multipliers);
                costs.push(cost);
                if cost > best.0 {
                    best = (cost, at);
                }
            }
            self.largest[issue] = best.0;
            total += best.0;
            self.average[issue][best.1] += 1.0;
            let option = self.left[issue][best.1] as usize;
            self.choice[issue] = option;
            let row = &table[option * parties..(option + 1) * parties];
            size += size_of(row, &self.multipliers);
            self.chosen.iter_mut().zip(row).for_each(|(c, y)| *c += y);
        }
        for (combination, state) in instance.combinations.iter().zip(&self.states) {
            let (Some((party, value)), State::Open) = (combination.value, state) else { continue };
            let y = value as f64 * search.goal.scales[party];
            if y > 0.0 {
                total += y * self.multipliers[party];
                size += y * self.multipliers[party];
                self.chosen[party] += y;
            }
        }
        let conjugate = search.goal.objective.conjugate(&self.multipliers);
        total - conjugate + ROUNDING * (size + conjugate.abs())
    }

    /// Strikes every option whose reduced cost the gap does not allow; false
    /// when rules then leave nothing.
    pub(super) fn strike(&mut self, search: &Search<'_>, bound: f64, threshold: f64) -> bool {
        if threshold == f64::NEG_INFINITY {
            return true;
        }
        let gap = bound - threshold;
        let mut struck = false;
        for issue in 0..self.left.len() {
            if self.left[issue].len() > 1 {
                let least = self.largest[issue] - gap;
                let flags: Vec<bool> = self.costs[issue].iter().map(|&c| c >= least).collect();
                if flags.contains(&false) {
                    struck = true;
                    retain_by(&mut self.left[issue], &flags);
                    retain_by(&mut self.average[issue], &flags);
                    retain_by(&mut self.costs[issue], &flags);
                }
            }
        }
        !struck || self.propagate(search.instance)
    }

    /// The issue over which near-optimal outcomes disagree most; `None` when
    /// every issue is settled.
    pub(super) fn widest(&self, search: &Search<'_>) -> Option<usize> {
        let parties = search.instance.parties();
        let mut best: Option<(f64, f64, usize)> = None;
        for issue in (0..self.left.len()).filter(|&i| self.left[i].len() > 1) {
            let rows: Vec<&[f64]> = self.left[issue]
                .iter()
                .map(|&o| &search.y[issue][o as usize * parties..(o as usize + 1) * parties])
                .collect();
            let spread = |weights: &[f64]| -> f64 {
                let total: f64 = weights.iter().sum();
                if total <= 0.0 {
                    return 0.0;
                }
                (0..parties)
                    .map(|p| {
                        let mean =
                            rows.iter().zip(weights).map(|(r, w)| r[p] * w).sum::<f64>() / total;
                        rows.iter()
                            .zip(weights)
                            .map(|(r, w)| w * (r[p] - mean).powi(2))
                            .sum::<f64>()
                            / total
                    })
                    .sum()
            };
            let candidate = (spread(&self.average[issue]), spread(&vec![1.0; rows.len()]), issue);
            if best.is_none_or(|b| (candidate.0, candidate.1) > (b.0, b.1)) {
                best = Some(candidate);
            }
        }
        best.map(|b| b.2)
    }

    /// The options left of an issue, most promising first.
    pub(super) fn by_reduced_cost(&self, issue: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.left[issue].len()).collect();
        let costs = &self.costs[issue];
        if costs.len() == order.len() {
            order.sort_by(|&a, &b| costs[b].total_cmp(&costs[a]));
        }
        order.into_iter().map(|at| self.left[issue][at] as usize).collect()
    }

    /// The assignment, once every issue has one option left.
    pub(super) fn settled(&self) -> Vec<usize> {
        self.left.iter().map(|l| l.first().map_or(0, |&o| o as usize)).collect()
    }
}

fn retain_by<T>(items: &mut Vec<T>, flags: &[bool]) {
    let mut flags = flags.iter();
    items.retain(|_| flags.next().copied().unwrap_or(true));
}
