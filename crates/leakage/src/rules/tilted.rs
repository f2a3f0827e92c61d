//! The fixed-point iteration behind the optimal and the priced rule.
//!
//! Minimise `I(t;d) + λ·G − β·E[v]` over rules q(d|t), where v is a draft's
//! share of the best Nash product and `G = Σ_d max_s P(s, d)` how often the
//! best guess of a secret s is right. With λ = 0 the objective is jointly
//! convex in q and in the marginal m(d), so minimising over each in turn
//! (Blahut 1972, Arimoto 1972) finds the optimum: `q(d|t) ∝ m(d) e^(βv)`.
//!
//! **Guesses.** G is what an adversary gets who answers draft d by naming s
//! with probability σ(s|d), at its best. Against a given σ the price is
//! linear in q and only tilts the rule, `q(d|t) ∝ m(d) e^(βv − λσ(s(t)|d))`.
//! σ is, after each round, the one that the certificate below takes: of each
//! draft it names the values that weigh most so often that they weigh the same.
//! That it comes to rest is not proved; the certificate says how near it is.
//!
//! **Certificate.** By Lagrangian duality no rule at all, whatever drafts it
//! uses, has an objective below `−Σ p(t) ln Z(t) − ln max_d C(d)` with
//! `C(d) = min_σ Σ_t p(t) e^(βv(t,d) − λσ(s(t))) / Z(t)`, for any positive Z;
//! the normalising sums are taken, and the least over σ has a closed form. So
//! drafts need not all be carried along: a few are, C is then computed for
//! every draft, and those with C > 1 join.
//!
//! **Answers.** Readers who see the answers see more than the draft. For them
//! d stands for the draft with the answers it meets with: a column is such a
//! pair, open to the states that answer so, and all of the above holds.

use crate::channel::Answers;
use crate::setting::Setting;

/// States grouped by the value of the secret, with what the iteration needs of them.
pub(super) struct Program<'a> {
    setting: &'a Setting,
    /// States of positive probability.
    states: Vec<usize>,
    p: Vec<f64>,
    /// Class of each, dense from 0: the value of the secret.
    class: Vec<usize>,
    class_p: Vec<f64>,
    /// λ, in nats.
    price: f64,
    answers: Answers,
    /// Columns: the drafts carried along, each with every answer it may meet with.
    columns: Vec<(usize, u64)>,
    /// Share per state and column; [`CLOSED`] where the state answers otherwise.
    v: Vec<f64>,
    /// n(d|s), per class and column.
    n: Vec<f64>,
    /// σ(s|d), per class and column.
    named: Vec<f64>,
    pub(super) beta: f64,
}

/// Where the iteration stands.
pub(super) struct Point {
    /// Per state the logarithm of the normalising sum.
    ln_z: Vec<f64>,
    /// Per state and column.
    q: Vec<f64>,
    /// E[v].
    pub(super) value: f64,
    /// dE[v]/dβ with the marginals held.
    slope: f64,
}

impl<'a> Program<'a> {
    pub(super) fn new(
        setting: &'a Setting,
        classes: &[usize],
        price: f64,
        answers: Answers,
    ) -> Self {
        let states: Vec<usize> =
            (0..setting.states()).filter(|&s| setting.prior[s] > 0.0).collect();
        let p: Vec<f64> = states.iter().map(|&s| setting.prior[s]).collect();
        let mut names: Vec<usize> = states.iter().map(|&s| classes[s]).collect();
        names.sort_unstable();
        names.dedup();
        let class: Vec<usize> =
            states.iter().map(|&s| names.partition_point(|&c| c < classes[s])).collect();
        let mut class_p = vec![0.0; names.len()];
        for (&c, &p) in class.iter().zip(&p) {
            class_p[c] += p;
        }
        Self {
            setting,
            states,
            p,
            class,
            class_p,
            price,
            answers,
            columns: Vec::new(),
            v: Vec::new(),
            n: Vec::new(),
            named: Vec::new(),
            beta: 1.0,
        }
    }

    /// Carries more drafts along, with a small probability each.
    pub(super) fn add(&mut self, drafts: &[usize]) {
        let old = self.columns.len();
        for &draft in drafts {
            let answers = |&s: &usize| self.setting.answers(s, draft, self.answers);
            let mut met: Vec<u64> = self.states.iter().map(answers).collect();
            met.sort_unstable();
            met.dedup();
            self.columns.extend(met.into_iter().map(|a| (draft, a)));
        }
        let new = self.columns.len();
        let small = if old == 0 { 1.0 / new as f64 } else { 1e-3 / (new - old) as f64 };
        let classes = self.class_p.len();
        let widened = |held: &[f64], with: f64| {
            let mut wide = Vec::with_capacity(classes * new);
            for class in 0..classes {
                wide.extend_from_slice(&held[class * old..(class + 1) * old]);
                wide.extend(std::iter::repeat_n(with, new - old));
            }
            wide
        };
        self.n = widened(&self.n, small);
        self.named = widened(&self.named, 1.0 / classes as f64);
        let value = |s: usize, (draft, answer): (usize, u64)| {
            if self.setting.answers(s, draft, self.answers) == answer {
                self.setting.share(s, draft)
            } else {
                CLOSED
            }
        };
        self.v = self
            .states
            .iter()
            .flat_map(|&s| self.columns.iter().map(move |&c| value(s, c)))
            .collect();
    }

