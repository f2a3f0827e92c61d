//! Our own YAML.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it must")]

mod support;

use detente_model::value_function::ValueFunction;
use detente_model::{AcceptanceRule, IssueKind, Known, Number, Outcome, Rule};
use support::{sound, texts, utilities};

const SCENARIO: &str = "
title: Border crossing
about: Made up.
parties:
  north: The North
  south: {name: The South, note: Three ministries}
mediators:
  envoy: {reaches: [north, south]}
issues:
  regime: [open, permits, closed]
  pace: {ordered: [slow, steady, fast]}
  trucks: {range: {from: 0, to: 100}, unit: a day}
  fee: {range: {from: 0, to: 1, step: 0.25}}
  revenue: divisible
constraints:
  no-free-for-all:
    reason: The customs law of both sides
    basis: legal-limit
    forbid: {regime: open, trucks: {from: 51}}
  staff:
    reason: There are 60 officers
    basis: practical
    sum: {trucks: 1, regime: {open: 0, permits: 20, closed: 0}}
    at_most: 90
  calm:
    reason: Agreed in the opening statement
    basis: agreed-principle
    when: {pace: fast}
    then: {regime: [permits, closed]}
acceptance: unanimity
";

const NORTH: &str = "
known: told-in-confidence
reservation: {value: 0.3, known: mediators-estimate}
issues:
  regime: {weight: 0.5, values: {open: 1, permits: 1/3, closed: 0}}
  pace: none
  trucks: {weight: 0.3, linear: {slope: 0.01}}
  fee: {weight: 0.1, piecewise: {0: 0, 0.5: 1, 1: 0.5}}
  revenue: 0.1
interactions:
  - when: {regime: open, pace: {from: steady}}
    adds: 0.05
red_lines:
  - never: {regime: closed, trucks: {to: 10}}
    reason: The valley would starve
    known: stated-publicly
";

const SOUTH: &str = "
orders:
  regime: [closed, [open, permits]]
issue_order: [regime, trucks, [pace, fee], revenue]
";

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

#[test]
fn a_whole_scenario_is_read() {
    let scenario = sound(texts(&[
        ("scenario.yaml", SCENARIO),
        ("parties/north.yaml", NORTH),
        ("parties/south.yaml", SOUTH),
    ]));
    assert_eq!(scenario.title(), "Border crossing");
    assert_eq!(scenario.parties()[0].name, "The North");
    assert_eq!(scenario.parties()[1].note, "Three ministries");
    assert_eq!(scenario.mediators()[0].reaches, [0, 1]);
    assert_eq!(scenario.issues()[2].kind, IssueKind::Integer { min: 0, max: 100 });
    assert!(scenario.has_divisible_issues());
    assert_eq!(scenario.outcome_count(), (3 * 3 * 101 * 5_u32).into());
    let Rule::Forbid(conditions) = &scenario.constraints()[0].rule else {
        unreachable!("it forbids")
    };
    assert_eq!(conditions[1].options, (51..=100).collect::<Vec<_>>());
    assert_eq!(scenario.acceptance(), &AcceptanceRule::Unanimity);
    let north = scenario.preferences()[0].utility().unwrap();
    assert_eq!(north.reservation, number("0.3"));
    assert_eq!(north.reservation_known, Known::MediatorsEstimate);
    assert_eq!(north.issues[1], None);
    assert_eq!(
        north.issues[0].as_ref().unwrap().value,
        ValueFunction::Table(vec![number("1"), number("1/3"), number("0")])
    );
    let line = &scenario.preferences()[0].red_lines[0];
    assert_eq!(line.conditions[1].options, (0..=10).collect::<Vec<_>>());
    assert_eq!(line.known, Known::StatedPublicly);
    let south = scenario.preferences()[1].ordinal().unwrap();
    assert_eq!(south.option_orders[0], Some(vec![vec![2], vec![0, 1]]));
    assert_eq!(south.issue_order.as_ref().unwrap()[2], [1, 3]);
}

#[test]
fn one_file_may_hold_all_of_it() {
    let scenario = sound(texts(&[(
        "deal.yaml",
        "parties: {a: , b: }\nissues: {x: [yes, no]}\npreferences:\n  a: {reservation: 0, issues: {x: {values: {yes: 1, no: 0}}}}\n  b: {reservation: 0, issues: {x: {values: {yes: 0, no: 2}}}}\n",
    )]));
    assert_eq!(scenario.title(), "test");
    assert_eq!(utilities(&scenario, &Outcome::from_options([1])), [0.0, 2.0]);
}

#[test]
fn a_ranking_says_where_no_agreement_stands() {
    let party = |text: &str| {
        let scenario = "parties: {a: , b: }\nissues: {x: [p, q, r]}\n";
        let all = sound(texts(&[
            ("scenario.yaml", scenario),
            ("parties/a.yaml", text),
            ("parties/b.yaml", "orders: {x: [p, q, r]}"),
        ]));
        all.preferences()[0].ordinal().unwrap().ranking.clone().unwrap()
    };
    let ranking = party("ranking: [{x: q}, no agreement, [{x: p}, {x: r}]]");
    assert_eq!(ranking.acceptable_tiers, 1);
    assert_eq!(ranking.tiers[1].len(), 2);
    assert_eq!(party("ranking: [{x: q}]").acceptable_tiers, 1);
}
