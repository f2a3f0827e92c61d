//! The talks as a whole, through the public surface only.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what went wrong by failing")]

mod flow;
mod world;
