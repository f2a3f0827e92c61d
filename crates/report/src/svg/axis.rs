//! Axes: a few round ticks, quiet lines.

use super::Scale;
use super::canvas::{Anchor, line, text};
use crate::numbers;
use maud::{Markup, html};

/// Ticks under a drawing, with grid lines up to `top`.
#[must_use]
pub fn bottom(scale: Scale, wanted: usize, top: f64, base: f64) -> Markup {
    html! {
        @for tick in scale.ticks(wanted) {
            (line((scale.at(tick), top), (scale.at(tick), base), "grid"))
            (text(scale.at(tick), base + 16.0, Anchor::Middle, "tick", &numbers::plain(tick)))
        }
    }
}

/// Ticks beside a drawing, with grid lines from `start` to `end`.
#[must_use]
pub fn side(scale: Scale, wanted: usize, start: f64, end: f64) -> Markup {
    html! {
        @for tick in scale.ticks(wanted) {
            (line((start, scale.at(tick)), (end, scale.at(tick)), "grid"))
            (text(start - 6.0, scale.at(tick) + 4.0, Anchor::End, "tick", &numbers::plain(tick)))
        }
    }
}
