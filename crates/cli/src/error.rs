//! Errors folded once, at the edge, each with how to mend it.

use crate::{output, snippet};
use detente_model::diagnostic::{Diagnostic, Sources};
use std::process::ExitCode;

/// Why a command did not do its work.
#[derive(Debug)]
pub(crate) enum CommandError {
    /// The words or the input cannot be used (exit code 2).
    Input {
        /// What was found, places included.
        diagnostics: Vec<Diagnostic>,
        /// The texts the places are in.
        sources: Sources,
    },
    /// Something inside failed, such as a full disk (exit code 1).
    Failed {
        /// What happened.
        message: String,
        /// How to mend it.
        hints: Vec<String>,
    },
    /// The input cannot be used, and the command has said why (exit code 2).
    Reported,
    /// The reader of our output went away (`detente … | head`); not worth a word.
    BrokenPipe,
}

impl CommandError {
    /// Unusable words or input, without a place in a file.
    pub(crate) fn usage(
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self::Input {
            diagnostics: vec![Diagnostic::error(code, message).hint(hint)],
            sources: Sources::default(),
        }
    }

    /// A failure of the surroundings: disk, permissions.
    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::Failed { message: message.into(), hints: Vec::new() }
    }

    /// Prints it to standard error and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        match self {
            Self::Input { diagnostics, sources } => {
                snippet::print(diagnostics, sources);
                ExitCode::from(2)
            }
            Self::Failed { message, hints } => {
                output::complain(&format!("error: {message}"));
                for hint in hints {
                    output::complain(&format!("  hint: {hint}"));
                }
                ExitCode::from(1)
            }
            Self::Reported => ExitCode::from(2),
            Self::BrokenPipe => ExitCode::SUCCESS,
        }
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            Self::BrokenPipe
        } else {
            Self::failed(error.to_string())
        }
    }
}
