//! The trades that lead from one outcome to another: who concedes what to whom.

use super::worth;
use detente_model::{Outcome, Scenario};

/// One issue that two outcomes settle differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The issue, by index.
    pub issue: usize,
    /// Per party, what the change is worth, interactions apart; `None` for a
    /// party without numbers.
    pub worth: Vec<Option<f64>>,
}

/// What two parties concede to each other: logrolling (Buchanan & Tullock 1962;
/// Froman & Cohen 1970, *Behavioral Science* 15:180–183).
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// The two parties, by index.
    pub between: [usize; 2],
    /// `[0]`: the issues in which the first loses and the second gains; `[1]`: the reverse.
    pub concedes: [Vec<usize>; 2],
    /// What each loses on the issues it concedes, as a positive figure.
    pub gives: [f64; 2],
    /// What each gains on the issues the other concedes.
    pub receives: [f64; 2],
}

/// How one outcome leads to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Trades {
    /// The issues that change.
    pub changes: Vec<Change>,
    /// Per party, what changes in its interactions; `None` without numbers.
    pub interactions: Vec<Option<f64>>,
    /// Per party, the utility after less before; `None` without numbers.
    pub total: Vec<Option<f64>>,
    /// The pairs of parties who concede to each other. An issue may occur in
    /// several pairs: with more than two parties, a concession has several
    /// beneficiaries.
    pub exchanges: Vec<Exchange>,
}

/// Sets two outcomes side by side.
#[must_use]
pub fn trades(scenario: &Scenario, from: &Outcome, to: &Outcome) -> Trades {
    let parties = scenario.parties().len();
    let numbers = |party: usize| scenario.preferences()[party].utility();
    let changes: Vec<Change> = (0..scenario.issues().len())
        .filter(|&issue| from.0.get(issue) != to.0.get(issue))
        .map(|issue| Change {
            issue,
            worth: (0..parties)
                .map(|party| {
                    let utility = numbers(party)?;
                    let at = |outcome| worth(scenario, utility, party, issue, outcome);
                    Some(at(to) - at(from))
                })
                .collect(),
        })
        .collect();
    let interactions = (0..parties)
        .map(|party| {
            let utility = numbers(party)?;
            let at = |outcome: &Outcome| -> f64 {
                let counting = utility.interactions.iter().filter(|i| i.counts(outcome));
                counting.map(|i| i.value.to_f64()).sum()
            };
            Some(at(to) - at(from))
        })
        .collect();
    let total = (0..parties)
        .map(|party| {
            let at = |outcome| scenario.utility(party, outcome).map(|u| u.to_f64());
            Some(at(to)? - at(from)?)
        })
        .collect();
    let mut exchanges = Vec::new();
    for first in 0..parties {
        for second in first + 1..parties {
            exchanges.extend(exchange(&changes, first, second));
        }
    }
    Trades { changes, interactions, total, exchanges }
}

fn exchange(changes: &[Change], first: usize, second: usize) -> Option<Exchange> {
    let mut found = Exchange {
        between: [first, second],
        concedes: [Vec::new(), Vec::new()],
        gives: [0.0; 2],
        receives: [0.0; 2],
    };
    for change in changes {
        let (Some(a), Some(b)) = (change.worth[first], change.worth[second]) else { continue };
        let giver = match (a < 0.0 && b > 0.0, a > 0.0 && b < 0.0) {
            (true, _) => 0,
            (_, true) => 1,
            _ => continue,
        };
        let (loss, gain) = if giver == 0 { (-a, b) } else { (-b, a) };
        found.concedes[giver].push(change.issue);
        found.gives[giver] += loss;
        found.receives[1 - giver] += gain;
    }
    found.concedes.iter().all(|c| !c.is_empty()).then_some(found)
}
