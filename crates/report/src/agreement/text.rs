//! The status on a terminal.

use super::tables::{Table, asks, incident_log, quantities, themes, what_is_due};
use crate::text::{Align, Columns, printable, wrapped};
use detente_agreement::Agreement;
use detente_agreement::dispute::{Running, if_silent};
use detente_agreement::due::DueState;
use detente_agreement::status::Status;
use std::fmt::Write as _;

const WIDTH: usize = 80;

fn line(out: &mut String, first: &str, text: &str) {
    let rest = " ".repeat(first.chars().count());
    let _ = writeln!(out, "{}", wrapped(&printable(text), WIDTH, first, &rest));
}

fn counts(status: &Status<'_>) -> Vec<(&'static str, usize)> {
    let mut out: Vec<(&'static str, usize)> = Vec::new();
    for s in &status.obligations {
        let word = s.due.state.word();
        match out.iter_mut().find(|(w, _)| *w == word) {
            Some((_, n)) => *n += 1,
            None => out.push((word, 1)),
        }
    }
    out
}

/// How many obligations stand where, in a sentence.
pub(super) fn in_short(status: &Status<'_>) -> String {
    let parts: Vec<String> = counts(status).iter().map(|(word, n)| format!("{n} {word}")).collect();
    format!("{} obligations: {}.", status.obligations.len(), parts.join(", "))
}

/// How many claims, incidents and findings there are, in a sentence.
pub(super) fn alleged_and_found(status: &Status<'_>) -> String {
    let findings: usize = status.incidents.iter().map(|i| i.findings.len()).sum();
    format!(
        "{}, {}, {}. A claim is what somebody alleges; only a finding is a body's.",
        counted(status.ledger.claim_count as usize, "claim"),
        counted(status.incidents.len(), "incident"),
        counted(findings, "finding"),
    )
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The whole status as text.
#[must_use]
pub fn status_text(status: &Status<'_>, signed: &[String]) -> String {
    let a = status.agreement;
    let mut out = String::new();
    line(&mut out, "", &a.title);
    line(&mut out, "", &format!("Status as of {}, as recorded by then", status.as_of));
    if let Some(banner) = a.banner() {
        line(&mut out, "", banner);
    }
    for words in signed {
        line(&mut out, "", words);
    }
    out.push('\n');
    line(&mut out, "", &in_short(status));
    line(&mut out, "", &alleged_and_found(status));

    let due = what_is_due(status);
    if !due.rows.is_empty() {
        out.push_str("\nWhat is due, and what keeps the rest\n");
        for row in &due.rows {
            line(
                &mut out,
                &format!("  {:<17}", row[0]),
                &format!("{} ({}): {}", row[1], row[2], row[4]),
            );
        }
    }
    deviations(status, &mut out);
    scores(status, &mut out);
    let table = themes(status);
    out.push_str(
        "\nHow far, by theme (0–3 per obligation; only what two assessors share counts)\n",
    );
    for row in &table.rows {
        let missing = format!(
            "counted {}; one assessor only {}, not reconciled {}, not assessable {}, not assessed {}",
            row[3], row[4], row[5], row[6], row[7]
        );
        line(
            &mut out,
            "  ",
            &format!("{}: {}; whatever is missing: {} ({missing})", row[0], row[1], row[2]),
        );
    }
    let table = quantities(status);
    if !table.rows.is_empty() {
        out.push_str("\nDelivered against promised\n");
        columns(&table, &[0, 2, 3, 4, 5], &mut out);
    }
    let table = incident_log(status);
    if !table.rows.is_empty() {
        out.push_str("\nIncidents\n");
    }
    for row in &table.rows {
        line(&mut out, "  ", &format!("{} — {}, opened {} by {}", row[0], row[1], row[2], row[3]));
        for (what, cell) in [("claims", &row[4]), ("examined", &row[5]), ("found", &row[6])] {
            for (i, words) in cell.lines().enumerate() {
                line(&mut out, &format!("    {:<10}", if i == 0 { what } else { "" }), words);
            }
        }
    }
    if !status.disputes.is_empty() {
        out.push_str("\nDisputes\n");
    }
    for d in &status.disputes {
        line(
            &mut out,
            "  ",
            &format!("{} ({}): {}", d.dispute.id, d.remedy.title, d.sentence(a, status.as_of)),
        );
    }
    if !status.ledger.struck.is_empty() {
        out.push_str("\nStruck out (they stay in the log)\n");
        for (seq, why) in &status.ledger.struck {
            line(&mut out, "  ", &format!("line {seq}: {why}"));
        }
    }
    out
}

fn deviations(status: &Status<'_>, out: &mut String) {
    let a = status.agreement;
    let running = a.obligations.iter().zip(&status.obligations);
    let running: Vec<_> =
        running.filter(|(_, s)| matches!(s.due.state, DueState::Deviates(_))).collect();
    if running.is_empty() {
        return;
    }
    out.push_str("\nAgreed deviations in force\n");
    for (o, s) in running {
        line(out, "  ", &format!("{} ({}): {}", o.id, asks(o), s.due.state.sentence(a)));
    }
}

fn scores(status: &Status<'_>, out: &mut String) {
    let a = status.agreement;
    out.push_str("\nCarried out, and verified\n");
    for (o, s) in a.obligations.iter().zip(&status.obligations) {
        let words = format!("{}; {}", s.implementation.sentence(a), s.verified.sentence(a));
        line(out, "  ", &format!("{} ({}): {words}", o.id, asks(o)));
    }
}

fn columns(table: &Table, chosen: &[usize], out: &mut String) {
    let aligns = chosen.iter().map(|&c| if c >= 3 { Align::End } else { Align::Start }).collect();
    let mut lines = Columns::new(aligns);
    lines.row(chosen.iter().map(|&c| table.head[c].to_owned()).collect());
    for row in &table.rows {
        lines.row(chosen.iter().map(|&c| printable(&row[c])).collect());
    }
    for text in lines.lines("  ", WIDTH) {
        let _ = writeln!(out, "{text}");
    }
}

/// A ladder run forward, as text.
#[must_use]
pub fn ladder_text(
    agreement: &Agreement,
    title: &str,
    start: &str,
    steps: &[Running<'_>],
) -> String {
    let mut out = String::new();
    line(&mut out, "", title);
    line(
        &mut out,
        "",
        &format!(
            "If it is begun on {start}, nothing settles it, each step is taken at once, and every clock runs out:"
        ),
    );
    for r in steps {
        let by: Vec<&str> = r.step.by.iter().map(|id| agreement.name(id)).collect();
        let by = if by.is_empty() {
            String::new()
        } else {
            format!(", taken there by {}", by.join(" or "))
        };
        let side = if r.step.parallel { ", beside the step before" } else { "" };
        let optional = if r.step.optional { ", may be left out" } else { "" };
        line(
            &mut out,
            "  ",
            &format!(
                "{} to {}  {} ({}, {}){by}{side}{optional}",
                r.from,
                r.until,
                r.step.forum,
                r.step.clock,
                r.step.extension.name()
            ),
        );
        line(&mut out, "      ", &if_silent(r.step));
        if let Some(note) = &r.step.note {
            line(&mut out, "      ", note);
        }
    }
    if let Some(last) = steps.iter().max_by_key(|r| r.until.latest()) {
        line(&mut out, "", &format!("At the earliest all clocks have run out on {}.", last.until));
    }
    out
}
