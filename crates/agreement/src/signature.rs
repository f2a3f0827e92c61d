//! Signatures under a seal, and the file that holds both.
//!
//! A signature file is the seal, then one block for each signature, with one
//! empty line before each block:
//!
//! ```text
//! detente-signature 1
//! seal: <sha256 of the seal's text>
//! for: skerry
//! role: party
//! standing: definitive
//! holder: Ina Voe
//! date: 2031-02-20
//! key: <Ed25519 public key>
//! signature: <Ed25519 signature over all lines of the block above>
//! ```

use crate::key::{PublicKey, SecretKey};
use crate::participant::Role;
use crate::seal::Seal;
use jiff::civil::Date;

/// First line of a signature.
const SIGNATURE_HEAD: &str = "detente-signature 1";

/// Whether a signature binds at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It binds.
    Definitive,
    /// It binds once approved at home.
    AdReferendum,
}

impl Standing {
    /// Both with the word used in files.
    pub const WORDS: [(&'static str, Self); 2] =
        [("definitive", Self::Definitive), ("ad-referendum", Self::AdReferendum)];

    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Definitive => "definitive",
            Self::AdReferendum => "ad-referendum",
        }
    }
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The SHA-256 of the seal's text.
    pub seal: String,
    /// For which participant.
    pub participant: String,
    /// In which role.
    pub role: Role,
    /// Whether it binds at once.
    pub standing: Standing,
    /// Who held the pen.
    pub holder: String,
    /// On which day, as the signer says.
    pub date: Date,
    /// With which key.
    pub key: PublicKey,
    /// The signature in hex.
    pub signature: String,
}

/// What a signer states.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'a> {
    /// For which participant.
    pub participant: &'a str,
    /// In which role.
    pub role: Role,
    /// Whether it binds at once.
    pub standing: Standing,
    /// On which day.
    pub date: Date,
}

impl Signed {
    /// Signs a seal.
    #[must_use]
    pub fn make(seal: &Seal, statement: &Statement<'_>, key: &SecretKey) -> Self {
        let mut signed = Self {
            seal: seal.sha256(),
            participant: statement.participant.to_owned(),
            role: statement.role,
            standing: statement.standing,
            holder: key.holder().to_owned(),
            date: statement.date,
            key: key.public(),
            signature: String::new(),
        };
        signed.signature = key.sign(signed.message().as_bytes());
        signed
    }

    /// The bytes that are signed.
    #[must_use]
    pub fn message(&self) -> String {
        format!(
            "{SIGNATURE_HEAD}\nseal: {}\nfor: {}\nrole: {}\nstanding: {}\nholder: {}\ndate: {}\nkey: {}\n",
            self.seal,
            self.participant,
            self.role.word(),
            self.standing.word(),
            self.holder,
            self.date,
            self.key.to_hex(),
        )
    }

    /// Whether the signature is the key's over the message.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.key.verifies(self.message().as_bytes(), &self.signature)
    }

    fn text(&self) -> String {
        format!("{}signature: {}\n", self.message(), self.signature)
    }

    fn parse(block: &str) -> Option<Self> {
        let mut lines = block.lines();
        (lines.next()? == SIGNATURE_HEAD).then_some(())?;
        let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(": ");
        let seal = field("seal")?.to_owned();
        let participant = field("for")?.to_owned();
        let role = word(&Role::WORDS, field("role")?)?;
        let standing = word(&Standing::WORDS, field("standing")?)?;
        let holder = field("holder")?.to_owned();
        let date = field("date")?.parse().ok()?;
        let key = PublicKey::parse(field("key")?)?;
        let signature = field("signature")?.to_owned();
        Some(Self { seal, participant, role, standing, holder, date, key, signature })
    }
}

fn word<T: Copy>(words: &[(&str, T)], text: &str) -> Option<T> {
    words.iter().find(|(w, _)| *w == text).map(|(_, value)| *value)
}

/// A seal with the signatures under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureFile {
    /// The seal.
    pub seal: Seal,
    /// The signatures, in the order they were added.
    pub signatures: Vec<Signed>,
}

impl SignatureFile {
    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = self.seal.text();
        for signed in &self.signatures {
            out.push('\n');
            out.push_str(&signed.text());
        }
        out
    }

    /// Reads one; absent unless it is to the byte what [`SignatureFile::text`]
    /// writes, so that no byte of it can change unnoticed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut blocks = text.split("\n\n");
        let seal = Seal::parse(&format!("{}\n", blocks.next()?.trim_end_matches('\n')))?;
        let signatures = blocks.map(Signed::parse).collect::<Option<Vec<_>>>()?;
        let file = Self { seal, signatures };
        (file.text() == text).then_some(file)
    }
}
