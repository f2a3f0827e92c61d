//! Pages about carrying a deal out, for paper and screen.
//!
//! Nothing is worked out here that the analysis should: values come in, one
//! self-contained page goes out, the same bytes for the same input.

mod frame;
mod phases;
mod spread;
mod tornado;

pub use frame::{Page, Section};
pub use phases::{Panel, PhaseChart};
pub use spread::{WinSet, win_set_chart};
pub use tornado::{Bar, tornado_chart};
