//! Results for programs: exact fractions as text, counts as numbers.

use detente_analysis::staging::{
    Assessment, Case, GuaranteeFound, InterimAnswer, InterimQuestion, LastStep, PlanCounts,
    Planned, Proof, RatificationAnswer, Rational, Verdicts, breakdown_is_equilibrium,
    breakdown_is_minmax,
};
use num_traits::ToPrimitive;
use serde_json::{Map, Value, json};

/// An exact fraction: `3`, `-59/40`.
pub(crate) fn exact(q: &Rational) -> Value {
    Value::String(q.to_string())
}

pub(crate) fn exact_or_null(q: Option<&Rational>) -> Value {
    q.map_or(Value::Null, exact)
}

pub(crate) fn all(qs: &[Rational]) -> Value {
    qs.iter().map(exact).collect()
}

/// A whole number as a number, anything else as an exact fraction.
fn plain(q: &Rational) -> Value {
    match q.to_integer().to_i64() {
        Some(n) if q.is_integer() => json!(n),
        _ => exact(q),
    }
}

pub(crate) fn proof(proof: &Proof) -> Value {
    match proof {
        Proof::Optimal => json!({"complete": true, "gap": "0"}),
        Proof::SlackOnly => json!({"complete": true, "gap": "0", "ties": "not all compared"}),
        Proof::Gap(upper) => {
            json!({"complete": false, "no_slack_above": exact_or_null(upper.as_ref())})
        }
    }
}

/// The rows of a plan, as the fixtures have them.
fn rows(assessment: &Assessment) -> Value {
    assessment
        .rows
        .iter()
        .map(|row| {
            let mut out = Map::new();
            out.insert("phase".into(), json!(row.phase));
            out.insert("party".into(), json!(row.party));
            if row.durability {
                out.insert("durability".into(), json!(true));
            }
            out.insert("V".into(), exact(&row.going_on));
            out.insert("D".into(), exact_or_null(row.cheating.as_ref()));
            out.insert("Q".into(), exact(&row.walking_out));
            out.insert("slack".into(), exact(&row.slack));
            out.insert("exposure".into(), exact(&row.exposure));
            Value::Object(out)
        })
        .collect()
}

fn last_phase(case: &Case, steps: &[Option<LastStep>]) -> Value {
    let parts = case.parties.iter().zip(steps).map(|(party, step)| {
        let value = match step {
            None => json!({"closed_by": "does not move last"}),
            Some(step) => {
                let ladder: Map<String, Value> =
                    step.ladder.iter().map(|(c, s)| (c.name().into(), exact(s))).collect();
                let necessary: Vec<&str> = step.necessary.iter().map(|c| c.name()).collect();
                json!({
                    "closed_by": step.closed_by.map_or("not closed", |c| c.name()),
                    "last_slack": exact(&step.slack),
                    "ladder": ladder,
                    "necessary": necessary,
                })
            }
        };
        (party.clone(), value)
    });
    Value::Object(parts.collect())
}

/// Everything `stage` says about one case.
pub(crate) struct StageParts<'s> {
    pub(crate) case: &'s Case,
    pub(crate) planned: &'s Planned,
    pub(crate) last: &'s [Option<LastStep>],
    pub(crate) all_at_once: Option<&'s Rational>,
    pub(crate) by_phases: &'s [(usize, Option<Rational>)],
    pub(crate) counts: Option<&'s PlanCounts>,
}

