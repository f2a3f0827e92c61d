//! What a line of the log can say.

use crate::moment::Moment;
use detente_model::Number;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

/// A number as it was written; exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount(pub Number);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(text) => text,
            serde_json::Value::Number(number) => number.to_string(),
            _ => return Err(D::Error::custom("a quantity is a number")),
        };
        Number::parse(&text).map(Self).map_err(D::Error::custom)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_exact_string())
    }
}

/// Somebody alleges something: never more than that.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// Who alleges it.
    pub alleged_by: String,
    /// Where that was said, outermost source first.
    #[serde(default)]
    pub chain: Vec<String>,
    /// The claim of a record of talks it was taken from.
    #[serde(default)]
    pub record_claim: Option<String>,
    /// The obligations it is about.
    #[serde(default)]
    pub about: Vec<String>,
    /// Whom it names.
    #[serde(default)]
    pub against: Option<String>,
    /// What is alleged, in the words of whoever alleges it.
    pub says: String,
    /// When it is said to have happened.
    #[serde(default)]
    pub happened: Option<Moment>,
    /// When it was said.
    #[serde(default)]
    pub reported: Option<Moment>,
    /// Where.
    #[serde(default)]
    pub zone: Option<String>,
}

/// What counting claims needs of one.
#[derive(Debug, Deserialize)]
pub struct ClaimBrief<'a> {
    /// Its id.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// The obligations it is about.
    #[serde(borrow, default)]
    pub about: Vec<Borrowed<'a>>,
}

/// A string that is borrowed where it stands as it is (a bare `Cow` in a list
/// would be copied).
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Borrowed<'a>(#[serde(borrow)] pub Cow<'a, str>);

/// Claims a person took to be about one event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// Its id.
    pub id: String,
    /// Its title, neutral.
    pub title: String,
    /// The claims.
    pub claims: Vec<String>,
    /// Who put them together.
    pub clustered_by: String,
    /// When it was opened.
    pub opened: Moment,
    /// Where.
    #[serde(default)]
    pub zone: Option<String>,
}

/// Further claims taken to be about the same event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentClaims {
    /// The incident.
    pub incident: String,
    /// The claims.
    pub claims: Vec<String>,
    /// Who added them.
    pub clustered_by: String,
}

/// What happened at a stage of an examination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Examined {
    /// It began.
    Begun,
    /// It is done.
    Done,
    /// Access was denied.
    AccessDenied,
    /// It was left out, with the reason in the note.
    LeftOut,
}

/// Something at a stage of an examination.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ExaminationStep {
    /// The incident.
    pub incident: String,
    /// The stage of the pipeline.
    pub stage: String,
    /// What happened.
    pub what: Examined,
    /// When.
    pub on: Moment,
    /// By whom.
    pub by: String,
    /// Who denied access, as said by whoever carried it out.
    #[serde(default)]
    pub denied_by: Option<String>,
    /// What else.
    #[serde(default)]
    pub note: Option<String>,
}

/// What a body found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingResult {
    /// An obligation was not kept.
    NotKept,
    /// It was kept.
    Kept,
    /// It was not kept by accident.
    Accidental,
    /// It was not kept; by whom cannot be said.
    Unattributable,
    /// It cannot be said.
    Inconclusive,
    /// It could not be examined: access was denied.
    AccessDenied,
}

/// How a body voted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// Votes for the finding.
    #[serde(rename = "for")]
    pub in_favour: u32,
    /// Votes against it.
    pub against: u32,
    /// Abstentions.
    #[serde(default)]
    pub abstained: u32,
}

/// How sure a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

/// To whom a body attributes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Attribution {
    /// To whom.
    pub to: String,
    /// How surely.
    pub confidence: Confidence,
}

/// Who may read a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Publication {
    /// It was published.
    Published,
    /// It goes to those it was told to, and no further.
    Withheld,
    /// Not decided.
    Undecided,
}

