//! Checkpoints: what a log was at a moment, for someone outside to keep.

use super::chain::Head;

/// The end of a log at a moment, kept where whoever runs the server cannot change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The end of the log.
    pub head: Head,
}
