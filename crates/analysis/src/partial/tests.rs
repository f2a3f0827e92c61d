//! Against brute force: consistent utilities drawn from a grid, every
//! statement evaluated by its meaning.

use super::*;
use detente_model::Number;
use detente_model::partial::{Partial, PartialOutcome, Relation};
use detente_model::preference::{Known, Statement};
use detente_model::testing::additive;
use proptest::prelude::*;

const ISSUES: [usize; 2] = [3, 2];

/// One utility function: `[issue][option]`, and the reservation value.
type Grid = (Vec<Vec<i64>>, i64);

fn worth(grid: &Grid, choices: &[(usize, usize)]) -> i64 {
    choices.iter().map(|&(i, o)| grid.0[i][o]).sum()
}

fn swing(row: &[i64]) -> i64 {
    row.iter().max().unwrap() - row.iter().min().unwrap()
}

/// Whether a judgement holds, by its definition.
fn holds(judgement: &Judgement, grid: &Grid) -> bool {
    let total: i64 = grid.0.iter().map(|row| swing(row)).sum();
    let whole = |o: &Outcome| worth(grid, PartialOutcome::whole(o).choices());
    let within = |part: i64, whole: i64, low: &Number, high: &Number| {
        let (part, whole) = (Number::from(part), Number::from(whole));
        &whole * low <= part && part <= &whole * high
    };
    let ordered = |tiers: &[Vec<i64>]| {
        tiers.iter().all(|t| t.windows(2).all(|w| w[0] == w[1]))
            && tiers.windows(2).all(|w| w[0][0] > w[1][0])
    };
    match judgement {
        Judgement::Position { issue, option } => {
            grid.0[*issue].iter().all(|v| *v <= grid.0[*issue][*option])
        }
        Judgement::OptionOrder { issue, tiers } => {
            let rows: Vec<Vec<i64>> =
                tiers.iter().map(|t| t.iter().map(|&o| grid.0[*issue][o]).collect()).collect();
            ordered(&rows)
        }
        Judgement::IssueOrder { tiers } => {
            let rows: Vec<Vec<i64>> =
                tiers.iter().map(|t| t.iter().map(|&i| swing(&grid.0[i])).collect()).collect();
            ordered(&rows)
        }
        Judgement::WeightRange { issue, low, high } => {
            within(swing(&grid.0[*issue]), total, low, high)
        }
        Judgement::ValueRange { issue, option, low, high } => {
            let row = &grid.0[*issue];
            within(row[*option] - row.iter().min().unwrap(), swing(row), low, high)
        }
        Judgement::ReservationRange { low, high } => {
            let worst: i64 = grid.0.iter().map(|row| row.iter().min().unwrap()).sum();
            within(grid.1 - worst, total, low, high)
        }
        Judgement::Compare { left, right, relation } => {
            let difference = worth(grid, left.choices()) - worth(grid, right.choices());
            match relation {
                Relation::Better => difference > 0,
                Relation::Equal => difference == 0,
                Relation::Worse => difference < 0,
            }
        }
        Judgement::Accepts { outcome } => whole(outcome) >= grid.1,
        Judgement::Rejects { outcome } => whole(outcome) < grid.1,
        Judgement::Ranking(_) | Judgement::Declined(_) => true,
    }
}

/// All utility functions with values 0 to 3 (the second issue 0 to 3) and reservation −1 to 7.
fn grid() -> Vec<Grid> {
    let mut all = Vec::new();
    for code in 0..4_i64.pow(5) * 9 {
        let digit = |place: u32| code / 4_i64.pow(place) % 4;
        let rows = vec![vec![digit(0), digit(1), digit(2)], vec![digit(3), digit(4)]];
        // A party that cares for something.
        if rows.iter().any(|row| swing(row) > 0) {
            all.push((rows, code / 4_i64.pow(5) - 1));
        }
    }
    all
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    (0..3_usize, 0..2_usize).prop_map(|(a, b)| Outcome::from_options([a, b]))
}

fn tiers(order: Vec<usize>, tie: bool) -> Vec<Vec<usize>> {
    let mut tiers: Vec<Vec<usize>> = order.into_iter().map(|o| vec![o]).collect();
    if tie {
        let last = tiers.pop().unwrap();
        tiers.last_mut().unwrap().extend(last);
    }
    tiers
}

fn range() -> impl Strategy<Value = (Number, Number)> {
    (0..5_i64, 0..5_i64).prop_map(|(a, b)| {
        let part = |n| Number::ratio(n, 4).unwrap();
        (part(a.min(b)), part(a.max(b)))
    })
}

