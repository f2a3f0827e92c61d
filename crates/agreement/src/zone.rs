//! Zones, and whether exclusive ones overlap.

use geo::{BoundingRect, Intersects, MultiPolygon, Relate, Validation};

/// An area with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is: longitude and latitude, as in GeoJSON; absent where the
    /// public text gives none.
    pub area: Option<MultiPolygon<f64>>,
    /// The set of zones within which it shares no ground with another.
    pub exclusive: Option<String>,
}

impl Zone {
    /// What keeps its outline from being one, in words; absent when it is sound.
    #[must_use]
    pub fn flaw(&self) -> Option<String> {
        let area = self.area.as_ref()?;
        area.validation_errors().first().map(ToString::to_string)
    }
}

/// The pairs of zones (by index) that share ground though they are exclusive
/// within one set. Common borders are no common ground.
#[must_use]
pub fn overlaps(zones: &[Zone]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (i, a) in zones.iter().enumerate() {
        for (j, b) in zones.iter().enumerate().skip(i + 1) {
            if a.exclusive.is_none() || a.exclusive != b.exclusive {
                continue;
            }
            let (Some(x), Some(y)) = (&a.area, &b.area) else { continue };
            let near = match (x.bounding_rect(), y.bounding_rect()) {
                (Some(p), Some(q)) => p.intersects(&q),
                _ => false,
            };
            // Interiors that meet in an area: the matrix begins with a 2.
            if near && x.relate(y).matches("2********").unwrap_or(false) {
                out.push((i, j));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{MultiPolygon, polygon};

    fn square(id: &str, x: f64, size: f64) -> Zone {
        let area = MultiPolygon::new(vec![polygon![
            (x: x, y: 0.0), (x: x + size, y: 0.0), (x: x + size, y: size), (x: x, y: size),
        ]]);
        Zone { id: id.into(), name: id.into(), area: Some(area), exclusive: Some("z".into()) }
    }

    #[test]
    fn a_common_border_is_no_common_ground() {
        let (a, b, c) = (square("a", 0.0, 1.0), square("b", 1.0, 1.0), square("c", 1.9, 0.2));
        assert_eq!(overlaps(&[a.clone(), b.clone()]), []);
        assert_eq!(overlaps(&[a.clone(), b.clone(), c.clone()]), [(1, 2)]);
        let free = Zone { exclusive: None, ..c };
        assert_eq!(overlaps(&[b, free]), []);
        let inside = Zone { id: "i".into(), ..square("i", 0.2, 0.1) };
        assert_eq!(overlaps(&[a, inside]), [(0, 1)]);
    }
}
