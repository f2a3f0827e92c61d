//! The charts of staging: phases, what a verdict rests on, win-sets.

pub mod phases;
pub mod tornado;
pub mod win_set;

use maud::{Markup, html};

/// A hatched ground for what lies below zero, under an id of its own.
fn hatch(id: &str) -> Markup {
    html! {
        defs {
            pattern id=(id) width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                line x1="0" y1="0" x2="0" y2="6" class="hatch" {}
            }
        }
    }
}

/// A hatched box; nothing where it has no size.
fn hatched(id: &str, x: f64, y: f64, width: f64, height: f64) -> Markup {
    use crate::svg::coordinate;
    html! {
        @if width > 0.0 && height > 0.0 {
            rect x=(coordinate(x)) y=(coordinate(y)) width=(coordinate(width))
                height=(coordinate(height)) fill={ "url(#" (id) ")" } class="below" {}
        }
    }
}
