//! From exact rationals to 64-bit integers.

use detente_model::{Evaluated, Number};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Sums of magnitudes stay below this, so that no addition can overflow and
/// products of two fit 128 bits with room.
const HEADROOM: i64 = 1 << 60;
/// Magnitude that a rounded party's largest possible utility gets: units of
/// about 1e-15 of the party's scale.
const ROUNDED_MAGNITUDE: i64 = 1 << 50;

/// What one scaled unit of a party's utility is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// Scaled integer = utility × denominator.
    pub denominator: BigInt,
    /// Whether scaled integers are the utilities exactly; otherwise each
    /// contribution was rounded to the nearest unit.
    pub exact: bool,
    /// Differences up to this many units do not count; 0 when exact,
    /// otherwise 1e-9 of the party's scale.
    pub tolerance: i64,
}

impl Scale {
    /// A scaled value in the party's own units.
    #[must_use]
    pub fn to_f64(&self, value: i64) -> f64 {
        match self.denominator.to_i64() {
            // Both sides exact in doubles: one correctly rounded division.
            Some(d) if d < 1 << 53 && value.unsigned_abs() < 1 << 53 => value as f64 / d as f64,
            _ => self.to_number(value).to_f64(),
        }
    }

    /// How many scaled units make one of the party's own.
    #[must_use]
    pub fn units_per_one(&self) -> f64 {
        self.denominator.to_f64().unwrap_or(f64::INFINITY)
    }

    /// A scaled value in the party's own units, as an exact rational.
    #[must_use]
    pub fn to_number(&self, value: i64) -> Number {
        Number::from(num_rational::BigRational::new(value.into(), self.denominator.clone()))
    }

    /// The scaled value of a utility, rounded down; `None` when out of range.
    #[must_use]
    pub fn from_number_floor(&self, value: &Number) -> Option<i64> {
        let scaled =
            value.as_rational() * num_rational::BigRational::from_integer(self.denominator.clone());
        scaled.floor().to_integer().to_i64()
    }
}

/// Finds a common denominator for a party's contributions and turns them into
/// integers; `magnitude` bounds the sum of any outcome's contributions.
pub(super) struct Scaler {
    scale: Scale,
}

impl Scaler {
    /// `values`: every contribution and the reservation; `magnitude`: the sum over
    /// issues and interactions of the largest magnitude, as an upper bound of |utility|.
    pub(super) fn new<'a>(
        values: impl Iterator<Item = &'a Evaluated> + Clone,
        magnitude: &Number,
    ) -> Self {
        let mut denominator = BigInt::one();
        let mut exact = true;
        let rational = |n: BigInt| num_rational::BigRational::from_integer(n);
        let bound = if magnitude.is_zero() {
            rational(BigInt::one())
        } else {
            magnitude.as_rational().abs()
        };
        let most = rational(HEADROOM.into());
        for value in values {
            let Some(number) = value.exact() else {
                exact = false;
                break;
            };
            denominator = denominator.lcm(number.as_rational().denom());
            if rational(denominator.clone()) * &bound > most {
                exact = false;
                break;
            }
        }
        if exact {
            return Self { scale: Scale { denominator, exact: true, tolerance: 0 } };
        }
        // Powers of two keep doubles such as 0.5 exact after rounding.
        let mut denominator = BigInt::one();
        while rational(denominator.clone()) * &bound < rational(ROUNDED_MAGNITUDE.into()) {
            denominator *= 2;
        }
        let span = (bound * rational(denominator.clone())).to_integer();
        let tolerance = (span / BigInt::from(1_000_000_000)).to_i64().unwrap_or(1).max(1);
        Self { scale: Scale { denominator, exact: false, tolerance } }
    }

    /// The integer of one contribution; saturates (a checked scenario never does).
    pub(super) fn scaled(&self, value: &Evaluated) -> i64 {
        let rational = match value {
            Evaluated::Exact(number) => number.clone(),
            Evaluated::Real(real) => Number::from_f64(*real).unwrap_or_else(Number::zero),
        };
        let scaled = rational.as_rational()
            * num_rational::BigRational::from_integer(self.scale.denominator.clone());
        let rounded = scaled.round().to_integer();
        rounded.to_i64().unwrap_or_else(|| {
            if rounded.is_zero() || rounded.is_positive() { HEADROOM } else { -HEADROOM }
        })
    }

    /// Whether integers are the values exactly.
    pub(super) fn is_exact(&self) -> bool {
        self.scale.exact
    }

    pub(super) fn finish(self) -> Scale {
        self.scale
    }
}
