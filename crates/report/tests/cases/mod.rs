//! Scenarios with answers made by hand: what the drawing must cope with.

mod build;

use build::{Build, dated, deal, every_outcome, many, number, pick, shares, solved};
use detente_analysis::Solved;
use detente_analysis::frontier::Completeness;
use detente_analysis::solved::{Deal, FrontierOfDeals, SolutionDeal, SolutionRule};
use detente_model::partial::{Judgement, Partial};
use detente_model::preference::RedLine;
use detente_model::{
    Basis, Condition, Constraint, Issue, IssueKind, Known, Number, Outcome, Rule, Scenario,
    Statement,
};
use detente_report::Extras;
use detente_report::extras::{
    AdjustedWinner, AdjustedWinnerRow, Alone, Cause, Contested, Cut, GivenDeal, Improvement, Lift,
    Move, OrdinalPick, Sensitivity, Trade, Tried, WhyNot,
};
use num_bigint::BigUint;

/// A name, a scenario and its answer.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) scenario: Scenario,
    pub(crate) solved: Solved,
    pub(crate) extras: Extras,
}

/// Every case.
pub(crate) fn all() -> Vec<Case> {
    vec![
        two_sides(),
        shared_out(),
        six_sides(),
        no_agreement(),
        incomplete(),
        right_to_left(),
        hostile(),
        seventy_sides(),
        huge_frontier(),
        orders_only(),
        undecided(),
        one_side_short(),
    ]
}

fn two_sides() -> Case {
    let scenario = Build::new(
        "Water of the upper valley: quotas, gauges and the old canal",
        &[
            ("Federation of Downstream Municipalities and Irrigation Cooperatives", 30.0),
            ("Upper Valley Authority", 25.0),
        ],
        vec![
            Issue::categorical(
                "Release in the dry months",
                ["as today", "a tenth more", "a fifth more", "a third more"],
            ),
            Issue::categorical("Who reads the gauges", ["upstream", "jointly", "an outside body"]),
            Issue::categorical(
                "Repair of the canal",
                ["not now", "shared costs", "paid by downstream"],
            ),
            Issue::categorical("Term", ["2 years", "5 years", "10 years"]),
        ],
    )
    .table(0, 0, &[0.0, 14.0, 27.0, 40.0])
    .table(0, 1, &[0.0, 12.0, 17.0])
    .table(0, 2, &[3.0, 25.0, 0.0])
    .table(0, 3, &[0.0, 9.0, 18.0])
    .table(1, 0, &[35.0, 30.0, 18.0, 0.0])
    .table(1, 1, &[14.0, 10.0, 0.0])
    .table(1, 2, &[0.0, 16.0, 33.5])
    .table(1, 3, &[17.5, 12.0, 0.0])
    .scenario();
    let solved = solved(&scenario);
    let given = deal(&scenario, Outcome::from_options([1, 1, 0, 1]));
    let better = every_outcome(&scenario)
        .into_iter()
        .find(|d| d.utilities.iter().zip(&given.utilities).all(|(new, old)| new > old))
        .expect("the draft can be bettered");
    let extras = Extras {
        trades: vec![Trade {
            moves: vec![
                Move {
                    issue: 0,
                    from: "a tenth more".into(),
                    to: "a fifth more".into(),
                    effect: vec![13.0, -12.0],
                },
                Move {
                    issue: 2,
                    from: "shared costs".into(),
                    to: "paid by downstream".into(),
                    effect: vec![-11.0, 17.5],
                },
            ],
        }],
        contested: vec![Contested {
            issue: 0,
            stakes: vec![0.4, 0.35],
            note: "one wants more water, the other less release".into(),
        }],
        improvements: vec![Improvement { label: "the first found".into(), deal: better }],
        sensitivity: vec![Sensitivity {
            party: 0,
            figure: "weight of Repair of the canal".into(),
            value: 25.0,
            low: Some(19.25),
            high: None,
        }],
        given: Some(GivenDeal {
            label: "draft of 3 May".into(),
            deal: given,
            efficient: Some(false),
        }),
        ..dated()
    };
    Case { name: "two-sides", scenario, solved, extras }
}

