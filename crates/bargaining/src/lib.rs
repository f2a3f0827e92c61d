//! How negotiators reach, or miss, agreements.
//!
//! Rules are apart from play, as in game libraries: a [`protocol::Protocol`]
//! is a set of rules that never changes; its `State` is a point in play, plain
//! data that can be stored and replayed; a move is plain data too, refused with
//! a reason where the rules do not allow it. Participants see what the
//! protocol tells their seat ([`protocol::Protocol::view`]) and, of all
//! preferences, their own ([`own::OwnUtility`]): nothing else is ever handed
//! to them. No file, no clock; chance is a stream of its own for every match
//! and seat ([`chance::Chance`]), so that matches can run in any order.
//!
//! The mediated procedures are protocols like the others: a live process feeds
//! them people's moves, a simulation those of participants.

pub mod chance;
pub mod channels;
pub mod matches;
pub mod negotiator;
pub mod own;
pub mod play;
pub mod protocol;
pub mod ranked;
pub mod table;

pub use chance::Chance;
pub use channels::Channels;
pub use own::OwnUtility;
pub use play::{Participant, Played, play};
pub use protocol::{End, Protocol, Reason, Refusal, Seat};
pub use table::{Package, Table};
