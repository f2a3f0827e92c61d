//! The fictional talks in `examples/river-talks`: the rows of the scene that
//! live talks serve, and the proof that the stored form has not changed.

use crate::world::{World, message};
use detente_mediation::ballot::{Answer, Proposal, PutTo, Rule};
use detente_mediation::log::LogFile;
use detente_mediation::text::{BracketBy, Clause, Draft, Settles};
use detente_mediation::{
    Ask, Attribution, AttributionLevel, ClauseId, Content, Conveyance, IssueText, ItemKind,
    MemberId, Options, Participant, Permission, PrincipalKind, Rights, Who, due,
};
use jiff::Timestamp;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/river-talks/log.jsonl");
const UP: &str = "River Office – Upper Town";
const DOWN: &str = "River Office – Lower Town";

fn at(world: &mut World, moment: &str) {
    let moment: Timestamp = moment.parse().unwrap();
    assert!(moment > world.now, "time goes forward");
    world.now = moment;
}

fn position(text: &str, level: AttributionLevel, wording: &str, permission: Permission) -> Content {
    let attribution = Attribution { level, wording: wording.into() };
    Content { kind: ItemKind::Position, attribution, permission, ..message(text) }
}

/// Principals who do not meet (S1), a second mediator of another reach (S2), a
/// welcome that is not a yes (S4).
fn words_carried(world: &mut World) {
    at(world, "2025-03-04T10:00:00Z");
    let description = "people close to the upper council";
    let item = world.says(
        world.up,
        UP,
        position(
            "A pause in shutting the gate could be welcomed, if the orchards are watered first.",
            AttributionLevel::Background,
            description,
            Permission::MayConvey,
        ),
    );
    world.says(
        world.up,
        "Hill Abbey – Upper Town",
        position(
            "Between us: the council is divided.",
            AttributionLevel::OffTheRecord,
            "",
            Permission::DoNotConvey,
        ),
    );
    world.reads(world.envoy, "Hill Abbey – Upper Town");
    world.reads(world.lead, UP);
    let (room, to) = (world.room(world.lead, UP).id, world.room(world.lead, DOWN).id);
    let how = Conveyance::default();
    world.does(world.lead, Ask::Convey { room, item: item.id, to: vec![to], how });
    at(world, "2025-03-04T15:00:00Z");
    world.reads(world.down, DOWN);
    world.says(
        world.down,
        DOWN,
        position(
            "We welcome the thought. We do not accept it in full: never the gate shut in May.",
            AttributionLevel::DeepBackground,
            "",
            Permission::AsOwn,
        ),
    );
    world.reads(world.lead, DOWN);
}

/// A channel whose existence is secret (S6).
fn undeclared(world: &mut World) {
    at(world, "2025-03-05T08:00:00Z");
    let one = |principal, member: MemberId| Participant { principal, only: vec![member] };
    let participants = vec![
        one(world.principal("River Office"), world.lead),
        one(world.principal("Lower Town"), world.down),
    ];
    let name = "Ferry house".to_owned();
    world.does(world.lead, Ask::OpenRoom { name, participants, secret: true });
    world.says(world.down, "Ferry house", message("May could be talked about, by nobody's name."));
    world.reads(world.lead, "Ferry house");
}

/// The head of a delegation is lost, another comes (S8).
fn hands_change(world: &mut World) -> MemberId {
    at(world, "2025-03-06T07:00:00Z");
    let una = world.up;
    let basis = "news of the accident; the council's telephone call".to_owned();
    world.does(world.lead, Ask::Suspend { member: una, basis });
    at(world, "2025-03-06T12:00:00Z");
    let basis = "letter of the upper council, 6 March".to_owned();
    let by = Some("Ulla".to_owned());
    world.does(world.lead, Ask::Replace { member: una, by, basis });
    world.person(world.lead, "Ulla")
}

