//! Against brute force, every method on its own.

use super::block::Block;
use super::eliminate::{Eliminated, Order};
use super::{BlockPoint, Work, block_frontier, eliminate, enumerate, solutions, zones};
use crate::budget::Budget;
use crate::frontier::Completeness;
use crate::problem::{Factor, Forbidden, Literal, Origin, Problem, SumRule};
use crate::solution::measure::Measure;
use crate::solved::SolutionRule;
use crate::testing::{assignments, problem_of, random_problem};
use proptest::prelude::*;
use std::cell::Cell;
use std::collections::BTreeMap;

/// Undominated vectors of the feasible outcomes, caps and constants aside, and
/// how many outcomes share each.
fn brute(problem: &Problem) -> BTreeMap<Vec<i64>, u128> {
    let mut seen: BTreeMap<Vec<i64>, u128> = BTreeMap::new();
    for assignment in assignments(problem).filter(|a| problem.is_feasible(a)) {
        *seen.entry(uncapped(problem, &assignment)).or_insert(0) += 1;
    }
    let vectors: Vec<Vec<i64>> = seen.keys().cloned().collect();
    let beaten =
        |v: &Vec<i64>| vectors.iter().any(|w| w != v && w.iter().zip(v).all(|(a, b)| a >= b));
    seen.into_iter().filter(|(v, _)| !beaten(v)).collect()
}

fn uncapped(problem: &Problem, assignment: &[usize]) -> Vec<i64> {
    let mut plain = problem.clone();
    plain.caps.fill(None);
    plain.constants.fill(0);
    plain.utilities(assignment)
}

fn check(problem: &Problem, points: &[BlockPoint]) -> Result<(), TestCaseError> {
    let expected = brute(problem);
    let found: Vec<&Vec<i64>> = points.iter().map(|p| &p.utilities).collect();
    prop_assert_eq!(found, expected.keys().rev().collect::<Vec<_>>());
    for point in points {
        prop_assert!(problem.is_feasible(&point.options));
        prop_assert_eq!(&uncapped(problem, &point.options), &point.utilities);
        if let Some(count) = point.outcomes {
            prop_assert_eq!(count, expected[&point.utilities]);
        }
    }
    Ok(())
}

fn all(problem: &Problem) -> Vec<usize> {
    (0..problem.issues.len()).collect()
}

fn eliminated(problem: &Problem) -> Option<Vec<BlockPoint>> {
    let block = Block::new(problem, &all(problem));
    match eliminate::frontier(&block, &Order::new(&block), &Budget::default()) {
        Eliminated::Done(points) => Some(points),
        Eliminated::TooWide | Eliminated::Ended(_) => None,
    }
}

fn searched(problem: &Problem) -> (Vec<BlockPoint>, Completeness) {
    let block = Block::new(problem, &all(problem)).without_dominated();
    zones::frontier(&block, &Budget::default(), &mut Work::default())
}

/// Five or six issues of three to five options; many interactions with
/// interval literals, some of them losses; rules of every kind.
fn tangled() -> impl Strategy<Value = Problem> {
    let shape = (2..=3_usize, prop::collection::vec(3..=4_usize, 5..=6));
    let literals = prop::collection::btree_map(0..6_usize, (0..4_usize, 0..3_usize), 1..=4);
    let factors = prop::collection::vec((0..3_usize, literals.clone(), -30..90_i64), 4..24);
    let rules = prop::collection::vec(literals, 0..4);
    let sums =
        prop::collection::vec((prop::collection::vec(-2..4_i64, 24), 0..5_i64, 0..9_i64), 0..2);
    let tables = prop::collection::vec(-5..20_i64, 72);
    (shape, factors, rules, sums, tables, 0..3_u8).prop_map(
        |((parties, sizes), factors, rules, sums, values, flavour)| {
            let issues = sizes.len();
            let cell =
                |i: usize, k: usize| if flavour == 0 { 0 } else { values[(i * 12 + k) % 72] };
            let table = |(i, &n): (usize, &usize)| (0..n * parties).map(|k| cell(i, k)).collect();
            let tables = sizes.iter().enumerate().map(table).collect();
            let mut problem = problem_of(parties, tables, vec![0; parties]);
            let literals = |chosen: BTreeMap<usize, (usize, usize)>| -> Vec<Literal> {
                let inside = chosen.into_iter().filter(|(issue, _)| *issue < issues);
                inside
                    .map(|(issue, (low, width))| {
                        let low = low.min(sizes[issue] - 1);
                        let mask =
                            (0..sizes[issue]).map(|o| low <= o && o <= low + width).collect();
                        Literal { issue, mask }
                    })
                    .collect()
            };
            for (party, chosen, value) in factors {
                let literals = literals(chosen);
                let value = if flavour == 2 { value } else { value.abs() };
                if literals.len() > 1 {
                    problem.factors.push(Factor { party: party % parties, literals, value });
                }
            }
            for (index, chosen) in rules.into_iter().enumerate() {
                let literals = literals(chosen);
                if flavour > 0 && literals.len() > 1 {
                    problem
                        .forbidden
                        .push(Forbidden { literals, origin: Origin::Constraint(index) });
                }
            }
            for (index, (amounts, low, width)) in sums.into_iter().enumerate() {
                let terms = (0..issues).map(|i| (i, amounts[4 * i..4 * i + sizes[i]].to_vec()));
                let (at_least, at_most) = match index {
                    0 => (low, low + width),
                    _ => (i64::MIN, low),
                };
                let origin = Origin::Constraint(9 + index);
                let terms = terms.collect();
                if flavour > 0 {
                    problem.sums.push(SumRule { terms, at_least, at_most, origin });
                }
            }
            problem
        },
    )
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn enumeration_is_exact(problem in random_problem()) {
        let block = Block::new(&problem, &all(&problem));
        let (points, completeness) = enumerate::frontier(&block, &Budget::default());
        prop_assert_eq!(completeness, Completeness::Complete);
        check(&problem, &points)?;
    }

    #[test]
    fn elimination_is_exact(problem in random_problem()) {
        if let Some(points) = eliminated(&problem) {
            check(&problem, &points)?;
            if problem.sums.is_empty() {
                prop_assert!(points.iter().all(|p| p.outcomes.is_some()));
            }
        }
    }

    #[test]
    fn search_is_exact(problem in random_problem()) {
        let (points, completeness) = searched(&problem);
        prop_assert_eq!(completeness, Completeness::Complete);
        check(&problem, &points)?;
    }

    #[test]
    fn a_stopped_search_says_so_and_holds_real_outcomes(problem in tangled(), after in 0..20_u32) {
        let looks = std::sync::atomic::AtomicU32::new(0);
        let stop = || looks.fetch_add(1, std::sync::atomic::Ordering::Relaxed) >= after;
        let block = Block::new(&problem, &all(&problem)).without_dominated();
        let budget = Budget::default().stopped_by(&stop);
        let (points, completeness) = zones::frontier(&block, &budget, &mut Work::default());
        for point in &points {
            prop_assert!(problem.is_feasible(&point.options));
            prop_assert_eq!(&uncapped(&problem, &point.options), &point.utilities);
        }
        if completeness == Completeness::Complete {
            check(&problem, &points)?;
        }
    }
}

