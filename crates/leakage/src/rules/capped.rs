//! The capped rule: no value of a secret becomes likelier than a cap, not even
//! to a reader who knows everything else about the hidden parties.
//!
//! **The linear program.** Maximise the expected share of the best Nash
//! product subject to `P(s | d, w) ≤ cap` for every draft d, value s and rest
//! w. It falls apart by w. Within one w a draft's posterior is a point of the
//! simplex cut at the cap, hence a mixture of that body's corners, and for
//! each corner one draft is best: a program with one row per value and one
//! column per corner (concavification: Kamenica and Gentzkow 2011).

use crate::channel::{Channel, Observation};
use crate::error::LeakError;
use crate::linear;
use crate::setting::Setting;
use std::collections::BTreeMap;

/// More corners than this are refused: the cap is too low for so fine a grid.
const MOST_CORNERS: usize = 20_000;

/// What the linear program leaves of nothing.
const DUST: f64 = 1e-12;
/// A draft sent no more often than this is left out.
const RARE: f64 = 1e-9;

/// The capped rule for one secret.
///
/// The cap holds for the draft. Answers tell more: see
/// [`Channel::with_answers`].
///
/// # Errors
/// When the cap is below what a reader who knows the rest may already be at,
/// or the secret has no such reader (samples from a continuum).
pub fn capped(setting: &Setting, secret: usize, cap: f64) -> Result<Channel, LeakError> {
    if !(0.0..=1.0).contains(&cap) {
        return Err(LeakError::OutOfRange { what: "the cap", range: "from 0 to 1", given: cap });
    }
    if secret >= setting.secrets().len() {
        return Err(LeakError::Mismatch("there is no such secret"));
    }
    let classes = setting.classes(secret).ok_or(LeakError::Mismatch(
        "a cap needs possibilities that can be listed, not samples from a continuum",
    ))?;
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (state, class) in classes.into_iter().enumerate() {
        members.entry(class).or_default().push(state);
    }
    let mut rows = vec![Vec::new(); setting.states()];
    for states in members.values() {
        class_rule(setting, secret, cap, states, &mut rows)?;
    }
    Ok(Channel::new(rows))
}

/// The rule for the states that agree in everything but the secret.
fn class_rule(
    setting: &Setting,
    secret: usize,
    cap: f64,
    states: &[usize],
    rows: &mut [Vec<(Observation, f64)>],
) -> Result<(), LeakError> {
    let total: f64 = states.iter().map(|&s| setting.prior[s]).sum();
    // A class that cannot occur is treated as if its states were equally likely.
    let p: Vec<f64> = states
        .iter()
        .map(|&s| if total > 0.0 { setting.prior[s] / total } else { 1.0 / states.len() as f64 })
        .collect();
    // Several states may share a value; they are capped together, so they are
    // one in the program only when the class has one state per value.
    let mut values: Vec<usize> = states.iter().map(|&s| setting.fact(secret, s)).collect();
    values.sort_unstable();
    values.dedup();
    if values.len() != states.len() {
        return class_of_several(setting, secret, cap, states, &p, rows);
    }
    let already = p.iter().copied().fold(0.0, f64::max);
    if already > cap + 1e-12 {
        return Err(LeakError::CapBelowPrior { cap, already });
    }
    let live: Vec<usize> = (0..states.len()).filter(|&i| p[i] > 0.0).collect();
    let corners = corners(live.len(), cap)?;
    let mut best: Vec<(f64, usize)> = vec![(f64::NEG_INFINITY, 0); corners.len()];
    let mut shares = vec![0.0; live.len()];
    for draft in 0..setting.drafts {
        for (share, &i) in shares.iter_mut().zip(&live) {
            *share = setting.share(states[i], draft);
        }
        for (corner, best) in corners.iter().zip(&mut best) {
            let worth: f64 = corner.iter().zip(&shares).map(|(c, v)| c * v).sum();
            if worth > best.0 + 1e-12 {
                *best = (worth, draft);
            }
        }
    }
    let mut program = linear::Program::new(corners.len());
    program.objective = best.iter().map(|b| b.0).collect();
    for (row, &i) in live.iter().enumerate() {
        let terms = corners.iter().enumerate().filter(|(_, c)| c[row] > 0.0);
        program.equal(terms.map(|(k, c)| (k, c[row])).collect(), p[i]);
    }
    let solved = program.maximise()?;
    for (row, &i) in live.iter().enumerate() {
        // A corner is kept for all states or for none: of one state alone it
        // would be a draft that gives the value away.
        rows[states[i]] = corners
            .iter()
            .enumerate()
            .filter(|(k, c)| solved.variables[*k] > DUST && c[row] > 0.0)
            .map(|(k, c)| (draft(best[k].1), solved.variables[k] * c[row] / p[i]))
            .collect();
    }
    // States that cannot occur are sent what some other is: no new draft.
    let copy = live.first().map(|&i| rows[states[i]].clone()).unwrap_or_default();
    for i in (0..states.len()).filter(|i| !live.contains(i)) {
        rows[states[i]].clone_from(&copy);
    }
    Ok(())
}

