//! From a scenario to what is carried out: the parties' own values spread over
//! steps, with visible defaults for what the scenario does not say.

mod carried_out;
mod values;

pub use values::Values;

use super::at_home::Worth;
use super::fair::fair_among;
use super::{Case, CaseError, Rational, Staging, WeightRule, breakdown};
use crate::budget::Budget;
use crate::solved::SolutionRule;
use detente_model::Scenario;
use detente_model::staging::NamedInterim;
use num_traits::{One, ToPrimitive, Zero};

/// A staging block made for a scenario.
#[derive(Debug, Clone)]
pub struct ScenarioStaging {
    /// The block; its broad deals are the acceptable outcomes compared.
    pub block: Staging,
    /// What the rules of fairness pick among them, by place.
    pub fair: Vec<(SolutionRule, usize)>,
    /// Whether these are all acceptable outcomes; otherwise the efficient and
    /// the fair ones that `solve` finds.
    pub all_outcomes: bool,
}

/// Up to so many outcomes are looked at one by one.
const MOST_OUTCOMES: u32 = 20_000;

/// Makes the staging block of a scenario, from what its folder says about
/// carrying out and from defaults for the rest.
///
/// # Errors
/// [`CaseError`] when the scenario has no numbers to work with, or the two do
/// not fit together.
pub fn stage_scenario(
    scenario: &Scenario,
    written: Option<Staging>,
    budget: &Budget<'_>,
) -> Result<ScenarioStaging, CaseError> {
    let values = Values::new(scenario)?;
    let mut block = written.unwrap_or_else(|| empty_block(scenario, &values));
    if block.case.name.is_empty() {
        scenario.title().clone_into(&mut block.case.name);
    }
    let listed = !block.deals.is_empty();
    values.fill(&mut block)?;
    if listed {
        return Ok(ScenarioStaging { block, fair: Vec::new(), all_outcomes: true });
    }
    let all_outcomes = scenario.outcome_count().to_u32().is_some_and(|n| n <= MOST_OUTCOMES);
    let outcomes = if all_outcomes {
        values.acceptable()
    } else {
        values.efficient(&crate::solve(scenario, budget).map_err(|e| CaseError(e.to_string()))?)
    };
    let of_scenario = !block.valued.iter().any(|v| *v);
    let mut deals = Vec::new();
    let (mut gains, mut worths) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        if Some(&outcome) == values.no_deal.as_ref() {
            continue;
        }
        let worth = values.worth(&outcome);
        let gain: Vec<Rational> = worth.iter().zip(&values.reserves).map(|(u, r)| u - r).collect();
        let mut deal = values.deal(&block, &outcome);
        if of_scenario {
            // What no step carries (combinations, what standing still is
            // worth) comes with the finished deal, so that nothing is lost.
            let carried = block.case.with_deal(&deal).total_lumps();
            let start = breakdown(&block.case, &block.case.start);
            for i in 0..gain.len() {
                deal.residual[i] += &gain[i] + &start[i] - &carried[i];
            }
        }
        deals.push(deal);
        gains.push(gain);
        worths.push(worth);
    }
    block.deals = deals;
    Ok(ScenarioStaging { fair: fair_among(&gains, &worths), block, all_outcomes })
}

/// Gives a scenario's block one small deal per issue, settled as the first
/// rule of fairness would settle it, and keeps as broad deals those that the
/// rules pick.
pub fn small_deals_by_issue(block: &mut Staging, fair: &[(SolutionRule, usize)]) {
    let Some((rule, first)) = fair.first() else { return };
    let chosen = block.deals[*first].clone();
    for map in &block.carried_out_by {
        let part: Vec<usize> = (0..chosen.target.len())
            .map(|j| {
                let moved = map.options.iter().any(|(_, progress)| progress[j] > 0);
                if moved { chosen.target[j] } else { 0 }
            })
            .collect();
        let all = part == chosen.target;
        if part.iter().any(|&p| p > 0) && !all {
            let id = format!("{} alone", map.issue);
            let after = super::AfterInterim::default();
            block.interims.push(NamedInterim { id, progress: part, after });
        }
    }
    let mut kept: Vec<usize> = fair.iter().map(|(_, d)| *d).collect();
    kept.sort_unstable();
    kept.dedup();
    block.deals = kept.into_iter().map(|d| block.deals[d].clone()).collect();
    block.assumed.push(format!(
        "each issue by itself is a small deal, settled as in the {} deal; the broad deals are those that the rules of fairness pick",
        rule.name()
    ));
}

/// A block that leaves everything to the defaults.
fn empty_block(scenario: &Scenario, values: &Values<'_>) -> Staging {
    let ids = scenario.parties().iter().map(|p| p.id.clone()).collect();
    let mut case = Case::new(scenario.title(), ids);
    case.discount.clone_from(&values.discount);
    for (annuity, discount) in case.annuity.iter_mut().zip(&values.discount) {
        let left = Rational::one() - discount;
        *annuity = if left.is_zero() { Rational::zero() } else { left.recip() };
    }
    let mut block = Staging::new(case);
    block.weights = WeightRule::ByGain;
    block.assumed = vec![
        "discounts as in the parties' files; no break-off probability; no linked exchange, no escrow (leak 1)".into(),
        "weight 1/largest total gain, so that units do not matter".into(),
        "nothing is taken back if things collapse, and nothing changes anybody's leverage".into(),
        "the finished relationship is worth nothing beyond the deal (residual 0)".into(),
    ];
    block
}
