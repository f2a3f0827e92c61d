//! Random problems for the tests of this crate.

use crate::problem::{Factor, Forbidden, Literal, Origin, Problem, Scale, SumRule};
use num_bigint::BigInt;
use proptest::prelude::*;

/// Every assignment, feasible or not, in issue and option order.
pub(crate) fn assignments(problem: &Problem) -> impl Iterator<Item = Vec<usize>> + use<> {
    let sizes: Vec<usize> = problem.options.iter().map(Vec::len).collect();
    let count: usize = sizes.iter().product();
    (0..count).map(move |mut n| {
        let mut assignment = vec![0; sizes.len()];
        for (slot, size) in assignment.iter_mut().zip(&sizes).rev() {
            *slot = n % size;
            n /= size;
        }
        assignment
    })
}

/// A problem of whole numbers without rules; `tables[issue]` holds `[option * parties + party]`.
pub(crate) fn problem_of(parties: usize, tables: Vec<Vec<i64>>, reservations: Vec<i64>) -> Problem {
    let options: Vec<Vec<usize>> =
        tables.iter().map(|t| (0..t.len() / parties).collect()).collect();
    let scale = Scale { denominator: BigInt::from(1), exact: true, tolerance: 0 };
    Problem::from_parts(
        (0..tables.len()).collect(),
        options,
        parties,
        tables,
        reservations,
        vec![scale; parties],
    )
}

fn literals(sizes: Vec<usize>, least: usize) -> impl Strategy<Value = Vec<Literal>> {
    let issues = sizes.len();
    prop::collection::btree_map(0..issues, any::<u8>(), least..=3.min(issues.max(2))).prop_map(
        move |chosen| {
            chosen
                .into_iter()
                .map(|(issue, bits)| {
                    let size = sizes[issue];
                    // Neither empty nor full.
                    let pattern = 1 + usize::from(bits) % ((1 << size) - 2);
                    Literal { issue, mask: (0..size).map(|o| pattern >> o & 1 == 1).collect() }
                })
                .collect()
        },
    )
}

/// Two to four parties, two to four issues of two to four options, small
/// values, with interactions, caps, rules and red lines in some.
pub(crate) fn random_problem() -> impl Strategy<Value = Problem> {
    let shape = (2..=4_usize, prop::collection::vec(2..=4_usize, 2..=4));
    shape.prop_flat_map(|(parties, sizes)| {
        let cells: usize = sizes.iter().sum::<usize>() * parties;
        let values = prop::collection::vec(-4..9_i64, cells);
        let reservations = prop::collection::vec(-2..12_i64, parties);
        let factors =
            prop::collection::vec((0..parties, literals(sizes.clone(), 2), -6..7_i64), 0..4);
        let forbidden = prop::collection::vec(literals(sizes.clone(), 2), 0..3);
        let sums = prop::collection::vec(
            (prop::collection::vec(-2..3_i64, sizes.iter().sum::<usize>()), -3..2_i64, 0..4_i64),
            0..2,
        );
        let red_lines = prop::collection::vec((0..parties, literals(sizes.clone(), 1)), 0..3);
        let caps = prop::collection::vec(prop::option::weighted(0.1, 4..12_i64), parties);
        let plain = any::<bool>();
        (
            Just((parties, sizes)),
            values,
            reservations,
            factors,
            (forbidden, sums, red_lines),
            caps,
            plain,
        )
            .prop_map(
                |(
                    (parties, sizes),
                    values,
                    reservations,
                    factors,
                    (forbidden, sums, red_lines),
                    caps,
                    plain,
                )| {
                    let mut at = 0;
                    let tables = sizes
                        .iter()
                        .map(|n| {
                            let table = values[at..at + n * parties].to_vec();
                            at += n * parties;
                            table
                        })
                        .collect();
                    let mut problem = problem_of(parties, tables, reservations);
                    if plain {
                        return problem;
                    }
                    problem.caps = caps;
                    problem.factors = factors
                        .into_iter()
                        .map(|(party, literals, value)| Factor { party, literals, value })
                        .collect();
                    problem.forbidden = forbidden
                        .into_iter()
                        .enumerate()
                        .map(|(i, literals)| Forbidden { literals, origin: Origin::Constraint(i) })
                        .collect();
                    problem.sums = sums
                        .into_iter()
                        .enumerate()
                        .map(|(i, (amounts, low, width))| {
                            let mut at = 0;
                            let terms = sizes
                                .iter()
                                .enumerate()
                                .map(|(issue, n)| {
                                    at += n;
                                    (issue, amounts[at - n..at].to_vec())
                                })
                                .collect();
                            SumRule {
                                terms,
                                at_least: low,
                                at_most: low + width,
                                origin: Origin::Constraint(9 + i),
                            }
                        })
                        .collect();
                    problem.red_lines = red_lines
                        .into_iter()
                        .enumerate()
                        .map(|(i, (party, literals))| Forbidden {
                            literals,
                            origin: Origin::RedLine(party, i),
                        })
                        .collect();
                    problem
                },
            )
    })
}
