//! The phase chart: what each side has received and given, what it stands to
//! lose, and how safe each phase is.

use maud::{Markup, html};

/// One side's part of the chart; one entry per phase.
#[derive(Debug, Clone, Default)]
pub struct Panel {
    /// The side.
    pub side: String,
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
#[derive(Debug, Clone, Default)]
pub struct PhaseChart {
    /// One panel per side.
    pub panels: Vec<Panel>,
}

const START: f64 = 90.0;
const COLUMN: f64 = 150.0;
const HEIGHT: f64 = 190.0;
const MIDDLE: f64 = 80.0;
const REACH: f64 = 58.0;

fn c(value: f64) -> String {
    format!("{:.1}", if value == 0.0 { 0.0 } else { value })
}

impl PhaseChart {
    /// The drawing, with a title and a description in words.
    #[must_use]
    pub fn draw(&self) -> Markup {
        let phases = self.panels.iter().map(|p| p.slack.len()).max().unwrap_or(0);
        let width = START + COLUMN * phases as f64 + 10.0;
        let height = HEIGHT * self.panels.len() as f64 + 26.0;
        html! {
            svg viewBox={ "0 0 " (c(width)) " " (c(height)) } width=(c(width)) role="img" aria-labelledby="phase-title phase-words" {
                title id="phase-title" { "Who gives what, phase by phase" }
                desc id="phase-words" { (self.in_words()) }
                defs { pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    line x1="0" y1="0" x2="0" y2="6" class="hatch" {}
                } }
                @for t in 0..phases {
                    text x=(c(START + COLUMN * (t as f64 + 0.5))) y="14" text-anchor="middle" class="quiet" { "phase " (t + 1) }
                }
                @for (row, panel) in self.panels.iter().enumerate() {
                    (panel.draw(24.0 + HEIGHT * row as f64, width))
                }
            }
        }
    }

    fn in_words(&self) -> String {
        let mut words = String::new();
        for panel in &self.panels {
            for (t, (_, slack)) in panel.slack.iter().enumerate() {
                let does = if panel.does[t].is_empty() { "gives nothing" } else { &panel.does[t] };
                words += &format!("Phase {}, {}: {does}; slack {slack}. ", t + 1, panel.side);
            }
        }
        words
    }
}

impl Panel {
    fn draw(&self, top: f64, width: f64) -> Markup {
        let most = self.received.iter().chain(&self.given).fold(1e-9_f64, |m, v| m.max(v.abs()));
        let scale = REACH / most;
        let middle = top + MIDDLE;
        html! {
            text x="4" y=(c(middle - 6.0)) { (self.side) }
            text x="4" y=(c(top + 22.0)) class="quiet" { "received ▲" }
            text x="4" y=(c(middle + 52.0)) class="quiet" { "given ▼" }
            text x="4" y=(c(top + 172.0)) class="quiet" { "slack" }
            line x1=(c(START)) y1=(c(middle)) x2=(c(width)) y2=(c(middle)) class="axis" {}
            @for t in 0..self.slack.len() { (self.column(t, top, scale)) }
        }
    }

    fn column(&self, t: usize, top: f64, scale: f64) -> Markup {
        let left = START + COLUMN * t as f64 + 22.0;
        let middle = top + MIDDLE;
        let up = self.received[t].max(0.0) * scale;
        let down = self.given[t].max(0.0) * scale;
        let exposed = (self.exposure[t] * scale).min(REACH);
        let (slack, words) = &self.slack[t];
        html! {
            rect x=(c(left)) y=(c(middle - up)) width="46" height=(c(up)) class="got" {
                title { (self.side) " has received " (short(self.received[t])) " by the end of phase " (t + 1) }
            }
            rect x=(c(left)) y=(c(middle)) width="46" height=(c(down)) class="gave" {
                title { (self.side) " has given " (short(self.given[t])) " by the end of phase " (t + 1) }
            }
            text x=(c(left + 23.0)) y=(c(middle - up - 4.0)) text-anchor="middle" { (short(self.received[t])) }
            text x=(c(left + 23.0)) y=(c(middle + down + 13.0)) text-anchor="middle" { (short(self.given[t])) }
            @if self.exposure[t] > 0.0 {
                rect x=(c(left + 58.0)) y=(c(middle)) width="26" height=(c(exposed)) class="exposed" {
                    title { "stands to lose " (short(self.exposure[t])) " if the others fail the phase" }
                }
                text x=(c(left + 71.0)) y=(c(middle + exposed + 13.0)) text-anchor="middle" { "risk " (short(self.exposure[t])) }
            }
            rect x=(c(left)) y=(c(top + 160.0)) width="106" height="6" class=(if *slack < 0.0 { "bad" } else { "good" }) {}
            text x=(c(left + 53.0)) y=(c(top + 179.0)) text-anchor="middle" {
                (if *slack < 0.0 { "✗ " } else { "✓ " }) (words)
            }
        }
    }
}

/// A number in few characters.
pub(crate) fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.to_owned() }
}
