//! Linear programs solved exactly, in rationals.
//!
//! Dantzig's two-phase simplex method on a full tableau. The column of the
//! largest reduced cost enters; while that brings no progress, columns enter
//! by Bland's rule (R. G. Bland 1977, *Mathematics of Operations Research*
//! 2:103–107), so that it ends on every input. Meant for programs of tens of
//! rows and hundreds of columns.

use super::Q;
use num_traits::{One, Signed, Zero};

/// How a row's left side relates to its right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Equal.
    Equal,
    /// At least.
    AtLeast,
}

/// One condition: Σ coefficient × variable, related to a number.
#[derive(Debug, Clone)]
pub struct Row {
    /// One coefficient per variable.
    pub coefficients: Vec<Q>,
    /// The relation.
    pub relation: Relation,
    /// The right side.
    pub right: Q,
}

/// An optimal solution with its proof.
#[derive(Debug, Clone)]
pub struct Optimum {
    /// The largest value.
    pub value: Q,
    /// The variables.
    pub variables: Vec<Q>,
    /// One multiplier per row: not positive on `AtLeast` rows; Σ multiplier × right = value.
    pub multipliers: Vec<Q>,
}

/// What became of a program.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Solved.
    Optimal(Optimum),
    /// No solution obeys all rows.
    Infeasible,
    /// The objective has no largest value.
    Unbounded,
    /// The caller asked for an end.
    Stopped,
}

/// Maximises `objective` over variables that are zero or more and obey the rows.
#[must_use]
pub fn maximise(objective: &[Q], rows: &[Row], stop: &dyn Fn() -> bool) -> Answer {
    let mut tableau = Tableau::new(objective.len(), rows);
    // Phase one: drive the artificial variables out.
    let mut costs = vec![Q::zero(); tableau.width];
    for cost in &mut costs[tableau.artificial..] {
        *cost = -Q::one();
    }
    tableau.price(&costs);
    match tableau.run(tableau.width, stop) {
        Run::Done => {}
        Run::Stopped => return Answer::Stopped,
        Run::Unbounded => return Answer::Unbounded,
    }
    if !tableau.value.is_zero() {
        return Answer::Infeasible;
    }
    tableau.expel_artificials();
    // Phase two.
    let mut costs = vec![Q::zero(); tableau.width];
    costs[..objective.len()].clone_from_slice(objective);
    tableau.price(&costs);
    match tableau.run(tableau.artificial, stop) {
        Run::Done => Answer::Optimal(tableau.optimum(objective.len())),
        Run::Stopped => Answer::Stopped,
        Run::Unbounded => Answer::Unbounded,
    }
}

/// So many steps in a row without progress, then Bland's rule.
const PATIENCE: usize = 12;

enum Run {
    Done,
    Unbounded,
    Stopped,
}

struct Tableau {
    /// `rows[r][c]`; the right sides are `right[r]`.
    rows: Vec<Vec<Q>>,
    right: Vec<Q>,
    basis: Vec<usize>,
    /// Reduced costs: cost of a column less what the basis already earns.
    reduced: Vec<Q>,
    value: Q,
    /// First artificial column; one per row.
    artificial: usize,
    width: usize,
    /// Whether a row was negated so that its right side is not negative.
    negated: Vec<bool>,
}

impl Tableau {
    fn new(variables: usize, rows: &[Row]) -> Self {
        let surplus = rows.iter().filter(|r| r.relation == Relation::AtLeast).count();
        let artificial = variables + surplus;
        let width = artificial + rows.len();
        let mut tableau = Self {
            rows: Vec::new(),
            right: Vec::new(),
            basis: (artificial..width).collect(),
            reduced: Vec::new(),
            value: Q::zero(),
            artificial,
            width,
            negated: Vec::new(),
        };
        let mut next_surplus = variables;
        for (index, row) in rows.iter().enumerate() {
            let mut cells = vec![Q::zero(); width];
            cells[..variables].clone_from_slice(&row.coefficients);
            if row.relation == Relation::AtLeast {
                cells[next_surplus] = -Q::one();
                next_surplus += 1;
            }
            let negated = row.right.is_negative();
            if negated {
                cells.iter_mut().for_each(|c| *c = -c.clone());
            }
            cells[artificial + index] = Q::one();
            tableau.rows.push(cells);
            tableau.right.push(row.right.abs());
            tableau.negated.push(negated);
        }
        tableau
    }