/// So many cases, times `DETENTE_CASES` where that is set (the long run).
fn cases(usual: u32) -> ProptestConfig {
    let times = std::env::var("DETENTE_CASES").ok().and_then(|t| t.parse().ok()).unwrap_or(1);
    ProptestConfig::with_cases(usual * times)
}

/// Gains of every acceptable outcome.
fn acceptable(problem: &Problem) -> Vec<Vec<i64>> {
    assignments(problem)
        .filter(|a| problem.is_feasible(a) && problem.respects_red_lines(a))
        .map(|a| problem.gains(&problem.utilities(&a)))
        .filter(|g| g.iter().all(|&g| g >= 0))
        .collect()
}

fn check_deals(problem: &Problem) -> Result<(), TestCaseError> {
    let found = solutions(problem, &Budget::default());
    let all = acceptable(problem);
    prop_assert_eq!(found.agreement_possible, Some(!all.is_empty()));
    if all.is_empty() {
        prop_assert!(found.picks.is_empty());
        return Ok(());
    }
    let ideal_gains: Vec<i64> =
        (0..problem.parties).map(|p| all.iter().map(|g| g[p]).max().unwrap_or(0)).collect();
    prop_assert_eq!(problem.gains(&found.ideals), ideal_gains.clone());
    let measure = Measure::new(problem, ideal_gains);
    for rule in SolutionRule::ALL {
        let pick = found.pick(rule).unwrap();
        let gains = problem.gains(&pick.point.utilities);
        prop_assert!(pick.optimal);
        prop_assert!(problem.is_feasible(&pick.point.assignment));
        prop_assert!(problem.respects_red_lines(&pick.point.assignment));
        prop_assert_eq!(&problem.utilities(&pick.point.assignment), &pick.point.utilities);
        let better = all.iter().find(|g| measure.compare(rule, g, &gains).is_gt());
        prop_assert!(better.is_none(), "{rule:?}: {better:?} is better than {gains:?}");
        prop_assert_eq!(pick.value, measure.value(rule, &gains));
        prop_assert_eq!(pick.value, pick.bound);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn deals_are_the_best(problem in random_problem()) {
        check_deals(&problem)?;
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn deals_of_tangled_problems_are_the_best(mut problem in tangled(), reservation in -5..60_i64) {
        problem.reservations.fill(reservation);
        check_deals(&problem)?;
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn tangled_problems_agree(problem in tangled()) {
        let (points, completeness) = searched(&problem);
        prop_assert_eq!(completeness, Completeness::Complete);
        check(&problem, &points)?;
        if let Some(points) = eliminated(&problem) {
            check(&problem, &points)?;
        }
        let whole = block_frontier(&problem, &all(&problem), &Budget::default());
        prop_assert_eq!(whole.completeness, Completeness::Complete);
        check(&problem, &whole.points)?;
    }
}

#[test]
fn tangled_problems_are_tangled() {
    // The generator reaches what the tests above mean to test.
    let seen = Cell::new([0_usize; 4]);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    runner
        .run(&tangled(), |problem| {
            let mut counts = seen.get();
            counts[0] += usize::from(brute(&problem).len() > 3);
            counts[1] += usize::from(problem.factors.iter().any(|f| f.value < 0));
            counts[2] += usize::from(!problem.forbidden.is_empty());
            counts[3] += usize::from(!problem.sums.is_empty());
            seen.set(counts);
            Ok(())
        })
        .unwrap();
    assert!(seen.get().iter().all(|&n| n >= 50), "{seen:?}");
}
