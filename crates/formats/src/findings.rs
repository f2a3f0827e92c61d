//! Collects what a reader finds.

use detente_model::diagnostic::{Diagnostic, Severity, Span};
use detente_model::number::{Number, NumberError};

/// Findings beyond this many of one severity are counted, not kept.
const MAX_KEPT: usize = 100;

/// Everything found so far.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    kept: Vec<Diagnostic>,
    errors: usize,
    others: usize,
}

impl Findings {
    /// Adds a finding.
    pub(crate) fn add(&mut self, diagnostic: Diagnostic) {
        let count = match diagnostic.severity {
            Severity::Error => &mut self.errors,
            Severity::Warning | Severity::Note => &mut self.others,
        };
        *count += 1;
        if *count <= MAX_KEPT {
            self.kept.push(diagnostic);
        }
    }

    /// Whether any error was found.
    pub(crate) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Everything, with a closing line on what was not kept.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        for (count, what) in [(self.errors, "errors"), (self.others, "warnings and notes")] {
            if count > MAX_KEPT {
                self.kept.push(Diagnostic::note(
                    "more-findings",
                    format!("{} more {what} are not shown", count - MAX_KEPT),
                ));
            }
        }
        self.kept
    }
}

/// What is wrong with a number, placed.
pub(crate) fn bad_number(error: &NumberError, what: &str, file: &str, span: Span) -> Diagnostic {
    let (code, hint) = match error {
        NumberError::NotANumber(_) => {
            ("not-a-number", "write a decimal (`0.25`, `1e-3`) or a fraction (`1/3`)")
        }
        NumberError::NotFinite(_) => ("not-finite", "write a finite number"),
        NumberError::TooLong(_) => {
            ("number-too-long", "no real figure needs over 400 digits or exponents beyond 308")
        }
    };
    Diagnostic::error(code, format!("{what}: {error}")).in_file(file).at(span).hint(hint)
}

/// Reads a number or says what is wrong with it.
pub(crate) fn number(
    text: &str,
    what: &str,
    file: &str,
    span: Span,
    findings: &mut Findings,
) -> Option<Number> {
    match Number::parse(text) {
        Ok(number) => Some(number),
        Err(error) => {
            findings.add(bad_number(&error, what, file, span));
            None
        }
    }
}
