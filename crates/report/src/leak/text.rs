//! Leakage on a terminal.

use super::{Reading, Readings, words};
use crate::text::{Emphasis, printable, wrapped};

const WIDTH: usize = 80;

/// The terminal text: audience by audience, in plain words.
#[must_use]
pub fn leak_text(shown: &Readings<'_>, emphasis: Emphasis) -> String {
    let mut out = String::new();
    for reading in shown.readings {
        let title = format!(
            "What this draft would tell {} about {}",
            words::readers(shown.scenario, reading),
            words::hidden(shown.scenario, reading)
        );
        out += &emphasis.strong(&printable(&title));
        out += "\n\n";
        out += &draft(shown, reading);
        out.push('\n');
        for risk in &reading.told.secrets {
            out += &line("  ", &words::guess(shown.scenario, reading, risk));
            if let Some(known) = words::knowing(risk) {
                out += &line("    ", &known);
            }
            if let Some(bounds) = risk.bounds {
                let text = format!(
                    "95 % sure: after this draft at most {}; on average over the rule's drafts, with answers, at most {}.",
                    words::chance(bounds.after_draft),
                    words::chance(bounds.rule_average)
                );
                out += &line("    ", &text);
            }
        }
        out.push('\n');
        out += &line("  ", &words::worst(shown.scenario, reading));
        out += &line("  ", &words::plausible(shown.scenario, reading));
        for entry in reading.case.entries() {
            let text = format!("Before: {}: {} bits.", entry.what, words::bits(entry.bits));
            out += &line("  ", &text);
        }
        out += &line("  ", &words::case(reading));
        for remark in &reading.remarks {
            out += &line("  ", remark);
        }
        out.push('\n');
        out += &line("  ", &words::rule(reading));
        out += &line("  ", &words::kind(reading));
        out.push('\n');
    }
    out += &line("", &shown.prior);
    out += &line("", NOT_MEASURED);
    out
}

/// What no figure here covers.
pub(super) const NOT_MEASURED: &str = "Not measured: the wording and timing of a draft, what is known from elsewhere, answers that are not truthful, and what each side learns from the others at the same time.";

fn draft(shown: &Readings<'_>, reading: &Reading) -> String {
    let settled = reading.draft.0.iter().enumerate().filter_map(|(issue, _)| {
        let option = reading.draft.option(issue)?;
        let issue = shown.scenario.issues().get(issue)?;
        Some(format!("{} = {}", issue.name, issue.option_name(option)))
    });
    line("  ", &format!("Draft: {}", settled.collect::<Vec<_>>().join("; ")))
}

fn line(indent: &str, text: &str) -> String {
    let mut out = wrapped(&printable(text), WIDTH, indent, indent);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}
