//! Why something cannot be measured.

/// Why something cannot be measured.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LeakError {
    /// More outcomes than are looked at one by one.
    #[error("{0} outcomes are too many to look at one by one (at most {limit})", limit = crate::drafts::MOST_OUTCOMES)]
    TooManyOutcomes(String),
    /// Issues that are shared out have no list of outcomes.
    #[error("issue `{0}` is shared out; leakage is measured where issues have options")]
    Divisible(String),
    /// No outcome obeys the constraints.
    #[error("no outcome obeys every constraint")]
    NothingFeasible,
    /// A grid, shape or share outside its range.
    #[error("{what} must be {range}, not {given}")]
    OutOfRange {
        /// Which figure.
        what: &'static str,
        /// What it may be.
        range: &'static str,
        /// What it was.
        given: f64,
    },
    /// Nothing to choose from.
    #[error("{0} must not be empty")]
    Empty(&'static str),
    /// Parts that do not belong together.
    #[error("{0}")]
    Mismatch(&'static str),
    /// More joint possibilities than are looked at one by one.
    #[error("the hidden parties may be {0} combinations; at most {limit} are looked at: sample instead", limit = crate::setting::MOST_STATES)]
    TooManyStates(u128),
    /// More combinations of types than the linear program takes.
    #[error("{0} combinations of what the parties may be are too many for the linear program (at most {limit})", limit = crate::honest::MOST_PROFILES)]
    TooManyProfiles(u128),
    /// A cap that even silence exceeds.
    #[error(
        "a cap of {cap} cannot be kept: a reader who knows the rest is at {already} before any draft"
    )]
    CapBelowPrior {
        /// The cap asked for.
        cap: f64,
        /// What a reader may already be at.
        already: f64,
    },
    /// The linear program was not solved.
    #[error("the linear program ended without a solution: {0}")]
    Unsolved(String),
}
