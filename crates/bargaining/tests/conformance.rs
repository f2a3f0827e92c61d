//! What every protocol must do, checked on random play.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use detente_analysis::Problem;
use detente_bargaining::matches::Draw;
use detente_bargaining::negotiator::Kind;
use detente_bargaining::negotiator::informant::Informant;
use detente_bargaining::negotiator::seated::Alternating;
use detente_bargaining::negotiator::seated::Shuttled;
use detente_bargaining::negotiator::voter::{Vote, Voter};
use detente_bargaining::play::{Made, Participant};
use detente_bargaining::protocol::alternating_offers::{self, AlternatingOffers};
use detente_bargaining::protocol::elicited_proposal::{self, ElicitedProposal};
use detente_bargaining::protocol::sealed_acceptance::{self, SealedAcceptance};
use detente_bargaining::protocol::shuttle::{self, Consent, Handover, Shuttle};
use detente_bargaining::protocol::single_text::{self, SingleText};
use detente_bargaining::{Chance, Channels, OwnUtility, Package, Protocol, Reason, Seat, Table};
use detente_model::{AcceptanceRule, testing};
use std::sync::Arc;

const RANDOM_PLAYS: u64 = 200;
/// No protocol of these tests may go on longer.
const MOST_MOVES: usize = 5_000;

/// Random additive values of one party for issues of 3, 2 and 4 options.
fn values(seed: u64) -> Vec<Vec<i64>> {
    let mut chance = Chance::new(seed, 1);
    [3, 2, 4].iter().map(|&n| (0..n).map(|_| chance.below(50) as i64).collect()).collect()
}

/// The table of parties with the values of these seeds, and what each party knows.
fn setup(seeds: &[u64], rule: &AcceptanceRule) -> (Arc<Table>, Vec<OwnUtility>) {
    let tables: Vec<Vec<Vec<i64>>> = seeds.iter().map(|&s| values(s)).collect();
    let reservations: Vec<i64> = seeds.iter().map(|&s| 20 + (s % 7) as i64).collect();
    let scenario = testing::additive(&tables, &reservations).check().0.unwrap();
    Table::of_problem(&Problem::new(&scenario).unwrap(), rule.clone())
}

