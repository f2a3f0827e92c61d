//! The picture in words, for the terminal.

use super::check::event_text;
use super::words::{counted, wrap};
use detente_record::hidden::shown;
use detente_record::picture::{Cited, Lane, Picture};
use std::fmt::Write as _;

/// The whole picture as text.
#[must_use]
pub fn picture_text(p: &Picture) -> String {
    let mut out = String::new();
    wrap(&mut out, "", &shown(&p.title));
    if let Some(banner) = &p.banner {
        wrap(&mut out, "", banner);
    }
    if let Some(note) = &p.note {
        wrap(&mut out, "", &shown(note));
    }
    who(&mut out, p);
    channels(&mut out, p);
    positions(&mut out, p);
    if !p.proposals.is_empty() {
        out.push_str("\nWhat has been put forward, as reported\n");
    }
    for proposal in &p.proposals {
        let by = proposal.by.as_ref().map_or_else(String::new, |b| format!(", by {}", shown(b)));
        wrap(&mut out, "  ", &format!("{} ({}{by})", shown(&proposal.title), proposal.scope));
        cite(&mut out, "    ", &proposal.claims);
        for (relation, cited) in &proposal.relations {
            wrap(&mut out, "    ", &shown(relation));
            cite(&mut out, "      ", cited);
        }
    }
    if !p.instruments.is_empty() {
        out.push_str("\nInstruments\n");
    }
    for (title, facts, cited) in &p.instruments {
        wrap(&mut out, "  ", &format!("{}: {}", shown(title), shown(facts)));
        cite(&mut out, "    ", cited);
    }
    out.push_str("\nIn time\n");
    for lane in Lane::ALL {
        let here: Vec<_> = p.timeline.iter().filter(|e| e.lane == lane).collect();
        if here.is_empty() {
            continue;
        }
        let _ = writeln!(out, "  {}", lane.name());
        for entry in here {
            let words = if entry.when.words.is_empty() {
                String::new()
            } else {
                format!(" (worded: {})", shown(&entry.when.words))
            };
            let coming = if entry.coming { ", coming" } else { "" };
            wrap(
                &mut out,
                "    ",
                &format!(
                    "{}{words}: {}, {}{coming}",
                    entry.when.days(),
                    shown(&entry.title),
                    counted(entry.claims, "claim")
                ),
            );
        }
    }
    out.push_str("\nOpen contradictions and answers that affirm nothing\n");
    if p.open.is_empty() {
        out.push_str("  none in the record\n");
    }
    for event in &p.open {
        for line in event_text(event).lines() {
            let _ = writeln!(out, "  {line}");
        }
    }
    out
}

fn who(out: &mut String, p: &Picture) {
    out.push_str("\nParties\n");
    for party in &p.parties {
        let own = if party.own_names.is_empty() {
            String::new()
        } else {
            format!(" ({})", party.own_names.join(", "))
        };
        wrap(out, "  ", &format!("{}  {}{}", party.mark, shown(&party.name), shown(&own)));
        for person in &party.people {
            wrap(out, "     ", &shown(person));
        }
    }
    out.push_str("\nMediators (a role; each may have interests of its own)\n");
    for m in &p.mediators {
        let reaches = if m.reaches.is_empty() {
            "no party by a recorded channel".to_owned()
        } else {
            m.reaches.join(", ")
        };
        wrap(out, "  ", &format!("{}: reaches {}", shown(&m.name), shown(&reaches)));
        for person in &m.people {
            wrap(out, "    ", &shown(person));
        }
        for (what, cited) in [
            ("own interests", &m.interests),
            ("reservations", &m.reservations),
            ("willingness", &m.willingness),
        ] {
            if !cited.is_empty() {
                let _ = writeln!(out, "    {what}");
                cite(out, "      ", cited);
            }
        }
    }
}

fn channels(out: &mut String, p: &Picture) {
    out.push_str("\nChannels\n");
    for c in &p.channels {
        let state = if c.open { "" } else { ", not open on this day" };
        wrap(
            out,
            "  ",
            &format!("{} – {} ({}{state})", shown(&c.ends.0), shown(&c.ends.1), c.reach.name()),
        );
        cite(out, "    ", &c.cited);
        for (a, b) in &c.cuts {
            wrap(
                out,
                "    ",
                &format!("if it closes, no recorded channel joins {} and {}", shown(a), shown(b)),
            );
        }
    }
    for point in &p.single_points {
        for (a, b) in &point.cuts {
            wrap(
                out,
                "  ",
                &format!(
                    "single point of failure: {} alone joins {} and {}",
                    shown(&point.name),
                    shown(a),
                    shown(b)
                ),
            );
        }
    }
    if p.single_points.is_empty() && !p.channels.is_empty() {
        out.push_str("  no single mediator whose loss cuts two parties off\n");
    }
}

fn positions(out: &mut String, p: &Picture) {
    out.push_str("\nOn the table, and who is reported to hold what\n");
    for row in &p.matrix {
        wrap(out, "  ", &shown(&row.issue));
        cite(out, "    ", &row.cited);
        for (party, cells) in p.parties.iter().zip(&row.cells) {
            if cells.is_empty() {
                wrap(out, "    ", &format!("{}: nothing in the record", shown(&party.name)));
            }
            for cell in cells {
                wrap(
                    out,
                    "    ",
                    &format!(
                        "{}: {}. {}",
                        shown(&party.name),
                        cell.status.name(),
                        shown(&cell.says)
                    ),
                );
                cite(out, "      ", &cell.cited);
            }
        }
    }
}

fn cite(out: &mut String, indent: &str, cited: &[Cited]) {
    for c in cited {
        wrap(out, indent, &format!("– {} [{}: {}]", shown(&c.says), c.claim, shown(&c.by)));
    }
}
