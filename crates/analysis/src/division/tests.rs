//! Published cases, brute-force grids, and each method against the others.

use super::adjusted_winner::{AdjustedWinner, AdjustedWinnerError, adjusted_winner};
use super::convex::ConvexSet;
use super::lottery::lotteries;
use super::simplex::{Answer, Relation, Row, maximise};
use super::*;
use crate::solved::SolutionRule as Rule;
use crate::testing::random_problem;
use detente_model::Draft;
use detente_model::issue::{Issue, IssueKind};
use detente_model::preference::{IssueValue, Known, Statement};
use detente_model::testing::additive;
use proptest::prelude::*;

/// `worth[party][divisible issue]`, after discrete issues `tables[party][issue][option]`.
fn draft(tables: &[Vec<Vec<i64>>], worth: &[Vec<i64>], reservations: &[i64]) -> Draft {
    let mut draft = additive(tables, reservations);
    for d in 0..worth[0].len() {
        let name = format!("d{d}");
        draft.issues.push(Issue { kind: IssueKind::Divisible, ..Issue::categorical(name, ["x"]) });
    }
    for (preferences, row) in draft.preferences.iter_mut().zip(worth) {
        if let Statement::Utility(utility) = &mut preferences.statement {
            for &w in row {
                let value = ValueFunction::Share(Number::from(w));
                utility.issues.push(Some(IssueValue {
                    weight: Number::one(),
                    value,
                    known: Known::Unknown,
                }));
            }
        }
    }
    draft
}

fn scenario(tables: &[Vec<Vec<i64>>], worth: &[Vec<i64>], reservations: &[i64]) -> Scenario {
    let (scenario, flaws) = draft(tables, worth, reservations).check();
    scenario.unwrap_or_else(|| panic!("{flaws:?}"))
}

fn shared(worth: &[Vec<i64>]) -> Scenario {
    scenario(&vec![Vec::new(); worth.len()], worth, &vec![0; worth.len()])
}

fn number(n: i64, d: i64) -> Number {
    Number::ratio(n, d).unwrap()
}

fn winner(first: &[i64], second: &[i64]) -> AdjustedWinner {
    let result = adjusted_winner(&shared(&[first.to_vec(), second.to_vec()])).unwrap();
    assert!(result.equitable && result.envy_free && result.efficient && result.points_as_given);
    result
}

#[test]
fn camp_david_gives_each_side_65_83_and_moves_a_sixth_of_sinai() {
    // Brams & Togman 1996: Sinai, recognition, West Bank and Gaza, linkage,
    // Palestinian rights, Jerusalem; Israel, then Egypt.
    let result = winner(&[35, 10, 20, 10, 5, 20], &[55, 5, 10, 5, 20, 5]);
    assert_eq!(result.totals, [number(395, 6), number(395, 6)]);
    assert_eq!(result.split, Some(0));
    assert_eq!(result.shares[0], [number(1, 6), number(5, 6)]);
    assert_eq!(result.moved, vec![(0, number(1, 6))]);
    assert_eq!(result.first_winners, [1, 0, 0, 0, 1, 0]);
}

#[test]
fn panama_canal_gives_each_side_66_and_moves_two_fifteenths_of_land_and_water() {
    let result = winner(&[22, 22, 15, 14, 11, 6, 2, 2, 4, 2], &[9, 15, 15, 3, 15, 5, 7, 7, 11, 13]);
    assert_eq!(result.totals, [number(66, 1), number(66, 1)]);
    assert_eq!(result.split, Some(2));
    assert_eq!(result.moved, vec![(2, number(2, 15))]);
}

#[test]
fn final_status_and_divorce_tables() {
    // Massoud 2000: West Bank, East Jerusalem, refugees, sovereignty, security.
    let result = winner(&[22, 25, 12, 15, 26], &[21, 23, 18, 24, 14]);
    assert!((result.totals[0].to_f64() - 57.14).abs() < 0.005);
    assert_eq!(result.split, Some(0));
    assert!((result.shares[0][1].to_f64() - 0.721).abs() < 0.0005);
    // Brams & Taylor 1996: estate, mansion, apartment, triplex, cash and jewelry.
    let result = winner(&[10, 40, 10, 38, 2], &[38, 20, 30, 10, 2]);
    assert!((result.totals[0].to_f64() - 72.67).abs() < 0.005, "{}", result.totals[0]);
}

