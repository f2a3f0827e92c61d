//! The implementation log: one JSON object a line, only ever added to, each
//! line holding the SHA-256 of the line before it.
//!
//! ```text
//! {"seq":1,"prev":"<64 hex>","at":"2031-03-02T09:00:00Z","by":"…","kind":"claim","entry":{…}}
//! ```
//!
//! The first line's `prev` is the SHA-256 of `detente-log 1`, a line feed,
//! `agreement: <id>` and a line feed. A chain shows an edit that was made
//! without redoing everything behind it, and nothing else; what holds against
//! somebody who redoes it, or drops the end, is a [`Checkpoint`] in the hands
//! of a witness.

mod chain;
mod checkpoint;
mod claim_lines;
mod entry;
mod ledger;
mod reading;

pub use chain::{Chain, Fault, FaultKind, Head, line};
pub use checkpoint::{Checkpoint, Deviates};
pub use claim_lines::ClaimLines;
pub use entry::{
    Amount, Assessment, Attribution, Check, CheckOutcome, Claim, ClaimBrief, Confidence,
    Correction, Deviation, Dispute, DisputeEnd, DisputeStep, Entry, ExaminationStep, Examined,
    Extended, Finding, FindingResult, Incident, IncidentClaims, Kind, Occurred, Performance,
    Publication, RatificationOutcome, Ratified, Resumption, Settled, Suspension, Vote,
};
pub use ledger::{Builder, Ledger, MAX_KEPT_CLAIMS, Recorded};
