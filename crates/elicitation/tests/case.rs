//! A case as a person would see it: repeatable, private, never certain without reason.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use detente_analysis::{Budget, Problem};
use detente_elicitation::simulate::{Conduct, Mediated, SimulatedParty, Yardstick, mediate};
use detente_elicitation::{
    Aim, Answer, Case, Mode, Next, Policy, Question, Rankings, Settings, Space,
};
use detente_model::constraint::Condition;
use detente_model::preference::{Known, RedLine};
use detente_model::{Scenario, testing};

/// Small whole numbers without a pattern (a linear congruence).
fn scenario(parties: usize, sizes: &[usize], reservation: i64) -> Scenario {
    let mut state = 12_345_u64;
    let mut number = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(state >> 33).unwrap() % 50
    };
    let tables: Vec<Vec<Vec<i64>>> = (0..parties)
        .map(|_| sizes.iter().map(|&n| (0..n).map(|_| number()).collect()).collect())
        .collect();
    testing::additive(&tables, &vec![reservation; parties]).check().0.unwrap()
}

fn settings(mode: Mode) -> Settings {
    Settings { seed: 9, mode, particles: 120, ..Settings::default() }
}

fn run(
    scenario: &Scenario,
    conducts: &[Conduct],
    settings: Settings,
    k: usize,
) -> (Case, Mediated) {
    let problem = Problem::new(scenario).unwrap();
    let space = Space::new(scenario).unwrap();
    let mut people: Vec<SimulatedParty<'_>> = conducts
        .iter()
        .enumerate()
        .map(|(p, c)| SimulatedParty::new(&problem, p, *c, settings.seed))
        .collect();
    let rankings = people.iter().map(|p| p.rankings(&space)).collect();
    let mut case = Case::new(space, rankings, settings);
    let road = mediate(&mut case, &problem, &mut people, k);
    (case, road)
}

#[test]
fn the_same_answers_and_seed_give_the_same_road() {
    let scenario = scenario(3, &[3, 4, 3], 70);
    for mode in [Mode::Own, Mode::Joint] {
        let road = || run(&scenario, &[Conduct::Truthful; 3], settings(mode), 3).1;
        assert_eq!(road(), road());
    }
}

#[test]
fn a_few_answers_lead_close_to_the_best_deal() {
    let scenario = scenario(2, &[4, 3, 5, 3], 60);
    let problem = Problem::new(&scenario).unwrap();
    let yardstick = Yardstick::new(&problem, &Budget::default()).unwrap();
    let (_, road) = run(&scenario, &[Conduct::Truthful; 2], settings(Mode::Joint), 10);
    assert!(road.agreed);
    let deal = &road.proposals.last().unwrap().recommendation.deal;
    assert!(yardstick.nash_share(deal) > 0.9, "{}", yardstick.nash_share(deal));
    assert!(road.questions.iter().all(|&q| q <= 10));
}

/// Chosen from its own answers, a party's questions are the same whatever the others said.
#[test]
fn own_questions_do_not_depend_on_what_others_say() {
    let scenario = scenario(3, &[3, 4, 3], 70);
    let to_first = |others: Conduct| -> Vec<Question> {
        let conducts = [Conduct::Truthful, others, others];
        let (_, road) = run(&scenario, &conducts, settings(Mode::Own), 4);
        road.steps.into_iter().filter(|s| s.party == 0).map(|s| s.question).collect()
    };
    let honest = to_first(Conduct::Truthful);
    assert_eq!(honest.len(), 4);
    for others in [Conduct::Random, Conduct::Exaggerating, Conduct::Refusing(1.0), Conduct::Hiding]
    {
        assert_eq!(to_first(others), honest, "{others:?}");
    }
}

#[test]
fn refusing_everything_ends_without_false_certainty() {
    let scenario = scenario(2, &[3, 4, 3], 70);
    let space = Space::new(&scenario).unwrap();
    let silent = vec![Rankings::unsaid(&space); 2];
    let mut case = Case::new(space, silent, settings(Mode::Joint));
    for _ in 0..6 {
        for party in 0..2 {
            let Next::Ask(question) = case.next_question(party) else { continue };
            case.answer(party, question, Answer::Refused);
        }
    }
    let recommended = case.recommendation().unwrap();
    assert!(recommended.regret > 0.5, "{recommended:?}");
    assert!(recommended.acceptance.iter().all(|a| *a < 0.95), "{recommended:?}");
}

#[test]
fn contradictions_are_noticed_and_can_be_revised() {
    let scenario = scenario(2, &[3, 3], 70);
    let space = Space::new(&scenario).unwrap();
    let tiers = vec![vec![2], vec![1], vec![0]];
    let rankings = Rankings {
        options: vec![Some(tiers); 2],
        issues: Some(vec![vec![0], vec![1]]),
        takes_worst: Some(true),
        ..Rankings::default()
    };
    let mut case = Case::new(space, vec![rankings; 2], settings(Mode::Own));
    // By its own ranking the first is better on both issues.
    let question = Question::Compare(vec![2, 2], vec![0, 1]);
    case.answer(0, question.clone(), Answer::Second);
    assert_eq!(case.doubted(0).iter().map(|d| d.0).collect::<Vec<_>>(), [0]);
    assert!(case.doubted(1).is_empty());
    case.revise(0, 0, Answer::First);
    assert!(case.doubted(0).is_empty());
    assert_eq!(case.answers(0), [(question, Answer::First)]);
}

