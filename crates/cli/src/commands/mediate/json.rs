//! The machine-readable answer; its keys are a contract.

use super::From;
use super::simulate::Simulation;
use detente_elicitation::simulate::Proposal;
use detente_elicitation::statement::{Answer, Question};
use serde_json::{Map, Value, json};

/// The document.
pub(super) fn document(simulation: &Simulation<'_>) -> Value {
    let Simulation { scenario, problem, road, .. } = simulation;
    let last = road.proposals.last();
    let agreed = last.filter(|_| road.agreed);
    let utilities = match agreed {
        Some(proposal) => problem.in_own_units(&problem.utilities(&proposal.recommendation.deal)),
        None => problem.in_own_units(&problem.reservations),
    };
    let yardstick = simulation.yardstick;
    let share = yardstick.map(|y| agreed.map_or(0.0, |p| y.nash_share(&p.recommendation.deal)));
    let kind = match yardstick {
        Some(y) if y.is_proved() => "exact",
        Some(_) => "against the best deal found in the time",
        None => "no acceptable deal is known",
    };
    let stopped = road.stops.iter().map(|s| s.map_or("all questions asked", |s| s.as_str()));
    let doubted = (0..problem.parties).map(|party| {
        let answers = simulation.case.answers(party);
        let list = simulation.case.doubted(party).into_iter().map(|(index, contradicting)| {
            json!({
                "question": question(simulation, &answers[index].0),
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
        "outcome": agreed.map(|p| outcome(simulation, &p.recommendation.deal)),
        "utilities": by_party(simulation, utilities),
        "acceptable": agreed.is_some(),
        "nash_share": share,
        "nash_share_kind": kind,
        "questions": by_party(simulation, road.questions.iter().copied()),
        "rankings": by_party(simulation, simulation.rankings.iter().copied()),
        "regret": last.map(|p| json!({
            "value": p.recommendation.regret,
            "kind": "estimate",
            "confidence": 0.95,
            "of": "the best product of gains",
        })),
        "expected_share": last.map(|p| p.recommendation.expected_share),
        "stopped": by_party(simulation, stopped),
        "doubted": by_party(simulation, doubted),
        "proposals": road.proposals.iter().map(|p| proposal(simulation, p)).collect::<Vec<_>>(),
        "chosen_from": match simulation.arguments.from() { From::Own => "own", From::Joint => "joint" },
        "seed": simulation.arguments.seed,
        "road": road.steps.iter().map(|step| json!({
            "party": scenario.parties()[step.party].id,
            "question": question(simulation, &step.question),
            "answer": answer(step.answer),
        })).collect::<Vec<_>>(),
    })
}

fn by_party<T: Into<Value>>(
    simulation: &Simulation<'_>,
    values: impl IntoIterator<Item = T>,
) -> Value {
    let parties = simulation.scenario.parties().iter().map(|p| p.id.clone());
    Value::Object(parties.zip(values.into_iter().map(Into::into)).collect())
}

fn outcome(simulation: &Simulation<'_>, deal: &[usize]) -> Value {
    let space = simulation.case.space();
    let named = (0..deal.len()).map(|issue| {
        let (name, option) = simulation.names(issue, deal[issue]);
        (name, Value::String(option))
    });
    debug_assert_eq!(space.issues(), deal.len());
    Value::Object(named.collect::<Map<_, _>>())
}

fn proposal(simulation: &Simulation<'_>, proposal: &Proposal) -> Value {
    let recommendation = &proposal.recommendation;
    json!({
        "outcome": outcome(simulation, &recommendation.deal),
        "accepted": by_party(simulation, proposal.accepted.iter().copied()),
        "expected_share": recommendation.expected_share,
        "acceptance": by_party(simulation, recommendation.acceptance.iter().copied()),
        "regret": recommendation.regret,
    })
}

fn question(simulation: &Simulation<'_>, question: &Question) -> Value {
    match question {
        Question::Compare(first, second) => json!({
            "first": outcome(simulation, first),
            "second": outcome(simulation, second),
        }),
        Question::Accept(deal) => json!({
            "first": outcome(simulation, deal),
            "second": Value::Null,
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
