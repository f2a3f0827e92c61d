//! Numbers and states in plain words, for tables of 80 columns.

use detente_analysis::staging::{Case, Rational};
use detente_model::number::Number;

/// A number for reading: exact when short, else to four places with `≈`.
pub(crate) fn number(q: &Rational) -> String {
    let number = Number::from(q.clone());
    let exact = number.to_exact_string();
    if exact.chars().count() <= 8 && !exact.contains('/') {
        return exact;
    }
    let short = format!("{:.4}", number.to_f64());
    let short = short.trim_end_matches('0').trim_end_matches('.');
    format!("≈{}", if short == "-0" { "0" } else { short })
}

/// A number in at most eight characters, to three places.
pub(crate) fn brief(q: &Rational) -> String {
    let short = format!("{:.3}", Number::from(q.clone()).to_f64());
    let short = short.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

pub(crate) fn number_or(q: Option<&Rational>, otherwise: &str) -> String {
    q.map_or_else(|| otherwise.to_owned(), number)
}

/// What is done in one phase: `works 1–2, permits 3`.
pub(crate) fn phase(case: &Case, from: &[usize], to: &[usize], party: Option<usize>) -> String {
    let parts: Vec<String> = (0..from.len())
        .filter(|&j| to[j] > from[j])
        .filter(|&j| party.is_none_or(|p| case.deliverables[j].performer == p))
        .map(|j| steps(&case.deliverables[j].id, case.deliverables[j].steps.len(), from[j], to[j]))
        .collect();
    parts.join(", ")
}

fn steps(id: &str, all: usize, from: usize, to: usize) -> String {
    match (from + 1, to) {
        _ if all == 1 => id.to_owned(),
        (1, b) if b == all => format!("{id} (all {all})"),
        (a, b) if a == b => format!("{id} {a}"),
        (a, b) => format!("{id} {a}–{b}"),
    }
}

/// A state: `works 1 of 2, permits 3 of 3`; nothing when nothing is done.
pub(crate) fn state(case: &Case, state: &[usize]) -> String {
    let parts: Vec<String> = (0..state.len())
        .filter(|&j| state[j] > 0)
        .map(|j| {
            let d = &case.deliverables[j];
            if d.steps.len() == 1 {
                d.id.clone()
            } else {
                format!("{} {} of {}", d.id, state[j], d.steps.len())
            }
        })
        .collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
}

/// A table with a header line; columns as wide as their widest cell.
pub(crate) fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let width = |c: usize| {
        rows.iter()
            .map(|r| r[c].chars().count())
            .chain([header[c].chars().count()])
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let line = |cells: Vec<&str>| {
        let mut out = String::new();
        for (c, cell) in cells.iter().enumerate() {
            let pad = widths[c] - cell.chars().count();
            if c == 0 {
                out += &format!("  {cell}{}", " ".repeat(pad));
            } else {
                out += &format!("  {}{cell}", " ".repeat(pad));
            }
        }
        format!("{}\n", out.trim_end())
    };
    let mut out = line(header.to_vec());
    out += &format!("  {}\n", "─".repeat(widths.iter().sum::<usize>() + 2 * (header.len() - 1)));
    for row in rows {
        out += &line(row.iter().map(String::as_str).collect());
    }
    out
}

/// Long text in lines of at most 78 columns.
pub(crate) fn wrapped(text: &str, indent: &str) -> String {
    let mut out = String::new();
    let mut line = indent.to_owned();
    for word in text.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > 78 && line.trim() != "" {
            out += line.trim_end();
            out.push('\n');
            line = indent.to_owned();
        }
        if line.chars().count() > indent.chars().count() {
            line.push(' ');
        }
        line += word;
    }
    out += line.trim_end();
    out.push('\n');
    out
}
