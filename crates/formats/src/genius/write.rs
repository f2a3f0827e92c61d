//! Writing GENIUS XML that means the same under GENIUS's normalisation (each
//! issue's evaluations over their largest) and read plainly: each issue's
//! largest evaluation is one, and the weight carries the rest.

use crate::source::Format;
use crate::write::{
    Tables, Written, decimal, file_names, foreign_losses, highest, may_bind, negated, numeric,
    ranges, xml,
};
use detente_model::diagnostic::Diagnostic;
use detente_model::preference::When;
use detente_model::{Issue, IssueKind, Number, Scenario, Utility};
use std::fmt::Write;

const TARGET: &str = "GENIUS XML";

/// Writes a scenario as GENIUS XML.
pub(crate) fn write(scenario: &Scenario) -> Result<Written, Vec<Diagnostic>> {
    let utilities = numeric(scenario, TARGET)?;
    let (domain, names) = file_names(scenario, "xml")?;
    let mut written = Written::default();
    foreign_losses(scenario, Format::GeniusXml, &mut written);
    if scenario.parties().iter().any(|p| p.name != p.id) {
        written
            .remark("notes-lost", "GENIUS XML knows a party by its file alone; names are left out");
    }
    // Rectangles need integer issues, for every party of the scenario.
    let rectangles = utilities.iter().any(|u| !u.interactions.is_empty());
    if rectangles
        && let Some(issue) =
            scenario.issues().iter().find(|i| !matches!(i.kind, IssueKind::Integer { .. }))
    {
        return Err(vec![
            Diagnostic::error(
                "not-expressible",
                format!(
                    "GENIUS knows interactions only between integer issues, and `{}` is none",
                    issue.name
                ),
            )
            .hint("write NegMAS YAML or our own"),
        ]);
    }
    let issues = issues(scenario, rectangles, &mut written)?;
    written.files.push((domain, domain_file(&issues)));
    for ((party, utility), file) in scenario.parties().iter().zip(utilities).zip(names) {
        let tables = Tables::new(scenario, utility)?;
        let text = if rectangles {
            let one = Number::one();
            let bound = utility.cap.as_ref().map_or(&one, |cap| cap.min(&one));
            if utility.cap.as_ref() != Some(&one) && may_bind(&tables, utility, bound) {
                written.lose(
                    "cap-lost",
                    format!(
                        "GENIUS holds utilities of hyper-rectangles at 1, which is not so for `{}`",
                        party.id
                    ),
                );
            }
            written.remark(
                "negmas-reads-otherwise",
                "NegMAS 0.16 leaves the ends of GENIUS's intervals out; for NegMAS, write NegMAS YAML",
            );
            rectangle_file(&issues, utility, &tables)?
        } else {
            if let Some(cap) = &utility.cap
                && may_bind(&tables, utility, cap)
            {
                written.lose(
                    "cap-lost",
                    format!("GENIUS XML cannot cap the utilities of `{}` at {cap}", party.id),
                );
            }
            if may_bind(&tables, utility, &Number::one()) {
                written.remark(
                    "genius-caps",
                    format!(
                        "GENIUS itself holds utilities at 1; those of `{}` reach {}",
                        party.id,
                        decimal(&highest(&tables, utility))
                    ),
                );
            }
            additive_file(&issues, utility, tables, &party.id)?
        };
        written.files.push((file, text));
    }
    written.remarks.dedup();
    Ok(written)
}

/// An issue as GENIUS writes it.
struct Column {
    name: String,
    /// Bounds of an integer issue.
    bounds: Option<(i64, i64)>,
    /// Items of a discrete one, escaped.
    items: Vec<String>,
}

