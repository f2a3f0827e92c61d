//! Writing a scenario, and saying what the target cannot hold.

mod cap;
mod names;
mod tables;
mod text;

pub(crate) use cap::{Scale, may_bind};
pub(crate) use names::file_names;
pub(crate) use tables::{Tables, contribution, highest, negated, numeric, ranges, runs};
pub(crate) use text::{decimal, double, quoted, xml, yaml_text};

use crate::source::Format;
use crate::{genius, geniusweb, negmas, yaml};
use detente_model::acceptance::AcceptanceRule;
use detente_model::diagnostic::Diagnostic;
use detente_model::preference::Known;
use detente_model::{Scenario, Statement};

/// A written scenario.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Relative path and content of each file.
    pub files: Vec<(String, String)>,
    /// What the target cannot hold and was left out, though it changes which
    /// outcomes are possible or what they are worth. Not to be used unless
    /// whoever asked agrees.
    pub losses: Vec<Diagnostic>,
    /// What was left out or put otherwise without changing any outcome or
    /// utility: texts, provenance, orders.
    pub remarks: Vec<Diagnostic>,
}

impl Written {
    /// Notes something left out that matters.
    pub(crate) fn lose(&mut self, code: &'static str, message: impl Into<String>) {
        self.losses.push(Diagnostic::error(code, message));
    }

    /// Notes something left out that changes no outcome and no utility.
    pub(crate) fn remark(&mut self, code: &'static str, message: impl Into<String>) {
        self.remarks.push(Diagnostic::warning(code, message));
    }
}

/// Writes a scenario in a format.
///
/// # Errors
/// With what keeps the scenario from being written at all.
pub fn write(scenario: &Scenario, format: Format) -> Result<Written, Vec<Diagnostic>> {
    match format {
        Format::DetenteYaml => yaml::write(scenario),
        Format::GeniusXml => genius::write(scenario),
        Format::NegmasYaml => negmas::write(scenario),
        Format::GeniusWebJson => geniusweb::write(scenario),
        Format::ScoreSheets => Err(vec![
            Diagnostic::error("not-written", "score sheets are read but not written")
                .hint("write `yaml`, `negmas`, `genius` or `geniusweb`"),
        ]),
    }
}

/// Notes everything that none of the foreign formats holds.
pub(crate) fn foreign_losses(scenario: &Scenario, target: Format, written: &mut Written) {
    for constraint in scenario.constraints() {
        written.lose(
            "constraint-lost",
            format!("{target} has no constraints; `{}` is left out", constraint.name),
        );
    }
    for (party, preferences) in scenario.parties().iter().zip(scenario.preferences()) {
        let lines = preferences.red_lines.len();
        if lines > 0 {
            written.lose(
                "red-line-lost",
                format!("{target} has no red lines; {lines} of `{}` left out", party.id),
            );
        }
    }
    if scenario.acceptance() != &AcceptanceRule::Unanimity {
        written.lose(
            "acceptance-lost",
            format!("{target} has no rule of acceptance; every party will have to agree"),
        );
    }
    if !scenario.mediators().is_empty() {
        written.remark("mediators-lost", format!("{target} has no mediators; they are left out"));
    }
    let notes = !scenario.about().is_empty()
        || scenario.parties().iter().any(|p| !p.note.is_empty())
        || scenario.issues().iter().any(|i| !i.note.is_empty() || !i.unit.is_empty());
    if notes {
        written.remark(
            "notes-lost",
            format!("{target} has no room for notes, units and sources; they are left out"),
        );
    }
    let known = scenario.preferences().iter().any(|p| match &p.statement {
        Statement::Utility(u) => {
            u.reservation_known != Known::Unknown
                || u.issues.iter().flatten().any(|v| v.known != Known::Unknown)
                || u.interactions.iter().any(|i| i.known != Known::Unknown)
        }
        Statement::Partial(p) => p.statements.iter().any(|s| s.known != Known::Unknown),
    });
    if known {
        written.remark(
            "provenance-lost",
            format!("{target} does not say how a value is known; that is left out"),
        );
    }
    let ids: Vec<&str> = scenario.parties().iter().map(|p| p.id.as_str()).collect();
    if !ids.is_sorted() {
        written.remark(
            "order-lost",
            format!("{target} orders parties by their files' names: the order changes"),
        );
    }
}
