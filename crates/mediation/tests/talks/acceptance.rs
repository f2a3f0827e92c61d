//! Sealed acceptance: before the close nothing, at the close one bit.

use crate::world::World;
use detente_mediation::ballot::{Answer, Outcome, Proposal, PutTo, Rule};
use detente_mediation::view::{BallotPart, BallotView};
use detente_mediation::{
    Ask, BallotId, MemberId, PrincipalId, Refusal, Right, Rights, RoomId, Who, due, next_deadline,
    preview,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const UP: &str = "River Office – Upper Town";
const DOWN: &str = "River Office – Lower Town";

fn proposal(rule: Rule) -> Proposal {
    Proposal {
        title: "Half open".into(),
        words: "The gate stands half open until June.".into(),
        package: BTreeMap::new(),
        text: None,
        whole: Default::default(),
        rule,
        deadline: None,
        named: false,
        turnout: false,
    }
}

/// Puts a proposal to both towns.
fn put(world: &mut World, proposal: Proposal) -> (RoomId, BallotId) {
    let room = world.home(world.lead).unwrap();
    let to = [("Upper Town", UP), ("Lower Town", DOWN)].map(|(party, room)| PutTo {
        party: world.principal(party),
        room: world.room(world.lead, room).id,
    });
    world.does(world.lead, Ask::Put { room, proposal, to: to.to_vec() });
    (room, world.room(world.lead, "River Office").ballots.last().unwrap().id)
}

fn seen(world: &World, who: MemberId, room: &str) -> BallotView {
    world.room(who, room).ballots.pop().unwrap()
}

fn if_paid(tell: bool) -> Answer {
    Answer::YesIf { condition: "if the mill is paid".into(), tell }
}

#[test]
fn nobody_sees_anothers_answer_before_or_after() {
    for theirs in [Answer::Yes, Answer::No, if_paid(false)] {
        let mut world = World::new();
        let (room, ballot) = put(&mut world, proposal(Rule::All));
        let before = [world.bytes(world.up), world.bytes(world.lead), world.bytes(world.envoy)];
        world.answers(world.down, DOWN, ballot, theirs.clone());
        assert_eq!(
            before,
            [world.bytes(world.up), world.bytes(world.lead), world.bytes(world.envoy)]
        );
        world.answers(world.up, UP, ballot, Answer::Yes);
        world.does(world.lead, Ask::Close { room, ballot });
        let met = if theirs == Answer::Yes { Outcome::Accepted } else { Outcome::NotAccepted };
        for (who, room) in [(world.up, UP), (world.down, DOWN), (world.lead, "River Office")] {
            assert_eq!(seen(&world, who, room).outcome.unwrap().1, met);
        }
        assert!(
            !world.bytes(world.lead).contains("mill") && !world.bytes(world.up).contains("mill")
        );
    }
}

#[test]
fn a_failure_is_the_same_whoever_refused_or_was_silent() {
    let failures: [&[Answer]; 4] =
        [&[], &[Answer::No], &[if_paid(false)], &[Answer::Yes, Answer::No]];
    let mut pages = BTreeSet::new();
    for theirs in failures {
        let mut world = World::new();
        let (room, ballot) = put(&mut world, proposal(Rule::All));
        world.answers(world.up, UP, ballot, Answer::Yes);
        for one in theirs {
            world.answers(world.down, DOWN, ballot, one.clone());
        }
        (world.now, world.fresh) = (world.shared + SignedDuration::from_hours(2), 500);
        world.does(world.lead, Ask::Close { room, ballot });
        pages.insert((world.bytes(world.up), world.bytes(world.lead)));
    }
    assert_eq!(pages.len(), 1);
}

#[test]
fn a_condition_is_told_only_when_its_side_says_so() {
    let mut world = World::new();
    let (_, ballot) = put(&mut world, proposal(Rule::All));
    world.answers(world.down, DOWN, ballot, if_paid(true));
    let BallotPart::Put { conditions, your_answer, .. } = seen(&world, world.lead, DOWN).part
    else {
        panic!("put in this room");
    };
    assert_eq!(conditions.len(), 1);
    assert_eq!(your_answer, None, "the mediator is not the one asked");
    assert!(!world.bytes(world.up).contains("mill"));
}

#[test]
fn looking_first_cannot_open_the_answers() {
    let mut world = World::new();
    let (room, ballot) = put(&mut world, proposal(Rule::All));
    for ask in [Ask::Close { room, ballot }, Ask::Withdraw { room, ballot }] {
        let command = world.command(Who::Member(world.lead), ask);
        assert!(matches!(preview(&world.talks, &command), Err(Refusal::Malformed { .. })));
    }
}

#[test]
fn deadlines_close_by_themselves_and_late_is_never_yes() {
    let mut world = World::new();
    let deadline: Timestamp = world.now + SignedDuration::from_hours(5);
    let mut timed = proposal(Rule::All);
    timed.deadline = Some(deadline);
    let (room, ballot) = put(&mut world, timed);
    assert_eq!(next_deadline(&world.talks), Some(deadline));
    world.answers(world.down, DOWN, ballot, Answer::Yes);
    let early = world.tries(world.lead, Ask::Close { room, ballot });
    assert_eq!(early, Err(Refusal::TooEarly(deadline)), "not even whoever put it closes early");
    let before = deadline - SignedDuration::from_secs(1);
    assert_eq!(due(&world.talks, before), []);
    world.now = deadline;
    let up = world.room(world.up, UP).id;
    let late = world.tries(world.up, Ask::Answer { room: up, ballot, answer: Answer::Yes });
    assert_eq!(late, Err(Refusal::TooLate(deadline)));
    for ask in due(&world.talks, deadline) {
        world.as_who(Who::Clock, ask).unwrap();
    }
    assert_eq!(seen(&world, world.up, UP).outcome.unwrap().1, Outcome::NotAccepted);
    assert_eq!(next_deadline(&world.talks), None);
    let again = world.as_who(Who::Clock, Ask::Close { room, ballot });
    assert_eq!(again, Err(Refusal::AlreadyDone));
}

#[test]
fn only_a_mandate_to_accept_accepts() {
    let mut world = World::new();
    let head = world.up;
    let upper = world.principal("Upper Town");
    let ask = Ask::AddMember {
        principal: upper,
        name: "Aide".into(),
        rights: Rights::SPEAKER,
        basis: String::new(),
    };
    world.does(head, ask);
    let aide = world.person(head, "Aide");
    let (_, ballot) = put(&mut world, proposal(Rule::All));
    let room = world.room(aide, UP).id;
    let refused = world.tries(aide, Ask::Answer { room, ballot, answer: Answer::Yes });
    assert_eq!(refused, Err(Refusal::Mandate(Right::Accept)));
    let mediator = world.tries(world.lead, Ask::Answer { room, ballot, answer: Answer::Yes });
    assert_eq!(mediator, Err(Refusal::NotThere));
}

#[test]
fn turnout_is_shown_only_if_the_proposal_says_so_to_all() {
    for turnout in [false, true] {
        let mut world = World::new();
        let (_, ballot) = put(&mut world, Proposal { turnout, ..proposal(Rule::All) });
        world.answers(world.down, DOWN, ballot, Answer::No);
        let BallotPart::Putting { answered, .. } = seen(&world, world.lead, "River Office").part
        else {
            panic!("put from here");
        };
        assert_eq!(answered, turnout.then(|| vec![world.principal("Lower Town")]));
        assert_eq!(seen(&world, world.up, UP).proposal.turnout, turnout, "the sides know");
    }
}

#[test]
fn withdrawing_or_erasing_reveals_nothing() {
    let mut world = World::new();
    let (room, ballot) = put(&mut world, proposal(Rule::All));
    world.answers(world.down, DOWN, ballot, Answer::Yes);
    world.answers(world.up, UP, ballot, Answer::Yes);
    world.does(world.lead, Ask::EraseRoom { room });
    assert_eq!(seen(&world, world.up, UP).outcome.unwrap().1, Outcome::Withdrawn);
    let home = world.room(world.lead, "River Office");
    assert!(home.ballots.is_empty() && home.id != room, "a new, empty room of its own");
}

#[test]
fn proposals_that_make_no_sense_are_refused() {
    let mut world = World::new();
    let room = world.home(world.lead).unwrap();
    let up = PutTo { party: world.principal("Upper Town"), room: world.room(world.lead, UP).id };
    let quota = |at_least, vetoes: &[PrincipalId]| {
        proposal(Rule::Quota { at_least, vetoes: vetoes.iter().copied().collect() })
    };
    let lower = world.principal("Lower Town");
    let bad = [
        (proposal(Rule::All), vec![]),
        (proposal(Rule::All), vec![up, up]),
        (quota(0, &[]), vec![up]),
        (quota(2, &[]), vec![up]),
        (quota(1, &[lower]), vec![up]),
        (quota(1, &[up.party]), vec![up]),
        (Proposal { words: " ".into(), ..proposal(Rule::All) }, vec![up]),
        (Proposal { title: String::new(), ..proposal(Rule::All) }, vec![up]),
    ];
    for (proposal, to) in bad {
        let refused = world.tries(world.lead, Ask::Put { room, proposal: proposal.clone(), to });
        assert!(matches!(refused, Err(Refusal::Malformed { .. })), "{proposal:?}: {refused:?}");
    }
    let shared = world.room(world.lead, UP).id;
    let ask = Ask::Put { room: shared, proposal: proposal(Rule::All), to: vec![up] };
    assert!(matches!(world.tries(world.lead, ask), Err(Refusal::Malformed { .. })));
}

fn some_answer() -> impl Strategy<Value = Option<Answer>> {
    prop_oneof![
        Just(None),
        Just(Some(Answer::Yes)),
        Just(Some(Answer::No)),
        any::<bool>().prop_map(|tell| Some(if_paid(tell))),
    ]
}

proptest! {
    /// Against the plain meaning: count the sides that said yes.
    #[test]
    fn a_rule_counts_only_plain_yeses(
        answers in prop::collection::vec(some_answer(), 1..6),
        at_least in 0_u32..7,
        vetoes in prop::collection::vec(any::<bool>(), 6),
    ) {
        let sides: Vec<_> = (0..answers.len()).map(|n| PrincipalId::from_bytes([n as u8; 16])).collect();
        let given: BTreeMap<_, _> = sides.iter().zip(&answers)
            .filter_map(|(s, a)| Some((*s, a.clone()?))).collect();
        let said_yes = |n: usize| answers[n] == Some(Answer::Yes);
        let yeses = (0..answers.len()).filter(|n| said_yes(*n)).count();
        prop_assert_eq!(Rule::All.is_met(&sides, &given), yeses == answers.len());
        let with_veto: Vec<_> = (0..answers.len()).filter(|n| vetoes[*n]).collect();
        let rule = Rule::Quota { at_least, vetoes: with_veto.iter().map(|n| sides[*n]).collect() };
        let met = at_least > 0 && yeses >= at_least as usize && with_veto.iter().all(|n| said_yes(*n));
        prop_assert_eq!(rule.is_met(&sides, &given), met);
    }
}
