//! Fewer points for the same picture.

use std::collections::BTreeSet;

/// Keeps the first point in every cell of a grid of that spacing, and the
/// last point of all. The same points give the same choice.
pub(crate) fn thinned(points: &[(f64, f64)], spacing: f64) -> Vec<(f64, f64)> {
    let cell = |p: &(f64, f64)| ((p.0 / spacing).floor() as i64, (p.1 / spacing).floor() as i64);
    let mut seen = BTreeSet::new();
    let mut kept: Vec<(f64, f64)> =
        points.iter().copied().filter(|p| seen.insert(cell(p))).collect();
    if let Some(last) = points.last()
        && kept.last() != Some(last)
    {
        kept.push(*last);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::thinned;

    #[test]
    fn ends_stay_and_cells_hold_one_point() {
        let points: Vec<(f64, f64)> = (0..10_000).map(|i| (f64::from(i) / 100.0, 0.0)).collect();
        let kept = thinned(&points, 1.0);
        assert_eq!(kept.len(), 101);
        assert_eq!((kept[0], kept[100]), (points[0], points[9_999]));
        assert_eq!(thinned(&points[..3], 0.001), points[..3]);
    }
}
