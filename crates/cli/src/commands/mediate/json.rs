//! The machine-readable answer; its keys are a contract.

use detente_elicitation::simulate::Proposal;
use detente_elicitation::statement::{Answer, Question};
use detente_report::mediate::{Mediation, named};
use serde_json::{Map, Value, json};

/// The document. Where a person answered, nothing true is known of utilities,
/// and who accepted stays unsaid.
pub(super) fn document(shown: &Mediation<'_>) -> Value {
    let Mediation { scenario, case, road, truth, .. } = shown;
    let parties = scenario.parties().len();
    let last = road.proposals.last();
    let agreed = last.filter(|_| road.agreed);
    let utilities = truth.map(|truth| match agreed {
        Some(proposal) => {
            truth.problem.in_own_units(&truth.problem.utilities(&proposal.recommendation.deal))
        }
        None => truth.problem.in_own_units(&truth.problem.reservations),
    });
    let yardstick = truth.and_then(|truth| truth.yardstick);
    let share = yardstick.map(|y| agreed.map_or(0.0, |p| y.nash_share(&p.recommendation.deal)));
    let least = yardstick.map(|y| agreed.map_or(0.0, |p| y.least_share(&p.recommendation.deal)));
    let kind = match (truth, yardstick) {
        (None, _) => "not known: people answered",
        (_, Some(y)) if y.is_proved() => "exact",
        (_, Some(_)) => "against the best deal found in the time",
        (_, None) => "no acceptable deal is known",
    };
    let stopped = road.stops.iter().map(|s| s.map_or("all questions asked", |s| s.as_str()));
    let doubted = (0..parties).map(|party| {
        let answers = case.answers(party);
        let list = case.doubted(party).into_iter().map(|(index, contradicting)| {
            json!({
                "question": question(shown, &answers[index].0),
                "answer": answer(answers[index].1),
                "contradicting": contradicting,
            })
        });
        list.collect::<Vec<_>>()
    });
    json!({
        "scenario": {
            "title": scenario.title(),
            "parties": scenario.parties().iter().map(|p| p.id.as_str()).collect::<Vec<_>>(),
            "outcomes": scenario.outcome_count().to_string(),
        },
        "outcome": agreed.map(|p| outcome(shown, &p.recommendation.deal)),
        "utilities": utilities.map(|utilities| by_party(shown, utilities)),
        "acceptable": agreed.is_some(),
        "nash_share": share,
        "nash_share_kind": kind,
        "least_gain_share": least,
        "questions": by_party(shown, road.questions.iter().copied()),
        "rankings": by_party(shown, (0..parties).map(|p| case.rankings(p).answers())),
        "regret": last.map(|p| json!({
            "value": p.recommendation.regret,
            "kind": "estimate",
            "confidence": 0.95,
            "of": case.aim().best(),
        })),
        "expected_share": last.map(|p| p.recommendation.expected_share),
        "stopped": by_party(shown, stopped),
        "doubted": by_party(shown, doubted),
        "remarks": shown.remarks,
        "proposals": road.proposals.iter().map(|p| proposal(shown, p)).collect::<Vec<_>>(),
        "chosen_from": if shown.joint { "joint" } else { "own" },
        "seed": shown.seed,
        "road": road.steps.iter().map(|step| json!({
            "party": scenario.parties()[step.party].id,
            "question": question(shown, &step.question),
            "answer": answer(step.answer),
        })).collect::<Vec<_>>(),
    })
}

fn by_party<T: Into<Value>>(shown: &Mediation<'_>, values: impl IntoIterator<Item = T>) -> Value {
    let parties = shown.scenario.parties().iter().map(|p| p.id.clone());
    Value::Object(parties.zip(values.into_iter().map(Into::into)).collect())
}

fn outcome(shown: &Mediation<'_>, deal: &[usize]) -> Value {
    let settled = deal.iter().enumerate().map(|(issue, &option)| {
        let (name, option) = named(shown.scenario, shown.case.space(), issue, option);
        (name, Value::String(option))
    });
    Value::Object(settled.collect::<Map<_, _>>())
}

fn proposal(shown: &Mediation<'_>, proposal: &Proposal) -> Value {
    let recommendation = &proposal.recommendation;
    let accepted = match shown.truth {
        Some(_) => by_party(shown, proposal.accepted.iter().copied()),
        None => json!(shown.case.space().acceptance().is_met(&proposal.accepted)),
    };
    json!({
        "outcome": outcome(shown, &recommendation.deal),
        "accepted": accepted,
        "expected_share": recommendation.expected_share,
        "acceptance": by_party(shown, recommendation.acceptance.iter().copied()),
        "regret": recommendation.regret,
    })
}

fn question(shown: &Mediation<'_>, question: &Question) -> Value {
    match question {
        Question::Compare(first, second) => json!({
            "first": outcome(shown, first),
            "second": outcome(shown, second),
        }),
        Question::Accept(deal) => json!({
            "first": outcome(shown, deal),
            "second": Value::Null,
        }),
        Question::Toss { coins, sure, heads, tails } => json!({
            "coins": coins,
            "sure": outcome(shown, sure),
            "heads": outcome(shown, heads),
            "tails": tails.as_ref().map(|deal| outcome(shown, deal)),
        }),
    }
}

fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::First => "first",
        Answer::Second => "second",
        Answer::Equal => "equal",
        Answer::CannotSay => "cannot say",
        Answer::Refused => "refused",
    }
}
