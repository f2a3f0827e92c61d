//! The frame of a drawing: size, name, description, reading direction.

use super::coordinate;
use maud::{Markup, html};

/// A drawing's frame.
#[derive(Debug, Clone, Copy)]
pub struct Canvas<'a> {
    /// Unique on its page; starts every id inside.
    pub id: &'a str,
    /// Width in its own units.
    pub width: f64,
    /// Height in its own units.
    pub height: f64,
    /// What it shows, in a line.
    pub title: &'a str,
    /// What one sees on it, in a sentence or two.
    pub description: &'a str,
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Anchor {
    /// The attribute's value.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

impl Canvas<'_> {
    /// The drawing with its content.
    #[must_use]
    pub fn draw(&self, content: &Markup) -> Markup {
        let (title, description) = (format!("{}-title", self.id), format!("{}-desc", self.id));
        html! {
            svg.chart id=(self.id) xmlns="http://www.w3.org/2000/svg" role="img"
                aria-labelledby={ (title) " " (description) }
                viewBox={ "0 0 " (coordinate(self.width)) " " (coordinate(self.height)) }
                width=(coordinate(self.width)) height=(coordinate(self.height))
            {
                title id=(title) { (self.title) }
                desc id=(description) { (self.description) }
                (content)
            }
        }
    }
}

/// A text; foreign names in it belong between isolates ([`isolated`]).
#[must_use]
pub fn text(x: f64, y: f64, anchor: Anchor, class: &str, content: &str) -> Markup {
    html! {
        text x=(coordinate(x)) y=(coordinate(y)) text-anchor=(anchor.as_str()) class=(class) {
            (content)
        }
    }
}

/// A straight line.
#[must_use]
pub fn line(from: (f64, f64), to: (f64, f64), class: &str) -> Markup {
    html! {
        line x1=(coordinate(from.0)) y1=(coordinate(from.1))
            x2=(coordinate(to.0)) y2=(coordinate(to.1)) class=(class) {}
    }
}

/// A rectangle; nothing where it has no size.
#[must_use]
pub fn rectangle(x: f64, y: f64, width: f64, height: f64, class: &str) -> Markup {
    html! {
        @if width > 0.0 && height > 0.0 {
            rect x=(coordinate(x)) y=(coordinate(y)) width=(coordinate(width))
                height=(coordinate(height)) class=(class) {}
        }
    }
}

/// A line through points, as a path.
#[must_use]
pub fn polyline(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        path.push(if index == 0 { 'M' } else { 'L' });
        path.push_str(&coordinate(*x));
        path.push(' ');
        path.push_str(&coordinate(*y));
    }
    path
}

/// A name between marks that keep its direction to itself, without marks of its own that would end them.
#[must_use]
pub fn isolated(name: &str) -> String {
    let steering = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let kept: String = name.chars().filter(|c| !steering(c)).collect();
    format!("\u{2068}{kept}\u{2069}")
}
