//! Our own YAML.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it must")]

mod support;

use detente_formats::{Folder, Format, read, write};
use detente_model::value_function::ValueFunction;
use detente_model::{AcceptanceRule, IssueKind, Judgement, Known, Number, Outcome, Rule};
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
    let south = scenario.preferences()[1].partial().unwrap();
    assert_eq!(south.option_order(0), Some(&vec![vec![2], vec![0, 1]]));
    assert_eq!(south.issue_order().unwrap()[2], [1, 3]);
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
        all.preferences()[0].partial().unwrap().ranking().cloned().unwrap()
    };
    let ranking = party("ranking: [{x: q}, no agreement, [{x: p}, {x: r}]]");
    assert_eq!(ranking.acceptable_tiers, 1);
    assert_eq!(ranking.tiers[1].len(), 2);
    assert_eq!(party("ranking: [{x: q}]").acceptable_tiers, 1);
}

const SAID: &str = "
positions: {pace: {option: slow, known: stated-publicly}}
orders:
  regime: {order: [closed, [permits, open]], known: told-in-confidence}
issue_order: [regime, [trucks, fee], pace]
weights: {regime: [0.3, 0.6], fee: {range: 0.1, known: mediators-estimate}}
values: {trucks: {10: [1/2, 0.8], 0: 1}, fee: {0.5: {range: [0, 1], known: stated-publicly}}}
reservation_range: {range: [0.2, 0.4], known: told-in-confidence}
comparisons:
  - {better: {trucks: 0, fee: 0.5}, worse: {trucks: 10, fee: 0}, known: told-in-confidence}
  - equal: [{pace: slow}, {pace: steady}]
accepts:
  - {regime: closed, pace: slow, trucks: 0, fee: 1}
  - {outcome: {regime: closed, pace: steady, trucks: 0, fee: 1}, known: stated-publicly}
rejects: [{regime: open, pace: fast, trucks: 100, fee: 0}]
ranking:
  order:
    - [{regime: closed, pace: slow, trucks: 0, fee: 1}, {regime: closed, pace: steady, trucks: 0, fee: 1}]
    - no agreement
    - {regime: open, pace: fast, trucks: 100, fee: 0}
  known: mediators-estimate
wont_say: [no agreement, issue order, trucks]
red_lines: [{never: {regime: open, pace: slow}}]
";

fn crossing(north: &str) -> Folder {
    let scenario = SCENARIO.replace("  revenue: divisible\n", "");
    texts(&[
        ("scenario.yaml", &scenario),
        ("parties/north.yaml", north),
        ("parties/south.yaml", "wont_say: [no agreement]"),
    ])
}

#[test]
fn what_is_said_is_read_and_written() {
    let scenario = sound(crossing(SAID));
    let north = scenario.preferences()[0].partial().unwrap();
    assert_eq!(north.statements.len(), 18);
    assert_eq!(north.statements[0].known, Known::StatedPublicly);
    assert_eq!(
        north.statements[5].judgement,
        Judgement::ValueRange { issue: 2, option: 10, low: number("0.5"), high: number("0.8") }
    );
    assert_eq!(north.ranking().unwrap().acceptable_tiers, 1);
    assert_eq!(scenario.preferences()[0].red_lines[0].known, Known::Unknown);
    let files = write(&scenario, Format::DetenteYaml).unwrap().files;
    let again: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let again = sound(texts(&again));
    assert_eq!(again.preferences(), scenario.preferences());
}

#[test]
fn statements_that_clash_are_refused_at_their_place() {
    for (text, place, code) in [
        (
            SAID.replace(
                "  - equal:",
                "  - {better: {regime: permits}, worse: {regime: closed}}\n  - equal:",
            ),
            11,
            "contradiction",
        ),
        (SAID.replace("regime: [0.3, 0.6]", "regime: [0.6, 0.3]"), 6, "bad-range"),
        (SAID.replace("regime: [0.3, 0.6]", "regime: [0.01, 0.02]"), 6, "contradiction"),
        (
            SAID.replace("never: {regime: open, pace: slow}", "never: {pace: slow}"),
            13,
            "contradiction",
        ),
        (SAID.replace("{pace: steady}]", "{pace: fast, fee: 0}]"), 11, "bad-statement"),
        (
            SAID.replace("[regime, [trucks, fee], pace]", "[regime, [trucks, regime]]"),
            5,
            "bad-order",
        ),
    ] {
        let found = read(crossing(&text)).loaded;
        let first = found
            .diagnostics
            .iter()
            .find(|d| d.is_error())
            .unwrap_or_else(|| panic!("{code} at {place}: {text}"));
        let file = first.file.as_deref().unwrap();
        let (line, _) = found.sources.line_column(file, first.span.unwrap().start).unwrap();
        assert_eq!((first.code, line), (code, place), "{}", first.message);
    }
}
