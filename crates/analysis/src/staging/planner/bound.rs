//! Bounds on the smallest slack that need no search: what the plan as a whole
//! can offer when each party decides whether to begin.

use super::tables::double;
use crate::staging::value::{breakdown, breakdown_share, stretch};
use crate::staging::{Case, Rational};
use num_traits::{FromPrimitive, One, Signed, ToPrimitive, Zero};

/// No plan can offer a party more at its start than every lump it could like
/// at once, every other as late and as improbable as can be, and after that
/// the better of the end and the best breakdown; so no slack exceeds that.
/// Without discount and hazard the value of every plan is the same, and exact.
pub(crate) fn participation_bound(case: &Case) -> Option<Rational> {
    let down = breakdown(case, &case.start);
    let phases = case.limits.max_phases.unwrap_or(usize::MAX).min(case.steps_to_do());
    (0..case.parties.len())
        .map(|i| {
            let lower_entry = &down[i] + &case.margin[i]
                - if case.bond_at_entry { case.bond[i].clone() } else { Rational::zero() };
            if case.discount[i].is_one() && case.hazard.is_zero() {
                let whole = &case.total_worth()[i] + &case.reward[i];
                return &case.weight[i] * (whole - lower_entry);
            }
            let step_on = &case.discount[i] * (Rational::one() - &case.hazard);
            let late = num_traits::pow(step_on, phases.saturating_sub(1));
            let mut most = Rational::zero();
            let mut highest = Rational::zero();
            for (j, d) in case.deliverables.iter().enumerate() {
                for step in &d.steps[case.start[j]..case.target[j]] {
                    let lump = &step.value[i];
                    most += if lump.is_positive() { lump.clone() } else { lump * &late };
                }
                let shares = (case.start[j]..=case.target[j])
                    .map(|p| breakdown_share(case, j, p, true)[i].clone());
                highest += shares.max().unwrap_or_else(Rational::zero);
            }
            highest += &case.annuity[i] * &case.status_quo_flow[i];
            let end = (&case.residual[i] + &case.reward[i]).max(highest).max(Rational::zero());
            &case.weight[i] * (most + &case.discount[i] * end - lower_entry)
        })
        .min()
        .or_else(|| Rational::from_u8(0))
}

/// A tighter bound for cases too large to search. The smallest slack is at
/// most any weighted mean of the first phase's slacks, and such a mean is a sum
/// over the deliverables, each of which is taken to be carried out when that
/// mean likes it best, as if no other had to fit. So giver and receiver at
/// least date a step alike. The weights are those that bound it best.
pub(crate) fn joint_bound(case: &Case) -> Option<Rational> {
    let apart = participation_bound(case);
    if !case.hazard_drop.is_zero() && !case.hazard.is_zero() {
        // The break-off probability then depends on what else is done.
        return apart;
    }
    let relaxed = Relaxed::new(case);
    let close = 1e-9 * relaxed.scale;
    let joint = Rational::from_f64(relaxed.best_weights() + close);
    [apart, joint].into_iter().flatten().min()
}

/// One deliverable, per pair of levels or per level, and party.
struct Alone {
    levels: usize,
    lump: Vec<Vec<f64>>,
    share: Vec<Vec<f64>>,
}

struct Relaxed {
    deliverables: Vec<Alone>,
    weight: Vec<f64>,
    discount: Vec<f64>,
    hazard: f64,
    /// Breakdown flow that no deliverable changes, the end, what not taking
    /// part is worth.
    base: Vec<f64>,
    end: Vec<f64>,
    entry: Vec<f64>,
    phases: usize,
    scale: f64,
}

