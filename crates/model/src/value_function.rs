//! How much an option is worth, before weighting.

use crate::issue::Issue;
use crate::number::Number;
use num_traits::Signed;

/// A value that is exact, or the nearest double to an irrational one.
#[derive(Debug, Clone, PartialEq)]
pub enum Evaluated {
    /// Exactly this.
    Exact(Number),
    /// A double, correct to its last few bits.
    Real(f64),
}

impl Evaluated {
    /// As a double.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        match self {
            Self::Exact(number) => number.to_f64(),
            Self::Real(value) => *value,
        }
    }

    /// The exact value, if it is one.
    #[must_use]
    pub fn exact(&self) -> Option<&Number> {
        match self {
            Self::Exact(number) => Some(number),
            Self::Real(_) => None,
        }
    }

    /// The sum; exact when both are.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Exact(a), Self::Exact(b)) => Self::Exact(a + b),
            _ => Self::Real(self.to_f64() + other.to_f64()),
        }
    }

    /// The product with an exact factor.
    #[must_use]
    pub fn times(&self, factor: &Number) -> Self {
        match self {
            Self::Exact(a) => Self::Exact(a * factor),
            Self::Real(a) => Self::Real(a * factor.to_f64()),
        }
    }

    /// The smaller of the two.
    #[must_use]
    pub fn at_most(self, cap: &Number) -> Self {
        match self {
            Self::Exact(a) => Self::Exact(if &a > cap { cap.clone() } else { a }),
            Self::Real(a) => {
                if a > cap.to_f64() {
                    Self::Exact(cap.clone())
                } else {
                    Self::Real(a)
                }
            }
        }
    }
}

/// The value of an issue's options to a party.
///
/// All but [`Table`](Self::Table) and [`Share`](Self::Share) are functions of
/// the option's own number and so need a numeric issue.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueFunction {
    /// One value per option, in option order.
    Table(Vec<Number>),
    /// The same value whatever the option (NegMAS `ConstFun`).
    Constant(Number),
    /// Σ coefficient_k · x^k, lowest power first; a linear function has two
    /// coefficients (NegMAS `AffineFun`, `LinearFun`, `IdentityFun`, `QuadraticFun`, `PolynomialFun`).
    Polynomial(Vec<Number>),
    /// Straight lines between points (x ascending), level beyond the ends.
    /// A peak is three points (NegMAS `TriangularFun`, `TrapezoidalFun`).
    PiecewiseLinear(Vec<(Number, Number)>),
    /// An irrational function: computed in doubles.
    Smooth(Smooth),
    /// Of a divisible issue: the whole is worth this, a share in proportion.
    Share(Number),
}

/// The irrational value functions NegMAS files may hold: `bias + scale · f(x)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Smooth {
    /// The shape.
    pub shape: Shape,
    /// Multiplies the shape.
    pub scale: f64,
    /// Added to it.
    pub bias: f64,
}

/// The shape of a smooth value function.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// `exp(-(x - centre)² / (2 deviation²))`.
    Gaussian {
        /// Where it peaks.
        centre: f64,
        /// Positive.
        deviation: f64,
    },
    /// `base^(rate · x)`.
    Exponential {
        /// Positive.
        base: f64,
        /// Multiplies x in the exponent.
        rate: f64,
    },
    /// `log_base(factor · x)`.
    Logarithm {
        /// Positive and not one.
        base: f64,
        /// Multiplies x.
        factor: f64,
    },
    /// `cos(factor · x + phase)`.
    Cosine {
        /// Multiplies x.
        factor: f64,
        /// Added inside, in radians.
        phase: f64,
    },
    /// `sin(factor · x + phase)`.
    Sine {
        /// Multiplies x.
        factor: f64,
        /// Added inside, in radians.
        phase: f64,
    },
}

