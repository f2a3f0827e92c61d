//! Drawings of our own: deterministic, accessible, without a script.

pub mod axis;
pub mod canvas;
pub mod label;
pub mod mark;
pub mod scale;

pub use canvas::Canvas;
pub use scale::Scale;

/// A coordinate: at most one decimal, never `-0`.
#[must_use]
pub fn coordinate(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let tenths = tenths.unsigned_abs();
    match tenths % 10 {
        0 => format!("{sign}{}", tenths / 10),
        rest => format!("{sign}{}.{rest}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::coordinate;

    #[test]
    fn coordinates_are_short_and_never_minus_zero() {
        for (value, text) in
            [(1.0, "1"), (1.25, "1.3"), (-0.04, "0"), (-2.5, "-2.5"), (100.0, "100")]
        {
            assert_eq!(coordinate(value), text);
        }
    }
}
