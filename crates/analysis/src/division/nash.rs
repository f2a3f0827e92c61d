//! The largest product of gains over a convex set.
//!
//! A barrier method in doubles finds the point; for divisible issues the
//! point is then made exact: at the optimum every party that takes part of an
//! issue gets the same gain-weighted price from it (Eisenberg & Gale 1959,
//! *Annals of Mathematical Statistics* 30:165–168; with endowments the
//! conditions stay linear within each connected group of parties and
//! issues), so the exact optimum follows from who shares what. It is taken
//! only when the conditions hold exactly. Otherwise the doubles, made
//! feasible in rationals, stand with the bound of [`bound`].

use super::convex::{ConvexSet, Weights};
use super::simplex::{Answer, Relation, Row, maximise};
use super::{Q, from_f64, to_f64};
use num_traits::{One, Signed, Zero};

/// No point of the set has a product of gains above this, given the positive
/// gains of some point of it: the arithmetic–geometric mean inequality on
/// gains relative to that point. Equal to the point's own product exactly
/// when the point is optimal.
#[must_use]
pub fn bound(set: &ConvexSet<'_>, gains: &[Q]) -> Q {
    let parties = Q::from_integer(gains.len().into());
    let prices: Vec<Q> =
        gains.iter().map(|g| if g.is_positive() { Q::one() / g } else { Q::zero() }).collect();
    let mean = set.support(&prices) / parties;
    if mean.is_negative() {
        return Q::zero();
    }
    gains.iter().fold(Q::one(), |product, gain| product * gain * &mean)
}

/// A point of the largest product of gains, or near it.
///
/// `start`: weights at which every gain is positive.
pub(crate) fn solve(set: &ConvexSet<'_>, start: &[Vec<Q>], shares: bool) -> (Weights, Vec<Q>) {
    let rough = barrier(set, start);
    if shares {
        // What counts as "takes part" is tried from coarse to fine; only a
        // choice that is verified is taken.
        for least in [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7] {
            if let Some(found) = exact(set, &rough, least) {
                return found;
            }
        }
    }
    let weights = rational(&rough);
    let gains = set.gains(&weights);
    let start_gains = set.gains(start);
    let product = |gains: &[Q]| gains.iter().fold(Q::one(), |p, g| p * g);
    let sound = gains.iter().all(Signed::is_positive);
    if sound && product(&gains) >= product(&start_gains) {
        (weights, gains)
    } else {
        (start.to_vec(), start_gains)
    }
}

/// Doubles as rationals that sum to one exactly.
fn rational(weights: &[Vec<f64>]) -> Weights {
    weights
        .iter()
        .map(|row| {
            // Twelve digits keep the figures short.
            let row: Vec<Q> = row
                .iter()
                .map(|w| if *w < 1e-11 { Q::zero() } else { from_f64((w * 1e12).round()) })
                .collect();
            let sum: Q = row.iter().sum();
            row.iter().map(|w| w / &sum).collect()
        })
        .collect()
}

/// Σ log gain + μ Σ log weight, maximised for ever smaller μ by Newton steps.
fn barrier(set: &ConvexSet<'_>, start: &[Vec<Q>]) -> Vec<Vec<f64>> {
    let sizes: Vec<usize> = set.blocks.iter().map(Vec::len).collect();
    let block_of: Vec<usize> =
        sizes.iter().enumerate().flat_map(|(b, n)| std::iter::repeat_n(b, *n)).collect();
    let vectors: Vec<Vec<f64>> =
        set.blocks.iter().flatten().map(|c| c.iter().map(to_f64).collect()).collect();
    let base: Vec<f64> = set.base.iter().map(to_f64).collect();
    let gains_of = |x: &[f64]| {
        let mut gains = base.clone();
        for (weight, vector) in x.iter().zip(&vectors) {
            gains.iter_mut().zip(vector).for_each(|(g, v)| *g += weight * v);
        }
        gains
    };
    let corner: Vec<f64> = start.iter().flatten().map(to_f64).collect();
    let even: Vec<f64> = block_of.iter().map(|&b| 1.0 / sizes[b] as f64).collect();
    let least: Vec<f64> = gains_of(&corner).iter().map(|g| g / 10.0).collect();
    let mut x = corner.clone();
    let mut inward = 0.5;
    while inward > 1e-12 {
        x = corner.iter().zip(&even).map(|(c, e)| c + inward * (e - c)).collect();
        // A tenth of the corner's own gains: a gain of rounding error is no start.
        if gains_of(&x).iter().zip(&least).all(|(g, l)| g > l) {
            break;
        }
        inward /= 2.0;
    }
    let value = |x: &[f64], mu: f64| {
        let gains = gains_of(x);
        if gains.iter().chain(x).any(|v| *v <= 0.0) {
            return f64::NEG_INFINITY;
        }
        gains.iter().map(|g| g.ln()).sum::<f64>() + mu * x.iter().map(|w| w.ln()).sum::<f64>()
    };
    let mut mu = 1.0;
    while mu > 1e-10 {
        let mut settled = 0;
        for _ in 0..40 {
            let gains = gains_of(&x);
            let gradient: Vec<f64> = vectors
                .iter()
                .zip(&x)
                .map(|(v, w)| v.iter().zip(&gains).map(|(v, g)| v / g).sum::<f64>() + mu / w)
                .collect();
            let Some(step) = newton(&vectors, &gains, &x, mu, &gradient, &block_of) else {
                break;
            };
            let slope: f64 = step.iter().zip(&gradient).map(|(s, g)| s * g).sum();
            if slope.is_nan() {
                break;
            }
            if slope < 0.05 * mu {
                // Near enough for full steps (self-concordance), which also
                // go where differences of the value drown in rounding.
                let next: Vec<f64> = x.iter().zip(&step).map(|(x, s)| x + s).collect();
                if next.iter().chain(&gains_of(&next)).any(|v| *v <= 0.0) {
                    break;
                }
                x = next;
                settled += 1;
                if settled == 4 {
                    break;
                }
                continue;
            }
            let now = value(&x, mu);
            let mut length = 1.0;
            let mut moved = false;
            while length > 1e-10 {
                let next: Vec<f64> = x.iter().zip(&step).map(|(x, s)| x + length * s).collect();
                if value(&next, mu) >= now + 0.1 * length * slope - 1e-14 * (1.0 + now.abs()) {
                    x = next;
                    moved = true;
                    break;
                }
                length /= 2.0;
            }
            if !moved {
                break;
            }
        }
        mu *= 0.2;
    }
    let mut at = 0;
    sizes
        .iter()
        .map(|n| {
            at += n;
            x[at - n..at].to_vec()
        })
        .collect()
}

