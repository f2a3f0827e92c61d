//! The tornado: which numbers the answer rests on.

use crate::phases::short;
use maud::{Markup, html};

/// One number moved from end to end.
#[derive(Debug, Clone)]
pub struct Bar {
    /// The number.
    pub name: String,
    /// The slack at its low and its high end.
    pub slack: (f64, f64),
    /// The ends, in words.
    pub ends: (String, String),
}

const START: f64 = 270.0;
const WIDE: f64 = 420.0;

fn c(value: f64) -> String {
    format!("{:.1}", if value == 0.0 { 0.0 } else { value })
}

/// Bars from the slack at one end to that at the other, widest first; a line
/// marks slack zero, below which the plan does not hold.
#[must_use]
pub fn tornado_chart(bars: &[Bar], now: f64) -> Markup {
    let all = bars.iter().flat_map(|b| [b.slack.0, b.slack.1]).chain([now, 0.0]);
    let (low, high) = all.fold((0.0_f64, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
    let span = if high > low { high - low } else { 1.0 };
    let at = |v: f64| START + (v - low) / span * WIDE;
    let height = bars.len() as f64 * 24.0 + 44.0;
    html! {
        svg viewBox={ "0 0 760 " (c(height)) } width="760" role="img" aria-labelledby="tornado-title tornado-words" {
            title id="tornado-title" { "Which numbers the answer rests on" }
            desc id="tornado-words" {
                @for bar in bars { (bar.name) ": smallest slack from " (short(bar.slack.0)) " to " (short(bar.slack.1)) ". " }
            }
            defs { pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                line x1="0" y1="0" x2="0" y2="6" class="hatch" {}
            } }
            @for (row, bar) in bars.iter().enumerate() {
                @let y = 24.0 + row as f64 * 24.0;
                @let (from, to) = (bar.slack.0.min(bar.slack.1), bar.slack.0.max(bar.slack.1));
                text x=(c(START - 8.0)) y=(c(y + 12.0)) text-anchor="end" { (bar.name) }
                @if from < 0.0 {
                    rect x=(c(at(from))) y=(c(y)) width=(c(at(to.min(0.0)) - at(from))) height="16" class="bad" {}
                }
                @if to > 0.0 {
                    rect x=(c(at(from.max(0.0)))) y=(c(y)) width=(c((at(to) - at(from.max(0.0))).max(1.0))) height="16" class="good" {}
                }
                text x=(c(at(to) + 4.0)) y=(c(y + 12.0)) class="quiet" { (bar.ends.0) " … " (bar.ends.1) }
            }
            line x1=(c(at(0.0))) y1="16" x2=(c(at(0.0))) y2=(c(height - 18.0)) class="axis" {}
            text x=(c(at(0.0))) y=(c(height - 4.0)) text-anchor="middle" { "slack 0" }
            @if (at(now) - at(0.0)).abs() > 60.0 {
                line x1=(c(at(now))) y1="16" x2=(c(at(now))) y2=(c(height - 18.0)) class="grid" {}
                text x=(c(at(now))) y=(c(height - 4.0)) text-anchor="middle" class="quiet" { "now " (short(now)) }
            }
        }
    }
}
