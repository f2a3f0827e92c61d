//! What a draft gives away, told to the mediator.

mod honesty;
mod page;
mod text;
mod words;

pub use honesty::{HonestyCost, honesty_text};
pub use page::leak_page;
pub use text::leak_text;

use detente_leakage::{Answers, Assessment, Ledger};
use detente_model::{Outcome, Scenario};

/// One audience and what a draft would tell it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The parties who read, as indices; several pool what they know.
    pub readers: Vec<usize>,
    /// The parties hidden from them.
    pub hidden: Vec<usize>,
    /// The draft.
    pub draft: Outcome,
    /// How the draft came about, in a sentence.
    pub rule: String,
    /// Expected share of the best Nash product under the rule.
    pub share: f64,
    /// The duality gap in bits, for rules that are certified.
    pub gap: Option<f64>,
    /// What readers see of the answers.
    pub answers: Answers,
    /// What was measured.
    pub told: Assessment,
    /// What the audience has seen before.
    pub case: Ledger,
    /// What a mediator should know besides; may be empty.
    pub remarks: Vec<String>,
}

/// Everything a page or a text of leakage shows.
#[derive(Debug, Clone)]
pub struct Readings<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Audience by audience.
    pub readings: &'a [Reading],
    /// What readers are taken to believe at the start, in a sentence.
    pub prior: String,
    /// The date it stands for, as printed.
    pub as_of: Option<String>,
    /// Name and version of what made it.
    pub made_by: Option<String>,
    /// The command.
    pub command: Option<String>,
}
