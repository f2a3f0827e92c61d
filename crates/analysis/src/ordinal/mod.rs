//! Solutions where parties gave orders, not numbers.
//!
//! Over rankings of whole outcomes: fallback bargaining with impasse
//! ([`fallback`]), approval ([`approval`]), Schulze's method for many parties
//! ([`schulze`]). From orders of options issue by issue: which outcomes are
//! necessarily or possibly efficient and acceptable ([`separable`]).

pub mod fallback;
pub mod schulze;
pub mod separable;
#[cfg(test)]
mod tests;

use detente_model::{Evaluated, Outcome, Scenario, Statement};

/// The outcomes that rankings name, and where each party ranks them.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The outcomes: feasible, and across no party's red line; in the order in
    /// which the rankings name them.
    pub outcomes: Vec<Outcome>,
    /// `[party][outcome]`: the tier, from 0, best first, counted without
    /// outcomes that are left out; `None` where the party does not rank it.
    pub tiers: Vec<Vec<Option<usize>>>,
    /// `[party]`: how many of those tiers it prefers to no agreement.
    pub acceptable: Vec<usize>,
}

/// Why no profile can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// A party gave neither a ranking of outcomes nor numbers.
    #[error("party `{0}` ranks no whole outcomes")]
    NoRanking(String),
    /// Every party gave numbers: there is no list of outcomes to rank.
    #[error("no party ranks whole outcomes")]
    NoOutcomes,
}

impl Profile {
    /// Collects the rankings of a scenario.
    ///
    /// A party with numbers ranks the outcomes the others name by its
    /// utility, those below its reservation value after all it accepts.
    ///
    /// # Errors
    /// [`ProfileError`] when a party gave neither a ranking nor numbers, or none gave a ranking.
    pub fn new(scenario: &Scenario) -> Result<Self, ProfileError> {
        let mut outcomes: Vec<Outcome> = Vec::new();
        let lines = || scenario.preferences().iter().flat_map(|p| &p.red_lines);
        let mut seen = std::collections::HashSet::new();
        for (party, preferences) in scenario.parties().iter().zip(scenario.preferences()) {
            let Some(partial) = preferences.partial() else { continue };
            let ranking =
                partial.ranking().ok_or_else(|| ProfileError::NoRanking(party.id.clone()))?;
            for outcome in ranking.tiers.iter().flatten() {
                let possible =
                    scenario.is_feasible(outcome) && !lines().any(|l| l.is_crossed(outcome));
                if possible && seen.insert(outcome) {
                    outcomes.push(outcome.clone());
                }
            }
        }
        if scenario.preferences().iter().all(|p| p.partial().is_none()) {
            return Err(ProfileError::NoOutcomes);
        }
        let (mut tiers, mut acceptable) = (Vec::new(), Vec::new());
        for (party, preferences) in scenario.preferences().iter().enumerate() {
            let (row, accepted) = match &preferences.statement {
                Statement::Partial(partial) => partial
                    .ranking()
                    .map_or((Vec::new(), 0), |r| stated(&outcomes, &r.tiers, r.acceptable_tiers)),
                Statement::Utility(utility) => {
                    let values: Vec<Evaluated> =
                        outcomes.iter().map(|o| utility.of(scenario, party, o)).collect();
                    by_utility(&values, &Evaluated::Exact(utility.reservation.clone()))
                }
            };
            tiers.push(row);
            acceptable.push(accepted);
        }
        Ok(Self { outcomes, tiers, acceptable })
    }

    /// How many parties.
    #[must_use]
    pub fn parties(&self) -> usize {
        self.tiers.len()
    }

    /// Whether a party prefers an outcome to no agreement; `None` where it does not rank it.
    #[must_use]
    pub fn accepts(&self, party: usize, outcome: usize) -> Option<bool> {
        self.tiers[party][outcome].map(|tier| tier < self.acceptable[party])
    }
}

fn stated(
    outcomes: &[Outcome],
    tiers: &[Vec<Outcome>],
    acceptable: usize,
) -> (Vec<Option<usize>>, usize) {
    let mut row = vec![None; outcomes.len()];
    let (mut next, mut accepted) = (0, 0);
    for (index, tier) in tiers.iter().enumerate() {
        let members: Vec<usize> =
            (0..outcomes.len()).filter(|&o| tier.contains(&outcomes[o])).collect();
        if members.is_empty() {
            continue;
        }
        for member in members {
            row[member] = Some(next);
        }
        next += 1;
        if index < acceptable {
            accepted = next;
        }
    }
    (row, accepted)
}

fn compare(a: &Evaluated, b: &Evaluated) -> std::cmp::Ordering {
    match (a.exact(), b.exact()) {
        (Some(a), Some(b)) => a.cmp(b),
        _ => a.to_f64().total_cmp(&b.to_f64()),
    }
}

fn by_utility(values: &[Evaluated], reservation: &Evaluated) -> (Vec<Option<usize>>, usize) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| compare(&values[b], &values[a]).then(a.cmp(&b)));
    let mut row = vec![None; values.len()];
    let (mut tier, mut accepted) = (0, 0);
    for (place, &outcome) in order.iter().enumerate() {
        if place > 0 && compare(&values[order[place - 1]], &values[outcome]).is_ne() {
            tier += 1;
        }
        row[outcome] = Some(tier);
        if compare(&values[outcome], reservation).is_ge() {
            accepted = tier + 1;
        }
    }
    (row, accepted)
}

/// Approval (Brams & Fishburn 1978, *APSR* 72:831–847): how many parties
/// prefer each outcome to no agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Per outcome of the profile.
    pub approvals: Vec<usize>,
    /// The outcomes with the most approvals; empty when there are no outcomes.
    pub most: Vec<usize>,
}

/// Counts approvals.
#[must_use]
pub fn approval(profile: &Profile) -> Approval {
    let approvals: Vec<usize> = (0..profile.outcomes.len())
        .map(|o| (0..profile.parties()).filter(|&p| profile.accepts(p, o) == Some(true)).count())
        .collect();
    let top = approvals.iter().copied().max();
    let most = (0..approvals.len()).filter(|&o| Some(approvals[o]) == top).collect();
    Approval { approvals, most }
}
