//! Which outcomes are possible, efficient, fair, ratifiable, stable in
//! stages, robust to what is unknown — and how sure that is.
//!
//! Pure functions: no file, no clock, no network, no randomness of its own.
//! A budget arrives as a [`budget::Budget`]; every result says whether it is
//! complete and, where it is not, how far it may be off.

pub mod budget;
pub mod count;
pub mod division;
pub mod explain;
pub mod frontier;
pub mod interaction;
pub mod ordinal;
pub mod partial;
pub mod problem;
pub mod quota;
pub mod solution;
pub mod solve;
pub mod solved;
pub mod staging;
pub mod table;
#[cfg(test)]
mod testing;
pub mod why_not;

pub use budget::Budget;
pub use problem::Problem;
pub use solve::solve;
pub use solved::Solved;
