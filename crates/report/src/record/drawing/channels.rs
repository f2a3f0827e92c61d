//! Who can reach whom: parties at the sides, mediators between, lines for reach.

use super::{Body, WIDTH, cut};
use detente_record::hidden::shown;
use detente_record::picture::Picture;
use detente_record::talks::Reach;
use maud::html;

const NODE_WIDTH: i32 = 184;
const NODE_HEIGHT: i32 = 50;

/// The channel map in words, for those who do not see it.
pub(super) fn description(p: &Picture) -> String {
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

pub(super) fn body(p: &Picture) -> Body {
    let (nodes, height) = nodes(p);
    let find = |name: &str| nodes.iter().find(|n| n.name == name);
    let content = html! {
        @for (k, c) in p.channels.iter().enumerate() {
            @if let (Some(a), Some(b)) = (find(&c.ends.0), find(&c.ends.1)) {
                @let nth = p.channels[..k].iter().filter(|o| o.ends == c.ends || (&o.ends.0, &o.ends.1) == (&c.ends.1, &c.ends.0)).count();
                @let kind = match c.reach { Reach::Direct => "channel", Reach::Reluctant => "channel reluctant", Reach::Undeclared => "channel undeclared" };
                @let class = if c.open { kind.to_owned() } else { format!("{kind} closed") };
                path class=(class) d=(line(a, b, i32::try_from(nth).unwrap_or(0))) { title { (shown(&format!("{} – {}: {}", a.name, b.name, c.reach.name()))) } }
            }
        }
        @for n in &nodes {
            @if n.single {
                rect.alone x=(n.x - NODE_WIDTH / 2 - 6) y=(n.y - NODE_HEIGHT / 2 - 6) width=(NODE_WIDTH + 12) height=(NODE_HEIGHT + 12) rx="14" {}
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
            path.channel d="M0 0H34" {} text.small x="40" y="4" { "direct" }
            path class="channel reluctant" d="M100 0H134" {} text.small x="140" y="4" { "with reservations" }
            path class="channel undeclared" d="M262 0H296" {} text.small x="302" y="4" { "undeclared" }
            path class="channel closed" d="M392 0H426" {} text.small x="432" y="4" { "not open" }
            rect.alone x="504" y="-8" width="34" height="16" rx="6" {} text.small x="546" y="4" { "alone joins two parties" }
        }
    };
    Body { content, height: height + 34 }
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
