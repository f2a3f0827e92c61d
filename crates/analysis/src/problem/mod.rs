//! A scenario in the form the exact engine works on: whole numbers.
//!
//! Each party's utilities are multiplied by a common denominator, so that
//! sums, comparisons and dominance are exact in 64-bit integers. Only where
//! the figures have no such denominator (irrational value functions, or more
//! digits than fit) are they rounded, and [`Scale::exact`] says so.

mod compile;
mod scale;
#[cfg(test)]
mod tests;

pub use compile::CompileError;
pub use scale::Scale;

use detente_model::Outcome;

/// "Issue `issue` is settled by an option of `mask`."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// The issue, an index into [`Problem::issues`].
    pub issue: usize,
    /// One flag per option.
    pub mask: Vec<bool>,
}

/// A value that counts when all literals hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Whose utility.
    pub party: usize,
    /// Two or more literals on distinct issues, ascending.
    pub literals: Vec<Literal>,
    /// What it adds, in scaled units; may be negative.
    pub value: i64,
}

/// A combination that must not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forbidden {
    /// All of these together; literals on distinct issues, ascending.
    pub literals: Vec<Literal>,
    /// Where it comes from.
    pub origin: Origin,
}

/// A sum over issues that must stay within bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumRule {
    /// Issue and what each of its options contributes.
    pub terms: Vec<(usize, Vec<i64>)>,
    /// Smallest allowed sum.
    pub at_least: i64,
    /// Largest allowed sum.
    pub at_most: i64,
    /// Where it comes from.
    pub origin: Origin,
}

/// What a rule of the problem stems from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A constraint of the scenario, by index: makes outcomes infeasible.
    Constraint(usize),
    /// A red line (party, index): makes outcomes unacceptable to that party.
    RedLine(usize, usize),
}

/// A scenario with numeric preferences, compiled.
///
/// Divisible issues are left out here (see the `division` module); `issues`
/// maps back to the scenario's issue indices.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Scenario index of each issue here.
    pub issues: Vec<usize>,
    /// Scenario index of each option here, per issue: options that a
    /// one-issue constraint forbids are left out.
    pub options: Vec<Vec<usize>>,
    /// How many parties.
    pub parties: usize,
    /// Per issue: `[option * parties + party]`, scaled.
    pub tables: Vec<Vec<i64>>,
    /// Interactions over two or more issues.
    pub factors: Vec<Factor>,
    /// Per party, added to every outcome.
    pub constants: Vec<i64>,
    /// Per party, the most an outcome can be worth.
    pub caps: Vec<Option<i64>>,
    /// Per party, the utility of no agreement.
    pub reservations: Vec<i64>,
    /// Combinations that are infeasible.
    pub forbidden: Vec<Forbidden>,
    /// Sums that must stay within bounds.
    pub sums: Vec<SumRule>,
    /// Combinations a party never accepts; one literal or more.
    pub red_lines: Vec<Forbidden>,
    /// Per party, what a scaled unit is.
    pub scales: Vec<Scale>,
    /// How many issues and parties the scenario has in all, for [`Problem::outcome`].
    issue_count: usize,
}

impl Problem {
    /// An additive problem without constants, caps or rules, for callers who
    /// have numbers rather than a scenario (and for tests).
    ///
    /// `options` maps each issue's options to the scenario's; `tables` holds
    /// `[option * parties + party]` per issue.
    #[must_use]
    pub fn from_parts(
        issues: Vec<usize>,
        options: Vec<Vec<usize>>,
        parties: usize,
        tables: Vec<Vec<i64>>,
        reservations: Vec<i64>,
        scales: Vec<Scale>,
    ) -> Self {
        Self {
            issue_count: issues.len(),
            issues,
            options,
            parties,
            tables,
            factors: Vec::new(),
            constants: vec![0; parties],
            caps: vec![None; parties],
            reservations,
            forbidden: Vec::new(),
            sums: Vec::new(),
            red_lines: Vec::new(),
            scales,
        }
    }

    /// How many options issue `issue` has here.
    #[must_use]
    pub fn size(&self, issue: usize) -> usize {
        self.options[issue].len()
    }

    /// What option `option` of `issue` adds to each party's utility.
    #[must_use]
    pub fn row(&self, issue: usize, option: usize) -> &[i64] {
        &self.tables[issue][option * self.parties..(option + 1) * self.parties]
    }

