//! Live talks for people in a browser: HTTP, storage, keys and pages.
//!
//! ```text
//! browser ──► http (gate: session, seat, forgery, limits) ──► web, api
//!                                                               │ Ask        ▲ View
//!                                                               ▼            │
//!                              store ◄── sealed events ◄── live (decide, apply, view of mediation)
//! ```
//!
//! No negotiation logic is here: a form becomes an `Ask`, and what comes back
//! is the `View` of one person. Time and randomness come in through [`edge`].
//! What is acknowledged is on disk ([`store`]), sealed with the key of its
//! room ([`keys`]).

mod api;
mod app;
pub mod auth;
mod beginning;
mod carry;
mod config;
mod demo;
mod doctor;
pub mod edge;
mod http;
pub mod keys;
mod live;
mod metrics;
mod serve;
pub mod store;
mod stream;
mod system;
#[cfg(test)]
mod tests;
mod web;
mod words;

pub use carry::{CarryError, Imported, Lead, export, import, new_identity, talks_in};
pub use config::Config;
pub use doctor::{Examined, back_up, examine, restore};
pub use serve::{ServeError, Started, log_to_stderr, serve};
