//! [`Scenario`] → [`Problem`].

use super::scale::Scaler;
use super::{Factor, Forbidden, Literal, Origin, Problem, SumRule};
use detente_model::constraint::{Amount, Term};
use detente_model::preference::When;
use detente_model::{Condition, Evaluated, Number, Rule, Scenario, Utility};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive};

/// More options than this in one issue are not tabulated.
const MOST_OPTIONS: u64 = 2_000_000;

/// Why a scenario cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// Some party gave orders only.
    #[error("party `{0}` gave orders, not numbers")]
    OrdinalOnly(String),
    /// An issue has too many options to tabulate.
    #[error(
        "issue `{issue}` has {options} options; at most {MOST_OPTIONS} can be analysed: use a larger step"
    )]
    TooManyOptions {
        /// Its name.
        issue: String,
        /// How many options it has.
        options: u64,
    },
    /// A sum constraint's figures do not fit 64 bits once made whole.
    #[error("the figures of constraint `{0}` have too many digits")]
    SumOutOfRange(String),
    /// The one-issue constraints leave an issue without an option.
    #[error("the constraints leave issue `{issue}` without any option")]
    NoOptionLeft {
        /// Its name.
        issue: String,
        /// The constraints (by index) that forbid its options.
        constraints: Vec<usize>,
    },
    /// A party's value for some option is not finite or is astronomically large.
    #[error("the values of party `{0}` are too large to compute with")]
    ValuesOutOfRange(String),
}

impl Problem {
    /// Compiles a scenario whose parties all have numeric preferences.
    ///
    /// # Errors
    /// [`CompileError`] when it cannot be done, with the issue or party named.
    pub fn new(scenario: &Scenario) -> Result<Self, CompileError> {
        Compiler::new(scenario)?.finish()
    }
}

struct Compiler<'a> {
    scenario: &'a Scenario,
    utilities: Vec<&'a Utility>,
    /// Scenario issue → issue here.
    index: Vec<Option<usize>>,
    /// Scenario option → option here, per issue here.
    kept: Vec<Vec<Option<usize>>>,
    problem: Problem,
}

impl<'a> Compiler<'a> {
    fn new(scenario: &'a Scenario) -> Result<Self, CompileError> {
        let mut utilities = Vec::new();
        for (party, preferences) in scenario.parties().iter().zip(scenario.preferences()) {
            match preferences.utility() {
                Some(utility) => utilities.push(utility),
                None => return Err(CompileError::OrdinalOnly(party.id.clone())),
            }
        }
        let mut index = vec![None; scenario.issues().len()];
        let mut issues = Vec::new();
        for (i, issue) in scenario.issues().iter().enumerate() {
            let Some(len) = issue.len() else { continue };
            if len > MOST_OPTIONS {
                return Err(CompileError::TooManyOptions {
                    issue: issue.name.clone(),
                    options: len,
                });
            }
            index[i] = Some(issues.len());
            issues.push(i);
        }
        let parties = utilities.len();
        let problem = Problem {
            options: Vec::new(),
            parties,
            tables: Vec::new(),
            factors: Vec::new(),
            constants: Vec::new(),
            caps: Vec::new(),
            reservations: Vec::new(),
            forbidden: Vec::new(),
            sums: Vec::new(),
            red_lines: Vec::new(),
            scales: Vec::new(),
            issue_count: scenario.issues().len(),
            issues,
        };
        let mut compiler = Self { scenario, utilities, index, kept: Vec::new(), problem };
        compiler.restrict_domains()?;
        Ok(compiler)
    }

    fn finish(mut self) -> Result<Problem, CompileError> {
        self.rules()?;
        self.red_lines();
        self.preferences()?;
        Ok(self.problem)
    }

    fn full_size(&self, issue: usize) -> usize {
        let len = self.scenario.issues()[self.problem.issues[issue]].len();
        usize::try_from(len.unwrap_or(0)).unwrap_or(usize::MAX)
    }

