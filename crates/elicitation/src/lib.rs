//! Which questions find the fair deal soonest, and how sure that is.

mod belief;
pub mod case;
mod choose;
mod random;
pub mod simulate;
pub mod space;
pub mod statement;
mod worlds;

pub use belief::Noise;
pub use case::{Case, Mode, Next, Recommendation, Settings, Stop};
pub use space::{Deal, Space, SpaceError};
pub use statement::{Answer, Question, Rankings};
