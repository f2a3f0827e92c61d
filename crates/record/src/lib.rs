//! Who claimed what, on whose authority, when, and how independent the origins are.
//!
//! The record holds claims, never facts: it counts origins and shows where
//! versions part, and leaves what is true to the people who read it.

pub mod hidden;
pub mod import;
mod when;

pub use when::When;