impl Relaxed {
    fn new(case: &Case) -> Self {
        let all = |list: &[Rational]| list.iter().map(double).collect::<Vec<f64>>();
        let deliverables = (0..case.deliverables.len())
            .map(|j| {
                let at: Vec<usize> = (case.start[j]..=case.target[j]).collect();
                let pairs = at.iter().flat_map(|&a| at.iter().map(move |&b| (a, b)));
                Alone {
                    levels: at.len(),
                    lump: pairs.map(|(a, b)| all(&stretch(case, j, a, b, true).lump)).collect(),
                    share: at.iter().map(|&p| all(&breakdown_share(case, j, p, true))).collect(),
                }
            })
            .collect();
        let parties = 0..case.parties.len();
        let entry: Vec<f64> = all(&breakdown(case, &case.start))
            .into_iter()
            .zip(&case.margin)
            .zip(&case.bond)
            .map(|((d, m), b)| d + double(m) - if case.bond_at_entry { double(b) } else { 0.0 })
            .collect();
        let mut relaxed = Self {
            deliverables,
            weight: all(&case.weight),
            discount: all(&case.discount),
            hazard: double(&case.hazard),
            base: parties
                .clone()
                .map(|i| double(&(&case.annuity[i] * &case.status_quo_flow[i])))
                .collect(),
            end: parties.map(|i| double(&(&case.residual[i] + &case.reward[i]))).collect(),
            entry,
            phases: case.limits.max_phases.unwrap_or(usize::MAX).min(case.steps_to_do()),
            scale: 1.0,
        };
        let lists = relaxed.deliverables.iter().flat_map(|d| d.lump.iter().chain(&d.share));
        let sizes = lists.chain([&relaxed.base, &relaxed.end, &relaxed.entry]).flatten();
        relaxed.scale += sizes.map(|x| x.abs()).sum::<f64>()
            * relaxed.weight.iter().fold(1.0_f64, |m, w| m.max(*w));
        relaxed
    }

    /// The least bound over the mixtures tried: each party alone, all alike,
    /// then shifts from one party to another for as long as they help.
    fn best_weights(&self) -> f64 {
        let n = self.weight.len();
        let alone = (0..n).map(|i| (0..n).map(|p| f64::from(u8::from(p == i))).collect());
        let mut starts: Vec<Vec<f64>> = alone.collect();
        starts.push(vec![1.0 / n.to_f64().unwrap_or(1.0); n]);
        let valued = starts.into_iter().map(|mix| (self.bound(&mix), mix));
        let Some((mut least, mut mix)) = valued.min_by(|a, b| a.0.total_cmp(&b.0)) else {
            return f64::INFINITY;
        };
        let mut shift = 0.5;
        while shift > 1e-3 {
            let mut helped = false;
            for (i, p) in (0..n).flat_map(|i| (0..n).map(move |p| (i, p))) {
                let moved = mix[i].min(shift);
                if i == p || moved == 0.0 {
                    continue;
                }
                let mut other = mix.clone();
                other[i] -= moved;
                other[p] += moved;
                let bound = self.bound(&other);
                if bound < least {
                    (least, mix, helped) = (bound, other, true);
                }
            }
            if !helped {
                shift /= 2.0;
            }
        }
        least
    }

    /// The most a mixture of the first slacks can be, over any number of phases.
    fn bound(&self, mix: &[f64]) -> f64 {
        let n = mix.len();
        let factor: Vec<f64> = (0..n).map(|i| mix[i] * self.weight[i]).collect();
        let dot = |values: &[f64], rate: &[f64]| -> f64 {
            values.iter().zip(rate).map(|(v, r)| v * r).sum()
        };
        // What one unit in a phase, what one of breakdown after it counts for.
        let mut now = factor.clone();
        let mut most = vec![0.0; self.phases + 1];
        let mut reached: Vec<Vec<f64>> = self
            .deliverables
            .iter()
            .map(|d| (0..d.levels).map(|p| if p == 0 { 0.0 } else { f64::NEG_INFINITY }).collect())
            .collect();
        let mut passed = 0.0;
        for phases in 1..=self.phases {
            let broken: Vec<f64> =
                (0..n).map(|i| now[i] * self.discount[i] * self.hazard).collect();
            let ends: Vec<f64> = (0..n).map(|i| now[i] * self.discount[i]).collect();
            most[phases] = passed + dot(&self.end, &ends) - dot(&self.entry, &factor);
            for (d, reached) in self.deliverables.iter().zip(&mut reached) {
                let after = |to: usize| {
                    (0..=to)
                        .map(|a| reached[a] + dot(&d.lump[a * d.levels + to], &now))
                        .fold(f64::NEG_INFINITY, f64::max)
                };
                most[phases] += after(d.levels - 1);
                *reached = (0..d.levels).map(|to| after(to) + dot(&d.share[to], &broken)).collect();
            }
            passed += dot(&self.base, &broken);
            for i in 0..n {
                now[i] *= self.discount[i] * (1.0 - self.hazard);
            }
        }
        most[1..].iter().fold(f64::NEG_INFINITY, |m, b| m.max(*b))
    }
}
