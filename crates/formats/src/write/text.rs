//! Numbers and texts as files hold them.

use detente_model::Number;
use std::fmt::Write;

/// A decimal that every reader takes: exact where it is short, else the
/// nearest double. Exponents come with a point and a sign, as YAML 1.1 wants.
pub(crate) fn decimal(number: &Number) -> String {
    let exact = number.to_exact_string();
    if exact.len() <= 24 && !exact.contains('/') { exact } else { double(number.to_f64()) }
}

/// A double in its shortest form that reads back the same.
pub(crate) fn double(value: f64) -> String {
    let plain = format!("{value}");
    if plain.len() <= 24 {
        return plain;
    }
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with('-') { "" } else { "+" };
    format!("{mantissa}{point}e{sign}{exponent}")
}

/// A text in double quotes, for JSON and YAML alike.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control()
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') =>
            {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text as a YAML scalar: bare where that is safe.
pub(crate) fn yaml_text(text: &str) -> String {
    const WORDS: [&str; 12] = [
        "null",
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "none",
        "y",
        "n",
        "divisible",
        "unanimity",
    ];
    let fine = |c: char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '\'' | '%' | '+')
    };
    let bare = text.starts_with(|c: char| c.is_alphabetic())
        && !text.ends_with(' ')
        && text.chars().all(fine)
        && !WORDS.contains(&text.to_lowercase().as_str())
        && Number::parse(text).is_err();
    if bare { text.to_owned() } else { quoted(text) }
}

/// A text as an XML attribute's value.
///
/// `None` where XML 1.0 cannot hold a character at all.
pub(crate) fn xml(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            c if c.is_control() && c < '\u{20}' || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                return None;
            }
            c => out.push(c),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_or_the_nearest_double() {
        let text = |t: &str| decimal(&Number::parse(t).unwrap());
        assert_eq!(text("0.25"), "0.25");
        assert_eq!(text("1/3"), "0.3333333333333333");
        assert_eq!(text("1e-30"), "1.0e-30");
        assert_eq!(text("1.5e40"), "1.5e+40");
    }

    #[test]
    fn bare_words_are_those_that_mean_themselves() {
        for bare in ["red", "60 Gb", "Sinai (east)"] {
            let first_is_digit = bare.starts_with(char::is_numeric);
            assert_eq!(yaml_text(bare).starts_with('"'), first_is_digit, "{bare}");
        }
        for other in ["", "no", "1", "null", "a: b", "# x", "- x", " x", "x "] {
            assert!(yaml_text(other).starts_with('"'), "{other}");
        }
        assert_eq!(quoted("a\"\\\n\u{1}"), "\"a\\\"\\\\\\n\\u0001\"");
        assert_eq!(xml("a<\"&"), Some("a&lt;&quot;&amp;".to_owned()));
        assert_eq!(xml("\u{1}"), None);
    }
}
