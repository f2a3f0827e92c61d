//! Every rule against brute force, by scan and by search.

use super::measure::Measure;
use super::{Solutions, scan, search, solutions};
use crate::budget::Budget;
use crate::frontier::frontier;
use crate::problem::Problem;
use crate::solved::SolutionRule;
use crate::testing::{assignments, random_problem};
use proptest::prelude::*;

/// Gains of every acceptable outcome.
fn acceptable(problem: &Problem) -> Vec<Vec<i64>> {
    assignments(problem)
        .filter(|a| problem.is_feasible(a) && problem.respects_red_lines(a))
        .map(|a| problem.gains(&problem.utilities(&a)))
        .filter(|g| g.iter().all(|&g| g >= 0))
        .collect()
}

fn check(problem: &Problem, found: &Solutions) -> Result<(), TestCaseError> {
    let all = acceptable(problem);
    prop_assert_eq!(found.agreement_possible, Some(!all.is_empty()));
    let ideal_gains: Vec<i64> =
        (0..problem.parties).map(|p| all.iter().map(|g| g[p]).max().unwrap_or(0)).collect();
    if all.is_empty() {
        prop_assert!(found.picks.is_empty());
        return Ok(());
    }
    let ideals: Vec<i64> =
        ideal_gains.iter().zip(&problem.reservations).map(|(g, r)| g + r).collect();
    prop_assert_eq!(&found.ideals, &ideals);
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
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn search_finds_every_solution(problem in random_problem()) {
        check(&problem, &search::solutions(&problem, &Budget::default()))?;
    }

    #[test]
    fn the_frontier_holds_every_solution(problem in random_problem()) {
        let within = problem.with_red_lines_as_constraints();
        check(&problem, &scan(&within, &frontier(&within, &Budget::default()).points))?;
        check(&problem, &solutions(&problem, Some(&frontier(&problem, &Budget::default())), &Budget::default()))?;
    }
}

#[test]
fn a_budget_that_is_over_claims_nothing() {
    let tables = (0..30).map(|i| (0..35).map(|c| (c * 7 + i * 13) % 29).collect()).collect();
    let problem = crate::testing::problem_of(7, tables, vec![0; 7]);
    let over = || true;
    let found = search::solutions(&problem, &Budget::default().stopped_by(&over));
    for pick in &found.picks {
        assert!(pick.bound >= pick.value);
    }
}

#[test]
fn one_outcome_best_for_all_is_found() {
    let literal = |issue, mask: &[bool]| crate::problem::Literal { issue, mask: mask.to_vec() };
    let mut problem =
        crate::testing::problem_of(2, vec![vec![0, 0, 4, 6, 0, 0], vec![0, 3, 5, 4]], vec![2, 8]);
    for party in 0..2 {
        problem.factors.push(crate::problem::Factor {
            party,
            literals: vec![literal(0, &[false, false, true]), literal(1, &[true, false])],
            value: 2,
        });
    }
    let found = search::solutions(&problem, &Budget::default());
    assert!(found.picks.iter().all(|p| p.point.utilities == [9, 10]));
}
