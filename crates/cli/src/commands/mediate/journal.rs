//! What was asked and said, kept line by line, so that a mediation that is
//! broken off at any moment goes on where it was.

use crate::error::CommandError;
use crate::output;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

/// One line of the file.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// What was asked.
    asked: String,
    /// What was typed.
    said: String,
}

/// Earlier answers first, then the keyboard.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    /// Begun with the first answer: who says nothing leaves nothing behind.
    file: Option<File>,
    /// What the answers belong to: the first line.
    about: String,
    earlier: VecDeque<Entry>,
    kept: usize,
}

/// What an answer can be.
pub(super) enum Said<T> {
    /// This.
    Answer(T),
    /// The keyboard is closed: go on another time.
    Stop,
}

impl Journal {
    /// Opens a file, or one to be. A last line that was cut off while it was
    /// written is dropped; anything else that is no journal of this mediation
    /// is refused, and left as it is.
    pub(super) fn open(path: &Path, about: &str) -> Result<Self, CommandError> {
        let broken = |what: String| {
            CommandError::usage(
                "bad-answers",
                format!("{}: {what}", path.display()),
                "name another file with --answers, or move this one away",
            )
        };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(broken(error.to_string())),
        };
        let head = line(about, "")?;
        let mut whole = text.rfind('\n').map_or(0, |end| end + 1);
        // Written whole but for the line break: it was answered.
        let unended = serde_json::from_str::<Entry>(&text[whole..]).is_ok();
        if unended {
            whole = text.len();
        }
        let mut earlier = VecDeque::new();
        for (number, line) in text[..whole].lines().enumerate() {
            let entry: Entry = serde_json::from_str(line)
                .map_err(|error| broken(format!("line {}: {error}", number + 1)))?;
            earlier.push_back(entry);
        }
        let kept = match earlier.pop_front() {
            Some(first) if first.asked == about => 1,
            Some(_) => return Err(broken("these are the answers of another mediation".into())),
            // Broken off within the first line of ours, or nothing of ours.
            None if head.starts_with(&text) => 0,
            None => return Err(broken("this is no file of answers".into())),
        };
        let file = match kept {
            0 => None,
            _ => {
                let mut file = OpenOptions::new().append(true).open(path)?;
                file.set_len(whole as u64)?;
                if unended {
                    file.write_all(b"\n")?;
                }
                Some(file)
            }
        };
        Ok(Self { path: path.to_owned(), file, about: about.into(), earlier, kept })
    }

    /// Whether no answer was ever given.
    pub(super) fn is_blank(&self) -> bool {
        self.file.is_none()
    }

    /// How many answers there are from earlier that were not come to yet.
    pub(super) fn left(&self) -> usize {
        self.earlier.len()
    }

    /// Asks until `read` takes the answer: an earlier one, or what is typed.
    pub(super) fn ask<T>(
        &mut self,
        asked: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Said<T>, CommandError> {
        if let Some(entry) = self.earlier.pop_front() {
            if entry.asked != asked {
                return Err(CommandError::usage(
                    "bad-answers",
                    format!(
                        "{}, line {}: this answers another question than is asked now",
                        self.path.display(),
                        self.kept + 1
                    ),
                    "the scenario, the options or the program were changed since; begin anew with another --answers file",
                ));
            }
            self.kept += 1;
            return read(&entry.said).map(Said::Answer).map_err(|error| {
                CommandError::usage(
                    "bad-answers",
                    format!("{}, line {}: {error}", self.path.display(), self.kept),
                    "mend that line, or begin anew with another --answers file",
                )
            });
        }
        loop {
            let mut line = String::new();
            if std::io::stdin().lock().read_line(&mut line)? == 0 {
                return Ok(Said::Stop);
            }
            match read(line.trim()) {
                Ok(answer) => {
                    self.keep(asked, line.trim())?;
                    return Ok(Said::Answer(answer));
                }
                Err(error) => super::tell(&error),
            }
        }
    }

    fn keep(&mut self, asked: &str, said: &str) -> Result<(), CommandError> {
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                // A file with less than one whole line holds nothing.
                let mut options = OpenOptions::new();
                options.write(true).create(true).truncate(true);
                let mut file = output::private(&mut options).open(&self.path)?;
                file.write_all(line(&self.about, "")?.as_bytes())?;
                self.kept += 1;
                self.file.insert(file)
            }
        };
        // One write, and on the disk before anything follows from it.
        file.write_all(line(asked, said)?.as_bytes())?;
        file.sync_data()?;
        self.kept += 1;
        Ok(())
    }
}

fn line(asked: &str, said: &str) -> Result<String, CommandError> {
    let entry = Entry { asked: asked.into(), said: said.into() };
    let mut line =
        serde_json::to_string(&entry).map_err(|error| CommandError::failed(error.to_string()))?;
    line.push('\n');
    Ok(line)
}
