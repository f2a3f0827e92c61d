//! The undominated outcomes met so far.

/// Utilities and the values that reach them, undominated among themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Archive {
    points: Vec<(Vec<i64>, Vec<usize>)>,
}

impl Archive {
    /// Adds an outcome unless a point is at least as good; drops what it
    /// dominates. Whether it was added.
    pub(super) fn insert(&mut self, utilities: &[i64], values: &[usize]) -> bool {
        let covers = |a: &[i64], b: &[i64]| a.iter().zip(b).all(|(x, y)| x >= y);
        if self.points.iter().any(|(u, _)| covers(u, utilities)) {
            return false;
        }
        self.points.retain(|(u, _)| !covers(utilities, u));
        self.points.push((utilities.to_vec(), values.to_vec()));
        true
    }

    pub(super) fn len(&self) -> usize {
        self.points.len()
    }

    /// The points, first party's best first.
    pub(super) fn sorted(&self) -> Vec<&(Vec<i64>, Vec<usize>)> {
        let mut points: Vec<_> = self.points.iter().collect();
        points.sort_by(|a, b| b.0.cmp(&a.0));
        points
    }
}
