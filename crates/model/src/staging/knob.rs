//! The numbers of a case, one by one, so that each can be moved.

use super::{Case, Rational};
use num_traits::Zero;

/// One number of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Knob {
    Discount(usize),
    Annuity(usize),
    StatusQuoFlow(usize),
    Residual(usize),
    Reward(usize),
    Bond(usize),
    Margin(usize),
    Weight(usize),
    Cap(usize),
    Hazard,
    HazardDrop,
    Leak,
    Recover(usize),
    Keep(usize),
    Value { deliverable: usize, step: usize, party: usize },
    Flow { deliverable: usize, step: usize, party: usize },
}

impl Knob {
    /// The number, if the case has it.
    #[must_use]
    pub fn get(self, case: &Case) -> Option<Rational> {
        match self {
            Self::Cap(i) => case.exposure_cap.get(i)?.clone(),
            other => {
                let mut case = case.clone();
                other.slot(&mut case).map(|q| q.clone())
            }
        }
    }

    /// Sets it; a number the case does not have is left alone.
    pub fn set(self, case: &mut Case, to: Rational) {
        if let Self::Cap(i) = self {
            if let Some(cap) = case.exposure_cap.get_mut(i) {
                *cap = Some(to);
            }
        } else if let Some(slot) = self.slot(case) {
            *slot = to;
        }
    }

    fn slot(self, case: &mut Case) -> Option<&mut Rational> {
        match self {
            Self::Discount(i) => case.discount.get_mut(i),
            Self::Annuity(i) => case.annuity.get_mut(i),
            Self::StatusQuoFlow(i) => case.status_quo_flow.get_mut(i),
            Self::Residual(i) => case.residual.get_mut(i),
            Self::Reward(i) => case.reward.get_mut(i),
            Self::Bond(i) => case.bond.get_mut(i),
            Self::Margin(i) => case.margin.get_mut(i),
            Self::Weight(i) => case.weight.get_mut(i),
            Self::Cap(i) => case.exposure_cap.get_mut(i)?.as_mut(),
            Self::Hazard => Some(&mut case.hazard),
            Self::HazardDrop => Some(&mut case.hazard_drop),
            Self::Leak => Some(&mut case.leak),
            Self::Recover(j) => case.deliverables.get_mut(j).map(|d| &mut d.recover),
            Self::Keep(j) => case.deliverables.get_mut(j).map(|d| &mut d.keep),
            Self::Value { deliverable, step, party } => {
                case.deliverables.get_mut(deliverable)?.steps.get_mut(step)?.value.get_mut(party)
            }
            Self::Flow { deliverable, step, party } => {
                case.deliverables.get_mut(deliverable)?.steps.get_mut(step)?.flow.get_mut(party)
            }
        }
    }

    /// Whether the number must stay between 0 and 1.
    #[must_use]
    pub fn is_share(self) -> bool {
        matches!(
            self,
            Self::Discount(_)
                | Self::Hazard
                | Self::HazardDrop
                | Self::Leak
                | Self::Recover(_)
                | Self::Keep(_)
        )
    }

    /// What it is called, for people.
    #[must_use]
    pub fn name(self, case: &Case) -> String {
        let party = |i: usize| case.parties.get(i).map_or("?", String::as_str);
        let of = |j: usize| case.deliverables.get(j).map_or("?", |d| d.id.as_str());
        match self {
            Self::Discount(i) => format!("discount of {}", party(i)),
            Self::Annuity(i) => format!("annuity of {}", party(i)),
            Self::StatusQuoFlow(i) => format!("no-deal flow of {}", party(i)),
            Self::Residual(i) => format!("worth of the finished deal to {}", party(i)),
            Self::Reward(i) => format!("reward to {}", party(i)),
            Self::Bond(i) => format!("bond of {}", party(i)),
            Self::Margin(i) => format!("margin of {}", party(i)),
            Self::Weight(i) => format!("weight of {}", party(i)),
            Self::Cap(i) => format!("exposure cap of {}", party(i)),
            Self::Hazard => "break-off probability".into(),
            Self::HazardDrop => "fall of the break-off probability".into(),
            Self::Leak => "leak".into(),
            Self::Recover(j) => format!("share of {} its giver recovers", of(j)),
            Self::Keep(j) => format!("share of {} the others keep", of(j)),
            Self::Value { deliverable, step, party: p } => {
                format!("{} step {} to {}", of(deliverable), step + 1, party(p))
            }
            Self::Flow { deliverable, step, party: p } => {
                format!("leverage from {} step {} for {}", of(deliverable), step + 1, party(p))
            }
        }
    }

    /// Whether showing the number would put a value on what concerns persons.
    #[must_use]
    pub fn concerns_persons(self, case: &Case) -> bool {
        match self {
            Self::Value { deliverable, .. }
            | Self::Flow { deliverable, .. }
            | Self::Recover(deliverable)
            | Self::Keep(deliverable) => {
                case.deliverables.get(deliverable).is_some_and(|d| d.concerns_persons)
            }
            _ => false,
        }
    }

    /// Every number of a case that shapes verdicts, in order.
    #[must_use]
    pub fn all(case: &Case) -> Vec<Self> {
        let mut all = Vec::new();
        for i in 0..case.parties.len() {
            all.extend([Self::Discount(i), Self::Annuity(i), Self::Residual(i)]);
            let sometimes =
                [Self::StatusQuoFlow(i), Self::Reward(i), Self::Bond(i), Self::Margin(i)];
            all.extend(sometimes.into_iter().filter(|k| k.get(case).is_some_and(|q| !q.is_zero())));
            if case.exposure_cap[i].is_some() {
                all.push(Self::Cap(i));
            }
        }
        all.extend([Self::Hazard, Self::Leak]);
        if !case.hazard_drop.is_zero() {
            all.push(Self::HazardDrop);
        }
        for (j, d) in case.deliverables.iter().enumerate() {
            all.extend([Self::Recover(j), Self::Keep(j)]);
            for (step, s) in d.steps.iter().enumerate() {
                for party in 0..case.parties.len() {
                    if s.value[party] != Rational::zero() {
                        all.push(Self::Value { deliverable: j, step, party });
                    }
                    if s.flow[party] != Rational::zero() {
                        all.push(Self::Flow { deliverable: j, step, party });
                    }
                }
            }
        }
        all
    }
}
