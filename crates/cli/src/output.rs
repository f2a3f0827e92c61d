//! The only place that writes to the terminal.

use crate::error::CommandError;
use clap::ValueEnum;
use std::io::Write;

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs: one JSON document
    Json,
}

/// Writes a finished text to standard output.
pub(crate) fn print(text: &str) -> Result<(), CommandError> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

/// Writes one line to standard error; a closed standard error is nobody's fault.
pub(crate) fn complain(line: &str) {
    let mut err = anstream::stderr().lock();
    let _ = writeln!(err, "{line}");
}

/// Clears the screen and what can be scrolled back to.
pub(crate) fn clear() {
    let mut err = anstream::stderr().lock();
    let _ = err.write_all(b"\x1b[2J\x1b[3J\x1b[H");
}

/// Writes a file, whole or not at all.
pub(crate) fn write_file(
    path: &std::path::Path,
    content: &(impl AsRef<[u8]> + ?Sized),
) -> Result<(), CommandError> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    let done = std::fs::write(&part, content).and_then(|()| std::fs::rename(&part, path));
    done.map_err(|error| {
        let _ = std::fs::remove_file(&part);
        CommandError::Failed {
            message: format!("cannot write {}: {error}", path.display()),
            hints: vec!["check that the folder exists and can be written to".into()],
        }
    })
}

/// Files made with these options are for their owner's eyes.
pub(crate) fn private(options: &mut std::fs::OpenOptions) -> &mut std::fs::OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}
