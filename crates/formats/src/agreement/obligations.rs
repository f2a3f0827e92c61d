//! Obligations.

use super::{Reader, times};
use crate::findings::Findings;
use crate::record::fields::{Fields, maps};
use crate::tree::Map;
use detente_agreement::sound::Item;
use detente_agreement::trigger::{Reached, Trigger, WorkCalendar};
use detente_agreement::{Duty, Object, Obligation, Pin, Recurrence};

const KEYS: [&str; 24] = [
    "id",
    "clause",
    "text_sha256",
    "language",
    "theme",
    "bearer",
    "beneficiary",
    "act",
    "omission",
    "object",
    "zone",
    "trigger",
    "group",
    "conditions",
    "depends_on",
    "opens",
    "within",
    "grace",
    "until",
    "every",
    "verifier",
    "method",
    "evidence",
    "remedy",
];

/// Reads `obligations:`.
pub(super) fn read(map: &Map<'_>, reader: &mut Reader<'_>) {
    for one in maps(map, "obligations", &mut reader.findings) {
        one.only(&KEYS, "an obligation", &mut reader.findings);
        let calendars = std::mem::take(&mut reader.agreement.calendars);
        let read = obligation(&one, &calendars, &mut reader.findings);
        reader.agreement.calendars = calendars;
        if let Some(obligation) = read {
            reader.place(Item::Obligation(obligation.id.clone()), &one);
            reader.agreement.obligations.push(obligation);
        }
    }
}

fn obligation(
    one: &Map<'_>,
    calendars: &[WorkCalendar],
    findings: &mut Findings,
) -> Option<Obligation> {
    let mut f = Fields { map: one, whose: "this obligation", findings };
    let (id, bearer, clause) = (f.needed("id"), f.needed("bearer"), f.needed("clause"));
    let duty = match (f.text("act"), f.text("omission")) {
        (Some(act), None) => Some(Duty::Act(act)),
        (None, Some(omission)) => Some(Duty::Omission(omission)),
        _ => {
            f.complain(
                "act",
                "act-or-omission",
                "an obligation is to do something, or to leave something".to_owned(),
                "give `act` or `omission`",
            );
            None
        }
    };
    let text_sha256 = f.text("text_sha256");
    let language = f.text("language").unwrap_or_else(|| "en".to_owned());
    let pin = clause.and_then(|reference| match reference.split_once('#') {
        Some((instrument, clause)) => Some(Pin {
            instrument: instrument.to_owned(),
            clause: clause.to_owned(),
            text: text_sha256.map(|sha256| (language, sha256)),
        }),
        None => {
            f.complain(
                "clause",
                "unknown-clause",
                format!("`{reference}` names no clause"),
                "write `instrument#clause`, such as `main#3`",
            );
            None
        }
    });
    let (theme, beneficiaries) = (f.text("theme"), f.texts("beneficiary"));
    let (zone, group) = (f.text("zone"), f.text("group"));
    let (verifier, method) = (f.text("verifier"), f.text("method"));
    let (evidence, remedy, depends_on) =
        (f.texts("evidence"), f.text("remedy"), f.texts("depends_on"));
    let object = object(one, findings);
    let trigger = one
        .require("trigger", "this obligation", findings)
        .and_then(|node| times::trigger(node, one.file, calendars, findings));
    let mut conditions = times::triggers(one, "conditions", calendars, findings)?;
    conditions.extend(depends_on.into_iter().map(|id| Trigger::Obligation(id, Reached::Verified)));
    let until = match one.get("until") {
        Some(node) => Some(times::trigger(node, one.file, calendars, findings)?),
        None => None,
    };
    let mut span = |key| times::span(one, key, calendars, findings);
    let (opens, within, grace) = (span("opens"), span("within"), span("grace"));
    Some(Obligation {
        recurs: recurrence(one, calendars, findings),
        id: id?,
        pin: pin?,
        theme,
        bearer: bearer?,
        beneficiaries,
        duty: duty?,
        object,
        zone,
        trigger: trigger?,
        group,
        conditions,
        opens,
        within,
        grace,
        until,
        verifier,
        method,
        evidence,
        remedy,
    })
}

fn object(one: &Map<'_>, findings: &mut Findings) -> Option<Object> {
    let map = one.get("object")?.want_map("a mapping", one.file, findings)?;
    map.only(&["what", "quantity", "ceiling", "unit", "persons"], "what is counted", findings);
    let mut number =
        |key: &str| map.get(key).and_then(|n| n.want_number("a quantity", map.file, findings));
    let (quantity, ceiling) = (number("quantity"), number("ceiling"));
    let mut f = Fields { map: &map, whose: "what is counted", findings };
    let (unit, persons) = (f.text("unit"), f.flag("persons").unwrap_or(false));
    Some(Object { what: f.needed("what")?, quantity, ceiling, unit, persons })
}

fn recurrence(
    one: &Map<'_>,
    calendars: &[WorkCalendar],
    findings: &mut Findings,
) -> Option<Recurrence> {
    let map = one.get("every")?.want_map("a mapping", one.file, findings)?;
    map.only(&["span", "times"], "how often it recurs", findings);
    map.require("span", "how often it recurs", findings);
    let every = times::span(&map, "span", calendars, findings);
    let mut f = Fields { map: &map, whose: "how often it recurs", findings };
    let times = f.text("times").unwrap_or_else(|| "1".to_owned());
    match times.parse() {
        Ok(times) => Some(Recurrence { every: every?, times }),
        Err(_) => {
            f.complain(
                "times",
                "recurrence",
                format!("`{times}` is no whole number"),
                "write how often within each period",
            );
            None
        }
    }
}
