//! Does a small deal now help the broad one, or stand in its way?

use crate::commands::stage::{deals, unsound};
use crate::error::CommandError;
use crate::output;
use crate::staging::input::{Format, Source, weigh};
use crate::staging::{json, text};
use clap::Args;
use detente_analysis::staging::{AfterInterim, InterimAnswer, InterimQuestion, survey};
use detente_staging_file::{StagingFile, read_staging};
use std::path::PathBuf;

/// Judge a small deal: does it precede the broad agreement, preclude it, or
/// neither? And which small deals are safe?
#[derive(Debug, Args)]
pub(crate) struct Interim {
    #[command(flatten)]
    source: Source,
    /// Judge only this small deal of the file
    #[arg(long, value_name = "ID")]
    interim: Option<String>,
    /// Judge every possible small deal: which precede, which preclude, the
    /// largest safe ones, the best first step
    #[arg(long)]
    search: bool,
    /// Write an HTML report to this file
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
}

/// A small deal with its answer.
pub(crate) struct Judged {
    pub(crate) id: String,
    pub(crate) question: InterimQuestion,
    pub(crate) answer: InterimAnswer,
}

impl Interim {
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        let asked = self.source.read(read_staging)?;
        let effort = self.source.effort();
        let mut answers = Vec::new();
        let mut shown = String::new();
        let mut many = asked.many;
        for file in &asked.inputs {
            let questions = self.questions(file)?;
            many |= questions.len() != 1;
            let named = !file.single_interim;
            let mut judged = Vec::new();
            for (id, question) in questions {
                let answer = question.judge(&effort).map_err(unsound)?;
                let mut answered = json::interim(&question, &answer);
                if named {
                    answered.insert("interim".into(), id.clone().into());
                }
                answers.push(answered);
                judged.push(Judged { id, question, answer });
            }
            let found = match (self.search || self.report.is_some(), judged.first()) {
                (true, Some(first)) => {
                    let after = AfterInterim::default();
                    let question = InterimQuestion { after, ..first.question.clone() };
                    Some(survey(&question, &effort).map_err(unsound)?)
                }
                _ => None,
            };
            if self.source.format == Format::Text {
                shown += &text::interim(file, &judged, found.as_ref().filter(|_| self.search));
            } else if let (Some(found), Some(last)) =
                (found.as_ref().filter(|_| self.search), answers.last_mut())
            {
                last.insert("search".into(), json::survey(found));
            }
            if let Some(path) = &self.report {
                let page = crate::staging::report::interim(file, &judged, found.as_ref(), &effort)?;
                output::write_file(path, &page)?;
            }
        }
        if self.source.format == Format::Json {
            shown = json::document(answers, many);
        }
        output::print(&shown)
    }

    fn questions(
        &self,
        file: &StagingFile,
    ) -> Result<Vec<(String, InterimQuestion)>, CommandError> {
        let instance = weigh(file);
        let deals = deals(file);
        if deals.is_empty() {
            return Err(CommandError::usage(
                "no-broad-deals",
                "the file has no `broad_deals`",
                "list the broad deals that the small one may help or block",
            ));
        }
        let known: Vec<&str> = file.interims.iter().map(|i| i.id.as_str()).collect();
        if let Some(id) = self.interim.as_deref().filter(|id| !known.contains(id)) {
            return Err(CommandError::usage(
                "no-such-interim",
                format!("there is no small deal `{id}`"),
                format!("there are: {}", known.join(", ")),
            ));
        }
        if known.is_empty() {
            return Err(CommandError::usage(
                "no-interims",
                "the file has no small deal",
                "add interims: {first_step: {steps: {works: 1}}}",
            ));
        }
        Ok(file
            .interims
            .iter()
            .filter(|i| self.interim.as_ref().is_none_or(|id| i.id == *id))
            .map(|i| {
                let question = InterimQuestion {
                    instance: instance.clone(),
                    deals: deals.clone(),
                    interim: i.progress.clone(),
                    after: i.after.clone(),
                    sigma: file.sigma.clone(),
                    epsilon: file.epsilon.clone(),
                };
                (i.id.clone(), question)
            })
            .collect())
    }
}