fn judgement() -> impl Strategy<Value = Judgement> {
    let three = Just(vec![0, 1, 2]).prop_shuffle();
    let two = Just(vec![0, 1]).prop_shuffle();
    prop_oneof![
        (0..3_usize).prop_map(|option| Judgement::Position { issue: 0, option }),
        (three, any::<bool>())
            .prop_map(|(o, tie)| Judgement::OptionOrder { issue: 0, tiers: tiers(o, tie) }),
        two.clone().prop_map(|o| Judgement::OptionOrder { issue: 1, tiers: tiers(o, false) }),
        (two, any::<bool>()).prop_map(|(o, tie)| Judgement::IssueOrder { tiers: tiers(o, tie) }),
        (0..2_usize, range()).prop_map(|(issue, (low, high))| Judgement::WeightRange {
            issue,
            low,
            high
        }),
        (0..3_usize, range()).prop_map(|(option, (low, high))| Judgement::ValueRange {
            issue: 0,
            option,
            low,
            high
        }),
        range().prop_map(|(low, high)| Judgement::ReservationRange { low, high }),
        (any_outcome(), any_outcome(), any::<bool>()).prop_map(|(a, b, equal)| {
            let [left, right] = [a, b].map(|o| PartialOutcome::whole(&o));
            let relation = if equal { Relation::Equal } else { Relation::Better };
            Judgement::Compare { left, right, relation }
        }),
        any_outcome().prop_map(|outcome| Judgement::Accepts { outcome }),
        any_outcome().prop_map(|outcome| Judgement::Rejects { outcome }),
    ]
}

fn scenario(parties: &[Vec<Judgement>]) -> Option<Scenario> {
    let tables: Vec<Vec<Vec<i64>>> =
        parties.iter().map(|_| ISSUES.iter().map(|n| vec![0; *n]).collect()).collect();
    let mut draft = additive(&tables, &vec![0; parties.len()]);
    for (preferences, judgements) in draft.preferences.iter_mut().zip(parties) {
        let partial = Partial::known_as(Known::Unknown, judgements.iter().cloned());
        preferences.statement = Statement::Partial(partial);
    }
    draft.check().0
}

