//! A problem prepared for branch and bound: gains, hopeless options left out.

use crate::problem::{Literal, Problem};

/// Rules and interactions seen from the search.
#[derive(Debug, Clone)]
pub(super) struct Combination {
    /// Issue here and one flag per option here.
    pub(super) literals: Vec<(usize, Vec<bool>)>,
    /// Party and scaled value; `None` for a combination that must not hold.
    pub(super) value: Option<(usize, i64)>,
}

/// A sum that must stay within bounds.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    pub(super) terms: Vec<(usize, Vec<i64>)>,
    pub(super) at_least: i64,
    pub(super) at_most: i64,
}

/// A problem whose feasible outcomes cross no red line, in gains.
#[derive(Debug)]
pub(super) struct Instance<'p> {
    pub(super) problem: &'p Problem,
    /// Per issue: the problem's option behind each option here.
    pub(super) options: Vec<Vec<usize>>,
    /// Per issue: `[option * parties + party]`, scaled.
    pub(super) tables: Vec<Vec<i64>>,
    /// Gains before any issue is settled.
    pub(super) base: Vec<i64>,
    pub(super) combinations: Vec<Combination>,
    pub(super) sums: Vec<Sum>,
}

impl<'p> Instance<'p> {
    /// Options that another option of the same issue matches or beats for
    /// every party are left out where no rule or interaction tells them apart:
    /// some best outcome never uses them.
    pub(super) fn new(problem: &'p Problem) -> Self {
        let parties = problem.parties;
        let mut tied = vec![false; problem.issues.len()];
        let factors = problem.factors.iter().map(|f| &f.literals);
        let rules = problem.forbidden.iter().chain(&problem.red_lines).map(|f| &f.literals);
        for literal in factors.chain(rules).flatten() {
            tied[literal.issue] = true;
        }
        for (issue, _) in problem.sums.iter().flat_map(|s| &s.terms) {
            tied[*issue] = true;
        }
        let options: Vec<Vec<usize>> = (0..problem.issues.len())
            .map(|issue| {
                let all = 0..problem.size(issue);
                if tied[issue] {
                    all.collect()
                } else {
                    all.filter(|&o| !is_beaten(problem, issue, o)).collect()
                }
            })
            .collect();
        let tables = options
            .iter()
            .enumerate()
            .map(|(issue, kept)| {
                kept.iter().flat_map(|&o| problem.row(issue, o)).copied().collect()
            })
            .collect();
        let literals = |literals: &[Literal]| -> Vec<(usize, Vec<bool>)> {
            literals
                .iter()
                .map(|l| (l.issue, options[l.issue].iter().map(|&o| l.mask[o]).collect()))
                .collect()
        };
        let combinations: Vec<Combination> = problem
            .factors
            .iter()
            .map(|f| Combination {
                literals: literals(&f.literals),
                value: Some((f.party, f.value)),
            })
            .chain(
                problem
                    .forbidden
                    .iter()
                    .chain(&problem.red_lines)
                    .map(|f| Combination { literals: literals(&f.literals), value: None }),
            )
            .collect();
        let sums = problem
            .sums
            .iter()
            .map(|s| Sum {
                terms: s
                    .terms
                    .iter()
                    .map(|(issue, amounts)| {
                        (*issue, options[*issue].iter().map(|&o| amounts[o]).collect())
                    })
                    .collect(),
                at_least: s.at_least,
                at_most: s.at_most,
            })
            .collect();
        debug_assert_eq!(problem.constants.len(), parties);
        let base = problem.gains(&problem.constants);
        Self { problem, options, tables, base, combinations, sums }
    }

    pub(super) fn parties(&self) -> usize {
        self.problem.parties
    }

    pub(super) fn issues(&self) -> usize {
        self.options.len()
    }

    pub(super) fn size(&self, issue: usize) -> usize {
        self.options[issue].len()
    }

    /// The problem's assignment behind one here.
    pub(super) fn original(&self, assignment: &[usize]) -> Vec<usize> {
        assignment.iter().zip(&self.options).map(|(&a, options)| options[a]).collect()
    }

    /// Whether an assignment breaks no rule and crosses no red line.
    pub(super) fn is_allowed(&self, assignment: &[usize]) -> bool {
        let holds =
            |c: &Combination| c.literals.iter().all(|(issue, mask)| mask[assignment[*issue]]);
        !self.combinations.iter().any(|c| c.value.is_none() && holds(c))
            && self.sums.iter().all(|s| {
                let sum: i64 =
                    s.terms.iter().map(|(issue, amounts)| amounts[assignment[*issue]]).sum();
                (s.at_least..=s.at_most).contains(&sum)
            })
    }

    /// The exact gains of an assignment.
    pub(super) fn gains(&self, assignment: &[usize]) -> Vec<i64> {
        let parties = self.parties();
        let mut gains = self.base.clone();
        for (table, &option) in self.tables.iter().zip(assignment) {
            gains.iter_mut().zip(&table[option * parties..]).for_each(|(g, v)| *g += v);
        }
        for combination in &self.combinations {
            let Some((party, value)) = combination.value else { continue };
            if combination.literals.iter().all(|(issue, mask)| mask[assignment[*issue]]) {
                gains[party] += value;
            }
        }
        for ((gain, cap), reservation) in
            gains.iter_mut().zip(&self.problem.caps).zip(&self.problem.reservations)
        {
            if let Some(cap) = cap {
                *gain = (*gain).min(cap - reservation);
            }
        }
        gains
    }
}

fn is_beaten(problem: &Problem, issue: usize, option: usize) -> bool {
    let row = problem.row(issue, option);
    (0..problem.size(issue)).filter(|&o| o != option).any(|other| {
        let theirs = problem.row(issue, other);
        // Of equal options the first stays.
        theirs.iter().zip(row).all(|(a, b)| a >= b) && (theirs != row || other < option)
    })
}