fn shared_out() -> Case {
    let names = [
        ("Sinai", 35, 55),
        ("Diplomatic recognition", 10, 5),
        ("West Bank and Gaza", 20, 10),
        ("Formal linkage of agreements", 10, 5),
        ("Palestinian rights", 5, 20),
        ("Jerusalem", 20, 5),
    ];
    let issue =
        |name: &str| Issue { kind: IssueKind::Divisible, ..Issue::categorical(name, ["x"]) };
    let mut build = Build::new(
        "Camp David 1978",
        &[("Israel", 0.0), ("Egypt", 0.0)],
        names.iter().map(|n| issue(n.0)).collect(),
    );
    build.draft.about =
        "Brams and Togman, Conflict Management and Peace Science 15(1), 1996, 99–112.".into();
    for (index, (_, first, second)) in names.iter().enumerate() {
        build = build.share(0, index, *first).share(1, index, *second);
    }
    let scenario = build.scenario();
    // Issues move to the second side one by one, in order of the ratio of points.
    let order = [4, 0, 1, 2, 3, 5];
    let mut corners = vec![shares(&[(1, 1); 6])];
    let mut held = [(1, 1); 6];
    for issue in order {
        held[issue] = (0, 1);
        corners.push(shares(&held));
    }
    let equal = deal(&scenario, shares(&[(1, 6), (1, 1), (1, 1), (1, 1), (0, 1), (1, 1)]));
    let value = equal.utilities[0];
    let deals: Vec<Deal> = corners.into_iter().map(|o| deal(&scenario, o)).collect();
    let most = deals[2].clone();
    let solved = Solved {
        agreement_possible: Some(true),
        outcomes: BigUint::from(1_u8),
        acceptable_outcomes: None,
        frontier: FrontierOfDeals {
            multiplicities: vec![None; deals.len()],
            deals,
            completeness: Completeness::Complete,
            continuous: true,
        },
        solutions: vec![
            pick(SolutionRule::Nash, &equal, value * value),
            pick(SolutionRule::KalaiSmorodinsky, &equal, value / 100.0),
            pick(SolutionRule::Egalitarian, &equal, value),
            pick(SolutionRule::Utilitarian, &most, 135.0),
            pick(SolutionRule::UtilitarianRescaled, &most, 1.35),
        ],
        ideals: vec![100.0, 100.0],
        reservations: vec![0.0, 0.0],
        exact: true,
    };
    let rows = names.iter().enumerate().map(|(issue, n)| AdjustedWinnerRow {
        issue,
        points: [n.1 as f64, n.2 as f64],
        first_share: match issue {
            0 => Number::ratio(1, 6).expect("made by hand"),
            4 => Number::zero(),
            _ => Number::one(),
        },
    });
    let extras = Extras {
        adjusted_winner: Some(AdjustedWinner {
            parties: [0, 1],
            rows: rows.collect(),
            scaled: false,
            first_totals: [60.0, 75.0],
            moved: vec![(0, Number::ratio(1, 6).expect("made by hand"))],
            totals: [value, value],
            equal: true,
            no_envy: true,
            efficient: true,
        }),
        ..dated()
    };
    Case { name: "shared-out", scenario, solved, extras }
}

fn six_sides() -> Case {
    let build = many(
        "Harbour at Saltmere",
        &[
            "Port company",
            "Fishers’ union",
            "Town council",
            "Ministry",
            "Bird society",
            "Ferry line",
        ],
        &[
            ("Dredging depth", 4),
            ("Quay for small boats", 3),
            ("Night traffic", 3),
            ("Fund", 4),
            ("Reserve", 3),
        ],
        38.0,
        11,
    );
    let scenario = build.scenario();
    let solved = solved(&scenario);
    Case { name: "six-sides", scenario, solved, extras: dated() }
}

