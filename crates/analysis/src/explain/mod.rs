//! What a deal means to each side, in figures a mediator can use.
//!
//! Plain data: commands and reports put it into words. All figures are in each
//! party's own units, and comparing them across parties supposes that the
//! scales are comparable; where a measure does compare, it rescales first and says so.

pub mod contested;
pub mod improve;
pub mod sensitivity;
#[cfg(test)]
mod tests;
pub mod trades;

use detente_model::{Choice, Evaluated, IssueKind, Number, Outcome, Scenario, Utility};

/// One issue of a deal as one party sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueView {
    /// The issue, by index.
    pub issue: usize,
    /// What its settlement is worth to the party, interactions apart.
    pub worth: f64,
    /// The most any settlement of it is worth.
    pub best: f64,
    /// What the party gave up here against its own best: `best − worth`.
    pub given_up: f64,
}

/// A deal as one party sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct PartyView {
    /// The party, by index.
    pub party: usize,
    /// The deal's utility.
    pub utility: f64,
    /// The utility of no agreement.
    pub reservation: f64,
    /// `utility − reservation`.
    pub gain: f64,
    /// Whether the gain is zero or more, decided exactly where the figures are exact.
    pub acceptable: bool,
    /// Its own red lines that the deal crosses, by index.
    pub crossed_red_lines: Vec<usize>,
    /// Issue by issue.
    pub issues: Vec<IssueView>,
    /// What the interactions that count add, in all.
    pub interactions: f64,
    /// Whether the utility was cut to the party's cap.
    pub capped: bool,
}

/// A deal as each party with numbers sees it; parties with orders only are left out.
#[must_use]
pub fn views(scenario: &Scenario, outcome: &Outcome) -> Vec<PartyView> {
    scenario
        .preferences()
        .iter()
        .enumerate()
        .filter_map(|(party, preferences)| {
            let utility = preferences.utility()?;
            let value = utility.of(scenario, party, outcome);
            let reservation = utility.reservation.to_f64();
            let acceptable = match value.exact() {
                Some(exact) => *exact >= utility.reservation,
                None => value.to_f64() >= reservation,
            };
            let interactions: Number = utility
                .interactions
                .iter()
                .filter(|i| i.counts(outcome))
                .fold(Number::zero(), |sum, i| &sum + &i.value);
            let crossed_red_lines = preferences
                .red_lines
                .iter()
                .enumerate()
                .filter(|(_, line)| line.is_crossed(outcome))
                .map(|(index, _)| index)
                .collect();
            let issues = (0..scenario.issues().len())
                .map(|issue| {
                    let worth = worth(scenario, utility, party, issue, outcome);
                    let best = best(scenario, utility, issue).max(worth);
                    IssueView { issue, worth, best, given_up: best - worth }
                })
                .collect::<Vec<IssueView>>();
            let sum = issues.iter().map(|i| i.worth).sum::<f64>()
                + utility.constant.to_f64()
                + interactions.to_f64();
            let capped = utility.cap.as_ref().is_some_and(|cap| sum > cap.to_f64());
            Some(PartyView {
                party,
                utility: value.to_f64(),
                reservation,
                gain: value.to_f64() - reservation,
                acceptable,
                crossed_red_lines,
                issues,
                interactions: interactions.to_f64(),
                capped,
            })
        })
        .collect()
}

/// What one issue's settlement in an outcome is worth to a party.
fn worth(
    scenario: &Scenario,
    utility: &Utility,
    party: usize,
    issue: usize,
    outcome: &Outcome,
) -> f64 {
    let Some(value) = utility.issues.get(issue).and_then(Option::as_ref) else { return 0.0 };
    let worth = match outcome.0.get(issue) {
        Some(Choice::Option(option)) => value.value.at(&scenario.issues()[issue], *option),
        Some(Choice::Shares(shares)) => match shares.get(party) {
            Some(share) => value.value.of_share(share),
            None => return 0.0,
        },
        None => return 0.0,
    };
    worth.times(&value.weight).to_f64()
}

/// The worth of every option of an issue to a party; of a divisible issue: of
/// nothing and of the whole.
fn worths(scenario: &Scenario, utility: &Utility, issue: usize) -> Vec<f64> {
    let model = &scenario.issues()[issue];
    let count = match model.kind {
        IssueKind::Divisible => 2,
        _ => model.len().and_then(|n| usize::try_from(n).ok()).unwrap_or(0),
    };
    let Some(value) = utility.issues.get(issue).and_then(Option::as_ref) else {
        return vec![0.0; count];
    };
    (0..count)
        .map(|option| {
            let worth = match model.kind {
                IssueKind::Divisible if option == 0 => Evaluated::Exact(Number::zero()),
                IssueKind::Divisible => value.value.of_share(&Number::one()),
                _ => value.value.at(model, option),
            };
            worth.times(&value.weight).to_f64()
        })
        .collect()
}

fn best(scenario: &Scenario, utility: &Utility, issue: usize) -> f64 {
    worths(scenario, utility, issue).into_iter().fold(f64::NEG_INFINITY, f64::max)
}
