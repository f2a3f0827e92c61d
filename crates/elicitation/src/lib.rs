//! Which questions find the fair deal soonest, and how sure that is.
//!
//! A [`Case`] begins with each party's [`Rankings`], says which [`Question`]
//! to ask whom, takes [`Answer`]s, and recommends a deal with an estimate of
//! how far it may fall short of the best product of gains. It is a pure state
//! machine: no clock, no input or output, and the same answers with the same
//! seed give the same questions.
//!
//! Of each party many possible versions are kept (`belief`), all parties
//! together form possible worlds (`worlds`) in which good deals are sought
//! (`climb`) and compared (`shares`), and a question is worth what it
//! is expected to change in them (`choose`). [`simulate`] plays parties from
//! their true profiles and measures the end.

mod belief;
pub mod case;
mod choose;
mod climb;
mod random;
mod shares;
pub mod simulate;
pub mod space;
pub mod statement;
mod worlds;

pub use belief::Noise;
pub use case::{Aim, Case, Mode, Next, Policy, Recommendation, Settings, Stop, Version};
pub use space::{Deal, Space, SpaceError};
pub use statement::{Answer, Question, Rankings};
