//! Who sits where, found from either side.

use super::people::{PersonId, Seat};
use crate::store::Id;
use std::collections::HashMap;

/// The seats of everybody.
#[derive(Debug, Default)]
pub(super) struct Seats {
    of: HashMap<PersonId, Vec<Seat>>,
    members: HashMap<(PersonId, Id), Id>,
    holders: HashMap<Seat, Vec<PersonId>>,
}

impl Seats {
    /// Gives a person one more seat.
    pub(super) fn give(&mut self, person: PersonId, seat: Seat) {
        self.of.entry(person).or_default().push(seat);
        self.members.entry((person, seat.talks)).or_insert(seat.member);
        let holders = self.holders.entry(seat).or_default();
        // The same order after every start.
        let place = holders.binary_search(&person).unwrap_or_else(|place| place);
        holders.insert(place, person);
    }

    /// A person's seats, in the order they were given.
    pub(super) fn of(&self, person: PersonId) -> &[Seat] {
        self.of.get(&person).map_or(&[], Vec::as_slice)
    }

    /// As which member a person sits in these talks.
    pub(super) fn member(&self, person: PersonId, talks: Id) -> Option<Id> {
        self.members.get(&(person, talks)).copied()
    }

    /// Everyone who holds this seat.
    pub(super) fn holders(&self, seat: Seat) -> &[PersonId] {
        self.holders.get(&seat).map_or(&[], Vec::as_slice)
    }
}