/// What a body found about an incident.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Its id.
    pub id: String,
    /// The incident.
    pub incident: String,
    /// The body.
    pub body: String,
    /// When.
    pub on: Moment,
    /// About which obligations.
    pub about: Vec<String>,
    /// What.
    pub result: FindingResult,
    /// In its words.
    pub says: String,
    /// Its vote, where there was one.
    #[serde(default)]
    pub vote: Option<Vote>,
    /// To whom it attributes it.
    #[serde(default)]
    pub attribution: Option<Attribution>,
    /// What a minority held.
    #[serde(default)]
    pub minority: Option<String>,
    /// Who was told.
    #[serde(default)]
    pub told: Vec<String>,
    /// Who may read it.
    pub publication: Publication,
}

/// A bearer declares that it did something.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Performance {
    /// The obligation.
    pub obligation: String,
    /// When.
    pub on: Moment,
    /// Who says so.
    pub declared_by: String,
    /// How many.
    #[serde(default)]
    pub quantity: Option<Amount>,
    /// What else.
    #[serde(default)]
    pub note: Option<String>,
}

/// What a check showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckOutcome {
    /// It was done.
    Verified,
    /// That it was done could not be verified.
    NotVerified,
    /// There was no access: nothing can be said.
    NoAccess,
}

/// A verifier checked something.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The obligation.
    pub obligation: String,
    /// When.
    pub on: Moment,
    /// Who.
    pub by: String,
    /// With which outcome.
    pub outcome: CheckOutcome,
    /// How many were verified.
    #[serde(default)]
    pub quantity: Option<Amount>,
    /// What else.
    #[serde(default)]
    pub note: Option<String>,
}

/// An assessor's score, 0 (not begun) to 3 (complete), or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// The obligation.
    pub obligation: String,
    /// When.
    pub on: Moment,
    /// Who.
    pub assessor: String,
    /// The score.
    #[serde(default)]
    pub score: Option<u8>,
    /// Why it cannot be assessed ("no access").
    #[serde(default)]
    pub not_assessable: Option<String>,
    /// Why that score.
    #[serde(default)]
    pub reason: Option<String>,
    /// On what evidence.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// The assessors who agreed on it, where it reconciles two scores.
    #[serde(default)]
    pub reconciles: Vec<String>,
}

/// A named event occurred.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Occurred {
    /// The event.
    pub event: String,
    /// When.
    pub on: Moment,
    /// What else.
    #[serde(default)]
    pub note: Option<String>,
}

/// The sides agree that something may differ for a time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// Its id.
    pub id: String,
    /// The obligation.
    pub obligation: String,
    /// Who agreed: at least two.
    pub agreed_by: Vec<String>,
    /// From when.
    pub from: Moment,
    /// Until when; every deviation ends.
    pub until: Moment,
    /// What may differ.
    pub terms: String,
}

/// Obligations are suspended.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// Its id.
    pub id: String,
    /// Which.
    pub obligations: Vec<String>,
    /// The first day.
    pub from: Moment,
    /// The last day; open when absent.
    #[serde(default)]
    pub until: Option<Moment>,
    /// By whom.
    pub by: String,
    /// Under which dispute.
    #[serde(default)]
    pub dispute: Option<String>,
}

/// A suspension ends.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Resumption {
    /// Which.
    pub suspension: String,
    /// The first day on which the obligations run again.
    pub on: Moment,
}

/// More time was agreed, for an obligation or for a step of a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Extended {
    /// The obligation.
    #[serde(default)]
    pub obligation: Option<String>,
    /// The dispute and its step.
    #[serde(default)]
    pub dispute: Option<(String, String)>,
    /// How many days more.
    pub days: u32,
    /// Who agreed.
    pub agreed_by: Vec<String>,
    /// When.
    pub on: Moment,
}

/// A ladder was triggered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// Its id.
    pub id: String,
    /// The ladder.
    pub remedy: String,
    /// About which obligations.
    pub about: Vec<String>,
    /// By whom.
    pub by: String,
    /// When.
    pub on: Moment,
    /// In the words of whoever triggered it.
    pub says: String,
}

