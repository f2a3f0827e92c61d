//! When a step may be done: phases, or dates of the calendar.

use super::calendar::Days;
use super::fields::Reader;
use super::order::step;
use crate::tree::Node;
use detente_model::staging::{Case, Window};

/// An end of a window.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    From,
    Until,
}

/// A phase: a number, or a date, which for the start of a window is the first
/// phase that begins on or after it and for its end the last that begins on
/// or before it.
fn phase(reader: &mut Reader, node: &Node, end: End, days: Option<&Days>) -> Option<usize> {
    let written = node.text().unwrap_or_default();
    if !written.contains('-') {
        return reader.count(node);
    }
    let Some(days) = days else {
        reader.wrong(
            node,
            "staging-date-without-calendar",
            format!("`{written}` is a date, but there is no calendar that says when phases begin"),
            "add calendar: {start: 2031-01-01, phase_days: 30}, or write the number of a phase",
        );
        return None;
    };
    match end {
        End::From => days.first_phase_after(reader, node),
        End::Until => days.last_phase_before(reader, node),
    }
}

/// The last phase that a deadline leaves.
pub(crate) fn last_phase(reader: &mut Reader, node: &Node, days: Option<&Days>) -> Option<usize> {
    let last = phase(reader, node, End::Until, days);
    if last == Some(0) {
        reader.wrong(
            node,
            "staging-limit",
            "`deadline` leaves no phase",
            "write a date on or after the start, or 1 or more phases",
        );
        return None;
    }
    last
}

pub(crate) fn windows(reader: &mut Reader, case: &mut Case, node: &Node, days: Option<&Days>) {
    let Some(list) = node.list() else {
        reader.wrong(
            node,
            "staging-window",
            "`windows` is not a list",
            "write - {step: {works: 1}, from: 2, until: 3}",
        );
        return;
    };
    for entry in list {
        reader.known(entry, &["step", "from", "until"]);
        let Some(which) = entry.get("step").and_then(|s| step(reader, case, s)) else {
            if entry.get("step").is_none() {
                reader.wrong(
                    entry,
                    "staging-window",
                    "a window needs a `step`",
                    "write {step: {works: 1}, from: 2}",
                );
            }
            continue;
        };
        let from = match entry.get("from") {
            Some(n) => phase(reader, n, End::From, days),
            None => Some(1),
        };
        let until = match entry.get("until") {
            Some(n) => phase(reader, n, End::Until, days).map(Some),
            None => Some(None),
        };
        let (Some(from), Some(until)) = (from, until) else { continue };
        if from == 0 || until.is_some_and(|u| u < from) {
            reader.wrong(
                entry,
                "staging-window",
                "the window ends before it begins, or begins before phase 1",
                "phases are counted from 1",
            );
            continue;
        }
        case.limits.windows.push(Window { deliverable: which.0, step: which.1, from, until });
    }
}
