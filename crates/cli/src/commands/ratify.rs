//! Can each side get it accepted at home?

use crate::error::CommandError;
use crate::output::{self, Format};
use crate::staging::input::{Answering, Source, unsound};
use crate::staging::json;
use clap::Args;
use detente_analysis::staging::{
    FairAtHome, NamedRatification, Values, fair_at_home, ratification_swings, ratify,
    stated_fair_at_home,
};
use detente_formats::read_ratification;
use detente_model::Scenario;
use detente_report::staging::{ratify_page, ratify_text};

/// Work out which deals can be ratified at home on every side, who blocks the
/// draft, the cheapest change and the least side-payments, and how the
/// efficient and the fair deals change.
#[derive(Debug, Args)]
pub(crate) struct Ratify {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    answering: Answering,
    /// List at most so many outcomes of the joint win-set
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    list: usize,
}

/// Branches looked at before the answer is called incomplete.
const MOST_STEPS: u64 = 30_000_000;
/// The same for each number that is moved.
const MOST_STEPS_MOVED: u64 = 100_000;

impl Ratify {
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        let (asked, scenario) = self.source.ratification(read_ratification)?;
        let mut answers = Vec::new();
        let mut shown = String::new();
        for named in &asked.inputs {
            let question = &named.question;
            let answer = ratify(question, self.list, MOST_STEPS).map_err(unsound)?;
            let fair = fair(named, scenario.as_ref())?;
            let rests = if self.answering.wants_sensitivity() {
                let found = ratification_swings(question, &named.issues, MOST_STEPS_MOVED);
                Some(found.map_err(unsound)?)
            } else {
                None
            };
            if let Some(path) = &self.answering.report {
                let subject = scenario.as_ref().map_or("", |s| s.title());
                let about = self.source.about("ratify");
                let page =
                    ratify_page(subject, named, &answer, fair.as_ref(), rests.as_ref(), &about);
                output::write_file(path, &page)?;
            }
            let rests = rests.as_ref().filter(|_| self.answering.sensitivity);
            answers.push(json::ratification(named, &answer, fair.as_ref(), rests));
            shown += &ratify_text(named, &answer, fair.as_ref(), rests);
        }
        if self.answering.format == Format::Json {
            shown = json::document(answers, asked.many);
        }
        output::print(&shown)
    }
}

/// How the fair deals change: by the scenario's values, or those stated.
fn fair(
    named: &NamedRatification,
    scenario: Option<&Scenario>,
) -> Result<Option<FairAtHome>, CommandError> {
    match scenario {
        Some(scenario) if !named.question.has_own_worth() => {
            let values = Values::new(scenario).map_err(unsound)?;
            if !values.are_about(named) {
                return Err(CommandError::usage(
                    "ratification-issues",
                    "`ratification` names other issues or options than the scenario",
                    "leave `issues` out, so that the scenario's are taken, or name them in its order",
                ));
            }
            fair_at_home(&named.question, &values).map_err(unsound)
        }
        _ => stated_fair_at_home(&named.question).map_err(unsound),
    }
}