    /// Whether a draft is carried along.
    pub(super) fn has(&self, draft: usize) -> bool {
        self.columns.iter().any(|c| c.0 == draft)
    }

    /// Drops drafts that have all but died out.
    pub(super) fn prune(&mut self) {
        let m = self.marginal();
        let sent = |draft: usize| -> f64 {
            self.columns.iter().zip(&m).filter(|(c, _)| c.0 == draft).map(|(_, m)| m).sum()
        };
        let keep: Vec<usize> =
            (0..self.columns.len()).filter(|&j| sent(self.columns[j].0) > 1e-9).collect();
        let pick = |row: &[f64]| keep.iter().map(|&j| row[j]).collect::<Vec<f64>>();
        let width = self.columns.len();
        self.n = self.n.chunks(width).flat_map(pick).collect();
        self.named = self.named.chunks(width).flat_map(pick).collect();
        self.v = self.v.chunks(width).flat_map(pick).collect();
        self.columns = keep.iter().map(|&j| self.columns[j]).collect();
    }

    fn marginal(&self) -> Vec<f64> {
        self.over_classes(&self.n)
    }

    fn over_classes(&self, n: &[f64]) -> Vec<f64> {
        let width = self.columns.len();
        let mut m = vec![0.0; width];
        for (row, p) in n.chunks(width).zip(&self.class_p) {
            m.iter_mut().zip(row).for_each(|(m, n)| *m += p * n);
        }
        m
    }

    /// `m · e^(−λσ)`, per class and column.
    fn base(&self) -> Vec<f64> {
        let m = self.marginal();
        let width = self.columns.len();
        if self.price <= 0.0 {
            return self.class_p.iter().flat_map(|_| m.iter().copied()).collect();
        }
        let tilted = |(at, named): (usize, &f64)| m[at % width] * (-self.price * named).exp();
        self.named.iter().enumerate().map(tilted).collect()
    }

    /// The rule of the present marginals at β.
    fn point(&self, base: &[f64], beta: f64) -> Point {
        let width = self.columns.len();
        let mut q = vec![0.0; self.v.len()];
        let mut ln_z = Vec::with_capacity(self.states.len());
        let (mut value, mut slope) = (0.0, 0.0);
        for (at, (&p, &class)) in self.p.iter().zip(&self.class).enumerate() {
            let v = &self.v[at * width..(at + 1) * width];
            let row = &mut q[at * width..(at + 1) * width];
            let top = v.iter().copied().fold(0.0, f64::max);
            let (mut z, mut mean, mut square) = (0.0, 0.0, 0.0);
            for ((q, &v), &b) in row.iter_mut().zip(v).zip(&base[class * width..]) {
                *q = b * (beta * (v - top)).exp();
                z += *q;
                mean += *q * v;
                square += *q * v * v;
            }
            row.iter_mut().for_each(|q| *q /= z);
            ln_z.push(z.ln() + beta * top);
            mean /= z;
            value += p * mean;
            slope += p * (square / z - mean * mean);
        }
        Point { ln_z, q, value, slope }
    }

    /// The rule of the present marginals at the β where E[v] is `value`:
    /// Newton's steps within a bracket, from the β of the round before.
    fn aim(&mut self, base: &[f64], value: f64, precision: f64) -> Point {
        let (mut low, mut high) = (0.0, f64::INFINITY);
        for _ in 0..MOST_AIMING {
            let point = self.point(base, self.beta);
            let off = value - point.value;
            let idle = off < 0.0 && self.beta <= LEAST_BETA;
            if off.abs() <= precision || self.beta >= MOST_BETA || idle {
                return point;
            }
            if off > 0.0 {
                low = self.beta;
            } else {
                high = self.beta;
            }
            let newton = self.beta + off / point.slope.max(1e-12);
            let near = newton.clamp(self.beta / 4.0, self.beta * 4.0);
            self.beta = if near > low && near < high {
                near
            } else if high.is_finite() {
                f64::midpoint(low, high)
            } else {
                low * 2.0
            };
        }
        self.point(base, self.beta)
    }

