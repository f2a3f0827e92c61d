//! `detente agreement simulate`: if a ladder is begun, by when does what happen?

use crate::error::CommandError;
use crate::witness::today;
use crate::{agreements, output, snippet};
use clap::Args;
use detente_agreement::Moment;
use detente_agreement::dispute::{Assumptions, simulate};
use detente_report::agreement::ladder_text;
use std::path::PathBuf;

/// Run a remedy forward: if it is begun on a day, by when does what happen?
#[derive(Debug, Args)]
pub(crate) struct SimulateArguments {
    /// The agreement's folder
    agreement: PathBuf,
    /// The remedy
    remedy: String,
    /// When it is begun (2031-04-02, or "2031-04-02 10:30"); today by default
    #[arg(long, value_name = "WHEN")]
    from: Option<Moment>,
    /// Extend a step's clock by so many days: STEP=DAYS
    #[arg(long, value_name = "STEP=DAYS")]
    extend: Vec<String>,
    /// Leave out an optional step
    #[arg(long, value_name = "STEP")]
    without: Vec<String>,
}

/// Simulates.
pub(crate) fn run(arguments: &SimulateArguments) -> Result<(), CommandError> {
    let input = agreements::load(&arguments.agreement)?;
    snippet::print(&input.warnings, &input.sources);
    let a = &input.agreement;
    let Some(remedy) = a.remedy(&arguments.remedy) else {
        let known: Vec<&str> = a.remedies.iter().map(|r| r.id.as_str()).collect();
        return Err(CommandError::usage(
            "unknown-remedy",
            format!("there is no remedy `{}`", arguments.remedy),
            format!("there are: {}", known.join(", ")),
        ));
    };
    let step = |id: &str| remedy.steps.iter().find(|s| s.id == id);
    let mut extend = Vec::new();
    for text in &arguments.extend {
        let parts = text.split_once('=').and_then(|(id, days)| Some((id, days.parse().ok()?)));
        match parts {
            Some((id, days)) if step(id).is_some() => extend.push((id.to_owned(), days)),
            _ => {
                return Err(CommandError::usage(
                    "extend",
                    format!("`{text}` extends no step of `{}`", remedy.id),
                    "write STEP=DAYS, with the id of one of its steps",
                ));
            }
        }
    }
    if let Some(id) = arguments.without.iter().find(|id| !step(id).is_some_and(|s| s.optional)) {
        return Err(CommandError::usage(
            "without",
            format!("`{id}` is no optional step of `{}`", remedy.id),
            "only optional steps may be left out",
        ));
    }
    let from = arguments.from.unwrap_or_else(|| Moment::on(today(&a.zone)));
    let assumptions = Assumptions { leave_out: &arguments.without, extend: &extend };
    let steps = simulate(remedy, from, &a.zone, assumptions);
    let by: Vec<&str> = remedy.by.iter().map(|id| a.name(id)).collect();
    let mut out = ladder_text(a, &remedy.title, &from.to_string(), &steps);
    out.push_str(&format!("It may be begun by: {}.\n", by.join(", ")));
    output::print(&out)
}
