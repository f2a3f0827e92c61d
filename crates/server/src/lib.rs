//! Live talks for people in a browser.

pub mod auth;
pub mod edge;
pub mod keys;
pub mod store;