pub(crate) fn stage(parts: &StageParts<'_>) -> Map<String, Value> {
    let planned = parts.planned;
    let mut out = Map::new();
    let best = planned.best.as_ref();
    let mut put = |key: &str, value: Value| {
        out.insert(key.to_owned(), value);
    };
    put("min_slack", exact_or_null(best.and_then(|b| b.min_slack.as_ref())));
    put("phases", best.map_or(Value::Null, |b| json!(b.phases())));
    put("imbalance", best.map_or(Value::Null, |b| exact(&b.imbalance)));
    put("plan", best.map_or(Value::Null, |b| json!(b.plan)));
    put("tied_plans", json!(planned.tied));
    put("tied_plans_complete", json!(planned.tied_complete));
    put("value_at_start", best.map_or(Value::Null, |b| all(&b.value_at_start)));
    put("max_exposure", best.map_or(Value::Null, |b| all(&b.max_exposure)));
    put("rows", best.map_or(Value::Null, rows));
    put("durability", best.map_or(Value::Null, |b| all(&b.durability)));
    put("durable", best.map_or(Value::Null, |b| json!(b.durable())));
    put("self_enforcing", json!(best.is_some_and(Assessment::self_enforcing)));
    put("breakdown_is_equilibrium", json!(breakdown_is_equilibrium(parts.case)));
    put("breakdown_is_minmax", json!(breakdown_is_minmax(parts.case)));
    put("last_phase", last_phase(parts.case, parts.last));
    put("all_at_once_slack", exact_or_null(parts.all_at_once));
    let by_phases: Vec<Value> =
        parts.by_phases.iter().map(|(p, s)| json!([p, exact_or_null(s.as_ref())])).collect();
    put("best_slack_by_max_phases", json!(by_phases));
    let count = |n: Option<&num_bigint::BigUint>| match n {
        Some(n) => n.to_u64().map_or_else(|| json!(n.to_string()), |n| json!(n)),
        None => Value::Null,
    };
    put("plans_enumerated", count(parts.counts.map(|c| &c.all)));
    put("plans_within_caps", count(parts.counts.map(|c| &c.within_caps)));
    put("plans_self_enforcing", count(parts.counts.and_then(|c| c.self_enforcing.as_ref())));
    put("proof", proof(&planned.proof));
    let s = &planned.statistics;
    put(
        "search",
        json!({"states": s.states.to_string(), "moves": s.moves.to_string(), "moves_kept": s.moves_kept,
               "labels": s.labels, "passes": s.passes, "close_calls": s.close_calls}),
    );
    out
}

/// The parts of the answer of `guarantee`.
pub(crate) struct GuaranteeParts<'g> {
    pub(crate) without: Option<&'g Rational>,
    pub(crate) bond: &'g GuaranteeFound,
    pub(crate) reward: &'g GuaranteeFound,
    pub(crate) linked: Option<&'g Rational>,
    pub(crate) mixes: &'g [(&'static str, Option<detente_analysis::staging::Mix>)],
}

pub(crate) fn guarantee(parts: &GuaranteeParts<'_>) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("max_min_slack_without".into(), exact_or_null(parts.without));
    for (found, total, amounts, plan) in [
        (parts.bond, "min_total_bond", "bonds", "bond_plan"),
        (parts.reward, "min_total_reward", "rewards", "reward_plan"),
    ] {
        let least = found.least.as_ref();
        out.insert(total.into(), least.map_or(Value::Null, |g| exact(&g.total())));
        out.insert(amounts.into(), least.map_or(Value::Null, |g| all(&g.amounts)));
        out.insert(plan.into(), least.map_or(Value::Null, |g| json!(g.plan)));
    }
    out.insert("max_min_slack_if_linked".into(), exact_or_null(parts.linked));
    let mixes: Map<String, Value> = parts
        .mixes
        .iter()
        .map(|(name, mix)| {
            let value = mix.as_ref().map_or(Value::Null, |m| {
                let payments: Vec<Value> =
                    m.payments.iter().map(|(t, i, a)| json!([t, i, exact(a)])).collect();
                let transfers: Vec<Value> =
                    m.transfers.iter().map(|(t, i, j, a)| json!([t, i, j, exact(a)])).collect();
                json!({"total": exact(&m.total), "bonds": all(&m.bonds), "rewards": all(&m.rewards),
                       "payments": payments, "transfers": transfers})
            });
            ((*name).to_owned(), value)
        })
        .collect();
    out.insert("for_best_plan".into(), Value::Object(mixes));
    out.insert("complete".into(), json!(parts.bond.complete && parts.reward.complete));
    out
}

