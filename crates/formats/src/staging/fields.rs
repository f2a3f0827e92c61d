//! Taking values out of a document, noting what is wrong and where.

use crate::suggest;
use crate::tree::{Entry, Node};
use detente_model::diagnostic::{Diagnostic, Span};
use detente_model::number::Number;
use detente_model::staging::{Knob, Rational};
use num_traits::{One, Zero};

/// Collects what is found while reading.
pub(crate) struct Reader {
    file: String,
    diagnostics: Vec<Diagnostic>,
    /// Numbers given as ranges.
    pub(crate) ranges: Vec<(Knob, Rational, Rational)>,
}

/// Where a number must lie.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    Anywhere,
    /// From 0 to 1.
    Unit,
    /// Above 0, up to 1.
    Discount,
    NotNegative,
    Positive,
}

impl Reader {
    pub(crate) fn new(file: &str) -> Self {
        Self { file: file.to_owned(), diagnostics: Vec::new(), ranges: Vec::new() }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic.in_file(self.file.clone()));
    }

    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    pub(crate) fn failed(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    pub(crate) fn wrong(
        &mut self,
        node: &Node,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.wrong_at(node.span, code, message, hint);
    }

    pub(crate) fn wrong_at(
        &mut self,
        span: Span,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.push(Diagnostic::error(code, message).at(span).hint(hint));
    }

    /// Warns of names that are not known.
    pub(crate) fn known(&mut self, node: &Node, known: &[&str]) {
        for Entry { key, key_span: span, .. } in node.entries().unwrap_or_default() {
            if known.contains(&key.as_str()) || key.starts_with("x-") {
                continue;
            }
            let hint = suggest::hint(key, known)
                .unwrap_or_else(|| format!("known here: {}", known.join(", ")));
            self.push(
                Diagnostic::warning(
                    "staging-unknown-key",
                    format!("`{key}` is not known here and is not used"),
                )
                .at(*span)
                .hint(hint),
            );
        }
    }

    pub(crate) fn text(&mut self, node: &Node) -> Option<String> {
        let words = node.text().map(str::to_owned);
        if words.is_none() {
            self.wrong(
                node,
                "staging-text",
                format!("expected a text, found {}", node.kind()),
                "write a name",
            );
        }
        words
    }

    pub(crate) fn flag(&mut self, node: &Node) -> bool {
        match node.plain() {
            Some("true") => return true,
            Some("false") => return false,
            _ => {}
        }
        self.wrong(
            node,
            "staging-flag",
            format!("expected true or false, found {}", node.kind()),
            "write `true` or `false`",
        );
        false
    }

    pub(crate) fn count(&mut self, node: &Node) -> Option<usize> {
        let count = node.plain().and_then(|text| text.parse().ok());
        if count.is_none() {
            self.wrong(
                node,
                "staging-count",
                format!("expected a whole number, found {}", shown(node)),
                "write 0, 1, 2, …",
            );
        }
        count
    }

    /// A number, exactly.
    pub(crate) fn number(&mut self, node: &Node, what: &str, within: Within) -> Option<Rational> {
        let hint = "write a decimal such as 0.95 or a fraction such as 19/20";
        let parsed = match node.text().map(Number::parse) {
            Some(Ok(number)) => number.as_rational().clone(),
            Some(Err(error)) => {
                self.wrong(node, "staging-number", format!("{what}: {error}"), hint);
                return None;
            }
            None => {
                let found = format!("{what}: expected a number, found {}", node.kind());
                self.wrong(node, "staging-number", found, hint);
                return None;
            }
        };
        let (zero, one) = (Rational::zero(), Rational::one());
        let complaint = match within {
            Within::Unit if parsed < zero || parsed > one => {
                Some(("lies outside [0, 1]", "a share or a probability is a number from 0 to 1"))
            }
            Within::Discount if parsed <= zero || parsed > one => Some((
                "is not above 0 and at most 1",
                "a discount is what a gain one phase later is worth now: 1 for no impatience, 0.95 for some",
            )),
            Within::NotNegative if parsed < zero => Some((
                "is below zero",
                "write 0 or more; leave it out (or write null) for no limit",
            )),
            Within::Positive if parsed <= zero => {
                Some(("is not above zero", "write a number above 0"))
            }
            _ => None,
        };
        if let Some((complaint, hint)) = complaint {
            let number = Number::from(parsed);
            self.wrong(node, "staging-out-of-range", format!("{what} {number} {complaint}"), hint);
            return None;
        }
        Some(parsed)
    }

    /// A number, or a range `{low, high, likely}` of which the likely value
    /// (or the middle) is used and the rest remembered.
    pub(crate) fn quantity(
        &mut self,
        node: &Node,
        what: &str,
        within: Within,
        knob: Knob,
    ) -> Option<Rational> {
        if node.entries().is_none() {
            return self.number(node, what, within);
        }
        self.known(node, &["low", "high", "likely"]);
        let (Some(low), Some(high)) = (node.get("low"), node.get("high")) else {
            self.wrong(
                node,
                "staging-range",
                format!("{what}: a range needs `low` and `high`"),
                "write {low: 1, high: 3} or {low: 1, likely: 2, high: 3}",
            );
            return None;
        };
        let low = self.number(low, what, within)?;
        let high = self.number(high, what, within)?;
        let likely = match node.get("likely") {
            Some(likely) => self.number(likely, what, within)?,
            None => (&low + &high) / Rational::from_integer(2.into()),
        };
        if low > likely || likely > high {
            self.wrong(
                node,
                "staging-range",
                format!("{what}: the range does not go up"),
                "low, likely and high in this order",
            );
            return None;
        }
        self.ranges.push((knob, low, high));
        Some(likely)
    }
}

fn shown(node: &Node) -> String {
    node.text().map_or_else(|| node.kind().to_owned(), |w| format!("`{w}`"))
}
