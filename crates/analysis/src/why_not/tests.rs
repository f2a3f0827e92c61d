//! Against brute force over all outcomes.

use super::conflicts::conflicts;
use super::cuts::{OwnCut, joint, own};
use super::lifts::{Effect, Lifted, red_lines};
use super::*;
use crate::problem::{Origin, holds};
use crate::testing::{assignments, random_problem};
use detente_model::constraint::{Basis, Condition, Constraint, Rule};
use detente_model::preference::{Known, RedLine};
use detente_model::testing::additive;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What each feasible outcome meets: reservation values, then red lines.
fn met(problem: &Problem) -> BTreeSet<u32> {
    assignments(problem)
        .filter(|a| problem.is_feasible(a))
        .map(|a| {
            let gains = problem.gains(&problem.utilities(&a));
            let lines = problem.red_lines.iter().map(|l| !holds(&l.literals, &a));
            gains
                .into_iter()
                .map(|g| g >= 0)
                .chain(lines)
                .enumerate()
                .fold(0, |set, (i, met)| set | u32::from(met) << i)
        })
        .collect()
}

fn bits(problem: &Problem, conflict: &conflicts::Conflict) -> u32 {
    let parties = conflict.reservations.iter().map(|p| 1 << p).sum::<u32>();
    let lines = problem.red_lines.iter().enumerate().filter(|(_, l)| match l.origin {
        Origin::RedLine(party, line) => conflict.red_lines.contains(&(party, line)),
        Origin::Constraint(_) => false,
    });
    parties + lines.map(|(i, _)| 1 << (problem.parties + i)).sum::<u32>()
}

proptest! {
    #[test]
    fn every_answer_is_that_of_brute_force(problem in random_problem()) {
        let sets = met(&problem);
        prop_assume!(!sets.is_empty());
        let count = problem.parties + problem.red_lines.len();
        let possible = |set: u32| sets.iter().any(|m| set & !m == 0);
        let budget = Budget::default();
        let oracle = SearchOracle::new(&problem, &budget);

        let found = conflicts(&problem, &oracle, &budget);
        prop_assert!(found.complete);
        let listed: BTreeSet<u32> = found.minimal.iter().map(|c| bits(&problem, c)).collect();
        let minimal: BTreeSet<u32> = (0..1_u32 << count)
            .filter(|&s| !possible(s))
            .filter(|&s| (0..count).filter(|i| s >> i & 1 == 1).all(|i| possible(s & !(1 << i))))
            .collect();
        prop_assert_eq!(listed.len(), found.minimal.len());
        prop_assert_eq!(listed, minimal);

        let all = (1_u32 << count) - 1;
        for lift in red_lines(&problem, &oracle) {
            let Lifted::RedLine(party, line) = lift.what else { panic!("only red lines") };
            let index = problem.red_lines.iter().position(|l| l.origin == Origin::RedLine(party, line)).unwrap();
            let opens = possible(all & !(1 << (problem.parties + index)));
            prop_assert_eq!(matches!(lift.effect, Effect::Opens(_)), opens);
            prop_assert_eq!(matches!(lift.effect, Effect::Nothing), !opens);
        }

        let clean: Vec<Vec<i64>> = assignments(&problem)
            .filter(|a| problem.is_feasible(a) && problem.respects_red_lines(a))
            .map(|a| problem.gains(&problem.utilities(&a)).iter().map(|g| -g.min(&0)).collect())
            .collect();
        for (party, cut) in own(&problem, &oracle).iter().enumerate() {
            let least = clean
                .iter()
                .filter(|c| (0..problem.parties).all(|p| p == party || c[p] == 0))
                .map(|c| c[party])
                .min();
            match (cut, least) {
                (OwnCut::Opens { cut, .. }, Some(least)) => prop_assert_eq!(cut.to_f64(), least as f64),
                (OwnCut::Never, None) => {}
                other => prop_assert!(false, "{:?}", other),
            }
        }
        let found = joint(&problem, &budget);
        prop_assert!(found.complete);
        let cuts: BTreeSet<Vec<i64>> = found
            .minimal
            .iter()
            .map(|j| j.cuts.iter().map(|c| c.to_f64() as i64).collect())
            .collect();
        let dominated = |c: &Vec<i64>| clean.iter().any(|d| d != c && d.iter().zip(c).all(|(d, c)| d <= c));
        let expected: BTreeSet<Vec<i64>> = clean.iter().filter(|c| !dominated(c)).cloned().collect();
        prop_assert_eq!(cuts, expected);
        if let Some(evenest) = found.evenest {
            let largest = |c: &Vec<i64>| c.iter().copied().max().unwrap_or(0);
            let least = clean.iter().map(largest).min().unwrap_or(0);
            let own: Vec<i64> = evenest.cuts.iter().map(|c| c.to_f64() as i64).collect();
            prop_assert_eq!(largest(&own), least);
        }
    }
}

