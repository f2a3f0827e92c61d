//! Ed25519 keys (RFC 8032), held offline by the people who sign.

use crate::digest::{hex, sha256_hex, unhex};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use std::fmt;

/// A public key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// From 64 lower-case hex digits; absent when they are no key one may trust.
    ///
    /// A key of small order, under which a signature can be made to fit any
    /// message, is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let key = VerifyingKey::from_bytes(&unhex(text)?).ok()?;
        (!key.is_weak()).then_some(Self(key))
    }

    /// As 64 hex digits.
    #[must_use]
    pub fn to_hex(&self) -> String {
        hex(self.0.as_bytes())
    }

    /// Sixteen digits of its SHA-256 in groups, to be read out over the telephone.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest = sha256_hex(self.0.as_bytes());
        let groups: Vec<&str> =
            (0..4).filter_map(|group| digest.get(4 * group..4 * group + 4)).collect();
        groups.join(" ")
    }

    /// Whether a signature (128 hex digits) is this key's over a message.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &str) -> bool {
        unhex(signature).is_some_and(|bytes| {
            self.0.verify_strict(message, &Signature::from_bytes(&bytes)).is_ok()
        })
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.to_hex())
    }
}

/// A secret key; wiped from memory when dropped.
pub struct SecretKey {
    holder: String,
    key: SigningKey,
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey of {}", self.holder)
    }
}

const SECRET_HEAD: &str = "detente-secret-key 1";

impl SecretKey {
    /// From 32 random bytes; where they come from is the caller's care.
    #[must_use]
    pub fn from_seed(holder: &str, seed: &[u8; 32]) -> Self {
        Self { holder: holder.to_owned(), key: SigningKey::from_bytes(seed) }
    }

    /// Who holds it.
    #[must_use]
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.key.verifying_key())
    }

    /// The signature over a message, in hex.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> String {
        hex(&self.key.sign(message).to_bytes())
    }

    /// The key as the text of its file.
    #[must_use]
    pub fn to_file(&self) -> String {
        let (holder, public) = (&self.holder, self.public().to_hex());
        let secret = hex(&self.key.to_bytes());
        format!("{SECRET_HEAD}\nholder: {holder}\npublic: {public}\nsecret: {secret}\n")
    }

    /// The key from the text of its file.
    #[must_use]
    pub fn from_file(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        (lines.next()? == SECRET_HEAD).then_some(())?;
        let holder = lines.next()?.strip_prefix("holder: ")?;
        let public = lines.next()?.strip_prefix("public: ")?;
        let seed = unhex(lines.next()?.strip_prefix("secret: ")?)?;
        let key = Self::from_seed(holder, &seed);
        (key.public().to_hex() == public && lines.next().is_none()).then_some(key)
    }
}
