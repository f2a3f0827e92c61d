//! Talks beside reports, incidents and coming days, vague dates as intervals.

use super::{Body, WIDTH, cut};
use detente_record::hidden::shown;
use detente_record::picture::{Entry, Lane, Picture};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::html;

/// Most entries drawn in one lane; the rest are counted.
const MOST_DRAWN: usize = 40;
/// How many days back from the picture's day are drawn.
const DAYS_BACK: i64 = 240;
const DAYS_AHEAD: i64 = 60;
const START: i32 = 16;
/// Where the days begin, after the names.
const AXIS: i32 = 336;

pub(super) fn body(p: &Picture) -> Body {
    let dated: Vec<&Entry> =
        p.timeline.iter().filter(|e| e.when.from.or(e.when.to).is_some()).collect();
    let day = |e: &Entry| e.when.from.or(e.when.to);
    let Some(newest) = p.as_of.or_else(|| dated.iter().filter_map(|e| day(e)).max()) else {
        let content = html! { text.quiet x="12" y="20" { "Nothing in the record is dated." } };
        return Body { content, height: 34 };
    };
    let earliest = newest.checked_sub(DAYS_BACK.days()).unwrap_or(newest);
    let latest = newest.checked_add(DAYS_AHEAD.days()).unwrap_or(newest);
    let within: Vec<&Entry> = dated
        .iter()
        .copied()
        .filter(|e| {
            e.when.to.or(e.when.from).is_some_and(|t| t >= earliest)
                && day(e).is_some_and(|f| f <= latest)
        })
        .collect();
    let before = dated.len() - within.len();
    let first = within.iter().filter_map(|e| day(e)).min().unwrap_or(newest).max(earliest);
    let last = within
        .iter()
        .filter_map(|e| e.when.to.or(e.when.from))
        .max()
        .unwrap_or(newest)
        .min(latest)
        .max(newest);
    let span = days(first, last).max(1);
    let x = |d: Date| AXIS + (WIDTH - START - AXIS) * days(first, d.clamp(first, last)) / span;
    let mut y = 20;
    let content = html! {
        @for lane in Lane::ALL {
            @let here: Vec<&Entry> = within.iter().copied().filter(|e| e.lane == lane).collect();
            @if !here.is_empty() {
                @let drawn = &here[..here.len().min(MOST_DRAWN)];
                @let top = y;
                line.grid x1="12" x2=(WIDTH - 12) y1=(top - 14) y2=(top - 14) {}
                text.small.quiet x=(START) y=(top) { (lane.name()) @if here.len() > drawn.len() { ", and " (here.len() - drawn.len()) " more not drawn" } }
                @for (row, entry) in (1_i32..).zip(drawn.iter()) {
                    @let (from, to) = (entry.when.from.unwrap_or(first), entry.when.to.unwrap_or(last));
                    @let (x1, x2) = (x(from), x(to).max(x(from)));
                    @let at = top + 18 * row;
                    g {
                        title { (shown(&format!("{}: {}", entry.when.days(), entry.title))) }
                        text.small x=(START) y=(at) { (shown(&cut(&entry.title, 48))) }
                        rect class=(if entry.coming { "coming" } else { "span" }) x=(x1 - 4) y=(at - 9) width=(x2 - x1 + 8) height="9" rx="4" {}
                    }
                }
                ({ y = top + 18 * i32::try_from(drawn.len()).unwrap_or(0) + 30; "" })
            }
        }
        line.today x1=(x(newest)) x2=(x(newest)) y1="4" y2=(y - 20) {}
        text.small.quiet x=(AXIS) y=(y - 4) { (first) }
        text.small.quiet x=(x(newest)) y=(y - 4) text-anchor="end" { "as of " (newest) }
        @if last > newest { text.small.quiet x=(WIDTH - START) y=(y + 12) text-anchor="end" { (last) } }
        @if before > 0 { text.small.quiet x=(START) y=(y + 12) { (before) " earlier or later, in the list only" } }
    };
    Body { content, height: y + 22 }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |s| s.get_days())
}
