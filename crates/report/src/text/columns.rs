//! Columns that line up by what is seen, not by bytes.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Left-to-right mark: keeps figures after a right-to-left name in their place.
const LEFT_TO_RIGHT: char = '\u{200e}';

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Start,
    /// Figures.
    End,
}

/// How many columns a text takes on a terminal.
#[must_use]
pub fn display_width(text: &str) -> usize {
    text.width()
}

/// Control and direction-changing characters made visible, so that a name
/// cannot rewrite what the terminal shows; a name with right-to-left letters
/// ends in a mark that keeps what follows in its place.
#[must_use]
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut right_to_left = false;
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\r' => out.push(' '),
            c if c.is_control()
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') =>
            {
                out.extend(c.escape_unicode());
            }
            c => {
                right_to_left |= matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
                out.push(c);
            }
        }
    }
    if right_to_left {
        out.push(LEFT_TO_RIGHT);
    }
    out
}

/// The text, cut with an ellipsis where it is wider than `width` columns.
#[must_use]
pub fn fitted(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > width {
            break;
        }
        used += wide;
        kept.push(c);
    }
    let mark = if text.ends_with(LEFT_TO_RIGHT) { "\u{200e}" } else { "" };
    format!("{}…{mark}", kept.trim_end())
}

/// A text in lines of at most `width` columns, each after the first indented.
#[must_use]
pub fn wrapped(text: &str, width: usize, first: &str, rest: &str) -> String {
    let mut out = String::from(first);
    let mut used = display_width(first);
    let mut empty = true;
    for word in text.split_whitespace() {
        let wide = display_width(word);
        if !empty && used + 1 + wide > width {
            out.push('\n');
            out.push_str(rest);
            used = display_width(rest);
            empty = true;
        }
        if !empty {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += wide;
        empty = false;
    }
    out
}

/// Rows of cells, lined up.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    aligns: Vec<Align>,
    rows: Vec<Vec<String>>,
}

impl Columns {
    /// Columns of these kinds.
    #[must_use]
    pub fn new(aligns: Vec<Align>) -> Self {
        Self { aligns, rows: Vec::new() }
    }

    /// Adds a row; missing cells are empty.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The lines: each indented, two spaces between columns, no trailing
    /// space; the first column gives way where a line would be too wide.
    #[must_use]
    pub fn lines(&self, indent: &str, width: usize) -> Vec<String> {
        let mut widths: Vec<usize> = (0..self.aligns.len())
            .map(|column| {
                let cells = self.rows.iter().filter_map(|r| r.get(column));
                cells.map(|c| display_width(c)).max().unwrap_or(0)
            })
            .collect();
        let gaps = 2 * widths.len().saturating_sub(1) + display_width(indent);
        let total: usize = widths.iter().sum::<usize>() + gaps;
        if let Some(first) = widths.first_mut() {
            *first = first.saturating_sub(total.saturating_sub(width)).max((*first).min(8));
        }
        self.rows.iter().map(|row| line(row, &self.aligns, &widths, indent)).collect()
    }
}

fn line(row: &[String], aligns: &[Align], widths: &[usize], indent: &str) -> String {
    let mut out = String::from(indent);
    for (column, (align, &width)) in aligns.iter().zip(widths).enumerate() {
        let empty = String::new();
        let cell = fitted(row.get(column).unwrap_or(&empty), width);
        let room = " ".repeat(width - display_width(&cell).min(width));
        if column > 0 {
            out.push_str("  ");
        }
        match align {
            Align::Start => {
                out.push_str(&cell);
                out.push_str(&room);
            }
            Align::End => {
                out.push_str(&room);
                out.push_str(&cell);
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_line_up() {
        let mut columns = Columns::new(vec![Align::Start, Align::End]);
        columns.row(vec!["東京".into(), "1".into()]);
        columns.row(vec!["Oslo, Norge".into(), "100".into()]);
        let lines = columns.lines("  ", 80);
        assert_eq!(lines[0], "  東京           1");
        assert_eq!(display_width(&lines[0]), display_width(&lines[1]));
    }

    #[test]
    fn names_cannot_steer_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}"), "a\\u{1b}[31mb\\u{202e}");
        assert_eq!(printable("مصر"), "مصر\u{200e}");
    }

    #[test]
    fn the_first_column_gives_way() {
        let mut columns = Columns::new(vec![Align::Start, Align::End]);
        columns.row(vec!["x".repeat(100), "12.5".into()]);
        let lines = columns.lines("  ", 40);
        assert_eq!(display_width(&lines[0]), 40);
        assert!(lines[0].ends_with("…  12.5"));
    }
}