    /// One-issue constraints take options away.
    fn restrict_domains(&mut self) -> Result<(), CompileError> {
        let mut allowed: Vec<Vec<bool>> =
            (0..self.problem.issues.len()).map(|i| vec![true; self.full_size(i)]).collect();
        let mut by: Vec<Vec<usize>> = vec![Vec::new(); allowed.len()];
        for (number, constraint) in self.scenario.constraints().iter().enumerate() {
            let (conditions, want) = match &constraint.rule {
                Rule::Require(conditions) => (conditions.as_slice(), true),
                Rule::Forbid(conditions) if conditions.len() == 1 => (conditions.as_slice(), false),
                _ => continue,
            };
            for condition in conditions {
                let Some(issue) = self.index[condition.issue] else { continue };
                for (option, flag) in allowed[issue].iter_mut().enumerate() {
                    *flag &= condition.holds(option) == want;
                }
                by[issue].push(number);
            }
        }
        for (issue, flags) in allowed.iter().enumerate() {
            let options: Vec<usize> = (0..flags.len()).filter(|&o| flags[o]).collect();
            if options.is_empty() {
                let name = self.scenario.issues()[self.problem.issues[issue]].name.clone();
                return Err(CompileError::NoOptionLeft {
                    issue: name,
                    constraints: by[issue].clone(),
                });
            }
            let mut kept = vec![None; flags.len()];
            for (new, &old) in options.iter().enumerate() {
                kept[old] = Some(new);
            }
            self.kept.push(kept);
            self.problem.options.push(options);
        }
        Ok(())
    }

    /// A condition as a literal over the options that are left.
    fn literal(&self, condition: &Condition, negated: bool) -> Option<Literal> {
        let issue = self.index[condition.issue]?;
        let mask =
            self.problem.options[issue].iter().map(|&o| condition.holds(o) != negated).collect();
        Some(Literal { issue, mask })
    }

    /// A conjunction in normal form: `None` when it can never hold; literals
    /// that always hold are left out.
    fn conjunction(&self, literals: impl IntoIterator<Item = Literal>) -> Option<Vec<Literal>> {
        let mut merged: Vec<Literal> = Vec::new();
        for literal in literals {
            match merged.iter_mut().find(|l| l.issue == literal.issue) {
                Some(same) => same.mask.iter_mut().zip(&literal.mask).for_each(|(a, b)| *a &= b),
                None => merged.push(literal),
            }
        }
        if merged.iter().any(|l| !l.mask.contains(&true)) {
            return None;
        }
        merged.retain(|l| l.mask.contains(&false));
        merged.sort_by_key(|l| l.issue);
        Some(merged)
    }

    fn rules(&mut self) -> Result<(), CompileError> {
        for (number, constraint) in self.scenario.constraints().iter().enumerate() {
            let origin = Origin::Constraint(number);
            match &constraint.rule {
                Rule::Require(_) => {}
                Rule::Forbid(conditions) if conditions.len() == 1 => {}
                Rule::Forbid(conditions) => {
                    let literals: Vec<_> =
                        conditions.iter().filter_map(|c| self.literal(c, false)).collect();
                    self.forbid(literals, origin);
                }
                Rule::Implies { when, then } => {
                    for consequence in then {
                        let literals: Vec<_> = when
                            .iter()
                            .filter_map(|c| self.literal(c, false))
                            .chain(self.literal(consequence, true))
                            .collect();
                        self.forbid(literals, origin);
                    }
                }
                Rule::Count { of, at_least, at_most } => {
                    let mut terms: Vec<(usize, Vec<i64>)> = Vec::new();
                    for literal in of.iter().filter_map(|c| self.literal(c, false)) {
                        let amounts = literal.mask.iter().map(|&m| i64::from(m)).collect();
                        add_term(&mut terms, literal.issue, amounts);
                    }
                    let bound = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
                    let (at_least, at_most) = (bound(*at_least), bound(*at_most));
                    self.problem.sums.push(SumRule { terms, at_least, at_most, origin });
                }
                Rule::Sum { terms, at_least, at_most } => {
                    let sum = self
                        .sum(terms, at_least.as_ref(), at_most.as_ref(), origin)
                        .ok_or_else(|| CompileError::SumOutOfRange(constraint.name.clone()))?;
                    self.problem.sums.push(sum);
                }
            }
        }
        Ok(())
    }

