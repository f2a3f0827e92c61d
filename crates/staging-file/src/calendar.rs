//! Dates that change what no deal is worth, and bets on what is uncertain.

use crate::fields::{Reader, Within};
use crate::tree::Node;
use detente_analysis::staging::{Case, Knob, Rational};
use jiff::civil::Date;
use num_traits::Zero;

/// An event with a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedEvent {
    /// What happens.
    pub title: String,
    /// When, as written.
    pub date: String,
    /// The first phase that begins on or after it, counted from 1.
    pub phase: usize,
    /// What it sets from then on.
    pub sets: Vec<(Knob, Rational)>,
}

/// When phases happen, and what happens besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The first day of phase 1, as written.
    pub start: String,
    /// Days from one phase to the next.
    pub phase_days: usize,
    /// What each phase of waiting costs each party.
    pub delay_cost: Vec<Rational>,
    /// Events in order of date.
    pub events: Vec<DatedEvent>,
}

/// Something that may happen, judged differently by the parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bet {
    /// What may happen.
    pub event: String,
    /// By when, as written.
    pub by: Option<String>,
    /// How probable each party finds it.
    pub probability: Vec<Rational>,
    /// The most each party would put at stake on it.
    pub stake: Vec<Rational>,
}

fn date(reader: &mut Reader, node: &Node) -> Option<(Date, String)> {
    let words = node.words().unwrap_or_default().to_owned();
    match words.parse::<Date>() {
        Ok(date) => Some((date, words)),
        Err(_) => {
            reader.wrong(
                node,
                "staging-date",
                format!("`{words}` is not a date"),
                "write year-month-day, as in 2031-01-20",
            );
            None
        }
    }
}

pub(crate) fn calendar(reader: &mut Reader, case: &Case, node: &Node) -> Option<Calendar> {
    reader.known(node, &["start", "phase_days", "delay_cost", "events"]);
    let Some(start) = node.get("start") else {
        reader.wrong(
            node,
            "staging-calendar",
            "a calendar needs a `start`",
            "write start: 2031-01-01",
        );
        return None;
    };
    let (first, start) = date(reader, start)?;
    let phase_days = match node.get("phase_days") {
        Some(v) => reader.count(v)?,
        None => 30,
    };
    if phase_days == 0 {
        reader.wrong(
            node,
            "staging-calendar",
            "`phase_days` is 0",
            "write how many days lie between two phases",
        );
        return None;
    }
    let delay_cost = match node.get("delay_cost") {
        Some(v) => crate::case::per_party(
            reader,
            case,
            v,
            "delay_cost",
            Within::NotNegative,
            Knob::Reward,
        )?,
        None => vec![Rational::zero(); case.parties.len()],
    };
    reader.ranges.clear();
    let mut events = Vec::new();
    for entry in node.get("events").and_then(Node::list).unwrap_or_default() {
        reader.known(entry, &["title", "date", "sets"]);
        let title = entry.get("title").and_then(|t| reader.text(t)).unwrap_or_default();
        let Some(when) = entry.get("date") else {
            reader.wrong(
                entry,
                "staging-event",
                "an event without a `date`",
                "write date: 2031-01-20",
            );
            continue;
        };
        let Some((day, written)) = date(reader, when) else { continue };
        let Ok(days) = first.until(day).map(|span| span.get_days()) else { continue };
        if days < 0 {
            reader.wrong(
                when,
                "staging-date-before-start",
                format!("{written} lies before the start, {start}"),
                "move the start, or leave the event out",
            );
            continue;
        }
        let days = usize::try_from(days).unwrap_or(0);
        let sets = sets(reader, case, entry);
        events.push(DatedEvent {
            title,
            date: written,
            phase: days.div_ceil(phase_days) + 1,
            sets,
        });
    }
    events.sort_by(|a, b| a.date.cmp(&b.date));
    (!reader.failed()).then_some(Calendar { start, phase_days, delay_cost, events })
}

/// A value per party that an event may set.
type Vector = (&'static str, fn(usize) -> Knob);

fn sets(reader: &mut Reader, case: &Case, entry: &Node) -> Vec<(Knob, Rational)> {
    let Some(node) = entry.get("sets") else { return Vec::new() };
    reader.known(node, &["status_quo_flow", "residual", "margin", "hazard", "leak"]);
    let mut sets = Vec::new();
    let vectors: [Vector; 3] = [
        ("status_quo_flow", Knob::StatusQuoFlow),
        ("residual", Knob::Residual),
        ("margin", Knob::Margin),
    ];
    for (key, knob) in vectors {
        let Some(parts) = node.get(key) else { continue };
        for (id, span, value) in parts.map().unwrap_or_default() {
            let Some(i) = case.parties.iter().position(|p| p == id) else {
                reader.wrong_at(
                    *span,
                    "staging-no-such-party",
                    format!("there is no party `{id}`"),
                    format!("there are: {}", case.parties.join(", ")),
                );
                continue;
            };
            if let Some(q) = reader.number(value, key, Within::Anywhere) {
                sets.push((knob(i), q));
            }
        }
    }
    for (key, knob) in [("hazard", Knob::Hazard), ("leak", Knob::Leak)] {
        if let Some(q) = node.get(key).and_then(|v| reader.number(v, key, Within::Unit)) {
            sets.push((knob, q));
        }
    }
    sets
}

pub(crate) fn bets(reader: &mut Reader, case: &Case, node: &Node) -> Option<Vec<Bet>> {
    let mut bets = Vec::new();
    for entry in node.list().unwrap_or_default() {
        reader.known(entry, &["event", "by", "probability", "stake"]);
        let event = entry.get("event").and_then(|t| reader.text(t)).unwrap_or_default();
        let by = match entry.get("by") {
            Some(v) => Some(date(reader, v)?.1),
            None => None,
        };
        let Some(p) = entry.get("probability") else {
            reader.wrong(
                entry,
                "staging-contingent",
                "a contingent term needs each party's `probability`",
                "write probability: {A: 0.6, B: 0.3}",
            );
            continue;
        };
        let probability =
            crate::case::per_party(reader, case, p, "probability", Within::Unit, Knob::Reward)?;
        let stake = match entry.get("stake") {
            Some(v) => {
                crate::case::per_party(reader, case, v, "stake", Within::NotNegative, Knob::Reward)?
            }
            None => vec![Rational::from_integer(1.into()); case.parties.len()],
        };
        reader.ranges.clear();
        bets.push(Bet { event, by, probability, stake });
    }
    (!reader.failed()).then_some(bets)
}
