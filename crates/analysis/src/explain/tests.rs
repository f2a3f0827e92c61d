//! By hand on a small case, by brute force on random ones.

use super::contested::contested;
use super::improve::improvements;
use super::sensitivity::{NotComputed, sensitivity};
use super::trades::trades;
use super::*;
use crate::budget::Budget;
use crate::frontier::frontier;
use crate::problem::Problem;
use crate::testing::{assignments, random_problem};
use detente_model::testing::additive;
use proptest::prelude::*;

fn small() -> Scenario {
    // Issue 0 matters to the first, issue 1 to the second; issue 2 suits both.
    let first = vec![vec![8, 0], vec![0, 2], vec![1, 0]];
    let second = vec![vec![0, 3], vec![9, 0], vec![2, 0]];
    additive(&[first, second], &[2, 3]).check().0.unwrap()
}

#[test]
fn views_say_what_was_given_up() {
    let views = views(&small(), &Outcome::from_options([1, 0, 0]));
    assert_eq!((views[0].utility, views[0].gain, views[0].acceptable), (1.0, -1.0, false));
    let given: Vec<f64> = views[0].issues.iter().map(|i| i.given_up).collect();
    assert_eq!(given, [8.0, 2.0, 0.0]);
    assert_eq!((views[1].utility, views[1].gain, views[1].acceptable), (14.0, 11.0, true));
}

#[test]
fn a_trade_is_found_with_its_worth_to_each() {
    let (from, to) = (Outcome::from_options([1, 1, 0]), Outcome::from_options([0, 0, 0]));
    let found = trades(&small(), &from, &to);
    assert_eq!(found.changes.len(), 2);
    assert_eq!(found.total, [Some(6.0), Some(6.0)]);
    let [exchange] = found.exchanges.as_slice() else { panic!("one pair") };
    // The second concedes issue 0 (worth 3 to it, 8 to the first), the first
    // issue 1 (worth 2 to it, 9 to the second).
    assert_eq!(exchange.concedes, [vec![1], vec![0]]);
    assert_eq!(exchange.gives, [2.0, 3.0]);
    assert_eq!(exchange.receives, [8.0, 9.0]);
}

#[test]
fn an_issue_that_suits_all_is_not_contested() {
    let found = contested(&small());
    assert_eq!(found[2].issue, 2);
    assert_eq!((found[2].loss, found[2].between), (0.0, None));
    assert_eq!(found[0].between, Some([0, 1]));
    // Issue 0: the second gives up 3/14; issue 1: the first gives up 2/11.
    assert!((found[0].loss - 3.0 / 14.0).abs() < 1e-12 && found[0].issue == 0);
    assert!((found[1].loss - 2.0 / 11.0).abs() < 1e-12);
}

#[test]
fn sensitivity_refuses_what_it_cannot_say() {
    let problem = Problem::new(&small()).unwrap();
    let all = frontier(&problem, &Budget::default());
    assert_eq!(sensitivity(&problem, &all, &[1, 1, 0]), Err(NotComputed::NotNash));
    assert_eq!(sensitivity(&problem, &all, &[1, 0, 0]), Err(NotComputed::NoGain));
    let found = sensitivity(&problem, &all, &[0, 0, 0]).unwrap();
    assert_eq!(found.weights.len(), 6);
    assert!(found.common > 0.0);
}

/// The product of gains with each weight moved by a factor of its own.
fn product(problem: &Problem, assignment: &[usize], factors: &[Vec<f64>]) -> Option<f64> {
    let base = problem.gains(&problem.utilities(assignment));
    let mut product = 1.0;
    for party in 0..problem.parties {
        let moved: f64 = assignment
            .iter()
            .enumerate()
            .map(|(i, &o)| problem.row(i, o)[party] as f64 * factors[party][i])
            .sum();
        let gain = base[party] as f64 + moved;
        if gain < -1e-9 {
            return None;
        }
        product *= gain;
    }
    Some(product)
}

