//! Two rooms, two mediators with different reach, items with a convey preference.

use crate::world::{World, message};
use detente_mediation::view::ItemState;
use detente_mediation::{
    Ask, Attribution, AttributionLevel, Content, Conveyance, Permission, Refusal, Voice, Who,
    preview,
};

const UP: &str = "River Office – Upper Town";
const DOWN: &str = "River Office – Lower Town";

fn on_background(text: &str) -> Content {
    let attribution = Attribution {
        level: AttributionLevel::Background,
        wording: "people close to the council".into(),
    };
    Content { attribution, permission: Permission::MayConvey, ..message(text) }
}

#[test]
fn each_sees_the_rooms_it_is_in() {
    let world = World::new();
    let names = |who| {
        let mut names: Vec<_> = world.sees(who).rooms.into_iter().map(|r| r.name).collect();
        names.sort();
        names
    };
    assert_eq!(names(world.up), ["Hill Abbey – Upper Town", UP, "Upper Town"]);
    assert_eq!(names(world.down), ["Lower Town", DOWN]);
    assert_eq!(names(world.envoy), ["Hill Abbey", "Hill Abbey – Upper Town"]);
    assert_eq!(names(world.guarantor), ["League", "River Office – League"]);
}

#[test]
fn nothing_crosses_but_what_is_conveyed_as_permitted() {
    let mut world = World::new();
    let item = world.says(world.up, UP, on_background("half open would do"));
    let before = world.bytes(world.down);
    assert_eq!(world.room(world.lead, UP).items[0].state, ItemState::Unopened);
    assert_eq!(world.room(world.lead, UP).items[0].said, None);

    let (from, to) = (world.room(world.lead, UP).id, world.room(world.lead, DOWN).id);
    let convey = |how| Ask::Convey { room: from, item: item.id, to: vec![to], how };
    let unread = world.tries(world.lead, convey(Conveyance::default()));
    assert!(matches!(unread, Err(Refusal::Malformed { .. })), "unread: {unread:?}");
    world.reads(world.lead, UP);

    let command = world.command(Who::Member(world.lead), convey(Conveyance::default()));
    let shown = preview(&world.talks, &command).unwrap();
    assert_eq!(shown.len(), 1, "only the lower town is a new audience");
    assert_eq!(world.bytes(world.down), before, "a preview changes nothing");

    world.does(world.lead, convey(Conveyance::default()));
    world.reads(world.down, DOWN);
    let got = world.room(world.down, DOWN).items.pop().unwrap();
    let said = got.said.unwrap();
    assert_eq!(said.text, "half open would do");
    let source = Some("people close to the council".to_owned());
    assert_eq!(said.voice, Voice::Reported { source, verbatim: true });
    assert!(!world.bytes(world.down).contains("Una"));
    assert_eq!(got.conveyed_from, None);
    assert!(world.room(world.up, UP).items[0].conveyed_to.is_empty());
    assert_eq!(world.room(world.lead, UP).items[0].conveyed_to.len(), 1);
}

#[test]
fn a_condition_on_conveying_holds() {
    let mut world = World::new();
    let item = world.says(world.up, UP, message("between us"));
    world.reads(world.lead, UP);
    let (from, to) = (world.room(world.lead, UP).id, world.room(world.lead, DOWN).id);
    let convey =
        Ask::Convey { room: from, item: item.id, to: vec![to], how: Conveyance::default() };
    assert_eq!(world.tries(world.lead, convey.clone()), Err(Refusal::NotPermitted));
    let permission = Permission::AsOwn;
    world.does(world.up, Ask::Permit { room: from, item: item.id, permission });
    world.does(world.lead, convey);
    world.reads(world.down, DOWN);
    let said = world.room(world.down, DOWN).items.pop().unwrap().said.unwrap();
    assert_eq!(said.voice, Voice::Own, "as the mediator's own, without a trace of the source");
}

#[test]
fn taking_back_works_until_read() {
    let mut world = World::new();
    let unread = world.says(world.up, UP, message("a slip"));
    let room = world.room(world.up, UP).id;
    world.does(world.up, Ask::TakeBack { room, item: unread.id });
    let left = &world.room(world.lead, UP).items[0];
    assert_eq!((left.state, &left.said), (ItemState::TakenBack, &None));
    world.reads(world.lead, UP);
    assert_eq!(world.room(world.lead, UP).items[0].said, None, "nor can it be opened later");

    let read = world.says(world.up, UP, message("another"));
    world.reads(world.lead, UP);
    let late = world.tries(world.up, Ask::TakeBack { room, item: read.id });
    assert_eq!(late, Err(Refusal::AlreadyRead));
}

#[test]
fn not_there_and_not_yours_are_the_same_refusal() {
    let mut world = World::new();
    let item = world.says(world.up, UP, message("private"));
    let theirs = world.room(world.up, UP).id;
    let asks = |room, item| {
        [
            Ask::Say { room, content: message("hello") },
            Ask::Read { room, items: vec![item] },
            Ask::TakeBack { room, item },
            Ask::EraseRoom { room },
        ]
    };
    let nowhere = "00000000000000000000000000000001".parse().unwrap();
    let nothing = "00000000000000000000000000000002".parse().unwrap();
    for (real, made_up) in asks(theirs, item.id).into_iter().zip(asks(nowhere, nothing)) {
        let (real, made_up) = (world.tries(world.down, real), world.tries(world.down, made_up));
        assert_eq!(real, made_up);
        assert_eq!(real, Err(Refusal::NotThere));
    }
}