fn no_agreement() -> Case {
    let mut build = many(
        "Pasture and road",
        &["Herders", "Road builders", "District"],
        &[("Route", 3), ("Crossings", 3), ("Compensation", 4)],
        62.0,
        5,
    );
    build.draft.preferences[0].red_lines.push(RedLine {
        conditions: vec![Condition::new(0, vec![1])],
        reason: "the southern route cuts the spring pasture".into(),
        known: Known::StatedPublicly,
    });
    build.draft.constraints.push(Constraint {
        name: "Budget of the district".into(),
        reason: "The district can spend 4 million a year".into(),
        basis: Basis::Practical,
        known: Known::StatedPublicly,
        rule: Rule::Forbid(vec![Condition::new(1, vec![2]), Condition::new(2, vec![3])]),
    });
    build.draft.constraints.push(Constraint {
        name: "Spring migration".into(),
        reason: "The grazing code keeps two crossings open where the route is long".into(),
        basis: Basis::LegalLimit,
        known: Known::StatedPublicly,
        rule: Rule::Forbid(vec![Condition::new(0, vec![2]), Condition::new(1, vec![0])]),
    });
    let scenario = build.scenario();
    let solved = solved(&scenario);
    let reached = solved.frontier.deals[0].clone();
    let extras = Extras {
        why_not: Some(WhyNot {
            conflicts: vec![
                vec![Cause::NoDeal(0), Cause::NoDeal(1)],
                vec![Cause::RedLine(0, 0), Cause::NoDeal(2), Cause::Constraint(0)],
            ],
            conflicts_complete: true,
            alone: vec![
                Alone { party: 0, cut: Tried::Opens((4.0, reached.clone())) },
                Alone { party: 1, cut: Tried::Nothing },
                Alone { party: 2, cut: Tried::Undecided },
            ],
            cuts: vec![
                Cut { by: vec![(0, 4.0)], deal: reached.clone() },
                Cut { by: vec![(1, 1.5), (2, 2.0)], deal: reached.clone() },
            ],
            cuts_complete: false,
            evenest: Some(Cut { by: vec![(1, 1.5), (2, 2.0)], deal: reached.clone() }),
            lifts: vec![
                Lift { cause: Cause::Constraint(0), effect: Tried::Opens(reached) },
                Lift { cause: Cause::RedLine(0, 0), effect: Tried::Nothing },
            ],
            never_offered: vec![1],
        }),
        ..dated()
    };
    Case { name: "no-agreement", scenario, solved, extras }
}

fn incomplete() -> Case {
    let names = ["North", "South", "East", "West", "Centre"];
    let issues: Vec<String> = (1..=40).map(|i| format!("Matter {i}")).collect();
    let listed: Vec<(&str, usize)> = issues.iter().map(|i| (i.as_str(), 10)).collect();
    let scenario = many("Forty matters", &names, &listed, 300.0, 3).scenario();
    let first = deal(&scenario, Outcome::from_options(vec![3; 40]));
    let second = deal(&scenario, Outcome::from_options(vec![7; 40]));
    let best = |d: &Deal| d.utilities.iter().map(|u| u - 300.0).fold(f64::MAX, f64::min);
    let open = |rule, d: &Deal, value: f64, bound: f64| SolutionDeal {
        optimal: false,
        bound,
        ..pick(rule, d, value)
    };
    let solved = Solved {
        agreement_possible: Some(true),
        outcomes: scenario.outcome_count(),
        acceptable_outcomes: None,
        frontier: FrontierOfDeals {
            deals: vec![first.clone(), second.clone()],
            multiplicities: vec![None, None],
            completeness: Completeness::Stopped,
            continuous: false,
        },
        solutions: vec![
            open(SolutionRule::Nash, &first, 3.1e12, 3.19e12),
            pick(SolutionRule::KalaiSmorodinsky, &second, 0.41),
            open(SolutionRule::Egalitarian, &second, best(&second), f64::INFINITY),
            open(SolutionRule::Utilitarian, &first, first.utilities.iter().sum(), 4100.5),
        ],
        ideals: vec![900.0; 5],
        reservations: vec![300.0; 5],
        exact: false,
    };
    Case { name: "incomplete", scenario, solved, extras: dated() }
}

