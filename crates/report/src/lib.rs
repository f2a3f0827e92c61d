//! How a person looks at a negotiation: pages, charts and terminal text.
//!
//! Nothing here works anything out that is not already in what it is given:
//! results come from `detente-analysis`, names and meanings from
//! `detente-model`; this crate scales them to a drawing and puts them in
//! words. No clock, no file, no network: dates arrive as text, pages leave as
//! text. The same input gives the same bytes.
//!
//! A page is one file that asks nothing of the network, reads without colour
//! and without a script, prints black on white, and says at its top who it is for.

pub mod agreement;
mod candidates;
pub mod charts;
pub mod extras;
mod gain;
pub mod leak;
pub mod mediate;
pub mod numbers;
pub mod page;
pub mod palette;
pub mod record;
mod settle;
pub mod side;
mod solve;
pub mod staging;
mod stakes;
mod standing;
mod style;
pub mod svg;
pub mod text;
mod words;

pub use extras::Extras;
pub use page::Page;
pub use solve::solve_page;
