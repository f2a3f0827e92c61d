//! Does a small deal now help the broad one, or stand in its way?

mod attainable;
mod blocked;
mod going_on;

pub use attainable::Attainable;
pub use blocked::{Blocked, Remedy, parts_of};

use super::planner::Effort;
use super::rows::Plan;
use super::value::breakdown;
use super::{AfterInterim, BroadDeal, Case, CaseError, Rational};
use num_traits::{Signed, Zero};

/// A small deal to be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterimQuestion {
    /// The case; its target and residual are replaced by each deal's.
    pub instance: Case,
    /// The broad deals it may help or block.
    pub deals: Vec<BroadDeal>,
    /// The small deal: progress of each deliverable.
    pub interim: Vec<usize>,
    /// What changes after it.
    pub after: AfterInterim,
    /// The slack every row of a plan must have.
    pub sigma: Rational,
    /// Changes of the best minimum gain up to this count as none; `None` is
    /// five per cent of the best gain without the small deal.
    pub epsilon: Option<Rational>,
}

/// What a small deal does to the broad ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It opens the way: something new becomes possible or better, nothing is lost.
    Precedes,
    /// It changes nothing that matters.
    Neutral,
    /// Fewer broad deals, or less to gain from them.
    Narrows,
    /// Some broad deals are lost, others become possible.
    Shifts,
    /// No broad deal can be carried out after it.
    Precludes,
    /// No broad deal can be carried out with it or without it.
    Moot,
}

impl Verdict {
    /// Its name in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Precedes => "precedes",
            Self::Neutral => "neutral",
            Self::Narrows => "narrows",
            Self::Shifts => "shifts",
            Self::Precludes => "precludes",
            Self::Moot => "moot",
        }
    }
}

/// The verdict and what it rests on. Deals are named by their place in the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterimAnswer {
    /// The verdict.
    pub verdict: Verdict,
    /// Deals with a self-enforcing, durable plan from the status quo, and after the small deal.
    pub before: Vec<usize>,
    /// The same after the small deal.
    pub after: Vec<usize>,
    /// The best attainable smallest weighted gain before and after, valued at the status quo.
    pub gain_before: Option<Rational>,
    /// The same after the small deal.
    pub gain_after: Option<Rational>,
    /// Deals that give every party at least what it has, before.
    pub zone_before: Vec<usize>,
    /// Deals that give every party at least what it has, after.
    pub zone_after: Vec<usize>,
    /// Each party's position if the small deal stands and nothing follows.
    pub standing: Vec<Rational>,
    /// What each party has received (or given) in lumps by then.
    pub received: Vec<Rational>,
    /// Per party, the incentive to go on after the small deal (by the deal and
    /// plan in which the smallest is largest), and before it.
    pub go_on: Option<(Vec<Rational>, usize)>,
    /// The same before.
    pub go_on_before: Option<(Vec<Rational>, usize)>,
    /// The largest minimum slack after the small deal, caps left aside: slack, deal, plan.
    pub best_after: Option<(Rational, usize, Plan)>,
    /// The best gain when the whole is signed with the small deal as its first phase.
    pub gain_as_first_phase: Option<Rational>,
    /// The best gain after the small deal if nothing else changes with it.
    pub gain_old_parameters: Option<Rational>,
    /// Slack of each party in the small deal taken by itself.
    pub leg_slack: Vec<Rational>,
    /// Whether the small deal respects the exposure caps.
    pub leg_within_caps: bool,
    /// Only when it precludes: what would help, and what to hold back.
    pub blocked: Option<Blocked>,
    /// Whether every search behind the verdict was complete.
    pub complete: bool,
}

impl InterimQuestion {
    /// Whether what a side has received in the small deal may be shown: not
    /// where that would put a value on what concerns persons.
    #[must_use]
    pub fn shows_received(&self) -> bool {
        let valued = |j: usize| {
            let steps = &self.instance.deliverables[j].steps[..self.interim[j]];
            steps.iter().any(|s| s.value.iter().any(|v| !v.is_zero()))
        };
        (0..self.interim.len())
            .all(|j| !self.instance.deliverables[j].concerns_persons || !valued(j))
    }

    fn nothing(&self) -> Vec<usize> {
        vec![0; self.instance.deliverables.len()]
    }

