//! How a deal is carried out, and who must accept it at home: the staging
//! block of a scenario, as data.
//!
//! What follows from it is for `detente-analysis` to work out; how it is
//! written is described in `docs/format-staging.md`.

mod block;
mod case;
mod dates;
mod deal;
mod knob;
mod ratification;

pub use block::{Described, Staging, WeightRule};
pub use case::{Case, CaseError, Deliverable, Limits, MOST_PARTIES, Order, Step, Window};
pub use dates::{Bet, Calendar, DatedEvent};
pub use deal::{AfterInterim, BroadDeal, NamedInterim, OptionMap};
pub use knob::Knob;
pub use ratification::{Constituency, NamedRatification, OwnWorth, Ratification, Ratifier};

/// Exact numbers, as everywhere in this module.
pub type Rational = num_rational::BigRational;

/// A number with the ends of the range it is known to lie in.
pub type Range = (Knob, Rational, Rational);
