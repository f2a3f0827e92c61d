//! Results for programs: exact fractions as text, counts as numbers.

use detente_analysis::staging::{
    Assessment, Bets, BroadDeal, Calendar, Case, Compared, FairAtHome, Flip, Judged, LastStep,
    NamedRatification, Picture, PlanRests, Priced, Proof, RatificationAnswer, Rational, Recorded,
    Robust, Staged, Staging, Survey, Swings, ValuedOutcome, Verdicts, Waiting,
    breakdown_is_equilibrium, breakdown_is_minmax,
};
use num_traits::ToPrimitive;
use serde_json::{Map, Value, json};

/// One answer, key by key.
pub(crate) type Answer = Map<String, Value>;

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
fn rows(case: &Case, assessment: &Assessment) -> Value {
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
            let shown = assessment.shows_exposure(case, row.phase);
            out.insert("exposure".into(), exact_or_null(shown.then_some(&row.exposure)));
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
pub(crate) fn stage(block: &Staging, staged: &Staged, rests: Option<&PlanRests>) -> Answer {
    let planned = &staged.planned;
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
    let shown = |b: &&Assessment| (1..=b.phases()).all(|t| b.shows_exposure(&staged.case, t));
    put("max_exposure", best.filter(shown).map_or(Value::Null, |b| all(&b.max_exposure)));
    put("rows", best.map_or(Value::Null, |b| rows(&staged.case, b)));
    put("durability", best.map_or(Value::Null, |b| all(&b.durability)));
    put("durable", best.map_or(Value::Null, |b| json!(b.durable())));
    put("self_enforcing", json!(best.is_some_and(Assessment::self_enforcing)));
    put("breakdown_is_equilibrium", json!(breakdown_is_equilibrium(&staged.case)));
    put("breakdown_is_minmax", json!(breakdown_is_minmax(&staged.case)));
    put("last_phase", last_phase(&staged.case, &staged.last));
    put("all_at_once_slack", exact_or_null(staged.all_at_once.as_ref()));
    let by_phases: Vec<Value> =
        staged.by_phases.iter().map(|(p, s)| json!([p, exact_or_null(s.as_ref())])).collect();
    put("best_slack_by_max_phases", json!(by_phases));
    let count = |n: Option<&num_bigint::BigUint>| match n {
        Some(n) => n.to_u64().map_or_else(|| json!(n.to_string()), |n| json!(n)),
        None => Value::Null,
    };
    put("plans_enumerated", count(staged.counts.as_ref().map(|c| &c.all)));
    put("plans_within_caps", count(staged.counts.as_ref().map(|c| &c.within_caps)));
    put(
        "plans_self_enforcing",
        count(staged.counts.as_ref().and_then(|c| c.self_enforcing.as_ref())),
    );
    put("proof", proof(&planned.proof));
    let s = &planned.statistics;
    put(
        "search",
        json!({"states": s.states.to_string(), "moves": s.moves.to_string(), "moves_kept": s.moves_kept,
               "labels": s.labels, "passes": s.passes, "close_calls": s.close_calls}),
    );
    if let Some(deal) = &staged.deal {
        put("deal", json!(deal));
    }
    if !staged.compared.is_empty() {
        put("deals_compared", staged.compared.iter().map(compared).collect());
        put("deals_bounded_away", json!(staged.bounded_away));
    }
    if let Some(linked) = &staged.linked {
        put("max_min_slack_if_linked", exact(linked));
    }
    if let Some(recorded) = &staged.recorded {
        put("recorded", plan_on_record(&staged.case, recorded));
    }
    if let (Some(calendar), Some(found)) = (&block.calendar, &staged.waiting) {
        put("calendar", waiting(&staged.case, calendar, found));
    }
    if !staged.bets.is_empty() {
        let deals = block.broad_deals();
        put("contingent", staged.bets.iter().map(|b| bets(&staged.case, &deals, b)).collect());
    }
    if let Some(rests) = rests {
        put(
            "sensitivity",
            json!({"plan": swings(&rests.plan), "durability": swings(&rests.durability),
                   "robust": rests.robust.as_ref().map(robust)}),
        );
    }
    put("assumed", json!(block.assumed));
    out
}

/// What is said of a scenario in which nothing is acceptable to all.
pub(crate) fn nothing_to_stage() -> Answer {
    let mut out = Map::new();
    for key in ["min_slack", "phases", "plan", "deal"] {
        out.insert(key.into(), Value::Null);
    }
    out.insert("self_enforcing".into(), json!(false));
    out.insert("reason".into(), json!("no outcome is acceptable to every side"));
    out
}

fn compared(c: &Compared) -> Value {
    let fair: Vec<&str> = c.fair.iter().map(|r| r.key()).collect();
    json!({"deal": c.id, "min_slack": exact_or_null(c.slack.as_ref()), "holds": c.holds,
           "proved": c.proved, "fair": fair})
}

fn plan_on_record(case: &Case, recorded: &Recorded) -> Value {
    let a = &recorded.assessment;
    json!({"plan": a.plan, "min_slack": exact_or_null(a.min_slack.as_ref()),
           "self_enforcing": a.self_enforcing(), "durable": a.durable(), "rows": rows(case, a),
           "last_phase": last_phase(case, &recorded.last)})
}

fn waiting(case: &Case, calendar: &Calendar, found: &Waiting) -> Value {
    let id = |d: &usize| Value::String(found.deals[*d].id.clone());
    let ids = |all: &[usize]| -> Value { all.iter().map(id).collect() };
    let by_party = |values: &[Rational]| -> Value {
        let each = case.parties.iter().zip(values).map(|(p, v)| (p.clone(), exact(v)));
        Value::Object(each.collect())
    };
    let begins: Vec<Value> = found
        .begins
        .iter()
        .map(|b| {
            let fair: Map<String, Value> =
                b.fair.iter().map(|(rule, d)| (rule.key().into(), id(d))).collect();
            let best = b.best.as_ref().map(|(d, gain, plan)| {
                json!({"deal": id(d), "smallest_gain": exact(gain), "plan": plan})
            });
            json!({"phase": b.phase, "date": calendar.days.get(b.phase - 1), "zone": ids(&b.zone),
                   "stageable": ids(&b.stageable), "fair": fair, "best": best,
                   "worth_today": by_party(&b.worth_today), "complete": b.complete})
        })
        .collect();
    let events: Vec<Value> = calendar
        .events
        .iter()
        .map(|e| json!({"date": e.date, "before_phase": e.phase, "title": e.title}))
        .collect();
    let pays: Map<String, Value> =
        case.parties.iter().zip(&found.pays).map(|(p, phase)| (p.clone(), json!(phase))).collect();
    json!({"start": calendar.start, "phase_days": calendar.phase_days, "events": events,
           "begins": begins, "closes_after_phase": found.closes_after,
           "waiting_pays_from_phase": pays})
}

fn bets(case: &Case, deals: &[BroadDeal], found: &Bets) -> Value {
    let party = |i: usize| case.parties[i].clone();
    let between: Vec<Value> = found
        .between
        .iter()
        .map(|s| {
            json!({"believer": party(s.believer), "doubter": party(s.doubter),
                   "doubter_pays_if_so": exact(&s.if_so), "believer_pays_if_not": exact(&s.if_not),
                   "expected_gain_of_each": exact(&s.gain)})
        })
        .collect();
    let contingent: Vec<Value> = found
        .deals
        .iter()
        .map(|d| {
            json!({"if_so": deals[d.if_so].id, "if_not": deals[d.if_not].id,
                   "expected": all(&d.expected)})
        })
        .collect();
    json!({"event": found.event, "by": found.by, "side_bets": between, "deals": contingent,
           "complete": found.complete})
}

/// What a verdict rests on.
fn swings(found: &Swings) -> Value {
    let flip = |f: Option<&Flip>| {
        f.map_or(Value::Null, |f| json!({"at": exact(&f.at), "becomes": f.becomes}))
    };
    let numbers: Vec<Value> = found
        .swings
        .iter()
        .map(|s| {
            json!({"number": s.name, "value": exact(&s.value), "low": exact(&s.ends.0),
                   "high": exact(&s.ends.1),
                   "measure_at_low": exact_or_null(s.measure.0.as_ref()),
                   "measure_at_high": exact_or_null(s.measure.1.as_ref()),
                   "flips_below": flip(s.flips.0.as_ref()), "flips_above": flip(s.flips.1.as_ref()),
                   "certain": s.certain})
        })
        .collect();
    json!({"verdict": found.verdict, "measured": found.measured,
           "measure": exact_or_null(found.measure.as_ref()), "places_looked_at": found.looked,
           "numbers": numbers})
}

fn robust(found: &Robust) -> Value {
    json!({"plan": found.plan, "worst_slack": exact(&found.worst),
           "holds_everywhere": found.holds_everywhere, "places": found.places,
           "certain": found.certain, "plans_tried": found.tried,
           "no_plan_above": exact_or_null(found.no_plan_above.as_ref())})
}

/// What `guarantee` says.
pub(crate) fn guarantee(priced: &Priced, rests: Option<&Swings>) -> Answer {
    let mut out = Map::new();
    out.insert("max_min_slack_without".into(), exact_or_null(priced.without()));
    for (found, total, amounts, plan) in [
        (&priced.bond, "min_total_bond", "bonds", "bond_plan"),
        (&priced.reward, "min_total_reward", "rewards", "reward_plan"),
    ] {
        let least = found.least.as_ref();
        out.insert(total.into(), least.map_or(Value::Null, |g| exact(&g.total())));
        out.insert(amounts.into(), least.map_or(Value::Null, |g| all(&g.amounts)));
        out.insert(plan.into(), least.map_or(Value::Null, |g| json!(g.plan)));
    }
    out.insert("max_min_slack_if_linked".into(), exact_or_null(priced.linked.as_ref()));
    let mixes: Map<String, Value> = priced
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
    out.insert("complete".into(), json!(priced.bond.complete && priced.reward.complete));
    if let Some(rests) = rests {
        out.insert("sensitivity".into(), swings(rests));
    }
    out
}

/// What `interim` says of one small deal.
pub(crate) fn interim(judged: &Judged, rests: Option<&Swings>) -> Answer {
    let (question, answer) = (&judged.question, &judged.answer);
    let shown = question.shows_received();
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
    put("received", if shown { all(&answer.received) } else { Value::Null });
    put("d_after", if shown { all(&after) } else { Value::Null });
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
    if let Some(rests) = rests {
        put("sensitivity", swings(rests));
    }
    out
}

/// What `ratify` says.
pub(crate) fn ratification(
    named: &NamedRatification,
    answer: &RatificationAnswer,
    fair: Option<&FairAtHome>,
    rests: Option<&Swings>,
) -> Answer {
    let parties = &named.question.parties;
    let names: Vec<&str> = parties.iter().map(|p| p.name.as_str()).collect();
    let sides: Vec<Vec<&str>> = parties
        .iter()
        .map(|p| p.constituencies.iter().map(|c| c.name.as_str()).collect())
        .collect();
    let by_party = |value: &dyn Fn(usize) -> Value| -> Value {
        Value::Object(names.iter().enumerate().map(|(p, n)| ((*n).to_owned(), value(p))).collect())
    };
    let groups = |v: &Verdicts, p: usize| -> Value {
        v.refuse[p].iter().map(|&k| json!(sides[p][k])).collect()
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
            let to =
                answer.draft.payments[p].iter().map(|(k, a)| (sides[p][*k].to_owned(), plain(a)));
            Value::Object(to.collect())
        }),
    );
    put("x0_ratified", by_party(&|p| json!(answer.draft.passes[p])));
    put("x0_refused_by", by_party(&|p| groups(&answer.draft, p)));
    put("x0_probability", by_party(&|p| exact(&answer.draft.probability[p])));
    put("status_quo_ratified", by_party(&|p| json!(answer.status_quo.passes[p])));
    if let Some(fair) = fair {
        put(
            "deals",
            json!({"without": picture(named, &fair.without), "with": picture(named, &fair.with)}),
        );
        let fails: Map<String, Value> = fair
            .without
            .fair
            .iter()
            .zip(&fair.fails)
            .map(|((rule, _), fails)| {
                (rule.key().into(), fails.iter().map(|&p| json!(names[p])).collect())
            })
            .collect();
        put("fair_deals_fail_in", Value::Object(fails));
    }
    if let Some(rests) = rests {
        put("sensitivity", swings(rests));
    }
    put("complete", json!(answer.complete));
    out
}

/// The efficient and the fair deals of a set of outcomes.
fn picture(named: &NamedRatification, picture: &Picture) -> Value {
    let deal = |v: &ValuedOutcome| -> Value {
        let worth: Map<String, Value> = named
            .question
            .parties
            .iter()
            .zip(&v.worth)
            .map(|(p, w)| (p.name.clone(), exact(w)))
            .collect();
        json!({"outcome": v.outcome, "worth": worth})
    };
    let fair: Map<String, Value> =
        picture.fair.iter().map(|(rule, v)| (rule.key().into(), deal(v))).collect();
    json!({"acceptable": picture.acceptable, "efficient": picture.efficient.len(),
           "frontier": picture.efficient.iter().map(deal).collect::<Vec<_>>(), "fair": fair})
}

/// One answer, or a list of them.
pub(crate) fn document(answers: Vec<Answer>, many: bool) -> String {
    let mut values: Vec<Value> = answers.into_iter().map(Value::Object).collect();
    let value = if many || values.len() != 1 { Value::Array(values) } else { values.remove(0) };
    format!("{value:#}\n")
}

/// The survey of all small deals.
pub(crate) fn survey(found: &Survey) -> Value {
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
