//! Published examples, and completions one by one on small cases.

use super::fallback::{Fallback, fallback, unanimous};
use super::schulze::schulze;
use super::separable::{Modality, Orders};
use super::*;
use crate::budget::Budget;
use detente_model::partial::{Judgement, Partial, Ranking};
use detente_model::preference::Known;
use detente_model::testing::additive;
use detente_model::{Preferences, Statement};
use proptest::prelude::*;

/// One issue with as many options as outcomes; `rankings[party]` = tiers and how many are acceptable.
fn ranked(options: usize, rankings: &[(Vec<Vec<usize>>, usize)]) -> Scenario {
    let tables = vec![vec![vec![0; options]]; rankings.len()];
    let mut draft = additive(&tables, &vec![0; rankings.len()]);
    draft.preferences = rankings
        .iter()
        .map(|(tiers, acceptable)| Preferences {
            statement: Statement::Partial(Partial::known_as(
                Known::Unknown,
                [Judgement::Ranking(Ranking {
                    tiers: tiers
                        .iter()
                        .map(|t| t.iter().map(|&o| Outcome::from_options([o])).collect())
                        .collect(),
                    acceptable_tiers: *acceptable,
                })],
            )),
            red_lines: Vec::new(),
        })
        .collect();
    let (scenario, flaws) = draft.check();
    scenario.unwrap_or_else(|| panic!("{flaws:?}"))
}

fn strict(order: &[usize], acceptable: usize) -> (Vec<Vec<usize>>, usize) {
    (order.iter().map(|&o| vec![o]).collect(), acceptable)
}

fn letters(word: &str) -> Vec<usize> {
    word.bytes().map(|b| usize::from(b - b'A')).collect()
}

#[test]
fn schulze_2011_section_3_example_1() {
    // 45 voters over A–E; the published order is E, A, C, B, D.
    let mut rankings = Vec::new();
    for (count, order) in [
        (5, "ACBED"),
        (5, "ADECB"),
        (8, "BEDAC"),
        (3, "CABED"),
        (7, "CAEBD"),
        (2, "CBADE"),
        (7, "DCEBA"),
        (8, "EBADC"),
    ] {
        rankings.extend(std::iter::repeat_n(strict(&letters(order), 5), count));
    }
    let profile = Profile::new(&ranked(5, &rankings)).unwrap();
    let place = |letter: &str| {
        let outcome = Outcome::from_options(letters(letter));
        profile.outcomes.iter().position(|o| *o == outcome).unwrap()
    };
    let result = schulze(&profile);
    assert_eq!(result.votes[place("A")][place("C")], 26);
    assert_eq!(result.strengths[place("E")][place("B")], 28);
    let expected: Vec<Vec<usize>> =
        ["E", "A", "C", "B", "D"].iter().map(|l| vec![place(l)]).collect();
    assert_eq!(result.tiers, expected);
}

#[test]
fn falling_back_finds_the_largest_least_satisfaction_or_impasse() {
    // Two parties in opposite orders meet in the middle (Brams & Kilgour 2001).
    let opposed = |acceptable| {
        Profile::new(&ranked(
            5,
            &[strict(&[0, 1, 2, 3, 4], acceptable), strict(&[4, 3, 2, 1, 0], acceptable)],
        ))
        .unwrap()
    };
    let middle = Fallback::Compromise { depth: 3, outcomes: vec![(2, 2)] };
    assert_eq!(unanimous(&opposed(5)), middle);
    assert_eq!(unanimous(&opposed(3)), middle);
    assert_eq!(unanimous(&opposed(2)), Fallback::Impasse);
    assert_eq!(fallback(&opposed(2), 2, false), middle);
    // One supporter is found at once.
    let one = fallback(&opposed(5), 1, true);
    assert_eq!(one, Fallback::Compromise { depth: 1, outcomes: vec![(0, 1), (4, 1)] });
}

#[test]
fn numbers_and_orders_go_together() {
    let mut draft = additive(&[vec![vec![0; 3]], vec![vec![7, 3, 7]]], &[0, 5]);
    let other = ranked(3, &[strict(&[0, 1, 2], 2), strict(&[0, 1, 2], 2)]);
    draft.preferences[0] = other.preferences()[0].clone();
    let profile = Profile::new(&draft.check().0.unwrap()).unwrap();
    assert_eq!(profile.tiers[1], [Some(0), Some(1), Some(0)]);
    assert_eq!(profile.acceptable, [2, 1]);
    assert_eq!(approval(&profile), Approval { approvals: vec![2, 1, 1], most: vec![0] });
}

