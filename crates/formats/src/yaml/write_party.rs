//! Writing one party's private file.

use super::write::{conditions, yaml_text_or_number};
use super::write_partial::write_partial;
use crate::write::{double, quoted, yaml_text};
use detente_model::preference::{IssueValue, Known, When};
use detente_model::value_function::{Shape, Smooth};
use detente_model::{Issue, Number, Scenario, Statement, Utility, ValueFunction};
use std::fmt::Write;

/// The file of one party.
pub(super) fn party_file(scenario: &Scenario, party: usize) -> String {
    let mut out = String::new();
    let preferences = &scenario.preferences()[party];
    match &preferences.statement {
        Statement::Utility(utility) => write_utility(&mut out, scenario, utility),
        Statement::Partial(partial) => write_partial(&mut out, scenario, partial),
    }
    if out.is_empty() && preferences.red_lines.is_empty() {
        // Nothing is known, which is not the same as a file nobody filled in.
        out.push_str("wont_say: []\n");
    }
    if !preferences.red_lines.is_empty() {
        out.push_str("red_lines:\n");
    }
    for line in &preferences.red_lines {
        let _ = writeln!(out, "  - never: {}", conditions(scenario, &line.conditions));
        if !line.reason.is_empty() {
            let _ = writeln!(out, "    reason: {}", quoted(&line.reason));
        }
        write_known(&mut out, "    ", line.known);
    }
    out
}

fn write_known(out: &mut String, indent: &str, known: Known) {
    if known != Known::Unknown {
        let _ = writeln!(out, "{indent}known: {}", known.as_str());
    }
}

fn write_utility(out: &mut String, scenario: &Scenario, utility: &Utility) {
    match utility.reservation_known {
        Known::Unknown => {
            let _ = writeln!(out, "reservation: {}", utility.reservation);
        }
        known => {
            let _ = writeln!(
                out,
                "reservation: {{value: {}, known: {}}}",
                utility.reservation,
                known.as_str()
            );
        }
    }
    if utility.discount != Number::one() {
        let _ = writeln!(out, "discount: {}", utility.discount);
    }
    if !utility.constant.is_zero() {
        let _ = writeln!(out, "constant: {}", utility.constant);
    }
    if let Some(cap) = &utility.cap {
        let _ = writeln!(out, "cap: {cap}");
    }
    if utility.interactions.is_empty() || utility.issues.iter().any(Option::is_some) {
        out.push_str("issues:\n");
        for (issue, value) in scenario.issues().iter().zip(&utility.issues) {
            match value {
                Some(value) => write_value(out, issue, value),
                None => {
                    let _ = writeln!(out, "  {}: none", yaml_text(&issue.name));
                }
            }
        }
    }
    if !utility.interactions.is_empty() {
        out.push_str("interactions:\n");
    }
    for interaction in &utility.interactions {
        let word = match interaction.when {
            When::All => "when",
            When::NotAll => "unless",
        };
        let _ = writeln!(out, "  - {word}: {}", conditions(scenario, &interaction.conditions));
        let _ = writeln!(out, "    adds: {}", interaction.value);
        write_known(out, "    ", interaction.known);
    }
}

fn write_value(out: &mut String, issue: &Issue, value: &IssueValue) {
    let _ = writeln!(out, "  {}:", yaml_text(&issue.name));
    if value.weight != Number::one() {
        let _ = writeln!(out, "    weight: {}", value.weight);
    }
    let _ = writeln!(out, "    {}", function(issue, &value.value));
    write_known(out, "    ", value.known);
}

fn function(issue: &Issue, function: &ValueFunction) -> String {
    match function {
        ValueFunction::Table(values) => {
            let all: Vec<String> = values
                .iter()
                .enumerate()
                .map(|(o, v)| format!("{}: {v}", yaml_text_or_number(issue, o)))
                .collect();
            format!("values: {{{}}}", all.join(", "))
        }
        ValueFunction::Constant(value) => format!("constant: {value}"),
        ValueFunction::Polynomial(all) => match all.as_slice() {
            [intercept, slope] => format!("linear: {{slope: {slope}, intercept: {intercept}}}"),
            _ => {
                let all: Vec<String> = all.iter().map(Number::to_string).collect();
                format!("polynomial: [{}]", all.join(", "))
            }
        },
        ValueFunction::PiecewiseLinear(points) => {
            let all: Vec<String> = points.iter().map(|(x, y)| format!("[{x}, {y}]")).collect();
            format!("piecewise: [{}]", all.join(", "))
        }
        ValueFunction::Share(whole) => format!("share: {whole}"),
        ValueFunction::Smooth(smooth) => smooth_function(smooth),
    }
}

fn smooth_function(smooth: &Smooth) -> String {
    let (kind, figures) = match smooth.shape {
        Shape::Gaussian { centre, deviation } => {
            ("gaussian", [("centre", centre), ("deviation", deviation)])
        }
        Shape::Exponential { base, rate } => ("exponential", [("base", base), ("rate", rate)]),
        Shape::Logarithm { base, factor } => ("logarithm", [("base", base), ("factor", factor)]),
        Shape::Cosine { factor, phase } => ("cosine", [("factor", factor), ("phase", phase)]),
        Shape::Sine { factor, phase } => ("sine", [("factor", factor), ("phase", phase)]),
    };
    let all: Vec<String> = figures
        .into_iter()
        .chain([("scale", smooth.scale), ("bias", smooth.bias)])
        .map(|(key, value)| format!("{key}: {}", double(value)))
        .collect();
    format!("{kind}: {{{}}}", all.join(", "))
}