fn issues(
    scenario: &Scenario,
    rectangles: bool,
    written: &mut Written,
) -> Result<Vec<Column>, Vec<Diagnostic>> {
    let unwritable = |text: &str| {
        vec![Diagnostic::error("not-expressible", format!("XML cannot hold the name {text:?}"))]
    };
    let mut all = Vec::new();
    for issue in scenario.issues() {
        let name = xml(&issue.name).ok_or_else(|| unwritable(&issue.name))?;
        let bounds = match issue.kind {
            IssueKind::Integer { min, max } if rectangles => Some((min, max)),
            _ => None,
        };
        let mut items = Vec::new();
        if bounds.is_none() {
            for option in names_of(issue)? {
                items.push(xml(&option).ok_or_else(|| unwritable(&option))?);
            }
            if !matches!(issue.kind, IssueKind::Categorical(_)) {
                written.remark(
                    "kind-lost",
                    format!(
                        "issue `{}` becomes a list of options without order or number",
                        issue.name
                    ),
                );
            }
        }
        all.push(Column { name, bounds, items });
    }
    Ok(all)
}

fn names_of(issue: &Issue) -> Result<Vec<String>, Vec<Diagnostic>> {
    match issue.len().filter(|n| *n <= 100_000) {
        Some(count) => Ok((0..count as usize).map(|o| issue.option_name(o)).collect()),
        None => Err(vec![Diagnostic::error(
            "too-large",
            format!("issue `{}` has too many options to write one by one", issue.name),
        )]),
    }
}

/// The start tag of issue `index` without its end.
fn head(out: &mut String, index: usize, issue: &Column) {
    let kind = if issue.bounds.is_some() { "integer" } else { "discrete" };
    let _ = write!(
        out,
        "<issue index=\"{}\" name=\"{}\" type=\"{kind}\" vtype=\"{kind}\" etype=\"{kind}\"",
        index + 1,
        issue.name
    );
    if let Some((min, max)) = issue.bounds {
        let _ = write!(out, " lowerbound=\"{min}\" upperbound=\"{max}\"");
    }
}

fn domain_file(issues: &[Column]) -> String {
    let mut out = format!(
        "<negotiation_template>\n<utility_space number_of_issues=\"{}\">\n<objective index=\"0\" name=\"root\" description=\"\" type=\"objective\" etype=\"objective\">\n",
        issues.len()
    );
    for (index, issue) in issues.iter().enumerate() {
        head(&mut out, index, issue);
        if issue.bounds.is_some() {
            out.push_str("/>\n");
            continue;
        }
        out.push_str(">\n");
        for (item, name) in issue.items.iter().enumerate() {
            let _ = writeln!(out, "<item index=\"{}\" value=\"{name}\" cost=\"0\"/>", item + 1);
        }
        out.push_str("</issue>\n");
    }
    out.push_str("</objective>\n</utility_space>\n</negotiation_template>\n");
    out
}

fn tail(out: &mut String, utility: &Utility) {
    let _ = writeln!(out, "<discount_factor value=\"{}\"/>", decimal(&utility.discount));
    let _ = writeln!(out, "<reservation value=\"{}\"/>", decimal(&utility.reservation));
    out.push_str("</utility_space>\n");
}

fn additive_file(
    issues: &[Column],
    utility: &Utility,
    tables: Tables,
    party: &str,
) -> Result<String, Vec<Diagnostic>> {
    let Some(tables) = tables.without_constant() else {
        return Err(vec![Diagnostic::error(
            "not-expressible",
            format!("GENIUS has no utilities below zero, and `{party}` has"),
        )]);
    };
    let largest = tables.largest();
    let mut out = format!(
        "<utility_space number_of_issues=\"{}\">\n<objective index=\"0\" name=\"root\" description=\"\" type=\"objective\" etype=\"objective\">\n",
        issues.len()
    );
    for (index, issue) in issues.iter().enumerate() {
        head(&mut out, index, issue);
        out.push_str(">\n");
        for (item, (name, value)) in issue.items.iter().zip(&tables.values[index]).enumerate() {
            let evaluation = (value / &largest[index]).unwrap_or_else(Number::zero);
            let _ = writeln!(
                out,
                "<item index=\"{}\" value=\"{name}\" evaluation=\"{}\"/>",
                item + 1,
                decimal(&evaluation)
            );
        }
        out.push_str("</issue>\n");
    }
    for (index, weight) in largest.iter().enumerate() {
        let _ = writeln!(out, "<weight index=\"{}\" value=\"{}\"/>", index + 1, decimal(weight));
    }
    out.push_str("</objective>\n");
    tail(&mut out, utility);
    Ok(out)
}

