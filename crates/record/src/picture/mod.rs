//! The talks as reported, as of a day: who reaches whom, who is said to hold
//! what, what happened beside it, and where versions part.
//!
//! [`Picture`] is data; `detente-report` renders it.

mod channels;
mod data;
mod matrix;
mod timeline;

pub use channels::{ChannelView, SinglePoint};
pub use data::{Cited, MediatorView, PartyView, Picture, ProposalView, picture};
pub use matrix::{Cell, Row};
pub use timeline::{Entry, Lane};
