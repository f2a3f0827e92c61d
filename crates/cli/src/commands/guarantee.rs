//! What would it take for a plan to hold?

use crate::error::CommandError;
use crate::output::{self, Format};
use crate::staging::input::{Answering, Block, Source, unsound};
use crate::staging::json;
use clap::Args;
use detente_analysis::staging::{
    Effort, Instrument, Priced, StageChoice, Swings, guarantee_swings, price, stage,
};
use detente_report::staging::{guarantee_page, guarantee_text};

/// Find the least bonds or rewards, and whose, that make a deal hold phase by
/// phase: what would it take?
#[derive(Debug, Args)]
pub(crate) struct Guarantee {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    answering: Answering,
    /// The broad deal to carry out (by default: the first listed, else
    /// everything; of a scenario, the deal that can be staged best)
    #[arg(long, value_name = "ID")]
    deal: Option<String>,
}

impl Guarantee {
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        let asked = self.source.blocks()?;
        let effort = self.source.effort();
        let mut answers = Vec::new();
        let mut shown = String::new();
        for input in &asked.inputs {
            let block = &input.block;
            let deal = self.deal(input, &effort)?;
            let priced = price(block, deal.as_deref(), &effort).map_err(unsound)?;
            let rests =
                if self.answering.wants_sensitivity() { rests(block, &priced)? } else { None };
            if let Some(path) = &self.answering.report {
                let about = self.source.about("guarantee");
                output::write_file(path, &guarantee_page(block, &priced, rests.as_ref(), &about))?;
            }
            let rests = rests.as_ref().filter(|_| self.answering.sensitivity);
            let mut answer = json::guarantee(&priced, rests);
            if let Some(deal) = deal {
                answer.insert("deal".into(), deal.into());
            }
            answers.push(answer);
            shown += &guarantee_text(block, &priced, rests);
        }
        if self.answering.format == Format::Json {
            shown = json::document(answers, asked.many);
        }
        output::print(&shown)
    }

    /// Which deal to price; of a scenario's outcomes the one to be staged.
    fn deal(&self, input: &Block, effort: &Effort<'_>) -> Result<Option<String>, CommandError> {
        if self.deal.is_some() || !input.of_scenario {
            return Ok(self.deal.clone());
        }
        let choice = StageChoice { fair: &input.fair, ..StageChoice::default() };
        Ok(stage(&input.block, &choice, effort).map_err(unsound)?.deal)
    }
}

/// What the least guarantee rests on: the bonds, or where none suffice the rewards.
fn rests(
    block: &detente_analysis::staging::Staging,
    priced: &Priced,
) -> Result<Option<Swings>, CommandError> {
    let each = [(Instrument::Bond, &priced.bond), (Instrument::Reward, &priced.reward)];
    let found = each.into_iter().find_map(|(i, found)| Some((i, found.least.as_ref()?)));
    found
        .map(|(instrument, least)| {
            guarantee_swings(&priced.case, &least.plan, instrument, &block.sigma, &block.ranges)
                .map_err(unsound)
        })
        .transpose()
}
