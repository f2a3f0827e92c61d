//! Broad deals, small deals, and what changes after a small one.

use super::Rational;

/// A broad deal: how far each deliverable goes, and what the finished
/// relationship is then worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BroadDeal {
    /// Its name.
    pub id: String,
    /// Progress of each deliverable.
    pub target: Vec<usize>,
    /// Residual value per party.
    pub residual: Vec<Rational>,
}

/// What is different once the small deal is done; `None` leaves it as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AfterInterim {
    /// Break-off probability, the phase of the small deal included.
    pub hazard: Option<Rational>,
    /// Exposure caps.
    pub exposure_cap: Option<Vec<Option<Rational>>>,
    /// What each party demands above its position after the small deal.
    pub margin: Option<Vec<Rational>>,
}

/// A small deal with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedInterim {
    /// Its name.
    pub id: String,
    /// How far each deliverable goes.
    pub progress: Vec<usize>,
    /// What changes after it.
    pub after: AfterInterim,
}

/// One option of one issue, and what carrying it out takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionMap {
    /// The issue.
    pub issue: String,
    /// Its options: name, and progress per deliverable.
    pub options: Vec<(String, Vec<usize>)>,
}
