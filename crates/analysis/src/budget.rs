//! How much work a caller grants.

/// Limits on one analysis; checked often, never silently exceeded.
#[derive(Clone, Copy)]
pub struct Budget<'a> {
    stop: Option<&'a (dyn Fn() -> bool + Sync)>,
    /// Most points a frontier may grow to; zero skips the frontier.
    pub frontier_limit: usize,
    /// Most outcomes that may be enumerated one by one (to count them, say).
    pub enumeration_limit: u64,
}

/// A frontier of this many points is still computed by default.
pub const DEFAULT_FRONTIER_LIMIT: usize = 200_000;
/// So many outcomes are still enumerated by default.
pub const DEFAULT_ENUMERATION_LIMIT: u64 = 4_000_000;

impl Default for Budget<'_> {
    fn default() -> Self {
        Self {
            stop: None,
            frontier_limit: DEFAULT_FRONTIER_LIMIT,
            enumeration_limit: DEFAULT_ENUMERATION_LIMIT,
        }
    }
}

impl<'a> Budget<'a> {
    /// The same, ended as soon as `stop` answers true (a clock, a key press).
    #[must_use]
    pub fn stopped_by(mut self, stop: &'a (dyn Fn() -> bool + Sync)) -> Self {
        self.stop = Some(stop);
        self
    }

    /// The same with another limit on frontier points.
    #[must_use]
    pub fn with_frontier_limit(mut self, points: usize) -> Self {
        self.frontier_limit = points;
        self
    }

    /// Whether the caller wants an end now.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.stop.is_some_and(|stop| stop())
    }
}

impl std::fmt::Debug for Budget<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Budget")
            .field("frontier_limit", &self.frontier_limit)
            .field("enumeration_limit", &self.enumeration_limit)
            .finish_non_exhaustive()
    }
}
