//! Numbers as they were written: exact rationals.
//!
//! Every figure a person or a file gives (a weight, an evaluation, a
//! reservation value) is kept as the exact rational its decimal or fraction
//! denotes, so that acceptability and dominance can be decided exactly.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{FromPrimitive, One, Signed, ToPrimitive, Zero};
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// An exact rational number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(BigRational);

/// Why a text is not a number we take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not a decimal (`-1.5`, `2e-3`) or a fraction (`1/3`).
    #[error("`{0}` is not a number")]
    NotANumber(String),
    /// Infinite or not-a-number.
    #[error("`{0}` is not a finite number")]
    NotFinite(String),
    /// More digits or a larger exponent than any real figure has.
    #[error("`{0}` has too many digits or too large an exponent")]
    TooLong(String),
}

/// Longest literal taken, in bytes; and largest decimal exponent, either way.
const MAX_LITERAL_BYTES: usize = 400;
const MAX_EXPONENT: i32 = 308;

fn shown(text: &str) -> String {
    let mut head: String = text.chars().take(40).collect();
    if head.len() < text.len() {
        head.push('…');
    }
    head
}

impl Number {
    /// Zero.
    #[must_use]
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    /// One.
    #[must_use]
    pub fn one() -> Self {
        Self(BigRational::one())
    }

    /// A fraction.
    ///
    /// Returns `None` when `denominator` is zero.
    #[must_use]
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        (denominator != 0).then(|| Self(BigRational::new(numerator.into(), denominator.into())))
    }

    /// Reads a decimal (`12`, `-0.25`, `.5`, `1e-3`) or a fraction of two
    /// decimals (`1/3`), exactly.
    ///
    /// # Errors
    /// [`NumberError`] when the text is neither, is infinite or not a number,
    /// or is longer than 400 bytes or beyond 1e±308.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        if text.len() > MAX_LITERAL_BYTES {
            return Err(NumberError::TooLong(shown(text)));
        }
        if let Some((above, below)) = text.split_once('/') {
            let below = Self::parse_decimal(below.trim())?;
            if below.0.is_zero() {
                return Err(NumberError::NotFinite(shown(text)));
            }
            return Ok(Self(Self::parse_decimal(above.trim())?.0 / below.0));
        }
        Self::parse_decimal(text)
    }

    fn parse_decimal(text: &str) -> Result<Self, NumberError> {
        let not_a_number = || NumberError::NotANumber(shown(text));
        let bare = text.trim_start_matches(['+', '-']).trim_start_matches('.').to_ascii_lowercase();
        if matches!(bare.as_str(), "inf" | "infinity" | "nan") {
            return Err(NumberError::NotFinite(shown(text)));
        }
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => {
                let exponent = &text[at + 1..];
                let digits = exponent.trim_start_matches(['+', '-']);
                if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(not_a_number());
                }
                let exponent: i32 =
                    exponent.parse().map_err(|_| NumberError::TooLong(shown(text)))?;
                (&text[..at], exponent)
            }
            None => (text, 0),
        };
        if exponent.abs() > MAX_EXPONENT {
            return Err(NumberError::TooLong(shown(text)));
        }
        let (negative, digits) = match mantissa.as_bytes().first() {
            Some(b'-') => (true, &mantissa[1..]),
            Some(b'+') => (false, &mantissa[1..]),
            _ => (false, mantissa),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && fraction.is_empty()
            || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
        {
            return Err(not_a_number());
        }
        let all = format!("{whole}{fraction}");
        let mut value = BigInt::parse_bytes(all.as_bytes(), 10).ok_or_else(not_a_number)?;
        if negative {
            value = -value;
        }
        let shift = exponent - i32::try_from(fraction.len()).unwrap_or(i32::MAX);
        let power = BigInt::from(10).pow(shift.unsigned_abs());
        Ok(Self(if shift >= 0 {
            BigRational::from_integer(value * power)
        } else {
            BigRational::new(value, power)
        }))
    }

    /// The number whose shortest decimal is that of `value`; `None` when not finite.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then(|| Self::parse(&format!("{value:e}")).ok()).flatten()
    }

    /// The exact rational behind it.
    #[must_use]
    pub fn as_rational(&self) -> &BigRational {
        &self.0
    }

    /// The nearest double.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        // Short decimals divide exactly in doubles; BigRational's own
        // conversion covers the rest.
        match (self.0.numer().to_i64(), self.0.denom().to_i64()) {
            (Some(n), Some(d)) if n.unsigned_abs() < 1 << 53 && d < 1 << 53 => n as f64 / d as f64,
            _ => self.0.to_f64().unwrap_or(f64::NAN),
        }
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is above zero.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.0.is_positive()
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    /// The largest whole number not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        Self(self.0.floor())
    }

    /// Its size without sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// The shortest exact text: a decimal where one exists, else `n/d`.
    #[must_use]
    pub fn to_exact_string(&self) -> String {
        let mut denominator = self.0.denom().clone();
        let (two, five) = (BigInt::from(2), BigInt::from(5));
        let (mut twos, mut fives) = (0_u32, 0_u32);
        while (&denominator % &two).is_zero() {
            denominator /= &two;
            twos += 1;
        }
        while (&denominator % &five).is_zero() {
            denominator /= &five;
            fives += 1;
        }
        if !denominator.is_one() {
            return format!("{}/{}", self.0.numer(), self.0.denom());
        }
        let places = twos.max(fives) as usize;
        let scaled =
            (&self.0 * BigRational::from_integer(BigInt::from(10).pow(places as u32))).to_integer();
        let digits = scaled.abs().to_string();
        let sign = if scaled.is_negative() { "-" } else { "" };
        if places == 0 {
            return format!("{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        format!("{sign}{whole}.{fraction}")
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(BigRational::from_i64(value).unwrap_or_else(BigRational::zero))
    }
}

impl From<BigRational> for Number {
    fn from(value: BigRational) -> Self {
        Self(value)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_exact_string())
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident) => {
        impl $trait for &Number {
            type Output = Number;
            fn $method(self, other: &Number) -> Number {
                Number($trait::$method(&self.0, &other.0))
            }
        }
        impl $trait for Number {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                Self($trait::$method(self.0, other.0))
            }
        }
    };
}
operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);

