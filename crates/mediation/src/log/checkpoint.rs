//! Checkpoints: what a log was at a moment, for someone outside to sign and keep.
//!
//! The form is that of transparency logs ([C2SP signed notes]), so that
//! existing witnesses can sign: three lines (whose log, how many entries, the
//! last hash in base64), an empty line, and signatures in Ed25519.
//!
//! [C2SP signed notes]: https://c2sp.org/signed-note

use super::chain::{Hash32, Head};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// What the first line starts with.
const ORIGIN: &str = "detente/";
/// The signed-note number of Ed25519.
const ED25519: u8 = 1;
/// What a private key's text starts with.
const PRIVATE: &str = "PRIVATE+KEY+";

/// The end of a log at a moment, kept where whoever runs the server cannot change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The end of the log.
    pub head: Head,
    signatures: Vec<NoteSignature>,
}

/// A signature under a note.
#[derive(Debug, Clone, PartialEq, Eq)]
struct NoteSignature {
    name: String,
    key: [u8; 4],
    bytes: Vec<u8>,
}

/// A checkpoint or key that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct NoteFault {
    /// Which line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: &'static str,
}

fn fault(line: usize, what: &'static str) -> NoteFault {
    NoteFault { line, what }
}

impl Checkpoint {
    /// Of a log as it is.
    #[must_use]
    pub fn of(head: Head) -> Self {
        Self { head, signatures: Vec::new() }
    }

    /// The words that are signed.
    fn words(&self) -> String {
        let Head { talks, size, hash } = self.head;
        format!("{ORIGIN}{talks}\n{size}\n{}\n", BASE64.encode(hash.as_bytes()))
    }

    /// As it is kept: the words, and whatever signatures there are.
    #[must_use]
    pub fn to_note(&self) -> String {
        let mut note = self.words() + "\n";
        for NoteSignature { name, key, bytes } in &self.signatures {
            let both = [key.as_slice(), bytes].concat();
            note.push_str(&format!("— {name} {}\n", BASE64.encode(both)));
        }
        note
    }

    /// Reads one.
    ///
    /// # Errors
    /// A text that is none, and the line that shows it.
    pub fn from_note(text: &str) -> Result<Self, NoteFault> {
        let mut lines = (1..).zip(text.lines());
        let mut next = || lines.next().unwrap_or((text.lines().count() + 1, ""));
        let (line, origin) = next();
        let talks = origin.strip_prefix(ORIGIN).and_then(|id| id.parse().ok());
        let talks = talks.ok_or_else(|| fault(line, "expected `detente/` and the id of talks"))?;
        let (line, size) = next();
        let size = size.parse().map_err(|_| fault(line, "expected the number of entries"))?;
        let (line, hash) = next();
        let hash = BASE64.decode(hash).ok().and_then(|h| <[u8; 32]>::try_from(h).ok());
        let hash = hash.ok_or_else(|| fault(line, "expected a hash: 32 bytes in base64"))?;
        let head = Head { talks, size, hash: Hash32::from_bytes(hash) };
        let (line, empty) = next();
        if !empty.is_empty() {
            return Err(fault(line, "expected an empty line after the hash"));
        }
        let signatures = lines
            .map(|(line, text)| signature(text).ok_or_else(|| fault(line, "not a signature")))
            .collect::<Result<_, _>>()?;
        Ok(Self { head, signatures })
    }

    /// Adds a signature.
    pub fn sign(&mut self, signer: &Signer) {
        let bytes = signer.key.sign(self.words().as_bytes()).to_bytes().to_vec();
        let Witness { name, key } = signer.witness();
        let key = key_id(&name, &key);
        self.signatures.push(NoteSignature { name, key, bytes });
    }

    /// Whether a witness signed it.
    #[must_use]
    pub fn is_signed_by(&self, witness: &Witness) -> bool {
        let key = key_id(&witness.name, &witness.key);
        self.signatures.iter().filter(|s| s.name == witness.name && s.key == key).any(|s| {
            let Ok(bytes) = <[u8; 64]>::try_from(s.bytes.as_slice()) else { return false };
            let signature = Signature::from_bytes(&bytes);
            witness.key.verify_strict(self.words().as_bytes(), &signature).is_ok()
        })
    }
}

