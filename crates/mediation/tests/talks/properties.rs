//! What holds whatever people do.

use crate::dice::{Asker, Dice, Ids};
use crate::world::World;
use detente_mediation::view::{ItemState, RoomView};
use detente_mediation::{
    Actor, Ask, Body, Event, MemberId, PrincipalId, Right, Rights, RoomId, Talks, Touched, View,
    Viewer, Who, decide, touched, view, view_touched,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Talks in which everybody does whatever they like.
fn lively(seed: u64, steps: usize) -> World {
    let mut dice = Dice::new(seed);
    let mut world = World::new();
    for step in 0..steps {
        let members = Ids::of(&world).members;
        let Some(who) = dice.pick(&members).copied() else { break };
        let ask = Asker::new(&mut dice, &world, who, format!("words {step}.")).ask();
        let _ = world.tries(who, ask);
    }
    world
}

fn everybody(world: &World) -> Vec<MemberId> {
    Ids::of(world).members
}

fn pages(talks: &Talks, of: &[MemberId]) -> Vec<String> {
    of.iter().map(|m| serde_json::to_string(&view(talks, Viewer::Member(*m))).unwrap()).collect()
}

/// Who acted, for whom.
fn by(event: &Event) -> Option<(MemberId, PrincipalId)> {
    match event.actor {
        Actor::Member { id, principal, .. } => Some((id, principal)),
        Actor::Clock => None,
    }
}

/// The right that each command takes, from the meaning of the rights and not
/// from the code: who drafts, who speaks, who accepts, who leads.
fn right_needed(ask: &Ask, own_room: impl Fn(RoomId) -> bool) -> Right {
    let writing = |room: &RoomId| if own_room(*room) { Right::Draft } else { Right::Speak };
    match ask {
        Ask::Read { .. } => Right::Read,
        Ask::Say { room, .. }
        | Ask::Prepare { room, .. }
        | Ask::PutQuestion { room, .. }
        | Ask::DraftText { room, .. }
        | Ask::RemarkOn { room, .. }
        | Ask::Permit { room, .. }
        | Ask::TakeBack { room, .. } => writing(room),
        Ask::Convey { .. }
        | Ask::Circulate { .. }
        | Ask::Put { .. }
        | Ask::Close { .. }
        | Ask::Withdraw { .. }
        | Ask::OpenRoom { .. }
        | Ask::Admit { .. } => Right::Speak,
        Ask::Answer { .. } => Right::Accept,
        _ => Right::Lead,
    }
}

/// Who may act under what, followed from the events alone.
#[derive(Default)]
struct Mandates(BTreeMap<MemberId, (PrincipalId, Rights, bool)>);

impl Mandates {
    fn learn(&mut self, event: &Event) {
        match &event.body {
            Body::MemberAdded { id, principal, mandate, .. } => {
                self.0.insert(*id, (*principal, mandate.rights, true));
            }
            Body::MandateGiven { member, mandate } => {
                self.0.entry(*member).and_modify(|m| m.1 = mandate.rights);
            }
            Body::Suspended { member, .. } | Body::Left { member, .. } => {
                self.0.entry(*member).and_modify(|m| m.2 = false);
            }
            Body::Resumed { member, .. } => {
                self.0.entry(*member).and_modify(|m| m.2 = true);
            }
            _ => {}
        }
    }
}

/// Who was in which room, followed from the events alone.
fn audiences(events: &[Event]) -> BTreeMap<RoomId, BTreeSet<PrincipalId>> {
    let mut rooms = BTreeMap::new();
    for event in events {
        if let (Some(room), Body::RoomOpened { participants, .. }) = (event.room, &event.body) {
            rooms.insert(room, participants.iter().map(|p| p.principal).collect());
        }
    }
    rooms
}

/// A view, brought up to date with the parts that were touched.
fn patched(mut seen: View, parts: View) -> View {
    for part in parts.rooms {
        let room = seen.rooms.iter_mut().find(|room| room.id == part.id).unwrap();
        for item in part.items {
            match room.items.iter_mut().find(|known| known.id == item.id) {
                Some(known) => *known = item,
                None => room.items.push(item),
            }
        }
        if !part.ballots.is_empty() {
            room.ballots = part.ballots;
        }
    }
    seen
}

/// How often something small was touched: the test below must have had the chance to fail.
fn what_is_touched_is_all_that_changed(seed: u64, steps: usize) -> usize {
    let mut dice = Dice::new(seed);
    let mut world = World::new();
    let mut small = 0;
    for step in 0..steps {
        let members = Ids::of(&world).members;
        let Some(who) = dice.pick(&members).copied() else { break };
        let ask = Asker::new(&mut dice, &world, who, format!("words {step}.")).ask();
        let before = world.talks.clone();
        let Ok(events) = world.tries(who, ask) else { continue };
        let touched = touched(&before, &events);
        small += usize::from(touched != Touched::ANYTHING);
        for member in everybody(&world) {
            let seen = |talks| view(talks, Viewer::Member(member));
            let parts = view_touched(&world.talks, Viewer::Member(member), &touched);
            if touched.is_new() {
                let empty = |room: RoomView| RoomView { items: Vec::new(), ..room };
                let none = View {
                    rooms: parts.rooms.iter().cloned().map(empty).collect(),
                    ..parts.clone()
                };
                let earlier = view_touched(&before, Viewer::Member(member), &touched);
                assert_eq!(earlier, none, "{events:#?}");
            }
            if touched == Touched::ANYTHING {
                assert_eq!(parts, seen(&world.talks));
            } else {
                assert_eq!(patched(seen(&before), parts), seen(&world.talks), "{events:#?}");
            }
        }
    }
    small
}

#[test]
fn outside_what_is_touched_nothing_changes() {
    let small: usize = (0..60).map(|seed| what_is_touched_is_all_that_changed(seed, 60)).sum();
    assert!(small > 300, "{small}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn folding_the_events_gives_the_same_talks(seed in any::<u64>()) {
        let world = lively(seed, 80);
        let members = everybody(&world);
        let folded = Talks::fold(&world.events);
        prop_assert_eq!(pages(&folded, &members), pages(&world.talks, &members));
        let json = serde_json::to_string(&world.events).unwrap();
        let read: Vec<Event> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&read, &world.events);
    }

    #[test]
    fn any_moment_can_be_seen_again(seed in any::<u64>(), cut in 0_usize..80) {
        let world = lively(seed, 80);
        let members = everybody(&world);
        let cut = cut.min(world.events.len());
        let mut step_by_step = Talks::default();
        world.events[..cut].iter().for_each(|e| step_by_step.apply(e));
        let at = Talks::at(&world.events, cut);
        prop_assert_eq!(pages(&at, &members), pages(&step_by_step, &members));
        let last = world.events.last().unwrap().at;
        let as_of = Talks::as_of(&world.events, last);
        prop_assert_eq!(pages(&as_of, &members), pages(&world.talks, &members));
    }

    /// Without the payloads of erased rooms the talks are what they were.
    #[test]
    fn an_erased_room_leaves_nothing_and_takes_nothing_with_it(seed in any::<u64>()) {
        let mut world = lively(seed, 60);
        let rooms: Vec<_> = world.sees(world.lead).rooms.iter().map(|r| r.id).collect();
        for room in rooms.into_iter().step_by(2) {
            let _ = world.tries(world.lead, Ask::EraseRoom { room });
        }
        let erased: BTreeSet<RoomId> = world.events.iter().filter_map(|e| match e.body {
            Body::RoomErased { erased } => Some(erased),
            _ => None,
        }).collect();
        let members = everybody(&world);
        let readable = world.events.iter().filter(|e| !e.room.is_some_and(|r| erased.contains(&r)));
        let folded = Talks::fold(readable);
        prop_assert_eq!(pages(&folded, &members), pages(&world.talks, &members));
        // And nothing is ever written to a room after its key is gone.
        let mut gone = BTreeSet::new();
        for event in &world.events {
            prop_assert!(event.room.is_none_or(|r| !gone.contains(&r)), "{:?}", event);
            if let Body::RoomErased { erased } = event.body { gone.insert(erased); }
        }
    }

    /// Whatever is done was within the mandate it was done under.
    #[test]
    fn nobody_acts_beyond_a_mandate(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let mut world = World::new();
        let mut mandates = Mandates::default();
        world.events.iter().for_each(|e| mandates.learn(e));
        let mut homes: BTreeMap<RoomId, PrincipalId> = BTreeMap::new();
        let home = |event: &Event| match &event.body {
            Body::RoomOpened { participants, home: true, .. } => {
                Some((event.room?, participants.first()?.principal))
            }
            _ => None,
        };
        homes.extend(world.events.iter().filter_map(home));
        for step in 0..80 {
            let members = everybody(&world);
            let who = *dice.pick(&members).unwrap();
            let ask = Asker::new(&mut dice, &world, who, format!("words {step}")).ask();
            let (principal, rights, active) = mandates.0[&who];
            let Ok(events) = world.tries(who, ask.clone()) else { continue };
            let needed = right_needed(&ask, |room| homes.get(&room) == Some(&principal));
            prop_assert!(active && rights.read && needed.among(rights), "{who:?} {rights:?}: {ask:?}");
            for event in &events {
                let acted = by(event);
                prop_assert_eq!(acted, Some((who, principal)));
                mandates.learn(event);
                homes.extend(home(event));
            }
        }
    }

    /// What is said in a room is only ever in the pages of principals in that
    /// room, and of those it was disclosed to.
    #[test]
    fn words_stay_in_their_room(seed in any::<u64>()) {
        let world = lively(seed, 100);
        let rooms = audiences(&world.events);
        // Words are unique to a command: everywhere they were put is in the events.
        let mut heard: BTreeMap<String, BTreeSet<PrincipalId>> = BTreeMap::new();
        for event in &world.events {
            let Some(audience) = event.room.and_then(|r| rooms.get(&r)) else { continue };
            let text = serde_json::to_string(&event.body).unwrap();
            for word in (0..100).map(|n| format!("words {n}.")).filter(|w| text.contains(w)) {
                heard.entry(word).or_default().extend(audience);
            }
        }
        for event in world.events.iter().filter(|e| e.room.is_none()) {
            // The table and its people are seen by more than one room; not looked at here.
            let text = serde_json::to_string(&event.body).unwrap();
            heard.retain(|word, _| !text.contains(word.as_str()));
        }
        for who in everybody(&world) {
            let page = world.bytes(who);
            let Some(you) = world.sees(who).you else { continue };
            for (word, audience) in &heard {
                prop_assert!(
                    !page.contains(word.as_str()) || audience.contains(&you.principal),
                    "{} reads {:?}", you.name, word
                );
            }
        }
    }

    /// An item that a person has not opened, or that was taken back unread, is
    /// not in that person's page; reading is recorded before it is.
    #[test]
    fn nothing_is_read_before_it_is_opened(seed in any::<u64>()) {
        let world = lively(seed, 100);
        for who in everybody(&world) {
            let seen = world.sees(who);
            let Some(you) = &seen.you else { continue };
            for (room, item) in seen.rooms.iter().flat_map(|r| r.items.iter().map(move |i| (r, i))) {
                let ours = item.author.principal == you.principal;
                let opened = world.events.iter().any(|e| {
                    e.room == Some(room.id)
                        && matches!(&e.body, Body::Read { items } if items.contains(&item.id))
                        && by(e).is_some_and(|(reader, _)| reader == who)
                });
                let taken_back = world.events.iter().any(|e| {
                    e.room == Some(room.id)
                        && matches!(&e.body, Body::TakenBack { item: i } if *i == item.id)
                });
                prop_assert_eq!(item.said.is_some(), ours || (opened && !taken_back));
                prop_assert_eq!(item.state == ItemState::TakenBack, taken_back);
            }
        }
    }

    /// Only what time is due closes by itself.
    #[test]
    fn the_clock_does_nothing_but_close(seed in any::<u64>()) {
        let world = lively(seed, 40);
        let mut dice = Dice::new(seed);
        let lead = world.lead;
        for step in 0..20 {
            let ask = Asker::new(&mut dice, &world, lead, format!("words {step}")).ask();
            let command = world.command(Who::Clock, ask);
            prop_assert!(decide(&world.talks, &command).is_err());
        }
    }
}
