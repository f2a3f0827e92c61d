//! The workbench: what follows from what was told, and from nothing else.

use crate::world::World;
use detente_mediation::ballot::{Proposal, PutTo};
use detente_mediation::preparation::{Alternative, Choice, Grounds, Question, RedLine, Statement};
use detente_mediation::workbench::{
    Budget, Modality, NotPriced, Reason, joint_question, outlook, own_value, price, stages,
};
use detente_mediation::{Ask, IssueId, MemberId, Package, RoomId};

const UP: &str = "River Office – Upper Town";
const DOWN: &str = "River Office – Lower Town";

fn ids(world: &World) -> Vec<IssueId> {
    world.sees(world.lead).issues.iter().map(|i| i.id).collect()
}

fn states(world: &mut World, who: MemberId, room: RoomId, statement: Statement) {
    world.does(who, Ask::Prepare { room, statement });
}

/// The towns want the gate the other way round, and different things most.
fn told() -> World {
    let mut world = World::new();
    let issues = ids(&world);
    let (gate, patrols) = (issues[0], issues[1]);
    let mut state = |who, name: &str, first: &[IssueId], gate_order: [u64; 3], patrol: [u64; 2]| {
        let room = world.room(who, name).id;
        let ranked = first.iter().map(|i| vec![*i]).collect();
        states(&mut world, who, room, Statement::RankIssues(ranked));
        for (issue, order) in [(gate, gate_order.as_slice()), (patrols, patrol.as_slice())] {
            let groups = order.iter().map(|o| vec![*o]).collect();
            states(&mut world, who, room, Statement::RankOptions { issue, groups });
        }
    };
    let (up, down) = {
        let seen = World::new();
        (seen.up, seen.down)
    };
    state(up, UP, &[gate, patrols], [0, 1, 2], [0, 1]);
    state(down, DOWN, &[patrols, gate], [2, 1, 0], [1, 0]);
    world
}

fn package(world: &World, options: [u64; 2]) -> Package {
    ids(world).into_iter().zip(options).collect()
}

#[test]
fn the_outlook_follows_what_was_told() {
    let mut world = told();
    let found = outlook(&world.sees(world.lead), &Budget::default()).unwrap();
    assert_eq!(found.packages, Some(6));
    assert_eq!(found.counts, Some([0, 6, 0]), "nothing about no deal was said");
    assert_eq!(found.sides.iter().map(|s| s.statements).collect::<Vec<_>>(), [3, 3]);
    let trade = package(&world, [0, 1]);
    let best =
        found.candidates.iter().find(|c| c.package == trade).expect("each gets what it wants most");
    assert!(best.reasons.iter().any(|r| matches!(r, Reason::Expected { .. })));
    for stand in &best.stands {
        let (low, high) = stand.exact.unwrap();
        // Its best option where most is at stake: half the scale at least.
        assert!(low >= 0.5 - 1e-9 && high <= 1.0 && low <= stand.middle && stand.middle <= high);
        assert_eq!(stand.accepts, Some(Modality::Possible));
    }
    assert!(!found.frontiers.is_empty());
    // A red line told to the mediator rules an option out, and is named.
    let room = world.room(world.down, DOWN).id;
    let gate = ids(&world)[0];
    let line = RedLine { package: [(gate, 0)].into(), reason: String::new() };
    let down = world.down;
    states(&mut world, down, room, Statement::RedLines(vec![line]));
    let found = outlook(&world.sees(world.lead), &Budget::default()).unwrap();
    assert_eq!(found.counts.unwrap()[2], 2);
    let vetoes: Vec<_> = found.vetoes.iter().map(|v| (v.side, v.issue, v.option)).collect();
    assert_eq!(vetoes, [(1, gate, 0)]);
    assert!(found.candidates.iter().all(|c| c.package[&gate] != 0));
}

#[test]
fn what_was_kept_at_home_does_not_reach_the_workbench() {
    let world = told();
    let mut busy = world.clone();
    let home = busy.home(busy.up).unwrap();
    let up = busy.up;
    let line = RedLine { package: package(&busy, [2, 1]), reason: "secret".into() };
    states(&mut busy, up, home, Statement::RedLines(vec![line]));
    let budget = Budget::default();
    assert_eq!(outlook(&world.sees(world.lead), &budget), outlook(&busy.sees(busy.lead), &budget));
    for who in [world.up, world.guarantor] {
        assert_eq!(outlook(&world.sees(who), &budget), None, "it is for mediators");
    }
}

#[test]
fn a_contradiction_is_named() {
    let mut world = told();
    let room = world.room(world.up, UP).id;
    let gate = ids(&world)[0];
    // It ranked the open gate first, and now would rather have it shut.
    let alternative = |option| Alternative::Package([(gate, option)].into());
    let question =
        Question { first: alternative(0), second: alternative(2), grounds: Grounds::OwnAnswers };
    let to = world.principal("Upper Town");
    world.does(world.lead, Ask::PutQuestion { room, to, question });
    let question = world.room(world.up, UP).questions[0].id;
    let up = world.up;
    states(&mut world, up, room, Statement::Answer { question, answer: Choice::Second });
    let found = outlook(&world.sees(world.lead), &Budget::default()).unwrap();
    assert_eq!((found.contradicted, found.counts), (Some(to), None));
}

