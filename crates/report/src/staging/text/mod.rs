//! Staging answers for the terminal: tables and sentences in 80 columns.

mod guarantee;
mod interim;
mod ratify;
mod stage;

pub use guarantee::guarantee_text;
pub use interim::interim_text;
pub use ratify::ratify_text;
pub use stage::stage_text;

use super::words::{brief, ends, flips};
use crate::text::{Align, Columns, fitted, printable, wrapped};
use detente_analysis::staging::{Staging, Swings};

/// What every answer about incentives ends with.
const ASSUMPTIONS: &str = "Read with care: this takes each side as one will, sees every default, lets no broken deal be mended, and rests on the numbers given. See docs/staging.md.";

const WIDTH: usize = 80;

/// Text under construction.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn blank(&mut self) {
        self.0.push('\n');
    }

    /// A line or more, wrapped.
    fn say(&mut self, indent: &str, text: &str) {
        self.0 += &wrapped(&printable(text), WIDTH, indent, indent);
        self.0.push('\n');
    }

    /// A blank line, and a line above what follows.
    fn head(&mut self, text: &str) {
        self.blank();
        self.say("", text);
    }

    /// A table; `<` and `>` say on which side each column stands.
    fn table(&mut self, header: &[&str], sides: &str, rows: Vec<Vec<String>>) {
        let align = |side| if side == '<' { Align::Start } else { Align::End };
        let mut columns = Columns::new(sides.chars().map(align).collect());
        columns.row(header.iter().map(|h| printable(h)).collect());
        for row in rows {
            columns.row(row.iter().map(|cell| printable(cell)).collect());
        }
        let lines = columns.lines("  ", WIDTH);
        let wide = lines.iter().map(|l| crate::text::display_width(l)).max().unwrap_or(2);
        for (index, line) in lines.iter().enumerate() {
            self.0 += line;
            self.0.push('\n');
            if index == 0 {
                self.0 += &format!("  {}\n", "─".repeat(wide.saturating_sub(2)));
            }
        }
    }

    /// Numbers a verdict rests on: those that flip it, then those that weigh most.
    fn swings(&mut self, what: &str, found: &Swings) {
        let flipping = found.swings.iter().filter(|s| s.flips()).count();
        self.head(what);
        let now = found.measure.as_ref().map_or_else(String::new, |m| {
            format!(" ({} {})", found.measured, super::words::number(m))
        });
        self.say("  ", &format!("As it stands: {}{now}.", found.verdict));
        let cell = |m: &Option<_>| m.as_ref().map_or_else(|| "none".into(), brief);
        let rows = found
            .swings
            .iter()
            .take(MOST_SWINGS.max(flipping.min(2 * MOST_SWINGS)))
            .map(|s| {
                let flip = if s.flips() { "yes" } else { "no" };
                let measure = format!("{} … {}", cell(&s.measure.0), cell(&s.measure.1));
                vec![fitted(&s.name, 34), ends(s), measure, flip.into()]
            })
            .collect();
        self.table(&["number", "moved over", found.measured, "flips"], "<>>>", rows);
        for s in found.swings.iter().filter(|s| s.flips()).take(2 * MOST_SWINGS) {
            self.say(
                "  ",
                &format!("{} (now {}): {}.", s.name, brief(&s.value), flips(s).join("; ")),
            );
        }
        if flipping == 0 {
            self.say("  ", "No number, moved alone as far as shown, flips it.");
        }
        self.say("  ", &super::words::certainty(found));
    }

    /// What was assumed, and the closing words.
    fn assumed(&mut self, block: &Staging) {
        if !block.assumed.is_empty() {
            let all = block.assumed.join("; ");
            self.say("", &format!("Assumed, because nothing is said of it: {all}."));
        }
        self.say("", ASSUMPTIONS);
    }
}

/// Numbers shown of each verdict.
const MOST_SWINGS: usize = 8;
