//! Does a small deal now help the broad one, or stand in its way?

use crate::error::CommandError;
use crate::output::{self, Format};
use crate::staging::input::{Answering, Block, Source, unsound};
use crate::staging::json;
use clap::Args;
use detente_analysis::staging::{
    AfterInterim, Case, Effort, InterimQuestion, Judged, Staging, Survey, best_plan,
    interim_swings, judge, small_deals_by_issue, survey,
};
use detente_report::staging::{AfterThem, interim_page, interim_text};

/// Judge a small deal: does it precede the broad agreement, preclude it, or
/// neither? And which small deals are safe?
#[derive(Debug, Args)]
pub(crate) struct Interim {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    answering: Answering,
    /// Judge only this small deal
    #[arg(long, value_name = "ID")]
    interim: Option<String>,
    /// Judge every possible small deal: which precede, which preclude, the
    /// largest safe ones, the best first step
    #[arg(long)]
    search: bool,
}

impl Interim {
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        let asked = self.source.blocks()?;
        let effort = self.source.effort();
        let mut answers = Vec::new();
        let mut shown = String::new();
        let mut many = asked.many;
        for input in asked.inputs {
            let block = asking(input);
            self.known(&block)?;
            let judged = judge(&block, self.interim.as_deref(), &effort).map_err(unsound)?;
            many |= judged.len() != 1;
            let found = match judged.first() {
                Some(first) if self.search || self.answering.report.is_some() => {
                    Some(all_small_deals(&first.question, &effort)?)
                }
                _ => None,
            };
            let mut rests = Vec::new();
            if self.answering.wants_sensitivity() {
                for j in &judged {
                    let swings = interim_swings(&j.question, &block.ranges, &effort);
                    rests.push(swings.map_err(unsound)?);
                }
            }
            if let Some(path) = &self.answering.report {
                let follows = follows(&judged, &effort)?;
                let more = AfterThem {
                    survey: found.as_ref(),
                    rests: &rests,
                    follows: follows.as_ref().map(|(which, case, best)| (*which, case, best)),
                };
                let page = interim_page(&block, &judged, &more, &self.source.about("interim"));
                output::write_file(path, &page)?;
            }
            let found = found.as_ref().filter(|_| self.search);
            if !self.answering.sensitivity {
                rests.clear();
            }
            for (index, j) in judged.iter().enumerate() {
                let mut answer = json::interim(j, rests.get(index));
                if !block.single_interim {
                    answer.insert("interim".into(), j.id.clone().into());
                }
                if let Some(found) = found.filter(|_| index + 1 == judged.len()) {
                    answer.insert("search".into(), json::survey(found));
                }
                answers.push(answer);
            }
            shown += &interim_text(&block, &judged, found, &rests);
        }
        if self.answering.format == Format::Json {
            shown = json::document(answers, many);
        }
        output::print(&shown)
    }

    /// Whether there is something to judge, and the one asked for is there.
    fn known(&self, block: &Staging) -> Result<(), CommandError> {
        if block.broad_deals().is_empty() {
            return Err(CommandError::usage(
                "no-broad-deals",
                "there is no broad deal that a small one may help or block",
                "list `broad_deals`; of a scenario they are the acceptable outcomes, and there is none",
            ));
        }
        let known: Vec<&str> = block.interims.iter().map(|i| i.id.as_str()).collect();
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
        Ok(())
    }
}

/// The block with its small deals: of a scenario that names none, one per
/// issue, against the deals that the rules of fairness pick.
fn asking(input: Block) -> Staging {
    let mut block = input.block;
    if input.of_scenario && block.interims.is_empty() {
        small_deals_by_issue(&mut block, &input.fair);
    }
    block
}

fn all_small_deals(
    question: &InterimQuestion,
    effort: &Effort<'_>,
) -> Result<Survey, CommandError> {
    let question = InterimQuestion { after: AfterInterim::default(), ..question.clone() };
    survey(&question, effort).map_err(unsound)
}

type Follows = (Option<usize>, Case, detente_analysis::staging::Assessment);

/// What would follow the first small deal that leaves a way, or else the
/// broad deal by itself.
fn follows(judged: &[Judged], effort: &Effort<'_>) -> Result<Option<Follows>, CommandError> {
    let open = judged.iter().enumerate().find_map(|(w, j)| Some((w, j, *j.answer.after.first()?)));
    let (which, case) = match (open, judged.first()) {
        (Some((which, j, deal)), _) => {
            let question = &j.question;
            (Some(which), question.case(&question.deals[deal], &question.interim, true))
        }
        (None, Some(j)) => {
            let Some(&deal) = j.answer.before.first() else { return Ok(None) };
            let start = vec![0; j.question.instance.deliverables.len()];
            (None, j.question.case(&j.question.deals[deal], &start, false))
        }
        (None, None) => return Ok(None),
    };
    let best = best_plan(&case, effort).map_err(unsound)?.best;
    Ok(best.map(|best| (which, case, best)))
}