/// Where a class has several states of one value (the order of weights behind
/// one top issue), the program has one variable per state and draft: each
/// state's best draft and the few best for the class. The cap holds all the
/// same; the share is the largest over these drafts.
fn class_of_several(
    setting: &Setting,
    secret: usize,
    cap: f64,
    states: &[usize],
    p: &[f64],
    rows: &mut [Vec<(Observation, f64)>],
) -> Result<(), LeakError> {
    let values = setting.secrets()[secret].values.len();
    let mut already = vec![0.0; values];
    for (&state, p) in states.iter().zip(p) {
        already[setting.fact(secret, state)] += p;
    }
    let most = already.iter().copied().fold(0.0, f64::max);
    if most > cap + 1e-12 {
        return Err(LeakError::CapBelowPrior { cap, already: most });
    }
    let drafts = promising(setting, states);
    let width = drafts.len();
    let mut program = linear::Program::new(states.len() * width);
    for (i, (&state, p)) in states.iter().zip(p).enumerate() {
        for (j, &draft) in drafts.iter().enumerate() {
            program.objective[i * width + j] = p * setting.share(state, draft);
        }
        program.equal((0..width).map(|j| (i * width + j, 1.0)).collect(), 1.0);
    }
    for j in 0..width {
        for value in (0..values).filter(|&v| already[v] > 0.0) {
            let of = |i: usize| f64::from(u8::from(setting.fact(secret, states[i]) == value));
            let terms = (0..states.len()).map(|i| (i * width + j, p[i] * (of(i) - cap)));
            program.at_most(terms.filter(|t| t.1 != 0.0).collect(), 0.0);
        }
    }
    let solved = program.maximise()?;
    let sent = |i: usize, j: usize| solved.variables[i * width + j].max(0.0);
    // How often each draft is sent; one that hardly ever is goes for all states alike.
    let often: Vec<f64> =
        (0..width).map(|j| p.iter().enumerate().map(|(i, p)| p * sent(i, j)).sum()).collect();
    let most = (0..width).max_by(|&a, &b| often[a].total_cmp(&often[b]));
    for (i, &state) in states.iter().enumerate() {
        let kept = (0..width).filter(|&j| often[j] > RARE && sent(i, j) > 0.0);
        rows[state] = kept.map(|j| (draft(drafts[j]), sent(i, j))).collect();
        if rows[state].is_empty() {
            rows[state].extend(most.map(|j| (draft(drafts[j]), 1.0)));
        }
    }
    Ok(())
}

fn draft(number: usize) -> Observation {
    Observation { draft: Some(number), answers: 0 }
}

/// Each state's best draft and the few best for all of them together.
fn promising(setting: &Setting, states: &[usize]) -> Vec<usize> {
    const SHARED: usize = 24;
    let mut together: Vec<(f64, usize)> = (0..setting.drafts)
        .map(|d| (states.iter().map(|&s| setting.share(s, d)).sum(), d))
        .collect();
    together.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let own = states.iter().filter_map(|&s| {
        (0..setting.drafts)
            .map(|d| (setting.share(s, d), d))
            .reduce(|a, b| if b.0 > a.0 { b } else { a })
            .map(|best| best.1)
    });
    let mut drafts: Vec<usize> =
        own.chain(together.into_iter().take(SHARED).map(|t| t.1)).collect();
    drafts.sort_unstable();
    drafts.dedup();
    drafts
}

/// The corners of `{x ≥ 0, Σx = 1, x ≤ cap}`: as many entries at the cap as
/// fit, one more with what is left, the rest zero.
fn corners(size: usize, cap: f64) -> Result<Vec<Vec<f64>>, LeakError> {
    let full = ((1.0 / cap) + 1e-9).floor().min(size as f64) as usize;
    let left = 1.0 - full as f64 * cap;
    let mut corners = Vec::new();
    let mut chosen = Vec::new();
    choose(size, full, 0, &mut chosen, &mut |chosen| {
        let mut corner = vec![0.0; size];
        chosen.iter().for_each(|&i| corner[i] = cap);
        if left <= 1e-9 {
            corners.push(corner);
            return;
        }
        for i in (0..size).filter(|i| !chosen.contains(i)) {
            let mut corner = corner.clone();
            corner[i] = left;
            corners.push(corner);
        }
    });
    if corners.len() > MOST_CORNERS || corners.is_empty() {
        return Err(LeakError::Mismatch("the cap is too low for so fine a grid"));
    }
    Ok(corners)
}

fn choose(
    size: usize,
    left: usize,
    from: usize,
    chosen: &mut Vec<usize>,
    found: &mut impl FnMut(&[usize]),
) {
    if left == 0 {
        found(chosen);
        return;
    }
    for i in from..=size.saturating_sub(left) {
        if i >= size {
            break;
        }
        chosen.push(i);
        choose(size, left - 1, i + 1, chosen, found);
        chosen.pop();
    }
}
