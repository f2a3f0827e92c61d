//! How a person looks at a record of talks: what was checked, one event, and
//! the picture of who reaches whom, who is said to hold what, and when.
//!
//! Claims, not findings: every line says by whom it is reported.

mod check;
mod drawing;
mod page;
mod text;
mod words;

pub use check::{check_text, event_text};
pub use drawing::{channel_map, picture_drawing, timeline_chart};
pub use page::picture_page;
pub use text::picture_text;
