//! The machine-readable answer; its keys are a contract.

use crate::error::CommandError;
use detente_leakage::assess::{SecretAtRisk, Stages};
use detente_leakage::{Secret, SecretKind};
use detente_model::{Outcome, Scenario};
use detente_report::leak::{Reading, Readings};
use serde_json::{Map, Value, json};

/// The document, one line.
pub(super) fn document(shown: &Readings<'_>) -> Result<String, CommandError> {
    let audiences: Vec<Value> =
        shown.readings.iter().map(|r| audience(shown.scenario, r)).collect();
    serde_json::to_string(&json!({
        "scenario": shown.scenario.title(),
        "prior": shown.prior,
        "audiences": audiences,
    }))
    .map_err(|error| CommandError::failed(format!("cannot write JSON: {error}")))
}

fn audience(scenario: &Scenario, reading: &Reading) -> Value {
    let id = |&p: &usize| scenario.parties()[p].id.clone();
    let told = &reading.told;
    let secrets: Vec<Value> = told.secrets.iter().map(|s| secret(scenario, s)).collect();
    let before: Vec<Value> = reading
        .case
        .entries()
        .iter()
        .map(|e| json!({"what": e.what, "bits": e.bits, "max_leakage_bits": e.max_leakage}))
        .collect();
    json!({
        "readers": reading.readers.iter().map(id).collect::<Vec<_>>(),
        "hidden": reading.hidden.iter().map(id).collect::<Vec<_>>(),
        "draft": outcome(scenario, &reading.draft),
        "rule": {
            "what": reading.rule,
            "nash_share": reading.share,
            "bits": told.rule_bits,
            "bits_with_answers": told.rule_and_answer_bits,
            "max_leakage_bits": told.max_leakage,
            "gap_bits": reading.gap,
        },
        "figures": if told.sample.is_some() { "estimates" } else { "exact" },
        "samples": told.sample,
        "probability": told.probability,
        "cases_with_this_draft": told.states.0,
        "cases": told.states.1,
        "by_lot": told.by_lot,
        "bits": told.bits,
        "bits_at_most_95": told.bits_bound,
        "answer_bits": told.answer_bits,
        "case_so_far": {
            "bits": told.case_bits,
            "bits_with_this_draft": told.case_bits + told.bits,
            "max_leakage_bits_with_this_draft": told.case_max_leakage,
            "disclosures": before,
        },
        "secrets": secrets,
        "remarks": reading.remarks,
    })
}

fn outcome(scenario: &Scenario, outcome: &Outcome) -> Value {
    let issues = scenario.issues().iter().enumerate();
    let settled = issues.filter_map(|(index, issue)| {
        Some((issue.name.clone(), Value::from(issue.option_name(outcome.option(index)?))))
    });
    Value::Object(settled.collect::<Map<_, _>>())
}

fn secret(scenario: &Scenario, risk: &SecretAtRisk) -> Value {
    let Secret { party, kind, values } = &risk.secret;
    let name = match kind {
        SecretKind::Reservation => "reservation_value".to_owned(),
        SecretKind::TopIssue => "top_issue".to_owned(),
        SecretKind::RedLine(line) => format!("red_line_{}", line + 1),
    };
    let stages = |s: &Stages| {
        json!({
            "start": s.start, "now": s.now, "after_draft": s.after_draft,
            "after_answers": s.after_answers, "at_most": s.at_most,
            "most_telling_answer": s.worst_answer,
            "worst": {"value": values.get(s.worst.value), "probability": s.worst.probability},
        })
    };
    json!({
        "party": scenario.parties()[*party].id,
        "secret": name,
        "values": values,
        "guess": stages(&risk.blind),
        "guess_knowing_the_rest": risk.knowing_the_rest.as_ref().map(stages),
        "rule_average": risk.rule_average,
        "after_draft_at_most_95": risk.bounds.map(|b| b.after_draft),
        "rule_average_at_most_95": risk.bounds.map(|b| b.rule_average),
    })
}
