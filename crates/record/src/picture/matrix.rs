//! Issues by parties: positions as claims.

use super::data::{Cited, Look};
use crate::talks::PositionStatus;

/// One reported position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it is reported to be.
    pub status: PositionStatus,
    /// In the recorder's words.
    pub says: String,
    /// The claims it rests on.
    pub cited: Vec<Cited>,
}

/// One issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub issue: String,
    /// The claims that it is on the table.
    pub cited: Vec<Cited>,
    /// For each party, in order, what is reported; empty where nothing is.
    pub cells: Vec<Vec<Cell>>,
}

/// The matrix of a record.
pub(super) fn matrix(look: &Look<'_>) -> Vec<Row> {
    let talks = &look.record.talks;
    talks
        .issues
        .iter()
        .filter(|i| look.stands(&i.claims))
        .map(|issue| Row {
            issue: issue.title.clone(),
            cited: look.cited(&issue.claims),
            cells: talks
                .parties
                .iter()
                .map(|party| {
                    talks
                        .positions
                        .iter()
                        .filter(|p| {
                            p.issue == issue.id && p.actor == *party && look.stands(&p.claims)
                        })
                        .map(|p| Cell {
                            status: p.status,
                            says: p.says.clone(),
                            cited: look.cited(&p.claims),
                        })
                        .collect()
                })
                .collect(),
        })
        .collect()
}