    /// Sets the reduced costs and the value for the present basis.
    fn price(&mut self, costs: &[Q]) {
        self.reduced = costs.to_vec();
        self.value = Q::zero();
        for (row, &basic) in self.basis.iter().enumerate() {
            let cost = &costs[basic];
            if cost.is_zero() {
                continue;
            }
            self.value += cost * &self.right[row];
            for (reduced, cell) in self.reduced.iter_mut().zip(&self.rows[row]) {
                if !cell.is_zero() {
                    *reduced -= cost * cell;
                }
            }
        }
    }

    fn run(&mut self, columns: usize, stop: &dyn Fn() -> bool) -> Run {
        let mut idle = 0;
        loop {
            if stop() {
                return Run::Stopped;
            }
            let mut rising = (0..columns).filter(|&c| self.reduced[c].is_positive());
            let column = if idle < PATIENCE {
                rising.reduce(|a, b| if self.reduced[b] > self.reduced[a] { b } else { a })
            } else {
                rising.next()
            };
            let Some(column) = column else { return Run::Done };
            let mut leaving: Option<(Q, usize)> = None;
            for row in 0..self.rows.len() {
                let cell = &self.rows[row][column];
                if !cell.is_positive() {
                    continue;
                }
                let ratio = &self.right[row] / cell;
                let better = match &leaving {
                    None => true,
                    Some((best, at)) => {
                        ratio < *best || ratio == *best && self.basis[row] < self.basis[*at]
                    }
                };
                if better {
                    leaving = Some((ratio, row));
                }
            }
            match leaving {
                Some((ratio, row)) => {
                    idle = if ratio.is_zero() { idle + 1 } else { 0 };
                    self.pivot(row, column);
                }
                None => return Run::Unbounded,
            }
        }
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let pivot = self.rows[row][column].clone();
        for cell in self.rows[row].iter_mut().filter(|c| !c.is_zero()) {
            *cell /= &pivot;
        }
        self.right[row] /= &pivot;
        let source = self.rows[row].clone();
        let right = self.right[row].clone();
        for other in (0..self.rows.len()).filter(|&r| r != row) {
            let factor = self.rows[other][column].clone();
            if factor.is_zero() {
                continue;
            }
            subtract(&mut self.rows[other], &source, &factor);
            self.right[other] -= &factor * &right;
        }
        let factor = self.reduced[column].clone();
        subtract(&mut self.reduced, &source, &factor);
        self.value += &factor * &right;
        self.basis[row] = column;
    }

    /// After phase one an artificial variable may still be basic at zero: it
    /// is exchanged for a real one, or its row is empty and stays harmless.
    fn expel_artificials(&mut self) {
        for row in 0..self.rows.len() {
            if self.basis[row] < self.artificial {
                continue;
            }
            if let Some(column) = (0..self.artificial).find(|&c| !self.rows[row][c].is_zero()) {
                self.pivot(row, column);
            }
        }
    }

    fn optimum(&self, variables: usize) -> Optimum {
        let mut solution = vec![Q::zero(); variables];
        for (row, &basic) in self.basis.iter().enumerate() {
            if basic < variables {
                solution[basic] = self.right[row].clone();
            }
        }
        // The reduced cost of a row's artificial column is minus its multiplier.
        let multipliers = (0..self.rows.len())
            .map(|r| {
                let reduced = self.reduced[self.artificial + r].clone();
                if self.negated[r] { reduced } else { -reduced }
            })
            .collect();
        Optimum { value: self.value.clone(), variables: solution, multipliers }
    }
}

fn subtract(cells: &mut [Q], source: &[Q], factor: &Q) {
    for (cell, value) in cells.iter_mut().zip(source) {
        if !value.is_zero() {
            *cell -= factor * value;
        }
    }
}
