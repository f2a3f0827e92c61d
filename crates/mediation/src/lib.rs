//! How live talks move, and what each person may see: a pure state machine.
//!
//! ```text
//! Command ── decide(&Talks) ──► Vec<Event> ── Talks::apply ──► Talks ── view ──► View
//! ```
//!
//! No input or output, no clock, no randomness: a [`Command`] brings the time
//! and 32 fresh random bytes. Three functions are the whole surface:
//!
//! - [`decide`]: what a command leads to, or a [`Refusal`]. A thing that does
//!   not exist and one that is not yours are the same refusal, because
//!   `decide` looks through the asker's sight and finds neither.
//! - [`Talks::apply`] and [`Talks::fold`]: the events are the only truth.
//! - [`view()`], and parts of it ([`view_room`], [`view_touched`], [`view_back`],
//!   [`preview`]): everything that anybody sees: pages, interfaces, event streams, exports.
//!
//! # Rooms are audiences
//!
//! Everything said is in one room, and whoever is in the room is its audience.
//! Each principal has a room of its own; a channel makes a caucus; others are
//! opened as needed, and a secret one exists only for those in it. Nothing
//! moves between rooms but by a recorded disclosure ([`Ask::Convey`],
//! [`Ask::Circulate`], [`Ask::Put`]) that leaves a copy: so each room stands,
//! and falls, by itself.
//!
//! An item's words are in a reader's view only once it is opened
//! ([`Ask::Read`]): that is what makes taking back honest.
//!
//! # What a server stores
//!
//! An [`Event`] is sealed as a whole under one key: its room's, or the talks'
//! own where [`Event::room`] is `None`. [`log::Entry`] keeps apart what stays
//! readable (number, room id, commitment, hash of the entry before) and the
//! payload, which the server encrypts. After a room is erased
//! ([`Ask::EraseRoom`]) its key is destroyed; the log still verifies, and
//! folding the events that can still be read gives the same talks as before.
//!
//! Ids come from fresh randomness, never from counters. The server never shows
//! an entry's number to anybody but whoever verifies the log.

pub mod ballot;
mod command;
mod decide;
mod event;
mod id;
mod item;
pub mod log;
mod map;
mod people;
pub mod preparation;
mod preview;
mod questions;
mod refusal;
mod sealed;
mod table;
mod talks;
pub mod text;
pub mod view;
pub mod workbench;

pub use command::{Ask, Command, Participant, Subject};
pub use decide::{
    Opened, Opening, OpeningMediator, OpeningParty, decide, due, next_deadline, open,
};
pub use event::{Body, EVENT_VERSION, Event, Salt};
pub use id::{
    BallotId, ClauseId, Fresh, IssueId, ItemId, MandateId, MemberId, NotAnId, PrincipalId,
    QuestionId, RemarkId, RoomId, TalksId, TextId, VersionId,
};
pub use item::{Attribution, AttributionLevel, Content, Conveyance, ItemKind, Permission, Voice};
pub use people::{Actor, Mandate, PrincipalKind, Right, Rights, Standing, Who};
pub use preview::{Gain, Preview, preview};
pub use questions::{NextQuestion, next_question};
pub use refusal::Refusal;
pub use table::{IssueText, Options, Package};
pub use talks::Talks;
pub use view::{Touched, View, Viewer, touched, view, view_back, view_room, view_touched};
