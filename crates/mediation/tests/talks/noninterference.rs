//! What one party receives does not depend on another's secrets, through any
//! door; and a test that would not notice a leak is worth nothing, so leaks
//! are planted, one at a time.

use crate::dice::Ids;
use crate::pair::{Doors, Honest, Pair, Tally};
use crate::world::{World, message};
use detente_mediation::text::to_plain;
use detente_mediation::{
    Ask, Body, Command, Conveyance, MemberId, Participant, Refusal, RoomId, Talks, Viewer, Who,
    decide, preview, view,
};

const STEPS: usize = 30;

/// How many random talks: a few by default, `DETENTE_TALKS` for a long run.
fn talks() -> u64 {
    std::env::var("DETENTE_TALKS").ok().and_then(|n| n.parse().ok()).unwrap_or(60)
}

#[test]
fn no_byte_depends_on_the_other_sides_secrets() {
    let mut total = Tally::default();
    for seed in 0..talks() {
        let mut pair = Pair::new(seed);
        let found = pair.run(STEPS, &Honest);
        assert!(found.is_none(), "talks {seed}: {found:#?}");
        let of = pair.tally;
        total.hidden += of.hidden;
        total.common += of.common;
        total.disclosures += of.disclosures;
        total.probes += of.probes;
        total.refusals += of.refusals;
        total.bytes += of.bytes;
    }
    println!("{} talks: {total:?}", talks());
    // It must have had the chance to fail.
    assert!(total.hidden > 20 * talks() && total.common > 5 * talks());
    assert!(total.disclosures > talks() && total.refusals > talks());
}

/// A door that leaks.
#[derive(Debug, Clone, Copy)]
enum Leak {
    PageWords,
    PageCount,
    PageOrder,
    PageIds,
    PageLastActivity,
    PageTurnout,
    Reply,
    Preview,
    Export,
    Replay,
}

impl Doors for Leak {
    fn page(&self, world: &World, who: MemberId) -> String {
        let mut page = Honest.page(world, who);
        match self {
            Self::PageWords => page += &Honest.page(world, world.down),
            Self::PageCount => page += &Ids::of(world).rooms.len().to_string(),
            Self::PageLastActivity => {
                let last = world.events.iter().map(|e| e.at).max();
                page += &format!("{last:?}");
            }
            Self::PageOrder => {
                let mut seen = view(&world.talks, Viewer::Member(who));
                let by = Ids::of(world).items.len() % seen.rooms.len();
                seen.rooms.rotate_left(by);
                page = serde_json::to_string(&seen).unwrap();
            }
            Self::PageIds => {
                for (number, id) in Ids::of(world).items.iter().enumerate() {
                    page = page.replace(&id.to_string(), &number.to_string());
                }
            }
            Self::PageTurnout => {
                let answers =
                    world.events.iter().filter(|e| matches!(e.body, Body::BallotAnswered { .. }));
                page += &answers.count().to_string();
            }
            _ => {}
        }
        page
    }

    fn reply(&self, world: &World, command: &Command) -> String {
        let reply = Honest.reply(world, command);
        let exists = |room: &RoomId| Ids::of(world).rooms.contains(room);
        match (self, &command.ask) {
            (Self::Reply, Ask::Say { room, .. } | Ask::Read { room, .. }) if exists(room) => {
                reply.replace("not-there", "not-yours")
            }
            _ => reply,
        }
    }

    fn preview(&self, world: &World, command: &Command) -> String {
        let shown = Honest.preview(world, command);
        match (self, preview(&world.talks, command)) {
            (Self::Preview, Ok(_)) => shown + &Ids::of(world).items.len().to_string(),
            _ => shown,
        }
    }

    fn export(&self, world: &World, who: MemberId) -> String {
        let Self::Export = self else { return Honest.export(world, who) };
        let drafted = world.events.iter().filter_map(|e| match &e.body {
            Body::TextDrafted { draft, .. } => Some(draft),
            _ => None,
        });
        drafted.map(|draft| to_plain(draft, "en")).collect()
    }

    fn replay(&self, world: &World, who: MemberId) -> String {
        let replay = Honest.replay(world, who);
        match self {
            Self::Replay => {
                let then = Talks::as_of(&world.events, world.shared);
                replay + &Honest.page(&World { talks: then, ..world.clone() }, world.lead)
            }
            _ => replay,
        }
    }
}

#[test]
fn a_leak_in_any_door_is_found() {
    use Leak::*;
    let leaks = [
        (PageWords, "page"),
        (PageCount, "page"),
        (PageOrder, "page"),
        (PageIds, "page"),
        (PageLastActivity, "page"),
        (PageTurnout, "page"),
        (Reply, "reply"),
        (Preview, "preview"),
        (Export, "export"),
        (Replay, "replay"),
    ];
    for (leak, door) in leaks {
        let found = (0..200).find_map(|seed| Some((seed, Pair::new(seed).run(STEPS, &leak)?)));
        let (seed, difference) = found.unwrap_or_else(|| panic!("{leak:?} was not found"));
        println!("{leak:?}: found in talks {seed}, at the door `{}`", difference.door);
        // A preview comes back together with the reply to a probe.
        let at = [door, if door == "preview" { "reply" } else { door }];
        assert!(at.contains(&difference.door), "{leak:?}: found at {}", difference.door);
        assert_ne!(difference.one, difference.other);
    }
}

