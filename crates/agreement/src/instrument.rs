//! Signed instruments: an agreement is a family of them.

use crate::key::PublicKey;
use jiff::civil::Date;

/// What an instrument is within its family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InstrumentKind {
    /// The main text.
    Main,
    /// An annex to another.
    Annex,
    /// A protocol.
    Protocol,
    /// A side letter.
    SideLetter,
    /// An amendment.
    Amendment,
}

impl InstrumentKind {
    /// Every kind with the word used in files.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("main", Self::Main),
        ("annex", Self::Annex),
        ("protocol", Self::Protocol),
        ("side_letter", Self::SideLetter),
        ("amendment", Self::Amendment),
    ];

    /// The words shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Main => "main text",
            Self::Annex => "annex",
            Self::Protocol => "protocol",
            Self::SideLetter => "side letter",
            Self::Amendment => "amendment",
        }
    }
}

/// How far along a peace process an instrument stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Talks about talks.
    PreNegotiation,
    /// A small first agreement.
    Interim,
    /// Principles for what is to come.
    Framework,
    /// The broad agreement.
    Comprehensive,
    /// How an agreement is carried out.
    Implementation,
    /// An earlier agreement taken up again.
    Renewal,
}

impl Stage {
    /// Every stage with the word used in files.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("pre_negotiation", Self::PreNegotiation),
        ("interim", Self::Interim),
        ("framework", Self::Framework),
        ("comprehensive", Self::Comprehensive),
        ("implementation", Self::Implementation),
        ("renewal", Self::Renewal),
    ];

    /// The words shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PreNegotiation => "pre-negotiation",
            Self::Interim => "interim",
            Self::Framework => "framework",
            Self::Comprehensive => "comprehensive",
            Self::Implementation => "implementation",
            Self::Renewal => "renewal",
        }
    }
}

/// A clause, in each of its languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its id within the instrument; stable for ever.
    pub id: String,
    /// Its heading.
    pub title: Option<String>,
    /// Its text by language.
    pub texts: Vec<(String, String)>,
    /// The clause of an earlier instrument it takes the place of (`main#3`).
    pub replaces: Option<String>,
}

impl Clause {
    /// The SHA-256 of the text in a language, as 64 lower-case hex digits.
    #[must_use]
    pub fn text_sha256(&self, language: &str) -> Option<String> {
        let (_, text) = self.texts.iter().find(|(l, _)| l == language)?;
        Some(crate::digest::sha256_hex(text.as_bytes()))
    }
}

/// Whose keys sign for one participant, and how many of them together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// For whom they sign.
    pub participant: String,
    /// How many of the keys must sign.
    pub threshold: usize,
    /// The keys, each with who holds it.
    pub keys: Vec<(String, PublicKey)>,
    /// Whether they may sign only subject to approval at home.
    pub ad_referendum_only: bool,
}

/// An approval at home that an instrument waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratification {
    /// Whose.
    pub party: String,
    /// By which body.
    pub body: String,
    /// By when, if that was agreed.
    pub by: Option<Date>,
}

/// One signed (or to be signed) document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: InstrumentKind,
    /// How far along it stands.
    pub stage: Stage,
    /// Its parties, by id.
    pub parties: Vec<String>,
    /// Its witnesses.
    pub witnesses: Vec<String>,
    /// Its guarantors.
    pub guarantors: Vec<String>,
    /// Its depositary.
    pub depositary: Option<String>,
    /// The languages it is in.
    pub languages: Vec<String>,
    /// Which of them are authentic; all when none is named.
    pub authentic: Vec<String>,
    /// The day it was signed.
    pub signed: Option<Date>,
    /// The day it took effect.
    pub effective: Option<Date>,
    /// The day it ended.
    pub terminated: Option<Date>,
    /// What it amends, by id.
    pub amends: Vec<String>,
    /// What it takes the place of, by id.
    pub supersedes: Vec<String>,
    /// Who signs for whom.
    pub mandates: Vec<Mandate>,
    /// Which approvals at home it waits for.
    pub ratifications: Vec<Ratification>,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// The files its signatures cover: the one it is written in first, then
    /// those it names. Paths relative to the agreement's folder.
    pub files: Vec<String>,
}

impl Instrument {
    /// A clause by its id.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|c| c.id == id)
    }

    /// The mandate for a participant.
    #[must_use]
    pub fn mandate(&self, participant: &str) -> Option<&Mandate> {
        self.mandates.iter().find(|m| m.participant == participant)
    }

    /// The languages that bind: those named authentic, or else all.
    #[must_use]
    pub fn binding_languages(&self) -> &[String] {
        if self.authentic.is_empty() { &self.languages } else { &self.authentic }
    }
}
