//! Marks that differ in shape, so that colour is never needed.

use super::coordinate;
use maud::{Markup, html};

/// A mark's shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A circle.
    Disc,
    /// A square.
    Square,
    /// A triangle on its base.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A triangle on its tip.
    Tip,
    /// A cross.
    Cross,
    /// An open ring: the deal already on the table.
    Ring,
}

impl Shape {
    /// Shapes for deals, in the order they are given out.
    pub const ALL: [Self; 6] =
        [Self::Disc, Self::Square, Self::Triangle, Self::Diamond, Self::Tip, Self::Cross];

    /// The name, for those who do not see it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Disc => "disc",
            Self::Square => "square",
            Self::Triangle => "triangle",
            Self::Diamond => "diamond",
            Self::Tip => "upturned triangle",
            Self::Cross => "cross",
            Self::Ring => "ring",
        }
    }

    /// The same as a character, for a terminal.
    #[must_use]
    pub fn character(self) -> char {
        match self {
            Self::Disc => '●',
            Self::Square => '■',
            Self::Triangle => '▲',
            Self::Diamond => '◆',
            Self::Tip => '▼',
            Self::Cross => '✚',
            Self::Ring => '○',
        }
    }

    fn path(self, x: f64, y: f64, r: f64) -> String {
        let point =
            |dx: f64, dy: f64| format!("{} {}", coordinate(x + dx * r), coordinate(y + dy * r));
        let polygon = |points: &[(f64, f64)]| {
            let corners: Vec<String> = points.iter().map(|&(dx, dy)| point(dx, dy)).collect();
            format!("M{}Z", corners.join("L"))
        };
        match self {
            Self::Disc | Self::Ring => {
                let radius = coordinate(r);
                format!(
                    "M{}A{radius} {radius} 0 1 1 {}A{radius} {radius} 0 1 1 {}Z",
                    point(-1.0, 0.0),
                    point(1.0, 0.0),
                    point(-1.0, 0.0)
                )
            }
            Self::Square => polygon(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
            Self::Triangle => polygon(&[(0.0, -1.15), (1.1, 0.85), (-1.1, 0.85)]),
            Self::Diamond => polygon(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]),
            Self::Tip => polygon(&[(0.0, 1.15), (1.1, -0.85), (-1.1, -0.85)]),
            Self::Cross => {
                let (a, b) = (0.38, 1.15);
                polygon(&[
                    (-a, -b),
                    (a, -b),
                    (a, -a),
                    (b, -a),
                    (b, a),
                    (a, a),
                    (a, b),
                    (-a, b),
                    (-a, a),
                    (-b, a),
                    (-b, -a),
                    (-a, -a),
                ])
            }
        }
    }
}

/// A mark about so wide as twice its radius, with what it is as its tooltip.
#[must_use]
pub fn mark(shape: Shape, x: f64, y: f64, radius: f64, class: &str, tooltip: &str) -> Markup {
    html! {
        path d=(shape.path(x, y, radius)) class={ "mark " (class) } {
            @if !tooltip.is_empty() { title { (tooltip) } }
        }
    }
}

/// A mark in a line of text.
#[must_use]
pub fn inline(shape: Shape, class: &str) -> Markup {
    html! {
        svg.glyph viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" {
            path d=(shape.path(7.0, 7.0, 4.6)) class={ "mark " (class) } {}
        }
    }
}
