//! Depth-first branch and bound over a block with the Lagrangian bound.

use super::bits;
use super::net::{Net, WEIGHTS};
use super::relax::{NOTHING, Node, Status};
use crate::budget::Budget;

/// What a search looks for. It may grow stricter while the search runs.
pub(super) trait Goal {
    /// A lower bound, in the net's coarse units, of λ·u over the utilities the
    /// search still wants; `corner` gets the utilities where it is attained.
    fn threshold(&self, net: &Net<'_>, lambda: &[i64], corner: &mut [i64]) -> i64;

    /// An outcome was met.
    fn offer(&mut self, values: &[usize], utilities: &[i64]) -> Verdict;
}

/// What to do after an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Go on.
    Continue,
    /// The search may end.
    Enough,
}

/// How a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// Nothing more meets the goal: proved.
    Exhausted,
    /// The goal said it was enough.
    Enough,
    /// The budget ended it.
    Stopped,
}

/// Rounds of improving the bound at the root of a search, and at other nodes.
const ROOT_ROUNDS: usize = 60;
const ROUNDS: usize = 4;
/// No party's multiplier falls below this, so that its shares stay good.
const LEAST_WEIGHT: i64 = WEIGHTS / 1024;

/// A search; keeps its memory for the next one.
#[derive(Debug)]
pub(super) struct Search<'a> {
    net: &'a Net<'a>,
    stack: Vec<Node>,
    spare: Vec<Node>,
    choice: Vec<usize>,
    totals: Vec<i64>,
    corner: Vec<i64>,
    /// Nodes visited so far.
    pub(super) nodes: u64,
}

/// What became of a node.
enum Step {
    /// Nothing in it meets the goal.
    Pruned,
    /// To be split by a factor's holding; `first`: try it holding first.
    Factor { factor: usize, first: bool },
    /// To be split by an issue: these values, or the others.
    Issue { issue: usize, mask: Vec<u64> },
    /// The goal has enough.
    Enough,
}

impl<'a> Search<'a> {
    pub(super) fn new(net: &'a Net<'a>) -> Self {
        Self {
            net,
            stack: Vec::new(),
            spare: Vec::new(),
            choice: vec![0; net.issues()],
            totals: vec![0; net.parties],
            corner: vec![0; net.parties],
            nodes: 0,
        }
    }

    /// Looks through everything below `root` that may meet the goal. `root`
    /// keeps the improved bound for later searches.
    pub(super) fn run(
        &mut self,
        root: &mut Node,
        goal: &mut impl Goal,
        budget: &Budget<'_>,
    ) -> Ended {
        self.spare.append(&mut self.stack);
        let mut node = self.copy(root);
        self.improve_root(root, goal);
        node.clone_from(root);
        self.stack.push(node);
        while let Some(mut node) = self.stack.pop() {
            if self.nodes.is_multiple_of(32) && budget.is_over() {
                return Ended::Stopped;
            }
            self.nodes += 1;
            match self.visit(&mut node, goal) {
                Step::Pruned => self.spare.push(node),
                Step::Enough => return Ended::Enough,
                Step::Factor { factor, first } => self.branch_factor(node, factor, first),
                Step::Issue { issue, mask } => {
                    let mut other = self.copy(&node);
                    if other.restrict(self.net, issue, &mask, false) {
                        self.stack.push(other);
                    }
                    if node.restrict(self.net, issue, &mask, true) {
                        self.stack.push(node);
                    }
                }
            }
        }
        Ended::Exhausted
    }

    fn copy(&mut self, node: &Node) -> Node {
        let mut copy = self.spare.pop().unwrap_or_else(Node::empty);
        copy.clone_from(node);
        copy
    }

    fn branch_factor(&mut self, node: Node, factor: usize, first: bool) {
        let net = self.net;
        let mut holds = self.copy(&node);
        let mut fails = node;
        let possible = force(net, &mut holds, factor);
        if net.factors[factor].bad {
            fails.status[factor] = Status::Banned;
        } else {
            fails.close(net, factor, false);
        }
        if !possible {
            self.stack.push(fails);
        } else if first {
            self.stack.push(fails);
            self.stack.push(holds);
        } else {
            self.stack.push(holds);
            self.stack.push(fails);
        }
    }

    /// Tightens the bound without domain reductions, so that it serves every goal.
    fn improve_root(&mut self, root: &mut Node, goal: &impl Goal) {
        let (mut last, mut unchanged) = (i64::MAX, 0);
        for round in 0..ROOT_ROUNDS {
            if round % 4 == 0 || self.net.parties > 2 {
                self.tune(root, goal);
            }
            for factor in 0..self.net.factors.len() {
                root.redistribute(self.net, factor);
            }
            let bound = root.bound(self.net);
            unchanged = if bound == last { unchanged + 1 } else { 0 };
            if unchanged > 4 {
                return;
            }
            last = bound;
        }
    }

