//! The win-set chart: how many outcomes pass at home, side by side and together.

use maud::{Markup, html};

/// How many outcomes pass somewhere.
#[derive(Debug, Clone)]
pub struct WinSet {
    /// Where: a side, or everywhere.
    pub place: String,
    /// How many pass.
    pub pass: u64,
}

/// One bar per side and one for all together, out of all outcomes.
#[must_use]
pub fn win_set_chart(rows: &[WinSet], total: f64) -> Markup {
    let height = rows.len() as f64 * 30.0 + 10.0;
    html! {
        svg viewBox={ "0 0 640 " (format!("{height:.0}")) } width="640" role="img" aria-labelledby="win-title win-words" {
            title id="win-title" { "Outcomes that pass at home" }
            desc id="win-words" { @for row in rows { (row.place) ": " (row.pass) " of " (format!("{total:.0}")) ". " } }
            @for (index, row) in rows.iter().enumerate() {
                @let y = 6.0 + index as f64 * 30.0;
                @let wide = if total > 0.0 { row.pass as f64 / total * 380.0 } else { 0.0 };
                text x="4" y=(format!("{:.1}", y + 15.0)) { (row.place) }
                rect x="150" y=(format!("{y:.1}")) width="380" height="20" fill="none" class="grid" {}
                rect x="150" y=(format!("{y:.1}")) width=(format!("{wide:.1}")) height="20" class="got" {}
                text x="540" y=(format!("{:.1}", y + 15.0)) { (row.pass) " of " (format!("{total:.0}")) }
            }
        }
    }
}