    /// One round: the rule of the present marginals with E[v] = `value`, then
    /// its own marginals; both only lower the objective while σ stays. `relax` > 1 steps
    /// further in the same direction, and to what is then named. Gives how far the rule may be from the
    /// best over the columns, and its objective less a constant.
    fn step(&mut self, value: f64, relax: f64) -> (f64, f64) {
        let base = self.base();
        let point = self.aim(&base, value, 1e-9);
        let width = self.columns.len();
        let mut new = vec![0.0; self.n.len()];
        for (at, (&p, &class)) in self.p.iter().zip(&self.class).enumerate() {
            let p = p / self.class_p[class];
            let row = &point.q[at * width..(at + 1) * width];
            new[class * width..(class + 1) * width]
                .iter_mut()
                .zip(row)
                .for_each(|(n, q)| *n += p * q);
        }
        let old_m = self.marginal();
        let new_m = self.over_classes(&new);
        let ratio = |new: f64, old: f64| if new > 0.0 { new * (old / new).ln() } else { 0.0 };
        let moved: f64 = new_m.iter().zip(&old_m).map(|(&n, &o)| ratio(n, o)).sum();
        let mut most_c = 0.0_f64;
        // How much better than σ the best guess of the new rule is.
        let mut better = 0.0;
        let mut terms = vec![0.0; self.class_p.len()];
        for j in 0..width {
            let (mut best, mut by_name) = (0.0_f64, 0.0);
            let weight = |class: usize| {
                let at = class * width + j;
                if base[at] > 0.0 { self.class_p[class] * new[at] / base[at] } else { 0.0 }
            };
            for (class, p) in self.class_p.iter().enumerate() {
                let at = class * width + j;
                terms[class] = weight(class);
                best = best.max(p * new[at]);
                by_name += p * new[at] * self.named[at];
            }
            better += best - by_name;
            let (least, level) = least_tilted(&mut terms, self.price);
            most_c = most_c.max(least);
            if let Some(level) = level {
                for class in 0..self.class_p.len() {
                    let named = (weight(class) / level).ln().max(0.0) / self.price;
                    self.named[class * width + j] = named;
                }
            }
        }
        let guesses = self.price * better;
        let ln_z: f64 = self.p.iter().zip(&point.ln_z).map(|(p, z)| p * z).sum();
        for class in 0..self.class_p.len() {
            let range = class * width..(class + 1) * width;
            let mut total = 0.0;
            for (n, &new) in self.n[range.clone()].iter_mut().zip(&new[range.clone()]) {
                *n = if new > 0.0 { new * (new / *n).powf(relax - 1.0) } else { 0.0 }.max(1e-60);
                total += *n;
            }
            self.n[range].iter_mut().for_each(|n| *n /= total);
        }
        let gap = moved + guesses + most_c.ln() + self.beta * (point.value - value).abs();
        (gap, moved + guesses - ln_z + self.beta * point.value)
    }

    /// Iterates until the objective is within `tolerance` of its bound over
    /// the columns, or for `rounds` at most.
    pub(super) fn settle(&mut self, value: f64, tolerance: f64, rounds: usize) {
        // Longer steps and an adversary that moves as well may go in circles.
        let (mut relax, mut most) = (1.0, if self.price > 0.0 { 1.0 } else { MOST_RELAX });
        let mut last = f64::INFINITY;
        for _ in 0..rounds {
            let (gap, objective) = self.step(value, relax);
            if gap <= tolerance {
                return;
            }
            // Longer steps while they help. Where they do not, back to plain ones,
            // and never as long again: otherwise the iteration may go in circles.
            if objective <= last {
                relax = f64::min(relax * 1.1, most);
            } else {
                most = f64::max(most * 0.7, 1.0);
                relax = 1.0;
            }
            last = objective;
        }
    }

    /// The rule of the present marginals at the smallest β where E[v] is not
    /// below `value`.
    pub(super) fn reach(&mut self, value: f64) -> Point {
        let base = self.base();
        let mut point = self.aim(&base, value, 1e-12);
        let mut further = 1e-12;
        while point.value < value && self.beta < MOST_BETA {
            self.beta *= 1.0 + further;
            further = (further * 4.0_f64).min(1.0);
            point = self.point(&base, self.beta);
        }
        point
    }

