//! Linear programs over one system of inequalities, exactly, again and again.
//!
//! A simplex dictionary in whole numbers with a common denominator
//! (fraction-free pivoting, as in D. Avis's *lrs*); columns enter and leave by
//! Bland's rule (R. G. Bland 1977, *Mathematics of Operations Research*
//! 2:103–107), so that it ends on every input. Inequalities are taken in one
//! by one; the dictionary stays feasible, and every later question starts
//! from where the last one ended.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// A linear function of the variables: a constant and coefficients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) constant: BigInt,
    /// One per variable.
    pub(super) coefficients: Vec<BigInt>,
}

impl Form {
    pub(super) fn zero(variables: usize) -> Self {
        Self { constant: BigInt::zero(), coefficients: vec![BigInt::zero(); variables] }
    }

    /// `self + factor × other`.
    pub(super) fn add(&mut self, factor: &BigInt, other: &Self) {
        if factor.is_zero() {
            return;
        }
        self.constant += factor * &other.constant;
        for (sum, term) in self.coefficients.iter_mut().zip(&other.coefficients) {
            if !term.is_zero() {
                *sum += factor * term;
            }
        }
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        let mut difference = self.clone();
        difference.add(&-BigInt::one(), other);
        difference
    }
}

/// A point: whole numbers over a common denominator above zero.
#[derive(Debug, Clone)]
pub(super) struct Point {
    denominator: BigInt,
    numerators: Vec<BigInt>,
}

impl Point {
    /// The form's value there, times the denominator.
    pub(super) fn scaled(&self, form: &Form) -> BigInt {
        let mut sum = &form.constant * &self.denominator;
        for (coefficient, numerator) in form.coefficients.iter().zip(&self.numerators) {
            if !coefficient.is_zero() && !numerator.is_zero() {
                sum += coefficient * numerator;
            }
        }
        sum
    }

    /// The form's value there.
    pub(super) fn value(&self, form: &Form) -> BigRational {
        BigRational::new(self.scaled(form), self.denominator.clone())
    }

    /// `times × self + other`.
    pub(super) fn far(&self, times: u32, other: &Self) -> Self {
        let numerators = self.numerators.iter().zip(&other.numerators);
        let (mine, theirs) = (&other.denominator * times, &self.denominator);
        Self {
            numerators: numerators.map(|(a, b)| a * &mine + b * theirs).collect(),
            denominator: theirs * &other.denominator,
        }
    }
}

/// The largest value of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Most {
    /// Reached at the present point.
    Value(BigRational),
    /// There is none.
    Unbounded,
    /// It is above zero; the search ended there.
    AboveZero,
}

/// One basic variable: `(constant + Σ cell × nonbasic) / denominator`.
#[derive(Debug, Clone)]
struct Line {
    constant: BigInt,
    cells: Vec<BigInt>,
}

/// Variables that are zero or more, under inequalities that all hold at its point.
#[derive(Debug, Clone)]
pub(super) struct Dictionary {
    variables: usize,
    denominator: BigInt,
    /// Which variable each line stands for; from `variables` on, the slack of an inequality.
    basic: Vec<usize>,
    lines: Vec<Line>,
    nonbasic: Vec<usize>,
    /// How many inequalities were taken in.
    taken: usize,
    /// The last search ended on a ray: a column, and how far along it.
    beyond: Option<(usize, BigInt)>,
}

impl Dictionary {
    pub(super) fn new(variables: usize) -> Self {
        Self {
            variables,
            denominator: BigInt::one(),
            basic: Vec::new(),
            lines: Vec::new(),
            nonbasic: (0..variables).collect(),
            taken: 0,
            beyond: None,
        }
    }

    /// Takes in `form ≥ 0`.
    ///
    /// # Errors
    /// When that cannot hold with the others: which of them forbid it (the
    /// numbers of inequalities in the order taken, and of variables that would
    /// have to be negative). The dictionary is then of no more use.
    pub(super) fn require(&mut self, form: &Form) -> Result<(), Clash> {
        self.beyond = None;
        let line = self.express(form);
        self.basic.push(self.variables + self.taken);
        self.taken += 1;
        self.lines.push(line);
        let last = self.lines.len() - 1;
        while self.lines[last].constant.is_negative() {
            let Some(column) = self.rising(&self.lines[last]) else {
                return Err(self.clash(last));
            };
            let own = (-&self.lines[last].constant, self.lines[last].cells[column].clone());
            let row = match self.blocking(column, last) {
                // a/b < c/d for b, d above zero.
                Some((row, step)) if &step.0 * &own.1 < &own.0 * &step.1 => row,
                _ => last,
            };
            self.pivot(row, column, None);
            if row == last {
                break;
            }
        }
        Ok(())
    }

