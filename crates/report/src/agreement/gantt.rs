//! When each obligation runs: one row each, its window as a bar, what was
//! done and verified as marks.

use crate::svg::Canvas;
use crate::svg::canvas::{Anchor, isolated, line, rectangle, text};
use crate::svg::mark::{Shape, mark};
use detente_agreement::due::DueState;
use detente_agreement::status::Status;
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

/// Most obligations drawn; the rest are in the matrix.
pub(super) const MOST_ROWS: usize = 60;
const ROW: f64 = 22.0;
const LEFT: f64 = 190.0;
const WIDTH: f64 = 860.0;
const TOP: f64 = 34.0;

fn days(from: Date, to: Date) -> f64 {
    from.until(to).map_or(0.0, |s| f64::from(s.get_days()))
}

/// The drawing; nothing where no obligation has begun.
pub(super) fn gantt(status: &Status<'_>) -> Option<Markup> {
    let rows: Vec<_> = status
        .agreement
        .obligations
        .iter()
        .zip(&status.obligations)
        .filter(|(_, s)| s.due.opens.is_some())
        .take(MOST_ROWS)
        .collect();
    let opens = rows.iter().filter_map(|(_, s)| s.due.opens);
    let ends = rows.iter().filter_map(|(_, s)| s.due.due.map(|m| m.day));
    let first = opens.clone().min()?.min(status.as_of);
    let last = ends.chain(opens).max()?.max(status.as_of).saturating_add(7.days());
    let span = days(first, last).max(1.0);
    let x = |day: Date| LEFT + (WIDTH - LEFT - 10.0) * days(first, day) / span;
    let bottom = TOP + ROW * rows.len() as f64 + 8.0;
    let height = bottom + 18.0;
    let body = html! {
        @for (n, day) in ticks(first, last).into_iter().enumerate() {
            (line((x(day), TOP - 8.0), (x(day), bottom), "grid"))
            (text(x(day) + 3.0, 14.0, Anchor::Start, "tick", &if n == 0 || day.month() == 1 { day.strftime("%Y-%m").to_string() } else { day.strftime("%m").to_string() }))
        }
        @for (n, (o, s)) in rows.iter().enumerate() {
            @let y = TOP + ROW * n as f64;
            (text(0.0, y + 13.0, Anchor::Start, "", &isolated(&cut(&o.id))))
            @let from = s.due.opens.unwrap_or(first);
            @let to = s.due.due.map_or(last, |m| m.day).max(from);
            (rectangle(x(from), y + 5.0, (x(to) - x(from)).max(3.0), 10.0, if s.due.due.is_some() { "track given" } else { "track" }))
            @match &s.due.state {
                DueState::Done(on, _) => { (mark(Shape::Disc, x(on.day.clamp(first, last)), y + 10.0, 5.0, "strip", "done")) }
                DueState::Overdue(day) => { (mark(Shape::Triangle, x(day.day.clamp(first, last)), y + 10.0, 5.0, "mark", "past its day, nothing recorded")) }
                DueState::Deviates(d) => { (mark(Shape::Diamond, x(d.from.day.clamp(first, last)), y + 10.0, 5.0, "mark", "differs by agreement")) }
                DueState::Suspended(_, day) => { (mark(Shape::Square, x((*day).clamp(first, last)), y + 10.0, 5.0, "mark", "suspended")) }
                _ => {}
            }
        }
        (line((x(status.as_of), TOP - 14.0), (x(status.as_of), bottom), "base"))
        (text(x(status.as_of), bottom + 14.0, if days(first, status.as_of) > span / 2.0 { Anchor::End } else { Anchor::Start }, "strong halo", &format!("as of {}", status.as_of)))
    };
    let canvas = Canvas {
        id: "gantt",
        width: WIDTH,
        height,
        title: "When each obligation runs",
        description: "One row for each obligation that has begun: a bar from its opening to its due day, open-ended where it lasts. The same days stand in the matrix.",
    };
    Some(canvas.draw(&body))
}

/// The first days of months, not more than about a dozen.
fn ticks(first: Date, last: Date) -> Vec<Date> {
    let months = (days(first, last) / 30.4).ceil().max(1.0) as i64;
    let step = (months / 12).max(1);
    let mut day = first.first_of_month();
    let mut out = Vec::new();
    while day <= last {
        if day >= first {
            out.push(day);
        }
        let Ok(next) = day.checked_add(step.months()) else { break };
        day = next;
    }
    out
}

fn cut(id: &str) -> String {
    if id.chars().count() <= 24 {
        id.to_owned()
    } else {
        id.chars().take(23).chain(['…']).collect()
    }
}