fn package(chance: &mut Chance) -> Package {
    Package([3, 2, 4].iter().map(|&n| chance.below(n)).collect())
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

/// The seats of a protocol, whether or not it is their turn.
fn seats<P: Protocol>(protocol: &P) -> Vec<Seat> {
    let (parties, mediators) = protocol.seats();
    (0..parties).map(Seat::Party).chain((0..mediators).map(Seat::Mediator)).collect()
}

/// Random play: `any` draws a move for a seat, legal or not.
fn conforms<P: Protocol>(protocol: &P, any: impl Fn(Seat, &P::State, &mut Chance) -> P::Move) {
    let mut reasons = std::collections::HashSet::new();
    for seed in 0..RANDOM_PLAYS {
        let mut chance = Chance::new(seed, 0);
        let mut state = protocol.begin();
        let mut made: Vec<Made<P::Move>> = Vec::new();
        let mut tries = 0;
        while protocol.end(&state).is_none() {
            let turn = protocol.to_move(&state);
            assert!(!turn.is_empty(), "not ended, and nobody may move: {state:?}");
            let seat = turn[chance.below(turn.len())];
            let action = any(seat, &state, &mut chance);
            // A party that moves at the same time does not see this move.
            let unseen: Vec<(Seat, String)> = turn
                .iter()
                .filter(|&&s| s != seat && matches!(s, Seat::Party(_)))
                .map(|&s| (s, json(&protocol.view(&state, s))))
                .collect();
            let before = state.clone();
            match protocol.apply(&mut state, seat, action.clone()) {
                Ok(()) => {
                    made.push(Made { seat, action });
                    let still = protocol.to_move(&state);
                    // While others are still to move at the same time, they see nothing of a party's move.
                    let same_time = !still.is_empty() && still.iter().all(|s| turn.contains(s));
                    if matches!(seat, Seat::Party(_)) && turn.len() > 1 && same_time {
                        for (other, bytes) in unseen {
                            assert_eq!(json(&protocol.view(&state, other)), bytes);
                        }
                    }
                }
                Err(refusal) => {
                    assert_eq!(state, before, "a refused move changed something");
                    assert!(!refusal.to_string().is_empty());
                    tries += 1;
                }
            }
            assert!(made.len() + tries < MOST_MOVES, "no end in sight");
            // A stored state is the state.
            let stored: P::State = serde_json::from_str(&json(&state)).unwrap();
            assert_eq!(stored, state);
            // Seats whose turn it is not are refused.
            for other in seats(protocol) {
                if !protocol.to_move(&state).contains(&other) {
                    let action = any(other, &state, &mut chance);
                    assert!(protocol.apply(&mut state.clone(), other, action).is_err());
                }
            }
        }
        assert!(protocol.to_move(&state).is_empty());
        let end = protocol.end(&state).unwrap().clone();
        assert_eq!(end.agreement.is_some(), end.reason == Reason::Agreement);
        reasons.insert(end.reason);
        // The moves, stored and made again, lead to the same point.
        let stored: Vec<Made<P::Move>> = serde_json::from_str(&json(&made)).unwrap();
        let mut again = protocol.begin();
        for Made { seat, action } in stored {
            protocol.apply(&mut again, seat, action).unwrap();
        }
        assert_eq!(again, state);
    }
    assert!(reasons.contains(&Reason::Agreement), "random play never agreed");
}

/// What a party sees and does is the same whatever the others prefer, as long
/// as they do the same.
fn blind_to_others<P: Protocol>(
    protocol: impl Fn(Arc<Table>) -> P,
    seated: impl Fn(&OwnUtility, usize) -> Box<dyn Participant<P>>,
    others: impl Fn(Seat, &P::State, &mut Chance) -> P::Move,
) {
    let parties = 3;
    for party in 0..parties {
        let mut recorded: Vec<String> = Vec::new();
        for world in 0..4 {
            // The same preferences of this party, other ones of everybody else.
            let seed = |p: usize| if p == party { 5 } else { 100 * world + p as u64 };
            let seeds: Vec<u64> = (0..parties).map(seed).collect();
            let (table, mut own) = setup(&seeds, &AcceptanceRule::Unanimity);
            let protocol = protocol(table);
            let mut participant = seated(&own.remove(party), party);
            let mut chance = Chance::new(3, 0);
            let mut state = protocol.begin();
            let mut bytes = String::new();
            while protocol.end(&state).is_none() {
                for seat in protocol.to_move(&state) {
                    let action = if seat == Seat::Party(party) {
                        let view = protocol.view(&state, seat);
                        bytes += &json(&view);
                        participant.act(&view)
                    } else {
                        others(seat, &state, &mut chance)
                    };
                    bytes += &json(&action);
                    let _ = protocol.apply(&mut state, seat, action);
                }
            }
            recorded.push(bytes);
        }
        assert!(recorded.windows(2).all(|w| w[0] == w[1]));
    }
}

fn any_offer(
    _: Seat,
    _: &alternating_offers::State,
    chance: &mut Chance,
) -> alternating_offers::Move {
    use alternating_offers::Move;
    match chance.below(12) {
        0 => Move::Leave,
        1..=4 => Move::Accept,
        5 => Move::Offer(Package(vec![0; chance.below(5)])),
        6 => Move::Offer(Package(vec![9, 9, 9])),
        _ => Move::Offer(package(chance)),
    }
}

#[test]
fn alternating_offers_conform() {
    for (parties, rule) in [
        (2, AcceptanceRule::Unanimity),
        (4, AcceptanceRule::Unanimity),
        (5, AcceptanceRule::Quota { at_least: 3, vetoes: vec![1] }),
    ] {
        let seeds: Vec<u64> = (1..=parties).collect();
        let (table, _) = setup(&seeds, &rule);
        conforms(&AlternatingOffers::new(table, 12), any_offer);
    }
}

#[test]
fn tactics_at_alternating_offers_are_blind_to_others() {
    for kind in Kind::ALL {
        let draw = Draw { seed: 9, index: 4 };
        let seated = |own: &OwnUtility, party: usize| {
            let chair = Alternating::new(kind.tactic(own, draw.chance(party)));
            Box::new(chair) as Box<dyn Participant<AlternatingOffers>>
        };
        blind_to_others(|table| AlternatingOffers::new(table, 10), seated, any_offer);
    }
}

fn any_text_move(seat: Seat, _: &single_text::State, chance: &mut Chance) -> single_text::Move {
    use single_text::Move;
    match (seat, chance.below(20)) {
        (_, 0) => Move::Rest,
        (Seat::Mediator(_), 1) | (Seat::Party(_), 2) => Move::Vote(true),
        (Seat::Mediator(_), 3) => Move::Draft(Package(vec![0, 0, 4])),
        (Seat::Mediator(_), _) => Move::Draft(package(chance)),
        (Seat::Party(_), n) => Move::Vote(n > 8),
    }
}

fn single_texts(table: &Arc<Table>) -> [SingleText; 3] {
    let start = Package(vec![0, 1, 2]);
    [
        SingleText::new(table.clone(), 20),
        SingleText::from_draft(table.clone(), 20, start.clone()).unwrap(),
        SingleText::post_settlement(table.clone(), 20, start).unwrap(),
    ]
}

#[test]
fn single_texts_conform() {
    for rule in [AcceptanceRule::Unanimity, AcceptanceRule::Quota { at_least: 2, vetoes: vec![2] }]
    {
        let (table, _) = setup(&[1, 2, 3], &rule);
        for rules in single_texts(&table) {
            conforms(&rules, any_text_move);
        }
        let outside = Package(vec![0, 0, 9]);
        assert!(SingleText::from_draft(table.clone(), 3, outside.clone()).is_err());
        assert!(SingleText::post_settlement(table, 3, outside).is_err());
    }
}

/// Whatever is drafted, no party ends below the signed deal, quota or not.
#[test]
fn after_a_settlement_nobody_loses() {
    for seed in 0..60 {
        let rule = AcceptanceRule::Quota { at_least: 1, vetoes: Vec::new() };
        let (table, own) = setup(&[seed, seed + 100, seed + 200], &rule);
        let signed = Package(vec![0, 1, 2]);
        let rules = SingleText::post_settlement(table, 100, signed.clone()).unwrap();
        let draw = Draw { seed, index: 0 };
        let votes = [Vote::HillClimbing; 3];
        let played = detente_bargaining::matches::single_text(&rules, &own, &votes, draw);
        let agreed = played.end.agreement.unwrap();
        for own in &own {
            assert!(own.utility(&agreed) >= own.utility(&signed));
        }
    }
}

#[test]
fn voters_are_blind_to_others() {
    for vote in [Vote::HillClimbing, Vote::Annealing(None)] {
        let seated = |own: &OwnUtility, party: usize| {
            let chance = Chance::of_seat(4, 0, party);
            Box::new(Voter::new(own, vote, chance)) as Box<dyn Participant<SingleText>>
        };
        blind_to_others(|table| SingleText::new(table, 25), seated, any_text_move);
    }
}

#[test]
fn sealed_acceptance_conforms() {
    use sealed_acceptance::{Answer, Move};
    let (table, _) = setup(&[1, 2, 3], &AcceptanceRule::Unanimity);
    let vote = SealedAcceptance::new(table.clone(), Package(vec![1, 1, 1])).unwrap();
    conforms(&vote, |seat, _, chance| match (seat, chance.below(20)) {
        (Seat::Party(_), 0) | (Seat::Mediator(_), 1..=8) => Move::Close,
        (_, 9) => Move::Answer(Answer::No),
        (_, 10) => Move::Answer(Answer::read("perhaps")),
        _ => Move::Answer(Answer::Yes),
    });
    assert!(SealedAcceptance::new(table, Package(vec![1, 1])).is_err());
}

fn any_carrying(seat: Seat, _: &shuttle::State, chance: &mut Chance) -> shuttle::Move {
    use shuttle::Move;
    let mut some = |n: usize| (0..chance.below(3)).map(|_| chance.below(n)).collect::<Vec<_>>();
    match seat {
        Seat::Party(_) => {
            let consent = |number| Consent { number, to: vec![number % 3] };
            let accepts = some(5).into_iter().map(consent).collect();
            let to = some(3);
            let offer = (chance.below(2) == 0).then(|| (package(chance), to));
            Move::Reply { accepts, offer }
        }
        Seat::Mediator(_) => {
            let items = some(5);
            let mut hand = |item| {
                let to = [Seat::Party(chance.below(3)), Seat::Mediator(chance.below(3))];
                let to = to.into_iter().take(1 + item % 2).collect();
                Handover { item, to, with_answers: chance.below(3) > 0 }
            };
            let hands = items.into_iter().map(&mut hand).collect();
            let drafts = (chance.below(4) == 0).then(|| package(chance)).into_iter().collect();
            Move::Carry { hands, drafts }
        }
    }
}

/// 0 and 1 through mediator 0, 1 and 2 through mediator 1, everything through mediator 2.
fn channels() -> Channels {
    Channels::new(3, vec![vec![0, 1], vec![1, 2], vec![0, 1, 2]], vec![(0, 1), (1, 2)])
}

#[test]
fn shuttles_conform() {
    for rule in [AcceptanceRule::Unanimity, AcceptanceRule::Quota { at_least: 2, vetoes: vec![0] }]
    {
        let (table, _) = setup(&[1, 2, 3], &rule);
        conforms(&Shuttle::new(table, channels(), 30), any_carrying);
    }
}

#[test]
fn tactics_in_a_shuttle_are_blind_to_others() {
    for kind in Kind::ALL {
        let seated = |own: &OwnUtility, party: usize| {
            let tactic = kind.tactic(own, Chance::of_seat(4, 0, party));
            Box::new(Shuttled::new(tactic)) as Box<dyn Participant<Shuttle>>
        };
        blind_to_others(|table| Shuttle::new(table, channels(), 12), seated, any_carrying);
    }
}

/// Two parties swap what they do: what the third receives is the same bytes.
#[test]
fn what_arrives_bears_no_name() {
    use shuttle::Move;
    let (table, _) = setup(&[1, 2, 3], &AcceptanceRule::Unanimity);
    let star = Channels::new(3, vec![vec![0, 1, 2]], Vec::new());
    let protocol = Shuttle::new(table, star, 9);
    let (a, b) = (Package(vec![0, 1, 2]), Package(vec![2, 0, 1]));
    let seen = |first: &Package, second: &Package| {
        let mut state = protocol.begin();
        let offers = [Some(first), Some(second), None];
        for (party, offer) in offers.into_iter().enumerate() {
            let offer = offer.map(|package| (package.clone(), vec![0]));
            let reply = Move::Reply { accepts: Vec::new(), offer };
            protocol.apply(&mut state, Seat::Party(party), reply).unwrap();
        }
        let to = vec![Seat::Party(2)];
        let hand = |item| Handover { item, to: to.clone(), with_answers: true };
        let hands = (0..2).map(hand).collect();
        let carry = Move::Carry { hands, drafts: Vec::new() };
        protocol.apply(&mut state, Seat::Mediator(0), carry).unwrap();
        let view = protocol.view(&state, Seat::Party(2));
        assert_eq!(view.received.len(), 2);
        json(&view)
    };
    assert_eq!(seen(&a, &b), seen(&b, &a));
}

/// A chain of mediators: relayed, the parties at its ends agree; held anywhere, nothing passes.
#[test]
fn several_mediators_relay_and_any_of_them_can_hold() {
    use detente_bargaining::negotiator::carrier::Carry;
    let (_, own) = setup(&[1, 2], &AcceptanceRule::Unanimity);
    let chain = Channels::new(2, vec![vec![0], Vec::new(), vec![1]], vec![(0, 1), (1, 2)]);
    assert_eq!(chain.longest_relay(), Some(3));
    assert_eq!(chain.single_points().len(), 3);
    let draw = Draw { seed: 1, index: 0 };
    let kinds = [Kind::MiCRO; 2];
    let run = |carriers: [Carry; 3]| {
        detente_bargaining::matches::shuttle(&own, &kinds, chain.clone(), &carriers, 200, draw).end
    };
    assert_eq!(run([Carry::Relay; 3]).reason, Reason::Agreement);
    for holder in 0..3 {
        let mut carriers = [Carry::Relay; 3];
        carriers[holder] = Carry::Hold;
        assert_eq!(run(carriers).reason, Reason::Deadline);
        // Bundled it comes later; without the answers there is nothing to show.
        carriers[holder] = Carry::Bundle;
        assert_eq!(run(carriers).reason, Reason::Agreement);
    }
    assert_eq!(run([Carry::Sanitise; 3]).reason, Reason::Deadline);
    let cut = Channels::new(2, vec![vec![0], Vec::new(), vec![1]], vec![(0, 1)]);
    let end = detente_bargaining::matches::shuttle(&own, &kinds, cut, &[Carry::Relay; 3], 40, draw);
    assert_eq!(end.end.reason, Reason::NoChannel);
}

/// A party, a package and the mediators who are told that it stands behind it.
fn offers(protocol: &Shuttle, state: &mut shuttle::State, said: &[(&[u8], &[usize])]) {
    for (party, (options, to)) in said.iter().enumerate() {
        let package = Package(options.iter().map(|&o| usize::from(o)).collect());
        let offer = (!options.is_empty()).then(|| (package, to.to_vec()));
        let reply = shuttle::Move::Reply { accepts: Vec::new(), offer };
        protocol.apply(state, Seat::Party(party), reply).unwrap();
    }
}

/// Two sides think of the same package: no agreement until one mediator can show both answers.
#[test]
fn answers_count_where_they_have_come_to() {
    use shuttle::Move;
    let (table, _) = setup(&[1, 2], &AcceptanceRule::Unanimity);
    let pair = Channels::new(2, vec![vec![0], vec![1]], vec![(0, 1)]);
    let protocol = Shuttle::new(table, pair, 3);
    let mut state = protocol.begin();
    offers(&protocol, &mut state, &[(&[1, 1, 1], &[0]), (&[1, 1, 1], &[1])]);
    assert_eq!(protocol.end(&state), None);
    let idle = Move::Carry { hands: Vec::new(), drafts: Vec::new() };
    for with_answers in [false, true] {
        let mut state = state.clone();
        let hands = vec![Handover { item: 0, to: vec![Seat::Mediator(1)], with_answers }];
        let carry = Move::Carry { hands, drafts: Vec::new() };
        protocol.apply(&mut state, Seat::Mediator(0), carry).unwrap();
        protocol.apply(&mut state, Seat::Mediator(1), idle.clone()).unwrap();
        let agreed = protocol.end(&state).and_then(|end| end.agreement.clone());
        assert_eq!(agreed, with_answers.then(|| Package(vec![1, 1, 1])));
    }
}

/// Whether the others stand behind a package or not: what a party sees is the
/// same bytes, and so is what a mediator sees who was not told.
#[test]
fn answers_are_seen_by_those_who_were_told() {
    use shuttle::Move;
    let (table, _) = setup(&[1, 2, 3], &AcceptanceRule::Unanimity);
    let protocol = Shuttle::new(table, channels(), 9);
    let draft = Package(vec![0, 1, 2]);
    let silent = |_: usize| Move::Reply { accepts: Vec::new(), offer: None };
    let seen = |consents: [bool; 2], with_answers: bool| {
        let mut state = protocol.begin();
        (0..3).for_each(|p| protocol.apply(&mut state, Seat::Party(p), silent(p)).unwrap());
        // Mediator 2, who reaches all, drafts, and hands it to everybody.
        let carry = |hands, drafts| Move::Carry { hands, drafts };
        let round = |state: &mut shuttle::State, third: Move| {
            let idle = || carry(Vec::new(), Vec::new());
            for (mediator, action) in [idle(), idle(), third].into_iter().enumerate() {
                protocol.apply(state, Seat::Mediator(mediator), action).unwrap();
            }
        };
        round(&mut state, carry(Vec::new(), vec![draft.clone()]));
        (0..3).for_each(|p| protocol.apply(&mut state, Seat::Party(p), silent(p)).unwrap());
        let to = (0..3).map(Seat::Party).chain([Seat::Mediator(1)]).collect();
        let hand = Handover { item: 0, to, with_answers };
        round(&mut state, carry(vec![hand.clone()], Vec::new()));
        for party in 0..3 {
            let yes = consents.get(party).copied().unwrap_or(false);
            let accepts = yes.then(|| Consent { number: 0, to: vec![2] }).into_iter().collect();
            let reply = Move::Reply { accepts, offer: None };
            protocol.apply(&mut state, Seat::Party(party), reply).unwrap();
        }
        round(&mut state, carry(vec![hand], Vec::new()));
        [Seat::Party(2), Seat::Mediator(0), Seat::Mediator(1), Seat::Mediator(2)]
            .map(|seat| json(&protocol.view(&state, seat)))
    };
    let none = seen([false, false], true);
    for consents in [[true, false], [false, true], [true, true]] {
        let told = seen(consents, true);
        let sanitised = seen(consents, false);
        assert_eq!((&told[0], &told[1]), (&none[0], &none[1]), "{consents:?}");
        assert_eq!((&sanitised[0], &sanitised[2]), (&none[0], &none[2]), "{consents:?}");
        assert!(told[2] != none[2] && told[3] != none[3], "{consents:?}");
    }
}

fn any_elicited(
    seat: Seat,
    state: &elicited_proposal::State,
    chance: &mut Chance,
) -> elicited_proposal::Move {
    use elicited_proposal::{Answer, Move, Question};
    use sealed_acceptance::Answer as Vote;
    let votes =
        json(state).contains("\"proposal\":{") || !json(state).contains("\"proposal\":null");
    match (seat, chance.below(12)) {
        (Seat::Mediator(_), 0) => Move::Reply(Answer::First),
        (Seat::Mediator(_), 1) if chance.below(9) == 0 => Move::Rest,
        (Seat::Mediator(_), 2 | 3) => Move::Propose(package(chance)),
        (Seat::Mediator(_), 4) => Move::Propose(Package(vec![7, 0, 0])),
        (Seat::Mediator(_), 5) if votes => Move::Close,
        (Seat::Mediator(_), n) => {
            let question = match n {
                6 => Question::Rank,
                7 => Question::Accept(package(chance)),
                8 => Question::Accept(Package(Vec::new())),
                9 => Question::Toss {
                    coins: u8::try_from(chance.below(4)).unwrap(),
                    sure: package(chance),
                    heads: package(chance),
                    tails: (chance.below(2) == 0).then(|| package(chance)),
                },
                _ => Question::Compare(package(chance), package(chance)),
            };
            Move::Ask { party: chance.below(4), question }
        }
        (Seat::Party(_), 0) => Move::Close,
        (Seat::Party(_), n) if votes => Move::Vote(if n < 10 { Vote::Yes } else { Vote::No }),
        (Seat::Party(_), 1) => Move::Reply(Answer::Ranked {
            options: vec![None; 3],
            issues: Some(vec![vec![0], vec![1, 2]]),
            concessions: Some(vec![vec![2], vec![0]]),
            takes_worst: None,
            limit: Some(chance.below(6)),
        }),
        (Seat::Party(_), 2) => Move::Reply(Answer::Ranked {
            options: vec![Some(vec![vec![0, 0]]); 3],
            issues: None,
            concessions: Some(vec![vec![1, 1]]),
            takes_worst: Some(true),
            limit: None,
        }),
        (Seat::Party(_), 3) => Move::Reply(Answer::Refused),
        (Seat::Party(_), _) => Move::Reply(Answer::First),
    }
}

#[test]
fn elicited_proposals_conform() {
    for rule in [AcceptanceRule::Unanimity, AcceptanceRule::Quota { at_least: 2, vetoes: vec![0] }]
    {
        let (table, _) = setup(&[1, 2, 3], &rule);
        conforms(&ElicitedProposal::new(table, 6, 3), any_elicited);
    }
}

#[test]
fn informants_are_blind_to_others() {
    let seated = |own: &OwnUtility, _: usize| {
        Box::new(Informant::truthful(own)) as Box<dyn Participant<ElicitedProposal>>
    };
    blind_to_others(|table| ElicitedProposal::new(table, 6, 3), seated, any_elicited);
}

/// Of each deal of the list that the orders make, the limit says what the
/// party would answer; of each two steps down, which costs less.
#[test]
fn informants_rank_as_they_answer() {
    use elicited_proposal::{Answer, Move, Question};
    let (_, owns) = setup(&(1..40).collect::<Vec<_>>(), &AcceptanceRule::Unanimity);
    for own in owns {
        let mut informant = Informant::truthful(&own);
        let mut ask = |question: &Question| {
            let view = elicited_proposal::View {
                question: Some(question),
                exchanges: &[],
                free: Vec::new(),
                proposal: None,
                vote: None,
                failed: &[],
            };
            match informant.act(&view) {
                Move::Reply(answer) => answer,
                other => panic!("{other:?}"),
            }
        };
        let Answer::Ranked { options, issues, concessions, takes_worst, limit } =
            ask(&Question::Rank)
        else {
            panic!("no ranking")
        };
        let options: Vec<_> = options.into_iter().flatten().collect();
        let best = Package(options.iter().map(|tiers| tiers[0][0]).collect());
        let mut rung = Package(options.iter().map(|tiers| tiers[tiers.len() - 1][0]).collect());
        let (limit, mut number) = (limit.unwrap(), 0);
        assert_eq!(takes_worst, Some(limit == 0));
        let worst = rung.clone();
        for issue in issues.unwrap().into_iter().flatten().map(Some).chain([None]) {
            let taken = ask(&Question::Accept(rung.clone())) == Answer::First;
            assert_eq!(taken, number >= limit, "{own:?}");
            let Some(issue) = issue.filter(|issue| options[*issue].len() > 1) else { continue };
            rung.0[issue] = best.0[issue];
            number += 1;
        }
        let steps: Vec<Package> = concessions
            .unwrap()
            .into_iter()
            .map(|tier| {
                let mut step = best.clone();
                step.0[tier[0]] = options[tier[0]][1][0];
                step
            })
            .collect();
        for two in steps.windows(2) {
            let answer = ask(&Question::Compare(two[0].clone(), two[1].clone()));
            assert_eq!(answer, Answer::First, "{own:?}");
        }
        // A deal for sure, or a chance of a better one: as exact expected values say.
        let sure = steps.first().unwrap_or(&best);
        let tails = [None, Some(worst)];
        let middle = Package(options.iter().map(|tiers| tiers[tiers.len() / 2][0]).collect());
        for (coins, tails, heads) in [1, 2].into_iter().flat_map(|coins| {
            let with =
                |t: &Option<Package>| [(coins, t.clone(), &middle), (coins, t.clone(), &best)];
            tails.iter().flat_map(with).collect::<Vec<_>>()
        }) {
            let worth = |p: Option<&Package>| p.map_or(own.reservation(), |p| own.utility(p));
            let of = 1 << coins;
            let chance = worth(Some(heads)) + (of - 1) * worth(tails.as_ref());
            let wanted = match (of * own.utility(sure)).cmp(&chance) {
                std::cmp::Ordering::Greater => Answer::First,
                std::cmp::Ordering::Less => Answer::Second,
                std::cmp::Ordering::Equal => Answer::Equal,
            };
            let deals = [Some(sure), Some(heads), tails.as_ref()];
            let crosses = deals.into_iter().flatten().any(|p| own.crosses_red_line(p));
            let toss = Question::Toss {
                coins,
                sure: sure.clone(),
                heads: heads.clone(),
                tails: tails.clone(),
            };
            assert!(crosses || ask(&toss) == wanted, "{own:?} {toss:?}");
        }
    }
}