/// One rectangle: its utility, whether it excludes, its `(issue, first, last)`.
type Rectangle = (Number, bool, Vec<(usize, usize, usize)>);

fn rectangle_file(
    issues: &[Column],
    utility: &Utility,
    tables: &Tables,
) -> Result<String, Vec<Diagnostic>> {
    let rectangles = rectangles_of(utility, tables)?;
    let scale = common_denominator(&rectangles);
    let mut out = format!(
        "<utility_space type=\"nonlinear\" number_of_issues=\"{}\">\n<objective index=\"0\" name=\"root\" description=\"\" type=\"objective\" etype=\"objective\">\n",
        issues.len()
    );
    for (index, issue) in issues.iter().enumerate() {
        head(&mut out, index, issue);
        out.push_str("/>\n");
    }
    let _ = writeln!(out, "<utility maxutility=\"{}\">", decimal(&scale));
    out.push_str("<ufun type=\"PlainUfun\" weight=\"1\" aggregation=\"sum\">\n");
    for (value, excludes, intervals) in rectangles {
        let _ = writeln!(out, "<hyperRectangle utility=\"{}\">", decimal(&(&value * &scale)));
        for (issue, first, last) in intervals {
            let from = issues[issue].bounds.map_or(0, |b| b.0);
            let at = |option: usize| i128::from(from) + option as i128;
            let word = if excludes { "EXCLUDES" } else { "INCLUDES" };
            let _ = writeln!(
                out,
                "<{word} index=\"{}\" min=\"{}\" max=\"{}\"/>",
                issue + 1,
                at(first),
                at(last)
            );
        }
        out.push_str("</hyperRectangle>\n");
    }
    out.push_str("</ufun>\n</utility>\n</objective>\n");
    tail(&mut out, utility);
    Ok(out)
}

fn rectangles_of(utility: &Utility, tables: &Tables) -> Result<Vec<Rectangle>, Vec<Diagnostic>> {
    let mut all: Vec<Rectangle> = Vec::new();
    let mut constant = tables.constant.clone();
    for (issue, row) in tables.values.iter().enumerate() {
        let mut first = 0;
        for same in row.chunk_by(|a, b| a == b) {
            let last = first + same.len() - 1;
            if !same[0].is_zero() {
                all.push((same[0].clone(), false, vec![(issue, first, last)]));
            }
            first = last + 1;
        }
    }
    for interaction in &utility.interactions {
        let Some(boxes) = ranges(interaction) else {
            return Err(vec![Diagnostic::error(
                "too-large",
                "an interaction falls into more than 10,000 boxes",
            )]);
        };
        if let ([one], When::NotAll) = (boxes.as_slice(), interaction.when)
            && !one.is_empty()
        {
            all.push((interaction.value.clone(), true, one.clone()));
            continue;
        }
        let (always, positive) = negated(interaction);
        constant = &constant + &always;
        all.extend(boxes.into_iter().map(|b| (positive.value.clone(), false, b)));
    }
    if !constant.is_zero() {
        all.push((constant, false, Vec::new()));
    }
    Ok(all)
}

/// What makes every rectangle's utility whole, if that is a moderate number; else one.
fn common_denominator(rectangles: &[Rectangle]) -> Number {
    let mut scale = Number::one();
    for (value, ..) in rectangles {
        let scaled = value * &scale;
        let denominator = Number::from(
            scaled.as_rational().denom().to_string().parse::<i64>().unwrap_or(i64::MAX),
        );
        scale = &scale * &denominator;
        if scale > Number::from(1_000_000_000) {
            return Number::one();
        }
    }
    scale
}
