//! Incidents: claims a person took to be about one event, how they are
//! examined, and what a body found.

use crate::agreement::Agreement;
use crate::log::{
    Claim, Confidence, Entry, ExaminationStep, Examined, Finding, FindingResult, Incident, Ledger,
};
use crate::moment::Moment;
use crate::pipeline::Examination;
use crate::words::Sentence;
use jiff::civil::Date;
use std::collections::HashMap;

/// A stage of an examination on a day.
#[derive(Debug, Clone)]
pub struct StageState<'a> {
    /// The stage.
    pub stage: &'a Examination,
    /// What is recorded, in order.
    pub steps: Vec<&'a ExaminationStep>,
    /// When its time runs out, where it has begun to run.
    pub until: Option<Moment>,
    /// When a finding ended it, where it is a stage that ends in one.
    pub found: Option<Moment>,
}

/// An incident on a day.
#[derive(Debug, Clone)]
pub struct IncidentState<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// How many claims are in it.
    pub claim_count: usize,
    /// Those of its claims that are kept whole.
    pub claims: Vec<&'a Claim>,
    /// Its stages.
    pub stages: Vec<StageState<'a>>,
    /// The findings.
    pub findings: Vec<&'a Finding>,
}

/// The incidents opened up to a day.
#[must_use]
pub fn incidents<'a>(
    agreement: &'a Agreement,
    ledger: &'a Ledger,
    as_of: Date,
) -> Vec<IncidentState<'a>> {
    let claims: HashMap<&str, &Claim> =
        ledger.claims.iter().map(|(_, c)| (c.id.as_str(), c)).collect();
    let mut out: Vec<IncidentState<'a>> = Vec::new();
    let mut index: HashMap<&str, usize> = HashMap::new();
    let add = |state: &mut IncidentState<'a>, ids: &'a [String]| {
        state.claim_count += ids.len();
        state.claims.extend(ids.iter().filter_map(|id| claims.get(id.as_str()).copied()));
    };
    for recorded in &ledger.entries {
        match &recorded.entry {
            Entry::Incident(e) if e.opened.day <= as_of => {
                let stages = agreement.pipeline.stages.iter();
                let mut state = IncidentState {
                    incident: e,
                    claim_count: 0,
                    claims: Vec::new(),
                    stages: stages
                        .map(|stage| StageState {
                            stage,
                            steps: Vec::new(),
                            until: None,
                            found: None,
                        })
                        .collect(),
                    findings: Vec::new(),
                };
                add(&mut state, &e.claims);
                index.insert(&e.id, out.len());
                out.push(state);
            }
            Entry::IncidentClaims(e) => {
                if let Some(&i) = index.get(e.incident.as_str()) {
                    add(&mut out[i], &e.claims);
                }
            }
            Entry::Examination(e) if e.on.day <= as_of => {
                if let Some(&i) = index.get(e.incident.as_str())
                    && let Some(stage) = out[i].stages.iter_mut().find(|s| s.stage.id == e.stage)
                {
                    stage.steps.push(e);
                }
            }
            Entry::Finding(e) if e.on.day <= as_of => {
                if let Some(&i) = index.get(e.incident.as_str()) {
                    out[i].findings.push(e);
                }
            }
            _ => {}
        }
    }
    for state in &mut out {
        clocks(agreement, state);
    }
    out
}

/// Each stage's clock runs from the end of the stage before it.
fn clocks(agreement: &Agreement, state: &mut IncidentState<'_>) {
    let found = state.findings.first().map(|f| f.on);
    let mut from = Some(state.incident.opened);
    for stage in &mut state.stages {
        let within = stage.stage.within.as_ref();
        stage.until = from.and_then(|from| within.map(|w| w.moment_after(from, &agreement.zone)));
        stage.found = found.filter(|_| stage.stage.finds);
        let over = |s: &&&ExaminationStep| matches!(s.what, Examined::Done | Examined::LeftOut);
        from = stage.steps.iter().rfind(over).map(|s| s.on).or(stage.found);
    }
}

