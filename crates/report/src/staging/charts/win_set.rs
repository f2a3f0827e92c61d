//! The win-set chart: how many outcomes pass at home, side by side and together.

use crate::numbers::plain;
use crate::svg::canvas::{Anchor, Canvas, isolated, rectangle, text};
use crate::svg::label::fitted;
use maud::{Markup, html};

/// How many outcomes pass somewhere.
#[derive(Debug, Clone)]
pub struct WinSet {
    /// Where: a side, or everywhere.
    pub place: String,
    /// How many pass.
    pub pass: u64,
}

const NAMES: f64 = 140.0;
const WIDE: f64 = 300.0;
const ROW: f64 = 30.0;

/// One bar per side and one for all together, out of all outcomes.
#[must_use]
pub fn win_set_chart(id: &str, rows: &[WinSet], total: f64) -> Markup {
    let words: Vec<String> =
        rows.iter().map(|r| format!("{}: {} of {}", r.place, r.pass, plain(total))).collect();
    let canvas = Canvas {
        id,
        width: NAMES + WIDE + 130.0,
        height: rows.len() as f64 * ROW + 4.0,
        title: "Outcomes that pass at home",
        description: &format!("{}.", words.join("; ")),
    };
    canvas.draw(&html! {
        @for (index, row) in rows.iter().enumerate() {
            @let y = 2.0 + index as f64 * ROW;
            @let share = if total > 0.0 { row.pass as f64 / total } else { 0.0 };
            @let last = index + 1 == rows.len();
            (text(0.0, y + 15.0, Anchor::Start, if last { "strong" } else { "" },
                &isolated(&fitted(&row.place, 13.0, NAMES - 12.0))))
            (rectangle(NAMES, y, WIDE, 20.0, "track"))
            (rectangle(NAMES, y, WIDE * share, 20.0, if last { "focal" } else { "strip" }))
            (text(NAMES + WIDE + 8.0, y + 15.0, Anchor::Start, if last { "strong" } else { "" },
                &format!("{} of {}", row.pass, plain(total))))
        }
    })
}
