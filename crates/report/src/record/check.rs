//! A check in words, for the terminal and for paper.

use super::words::{counted, origins, wrap};
use detente_record::check::{Check, Divergence, EventView, Question};
use detente_record::hidden::shown;
use std::fmt::Write as _;

/// The whole check as text, lines of at most 80 columns where words allow.
#[must_use]
pub fn check_text(check: &Check) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", shown(&check.title));
    if let Some(banner) = &check.banner {
        let _ = writeln!(out, "{banner}");
    }
    let _ = writeln!(
        out,
        "{}, {}",
        counted(check.claims, "claim"),
        counted(check.events.len(), "event")
    );
    for event in &check.events {
        out.push('\n');
        out.push_str(&event_text(event));
    }
    if !check.circles.is_empty() {
        out.push_str("\nCircular citing\n");
        for circle in &check.circles {
            wrap(
                &mut out,
                "  ",
                &format!(
                    "{} cite each other in a circle; together they are at most one origin",
                    circle.join(", ")
                ),
            );
        }
    }
    if !check.contradictions.is_empty() {
        out.push_str("\nMarked by a person\n");
        for c in &check.contradictions {
            wrap(&mut out, "  ", &format!("{} {} {}", c.from, c.kind, c.to));
        }
    }
    if !check.without_event.is_empty() {
        let _ = write!(
            out,
            "\nAbout no event of the record: {}\n",
            counted(check.without_event.len(), "claim")
        );
    }
    out
}

/// One event as text.
#[must_use]
pub fn event_text(event: &EventView) -> String {
    let mut out = String::new();
    let when = event.when.as_ref().map_or_else(String::new, |w| format!(", {w}"));
    wrap(&mut out, "", &format!("{} [{}; {}{when}]", shown(&event.title), event.id, event.kind));
    wrap(
        &mut out,
        "  ",
        &format!("{}, {}", counted(event.claims, "claim"), origins(event.origins)),
    );
    for question in &event.questions {
        question_text(&mut out, question);
    }
    for response in &event.responses {
        let about =
            response.answer.as_ref().map_or_else(String::new, |a| format!(", on: {}", shown(a)));
        wrap(
            &mut out,
            "  ",
            &format!("{}: {}{about} [{}]", response.stance, shown(&response.by), response.claim),
        );
    }
    let _ = writeln!(
        out,
        "  finding: {}",
        event.finding.as_deref().map_or_else(|| "none".to_owned(), shown)
    );
    out
}

fn question_text(out: &mut String, question: &Question) {
    if !question.question.is_empty() {
        wrap(out, "  ", &format!("on {}:", shown(&question.question)));
    }
    for v in &question.versions {
        let answer = if v.answer.is_empty() {
            "about it, on no particular question".to_owned()
        } else {
            format!("version: {}", shown(&v.answer))
        };
        wrap(out, "    ", &format!("{answer} [{}]", v.claims.join(", ")));
        wrap(
            out,
            "      ",
            &format!(
                "reported by {}; origin: {}; {}",
                shown(&v.reported_by.join(", ")),
                shown(&v.origins.join("; ")),
                origins(v.independent)
            ),
        );
        if v.rests_on_a_circle {
            out.push_str("      rests only on sources that cite each other\n");
        } else if v.rests_on_one_unnamed {
            out.push_str("      rests on a single unnamed source\n");
        }
    }
    match question.divergence {
        Some(Divergence::OneOriginSeveralRenderings) => {
            wrap(
                out,
                "    ",
                &format!(
                    "one origin, {} renderings that conflict, not corroboration: {}",
                    question.versions.len(),
                    shown(&question.rendered_both_ways.join("; "))
                ),
            );
        }
        Some(Divergence::OriginsConflict) => {
            wrap(
                out,
                "    ",
                &format!("conflict: the origins give {} versions", question.versions.len()),
            );
        }
        None => {}
    }
}
