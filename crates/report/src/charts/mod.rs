//! The charts: what two sides could both have, where many sides stand, who gets what.

pub mod frontier;
pub mod issues;
pub mod pairs;
pub mod rows;
mod thin;

use crate::svg::mark::Shape;

/// A deal as a chart shows it: gains in per cent, one per side.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartDeal {
    /// Its name, one line per rule.
    pub lines: Vec<String>,
    /// How it is drawn.
    pub shape: Shape,
    /// Whether the page is about it.
    pub focus: bool,
    /// Gain over no deal of every side: 0 is no deal, 100 the best.
    pub gains: Vec<f64>,
}

impl ChartDeal {
    pub(crate) fn class(&self) -> &'static str {
        match (self.shape, self.focus) {
            (Shape::Ring, _) => "ring",
            (_, true) => "focus",
            _ => "",
        }
    }

    pub(crate) fn name(&self) -> String {
        self.lines.join(" · ")
    }
}