fn signature(line: &str) -> Option<NoteSignature> {
    let (name, encoded) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = BASE64.decode(encoded).ok()?;
    let (key, signature) = bytes.split_first_chunk::<4>()?;
    Some(NoteSignature { name: name.to_owned(), key: *key, bytes: signature.to_vec() })
}

fn key_id(name: &str, key: &VerifyingKey) -> [u8; 4] {
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    hash.update([b'\n', ED25519]);
    hash.update(key.as_bytes());
    let [a, b, c, d, ..] = <[u8; 32]>::from(hash.finalize());
    [a, b, c, d]
}

fn key_text(name: &str, key: &VerifyingKey, bytes: &[u8; 32]) -> String {
    let id = u32::from_be_bytes(key_id(name, key));
    format!("{name}+{id:08x}+{}", BASE64.encode([&[ED25519], bytes.as_slice()].concat()))
}

/// Splits `name+id+base64` into its name, id and 32 bytes.
fn key_parts(text: &str) -> Option<(&str, u32, [u8; 32])> {
    let (name, rest) = text.trim().split_once('+')?;
    let (id, encoded) = rest.split_once('+')?;
    let named = !name.is_empty() && !name.contains(char::is_whitespace);
    let id = u32::from_str_radix(id, 16).ok().filter(|_| named)?;
    let bytes = BASE64.decode(encoded).ok()?;
    let (kind, key) = bytes.split_first()?;
    Some((name, id, key.try_into().ok().filter(|_| *kind == ED25519)?))
}

/// Someone outside who signs checkpoints, by public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    name: String,
    key: VerifyingKey,
}

impl Witness {
    /// The name in the key.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key as text: `name+id+base64`.
    #[must_use]
    pub fn to_text(&self) -> String {
        key_text(&self.name, &self.key, self.key.as_bytes())
    }

    /// Reads a key.
    ///
    /// # Errors
    /// A text that is none.
    pub fn from_text(text: &str) -> Result<Self, NoteFault> {
        let read = || {
            let (name, id, bytes) = key_parts(text)?;
            let key = VerifyingKey::from_bytes(&bytes).ok()?;
            (u32::from_be_bytes(key_id(name, &key)) == id)
                .then(|| Self { name: name.to_owned(), key })
        };
        read().ok_or_else(|| fault(1, "not a witness's public key (`name+id+base64`)"))
    }
}

/// A witness's private key.
pub struct Signer {
    name: String,
    key: SigningKey,
}

impl Signer {
    /// Makes a key from 32 random bytes; `None` for a name with spaces or `+`.
    #[must_use]
    pub fn new(name: &str, random: [u8; 32]) -> Option<Self> {
        let bad = name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '+');
        (!bad).then(|| Self { name: name.to_owned(), key: SigningKey::from_bytes(&random) })
    }

    /// The public part.
    #[must_use]
    pub fn witness(&self) -> Witness {
        Witness { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// The key as text, to be kept secret.
    #[must_use]
    pub fn to_text(&self) -> String {
        let text = key_text(&self.name, &self.key.verifying_key(), self.key.as_bytes());
        format!("{PRIVATE}{text}")
    }

    /// Reads a key.
    ///
    /// # Errors
    /// A text that is none.
    pub fn from_text(text: &str) -> Result<Self, NoteFault> {
        let read = || {
            let (name, id, bytes) = key_parts(text.trim().strip_prefix(PRIVATE)?)?;
            let signer = Self::new(name, bytes)?;
            (u32::from_be_bytes(key_id(name, &signer.key.verifying_key())) == id).then_some(signer)
        };
        read().ok_or_else(|| fault(1, "not a witness's private key (`PRIVATE+KEY+name+id+base64`)"))
    }
}