/// A modality is that of a set of truths: never against one of them.
fn fits(modality: Modality, truths: impl Iterator<Item = bool>) -> bool {
    let (mut some, mut all) = (false, true);
    for truth in truths {
        some |= truth;
        all &= truth;
    }
    match modality {
        Modality::Necessary => all,
        Modality::Impossible => !some,
        Modality::Possible => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    /// No answer is wrong for any consistent utilities of the grid, and a
    /// contradiction is only reported where the grid has none.
    #[test]
    fn no_consistent_utilities_gainsay(
        said in prop::collection::vec(prop::collection::vec(judgement(), 0..4), 2),
    ) {
        let Some(scenario) = scenario(&said) else { return Ok(()) };
        let grid = grid();
        let fit: Vec<Vec<&Grid>> = said
            .iter()
            .map(|all| grid.iter().filter(|g| all.iter().all(|j| holds(j, g))).collect())
            .collect();
        let answer = match solve(&scenario, &Budget::default()) {
            Ok(answer) => answer,
            Err(PartialError::Contradiction { index, statements, .. }) => {
                prop_assert!(fit[index].is_empty());
                // Those named clash by themselves.
                let named: Vec<&Judgement> = statements.iter().map(|&s| &said[index][s]).collect();
                prop_assert!(!grid.iter().any(|g| named.iter().all(|j| holds(j, g))));
                prop_assert!(!statements.is_empty());
                return Ok(());
            }
            Err(error) => panic!("{error}"),
        };
        let value = |g: &Grid, x: usize| {
            worth(g, PartialOutcome::whole(&answer.outcomes[x]).choices())
        };
        let count = answer.outcomes.len();
        for (party, grids) in fit.iter().enumerate() {
            for x in 0..count {
                let accepts = grids.iter().map(|g| value(g, x) >= g.1);
                prop_assert!(fits(answer.acceptability[party][x], accepts));
                // Not computed only for who cannot care for anything.
                let Some((low, high)) = answer.shares[party].get(x) else {
                    prop_assert!(grids.is_empty());
                    continue;
                };
                for g in grids {
                    let worst: i64 = g.0.iter().map(|row| row.iter().min().unwrap()).sum();
                    let total: i64 = g.0.iter().map(|row| swing(row)).sum();
                    let share = BigRational::new((value(g, x) - worst).into(), total.into());
                    prop_assert!(*low <= share && share <= *high);
                }
            }
        }
        // A sample of pairs of utilities for what concerns both.
        let efficiency = answer.efficiency.clone().unwrap();
        let [first, second] = [&fit[0], &fit[1]];
        let pairs = (0..200_usize).filter_map(|k| {
            let a = first.get(k * 7919 % first.len().max(1))?;
            Some((a, second.get(k * 104_729 % second.len().max(1))?))
        });
        for (a, b) in pairs {
            let dominates = |y: usize, x: usize| {
                let [va, vb] = [value(a, y) - value(a, x), value(b, y) - value(b, x)];
                va >= 0 && vb >= 0 && va + vb > 0
            };
            for (x, found) in efficiency.iter().enumerate() {
                match found {
                    Efficiency::Necessary => prop_assert!(!(0..count).any(|y| dominates(y, x))),
                    Efficiency::Dominated { by } => prop_assert!(dominates(*by, x)),
                    Efficiency::Possible | Efficiency::Undecided => {}
                }
            }
            let gains = |x: usize| [value(a, x) - a.1, value(b, x) - b.1];
            let swings = [a, b].map(|g| g.0.iter().map(|row| swing(row)).sum::<i64>());
            let nash = |x: usize| {
                let [p, q] = gains(x);
                if p < 0 || q < 0 { 0 } else { p * q }
            };
            let best = (0..count).map(nash).max().unwrap();
            for pick in &answer.robust {
                let x = pick.outcome;
                let least = |values: [i64; 2]| {
                    (0..2).map(|p| BigRational::new(values[p].into(), swings[p].into())).min().unwrap()
                };
                let reached = match pick.rule {
                    RobustRule::Nash => BigRational::new(nash(x).into(), best.max(1).into()),
                    RobustRule::Egalitarian => least(gains(x)),
                    _ => continue,
                };
                prop_assert!(best == 0 || reached >= pick.worst_case, "{:?}", pick);
            }
        }
    }

    /// Statements named for a clash clash, and without any one of them they do not.
    #[test]
    fn a_clash_has_no_statement_too_many(said in prop::collection::vec(judgement(), 1..6)) {
        // Checked by the scenario: at most one order of an issue, and so on.
        if scenario(&[said.clone(), Vec::new()]).is_none() {
            return Ok(());
        }
        let of = |kept: &[usize]| {
            Partial::known_as(Known::Unknown, kept.iter().map(|&s| said[s].clone()))
        };
        let all: Vec<usize> = (0..said.len()).collect();
        let grid = grid();
        let hold = |kept: &[usize]| grid.iter().any(|g| kept.iter().all(|&s| holds(&said[s], g)));
        match clash(&ISSUES, &of(&all)) {
            None => {}
            Some(named) => {
                prop_assert!(!hold(&named));
                for drop in &named {
                    let rest: Vec<usize> = named.iter().copied().filter(|s| s != drop).collect();
                    prop_assert_eq!(clash(&ISSUES, &of(&rest)), None);
                }
            }
        }
    }

    /// What is said of a space too large to list is what is said of it listed.
    #[test]
    fn large_spaces_are_answered_like_small_ones(
        said in prop::collection::vec(prop::collection::vec(judgement(), 0..4), 2),
    ) {
        let Some(scenario) = scenario(&said) else { return Ok(()) };
        let Ok(whole) = solve(&scenario, &Budget::default()) else { return Ok(()) };
        let mut few = Budget::default();
        few.enumeration_limit = 1;
        let part = solve(&scenario, &few).unwrap();
        prop_assert!(!part.complete && whole.complete);
        let place = |o: &Outcome| whole.outcomes.iter().position(|w| w == o).unwrap();
        for (x, outcome) in part.outcomes.iter().enumerate() {
            let at = place(outcome);
            for party in 0..2 {
                prop_assert_eq!(part.acceptability[party][x], whole.acceptability[party][at]);
                prop_assert_eq!(part.shares[party].get(x), whole.shares[party].get(at));
            }
            let known = whole.efficiency.as_ref().unwrap()[at];
            let dominated = matches!(known, Efficiency::Dominated { .. });
            match part.efficiency.as_ref().unwrap()[x] {
                Efficiency::Possible => prop_assert!(!dominated),
                Efficiency::Dominated { .. } => prop_assert!(dominated),
                Efficiency::Necessary => prop_assert!(false, "never claimed"),
                Efficiency::Undecided => {}
            }
        }
        prop_assert!(part.agreement_possible.is_none_or(|p| whole.agreement_possible == Some(p)));
        let share = |answer: &PartialAnswer| {
            answer.robust.iter().find(|p| p.rule == RobustRule::Share).cloned()
        };
        if let (Some(part), Some(whole)) = (share(&part), share(&whole)) {
            prop_assert!(part.worst_case <= whole.worst_case);
            if let Some(most) = part.at_most {
                prop_assert!(whole.worst_case <= most);
            }
        }
    }

    /// Full orders of small scenarios: what is called possible does happen on the grid.
    #[test]
    fn what_is_possible_happens(
        orders in prop::collection::vec((Just(vec![0, 1, 2]).prop_shuffle(), Just(vec![0, 1]).prop_shuffle()), 2),
        accepted in any_outcome(),
    ) {
        let said: Vec<Vec<Judgement>> = orders
            .iter()
            .map(|(three, two)| {
                vec![
                    Judgement::OptionOrder { issue: 0, tiers: tiers(three.clone(), false) },
                    Judgement::OptionOrder { issue: 1, tiers: tiers(two.clone(), false) },
                    Judgement::Accepts { outcome: accepted.clone() },
                ]
            })
            .collect();
        let scenario = scenario(&said).unwrap();
        let answer = solve(&scenario, &Budget::default()).unwrap();
        let grid = grid();
        let fit: Vec<Vec<&Grid>> = said
            .iter()
            .map(|all| grid.iter().filter(|g| all.iter().all(|j| holds(j, g))).collect())
            .collect();
        let value = |g: &Grid, x: usize| {
            worth(g, PartialOutcome::whole(&answer.outcomes[x]).choices())
        };
        for (party, grids) in fit.iter().enumerate() {
            for (x, modality) in answer.acceptability[party].iter().enumerate() {
                if *modality == Modality::Possible {
                    let accepts = |wanted: bool| grids.iter().any(|g| (value(g, x) >= g.1) == wanted);
                    prop_assert!(accepts(true) && accepts(false));
                }
            }
        }
        for (x, found) in answer.efficiency.clone().unwrap().iter().enumerate() {
            let efficient = |a: &Grid, b: &Grid| {
                !(0..answer.outcomes.len()).any(|y| {
                    let [va, vb] = [value(a, y) - value(a, x), value(b, y) - value(b, x)];
                    va >= 0 && vb >= 0 && va + vb > 0
                })
            };
            let somewhere = |wanted: bool| {
                fit[0].iter().any(|a| fit[1].iter().any(|b| efficient(a, b) == wanted))
            };
            match found {
                Efficiency::Possible => prop_assert!(somewhere(true) && somewhere(false)),
                Efficiency::Necessary => prop_assert!(!somewhere(false)),
                Efficiency::Dominated { .. } => prop_assert!(!somewhere(true)),
                // With orders alone nothing stays undecided (Theorem of `ordinal::separable`).
                Efficiency::Undecided => prop_assert!(false, "undecided {x}"),
            }
        }
    }
}

#[test]
fn what_only_sums_can_tell_is_found() {
    // The second issue matters more, so a step in the first cannot outweigh its whole swing.
    let [left, right] = [[0, 1], [1, 0]].map(|o| PartialOutcome::new(o.into_iter().enumerate()));
    let said = vec![
        Judgement::OptionOrder { issue: 1, tiers: vec![vec![0], vec![1]] },
        Judgement::IssueOrder { tiers: vec![vec![1], vec![0]] },
        Judgement::Compare { left, right, relation: Relation::Better },
    ];
    let scenario = scenario(&[said, Vec::new()]).unwrap();
    match solve(&scenario, &Budget::default()) {
        Err(PartialError::Contradiction { index: 0, statements, .. }) => {
            assert!(statements.contains(&1) && statements.contains(&2), "{statements:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_party_that_said_nothing_decides_nothing() {
    let scenario = scenario(&[Vec::new(), Vec::new()]).unwrap();
    let answer = solve(&scenario, &Budget::default()).unwrap();
    assert!(answer.agreement.iter().all(|m| *m == Modality::Possible));
    assert_eq!(answer.agreement_possible, None);
    assert!(answer.robust.iter().all(|p| !p.rule.needs_sure_deal()));
    assert!(!answer.efficiency.unwrap().contains(&Efficiency::Necessary));
}