#[test]
fn answers_at_random_end() {
    let scenario = scenario(3, &[3, 4, 3], 90);
    for policy in [Policy::Worth, Policy::Random, Policy::MinimaxRegret] {
        let settings = Settings { policy, ..settings(Mode::Joint) };
        let (_, road) = run(&scenario, &[Conduct::Random; 3], settings, 6);
        assert!(road.agreed || road.proposals.len() <= 3);
    }
}

/// Two issues of two options and a party that takes everything: its orders
/// answer every question there is.
#[test]
fn what_the_orders_answer_is_not_asked() {
    let scenario = scenario(2, &[2, 2], 0);
    for mode in [Mode::Own, Mode::Joint] {
        let (case, road) = run(&scenario, &[Conduct::Truthful; 2], settings(mode), 5);
        assert!(case.rankings(0).takes_worst == Some(true) && road.steps.is_empty(), "{road:?}");
    }
}

#[test]
fn the_aim_decides_the_deal() {
    let scenario = scenario(4, &[4, 3, 5, 3], 0);
    let problem = Problem::new(&scenario).unwrap();
    let yardstick = Yardstick::new(&problem, &Budget::default()).unwrap();
    let least = |aim| {
        let settings = Settings { aim, ..settings(Mode::Joint) };
        let (_, road) = run(&scenario, &[Conduct::Truthful; 4], settings, 12);
        yardstick.least_share(&road.proposals.last().unwrap().recommendation.deal)
    };
    assert!(yardstick.least_share(yardstick.nash_deal()) < 0.9);
    assert!(least(Aim::Egalitarian) > least(Aim::Nash), "{}", least(Aim::Egalitarian));
}

/// 10^12 outcomes: nothing is enumerated.
#[test]
fn a_trillion_outcomes_are_no_obstacle() {
    let scenario = scenario(2, &[10; 12], 250);
    let (case, road) = run(&scenario, &[Conduct::Truthful; 2], settings(Mode::Joint), 2);
    assert_eq!(case.answers(0).len(), 2);
    assert!(!road.proposals.is_empty());
}

