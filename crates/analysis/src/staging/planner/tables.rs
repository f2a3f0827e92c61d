//! Everything a search looks up: per deliverable and pair of levels, and per
//! state, in doubles for speed and as exact rationals for the close calls.

use super::space::Space;
use crate::staging::value::{Stretch, breakdown_share, stretch};
use crate::staging::{Case, Rational};
use num_traits::{One, ToPrimitive, Zero};

pub(crate) fn double(q: &Rational) -> f64 {
    q.to_f64().unwrap_or(f64::NAN)
}

/// The tables of one deliverable, indexed `[from * levels + to]`.
pub(crate) struct PerDeliverable {
    pub(crate) exact: Vec<Option<Stretch>>,
    /// Per pair and party: the lump.
    pub(crate) lump: Vec<f64>,
    /// Per pair and party: lump less what cheating keeps of this deliverable.
    pub(crate) faith: Vec<f64>,
    /// Per pair and party: the contribution (for exposure).
    pub(crate) contribution: Vec<f64>,
    /// Per level and party: share of the breakdown value, exactly.
    pub(crate) share: Vec<Vec<Rational>>,
}

/// The tables of one search.
pub(crate) struct Tables<'a> {
    pub(crate) case: &'a Case,
    pub(crate) space: &'a Space,
    pub(crate) parties: usize,
    pub(crate) per: Vec<PerDeliverable>,
    /// Per state and party: breakdown value.
    pub(crate) down: Vec<f64>,
    /// Per state: break-off probability.
    pub(crate) hazard: Vec<f64>,
    pub(crate) discount: Vec<f64>,
    pub(crate) weight: Vec<f64>,
    pub(crate) bond: Vec<f64>,
    /// Per party: what not taking part is worth (with margin).
    pub(crate) entry: Vec<f64>,
    /// Per party: value of the end, discounted to the last phase.
    pub(crate) end: Vec<f64>,
    /// Exposure caps; empty when no party has one.
    pub(crate) caps: Vec<f64>,
    /// Differences below this are decided exactly.
    pub(crate) close: f64,
    /// Parties whose values do not depend on the path.
    pub(crate) path_free: Vec<bool>,
    /// Parties whose value ahead can be told from the value before it without
    /// rounding errors growing beyond `close` from the first phase to the last.
    pub(crate) invertible: Vec<bool>,
    /// Whether an order constraint, window or move limit must be looked at.
    pub(crate) constrained: bool,
}

impl<'a> Tables<'a> {
    pub(crate) fn new(case: &'a Case, space: &'a Space) -> Self {
        let n = case.parties.len();
        let per: Vec<PerDeliverable> =
            (0..case.deliverables.len()).map(|j| per_deliverable(case, space, j)).collect();
        let mut down = vec![0.0; space.nodes * n];
        let base: Vec<f64> =
            case.annuity.iter().zip(&case.status_quo_flow).map(|(a, b)| double(&(a * b))).collect();
        let shares: Vec<Vec<f64>> =
            per.iter().map(|p| p.share.iter().flatten().map(double).collect()).collect();
        let mut hazard = vec![double(&case.hazard); space.nodes];
        let all: usize = case.target.iter().sum();
        let (h0, drop) = (double(&case.hazard), double(&case.hazard_drop));
        for node in 0..space.nodes {
            let mut done = 0;
            let row = &mut down[node * n..(node + 1) * n];
            row.copy_from_slice(&base);
            for (j, share) in shares.iter().enumerate() {
                let digit = space.digit(node, j);
                done += space.levels[j][digit];
                for (r, s) in row.iter_mut().zip(&share[digit * n..]) {
                    *r += s;
                }
            }
            if all > 0 && drop != 0.0 {
                hazard[node] = h0 * (1.0 - drop * done as f64 / all as f64);
            }
        }
        let entry = exact_entry(case, &exact_down(case, &per, space, 0));
        let end: Vec<Rational> = (0..n).map(|i| exact_end(case, i)).collect();
        let capped = case.exposure_cap.iter().any(Option::is_some);
        let caps = if capped {
            case.exposure_cap.iter().map(|c| c.as_ref().map_or(f64::INFINITY, double)).collect()
        } else {
            Vec::new()
        };
        let mut scale = 1e-300_f64;
        for p in &per {
            let biggest = p.lump.iter().chain(&p.faith).chain(&p.contribution);
            scale += biggest.fold(0.0_f64, |m, v| m.max(v.abs()));
        }
        scale += down.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        let ends: Vec<f64> = end.iter().map(double).collect();
        for v in ends.iter().chain(entry.iter().map(double).collect::<Vec<_>>().iter()) {
            scale += v.abs();
        }
        let weakest = hazard.iter().fold(0.0_f64, |most, h| most.max(*h));
        let phases = case.limits.max_phases.unwrap_or(usize::MAX).min(case.steps_to_do());
        let invertible = case
            .discount
            .iter()
            .map(|d| (double(d) * (1.0 - weakest)).powi(phases.min(1000) as i32) > 1e-4);
        Self {
            parties: n,
            invertible: invertible.collect(),
            down,
            hazard,
            discount: case.discount.iter().map(double).collect(),
            weight: case.weight.iter().map(double).collect(),
            bond: case.bond.iter().map(double).collect(),
            entry: entry.iter().map(double).collect(),
            end: ends,
            caps,
            close: scale * 1e-10,
            path_free: case.discount.iter().map(|d| d.is_one() && case.hazard.is_zero()).collect(),
            constrained: case.limits.max_moves.is_some()
                || !case.limits.order.is_empty()
                || !case.limits.windows.is_empty(),
            per,
            case,
            space,
        }
    }

