//! Who gets what: per issue, a bar for each side from its worst to its best.

use crate::numbers;
use crate::side::Side;
use crate::svg::canvas::{Anchor, Canvas, isolated, line, rectangle, text};
use crate::svg::coordinate;
use crate::svg::label::{fitted, text_width};
use maud::{Markup, html};

const WIDTH: f64 = 480.0;
const BAR: f64 = 15.0;
const HEAD: f64 = 21.0;
const GAP: f64 = 17.0;
const TOP: f64 = 14.0;
const FROM: f64 = 26.0;
const TO: f64 = 362.0;
/// Up to so many sides have a bar of their own with its figure.
pub const MOST_BARS: usize = 6;

/// One issue with what each side gets on it.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueRow {
    /// The issue's name.
    pub name: String,
    /// How it is settled, in words.
    pub settled: String,
    /// Per side: from 0 (its worst option) to 1 (its best); `None` where it has nothing at stake.
    pub reached: Vec<Option<f64>>,
    /// Per side: the same for the deal already on the table.
    pub given: Vec<Option<f64>>,
    /// Per side: the part of all its stakes that lies in this issue, from 0 to 1.
    pub weight: Vec<Option<f64>>,
}

/// Bars for a few sides.
#[derive(Debug, Clone)]
pub struct IssueBars<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// The sides, one bar each.
    pub sides: &'a [Side<'a>],
    /// The issues, in the order of drawing.
    pub rows: &'a [IssueRow],
}

impl IssueBars<'_> {
    /// The drawing: bar length is the gain against the side's best, bar
    /// thickness how much of all its stakes lies in the issue.
    #[must_use]
    pub fn draw(&self) -> Markup {
        let row = HEAD + BAR * self.sides.len() as f64 + GAP;
        let canvas = Canvas {
            id: self.id,
            width: WIDTH,
            height: TOP + row * self.rows.len() as f64,
            title: "Who gets what on each issue",
            description: "For each issue a bar per side, from its worst option to its best. The thicker the bar, the more of what is at stake for that side lies in the issue.",
        };
        canvas.draw(&html! {
            (self.fills())
            (text(TO + 44.0, 11.0, Anchor::End, "tick", "has"))
            (text(WIDTH, 11.0, Anchor::End, "tick", "of its stakes"))
            @for (index, issue) in self.rows.iter().enumerate() {
                (self.issue(issue, TOP + index as f64 * row))
            }
        })
    }

    fn issue(&self, issue: &IssueRow, top: f64) -> Markup {
        let name = fitted(&issue.name, 13.0, 270.0);
        let room = WIDTH - text_width(&name, 13.0) - 24.0;
        html! {
            text x="0" y=(coordinate(top + 14.0)) {
                tspan.strong { (isolated(&name)) }
                tspan.quiet dx="10" { (isolated(&fitted(&issue.settled, 13.0, room))) }
                title { (issue.name) ": " (issue.settled) }
            }
            @for (row, side) in self.sides.iter().enumerate() {
                (self.bar(issue, side, top + HEAD + BAR * row as f64))
            }
        }
    }

    fn bar(&self, issue: &IssueRow, side: &Side<'_>, top: f64) -> Markup {
        let get = |list: &[Option<f64>]| list.get(side.index).copied().flatten();
        let length = TO - FROM;
        let middle = top + BAR / 2.0;
        let weight = get(&issue.weight);
        let thick = 3.0 + (BAR - 5.0) * weight.unwrap_or(0.0).sqrt().min(1.0);
        html! {
            text class={ "letter side" (side.tone()) } x=(coordinate(FROM - 8.0))
                y=(coordinate(middle + 4.0)) text-anchor="end" { (side.letter()) }
            @match get(&issue.reached) {
                Some(reached) => {
                    (rectangle(FROM, middle - thick / 2.0, length, thick, "track"))
                    rect class={ "bar side" (side.tone()) } x=(coordinate(FROM))
                        y=(coordinate(middle - thick / 2.0)) width=(coordinate(length * reached))
                        height=(coordinate(thick)) fill={ "url(#" (self.id) "-fill" (side.tone()) ")" } {}
                    @if let Some(given) = get(&issue.given) {
                        @let x = FROM + length * given;
                        (line((x, middle - BAR / 2.0 + 1.0), (x, middle + BAR / 2.0 - 1.0), "given"))
                    }
                    (text(TO + 44.0, middle + 4.0, Anchor::End, "tick", &numbers::percent(reached * 100.0)))
                    @if let Some(weight) = weight {
                        (text(WIDTH, middle + 4.0, Anchor::End, "tick",
                            &numbers::percent(weight * 100.0)))
                    }
                }
                None => (text(FROM, middle + 4.0, Anchor::Start, "tick", "nothing at stake")),
            }
        }
    }

    /// A fill of its own for every side, so that bars differ without colour.
    fn fills(&self) -> Markup {
        html! {
            defs {
                @for side in self.sides.iter().take(6) {
                    @let tone = side.tone();
                    pattern id={ (self.id) "-fill" (tone) } class={ "side" (tone) }
                        width="6" height="6" patternUnits="userSpaceOnUse" {
                        (pattern(tone))
                    }
                }
            }
        }
    }
}

