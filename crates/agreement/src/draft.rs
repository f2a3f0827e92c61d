//! An agreement's first draft from a plan in phases: one obligation for each
//! deliverable and phase, to be worked over by the people who write the text.

use detente_model::Number;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What one deliverable moves in one phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The phase, from 1.
    pub phase: usize,
    /// The deliverable's id.
    pub deliverable: String,
    /// What it is.
    pub title: String,
    /// Who performs it, by index.
    pub by: usize,
    /// How many of its steps.
    pub steps: usize,
    /// How much one step is, with its unit ("6 berths a step").
    pub per_step: String,
    /// Whether it concerns persons: counted, never priced.
    pub persons: bool,
}

/// A plan in phases.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// The agreement's id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The parties.
    pub parties: &'a [String],
    /// The day carrying out begins.
    pub from: Date,
    /// How many days a phase takes.
    pub phase_days: u32,
    /// Who verifies.
    pub verifier: &'a str,
    /// What moves when, in order of phase.
    pub parts: Vec<Part>,
}

/// An id made of a name.
fn slug(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let out: String = name.chars().map(plain).collect();
    let out = out.trim_matches('-');
    if out.is_empty() { "x".to_owned() } else { out.to_owned() }
}

/// A text in double quotes; JSON's strings are YAML's.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// How much a part is in all, and in which unit, where a step says so.
fn amount(part: &Part) -> Option<(String, String)> {
    let (count, unit) = part.per_step.split_once(' ').unwrap_or((&part.per_step, ""));
    let each = Number::parse(count).ok()?;
    let steps = Number::from(i64::try_from(part.steps).ok()?);
    let all = Number::from(each.as_rational() * steps.as_rational());
    Some((all.to_exact_string(), unit.trim_end_matches(" a step").to_owned()))
}

/// The draft, in the format of an agreement's file.
#[must_use]
pub fn draft(plan: &Plan<'_>) -> String {
    let ids: Vec<String> = plan.parties.iter().map(|p| slug(p)).collect();
    let verifier = slug(plan.verifier);
    let mut out = format!(
        "detente: agreement\nid: {}\ntitle: {}\ntime_zone: UTC\nparticipants:\n",
        slug(plan.id),
        quoted(plan.title)
    );
    for (id, name) in ids.iter().zip(plan.parties) {
        let _ = writeln!(out, "  - {{id: {id}, name: {}, role: party}}", quoted(name));
    }
    if !ids.contains(&verifier) {
        let _ = writeln!(
            out,
            "  - {{id: {verifier}, name: {}, role: verifier}}",
            quoted(plan.verifier)
        );
    }
    let _ = write!(
        out,
        "instruments:\n  - id: main\n    title: {}\n    stage: comprehensive\n    parties: [{}]\n    clauses:\n",
        quoted(plan.title),
        ids.join(", ")
    );
    let mut seen = BTreeSet::new();
    for part in &plan.parts {
        if seen.insert(&part.deliverable) {
            let who = plan.parties.get(part.by).map_or("", String::as_str);
            let _ = writeln!(
                out,
                "      - {{id: {}, title: {}, text: {}}}",
                slug(&part.deliverable),
                quoted(&part.title),
                quoted(&format!("{who} carries out: {}.", part.title))
            );
        }
    }
    out.push_str("obligations:\n");
    for part in &plan.parts {
        let id = format!("{}-{}", slug(&part.deliverable), part.phase);
        let by = ids.get(part.by).map_or("", String::as_str);
        let others: Vec<&str> = ids.iter().map(String::as_str).filter(|p| *p != by).collect();
        let before: Vec<String> = plan
            .parts
            .iter()
            .filter(|p| p.phase + 1 == part.phase)
            .map(|p| format!("{{obligation: {}-{}}}", slug(&p.deliverable), p.phase))
            .collect();
        let trigger = if before.is_empty() {
            plan.from.to_string()
        } else {
            format!("{{all: [{}]}}", before.join(", "))
        };
        let _ = write!(
            out,
            "  - id: {id}\n    clause: main#{}\n    bearer: {by}\n    beneficiary: [{}]\n    act: {}\n",
            slug(&part.deliverable),
            others.join(", "),
            quoted(&part.title)
        );
        if let Some((quantity, unit)) = amount(part) {
            let persons = if part.persons { ", persons: true" } else { "" };
            let _ = writeln!(
                out,
                "    object: {{what: {}, quantity: {quantity}, unit: {}{persons}}}",
                quoted(&part.title),
                quoted(&unit)
            );
        }
        let _ = write!(
            out,
            "    trigger: {trigger}\n    group: phase-{}\n    within: {} days\n    verifier: {verifier}\n",
            part.phase, plan.phase_days
        );
    }
    out
}
