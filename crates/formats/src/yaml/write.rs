//! Writing our own YAML: nothing is left out.

use super::write_party::party_file;
use crate::write::{Written, file_names, quoted, runs, yaml_text};
use detente_model::acceptance::AcceptanceRule;
use detente_model::constraint::Amount;
use detente_model::diagnostic::Diagnostic;
use detente_model::preference::Known;
use detente_model::{Basis, Condition, Constraint, Issue, IssueKind, Rule, Scenario};
use std::fmt::Write;

/// Writes a scenario as our own YAML.
pub(crate) fn write(scenario: &Scenario) -> Result<Written, Vec<Diagnostic>> {
    let (_, names) = file_names(scenario, "yaml")?;
    let mut written = Written::default();
    written.files.push(("scenario.yaml".to_owned(), main_file(scenario)));
    for (index, name) in names.into_iter().enumerate() {
        written.files.push((format!("parties/{name}"), party_file(scenario, index)));
    }
    Ok(written)
}

fn main_file(scenario: &Scenario) -> String {
    let mut out = format!("title: {}\n", quoted(scenario.title()));
    if !scenario.about().is_empty() {
        let _ = writeln!(out, "about: {}", quoted(scenario.about()));
    }
    out.push_str("parties:\n");
    for party in scenario.parties() {
        let _ = write!(out, "  {}: {{name: {}", yaml_text(&party.id), quoted(&party.name));
        if !party.note.is_empty() {
            let _ = write!(out, ", note: {}", quoted(&party.note));
        }
        out.push_str("}\n");
    }
    if !scenario.mediators().is_empty() {
        out.push_str("mediators:\n");
    }
    let id = |p: &usize| yaml_text(&scenario.parties()[*p].id);
    for mediator in scenario.mediators() {
        let reaches: Vec<String> = mediator.reaches.iter().map(id).collect();
        let _ = write!(
            out,
            "  {}: {{name: {}, reaches: [{}]",
            yaml_text(&mediator.id),
            quoted(&mediator.name),
            reaches.join(", ")
        );
        if !mediator.note.is_empty() {
            let _ = write!(out, ", note: {}", quoted(&mediator.note));
        }
        out.push_str("}\n");
    }
    out.push_str("issues:\n");
    for issue in scenario.issues() {
        write_issue(&mut out, issue);
    }
    if !scenario.constraints().is_empty() {
        out.push_str("constraints:\n");
    }
    for constraint in scenario.constraints() {
        write_constraint(&mut out, scenario, constraint);
    }
    if let AcceptanceRule::Quota { at_least, vetoes } = scenario.acceptance() {
        let vetoes: Vec<String> = vetoes.iter().map(id).collect();
        let _ =
            writeln!(out, "acceptance: {{at_least: {at_least}, vetoes: [{}]}}", vetoes.join(", "));
    }
    out
}

fn write_issue(out: &mut String, issue: &Issue) {
    let _ = writeln!(out, "  {}:", yaml_text(&issue.name));
    match &issue.kind {
        IssueKind::Categorical(options) | IssueKind::Ordered(options) => {
            let key =
                if matches!(issue.kind, IssueKind::Ordered(_)) { "ordered" } else { "options" };
            if options.iter().all(|o| o.note.is_empty()) {
                let names: Vec<String> = options.iter().map(|o| yaml_text(&o.name)).collect();
                let _ = writeln!(out, "    {key}: [{}]", names.join(", "));
            } else {
                let _ = writeln!(out, "    {key}:");
                for option in options {
                    let _ = writeln!(
                        out,
                        "      {}: {}",
                        yaml_text(&option.name),
                        quoted(&option.note)
                    );
                }
            }
        }
        IssueKind::Integer { min, max } => {
            let _ = writeln!(out, "    range: {{from: {min}, to: {max}}}");
        }
        IssueKind::Stepped { min, max, step } => {
            let _ = writeln!(out, "    range: {{from: {min}, to: {max}, step: {step}}}");
        }
        IssueKind::Divisible => out.push_str("    divisible: true\n"),
    }
    for (key, text) in [("note", &issue.note), ("unit", &issue.unit)] {
        if !text.is_empty() {
            let _ = writeln!(out, "    {key}: {}", quoted(text));
        }
    }
}

