//! In what order could it be carried out, and who could walk away when?

use crate::error::CommandError;
use crate::output;
use crate::staging::input::{Format, Source, weigh};
use crate::staging::{json, text};
use clap::Args;
use detente_analysis::staging::{
    BroadDeal, Case, Effort, LastStep, PlanCounts, Planned, Rational, assess, best_plan,
    count_plans, last_steps,
};
use detente_staging_file::{StagingFile, read_staging};
use std::path::PathBuf;

/// Find the plan nobody gains by leaving: in what order could a deal be
/// carried out, and who could walk away when?
#[derive(Debug, Args)]
pub(crate) struct Stage {
    #[command(flatten)]
    source: Source,
    /// Plan this broad deal of the file (by default: the one that can be
    /// staged best)
    #[arg(long, value_name = "ID")]
    deal: Option<String>,
    /// List every plan that nothing tells apart from the best one
    #[arg(long)]
    ties: bool,
    /// At most so many phases
    #[arg(long, value_name = "N")]
    max_phases: Option<usize>,
    /// Show over which ranges of each number the answer holds
    #[arg(long)]
    sensitivity: bool,
    /// Write an HTML report to this file
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
}

/// One case, planned, with all that is said about it.
pub(crate) struct Staged {
    pub(crate) case: Case,
    pub(crate) deal: Option<String>,
    /// Other deals that were compared: name and best slack.
    pub(crate) others: Vec<(String, Option<Rational>, bool)>,
    pub(crate) planned: Planned,
    pub(crate) last: Vec<Option<LastStep>>,
    pub(crate) all_at_once: Option<Rational>,
    pub(crate) by_phases: Vec<(usize, Option<Rational>)>,
    pub(crate) counts: Option<PlanCounts>,
}

impl Stage {
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        let asked = self.source.read(read_staging)?;
        if self.max_phases == Some(0) {
            return Err(CommandError::usage(
                "max-phases",
                "no phase is not a plan",
                "write --max-phases 1 or more",
            ));
        }
        let most_ties = if self.ties || self.source.format == Format::Json { 1000 } else { 1 };
        let effort = Effort { most_ties, ..self.source.effort() };
        let mut answers = Vec::new();
        let mut shown = String::new();
        for file in &asked.inputs {
            let staged = self.staged(file, &effort)?;
            if self.source.format == Format::Json {
                let mut answer = json::stage(&staged.parts());
                if let Some(deal) = &staged.deal {
                    answer.insert("deal".into(), deal.clone().into());
                }
                answers.push(answer);
            } else {
                shown += &text::stage(file, &staged, self.ties);
                if self.sensitivity {
                    shown += &text::sensitivity(file, &staged, &effort)?;
                }
            }
            if let Some(path) = &self.report {
                output::write_file(path, &crate::staging::report::stage(file, &staged, &effort)?)?;
            }
        }
        if self.source.format == Format::Json {
            shown = json::document(answers, asked.many);
        }
        output::print(&shown)
    }

    fn staged(&self, file: &StagingFile, effort: &Effort<'_>) -> Result<Staged, CommandError> {
        let mut case = weigh(file);
        if let Some(most) = self.max_phases {
            case.limits.max_phases = Some(case.limits.max_phases.map_or(most, |m| m.min(most)));
        }
        let deals = deals(file);
        let chosen: Vec<&BroadDeal> = match &self.deal {
            Some(id) => vec![deals.iter().find(|d| d.id == *id).ok_or_else(|| {
                let known: Vec<&str> = deals.iter().map(|d| d.id.as_str()).collect();
                CommandError::usage(
                    "no-such-deal",
                    format!("there is no deal `{id}`"),
                    format!("there are: {}", known.join(", ")),
                )
            })?],
            None => deals.iter().collect(),
        };
        if chosen.is_empty() {
            return stage_case(case, None, Vec::new(), effort);
        }
        let mut best: Option<(usize, bool, Option<Rational>)> = None;
        let mut others = Vec::new();
        let quick = Effort { most_ties: 1, ..*effort };
        for (index, deal) in chosen.iter().enumerate() {
            let planned = best_plan(&with_deal(&case, deal), &quick).map_err(unsound)?;
            let slack = planned.best.as_ref().and_then(|b| b.min_slack.clone());
            let holds = planned.best.as_ref().is_some_and(|b| b.self_enforcing() && b.durable());
            others.push((deal.id.clone(), slack.clone(), holds));
            let better = best.as_ref().is_none_or(|(_, h, s)| (holds, &slack) > (*h, s));
            if better {
                best = Some((index, holds, slack));
            }
        }
        let Some((index, ..)) = best else { return stage_case(case, None, others, effort) };
        stage_case(with_deal(&case, chosen[index]), Some(chosen[index].id.clone()), others, effort)
    }
}