fn pattern(tone: usize) -> Markup {
    let lines = match tone {
        1 => "M-1 1L1 -1M0 6L6 0M5 7L7 5",
        2 => "M0 1.5H6M0 4.5H6",
        3 => "M-1 5L1 7M0 0L6 6M5 -1L7 1",
        4 => "M1.5 0V6M4.5 0V6",
        5 => "M0 3H6M3 0V6",
        _ => "M0 0H6V6H0Z",
    };
    html! {
        @if tone == 0 { path.solid d=(lines) {} } @else { path.lines d=(lines) {} }
    }
}

/// Columns for many sides: one line per issue, one small column per side.
#[derive(Debug, Clone)]
pub struct IssueColumns<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// The sides, one column each.
    pub sides: &'a [Side<'a>],
    /// The issues, in the order of drawing.
    pub rows: &'a [IssueRow],
}

impl IssueColumns<'_> {
    /// The drawing: a column is full where the side gets its best option.
    #[must_use]
    pub fn draw(&self) -> Markup {
        const WIDE: f64 = 640.0;
        const NAMES: f64 = 200.0;
        const HEIGHT: f64 = 22.0;
        let step = ((WIDE - NAMES) / self.sides.len().max(1) as f64).min(26.0);
        let letters = step >= 11.0;
        let top = if letters { 20.0 } else { 4.0 };
        let canvas = Canvas {
            id: self.id,
            width: WIDE,
            height: top + (HEIGHT + 8.0) * self.rows.len() as f64,
            title: "Who gets what on each issue",
            description: "One line per issue, one column per side in the order of the sides: a full column is the side’s best option, an empty one its worst, a dot nothing at stake.",
        };
        canvas.draw(&html! {
            @if letters {
                @for (column, side) in self.sides.iter().enumerate() {
                    (text(NAMES + step * (column as f64 + 0.5), 13.0, Anchor::Middle,
                        &format!("letter side{}", side.tone()), &side.letter()))
                }
            }
            @for (index, issue) in self.rows.iter().enumerate() {
                @let y = top + (HEIGHT + 8.0) * index as f64;
                text x="0" y=(coordinate(y + 15.5)) {
                    (isolated(&fitted(&issue.name, 13.0, NAMES - 12.0)))
                    title { (issue.name) ": " (issue.settled) }
                }
                @for (column, side) in self.sides.iter().enumerate() {
                    @let x = NAMES + step * column as f64 + step * 0.12;
                    @match issue.reached.get(side.index).copied().flatten() {
                        Some(reached) => {
                            (rectangle(x, y, step * 0.76, HEIGHT, "track"))
                            (rectangle(x, y + HEIGHT * (1.0 - reached), step * 0.76, HEIGHT * reached, "cell"))
                        }
                        None => (rectangle(x + step * 0.28, y + HEIGHT / 2.0, step * 0.2, step * 0.2, "cell")),
                    }
                }
            }
        })
    }
}
