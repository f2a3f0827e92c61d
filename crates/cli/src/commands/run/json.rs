//! The machine-readable answer; its keys are a contract.

use super::Run;
use crate::error::CommandError;
use detente_bargaining::protocol::Said;
use detente_bargaining::{Channels, Package, Seat};
use serde_json::{Map, Value, json};

/// The document as text, one line.
pub(super) fn document(run: &Run<'_>) -> Result<String, CommandError> {
    let parties: Vec<&str> = run.scenario.parties().iter().map(|p| p.id.as_str()).collect();
    let utilities: Map<String, Value> = parties
        .iter()
        .zip(run.utilities())
        .map(|(party, utility)| ((*party).to_owned(), utility.into()))
        .collect();
    let mut document = json!({
        "scenario": {"title": run.scenario.title(), "parties": parties},
        "protocol": run.protocol,
        "negotiators": run.names.parties,
        "seed": run.seed,
        "agreement": run.course.end.agreement.as_ref().map(|p| outcome(run, p)),
        "utilities": utilities,
        "rounds": run.course.rounds,
        "reason": run.course.end.reason.word(),
    });
    if let Some((seat, why)) = &run.course.refused {
        document["refused"] = json!({"by": name(run, *seat), "why": why});
    }
    if let Some(channels) = &run.channels {
        document["mediators"] = run.names.mediators.clone().into();
        document["channels"] = channels_json(run, channels);
    }
    if run.trace {
        let said = run.course.said.iter().map(|(seat, said)| {
            let mut entry = json!({"by": name(run, *seat)});
            match said {
                Said::Offers(package) => entry["offers"] = outcome(run, package),
                Said::Drafts(package) => entry["drafts"] = outcome(run, package),
                Said::HandsOn(to) => {
                    entry["hands_on_to"] = to.iter().map(|&seat| name(run, seat)).collect();
                }
                Said::Accepts => entry["accepts"] = true.into(),
                Said::Refuses => entry["accepts"] = false.into(),
                Said::Asks(party) => entry["asks"] = name(run, *party).into(),
                Said::Answers => entry["answers"] = true.into(),
                Said::Rests => entry["rests"] = true.into(),
                Said::Leaves => entry["leaves"] = true.into(),
            }
            entry
        });
        document["trace"] = said.collect();
    }
    serde_json::to_string(&document)
        .map_err(|error| CommandError::failed(format!("cannot write JSON: {error}")))
}

/// Coverage, and what hangs on one mediator.
fn channels_json(run: &Run<'_>, channels: &Channels) -> Value {
    let party = |p: usize| name(run, Seat::Party(p));
    let pairs = |pairs: &[(usize, usize)]| -> Value {
        pairs.iter().map(|&(a, b)| json!([party(a), party(b)])).collect()
    };
    let points = channels.single_points();
    let points = points.iter().map(|point| {
        json!({"mediator": name(run, Seat::Mediator(point.mediator)), "parts": pairs(&point.splits)})
    });
    json!({
        "unreached": channels.unreached().into_iter().map(party).collect::<Vec<_>>(),
        "not_joined": pairs(&channels.apart()),
        "most_mediators_in_a_row": channels.longest_relay(),
        "single_points_of_failure": points.collect::<Vec<_>>(),
    })
}

fn outcome(run: &Run<'_>, package: &Package) -> Value {
    let outcome = run.table.outcome(package);
    let choices = run.scenario.issues().iter().enumerate().map(|(i, issue)| {
        let option = outcome.option(i).map(|option| issue.option_name(option));
        (issue.name.clone(), option.into())
    });
    Value::Object(choices.collect())
}

fn name(run: &Run<'_>, seat: Seat) -> String {
    match seat {
        Seat::Party(party) => run.scenario.parties()[party].id.clone(),
        Seat::Mediator(mediator) => {
            run.scenario.mediators().get(mediator).map_or("mediator", |m| &m.id).to_owned()
        }
    }
}
