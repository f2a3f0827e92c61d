//! One connected component of the interaction graph, compressed.

use super::bits;
use crate::problem::{Literal, Problem};
use std::collections::BTreeMap;

/// One way to settle an issue of a block: options that no factor, rule or
/// table tells apart count as one.
#[derive(Debug, Clone)]
pub(super) struct Value {
    /// The first of the options it stands for.
    pub(super) option: usize,
    /// How many options it stands for.
    pub(super) options: u128,
}

/// "The issue's value is one of `mask`."
#[derive(Debug, Clone)]
pub(super) struct Lit {
    /// Local issue.
    pub(super) issue: usize,
    /// Bit set over the issue's values.
    pub(super) mask: Vec<u64>,
}

/// A value for one party when all literals hold.
#[derive(Debug, Clone)]
pub(super) struct BlockFactor {
    pub(super) party: usize,
    pub(super) value: i64,
    pub(super) literals: Vec<Lit>,
}

/// A sum over the block's issues within bounds.
#[derive(Debug, Clone)]
pub(super) struct BlockSum {
    pub(super) terms: Vec<(usize, Vec<i64>)>,
    pub(super) at_least: i64,
    pub(super) at_most: i64,
}

/// The part of a [`Problem`] over some issues, with local issue numbers,
/// one-issue rules applied and interchangeable or dominated options merged.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) parties: usize,
    pub(super) values: Vec<Vec<Value>>,
    /// Per issue `[value * parties + party]`.
    pub(super) tables: Vec<Vec<i64>>,
    pub(super) factors: Vec<BlockFactor>,
    pub(super) forbidden: Vec<Vec<Lit>>,
    pub(super) sums: Vec<BlockSum>,
    /// No assignment at all is feasible.
    pub(super) impossible: bool,
    /// Whether `Value::options` still counts every option that reaches a
    /// frontier vector.
    pub(super) counts: bool,
}

/// What decides whether two options are interchangeable: which literals hold
/// and what each sum gets.
type Signature = (Vec<bool>, Vec<i64>);

impl Block {
    /// The block of `issues`; factors and rules that reach outside are not the
    /// caller's intention and are left out, rules without issues are kept.
    pub(super) fn new(problem: &Problem, issues: &[usize]) -> Self {
        Draft::new(problem, issues).finish()
    }

    /// How many assignments of values there are.
    pub(super) fn assignments(&self) -> u128 {
        self.values.iter().fold(1u128, |n, v| n.saturating_mul(v.len() as u128))
    }

    /// The row of one value.
    pub(super) fn row(&self, issue: usize, value: usize) -> &[i64] {
        &self.tables[issue][value * self.parties..(value + 1) * self.parties]
    }

    /// The utilities of one value per issue (no constants, no caps).
    pub(super) fn utilities(&self, assignment: &[usize]) -> Vec<i64> {
        let mut total = vec![0; self.parties];
        for (issue, &value) in assignment.iter().enumerate() {
            total.iter_mut().zip(self.row(issue, value)).for_each(|(t, v)| *t += v);
        }
        for factor in &self.factors {
            if all_hold(&factor.literals, assignment) {
                total[factor.party] += factor.value;
            }
        }
        total
    }

    /// Whether every rule holds.
    pub(super) fn is_feasible(&self, assignment: &[usize]) -> bool {
        !self.impossible
            && !self.forbidden.iter().any(|f| all_hold(f, assignment))
            && self.sums.iter().all(|s| s.holds(assignment))
    }

    /// How many assignments of options an assignment of values stands for.
    pub(super) fn options(&self, assignment: &[usize]) -> Option<u128> {
        assignment
            .iter()
            .zip(&self.values)
            .try_fold(1u128, |n, (&v, values)| n.checked_mul(values[v].options))
    }

    /// The options an assignment of values stands for.
    pub(super) fn witness(&self, assignment: &[usize]) -> Vec<usize> {
        assignment.iter().zip(&self.values).map(|(&v, values)| values[v].option).collect()
    }

    /// The same block without values that another one of their issue is at
    /// least as good as, whatever the other issues are; counts are lost.
    pub(super) fn without_dominated(mut self) -> Self {
        if self.impossible {
            return self;
        }
        self.counts = false;
        for issue in 0..self.values.len() {
            let keep = self.undominated(issue);
            if keep.len() < self.values[issue].len() {
                self.restrict(issue, &keep);
            }
        }
        self
    }

