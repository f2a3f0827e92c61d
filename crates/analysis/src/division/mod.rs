//! Fair division: issues that are shared out between the parties.
//!
//! Each party's utility is a discrete part (its utility for the options of
//! the other issues) plus, for every divisible issue, worth × share. No
//! constraint, red line or interaction mentions a divisible issue, so each
//! undominated discrete part spans a convex set of utility vectors, and the
//! possible outcomes are the union of those sets.
//!
//! - Two parties: everything is exact in rationals. The frontier of one part
//!   is a polyline whose corners come from giving issues in the order of the
//!   two sides' worth ratios; the frontier of all parts is the upper envelope
//!   of the shifted polylines; each rule's best point on a straight piece has
//!   a closed form.
//! - More parties: linear rules (egalitarian, Kalai–Smorodinsky,
//!   utilitarian) by an exact simplex method in rationals; Nash by an
//!   interior-point method whose answer is then made exact and verified
//!   ([`nash`]), or else bounded.
//!
//! Solutions follow the definitions of the design (gains over the reservation
//! value; unanimity). [`adjusted_winner`] is Brams and Taylor's procedure.
//! [`lottery`] applies the same rules to expected utilities.

pub mod adjusted_winner;
mod bilateral;
pub mod convex;
mod envelope;
mod leximin;
pub mod lottery;
mod multilateral;
pub mod nash;
pub mod simplex;
#[cfg(test)]
mod tests;

use crate::budget::Budget;
use crate::frontier::{Completeness, Frontier};
use crate::problem::{CompileError, Problem};
use crate::solved::{Deal, FrontierOfDeals, SolutionDeal, SolutionRule};
use detente_model::{AcceptanceRule, Choice, Number, Outcome, Scenario, ValueFunction};
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Exact arithmetic throughout this module.
pub(crate) type Q = BigRational;

/// Why a scenario's divisible issues cannot be shared out here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DivisionError {
    /// The discrete part cannot be compiled.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// A cap can bind among three or more parties who share issues out.
    #[error(
        "the utility of party `{0}` is capped where shares can reach the cap: \
         this is computed for two parties only"
    )]
    CapAmongMany(String),
    /// Solutions over shares are defined here for unanimity.
    #[error("fair shares are computed only where every party must accept")]
    NotUnanimous,
}

/// The frontier and the fair deals of a scenario with divisible issues.
#[derive(Debug, Clone, PartialEq)]
pub struct Divided {
    /// Two parties: the corners, first party's best first. Two neighbours are
    /// joined by a straight line when their options on the other issues are
    /// the same; otherwise the frontier jumps there, and the corner with the
    /// smaller first utility may be a limit that its neighbour dominates.
    /// More parties: empty, and marked as skipped.
    pub frontier: FrontierOfDeals,
    /// One per rule; empty without agreement.
    pub solutions: Vec<SolutionDeal>,
    /// Whether some outcome is acceptable to all; `None` when the budget or an
    /// incomplete list of discrete parts leaves it open.
    pub agreement_possible: Option<bool>,
    /// Each party's best acceptable utility; empty without agreement.
    pub ideals: Vec<f64>,
    /// Whether every figure but those marked as not optimal is exact.
    pub exact: bool,
}

/// A scenario's divisible issues, in rationals, beside its discrete part.
#[derive(Debug, Clone)]
pub struct Division<'a> {
    scenario: &'a Scenario,
    problem: &'a Problem,
    /// Scenario index of each divisible issue.
    pub issues: Vec<usize>,
    /// `[party][divisible issue]`: what the whole is worth; never negative.
    pub(crate) worth: Vec<Vec<Q>>,
    pub(crate) reservations: Vec<Q>,
    pub(crate) caps: Vec<Option<Q>>,
}

/// What a divisible issue as a whole is worth to each party: `[party][divisible issue]`,
/// with the scenario's indices of those issues. `None` when a party has orders only.
#[must_use]
pub fn worths(scenario: &Scenario) -> Option<(Vec<usize>, Vec<Vec<Number>>)> {
    let issues: Vec<usize> =
        (0..scenario.issues().len()).filter(|&i| scenario.issues()[i].is_divisible()).collect();
    let worth = scenario
        .utilities()?
        .into_iter()
        .map(|utility| {
            issues
                .iter()
                .map(|&issue| match utility.issues.get(issue).and_then(Option::as_ref) {
                    Some(value) => match &value.value {
                        ValueFunction::Share(whole) => whole * &value.weight,
                        _ => Number::zero(),
                    },
                    None => Number::zero(),
                })
                .collect()
        })
        .collect();
    Some((issues, worth))
}