    /// The largest value of a form; with `enough`, only whether it is above zero.
    pub(super) fn maximise(&mut self, form: &Form, enough: bool) -> Most {
        self.beyond = None;
        let mut goal = self.express(form);
        loop {
            if enough && goal.constant.is_positive() {
                return Most::AboveZero;
            }
            let Some(column) = self.rising(&goal) else {
                return Most::Value(BigRational::new(goal.constant, self.denominator.clone()));
            };
            match self.blocking(column, usize::MAX) {
                Some((row, _)) => self.pivot(row, column, Some(&mut goal)),
                None if enough => {
                    let far = -&goal.constant / &goal.cells[column] + BigInt::one();
                    self.beyond = Some((column, far));
                    return Most::AboveZero;
                }
                None => return Most::Unbounded,
            }
        }
    }

    /// Where the last search ended.
    pub(super) fn point(&self) -> Point {
        let mut numerators = vec![BigInt::zero(); self.variables];
        for (line, &variable) in self.lines.iter().zip(&self.basic) {
            if variable < self.variables {
                numerators[variable].clone_from(&line.constant);
            }
        }
        if let Some((column, far)) = &self.beyond {
            for (line, &variable) in self.lines.iter().zip(&self.basic) {
                if variable < self.variables {
                    numerators[variable] += far * &line.cells[*column];
                }
            }
            if let Some(numerator) = numerators.get_mut(self.nonbasic[*column]) {
                *numerator = far * &self.denominator;
            }
        }
        Point { denominator: self.denominator.clone(), numerators }
    }

    fn express(&self, form: &Form) -> Line {
        let mut line = Line {
            constant: &form.constant * &self.denominator,
            cells: vec![BigInt::zero(); self.nonbasic.len()],
        };
        for (column, &variable) in self.nonbasic.iter().enumerate() {
            if let Some(coefficient) = form.coefficients.get(variable) {
                line.cells[column] += coefficient * &self.denominator;
            }
        }
        for (row, &variable) in self.lines.iter().zip(&self.basic) {
            let Some(coefficient) = form.coefficients.get(variable) else { continue };
            if coefficient.is_zero() {
                continue;
            }
            line.constant += coefficient * &row.constant;
            for (sum, cell) in line.cells.iter_mut().zip(&row.cells) {
                *sum += coefficient * cell;
            }
        }
        line
    }

    /// The first variable (Bland) that lifts a line.
    fn rising(&self, line: &Line) -> Option<usize> {
        (0..self.nonbasic.len())
            .filter(|&c| line.cells[c].is_positive())
            .min_by_key(|&c| self.nonbasic[c])
    }

    /// The line that first reaches zero as a column rises, and after which step.
    fn blocking(&self, column: usize, except: usize) -> Option<(usize, (BigInt, BigInt))> {
        let mut first: Option<(usize, (BigInt, BigInt))> = None;
        for (row, line) in self.lines.iter().enumerate() {
            let cell = &line.cells[column];
            if row == except || !cell.is_negative() {
                continue;
            }
            let step = (line.constant.clone(), -cell);
            let sooner = first.as_ref().is_none_or(|(best, s)| {
                let (mine, theirs) = (&step.0 * &s.1, &s.0 * &step.1);
                mine < theirs || mine == theirs && self.basic[row] < self.basic[*best]
            });
            if sooner {
                first = Some((row, step));
            }
        }
        first
    }

