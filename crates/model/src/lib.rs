//! What a scenario is, and whether this one is sound.
//!
//! A scenario is what is on paper before anything happens: parties,
//! mediators, channels, issues, constraints, and each party's private
//! preferences. This crate does no input or output, reads no clock, and holds
//! no randomness.
//!
//! Readers fill a [`scenario::Draft`] and call [`scenario::Draft::check`],
//! which gives a sound [`scenario::Scenario`] or says what is wrong and at
//! which [`scenario::Place`]; the reader knows where that place is in its file.

pub mod acceptance;
pub mod constraint;
mod contradiction;
pub mod diagnostic;
pub mod issue;
pub mod number;
pub mod outcome;
pub mod partial;
mod partial_soundness;
pub mod party;
pub mod preference;
pub mod scenario;
mod soundness;
pub mod staging;
#[doc(hidden)]
pub mod testing;
pub mod value_function;

pub use acceptance::AcceptanceRule;
pub use constraint::{Basis, Condition, Constraint, Rule};
pub use issue::{Issue, IssueKind, IssueOption};
pub use number::Number;
pub use outcome::{Choice, Outcome};
pub use partial::{Judgement, Partial, PartialOutcome, Stated};
pub use party::{Mediator, Party};
pub use preference::{Known, Preferences, Statement, Utility};
pub use scenario::{Draft, Flaw, Place, Scenario};
pub use value_function::{Evaluated, ValueFunction};
