//! The same answers on a terminal: 80 columns, plain words, no boxes.

mod columns;
mod solve;

pub use columns::{Align, Columns, display_width, fitted, printable, wrapped};
pub use solve::solve_text;

/// Whether headings are emphasised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Emphasis {
    /// Plain text.
    #[default]
    Plain,
    /// ANSI codes; a stream that is no terminal must strip them.
    Ansi,
}

impl Emphasis {
    fn styled(self, style: anstyle::Style, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Ansi => format!("{}{text}{}", style.render(), style.render_reset()),
        }
    }

    pub(crate) fn strong(self, text: &str) -> String {
        self.styled(anstyle::Style::new().bold(), text)
    }

    pub(crate) fn quiet(self, text: &str) -> String {
        self.styled(anstyle::Style::new().dimmed(), text)
    }
}
