//! Parties, and the mediators who reach them.

/// A principal: a side whose consent an agreement needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Stable identifier: the stem of its file.
    pub id: String,
    /// The name shown to people.
    pub name: String,
    /// Who they are, for people; may be empty.
    pub note: String,
}

impl Party {
    /// A party whose shown name is its id.
    pub fn new(id: impl Into<String>) -> Self {
        let id = id.into();
        Self { name: id.clone(), id, note: String::new() }
    }
}

/// A holder of the mediator's *role*: carries and drafts between others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mediator {
    /// Stable identifier.
    pub id: String,
    /// The name shown to people.
    pub name: String,
    /// The parties (by index) this mediator can speak to.
    pub reaches: Vec<usize>,
    /// Interests, reservations, leverage of its own, as stated; may be empty.
    pub note: String,
}
