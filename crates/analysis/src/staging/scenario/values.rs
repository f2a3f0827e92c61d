//! A scenario's values, and which of its outcomes come into question.

use super::MOST_OUTCOMES;
use crate::solved::Solved;
use crate::staging::at_home::Worth;
use crate::staging::{CaseError, Rational, parts_of};
use detente_model::staging::NamedRatification;
use detente_model::{Number, Outcome, Scenario};
use num_traits::{FromPrimitive, Signed, ToPrimitive, Zero};

/// Most efficient deals taken where there are more outcomes.
const MOST_EFFICIENT: usize = 300;
/// Most options of an issue that become deliverables.
const MOST_OPTIONS: u64 = 200;

/// A scenario's values, exactly where they are exact.
pub struct Values<'s> {
    pub(super) scenario: &'s Scenario,
    pub(super) reserves: Vec<Rational>,
    pub(super) discount: Vec<Rational>,
    /// Per issue, option and party.
    pub(super) options: Vec<Vec<Vec<Rational>>>,
    /// The outcome that is worth to every party what no deal is, if there is one.
    pub(super) no_deal: Option<Vec<usize>>,
    /// Per issue and party: its part of what no deal is worth.
    pub(super) base: Vec<Vec<Rational>>,
}

fn rational(number: &Number) -> Rational {
    number.as_rational().clone()
}

fn from_double(value: f64) -> Rational {
    Rational::from_f64(value).unwrap_or_else(Rational::zero)
}

impl<'s> Values<'s> {
    /// Takes the values of a scenario apart, issue by issue.
    ///
    /// # Errors
    /// [`CaseError`] where orders only are known, or an issue is shared out or
    /// has too many options.
    pub fn new(scenario: &'s Scenario) -> Result<Self, CaseError> {
        let Some(utilities) = scenario.utilities() else {
            return Err(CaseError(
                "a party's preferences are orders only; staging needs numbers for every party"
                    .into(),
            ));
        };
        if let Some(issue) = scenario.issues().iter().find(|i| i.is_divisible()) {
            return Err(CaseError(format!(
                "`{}` is shared out; staging needs options that can be carried out in steps",
                issue.name
            )));
        }
        let mut options = Vec::new();
        for (k, issue) in scenario.issues().iter().enumerate() {
            let count = issue.len().filter(|n| *n <= MOST_OPTIONS).ok_or_else(|| {
                CaseError(format!("`{}` has more than {MOST_OPTIONS} options", issue.name))
            })?;
            let row = (0..count as usize)
                .map(|o| {
                    utilities
                        .iter()
                        .map(|u| match &u.issues[k] {
                            None => Rational::zero(),
                            Some(v) => {
                                let worth = v.value.at(issue, o).times(&v.weight);
                                worth.exact().map_or_else(|| from_double(worth.to_f64()), rational)
                            }
                        })
                        .collect()
                })
                .collect();
            options.push(row);
        }
        let reserves: Vec<Rational> = utilities.iter().map(|u| rational(&u.reservation)).collect();
        let discount = utilities.iter().map(|u| rational(&u.discount)).collect();
        let mut values =
            Self { scenario, reserves, discount, options, no_deal: None, base: Vec::new() };
        let constants: Vec<Rational> = utilities.iter().map(|u| rational(&u.constant)).collect();
        if scenario.outcome_count().to_u32().is_some_and(|n| n <= MOST_OUTCOMES) {
            let mut all = values.every_outcome().into_iter();
            values.no_deal = all.find(|x| values.worth(x) == values.reserves);
        }
        values.base = match &values.no_deal {
            Some(x) => x.iter().enumerate().map(|(k, &o)| values.options[k][o].clone()).collect(),
            None => values.shared_out(&constants),
        };
        Ok(values)
    }

    /// Whether a ratification question is about this scenario's issues and
    /// options, in its order.
    #[must_use]
    pub fn are_about(&self, named: &NamedRatification) -> bool {
        named.issues.len() == self.options.len()
            && named.issues.iter().zip(self.scenario.issues()).all(|((name, options), issue)| {
                *name == issue.name
                    && options.iter().enumerate().all(|(o, n)| *n == issue.option_name(o))
            })
            && named.question.sizes.iter().zip(&self.options).all(|(s, o)| *s == o.len())
    }

