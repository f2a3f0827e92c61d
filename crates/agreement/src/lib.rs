//! What was signed, what is due, what was done, alleged and found.
//!
//! An agreement is a family of signed instruments, the obligations that
//! follow from their clauses, and a log of what happened since. This crate
//! works out, as of any day, what is due and why, and keeps four questions
//! apart that are often run together: how far something was carried out,
//! whether it was verified, what somebody alleges, and what a body found. It
//! alleges nothing itself: see [`words`].

mod agreement;
pub mod digest;
pub mod dispute;
pub mod draft;
pub mod due;
pub mod facts;
pub mod incident;
mod instrument;
pub mod key;
pub mod log;
mod moment;
mod obligation;
mod participant;
mod pipeline;
mod remedy;
pub mod seal;
pub mod signature;
pub mod sound;
pub mod status;
pub mod trigger;
pub mod verify;
pub mod words;
pub mod zone;

pub use agreement::{Agreement, Citation, NamedEvent};
pub use instrument::{Clause, Instrument, InstrumentKind, Mandate, Ratification, Stage};
pub use moment::Moment;
pub use obligation::{Duty, Object, Obligation, Pin, Recurrence};
pub use participant::{Participant, Role};
pub use pipeline::{Examination, Pipeline};
pub use remedy::{Extension, Remedy, Silence, Step};
pub use zone::Zone;
