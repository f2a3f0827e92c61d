//! What a signature covers, to the byte: the seal of an instrument.
//!
//! A seal lists every file the instrument consists of with its length and
//! SHA-256. It is plain text with one spelling, so that `sha256sum` and any
//! Ed25519 library can check a signed agreement without us:
//!
//! ```text
//! detente-seal 1
//! agreement: three-lights
//! instrument: main
//! file: <sha256> <bytes> agreement.yaml
//! ```
//!
//! Every line ends in one line feed. Files stand in the order of their paths'
//! bytes. Contents are hashed as they are: nothing is normalised.

use crate::digest::{sha256_hex, unhex};
use std::fmt::Write;

/// First line of a seal.
pub(crate) const SEAL_HEAD: &str = "detente-seal 1";

/// One file under a seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedFile {
    /// Path relative to the agreement's folder, with `/` between parts.
    pub path: String,
    /// Its length in bytes.
    pub bytes: usize,
    /// Its SHA-256 in hex.
    pub sha256: String,
}

impl SealedFile {
    /// The entry for a file of this content.
    #[must_use]
    pub fn of(path: &str, content: &[u8]) -> Self {
        Self { path: path.to_owned(), bytes: content.len(), sha256: sha256_hex(content) }
    }
}

/// The seal of one instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The agreement's id.
    pub agreement: String,
    /// The instrument's id.
    pub instrument: String,
    /// Its files, in the order of their paths.
    pub files: Vec<SealedFile>,
}

impl Seal {
    /// The seal over these files.
    #[must_use]
    pub fn new(agreement: &str, instrument: &str, mut files: Vec<SealedFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        Self { agreement: agreement.to_owned(), instrument: instrument.to_owned(), files }
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!(
            "{SEAL_HEAD}\nagreement: {}\ninstrument: {}\n",
            self.agreement, self.instrument
        );
        for file in &self.files {
            let _ = writeln!(out, "file: {} {} {}", file.sha256, file.bytes, file.path);
        }
        out
    }

    /// The SHA-256 of its text: what signatures name, and what one may read
    /// out to compare.
    #[must_use]
    pub fn sha256(&self) -> String {
        sha256_hex(self.text().as_bytes())
    }

    /// Reads a seal; absent unless the text is exactly what [`Seal::text`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        (lines.next()? == SEAL_HEAD).then_some(())?;
        let agreement = lines.next()?.strip_prefix("agreement: ")?;
        let instrument = lines.next()?.strip_prefix("instrument: ")?;
        let mut files = Vec::new();
        for line in lines {
            let mut parts = line.strip_prefix("file: ")?.splitn(3, ' ');
            let (sha256, bytes, path) = (parts.next()?, parts.next()?, parts.next()?);
            unhex::<32>(sha256)?;
            files.push(SealedFile {
                path: path.to_owned(),
                bytes: bytes.parse().ok()?,
                sha256: sha256.to_owned(),
            });
        }
        let seal = Self::new(agreement, instrument, files);
        (seal.text() == text).then_some(seal)
    }
}
