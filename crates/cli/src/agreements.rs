//! From a folder on the command line to an agreement, its seals and its log.

use crate::error::CommandError;
use detente_agreement::log::{Builder, Chain, Fault, FaultKind, Ledger};
use detente_agreement::seal::SealedFile;
use detente_agreement::sound::{LineProblem, entry_problems};
use detente_agreement::{Agreement, Instrument};
use detente_formats::{MAX_FILE_BYTES, SourceFile, too_large};
use detente_model::diagnostic::{Diagnostic, Sources, Span};
use jiff::Timestamp;
use jiff::civil::Date;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

/// More files than any agreement has.
const MAX_FILES: usize = 10_000;
/// How much of a log is read at a time; no line of it is longer.
const BLOCK_BYTES: usize = 4 << 20;

/// Sends a file in blocks of whole lines and at most this size; what is left
/// without a line feed, or a longer line, is a block of its own, and the last.
fn send_blocks(mut file: impl Read, size: usize, to: &mpsc::SyncSender<std::io::Result<Vec<u8>>>) {
    let mut rest = Vec::new();
    loop {
        let mut block = Vec::with_capacity(size);
        block.append(&mut rest);
        let room = size - block.len();
        let read = (&mut file).take(room as u64).read_to_end(&mut block);
        let whole = block.iter().rposition(|b| *b == b'\n').map_or(0, |last| last + 1);
        rest = block.split_off(whole);
        // Whoever no longer listens has found something wrong.
        let heard = match read {
            Err(error) => return to.send(Err(error)).unwrap_or_default(),
            Ok(_) if whole > 0 => to.send(Ok(block)),
            Ok(_) if rest.is_empty() => return,
            Ok(_) => return to.send(Ok(rest)).unwrap_or_default(),
        };
        if heard.is_err() {
            return;
        }
    }
}

/// An agreement that was read from disk.
#[derive(Debug)]
pub(crate) struct Input {
    /// The folder.
    pub(crate) folder: PathBuf,
    /// The agreement.
    pub(crate) agreement: Agreement,
    /// What was unusual about it, worth showing to a person.
    pub(crate) warnings: Vec<Diagnostic>,
    /// The texts the warnings point into.
    pub(crate) sources: Sources,
}

/// Reads the agreement of a folder.
///
/// # Errors
/// With everything that keeps it from being used.
pub(crate) fn load(folder: &Path) -> Result<Input, CommandError> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| unreadable(folder, &e))? {
        let path = entry.map_err(|e| unreadable(folder, &e))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        let wanted = matches!(kind.as_deref(), Some("yaml" | "yml" | "geojson"));
        if name.starts_with('.') || path.is_dir() || !wanted {
            continue;
        }
        if files.len() >= MAX_FILES {
            return Err(CommandError::usage(
                "too-many-files",
                format!("more than {MAX_FILES} files in {}", folder.display()),
                "give the folder of one agreement",
            ));
        }
        files.push(SourceFile::new(shown(&path), read(&path)?));
    }
    let loaded = detente_formats::read_agreement(&shown(folder), files);
    match loaded.value {
        Some(agreement) => Ok(Input {
            folder: folder.to_owned(),
            agreement,
            warnings: loaded.diagnostics,
            sources: loaded.sources,
        }),
        None => {
            Err(CommandError::Input { diagnostics: loaded.diagnostics, sources: loaded.sources })
        }
    }
}

/// Reads a file of sensible size.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, CommandError> {
    let length = std::fs::metadata(path).map_err(|e| unreadable(path, &e))?.len();
    if length > MAX_FILE_BYTES as u64 {
        return Err(CommandError::Input {
            diagnostics: vec![too_large(&shown(path), length)],
            sources: Sources::default(),
        });
    }
    std::fs::read(path).map_err(|e| unreadable(path, &e))
}