    fn visit(&mut self, node: &mut Node, goal: &mut impl Goal) -> Step {
        let net = self.net;
        let mut best = i64::MAX;
        let mut round = 0;
        loop {
            if !propagate(net, node) {
                return Step::Pruned;
            }
            self.tune(node, goal);
            let threshold = goal.threshold(net, &node.lambda, &mut self.corner);
            let mut bound = node.bound(net);
            if bound < threshold || self.alone(node, goal) {
                return Step::Pruned;
            }
            if round < ROUNDS {
                for factor in 0..net.factors.len() {
                    if node.status[factor] != Status::Closed {
                        node.redistribute(net, factor);
                    }
                }
                bound = node.bound(net);
                if bound < threshold {
                    return Step::Pruned;
                }
            }
            let removed = filter(net, node, bound - threshold);
            round += 1;
            let gap = bound - threshold;
            let stalled = best.saturating_sub(gap) < gap / 16;
            best = best.min(gap);
            if !removed && (round >= ROUNDS || stalled) {
                break;
            }
        }
        node.at_best(net, &mut self.choice, &mut self.totals);
        if net.block.is_feasible(&self.choice) {
            let utilities = net.block.utilities(&self.choice);
            if goal.offer(&self.choice, &utilities) == Verdict::Enough {
                return Step::Enough;
            }
        }
        self.split(node, goal)
    }

    /// Whether a single party's own bound excludes the node.
    fn alone(&mut self, node: &Node, goal: &impl Goal) -> bool {
        let net = self.net;
        let mut lambda = vec![0; net.parties];
        (0..net.parties).any(|party| {
            lambda.fill(0);
            lambda[party] = WEIGHTS;
            let threshold = goal.threshold(net, &lambda, &mut self.corner);
            node.bound_of(net, party, WEIGHTS) < threshold
        })
    }

    /// Moves weight between two parties so that the bound excludes as much as
    /// it can: the bound less the threshold is convex in λ.
    fn tune(&mut self, node: &mut Node, goal: &impl Goal) {
        let net = self.net;
        if net.parties < 2 {
            return;
        }
        node.at_best(net, &mut self.choice, &mut self.totals);
        goal.threshold(net, &node.lambda, &mut self.corner);
        let surplus = |p: usize| self.totals[p] - self.corner[p];
        // From the party best served to the one served worst.
        let givers = (0..net.parties).filter(|&p| node.lambda[p] > 0);
        let Some(from) = givers.max_by_key(|&p| surplus(p)) else { return };
        let Some(to) = (0..net.parties).min_by_key(|&p| surplus(p)) else { return };
        if from == to || surplus(from) <= surplus(to) {
            return;
        }
        let mut lambda = node.lambda.clone();
        let (mut low, mut high) = (0, lambda[from] - LEAST_WEIGHT);
        if high <= 0 {
            return;
        }
        let (start_from, start_to) = (lambda[from], lambda[to]);
        let mut middle = high;
        loop {
            lambda[from] = start_from - middle;
            lambda[to] = start_to + middle;
            goal.threshold(net, &lambda, &mut self.corner);
            let (a, b) = (node.layer(to), node.layer(from));
            let mut slope = node.constant_gap(to, from) - (self.corner[to] - self.corner[from]);
            for issue in 0..net.issues() {
                let mut most = (NOTHING, 0);
                for value in node.left(net, issue) {
                    let difference = a[value] - b[value];
                    most = most.max((node.mix[value] + middle * difference, difference));
                }
                slope += most.1;
            }
            if slope < 0 {
                low = middle;
            } else {
                high = middle;
            }
            let fine = (start_from - high).min(start_to + low) / 32;
            if high - low <= fine.max(1) {
                break;
            }
            middle = low + (high - low) / 2;
        }
        if low > 0 {
            lambda[from] = start_from - low;
            lambda[to] = start_to + low;
            debug_assert!(lambda.iter().sum::<i64>() <= WEIGHTS);
            node.set_lambda(net, &lambda);
        }
    }

    /// Decides what can be decided and chooses how to split the rest.
    fn split(&mut self, node: &mut Node, goal: &impl Goal) -> Step {
        let net = self.net;
        let threshold = goal.threshold(net, &node.lambda, &mut self.corner);
        let gap = node.bound(net) - threshold;
        if gap < 0 {
            return Step::Pruned;
        }
        let mut best: Option<(i64, i64, usize, bool)> = None;
        for factor in 0..net.factors.len() {
            if node.status[factor] != Status::Open || net.factors[factor].layer == net.parties {
                continue;
            }
            let (holds, fails) = drops(net, node, factor);
            let key = (holds.min(gap + 1).min(fails.min(gap + 1)), holds.max(fails));
            if best.is_none_or(|b| key > (b.0, b.1)) {
                best = Some((key.0, key.1, factor, holds <= fails));
            }
        }
        if let Some((_, _, factor, first)) = best {
            return Step::Factor { factor, first };
        }
        self.split_issue(node)
    }

