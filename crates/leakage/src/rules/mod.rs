//! How the mediator chooses a draft: rules from the leakiest to the tightest.
//!
//! Every rule is a function from states to drafts, known to the readers, and
//! gives a [`Channel`](crate::channel::Channel). None looks at which state is
//! true: that happens only when a draft is drawn.

pub mod capped;
pub mod menu;
pub mod plain;
pub mod priced;
mod tilted;

pub use capped::capped;
pub use menu::{Menu, menu};
pub use plain::{any_acceptable, plain};
pub use priced::{DEFAULT_PRICE, DEFAULT_SHARE, Priced, optimal, priced};
