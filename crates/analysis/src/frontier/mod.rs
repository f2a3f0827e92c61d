//! The frontier: the distinct utility vectors that no feasible outcome dominates.

/// A vector of utilities with an outcome that reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// One option per issue of the [`Problem`](crate::Problem).
    pub assignment: Vec<usize>,
    /// Scaled utilities, one per party.
    pub utilities: Vec<i64>,
    /// How many feasible outcomes share these utilities; `None` where not counted.
    pub outcomes: Option<u128>,
}

/// Whether a search saw everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// Everything: the result is exact.
    Complete,
    /// More points than the caller's limit.
    LimitReached,
    /// The caller's time ran out.
    Stopped,
    /// Not asked for.
    Skipped,
}

/// The frontier, or as much of it as the budget allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier {
    /// Points in descending order of utilities (first party first). When not
    /// complete: undominated among the outcomes seen, nothing more.
    pub points: Vec<Point>,
    /// Whether these are all.
    pub completeness: Completeness,
}