proptest! {
    #[test]
    fn within_the_ranges_the_deal_stays_and_beyond_it_goes(
        problem in random_problem(),
        moves in prop::collection::vec(-1.0..1.0_f64, 16),
    ) {
        prop_assume!(!problem.has_caps());
        let clean = problem.with_red_lines_as_constraints();
        let all = frontier(&clean, &Budget::default());
        let found = crate::solution::scan(&clean, &all.points);
        let Some(nash) = found.pick(crate::solved::SolutionRule::Nash) else { return Ok(()) };
        let chosen = &nash.point.assignment;
        let Ok(result) = sensitivity(&clean, &all, chosen) else { return Ok(()) };
        let still = |factors: &[Vec<f64>]| {
            let Some(own) = product(&clean, chosen, factors) else { return false };
            all.points.iter().all(|p| {
                product(&clean, &p.assignment, factors).is_none_or(|v| v <= own + 1e-7 * (1.0 + own.abs()))
            })
        };
        let issues = clean.issues.len();
        let plain = vec![vec![0.0; issues]; clean.parties];
        for range in &result.weights {
            let at = |t: f64| {
                let mut factors = plain.clone();
                factors[range.party][range.issue] = t;
                still(&factors)
            };
            prop_assert!(at(range.up.unwrap_or(50.0) * 0.999));
            prop_assert!(at(-range.down.unwrap_or(1.0) * 0.999));
            if let Some(up) = range.up {
                prop_assert!(!at(up * 1.01 + 0.01), "{:?}", range);
            }
            if let Some(down) = range.down {
                prop_assert!(!at(-(down * 1.01 + 0.01)), "{:?}", range);
            }
        }
        let factors: Vec<Vec<f64>> = (0..clean.parties)
            .map(|p| (0..issues).map(|i| result.common * moves[4 * p + i].signum()).collect())
            .collect();
        prop_assert!(still(&factors), "{}", result.common);
    }

    #[test]
    fn improvements_are_those_of_brute_force(problem in random_problem(), pick in 0..400_usize) {
        let every: Vec<Vec<usize>> = assignments(&problem).collect();
        let from = &every[pick % every.len()];
        let before = problem.utilities(from);
        let better: Vec<&Vec<usize>> = every
            .iter()
            .filter(|a| problem.is_feasible(a) && problem.respects_red_lines(a))
            .filter(|a| {
                let after = problem.utilities(a);
                after != before && after.iter().zip(&before).all(|(a, b)| a >= b)
            })
            .collect();
        let found = improvements(&problem, from, &Budget::default());
        prop_assert_eq!(found.possible, Some(!better.is_empty()));
        prop_assert_eq!(found.best.is_some(), !better.is_empty());
        let changes = |a: &[usize]| (0..a.len()).filter(|&i| a[i] != from[i]).count();
        let fewest = better.iter().map(|a| changes(a)).min();
        match (&found.smallest, fewest) {
            (Some(smallest), Some(fewest)) => {
                prop_assert_eq!(smallest.changed.len(), fewest);
                prop_assert!(better.contains(&&smallest.assignment));
            }
            (None, None) => {}
            (None, Some(fewest)) => prop_assert!(fewest > found.tried_changes),
            (Some(_), None) => prop_assert!(false, "nothing is better"),
        }
        if let Some(best) = &found.best {
            prop_assert!(found.best_proved);
            let value = |a: &Vec<usize>| {
                let gains: Vec<i64> = problem.utilities(a).iter().zip(&before).map(|(a, b)| a - b).collect();
                let positive: Vec<i64> = gains.into_iter().filter(|g| *g > 0).collect();
                (positive.len(), positive.iter().product::<i64>())
            };
            prop_assert_eq!(Some(value(&best.assignment)), better.iter().map(|a| value(a)).max());
        }
    }
}
