//! What orders of options, issue by issue, say about whole outcomes.
//!
//! Assumed: preferences are separable — of two outcomes, one that is at least
//! as good in every issue is at least as good, and better if better in some.
//! Nothing else is assumed; how gains in one issue weigh against losses in
//! another is open, each way of weighing them being a *completion*. (An order
//! of issues by importance therefore decides nothing here.) An outcome is
//! *necessarily* efficient if it is in every completion, *possibly* if in some
//! (after Xia & Conitzer 2011, *JAIR* 41:25–67, for possible and necessary winners).

use crate::budget::Budget;
use detente_model::partial::Tiers;
use detente_model::{Outcome, Scenario};
use std::cmp::Ordering;

/// The parties' orders of options: `[party][issue][option]` = tier, 0 best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orders {
    ranks: Vec<Vec<Vec<usize>>>,
}

/// What holds in all, in some, or in no completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// In no completion.
    Impossible,
    /// In some completions, not in all.
    Possible,
    /// In all completions.
    Necessary,
}

/// Why orders cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrdersError {
    /// A party gave no order for an issue.
    #[error("party `{party}` gave no order of the options of issue `{issue}`")]
    NoOrder {
        /// Party id.
        party: String,
        /// Issue name.
        issue: String,
    },
}

/// How one party compares two outcomes, as far as its orders say.
enum Comparison {
    /// Equal in every issue.
    Equal,
    /// At least as good in every issue, better in some.
    Better,
    /// The reverse.
    Worse,
    /// Better here, worse there: any way round in some completion.
    Open,
}

impl Orders {
    /// Reads the orders of options of every party; a party with numbers
    /// orders each issue's options by their worth, its interactions apart.
    ///
    /// # Errors
    /// [`OrdersError`] when a party left an issue without an order.
    pub fn new(scenario: &Scenario) -> Result<Self, OrdersError> {
        let mut ranks = Vec::new();
        for (party, preferences) in scenario.parties().iter().zip(scenario.preferences()) {
            let mut own = Vec::new();
            for (index, issue) in scenario.issues().iter().enumerate() {
                let missing =
                    || OrdersError::NoOrder { party: party.id.clone(), issue: issue.name.clone() };
                let size = issue.len().and_then(|n| usize::try_from(n).ok());
                let size = size.ok_or_else(missing)?;
                let row = if let Some(partial) = preferences.partial() {
                    ranks_of(partial.option_order(index).ok_or_else(missing)?, size)
                } else {
                    let value = preferences
                        .utility()
                        .and_then(|u| u.issues.get(index))
                        .and_then(Option::as_ref);
                    let worth: Vec<_> = (0..size)
                        .map(|o| value.map(|v| v.value.at(issue, o).times(&v.weight)))
                        .collect();
                    let above = |a: usize, b: usize| match (&worth[a], &worth[b]) {
                        (Some(a), Some(b)) => super::compare(a, b).is_gt(),
                        _ => false,
                    };
                    (0..size).map(|b| (0..size).filter(|&a| above(a, b)).count()).collect()
                };
                own.push(row);
            }
            ranks.push(own);
        }
        Ok(Self { ranks })
    }

    fn compare(&self, party: usize, x: &[usize], y: &[usize]) -> Comparison {
        let (mut better, mut worse) = (false, false);
        for ((ranks, &a), &b) in self.ranks[party].iter().zip(x).zip(y) {
            match ranks[a].cmp(&ranks[b]) {
                Ordering::Less => better = true,
                Ordering::Greater => worse = true,
                Ordering::Equal => {}
            }
        }
        match (better, worse) {
            (false, false) => Comparison::Equal,
            (true, false) => Comparison::Better,
            (false, true) => Comparison::Worse,
            (true, true) => Comparison::Open,
        }
    }