#[test]
fn adjusted_winner_says_when_it_does_not_apply() {
    assert_eq!(
        adjusted_winner(&shared(&[vec![1], vec![1], vec![1]])),
        Err(AdjustedWinnerError::NotTwoParties)
    );
    assert_eq!(
        adjusted_winner(&shared(&[vec![1], vec![0]])),
        Err(AdjustedWinnerError::NothingToDivide)
    );
}

#[test]
fn equal_points_make_adjusted_winner_the_egalitarian_deal() {
    let s = shared(&[vec![35, 10, 20, 10, 5, 20], vec![55, 5, 10, 5, 20, 5]]);
    let divided = solve(&s, &Budget::default()).unwrap();
    assert!(divided.exact && divided.frontier.continuous);
    let egalitarian = &divided.solutions[2];
    assert_eq!(egalitarian.rule, Rule::Egalitarian);
    assert!((egalitarian.value - 395.0 / 6.0).abs() < 1e-12);
    assert_eq!(divided.ideals, [100.0, 100.0]);
}

#[test]
fn without_agreement_nothing_is_chosen() {
    let s = scenario(&[vec![], vec![]], &[vec![10], vec![10]], &[6, 5]);
    let divided = solve(&s, &Budget::default()).unwrap();
    assert_eq!(divided.agreement_possible, Some(false));
    assert!(divided.solutions.is_empty());
    let s = scenario(&vec![vec![]; 3], &vec![vec![9]; 3], &[3, 3, 4]);
    assert_eq!(solve(&s, &Budget::default()).unwrap().agreement_possible, Some(false));
    let s = scenario(&vec![vec![]; 3], &vec![vec![9]; 3], &[3, 3, 3]);
    let divided = solve(&s, &Budget::default()).unwrap();
    assert_eq!(divided.agreement_possible, Some(true));
    assert_eq!(divided.ideals, [3.0; 3]);
    assert!(divided.solutions.iter().all(|s| s.deal.utilities == [3.0; 3]));
}

#[test]
fn nash_is_proved_where_the_acceptable_set_is_thin() {
    // The third party keeps its reservation value only with all of the first
    // issue, and gains by what the first can spare of the second.
    let options = [vec![-3, 0], vec![0, 0], vec![-3, -4]];
    let worth = [vec![0, 4], vec![0, 1], vec![5, 1]];
    let tables: Vec<_> = options.iter().map(|row| vec![row.clone()]).collect();
    let s = scenario(&tables, &worth, &[0, -1, 2]);
    let divided = solve(&s, &Budget::default()).unwrap();
    let bases: Vec<Vec<i64>> = (0..2).map(|o| options.iter().map(|row| row[o]).collect()).collect();
    check_against_grid(&s, &divided, &grid(&s, &worth, &bases, 16));
}

#[test]
fn a_stopped_search_claims_nothing() {
    let s = scenario(&vec![vec![]; 3], &vec![vec![9, 4, 1]; 3], &[3, 3, 3]);
    let stop = || true;
    let divided = solve(&s, &Budget::default().stopped_by(&stop)).unwrap();
    assert!(divided.solutions.iter().all(|s| !s.optimal));
}

#[test]
fn linear_programs_have_certificates() {
    let q = |n: i64| Q::from_integer(n.into());
    let row = |c: &[i64], relation, right| Row {
        coefficients: c.iter().map(|&c| q(c)).collect(),
        relation,
        right: q(right),
    };
    // max 3x + 2y, x + y <= 4, x + 3y <= 6, x <= 3: 11 at (3, 1).
    let rows = [
        row(&[-1, -1], Relation::AtLeast, -4),
        row(&[-1, -3], Relation::AtLeast, -6),
        row(&[-1, 0], Relation::AtLeast, -3),
    ];
    let Answer::Optimal(optimum) = maximise(&[q(3), q(2)], &rows, &|| false) else {
        panic!("it has an optimum")
    };
    assert_eq!((optimum.value.clone(), optimum.variables), (q(11), vec![q(3), q(1)]));
    let dual: Q = optimum.multipliers.iter().zip(&rows).map(|(y, r)| y * &r.right).sum();
    assert_eq!(dual, q(11));
    let rows = [row(&[1], Relation::AtLeast, 1), row(&[-1], Relation::AtLeast, 0)];
    assert!(matches!(maximise(&[q(1)], &rows, &|| false), Answer::Infeasible));
    assert!(matches!(maximise(&[q(1)], &rows[..1], &|| false), Answer::Unbounded));
}

