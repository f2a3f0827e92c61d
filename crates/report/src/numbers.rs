//! How numbers are written for people.

use num_bigint::BigUint;

/// Minus sign, not a hyphen.
const MINUS: char = '\u{2212}';

/// Stands for a number that is not known.
const UNKNOWN: &str = "–";

/// Counts of up to this many digits are written out.
const WRITTEN_OUT_DIGITS: usize = 15;

/// Digits in groups of three: `1,234,567`.
#[must_use]
pub fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count: `1,234`, `10^50`, or `about 1.2 × 10^37`.
#[must_use]
pub fn count(value: &BigUint) -> String {
    let digits = value.to_string();
    if digits.len() <= WRITTEN_OUT_DIGITS {
        return grouped(&digits);
    }
    let mut exponent = digits.len() - 1;
    if digits.starts_with('1') && digits[1..].bytes().all(|b| b == b'0') {
        return format!("10^{exponent}");
    }
    // Rounded to two digits from the first three.
    let head: u32 = digits[..3].parse().unwrap_or(0);
    let mut tenths = (head + 5) / 10;
    if tenths == 100 {
        tenths = 10;
        exponent += 1;
    }
    format!("about {}.{} × 10^{exponent}", tenths / 10, tenths % 10)
}

/// A small count.
#[must_use]
pub fn small_count(value: usize) -> String {
    grouped(&value.to_string())
}

/// `1 side`, `2 sides`.
#[must_use]
pub fn counted(value: usize, one: &str, many: &str) -> String {
    format!("{} {}", small_count(value), if value == 1 { one } else { many })
}

/// A number with so many decimals, grouped, with a true minus and never `−0`.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    if value.is_nan() {
        return UNKNOWN.into();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞".into() } else { format!("{MINUS}∞") };
    }
    if value.abs() >= 1e15 {
        return scientific(value);
    }
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), ""), |(w, f)| (w, f));
    let mut out = String::new();
    if value < 0.0 && text.bytes().any(|b| b.is_ascii_digit() && b != b'0') {
        out.push(MINUS);
    }
    out.push_str(&grouped(whole));
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

fn scientific(value: f64) -> String {
    let text = format!("{:.2e}", value.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let sign = if value < 0.0 { MINUS.to_string() } else { String::new() };
    format!("{sign}{mantissa} × 10^{exponent}")
}

/// How many decimals a column of these values needs, so that its largest
/// shows about four significant digits and whole numbers stay whole.
#[must_use]
pub fn decimals_for(values: impl IntoIterator<Item = f64>) -> usize {
    let mut largest = 0.0_f64;
    let mut whole = true;
    for value in values.into_iter().filter(|v| v.is_finite()) {
        largest = largest.max(value.abs());
        whole &= (value - value.round()).abs() < 1e-9;
    }
    match largest {
        _ if whole => 0,
        l if l >= 1000.0 => 1,
        l if l >= 10.0 => 2,
        l if l >= 1.0 => 3,
        _ => 4,
    }
}

/// A number by itself: two to four significant decimals, no trailing zeros.
#[must_use]
pub fn plain(value: f64) -> String {
    if value != 0.0 && value.abs() < 1e-4 {
        return scientific(value);
    }
    let text = fixed(value, decimals_for([value]));
    if text.contains('.') && !text.contains('^') {
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    text
}

/// A part of a hundred: `66%`, `<1%`, `−12%`.
#[must_use]
pub fn percent(value: f64) -> String {
    match value {
        v if v.is_nan() => UNKNOWN.into(),
        v if v > 0.0 && v < 0.5 => "<1%".into(),
        v if v > 99.5 && v < 100.0 - 1e-7 => ">99%".into(),
        v => format!("{}%", fixed(v, 0)),
    }
}

/// A number with its sign always shown: `+3.5`, `−2`, `0`.
#[must_use]
pub fn signed(value: f64) -> String {
    let text = plain(value);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_then_powers() {
        let big = |t: &str| BigUint::parse_bytes(t.as_bytes(), 10).unwrap();
        assert_eq!(count(&big("0")), "0");
        assert_eq!(count(&big("1234")), "1,234");
        assert_eq!(count(&big("999999999999999")), "999,999,999,999,999");
        assert_eq!(count(&BigUint::from(10_u8).pow(50)), "10^50");
        assert_eq!(count(&BigUint::from(5_u8).pow(30)), "about 9.3 × 10^20");
        assert_eq!(count(&big("9970000000000000")), "about 1.0 × 10^16");
        assert_eq!(count(&big("1010000000000000")), "about 1.0 × 10^15");
    }

    #[test]
    fn numbers_show_what_matters() {
        assert_eq!(plain(65.833_333), "65.83");
        assert_eq!(plain(0.882_21), "0.8822");
        assert_eq!(plain(54.0), "54");
        assert_eq!(plain(-0.5), "−0.5");
        assert_eq!(plain(6_031_872.0), "6,031,872");
        assert_eq!(plain(1.5e40), "1.50 × 10^40");
        assert_eq!(plain(0.000_012), "1.20 × 10^-5");
        assert_eq!(fixed(-0.001, 2), "0.00");
        assert_eq!(percent(0.2), "<1%");
        assert_eq!(percent(99.9), ">99%");
        assert_eq!(percent(100.0), "100%");
        assert_eq!((percent(f64::NAN), plain(f64::NAN)), ("–".into(), "–".into()));
        assert_eq!(signed(3.5), "+3.5");
        assert_eq!(signed(-2.0), "−2");
        assert_eq!(decimals_for([1.0, 65.83]), 2);
    }
}
