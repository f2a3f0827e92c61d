//! Local search: good outcomes fast, so that the exact search has little left
//! to find and only to prove. Deterministic; nothing rests on its quality.

use super::bits;
use super::block::{Block, Lit};

/// An outcome that can be changed one issue at a time.
#[derive(Debug, Clone)]
pub(super) struct Climber<'a> {
    block: &'a Block,
    /// Per issue: factor (or forbidden combination, numbered after the
    /// factors) and the literal on that issue.
    on: Vec<Vec<(usize, &'a Lit)>>,
    values: Vec<usize>,
    /// Per factor and forbidden combination: how many literals fail.
    failing: Vec<usize>,
    /// How many forbidden combinations hold.
    broken: usize,
    sums: Vec<i64>,
    utilities: Vec<i64>,
}

impl<'a> Climber<'a> {
    pub(super) fn new(block: &'a Block, values: &[usize]) -> Self {
        let mut on: Vec<Vec<(usize, &Lit)>> = vec![Vec::new(); block.values.len()];
        let all = block.factors.iter().map(|f| &f.literals).chain(&block.forbidden);
        for (number, literals) in all.enumerate() {
            for literal in literals {
                on[literal.issue].push((number, literal));
            }
        }
        let mut climber = Self {
            block,
            on,
            values: Vec::new(),
            failing: Vec::new(),
            broken: 0,
            sums: Vec::new(),
            utilities: Vec::new(),
        };
        climber.place(values);
        climber
    }

    /// Starts over from an outcome.
    pub(super) fn place(&mut self, values: &[usize]) {
        let block = self.block;
        let fails = |literals: &Vec<Lit>| {
            literals.iter().filter(|l| !bits::get(&l.mask, values[l.issue])).count()
        };
        let all = block.factors.iter().map(|f| &f.literals).chain(&block.forbidden);
        self.failing = all.map(fails).collect();
        self.broken = self.failing[block.factors.len()..].iter().filter(|&&n| n == 0).count();
        let sum = |terms: &Vec<(usize, Vec<i64>)>| terms.iter().map(|(i, r)| r[values[*i]]).sum();
        self.sums = block.sums.iter().map(|s| sum(&s.terms)).collect();
        self.utilities = block.utilities(values);
        self.values = values.to_vec();
    }

    fn is_feasible(&self) -> bool {
        let within = |(sum, &total): (&super::block::BlockSum, &i64)| {
            (sum.at_least..=sum.at_most).contains(&total)
        };
        self.broken == 0 && self.block.sums.iter().zip(&self.sums).all(within)
    }

    fn set(&mut self, issue: usize, value: usize) {
        let old = self.values[issue];
        if old == value {
            return;
        }
        self.values[issue] = value;
        let block = self.block;
        for (party, utility) in self.utilities.iter_mut().enumerate() {
            *utility += block.row(issue, value)[party] - block.row(issue, old)[party];
        }
        for (sum, total) in block.sums.iter().zip(&mut self.sums) {
            for (_, row) in sum.terms.iter().filter(|t| t.0 == issue) {
                *total += row[value] - row[old];
            }
        }
        for &(number, literal) in &self.on[issue] {
            let (before, after) = (bits::get(&literal.mask, old), bits::get(&literal.mask, value));
            if before == after {
                continue;
            }
            let held = self.failing[number] == 0;
            if after {
                self.failing[number] -= 1;
            } else {
                self.failing[number] += 1;
            }
            let holds = self.failing[number] == 0;
            let change = i64::from(holds) - i64::from(held);
            match block.factors.get(number) {
                Some(factor) => self.utilities[factor.party] += change * factor.value,
                None if holds => self.broken += 1,
                None if held => self.broken -= 1,
                None => {}
            }
        }
    }

    fn score(&self, lambda: &[f64]) -> f64 {
        if !self.is_feasible() {
            return f64::NEG_INFINITY;
        }
        self.utilities.iter().zip(lambda).map(|(&u, l)| u as f64 * l).sum()
    }

    /// Changes one issue at a time, to its best value, while that helps;
    /// `fixed` issues stay.
    fn ascend(&mut self, lambda: &[f64], fixed: &[bool]) {
        /// Issues with more values are sampled evenly.
        const MOST: usize = 64;
        let issues = self.values.len();
        let mut score = self.score(lambda);
        let mut since = 0;
        let mut issue = 0;
        let mut steps = 0;
        while since < issues && steps < 50 * issues {
            steps += 1;
            since += 1;
            if !fixed[issue] {
                let start = self.values[issue];
                let mut best = (score, start);
                let size = self.block.values[issue].len();
                for value in (0..size).step_by(size.div_ceil(MOST)) {
                    self.set(issue, value);
                    let now = self.score(lambda);
                    if now > best.0 {
                        best = (now, value);
                    }
                }
                self.set(issue, best.1);
                if best.1 != start {
                    score = best.0;
                    since = 0;
                }
            }
            issue = (issue + 1) % issues;
        }
    }

    /// Improves λ·u: ascends, then makes each factor hold in turn and ascends
    /// again, keeping what is better. Every outcome it rests at is reported.
    pub(super) fn climb(&mut self, lambda: &[f64], mut report: impl FnMut(&[usize], &[i64])) {
        let free = vec![false; self.values.len()];
        if !self.is_feasible() {
            return;
        }
        self.ascend(lambda, &free);
        report(&self.values, &self.utilities);
        let factors = self.block.factors.len();
        let mut since = 0;
        let mut factor = 0;
        let mut passes = 0;
        while since < factors && passes < 12 * factors {
            since += 1;
            passes += 1;
            let helps = {
                let f = &self.block.factors[factor];
                f.value > 0 && lambda[f.party] > 0.0 && self.failing[factor] > 0
            };
            if helps {
                let before = (self.values.clone(), self.score(lambda));
                self.force(factor, lambda);
                if self.is_feasible() {
                    report(&self.values, &self.utilities);
                }
                if self.score(lambda) > before.1 {
                    since = 0;
                } else {
                    self.place(&before.0);
                }
            }
            factor = (factor + 1) % factors.max(1);
        }
    }

    /// Makes a factor hold at the least cost issue by issue, then repairs the rest.
    fn force(&mut self, factor: usize, lambda: &[f64]) {
        let mut fixed = vec![false; self.values.len()];
        for literal in &self.block.factors[factor].literals {
            fixed[literal.issue] = true;
            if bits::get(&literal.mask, self.values[literal.issue]) {
                continue;
            }
            let mut best: Option<(f64, usize)> = None;
            for value in bits::ones(&literal.mask).take(64) {
                self.set(literal.issue, value);
                let now = self.score(lambda);
                if best.is_none_or(|b| now > b.0) {
                    best = Some((now, value));
                }
            }
            if let Some((_, value)) = best {
                self.set(literal.issue, value);
            }
        }
        self.ascend(lambda, &fixed);
        let free = vec![false; fixed.len()];
        self.ascend(lambda, &free);
    }
}