/// Another front, and an issue that comes with it (S9).
fn another_front(world: &mut World) {
    at(world, "2025-03-07T09:00:00Z");
    let known_to = vec![world.principal("Upper Town"), world.principal("Lower Town")];
    world.does(
        world.lead,
        Ask::AddPrincipal {
            kind: PrincipalKind::Party,
            name: "Island Parish".into(),
            note: String::new(),
            channels: vec![world.principal("River Office")],
            known_to: known_to.clone(),
        },
    );
    world.add("Island Parish", "Ida", Rights::HEAD);
    let issue = IssueText {
        name: "ferry".into(),
        note: String::new(),
        unit: String::new(),
        options: Options::Ordered(vec!["weekly".into(), "daily".into()]),
    };
    world.does(world.lead, Ask::AddIssue { issue, known_to });
}

/// One text, put to both towns, and a sealed acceptance that time closes.
fn one_text(world: &mut World, ulla: MemberId) {
    at(world, "2025-03-10T09:00:00Z");
    let gate = world.sees(world.lead).issues[0].id;
    let draft = Draft {
        title: "Gate and orchards".into(),
        clauses: vec![Clause {
            id: ClauseId::from_bytes([1; 16]),
            heading: "The gate".into(),
            words: [("en".to_owned(), "The gate stands half open [until May][until June].".into())]
                .into(),
            settles: vec![Settles { issue: gate, option: Some(1) }],
            brackets: vec![BracketBy {
                bracket: 0,
                by: vec![world.principal("Lower Town")],
                disclosed: false,
            }],
            reservations: vec![],
        }],
        ..Draft::default()
    };
    let room = world.home(world.lead).unwrap();
    world.does(world.lead, Ask::DraftText { room, text: None, draft });
    let text = world.room(world.lead, "River Office").texts.pop().unwrap();
    let version = text.versions[0].id;
    let rooms = [UP, DOWN].map(|r| world.room(world.lead, r).id);
    world.does(world.lead, Ask::Circulate { room, text: text.id, version, to: rooms.to_vec() });
    let deadline = "2025-03-12T18:00:00Z".parse().unwrap();
    let proposal = Proposal {
        title: "Half open until June".into(),
        words: "The text put to you, with \"until June\".".into(),
        package: [(gate, 1)].into(),
        text: Some((text.id, version)),
        whole: Default::default(),
        rule: Rule::All,
        deadline: Some(deadline),
        named: true,
        turnout: false,
    };
    let to = ["Upper Town", "Lower Town"].into_iter().zip(rooms);
    let to = to.map(|(party, room)| PutTo { party: world.principal(party), room }).collect();
    world.does(world.lead, Ask::Put { room, proposal, to });
    let ballot = world.room(world.lead, "River Office").ballots[0].id;
    at(world, "2025-03-11T11:00:00Z");
    let condition = "if the ferry runs daily".to_owned();
    world.answers(ulla, UP, ballot, Answer::YesIf { condition, tell: false });
    world.answers(world.down, DOWN, ballot, Answer::Yes);
    at(world, "2025-03-12T16:00:00Z");
    world.answers(ulla, UP, ballot, Answer::Yes);
    at(world, "2025-03-12T18:00:00Z");
    for ask in due(&world.talks, deadline) {
        world.as_who(Who::Clock, ask).unwrap();
    }
}

fn story() -> World {
    let mut world = World::new();
    words_carried(&mut world);
    undeclared(&mut world);
    let ulla = hands_change(&mut world);
    another_front(&mut world);
    one_text(&mut world, ulla);
    world
}

/// `DETENTE_WRITE=1 cargo test -p detente-mediation story` writes the file anew.
#[test]
fn the_example_is_what_the_code_makes() {
    let world = story();
    let text = LogFile::of(world.talks.id().unwrap(), &world.events).to_text();
    if std::env::var_os("DETENTE_WRITE").is_some() {
        std::fs::create_dir_all(std::path::Path::new(FILE).parent().unwrap()).unwrap();
        std::fs::write(FILE, &text).unwrap();
    }
    let stored = std::fs::read_to_string(FILE).unwrap();
    let differ = stored.lines().zip(text.lines()).position(|(a, b)| a != b);
    assert_eq!(differ, None, "first line that differs");
    assert_eq!(stored.lines().count(), text.lines().count());
}
