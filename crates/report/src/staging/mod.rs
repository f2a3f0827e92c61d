//! Carrying a deal out: phases, guarantees, small deals, acceptance at home.

pub mod charts;
mod page;
mod text;
mod words;

pub use page::{About, AfterThem, guarantee_page, interim_page, ratify_page, stage_page};
pub use text::{guarantee_text, interim_text, ratify_text, stage_text};
