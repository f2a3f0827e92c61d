//! The phase chart: what each side has received and given, what it stands to
//! lose, and how safe each phase is.

use super::{hatch, hatched};
use crate::numbers::plain;
use crate::side::Side;
use crate::svg::canvas::{Anchor, Canvas, isolated, line, rectangle, text};
use crate::svg::coordinate;
use crate::svg::label::fitted;
use maud::{Markup, html};

/// One side's part of the chart; one entry per phase.
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    /// The side.
    pub side: Side<'a>,
    /// Received so far, in its own units.
    pub received: Vec<f64>,
    /// Given so far (above zero).
    pub given: Vec<f64>,
    /// What it stands to lose in the phase.
    pub exposure: Vec<f64>,
    /// The slack of its row, as a number and in words.
    pub slack: Vec<(f64, String)>,
    /// What it does in the phase.
    pub does: Vec<String>,
}

/// All sides, phase by phase.
#[derive(Debug, Clone)]
pub struct PhaseChart<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What stands above each phase: its number, and its day where known.
    pub phases: Vec<String>,
    /// One panel per side.
    pub panels: Vec<Panel<'a>>,
}

const START: f64 = 128.0;
const COLUMN: f64 = 138.0;
const PANEL: f64 = 196.0;
const TOP: f64 = 30.0;
/// The line between received and given, from the top of a panel.
const MIDDLE: f64 = 84.0;
/// How far the tallest bar reaches.
const REACH: f64 = 56.0;
/// The slack strip, from the top of a panel.
const STRIP: f64 = 162.0;

impl PhaseChart<'_> {
    /// The drawing, with a description in words.
    #[must_use]
    pub fn draw(&self) -> Markup {
        let width = START + COLUMN * self.phases.len() as f64 + 8.0;
        let hatched = format!("{}-hatch", self.id);
        let canvas = Canvas {
            id: self.id,
            width,
            height: TOP + PANEL * self.panels.len() as f64,
            title: "Who gives what, phase by phase",
            description: &self.in_words(),
        };
        canvas.draw(&html! {
            (hatch(&hatched))
            @for (t, name) in self.phases.iter().enumerate() {
                (text(START + COLUMN * (t as f64 + 0.5), 14.0, Anchor::Middle, "strong", name))
            }
            @for (row, panel) in self.panels.iter().enumerate() {
                g class={ "side" (panel.side.tone()) } {
                    (panel.draw(TOP + PANEL * row as f64, width, &hatched))
                }
            }
        })
    }

    fn in_words(&self) -> String {
        let mut words = String::new();
        for panel in &self.panels {
            for (t, (_, slack)) in panel.slack.iter().enumerate() {
                let does = if panel.does[t].is_empty() { "gives nothing" } else { &panel.does[t] };
                words += &format!("Phase {}, {}: {does}; slack {slack}. ", t + 1, panel.side.name);
            }
        }
        words
    }
}

impl Panel<'_> {
    fn draw(&self, top: f64, width: f64, hatch: &str) -> Markup {
        let most = self.received.iter().chain(&self.given).chain(&self.exposure);
        let most = most.fold(1e-9_f64, |m, v| m.max(v.abs()));
        let middle = top + MIDDLE;
        html! {
            text x="0" y=(coordinate(middle + 4.5)) {
                tspan.letter { (self.side.letter()) }
                " " (isolated(&fitted(self.side.name, 13.0, START - 34.0)))
                title { (self.side.name) }
            }
            (text(START - 14.0, middle - 26.0, Anchor::End, "tick", "received"))
            (text(START - 14.0, middle + 34.0, Anchor::End, "tick", "given"))
            (text(START - 14.0, top + STRIP + 7.0, Anchor::End, "tick", "slack"))
            (line((START - 8.0, middle), (width, middle), "base"))
            @for t in 0..self.slack.len() { (self.column(t, top, REACH / most, hatch)) }
        }
    }

    fn column(&self, t: usize, top: f64, scale: f64, hatch: &str) -> Markup {
        let left = START + COLUMN * t as f64 + 10.0;
        let middle = top + MIDDLE;
        let up = self.received[t].max(0.0) * scale;
        let down = self.given[t].max(0.0) * scale;
        let risk = self.exposure[t].max(0.0) * scale;
        let (slack, words) = &self.slack[t];
        let strip = COLUMN - 24.0;
        html! {
            (rectangle(left, middle - up, 44.0, up, "solid"))
            (rectangle(left, middle, 44.0, down, "lines"))
            (text(left + 22.0, middle - up - 5.0, Anchor::Middle, "", &plain(self.received[t])))
            (text(left + 22.0, middle + down + 14.0, Anchor::Middle, "", &plain(self.given[t])))
            @if risk > 0.0 {
                (rectangle(left + 66.0, middle, 26.0, risk, "risk"))
                (text(left + 79.0, middle + risk + 14.0, Anchor::Middle, "tick", &format!("risk {}", plain(self.exposure[t]))))
            }
            @if *slack < 0.0 { (hatched(hatch, left, top + STRIP, strip, 8.0)) }
            @else { (rectangle(left, top + STRIP, strip, 8.0, "strip")) }
            (text(left + strip / 2.0, top + STRIP + 23.0, Anchor::Middle, "",
                &format!("{} {words}", if *slack < 0.0 { "✗" } else { "✓" })))
        }
    }
}