fn right_to_left() -> Case {
    let scenario = Build::new(
        "מים וגבול — مياه وحدود",
        &[("وفد الجنوب", 10.0), ("משלחת הצפון", 12.0)],
        vec![
            Issue::categorical("معبر", ["مفتوح", "مغلق ليلاً", "مغلق"]),
            Issue::categorical("מים", ["מכסה גדולה", "מכסה קטנה"]),
            Issue {
                unit: "ק״מ".into(),
                kind: IssueKind::Stepped {
                    min: number("0"),
                    max: number("10"),
                    step: number("2.5"),
                },
                ..Issue::categorical("עומק 14 km", ["x"])
            },
        ],
    )
    .table(0, 0, &[20.0, 12.0, 0.0])
    .table(0, 1, &[0.0, 9.0])
    .table(0, 2, &[0.0, 5.0, 8.0, 9.0, 9.5])
    .table(1, 0, &[0.0, 9.0, 12.0])
    .table(1, 1, &[18.0, 4.0])
    .table(1, 2, &[10.0, 8.0, 4.0, 1.0, 0.0])
    .scenario();
    let solved = solved(&scenario);
    Case { name: "right-to-left", scenario, solved, extras: dated() }
}

fn hostile() -> Case {
    let attack = "<script>alert('x')</script>\"&amp;]]>-->";
    let mut build = Build::new(
        "</title></style><script src=//evil.example>",
        &[(attack, 1.0), ("'\" onload=x {content:url(http://evil.example)}", 1.0)],
        vec![
            Issue::categorical(attack, ["<b>one</b>", "\u{202e}two\u{1b}[31m", "javascript:x"]),
            Issue::categorical("${7*7} {{x}} </svg>", ["&lt;", "a\nb"]),
        ],
    )
    .table(0, 0, &[0.0, 5.0, 9.0])
    .table(0, 1, &[3.0, 0.0])
    .table(1, 0, &[8.0, 6.0, 0.0])
    .table(1, 1, &[0.0, 2.0]);
    build.draft.about = "<img src=x onerror=alert(1)> see https://example.org".into();
    let scenario = build.scenario();
    let solved = solved(&scenario);
    let extras = Extras {
        given: Some(GivenDeal {
            label: "<u>draft</u>".into(),
            deal: solved.frontier.deals[0].clone(),
            efficient: Some(true),
        }),
        as_of: Some("</style>".into()),
        audience: Some("\"}</style><script>".into()),
        remarks: vec!["<i>remark</i>".into()],
        command: Some("detente solve '<x>' && \"y\"".into()),
        ..dated()
    };
    Case { name: "hostile", scenario, solved, extras }
}

fn seventy_sides() -> Case {
    let names: Vec<String> = (1..=70).map(|n| format!("Delegation {n}")).collect();
    let listed: Vec<&str> = names.iter().map(String::as_str).collect();
    let scenario = many(
        "Seventy delegations, one text",
        &listed,
        &[("Scope", 3), ("Finance", 3), ("Review", 2), ("Seat", 3), ("Entry into force", 2)],
        10.0,
        8,
    )
    .scenario();
    let mut solved = solved(&scenario);
    solved.frontier.deals.clear();
    solved.frontier.multiplicities.clear();
    solved.frontier.completeness = Completeness::Skipped;
    if solved.solutions.is_empty() {
        let deals = every_outcome(&scenario);
        solved.agreement_possible = Some(true);
        solved.acceptable_outcomes = Some(BigUint::from(1_u8));
        solved.reservations = vec![0.0; 70];
        solved.ideals = vec![110.0; 70];
        solved.solutions = vec![
            pick(SolutionRule::Nash, &deals[40], 1.2e120),
            pick(SolutionRule::Egalitarian, &deals[77], 22.0),
        ];
    }
    Case { name: "seventy-sides", scenario, solved, extras: dated() }
}

