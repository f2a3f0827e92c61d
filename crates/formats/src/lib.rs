//! How scenarios are read from, and written to, the formats the field uses.
//!
//! [`read`] takes the files of one folder (this crate does no input or output
//! of its own), tells the format from their content, and gives a sound
//! [`Scenario`](detente_model::Scenario) or diagnostics that point at the line.
//! [`write`] goes the other way and says what the target cannot hold.
//! It never decides what a value means: whether the parts fit together is for
//! [`detente_model::Draft::check`] to say.

mod agreement;
mod decode;
mod detect;
mod findings;
mod genius;
mod geniusweb;
mod names;
mod negmas;
mod places;
mod read;
mod record;
#[cfg(test)]
mod schema_tests;
mod score_sheets;
mod source;
mod staging;
mod suggest;
mod tree;
mod write;
mod yaml;

pub use agreement::read_agreement;
pub use read::{MAX_FILE_BYTES, Reading, read, too_large};
pub use record::{additions_to_yaml, read_record};
pub use source::{Folder, Format, SourceFile};
pub use staging::{Asked, read_ratification, read_staging};
pub use write::{Written, write};
