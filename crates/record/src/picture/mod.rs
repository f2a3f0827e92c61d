//! The talks as reported, as of a day: who reaches whom, who is said to hold
//! what, what happened beside it, and where versions part.
//!
//! [`Picture`] is data; [`text`], [`html`] and [`svg`] only render it.

mod channels;
mod data;
mod html;
mod matrix;
mod svg;
mod text;
mod timeline;

pub use channels::{ChannelView, SinglePoint};
pub use data::{Cited, MediatorView, PartyView, Picture, ProposalView, picture};
pub use html::html;
pub use matrix::{Cell, Row};
pub use svg::{channel_map, svg, timeline_chart};
pub use text::text;
pub use timeline::{Entry, Lane};