/// The broad deals of a file: those listed, or every combination of options
/// with the deliverables that carry it out.
pub(crate) fn deals(file: &StagingFile) -> Vec<BroadDeal> {
    if !file.deals.is_empty() || file.carried_out_by.is_empty() {
        return file.deals.clone();
    }
    let case = &file.case.case;
    let mut all = vec![(String::new(), vec![0; case.deliverables.len()])];
    for map in &file.carried_out_by {
        all = all
            .into_iter()
            .flat_map(|(name, target)| {
                map.options.iter().map(move |(option, progress)| {
                    let separator = if name.is_empty() { "" } else { ", " };
                    let target = target.iter().zip(progress).map(|(a, b)| *a.max(b)).collect();
                    (format!("{name}{separator}{}={option}", map.issue), target)
                })
            })
            .take(MOST_OUTCOMES)
            .collect();
    }
    all.into_iter()
        .filter(|(_, target)| target.iter().any(|&t| t > 0))
        .map(|(id, target)| BroadDeal { id, target, residual: case.residual.clone() })
        .collect()
}

/// Most combinations of options planned one by one.
const MOST_OUTCOMES: usize = 2000;

fn with_deal(case: &Case, deal: &BroadDeal) -> Case {
    let mut case = case.clone();
    case.target.clone_from(&deal.target);
    case.residual.clone_from(&deal.residual);
    case
}

pub(crate) fn unsound(error: detente_analysis::staging::CaseError) -> CommandError {
    CommandError::usage("staging-case", error.to_string(), "see docs/format-staging.md")
}

fn stage_case(
    case: Case,
    deal: Option<String>,
    others: Vec<(String, Option<Rational>, bool)>,
    effort: &Effort<'_>,
) -> Result<Staged, CommandError> {
    let planned = best_plan(&case, effort).map_err(unsound)?;
    let plan = planned.best.as_ref().map(|b| b.plan.clone()).unwrap_or_default();
    let at_once = vec![case.start.clone(), case.target.clone()];
    let all_at_once =
        (case.start != case.target).then(|| assess(&case, &at_once).min_slack).flatten();
    let phases = plan.len().saturating_sub(1);
    let mut by_phases = Vec::new();
    let small = planned.statistics.moves <= MOST_MOVES_BY_PHASES;
    for most in 1..=phases {
        if !small {
            break;
        }
        let mut limited = case.clone();
        limited.limits.max_phases = Some(most);
        let quick = Effort { most_ties: 1, ..*effort };
        let best = best_plan(&limited, &quick).map_err(unsound)?;
        by_phases.push((most, best.best.and_then(|b| b.min_slack)));
    }
    Ok(Staged {
        last: last_steps(&case, &plan),
        counts: count_plans(&case, effort),
        all_at_once,
        by_phases,
        planned,
        case,
        deal,
        others,
    })
}

/// Above so many moves the best slack is not worked out for every number of phases.
const MOST_MOVES_BY_PHASES: u128 = 2_000_000;

impl Staged {
    fn parts(&self) -> json::StageParts<'_> {
        json::StageParts {
            case: &self.case,
            planned: &self.planned,
            last: &self.last,
            all_at_once: self.all_at_once.as_ref(),
            by_phases: &self.by_phases,
            counts: self.counts.as_ref(),
        }
    }
}
