//! The fair ones among listed deals, by the rules of `solve`.

use super::Rational;
use crate::solved::SolutionRule;
use num_traits::{One, Signed, Zero};

/// For each rule, which of the listed deals it picks: the first of those that
/// nothing tells apart. `gains` are the parties' gains over no deal, none
/// below zero; `worth` what the utilitarian rule adds up.
#[must_use]
pub fn fair_among(gains: &[Vec<Rational>], worth: &[Vec<Rational>]) -> Vec<(SolutionRule, usize)> {
    let Some(first) = gains.first() else { return Vec::new() };
    let ideal: Vec<Rational> = (0..first.len())
        .map(|i| gains.iter().map(|g| g[i].clone()).max().unwrap_or_else(Rational::zero))
        .collect();
    SolutionRule::ALL
        .into_iter()
        .filter_map(|rule| {
            let best = (0..gains.len()).max_by(|&a, &b| {
                let key = |d: usize| key(rule, &gains[d], &worth[d], &ideal);
                key(a).cmp(&key(b)).then(b.cmp(&a))
            })?;
            Some((rule, best))
        })
        .collect()
}

/// What a rule compares, the most important first; ties by leximin of gains.
fn key(
    rule: SolutionRule,
    gains: &[Rational],
    worth: &[Rational],
    ideal: &[Rational],
) -> Vec<Rational> {
    let relative: Vec<Rational> = gains
        .iter()
        .zip(ideal)
        .filter(|(_, most)| !most.is_zero())
        .map(|(gain, most)| gain / most)
        .collect();
    let mut key = match rule {
        SolutionRule::Nash => {
            let some: Vec<&Rational> = gains.iter().filter(|g| g.is_positive()).collect();
            let product = some.iter().fold(Rational::one(), |all, g| all * *g);
            vec![Rational::from_integer(some.len().into()), product]
        }
        SolutionRule::KalaiSmorodinsky => sorted(relative),
        SolutionRule::Egalitarian => Vec::new(),
        SolutionRule::Utilitarian => vec![worth.iter().sum()],
        SolutionRule::UtilitarianRescaled => vec![relative.iter().sum()],
    };
    key.extend(sorted(gains.to_vec()));
    key
}

fn sorted(mut values: Vec<Rational>) -> Vec<Rational> {
    values.sort();
    values
}