    fn forbid(&mut self, literals: Vec<Literal>, origin: Origin) {
        if let Some(literals) = self.conjunction(literals) {
            self.problem.forbidden.push(Forbidden { literals, origin });
        }
    }

    fn sum(
        &self,
        terms: &[Term],
        at_least: Option<&Number>,
        at_most: Option<&Number>,
        origin: Origin,
    ) -> Option<SumRule> {
        let mut amounts: Vec<(usize, Vec<Number>)> = Vec::new();
        let mut denominator = BigInt::one();
        for term in terms {
            let Some(issue) = self.index[term.issue] else { continue };
            let model_issue = &self.scenario.issues()[term.issue];
            let row: Option<Vec<Number>> = self.problem.options[issue]
                .iter()
                .map(|&option| match &term.amount {
                    Amount::Times(factor) => model_issue.numeric_value(option).map(|n| &n * factor),
                    Amount::PerOption(amounts) => amounts.get(option).cloned(),
                })
                .collect();
            let row = row?;
            denominator = row.iter().fold(denominator, |d, n| d.lcm(n.as_rational().denom()));
            amounts.push((issue, row));
        }
        let unit = num_rational::BigRational::from_integer(denominator);
        let whole = |n: &Number| {
            (n.as_rational() * &unit).to_integer().to_i64().filter(|v| v.unsigned_abs() < 1 << 50)
        };
        let mut scaled = Vec::new();
        for (issue, row) in &amounts {
            let row: Option<Vec<i64>> = row.iter().map(whole).collect();
            add_term(&mut scaled, *issue, row?);
        }
        let bound = |n: &Number, up: bool| {
            let value = n.as_rational() * &unit;
            let value = if up { value.ceil() } else { value.floor() };
            value.to_integer().to_i64()
        };
        Some(SumRule {
            terms: scaled,
            at_least: at_least.map_or(Some(i64::MIN), |n| bound(n, true))?,
            at_most: at_most.map_or(Some(i64::MAX), |n| bound(n, false))?,
            origin,
        })
    }

    fn red_lines(&mut self) {
        for (party, preferences) in self.scenario.preferences().iter().enumerate() {
            for (number, line) in preferences.red_lines.iter().enumerate() {
                let literals: Vec<_> =
                    line.conditions.iter().filter_map(|c| self.literal(c, false)).collect();
                if let Some(literals) = self.conjunction(literals) {
                    let origin = Origin::RedLine(party, number);
                    self.problem.red_lines.push(Forbidden { literals, origin });
                }
            }
        }
    }

    fn preferences(&mut self) -> Result<(), CompileError> {
        let sizes: Vec<usize> =
            (0..self.problem.issues.len()).map(|i| self.problem.size(i)).collect();
        self.problem.tables = sizes.iter().map(|n| vec![0; n * self.problem.parties]).collect();
        for party in 0..self.problem.parties {
            let collected = self.contributions(party);
            let name = || self.scenario.parties()[party].id.clone();
            let magnitude =
                collected.magnitude().ok_or_else(|| CompileError::ValuesOutOfRange(name()))?;
            let scaler = Scaler::new(collected.all(), &magnitude);
            let parties = self.problem.parties;
            let noise = (collected.tables.len() + collected.factors.len() + 2) as i64;
            for (table, rows) in self.problem.tables.iter_mut().zip(&collected.tables) {
                for (option, value) in rows.iter().enumerate() {
                    table[option * parties + party] = scaler.scaled(value);
                }
            }
            for (literals, value) in collected.factors {
                let value = scaler.scaled(&value);
                if value != 0 {
                    self.problem.factors.push(Factor { party, literals, value });
                }
            }
            self.problem.constants.push(scaler.scaled(&collected.constant));
            self.problem.caps.push(collected.cap.as_ref().map(|c| scaler.scaled(c)));
            // Rounded contributions may sum to a few units less than the truth:
            // that must not make an outcome unacceptable.
            let noise = if scaler.is_exact() { 0 } else { noise };
            self.problem.reservations.push(scaler.scaled(&collected.reservation) - noise);
            self.problem.scales.push(scaler.finish());
        }
        Ok(())
    }