    fn undominated(&self, issue: usize) -> Vec<usize> {
        /// Above this, comparing all pairs would cost more than it saves.
        const MOST: usize = 400;
        let len = self.values[issue].len();
        if len > MOST {
            return (0..len).collect();
        }
        // +1: good to be inside, −1: bad to be inside.
        let mut literals: Vec<(&[u64], bool)> = Vec::new();
        for factor in &self.factors {
            for literal in factor.literals.iter().filter(|l| l.issue == issue) {
                literals.push((&literal.mask, factor.value > 0));
            }
        }
        for literal in self.forbidden.iter().flatten().filter(|l| l.issue == issue) {
            literals.push((&literal.mask, false));
        }
        let sums: Vec<&[i64]> = self
            .sums
            .iter()
            .flat_map(|s| s.terms.iter().filter(|t| t.0 == issue).map(|t| t.1.as_slice()))
            .collect();
        let covers = |a: usize, b: usize| {
            self.row(issue, a).iter().zip(self.row(issue, b)).all(|(x, y)| x >= y)
                && sums.iter().all(|s| s[a] == s[b])
                && literals.iter().all(|&(mask, good)| {
                    let (inside, other) = (bits::get(mask, a), bits::get(mask, b));
                    inside == other || inside == good
                })
        };
        (0..len)
            .filter(|&b| !(0..len).any(|a| a != b && covers(a, b) && (a < b || !covers(b, a))))
            .collect()
    }

    /// Keeps the listed values (ascending) of one issue.
    fn restrict(&mut self, issue: usize, keep: &[usize]) {
        let parties = self.parties;
        self.values[issue] = keep.iter().map(|&v| self.values[issue][v].clone()).collect();
        let rows = keep.iter().flat_map(|&v| v * parties..(v + 1) * parties);
        self.tables[issue] = rows.map(|k| self.tables[issue][k]).collect();
        let factors = self.factors.iter_mut().flat_map(|f| &mut f.literals);
        for literal in factors.chain(self.forbidden.iter_mut().flatten()) {
            if literal.issue == issue {
                literal.mask = bits::collect(keep.len(), |k| bits::get(&literal.mask, keep[k]));
            }
        }
        for (_, amounts) in self.sums.iter_mut().flat_map(|s| &mut s.terms).filter(|t| t.0 == issue)
        {
            *amounts = keep.iter().map(|&v| amounts[v]).collect();
        }
        self.tidy();
    }

    /// Drops factors and rules that can no longer hold; literals that always
    /// hold stay (they cost nothing that matters).
    fn tidy(&mut self) {
        let possible = |literals: &Vec<Lit>| literals.iter().all(|l| bits::any(&l.mask));
        self.factors.retain(|f| possible(&f.literals));
        self.forbidden.retain(possible);
    }
}

impl BlockSum {
    pub(super) fn holds(&self, assignment: &[usize]) -> bool {
        let sum: i64 = self.terms.iter().map(|(issue, row)| row[assignment[*issue]]).sum();
        (self.at_least..=self.at_most).contains(&sum)
    }
}

/// Whether all literals hold for an assignment of values.
pub(super) fn all_hold(literals: &[Lit], assignment: &[usize]) -> bool {
    literals.iter().all(|l| bits::get(&l.mask, assignment[l.issue]))
}

/// Literals of the problem over local issues, options not yet merged.
struct RawFactor<'a> {
    party: usize,
    value: i64,
    literals: Vec<(usize, &'a [bool])>,
}

struct Draft<'a> {
    problem: &'a Problem,
    issues: &'a [usize],
    allowed: Vec<Vec<bool>>,
    tables: Vec<Vec<i64>>,
    factors: Vec<RawFactor<'a>>,
    forbidden: Vec<Vec<(usize, &'a [bool])>>,
    sums: Vec<BlockSum>,
    impossible: bool,
}

