//! What each side has to gain by going on after the small deal, and the small
//! deal as a phase or by itself.

use super::InterimQuestion;
use crate::staging::planner::{Effort, Proof, best_plan, reachable_values};
use crate::staging::rows::{ALL_CLOSERS, Plan, exposures, phase_stretches, temptations};
use crate::staging::value::breakdown;
use crate::staging::{CaseError, Rational};
use num_traits::{One, Zero};

impl InterimQuestion {
    pub(super) fn go_on(
        &self,
        start: &[usize],
        after: bool,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Option<(Vec<Rational>, usize)>, CaseError> {
        let mut best: Option<(Rational, Vec<Rational>, usize)> = None;
        for (index, deal) in self.deals.iter().enumerate() {
            if !Self::fits(start, deal) || start == deal.target {
                continue;
            }
            let mut case = self.case(deal, start, after);
            case.exposure_cap = vec![None; case.parties.len()];
            let down = breakdown(&case, start);
            let values = reachable_values(&case, None, effort)?;
            *complete &= values.complete;
            for (v, _) in &values.points {
                let over: Vec<Rational> = v.iter().zip(&down).map(|(v, d)| v - d).collect();
                let least = over.iter().zip(&case.weight).map(|(o, w)| o * w).min();
                let Some(least) = least else { continue };
                if best.as_ref().is_none_or(|(b, ..)| least > *b) {
                    best = Some((least, over, index));
                }
            }
        }
        Ok(best.map(|(_, over, index)| (over, index)))
    }

    pub(super) fn best_after(
        &self,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Option<(Rational, usize, Plan)>, CaseError> {
        let mut best: Option<(Rational, usize, Plan)> = None;
        for (index, deal) in self.deals.iter().enumerate() {
            if !Self::fits(&self.interim, deal) {
                continue;
            }
            let mut case = self.case(deal, &self.interim, true);
            case.exposure_cap = vec![None; case.parties.len()];
            let planned = best_plan(&case, effort)?;
            *complete &= matches!(planned.proof, Proof::Optimal | Proof::SlackOnly);
            let Some((slack, plan)) =
                planned.best.and_then(|b| b.min_slack.clone().map(|s| (s, b.plan)))
            else {
                continue;
            };
            let better = best
                .as_ref()
                .is_none_or(|(s, _, p)| slack > *s || slack == *s && plan.len() < p.len());
            if better {
                best = Some((slack, index, plan));
            }
        }
        Ok(best)
    }

    /// The best gain of plans from the status quo whose first phase is the small deal.
    pub(super) fn as_first_phase(
        &self,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Option<Rational>, CaseError> {
        let zero = self.nothing();
        let mut best = None;
        if self.interim == zero || !self.leg().1 {
            return Ok(None);
        }
        for deal in &self.deals {
            let whole = self.case(deal, &zero, false);
            if !Self::fits(&self.interim, deal) || !Self::durable(&whole) {
                continue;
            }
            let mut rest = whole.clone();
            rest.start.clone_from(&self.interim);
            rest.margin = vec![Rational::zero(); rest.parties.len()];
            rest.bond_at_entry = true;
            rest.limits.max_phases = rest.limits.max_phases.map(|p| p.saturating_sub(1));
            let moves = phase_stretches(&whole, &zero, &self.interim, true);
            let (cheating, walking) = temptations(&whole, &zero, &moves, true, ALL_CLOSERS);
            let down = breakdown(&whole, &self.interim);
            let finished = self.interim == deal.target;
            let h = if finished { Rational::zero() } else { whole.break_off(&self.interim) };
            let on = Rational::one() - &h;
            let values = reachable_values(&rest, Some(&self.sigma), effort)?;
            *complete &= values.complete;
            for (ahead, _) in &values.points {
                let start: Vec<Rational> = (0..ahead.len())
                    .map(|i| {
                        let lump: Rational = moves.iter().map(|(_, s)| &s.lump[i]).sum();
                        lump + &whole.discount[i] * (&on * &ahead[i] + &h * &down[i])
                    })
                    .collect();
                let holds = (0..start.len()).all(|i| {
                    let top = cheating[i].as_ref().map_or(&walking[i], |d| d.max(&walking[i]));
                    &whole.weight[i] * (&start[i] - top) >= self.sigma
                });
                if holds {
                    best = best.max(Some(self.gain_of(&whole, &start)));
                }
            }
        }
        Ok(best)
    }

    /// The small deal by itself: each party's slack if it then stands, and
    /// whether it respects the caps.
    pub(super) fn leg(&self) -> (Vec<Rational>, bool) {
        let zero = self.nothing();
        let case = self.instance_at_zero();
        let moves = phase_stretches(&case, &zero, &self.interim, true);
        let (cheating, walking) = temptations(&case, &zero, &moves, true, ALL_CLOSERS);
        let stands = breakdown(&self.standing_case(), &self.interim);
        let slack = (0..case.parties.len())
            .map(|i| {
                let lump: Rational = moves.iter().map(|(_, s)| &s.lump[i]).sum();
                let value = lump + &case.discount[i] * &stands[i];
                let top = cheating[i].as_ref().map_or(&walking[i], |d| d.max(&walking[i]));
                &case.weight[i] * (value - top)
            })
            .collect();
        let within = exposures(&case, &moves)
            .iter()
            .zip(&case.exposure_cap)
            .all(|(x, cap)| cap.as_ref().is_none_or(|c| x <= c));
        (slack, within)
    }
}