    /// What each option and combination adds to one party's utility, before scaling.
    fn contributions(&self, party: usize) -> Contributions {
        let utility = self.utilities[party];
        let zero = Evaluated::Exact(Number::zero());
        let mut tables = Vec::new();
        for (issue, &model_index) in self.problem.issues.iter().enumerate() {
            let model_issue = &self.scenario.issues()[model_index];
            let row = match &utility.issues[model_index] {
                Some(value) => self.problem.options[issue]
                    .iter()
                    .map(|&o| value.value.at(model_issue, o).times(&value.weight))
                    .collect(),
                None => vec![zero.clone(); self.problem.size(issue)],
            };
            tables.push(row);
        }
        let mut constant = Evaluated::Exact(utility.constant.clone());
        let mut factors = Vec::new();
        for interaction in &utility.interactions {
            let literals: Vec<_> =
                interaction.conditions.iter().filter_map(|c| self.literal(c, false)).collect();
            let mut value = Evaluated::Exact(interaction.value.clone());
            if interaction.when == When::NotAll {
                // v unless all hold = v always, less v where all hold.
                constant = constant.plus(&value);
                value = value.times(&Number::from(-1));
            }
            let Some(literals) = self.conjunction(literals) else { continue };
            match literals.as_slice() {
                [] => constant = constant.plus(&value),
                [literal] => {
                    for (slot, _) in
                        tables[literal.issue].iter_mut().zip(&literal.mask).filter(|(_, m)| **m)
                    {
                        *slot = slot.plus(&value);
                    }
                }
                _ => factors.push((literals, value)),
            }
        }
        Contributions {
            tables,
            factors,
            constant,
            cap: utility.cap.clone().map(Evaluated::Exact),
            reservation: Evaluated::Exact(utility.reservation.clone()),
        }
    }
}

struct Contributions {
    tables: Vec<Vec<Evaluated>>,
    factors: Vec<(Vec<Literal>, Evaluated)>,
    constant: Evaluated,
    cap: Option<Evaluated>,
    reservation: Evaluated,
}

impl Contributions {
    fn all(&self) -> impl Iterator<Item = &Evaluated> + Clone {
        let tables = self.tables.iter().flatten();
        let factors = self.factors.iter().map(|(_, value)| value);
        tables.chain(factors).chain([&self.constant, &self.reservation]).chain(&self.cap)
    }

    /// An upper bound of every |utility| and of the reservation value; `None`
    /// when some value is not finite.
    fn magnitude(&self) -> Option<Number> {
        let size = |value: &Evaluated| match value {
            Evaluated::Exact(number) => Some(number.abs()),
            Evaluated::Real(real) => Number::from_f64(real.abs()),
        };
        let mut total = &size(&self.constant)? + &size(&self.reservation)?;
        for row in &self.tables {
            let mut most = Number::zero();
            for value in row {
                most = most.max(size(value)?);
            }
            total = &total + &most;
        }
        for (_, value) in &self.factors {
            total = &total + &size(value)?;
        }
        if let Some(cap) = &self.cap {
            total = &total + &size(cap)?;
        }
        // Beyond this even rounded units of 1 would overflow.
        (total.to_f64() < 1e15).then_some(total)
    }
}

/// Adds amounts to a sum's terms, merging those of one issue.
fn add_term(terms: &mut Vec<(usize, Vec<i64>)>, issue: usize, amounts: Vec<i64>) {
    match terms.iter_mut().find(|(i, _)| *i == issue) {
        Some((_, row)) => row.iter_mut().zip(amounts).for_each(|(a, b)| *a += b),
        None => terms.push((issue, amounts)),
    }
}
