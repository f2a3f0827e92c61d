//! Writing NegMAS YAML that NegMAS 0.16 loads, with the same utilities.

use crate::source::Format;
use crate::write::{
    Tables, Written, contribution, decimal, double, file_names, foreign_losses, may_bind, negated,
    numeric, quoted, runs,
};
use detente_model::diagnostic::Diagnostic;
use detente_model::preference::{Interaction, IssueValue};
use detente_model::value_function::{Shape, Smooth};
use detente_model::{Issue, IssueKind, Number, Scenario, Utility, ValueFunction};
use std::fmt::Write;

/// Writes a scenario as NegMAS YAML.
pub(crate) fn write(scenario: &Scenario) -> Result<Written, Vec<Diagnostic>> {
    let utilities = numeric(scenario, "NegMAS YAML")?;
    let (domain, names) = file_names(scenario, "yml")?;
    let mut written = Written::default();
    foreign_losses(scenario, Format::NegmasYaml, &mut written);
    written.files.push((domain, domain_file(scenario)?));
    for ((party, utility), file) in scenario.parties().iter().zip(utilities).zip(names) {
        if let Some(cap) = &utility.cap {
            let tables = Tables::new(scenario, utility)?;
            if may_bind(&tables, utility, cap) {
                written.lose(
                    "cap-lost",
                    format!("NegMAS YAML cannot cap the utilities of `{}` at {cap}", party.id),
                );
            }
        }
        written.files.push((file, function_file(scenario, &party.name, utility)?));
    }
    Ok(written)
}

fn domain_file(scenario: &Scenario) -> Result<String, Vec<Diagnostic>> {
    let mut out = format!(
        "name: {}\ntype: DiscreteCartesianOutcomeSpace\nissues:\n",
        quoted(scenario.title())
    );
    for issue in scenario.issues() {
        let (kind, values) = match &issue.kind {
            IssueKind::Integer { min, max } => ("ContiguousIssue", format!("[{min}, {max}]")),
            IssueKind::Categorical(_) => ("CategoricalIssue", listed(issue)?),
            IssueKind::Ordered(_) => ("DiscreteOrdinalIssue", listed(issue)?),
            IssueKind::Stepped { .. } | IssueKind::Divisible => {
                ("DiscreteCardinalIssue", listed(issue)?)
            }
        };
        let _ =
            writeln!(out, "- name: {}\n  type: {kind}\n  values: {values}", quoted(&issue.name));
    }
    Ok(out)
}

/// How many options an issue has, if few enough to write them out.
fn few(issue: &Issue) -> Result<usize, Vec<Diagnostic>> {
    issue.len().filter(|n| *n <= 100_000).map(|n| n as usize).ok_or_else(|| {
        vec![Diagnostic::error(
            "too-large",
            format!("issue `{}` has too many options to write one by one", issue.name),
        )]
    })
}

/// An option as a YAML key or value: a number where the issue is numeric.
/// NegMAS wants all numbers of an issue whole, or none.
fn option(issue: &Issue, index: usize) -> String {
    let Some(number) = issue.numeric_value(index) else {
        return quoted(&issue.option_name(index));
    };
    let whole = match &issue.kind {
        IssueKind::Stepped { min, step, .. } => min.is_integer() && step.is_integer(),
        _ => true,
    };
    let text = decimal(&number);
    if whole || text.contains('.') { text } else { format!("{text}.0") }
}

fn listed(issue: &Issue) -> Result<String, Vec<Diagnostic>> {
    let all: Vec<String> = (0..few(issue)?).map(|o| option(issue, o)).collect();
    Ok(format!("[{}]", all.join(", ")))
}