/// The Newton step within Σ weight = 1 per block. The Hessian is a diagonal
/// plus one rank per party, so that only one system of (parties + blocks) is solved.
fn newton(
    vectors: &[Vec<f64>],
    gains: &[f64],
    x: &[f64],
    mu: f64,
    gradient: &[f64],
    block_of: &[usize],
) -> Option<Vec<f64>> {
    let parties = gains.len();
    let blocks = block_of.last().map_or(0, |b| b + 1);
    let size = parties + blocks;
    let mut system = vec![vec![0.0; size]; size];
    let mut right = vec![0.0; size];
    for (p, gain) in gains.iter().enumerate() {
        system[p][p] = gain * gain;
    }
    for ((vector, weight), (slope, &b)) in vectors.iter().zip(x).zip(gradient.iter().zip(block_of))
    {
        let inverse = weight * weight / mu;
        let b = parties + b;
        for p in (0..parties).filter(|&p| vector[p] != 0.0) {
            let scaled = inverse * vector[p];
            for (cell, v) in system[p].iter_mut().zip(vector) {
                *cell += scaled * v;
            }
            system[p][b] += scaled;
            system[b][p] += scaled;
            right[p] += scaled * slope;
        }
        system[b][b] += inverse;
        // Σ (weight + step) = 1: the residual of the sum is made up for.
        right[b] += inverse * slope + weight;
    }
    right[parties..].iter_mut().for_each(|r| *r -= 1.0);
    let solved = Factored::new(system)?.solve(&right);
    let step: Vec<f64> = vectors
        .iter()
        .zip(x)
        .zip(gradient.iter().zip(block_of))
        .map(|((vector, weight), (slope, &b))| {
            let pull: f64 = vector.iter().zip(&solved).map(|(v, a)| v * a).sum();
            weight * weight / mu * (slope - pull - solved[parties + b])
        })
        .collect();
    step.iter().all(|s| s.is_finite()).then_some(step)
}

/// A square system factored by Gaussian elimination with row exchanges.
struct Factored {
    rows: Vec<Vec<f64>>,
    order: Vec<usize>,
}

impl Factored {
    fn new(mut rows: Vec<Vec<f64>>) -> Option<Self> {
        let n = rows.len();
        let mut order: Vec<usize> = (0..n).collect();
        for column in 0..n {
            let best = (column..n)
                .max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
            if rows[best][column] == 0.0 || !rows[best][column].is_finite() {
                return None;
            }
            rows.swap(column, best);
            order.swap(column, best);
            let (done, rest) = rows.split_at_mut(column + 1);
            let pivot = &done[column];
            for row in rest {
                let factor = row[column] / pivot[column];
                row[column] = factor;
                for c in column + 1..n {
                    row[c] -= factor * pivot[c];
                }
            }
        }
        Some(Self { rows, order })
    }

    fn solve(&self, right: &[f64]) -> Vec<f64> {
        let n = right.len();
        let mut x: Vec<f64> = self.order.iter().map(|&o| right[o]).collect();
        for r in 0..n {
            for c in 0..r {
                x[r] -= self.rows[r][c] * x[c];
            }
        }
        for r in (0..n).rev() {
            for c in r + 1..n {
                x[r] -= self.rows[r][c] * x[c];
            }
            x[r] /= self.rows[r][r];
        }
        x
    }
}