/// `{issue: option, …}`.
pub(super) fn conditions(scenario: &Scenario, conditions: &[Condition]) -> String {
    let all: Vec<String> = conditions.iter().map(|c| condition(scenario, c)).collect();
    format!("{{{}}}", all.join(", "))
}

fn condition(scenario: &Scenario, condition: &Condition) -> String {
    let issue = &scenario.issues()[condition.issue];
    let name = |o: usize| yaml_text_or_number(issue, o);
    let is_ordered = !matches!(issue.kind, IssueKind::Categorical(_));
    let spec = match (condition.options.as_slice(), runs(&condition.options).as_slice()) {
        ([one], _) => name(*one),
        (_, [(first, last)]) if is_ordered => {
            format!("{{from: {}, to: {}}}", name(*first), name(*last))
        }
        (all, _) => {
            let all: Vec<String> = all.iter().map(|&o| name(o)).collect();
            format!("[{}]", all.join(", "))
        }
    };
    format!("{}: {spec}", yaml_text(&issue.name))
}

/// An option: bare when it is a number.
pub(super) fn yaml_text_or_number(issue: &Issue, option: usize) -> String {
    let name = issue.option_name(option);
    if issue.is_numeric() { name } else { yaml_text(&name) }
}

fn write_constraint(out: &mut String, scenario: &Scenario, constraint: &Constraint) {
    let _ = writeln!(out, "  {}:", yaml_text(&constraint.name));
    if !constraint.reason.is_empty() {
        let _ = writeln!(out, "    reason: {}", quoted(&constraint.reason));
    }
    let basis = match constraint.basis {
        Basis::LegalLimit => "legal-limit",
        Basis::AgreedPrinciple => "agreed-principle",
        Basis::Practical => "practical",
    };
    let _ = writeln!(out, "    basis: {basis}");
    if constraint.known != Known::StatedPublicly {
        let _ = writeln!(out, "    known: {}", constraint.known.as_str());
    }
    match &constraint.rule {
        Rule::Forbid(all) => {
            let _ = writeln!(out, "    forbid: {}", conditions(scenario, all));
        }
        Rule::Require(all) => {
            let _ = writeln!(out, "    require: {}", conditions(scenario, all));
        }
        Rule::Implies { when, then } => {
            let _ = writeln!(out, "    when: {}", conditions(scenario, when));
            let _ = writeln!(out, "    then: {}", conditions(scenario, then));
        }
        Rule::Count { of, at_least, at_most } => {
            out.push_str("    of:\n");
            for one in of {
                let _ = writeln!(out, "      - {{{}}}", condition(scenario, one));
            }
            let _ = writeln!(out, "    at_least: {at_least}\n    at_most: {at_most}");
        }
        Rule::Sum { terms, at_least, at_most } => {
            out.push_str("    sum:\n");
            for term in terms {
                let issue = &scenario.issues()[term.issue];
                let amount = match &term.amount {
                    Amount::Times(factor) => factor.to_string(),
                    Amount::PerOption(amounts) => {
                        let all: Vec<String> = amounts
                            .iter()
                            .enumerate()
                            .map(|(o, a)| format!("{}: {a}", yaml_text_or_number(issue, o)))
                            .collect();
                        format!("{{{}}}", all.join(", "))
                    }
                };
                let _ = writeln!(out, "      {}: {amount}", yaml_text(&issue.name));
            }
            for (key, bound) in [("at_least", at_least), ("at_most", at_most)] {
                if let Some(bound) = bound {
                    let _ = writeln!(out, "    {key}: {bound}");
                }
            }
        }
    }
}
