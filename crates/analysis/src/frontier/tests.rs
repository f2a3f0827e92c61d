//! The frontier against brute force.

use super::{Completeness, frontier};
use crate::budget::Budget;
use crate::problem::Problem;
use crate::testing::{assignments, random_problem};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Distinct vectors of feasible outcomes with how many share each and the first, dominated ones left out.
fn brute(problem: &Problem) -> Vec<(Vec<i64>, u128, Vec<usize>)> {
    let mut seen: BTreeMap<Vec<i64>, (u128, Vec<usize>)> = BTreeMap::new();
    for assignment in assignments(problem).filter(|a| problem.is_feasible(a)) {
        let slot = seen.entry(problem.utilities(&assignment)).or_insert((0, assignment));
        slot.0 += 1;
    }
    let vectors: Vec<Vec<i64>> = seen.keys().cloned().collect();
    let dominated =
        |v: &Vec<i64>| vectors.iter().any(|w| w != v && w.iter().zip(v).all(|(a, b)| a >= b));
    seen.into_iter().filter(|(v, _)| !dominated(v)).map(|(v, (n, a))| (v, n, a)).rev().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn frontier_is_the_brute_force_one(problem in random_problem()) {
        let result = frontier(&problem, &Budget::default());
        prop_assert_eq!(result.completeness, Completeness::Complete);
        let expected = brute(&problem);
        let found: Vec<_> = result.points.iter().map(|p| p.utilities.clone()).collect();
        prop_assert_eq!(found, expected.iter().map(|e| e.0.clone()).collect::<Vec<_>>());
        for (point, (_, count, first)) in result.points.iter().zip(&expected) {
            prop_assert!(problem.is_feasible(&point.assignment));
            prop_assert_eq!(&problem.utilities(&point.assignment), &point.utilities);
            if !problem.has_caps() {
                prop_assert_eq!(point.outcomes, Some(*count));
            }
            if !problem.has_caps()
                && problem.factors.is_empty()
                && problem.forbidden.is_empty()
                && problem.sums.is_empty() {
                prop_assert_eq!(&point.assignment, first);
            }
        }
    }

    #[test]
    fn a_limited_frontier_says_so_and_holds_real_outcomes(problem in random_problem()) {
        let whole = frontier(&problem, &Budget::default());
        let cut = frontier(&problem, &Budget::default().with_frontier_limit(2));
        prop_assert!(cut.completeness == Completeness::LimitReached || cut.points == whole.points);
        for point in &cut.points {
            prop_assert_eq!(&problem.utilities(&point.assignment), &point.utilities);
        }
    }
}

#[test]
fn large_sets_pass_the_bitmap_stage() {
    // Points on and under a plane in four dimensions: more than the first window holds.
    let mut candidates = super::dominance::Candidates::new(4);
    let mut vectors = Vec::new();
    let mut state = 7_u64;
    for key in 0..3000 {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let part = |shift: u32| (state >> shift & 15) as i64;
        let (a, b, c) = (part(33), part(40), part(50));
        let vector = [a, b, c, 40 - a - b - c - i64::from(key % 3 == 0)];
        candidates.push(&vector, key, Some(1));
        vectors.push(vector);
    }
    let kept = candidates.undominated(&Budget::default()).unwrap();
    let mut found: Vec<[i64; 4]> = kept.iter().map(|k| vectors[k.index]).collect();
    found.sort_unstable();
    vectors.sort_unstable();
    let total: u128 = kept.iter().map(|k| k.count.unwrap()).sum();
    vectors.dedup();
    let expected: Vec<[i64; 4]> = vectors
        .iter()
        .filter(|v| !vectors.iter().any(|w| w != *v && w.iter().zip(*v).all(|(a, b)| a >= b)))
        .copied()
        .collect();
    assert!(expected.len() > 500);
    assert_eq!(found, expected);
    assert!(total >= expected.len() as u128);
}