    /// Exchanges a basic and a nonbasic variable.
    fn pivot(&mut self, row: usize, column: usize, goal: Option<&mut Line>) {
        let mut source = self.lines[row].clone();
        let pivot = source.cells[column].clone();
        let denominator = pivot.abs();
        // The leaving variable's line, solved for the entering one.
        let old = std::mem::replace(&mut self.denominator, denominator.clone());
        let positive = pivot.is_positive();
        if positive {
            source.constant = -source.constant;
            source.cells.iter_mut().for_each(|c| *c = -std::mem::take(c));
        }
        source.cells[column] = if positive { old.clone() } else { -old.clone() };
        let rows = self.lines.iter_mut().enumerate().filter(|(r, _)| *r != row).map(|(_, l)| l);
        for line in rows.chain(goal) {
            let factor = std::mem::take(&mut line.cells[column]);
            if factor.is_zero() && denominator == old {
                continue;
            }
            let cross =
                |cell: &BigInt, with: &BigInt| (cell * &denominator + &factor * with) / &old;
            line.constant = cross(&line.constant, &source.constant);
            for (c, cell) in line.cells.iter_mut().enumerate() {
                *cell = if c == column {
                    // The entering variable in terms of the leaving one.
                    &factor * &source.cells[column] / &old
                } else {
                    cross(cell, &source.cells[c])
                };
            }
        }
        self.lines[row] = source;
        std::mem::swap(&mut self.basic[row], &mut self.nonbasic[column]);
    }

    fn clash(&self, last: usize) -> Clash {
        let mut clash = Clash { inequalities: vec![self.taken - 1], variables: Vec::new() };
        for (cell, &variable) in self.lines[last].cells.iter().zip(&self.nonbasic) {
            if cell.is_zero() {
                continue;
            }
            match variable.checked_sub(self.variables) {
                Some(inequality) => clash.inequalities.push(inequality),
                None => clash.variables.push(variable),
            }
        }
        clash
    }
}

/// Inequalities and variables that cannot all be zero or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clash {
    pub(super) inequalities: Vec<usize>,
    pub(super) variables: Vec<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::division::simplex::{Answer, Relation, Row, maximise};
    use proptest::prelude::*;

    fn form(constant: i64, coefficients: &[i64]) -> Form {
        let coefficients = coefficients.iter().map(|&c| BigInt::from(c)).collect();
        Form { constant: constant.into(), coefficients }
    }

    fn q(n: i64) -> BigRational {
        BigRational::from_integer(n.into())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        /// The same answers as the tableau in `division`, question after question.
        #[test]
        fn agrees_with_the_tableau(
            rows in prop::collection::vec((-4..5_i64, prop::collection::vec(-3..4_i64, 3)), 0..6),
            goals in prop::collection::vec(prop::collection::vec(-3..4_i64, 3), 1..4),
        ) {
            let mut dictionary = Dictionary::new(3);
            let feasible = rows.iter().all(|(c, a)| dictionary.require(&form(*c, a)).is_ok());
            let table: Vec<Row> = rows
                .iter()
                .map(|(c, a)| Row {
                    coefficients: a.iter().map(|&n| q(n)).collect(),
                    relation: Relation::AtLeast,
                    right: q(-c),
                })
                .collect();
            for goal in &goals {
                let objective: Vec<_> = goal.iter().map(|&n| q(n)).collect();
                let expected = maximise(&objective, &table, &|| false);
                if !feasible {
                    prop_assert!(matches!(expected, Answer::Infeasible));
                    continue;
                }
                match (dictionary.maximise(&form(0, goal), false), expected) {
                    (Most::Value(value), Answer::Optimal(best)) => {
                        prop_assert_eq!(&value, &best.value);
                        let point = dictionary.point();
                        let there = point.scaled(&form(0, goal));
                        prop_assert_eq!(BigRational::new(there, point.denominator.clone()), value);
                        for (c, a) in &rows {
                            prop_assert!(!point.scaled(&form(*c, a)).is_negative());
                        }
                    }
                    (Most::Unbounded, Answer::Unbounded) => {}
                    (mine, theirs) => prop_assert!(false, "{mine:?} {theirs:?}"),
                }
            }
        }

        /// Those named in a clash do clash.
        #[test]
        fn a_clash_is_one(
            rows in prop::collection::vec((-4..3_i64, prop::collection::vec(-3..4_i64, 3)), 1..7),
        ) {
            let mut dictionary = Dictionary::new(3);
            let clash = rows.iter().find_map(|(c, a)| dictionary.require(&form(*c, a)).err());
            if let Some(clash) = clash {
                let mut again = Dictionary::new(3);
                let fits = clash.inequalities.iter().all(|&i| {
                    again.require(&form(rows[i].0, &rows[i].1)).is_ok()
                });
                prop_assert!(!fits);
            }
        }
    }
}