    /// What walking out of state `node` is worth, in doubles.
    pub(crate) fn walking(&self, node: usize, first: bool, i: usize) -> f64 {
        if first { self.entry[i] } else { self.down[node * self.parties + i] - self.bond[i] }
    }

    /// What being at `node` with value `v` ahead is worth one phase earlier.
    pub(crate) fn carried(&self, node: usize, i: usize, v: f64) -> f64 {
        let h = self.hazard[node];
        self.discount[i] * ((1.0 - h) * v + h * self.down[node * self.parties + i])
    }

    /// The breakdown values of a state, exactly.
    pub(crate) fn exact_down(&self, node: usize) -> Vec<Rational> {
        exact_down(self.case, &self.per, self.space, node)
    }

    /// The stretches of the move between two states, exactly.
    pub(crate) fn exact_moves(&self, from: usize, to: usize) -> Vec<(usize, &Stretch)> {
        (0..self.per.len())
            .filter_map(|j| {
                let (a, b) = (self.space.digit(from, j), self.space.digit(to, j));
                let levels = self.space.levels[j].len();
                self.per[j].exact[a * levels + b].as_ref().map(|s| (j, s))
            })
            .collect()
    }

    /// For each party the least that what follows (one phase later,
    /// discounted) must be worth for it to go on in this phase with a slack of
    /// `sigma`, and the lump it receives in the phase; exactly.
    pub(crate) fn exact_needs(
        &self,
        from: usize,
        to: usize,
        first: bool,
        sigma: Option<&Rational>,
    ) -> (Vec<Option<Rational>>, Vec<Rational>) {
        let case = self.case;
        let down = self.exact_down(from);
        let moves = self.exact_moves(from, to);
        let mut lumps = vec![Rational::zero(); self.parties];
        for (_, s) in &moves {
            for (l, v) in lumps.iter_mut().zip(&s.lump) {
                *l += v;
            }
        }
        let entry = exact_entry(case, &down);
        let needs = (0..self.parties)
            .map(|i| {
                let sigma = sigma?;
                let walk = if first { entry[i].clone() } else { &down[i] - &case.bond[i] };
                let mut best = walk;
                if moves.iter().any(|(j, _)| case.deliverables[*j].performer == i) {
                    let mut cheat = &case.discount[i] * &down[i] - &case.bond[i];
                    for (j, s) in &moves {
                        if case.deliverables[*j].performer == i {
                            cheat += &s.best_prefix;
                        } else {
                            cheat += &case.leak * &s.contribution[i];
                        }
                    }
                    best = best.max(cheat);
                }
                Some(best + sigma / &case.weight[i] - &lumps[i])
            })
            .collect();
        (needs, lumps)
    }

    /// The exact version of [`Tables::carried`].
    pub(crate) fn exact_carried(&self, node: usize, values: &[Rational]) -> Vec<Rational> {
        let h = self.case.break_off(&self.space.state(node));
        let on = Rational::one() - &h;
        let down = self.exact_down(node);
        (0..self.parties)
            .map(|i| &self.case.discount[i] * (&on * &values[i] + &h * &down[i]))
            .collect()
    }
}

/// The value of the end to a party, discounted to the last phase.
pub(crate) fn exact_end(case: &Case, i: usize) -> Rational {
    &case.discount[i] * (&case.residual[i] + &case.reward[i])
}

fn exact_entry(case: &Case, down: &[Rational]) -> Vec<Rational> {
    (0..down.len())
        .map(|i| {
            let without = &down[i] + &case.margin[i];
            if case.bond_at_entry { without - &case.bond[i] } else { without }
        })
        .collect()
}

fn exact_down(case: &Case, per: &[PerDeliverable], space: &Space, node: usize) -> Vec<Rational> {
    let mut total: Vec<Rational> =
        case.annuity.iter().zip(&case.status_quo_flow).map(|(a, b)| a * b).collect();
    for (j, p) in per.iter().enumerate() {
        for (t, s) in total.iter_mut().zip(&p.share[space.digit(node, j)]) {
            *t += s;
        }
    }
    total
}

fn per_deliverable(case: &Case, space: &Space, j: usize) -> PerDeliverable {
    let levels = &space.levels[j];
    let n = case.parties.len();
    let performer = case.deliverables[j].performer;
    let leak = double(&case.leak);
    let pairs = levels.len() * levels.len();
    let mut exact = vec![None; pairs];
    let mut lump = vec![0.0; pairs * n];
    let mut faith = vec![0.0; pairs * n];
    let mut contribution = vec![0.0; pairs * n];
    for a in 0..levels.len() {
        for b in a + 1..levels.len() {
            let s = stretch(case, j, levels[a], levels[b], true);
            let at = (a * levels.len() + b) * n;
            for i in 0..n {
                lump[at + i] = double(&s.lump[i]);
                contribution[at + i] = double(&s.contribution[i]);
                let kept = if i == performer {
                    double(&s.best_prefix)
                } else {
                    leak * contribution[at + i]
                };
                faith[at + i] = lump[at + i] - kept;
            }
            exact[a * levels.len() + b] = Some(s);
        }
    }
    let share = levels.iter().map(|&progress| breakdown_share(case, j, progress, true)).collect();
    PerDeliverable { exact, lump, faith, contribution, share }
}
