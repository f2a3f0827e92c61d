//! Two sides: what both could have at once.

use super::ChartDeal;
use super::thin::thinned;
use crate::gain::value_at;
use crate::numbers;
use crate::side::Side;
use crate::svg::canvas::{Anchor, Canvas, isolated, line, polyline, rectangle, text};
use crate::svg::label::{Area, Wanted, fitted, place, text_width};
use crate::svg::{Scale, axis, coordinate, mark};
use maud::{Markup, html};

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 470.0;
/// The plot inside the drawing.
const PLOT: Area = Area { x: 40.0, y: 34.0, width: 424.0, height: 380.0 };
/// Points no closer than this are drawn.
const SPACING: f64 = 0.5;
/// Up to so many points each get a dot.
const DOTTED: usize = 160;
/// What lies further out than this (in per cent) is not drawn.
const VIEW: (f64, f64) = (-100.0, 220.0);

/// The frontier of two sides.
#[derive(Debug, Clone)]
pub struct FrontierChart<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// Across and up.
    pub sides: [Side<'a>; 2],
    /// The frontier in per cent of each side's scale, in any order.
    pub points: &'a [(f64, f64)],
    /// Whether points are corners joined by straight lines.
    pub continuous: bool,
    /// The deals to mark; a ring is the one already on the table.
    pub deals: &'a [ChartDeal],
    /// Whether some deal is acceptable to both.
    pub zone: bool,
}

