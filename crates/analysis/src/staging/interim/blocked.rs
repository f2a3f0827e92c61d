//! What would restore a broad deal that the small one blocks, and how much of
//! the small one is safe.

use super::InterimQuestion;
use crate::staging::guarantee::{Guarantee, Instrument, least_guarantee};
use crate::staging::planner::Effort;
use crate::staging::{CaseError, Rational};

/// What would restore a broad deal that the small one blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// Which deal it restores.
    pub deal: String,
    /// What is put up, and the plan that then holds.
    pub guarantee: Guarantee,
}

/// What is reported of a small deal that precludes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// The party with the least incentive to go on.
    pub party: Option<usize>,
    /// The least reward on completion that restores a broad deal.
    pub reward: Option<Remedy>,
    /// The least bond, posted with the small deal, that does.
    pub bond: Option<Remedy>,
    /// The largest parts of the small deal that leave a broad deal possible.
    pub safe: Vec<Vec<usize>>,
}

impl InterimQuestion {
    pub(super) fn blocked(
        &self,
        go_on: Option<&(Vec<Rational>, usize)>,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Blocked, CaseError> {
        let party = go_on.and_then(|(over, _)| {
            (0..over.len()).min_by(|&a, &b| {
                let weighted = |i: usize| &over[i] * &self.instance.weight[i];
                weighted(a).cmp(&weighted(b)).then(a.cmp(&b))
            })
        });
        Ok(Blocked {
            party,
            reward: self.remedy(Instrument::Reward, effort, complete)?,
            bond: self.remedy(Instrument::Bond, effort, complete)?,
            safe: self.largest_safe(effort, complete)?,
        })
    }

    fn remedy(
        &self,
        instrument: Instrument,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Option<Remedy>, CaseError> {
        let mut best: Option<Remedy> = None;
        for deal in &self.deals {
            if !Self::fits(&self.interim, deal) || self.interim == deal.target {
                continue;
            }
            let mut case = self.case(deal, &self.interim, true);
            case.bond_at_entry = true;
            if !Self::durable(&case) {
                continue;
            }
            let found = least_guarantee(&case, instrument, &self.sigma, None, effort)?;
            *complete &= found.complete;
            let Some(guarantee) = found.least else { continue };
            if best.as_ref().is_none_or(|b| guarantee.total() < b.guarantee.total()) {
                best = Some(Remedy { deal: deal.id.clone(), guarantee });
            }
        }
        Ok(best)
    }

    /// The largest parts of the small deal after which some broad deal can
    /// still be carried out.
    fn largest_safe(
        &self,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Vec<Vec<usize>>, CaseError> {
        let mut parts = parts_of(&self.interim);
        parts.retain(|p| *p != self.interim);
        parts.sort_by_key(|p| std::cmp::Reverse(p.iter().sum::<usize>()));
        let mut safe: Vec<Vec<usize>> = Vec::new();
        for part in parts {
            if safe.iter().any(|s| part.iter().zip(s).all(|(p, s)| p <= s)) {
                continue;
            }
            let after = part.iter().any(|&p| p > 0);
            if !self.attainable(&part, after, effort, complete)?.deals.is_empty() {
                safe.push(part);
            }
        }
        safe.sort();
        Ok(safe)
    }
}

/// Every state between nothing and `whole`, both included, in lexicographic order.
#[must_use]
pub fn parts_of(whole: &[usize]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for &most in whole {
        all = all
            .into_iter()
            .flat_map(|head: Vec<usize>| {
                (0..=most).map(move |p| {
                    let mut next = head.clone();
                    next.push(p);
                    next
                })
            })
            .collect();
    }
    all
}
