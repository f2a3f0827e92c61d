//! The talks as a whole, through the public surface only.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what went wrong by failing")]

mod acceptance;
mod dice;
mod flow;
mod hands;
mod integrity;
mod noninterference;
mod pair;
mod properties;
mod story;
mod text;
mod workbench;
mod world;
