//! Every sentence of our own that speaks about what sides did, in one place.
//!
//! A sentence that says something was not kept names who says so; a test goes
//! through all of them. Loaded words stand nowhere else in our code.

macro_rules! sentences {
    ($($(#[doc = $doc:literal])+ $name:ident => $template:literal,)*) => {
        /// A sentence with places to fill in, written `{place}`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Sentence { $($(#[doc = $doc])+ $name,)* }

        impl Sentence {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The sentence with its places.
            #[must_use]
            pub fn template(self) -> &'static str {
                match self { $(Self::$name => $template,)* }
            }
        }
    };
}

impl Sentence {
    /// The sentence with its places filled in.
    #[must_use]
    pub fn fill(self, values: &[(&str, &str)]) -> String {
        let mut out = String::new();
        let mut rest = self.template();
        while let Some(open) = rest.find('{') {
            let Some(length) = rest[open..].find('}') else { break };
            let name = &rest[open + 1..open + length];
            out.push_str(&rest[..open]);
            out.push_str(values.iter().find(|(n, _)| *n == name).map_or("—", |(_, v)| v));
            rest = &rest[open + length + 1..];
        }
        out.push_str(rest);
        out
    }
}

sentences! {
    // Signatures.
    /// The signature file is not what we write.
    SignatureFileMalformed => "the signature file is not, to the byte, what the format asks",
    /// The seal names another agreement or instrument.
    SealOfAnother => "the seal is of instrument {instrument} of agreement {agreement}, not of this one",
    /// A file is not as it was sealed.
    FileChanged => "the file {path} is not the one that was sealed",
    /// A sealed file is gone.
    FileMissing => "the sealed file {path} is not there",
    /// A file of the instrument is not under its seal.
    FileNotSealed => "the file {path} belongs to the instrument and is not under its seal",
    /// The seal lists a file the instrument does not name.
    FileNotOfInstrument => "the seal lists {path}, which the instrument does not name",
    /// A signature does not fit.
    SignatureDoesNotFit => "the signature of {holder} for {participant} does not fit the seal",
    /// A key is in no mandate.
    KeyNotInMandate => "the key of {holder} is not in the mandate of {participant}",
    /// A key's holder is another in the mandate.
    HolderNotInMandate => "the mandate of {participant} gives the key of {holder} to somebody else",
    /// The role is not the participant's.
    RoleNotInInstrument => "{holder} signed for {participant} in a role it does not have here",
    /// Signed more than the mandate allows.
    BeyondMandate => "{holder} signed definitively; the mandate of {participant} is ad referendum only",
    /// One key signed twice.
    SignedTwice => "the key of {holder} signed twice for {participant}",
    // What is due.
    /// Waits for its trigger.
    Waiting => "has not begun: waits for {what}",
    /// Blocked by a condition.
    Blocked => "blocked: its own trigger has come, and it waits for {what}",
    /// Blocked by its group.
    BlockedByGroup => "blocked: begins together with {what}",
    /// Opens later.
    NotYet => "opens on {day}",
    /// Due.
    Due => "due by {day}",
    /// In force without an end.
    InForce => "in force since {day}",
    /// In grace.
    Grace => "past its day, {due}; grace until {day}",
    /// Nothing recorded after the day.
    PastItsDay => "past its day, {day}: no declaration or check in this record says that all of it was done; this does not say that it was not done",
    /// Declared done.
    Done => "done on {day}, as declared by {by}",
    /// Declared done late.
    DoneLate => "done on {day}, as declared by {by}; it was due by {due}",
    /// Suspended.
    Suspended => "suspended since {day} by {by}",
    /// Differs by agreement.
    Deviates => "differs by agreement of {by} until {day}: {terms}",
    /// Ended.
    Ended => "ended on {day}",
    /// A period with too few.
    PeriodShort => "{done} of {times} recorded in the period from {from} to {to}",
    // Verification.
    /// Not checked.
    NotChecked => "not checked",
    /// Verified.
    Verified => "verified by {by} on {day}",
    /// In part.
    VerifiedInPart => "{quantity} verified by {by} up to {day}",
    /// Not verified.
    NotVerified => "{by} could not verify it on {day}; this does not say that it was not done",
    /// No access.
    NoAccess => "not assessable: {by} had no access on {day}; this does not say that it was not done",
    // Assessment.
    /// No assessor has scored it.
    NotAssessed => "not assessed",
    /// Cannot be assessed.
    NotAssessable => "not assessable ({why}), says {by}; this does not say that it was not done",
    /// One score.
    OneAssessor => "{score} of 3, by {by} alone",
    /// Two scores that agree, or are reconciled.
    Reconciled => "{score} of 3, agreed by {by}",
    /// Scores that differ.
    NotReconciled => "not reconciled: {scores}",
    // Claims, incidents, findings.
    /// A claim.
    Alleged => "alleged by {by}: “{says}”",
    /// A claim against somebody.
    AllegedAgainst => "alleged by {by}, naming {against}: “{says}”",
    /// An incident.
    ClusteredBy => "{claims} put together by {by}",
    /// No finding.
    NoFinding => "no body has found anything",
    /// Found not kept.
    FoundNotKept => "{body} found on {day} that it was not kept: “{says}”",
    /// Found kept.
    FoundKept => "{body} found on {day} that it was kept: “{says}”",
    /// Found accidental.
    FoundAccidental => "{body} found on {day} that it was not kept, by accident: “{says}”",
    /// Found unattributable.
    FoundUnattributable => "{body} found on {day} that it was not kept, and could not say by whom: “{says}”",
    /// Found inconclusive.
    FoundInconclusive => "{body} could not conclude on {day}: “{says}”",
    /// Access denied.
    FoundAccessDenied => "{body} could not examine it; on {day} it recorded that access was denied: “{says}”",
    /// Attribution.
    AttributedBy => "{body} attributes it to {to}, with {confidence} confidence",
    /// Minority.
    MinorityOf => "a minority of {body} held: “{says}”",
    /// Vote.
    VoteOf => "vote of {body}: {for} for, {against} against, {abstained} abstained",
    /// Who knows.
    ToldTo => "told: {told}; {publication}",
    /// Access denied at a stage.
    AccessDeniedAt => "access denied by {denied} on {day}, as recorded by {by}",
    /// A stage.
    StageBegun => "begun by {by} on {day}",
    /// A stage.
    StageDone => "done by {by} on {day}",
    /// A stage.
    StageLeftOut => "left out by {by} on {day}: {note}",
    /// A stage that is late.
    StageLate => "nothing recorded; its time ran out on {day}",
    /// A stage that runs.
    StageOpen => "open until {day}",
    // Disputes.
    /// None.
    NoDispute => "none",
    /// Open.
    DisputeOpen => "{by} took it to {forum} on {day}; the clock runs out on {end}",
    /// Run out.
    DisputeRunOut => "{by} took it to {forum} on {day}; the clock ran out on {end}",
    /// Ended.
    DisputeOver => "over since {day}: {how}",
    /// A clock ran out: next.
    SilentNext => "if nobody acts, it may be taken further",
    /// A clock ran out: lapses.
    SilentLapses => "if nobody acts, the matter ends",
    /// A clock ran out: restored.
    SilentRestores => "unless the forum decides otherwise, this comes back: {what}",
    /// A clock ran out: suspended.
    SilentSuspends => "if nobody acts, these are suspended: {what}",
}

/// Words that allege something by themselves.
pub const LOADED: [&str; 12] = [
    "violat",
    "breach",
    "not kept",
    "non-compliance",
    "noncompliance",
    "failed to",
    "guilty",
    "broke ",
    "infring",
    "illegal",
    "cheat",
    "default by",
];

/// The places that name who says so.
pub const SOURCES: [&str; 2] = ["{by}", "{body}"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sentence_alleges_anything_without_naming_who_says_so() {
        for sentence in Sentence::ALL {
            let template = sentence.template();
            let lower = template.to_lowercase();
            if LOADED.iter().any(|word| lower.contains(word)) {
                let named = SOURCES.iter().any(|source| template.contains(source));
                assert!(named, "{sentence:?} names no source: {template}");
            }
            // Quoted words are somebody's.
            if template.contains('“') {
                assert!(SOURCES.iter().any(|s| template.contains(s)), "{sentence:?}");
            }
        }
    }

    #[test]
    fn a_place_left_empty_shows() {
        assert_eq!(Sentence::NotYet.fill(&[("day", "2031-03-01")]), "opens on 2031-03-01");
        assert_eq!(Sentence::NotYet.fill(&[]), "opens on —");
    }
}
