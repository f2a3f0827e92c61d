//! Many sides: a row for each, a mark for each deal, no deal as a line.

use super::ChartDeal;
use crate::gain::value_at;
use crate::numbers;
use crate::side::Side;
use crate::svg::canvas::{Anchor, Canvas, isolated, line, text};
use crate::svg::label::fitted;
use crate::svg::{Scale, axis, coordinate, mark};
use maud::{Markup, html};

const WIDTH: f64 = 480.0;
const NAMES: f64 = 150.0;
const TOP: f64 = 26.0;
const ROW: f64 = 27.0;
/// Marks closer than this are set one above the other.
const CLOSE: f64 = 11.0;
/// What lies further out than this (in per cent) stands at the edge.
const VIEW: (f64, f64) = (-100.0, 150.0);

/// One row per side.
#[derive(Debug, Clone)]
pub struct RowsChart<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// The sides, one row each.
    pub sides: &'a [Side<'a>],
    /// The deals to mark.
    pub deals: &'a [ChartDeal],
}

impl RowsChart<'_> {
    /// The drawing.
    #[must_use]
    pub fn draw(&self) -> Markup {
        let all = self.deals.iter().flat_map(|d| d.gains.iter().copied());
        let (low, high) = all.fold((0.0_f64, 100.0_f64), |(l, h), v| (l.min(v), h.max(v)));
        let domain = (low.max(VIEW.0), high.min(VIEW.1));
        let scale = Scale { domain, range: (NAMES + 10.0, WIDTH - 26.0) };
        let base = TOP + ROW * self.sides.len() as f64 + 4.0;
        let canvas = Canvas {
            id: self.id,
            width: WIDTH,
            height: base + 40.0,
            title: "What each side gains from each deal",
            description: &self.description(),
        };
        canvas.draw(&html! {
            (axis::bottom(scale, 5, TOP - 6.0, base))
            (line((scale.at(0.0), TOP - 6.0), (scale.at(0.0), base), "base"))
            (text(scale.at(0.0), TOP - 12.0, Anchor::Middle, "tick", "no deal"))
            (text(scale.at(100.0), TOP - 12.0, Anchor::Middle, "tick", "its best"))
            @for (row, side) in self.sides.iter().enumerate() {
                @let y = TOP + ROW * (row as f64 + 0.5);
                text x="0" y=(coordinate(y + 4.5)) {
                    tspan class={ "letter side" (side.tone()) } { (side.letter()) }
                    " " (isolated(&fitted(side.name, 13.0, NAMES - 30.0)))
                    title { (side.name) }
                }
                (line((scale.range.0, y), (scale.range.1, y), "grid"))
                (self.row(side, scale, y))
            }
            (text(scale.range.1, base + 34.0, Anchor::End, "tick", "gain over no deal, in % of its best"))
        })
    }

    fn row(&self, side: &Side<'_>, scale: Scale, y: f64) -> Markup {
        let mut places: Vec<(f64, usize)> = self
            .deals
            .iter()
            .enumerate()
            .filter_map(|(i, d)| {
                Some((
                    scale.at(d
                        .gains
                        .get(side.index)
                        .filter(|g| g.is_finite())?
                        .clamp(scale.domain.0, scale.domain.1)),
                    i,
                ))
            })
            .collect();
        places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut lanes: Vec<(f64, usize, usize)> = Vec::new();
        for (x, deal) in places {
            let taken: Vec<usize> = lanes.iter().filter(|l| x - l.0 < CLOSE).map(|l| l.2).collect();
            let lane = (0..LANES.len()).find(|l| !taken.contains(l)).unwrap_or(0);
            lanes.push((x, deal, lane));
        }
        html! {
            @for (x, deal, lane) in lanes.iter().rev() {
                @let deal = &self.deals[*deal];
                (mark::mark(deal.shape, *x, y + LANES[*lane], 4.3, deal.class(),
                    &format!("{}: {} {}", deal.name(), side.letter(),
                        numbers::percent(value_at(&deal.gains, side.index)))))
            }
        }
    }

    fn description(&self) -> String {
        let names: Vec<String> =
            self.deals.iter().map(|d| format!("{} as a {}", d.name(), d.shape.name())).collect();
        format!(
            "One row for each of {}. {}. 0 is no deal, 100 the side’s best.",
            numbers::counted(self.sides.len(), "side", "sides"),
            names.join("; ")
        )
    }
}

const LANES: [f64; 4] = [0.0, -8.5, 8.5, -4.0];
