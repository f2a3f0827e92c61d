//! In what order could it be carried out, and who could walk away when?

use crate::error::CommandError;
use crate::output::{self, Format};
use crate::staging::input::{Answering, Block, Source, unsound};
use crate::staging::json;
use clap::Args;
use detente_analysis::staging::{Effort, StageChoice, plan_rests, price_case, stage};
use detente_report::staging::{stage_page, stage_text};

/// Find the plan nobody gains by leaving: in what order could a deal be
/// carried out, and who could walk away when?
#[derive(Debug, Args)]
pub(crate) struct Stage {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    answering: Answering,
    /// Plan this broad deal (by default: the one that can be staged best)
    #[arg(long, value_name = "ID")]
    deal: Option<String>,
    /// List every plan that nothing tells apart from the best one
    #[arg(long)]
    ties: bool,
    /// At most so many phases
    #[arg(long, value_name = "N")]
    max_phases: Option<usize>,
}

impl Stage {
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        let asked = self.source.blocks()?;
        if self.max_phases == Some(0) {
            return Err(CommandError::usage(
                "max-phases",
                "no phase is not a plan",
                "write --max-phases 1 or more",
            ));
        }
        let json = self.answering.format == Format::Json;
        let most_ties = if self.ties || json { 1000 } else { 1 };
        let effort = Effort { most_ties, ..self.source.effort() };
        let mut answers = Vec::new();
        let mut shown = String::new();
        for input in &asked.inputs {
            if input.of_scenario && input.block.deals.is_empty() {
                answers.push(json::nothing_to_stage());
                shown += NOTHING;
                continue;
            }
            let (answer, text) = self.one(input, &effort)?;
            answers.push(answer);
            shown += &text;
        }
        if json {
            shown = json::document(answers, asked.many);
        }
        output::print(&shown)
    }

    fn one(
        &self,
        input: &Block,
        effort: &Effort<'_>,
    ) -> Result<(json::Answer, String), CommandError> {
        let block = &input.block;
        let choice = StageChoice {
            deal: self.deal.as_deref(),
            max_phases: self.max_phases,
            fair: &input.fair,
        };
        let staged = stage(block, &choice, effort).map_err(unsound)?;
        let rests = match &staged.planned.best {
            Some(best) if self.answering.wants_sensitivity() => {
                Some(plan_rests(&staged.case, &best.plan, &block.ranges, effort).map_err(unsound)?)
            }
            _ => None,
        };
        if let Some(path) = &self.answering.report {
            let limited = block.put_up_at_most.as_deref();
            let priced =
                price_case(staged.case.clone(), limited, &block.sigma, effort).map_err(unsound)?;
            let about = self.source.about("stage");
            let page = stage_page(block, &staged, Some(&priced), rests.as_ref(), &about);
            output::write_file(path, &page)?;
        }
        let rests = rests.as_ref().filter(|_| self.answering.sensitivity);
        Ok((json::stage(block, &staged, rests), stage_text(block, &staged, self.ties, rests)))
    }
}

/// What is said of a scenario in which nothing is acceptable to all.
const NOTHING: &str = "\
No outcome is acceptable to every side, so there is nothing to carry out.
`detente solve` says what stands in the way.
";