fn huge_frontier() -> Case {
    let scenario = Build::new(
        "A hundred thousand efficient deals",
        &[("First side", 200.0), ("Second side", 150.0)],
        vec![Issue::categorical("Division", ["a", "b"])],
    )
    .table(0, 0, &[0.0, 1000.0])
    .table(1, 0, &[1000.0, 0.0])
    .scenario();
    let point = |i: u32| {
        let part = f64::from(i) / 99_999.0;
        Deal {
            outcome: Outcome::from_options([usize::from(i > 50_000)]),
            utilities: vec![1000.0 * (1.0 - part), 1000.0 * (1.0 - (1.0 - part).powi(3))],
        }
    };
    let deals: Vec<Deal> = (0..100_000).map(point).collect();
    let middle = deals[43_000].clone();
    let ideals = vec![980.0, 992.0];
    let solved = Solved {
        agreement_possible: Some(true),
        outcomes: BigUint::from(10_u8).pow(50),
        acceptable_outcomes: None,
        solutions: vec![
            pick(SolutionRule::Nash, &middle, 250_000.0),
            pick(SolutionRule::Utilitarian, &deals[45_000], 1400.0),
        ],
        frontier: FrontierOfDeals {
            multiplicities: vec![None; deals.len()],
            deals,
            completeness: Completeness::LimitReached,
            continuous: false,
        },
        ideals,
        reservations: vec![200.0, 150.0],
        exact: true,
    };
    Case { name: "huge-frontier", scenario, solved, extras: dated() }
}

/// Only orders are known: nothing has a utility.
fn orders_only() -> Case {
    let mut build =
        many("Four sites, three towns", &["Ash", "Birch", "Cedar"], &[("Site", 4)], 0.0, 2);
    for (party, first) in [0, 1, 3].into_iter().enumerate() {
        let rest = (0..4).filter(|o| *o != first).collect();
        let order = Judgement::OptionOrder { issue: 0, tiers: vec![vec![first], rest] };
        build.draft.preferences[party].statement =
            Statement::Partial(Partial::known_as(Known::StatedPublicly, [order]));
    }
    let scenario = build.scenario();
    let solved = Solved::unsearched(scenario.outcome_count());
    let pick = OrdinalPick {
        rule: "Fallback bargaining".into(),
        outcomes: vec![Outcome::from_options([2])],
        note: "everyone ranks it second at least".into(),
    };
    let extras = Extras { ordinal: vec![pick], ..dated() };
    Case { name: "orders-only", scenario, solved, extras }
}

/// The search ended before anything was known.
fn undecided() -> Case {
    let Case { scenario, extras, .. } = two_sides();
    let mut solved = Solved::unsearched(scenario.outcome_count());
    solved.reservations = vec![30.0, 60.0];
    solved.frontier.completeness = Completeness::Stopped;
    let extras = Extras { trades: Vec::new(), improvements: Vec::new(), ..extras };
    Case { name: "undecided", scenario, solved, extras }
}

/// An answer that does not fit its scenario: drawn as far as it goes.
fn one_side_short() -> Case {
    let Case { scenario, mut solved, extras, .. } = two_sides();
    solved.solutions[1].deal.utilities.pop();
    solved.solutions[1].deal.outcome = Outcome::from_options([0]);
    solved.frontier.deals[3].utilities.clear();
    solved.reservations.pop();
    Case { name: "one-side-short", scenario, solved, extras }
}
