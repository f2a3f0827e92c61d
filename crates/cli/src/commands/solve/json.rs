//! The machine-readable answer; its keys are a contract.

use super::answer::Answer;
use super::extras_json;
use super::partial;
use crate::error::CommandError;
use detente_analysis::Solved;
use detente_analysis::frontier::Completeness;
use detente_analysis::solved::{Deal, SolutionRule};
use detente_model::{Choice, Outcome, Scenario};
use detente_report::Extras;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// The document as text, one line; with explanations where there are any.
pub(super) fn document(
    scenario: &Scenario,
    answer: &Answer,
    extras: Option<&Extras>,
) -> Result<String, CommandError> {
    serde_json::to_string(&Document { scenario, solved: &answer.solved, answer, extras })
        .map_err(|error| CommandError::failed(format!("cannot write JSON: {error}")))
}

/// Borrowed parts written as they are walked: a frontier can be large.
struct Document<'a> {
    scenario: &'a Scenario,
    solved: &'a Solved,
    answer: &'a Answer,
    extras: Option<&'a Extras>,
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (scenario, solved) = (self.scenario, self.solved);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("scenario", &About { scenario, solved })?;
        map.serialize_entry("agreement_possible", &solved.agreement_possible)?;
        map.serialize_entry(
            "acceptable_outcomes",
            &solved.acceptable_outcomes.as_ref().map(ToString::to_string),
        )?;
        map.serialize_entry("frontier", &Frontier { scenario, solved })?;
        map.serialize_entry("solutions", &Solutions { scenario, solved })?;
        map.serialize_entry(
            "ideal_utilities",
            &solved
                .agreement_possible
                .filter(|a| *a)
                .map(|_| ByParty { scenario, values: &solved.ideals }),
        )?;
        map.serialize_entry(
            "reservation_values",
            &ByParty { scenario, values: &solved.reservations },
        )?;
        let arithmetic = if solved.exact {
            "exact"
        } else {
            "rounded: differences below 1e-9 of a party's scale count as equal"
        };
        map.serialize_entry("arithmetic", arithmetic)?;
        if let Some(lotteries) = &self.answer.lotteries {
            map.serialize_entry("lotteries", &extras_json::lotteries(scenario, lotteries))?;
        }
        if let Some(found) = &self.answer.partial {
            map.serialize_entry("partial", &partial::json(scenario, found))?;
        }
        for (key, value) in self.extras.into_iter().flat_map(|e| extras_json::entries(scenario, e))
        {
            map.serialize_entry(key, &value)?;
        }
        map.end()
    }
}

struct About<'a> {
    scenario: &'a Scenario,
    solved: &'a Solved,
}

impl Serialize for About<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("title", self.scenario.title())?;
        let parties: Vec<&str> = self.scenario.parties().iter().map(|p| p.id.as_str()).collect();
        map.serialize_entry("parties", &parties)?;
        let issues: Vec<&str> = self.scenario.issues().iter().map(|i| i.name.as_str()).collect();
        map.serialize_entry("issues", &issues)?;
        map.serialize_entry("outcomes", &self.solved.outcomes.to_string())?;
        map.end()
    }
}

struct Frontier<'a> {
    scenario: &'a Scenario,
    solved: &'a Solved,
}

impl Serialize for Frontier<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let frontier = &self.solved.frontier;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("complete", &(frontier.completeness == Completeness::Complete))?;
        map.serialize_entry("size", &frontier.size())?;
        let why = match frontier.completeness {
            Completeness::Complete => None,
            Completeness::LimitReached => Some("the limit on points or outcomes was reached"),
            Completeness::Stopped => Some("the time was up"),
            Completeness::Skipped => Some("not asked for"),
        };
        if let Some(why) = why {
            map.serialize_entry("why_incomplete", why)?;
        }
        map.serialize_entry("continuous", &frontier.continuous)?;
        map.serialize_entry("points", &Points { scenario: self.scenario, solved: self.solved })?;
        map.end()
    }
}

struct Points<'a> {
    scenario: &'a Scenario,
    solved: &'a Solved,
}

impl Serialize for Points<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let frontier = &self.solved.frontier;
        let mut list = serializer.serialize_seq(Some(frontier.deals.len()))?;
        for (index, deal) in frontier.deals.iter().enumerate() {
            let count = frontier.multiplicities.get(index).copied().flatten();
            list.serialize_element(&Point { scenario: self.scenario, deal, count })?;
        }
        list.end()
    }
}

struct Point<'a> {
    scenario: &'a Scenario,
    deal: &'a Deal,
    count: Option<u128>,
}

impl Serialize for Point<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (scenario, deal) = (self.scenario, self.deal);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("outcome", &OutcomeOf { scenario, outcome: &deal.outcome })?;
        map.serialize_entry("utilities", &ByParty { scenario, values: &deal.utilities })?;
        // A text: counts pass 2^64.
        map.serialize_entry("outcomes", &self.count.map(|c| c.to_string()))?;
        map.end()
    }
}

struct Solutions<'a> {
    scenario: &'a Scenario,
    solved: &'a Solved,
}

impl Serialize for Solutions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for rule in SolutionRule::ALL {
            let solution = self
                .solved
                .solution(rule)
                .map(|s| Solution { scenario: self.scenario, solution: s });
            map.serialize_entry(rule.key(), &solution)?;
        }
        map.end()
    }
}

struct Solution<'a> {
    scenario: &'a Scenario,
    solution: &'a detente_analysis::solved::SolutionDeal,
}

impl Serialize for Solution<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (scenario, solution) = (self.scenario, self.solution);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("outcome", &OutcomeOf { scenario, outcome: &solution.deal.outcome })?;
        map.serialize_entry("utilities", &ByParty { scenario, values: &solution.deal.utilities })?;
        map.serialize_entry("value", &solution.value)?;
        map.serialize_entry("optimal", &solution.optimal)?;
        map.serialize_entry("bound", &solution.bound)?;
        map.serialize_entry("depends_on_scales", &solution.rule.depends_on_scales())?;
        map.end()
    }
}

struct ByParty<'a> {
    scenario: &'a Scenario,
    values: &'a [f64],
}

impl Serialize for ByParty<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer
            .collect_map(self.scenario.parties().iter().map(|p| p.id.as_str()).zip(self.values))
    }
}

/// An outcome as issue → option, or issue → party → share.
pub(super) struct OutcomeOf<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) outcome: &'a Outcome,
}

impl Serialize for OutcomeOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (issue, choice) in self.scenario.issues().iter().zip(&self.outcome.0) {
            match choice {
                Choice::Option(option) => {
                    map.serialize_entry(&issue.name, &issue.option_name(*option))?;
                }
                Choice::Shares(shares) => {
                    let values: Vec<f64> =
                        shares.iter().map(detente_model::Number::to_f64).collect();
                    map.serialize_entry(
                        &issue.name,
                        &ByParty { scenario: self.scenario, values: &values },
                    )?;
                }
            }
        }
        map.end()
    }
}
