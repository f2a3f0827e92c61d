//! Delegations that change hands, fronts that are added, and looking back.

use crate::world::{World, issue, message};
use detente_mediation::{
    Ask, Body, MemberId, Participant, PrincipalKind, Refusal, Rights, Standing, Subject, Talks,
    Viewer, view_back,
};

const UP: &str = "River Office – Upper Town";

fn suspend(member: MemberId) -> Ask {
    Ask::Suspend { member, basis: "the council's call".into() }
}

#[test]
fn a_head_is_lost_and_the_thread_stays() {
    let mut world = World::new();
    world.says(world.up, UP, message("before"));
    let una = world.up;
    let replace = Ask::Replace { member: una, by: Some("Ulla".into()), basis: "letter 12".into() };
    let refused = world.tries(world.lead, replace.clone());
    assert!(matches!(refused, Err(Refusal::Mandate(_))), "a delegation with a head names its own");
    world.does(world.lead, suspend(una));
    assert_eq!(world.sees(una).rooms, [], "suspended: sees nothing");
    assert_eq!(world.sees(una).you.unwrap().standing, Standing::Suspended);
    world.does(world.lead, replace);
    let ulla = world.person(world.lead, "Ulla");
    assert_eq!(world.sees(una).you, None, "gone");
    let room = world.room(ulla, UP);
    assert_eq!(room.items[0].said.as_ref().unwrap().text, "before");
    assert_eq!(room.items[0].author.name, "Una", "what was said keeps its author");

    // What Ulla does is under Ulla's mandate, resting on its own basis.
    world.says(ulla, UP, message("after"));
    let seen = world.sees(ulla);
    let upper = seen.principals.iter().find(|p| p.name == "Upper Town").unwrap();
    let ulla_now = upper.people.iter().find(|p| p.id == ulla).unwrap();
    assert_eq!((ulla_now.basis.as_str(), ulla_now.rights), ("letter 12", Rights::HEAD));
    let last = world.events.last().unwrap();
    assert!(matches!(last.actor, detente_mediation::Actor::Member { id, mandate, .. }
        if id == ulla && mandate == ulla_now.mandate));
    let left = upper.people.iter().find(|p| p.id == una).unwrap();
    assert_eq!(left.standing, Standing::Replaced { by: Some(ulla) });
}

#[test]
fn a_mandate_stripped_is_stripped() {
    let mut world = World::new();
    let head = world.up;
    let principal = world.principal("Upper Town");
    let add = |name: &str, rights| Ask::AddMember {
        principal,
        name: name.into(),
        rights,
        basis: String::new(),
    };
    world.does(head, add("Aide", Rights::SPEAKER));
    let aide = world.person(head, "Aide");
    let room = world.room(aide, UP).id;
    world.does(aide, Ask::Say { room, content: message("hello") });
    let mandate = |rights| Ask::GiveMandate { member: aide, rights, basis: "decision".into() };
    world.does(head, mandate(Rights::NOTE_TAKER));
    let refused = world.tries(aide, Ask::Say { room, content: message("hello") });
    assert!(matches!(refused, Err(Refusal::Mandate(_))));
    let home = world.home(aide).unwrap();
    world.does(aide, Ask::Say { room: home, content: message("a draft") });
    world.does(head, mandate(Rights::NONE));
    assert_eq!(world.sees(aide).rooms, []);
    // Other delegations never learn any of it.
    assert!(!world.bytes(world.down).contains("Aide"));
    assert!(!world.bytes(world.envoy).contains("Aide"));
}

#[test]
fn a_room_for_some_does_not_pass_to_a_successor() {
    let mut world = World::new();
    let (lead, una) = (world.lead, world.up);
    let one = |principal, member| Participant { principal, only: vec![member] };
    let (office, upper) = (world.principal("River Office"), world.principal("Upper Town"));
    let participants = vec![one(office, lead), one(upper, una)];
    let ask = Ask::OpenRoom { name: "Tunnel".into(), participants, secret: true };
    world.does(lead, ask);
    let tunnel = world.room(lead, "Tunnel").id;
    let replace = Ask::Replace { member: una, by: Some("Ulla".into()), basis: String::new() };
    world.does(una, replace);
    let ulla = world.person(lead, "Ulla");
    assert!(world.sees(ulla).rooms.iter().all(|r| r.name != "Tunnel"));
    world.does(lead, Ask::Admit { room: tunnel, participant: one(upper, ulla) });
    assert_eq!(world.room(ulla, "Tunnel").id, tunnel);
    // A principal that was not in it is not let in after the fact.
    let lower = world.principal("Lower Town");
    let refused =
        world.tries(lead, Ask::Admit { room: tunnel, participant: one(lower, world.down) });
    assert!(matches!(refused, Err(Refusal::Malformed { .. })));
}