    /// C of every draft, carried along or not: the largest over its answers.
    pub(super) fn excess(&self, point: &Point) -> Vec<f64> {
        let classes = self.class_p.len();
        let mut met: Vec<(u64, Vec<f64>)> = Vec::new();
        (0..self.setting.drafts)
            .map(|draft| {
                met.clear();
                let useless = self.setting.is_useless_to_readers(draft);
                for (at, &state) in self.states.iter().enumerate() {
                    let v = if useless { 0.0 } else { self.setting.share(state, draft) };
                    let answer = self.setting.answers(state, draft, self.answers);
                    let place = met.iter().position(|m| m.0 == answer).unwrap_or_else(|| {
                        met.push((answer, vec![0.0; classes]));
                        met.len() - 1
                    });
                    met[place].1[self.class[at]] +=
                        self.p[at] * (self.beta * v - point.ln_z[at]).exp();
                }
                met.iter_mut().map(|(_, sums)| least_tilted(sums, self.price).0).fold(0.0, f64::max)
            })
            .collect()
    }

    /// The lower bound, in nats, of `I(t;d) + λ·G` over all rules
    /// with E[v] at least `value`.
    pub(super) fn bound(&self, point: &Point, excess: &[f64], value: f64) -> f64 {
        let ln_z: f64 = self.p.iter().zip(&point.ln_z).map(|(p, z)| p * z).sum();
        let most = excess.iter().copied().fold(0.0, f64::max);
        (self.beta * value - ln_z - most.ln()).max(0.0)
    }

    /// The rule, per state of the setting: (draft, probability).
    pub(super) fn rows(&self, point: &Point) -> Vec<Vec<(usize, f64)>> {
        let width = self.columns.len();
        let drafts = || self.columns.iter().map(|c| c.0);
        // States of no probability are sent what is sent on average: no row of
        // theirs counts in bits, and this one keeps max-leakage small.
        let rest: Vec<(usize, f64)> = drafts().zip(self.marginal()).collect();
        let mut rows = vec![rest; self.setting.states()];
        for (at, &state) in self.states.iter().enumerate() {
            let row = &point.q[at * width..(at + 1) * width];
            rows[state] = drafts().zip(row.iter().copied()).filter(|r| r.1 > 1e-12).collect();
        }
        rows
    }
}

/// `min Σ cₛ e^(−λσₛ)` over σ ≥ 0 that add up to one: the largest terms are
/// brought down to one level, given too; `None` where there is none.
fn least_tilted(terms: &mut [f64], price: f64) -> (f64, Option<f64>) {
    if price <= 0.0 {
        return (terms.iter().sum(), None);
    }
    terms.sort_unstable_by(|a, b| b.total_cmp(a));
    let mut logs = 0.0;
    for k in 1..=terms.len() {
        if terms[k - 1] <= 0.0 {
            break;
        }
        logs += terms[k - 1].ln();
        let level = ((logs - price) / k as f64).exp();
        if terms.get(k).is_none_or(|next| *next <= level) {
            let sum = level * k as f64 + terms[k..].iter().sum::<f64>();
            // Below what can be told from zero there is nothing to bring down to.
            return (sum, (level > 0.0).then_some(level));
        }
    }
    (0.0, None)
}

/// The share of a column that a state cannot be in: no chance at any β.
const CLOSED: f64 = -1e100;
/// β below this: the share asked for is exceeded without trying.
const LEAST_BETA: f64 = 1e-7;
/// Longest step relative to the plain one.
const MOST_RELAX: f64 = 8.0;
/// So often β is corrected in one round.
const MOST_AIMING: usize = 40;
/// β beyond this is a hard choice of the best draft.
const MOST_BETA: f64 = 1e9;

#[cfg(test)]
mod tests {
    use super::least_tilted;
    use proptest::prelude::*;

    proptest! {
        /// No σ of a fine grid tilts three terms lower, and one comes near.
        #[test]
        fn the_least_tilt_is_least(
            terms in prop::array::uniform3(prop_oneof![Just(0.0), 0.001..1.0_f64]),
            price in 0.1..20.0_f64,
        ) {
            const STEPS: u32 = 200;
            let share = |steps: u32| f64::from(steps) / f64::from(STEPS);
            let mut lowest = f64::INFINITY;
            for first in 0..=STEPS {
                for second in 0..=STEPS - first {
                    let named = [share(first), share(second), share(STEPS - first - second)];
                    let sum = terms.iter().zip(named).map(|(t, n)| t * (-price * n).exp()).sum();
                    lowest = lowest.min(sum);
                }
            }
            let (found, level) = least_tilted(&mut terms.clone(), price);
            prop_assert_eq!(level.is_none(), terms.iter().all(|term| *term == 0.0));
            let named = |level: f64| {
                terms.iter().map(|term| (term / level).ln().max(0.0) / price).sum::<f64>()
            };
            prop_assert!(level.is_none_or(|level| (named(level) - 1.0).abs() < 1e-9));
            prop_assert!(found <= lowest + 1e-12, "{found} {lowest}");
            prop_assert!(found >= lowest * (-price / f64::from(STEPS)).exp() - 1e-12, "{found} {lowest}");
        }
    }
}
