//! Multi-objective variable elimination.
//!
//! Bucket elimination (Dechter 1999) with sets of undominated labels in place
//! of numbers (Rollón & Larrosa, "Bucket elimination for multiobjective
//! optimization problems", J. Heuristics 12, 2006). Time and space: exponential
//! in the width of the elimination order only, times the label sets' sizes.

use super::block::{Block, Lit};
use super::label::{Label, Rest, Shape};
use super::{BlockPoint, bits};
use crate::budget::Budget;
use crate::frontier::Completeness;

/// Most entries, over all tables, that elimination is tried with.
const MOST_ENTRIES: u128 = 400_000;
/// Most labels combined before elimination is given up for another method.
const MOST_WORK: u64 = 40_000_000;

/// What elimination came to.
pub(super) enum Eliminated {
    /// The frontier.
    Done(Vec<BlockPoint>),
    /// It would cost or did cost too much.
    TooWide,
    /// The budget ended it.
    Ended(Completeness),
}

/// The order in which to settle issues, each with the others its table ranges over.
pub(super) struct Order {
    steps: Vec<(usize, Vec<usize>)>,
    /// Entries of all tables together.
    entries: u128,
}

impl Order {
    /// Greedy: next the issue with the smallest table (min-weight heuristic).
    pub(super) fn new(block: &Block) -> Self {
        let issues = block.values.len();
        let mut near = vec![vec![false; issues]; issues];
        let scopes = block.factors.iter().map(|f| &f.literals).chain(&block.forbidden);
        for literals in scopes {
            for a in literals {
                for b in literals.iter().filter(|b| b.issue != a.issue) {
                    near[a.issue][b.issue] = true;
                }
            }
        }
        let mut left = vec![true; issues];
        let mut order = Self { steps: Vec::new(), entries: 0 };
        for _ in 0..issues {
            let size = |i: usize| {
                let around = (0..issues).filter(|&j| left[j] && near[i][j]);
                around.fold(block.values[i].len() as u128, |n, j| {
                    n.saturating_mul(block.values[j].len() as u128)
                })
            };
            let Some(next) = (0..issues).filter(|&i| left[i]).min_by_key(|&i| (size(i), i)) else {
                break;
            };
            order.entries = order.entries.saturating_add(size(next));
            left[next] = false;
            let scope: Vec<usize> = (0..issues).filter(|&j| left[j] && near[next][j]).collect();
            for &a in &scope {
                for &b in scope.iter().filter(|&&b| b != a) {
                    near[a][b] = true;
                }
            }
            order.steps.push((next, scope));
        }
        order
    }

    /// Whether the tables fit.
    pub(super) fn is_narrow(&self) -> bool {
        self.entries <= MOST_ENTRIES
    }
}

/// The labels for every assignment of a scope.
struct Table {
    issue: usize,
    scope: Vec<usize>,
    children: Vec<usize>,
    covered: Vec<bool>,
    entries: Vec<Vec<Label>>,
}

/// The exact frontier of a block, by elimination in the given order.
pub(super) fn frontier(block: &Block, order: &Order, budget: &Budget<'_>) -> Eliminated {
    if !order.is_narrow() {
        return Eliminated::TooWide;
    }
    let mut run = Run {
        block,
        budget,
        shape: Shape::new(block),
        tables: Vec::new(),
        values: vec![0; block.values.len()],
        work: 0,
    };
    let mut open: Vec<usize> = Vec::new();
    let mut settled = vec![false; block.values.len()];
    for (issue, scope) in &order.steps {
        settled[*issue] = true;
        let mine = |t: &usize| run.tables[*t].scope.contains(issue);
        let children: Vec<usize> = open.iter().copied().filter(mine).collect();
        open.retain(|t| !children.contains(t));
        match run.table(*issue, scope.clone(), children, &settled) {
            Ok(table) => run.tables.push(table),
            Err(stop) => return stop,
        }
        open.push(run.tables.len() - 1);
    }
    run.finish(&open)
}

struct Run<'a> {
    block: &'a Block,
    budget: &'a Budget<'a>,
    shape: Shape,
    tables: Vec<Table>,
    /// The assignment under consideration; only scope issues mean anything.
    values: Vec<usize>,
    work: u64,
}

