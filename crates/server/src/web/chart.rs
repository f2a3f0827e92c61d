//! The workbench's drawings. Numbers run from left to right in every language.

use super::Shell;
use super::workbench::percent;
use crate::words::fill;
use detente_mediation::workbench::{Outlook, Point, Stand};
use detente_report::svg::canvas::{Anchor, Canvas, isolated, line, polyline, rectangle, text};
use detente_report::svg::label::fitted;
use detente_report::svg::{Scale, axis, coordinate};
use maud::{Markup, html};

const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 470.0;
const LEFT: f64 = 46.0;
const TOP: f64 = 12.0;
const RIGHT: f64 = 506.0;
const BASE: f64 = 418.0;

/// Two sides: what both could have at once, and how sure that is.
pub(super) fn map(shell: &Shell, names: [&str; 2], found: &Outlook) -> Markup {
    let words = shell.words();
    let x = Scale { domain: (0.0, 100.0), range: (LEFT, RIGHT) };
    let y = Scale { domain: (0.0, 100.0), range: (BASE, TOP) };
    let at = |a: f64, b: f64| (x.at(100.0 * a), y.at(100.0 * b));
    let sides = &found.sides;
    let canvas = Canvas {
        id: "map",
        width: WIDTH,
        height: HEIGHT,
        title: &fill(words.map_title, &names),
        description: words.the_map_how,
    };
    canvas.draw(&html! {
        g direction="ltr" {
            (rectangle(at(sides[0].no_deal.0, 0.0).0, TOP, at(sides[0].no_deal.1, 0.0).0 - at(sides[0].no_deal.0, 0.0).0, BASE - TOP, "no-deal"))
            (rectangle(LEFT, at(0.0, sides[1].no_deal.1).1, RIGHT - LEFT, at(0.0, sides[1].no_deal.0).1 - at(0.0, sides[1].no_deal.1).1, "no-deal"))
            (axis::bottom(x, 5, TOP, BASE))
            (axis::side(y, 5, LEFT, RIGHT))
            @for frontier in found.frontiers.iter().skip(1) { path.perhaps d=(polyline(&stepped(frontier, at))) {} }
            @if let Some(middle) = found.frontiers.first() { path.frontier d=(polyline(&stepped(middle, at))) {} }
            @for (number, candidate) in (1..).zip(&found.candidates) {
                @if let [a, b] = candidate.stands.as_slice() {
                    @let (cx, cy) = at(a.middle, b.middle);
                    (line(at(a.band.0, b.middle), at(a.band.1, b.middle), "whisker"))
                    (line(at(a.middle, b.band.0), at(a.middle, b.band.1), "whisker"))
                    g { circle.dot cx=(coordinate(cx)) cy=(coordinate(cy)) r="9" {}
                        (text(cx, cy + 4.0, Anchor::Middle, "dot-number", &number.to_string())) }
                }
            }
            (text(RIGHT, BASE + 40.0, Anchor::End, "tick strong", &format!("{} →", isolated(&fitted(names[0], 13.0, 300.0)))))
            g transform={ "rotate(-90 12 " (coordinate(TOP)) ")" } {
                (text(12.0, TOP + 4.0, Anchor::End, "tick strong", &format!("{} →", isolated(&fitted(names[1], 13.0, 300.0)))))
            }
        }
    })
}

/// A frontier as a stair: between two points nothing is better for both.
fn stepped(frontier: &[Point], at: impl Fn(f64, f64) -> (f64, f64)) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> =
        frontier.iter().filter_map(|p| Some(at(*p.first()?, *p.get(1)?))).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut stair: Vec<(f64, f64)> = Vec::with_capacity(2 * points.len());
    for (px, py) in points {
        // Down first, then across: y grows downwards on a drawing.
        if let Some(&(before, _)) = stair.last() {
            stair.push((before, py));
        }
        stair.push((px, py));
    }
    stair
}

/// One side's place between its worst (0) and its best (100).
pub(super) fn bar(shell: &Shell, stand: &Stand, no_deal: (f64, f64)) -> Markup {
    const LENGTH: f64 = 220.0;
    let words = shell.words();
    let x = |share: f64| 4.0 + share.clamp(0.0, 1.0) * (LENGTH - 8.0);
    let span = |(low, high): (f64, f64), y: f64, height: f64, class: &str| {
        rectangle(x(low), y, (x(high) - x(low)).max(1.5), height, class)
    };
    let said = fill(
        words.bar_said,
        &[&percent(stand.middle), &percent(stand.band.0), &percent(stand.band.1)],
    );
    html! {
        svg.chart.bar role="img" aria-label=(said) viewBox={ "0 0 " (coordinate(LENGTH)) " 22" } width=(coordinate(LENGTH)) height="22" {
            title { (said) }
            (line((4.0, 11.0), (LENGTH - 4.0, 11.0), "track"))
            (span(no_deal, 2.0, 18.0, "no-deal"))
            @if let Some(exact) = stand.exact { (span(exact, 7.0, 8.0, "exact")) }
            (span(stand.band, 9.5, 3.0, "band"))
            circle.dot cx=(coordinate(x(stand.middle))) cy="11" r="4" {}
        }
    }
}
