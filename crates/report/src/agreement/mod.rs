//! How a person looks at an agreement: a status page, tables for other
//! programs, a calendar, a document.
//!
//! One set of tables ([`tables`]) is behind every form, so that all of them
//! say the same.

mod calendar;
mod document;
mod gantt;
mod map;
mod page;
mod sheet;
mod tables;
mod text;

pub use calendar::calendar;
pub use document::document;
pub use page::status_page;
pub use sheet::sheet;
pub use tables::{Table, incident_log, matrix, quantities, themes, what_is_due};
pub use text::{ladder_text, status_text};
