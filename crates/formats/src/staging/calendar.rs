//! Dates that change what no deal is worth, and bets on what is uncertain.

use super::fields::{Reader, Within};
use crate::tree::{Entry, Node};
use detente_model::staging::{Bet, Calendar, Case, DatedEvent, Knob, Rational};
use jiff::civil::Date;
use num_traits::Zero;

fn date(reader: &mut Reader, node: &Node) -> Option<(Date, String)> {
    let words = node.text().unwrap_or_default().to_owned();
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

/// When phases begin.
pub(crate) struct Days {
    first: Date,
    start: String,
    phase_days: usize,
}

impl Days {
    /// The start and the length of a phase from a calendar.
    pub(crate) fn read(reader: &mut Reader, node: &Node) -> Option<Self> {
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
        Some(Self { first, start, phase_days })
    }

    /// Days from the start to a date, which may not lie before it.
    fn until(&self, reader: &mut Reader, node: &Node) -> Option<(usize, String)> {
        let (day, written) = date(reader, node)?;
        let days = self.first.until(day).ok()?.get_days();
        let Ok(days) = usize::try_from(days) else {
            reader.wrong(
                node,
                "staging-date-before-start",
                format!("{written} lies before the start, {}", self.start),
                "move the start, or leave this date out",
            );
            return None;
        };
        Some((days, written))
    }

    pub(crate) fn first_phase_after(&self, reader: &mut Reader, node: &Node) -> Option<usize> {
        Some(self.until(reader, node)?.0.div_ceil(self.phase_days) + 1)
    }

    pub(crate) fn last_phase_before(&self, reader: &mut Reader, node: &Node) -> Option<usize> {
        Some(self.until(reader, node)?.0 / self.phase_days + 1)
    }

    /// The first day of a phase (counted from 1), where the calendar reaches so far.
    fn day(&self, phase: usize) -> Option<String> {
        let days = i64::try_from((phase - 1).checked_mul(self.phase_days)?).ok()?;
        let span = jiff::Span::new().try_days(days).ok()?;
        Some(self.first.checked_add(span).ok()?.to_string())
    }
}

pub(crate) fn calendar(reader: &mut Reader, case: &Case, node: &Node) -> Option<Calendar> {
    reader.known(node, &["start", "phase_days", "delay_cost", "events"]);
    let days = Days::read(reader, node)?;
    let delay_cost = match node.get("delay_cost") {
        Some(v) => super::case::per_party(
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
        let Some((_, date)) = days.until(reader, when) else { continue };
        let phase = days.first_phase_after(reader, when).unwrap_or(1);
        let sets = sets(reader, case, entry);
        events.push(DatedEvent { title, date, phase, sets });
    }
    events.sort_by(|a, b| a.date.cmp(&b.date));
    let last = events.iter().map(|e| e.phase).max().unwrap_or(1).max(case.steps_to_do());
    let begins = (1..=last.min(MOST_DAYS) + 1).map_while(|phase| days.day(phase)).collect();
    let Days { start, phase_days, .. } = days;
    (!reader.failed()).then_some(Calendar { start, phase_days, days: begins, delay_cost, events })
}

/// Most phases whose first day is worked out.
const MOST_DAYS: usize = 1000;

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
        for Entry { key: id, key_span: span, value } in parts.entries().unwrap_or_default() {
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
            super::case::per_party(reader, case, p, "probability", Within::Unit, Knob::Reward)?;
        let stake = match entry.get("stake") {
            Some(v) => {
                super::case::per_party(reader, case, v, "stake", Within::NotNegative, Knob::Reward)?
            }
            None => vec![Rational::from_integer(1.into()); case.parties.len()],
        };
        reader.ranges.clear();
        bets.push(Bet { event, by, probability, stake });
    }
    (!reader.failed()).then_some(bets)
}
