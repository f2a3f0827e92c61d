//! The picture's two charts as SVG: the channel map and the timeline. Colours
//! are classes, so that a page decides them; shape and words say the same.

use super::data::Picture;
use super::timeline::{Entry, Lane};
use crate::hidden::shown;
use crate::talks::Reach;
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, PreEscaped, html};

/// Style for a chart that stands alone; a page brings its own.
pub(super) const STYLE: &str = "svg{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6470;--line:#3f4a57;--node:#f3f5f7;--paper:#fff;--mark:#1f5f8b}@media (prefers-color-scheme:dark){svg{--ink:#e8ebee;--soft:#a5aeb8;--line:#b7c0ca;--node:#232a32;--paper:#14181d;--mark:#8ec5ec}}.paper{fill:var(--paper)}text{font:13px system-ui,sans-serif;fill:var(--ink)}.soft{fill:var(--soft)}.small{font-size:11.5px}.node{fill:var(--node);stroke:var(--line);stroke-width:1.4}.ring{fill:none;stroke:var(--mark);stroke-width:2;stroke-dasharray:10 6}.ch{fill:none;stroke:var(--line);stroke-width:1.8}.reluctant{stroke-dasharray:9 6}.undeclared{stroke-dasharray:2 5}.closed{opacity:.45}.bar{fill:var(--mark)}.coming{fill:none;stroke:var(--mark);stroke-width:1.6}.lane{stroke:var(--soft);stroke-width:.7}.day{stroke:var(--mark);stroke-width:1.2;stroke-dasharray:4 3}";

const WIDTH: i32 = 760;
const NODE_WIDTH: i32 = 184;
const NODE_HEIGHT: i32 = 50;

/// Both charts in one SVG document.
#[must_use]
pub fn svg(picture: &Picture) -> String {
    let (map, map_height) = map_body(picture);
    let (time, time_height) = time_body(picture);
    let height = map_height + time_height + 70;
    let markup = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (height) } width=(WIDTH) height=(height) role="img" aria-labelledby="picture-title" {
            title id="picture-title" { (shown(&picture.title)) }
            desc { (describe(picture)) }
            style { (PreEscaped(STYLE)) }
            rect.paper x="0" y="0" width=(WIDTH) height=(height) {}
            text x="12" y="22" { (shown(&picture.title)) }
            @if let Some(banner) = &picture.banner { text.small.soft x="12" y="42" { (banner) } }
            g transform="translate(0 56)" { (map) }
            g transform={ "translate(0 " (map_height + 66) ")" } { (time) }
        }
    };
    markup.into_string()
}

/// The channel map alone.
#[must_use]
pub fn channel_map(picture: &Picture) -> String {
    let (body, height) = map_body(picture);
    framed("channels", "Who can reach whom, as reported", &describe(picture), &body, height)
}

/// The timeline alone.
#[must_use]
pub fn timeline_chart(picture: &Picture) -> String {
    let (body, height) = time_body(picture);
    framed(
        "time",
        "Talks, reports, incidents and coming days, in time",
        "Every entry is in the list below the chart.",
        &body,
        height,
    )
}

fn framed(id: &str, title: &str, desc: &str, body: &Markup, height: i32) -> String {
    let markup = html! {
        svg viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-labelledby={ (id) "-title " (id) "-desc" } {
            title id={ (id) "-title" } { (title) }
            desc id={ (id) "-desc" } { (desc) }
            (body)
        }
    };
    markup.into_string()
}

/// The channel map in words, for those who do not see it.
fn describe(p: &Picture) -> String {
    let channels: Vec<String> = p
        .channels
        .iter()
        .map(|c| {
            format!(
                "{} and {}: {}{}",
                c.ends.0,
                c.ends.1,
                c.reach.name(),
                if c.open { "" } else { ", not open" }
            )
        })
        .collect();
    shown(&format!("Channels. {}.", channels.join(". ")))
}

struct Node {
    name: String,
    mark: Option<String>,
    x: i32,
    y: i32,
    single: bool,
}

