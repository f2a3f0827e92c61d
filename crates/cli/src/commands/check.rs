//! `detente check`: is this scenario sound?

use crate::error::CommandError;
use crate::{load, output, snippet};
use clap::{Args, ValueEnum};
use detente_formats::Reading;
use detente_model::diagnostic::{Diagnostic, Sources};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Validate scenarios: say what is wrong with them, and where
#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    /// Scenario folders, or files that hold a whole scenario
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Output::Text)]
    format: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For people: findings with their lines on standard error, a summary on standard output
    Text,
    /// For programs: one JSON document on standard output
    Json,
}

/// What came of one path.
struct Checked {
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
    reading: Option<Reading>,
}

/// Checks every path; fails when any of them cannot be used.
pub(crate) fn run(arguments: &CheckArguments) -> Result<(), CommandError> {
    let mut results = Vec::new();
    let mut sound = true;
    let mut text = String::new();
    for path in &arguments.paths {
        let checked = check(path)?;
        let failed = checked.diagnostics.iter().any(Diagnostic::is_error);
        sound &= !failed;
        if arguments.format == Output::Json {
            results.push(as_json(path, &checked));
        } else {
            snippet::print(&checked.diagnostics, &checked.sources);
            let _ = writeln!(text, "{}", summary(path, &checked));
        }
    }
    if arguments.format == Output::Json {
        text = serde_json::to_string_pretty(&json!({ "sound": sound, "scenarios": results }))
            .map_err(|error| CommandError::failed(error.to_string()))?;
    }
    output::print(&text)?;
    if sound { Ok(()) } else { Err(CommandError::Reported) }
}

fn check(path: &Path) -> Result<Checked, CommandError> {
    match load::gather(path) {
        Ok(folder) => {
            let mut reading = detente_formats::read(folder);
            Ok(Checked {
                diagnostics: std::mem::take(&mut reading.loaded.diagnostics),
                sources: std::mem::take(&mut reading.loaded.sources),
                reading: Some(reading),
            })
        }
        Err(CommandError::Input { diagnostics, sources }) => {
            Ok(Checked { diagnostics, sources, reading: None })
        }
        Err(other) => Err(other),
    }
}

fn summary(path: &Path, checked: &Checked) -> String {
    let path = path.display();
    let errors = checked.diagnostics.iter().filter(|d| d.is_error()).count();
    let others = checked.diagnostics.len() - errors;
    let scenario = checked.reading.as_ref().and_then(|r| r.loaded.value.as_ref());
    match (scenario, checked.reading.as_ref().and_then(|r| r.format)) {
        (Some(scenario), Some(format)) => {
            let remarks = match others {
                0 => String::new(),
                1 => ", 1 remark".to_owned(),
                n => format!(", {n} remarks"),
            };
            let issues = scenario.issues();
            let divisible = issues.iter().filter(|i| i.is_divisible()).count();
            let outcomes = if divisible == issues.len() {
                "all divisible".to_owned()
            } else {
                let shared =
                    if divisible > 0 { format!(", {divisible} divisible") } else { String::new() };
                format!("{} outcomes{shared}", scenario.outcome_count())
            };
            format!(
                "{path}: sound ({format}: {} parties, {} issues, {outcomes}{remarks})",
                scenario.parties().len(),
                issues.len(),
            )
        }
        _ if errors == 1 => format!("{path}: not usable (1 error)"),
        _ => format!("{path}: not usable ({errors} errors)"),
    }
}

fn as_json(path: &Path, checked: &Checked) -> Value {
    let findings: Vec<Value> = checked
        .diagnostics
        .iter()
        .map(|d| {
            let place = d.file.as_deref().zip(d.span);
            let at = place.and_then(|(f, s)| checked.sources.line_column(f, s.start));
            json!({
                "severity": d.severity.to_string(),
                "code": d.code,
                "message": d.message,
                "file": d.file,
                "line": at.map(|(line, _)| line),
                "column": at.map(|(_, column)| column),
                "hints": d.hints,
            })
        })
        .collect();
    let reading = checked.reading.as_ref();
    let scenario = reading.and_then(|r| r.loaded.value.as_ref()).map(|s| {
        let parties: Vec<&str> = s.parties().iter().map(|p| p.id.as_str()).collect();
        let issues: Vec<&str> = s.issues().iter().map(|i| i.name.as_str()).collect();
        json!({
            "title": s.title(),
            "parties": parties,
            "issues": issues,
            "outcomes": s.outcome_count().to_string(),
        })
    });
    json!({
        "path": path.to_string_lossy(),
        "sound": scenario.is_some(),
        "format": reading.and_then(|r| r.format).map(|f| f.as_str()),
        "scenario": scenario,
        "findings": findings,
    })
}