/// Reads a text file of sensible size.
pub(crate) fn read_text(path: &Path) -> Result<String, CommandError> {
    String::from_utf8(read(path)?).map_err(|_| {
        CommandError::usage(
            "not-utf8",
            format!("{} is not UTF-8 text", path.display()),
            "is it the right file?",
        )
    })
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn unreadable(path: &Path, error: &std::io::Error) -> CommandError {
    CommandError::usage(
        "unreadable",
        format!("cannot read {}: {error}", path.display()),
        "check the path; an agreement is a folder with `agreement.yaml`",
    )
}

impl Input {
    /// An instrument: the one named, or the only one.
    pub(crate) fn instrument(&self, id: Option<&str>) -> Result<&Instrument, CommandError> {
        let all = &self.agreement.instruments;
        let found = match (id, all.as_slice()) {
            (Some(id), _) => self.agreement.instrument(id),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        found.ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|i| i.id.as_str()).collect();
            CommandError::usage(
                "unknown-instrument",
                id.map_or_else(
                    || "the agreement has several instruments".to_owned(),
                    |id| format!("there is no instrument `{id}`"),
                ),
                format!("--instrument takes one of: {}", known.join(", ")),
            )
        })
    }

    /// The files of an instrument that are there, as a seal lists them.
    pub(crate) fn sealed_files(
        &self,
        instrument: &Instrument,
    ) -> Result<Vec<SealedFile>, CommandError> {
        let mut out = Vec::new();
        for name in &instrument.files {
            let path = self.folder.join(name);
            if path.is_file() {
                out.push(SealedFile::of(name, &read(&path)?));
            }
        }
        Ok(out)
    }

    /// Where an instrument's signatures are kept.
    pub(crate) fn signature_path(&self, instrument: &Instrument) -> PathBuf {
        self.folder.join("signatures").join(format!("{}.sig", instrument.id))
    }

    /// Where the log is kept.
    pub(crate) fn log_path(&self) -> PathBuf {
        self.folder.join("log.jsonl")
    }

    /// The last second of a day in the agreement's time zone.
    pub(crate) fn end_of(&self, day: Date) -> Option<Timestamp> {
        let next = day.tomorrow().ok()?.to_zoned(self.agreement.zone.clone()).ok()?;
        next.timestamp().checked_sub(jiff::SignedDuration::from_nanos(1)).ok()
    }

    /// Reads the log up to a day and checks it against the agreement.
    pub(crate) fn ledger(&self, as_of: Option<Date>) -> Result<(Ledger, Chain), CommandError> {
        let mut builder = Builder::new(&self.agreement.id, as_of.and_then(|day| self.end_of(day)));
        self.feed(&mut builder)?;
        let chain = builder.chain().clone();
        let ledger = builder.finish();
        let problems = entry_problems(&self.agreement, &ledger);
        if problems.is_empty() { Ok((ledger, chain)) } else { Err(self.line_problems(&problems)) }
    }

    /// Feeds every line of the log.
    pub(crate) fn feed(&self, builder: &mut Builder) -> Result<(), CommandError> {
        let path = self.log_path();
        if !path.exists() {
            return Ok(());
        }
        let file = std::fs::File::open(&path).map_err(|e| unreadable(&path, &e))?;
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let (sender, blocks) = mpsc::sync_channel(1);
        std::thread::scope(|scope| {
            scope.spawn(move || send_blocks(file, BLOCK_BYTES, &sender));
            for block in blocks {
                let block: Vec<u8> = block.map_err(|e| unreadable(&path, &e))?;
                if block.last() != Some(&b'\n') {
                    return Err(self.line_error(
                        builder.chain().entries + 1,
                        0,
                        &block,
                        Diagnostic::error("log-cut", "this line of the log is not complete")
                            .hint("a write may have been cut short; compare with another copy before you take it off"),
                    ));
                }
                builder.lines(&block, threads).map_err(|(fault, line)| self.fault(&fault, line))?;
            }
            Ok(())
        })
    }

    fn fault(&self, fault: &Fault, line: &[u8]) -> CommandError {
        let (code, message, hint) = match &fault.kind {
            FaultKind::Malformed(why) => (
                "log-line",
                format!("this is no line of a log: {why}"),
                "lines are written by `detente agreement log add`; see docs/agreement.md",
            ),
            FaultKind::OutOfOrder => (
                "log-order",
                format!("this should be line {} of the log by its `seq`", fault.line),
                "a line was taken out, put in, or moved; compare with another copy",
            ),
            FaultKind::Unlinked => (
                "log-chain",
                "this line does not follow on the line before it".to_owned(),
                "the line before was changed after this one was written; compare with another copy",
            ),
            FaultKind::BackInTime => (
                "log-time",
                "this line was recorded before the line before it".to_owned(),
                "set the clock, or give `--at`",
            ),
        };
        self.line_error(fault.line, fault.column, line, Diagnostic::error(code, message).hint(hint))
    }

    /// An error at its place in the log.
    fn line_error(
        &self,
        number: u64,
        column: usize,
        line: &[u8],
        error: Diagnostic,
    ) -> CommandError {
        let name = shown(&self.log_path());
        let before = usize::try_from(number.saturating_sub(1)).unwrap_or(0);
        let mut sources = Sources::default();
        // Only the line itself is kept; those before it count the lines.
        let text = format!("{}{}", "\n".repeat(before), String::from_utf8_lossy(line));
        let at = (before + column).min(text.len());
        sources.insert(&name, text);
        CommandError::Input {
            diagnostics: vec![error.in_file(name).at(Span::new(at, at + 1))],
            sources,
        }
    }

    /// Lines that do not fit the agreement, as errors.
    pub(crate) fn line_problems(&self, problems: &[LineProblem]) -> CommandError {
        let name = shown(&self.log_path());
        let diagnostics = problems
            .iter()
            .take(20)
            .map(|p| {
                let place =
                    if p.line == 0 { name.clone() } else { format!("{name}, line {}", p.line) };
                Diagnostic::error(p.code, &p.message).in_file(place).hint(&p.hint)
            })
            .collect();
        CommandError::Input { diagnostics, sources: Sources::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str, size: usize) -> Vec<String> {
        let (to, blocks) = mpsc::sync_channel(text.len() + 2);
        send_blocks(text.as_bytes(), size, &to);
        drop(to);
        blocks.into_iter().map(|block| String::from_utf8(block.unwrap()).unwrap()).collect()
    }

    #[test]
    fn blocks_are_whole_lines_and_lose_none() {
        for size in 4..20 {
            for text in ["", "a\n", "a\nbb\nccc\n\n\nd\n", "abc\nabc\nabc\n", "aa\nb"] {
                let sent = blocks(text, size);
                assert_eq!(sent.concat(), text, "{size}");
                let (last, before) =
                    sent.split_last().map_or((None, &[][..]), |(l, b)| (Some(l), b));
                assert!(before.iter().all(|b| b.ends_with('\n') && b.len() <= size), "{sent:?}");
                assert!(last.is_none_or(|l| l.ends_with('\n') == text.ends_with('\n')));
            }
        }
        // A line that is longer than a block ends it, and is sent as far as it was read.
        assert_eq!(blocks("a\nbcdefgh\ni\n", 4), ["a\n", "bcde"]);
    }
}