fn nodes(p: &Picture) -> (Vec<Node>, i32) {
    let single = |name: &str| p.single_points.iter().any(|s| s.name == name);
    let mut middle: Vec<String> = p.mediators.iter().map(|m| m.name.clone()).collect();
    for c in &p.channels {
        for end in [&c.ends.0, &c.ends.1] {
            if !middle.contains(end) && !p.parties.iter().any(|q| q.name == *end) {
                middle.push(end.clone());
            }
        }
    }
    let rows = middle.len().max(p.parties.len().div_ceil(2)).max(1);
    let step = 84;
    let height = i32::try_from(rows).unwrap_or(1) * step + 20;
    let place = |k: usize, of: usize| {
        let of = i32::try_from(of.max(1)).unwrap_or(1);
        height * (2 * i32::try_from(k).unwrap_or(0) + 1) / (2 * of)
    };
    let mut out = Vec::new();
    let left = p.parties.len().div_ceil(2);
    for (k, party) in p.parties.iter().enumerate() {
        let (x, y) = if k % 2 == 0 {
            (NODE_WIDTH / 2 + 12, place(k / 2, left))
        } else {
            (WIDTH - NODE_WIDTH / 2 - 12, place(k / 2, p.parties.len() - left))
        };
        out.push(Node {
            name: party.name.clone(),
            mark: Some(party.mark.clone()),
            x,
            y,
            single: false,
        });
    }
    for (k, name) in middle.iter().enumerate() {
        out.push(Node {
            name: name.clone(),
            mark: None,
            x: WIDTH / 2,
            y: place(k, middle.len()),
            single: single(name),
        });
    }
    (out, height)
}

fn map_body(p: &Picture) -> (Markup, i32) {
    let (nodes, height) = nodes(p);
    let find = |name: &str| nodes.iter().find(|n| n.name == name);
    let body = html! {
        @for (k, c) in p.channels.iter().enumerate() {
            @if let (Some(a), Some(b)) = (find(&c.ends.0), find(&c.ends.1)) {
                @let nth = p.channels[..k].iter().filter(|o| o.ends == c.ends || (&o.ends.0, &o.ends.1) == (&c.ends.1, &c.ends.0)).count();
                @let kind = match c.reach { Reach::Direct => "ch", Reach::Reluctant => "ch reluctant", Reach::Undeclared => "ch undeclared" };
                @let class = if c.open { kind.to_owned() } else { format!("{kind} closed") };
                path class=(class) d=(line(a, b, i32::try_from(nth).unwrap_or(0))) { title { (shown(&format!("{} – {}: {}", a.name, b.name, c.reach.name()))) } }
            }
        }
        @for n in &nodes {
            @if n.single {
                rect.ring x=(n.x - NODE_WIDTH / 2 - 6) y=(n.y - NODE_HEIGHT / 2 - 6) width=(NODE_WIDTH + 12) height=(NODE_HEIGHT + 12) rx="14" {}
            }
            rect.node x=(n.x - NODE_WIDTH / 2) y=(n.y - NODE_HEIGHT / 2) width=(NODE_WIDTH) height=(NODE_HEIGHT) rx=(if n.mark.is_some() { 4 } else { 22 }) {}
            @let lines = wrapped(&n.name, 22);
            @let top = n.y + 5 - 8 * (i32::try_from(lines.len()).unwrap_or(1) - 1);
            @for (k, words) in lines.iter().enumerate() {
                text x=(n.x) y=(top + 16 * i32::try_from(k).unwrap_or(0)) text-anchor="middle" {
                    @if k == 0 { @if let Some(mark) = &n.mark { (mark) " · " } }
                    (shown(words))
                }
            }
        }
        g transform={ "translate(12 " (height + 16) ")" } {
            path.ch d="M0 0H34" {} text.small x="40" y="4" { "direct" }
            path class="ch reluctant" d="M100 0H134" {} text.small x="140" y="4" { "with reservations" }
            path class="ch undeclared" d="M262 0H296" {} text.small x="302" y="4" { "undeclared" }
            path class="ch closed" d="M392 0H426" {} text.small x="432" y="4" { "not open" }
            rect.ring x="504" y="-8" width="34" height="16" rx="6" {} text.small x="546" y="4" { "alone joins two parties" }
        }
    };
    (body, height + 34)
}

