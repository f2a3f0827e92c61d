//! `detente agreement status`: the whole status on a day.

use super::on_a_day::{Audience, OnADay};
use super::signed;
use crate::error::CommandError;
use crate::output::{self, Format};
use clap::Args;
use detente_agreement::status::Status;
use detente_report::agreement::{status_page, status_text};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Show what is due, done, verified, alleged and found, as of a day
#[derive(Debug, Args)]
pub(crate) struct StatusArguments {
    #[command(flatten)]
    on: OnADay,
    /// Write the page to read or print to this file
    #[arg(long, value_name = "FILE.html")]
    out: Option<PathBuf>,
    #[command(flatten)]
    readers: Audience,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Shows the status.
pub(crate) fn run(arguments: &StatusArguments) -> Result<(), CommandError> {
    arguments.on.show(|input, status| {
        let signed = signed::sentences(input)?;
        if let Some(path) = &arguments.out {
            let page = status_page(status, &arguments.readers.audience, &signed);
            output::write_file(path, &page)?;
            return output::print(&format!("written to {}", path.display()));
        }
        match arguments.format {
            Format::Text => output::print(&status_text(status, &signed)),
            Format::Json => output::print(&as_json(status, &signed).to_string()),
        }
    })
}

fn as_json(status: &Status<'_>, signed: &[String]) -> Value {
    let a = status.agreement;
    let obligations: Vec<Value> = a
        .obligations
        .iter()
        .zip(&status.obligations)
        .map(|(o, s)| {
            json!({
                "id": o.id,
                "clause": format!("{}#{}", o.pin.instrument, o.pin.clause),
                "bearer": o.bearer,
                "due": {
                    "state": s.due.state.word(),
                    "why": s.due.state.sentence(a),
                    "opens": s.due.opens.map(|d| d.to_string()),
                    "due": s.due.due.map(|d| d.to_string()),
                },
                "implementation": {
                    "score": s.implementation.score(),
                    "why": s.implementation.sentence(a),
                    "assessments": s.history.len(),
                },
                "verification": {"state": s.verified.word(), "why": s.verified.sentence(a)},
                "disputes": s.disputes.iter().map(|d| &status.disputes[*d]).filter(|d| d.open()).map(|d| d.dispute.id.clone()).collect::<Vec<_>>(),
                "claims": s.claims,
                "findings": s.findings.len(),
                "delivered": s.delivered.as_ref().map(|d| json!({
                    "promised": d.promised.to_exact_string(),
                    "declared": d.declared.to_exact_string(),
                    "verified": d.verified.to_exact_string(),
                })),
            })
        })
        .collect();
    let incidents: Vec<Value> = status
        .incidents
        .iter()
        .map(|i| {
            json!({
                "id": i.incident.id,
                "title": i.incident.title,
                "claims": i.claim_count,
                "findings": i.findings.iter().map(|f| json!({"body": f.body, "says": f.sentences(a)})).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "agreement": a.id,
        "as_of": status.as_of.to_string(),
        "signed": signed,
        "claims": status.ledger.claim_count,
        "obligations": obligations,
        "incidents": incidents,
        "recorded_later": status.ledger.later,
    })
}