    /// Whether `y` dominates `x`: in no, some or all completions.
    #[must_use]
    pub fn dominates(&self, y: &[usize], x: &[usize]) -> Modality {
        // Parties complete their orders independently of each other.
        let (mut open, mut better, mut may_be_better) = (false, false, false);
        for party in 0..self.ranks.len() {
            match self.compare(party, y, x) {
                Comparison::Worse => return Modality::Impossible,
                Comparison::Equal => {}
                Comparison::Better => better = true,
                Comparison::Open => (open, may_be_better) = (true, true),
            }
        }
        match (better, open) {
            (true, false) => Modality::Necessary,
            _ if better || may_be_better => Modality::Possible,
            _ => Modality::Impossible,
        }
    }

    /// Whether `x` is efficient among the feasible outcomes.
    ///
    /// Possibly efficient exactly when no outcome necessarily dominates it:
    /// in the completion where any loss against `x` outweighs every gain,
    /// only such outcomes do. `None` when there are more outcomes than the
    /// budget's enumeration limit, or it ended.
    #[must_use]
    pub fn efficiency(
        &self,
        scenario: &Scenario,
        x: &[usize],
        budget: &Budget<'_>,
    ) -> Option<Modality> {
        let sizes: Vec<usize> =
            self.ranks.first().map_or_else(Vec::new, |own| own.iter().map(Vec::len).collect());
        let size = sizes.iter().try_fold(1_u64, |n, &s| n.checked_mul(s as u64))?;
        if size > budget.enumeration_limit {
            return None;
        }
        let mut result = Modality::Necessary;
        let mut y = vec![0; sizes.len()];
        loop {
            if budget.is_over() {
                return None;
            }
            let dominance = self.dominates(&y, x);
            let counts = dominance > Modality::Impossible
                && (scenario.constraints().is_empty()
                    || scenario.is_feasible(&Outcome::from_options(y.iter().copied())));
            if counts {
                match dominance {
                    Modality::Necessary => return Some(Modality::Impossible),
                    _ => result = Modality::Possible,
                }
            }
            let Some(turn) = (0..y.len()).rev().find(|&i| y[i] + 1 < sizes[i]) else {
                return Some(result);
            };
            y[turn] += 1;
            y[turn + 1..].fill(0);
        }
    }

    /// Whether an outcome is acceptable to a party, given outcomes of which it
    /// said that it would accept or refuse them.
    ///
    /// Necessarily when it is at least as good in every issue as one it
    /// accepts; impossibly when one it refuses is at least as good as it in every issue.
    #[must_use]
    pub fn acceptability(
        &self,
        party: usize,
        x: &[usize],
        accepted: &[Vec<usize>],
        refused: &[Vec<usize>],
    ) -> Modality {
        let no_worse = |a: &[usize], b: &[usize]| {
            matches!(self.compare(party, a, b), Comparison::Equal | Comparison::Better)
        };
        if accepted.iter().any(|a| no_worse(x, a)) {
            Modality::Necessary
        } else if refused.iter().any(|r| no_worse(r, x)) {
            Modality::Impossible
        } else {
            Modality::Possible
        }
    }

    /// For one party of a scenario, from its ranking of whole outcomes: what
    /// it accepts and what it refuses; empty where it ranks none.
    #[must_use]
    pub fn stated(scenario: &Scenario, party: usize) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
        let ranking =
            scenario.preferences().get(party).and_then(|p| p.partial()).and_then(|p| p.ranking());
        let Some(ranking) = ranking else { return (Vec::new(), Vec::new()) };
        let options = |tiers: &[Vec<Outcome>]| -> Vec<Vec<usize>> {
            tiers
                .iter()
                .flatten()
                .filter_map(|o| (0..o.0.len()).map(|i| o.option(i)).collect())
                .collect()
        };
        let (above, below) =
            ranking.tiers.split_at(ranking.acceptable_tiers.min(ranking.tiers.len()));
        (options(above), options(below))
    }
}

fn ranks_of(tiers: &Tiers, size: usize) -> Vec<usize> {
    let mut ranks = vec![tiers.len(); size];
    for (rank, tier) in tiers.iter().enumerate() {
        for &option in tier {
            if let Some(slot) = ranks.get_mut(option) {
                *slot = rank;
            }
        }
    }
    ranks
}
