//! What some events can change in anybody's view, so that telling what is new
//! takes time in proportion to what is new and not to all that was said.

use super::shown::{VIEW_VERSION, View};
use super::sight::Sight;
use super::warrant::Warrant;
use super::{Viewer, room, view};
use crate::event::{Body, Event};
use crate::id::{BallotId, IssueId, ItemId, RoomId};
use crate::talks::{Contents, Room, Talks};
use std::collections::BTreeMap;

/// The parts of the talks that some events change; outside them every view
/// stays as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// `None` for anything at all.
    parts: Option<BTreeMap<RoomId, Part>>,
    /// Nothing of it was there before.
    new: bool,
}

/// What of a room's contents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Part {
    items: Vec<ItemId>,
    /// All that is not an item.
    the_rest: bool,
}

impl Touched {
    /// Anything at all.
    pub const ANYTHING: Self = Self { parts: None, new: false };

    /// Whether nothing of it was there before, so that there is nothing to compare it with.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.new
    }

    fn new_item(&mut self, room: RoomId, item: ItemId) {
        let Some(parts) = &mut self.parts else { return };
        let items = &mut parts.entry(room).or_default().items;
        if !items.contains(&item) {
            items.push(item);
        }
    }

    fn item(&mut self, room: RoomId, item: ItemId) {
        self.new = false;
        self.new_item(room, item);
    }

    fn the_rest(&mut self, room: RoomId) {
        self.new = false;
        if let Some(parts) = &mut self.parts {
            parts.entry(room).or_default().the_rest = true;
        }
    }
}

/// What these events will change; to be asked before they are applied.
#[must_use]
pub fn touched(talks: &Talks, events: &[Event]) -> Touched {
    let mut touched = Touched { parts: Some(BTreeMap::new()), new: true };
    for event in events {
        match event.room.and_then(|id| Some((id, talks.rooms.get(&id)?))) {
            Some((id, room)) => by_event_in(talks, id, room, &event.body, &mut touched),
            None => touched = Touched::ANYTHING,
        }
    }
    touched
}

fn by_event_in(talks: &Talks, id: RoomId, room: &Room, body: &Body, touched: &mut Touched) {
    let warrant = Warrant::issue();
    let contents = room.contents.open(&warrant);
    match body {
        Body::Said { item, content } | Body::Conveyed { item, content, .. } => {
            // Whoever is in the room may learn of an issue by it.
            let mut named = content.about.iter().chain(content.package.keys());
            if named.any(|issue: &IssueId| !contents.issues_named.contains(issue)) {
                *touched = Touched::ANYTHING;
            }
            touched.new_item(id, *item);
            if let Body::Conveyed { source: (from, item), .. } = body {
                touched.item(*from, *item);
            }
        }
        Body::Permitted { item, .. } | Body::TakenBack { item } => touched.item(id, *item),
        // As they stand in the room, not as the reader happened to list them.
        Body::Read { items } => {
            let mut read: Vec<_> = items
                .iter()
                .filter_map(|item| Some((contents.items.get_index_of(item)?, *item)))
                .collect();
            read.sort_unstable();
            read.into_iter().for_each(|(_, item)| touched.item(id, item));
        }
        Body::ConditionTold { .. } | Body::BallotEnded { .. } => touched.the_rest(id),
        Body::BallotAnswered { ballot, .. } => {
            let has = |contents: &Contents, ballot: &BallotId| {
                contents.put.contains_key(ballot) || contents.opened.contains_key(ballot)
            };
            for (id, room) in &talks.rooms {
                if has(room.contents.open(&warrant), ballot) {
                    touched.the_rest(*id);
                }
            }
        }
        _ => *touched = Touched::ANYTHING,
    }
}

/// [`view()`] with only what is touched in it; where that is not anything at
/// all, rooms alone.
#[must_use]
pub fn view_touched(talks: &Talks, viewer: Viewer, touched: &Touched) -> View {
    let Some(parts) = &touched.parts else { return view(talks, viewer) };
    let sight = match viewer {
        Viewer::Member(member) => Sight::of(talks, member),
        Viewer::Operator => None,
    };
    let rooms = parts.iter().filter_map(|(id, part)| {
        let sight = sight.as_ref()?;
        let found = sight.room(*id).ok()?;
        let items = |_: &Contents| part.items.clone();
        Some(room::show_part(talks, sight, *id, found, items, part.the_rest))
    });
    View { v: VIEW_VERSION, rooms: rooms.collect(), ..View::default() }
}
