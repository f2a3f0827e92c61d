//! Explanations in the machine-readable answer.

use super::json::OutcomeOf;
use detente_analysis::division::lottery::Lotteries;
use detente_analysis::solved::Deal;
use detente_model::{Outcome, Scenario};
use detente_report::Extras;
use detente_report::extras::{AdjustedWinner, Cause, Cut, Tried, WhyNot};
use serde_json::{Map, Value, json};

/// The keys that explanations add, those without content left out.
pub(super) fn entries(scenario: &Scenario, extras: &Extras) -> Vec<(&'static str, Value)> {
    let party = |index: usize| scenario.parties()[index].id.clone();
    let issue = |index: usize| scenario.issues()[index].name.clone();
    let by_party = |values: &[f64]| -> Map<String, Value> {
        values.iter().enumerate().map(|(p, v)| (party(p), json!(v))).collect()
    };
    let mut entries = Vec::new();
    if let Some(given) = &extras.given {
        let mut value = deal(scenario, &given.deal);
        value["efficient"] = json!(given.efficient);
        let broken = scenario.broken_constraints(&given.deal.outcome);
        let broken: Vec<&str> =
            broken.iter().map(|&c| scenario.constraints()[c].name.as_str()).collect();
        let crosses = |p: usize| {
            scenario.preferences()[p].red_lines.iter().any(|l| l.is_crossed(&given.deal.outcome))
        };
        let loses = |p: usize| {
            let utility = scenario.preferences()[p].utility();
            utility.is_some_and(|u| given.deal.utilities[p] < u.reservation.to_f64())
        };
        let parties = 0..scenario.parties().len();
        let refused: Vec<String> = parties.filter(|&p| crosses(p) || loses(p)).map(party).collect();
        value["breaks_constraints"] = json!(broken);
        value["unacceptable_to"] = json!(refused);
        entries.push(("given", value));
        let improvements: Vec<Value> = extras
            .improvements
            .iter()
            .map(|improvement| {
                let mut value = deal(scenario, &improvement.deal);
                value["how"] = json!(improvement.label);
                value
            })
            .collect();
        entries.push(("improvements", improvements.into()));
        let trades: Vec<Value> = extras
            .trades
            .iter()
            .map(|trade| {
                let moves = trade.moves.iter().map(|m| {
                    json!({"issue": issue(m.issue), "from": m.from, "to": m.to, "effect": by_party(&m.effect)})
                });
                moves.collect()
            })
            .collect();
        entries.push(("trades", trades.into()));
    }
    if let Some(why) = &extras.why_not {
        entries.push(("why_not", why_not(scenario, why)));
    }
    if let Some(winner) = &extras.adjusted_winner {
        entries.push(("adjusted_winner", adjusted_winner(scenario, winner)));
    }
    if !extras.contested.is_empty() {
        let rows = extras
            .contested
            .iter()
            .map(|c| json!({"issue": issue(c.issue), "stakes": by_party(&c.stakes)}));
        entries.push(("contested", rows.collect()));
    }
    if !extras.sensitivity.is_empty() {
        let rows = extras.sensitivity.iter().map(|s| {
            json!({"party": party(s.party), "figure": s.figure, "value": s.value, "low": s.low, "high": s.high})
        });
        entries.push(("sensitivity", rows.collect()));
    }
    if !extras.ordinal.is_empty() {
        let rows = extras.ordinal.iter().map(|pick| {
            let outcomes: Vec<Value> = pick.outcomes.iter().map(|o| outcome(scenario, o)).collect();
            json!({"rule": pick.rule, "outcomes": outcomes, "note": pick.note})
        });
        entries.push(("ordinal", rows.collect()));
    }
    if !extras.table_changes.is_empty() {
        let rows = extras.table_changes.iter().map(|change| {
            json!({
                "change": change.change,
                "agreement_possible": change.agreement_possible,
                "acceptable_outcomes": change.acceptable.as_ref().map(ToString::to_string),
                "gains_percent": change.gains.iter().enumerate().map(|(p, g)| (party(p), json!(g))).collect::<Map<_, _>>(),
            })
        });
        entries.push(("table_changes", rows.collect()));
    }
    if !extras.remarks.is_empty() {
        entries.push(("remarks", json!(extras.remarks)));
    }
    entries
}