/// A dispute was taken to a step.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeStep {
    /// The dispute.
    pub dispute: String,
    /// The step.
    pub step: String,
    /// By whom.
    pub by: String,
    /// When.
    pub on: Moment,
}

/// How a dispute ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settled {
    /// The sides settled it.
    Settled,
    /// It was withdrawn.
    Withdrawn,
    /// A forum decided it.
    Decided,
}

/// A dispute ended.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeEnd {
    /// The dispute.
    pub dispute: String,
    /// How.
    pub how: Settled,
    /// When.
    pub on: Moment,
    /// In which words.
    #[serde(default)]
    pub note: Option<String>,
}

/// What a body at home decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RatificationOutcome {
    /// It approved.
    Approved,
    /// It refused.
    Refused,
    /// The approval was deposited.
    Deposited,
}

impl RatificationOutcome {
    /// The word shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Deposited => "approved and deposited",
        }
    }
}

/// An approval at home, or its refusal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Ratified {
    /// The instrument.
    pub instrument: String,
    /// The party.
    pub party: String,
    /// The body.
    pub body: String,
    /// What it decided.
    pub outcome: RatificationOutcome,
    /// When.
    pub on: Moment,
}

/// An earlier line no longer counts; it stays in the log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The line.
    pub strikes: u64,
    /// Why.
    pub why: String,
}

macro_rules! entries {
    ($($word:literal => $name:ident($type:ty),)*) => {
        /// What a line says.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each variant holds the type that documents it")]
        pub enum Entry { $($name($type),)* }

        /// The kinds of lines.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each names the type that documents it")]
        pub enum Kind { $($name,)* }

        impl Kind {
            /// Every kind with its word.
            pub const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$name),)*];

            /// Reads an entry of this kind.
            ///
            /// # Errors
            /// With the JSON reader's complaint.
            pub fn read(self, json: &str) -> Result<Entry, serde_json::Error> {
                match self { $(Self::$name => serde_json::from_str(json).map(Entry::$name),)* }
            }
        }

        impl Entry {
            /// Its kind's word.
            #[must_use]
            pub fn word(&self) -> &'static str {
                match self { $(Self::$name(_) => $word,)* }
            }
        }
    };
}

entries! {
    "claim" => Claim(Claim),
    "incident" => Incident(Incident),
    "incident-claims" => IncidentClaims(IncidentClaims),
    "examination" => Examination(ExaminationStep),
    "finding" => Finding(Finding),
    "performance" => Performance(Performance),
    "check" => Check(Check),
    "assessment" => Assessment(Assessment),
    "event" => Occurred(Occurred),
    "deviation" => Deviation(Deviation),
    "suspension" => Suspension(Suspension),
    "resumption" => Resumption(Resumption),
    "extension" => Extended(Extended),
    "dispute" => Dispute(Dispute),
    "dispute-step" => DisputeStep(DisputeStep),
    "dispute-end" => DisputeEnd(DisputeEnd),
    "ratification" => Ratified(Ratified),
    "correction" => Correction(Correction),
}

impl Claim {
    /// A claim of a record of talks, as it stands there, about some obligations.
    #[must_use]
    pub fn from_record(
        record: &detente_record::Record,
        claim: &detente_record::Claim,
        about: &[String],
    ) -> Self {
        let name = |id: &String| {
            record.sources.iter().find(|s| s.id == *id).map_or(id.clone(), |s| s.name.clone())
        };
        let chain: Vec<String> = claim.chain.iter().map(name).collect();
        let day = |when: &Option<detente_record::When>| {
            when.as_ref().filter(|w| w.is_one_day()).and_then(|w| w.from).map(Moment::on)
        };
        Self {
            id: claim.id.clone(),
            alleged_by: chain.last().cloned().unwrap_or_default(),
            chain,
            record_claim: Some(claim.id.clone()),
            about: about.to_vec(),
            against: None,
            says: claim.says.clone(),
            happened: day(&claim.happened),
            reported: day(&claim.reported),
            zone: None,
        }
    }
}
