//! What would it take for a plan to hold?

use crate::commands::stage::{deals, unsound};
use crate::error::CommandError;
use crate::output;
use crate::staging::input::{Format, Source, weigh};
use crate::staging::{json, text};
use clap::Args;
use detente_analysis::staging::{
    Case, Effort, GuaranteeFound, Instrument, Means, Mix, Planned, Rational, best_plan,
    least_guarantee, least_mix,
};
use detente_staging_file::{StagingFile, read_staging};
use num_traits::Zero;

/// Find the least bonds or rewards, and whose, that make a deal hold phase by
/// phase: what would it take?
#[derive(Debug, Args)]
pub(crate) struct Guarantee {
    #[command(flatten)]
    source: Source,
    /// The broad deal of the file to carry out (by default: the first listed,
    /// else everything)
    #[arg(long, value_name = "ID")]
    deal: Option<String>,
}

/// One case with what it would take.
pub(crate) struct Priced {
    pub(crate) case: Case,
    pub(crate) planned: Planned,
    pub(crate) bond: GuaranteeFound,
    pub(crate) reward: GuaranteeFound,
    pub(crate) linked: Option<Rational>,
    pub(crate) limited: Option<Vec<Rational>>,
    /// For the best plan, kept: what each means alone, and all together, would take.
    pub(crate) mixes: Vec<(&'static str, Option<Mix>)>,
}

impl Guarantee {
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        let asked = self.source.read(read_staging)?;
        let effort = self.source.effort();
        let mut answers = Vec::new();
        let mut shown = String::new();
        for file in &asked.inputs {
            let priced = price(file, self.deal.as_deref(), &effort)?;
            if self.source.format == Format::Json {
                answers.push(json::guarantee(&priced.parts()));
            } else {
                shown += &text::guarantee(&priced);
            }
        }
        if self.source.format == Format::Json {
            shown = json::document(answers, asked.many);
        }
        output::print(&shown)
    }
}

/// Prices one case.
pub(crate) fn price(
    file: &StagingFile,
    deal: Option<&str>,
    effort: &Effort<'_>,
) -> Result<Priced, CommandError> {
    let mut case = weigh(file);
    let listed = file.deals.first().map(|d| d.id.as_str());
    if let Some(id) = deal.or(listed) {
        let deals = deals(file);
        let Some(deal) = deals.iter().find(|d| d.id == id) else {
            let known: Vec<&str> = deals.iter().map(|d| d.id.as_str()).collect();
            return Err(CommandError::usage(
                "no-such-deal",
                format!("there is no deal `{id}`"),
                format!("there are: {}", known.join(", ")),
            ));
        };
        case.target.clone_from(&deal.target);
        case.residual.clone_from(&deal.residual);
    }
    let mut plain = case.clone();
    plain.bond = vec![Rational::zero(); case.parties.len()];
    plain.reward.clone_from(&plain.bond);
    let mut linked = plain.clone();
    linked.leak = Rational::zero();
    let slack = |planned: &Planned| planned.best.as_ref().and_then(|b| b.min_slack.clone());
    let planned = best_plan(&plain, effort).map_err(unsound)?;
    let limited = file.put_up_at_most.as_deref();
    let least = |instrument| {
        least_guarantee(&plain, instrument, &file.sigma, limited, effort).map_err(unsound)
    };
    Ok(Priced {
        bond: least(Instrument::Bond)?,
        reward: least(Instrument::Reward)?,
        linked: slack(&best_plan(&linked, effort).map_err(unsound)?),
        limited: file.put_up_at_most.clone(),
        mixes: mixes(&plain, &planned, &file.sigma),
        planned,
        case: plain,
    })
}

/// The means, one by one and together, for the best plan.
fn mixes(case: &Case, planned: &Planned, sigma: &Rational) -> Vec<(&'static str, Option<Mix>)> {
    let Some(best) = &planned.best else { return Vec::new() };
    let none = Means { bonds: false, rewards: false, payments: false, transfers: false };
    [
        ("bonds", Means { bonds: true, ..none }),
        ("rewards", Means { rewards: true, ..none }),
        ("payments", Means { payments: true, ..none }),
        ("transfers", Means { transfers: true, ..none }),
        ("all together", Means { bonds: true, rewards: true, payments: true, transfers: true }),
    ]
    .into_iter()
    .map(|(name, means)| (name, least_mix(case, &best.plan, means, sigma)))
    .collect()
}

impl Priced {
    pub(crate) fn without(&self) -> Option<&Rational> {
        self.planned.best.as_ref().and_then(|b| b.min_slack.as_ref())
    }

    fn parts(&self) -> json::GuaranteeParts<'_> {
        json::GuaranteeParts {
            without: self.without(),
            bond: &self.bond,
            reward: &self.reward,
            linked: self.linked.as_ref(),
            mixes: &self.mixes,
        }
    }
}