impl<'a> Draft<'a> {
    fn new(problem: &'a Problem, issues: &'a [usize]) -> Self {
        let mut local = vec![None; problem.tables.len()];
        for (k, &issue) in issues.iter().enumerate() {
            local[issue] = Some(k);
        }
        let literals = |all: &'a [Literal]| -> Option<Vec<(usize, &'a [bool])>> {
            all.iter().map(|l| local[l.issue].map(|k| (k, l.mask.as_slice()))).collect()
        };
        let mut draft = Self {
            problem,
            issues,
            allowed: issues.iter().map(|&i| vec![true; problem.size(i)]).collect(),
            tables: issues.iter().map(|&i| problem.tables[i].clone()).collect(),
            factors: Vec::new(),
            forbidden: Vec::new(),
            sums: Vec::new(),
            impossible: false,
        };
        for factor in &problem.factors {
            if let Some(literals) = literals(&factor.literals).filter(|l| !l.is_empty()) {
                draft.factor(factor.party, factor.value, literals);
            }
        }
        for rule in &problem.forbidden {
            if let Some(literals) = literals(&rule.literals) {
                draft.forbid(literals);
            }
        }
        for sum in &problem.sums {
            let terms: Option<Vec<(usize, Vec<i64>)>> =
                sum.terms.iter().map(|(i, row)| local[*i].map(|k| (k, row.clone()))).collect();
            if let Some(terms) = terms {
                draft.sum(BlockSum { terms, at_least: sum.at_least, at_most: sum.at_most });
            }
        }
        draft
    }

    fn factor(&mut self, party: usize, value: i64, literals: Vec<(usize, &'a [bool])>) {
        if let [(issue, mask)] = literals.as_slice() {
            let parties = self.problem.parties;
            for (option, _) in mask.iter().enumerate().filter(|(_, m)| **m) {
                self.tables[*issue][option * parties + party] += value;
            }
        } else if value != 0 {
            self.factors.push(RawFactor { party, value, literals });
        }
    }

    fn forbid(&mut self, literals: Vec<(usize, &'a [bool])>) {
        match literals.as_slice() {
            [] => self.impossible = true,
            [(issue, mask)] => {
                self.allowed[*issue].iter_mut().zip(*mask).for_each(|(a, m)| *a &= !m);
            }
            _ => self.forbidden.push(literals),
        }
    }

    fn sum(&mut self, sum: BlockSum) {
        match sum.terms.as_slice() {
            [] => self.impossible |= !sum.holds(&[]),
            [(issue, amounts)] => {
                let range = sum.at_least..=sum.at_most;
                for (flag, amount) in self.allowed[*issue].iter_mut().zip(amounts) {
                    *flag &= range.contains(amount);
                }
            }
            _ => self.sums.push(sum),
        }
    }

    fn finish(mut self) -> Block {
        self.impossible |= self.allowed.iter().any(|a| !a.contains(&true));
        let parties = self.problem.parties;
        let mut block = Block {
            parties,
            values: Vec::new(),
            tables: Vec::new(),
            factors: Vec::new(),
            forbidden: Vec::new(),
            sums: Vec::new(),
            impossible: self.impossible,
            counts: true,
        };
        if self.impossible {
            return block;
        }
        for issue in 0..self.issues.len() {
            let values = self.merge(issue);
            let rows = values.iter().flat_map(|v| v.option * parties..(v.option + 1) * parties);
            block.tables.push(rows.map(|k| self.tables[issue][k]).collect());
            block.values.push(values);
        }
        let convert = |literals: &[(usize, &[bool])]| -> Vec<Lit> {
            let literal = |&(issue, mask): &(usize, &[bool])| {
                let values = &block.values[issue];
                let mask = bits::collect(values.len(), |v| mask[values[v].option]);
                Lit { issue, mask }
            };
            literals.iter().map(literal).collect()
        };
        block.factors = self
            .factors
            .iter()
            .map(|f| BlockFactor { party: f.party, value: f.value, literals: convert(&f.literals) })
            .collect();
        block.forbidden = self.forbidden.iter().map(|f| convert(f)).collect();
        for sum in &self.sums {
            let pick = |(issue, row): &(usize, Vec<i64>)| {
                (*issue, block.values[*issue].iter().map(|v| row[v.option]).collect())
            };
            block.sums.push(BlockSum {
                terms: sum.terms.iter().map(pick).collect(),
                at_least: sum.at_least,
                at_most: sum.at_most,
            });
        }
        block.tidy();
        block
    }

    /// Options that are interchangeable but for their tables, reduced to the
    /// undominated rows; equal rows become one value. In option order.
    fn merge(&self, issue: usize) -> Vec<Value> {
        let parties = self.problem.parties;
        let mut masks: Vec<&[bool]> = Vec::new();
        let factors = self.factors.iter().flat_map(|f| &f.literals);
        for (_, mask) in factors.chain(self.forbidden.iter().flatten()).filter(|l| l.0 == issue) {
            masks.push(mask);
        }
        let terms = self.sums.iter().flat_map(|s| &s.terms).filter(|t| t.0 == issue);
        let sums: Vec<&[i64]> = terms.map(|t| t.1.as_slice()).collect();
        let mut classes: BTreeMap<Signature, Vec<usize>> = BTreeMap::new();
        for option in (0..self.allowed[issue].len()).filter(|&o| self.allowed[issue][o]) {
            let signature = (
                masks.iter().map(|m| m[option]).collect(),
                sums.iter().map(|s| s[option]).collect(),
            );
            classes.entry(signature).or_default().push(option);
        }
        let row = |o: usize| &self.tables[issue][o * parties..(o + 1) * parties];
        let mut values: Vec<Value> = Vec::new();
        for options in classes.into_values() {
            let mut rows: BTreeMap<&[i64], Value> = BTreeMap::new();
            for option in options {
                let fresh = Value { option, options: 0 };
                rows.entry(row(option)).or_insert(fresh).options += 1;
            }
            let vectors: Vec<&[i64]> = rows.keys().copied().collect();
            let keep = super::pareto::undominated(&vectors);
            values.extend(rows.into_values().zip(keep).filter(|(_, k)| *k).map(|(v, _)| v));
        }
        values.sort_by_key(|v| v.option);
        values
    }
}
