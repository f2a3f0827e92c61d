use super::*;
use crate::chance::Chance;
use crate::table::Table;
use detente_analysis::Problem;
use detente_analysis::problem::{Factor, Literal};
use detente_model::{AcceptanceRule, testing};
use proptest::prelude::*;

fn own_of(tables: &[Vec<i64>], reservation: i64, bonuses: &[(usize, usize, i64)]) -> OwnUtility {
    let both = vec![tables.to_vec(), tables.to_vec()];
    let scenario = testing::additive(&both, &[reservation, 0]).check().0.unwrap();
    let mut problem = Problem::new(&scenario).unwrap();
    for &(a, b, value) in bonuses {
        let literal = |issue: usize, option: usize| {
            let size = tables[issue].len();
            Literal { issue, mask: (0..size).map(|o| o == option % size).collect() }
        };
        let literals = vec![literal(0, a), literal(1, b)];
        problem.factors.push(Factor { party: 0, literals, value });
    }
    Table::of_problem(&problem, AcceptanceRule::Unanimity).1.remove(0)
}

/// Every acceptable package by plain enumeration: utilities, best first.
fn enumerated(own: &OwnUtility) -> Vec<i64> {
    let sizes: Vec<usize> = own.rows.iter().map(Vec::len).collect();
    let mut all = Vec::new();
    for mut code in 0..sizes.iter().product::<usize>() {
        let mut package = Vec::new();
        for size in &sizes {
            package.push(code % size);
            code /= size;
        }
        let utility = own.utility(&Package(package));
        if utility >= own.reservation() {
            all.push(utility);
        }
    }
    all.sort_by(|a, b| b.cmp(a));
    all
}

fn rows() -> impl Strategy<Value = Vec<Vec<i64>>> {
    prop::collection::vec(prop::collection::vec(-20_i64..20, 1..5), 2..6)
}

proptest! {
    #[test]
    fn additive_order_is_that_of_enumeration(tables in rows(), reservation in -30_i64..10) {
        let own = own_of(&tables, reservation, &[]);
        let walked: Vec<(i64, Package)> = own.descending().collect();
        let distinct: std::collections::BTreeSet<&Package> = walked.iter().map(|w| &w.1).collect();
        prop_assert_eq!(distinct.len(), walked.len());
        for (utility, package) in &walked {
            prop_assert_eq!(*utility, own.utility(package));
        }
        let utilities: Vec<i64> = walked.iter().map(|w| w.0).collect();
        prop_assert_eq!(utilities, enumerated(&own));
    }

    #[test]
    fn search_with_interactions_is_that_of_enumeration(
        tables in rows(),
        bonuses in prop::collection::vec((0_usize..4, 0_usize..4, -15_i64..15), 1..6),
    ) {
        let own = own_of(&tables, -1_000, &bonuses);
        let mut search = search::Search::new(&own);
        let mut found = Vec::new();
        while let search::Step::Package(utility, package) = search.next(&own) {
            prop_assert_eq!(utility, own.utility(&package));
            found.push(utility);
        }
        prop_assert_eq!(&found, &enumerated(&own));
        let sorted: Vec<i64> = own.descending().map(|d| d.0).collect();
        prop_assert_eq!(sorted, found);
    }

    #[test]
    fn what_is_drawn_is_worth_the_target(tables in rows(), share in 0_i64..=100, seed: u64) {
        let own = own_of(&tables, -200, &[]);
        let target = own.lowest() + (own.best().unwrap().0 - own.lowest()) * share / 100;
        let mut chance = Chance::new(seed, 0);
        let utility = own.utility(&Band::new(&own).draw(target, 2, &mut chance).unwrap());
        // Nothing nearer above was to be had.
        let nearest = *enumerated(&own).iter().rfind(|&&u| u >= target).unwrap();
        prop_assert!(utility >= target && utility <= nearest.max(target + 2));
    }
}

#[test]
fn ten_to_the_twelfth_packages_are_walked_and_drawn_from() {
    let row = |issue: i64| (0..10).map(|o| (o * o + issue * o * 7) % 101).collect();
    let tables: Vec<Vec<i64>> = (0..12).map(row).collect();
    let own = own_of(&tables, 0, &[]);
    assert_eq!(own.table().packages(), Some(1_000_000_000_000));
    let utilities: Vec<i64> = own.descending().take(20_000).map(|d| d.0).collect();
    assert_eq!(utilities.len(), 20_000);
    assert!(utilities.is_sorted_by(|a, b| a >= b));
    let band = Band::new(&own);
    let mut chance = Chance::new(7, 0);
    for share in [95, 80, 50, 20] {
        let target = own.best().unwrap().0 * share / 100;
        let utility = own.utility(&band.draw(target, 5, &mut chance).unwrap());
        assert!((target..=target + 30).contains(&utility), "{utility} for {target}");
    }
}
