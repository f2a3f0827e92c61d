//! A block laid out flat for branch and bound, in coarse whole units that
//! never underestimate.

use super::block::{Block, Lit};
use std::ops::Range;

/// Per party, all contributions together stay below this: with multipliers
/// below [`WEIGHTS`] no mixture overflows.
const MAGNITUDE: i64 = 1 << 32;
/// Multipliers of the parties sum to this.
pub(super) const WEIGHTS: i64 = 1 << 16;
/// The weight of a rule: no score can pay for breaking it.
pub(super) const INFINITE: i64 = 1 << 48;

/// A factor or a rule.
#[derive(Debug)]
pub(super) struct NetFactor {
    /// Whose; the number of parties for a rule.
    pub(super) layer: usize,
    /// What it adds (or, when `bad`, takes away), rounded in favour of the outcome.
    pub(super) weight: i64,
    /// It takes away.
    pub(super) bad: bool,
    /// Its literals.
    pub(super) literals: Range<usize>,
}

/// A literal: its issue's values and words, and where its mask starts.
#[derive(Debug)]
pub(super) struct NetLiteral {
    pub(super) issue: usize,
    pub(super) mask: Vec<u64>,
}

/// "The sum of these is at most": every bound of a sum rule becomes one.
#[derive(Debug)]
pub(super) struct NetSum {
    pub(super) terms: Vec<(usize, Vec<i64>)>,
    pub(super) at_most: i64,
}

/// The flat form. Values of all issues are numbered through.
#[derive(Debug)]
pub(super) struct Net<'a> {
    pub(super) block: &'a Block,
    pub(super) parties: usize,
    /// First value of each issue, and one past the last.
    pub(super) first: Vec<usize>,
    /// First domain word of each issue, and one past the last.
    pub(super) word: Vec<usize>,
    /// `[party * values + value]`, rounded up.
    pub(super) tables: Vec<i64>,
    pub(super) factors: Vec<NetFactor>,
    pub(super) literals: Vec<NetLiteral>,
    pub(super) sums: Vec<NetSum>,
    /// Per party: coarse = exact × 2^shift.
    shifts: Vec<i32>,
    /// Per party, no outcome is worth less.
    pub(super) least: Vec<i64>,
    /// Per party, no outcome is worth more.
    pub(super) most: Vec<i64>,
}

impl<'a> Net<'a> {
    pub(super) fn new(block: &'a Block) -> Self {
        let parties = block.parties;
        let issues = block.values.len();
        let (least, most) = ranges(block);
        let shifts: Vec<i32> = magnitudes(block).into_iter().map(shift).collect();
        let mut net = Self {
            block,
            parties,
            first: vec![0],
            word: vec![0],
            tables: Vec::new(),
            factors: Vec::new(),
            literals: Vec::new(),
            sums: Vec::new(),
            shifts,
            least,
            most,
        };
        for issue in 0..issues {
            let size = block.values[issue].len();
            net.first.push(net.first[issue] + size);
            net.word.push(net.word[issue] + size.div_ceil(64));
        }
        for party in 0..parties {
            for issue in 0..issues {
                for value in 0..block.values[issue].len() {
                    let exact = block.row(issue, value)[party];
                    net.tables.push(net.coarse_up(party, exact));
                }
            }
        }
        for factor in &block.factors {
            let (bad, party) = (factor.value < 0, factor.party);
            let weight = if bad {
                net.coarse_down(party, -factor.value)
            } else {
                net.coarse_up(party, factor.value)
            };
            net.push(party, weight, bad, &factor.literals);
        }
        for literals in &block.forbidden {
            net.push(parties, INFINITE, true, literals);
        }
        for sum in &block.sums {
            let negated = sum.terms.iter().map(|(i, row)| (*i, row.iter().map(|a| -a).collect()));
            if sum.at_least > i64::MIN {
                net.sums.push(NetSum { terms: negated.collect(), at_most: -sum.at_least });
            }
            if sum.at_most < i64::MAX {
                net.sums.push(NetSum { terms: sum.terms.clone(), at_most: sum.at_most });
            }
        }
        net
    }

    fn push(&mut self, layer: usize, weight: i64, bad: bool, literals: &[Lit]) {
        let start = self.literals.len();
        self.literals
            .extend(literals.iter().map(|l| NetLiteral { issue: l.issue, mask: l.mask.clone() }));
        self.factors.push(NetFactor { layer, weight, bad, literals: start..self.literals.len() });
    }

    /// How many values all issues have together.
    pub(super) fn values(&self) -> usize {
        self.first.last().copied().unwrap_or(0)
    }

    /// How many issues.
    pub(super) fn issues(&self) -> usize {
        self.first.len() - 1
    }

    /// Coarse units per exact unit.
    pub(super) fn unit(&self, party: usize) -> f64 {
        f64::from(self.shifts[party]).exp2()
    }

    /// An exact amount in coarse units, rounded up.
    pub(super) fn coarse_up(&self, party: usize, exact: i64) -> i64 {
        let shift = self.shifts[party];
        if shift >= 0 { exact << shift } else { -((-exact) >> -shift) }
    }

    /// An exact amount in coarse units, rounded down.
    pub(super) fn coarse_down(&self, party: usize, exact: i64) -> i64 {
        let shift = self.shifts[party];
        if shift >= 0 { exact << shift } else { exact >> -shift }
    }
}

/// The shift that brings a magnitude near [`MAGNITUDE`].
fn shift(magnitude: i64) -> i32 {
    let mut shift = 0;
    while magnitude > 0 && shift < 20 && magnitude << (shift + 1) <= MAGNITUDE {
        shift += 1;
    }
    while shift <= 0 && magnitude >> -shift > MAGNITUDE {
        shift -= 1;
    }
    shift
}

fn magnitudes(block: &Block) -> Vec<i64> {
    let mut total = vec![0i64; block.parties];
    for table in &block.tables {
        for (party, sum) in total.iter_mut().enumerate() {
            let most = table.iter().skip(party).step_by(block.parties).map(|v| v.abs()).max();
            *sum = sum.saturating_add(most.unwrap_or(0));
        }
    }
    for factor in &block.factors {
        total[factor.party] = total[factor.party].saturating_add(factor.value.abs());
    }
    total
}

/// Bounds of each party's utility.
fn ranges(block: &Block) -> (Vec<i64>, Vec<i64>) {
    let (mut least, mut most) = (vec![0i64; block.parties], vec![0i64; block.parties]);
    for table in &block.tables {
        for party in 0..block.parties {
            let column = || table.iter().skip(party).step_by(block.parties);
            least[party] += column().min().copied().unwrap_or(0);
            most[party] += column().max().copied().unwrap_or(0);
        }
    }
    for factor in &block.factors {
        let slot = if factor.value < 0 { &mut least } else { &mut most };
        slot[factor.party] += factor.value;
    }
    (least, most)
}
