//! Can each side get it accepted at home?

use crate::commands::stage::unsound;
use crate::error::CommandError;
use crate::output;
use crate::staging::input::{Format, Source};
use crate::staging::{json, text};
use clap::Args;
use detente_staging_file::read_ratification;

/// Work out which deals can be ratified at home on every side, who blocks the
/// draft, the cheapest change and the least side-payments.
#[derive(Debug, Args)]
pub(crate) struct Ratify {
    #[command(flatten)]
    source: Source,
    /// List at most so many outcomes of the joint win-set
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    list: usize,
}

/// Branches looked at before the answer is called incomplete.
pub(crate) const MOST_STEPS: u64 = 30_000_000;

impl Ratify {
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        let asked = self.source.read(read_ratification)?;
        let mut answers = Vec::new();
        let mut shown = String::new();
        for named in &asked.inputs {
            let answer = named.question.answer(self.list, MOST_STEPS).map_err(unsound)?;
            let names: Vec<String> =
                named.question.parties.iter().map(|p| p.name.clone()).collect();
            let sides: Vec<Vec<String>> = named
                .question
                .parties
                .iter()
                .map(|p| p.constituencies.iter().map(|c| c.name.clone()).collect())
                .collect();
            if self.source.format == Format::Json {
                answers.push(json::ratification(&names, &sides, &answer));
            } else {
                shown += &text::ratification(named, &answer);
            }
        }
        if self.source.format == Format::Json {
            shown = json::document(answers, asked.many);
        }
        output::print(&shown)
    }
}
