//! What honesty costs, on the command line.

use super::options::Options;
use super::refused;
use crate::commands::solve::options::Output;
use crate::error::CommandError;
use detente_analysis::Problem;
use detente_leakage::Drafts;
use detente_leakage::honest::{Force, Honest, Types};
use detente_model::Scenario;
use detente_report::leak::{HonestyCost, honesty_text};
use detente_report::text::Emphasis;
use serde_json::{Value, json};

/// Works it out and words it.
pub(super) fn answer(
    scenario: &Scenario,
    problem: &Problem,
    options: &Options,
) -> Result<String, CommandError> {
    let fail = |e| refused(&e);
    let drafts = Drafts::new(problem, &[]).map_err(fail)?;
    let family = options.family();
    let mut parties = Vec::new();
    for party in 0..problem.parties {
        parties.push(family.enumerate(scenario, problem, &drafts, party).map_err(fail)?);
    }
    let types = Types::new(&parties).map_err(fail)?;
    let cost = HonestyCost {
        types: parties.iter().map(|p| p.plausible.len()).collect(),
        profiles: types.profiles(),
        drafts: drafts.len(),
        nash_lie: types.best_lie(&types.nash(), Force::Recommendation),
        recommended: types.honest(Force::Recommendation).map_err(fail)?,
        binding: types.honest(Force::Binding).map_err(fail)?,
    };
    match options.format {
        Output::Text => Ok(honesty_text(scenario, &cost, Emphasis::Ansi)),
        Output::Json => serde_json::to_string(&document(scenario, &cost))
            .map_err(|error| CommandError::failed(format!("cannot write JSON: {error}"))),
    }
}

fn document(scenario: &Scenario, cost: &HonestyCost) -> Value {
    let one = |honest: &Honest| {
        json!({
            "nash_share": honest.share,
            "bound": honest.bound,
            "largest_gain_from_a_lie": honest.lie,
        })
    };
    json!({
        "scenario": scenario.title(),
        "types": cost.types,
        "profiles": cost.profiles,
        "drafts": cost.drafts,
        "nash": {"nash_share": 1.0, "largest_gain_from_a_lie": cost.nash_lie},
        "recommendation": one(&cost.recommended),
        "binding": one(&cost.binding),
    })
}