pub(crate) fn interim(question: &InterimQuestion, answer: &InterimAnswer) -> Map<String, Value> {
    let ids = |deals: &[usize]| -> Value {
        deals.iter().map(|&d| Value::String(question.deals[d].id.clone())).collect()
    };
    let deals = question.deals.len();
    let without = |a: &[usize], b: &[usize]| -> Vec<usize> {
        a.iter().copied().filter(|d| !b.contains(d)).collect()
    };
    let id = |d: usize| Value::String(question.deals[d].id.clone());
    let after: Vec<Rational> =
        answer.received.iter().zip(&answer.standing).map(|(r, s)| r + s).collect();
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| {
        out.insert(key.to_owned(), value);
    };
    put("verdict", json!(answer.verdict.name()));
    put("A0", ids(&answer.before));
    put("A1", ids(&answer.after));
    put("lost", ids(&without(&answer.before, &answer.after)));
    put("new", ids(&without(&answer.after, &answer.before)));
    put("g0", exact_or_null(answer.gain_before.as_ref()));
    put("g1", exact_or_null(answer.gain_after.as_ref()));
    put("Z0", ids(&answer.zone_before));
    put("Z1", ids(&answer.zone_after));
    put("standing", all(&answer.standing));
    put("received", all(&answer.received));
    put("d_after", all(&after));
    put("share0", json!([answer.before.len(), deals]));
    put("share1", json!([answer.after.len(), deals]));
    put("go_on", answer.go_on.as_ref().map_or(Value::Null, |(g, _)| all(g)));
    put("go_on_deal", answer.go_on.as_ref().map_or(Value::Null, |(_, d)| id(*d)));
    put("go_on_before", answer.go_on_before.as_ref().map_or(Value::Null, |(g, _)| all(g)));
    put("best_slack_after", exact_or_null(answer.best_after.as_ref().map(|(s, ..)| s)));
    put(
        "best_slack_plan",
        answer.best_after.as_ref().map_or(Value::Null, |(_, d, plan)| json!([id(*d), plan])),
    );
    put("gP_as_first_phase_of_signed_whole", exact_or_null(answer.gain_as_first_phase.as_ref()));
    put("gI_old_parameters", exact_or_null(answer.gain_old_parameters.as_ref()));
    if let Some(blocked) = &answer.blocked {
        for (key, remedy) in
            [("least_reward", &blocked.reward), ("least_bond_posted_with_interim", &blocked.bond)]
        {
            put(
                key,
                remedy.as_ref().map_or(Value::Null, |r| {
                    json!({"amounts": all(&r.guarantee.amounts), "deal": r.deal, "plan": r.guarantee.plan})
                }),
            );
        }
        put("maximal_safe_interims", json!(blocked.safe));
        let party = blocked.party.map(|i| question.instance.parties[i].clone());
        put("party_losing_incentive", json!(party));
    }
    put("leg_slack_if_interim_then_stands", all(&answer.leg_slack));
    put("leg_within_caps", json!(answer.leg_within_caps));
    put("complete", json!(answer.complete));
    out
}

pub(crate) fn ratification(
    names: &[String],
    sides: &[Vec<String>],
    answer: &RatificationAnswer,
) -> Map<String, Value> {
    let by_party = |value: &dyn Fn(usize) -> Value| -> Value {
        Value::Object(names.iter().enumerate().map(|(p, n)| (n.clone(), value(p))).collect())
    };
    let groups = |v: &Verdicts, p: usize| -> Value {
        v.refuse[p].iter().map(|&k| Value::String(sides[p][k].clone())).collect()
    };
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| {
        out.insert(key.to_owned(), value);
    };
    put("win_set", json!(answer.win_set));
    put("win_set_size", json!(answer.win_set_size));
    put("per_party", by_party(&|p| json!(answer.per_party[p])));
    let cheapest = answer.cheapest.as_ref();
    put("cheapest_change_cost", cheapest.map_or(Value::Null, |(c, _)| plain(c)));
    put("cheapest_changes", cheapest.map_or(json!([]), |(_, w)| json!(w)));
    put(
        "side_payment_at_x0",
        by_party(&|p| answer.draft.side_payment[p].as_ref().map_or(Value::Null, plain)),
    );
    put(
        "side_payments_to",
        by_party(&|p| {
            let to = answer.draft.payments[p].iter().map(|(k, a)| (sides[p][*k].clone(), plain(a)));
            Value::Object(to.collect())
        }),
    );
    put("x0_ratified", by_party(&|p| json!(answer.draft.passes[p])));
    put("x0_refused_by", by_party(&|p| groups(&answer.draft, p)));
    put("x0_probability", by_party(&|p| exact(&answer.draft.probability[p])));
    put("status_quo_ratified", by_party(&|p| json!(answer.status_quo.passes[p])));
    put("complete", json!(answer.complete));
    out
}

/// One answer, or a list of them.
pub(crate) fn document(answers: Vec<Map<String, Value>>, many: bool) -> String {
    let mut values: Vec<Value> = answers.into_iter().map(Value::Object).collect();
    let value = if many || values.len() != 1 { Value::Array(values) } else { values.remove(0) };
    format!("{value:#}\n")
}

/// The survey of all small deals.
pub(crate) fn survey(found: &detente_analysis::staging::Survey) -> Value {
    let all: Vec<Value> = found
        .all
        .iter()
        .map(|s| {
            json!({"interim": s.interim, "verdict": s.verdict.name(), "g1": exact_or_null(s.gain_after.as_ref()),
                   "holds_alone": s.holds_alone})
        })
        .collect();
    json!({"all": all, "largest_safe": found.largest_safe, "best_first_step": found.best_first_step,
           "complete": found.complete})
}