/// The exact optimum over divisible issues, from who shares what in `rough`;
/// `None` when the optimality conditions do not hold exactly for it.
///
/// In block `d`, choice `p` gives party `p` its worth of issue `d`.
fn exact(set: &ConvexSet<'_>, rough: &[Vec<f64>], least: f64) -> Option<(Weights, Vec<Q>)> {
    let parties = set.parties();
    let issues = set.blocks.len();
    let worth = |p: usize, d: usize| &set.blocks[d][p][p];
    // A spanning forest of "party p takes part of issue d", largest shares first.
    let mut edges: Vec<(usize, usize)> = (0..issues)
        .flat_map(|d| (0..parties).map(move |p| (p, d)))
        .filter(|&(p, d)| rough[d][p] > least && worth(p, d).is_positive())
        .collect();
    edges.sort_by(|a, b| rough[b.1][b.0].total_cmp(&rough[a.1][a.0]).then(a.cmp(b)));
    let mut group: Vec<usize> = (0..parties + issues).collect();
    let mut tree: Vec<(usize, usize)> = Vec::new();
    for (p, d) in edges {
        let (a, b) = (group[p], group[parties + d]);
        if a != b {
            group.iter_mut().filter(|g| **g == b).for_each(|g| *g = a);
            tree.push((p, d));
        }
    }
    // Within a group: gain_p = beta_p / scale, price_d = alpha_d × scale, beta_p alpha_d = worth.
    let mut alpha: Vec<Option<Q>> = vec![None; issues];
    let mut beta: Vec<Option<Q>> = vec![None; parties];
    let mut gains: Vec<Q> = set.base.clone();
    for root in 0..parties {
        if beta[root].is_some() {
            continue;
        }
        beta[root] = Some(Q::one());
        loop {
            let mut grown = false;
            for &(p, d) in &tree {
                match (&beta[p], &alpha[d]) {
                    (Some(b), None) => {
                        alpha[d] = Some(worth(p, d) / b);
                        grown = true;
                    }
                    (None, Some(a)) => {
                        beta[p] = Some(worth(p, d) / a);
                        grown = true;
                    }
                    _ => {}
                }
            }
            if !grown {
                break;
            }
        }
        let members: Vec<usize> = (0..parties).filter(|&p| group[p] == group[root]).collect();
        let shared: Vec<usize> =
            (0..issues).filter(|&d| group[parties + d] == group[root]).collect();
        if shared.is_empty() {
            continue;
        }
        let mut weight = shared.iter().filter_map(|&d| alpha[d].clone()).sum::<Q>();
        for &p in &members {
            weight += &set.base[p] / beta[p].as_ref()?;
        }
        if !weight.is_positive() {
            return None;
        }
        let scale = Q::from_integer(members.len().into()) / weight;
        for &p in &members {
            gains[p] = beta[p].as_ref()? / &scale;
        }
    }
    let weights = shares_for(set, &gains)?;
    let reached = set.gains(&weights);
    // Verified: feasible, reaches the gains, and no point does better.
    let feasible = weights.iter().flatten().all(|w| !w.is_negative());
    let sums = weights.iter().all(|row| row.iter().sum::<Q>().is_one());
    let product = reached.iter().fold(Q::one(), |p, g| p * g);
    let proved = feasible
        && sums
        && reached.iter().all(Signed::is_positive)
        && bound(set, &reached) == product;
    proved.then_some((weights, reached))
}

/// Shares that give each party its gain, each issue only to parties that get
/// the most gain-weighted worth from it.
fn shares_for(set: &ConvexSet<'_>, gains: &[Q]) -> Option<Weights> {
    let parties = set.parties();
    if gains.iter().any(|g| !g.is_positive()) {
        return None;
    }
    let mut takers: Vec<(usize, usize)> = Vec::new();
    for (d, block) in set.blocks.iter().enumerate() {
        let price = |p: usize| &block[p][p] / &gains[p];
        let top = (0..parties).map(price).max()?;
        takers.extend((0..parties).filter(|&p| price(p) == top).map(|p| (p, d)));
    }
    let mut rows = Vec::new();
    for d in 0..set.blocks.len() {
        let coefficients =
            takers.iter().map(|t| if t.1 == d { Q::one() } else { Q::zero() }).collect();
        rows.push(Row { coefficients, relation: Relation::Equal, right: Q::one() });
    }
    for (p, gain) in gains.iter().enumerate() {
        let coefficients = takers
            .iter()
            .map(|t| if t.0 == p { set.blocks[t.1][p][p].clone() } else { Q::zero() })
            .collect();
        let right = gain - &set.base[p];
        rows.push(Row { coefficients, relation: Relation::Equal, right });
    }
    let objective = vec![Q::zero(); takers.len()];
    let Answer::Optimal(found) = maximise(&objective, &rows, &|| false) else { return None };
    let mut weights = vec![vec![Q::zero(); parties]; set.blocks.len()];
    for (&(p, d), share) in takers.iter().zip(found.variables) {
        weights[d][p] = share;
    }
    Some(weights)
}