    /// Splits the issue whose values differ most for some party.
    fn split_issue(&self, node: &Node) -> Step {
        let net = self.net;
        let mut best: Option<(i64, usize)> = None;
        for issue in (0..net.issues()).filter(|&i| node.size(net, i) > 1) {
            let spread = (0..net.parties).map(|p| {
                let scores = node.layer(p);
                let most = node.left(net, issue).map(|v| scores[v]).max().unwrap_or(0);
                let least = node.left(net, issue).map(|v| scores[v]).min().unwrap_or(0);
                most - least
            });
            let spread = spread.max().unwrap_or(0);
            if best.is_none_or(|b| spread > b.0) {
                best = Some((spread, issue));
            }
        }
        // One value each: that outcome was offered already.
        let Some((_, issue)) = best else { return Step::Pruned };
        let mut values: Vec<usize> = node.left(net, issue).collect();
        values.sort_by_key(|&v| (-node.mix[v], v));
        values.truncate(values.len() / 2);
        let chosen: Vec<usize> = values.iter().map(|v| v - net.first[issue]).collect();
        let size = net.first[issue + 1] - net.first[issue];
        Step::Issue { issue, mask: bits::collect(size, |v| chosen.contains(&v)) }
    }
}

/// How much the bound falls when a factor holds, and when it fails.
fn drops(net: &Net<'_>, node: &Node, factor: usize) -> (i64, i64) {
    let f = &net.factors[factor];
    let (mut holds, mut fails) = (0, 0);
    let mut least_lead = i64::MAX;
    for literal in f.literals.clone() {
        let own = node.own(net, factor, literal);
        let split = node.split(net, literal, own);
        let best = (split.inside + own).max(split.outside);
        holds += best - (split.inside + own);
        fails += best - split.best();
        least_lead = least_lead.min(split.inside.saturating_sub(split.outside));
    }
    if f.bad {
        let unit = node.lambda.get(f.layer).copied().unwrap_or(1);
        let own = -node.own(net, factor, f.literals.start);
        (holds - own + unit * f.weight, (least_lead - unit * f.weight).max(0))
    } else {
        (holds, fails)
    }
}

/// Makes a factor hold; false when it cannot.
fn force(net: &Net<'_>, node: &mut Node, factor: usize) -> bool {
    for literal in net.factors[factor].literals.clone() {
        let literal = &net.literals[literal];
        if !node.restrict(net, literal.issue, &literal.mask, true) {
            return false;
        }
    }
    node.close(net, factor, true);
    true
}

/// Draws the conclusions of rules and settles factors; false when nothing is left.
fn propagate(net: &Net<'_>, node: &mut Node) -> bool {
    loop {
        let mut changed = false;
        for (factor, f) in net.factors.iter().enumerate() {
            let status = node.status[factor];
            if status == Status::Closed {
                continue;
            }
            let mut failing = None;
            let (mut dead, mut can_fail) = (false, 0);
            for literal in f.literals.clone() {
                let (hold, fail) = node.can(net, literal);
                dead |= !hold;
                if fail {
                    can_fail += 1;
                    failing = Some(literal);
                }
            }
            let banned = status == Status::Banned || f.layer == net.parties;
            if dead {
                node.close(net, factor, false);
            } else if !banned {
                if can_fail == 0 {
                    node.close(net, factor, true);
                }
            } else if can_fail == 0 {
                return false;
            } else if let (1, Some(literal)) = (can_fail, failing) {
                let literal = &net.literals[literal];
                node.restrict(net, literal.issue, &literal.mask, false);
                node.close(net, factor, false);
                changed = true;
            }
        }
        match propagate_sums(net, node) {
            None => return false,
            Some(removed) => changed |= removed,
        }
        if !changed {
            return true;
        }
    }
}

/// Removes values that a sum rule leaves no room for; `None` when nothing is left.
fn propagate_sums(net: &Net<'_>, node: &mut Node) -> Option<bool> {
    let mut removed = false;
    for sum in &net.sums {
        let lows: Vec<i64> = sum
            .terms
            .iter()
            .map(|(issue, row)| {
                let left = node.left(net, *issue).map(|v| row[v - net.first[*issue]]);
                left.min().unwrap_or(0)
            })
            .collect();
        let low: i64 = lows.iter().sum();
        if low > sum.at_most {
            return None;
        }
        for ((issue, row), &least) in sum.terms.iter().zip(&lows) {
            let room = sum.at_most.saturating_sub(low - least);
            let over: Vec<usize> =
                node.left(net, *issue).filter(|v| row[v - net.first[*issue]] > room).collect();
            removed |= !over.is_empty();
            for value in over {
                node.remove(net, *issue, value);
            }
        }
    }
    Some(removed)
}

/// Removes the values whose score is more than `gap` below their issue's best.
fn filter(net: &Net<'_>, node: &mut Node, gap: i64) -> bool {
    let mut removed = false;
    for issue in 0..net.issues() {
        let best = node.best(net, issue).1;
        for word in net.word[issue]..net.word[issue + 1] {
            let base = net.first[issue] + (word - net.word[issue]) * 64;
            let mut rest = node.domain[word];
            while rest != 0 {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                if best - node.mix[base + bit] > gap {
                    node.domain[word] &= !(1 << bit);
                    removed = true;
                }
            }
        }
    }
    removed
}
