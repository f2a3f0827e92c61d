//! How incidents are examined: stages with clocks, up to the body that finds.

use crate::trigger::Span;

/// One stage of an examination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examination {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who carries it out.
    pub by: String,
    /// Within which time from the stage before it (or from the incident).
    pub within: Option<Span>,
    /// Whether it ends in a finding.
    pub finds: bool,
}

/// The stages an incident goes through.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pipeline {
    /// In order.
    pub stages: Vec<Examination>,
}
