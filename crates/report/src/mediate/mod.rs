//! A mediation by questions: the road taken, and where it led.

mod page;
mod text;
mod words;

pub use page::mediation_page;
pub use text::mediation_text;
pub use words::{named, package, remarks};

use detente_analysis::Problem;
use detente_elicitation::Case;
use detente_elicitation::simulate::{Mediated, Yardstick};
use detente_model::Scenario;

/// What is known of the parties besides their answers, where all were simulated.
#[derive(Debug, Clone, Copy)]
pub struct Truth<'a> {
    /// The scenario with its numbers.
    pub problem: &'a Problem,
    /// What the end is measured by; `None` where no acceptable deal is known.
    pub yardstick: Option<&'a Yardstick>,
}

/// A mediation that was held.
#[derive(Debug, Clone)]
pub struct Mediation<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What was said, and what is thought of it.
    pub case: &'a Case,
    /// Question by question, and the proposals.
    pub road: &'a Mediated,
    /// Per party: whether a person answered for it.
    pub played: &'a [bool],
    /// Whether questions were chosen from everyone's answers.
    pub joint: bool,
    /// What decided every draw.
    pub seed: u64,
    /// True figures; `None` where a person answered.
    pub truth: Option<Truth<'a>>,
    /// What nobody should read more into; [`remarks`] gives those that follow
    /// from the answers.
    pub remarks: Vec<String>,
    /// The date it stands for, as printed.
    pub as_of: Option<String>,
    /// Name and version of what made it.
    pub made_by: Option<String>,
    /// The command.
    pub command: Option<String>,
}
