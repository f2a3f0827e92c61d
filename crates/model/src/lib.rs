//! What a scenario is, and whether this one is sound.
//!
//! A scenario is what is on paper before anything happens: parties,
//! mediators, channels, issues, constraints, and each party's private
//! preferences. This crate does no input or output, reads no clock, and holds
//! no randomness.

pub mod diagnostic;
pub mod number;