#[test]
fn another_front_and_another_issue_while_talks_run() {
    let mut world = World::new();
    let (lead, up, down) = (world.lead, world.up, world.down);
    let upper = world.principal("Upper Town");
    let office = world.principal("River Office");
    let before = world.bytes(down);
    world.does(
        lead,
        Ask::AddPrincipal {
            kind: PrincipalKind::Party,
            name: "Island Parish".into(),
            note: String::new(),
            channels: vec![office],
            known_to: vec![upper],
        },
    );
    let isle = world.add("Island Parish", "Ida", Rights::HEAD);
    let islands = issue("ferry", &["daily", "weekly"]);
    world.does(lead, Ask::AddIssue { issue: islands.clone(), known_to: vec![upper] });
    assert_eq!(world.bytes(down), before, "the lower town knows of neither yet");
    assert!(world.bytes(up).contains("Island Parish") && world.bytes(up).contains("ferry"));
    assert!(!world.bytes(isle).contains("Lower Town"), "nor does the new side know everybody");

    let id = world.sees(up).issues.iter().find(|i| i.issue.name == "ferry").unwrap().id;
    let more = issue("ferry", &["daily", "weekly", "in summer"]);
    world.does(lead, Ask::ReviseIssue { issue: id, revised: more.clone() });
    let shown = world.sees(up).issues.into_iter().find(|i| i.id == id).unwrap();
    assert_eq!((shown.issue, shown.earlier.len()), (more, 1), "versions are kept");
    let fewer = Ask::ReviseIssue { issue: id, revised: issue("ferry", &["daily"]) };
    assert!(matches!(world.tries(lead, fewer), Err(Refusal::Malformed { .. })));

    let lower = world.principal("Lower Town");
    world.does(lead, Ask::MakeKnown { subject: Subject::Issue(id), to: vec![lower] });
    let shown = world.sees(down).issues.into_iter().find(|i| i.id == id).unwrap();
    assert_eq!(shown.earlier, [], "what was before it was told stays untold");
}

#[test]
fn a_mediator_goes_no_further_than_its_channels() {
    let mut world = World::new();
    let all =
        |world: &World, name: &str| Participant { principal: world.principal(name), only: vec![] };
    let abbey = world.principal("Hill Abbey");
    let with_lower = vec![all(&world, "Hill Abbey"), all(&world, "Lower Town")];
    let ask =
        |secret| Ask::OpenRoom { name: "Cell".into(), participants: with_lower.clone(), secret };
    let refused = world.tries(world.envoy, ask(false));
    assert!(matches!(refused, Err(Refusal::NoChannel(_))), "{refused:?}");
    world.does(world.lead, Ask::AddChannel { mediator: abbey, to: world.principal("Lower Town") });
    world.does(world.envoy, ask(false));
    // Sides open rooms with each other only in secret.
    let sides = vec![all(&world, "Upper Town"), all(&world, "Lower Town")];
    let ask = |secret| Ask::OpenRoom { name: "Bridge".into(), participants: sides.clone(), secret };
    assert!(matches!(world.tries(world.up, ask(false)), Err(Refusal::NoChannel(_))));
    world.does(world.up, ask(true));
    assert!(world.sees(world.lead).rooms.iter().all(|r| r.name != "Bridge"));
    assert_eq!(world.room(world.down, "Bridge").participants.len(), 2);
}

#[test]
fn what_a_room_saw_on_a_day() {
    let mut world = World::new();
    world.says(world.lead, UP, message("on Tuesday"));
    let tuesday = world.now;
    world.now += jiff::SignedDuration::from_hours(24);
    world.reads(world.up, UP);
    world.says(world.lead, UP, message("on Wednesday"));
    let then = Talks::as_of(&world.events, tuesday);
    let back = |who| {
        let seen = view_back(&world.talks, &then, Viewer::Member(who));
        let room = seen.rooms.into_iter().find(|r| r.name == UP);
        room.map(|r| r.items).unwrap_or_default()
    };
    let items = back(world.lead);
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].said.as_ref().unwrap().text, "on Tuesday");
    assert_eq!(items[0].opened_by, [], "it lay there unread");
    assert_eq!(world.room(world.lead, UP).items[0].opened_by.len(), 1, "it was read later");
    assert!(back(world.up)[0].said.is_none(), "the town had not opened it by then");
    assert_eq!(back(world.down), []);
    // Someone who came later looks back through the rooms it is in now.
    let upper = world.principal("Upper Town");
    let add = Ask::AddMember {
        principal: upper,
        name: "Late".into(),
        rights: Rights::NOTE_TAKER,
        basis: String::new(),
    };
    let mut later = world.clone();
    later.does(later.up, add);
    let late = later.person(later.up, "Late");
    assert_eq!(view_back(&later.talks, &then, Viewer::Member(late)).rooms.len(), 3);
    later.does(later.up, suspend(late));
    assert_eq!(view_back(&later.talks, &then, Viewer::Member(late)).rooms, []);
}

#[test]
fn every_event_says_who_acted_under_which_mandate() {
    let world = World::new();
    for event in &world.events {
        let detente_mediation::Actor::Member { id, mandate, principal } = event.actor else {
            panic!("{event:?}");
        };
        let granted = world.events.iter().any(|e| match &e.body {
            Body::MemberAdded { id: m, mandate: of, principal: p, .. } => {
                *m == id && of.id == mandate && *p == principal
            }
            _ => false,
        });
        assert!(granted, "{event:?}");
    }
}
