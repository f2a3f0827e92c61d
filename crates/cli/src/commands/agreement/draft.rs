//! `detente agreement draft`: obligations from a staged plan.

use crate::error::CommandError;
use crate::output;
use crate::staging::input::{Source, unsound};
use clap::Args;
use detente_agreement::draft::{Part, Plan, draft};
use detente_analysis::staging::{Effort, StageChoice, stage};
use jiff::civil::Date;

/// Draft an agreement from a broad deal and the plan that carries it out
///
/// One obligation for each deliverable and phase; what moves in one phase
/// begins together, and each phase once everything before it is verified.
#[derive(Debug, Args)]
pub(crate) struct DraftArguments {
    #[command(flatten)]
    source: Source,
    /// The broad deal of the file
    #[arg(long, value_name = "ID")]
    deal: Option<String>,
    /// The agreement's id
    #[arg(long)]
    id: String,
    /// The day on which carrying out begins
    #[arg(long, value_name = "DAY")]
    from: Date,
    /// How many days a phase takes, where the file does not say
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    phase_days: u32,
    /// Who verifies
    #[arg(long, value_name = "NAME", default_value = "Verifier")]
    verifier: String,
}

/// Drafts.
pub(crate) fn run(arguments: &DraftArguments) -> Result<(), CommandError> {
    let asked = arguments.source.blocks()?;
    let Some(input) = asked.inputs.first() else { return Ok(()) };
    let choice =
        StageChoice { deal: arguments.deal.as_deref(), max_phases: None, fair: &input.fair };
    let effort = Effort { most_ties: 1, ..arguments.source.effort() };
    let staged = stage(&input.block, &choice, &effort).map_err(unsound)?;
    let case = &staged.case;
    let Some(best) = &staged.planned.best else {
        return Err(CommandError::usage(
            "no-plan",
            "no plan carries this deal out, so there is nothing to draft",
            "see `detente stage` for what would change that",
        ));
    };
    let mut parts = Vec::new();
    for (phase, pair) in best.plan.windows(2).enumerate() {
        for (d, deliverable) in case.deliverables.iter().enumerate() {
            let steps = pair[1][d].saturating_sub(pair[0][d]);
            if steps == 0 {
                continue;
            }
            let words = input.block.described.get(d);
            let title = words.and_then(|w| w.title.clone());
            let per_step = words.and_then(|w| w.quantity.as_deref()).unwrap_or("1 step");
            parts.push(Part {
                phase: phase + 1,
                title: title.unwrap_or_else(|| deliverable.id.clone()),
                deliverable: deliverable.id.clone(),
                by: deliverable.performer,
                steps,
                per_step: per_step.to_owned(),
                persons: deliverable.concerns_persons,
            });
        }
    }
    let phase_days = input.block.calendar.as_ref().and_then(|c| u32::try_from(c.phase_days).ok());
    let plan = Plan {
        id: &arguments.id,
        title: &case.name,
        parties: &case.parties,
        from: arguments.from,
        phase_days: phase_days.unwrap_or(arguments.phase_days),
        verifier: &arguments.verifier,
        parts,
    };
    output::print(&draft(&plan))
}