/// A line between two nodes: straight, or bowed where they stand in one column.
fn line(a: &Node, b: &Node, nth: i32) -> String {
    let half = NODE_WIDTH / 2;
    // A second channel between the same two stands a little lower.
    let shift = 12 * nth;
    if a.x == b.x {
        let (from, to) = (a.x + half, b.x + half);
        let bow = 46 + 2 * shift;
        return format!(
            "M{from} {} C{} {} {} {} {to} {}",
            a.y,
            from + bow,
            a.y,
            to + bow,
            b.y,
            b.y
        );
    }
    let (from, to) = if a.x < b.x { (a.x + half, b.x - half) } else { (a.x - half, b.x + half) };
    format!("M{from} {} L{to} {}", a.y + shift, b.y + shift)
}

/// Words in lines of about so many characters, at most two lines.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        if !lines[last].is_empty()
            && lines[last].chars().count() + 1 + word.chars().count() > most
            && lines.len() < 2
        {
            lines.push(word.to_owned());
        } else {
            if !lines[last].is_empty() {
                lines[last].push(' ');
            }
            lines[last].push_str(word);
        }
    }
    lines.into_iter().map(|l| cut(&l, most + 4)).collect()
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// Most entries drawn in one lane; the rest are counted.
const MOST_DRAWN: usize = 40;
/// How many days back from the picture's day are drawn.
const DAYS_BACK: i64 = 240;
const DAYS_AHEAD: i64 = 60;
const START: i32 = 16;
/// Where the days begin, after the names.
const AXIS: i32 = 336;

fn time_body(p: &Picture) -> (Markup, i32) {
    let dated: Vec<&Entry> =
        p.timeline.iter().filter(|e| e.when.from.or(e.when.to).is_some()).collect();
    let day = |e: &Entry| e.when.from.or(e.when.to);
    let Some(newest) = p.as_of.or_else(|| dated.iter().filter_map(|e| day(e)).max()) else {
        return (html! { text.soft x="12" y="20" { "Nothing in the record is dated." } }, 34);
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
    let body = html! {
        @for lane in Lane::ALL {
            @let here: Vec<&Entry> = within.iter().copied().filter(|e| e.lane == lane).collect();
            @if !here.is_empty() {
                @let drawn = &here[..here.len().min(MOST_DRAWN)];
                @let top = y;
                line.lane x1="12" x2=(WIDTH - 12) y1=(top - 14) y2=(top - 14) {}
                text.small.soft x=(START) y=(top) { (lane.name()) @if here.len() > drawn.len() { ", and " (here.len() - drawn.len()) " more not drawn" } }
                @for (row, entry) in (1_i32..).zip(drawn.iter()) {
                    @let (from, to) = (entry.when.from.unwrap_or(first), entry.when.to.unwrap_or(last));
                    @let (x1, x2) = (x(from), x(to).max(x(from)));
                    @let at = top + 18 * row;
                    g {
                        title { (shown(&format!("{}: {}", entry.when.days(), entry.title))) }
                        text.small x=(START) y=(at) { (shown(&cut(&entry.title, 48))) }
                        rect class=(if entry.coming { "coming" } else { "bar" }) x=(x1 - 4) y=(at - 9) width=(x2 - x1 + 8) height="9" rx="4" {}
                    }
                }
                ({ y = top + 18 * i32::try_from(drawn.len()).unwrap_or(0) + 30; "" })
            }
        }
        line.day x1=(x(newest)) x2=(x(newest)) y1="4" y2=(y - 20) {}
        text.small.soft x=(AXIS) y=(y - 4) { (first) }
        text.small.soft x=(x(newest)) y=(y - 4) text-anchor="end" { "as of " (newest) }
        @if last > newest { text.small.soft x=(WIDTH - START) y=(y + 12) text-anchor="end" { (last) } }
        @if before > 0 { text.small.soft x=(START) y=(y + 12) { (before) " earlier or later, in the list only" } }
    };
    (body, y + 22)
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |s| s.get_days())
}