impl<'a> Division<'a> {
    /// Reads the divisible issues of a scenario; `problem` is its compiled discrete part.
    ///
    /// # Errors
    /// [`DivisionError`] when a party has orders only, when the acceptance
    /// rule is not unanimity, or when a cap could bind among three or more parties.
    pub fn new(scenario: &'a Scenario, problem: &'a Problem) -> Result<Self, DivisionError> {
        if *scenario.acceptance() != AcceptanceRule::Unanimity {
            return Err(DivisionError::NotUnanimous);
        }
        let (Some((issues, worth)), Some(utilities)) = (worths(scenario), scenario.utilities())
        else {
            let silent = scenario.preferences().iter().position(|p| p.utility().is_none());
            let id = silent.map_or_else(String::new, |p| scenario.parties()[p].id.clone());
            return Err(DivisionError::Compile(CompileError::OrdinalOnly(id)));
        };
        let worth: Vec<Vec<Q>> =
            worth.iter().map(|w| w.iter().map(|n| n.as_rational().clone()).collect()).collect();
        let rational = |n: &Number| n.as_rational().clone();
        let reservations = utilities.iter().map(|u| rational(&u.reservation)).collect();
        let mut caps = vec![None; worth.len()];
        for (party, utility) in utilities.iter().enumerate() {
            let Some(cap) = &utility.cap else { continue };
            let shares: Q = worth[party].iter().sum();
            if shares.is_zero() {
                // The discrete part is capped already.
                continue;
            }
            if worth.len() > 2 {
                return Err(DivisionError::CapAmongMany(scenario.parties()[party].id.clone()));
            }
            caps[party] = Some(rational(cap));
        }
        Ok(Self { scenario, problem, issues, worth, reservations, caps })
    }

    fn parties(&self) -> usize {
        self.worth.len()
    }

    /// The utilities of a discrete part, before shares.
    fn base(&self, utilities: &[i64]) -> Vec<Q> {
        utilities
            .iter()
            .zip(&self.problem.scales)
            .map(|(&u, scale)| scale.to_number(u).as_rational().clone())
            .collect()
    }

    /// The scenario's outcome: a discrete part and `shares[divisible issue][party]`.
    fn outcome(&self, assignment: &[usize], shares: Vec<Vec<Q>>) -> Outcome {
        let partial = self.problem.outcome(assignment);
        let mut choices = vec![Choice::Shares(Vec::new()); self.scenario.issues().len()];
        for (issue, slot) in choices.iter_mut().enumerate() {
            if let Some(option) = partial.option(issue) {
                *slot = Choice::Option(option);
            }
        }
        for (&issue, row) in self.issues.iter().zip(shares) {
            choices[issue] = Choice::Shares(row.into_iter().map(Number::from).collect());
        }
        Outcome(choices)
    }

    fn deal(&self, assignment: &[usize], shares: Vec<Vec<Q>>, utilities: &[Q]) -> Deal {
        Deal {
            outcome: self.outcome(assignment, shares),
            utilities: utilities.iter().map(to_f64).collect(),
        }
    }

    /// No outcome is worth more than this to a party, acceptable or not.
    fn ceiling(&self, party: usize) -> Q {
        let problem = self.problem;
        let parties = self.parties();
        let mut scaled = i128::from(problem.constants[party]);
        for table in &problem.tables {
            scaled +=
                i128::from(table.iter().skip(party).step_by(parties).copied().max().unwrap_or(0));
        }
        for factor in problem.factors.iter().filter(|f| f.party == party && f.value > 0) {
            scaled += i128::from(factor.value);
        }
        let unit = Q::from_integer(problem.scales[party].denominator.clone());
        let total = Q::from_integer(scaled.into()) / unit + self.worth[party].iter().sum::<Q>();
        match &self.caps[party] {
            Some(cap) if *cap < total => cap.clone(),
            _ => total,
        }
    }

    /// An upper bound of a rule's value that needs no search.
    fn trivial_bound(&self, rule: SolutionRule) -> f64 {
        let parties = self.parties();
        let ceilings: Vec<Q> = (0..parties).map(|p| self.ceiling(p)).collect();
        let gains =
            || ceilings.iter().zip(&self.reservations).map(|(c, r)| to_f64(&(c - r)).max(0.0));
        match rule {
            SolutionRule::Nash => gains().product(),
            SolutionRule::KalaiSmorodinsky => 1.0,
            SolutionRule::Egalitarian => gains().fold(f64::INFINITY, f64::min),
            SolutionRule::Utilitarian => to_f64(&ceilings.iter().sum()),
            SolutionRule::UtilitarianRescaled => parties as f64,
        }
    }