/// The fair lotteries.
pub(super) fn lotteries(scenario: &Scenario, found: &Lotteries) -> Value {
    let deals: Map<String, Value> = found
        .deals
        .iter()
        .map(|lottery| {
            let outcomes: Vec<Value> = lottery
                .outcomes
                .iter()
                .map(|(probability, of)| {
                    let mut value = deal(scenario, of);
                    value["probability"] = json!(probability.to_f64());
                    value
                })
                .collect();
            let value = json!({
                "outcomes": outcomes,
                "expected_utilities": utilities(scenario, &lottery.expected),
                "value": lottery.value,
                "optimal": lottery.optimal,
                "bound": lottery.bound,
            });
            (lottery.rule.key().to_owned(), value)
        })
        .collect();
    json!({"possible": found.possible, "solutions": deals})
}

fn utilities(scenario: &Scenario, values: &[f64]) -> Map<String, Value> {
    scenario.parties().iter().zip(values).map(|(p, v)| (p.id.clone(), json!(v))).collect()
}

pub(super) fn outcome(scenario: &Scenario, outcome: &Outcome) -> Value {
    // Writing borrowed names into a value cannot fail.
    serde_json::to_value(OutcomeOf { scenario, outcome }).unwrap_or(Value::Null)
}

fn deal(scenario: &Scenario, deal: &Deal) -> Value {
    json!({"outcome": outcome(scenario, &deal.outcome), "utilities": utilities(scenario, &deal.utilities)})
}

fn cause(scenario: &Scenario, cause: &Cause) -> Value {
    let party = |p: usize| &scenario.parties()[p].id;
    match *cause {
        Cause::NoDeal(p) => json!({"reservation_value": party(p)}),
        Cause::RedLine(p, index) => json!({"red_line": party(p), "number": index + 1}),
        Cause::Constraint(index) => json!({"constraint": scenario.constraints()[index].name}),
    }
}

fn tried<T>(tried: &Tried<T>, opens: impl Fn(&T) -> Value) -> Value {
    match tried {
        Tried::Opens(how) => opens(how),
        Tried::Nothing => json!({"opens": false}),
        Tried::Undecided => json!({"opens": null}),
    }
}

fn why_not(scenario: &Scenario, why: &WhyNot) -> Value {
    let opened = |of: &Deal| {
        let mut value = deal(scenario, of);
        value["opens"] = json!(true);
        value
    };
    let cut = |cut: &Cut| {
        let by: Map<String, Value> =
            cut.by.iter().map(|(p, c)| (scenario.parties()[*p].id.clone(), json!(c))).collect();
        json!({"cuts": by, "deal": deal(scenario, &cut.deal)})
    };
    let alone: Map<String, Value> = why
        .alone
        .iter()
        .map(|alone| {
            let value = tried(&alone.cut, |(size, of)| {
                let mut value = opened(of);
                value["cut"] = json!(size);
                value
            });
            (scenario.parties()[alone.party].id.clone(), value)
        })
        .collect();
    let lifts: Vec<Value> = why
        .lifts
        .iter()
        .map(|lift| json!({"lift": cause(scenario, &lift.cause), "effect": tried(&lift.effect, opened)}))
        .collect();
    let conflicts: Vec<Vec<Value>> =
        why.conflicts.iter().map(|set| set.iter().map(|c| cause(scenario, c)).collect()).collect();
    let never: Vec<&str> =
        why.never_offered.iter().map(|&c| scenario.constraints()[c].name.as_str()).collect();
    json!({
        "minimal_conflicts": conflicts,
        "conflicts_complete": why.conflicts_complete,
        "own_cuts": alone,
        "joint_cuts": why.cuts.iter().map(cut).collect::<Vec<_>>(),
        "joint_cuts_complete": why.cuts_complete,
        "evenest_joint_cut": why.evenest.as_ref().map(cut),
        "lifts": lifts,
        "not_negotiable": never,
    })
}

fn adjusted_winner(scenario: &Scenario, winner: &AdjustedWinner) -> Value {
    let names = winner.parties.map(|p| scenario.parties()[p].id.clone());
    let pair = |values: [f64; 2]| -> Map<String, Value> {
        names.iter().cloned().zip(values.map(|v| json!(v))).collect()
    };
    let issue = |index: usize| scenario.issues()[index].name.clone();
    let shares: Map<String, Value> = winner
        .rows
        .iter()
        .map(|row| {
            let first = row.first_share.to_f64();
            (issue(row.issue), Value::Object(pair([first, 1.0 - first])))
        })
        .collect();
    let moved: Vec<Value> = winner
        .moved
        .iter()
        .map(|(at, part)| json!({"issue": issue(*at), "part": part.to_exact_string()}))
        .collect();
    json!({
        "shares": shares,
        "first_totals": pair(winner.first_totals),
        "moved": moved,
        "totals": pair(winner.totals),
        "equitable": winner.equal,
        "envy_free": winner.no_envy,
        "efficient": winner.efficient,
    })
}
