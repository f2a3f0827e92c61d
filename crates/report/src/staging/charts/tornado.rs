//! The tornado: which numbers a verdict rests on.

use super::{hatch, hatched};
use crate::numbers::plain;
use crate::svg::canvas::{Anchor, Canvas, isolated, line, rectangle, text};
use crate::svg::label::fitted;
use crate::svg::{Scale, axis};
use maud::{Markup, html};

/// One number moved from end to end.
#[derive(Debug, Clone)]
pub struct Bar {
    /// The number.
    pub name: String,
    /// The measure at its low and its high end; `None` where there is none.
    pub measure: (Option<f64>, Option<f64>),
    /// The ends, in words.
    pub ends: String,
    /// Whether the verdict changes on the way.
    pub flips: bool,
}

/// A measure moved by numbers.
#[derive(Debug, Clone)]
pub struct Tornado<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What is measured, for the axis.
    pub measured: &'a str,
    /// The measure as it stands.
    pub now: Option<f64>,
    /// Bars, most important first.
    pub bars: Vec<Bar>,
}

const NAMES: f64 = 300.0;
const WIDE: f64 = 260.0;
const ENDS: f64 = 130.0;
const ROW: f64 = 25.0;
const TOP: f64 = 8.0;

impl Tornado<'_> {
    /// Bars from the measure at one end to that at the other; what lies below
    /// zero is hatched, and a number that flips the verdict is marked.
    #[must_use]
    pub fn draw(&self) -> Markup {
        let values = self.bars.iter().flat_map(|b| [b.measure.0, b.measure.1]).chain([self.now]);
        let (low, high) = values
            .flatten()
            .filter(|v| v.is_finite())
            .fold((0.0_f64, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
        let high = if high > low { high } else { low + 1.0 };
        let scale = Scale { domain: (low, high), range: (NAMES, NAMES + WIDE) };
        let base = TOP + ROW * self.bars.len() as f64 + 4.0;
        let id = format!("{}-hatch", self.id);
        let canvas = Canvas {
            id: self.id,
            width: NAMES + WIDE + ENDS,
            height: base + 42.0,
            title: "Which numbers the verdict rests on",
            description: &self.in_words(),
        };
        canvas.draw(&html! {
            (hatch(&id))
            (axis::bottom(scale, 5, TOP, base))
            @for (row, bar) in self.bars.iter().enumerate() {
                (self.bar(bar, TOP + row as f64 * ROW, scale, &id))
            }
            (line((scale.at(0.0), TOP), (scale.at(0.0), base), "base"))
            @if let Some(now) = self.now { (line((scale.at(now), TOP), (scale.at(now), base), "given")) }
            (text(NAMES + WIDE, base + 34.0, Anchor::End, "tick", &self.axis()))
        })
    }

    fn axis(&self) -> String {
        match self.now {
            Some(now) => {
                format!("{}; the thick line is where it stands: {}", self.measured, plain(now))
            }
            None => self.measured.to_owned(),
        }
    }

    fn bar(&self, bar: &Bar, y: f64, scale: Scale, id: &str) -> Markup {
        let now = self.now.unwrap_or(0.0);
        let (a, b) = (bar.measure.0.unwrap_or(now), bar.measure.1.unwrap_or(now));
        let (from, to) = (a.min(b), a.max(b));
        let gone = bar.measure.0.is_none() || bar.measure.1.is_none();
        let ends = if gone { format!("{} †", bar.ends) } else { bar.ends.clone() };
        let mark = if bar.flips { "↯ " } else { "" };
        let above = from.max(0.0).min(to);
        html! {
            (text(NAMES - 8.0, y + 14.0, Anchor::End, if bar.flips { "strong" } else { "" },
                &format!("{mark}{}", isolated(&fitted(&bar.name, 13.0, NAMES - 30.0)))))
            (hatched(id, scale.at(from), y + 3.0, scale.at(to.min(0.0)) - scale.at(from), 14.0))
            @if to >= 0.0 {
                (rectangle(scale.at(above), y + 3.0, (scale.at(to) - scale.at(above)).max(1.5), 14.0, "strip"))
            }
            (text(NAMES + WIDE + 8.0, y + 14.0, Anchor::Start, "tick", &fitted(&ends, 12.0, ENDS)))
        }
    }

    fn in_words(&self) -> String {
        let value = |v: Option<f64>| v.map_or_else(|| "none".into(), plain);
        let each: Vec<String> = self
            .bars
            .iter()
            .map(|b| {
                let flips = if b.flips { ", which flips the verdict" } else { "" };
                format!(
                    "{} over {}: from {} to {}{flips}",
                    b.name,
                    b.ends,
                    value(b.measure.0),
                    value(b.measure.1)
                )
            })
            .collect();
        format!("{}. {}.", self.measured, each.join("; "))
    }
}