/// Every command that names a room, with this one.
fn naming(room: RoomId, world: &World) -> Vec<Ask> {
    let ids = Ids::of(world);
    let (item, ballot) = (ids.items[0], detente_mediation::BallotId::from_bytes([3; 16]));
    let (text, version) = (
        detente_mediation::TextId::from_bytes([3; 16]),
        detente_mediation::VersionId::from_bytes([3; 16]),
    );
    let principal = ids.principals[0];
    vec![
        Ask::Say { room, content: message("hello") },
        Ask::Read { room, items: vec![item] },
        Ask::TakeBack { room, item },
        Ask::Permit { room, item, permission: Default::default() },
        Ask::Convey { room, item, to: vec![room], how: Conveyance::default() },
        Ask::Admit { room, participant: Participant { principal, only: vec![] } },
        Ask::Dismiss { room, principal, member: None },
        Ask::EraseRoom { room },
        Ask::Circulate { room, text, version, to: vec![room] },
        Ask::Answer { room, ballot, answer: detente_mediation::ballot::Answer::Yes },
        Ask::Close { room, ballot },
        Ask::Withdraw { room, ballot },
    ]
}

#[test]
fn a_secret_channel_is_as_if_it_did_not_exist() {
    let without = World::new();
    let mut with = without.clone();
    let office = with.principal("River Office");
    let lower = with.principal("Lower Town");
    let (lead, down) = (with.lead, with.down);
    let only = |principal, member| Participant { principal, only: vec![member] };
    let participants = vec![only(office, lead), only(lower, down)];
    let aide_before = with.add("River Office", "Aide", detente_mediation::Rights::SPEAKER);
    let mut without = without;
    let aide = without.add("River Office", "Aide", detente_mediation::Rights::SPEAKER);
    assert_eq!(aide, aide_before);

    let opened =
        with.does(lead, Ask::OpenRoom { name: "Tunnel".into(), participants, secret: true });
    let secret = opened[0].room.unwrap();
    with.does(down, Ask::Say { room: secret, content: message("it is us") });
    with.reads(lead, "Tunnel");
    assert!(with.bytes(lead).contains("it is us") && with.bytes(down).contains("it is us"));

    let nobody = MemberId::from_bytes([7; 16]);
    // Colleagues of those in it, on both sides, are outside like everybody else.
    for outside in [with.up, with.envoy, with.guarantor, aide, nobody] {
        assert_eq!(with.bytes(outside), without.bytes(outside));
        for (there, nowhere) in
            naming(secret, &with).into_iter().zip(naming(RoomId::from_bytes([8; 16]), &with))
        {
            let there = with.command(Who::Member(outside), there);
            let nowhere = with.command(Who::Member(outside), nowhere);
            let refused = decide(&with.talks, &there);
            assert_eq!(refused, decide(&with.talks, &nowhere), "{:?}", there.ask);
            assert_eq!(refused, decide(&without.talks, &nowhere));
            assert!(matches!(refused, Err(Refusal::NotThere)), "{:?}: {refused:?}", there.ask);
            assert_eq!(preview(&with.talks, &there), preview(&without.talks, &there));
        }
    }
    let operator = |w: &World| serde_json::to_string(&view(&w.talks, Viewer::Operator)).unwrap();
    assert_eq!(operator(&with), operator(&without));
    assert_eq!(operator(&with), operator(&World { talks: Talks::default(), ..without.clone() }));
}

/// Found by the long run (talks 5458): whether a person acts for a mediator
/// could be told from whether that person could be named.
#[test]
fn a_person_one_has_not_met_cannot_be_named() {
    let without = World::new();
    let mut with = without.clone();
    let aide = with.add("River Office", "Aide", detente_mediation::Rights::SPEAKER);
    let principal = with.principal("River Office");
    let named = || Participant { principal, only: vec![aide] };
    let upper = with.principal("Upper Town");
    let participants = vec![Participant { principal: upper, only: vec![] }, named()];
    let asks = [
        Ask::Admit { room: with.upper_room, participant: named() },
        Ask::OpenRoom { name: "Mill".into(), participants, secret: true },
    ];
    for ask in asks {
        let command = with.command(Who::Member(with.up), ask);
        assert_eq!(decide(&with.talks, &command), Err(Refusal::NotThere));
        assert_eq!(decide(&without.talks, &command), Err(Refusal::NotThere));
    }
    // Once the aide has written in a room of theirs, the town knows.
    let room = with.upper_room;
    with.does(aide, Ask::Say { room, content: message("hello") });
    let command = with.command(Who::Member(with.up), Ask::Admit { room, participant: named() });
    assert_eq!(decide(&with.talks, &command), Err(Refusal::AlreadyDone));
}
