//! In what order a package could be carried out so that nobody gains by walking away.

use super::known::{Known, middle};
use crate::id::{IssueId, PrincipalId};
use crate::table::Package;
use crate::view::View;
use detente_analysis::budget::Budget;
use detente_analysis::staging::{Assessment, Case, Effort, best_plan, stage_scenario};
use detente_elicitation::{Settings, Version};
use detente_model::Scenario;
use num_traits::{Signed, ToPrimitive};
use serde::Serialize;

/// Ways the sides may be in which the package is staged anew.
const READINGS: usize = 12;

/// How a package could be carried out. Estimates: they rest on the middle of
/// what the sides may be, and on the visible assumptions of staging.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stages {
    /// The phases, in order.
    pub phases: Vec<Phase>,
    /// Whether in the middle reading no side ever gains by walking away.
    pub holds: bool,
    /// In how many of how many readings some order holds.
    pub readings: (usize, usize),
    /// The side with the least reason to go on, and in which phase (from 1).
    pub weakest: Option<(PrincipalId, usize)>,
}

/// What is done in one phase.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Phase {
    /// Which side carries out the settlement of which issue.
    pub done: Vec<(PrincipalId, IssueId)>,
    /// Per side: how much more going on is worth than the better of cheating
    /// and walking out, in parts of its whole gain.
    pub slack: Vec<f64>,
}

/// Stages a package that settles every issue; `None` where that cannot be
/// done, or a side would rather have no agreement in the middle reading.
#[must_use]
pub fn stages(seen: &View, package: &Package, budget: &Budget<'_>) -> Option<Stages> {
    let known = Known::of(seen)?;
    let deal = known.table.deal(package)?;
    let versions = known.versions(&known.case(Settings::default()));
    let middles: Vec<Version> = versions.iter().map(|v| middle(v)).collect();
    let accepted = |all: &[&Version]| all.iter().all(|v| v.utility(&deal) >= v.reservation);
    let stop = || budget.is_over();
    let effort = Effort {
        most_moves: 2_000_000,
        most_moves_kept: 1_000_000,
        most_labels: 500_000,
        most_ties: 1,
        stop: &stop,
    };
    let planned = |all: &[&Version]| {
        if !accepted(all) {
            return None;
        }
        let outcome = known.table.space.outcome(&deal);
        plan(&known.table.reading(all)?, &outcome, budget, &effort)
    };
    let (case, best) = planned(&middles.iter().collect::<Vec<_>>())?;
    let kept = versions.iter().map(Vec::len).min()?;
    let drawn: Vec<bool> = (0..READINGS.min(kept))
        .map(|k| {
            let so: Vec<&Version> = versions.iter().map(|v| &v[k * kept / READINGS]).collect();
            planned(&so).is_some_and(|(_, best)| holds(&best))
        })
        .collect();
    let worst = best.rows.iter().filter(|row| !row.durability).min_by(|a, b| a.slack.cmp(&b.slack));
    Some(Stages {
        phases: phases(&known, &case, &best),
        holds: holds(&best),
        readings: (drawn.iter().filter(|h| **h).count(), drawn.len()),
        weakest: worst.map(|row| (known.parties[row.party], row.phase)),
    })
}

fn holds(best: &Assessment) -> bool {
    let kept = best.min_slack.as_ref().is_none_or(|slack| !slack.is_negative());
    kept && best.durability.iter().all(|d| !d.is_negative())
}

/// The best plan for one outcome of a scenario.
fn plan(
    scenario: &Scenario,
    outcome: &detente_model::Outcome,
    budget: &Budget<'_>,
    effort: &Effort<'_>,
) -> Option<(Case, Assessment)> {
    let staged = stage_scenario(scenario, None, budget).ok()?;
    let names = scenario.issues().iter().enumerate().map(|(i, issue)| {
        let option = outcome.option(i)?;
        Some(format!("{}={}", issue.name, issue.option_name(option)))
    });
    let id = names.collect::<Option<Vec<_>>>()?.join(", ");
    let deals = staged.block.broad_deals();
    let deal = deals.iter().find(|deal| deal.id == id)?;
    let case = staged.block.weighed().with_deal(deal);
    let best = best_plan(&case, effort).ok()?.best?;
    Some((case, best))
}

fn phases(known: &Known, case: &Case, best: &Assessment) -> Vec<Phase> {
    let steps = best.plan.windows(2).enumerate();
    steps
        .map(|(at, pair)| {
            let (before, after) = (&pair[0], &pair[1]);
            let done = (0..case.deliverables.len()).filter(|j| after[*j] > before[*j]);
            let done = done.filter_map(|j| {
                let deliverable = &case.deliverables[j];
                // Deliverables of a scenario are named after their issue, whose name is its id.
                let issue =
                    known.table.ids.iter().find(|id| deliverable.id.contains(&id.to_string()));
                Some((known.parties[deliverable.performer], *issue?))
            });
            let rows = best.rows.iter().filter(|row| !row.durability && row.phase == at + 1);
            let mut slack = vec![0.0; known.parties.len()];
            for row in rows {
                slack[row.party] = row.slack.to_f64().unwrap_or(0.0);
            }
            Phase { done: done.collect(), slack }
        })
        .collect()
}
