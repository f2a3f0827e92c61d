//! The compiled problem against the model's own arithmetic.

use super::Problem;
use detente_model::constraint::{Amount, Basis, Condition, Constraint, Rule, Term};
use detente_model::preference::{Interaction, Known, RedLine, Statement, When};
use detente_model::testing::additive;
use detente_model::{Draft, Number, Outcome, Scenario};
use proptest::prelude::*;

fn condition(issue: usize, mask: u8) -> Condition {
    Condition::new(issue, (0..3).filter(|o| mask >> o & 1 == 1).collect())
}

prop_compose! {
    fn conditions()(pairs in prop::collection::btree_map(0..3_usize, 1..7_u8, 1..=3)) -> Vec<Condition> {
        pairs.into_iter().map(|(issue, mask)| condition(issue, mask)).collect()
    }
}

fn rule() -> impl Strategy<Value = Rule> {
    prop_oneof![
        conditions().prop_filter("keeps options", |c| c.len() > 1).prop_map(Rule::Forbid),
        (conditions(), conditions()).prop_map(|(when, then)| Rule::Implies { when, then }),
        (conditions(), 0..2_usize, 1..3_usize).prop_map(|(of, low, high)| Rule::Count {
            at_least: low.min(of.len()),
            at_most: high,
            of
        }),
        prop::collection::vec(-3..4_i64, 9).prop_map(|a| Rule::Sum {
            terms: (0..3)
                .map(|i| Term {
                    issue: i,
                    amount: Amount::PerOption(
                        (0..3).map(|o| Number::ratio(a[3 * i + o], 2).unwrap()).collect()
                    ),
                })
                .collect(),
            at_least: None,
            at_most: Some(Number::ratio(1, 3).unwrap()),
        }),
    ]
}

prop_compose! {
    fn draft()(
        values in prop::collection::vec(-9..10_i64, 18),
        bonus in prop::collection::vec((conditions(), -5..6_i64, any::<bool>(), 0..2_usize), 0..4),
        rules in prop::collection::vec(rule(), 0..3),
        lines in prop::collection::vec((conditions(), 0..2_usize), 0..2),
        cap in prop::option::of(3..9_i64),
    ) -> Draft {
        let tables: Vec<Vec<Vec<i64>>> = (0..2)
            .map(|p| (0..3).map(|i| values[9 * p + 3 * i..9 * p + 3 * i + 3].to_vec()).collect())
            .collect();
        let mut draft = additive(&tables, &[1, 2]);
        for (party, preferences) in draft.preferences.iter_mut().enumerate() {
            if let Statement::Utility(utility) = &mut preferences.statement {
                for issue in utility.issues.iter_mut().flatten() {
                    issue.weight = Number::ratio(1, 7).unwrap();
                }
                utility.cap = cap.map(Number::from);
                utility.interactions = bonus
                    .iter()
                    .filter(|b| b.3 == party)
                    .map(|(conditions, value, all, _)| Interaction {
                        conditions: conditions.clone(),
                        when: if *all { When::All } else { When::NotAll },
                        value: Number::ratio(*value, 3).unwrap(),
                        known: Known::Unknown,
                    })
                    .collect();
            }
        }
        for (conditions, party) in lines {
            draft.preferences[party].red_lines.push(RedLine { conditions, reason: String::new(), known: Known::Unknown });
        }
        for (index, rule) in rules.into_iter().enumerate() {
            draft.constraints.push(Constraint {
                name: format!("c{index}"),
                reason: "test".into(),
                basis: Basis::Practical,
                known: Known::Unknown,
                rule,
            });
        }
        draft
    }
}

fn outcomes(scenario: &Scenario) -> impl Iterator<Item = Outcome> {
    let sizes: Vec<u64> = scenario.issues().iter().map(|i| i.len().unwrap()).collect();
    (0..sizes.iter().product::<u64>()).map(move |mut n| {
        Outcome::from_options(sizes.iter().map(|s| {
            let option = (n % s) as usize;
            n /= s;
            option
        }))
    })
}

proptest! {
    #[test]
    fn compiled_problem_says_what_the_model_says(draft in draft()) {
        let (scenario, flaws) = draft.check();
        let scenario = scenario.unwrap_or_else(|| panic!("{flaws:?}"));
        let problem = match Problem::new(&scenario) {
            Ok(problem) => problem,
            Err(error) => {
                prop_assert!(matches!(error, super::CompileError::NoOptionLeft { .. }), "{}", error);
                prop_assert!(outcomes(&scenario).all(|o| !scenario.is_feasible(&o)));
                return Ok(());
            }
        };
        prop_assert!(problem.is_exact());
        for outcome in outcomes(&scenario) {
            let Some(assignment) = problem.assignment(&outcome) else {
                prop_assert!(!scenario.is_feasible(&outcome));
                continue;
            };
            prop_assert_eq!(problem.outcome(&assignment), outcome.clone());
            prop_assert_eq!(problem.is_feasible(&assignment), scenario.is_feasible(&outcome));
            let crossed = scenario.preferences().iter().flat_map(|p| &p.red_lines).any(|l| l.is_crossed(&outcome));
            prop_assert_eq!(problem.respects_red_lines(&assignment), !crossed);
            for (party, scaled) in problem.utilities(&assignment).into_iter().enumerate() {
                let expected = scenario.utility(party, &outcome).unwrap();
                prop_assert_eq!(Some(&problem.scales[party].to_number(scaled)), expected.exact());
            }
        }
    }
}
