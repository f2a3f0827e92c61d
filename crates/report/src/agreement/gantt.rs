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
        @for (day, label) in ticks(first, last) {
            (line((x(day), TOP - 8.0), (x(day), bottom), "grid"))
            (text(x(day) + 3.0, 14.0, Anchor::Start, "tick", &label))
        }
        @for (n, (o, s)) in rows.iter().enumerate() {
            @let y = TOP + ROW * n as f64;
            (text(0.0, y + 13.0, Anchor::Start, "", &isolated(&cut(&o.id))))
            @let from = s.due.opens.unwrap_or(first);
            @let to = s.due.due.map_or(last, |m| m.day).max(from);
            (rectangle(x(from), y + 5.0, (x(to) - x(from)).max(3.0), 10.0, if s.due.due.is_some() { "track given" } else { "track" }))
            @match &s.due.state {
                DueState::Done(on, ..) => { (mark(Shape::Disc, x(on.day.clamp(first, last)), y + 10.0, 5.0, "strip", "done")) }
                DueState::PastItsDay(day) => { (mark(Shape::Triangle, x(day.day.clamp(first, last)), y + 10.0, 5.0, "mark", "past its day, not recorded as done")) }
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

/// Months between ticks; whole years from 12 on.
const STEPS: [i16; 10] = [1, 2, 3, 6, 12, 24, 60, 120, 1200, 12_000];

/// The first days of months or years, about a dozen at most, with their labels.
fn ticks(first: Date, last: Date) -> Vec<(Date, String)> {
    let months = days(first, last) / 30.4;
    let step = STEPS.into_iter().find(|s| months / f64::from(*s) <= 13.0).unwrap_or(12_000);
    let (years, months) = ((step / 12).max(1), step.min(12));
    let month = (i16::from(first.month()) - 1) / months * months + 1;
    // From round years and months on, so that labels fall on the same ones everywhere.
    let start = Date::new(first.year().div_euclid(years) * years, month as i8, 1);
    let every = i64::from(step).months();
    let days = std::iter::successors(start.ok(), |day| day.checked_add(every).ok());
    let mut out = Vec::new();
    for day in days.take_while(|day| *day <= last).filter(|day| *day >= first) {
        let form = match (step, out.is_empty() || day.month() == 1) {
            (12.., _) => "%Y",
            (_, true) => "%Y-%m",
            (_, false) => "%m",
        };
        out.push((day, day.strftime(form).to_string()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ticks_fall_on_round_months_and_years() {
        let labels = |first, last| -> Vec<String> {
            ticks(first, last).into_iter().map(|(_, label)| label).collect()
        };
        let year = labels(date(2031, 5, 20), date(2032, 5, 3));
        assert_eq!(year.first().unwrap(), "2031-06");
        assert_eq!(year[6..9], ["12", "2032-01", "02"]);
        assert_eq!(
            labels(date(2031, 2, 1), date(2033, 12, 1))[..4],
            ["2031-04", "07", "10", "2032-01"]
        );
        let decade = labels(date(2015, 10, 18), date(2026, 1, 8));
        assert_eq!(decade, (2016..=2026).map(|y| y.to_string()).collect::<Vec<_>>());
        assert_eq!(
            labels(date(1979, 4, 25), date(2026, 1, 1)),
            ["1980", "1985", "1990", "1995", "2000", "2005", "2010", "2015", "2020", "2025"]
        );
        assert_eq!(labels(date(1, 1, 1), date(9999, 1, 1)).len(), 9);
    }
}
