//! Small multiples: two sides at a time.

use super::ChartDeal;
use super::thin::thinned;
use crate::side::Side;
use crate::svg::canvas::{Anchor, Canvas, line, rectangle, text};
use crate::svg::{Scale, coordinate, mark};
use maud::{Markup, html};

const SIZE: f64 = 180.0;
const EDGE: (f64, f64) = (18.0, 166.0);
/// Points no closer than this are drawn.
const SPACING: f64 = 3.0;
/// What lies further out than this (in per cent) is not drawn.
const VIEW: (f64, f64) = (-60.0, 130.0);

/// One pair of sides.
#[derive(Debug, Clone)]
pub struct PairChart<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// Across and up.
    pub sides: [Side<'a>; 2],
    /// The frontier's points as these two see them, in per cent.
    pub points: &'a [(f64, f64)],
    /// The deals to mark.
    pub deals: &'a [ChartDeal],
}

impl PairChart<'_> {
    /// The drawing.
    #[must_use]
    pub fn draw(&self) -> Markup {
        let [across, up] = &self.sides;
        let picks = |side: usize| self.deals.iter().filter_map(move |d| d.gains.get(side).copied());
        let scale = |values: Vec<f64>, range| {
            let (low, high) =
                values.iter().fold((0.0_f64, 100.0_f64), |(l, h), &v| (l.min(v), h.max(v)));
            Scale { domain: (low.max(VIEW.0), high.min(VIEW.1)), range }
        };
        let values = |pick: fn(&(f64, f64)) -> f64, side| {
            self.points.iter().map(pick).chain(picks(side)).collect()
        };
        let x = scale(values(|p| p.0, across.index), EDGE);
        let y = scale(values(|p| p.1, up.index), (EDGE.1, EDGE.0));
        let inside = |p: &&(f64, f64)| x.holds(p.0) && y.holds(p.1);
        let at: Vec<(f64, f64)> =
            self.points.iter().filter(inside).map(|p| (x.at(p.0), y.at(p.1))).collect();
        let mut cloud = String::new();
        for (a, b) in thinned(&at, SPACING) {
            cloud.push_str(&format!("M{} {}h0", coordinate(a), coordinate(b)));
        }
        let (left, base) = (x.at(0.0), y.at(0.0));
        let title = format!("Sides {} and {}", across.letter(), up.letter());
        let description = format!(
            "Across, the gain of {}; up, the gain of {}; lines are no deal for each.",
            across.letter(),
            up.letter()
        );
        let canvas = Canvas {
            id: self.id,
            width: SIZE,
            height: SIZE + 6.0,
            title: &title,
            description: &description,
        };
        canvas.draw(&html! {
            (rectangle(left, EDGE.0, EDGE.1 - left, base - EDGE.0, "zone"))
            path.points d=(cloud) {}
            (line((left, EDGE.0), (left, EDGE.1), "base"))
            (line((EDGE.0, base), (EDGE.1, base), "base"))
            @for deal in self.deals.iter().rev() {
                @if let (Some(a), Some(b)) = (deal.gains.get(across.index), deal.gains.get(up.index)) {
                    @if x.holds(*a) && y.holds(*b) {
                        (mark::mark(deal.shape, x.at(*a), y.at(*b), 4.2, deal.class(), &deal.name()))
                    }
                }
            }
            (text(EDGE.0, 11.0, Anchor::Start, &format!("letter side{}", up.tone()), &format!("↑ {}", up.letter())))
            (text(EDGE.1, SIZE + 2.0, Anchor::End, &format!("letter side{}", across.tone()), &format!("{} →", across.letter())))
        })
    }
}