    /// What no deal is worth, shared out over the issues in proportion to how
    /// much each can move the party.
    fn shared_out(&self, constants: &[Rational]) -> Vec<Vec<Rational>> {
        let n = self.reserves.len();
        let ends = |k: usize, i: usize| -> (Rational, Rational) {
            let row = self.options[k].iter().map(|o| &o[i]);
            let zero = Rational::zero();
            (row.clone().min().unwrap_or(&zero).clone(), row.max().unwrap_or(&zero).clone())
        };
        let mut base = vec![vec![Rational::zero(); n]; self.options.len()];
        for i in 0..n {
            let ends: Vec<(Rational, Rational)> =
                (0..self.options.len()).map(|k| ends(k, i)).collect();
            let least: Rational = ends.iter().map(|(low, _)| low).sum();
            let span: Rational = ends.iter().map(|(low, high)| high - low).sum();
            let above = &self.reserves[i] - &constants[i] - least;
            for (k, (low, high)) in ends.iter().enumerate() {
                base[k][i] = if span.is_zero() {
                    low + &above / Rational::from_integer(ends.len().into())
                } else {
                    low + &above * (high - low) / &span
                };
            }
        }
        base
    }

    fn every_outcome(&self) -> Vec<Vec<usize>> {
        let most: Vec<usize> = self.options.iter().map(|o| o.len() - 1).collect();
        parts_of(&most)
    }

    pub(super) fn name(&self, outcome: &[usize]) -> String {
        let parts: Vec<String> = self
            .scenario
            .issues()
            .iter()
            .zip(outcome)
            .map(|(issue, &o)| format!("{}={}", issue.name, issue.option_name(o)))
            .collect();
        parts.join(", ")
    }

    /// Every acceptable outcome, in order.
    pub(super) fn acceptable(&self) -> Vec<Vec<usize>> {
        let mut all = self.every_outcome();
        all.retain(|x| {
            let worth = self.worth(x);
            self.is_feasible(x)
                && self.crosses_no_red_line(x)
                && worth.iter().zip(&self.reserves).all(|(u, r)| u >= r)
        });
        all
    }

    /// The acceptable ones among the efficient and fair deals found.
    pub(super) fn efficient(&self, solved: &Solved) -> Vec<Vec<usize>> {
        let fair = solved.solutions.iter().map(|s| &s.deal.outcome);
        let efficient = solved.frontier.deals.iter().map(|d| &d.outcome).take(MOST_EFFICIENT);
        let options = |x: &Outcome| -> Option<Vec<usize>> {
            (0..self.options.len()).map(|k| x.option(k)).collect()
        };
        let mut all: Vec<Vec<usize>> = fair.chain(efficient).filter_map(options).collect();
        all.retain(|x| {
            let gains = self.worth(x).into_iter().zip(&self.reserves).map(|(u, r)| u - r);
            self.crosses_no_red_line(x) && gains.into_iter().all(|g| !g.is_negative())
        });
        all.sort();
        all.dedup();
        all
    }
}

impl Worth for Values<'_> {
    fn worth(&self, outcome: &[usize]) -> Vec<Rational> {
        let outcome = Outcome::from_options(outcome.iter().copied());
        (0..self.reserves.len())
            .map(|i| match self.scenario.utility(i, &outcome) {
                Some(u) => u.exact().map_or_else(|| from_double(u.to_f64()), rational),
                None => Rational::zero(),
            })
            .collect()
    }

    fn reserves(&self) -> Vec<Rational> {
        self.reserves.clone()
    }

    fn is_feasible(&self, outcome: &[usize]) -> bool {
        self.scenario.is_feasible(&Outcome::from_options(outcome.iter().copied()))
    }

    fn crosses_no_red_line(&self, outcome: &[usize]) -> bool {
        let outcome = Outcome::from_options(outcome.iter().copied());
        let preferences = self.scenario.preferences().iter();
        !preferences.flat_map(|p| &p.red_lines).any(|line| line.is_crossed(&outcome))
    }
}
