//! Actors: states, organisations and people, with roles that change hands.

use crate::When;

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// A state or its government.
    State,
    /// An organisation, movement or armed group.
    Organisation,
    /// A service or office within another actor.
    Office,
    /// A person.
    Person,
}

/// A role someone holds for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The role's name ("director of general intelligence").
    pub title: String,
    /// The actor it is a role in or for.
    pub of: Option<String>,
    /// Since when; its words kept.
    pub from: Option<When>,
    /// Until when; absent while it is held.
    pub to: Option<When>,
    /// Whether who holds it can hold no other exclusive role at the same time,
    /// and no one else can hold it then.
    pub exclusive: bool,
    /// The claims it rests on.
    pub claims: Vec<String>,
}

/// One actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Its id in the record.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Other spellings, each confirmed by a person.
    pub spellings: Vec<String>,
    /// Its own names for itself in its own languages.
    pub own_names: Vec<String>,
    /// Its roles, in the order given.
    pub roles: Vec<Role>,
    /// When its story ends (a death, a dissolution), and the claims for that.
    pub ended: Option<(When, Vec<String>)>,
}