fn function_file(
    scenario: &Scenario,
    name: &str,
    utility: &Utility,
) -> Result<String, Vec<Diagnostic>> {
    let mut constant = utility.constant.clone();
    let mut interactions = Vec::new();
    for interaction in &utility.interactions {
        let (always, positive) = negated(interaction);
        constant = &constant + &always;
        interactions.push(positive);
    }
    let is_additive = utility.issues.iter().any(Option::is_some) || interactions.is_empty();
    let own = Own { name, reservation: &utility.reservation };
    let mut lines = Vec::new();
    if utility.discount != Number::one() {
        lines.extend(own.lines("ExpDiscountedUFun"));
        lines.push(format!("discount: {}", decimal(&utility.discount)));
        let inner = inner(scenario, utility, &own, is_additive, &interactions, &constant)?;
        lines.push("ufun:".to_owned());
        lines.extend(inner.into_iter().map(|l| format!("  {l}")));
    } else {
        lines = inner(scenario, utility, &own, is_additive, &interactions, &constant)?;
    }
    let mut out = lines.join("\n");
    out.push('\n');
    Ok(out)
}

/// What every utility function says of itself.
struct Own<'a> {
    name: &'a str,
    reservation: &'a Number,
}

impl Own<'_> {
    fn lines(&self, kind: &str) -> Vec<String> {
        vec![
            format!("type: {kind}"),
            format!("name: {}", quoted(self.name)),
            format!("reserved_value: {}", decimal(self.reservation)),
        ]
    }
}

fn inner(
    scenario: &Scenario,
    utility: &Utility,
    own: &Own<'_>,
    is_additive: bool,
    interactions: &[Interaction],
    constant: &Number,
) -> Result<Vec<String>, Vec<Diagnostic>> {
    if interactions.is_empty() {
        return additive(scenario, utility, own, constant);
    }
    let rectangles = rectangles(scenario, own, interactions, constant)?;
    if !is_additive {
        return Ok(rectangles);
    }
    let mut lines = own.lines("WeightedUtilityFunction");
    lines.push("weights: [1.0, 1.0]".to_owned());
    lines.push("ufuns:".to_owned());
    for part in [additive(scenario, utility, own, &Number::zero())?, rectangles] {
        for (index, line) in part.into_iter().enumerate() {
            let lead = if index == 0 { "- " } else { "  " };
            lines.push(format!("{lead}{line}"));
        }
    }
    Ok(lines)
}

fn additive(
    scenario: &Scenario,
    utility: &Utility,
    own: &Own<'_>,
    constant: &Number,
) -> Result<Vec<String>, Vec<Diagnostic>> {
    let mut lines = own.lines("LinearAdditiveUtilityFunction");
    lines.push(format!("bias: {}", decimal(constant)));
    let weights: Vec<String> = utility
        .issues
        .iter()
        .map(|v| v.as_ref().map_or("0.0".to_owned(), |v| decimal(&v.weight)))
        .collect();
    lines.push(format!("weights: [{}]", weights.join(", ")));
    lines.push("values:".to_owned());
    for (issue, value) in scenario.issues().iter().zip(&utility.issues) {
        let function = match value {
            Some(value) => function(issue, value)?,
            None => "{type: ConstFun, bias: 0.0}".to_owned(),
        };
        lines.push(format!("- {function}"));
    }
    Ok(lines)
}

fn function(issue: &Issue, value: &IssueValue) -> Result<String, Vec<Diagnostic>> {
    Ok(match &value.value {
        ValueFunction::Constant(c) => format!("{{type: ConstFun, bias: {}}}", decimal(c)),
        ValueFunction::Polynomial(all) if !matches!(issue.kind, IssueKind::Categorical(_)) => {
            match all.as_slice() {
                [] => "{type: ConstFun, bias: 0.0}".to_owned(),
                [c] => format!("{{type: ConstFun, bias: {}}}", decimal(c)),
                [c, slope] => {
                    format!("{{type: AffineFun, slope: {}, bias: {}}}", decimal(slope), decimal(c))
                }
                [c, rest @ ..] => {
                    let rest: Vec<String> = rest.iter().map(decimal).collect();
                    format!(
                        "{{type: PolynomialFun, bias: {}, coefficients: [{}]}}",
                        decimal(c),
                        rest.join(", ")
                    )
                }
            }
        }
        ValueFunction::Smooth(smooth) => match shaped(smooth) {
            Some(text) => text,
            None => table(issue, value)?,
        },
        _ => table(issue, value)?,
    })
}

