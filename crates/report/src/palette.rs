//! The colours, light and dark; never the only thing that tells two things apart.

use std::fmt::Write;

/// A colour in both themes, as `#rrggbb`.
#[derive(Debug, Clone, Copy)]
pub struct Tone {
    /// The style sheet's name for it.
    pub name: &'static str,
    /// On white paper.
    pub light: &'static str,
    /// On a dark screen.
    pub dark: &'static str,
}

const fn tone(name: &'static str, light: &'static str, dark: &'static str) -> Tone {
    Tone { name, light, dark }
}

/// What everything stands on.
pub const PAPER: Tone = tone("paper", "#fcfbf8", "#16181b");
/// Text.
pub const INK: Tone = tone("ink", "#1d1d1b", "#e8e6e1");
/// Quieter text.
pub const QUIET: Tone = tone("quiet", "#5c5a55", "#a9a69f");
/// Lines between things; not meant to be read.
pub const RULE: Tone = tone("rule", "#d9d6ce", "#373a3f");
/// A ground a little off the paper.
pub const WASH: Tone = tone("wash", "#f2f0ea", "#1f2226");
/// What the page is about: the deal in focus.
pub const ACCENT: Tone = tone("accent", "#a3330b", "#ff9b6b");
/// The zone of agreement.
pub const ZONE: Tone = tone("zone", "#e6ebe3", "#262f2b");
/// Something to mind.
pub const LOUD: Tone = tone("loud", "#8a1c1c", "#ff9c94");

/// The sides' colours, in the order of the parties. No nation's.
pub const SIDES: [Tone; 6] = [
    tone("side0", "#6a3d9a", "#c3a1ee"),
    tone("side1", "#8f5902", "#e6b04a"),
    tone("side2", "#0b6e75", "#58c4c9"),
    tone("side3", "#a62a60", "#f08fb9"),
    tone("side4", "#556310", "#b3c756"),
    tone("side5", "#4a5360", "#a8b3c1"),
];

/// Everything with a name in the style sheet.
fn all() -> impl Iterator<Item = Tone> {
    [PAPER, INK, QUIET, RULE, WASH, ACCENT, ZONE, LOUD].into_iter().chain(SIDES)
}

/// The colours as custom properties for a style sheet.
pub(crate) fn custom_properties() -> String {
    let mut css = String::from(":root{color-scheme:light dark;");
    let mut dark = String::new();
    for tone in all() {
        let _ = write!(css, "--{}:{};", tone.name, tone.light);
        let _ = write!(dark, "--{}:{};", tone.name, tone.dark);
    }
    let _ = write!(css, "}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n");
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_has_double_a_contrast_on_every_ground_in_both_themes() {
        for ground in [PAPER, WASH, ZONE] {
            for text in [INK, QUIET, ACCENT, LOUD].into_iter().chain(SIDES) {
                for (a, b) in [(ground.light, text.light), (ground.dark, text.dark)] {
                    let ratio = contrast(a, b);
                    assert!(ratio >= 4.5, "{} on {}: {ratio:.2}", text.name, ground.name);
                }
            }
        }
    }
}
