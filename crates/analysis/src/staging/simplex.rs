//! A small exact linear programme: least cost that meets demands.

use super::Rational;
use num_traits::{Signed, Zero};

/// The cheapest `x ≥ 0` with `rows·x ≥ demands`, costs not below zero; `None`
/// when the demands cannot be met. Exact, and the same on every machine: the
/// dual programme starts from zero and goes by Bland's rule, so it ends.
#[must_use]
pub fn cheapest(
    costs: &[Rational],
    rows: &[Vec<Rational>],
    demands: &[Rational],
) -> Option<Vec<Rational>> {
    let (variables, constraints) = (costs.len(), rows.len());
    let width = constraints + variables + 1;
    // One line per variable: its column of `rows`, a slack, its cost.
    let mut lines: Vec<Vec<Rational>> = (0..variables)
        .map(|v| {
            let mut line = vec![Rational::zero(); width];
            for (c, row) in rows.iter().enumerate() {
                line[c].clone_from(&row[v]);
            }
            line[constraints + v] = Rational::from_integer(1.into());
            line[width - 1].clone_from(&costs[v]);
            line
        })
        .collect();
    let mut price: Vec<Rational> = demands.iter().map(|d| -d.clone()).collect();
    price.resize(width, Rational::zero());
    let mut basis: Vec<usize> = (constraints..constraints + variables).collect();
    while let Some(enter) = (0..width - 1).find(|&c| price[c].is_negative()) {
        let leave = (0..variables)
            .filter(|&l| lines[l][enter].is_positive())
            .map(|l| (&lines[l][width - 1] / &lines[l][enter], basis[l], l))
            .min()?
            .2;
        let pivot = lines[leave][enter].clone();
        for q in &mut lines[leave] {
            *q /= &pivot;
        }
        let source = lines[leave].clone();
        for (l, line) in lines.iter_mut().enumerate() {
            if l != leave && !line[enter].is_zero() {
                subtract(line, &source, enter);
            }
        }
        subtract(&mut price, &source, enter);
        basis[leave] = enter;
    }
    Some(price[constraints..constraints + variables].to_vec())
}

fn subtract(line: &mut [Rational], source: &[Rational], column: usize) {
    let times = line[column].clone();
    for (q, s) in line.iter_mut().zip(source) {
        if !s.is_zero() {
            *q -= &times * s;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(n: i64) -> Rational {
        Rational::from_integer(n.into())
    }

    #[test]
    fn meets_demands_at_least_cost() {
        // x + y ≥ 4, x ≥ 1, y ≤ 2 (−y ≥ −2); costs 3, 2: x = 2, y = 2.
        let rows = [vec![q(1), q(1)], vec![q(1), q(0)], vec![q(0), q(-1)]];
        let found = cheapest(&[q(3), q(2)], &rows, &[q(4), q(1), q(-2)]);
        assert_eq!(found, Some(vec![q(2), q(2)]));
        // x ≤ −1 cannot be met.
        assert_eq!(cheapest(&[q(1)], &[vec![q(-1)]], &[q(1)]), None);
        assert_eq!(cheapest(&[q(1)], &[vec![q(1)]], &[q(-1)]), Some(vec![q(0)]));
    }
}
