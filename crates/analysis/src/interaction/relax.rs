//! The bound: a Lagrangian decomposition of a block by issues.
//!
//! For multipliers λ ≥ 0 of the parties, the mixture λ·u is a sum of tables,
//! factors and rules over several issues. A positive factor is at most the sum
//! of shares, one per literal, that add up to its value; a negative one and a
//! rule at most `a·(k − 1) − a·(number of its k literals that hold)` for any `a`
//! between 0 and its weight. With these every issue stands alone, and
//! Σ_issues max score bounds λ·u from above: the dual of the local polytope's
//! linear program (Schlesinger 1976; Werner, "A linear programming approach to
//! max-sum problem", PAMI 29, 2007). Shares are improved by block coordinate
//! descent (max-product linear programming, Globerson & Jaakkola 2007), λ by
//! line search. All in whole numbers, rounded so that the bound stays one.

use super::net::{INFINITE, Net, WEIGHTS};

/// Far below any score, far from overflow.
pub(super) const NOTHING: i64 = i64::MIN / 8;

/// What is decided about a factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// Nothing.
    Open,
    /// It does not count any more: it cannot hold, is paid for by the
    /// constants, or (when it adds) is given up.
    Closed,
    /// A negative factor that must not hold.
    Banned,
}

/// A subproblem: what is left of each issue, with its bound.
#[derive(Debug)]
pub(super) struct Node {
    /// Bits of the values that are left.
    pub(super) domain: Vec<u64>,
    pub(super) status: Vec<Status>,
    /// Per literal of a positive factor its share, in the party's units; for
    /// others the `a` of the factor, at its first literal.
    share: Vec<i64>,
    /// `[layer * values + value]`; the last layer is the rules'.
    score: Vec<i64>,
    constant: Vec<i64>,
    pub(super) lambda: Vec<i64>,
    /// `[value]`: Σ λ × score.
    pub(super) mix: Vec<i64>,
}

impl Clone for Node {
    fn clone(&self) -> Self {
        let mut copy = Self::empty();
        copy.clone_from(self);
        copy
    }

    fn clone_from(&mut self, other: &Self) {
        self.domain.clone_from(&other.domain);
        self.status.clone_from(&other.status);
        self.share.clone_from(&other.share);
        self.score.clone_from(&other.score);
        self.constant.clone_from(&other.constant);
        self.lambda.clone_from(&other.lambda);
        self.mix.clone_from(&other.mix);
    }
}

/// The best score with and without a literal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Split {
    pub(super) inside: i64,
    pub(super) outside: i64,
}

impl Split {
    pub(super) fn best(self) -> i64 {
        self.inside.max(self.outside)
    }
}

impl Node {
    pub(super) fn empty() -> Self {
        Self {
            domain: Vec::new(),
            status: Vec::new(),
            share: Vec::new(),
            score: Vec::new(),
            constant: Vec::new(),
            lambda: Vec::new(),
            mix: Vec::new(),
        }
    }

    /// The whole block: every share equal, every `a` zero, all parties alike.
    pub(super) fn root(net: &Net<'_>) -> Self {
        let values = net.values();
        let mut node = Self {
            domain: vec![0; net.word.last().copied().unwrap_or(0)],
            status: vec![Status::Open; net.factors.len()],
            share: vec![0; net.literals.len()],
            score: net.tables.clone(),
            constant: vec![0; net.parties + 1],
            lambda: vec![WEIGHTS / net.parties.max(1) as i64; net.parties],
            mix: vec![0; values],
        };
        node.score.resize(values * (net.parties + 1), 0);
        for issue in 0..net.issues() {
            for value in 0..net.first[issue + 1] - net.first[issue] {
                node.domain[net.word[issue] + value / 64] |= 1 << (value % 64);
            }
        }
        node.remix(net);
        for factor in 0..net.factors.len() {
            if !net.factors[factor].bad {
                let literals = net.factors[factor].literals.clone();
                let parts = literals.len() as i64;
                let weight = net.factors[factor].weight;
                for (k, literal) in (0..).zip(literals) {
                    let share = weight / parts + i64::from(k < weight % parts);
                    node.set_share(net, factor, literal, share);
                }
            }
        }
        node
    }

    /// Sets the multipliers.
    pub(super) fn set_lambda(&mut self, net: &Net<'_>, lambda: &[i64]) {
        self.lambda.copy_from_slice(lambda);
        self.remix(net);
    }

    fn remix(&mut self, net: &Net<'_>) {
        let values = net.values();
        let (parties, rules) = self.score.split_at(values * net.parties);
        self.mix.copy_from_slice(rules);
        for (layer, &weight) in parties.chunks_exact(values.max(1)).zip(&self.lambda) {
            if weight != 0 {
                self.mix.iter_mut().zip(layer).for_each(|(m, s)| *m += weight * s);
            }
        }
    }

    /// How much a unit of a layer counts in the mixture.
    fn weight(&self, layer: usize) -> i64 {
        self.lambda.get(layer).copied().unwrap_or(1)
    }

