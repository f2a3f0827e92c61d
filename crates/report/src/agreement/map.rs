//! A map of the zones: outlines from GeoJSON, or only their order.

use crate::svg::canvas::{Anchor, isolated, polyline, rectangle, text};
use crate::svg::{Canvas, coordinate};
use detente_agreement::Agreement;
use geo_types::{LineString, MultiPolygon};
use maud::{Markup, html};

const WIDTH: f64 = 560.0;

/// The drawing with its caption; nothing where there are no zones.
pub(super) fn zone_map(agreement: &Agreement) -> Option<(Markup, &'static str)> {
    if agreement.zones.is_empty() {
        return None;
    }
    let drawn: Vec<_> =
        agreement.zones.iter().filter_map(|z| Some((z, z.area.as_ref()?))).collect();
    if drawn.is_empty() {
        return Some((
            order(agreement),
            "Only the order of the zones is recorded: no outlines, no scale.",
        ));
    }
    let points = || drawn.iter().flat_map(|(_, a)| a.0.iter()).flat_map(|p| p.exterior().0.iter());
    let bound = |f: fn(f64, f64) -> f64, pick: fn(&geo_types::Coord<f64>) -> f64| {
        points().map(pick).reduce(f).unwrap_or(0.0)
    };
    let (west, east) = (bound(f64::min, |c| c.x), bound(f64::max, |c| c.x));
    let (south, north) = (bound(f64::min, |c| c.y), bound(f64::max, |c| c.y));
    // Degrees of longitude shrink towards the poles.
    let shrink = ((south + north) / 2.0).to_radians().cos().max(0.05);
    let scale = ((WIDTH - 20.0) / ((east - west).max(1e-9) * shrink))
        .min(420.0 / (north - south).max(1e-9));
    let height = (north - south) * scale + 20.0;
    let at = |c: &geo_types::Coord<f64>| {
        (10.0 + (c.x - west) * shrink * scale, 10.0 + (north - c.y) * scale)
    };
    let ring = |line: &LineString<f64>| {
        let points: Vec<(f64, f64)> = line.0.iter().map(at).collect();
        format!("{}Z", polyline(&points))
    };
    let path = |area: &MultiPolygon<f64>| {
        let rings = area.0.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        rings.map(ring).collect::<String>()
    };
    let body = html! {
        @for (zone, area) in &drawn {
            path.zone fill-rule="evenodd" stroke="currentColor" stroke-width="1.2" d=(path(area)) { title { (zone.name) } }
        }
        @for (zone, area) in &drawn {
            @if let Some(c) = middle(area) {
                @let (x, y) = at(&c);
                (text(x, y + 4.0, Anchor::Middle, "strong halo", &isolated(&zone.name)))
            }
        }
    };
    let canvas = Canvas {
        id: "zones",
        width: WIDTH,
        height,
        title: "The zones",
        description: "The outlines of the zones as the agreement's GeoJSON gives them, north up.",
    };
    Some((canvas.draw(&body), "North is up. Outlines as the agreement gives them."))
}

/// The middle of the largest part's bounds: good enough for a name.
fn middle(area: &MultiPolygon<f64>) -> Option<geo_types::Coord<f64>> {
    let part = area.0.iter().max_by_key(|p| p.exterior().0.len())?;
    let points = &part.exterior().0;
    let count = points.len().saturating_sub(1).max(1);
    let sum = points.iter().take(count).fold((0.0, 0.0), |s, c| (s.0 + c.x, s.1 + c.y));
    Some(geo_types::Coord { x: sum.0 / count as f64, y: sum.1 / count as f64 })
}

fn order(agreement: &Agreement) -> Markup {
    let each = WIDTH / agreement.zones.len() as f64;
    let body = html! {
        @for (n, zone) in agreement.zones.iter().enumerate() {
            @let x = each * n as f64;
            (rectangle(x + 2.0, 4.0, each - 4.0, 60.0, "zone"))
            (text(x + each / 2.0, 38.0, Anchor::Middle, "strong", &isolated(&zone.name)))
            path stroke="currentColor" stroke-width="1" d={ "M" (coordinate(x + 2.0)) " 4V64" } {}
        }
    };
    let canvas = Canvas {
        id: "zones",
        width: WIDTH,
        height: 68.0,
        title: "The zones in their order",
        description: "One box for each zone, in the order recorded. Not a map.",
    };
    canvas.draw(&body)
}