#[test]
fn a_party_sees_its_own_value_and_nothing_of_the_others() {
    let mut world = told();
    let trade = package(&world, [0, 1]);
    let value = own_value(&world.sees(world.up), &trade).unwrap();
    let (low, high) = value.share.unwrap();
    assert!((low - 0.5).abs() < 1e-9 && (high - 1.0).abs() < 1e-9, "{low} {high}");
    let open = [(ids(&world)[0], 0)].into();
    let value_open = own_value(&world.sees(world.up), &open).unwrap().share.unwrap();
    assert!(value_open.0 <= low && value_open.1 >= high, "an open issue leaves more open");
    let room = world.room(world.down, DOWN).id;
    let down = world.down;
    let line = RedLine { package: trade.clone(), reason: String::new() };
    states(&mut world, down, room, Statement::RedLines(vec![line]));
    assert_eq!(own_value(&world.sees(world.up), &trade), Some(value));
    assert_eq!(own_value(&world.sees(world.lead), &trade), None);
}

#[test]
fn a_package_has_a_price_and_the_next_is_priced_beyond_it() {
    let mut world = told();
    let seen = world.sees(world.lead);
    let (up, down) = (world.principal("Upper Town"), world.principal("Lower Town"));
    let trade = package(&world, [0, 1]);
    let prices = price(&seen, &trade, &[up, down]).unwrap();
    assert_eq!(prices.iter().map(|p| p.reader).collect::<Vec<_>>(), [up, down]);
    for told in &prices {
        assert!(told.bits > 0.0 && told.at_most.is_none_or(|most| most >= told.bits));
        assert!(told.guesses.iter().all(|g| g.party != told.reader && g.after <= 1.0));
    }
    let again = |world: &World| price(&world.sees(world.lead), &trade, &[up]).unwrap()[0].bits;
    let first = again(&world);
    let home = world.home(world.lead).unwrap();
    let to = vec![PutTo { party: up, room: world.room(world.lead, UP).id }];
    let proposal: Proposal = serde_json::from_value(serde_json::json!({
        "title": "Trade", "package": trade,
    }))
    .unwrap();
    world.does(world.lead, Ask::Put { room: home, proposal, to });
    assert!(again(&world) < first, "what was shown before is not told again");
    let open = [(ids(&world)[0], 0)].into();
    assert_eq!(price(&seen, &open, &[up]), Err(NotPriced::Open));
    assert_eq!(price(&world.sees(world.up), &trade, &[down]), Err(NotPriced::Nothing));
}

#[test]
fn what_a_reader_may_take_has_a_price() {
    let mut world = told();
    let (to, room, who) = (world.principal("Upper Town"), world.room(world.lead, UP).id, world.up);
    // On average it would take little now, but nobody knows.
    for options in [[1, 1], [2, 0]] {
        let question = Question {
            first: Alternative::Package(package(&world, options)),
            second: Alternative::NoDeal,
            grounds: Grounds::OwnAnswers,
        };
        world.does(world.lead, Ask::PutQuestion { room, to, question });
        let question = world.room(who, UP).questions.pop().unwrap().id;
        states(&mut world, who, room, Statement::Answer { question, answer: Choice::Second });
    }
    let seen = world.sees(world.lead);
    for options in [[0, 0], [0, 1], [1, 0]] {
        let package = package(&world, options);
        let found = price(&seen, &package, &[to]);
        assert!(found.is_ok(), "{options:?}: {found:?}");
    }
}

#[test]
fn a_joint_question_is_marked_and_priced() {
    let world = told();
    let room = world.room(world.lead, UP).id;
    let up = world.principal("Upper Town");
    let found = joint_question(&world.sees(world.lead), room, up).unwrap();
    assert_eq!(found.question.grounds, Grounds::Joint);
    assert!(found.bits >= 0.0 && found.bits <= found.most_bits);
    let mut asked = world.clone();
    asked.does(asked.lead, Ask::PutQuestion { room, to: up, question: found.question });
    assert_eq!(joint_question(&asked.sees(asked.lead), room, up), None, "one is open");
    assert_eq!(joint_question(&world.sees(world.up), room, up), None, "a party does not choose so");
}

#[test]
fn a_package_can_be_staged() {
    let world = told();
    let trade = package(&world, [0, 1]);
    let found = stages(&world.sees(world.lead), &trade, &Budget::default()).unwrap();
    assert!(!found.phases.is_empty() && found.readings.1 == 12);
    let done: Vec<_> = found.phases.iter().flat_map(|p| &p.done).collect();
    assert!(done.iter().all(|(_, issue)| ids(&world).contains(issue)));
    assert!(found.phases.iter().all(|p| p.slack.len() == 2));
    let nobody = stages(&world.sees(world.up), &trade, &Budget::default());
    assert_eq!(nobody, None, "a party has no workbench");
}