    /// The values of an issue that are left, numbered through.
    pub(super) fn left<'a>(
        &'a self,
        net: &'a Net<'_>,
        issue: usize,
    ) -> impl Iterator<Item = usize> + 'a {
        let words = &self.domain[net.word[issue]..net.word[issue + 1]];
        super::bits::ones(words).map(move |v| net.first[issue] + v)
    }

    /// How many values of an issue are left.
    pub(super) fn size(&self, net: &Net<'_>, issue: usize) -> u32 {
        self.domain[net.word[issue]..net.word[issue + 1]].iter().map(|w| w.count_ones()).sum()
    }

    /// The first best value of an issue and its score.
    pub(super) fn best(&self, net: &Net<'_>, issue: usize) -> (usize, i64) {
        let mut best = (net.first[issue], NOTHING);
        for value in self.left(net, issue) {
            if self.mix[value] > best.1 {
                best = (value, self.mix[value]);
            }
        }
        best
    }

    /// The best scores inside and outside a literal; `own` is taken off inside.
    pub(super) fn split(&self, net: &Net<'_>, literal: usize, own: i64) -> Split {
        let literal = &net.literals[literal];
        let mut split = Split { inside: NOTHING, outside: NOTHING };
        let words = net.word[literal.issue]..net.word[literal.issue + 1];
        let mut base = net.first[literal.issue];
        for (&domain, &mask) in self.domain[words].iter().zip(&literal.mask) {
            let mut rest = domain & mask;
            while rest != 0 {
                split.inside = split.inside.max(self.mix[base + rest.trailing_zeros() as usize]);
                rest &= rest - 1;
            }
            rest = domain & !mask;
            while rest != 0 {
                split.outside = split.outside.max(self.mix[base + rest.trailing_zeros() as usize]);
                rest &= rest - 1;
            }
            base += 64;
        }
        if split.inside > NOTHING {
            split.inside -= own;
        }
        split
    }

    /// What a factor adds to the mixture's scores inside one of its literals.
    pub(super) fn own(&self, net: &Net<'_>, factor: usize, literal: usize) -> i64 {
        let factor = &net.factors[factor];
        let weight = self.weight(factor.layer);
        if factor.bad {
            -weight * self.share[factor.literals.start]
        } else {
            weight * self.share[literal]
        }
    }

    /// Adds to the scores inside a literal.
    fn add(&mut self, net: &Net<'_>, layer: usize, literal: usize, amount: i64) {
        if amount == 0 {
            return;
        }
        let mixed = amount * self.weight(layer);
        let literal = &net.literals[literal];
        let words = net.word[literal.issue]..net.word[literal.issue + 1];
        let scores = &mut self.score[layer * self.mix.len()..];
        let mut base = net.first[literal.issue];
        for (&domain, &mask) in self.domain[words].iter().zip(&literal.mask) {
            let mut rest = domain & mask;
            while rest != 0 {
                let value = base + rest.trailing_zeros() as usize;
                scores[value] += amount;
                self.mix[value] += mixed;
                rest &= rest - 1;
            }
            base += 64;
        }
    }

    fn set_share(&mut self, net: &Net<'_>, factor: usize, literal: usize, share: i64) {
        let change = share - self.share[literal];
        self.share[literal] = share;
        self.add(net, net.factors[factor].layer, literal, change);
    }

    fn set_penalty(&mut self, net: &Net<'_>, factor: usize, penalty: i64) {
        let factor = &net.factors[factor];
        let change = penalty - self.share[factor.literals.start];
        if change != 0 {
            self.share[factor.literals.start] = penalty;
            self.constant[factor.layer] += change * (factor.literals.len() as i64 - 1);
            for literal in factor.literals.clone() {
                self.add(net, factor.layer, literal, -change);
            }
        }
    }

    /// The factor no longer counts; `holds`: its weight goes to the constants.
    pub(super) fn close(&mut self, net: &Net<'_>, factor: usize, holds: bool) {
        let f = &net.factors[factor];
        self.status[factor] = Status::Closed;
        if f.bad {
            self.set_penalty(net, factor, 0);
        } else {
            for literal in f.literals.clone() {
                self.set_share(net, factor, literal, 0);
            }
        }
        if holds {
            self.constant[f.layer] += if f.bad { -f.weight } else { f.weight };
        }
    }

    /// The bound of the mixture.
    pub(super) fn bound(&self, net: &Net<'_>) -> i64 {
        let layers = self.constant.iter().enumerate();
        let constant: i64 = layers.map(|(layer, c)| self.weight(layer) * c).sum();
        (0..net.issues()).map(|i| self.best(net, i).1).sum::<i64>() + constant
    }

    /// Chooses the factor's shares anew, the others as they are; the bound
    /// does not grow.
    pub(super) fn redistribute(&mut self, net: &Net<'_>, factor: usize) {
        let f = &net.factors[factor];
        let unit = self.weight(f.layer);
        if unit == 0 {
            return;
        }
        if f.bad {
            self.repenalise(net, factor, unit);
            return;
        }
        const MOST: usize = 16;
        let count = f.literals.len();
        if count > MOST {
            return;
        }
        // How much each literal's issue takes without a higher maximum.
        let mut room = [0i64; MOST];
        let mut total = 0;
        for (slot, literal) in room.iter_mut().zip(f.literals.clone()) {
            let split = self.split(net, literal, self.own(net, factor, literal));
            if split.outside > NOTHING && split.outside > split.inside {
                *slot = (split.outside - split.inside) / unit;
                total += *slot;
            }
        }
        let weight = f.weight;
        let mut left = weight;
        if total >= weight {
            for slot in room.iter_mut().take(count) {
                *slot = (i128::from(*slot) * i128::from(weight) / i128::from(total)) as i64;
                left -= *slot;
            }
        } else {
            left -= total;
            let each = left / count as i64;
            for slot in room.iter_mut().take(count) {
                *slot += each;
                left -= each;
            }
        }
        // The rounding's remainder goes where it fits first.
        room[0] += left;
        for (share, literal) in room.into_iter().zip(f.literals.clone()) {
            self.set_share(net, factor, literal, share);
        }
    }

    fn repenalise(&mut self, net: &Net<'_>, factor: usize, unit: i64) {
        let f = &net.factors[factor];
        let limit = if self.status[factor] == Status::Banned { INFINITE } else { f.weight };
        // The bound falls until the smallest lead of inside over outside is
        // used up, and rises after the second smallest.
        let (mut first, mut second) = (i64::MAX, i64::MAX);
        for literal in f.literals.clone() {
            let split = self.split(net, literal, self.own(net, factor, literal));
            let lead = if split.inside == NOTHING {
                NOTHING
            } else if split.outside == NOTHING {
                i64::MAX
            } else {
                split.inside - split.outside
            };
            if lead < first {
                (first, second) = (lead, first);
            } else if lead < second {
                second = lead;
            }
        }
        let to = |lead: i64| (lead / unit).clamp(0, limit);
        let (low, high) = (to(first), to(second));
        self.set_penalty(net, factor, low + (high - low) / 2);
    }

    /// Forgets the values of an issue outside (or inside) a mask; false when
    /// none would be left.
    pub(super) fn restrict(
        &mut self,
        net: &Net<'_>,
        issue: usize,
        mask: &[u64],
        keep: bool,
    ) -> bool {
        let words = net.word[issue]..net.word[issue + 1];
        let mut any = 0;
        for (word, &mask) in self.domain[words].iter_mut().zip(mask) {
            *word &= if keep { mask } else { !mask };
            any |= *word;
        }
        any != 0
    }

    /// Forgets one value (numbered through).
    pub(super) fn remove(&mut self, net: &Net<'_>, issue: usize, value: usize) {
        let index = value - net.first[issue];
        self.domain[net.word[issue] + index / 64] &= !(1 << (index % 64));
    }

    /// Whether a literal can still hold, and whether it can still fail.
    pub(super) fn can(&self, net: &Net<'_>, literal: usize) -> (bool, bool) {
        let literal = &net.literals[literal];
        let words = net.word[literal.issue]..net.word[literal.issue + 1];
        let pairs = || self.domain[words.clone()].iter().zip(&literal.mask);
        (pairs().any(|(d, m)| d & m != 0), pairs().any(|(d, m)| d & !m != 0))
    }

    /// Each party's relaxed utility where the mixture is best, in coarse
    /// units; the values chosen go to `choice`.
    pub(super) fn at_best(&self, net: &Net<'_>, choice: &mut [usize], totals: &mut [i64]) {
        totals.copy_from_slice(&self.constant[..net.parties]);
        for (issue, slot) in choice.iter_mut().enumerate() {
            let (value, _) = self.best(net, issue);
            *slot = value - net.first[issue];
            for (party, total) in totals.iter_mut().enumerate() {
                *total += self.score[party * self.mix.len() + value];
            }
        }
    }

    /// Scores of one layer.
    pub(super) fn layer(&self, layer: usize) -> &[i64] {
        &self.score[layer * self.mix.len()..(layer + 1) * self.mix.len()]
    }
}

impl Node {
    /// How much more one party's constant is than another's.
    pub(super) fn constant_gap(&self, party: usize, other: usize) -> i64 {
        self.constant[party] - self.constant[other]
    }

    /// The bound of one party's utility alone, times `weight`.
    pub(super) fn bound_of(&self, net: &Net<'_>, party: usize, weight: i64) -> i64 {
        let (own, rules) = (self.layer(party), self.layer(net.parties));
        let best = |issue: usize| {
            self.left(net, issue).map(|v| weight * own[v] + rules[v]).max().unwrap_or(NOTHING)
        };
        let constant = weight * self.constant[party] + self.constant[net.parties];
        (0..net.issues()).map(best).sum::<i64>() + constant
    }
}