    /// The scaled utilities of an assignment (one option per issue), caps applied.
    #[must_use]
    pub fn utilities(&self, assignment: &[usize]) -> Vec<i64> {
        let mut total = self.constants.clone();
        for (issue, &option) in assignment.iter().enumerate() {
            for (sum, value) in total.iter_mut().zip(self.row(issue, option)) {
                *sum += value;
            }
        }
        for factor in &self.factors {
            if holds(&factor.literals, assignment) {
                total[factor.party] += factor.value;
            }
        }
        self.cap(&mut total);
        total
    }

    /// Cuts every utility to its party's cap.
    pub fn cap(&self, utilities: &mut [i64]) {
        for (value, cap) in utilities.iter_mut().zip(&self.caps) {
            if let Some(cap) = cap {
                *value = (*value).min(*cap);
            }
        }
    }

    /// Whether any party's utility is capped.
    #[must_use]
    pub fn has_caps(&self) -> bool {
        self.caps.iter().any(Option::is_some)
    }

    /// Whether an assignment obeys every constraint (red lines apart).
    #[must_use]
    pub fn is_feasible(&self, assignment: &[usize]) -> bool {
        !self.forbidden.iter().any(|f| holds(&f.literals, assignment))
            && self.sums.iter().all(|s| s.holds(assignment))
    }

    /// Whether an assignment crosses no party's red line.
    #[must_use]
    pub fn respects_red_lines(&self, assignment: &[usize]) -> bool {
        !self.red_lines.iter().any(|f| holds(&f.literals, assignment))
    }

    /// The same problem with red lines made constraints: its feasible outcomes
    /// are those that cross no red line.
    #[must_use]
    pub fn with_red_lines_as_constraints(&self) -> Self {
        let mut problem = self.clone();
        problem.forbidden.append(&mut problem.red_lines);
        problem
    }

    /// The scenario's outcome for an assignment; divisible issues are left
    /// without shares.
    #[must_use]
    pub fn outcome(&self, assignment: &[usize]) -> Outcome {
        use detente_model::Choice;
        let mut choices = vec![Choice::Shares(Vec::new()); self.issue_count];
        for (issue, &option) in assignment.iter().enumerate() {
            choices[self.issues[issue]] = Choice::Option(self.options[issue][option]);
        }
        Outcome(choices)
    }

    /// The assignment of a scenario's outcome; `None` when it settles an issue
    /// by an option that is not here (infeasible by itself) or not at all.
    #[must_use]
    pub fn assignment(&self, outcome: &Outcome) -> Option<Vec<usize>> {
        self.issues
            .iter()
            .zip(&self.options)
            .map(|(&issue, options)| {
                let option = outcome.option(issue)?;
                options.binary_search(&option).ok()
            })
            .collect()
    }

    /// Utilities in each party's own units.
    #[must_use]
    pub fn in_own_units(&self, utilities: &[i64]) -> Vec<f64> {
        utilities.iter().zip(&self.scales).map(|(&u, s)| s.to_f64(u)).collect()
    }

    /// Gains over no agreement.
    #[must_use]
    pub fn gains(&self, utilities: &[i64]) -> Vec<i64> {
        utilities.iter().zip(&self.reservations).map(|(u, r)| u - r).collect()
    }

    /// Whether every utility is exact (see [`Scale::exact`]).
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.scales.iter().all(|s| s.exact)
    }
}

/// Whether all literals hold for an assignment.
#[must_use]
pub fn holds(literals: &[Literal], assignment: &[usize]) -> bool {
    literals.iter().all(|l| l.mask[assignment[l.issue]])
}

/// What each option adds to a utility of rows and bonuses (values that count
/// where all literals hold), the other issues' options drawn evenly.
#[must_use]
pub fn averaged<'a>(
    mut rows: Vec<Vec<f64>>,
    bonuses: impl IntoIterator<Item = (&'a [Literal], i64)>,
) -> Vec<Vec<f64>> {
    for (literals, value) in bonuses {
        for literal in literals {
            let others = literals.iter().filter(|l| l.issue != literal.issue);
            let chance: f64 = others
                .map(|l| l.mask.iter().filter(|&&m| m).count() as f64 / l.mask.len() as f64)
                .product();
            for (slot, &within) in rows[literal.issue].iter_mut().zip(&literal.mask) {
                if within {
                    *slot += value as f64 * chance;
                }
            }
        }
    }
    rows
}

impl SumRule {
    /// Whether the assignment's sum is within bounds.
    #[must_use]
    pub fn holds(&self, assignment: &[usize]) -> bool {
        let sum: i64 = self.terms.iter().map(|(issue, amounts)| amounts[assignment[*issue]]).sum();
        (self.at_least..=self.at_most).contains(&sum)
    }
}
