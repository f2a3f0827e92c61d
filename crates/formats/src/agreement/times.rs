//! Calendars, spans and triggers.

use super::Reader;
use crate::findings::Findings;
use crate::record::fields::{Fields, maps};
use crate::tree::{Data, Map, Node};
use detente_agreement::sound::Item;
use detente_agreement::trigger::calendar::MAX_COUNT;
use detente_agreement::trigger::{Reached, Span, Trigger, Unit, WorkCalendar};
use detente_model::diagnostic::Diagnostic;
use jiff::civil::Weekday;

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Reads `calendars:`.
pub(super) fn calendars(map: &Map<'_>, reader: &mut Reader<'_>) {
    for one in maps(map, "calendars", &mut reader.findings) {
        one.only(&["id", "weekend", "holidays"], "a calendar", &mut reader.findings);
        let mut f = Fields { map: &one, whose: "this calendar", findings: &mut reader.findings };
        let Some(id) = f.needed("id") else { continue };
        let mut calendar = WorkCalendar { id: id.clone(), ..WorkCalendar::default() };
        for word in f.texts("weekend") {
            match DAYS.iter().find(|(name, _)| *name == word.to_lowercase()) {
                Some((_, day)) => calendar.weekend.push(*day),
                None => f.complain(
                    "weekend",
                    "unknown-word",
                    format!("`{word}` is no day of the week"),
                    "write monday to sunday",
                ),
            }
        }
        if DAYS.iter().all(|(_, day)| calendar.weekend.contains(day)) {
            f.complain(
                "weekend",
                "no-working-days",
                "in this calendar no day counts".to_owned(),
                "leave at least one day of the week out of `weekend`",
            );
            continue;
        }
        for text in f.texts("holidays") {
            match text.parse() {
                Ok(day) => {
                    calendar.holidays.insert(day);
                }
                Err(_) => f.complain(
                    "holidays",
                    "not-a-day",
                    format!("`{text}` is not a day"),
                    "write year, month and day: 2031-04-06",
                ),
            }
        }
        reader.place(Item::Calendar(id), &one);
        reader.agreement.calendars.push(calendar);
    }
}

/// A span under a key.
pub(super) fn span(
    map: &Map<'_>,
    key: &str,
    calendars: &[WorkCalendar],
    findings: &mut Findings,
) -> Option<Span> {
    let node = map.get(key)?;
    let text = node.want_text("a length of time such as `90 days`", map.file, findings)?;
    match parse_span(text, calendars) {
        Ok(span) => Some(span),
        Err((code, message, hint)) => {
            findings
                .add(Diagnostic::error(code, message).in_file(map.file).at(node.span).hint(hint));
            None
        }
    }
}

type Wrong = (&'static str, String, String);

/// `90 days`, `48 hours`, `15 working days in CALENDAR`.
fn parse_span(text: &str, calendars: &[WorkCalendar]) -> Result<Span, Wrong> {
    let bad = || {
        (
            "not-a-span",
            format!("`{text}` is no length of time"),
            "write a number and hours, days, weeks, months, years, or `working days in CALENDAR`"
                .to_owned(),
        )
    };
    let (count, rest) = text.trim().split_once(' ').ok_or_else(bad)?;
    let count: u32 = count.parse().ok().filter(|c| *c <= MAX_COUNT).ok_or_else(bad)?;
    let (unit, calendar) = match rest.split_once(" in ") {
        Some((unit, calendar)) => (unit, Some(calendar)),
        None => (rest, None),
    };
    let unit = Unit::WORDS.iter().find(|(w, _)| *w == unit.trim()).map(|(_, u)| *u);
    match (unit.ok_or_else(bad)?, calendar) {
        (Unit::WorkingDays, Some(id)) => {
            let found = calendars.iter().find(|c| c.id == id.trim()).cloned();
            let known: Vec<&str> = calendars.iter().map(|c| c.id.as_str()).collect();
            let calendar = found.ok_or_else(|| {
                let hint = if known.is_empty() {
                    "add it to `calendars`".to_owned()
                } else {
                    format!("there are: {}", known.join(", "))
                };
                ("unknown-calendar", format!("there is no calendar `{}`", id.trim()), hint)
            })?;
            Ok(Span { count, unit: Unit::WorkingDays, calendar: Some(calendar) })
        }
        (Unit::WorkingDays, None) => Err((
            "unknown-calendar",
            "working days are counted in a calendar, and none is named".to_owned(),
            "write `15 working days in CALENDAR`, with a calendar of `calendars`".to_owned(),
        )),
        (_, Some(_)) => Err(bad()),
        (unit, None) => Ok(Span { count, unit, calendar: None }),
    }
}

/// A trigger under a key.
pub(super) fn trigger(
    node: &Node,
    file: &str,
    calendars: &[WorkCalendar],
    findings: &mut Findings,
) -> Option<Trigger> {
    if let Data::Text { text, .. } = &node.data {
        return match text.parse() {
            Ok(day) if text.len() == 10 => Some(Trigger::On(day)),
            _ => {
                findings.add(
                    Diagnostic::error("not-a-trigger", format!("`{text}` is no trigger"))
                        .in_file(file)
                        .at(node.span)
                        .hint("write a day, {event: …}, {obligation: …}, {after: 90 days, of: …}, {all: […]} or {any: […]}"),
                );
                None
            }
        };
    }
    let map = node.want_map("a day or a mapping", file, findings)?;
    map.only(&["event", "obligation", "state", "after", "of", "all", "any"], "a trigger", findings);
    let kinds = ["event", "obligation", "after", "all", "any"];
    let given: Vec<&str> = kinds.into_iter().filter(|k| map.get(k).is_some()).collect();
    let [kind] = given.as_slice() else {
        findings.add(
            Diagnostic::error("not-a-trigger", "a trigger is exactly one thing")
                .in_file(file)
                .at(map.start())
                .hint("give one of event, obligation, after (with of), all, any"),
        );
        return None;
    };
    let mut f = Fields { map: &map, whose: "this trigger", findings };
    match *kind {
        "event" => f.text("event").map(Trigger::Event),
        "obligation" => {
            let state = f.one_of("state", &Reached::WORDS).unwrap_or(Reached::Verified);
            f.text("obligation").map(|id| Trigger::Obligation(id, state))
        }
        "after" => {
            let span = span(&map, "after", calendars, findings);
            let of = map.require("of", "this trigger", findings)?;
            let of = trigger(of, file, calendars, findings)?;
            Some(Trigger::After(span?, Box::new(of)))
        }
        list => {
            let parts = triggers(&map, list, calendars, findings)?;
            Some(if list == "all" { Trigger::All(parts) } else { Trigger::Any(parts) })
        }
    }
}

/// The triggers of a list under a key; empty when the key is not there.
pub(super) fn triggers(
    map: &Map<'_>,
    key: &str,
    calendars: &[WorkCalendar],
    findings: &mut Findings,
) -> Option<Vec<Trigger>> {
    let Some(node) = map.get(key) else { return Some(Vec::new()) };
    let items = node.want_list("a list of triggers", map.file, findings)?;
    items.iter().map(|n| trigger(n, map.file, calendars, findings)).collect()
}
