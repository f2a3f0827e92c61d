//! The tables behind every form.

use detente_agreement::due::DueState;
use detente_agreement::status::Status;
use detente_agreement::{Duty, Obligation};

/// A table with words in its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its id: a file's stem.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The heads of its columns.
    pub head: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// What an obligation asks, with how many of what.
pub(super) fn asks(o: &Obligation) -> String {
    let words = match &o.duty {
        Duty::Act(words) => words.clone(),
        Duty::Omission(words) => format!("(omission) {words}"),
    };
    let Some(object) = &o.object else { return words };
    let unit = object.unit.as_deref().unwrap_or("");
    let mut out = words;
    if let Some(q) = &object.quantity {
        out = format!("{out}: {} {unit}", q.to_exact_string()).trim_end().to_owned();
    }
    if let Some(c) = &object.ceiling {
        out = format!("{out}: at most {} {unit}", c.to_exact_string()).trim_end().to_owned();
    }
    out
}

/// The implementation matrix: every obligation on every axis.
#[must_use]
pub fn matrix(status: &Status<'_>) -> Table {
    let a = status.agreement;
    let rows = a
        .obligations
        .iter()
        .zip(&status.obligations)
        .map(|(o, s)| {
            let disputes: Vec<&str> = s
                .disputes
                .iter()
                .map(|d| &status.disputes[*d])
                .filter(|d| d.open())
                .map(|d| d.dispute.id.as_str())
                .collect();
            vec![
                o.id.clone(),
                format!("{}#{}", o.pin.instrument, o.pin.clause),
                o.theme.clone().unwrap_or_default(),
                a.name(&o.bearer).to_owned(),
                asks(o),
                s.due.state.word().to_owned(),
                s.due.state.sentence(a),
                s.implementation.sentence(a),
                s.verified.sentence(a),
                if disputes.is_empty() {
                    "none".to_owned()
                } else {
                    format!("open: {}", disputes.join(", "))
                },
                s.claims.to_string(),
                s.findings.len().to_string(),
            ]
        })
        .collect();
    Table {
        id: "matrix",
        title: "Implementation matrix",
        head: vec![
            "obligation",
            "clause",
            "theme",
            "bearer",
            "asks",
            "due",
            "why",
            "carried out",
            "verified",
            "dispute",
            "claims",
            "findings",
        ],
        rows,
    }
}

/// How pressing a state is; 0 first. `None`: nothing is to be done now.
fn urgency(state: &DueState<'_>) -> Option<u8> {
    match state {
        DueState::PastItsDay(_) => Some(0),
        DueState::Grace(..) => Some(1),
        DueState::Recurs(_, short) if !short.is_empty() => Some(2),
        DueState::Due(_) => Some(3),
        DueState::Recurs(..) => Some(4),
        DueState::Blocked(_) | DueState::BlockedByGroup(_) => Some(5),
        DueState::Suspended(..) => Some(6),
        DueState::Deviates(_) => Some(7),
        DueState::NotYet(_) => Some(8),
        _ => None,
    }
}

/// What is due, the most pressing first, and what keeps the rest.
#[must_use]
pub fn what_is_due(status: &Status<'_>) -> Table {
    let a = status.agreement;
    let mut listed: Vec<_> = a
        .obligations
        .iter()
        .zip(&status.obligations)
        .filter_map(|(o, s)| {
            Some((urgency(&s.due.state)?, s.due.state.by().map(|m| m.latest()), o, s))
        })
        .collect();
    listed.sort_by_key(|(urgency, by, ..)| (*urgency, *by));
    let rows = listed
        .into_iter()
        .map(|(_, _, o, s)| {
            vec![
                s.due.state.word().to_owned(),
                o.id.clone(),
                a.name(&o.bearer).to_owned(),
                asks(o),
                s.due.state.sentence(a),
            ]
        })
        .collect();
    Table {
        id: "due",
        title: "What is due",
        head: vec!["state", "obligation", "bearer", "asks", "why"],
        rows,
    }
}

/// Every incident with who alleges, who examined, who found.
#[must_use]
pub fn incident_log(status: &Status<'_>) -> Table {
    let a = status.agreement;
    let rows = status
        .incidents
        .iter()
        .map(|i| {
            let mut claims: Vec<String> = i.claims.iter().map(|c| c.sentence(a)).collect();
            let more = i.claim_count - i.claims.len();
            if more > 0 {
                claims.push(format!("and {more} more"));
            }
            let stages: Vec<String> = i
                .stages
                .iter()
                .flat_map(|s| {
                    let title = &s.stage.title;
                    s.sentences(a, status.as_of).into_iter().map(move |x| format!("{title}: {x}"))
                })
                .collect();
            let findings: Vec<String> = i.findings.iter().flat_map(|f| f.sentences(a)).collect();
            let nothing = detente_agreement::words::Sentence::NoFinding.fill(&[]);
            vec![
                i.incident.id.clone(),
                i.incident.title.clone(),
                i.incident.opened.to_string(),
                a.name(&i.incident.clustered_by).to_owned(),
                claims.join("\n"),
                stages.join("\n"),
                if findings.is_empty() { nothing } else { findings.join("\n") },
            ]
        })
        .collect();
    Table {
        id: "incidents",
        title: "Incidents",
        head: vec!["incident", "about", "opened", "put together by", "claims", "examined", "found"],
        rows,
    }
}

/// What was promised, declared and verified of what is counted.
#[must_use]
pub fn quantities(status: &Status<'_>) -> Table {
    let a = status.agreement;
    let rows = a
        .obligations
        .iter()
        .zip(&status.obligations)
        .filter_map(|(o, s)| {
            let d = s.delivered.as_ref()?;
            Some(vec![
                o.id.clone(),
                a.name(&o.bearer).to_owned(),
                d.what.clone(),
                d.promised.to_exact_string(),
                d.declared.to_exact_string(),
                d.verified.to_exact_string(),
            ])
        })
        .collect();
    Table {
        id: "quantities",
        title: "Delivered against promised",
        head: vec!["obligation", "bearer", "what", "promised", "declared", "verified"],
        rows,
    }
}

/// Scores by theme, with what is missing.
#[must_use]
pub fn themes(status: &Status<'_>) -> Table {
    let rows = status
        .themes
        .iter()
        .map(|t| {
            let (least, most) = t.bounds();
            let bounds = if t.counted == 0 {
                "nothing can be said yet".to_owned()
            } else {
                format!("{least:.0}–{most:.0}%")
            };
            vec![
                t.name.clone(),
                t.percent().map_or("none counted".to_owned(), |p| format!("{p:.0}%")),
                bounds,
                format!("{} of {}", t.counted, t.obligations),
                t.one_assessor.to_string(),
                t.not_reconciled.to_string(),
                t.not_assessable.to_string(),
                t.not_assessed.to_string(),
            ]
        })
        .collect();
    Table {
        id: "themes",
        title: "How far, by theme",
        head: vec![
            "theme",
            "of what is counted",
            "whatever is missing",
            "counted",
            "one assessor only",
            "not reconciled",
            "not assessable",
            "not assessed",
        ],
        rows,
    }
}