/// Every sharing in steps of 1/`steps`, as gains.
fn grid(s: &Scenario, worth: &[Vec<i64>], bases: &[Vec<i64>], steps: i64) -> Vec<Vec<f64>> {
    let parties = worth.len();
    let mut splits: Vec<Vec<i64>> = vec![vec![]];
    for _ in 1..parties {
        splits = splits
            .into_iter()
            .flat_map(|row| {
                let left = steps - row.iter().sum::<i64>();
                (0..=left).map(move |k| [row.clone(), vec![k]].concat())
            })
            .collect();
    }
    splits.iter_mut().for_each(|row| row.push(steps - row.iter().sum::<i64>()));
    let mut sums: Vec<Vec<f64>> =
        bases.iter().map(|b| b.iter().map(|&v| v as f64).collect()).collect();
    let whole = |p: usize, d: usize| worth[p][d] as f64;
    for d in 0..worth[0].len() {
        sums = sums
            .iter()
            .flat_map(|sum| {
                splits.iter().map(move |split| {
                    (0..parties)
                        .map(|p| sum[p] + whole(p, d) * split[p] as f64 / steps as f64)
                        .collect()
                })
            })
            .collect();
    }
    let reservations: Vec<f64> =
        s.utilities().unwrap().iter().map(|u| u.reservation.to_f64()).collect();
    sums.iter_mut().for_each(|u| u.iter_mut().zip(&reservations).for_each(|(u, r)| *u -= r));
    sums.retain(|g| g.iter().all(|g| *g >= -1e-9));
    sums
}

/// The solutions are feasible, worth what they say, and no grid point beats their bounds.
fn check_against_grid(s: &Scenario, divided: &Divided, grid: &[Vec<f64>]) {
    assert!(divided.agreement_possible == Some(true) || grid.is_empty());
    if divided.solutions.is_empty() {
        return;
    }
    assert_eq!(divided.solutions.len(), Rule::ALL.len());
    let reservations: Vec<f64> =
        s.utilities().unwrap().iter().map(|u| u.reservation.to_f64()).collect();
    let ideal: Vec<f64> = divided.ideals.iter().zip(&reservations).map(|(i, r)| i - r).collect();
    for g in grid {
        assert!(g.iter().zip(&ideal).all(|(g, i)| *g <= i + 1e-9));
    }
    let value = |rule: Rule, g: &[f64]| {
        let ratios = || g.iter().zip(&ideal).filter(|(_, i)| **i > 1e-9).map(|(g, i)| g / i);
        match rule {
            Rule::Nash => g.iter().map(|g| g.max(0.0)).product(),
            Rule::Egalitarian => g.iter().copied().fold(f64::INFINITY, f64::min),
            Rule::KalaiSmorodinsky => ratios().fold(f64::INFINITY, f64::min).min(1.0),
            Rule::Utilitarian => g.iter().zip(&reservations).map(|(g, r)| g + r).sum::<f64>(),
            Rule::UtilitarianRescaled => ratios().sum(),
        }
    };
    for solution in &divided.solutions {
        assert!(s.is_complete(&solution.deal.outcome));
        assert!(s.is_feasible(&solution.deal.outcome));
        let mut gains = Vec::new();
        for (p, &stated) in solution.deal.utilities.iter().enumerate() {
            let own = s.utility(p, &solution.deal.outcome).unwrap().to_f64();
            assert!((own - stated).abs() < 1e-9, "{:?}: {own} {stated}", solution.rule);
            gains.push(stated - reservations[p]);
            assert!(gains[p] >= -1e-9);
        }
        for choice in &solution.deal.outcome.0 {
            if let Choice::Shares(shares) = choice {
                let sum = shares.iter().fold(Number::zero(), |a, b| &a + b);
                assert!(sum == Number::one() && !shares.iter().any(Number::is_negative));
            }
        }
        let tolerance = 1e-7 * (1.0 + solution.value.abs());
        assert!((value(solution.rule, &gains) - solution.value).abs() < tolerance);
        assert!(solution.bound >= solution.value - tolerance);
        // Where some gain must be zero, the product of the others may stay unproved.
        let excused = solution.rule == Rule::Nash && solution.value == 0.0;
        assert!(solution.optimal || excused, "{solution:?}");
        for g in grid {
            let v = value(solution.rule, g);
            assert!(v <= solution.bound + tolerance, "{:?}: {v} {}", solution.rule, solution.bound);
        }
    }
}

