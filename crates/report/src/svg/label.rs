//! Labels: how wide they are, and where they do not cover anything.

use unicode_width::UnicodeWidthChar;

/// A box on a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Area {
    /// The part two boxes share.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> f64 {
        let side = |a: f64, wa: f64, b: f64, wb: f64| ((a + wa).min(b + wb) - a.max(b)).max(0.0);
        side(self.x, self.width, other.x, other.width)
            * side(self.y, self.height, other.y, other.height)
    }

    /// Whether all of it lies inside another box.
    #[must_use]
    pub fn inside(&self, other: &Self) -> bool {
        self.x >= other.x
            && self.y >= other.y
            && self.x + self.width <= other.x + other.width
            && self.y + self.height <= other.y + other.height
    }

    /// The point of the box that is nearest.
    #[must_use]
    pub fn nearest(&self, at: (f64, f64)) -> (f64, f64) {
        (at.0.clamp(self.x, self.x + self.width), at.1.clamp(self.y, self.y + self.height))
    }

    fn holds(&self, point: (f64, f64)) -> bool {
        (self.x..=self.x + self.width).contains(&point.0)
            && (self.y..=self.y + self.height).contains(&point.1)
    }
}

/// About how wide a text is in a proportional face of that size; a little too wide rather than too narrow.
#[must_use]
pub fn text_width(text: &str, size: f64) -> f64 {
    let em: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '('
            | ')' | ' ' | '·' => 0.32,
            'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' => 0.9,
            c if c.is_ascii_uppercase() => 0.68,
            c if c.is_ascii() => 0.56,
            c => match c.width() {
                None | Some(0) => 0.0,
                Some(1) => 0.62,
                Some(_) => 1.04,
            },
        })
        .sum();
    em * size
}

/// The text, cut to a width with an ellipsis where it is too long.
#[must_use]
pub fn fitted(text: &str, size: f64, width: f64) -> String {
    if text_width(text, size) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if text_width(&kept, size) + 0.9 * size > width {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

/// A label that found its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Where its box is.
    pub area: Area,
    /// Whether it stands so far from its mark that it needs a line to it.
    pub leader: bool,
}

/// A label that looks for a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    /// Where its mark is.
    pub mark: (f64, f64),
    /// Width and height of its box.
    pub size: (f64, f64),
}

/// Finds places for labels one after the other: near the mark, inside the
/// drawing, off other labels, marks and the points of the line.
///
/// The same input gives the same places.
#[must_use]
pub fn place(
    labels: &[Wanted],
    marks: &[(f64, f64)],
    line: &[(f64, f64)],
    inside: Area,
) -> Vec<Placed> {
    const MARK: f64 = 7.0;
    let occupied: Vec<Area> = marks
        .iter()
        .map(|(x, y)| Area { x: x - MARK, y: y - MARK, width: 2.0 * MARK, height: 2.0 * MARK })
        .collect();
    let mut placed: Vec<Placed> = Vec::new();
    let mut leaders: Vec<(f64, f64)> = Vec::new();
    for Wanted { mark: (x, y), size: (width, height) } in labels.iter().copied() {
        let mut best: Option<(f64, Placed)> = None;
        for distance in [11.0, 18.0, 28.0, 42.0, 60.0, 84.0, 112.0] {
            for (turn, (dx, dy)) in DIRECTIONS.iter().enumerate() {
                let centre_x = x + dx * (distance + width / 2.0 * dx.abs().min(1.0));
                let centre_y = y + dy * (distance + height / 2.0 * dy.abs().min(1.0));
                let area =
                    Area { x: centre_x - width / 2.0, y: centre_y - height / 2.0, width, height };
                let mut cost = distance + turn as f64 * 1.5;
                if !area.inside(&inside) {
                    cost += 10_000.0;
                }
                cost += occupied.iter().map(|o| o.overlap(&area)).sum::<f64>() * 20.0;
                cost += placed.iter().map(|p| p.area.overlap(&area)).sum::<f64>() * 40.0;
                cost += line.iter().filter(|p| area.holds(**p)).take(40).count() as f64 * 6.0;
                cost += leaders.iter().filter(|p| area.holds(**p)).count() as f64 * 30.0;
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, Placed { area, leader: distance > 20.0 }));
                }
            }
        }
        if let Some((_, found)) = best {
            if found.leader {
                let end = found.area.nearest((x, y));
                leaders.extend(
                    (0..20)
                        .map(|i| f64::from(i) / 20.0)
                        .map(|part| (x + (end.0 - x) * part, y + (end.1 - y) * part)),
                );
            }
            placed.push(found);
        }
    }
    placed
}

/// Beside the mark on its upper end side first: there a frontier leaves room.
const DIRECTIONS: [(f64, f64); 12] = [
    (1.0, -0.6),
    (1.0, 0.0),
    (0.6, -1.0),
    (0.0, -1.0),
    (1.0, 0.6),
    (-1.0, 0.6),
    (-1.0, 0.0),
    (0.0, 1.0),
    (-0.6, 1.0),
    (-1.0, -0.6),
    (0.6, 1.0),
    (-0.6, -1.0),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_close_marks_do_not_cover_each_other() {
        let marks: Vec<(f64, f64)> = (0..5).map(|i| (200.0 + f64::from(i) * 3.0, 200.0)).collect();
        let boxes: Vec<_> =
            marks.iter().map(|m| Wanted { mark: *m, size: (110.0, 16.0) }).collect();
        let inside = Area { x: 0.0, y: 0.0, width: 460.0, height: 440.0 };
        let placed = place(&boxes, &marks, &[], inside);
        assert_eq!(placed.len(), 5);
        for (i, a) in placed.iter().enumerate() {
            assert!(a.area.inside(&inside));
            for b in &placed[i + 1..] {
                assert_eq!(a.area.overlap(&b.area), 0.0);
            }
        }
    }

    #[test]
    fn long_names_are_cut_with_an_ellipsis() {
        let cut = fitted("A very long name of a very large federation", 13.0, 100.0);
        assert!(cut.ends_with('…') && text_width(&cut, 13.0) <= 100.0, "{cut}");
        assert_eq!(fitted("short", 13.0, 100.0), "short");
    }
}
