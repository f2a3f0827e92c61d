//! Remedies, and how incidents are examined.

use super::{Reader, times};
use crate::findings::Findings;
use crate::record::fields::{Fields, maps};
use crate::tree::Map;
use detente_agreement::sound::Item;
use detente_agreement::trigger::WorkCalendar;
use detente_agreement::{Examination, Extension, Remedy, Silence, Step};

/// Reads `remedies:` and `pipeline:`.
pub(super) fn read(map: &Map<'_>, reader: &mut Reader<'_>) {
    let calendars = std::mem::take(&mut reader.agreement.calendars);
    for one in maps(map, "remedies", &mut reader.findings) {
        if let Some(remedy) = remedy(&one, &calendars, &mut reader.findings) {
            reader.place(Item::Remedy(remedy.id.clone()), &one);
            reader.agreement.remedies.push(remedy);
        }
    }
    for one in maps(map, "pipeline", &mut reader.findings) {
        reader.place(Item::Pipeline, &one);
        one.only(&["id", "title", "by", "within", "finds"], "a stage", &mut reader.findings);
        let within = times::span(&one, "within", &calendars, &mut reader.findings);
        let mut f = Fields { map: &one, whose: "this stage", findings: &mut reader.findings };
        let finds = f.flag("finds").unwrap_or(false);
        if let (Some(id), Some(title), Some(by)) =
            (f.needed("id"), f.needed("title"), f.needed("by"))
        {
            reader.agreement.pipeline.stages.push(Examination { id, title, by, within, finds });
        }
    }
    reader.agreement.calendars = calendars;
}

fn remedy(one: &Map<'_>, calendars: &[WorkCalendar], findings: &mut Findings) -> Option<Remedy> {
    one.only(
        &["id", "title", "clause", "by", "steps", "proportional", "reversible"],
        "a remedy",
        findings,
    );
    let mut f = Fields { map: one, whose: "this remedy", findings };
    let (id, title, clause, by) =
        (f.needed("id"), f.needed("title"), f.text("clause"), f.texts("by"));
    let proportional = f.flag("proportional").unwrap_or(false);
    let reversible = f.flag("reversible").unwrap_or(false);
    let steps =
        maps(one, "steps", findings).iter().filter_map(|s| step(s, calendars, findings)).collect();
    Some(Remedy { id: id?, title: title?, clause, by, steps, proportional, reversible })
}

fn step(one: &Map<'_>, calendars: &[WorkCalendar], findings: &mut Findings) -> Option<Step> {
    one.only(
        &["id", "forum", "clock", "by", "parallel", "optional", "extension", "if_silent", "note"],
        "a step",
        findings,
    );
    one.require("clock", "this step", findings);
    let clock = times::span(one, "clock", calendars, findings);
    let silence = silence(one, findings);
    let mut f = Fields { map: one, whose: "this step", findings };
    let (id, forum, by, note) = (f.needed("id"), f.needed("forum"), f.texts("by"), f.text("note"));
    let parallel = f.flag("parallel").unwrap_or(false);
    let optional = f.flag("optional").unwrap_or(false);
    let extension = f.one_of("extension", &Extension::WORDS).unwrap_or(Extension::None);
    Some(Step {
        id: id?,
        forum: forum?,
        clock: clock?,
        by,
        parallel,
        optional,
        extension,
        silence: silence?,
        note,
    })
}

/// `next` (the default), `lapses`, `{restores: …}` or `{suspends: […]}`.
fn silence(one: &Map<'_>, findings: &mut Findings) -> Option<Silence> {
    let Some(node) = one.get("if_silent") else { return Some(Silence::Next) };
    match node.text() {
        Some("next") => return Some(Silence::Next),
        Some("lapses") => return Some(Silence::Lapses),
        _ => {}
    }
    let map =
        node.want_map("next, lapses, {restores: …} or {suspends: […]}", one.file, findings)?;
    map.only(&["restores", "suspends"], "what silence does", findings);
    let mut f = Fields { map: &map, whose: "what silence does", findings };
    match f.text("restores") {
        Some(what) => Some(Silence::Restores(what)),
        None => {
            f.map.require("suspends", f.whose, f.findings)?;
            Some(Silence::Suspends(f.texts("suspends")))
        }
    }
}