fn rows(
    parties: usize,
    columns: usize,
    low: i64,
    high: i64,
) -> impl Strategy<Value = Vec<Vec<i64>>> {
    prop::collection::vec(prop::collection::vec(low..=high, columns), parties)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn adjusted_winner_keeps_its_promises(worth in rows(2, 5, 0, 9)) {
        prop_assume!(worth.iter().all(|w| w.iter().sum::<i64>() > 0));
        let result = adjusted_winner(&shared(&worth)).unwrap();
        prop_assert!(result.envy_free && result.efficient && result.equitable);
        prop_assert!(result.shares.iter().filter(|s| s.iter().all(Number::is_positive)).count() <= 1);
    }

    #[test]
    fn two_parties_with_options_and_shares_match_a_grid(
        options in rows(2, 3, -4, 8),
        worth in rows(2, 3, 0, 9),
        reservations in prop::collection::vec(-2..8_i64, 2),
        cap in prop::option::of(6..14_i64),
    ) {
        let tables: Vec<_> = options.iter().map(|row| vec![row.clone()]).collect();
        let mut draft = draft(&tables, &worth, &reservations);
        if let (Some(cap), Statement::Utility(u)) = (cap, &mut draft.preferences[0].statement) {
            u.cap = Some(Number::from(cap));
        }
        let s = draft.check().0.unwrap();
        let divided = solve(&s, &Budget::default()).unwrap();
        let bases: Vec<Vec<i64>> = (0..3).map(|o| vec![options[0][o], options[1][o]]).collect();
        let mut points = grid(&s, &worth, &bases, 6);
        if let Some(cap) = cap {
            let most = (cap - reservations[0]) as f64;
            points.iter_mut().for_each(|g| g[0] = g[0].min(most));
            points.retain(|g| g[0] >= -1e-9);
        }
        check_against_grid(&s, &divided, &points);
        // No grid point lies above the frontier: some corner or piece is at least as good.
        let frontier = &divided.frontier.deals;
        for g in &points {
            let u = [g[0] + reservations[0] as f64, g[1] + reservations[1] as f64];
            let mut best = f64::NEG_INFINITY;
            for pair in frontier.windows(2).chain(frontier.chunks(1)) {
                let (a, b) = (&pair[0].utilities, &pair[pair.len() - 1].utilities);
                let joined = pair.len() == 1 || pair[0].outcome.option(0) == pair[1].outcome.option(0);
                if a[0] >= u[0] - 1e-9 { best = best.max(a[1]); }
                if joined && b[0] < u[0] && u[0] <= a[0] {
                    best = best.max(a[1] + (b[1] - a[1]) * (a[0] - u[0]) / (a[0] - b[0]));
                }
            }
            prop_assert!(best >= u[1] - 1e-9, "{u:?} {best} {frontier:?}");
        }
        for deal in frontier {
            for (p, &stated) in deal.utilities.iter().enumerate() {
                let own = s.utility(p, &deal.outcome).unwrap().to_f64();
                prop_assert!((own - stated).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn three_parties_with_options_and_shares_match_a_grid(
        options in rows(3, 2, -4, 8),
        worth in rows(3, 2, 0, 9),
        reservations in prop::collection::vec(-2..6_i64, 3),
    ) {
        let tables: Vec<_> = options.iter().map(|row| vec![row.clone()]).collect();
        let s = scenario(&tables, &worth, &reservations);
        let divided = solve(&s, &Budget::default()).unwrap();
        let bases: Vec<Vec<i64>> =
            (0..2).map(|o| options.iter().map(|row| row[o]).collect()).collect();
        let points = grid(&s, &worth, &bases, 6);
        check_against_grid(&s, &divided, &points);
    }

    #[test]
    fn two_and_many_agree(worth in rows(2, 4, 0, 9), reservations in prop::collection::vec(0..9_i64, 2)) {
        // The general method on two parties against the exact polyline.
        let s = scenario(&vec![Vec::new(); 2], &worth, &reservations);
        let problem = Problem::new(&s).unwrap();
        let division = Division::new(&s, &problem).unwrap();
        let frontier = crate::frontier::frontier(&problem, &Budget::default());
        let exact = division.solve(&frontier, &frontier, &Budget::default());
        let general = multilateral::solve(&division, &frontier, &Budget::default());
        prop_assert_eq!(exact.agreement_possible, general.agreement_possible);
        prop_assert_eq!(&exact.ideals, &general.ideals);
        for (a, b) in exact.solutions.iter().zip(&general.solutions) {
            prop_assert!((a.value - b.value).abs() <= 1e-9 * (1.0 + a.value.abs()), "{:?} {:?}", a, b);
            for (x, y) in a.deal.utilities.iter().zip(&b.deal.utilities) {
                prop_assert!((x - y).abs() <= 1e-5 * (1.0 + x.abs()), "{:?} {:?}", a, b);
            }
        }
    }

    #[test]
    fn lotteries_are_never_worse_than_outcomes(problem in random_problem()) {
        let clean = problem.with_red_lines_as_constraints();
        let frontier = crate::frontier::frontier(&clean, &Budget::default());
        let found = lotteries(&clean, &frontier, &Budget::default()).unwrap();
        let certain: Vec<Vec<i64>> = frontier
            .points
            .iter()
            .map(|p| clean.gains(&p.utilities))
            .filter(|g| g.iter().all(|g| *g >= 0))
            .collect();
        prop_assert!(found.possible == Some(true) || certain.is_empty());
        for deal in &found.deals {
            let sum = deal.outcomes.iter().fold(Number::zero(), |a, (p, _)| &a + p);
            prop_assert_eq!(sum, Number::one());
            for (p, expected) in deal.expected.iter().enumerate() {
                let mean: f64 = deal.outcomes.iter().map(|(w, d)| w.to_f64() * d.utilities[p]).sum();
                prop_assert!((mean - expected).abs() < 1e-9);
                prop_assert!(*expected >= clean.reservations[p] as f64 - 1e-9);
            }
            for g in &certain {
                let value = match deal.rule {
                    Rule::Nash => g.iter().map(|&g| g as f64).product(),
                    Rule::Egalitarian => g.iter().copied().min().unwrap_or(0) as f64,
                    Rule::Utilitarian => {
                        g.iter().zip(&clean.reservations).map(|(g, r)| (g + r) as f64).sum()
                    }
                    _ => continue,
                };
                // A sum of utilities may be below zero.
                let above = |limit: f64, share: f64| value - limit > share * limit.abs() + 1e-9;
                prop_assert!(!above(deal.bound, 1e-12), "{:?} {}", deal, value);
                prop_assert!(!deal.optimal || !above(deal.value, 2e-9), "{:?} {}", deal, value);
            }
        }
    }

    #[test]
    fn nash_over_shares_is_exact(worth in rows(4, 4, 0, 20), base in prop::collection::vec(-3..8_i64, 4)) {
        let q = |n: i64| Q::from_integer(n.into());
        let worth: Vec<Vec<Q>> = worth.iter().map(|w| w.iter().map(|&w| q(w)).collect()).collect();
        let blocks = multilateral::blocks(&worth);
        let set = ConvexSet { base: base.iter().map(|&b| q(b)).collect(), blocks: &blocks };
        let scales = vec![Some(q(1)); 4];
        if let leximin::Search::Found(start) = leximin::leximin(&set, &scales, None, &|| false)
            && start.gains.iter().all(Signed::is_positive)
        {
            let (_, gains) = nash::solve(&set, &start.weights, true);
            let product = to_f64(&gains.iter().fold(q(1), |p, g| p * g));
            let bound = to_f64(&nash::bound(&set, &gains));
            prop_assert!(multilateral::is_proved(product, bound), "{product} {bound}");
        }
    }
}