fn constraint(name: &str, basis: Basis, rule: Rule) -> Constraint {
    Constraint { name: name.into(), reason: "test".into(), basis, known: Known::Unknown, rule }
}

fn at(issue: usize, option: usize) -> Condition {
    Condition::new(issue, vec![option])
}

#[test]
fn only_practical_constraints_are_offered() {
    // Both want option 1 of both issues; a law forbids the first, a practical
    // matter the pair.
    let table = vec![vec![0, 5], vec![0, 5]];
    let mut draft = additive(&[table.clone(), table], &[10, 10]);
    draft.constraints = vec![
        constraint("law", Basis::LegalLimit, Rule::Forbid(vec![at(0, 0), at(1, 0)])),
        constraint("roads", Basis::Practical, Rule::Forbid(vec![at(0, 1), at(1, 1)])),
    ];
    let scenario = draft.check().0.unwrap();
    let Verdict::Impossible(answer) = why_not(&scenario, &Budget::default()).unwrap() else {
        panic!("nothing reaches ten")
    };
    assert_eq!(answer.not_negotiable, [0]);
    assert_eq!(answer.constraints.len(), 1);
    assert_eq!(answer.constraints[0].what, Lifted::Constraint(1));
    assert!(
        matches!(&answer.constraints[0].effect, Effect::Opens(d) if d.utilities == [10.0, 10.0])
    );
    assert!(answer.conflicts.complete);
    assert_eq!(answer.conflicts.minimal.len(), 2);
    assert_eq!(answer.own_cuts, [OwnCut::Never, OwnCut::Never]);
    assert_eq!(answer.joint_cuts.minimal.len(), 1);
}

#[test]
fn constraints_that_leave_nothing_are_named() {
    let mut draft =
        additive(&[vec![vec![0, 5], vec![0, 5]], vec![vec![0, 5], vec![0, 5]]], &[0, 0]);
    draft.constraints = vec![
        constraint("idle", Basis::Practical, Rule::Forbid(vec![at(0, 0), at(1, 0)])),
        constraint(
            "a",
            Basis::Practical,
            Rule::Count { of: vec![at(0, 0), at(1, 0)], at_least: 2, at_most: 2 },
        ),
        constraint(
            "b",
            Basis::Practical,
            Rule::Count { of: vec![at(0, 1), at(1, 1)], at_least: 1, at_most: 2 },
        ),
    ];
    let scenario = draft.clone().check().0.unwrap();
    let verdict = why_not(&scenario, &Budget::default()).unwrap();
    let Verdict::NothingFeasible { constraints, minimal } = verdict else { panic!("{verdict:?}") };
    assert!(minimal && constraints.contains(&1) && constraints.len() == 2);
    // One lifted, there is agreement.
    draft.constraints.truncate(1);
    let scenario = draft.check().0.unwrap();
    assert!(matches!(why_not(&scenario, &Budget::default()).unwrap(), Verdict::Possible(_)));
}

#[test]
fn a_stopped_question_is_not_answered() {
    let stop = || true;
    let tables: Vec<Vec<Vec<i64>>> = (0..4)
        .map(|p| {
            (0..14).map(|i| (0..4).map(|o| (p * 31 + i * 17 + o * 13) % 23).collect()).collect()
        })
        .collect();
    let mut draft = additive(&tables, &[190; 4]);
    draft.preferences[0].red_lines.push(RedLine {
        conditions: vec![at(0, 0), at(1, 1)],
        reason: String::new(),
        known: Known::Unknown,
    });
    let scenario = draft.check().0.unwrap();
    let verdict = why_not(&scenario, &Budget::default().stopped_by(&stop)).unwrap();
    match verdict {
        Verdict::Undecided | Verdict::Possible(_) => {}
        Verdict::Impossible(answer) => assert!(!answer.conflicts.complete),
        Verdict::NothingFeasible { .. } => panic!("there are no constraints"),
    }
}