    /// Judges the small deal.
    ///
    /// # Errors
    /// [`CaseError`] when the question does not hold together.
    pub fn judge(&self, effort: &Effort<'_>) -> Result<InterimAnswer, CaseError> {
        self.check()?;
        let zero = self.nothing();
        let mut complete = true;
        let status_quo = self.attainable(&zero, false, effort, &mut complete)?;
        let later = self.attainable(&self.interim, true, effort, &mut complete)?;
        let old = self.attainable(&self.interim, false, effort, &mut complete)?;
        let verdict = self.verdict(&status_quo, &later);
        let standing = breakdown(&self.standing_case(), &self.interim);
        let received = self.lumps(&self.interim);
        let go_on = self.go_on(&self.interim, true, effort, &mut complete)?;
        let blocked = if verdict == Verdict::Precludes {
            Some(self.blocked(go_on.as_ref(), effort, &mut complete)?)
        } else {
            None
        };
        let (leg_slack, leg_within_caps) = self.leg();
        Ok(InterimAnswer {
            verdict,
            zone_before: self.zone(&zero, false),
            zone_after: self.zone(&self.interim, true),
            go_on_before: self.go_on(&zero, false, effort, &mut complete)?,
            best_after: self.best_after(effort, &mut complete)?,
            gain_as_first_phase: self.as_first_phase(effort, &mut complete)?,
            gain_before: status_quo.gain,
            before: status_quo.deals,
            gain_after: later.gain,
            after: later.deals,
            gain_old_parameters: old.gain,
            standing,
            received,
            go_on,
            leg_slack,
            leg_within_caps,
            blocked,
            complete,
        })
    }

    /// The verdict alone, and the best gain after the small deal.
    ///
    /// # Errors
    /// [`CaseError`] when the question does not hold together.
    pub fn judge_briefly(
        &self,
        before: &Attainable,
        effort: &Effort<'_>,
    ) -> Result<(Verdict, Attainable, bool), CaseError> {
        let mut complete = true;
        let later = self.attainable(&self.interim, true, effort, &mut complete)?;
        Ok((self.verdict(before, &later), later, complete))
    }

    /// What can be carried out from the status quo.
    ///
    /// # Errors
    /// [`CaseError`] when the question does not hold together.
    pub fn from_status_quo(&self, effort: &Effort<'_>) -> Result<(Attainable, bool), CaseError> {
        self.check()?;
        let mut complete = true;
        let found = self.attainable(&self.nothing(), false, effort, &mut complete)?;
        Ok((found, complete))
    }

    fn check(&self) -> Result<(), CaseError> {
        self.instance.check()?;
        let d = self.instance.deliverables.len();
        if self.interim.len() != d {
            return Err(CaseError(format!(
                "the small deal must have {d} entries, one per deliverable"
            )));
        }
        for (j, deliverable) in self.instance.deliverables.iter().enumerate() {
            if self.interim[j] > deliverable.steps.len() {
                return Err(CaseError(format!(
                    "the small deal goes beyond the last step of `{}`",
                    deliverable.id
                )));
            }
        }
        for deal in &self.deals {
            self.case(deal, &self.nothing(), false).check()?;
            self.case(deal, &self.nothing(), true).check()?;
        }
        Ok(())
    }

    fn verdict(&self, before: &Attainable, after: &Attainable) -> Verdict {
        if after.deals.is_empty() {
            return if before.deals.is_empty() { Verdict::Moot } else { Verdict::Precludes };
        }
        let (Some(g0), Some(g1)) = (&before.gain, &after.gain) else { return Verdict::Precedes };
        let epsilon =
            self.epsilon.clone().unwrap_or_else(|| g0.abs() * Rational::new(1.into(), 20.into()));
        let change = g1 - g0;
        let lost = before.deals.iter().any(|d| !after.deals.contains(d));
        let new = after.deals.iter().any(|d| !before.deals.contains(d));
        if !lost && change >= -epsilon.clone() && (new || change > epsilon) {
            Verdict::Precedes
        } else if !lost && !new && change.abs() <= epsilon {
            Verdict::Neutral
        } else if !new && change <= epsilon {
            Verdict::Narrows
        } else {
            Verdict::Shifts
        }
    }
}
