//! The picture's two charts: the channel map and the timeline. Colours are
//! classes; shape and words say the same.

mod channels;
mod timeline;

use crate::palette;
use crate::svg::Canvas;
use crate::svg::canvas::Anchor;
use crate::svg::canvas::text;
use detente_record::hidden::shown;
use detente_record::picture::Picture;
use maud::{Markup, PreEscaped, html};

/// Rules that only these charts need; the rest is the page's.
const STYLE: &str = include_str!("drawing.css");
const WIDTH: i32 = 760;

/// What a chart is made of before it has a frame.
struct Body {
    content: Markup,
    height: i32,
}

/// The channel map.
#[must_use]
pub fn channel_map(picture: &Picture) -> Markup {
    let body = channels::body(picture);
    framed("channels", "Who can reach whom, as reported", &channels::description(picture), &body)
}

/// The timeline.
#[must_use]
pub fn timeline_chart(picture: &Picture) -> Markup {
    let body = timeline::body(picture);
    framed(
        "time",
        "Talks, reports, incidents and coming days, in time",
        "Every entry is in the list below the chart.",
        &body,
    )
}

/// Both charts as one file of their own.
#[must_use]
pub fn picture_drawing(picture: &Picture) -> String {
    let (map, time) = (channels::body(picture), timeline::body(picture));
    let title = shown(&picture.title);
    let content = html! {
        style { (PreEscaped(palette::custom_properties())) "text{font-family:system-ui,sans-serif;font-size:13px;fill:var(--ink)}" }
        rect.ground x="0" y="0" width=(WIDTH) height=(map.height + time.height + 70) {}
        (text(12.0, 22.0, Anchor::Start, "", &title))
        @if let Some(banner) = &picture.banner { (text(12.0, 42.0, Anchor::Start, "small quiet", banner)) }
        g transform="translate(0 56)" { (map.content) }
        g transform={ "translate(0 " (map.height + 66) ")" } { (time.content) }
    };
    let body = Body { content, height: map.height + time.height + 70 };
    framed("picture", &title, &channels::description(picture), &body).into_string()
}

fn framed(id: &str, title: &str, description: &str, body: &Body) -> Markup {
    let canvas =
        Canvas { id, width: f64::from(WIDTH), height: f64::from(body.height), title, description };
    canvas.draw(&html! { style { (PreEscaped(STYLE)) } (body.content) })
}

/// Text cut to so many characters.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}