fn shaped(smooth: &Smooth) -> Option<String> {
    let (scale, bias) = (double(smooth.scale), double(smooth.bias));
    Some(match smooth.shape {
        Shape::Gaussian { centre, deviation } => format!(
            "{{type: GaussianFun, center: {}, sigma: {}, scale: {scale}, bias: {bias}}}",
            double(centre),
            double(deviation)
        ),
        // NegMAS's has no factor: another one is written as a table.
        Shape::Exponential { base, rate } if smooth.scale == 1.0 => {
            format!(
                "{{type: ExponentialFun, tau: {}, base: {}, bias: {bias}}}",
                double(rate),
                double(base)
            )
        }
        Shape::Exponential { .. } => return None,
        Shape::Logarithm { base, factor } => format!(
            "{{type: LogFun, tau: {}, base: {}, scale: {scale}, bias: {bias}}}",
            double(factor),
            double(base)
        ),
        Shape::Cosine { factor, phase } | Shape::Sine { factor, phase } => format!(
            "{{type: {}, multiplier: {}, phase: {}, amplitude: {scale}, bias: {bias}}}",
            if matches!(smooth.shape, Shape::Cosine { .. }) { "CosFun" } else { "SinFun" },
            double(factor),
            double(phase)
        ),
    })
}

fn table(issue: &Issue, value: &IssueValue) -> Result<String, Vec<Diagnostic>> {
    let all: Vec<String> = (0..few(issue)?)
        .map(|o| {
            let worth = contribution(&value.value.at(issue, o));
            format!("{}: {}", option(issue, o), decimal(&worth))
        })
        .collect();
    Ok(format!("{{type: TableFun, mapping: {{{}}}}}", all.join(", ")))
}

fn rectangles(
    scenario: &Scenario,
    own: &Own<'_>,
    interactions: &[Interaction],
    constant: &Number,
) -> Result<Vec<String>, Vec<Diagnostic>> {
    let mut lines = own.lines("HyperRectangleUtilityFunction");
    lines.push(format!("bias: {}", decimal(constant)));
    let utilities: Vec<String> = interactions.iter().map(|i| decimal(&i.value)).collect();
    lines.push(format!("utilities: [{}]", utilities.join(", ")));
    lines.push("outcome_ranges:".to_owned());
    for interaction in interactions {
        let mut parts = Vec::new();
        for condition in &interaction.conditions {
            let issue = &scenario.issues()[condition.issue];
            parts.push(format!("{}: {}", condition.issue, range(issue, &condition.options)));
        }
        lines.push(format!("- {{{}}}", parts.join(", ")));
    }
    Ok(lines)
}

/// A set of options. NegMAS leaves the ends of an interval out, so intervals
/// end half a step beyond their first and last number.
fn range(issue: &Issue, options: &[usize]) -> String {
    let step = match &issue.kind {
        IssueKind::Stepped { step, .. } => step.clone(),
        _ => Number::one(),
    };
    let half = Number::ratio(1, 2).map_or_else(Number::one, |h| &h * &step);
    let parts: Vec<String> = if issue.is_numeric() {
        let at = |o: usize| issue.numeric_value(o).unwrap_or_else(Number::zero);
        let ends = |(first, last)| (&at(first) - &half, &at(last) + &half);
        let runs: Vec<String> = runs(options)
            .into_iter()
            .map(ends)
            .map(|(low, high)| format!("[{}, {}]", decimal(&low), decimal(&high)))
            .collect();
        if let [one] = runs.as_slice() {
            return one.clone();
        }
        runs
    } else {
        options.iter().map(|&o| option(issue, o)).collect()
    };
    format!("[{}]", parts.join(", "))
}