impl Div for &Number {
    type Output = Option<Number>;
    /// `None` when dividing by zero.
    fn div(self, other: &Number) -> Option<Number> {
        (!other.is_zero()).then(|| Number(&self.0 / &other.0))
    }
}

impl Neg for Number {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_and_fractions_are_exact() {
        for (text, n, d) in [
            ("0.25", 1, 4),
            ("-1e-3", -1, 1000),
            (".5", 1, 2),
            ("1/3", 1, 3),
            ("2.", 2, 1),
            ("0.5/0.25", 2, 1),
        ] {
            assert_eq!(Number::parse(text).ok(), Number::ratio(n, d), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in ["", "x", "1.2.3", "--1", "1e", "1/0", "e5", ".", "1_000", "0x10"] {
            assert!(Number::parse(text).is_err(), "{text}");
        }
        for text in ["inf", "-.inf", "NaN", ".nan", "1/0"] {
            assert!(matches!(Number::parse(text), Err(NumberError::NotFinite(_))), "{text}");
        }
        assert!(matches!(Number::parse("1e999999999999"), Err(NumberError::TooLong(_))));
        assert!(matches!(Number::parse("1e400"), Err(NumberError::TooLong(_))));
        assert!(matches!(Number::parse(&"9".repeat(500)), Err(NumberError::TooLong(_))));
    }

    proptest! {
        #[test]
        fn exact_text_reads_back(n in any::<i64>(), d in 1..i64::MAX) {
            let number = Number::ratio(n, d).unwrap();
            prop_assert_eq!(Number::parse(&number.to_exact_string()).unwrap(), number);
        }

        #[test]
        fn doubles_read_back(value in any::<f64>().prop_filter("finite", |v| v.is_finite() && v.abs() < 1e300 && (v.abs() > 1e-290 || *v == 0.0))) {
            prop_assert_eq!(Number::from_f64(value).unwrap().to_f64(), value);
        }

        #[test]
        fn any_text_answers_without_panic(text in ".{0,30}") {
            let _ = Number::parse(&text);
        }
    }
}
