//! Tokens: 256 random bits, shown once, kept as a hash.

use crate::edge::{Edge, NoRandomness};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// A secret that opens a door.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Zeroizing<[u8; 32]>);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// Without randomness.
    pub fn new(edge: &dyn Edge) -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new([0; 32]);
        edge.fill(&mut *bytes)?;
        Ok(Self(bytes))
    }

    /// As it stands in a link or a cookie.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(*self.0))
    }

    /// Back from a link or a cookie.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
        bytes.as_slice().try_into().ok().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// What is kept of it. A token has 256 bits, so a plain hash cannot be searched.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(*self.0).into()
    }

    /// A value only the holder of the token and the server can make, for one purpose.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> String {
        URL_SAFE_NO_PAD.encode(keyed_hash(&self.0, purpose, b""))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

/// HMAC-SHA-256 with the purpose kept apart from the data.
pub(crate) fn keyed_hash(key: &[u8; 32], purpose: &str, data: &[u8]) -> [u8; 32] {
    let mut mac = match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mac) => mac,
        Err(_) => unreachable!("HMAC takes keys of any length"),
    };
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(data);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::System;

    #[test]
    fn tokens_survive_text_and_bad_ones_do_not() {
        let token = Token::new(&System::new()).unwrap();
        assert_eq!(Token::from_text(&token.to_text()), Some(token.clone()));
        assert_eq!(token.to_text().len(), 43);
        for bad in ["", "x", &token.to_text()[1..], "é", &format!("{}A", *token.to_text())] {
            assert_eq!(Token::from_text(bad), None, "{bad}");
        }
        assert_ne!(token.derive("a"), token.derive("b"));
        assert_eq!(format!("{token:?}"), "Token(..)");
    }
}