impl FrontierChart<'_> {
    /// The drawing, and how many of its points it shows.
    #[must_use]
    pub fn draw(&self) -> (Markup, Drawn) {
        let (x, y) = self.scales();
        let mut sorted: Vec<(f64, f64)> = self.points.to_vec();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
        let placed: Vec<(f64, f64)> = sorted.iter().map(|&(a, b)| (x.at(a), y.at(b))).collect();
        let kept = if self.continuous { placed.clone() } else { thinned(&placed, SPACING) };
        let beyond = self.points.iter().filter(|p| !x.holds(p.0) || !y.holds(p.1)).count();
        let outline = if self.continuous { kept.clone() } else { stepped(&kept) };
        let drawn = Drawn { shown: kept.len(), of: self.points.len(), beyond };
        let canvas = Canvas {
            id: self.id,
            width: WIDTH,
            height: HEIGHT,
            title: &format!(
                "What {} and {} could both have",
                isolated(self.sides[0].name),
                isolated(self.sides[1].name)
            ),
            description: &self.description(),
        };
        let content = html! {
            (self.clips(x, y))
            @if self.zone { (self.zone_area(&outline)) }
            (axis::bottom(x, 5, PLOT.y, PLOT.y + PLOT.height))
            (axis::side(y, 5, PLOT.x, PLOT.x + PLOT.width))
            (self.no_deal_lines(x, y))
            g clip-path={ "url(#" (self.id) "-plot)" } {
                path.frontier d=(polyline(&outline)) {}
                @if kept.len() <= DOTTED && !self.continuous { (dots(&kept)) }
            }
            (self.marks(x, y, &outline))
            (self.axis_names())
        };
        (canvas.draw(&content), drawn)
    }

    fn scales(&self) -> (Scale, Scale) {
        let domain = |pick: fn((f64, f64)) -> f64, side: usize| {
            let deals = self.deals.iter().filter_map(|d| d.gains.get(side).copied());
            let all = self.points.iter().map(|p| pick(*p)).chain(deals);
            let (low, high) = all.fold((0.0_f64, 100.0_f64), |(l, h), v| (l.min(v), h.max(v)));
            let (low, high) = (low.max(VIEW.0), high.min(VIEW.1));
            let room = (high - low) * 0.03;
            (if low < 0.0 { low - room } else { -room }, high + room)
        };
        let x = Scale { domain: domain(|p| p.0, 0), range: (PLOT.x, PLOT.x + PLOT.width) };
        let y = Scale { domain: domain(|p| p.1, 1), range: (PLOT.y + PLOT.height, PLOT.y) };
        (x, y)
    }

    fn clips(&self, x: Scale, y: Scale) -> Markup {
        let (left, base) = (x.at(0.0), y.at(0.0));
        html! {
            defs {
                clipPath id={ (self.id) "-plot" } {
                    (rectangle(PLOT.x, PLOT.y, PLOT.width, PLOT.height, ""))
                }
                clipPath id={ (self.id) "-zone" } {
                    (rectangle(left, PLOT.y, PLOT.x + PLOT.width - left, base - PLOT.y, ""))
                }
            }
        }
    }

    /// Everything at or below the frontier that both would rather have than no deal.
    fn zone_area(&self, outline: &[(f64, f64)]) -> Markup {
        let (Some(first), Some(last)) = (outline.first(), outline.last()) else {
            return html! {};
        };
        let bottom = PLOT.y + PLOT.height;
        let mut area = vec![(PLOT.x, bottom), (PLOT.x, first.1)];
        area.extend_from_slice(outline);
        area.push((last.0, bottom));
        html! {
            path.zone d={ (polyline(&area)) "Z" } clip-path={ "url(#" (self.id) "-zone)" } {}
        }
    }

    fn no_deal_lines(&self, x: Scale, y: Scale) -> Markup {
        let (left, base) = (x.at(0.0), y.at(0.0));
        html! {
            (line((left, PLOT.y), (left, PLOT.y + PLOT.height), "base"))
            (line((PLOT.x, base), (PLOT.x + PLOT.width, base), "base"))
            g transform={ "rotate(-90 " (coordinate(left + 13.0)) " " (coordinate(base - 20.0)) ")" } {
                (text(left + 13.0, base - 20.0, Anchor::Start, "tick halo",
                    &format!("no deal for {}", self.sides[0].letter())))
            }
            (text(left + 20.0, base - 6.0, Anchor::Start, "tick halo",
                &format!("no deal for {}", self.sides[1].letter())))
        }
    }

    fn marks(&self, x: Scale, y: Scale, outline: &[(f64, f64)]) -> Markup {
        const SIZE: f64 = 13.0;
        const LINE: f64 = 16.0;
        let inside =
            |d: &&ChartDeal| x.holds(value_at(&d.gains, 0)) && y.holds(value_at(&d.gains, 1));
        let shown: Vec<&ChartDeal> =
            self.deals.iter().filter(|d| d.gains.len() == 2).filter(inside).collect();
        let at: Vec<(f64, f64)> = shown
            .iter()
            .map(|d| (x.at(value_at(&d.gains, 0)), y.at(value_at(&d.gains, 1))))
            .collect();
        let boxes: Vec<_> = shown
            .iter()
            .zip(&at)
            .map(|(deal, at)| {
                let widest =
                    deal.lines.iter().map(|l| text_width(l, SIZE)).fold(0.0, f64::max).min(220.0);
                Wanted { mark: *at, size: (widest + 4.0, deal.lines.len() as f64 * LINE) }
            })
            .collect();
        let room = Area { x: PLOT.x, y: 4.0, width: PLOT.width + 12.0, height: PLOT.height + 26.0 };
        let labels = place(&boxes, &at, &sampled(outline), room);
        html! {
            @for ((deal, at), label) in shown.iter().zip(&at).zip(&labels) {
                @if label.leader {
                    (line(*at, label.area.nearest(*at), "leader"))
                }
                @let end = label.area.x + label.area.width / 2.0 < at.0 - 8.0;
                @for (index, words) in deal.lines.iter().enumerate() {
                    (text(
                        if end { label.area.x + label.area.width - 2.0 } else { label.area.x + 2.0 },
                        label.area.y + index as f64 * LINE + 12.5,
                        if end { Anchor::End } else { Anchor::Start },
                        if deal.focus { "halo strong" } else { "halo" },
                        &fitted(words, SIZE, 220.0),
                    ))
                }
            }
            @for (deal, at) in shown.iter().zip(&at).rev() {
                (mark::mark(deal.shape, at.0, at.1, if deal.class() == "ring" { 7.5 } else { 5.2 },
                    deal.class(), &self.tooltip(deal)))
            }
        }
    }

    fn tooltip(&self, deal: &ChartDeal) -> String {
        format!(
            "{}: {} {}, {} {}",
            deal.name(),
            self.sides[0].letter(),
            numbers::percent(value_at(&deal.gains, 0)),
            self.sides[1].letter(),
            numbers::percent(value_at(&deal.gains, 1))
        )
    }

    fn axis_names(&self) -> Markup {
        let name = |side: &Side<'_>| isolated(&fitted(side.name, 13.0, 250.0));
        html! {
            text x=(coordinate(PLOT.x - 32.0)) y="16" {
                tspan class={ "letter side" (self.sides[1].tone()) } { "↑ " (self.sides[1].letter()) }
                " " (name(&self.sides[1])) ", gain in %"
            }
            text x=(coordinate(PLOT.x + PLOT.width)) y=(coordinate(HEIGHT - 12.0)) text-anchor="end" {
                tspan class={ "letter side" (self.sides[0].tone()) } { (self.sides[0].letter()) }
                " " (name(&self.sides[0])) ", gain in % →"
            }
        }
    }

    fn description(&self) -> String {
        let mut text = format!(
            "Across, the gain of side {}; up, the gain of side {}; 0 is no deal, 100 the best. ",
            self.sides[0].letter(),
            self.sides[1].letter()
        );
        for deal in self.deals.iter().filter(|d| d.gains.len() == 2) {
            text.push_str(&self.tooltip(deal));
            text.push_str(". ");
        }
        text.trim_end().to_owned()
    }
}

/// How much of the frontier a drawing shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// Points drawn.
    pub shown: usize,
    /// Of so many.
    pub of: usize,
    /// Points beyond the edge of the drawing.
    pub beyond: usize,
}

fn stepped(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut path = Vec::with_capacity(points.len() * 2);
    for (index, point) in points.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).and_then(|i| points.get(i)) {
            path.push((before.0, point.1));
        }
        path.push(*point);
    }
    path
}

fn dots(points: &[(f64, f64)]) -> Markup {
    let mut path = String::new();
    for (x, y) in points {
        path.push_str(&format!("M{} {}h0", coordinate(*x), coordinate(*y)));
    }
    html! { path.points d=(path) {} }
}

/// Points every few units along a line, for labels to keep off.
fn sampled(outline: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for pair in outline.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let steps = ((b.0 - a.0).abs().max((b.1 - a.1).abs()) / 4.0).ceil().clamp(1.0, 200.0);
        for step in 0..steps as usize {
            let part = step as f64 / steps;
            points.push((a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part));
        }
    }
    points
}
