//! From values to places on a drawing.

/// A straight scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The values at the two ends.
    pub domain: (f64, f64),
    /// Where the two ends are.
    pub range: (f64, f64),
}

impl Scale {
    /// Where a value is.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let (low, high) = self.domain;
        let (start, end) = self.range;
        if high <= low {
            return start;
        }
        start + (value - low) / (high - low) * (end - start)
    }

    /// Whether a value lies on the scale.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        (self.domain.0..=self.domain.1).contains(&value)
    }

    /// Round values about `wanted` in number, inside the domain.
    #[must_use]
    pub fn ticks(&self, wanted: usize) -> Vec<f64> {
        let (low, high) = self.domain;
        let span = high - low;
        if !span.is_finite() || span <= 0.0 || wanted == 0 {
            return Vec::new();
        }
        let raw = span / wanted as f64;
        let power = 10.0_f64.powf(raw.log10().floor());
        let factor = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|f| f * power >= raw * 0.999);
        let step = factor.unwrap_or(10.0) * power;
        let first = (low / step).ceil() as i64;
        let last = (high / step).floor() as i64;
        (first..=last.min(first + 50)).map(|k| k as f64 * step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let scale = Scale { domain: (-20.0, 105.0), range: (0.0, 1.0) };
        assert_eq!(scale.ticks(5), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert!(Scale { domain: (1.0, 1.0), range: (0.0, 1.0) }.ticks(5).is_empty());
    }

    #[test]
    fn ends_go_to_ends() {
        let scale = Scale { domain: (0.0, 100.0), range: (300.0, 10.0) };
        assert_eq!((scale.at(0.0), scale.at(100.0)), (300.0, 10.0));
    }
}