impl StageState<'_> {
    /// Where it stands, in sentences.
    #[must_use]
    pub fn sentences(&self, agreement: &Agreement, as_of: Date) -> Vec<String> {
        let mut out: Vec<String> = self
            .steps
            .iter()
            .map(|step| {
                let (by, day) = (agreement.name(&step.by), step.on.to_string());
                let values = [("by", by), ("day", day.as_str())];
                match step.what {
                    Examined::Begun => Sentence::StageBegun.fill(&values),
                    Examined::Done => Sentence::StageDone.fill(&values),
                    Examined::AccessDenied => Sentence::AccessDeniedAt.fill(&[
                        values[0],
                        values[1],
                        (
                            "denied",
                            step.denied_by
                                .as_deref()
                                .map_or("somebody not named", |d| agreement.name(d)),
                        ),
                    ]),
                    Examined::LeftOut => Sentence::StageLeftOut.fill(&[
                        values[0],
                        values[1],
                        ("note", step.note.as_deref().unwrap_or("no reason recorded")),
                    ]),
                }
            })
            .collect();
        let over = self.found.is_some()
            || self.steps.iter().any(|s| matches!(s.what, Examined::Done | Examined::LeftOut));
        if let (false, Some(until)) = (over, self.until) {
            let late = until.latest() < Moment::on(as_of).latest();
            let sentence = if late { Sentence::StageLate } else { Sentence::StageOpen };
            out.push(sentence.fill(&[("day", &until.to_string())]));
        }
        out
    }
}

impl Claim {
    /// The claim, with whoever alleges it.
    #[must_use]
    pub fn sentence(&self, agreement: &Agreement) -> String {
        let by = agreement.name(&self.alleged_by);
        match &self.against {
            None => Sentence::Alleged.fill(&[("by", by), ("says", &self.says)]),
            Some(against) => Sentence::AllegedAgainst.fill(&[
                ("by", by),
                ("against", agreement.name(against)),
                ("says", &self.says),
            ]),
        }
    }
}

impl Finding {
    /// What the body found, and everything that belongs to it.
    #[must_use]
    pub fn sentences(&self, agreement: &Agreement) -> Vec<String> {
        let body = agreement.name(&self.body);
        let day = self.on.to_string();
        let sentence = match self.result {
            FindingResult::NotKept => Sentence::FoundNotKept,
            FindingResult::Kept => Sentence::FoundKept,
            FindingResult::Accidental => Sentence::FoundAccidental,
            FindingResult::Unattributable => Sentence::FoundUnattributable,
            FindingResult::Inconclusive => Sentence::FoundInconclusive,
            FindingResult::AccessDenied => Sentence::FoundAccessDenied,
        };
        let mut out = vec![sentence.fill(&[("body", body), ("day", &day), ("says", &self.says)])];
        if let Some(a) = &self.attribution {
            let confidence = match a.confidence {
                Confidence::Low => "low",
                Confidence::Medium => "medium",
                Confidence::High => "high",
            };
            out.push(Sentence::AttributedBy.fill(&[
                ("body", body),
                ("to", agreement.name(&a.to)),
                ("confidence", confidence),
            ]));
        }
        if let Some(v) = &self.vote {
            out.push(Sentence::VoteOf.fill(&[
                ("body", body),
                ("for", &v.in_favour.to_string()),
                ("against", &v.against.to_string()),
                ("abstained", &v.abstained.to_string()),
            ]));
        }
        if let Some(says) = &self.minority {
            out.push(Sentence::MinorityOf.fill(&[("body", body), ("says", says)]));
        }
        let told: Vec<&str> = self.told.iter().map(|id| agreement.name(id)).collect();
        let publication = match self.publication {
            crate::log::Publication::Published => "published",
            crate::log::Publication::Withheld => "not published",
            crate::log::Publication::Undecided => "publication not decided",
        };
        let told = if told.is_empty() { "nobody yet".to_owned() } else { told.join(", ") };
        out.push(Sentence::ToldTo.fill(&[("told", &told), ("publication", publication)]));
        out
    }
}
