//! The style sheet, with what only the page itself knows put in.

use crate::palette;
use std::fmt::Write;

const SHEET: &str = include_str!("style.css");

/// The sheet of one page: colours, rules, and the paper's margins.
pub(crate) fn sheet(subject: &str, audience: &str, as_of: &str) -> String {
    let mut css = palette::custom_properties();
    css.push_str(SHEET);
    for index in 0..palette::SIDES.len() {
        let _ = write!(css, ".side{index}{{--tone:var(--side{index})}}");
    }
    let (subject, audience, as_of) = (text(subject), text(audience), text(as_of));
    let _ = write!(
        css,
        "\n@page{{size:A4;margin:20mm 18mm 22mm;\
         @top-left{{content:{subject};font:8pt sans-serif;color:#444}}\
         @top-right{{content:{as_of};font:8pt sans-serif;color:#444}}\
         @bottom-left{{content:{audience};font:8pt sans-serif;color:#444;width:75%;text-align:left}}\
         @bottom-right{{content:counter(page) \" / \" counter(pages);font:8pt sans-serif;color:#444}}}}\n"
    );
    css
}

/// A text as a CSS string that cannot end early: everything but ASCII
/// letters, digits and spaces is written by its number.
fn text(content: &str) -> String {
    let mut out = String::from("\"");
    for c in content.chars().take(120).filter(|c| !c.is_control()) {
        if c.is_ascii_alphanumeric() || c == ' ' {
            out.push(c);
        } else {
            // The space ends the number and is not part of the text.
            let _ = write!(out, "\\{:x} ", u32::from(c));
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_gets_out_of_its_string() {
        let hostile = text("\"}</style><script>\\");
        assert_eq!(hostile, "\"\\22 \\7d \\3c \\2f style\\3e \\3c script\\3e \\5c \"");
    }
}
