//! Zones, with their outlines from GeoJSON (RFC 7946).

use super::Reader;
use crate::findings::Findings;
use crate::record::fields::{Fields, maps};
use crate::tree::{Data, Map, Node};
use detente_agreement::Zone;
use detente_agreement::sound::Item;
use detente_model::diagnostic::Diagnostic;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};

/// Reads `zones:`.
pub(super) fn read(map: &Map<'_>, reader: &mut Reader<'_>) {
    for one in maps(map, "zones", &mut reader.findings) {
        one.only(&["id", "name", "exclusive", "geojson"], "a zone", &mut reader.findings);
        let mut f = Fields { map: &one, whose: "this zone", findings: &mut reader.findings };
        let (id, name, exclusive) = (f.needed("id"), f.needed("name"), f.text("exclusive"));
        let file = f.text("geojson");
        let (Some(id), Some(name)) = (id, name) else { continue };
        let area = match &file {
            None => None,
            Some(file) => {
                let outline = reader.outlines.iter().find(|(path, _)| {
                    path.strip_prefix(reader.root).unwrap_or(path).trim_start_matches('/') == file
                });
                match outline.map(|(path, tree)| (path, feature(tree, &id))) {
                    Some((path, Some(geometry))) => area(geometry, path, &mut reader.findings),
                    missing => {
                        let message = match missing {
                            None => format!("the file `{file}` is not there"),
                            Some(_) => format!("`{file}` has no feature whose id is `{id}`"),
                        };
                        let mut f = Fields {
                            map: &one,
                            whose: "this zone",
                            findings: &mut reader.findings,
                        };
                        f.complain(
                            "geojson",
                            "no-outline",
                            message,
                            "name a GeoJSON file of the folder, with a feature of that `id`",
                        );
                        None
                    }
                }
            }
        };
        reader.place(Item::Zone(id.clone()), &one);
        reader.agreement.zones.push(Zone { id, name, area, exclusive });
    }
}

/// The geometry of the feature with an id (its own, or among its properties).
fn feature<'a>(tree: &'a Node, id: &str) -> Option<&'a Node> {
    let Data::List(features) = &tree.get("features")?.data else { return None };
    let named = |f: &&Node| {
        let own = f.get("id").and_then(Node::text);
        let property = f.get("properties").and_then(|p| p.get("id")).and_then(Node::text);
        own == Some(id) || property == Some(id)
    };
    features.iter().find(named)?.get("geometry")
}

fn area(geometry: &Node, file: &str, findings: &mut Findings) -> Option<MultiPolygon<f64>> {
    let kind = geometry.get("type").and_then(Node::text);
    let coordinates = geometry.get("coordinates");
    let polygons = match (kind, coordinates) {
        (Some("Polygon"), Some(rings)) => polygon(rings, file, findings).map(|p| vec![p]),
        (Some("MultiPolygon"), Some(list)) => list
            .want_list("a list of polygons", file, findings)?
            .iter()
            .map(|p| polygon(p, file, findings))
            .collect(),
        _ => {
            findings.add(
                Diagnostic::error("no-outline", "an outline is a Polygon or a MultiPolygon")
                    .in_file(file)
                    .at(geometry.span)
                    .hint("see RFC 7946"),
            );
            None
        }
    };
    polygons.map(MultiPolygon::new)
}

fn polygon(rings: &Node, file: &str, findings: &mut Findings) -> Option<Polygon<f64>> {
    let rings = rings.want_list("a list of rings", file, findings)?;
    let mut lines =
        rings.iter().map(|ring| ring_of(ring, file, findings)).collect::<Option<Vec<_>>>()?;
    if lines.is_empty() {
        return None;
    }
    let outer = lines.remove(0);
    Some(Polygon::new(outer, lines))
}

fn ring_of(ring: &Node, file: &str, findings: &mut Findings) -> Option<LineString<f64>> {
    let points = ring.want_list("a ring of points", file, findings)?;
    let mut out = Vec::with_capacity(points.len());
    for point in points {
        let position = point.want_list("a point", file, findings)?;
        let mut number = |i: usize| {
            position.get(i)?.want_number("a coordinate", file, findings).map(|n| n.to_f64())
        };
        match (number(0), number(1)) {
            (Some(x), Some(y)) if x.abs() <= 180.0 && y.abs() <= 90.0 => out.push(Coord { x, y }),
            _ => {
                findings.add(
                    Diagnostic::error("bad-point", "this is no longitude with a latitude")
                        .in_file(file)
                        .at(point.span)
                        .hint("write [longitude, latitude] in degrees"),
                );
                return None;
            }
        }
    }
    if out.len() < 4 || out.first() != out.last() {
        findings.add(
            Diagnostic::error("open-ring", "this ring is not closed")
                .in_file(file)
                .at(ring.span)
                .hint("a ring has at least four points, and ends where it begins"),
        );
        return None;
    }
    Some(LineString::new(out))
}