fn orders(sizes: &[usize], rows: &[Vec<Vec<Vec<usize>>>]) -> Scenario {
    let tables: Vec<Vec<Vec<i64>>> =
        rows.iter().map(|_| sizes.iter().map(|n| vec![0; *n]).collect()).collect();
    let mut draft = additive(&tables, &vec![0; rows.len()]);
    for (preferences, row) in draft.preferences.iter_mut().zip(rows) {
        let orders = row.iter().cloned().enumerate();
        preferences.statement = Statement::Partial(Partial::known_as(
            Known::Unknown,
            orders.map(|(issue, tiers)| Judgement::OptionOrder { issue, tiers }),
        ));
    }
    let (scenario, flaws) = draft.check();
    scenario.unwrap_or_else(|| panic!("{flaws:?}"))
}

/// Tiers from one rank per option.
fn tiers_of(ranks: &[usize]) -> Vec<Vec<usize>> {
    (0..3)
        .map(|r| (0..ranks.len()).filter(|&o| ranks[o] == r).collect::<Vec<_>>())
        .filter(|t| !t.is_empty())
        .collect()
}

/// The values that fit one order: worst tier 0, then each tier larger by 1, 3 or 9.
fn completions(ranks: &[usize]) -> Vec<Vec<i64>> {
    let tiers = tiers_of(ranks);
    let steps = [1, 3, 9];
    let rises = tiers.len() - 1;
    (0..3_usize.pow(rises as u32))
        .map(|mut n| {
            let mut values = vec![0; ranks.len()];
            let mut level = 0;
            for tier in tiers.iter().rev().skip(1) {
                level += steps[n % 3];
                n /= 3;
                tier.iter().for_each(|&o| values[o] = level);
            }
            values
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn efficiency_is_that_of_the_completions(ranks in prop::collection::vec(prop::collection::vec(0..3_usize, 3), 4)) {
        // Two parties, two issues of three options each; 3 + 3 = 6 steps of 1, 3 or 9 in all.
        let rows: Vec<Vec<Vec<Vec<usize>>>> =
            ranks.chunks(2).map(|own| own.iter().map(|r| tiers_of(r)).collect()).collect();
        let scenario = orders(&[3, 3], &rows);
        let read = Orders::new(&scenario).unwrap();
        let outcomes: Vec<[usize; 2]> = (0..9).map(|n| [n / 3, n % 3]).collect();
        let per_party: Vec<Vec<Vec<i64>>> = ranks
            .chunks(2)
            .map(|own| {
                let second = completions(&own[1]);
                completions(&own[0])
                    .iter()
                    .flat_map(|a| second.iter().map(|b| outcomes.iter().map(|o| a[o[0]] + b[o[1]]).collect()))
                    .collect()
            })
            .collect();
        for (index, x) in outcomes.iter().enumerate() {
            let (mut always, mut ever) = (true, false);
            for a in &per_party[0] {
                for b in &per_party[1] {
                    let dominated = (0..9).any(|y| {
                        a[y] >= a[index] && b[y] >= b[index] && (a[y] > a[index] || b[y] > b[index])
                    });
                    always &= !dominated;
                    ever |= !dominated;
                }
            }
            match read.efficiency(&scenario, x, &Budget::default()).unwrap() {
                Modality::Necessary => prop_assert!(always),
                Modality::Impossible => prop_assert!(!ever),
                Modality::Possible => prop_assert!(ever && !always, "{x:?}"),
            }
        }
    }

    #[test]
    fn fallback_maximises_the_least_satisfied(ranks in prop::collection::vec(Just(vec![0_usize, 1, 2, 3]).prop_shuffle(), 3)) {
        let rankings: Vec<_> = ranks.iter().map(|order| strict(order, 4)).collect();
        let profile = Profile::new(&ranked(4, &rankings)).unwrap();
        let worst = |o: usize| profile.tiers.iter().map(|t| t[o].unwrap()).max().unwrap();
        let least = (0..4).map(worst).min().unwrap();
        let Fallback::Compromise { depth, outcomes } = unanimous(&profile) else {
            panic!("all is acceptable")
        };
        prop_assert_eq!(depth, least + 1);
        let expected: Vec<_> = (0..4).filter(|&o| worst(o) == least).map(|o| (o, 3)).collect();
        prop_assert_eq!(outcomes, expected);
    }
}

#[test]
fn acceptability_spreads_along_dominance() {
    let up = vec![vec![2], vec![1], vec![0]];
    let scenario = orders(&[3, 3], &[vec![up.clone(), up.clone()], vec![up.clone(), up]]);
    let read = Orders::new(&scenario).unwrap();
    let (accepted, refused) = (vec![vec![1, 1]], vec![vec![0, 1]]);
    let at = |x: [usize; 2]| read.acceptability(0, &x, &accepted, &refused);
    assert_eq!(at([2, 1]), Modality::Necessary);
    assert_eq!(at([0, 0]), Modality::Impossible);
    assert_eq!(at([2, 0]), Modality::Possible);
}
