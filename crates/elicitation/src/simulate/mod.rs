//! Whole mediations with simulated parties, and how good their end is.

mod measure;
mod party;
mod run;

pub use measure::Yardstick;
pub use party::{Conduct, SimulatedParty, accepts};
pub use run::{MOST_PROPOSALS, Mediated, Proposal, Step, mediate};
