//! Which broad deals can be carried out from where things stand, and what
//! they give, seen from the status quo.

use super::InterimQuestion;
use crate::staging::planner::{Effort, reachable_values};
use crate::staging::value::breakdown;
use crate::staging::{BroadDeal, Case, CaseError, Rational};
use num_traits::{One, Zero};

/// Deals that can be carried out, and the best smallest gain among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attainable {
    /// Which deals.
    pub deals: Vec<usize>,
    /// The largest minimum weighted gain any plan for any of them gives.
    pub gain: Option<Rational>,
}

impl InterimQuestion {
    /// The case of one broad deal from a given state that stands.
    #[must_use]
    pub fn case(&self, deal: &BroadDeal, start: &[usize], after: bool) -> Case {
        let mut case = self.instance.with_deal(deal);
        case.start = start.to_vec();
        case.standing = start.to_vec();
        if after {
            if let Some(hazard) = &self.after.hazard {
                case.hazard.clone_from(hazard);
            }
            if let Some(caps) = &self.after.exposure_cap {
                case.exposure_cap.clone_from(caps);
            }
            if let Some(margin) = &self.after.margin {
                case.margin.clone_from(margin);
            }
        }
        case
    }

    pub(super) fn lumps(&self, state: &[usize]) -> Vec<Rational> {
        let mut case = self.instance.clone();
        case.start = self.nothing();
        case.target = state.to_vec();
        case.total_lumps()
    }

    pub(super) fn standing_case(&self) -> Case {
        let mut case = self.instance.clone();
        case.standing.clone_from(&self.interim);
        case
    }

    pub(super) fn instance_at_zero(&self) -> Case {
        let mut case = self.instance.clone();
        case.standing = self.nothing();
        case
    }

    pub(super) fn durable(case: &Case) -> bool {
        let end = breakdown(case, &case.target);
        case.residual.iter().zip(&end).all(|(c, b)| c >= b)
    }

    pub(super) fn fits(start: &[usize], deal: &BroadDeal) -> bool {
        start.iter().zip(&deal.target).all(|(s, t)| s <= t)
    }

    /// A value after `start`, seen from the status quo and less what that is worth.
    pub(super) fn gain_of(&self, case: &Case, values: &[Rational]) -> Rational {
        let start = &case.start;
        let status_quo = breakdown(&self.instance_at_zero(), &self.nothing());
        let begun = start.iter().any(|&s| s > 0);
        let lumps = self.lumps(start);
        let h = if *start == case.target { Rational::zero() } else { case.break_off(start) };
        let on = Rational::one() - &h;
        let down = breakdown(case, start);
        (0..values.len())
            .map(|i| {
                let seen = if begun {
                    &lumps[i] + &case.discount[i] * (&on * &values[i] + &h * &down[i])
                } else {
                    values[i].clone()
                };
                &case.weight[i] * (seen - &status_quo[i])
            })
            .min()
            .unwrap_or_else(Rational::zero)
    }

    pub(super) fn attainable(
        &self,
        start: &[usize],
        after: bool,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Attainable, CaseError> {
        let mut found = Attainable { deals: Vec::new(), gain: None };
        for (index, deal) in self.deals.iter().enumerate() {
            if !Self::fits(start, deal) {
                continue;
            }
            let case = self.case(deal, start, after);
            if !Self::durable(&case) {
                continue;
            }
            let values = reachable_values(&case, Some(&self.sigma), effort)?;
            *complete &= values.complete;
            let best = values.points.iter().map(|(v, _)| self.gain_of(&case, v)).max();
            if let Some(best) = best {
                found.deals.push(index);
                found.gain = found.gain.max(Some(best));
            }
        }
        Ok(found)
    }

    pub(super) fn zone(&self, start: &[usize], after: bool) -> Vec<usize> {
        (0..self.deals.len())
            .filter(|&index| {
                let deal = &self.deals[index];
                let case = self.case(deal, start, after);
                let down = breakdown(&case, start);
                let got = self.lumps(start);
                let all = self.lumps(&deal.target);
                Self::fits(start, deal)
                    && (0..down.len()).all(|i| {
                        &all[i] + &deal.residual[i] >= &down[i] + &got[i] + &case.margin[i]
                    })
            })
            .collect()
    }
}