impl Run<'_> {
    /// The table that settles `issue` for every assignment of `scope`.
    fn table(
        &mut self,
        issue: usize,
        scope: Vec<usize>,
        children: Vec<usize>,
        settled: &[bool],
    ) -> Result<Table, Eliminated> {
        // A factor belongs to the first of its issues to be settled.
        let here = |literals: &[Lit]| {
            literals.iter().any(|l| l.issue == issue)
                && literals.iter().all(|l| l.issue == issue || !settled[l.issue])
        };
        let block = self.block;
        let factors: Vec<_> = block.factors.iter().filter(|f| here(&f.literals)).collect();
        let forbidden: Vec<_> = block.forbidden.iter().filter(|f| here(f)).collect();
        let mut covered = vec![false; settled.len()];
        covered[issue] = true;
        for &child in &children {
            covered.iter_mut().zip(&self.tables[child].covered).for_each(|(c, d)| *c |= d);
        }
        let rest: Vec<Rest> = self.shape.sums.iter().map(|s| s.rest(&covered)).collect();
        let holds = |literals: &[Lit], values: &[usize]| {
            literals.iter().all(|l| bits::get(&l.mask, values[l.issue]))
        };
        let sizes: usize = scope.iter().map(|&i| block.values[i].len()).product();
        let mut entries = Vec::with_capacity(sizes);
        for entry in 0..sizes {
            self.place(&scope, entry);
            let mut labels = Vec::new();
            for value in 0..block.values[issue].len() {
                self.values[issue] = value;
                if forbidden.iter().any(|f| holds(f, &self.values)) {
                    continue;
                }
                let mut vector = block.row(issue, value).to_vec();
                for factor in factors.iter().filter(|f| holds(&f.literals, &self.values)) {
                    vector[factor.party] += factor.value;
                }
                let amounts = self.shape.sums.iter();
                vector.extend(amounts.map(|s| s.rows[issue].as_ref().map_or(0, |row| row[value])));
                let count = block.values[issue][value].options;
                let start = Label { vector, count, value, parents: Vec::new() };
                labels.extend(self.combine(start, &children)?);
            }
            self.work += labels.len() as u64;
            let labels = self.shape.reduce(labels, &rest);
            if self.work > MOST_WORK {
                return Err(Eliminated::TooWide);
            }
            if entry % 64 == 0 && self.budget.is_over() {
                return Err(Eliminated::Ended(Completeness::Stopped));
            }
            if labels.len() > self.budget.frontier_limit {
                return Err(Eliminated::Ended(Completeness::LimitReached));
            }
            entries.push(labels);
        }
        Ok(Table { issue, scope, children, covered, entries })
    }

    /// Sets the scope's issues to entry number `entry` (last issue fastest).
    fn place(&mut self, scope: &[usize], mut entry: usize) {
        for &issue in scope.iter().rev() {
            let size = self.block.values[issue].len();
            self.values[issue] = entry % size;
            entry /= size;
        }
    }

    /// The entry of a table under the current assignment.
    fn entry(&self, table: &Table) -> usize {
        let at = |n, &issue: &usize| n * self.block.values[issue].len() + self.values[issue];
        table.scope.iter().fold(0, at)
    }

    /// A label extended by every choice of labels of the children, reduced
    /// after each child.
    fn combine(&mut self, start: Label, children: &[usize]) -> Result<Vec<Label>, Eliminated> {
        let mut labels = vec![start];
        for (k, &child) in children.iter().enumerate() {
            let table = &self.tables[child];
            let theirs = &table.entries[self.entry(table)];
            self.work += labels.len() as u64 * theirs.len() as u64;
            if self.work > MOST_WORK {
                return Err(Eliminated::TooWide);
            }
            let mut sums = Vec::with_capacity(labels.len() * theirs.len());
            for mine in &labels {
                for (number, other) in (0u32..).zip(theirs) {
                    let mut label = mine.clone();
                    label.vector.iter_mut().zip(&other.vector).for_each(|(a, b)| *a += b);
                    label.count = label.count.saturating_mul(other.count);
                    label.parents.push(number);
                    sums.push(label);
                }
            }
            // Sums may not be settled here: their rest is known at the end.
            labels = if k + 1 < children.len() && self.shape.sums.is_empty() {
                self.shape.reduce(sums, &[])
            } else {
                sums
            };
        }
        Ok(labels)
    }

    /// Combines the tables that are left (their scopes are empty).
    fn finish(mut self, roots: &[usize]) -> Eliminated {
        let zero = Label {
            vector: vec![0; self.shape.parties + self.shape.sums.len()],
            count: 1,
            value: 0,
            parents: Vec::new(),
        };
        let labels = match self.combine(zero, roots) {
            Ok(labels) => labels,
            Err(stop) => return stop,
        };
        let covered = vec![true; self.values.len()];
        let rest: Vec<Rest> = self.shape.sums.iter().map(|s| s.rest(&covered)).collect();
        let labels = self.shape.reduce(labels, &rest);
        // Sums apart, labels may still dominate one another.
        let plain = Shape { sums: Vec::new(), ..Shape::new(self.block) };
        let counts: Vec<Option<u128>> = labels.iter().map(|l| self.shape.count(l)).collect();
        let marked = labels.into_iter().zip(counts).enumerate().map(|(k, (mut label, count))| {
            label.vector.truncate(self.shape.parties);
            label.value = k;
            (label, count)
        });
        let (labels, counts): (Vec<Label>, Vec<Option<u128>>) = marked.unzip();
        let mut points = Vec::new();
        for label in plain.reduce(labels, &[]).into_iter().rev() {
            let mut assignment = vec![0; self.values.len()];
            for (&root, &number) in roots.iter().zip(&label.parents) {
                self.trace(root, number, &mut assignment);
            }
            points.push(BlockPoint {
                options: self.block.witness(&assignment),
                utilities: label.vector,
                outcomes: counts[label.value],
            });
        }
        if points.len() > self.budget.frontier_limit {
            return Eliminated::Ended(Completeness::LimitReached);
        }
        Eliminated::Done(points)
    }

    /// Writes the values that label `number` of a table's entry stands for;
    /// the table's scope is settled already.
    fn trace(&mut self, table: usize, number: u32, assignment: &mut [usize]) {
        self.values.copy_from_slice(assignment);
        let table = &self.tables[table];
        let Some(label) = table.entries[self.entry(table)].get(number as usize) else { return };
        let (label, children) = (label.clone(), table.children.clone());
        assignment[table.issue] = label.value;
        for (child, parent) in children.into_iter().zip(label.parents) {
            self.trace(child, parent, assignment);
        }
    }
}