impl Smooth {
    /// The value at `x`; may be infinite or not a number where the shape is not defined.
    #[must_use]
    pub fn at(&self, x: f64) -> f64 {
        let shape = match self.shape {
            Shape::Gaussian { centre, deviation } => {
                (-((x - centre) / deviation).powi(2) / 2.0).exp()
            }
            Shape::Exponential { base, rate } => base.powf(rate * x),
            Shape::Logarithm { base, factor } => (factor * x).ln() / base.ln(),
            Shape::Cosine { factor, phase } => (factor * x + phase).cos(),
            Shape::Sine { factor, phase } => (factor * x + phase).sin(),
        };
        self.bias + self.scale * shape
    }
}

impl ValueFunction {
    /// The line `slope · x + intercept`.
    #[must_use]
    pub fn linear(slope: Number, intercept: Number) -> Self {
        Self::Polynomial(vec![intercept, slope])
    }

    /// The value of option `option` of `issue`.
    ///
    /// What is not there is worth nothing: a checked scenario has no such case.
    #[must_use]
    pub fn at(&self, issue: &Issue, option: usize) -> Evaluated {
        let zero = || Evaluated::Exact(Number::zero());
        let number = || issue.numeric_value(option);
        match self {
            Self::Table(values) => values.get(option).cloned().map_or_else(zero, Evaluated::Exact),
            Self::Constant(value) => Evaluated::Exact(value.clone()),
            Self::Polynomial(coefficients) => number().map_or_else(zero, |x| {
                let value =
                    coefficients.iter().rev().fold(Number::zero(), |sum, c| &(&sum * &x) + c);
                Evaluated::Exact(value)
            }),
            Self::PiecewiseLinear(points) => {
                number().map_or_else(zero, |x| Evaluated::Exact(piecewise(points, &x)))
            }
            Self::Smooth(smooth) => {
                number().map_or_else(zero, |x| Evaluated::Real(smooth.at(x.to_f64())))
            }
            Self::Share(_) => zero(),
        }
    }

    /// The value of a share of a divisible issue.
    #[must_use]
    pub fn of_share(&self, share: &Number) -> Evaluated {
        Evaluated::Exact(match self {
            Self::Share(whole) => whole * share,
            _ => Number::zero(),
        })
    }

    /// Whether every value is an exact rational.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        !matches!(self, Self::Smooth(_))
    }
}

fn piecewise(points: &[(Number, Number)], x: &Number) -> Number {
    let after = points.partition_point(|(at, _)| at <= x);
    match (after.checked_sub(1).and_then(|i| points.get(i)), points.get(after)) {
        (None, None) => Number::zero(),
        (None, Some((_, y))) | (Some((_, y)), None) => y.clone(),
        (Some((x0, y0)), Some((x1, y1))) => {
            let slope = (&(y1 - y0) / &(x1 - x0)).unwrap_or_else(Number::zero);
            debug_assert!((x1 - x0).as_rational().is_positive(), "points ascend");
            y0 + &(&slope * &(x - x0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::IssueKind;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    fn integers(min: i64, max: i64) -> Issue {
        Issue { kind: IssueKind::Integer { min, max }, ..Issue::categorical("n", ["x"]) }
    }

    #[test]
    fn polynomials_and_lines_are_exact() {
        let line = ValueFunction::linear(number("0.5"), number("-0.5"));
        assert_eq!(line.at(&integers(1, 3), 2), Evaluated::Exact(number("1")));
        let square = ValueFunction::Polynomial(vec![number("1"), number("0"), number("2")]);
        assert_eq!(square.at(&integers(-2, 3), 0), Evaluated::Exact(number("9")));
    }

    #[test]
    fn a_peak_rises_falls_and_is_level_beyond() {
        let peak = ValueFunction::PiecewiseLinear(vec![
            (number("0"), number("0")),
            (number("3"), number("1")),
            (number("5"), number("0")),
        ]);
        let at = |i| peak.at(&integers(-1, 9), i).exact().cloned().unwrap();
        assert_eq!(at(0), number("0"));
        assert_eq!(at(2), number("1/3"));
        assert_eq!(at(4), number("1"));
        assert_eq!(at(5), number("1/2"));
        assert_eq!(at(10), number("0"));
    }
}