/// What is given up first and where no agreement stands say of whole deals what
/// the party would answer if it were asked; and no limit fits another deal.
#[test]
fn the_sheets_say_what_the_party_would_answer() {
    let mut limits = std::collections::BTreeSet::new();
    for reservation in (0..240).step_by(8) {
        let scenario = scenario(3, &[4, 3, 1, 5, 3], reservation);
        let problem = Problem::new(&scenario).unwrap();
        let space = Space::new(&scenario).unwrap();
        for party in 0..3 {
            let mut person = SimulatedParty::new(&problem, party, Conduct::Truthful, 1);
            let rankings = person.rankings(&space);
            assert!(rankings.fits(&space));
            let said = rankings.about_deals(|_| false);
            // Four issues have a step; at most two answers are about the limit.
            assert!((4..=5).contains(&said.len()), "{said:?}");
            for (question, answer) in said {
                assert_eq!(person.answer(&question), answer, "{question:?}");
            }
            let (rungs, limit) = (rankings.ladder().unwrap(), rankings.limit.unwrap());
            assert_eq!(rungs.len(), 5);
            for (number, rung) in rungs.into_iter().enumerate() {
                let taken = person.answer(&Question::Accept(rung)) == Answer::First;
                assert_eq!(taken, number >= limit);
            }
            assert_eq!(rankings.takes_worst, Some(limit == 0));
            limits.insert(limit);
        }
    }
    assert_eq!(limits.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
}

/// Nothing is made of sheets that rest on orders that were not given.
#[test]
fn sheets_without_orders_say_nothing() {
    let scenario = scenario(2, &[3, 3], 40);
    let space = Space::new(&scenario).unwrap();
    let tiers = vec![vec![0], vec![1], vec![2]];
    let some = Rankings {
        options: vec![Some(tiers), None],
        concessions: Some(vec![vec![1], vec![0]]),
        limit: Some(1),
        ..Rankings::default()
    };
    assert!(some.fits(&space) && some.ladder().is_none() && some.about_deals(|_| false).is_empty());
    for wrong in [
        Rankings { concessions: Some(vec![vec![0], vec![0]]), ..some.clone() },
        Rankings { concessions: Some(vec![vec![2]]), ..some.clone() },
        Rankings { limit: Some(4), ..some.clone() },
    ] {
        assert!(!wrong.fits(&space));
    }
}

/// A deal refused for a red line says nothing of what no agreement is worth.
#[test]
fn a_red_line_is_no_limit() {
    let one = vec![vec![0], vec![1]];
    let said = |limit| Rankings {
        options: vec![Some(one.clone()); 3],
        issues: Some(vec![vec![0], vec![1], vec![2]]),
        limit: Some(limit),
        ..Rankings::default()
    };
    let accept = |deal: [usize; 3]| Question::Accept(deal.to_vec());
    let [no, yes] = [Answer::Second, Answer::First];
    // The worst option of the second issue is a red line.
    let crosses = |deal: &[usize]| deal[1] == 1;
    assert_eq!(said(2).about_deals(crosses), [(accept([0, 0, 1]), yes)]);
    assert_eq!(said(3).about_deals(crosses), [(accept([0, 0, 1]), no), (accept([0, 0, 0]), yes)]);
    assert_eq!(said(2).about_deals(|_| false), [(accept([0, 1, 1]), no), (accept([0, 0, 1]), yes)]);
    assert_eq!(said(0).about_deals(|_| false), [(accept([1, 1, 1]), yes)]);
    // Who takes no deal at all refuses at least the one before its best.
    assert_eq!(said(4).about_deals(|_| false), [(accept([0, 0, 1]), no)]);
}

/// An issue of one option needs no order.
#[test]
fn one_option_is_an_order() {
    let scenario = scenario(2, &[3, 1], 40);
    let unsaid = Rankings::unsaid(&Space::new(&scenario).unwrap());
    assert_eq!((unsaid.options[1].is_some(), unsaid.answers()), (true, 0));
}

/// Coins are tossed where they may be, with what the party takes for its worst
/// case on the other side, and are answered as exact expected values would be.
#[test]
fn a_coin_is_tossed_where_it_may_be() {
    let mut seen = std::collections::BTreeSet::new();
    for reservation in [0, 70] {
        let scenario = scenario(3, &[3, 4, 3], reservation);
        let problem = Problem::new(&scenario).unwrap();
        let asked = |coins| {
            let settings = Settings { coins, ..settings(Mode::Joint) };
            let road = |seed| {
                run(&scenario, &[Conduct::Truthful; 3], Settings { seed, ..settings }, 8).1.steps
            };
            (1..=6).flat_map(road).collect::<Vec<_>>()
        };
        let is_toss = |q: &Question| matches!(q, Question::Toss { .. });
        assert!(!asked(false).iter().any(|step| is_toss(&step.question)));
        let space = Space::new(&scenario).unwrap();
        for step in asked(true) {
            let Question::Toss { coins, sure, heads, tails } = &step.question else { continue };
            let person = SimulatedParty::new(&problem, step.party, Conduct::Truthful, 9);
            let rankings = person.rankings(&space);
            let worst = rankings.ladder().unwrap().swap_remove(0);
            assert_eq!(*tails, (rankings.takes_worst == Some(true)).then_some(worst));
            let worth = |deal: &Vec<usize>| problem.utilities(deal)[step.party];
            let none = problem.reservations[step.party];
            // One chance in so many.
            let of = 1 << coins;
            let coin = worth(heads) + (of - 1) * tails.as_ref().map_or(none, worth);
            let wanted = match (of * worth(sure)).cmp(&coin) {
                std::cmp::Ordering::Greater => Answer::First,
                std::cmp::Ordering::Less => Answer::Second,
                std::cmp::Ordering::Equal => Answer::Equal,
            };
            assert_eq!(step.answer, wanted, "{:?}", step.question);
            assert_ne!(sure, heads);
            seen.insert((*coins, tails.is_some()));
        }
    }
    // One coin and two; no agreement on the other side, and a worst deal.
    let both =
        |of: &dyn Fn(&(u8, bool)) -> bool| seen.iter().any(of) && seen.iter().any(|toss| !of(toss));
    assert!(both(&|toss| toss.0 == 1) && both(&|toss| toss.1), "{seen:?}");
}

/// Nobody is asked about a deal that crosses its own red line.
#[test]
fn no_question_crosses_a_red_line() {
    let mut draft = scenario(2, &[3, 4, 3], 40).into_draft();
    draft.preferences[0].red_lines = vec![RedLine {
        conditions: vec![Condition::new(1, vec![0, 2])],
        reason: String::new(),
        known: Known::default(),
    }];
    let scenario = draft.check().0.unwrap();
    for (mode, coins) in [(Mode::Joint, true), (Mode::Joint, false), (Mode::Own, true)] {
        let settings = Settings { coins, ..settings(mode) };
        let (case, road) = run(&scenario, &[Conduct::Truthful; 2], settings, 10);
        let mut asked = 0;
        for step in road.steps.iter().filter(|step| step.party == 0) {
            asked += 1;
            assert!(step.question.deals().all(|deal| !case.space().crosses(0, deal)), "{step:?}");
        }
        assert!(asked > 2, "{mode:?} {coins}");
    }
}