    /// The frontier and the fair deals.
    ///
    /// `feasible`: the frontier of the discrete part ([`crate::frontier::frontier`] of the
    /// problem). `acceptable`: the same for the problem with its red lines
    /// made constraints ([`Problem::with_red_lines_as_constraints`]); the same
    /// value when there are none. Reservation values play no part in either.
    #[must_use]
    pub fn solve(
        &self,
        feasible: &Frontier,
        acceptable: &Frontier,
        budget: &Budget<'_>,
    ) -> Divided {
        if self.parties() == 2 {
            bilateral::solve(self, feasible, acceptable, budget)
        } else {
            multilateral::solve(self, acceptable, budget)
        }
    }
}

/// The frontier and the fair deals of a scenario with divisible issues, all
/// in one call.
///
/// # Errors
/// [`DivisionError`] when it cannot be compiled.
pub fn solve(scenario: &Scenario, budget: &Budget<'_>) -> Result<Divided, DivisionError> {
    let problem = Problem::new(scenario)?;
    let division = Division::new(scenario, &problem)?;
    let feasible = crate::frontier::frontier(&problem, budget);
    let acceptable = if problem.red_lines.is_empty() {
        feasible.clone()
    } else {
        crate::frontier::frontier(&problem.with_red_lines_as_constraints(), budget)
    };
    Ok(division.solve(&feasible, &acceptable, budget))
}

/// The value a rule gives to a vector of gains; the meaning is that of the design.
pub(crate) fn rule_value(
    rule: SolutionRule,
    gains: &[Q],
    ideal_gains: &[Q],
    reservations: &[Q],
) -> Q {
    match rule {
        SolutionRule::Nash => gains.iter().fold(Q::one(), |p, g| p * g),
        SolutionRule::Egalitarian => gains.iter().min().cloned().unwrap_or_else(Q::zero),
        SolutionRule::KalaiSmorodinsky => {
            ratios(gains, ideal_gains).into_iter().min().unwrap_or_else(Q::one)
        }
        SolutionRule::Utilitarian => gains.iter().zip(reservations).map(|(g, r)| g + r).sum(),
        SolutionRule::UtilitarianRescaled => ratios(gains, ideal_gains).into_iter().sum(),
    }
}

/// Gains over ideal gains, parties whose ideal gain is zero left out.
pub(crate) fn ratios(gains: &[Q], ideal_gains: &[Q]) -> Vec<Q> {
    gains.iter().zip(ideal_gains).filter(|(_, i)| i.is_positive()).map(|(g, i)| g / i).collect()
}

/// The values in ascending order, for comparison by leximin.
pub(crate) fn ascending(values: &[Q]) -> Vec<Q> {
    let mut sorted = values.to_vec();
    sorted.sort();
    sorted
}

/// What two vectors of gains are compared by under a rule: larger is better,
/// compared entry by entry. Ends with the tie rule, leximin of gains.
pub(crate) fn rule_key(rule: SolutionRule, gains: &[Q], ideal_gains: &[Q]) -> Vec<Q> {
    let mut key = match rule {
        SolutionRule::Nash => {
            let positive: Vec<&Q> = gains.iter().filter(|g| g.is_positive()).collect();
            let product = positive.iter().fold(Q::one(), |p, g| p * *g);
            vec![Q::from_integer(positive.len().into()), product]
        }
        SolutionRule::Egalitarian => Vec::new(),
        SolutionRule::KalaiSmorodinsky => ascending(&ratios(gains, ideal_gains)),
        SolutionRule::Utilitarian => vec![gains.iter().sum()],
        SolutionRule::UtilitarianRescaled => vec![ratios(gains, ideal_gains).into_iter().sum()],
    };
    key.extend(ascending(gains));
    key
}

/// The nearest double.
pub(crate) fn to_f64(value: &Q) -> f64 {
    Number::from(value.clone()).to_f64()
}

/// The rational a finite double is; zero for others.
pub(crate) fn from_f64(value: f64) -> Q {
    Q::from_float(value).unwrap_or_else(Q::zero)
}

/// Whether a list of discrete parts is all there is.
fn is_whole(frontier: &Frontier) -> bool {
    frontier.completeness == Completeness::Complete
}

/// The index of a position along a polyline, and how far beyond it.
fn split_position(at: &Q) -> (usize, Q) {
    let whole = at.floor();
    (whole.to_integer().to_usize().unwrap_or(0), at - whole)
}
