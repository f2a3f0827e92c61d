//! Whose consent makes an agreement, as said on the command line.

use crate::error::CommandError;
use clap::Args;
use detente_model::diagnostic::Severity;
use detente_model::{AcceptanceRule, Flaw, Scenario};

#[derive(Debug, Args)]
pub(crate) struct AcceptanceOptions {
    /// Let so many parties make an agreement, instead of all
    #[arg(long, value_name = "PARTIES")]
    quota: Option<usize>,
    /// With --quota: a party without whom there is no agreement (may be repeated)
    #[arg(long, value_name = "PARTY", requires = "quota")]
    veto: Vec<String>,
}

impl AcceptanceOptions {
    /// The scenario under the acceptance rule asked for.
    pub(crate) fn applied_to(&self, scenario: Scenario) -> Result<Scenario, CommandError> {
        let Some(at_least) = self.quota else { return Ok(scenario) };
        let mut vetoes = Vec::new();
        for id in &self.veto {
            vetoes.push(scenario.party_index(id).ok_or_else(|| {
                let ids: Vec<&str> = scenario.parties().iter().map(|p| p.id.as_str()).collect();
                CommandError::usage(
                    "unknown-name",
                    format!("there is no party `{id}`"),
                    format!("the parties are {}", ids.join(", ")),
                )
            })?);
        }
        let mut draft = scenario.into_draft();
        draft.acceptance = AcceptanceRule::Quota { at_least, vetoes };
        let (scenario, flaws) = draft.check();
        scenario.ok_or_else(|| first_error("bad-quota", flaws))
    }
}

/// The first of the flaws that makes a changed scenario unusable.
pub(crate) fn first_error(code: &'static str, flaws: Vec<Flaw>) -> CommandError {
    let flaw = flaws.into_iter().find(|f| f.severity == Severity::Error);
    let (message, hint) = flaw.map_or_else(Default::default, |f| (f.message, f.hint));
    let hint = if hint.is_empty() { "leave more on the table".into() } else { hint };
    CommandError::usage(code, message, hint)
}
