//! Who claimed what, on whose authority, when, and how independent the origins are.
//!
//! The record holds claims, never facts: it counts origins and shows where
//! versions part, and leaves what is true to the people who read it.

mod actor;
pub mod check;
mod claim;
mod event;
pub mod hidden;
pub mod import;
pub mod independence;
pub mod picture;
mod record;
pub mod sound;
mod source;
pub mod talks;
mod when;

pub use actor::{Actor, ActorKind, Role};
pub use claim::{Claim, Link, LinkKind, Stance, Version, Visibility};
pub use event::{Event, EventKind};
pub use record::{Index, Record};
pub use source::{Relation, Source, SourceGrade, SourceKind};
pub use talks::Talks;
pub use when::When;
