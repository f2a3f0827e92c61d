//! What a plan must respect: how long, how much at once, in which order, when.

use super::calendar::Days;
use super::fields::Reader;
use super::progress::progress;
use super::{order, windows};
use crate::tree::Node;
use detente_model::staging::Case;

/// Reads the limits, and where the case begins and ends.
pub(crate) fn limits(reader: &mut Reader, node: &Node, case: &mut Case) {
    let days = node.get("calendar").and_then(|c| Days::read(reader, c));
    for (key, slot) in [("max_phases", 0), ("max_moves", 1)] {
        if let Some(v) = node.get(key).filter(|v| !v.is_null()) {
            let count = reader.count(v);
            if count == Some(0) {
                reader.wrong(
                    v,
                    "staging-limit",
                    format!("`{key}` is 0"),
                    "write 1 or more, or leave it out",
                );
            }
            if slot == 0 { case.limits.max_phases = count } else { case.limits.max_moves = count }
        }
    }
    if let Some(v) = node.get("deadline")
        && let Some(last) = windows::last_phase(reader, v, days.as_ref())
    {
        case.limits.max_phases = Some(case.limits.max_phases.map_or(last, |m| m.min(last)));
    }
    if let Some(v) = node.get("order") {
        order::orders(reader, case, v);
    }
    if let Some(v) = node.get("windows") {
        windows::windows(reader, case, v, days.as_ref());
    }
    if let Some(v) = node.get("bond_at_entry") {
        case.bond_at_entry = reader.flag(v);
    }
    if let Some(v) = node.get("start")
        && let Some(start) = progress(reader, case, v, "start")
    {
        case.standing.clone_from(&start);
        case.start = start;
    }
    if let Some(v) = node.get("standing")
        && let Some(standing) = progress(reader, case, v, "standing")
    {
        case.standing = standing;
    }
    if let Some(v) = node.get("target")
        && let Some(target) = progress(reader, case, v, "target")
    {
        case.target = target;
    }
}
