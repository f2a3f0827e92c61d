//! Whether what a log says fits the agreement it is about.

use crate::agreement::Agreement;
use crate::log::{Entry, Ledger, Recorded};
use crate::participant::Role;
use std::collections::{HashMap, HashSet};

/// A line that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineProblem {
    /// Its number.
    pub line: u64,
    /// A stable identifier.
    pub code: &'static str,
    /// What.
    pub message: String,
    /// How to mend it.
    pub hint: String,
}

struct Lines<'a> {
    agreement: &'a Agreement,
    ledger: &'a Ledger,
    participants: HashSet<&'a str>,
    obligations: HashSet<&'a str>,
    incidents: HashSet<&'a str>,
    findings: HashSet<&'a str>,
    disputes: HashMap<&'a str, &'a str>,
    suspensions: HashSet<&'a str>,
    out: Vec<LineProblem>,
}

/// Everything in the log that does not fit.
#[must_use]
pub fn entry_problems(agreement: &Agreement, ledger: &Ledger) -> Vec<LineProblem> {
    let mut lines = Lines {
        agreement,
        ledger,
        participants: agreement.participants.iter().map(|p| p.id.as_str()).collect(),
        obligations: agreement.obligations.iter().map(|o| o.id.as_str()).collect(),
        incidents: HashSet::new(),
        findings: HashSet::new(),
        disputes: HashMap::new(),
        suspensions: HashSet::new(),
        out: Vec::new(),
    };
    for (line, claim) in &ledger.claims {
        if claim.alleged_by.trim().is_empty() || claim.says.trim().is_empty() {
            lines.wrong(
                *line,
                "claim-without-source",
                "a claim without who alleges it, or without words",
                "give `alleged_by` and `says`",
            );
        }
    }
    // Claims beyond the kept ones are checked here too: by what they are about.
    for about in ledger.claims_about.keys() {
        if !lines.obligations.contains(about.as_str()) {
            let line =
                ledger.claims.iter().find(|(_, c)| c.about.contains(about)).map_or(0, |(l, _)| *l);
            lines.wrong(
                line,
                "unknown-obligation",
                format!("a claim is about `{about}`, which is no obligation"),
                "correct the id; a claim about none leaves `about` empty",
            );
        }
    }
    for recorded in &ledger.entries {
        lines.entry(recorded);
    }
    lines.out
}

/// What does not fit in the last line alone: what to ask before adding one.
#[must_use]
pub fn last_entry_problems(agreement: &Agreement, ledger: &Ledger, line: u64) -> Vec<LineProblem> {
    let all = entry_problems(agreement, ledger);
    all.into_iter().filter(|p| p.line == line || p.line == 0).collect()
}

impl<'a> Lines<'a> {
    fn wrong(
        &mut self,
        line: u64,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.out.push(LineProblem { line, code, message: message.into(), hint: hint.into() });
    }

    fn obligation(&mut self, line: u64, id: &str) {
        if !self.obligations.contains(id) {
            self.wrong(
                line,
                "unknown-obligation",
                format!("there is no obligation `{id}`"),
                "correct the id",
            );
        }
    }

    fn participant(&mut self, line: u64, id: &str) {
        if !self.participants.contains(id) {
            self.wrong(
                line,
                "unknown-participant",
                format!("`{id}` is no participant"),
                "correct the id",
            );
        }
    }

    fn incident(&mut self, line: u64, id: &str) {
        if !self.incidents.contains(id) {
            self.wrong(
                line,
                "unknown-incident",
                format!("there is no incident `{id}` before this line"),
                "open it first",
            );
        }
    }

    fn claims(&mut self, line: u64, claims: &[String]) {
        if claims.is_empty() {
            self.wrong(
                line,
                "incident-without-claims",
                "an incident is made of claims, and here is none",
                "name at least one",
            );
        }
        for id in claims {
            if self.ledger.claim_line(id).is_none_or(|l| l > line) {
                self.wrong(
                    line,
                    "unknown-claim",
                    format!("there is no claim `{id}` before this line"),
                    "correct the id",
                );
            }
        }
    }

    fn several(&mut self, line: u64, who: &[String], what: &str) {
        for id in who {
            self.participant(line, id);
        }
        if who.iter().collect::<HashSet<_>>().len() < 2 {
            self.wrong(
                line,
                "not-agreed",
                format!("{what} is agreed by at least two"),
                "name everybody who agreed in `agreed_by`",
            );
        }
    }

    fn body(&mut self, line: u64, id: &str) {
        let known = self.agreement.participants.iter().find(|p| p.id == id);
        if !known.is_some_and(|p| p.is(Role::Body) || p.is(Role::Verifier)) {
            self.wrong(line, "finding-without-body", format!("`{id}` is no body or verifier of this agreement, so it finds nothing"), "name the body that found, with the role `body` or `verifier`; what others say is a claim");
        }
    }

    fn dispute_step(&mut self, line: u64, dispute: &str, step: Option<&str>) {
        let Some(remedy) = self.disputes.get(dispute).copied() else {
            self.wrong(
                line,
                "unknown-dispute",
                format!("there is no dispute `{dispute}` before this line"),
                "open it first",
            );
            return;
        };
        let steps = self.agreement.remedy(remedy).map_or(&[][..], |r| &r.steps);
        if step.is_some_and(|step| !steps.iter().any(|s| s.id == step)) {
            self.wrong(
                line,
                "unknown-step",
                format!("`{remedy}` has no step `{}`", step.unwrap_or_default()),
                "name one of its steps",
            );
        }
    }

    fn entry(&mut self, recorded: &'a Recorded) {
        let line = recorded.seq;
        match &recorded.entry {
            Entry::Claim(_) => {}
            Entry::Incident(e) => {
                self.claims(line, &e.claims);
                if !self.incidents.insert(&e.id) {
                    self.wrong(
                        line,
                        "repeated-id",
                        format!("there is already an incident `{}`", e.id),
                        "add claims with `incident-claims`",
                    );
                }
            }
            Entry::IncidentClaims(e) => {
                self.incident(line, &e.incident);
                self.claims(line, &e.claims);
            }
            Entry::Examination(e) => {
                self.incident(line, &e.incident);
                self.participant(line, &e.by);
                if !self.agreement.pipeline.stages.iter().any(|s| s.id == e.stage) {
                    self.wrong(
                        line,
                        "unknown-stage",
                        format!("the pipeline has no stage `{}`", e.stage),
                        "name one of its stages",
                    );
                }
            }
            Entry::Finding(e) => {
                self.incident(line, &e.incident);
                self.body(line, &e.body);
                if !self.findings.insert(&e.id) {
                    self.wrong(
                        line,
                        "repeated-id",
                        format!("there is already a finding `{}`", e.id),
                        "give it another id",
                    );
                }
                for id in &e.about {
                    self.obligation(line, id);
                }
                for id in e.told.iter().chain(e.attribution.iter().map(|a| &a.to)) {
                    self.participant(line, id);
                }
            }
            Entry::Performance(e) => {
                self.obligation(line, &e.obligation);
                self.participant(line, &e.declared_by);
            }
            Entry::Check(e) => {
                self.obligation(line, &e.obligation);
                self.participant(line, &e.by);
            }
            Entry::Assessment(e) => {
                self.obligation(line, &e.obligation);
                if e.score.is_some() == e.not_assessable.is_some() || e.score.is_some_and(|s| s > 3)
                {
                    self.wrong(
                        line,
                        "score",
                        "an assessment has a score from 0 to 3, or says why there is none",
                        "give `score` or `not_assessable`, not both",
                    );
                }
            }
            Entry::Occurred(e) => {
                if !self.agreement.events.iter().any(|known| known.id == e.event) {
                    self.wrong(
                        line,
                        "unknown-event",
                        format!("there is no event `{}`", e.event),
                        "correct the id, or add it to `events`",
                    );
                }
            }
            Entry::Deviation(e) => {
                self.obligation(line, &e.obligation);
                self.several(line, &e.agreed_by, "a deviation");
                if e.until.latest() < e.from.latest() {
                    self.wrong(
                        line,
                        "deviation-window",
                        "the deviation ends before it begins",
                        "correct `from` or `until`",
                    );
                }
            }
            Entry::Suspension(e) => {
                for id in &e.obligations {
                    self.obligation(line, id);
                }
                self.participant(line, &e.by);
                self.suspensions.insert(&e.id);
                if e.until.is_some_and(|u| u.day < e.from.day) {
                    self.wrong(
                        line,
                        "suspension-window",
                        "the suspension ends before it begins",
                        "correct `from` or `until`",
                    );
                }
            }
            Entry::Resumption(e) => {
                if !self.suspensions.contains(e.suspension.as_str()) {
                    self.wrong(
                        line,
                        "unknown-suspension",
                        format!("there is no suspension `{}` before this line", e.suspension),
                        "correct the id",
                    );
                }
            }
            Entry::Extended(e) => {
                self.several(line, &e.agreed_by, "an extension");
                match (&e.obligation, &e.dispute) {
                    (Some(id), None) => self.obligation(line, id),
                    (None, Some((dispute, step))) => self.dispute_step(line, dispute, Some(step)),
                    _ => self.wrong(
                        line,
                        "extension-of-what",
                        "an extension is of an obligation or of a step of a dispute",
                        "give `obligation`, or `dispute: [id, step]`",
                    ),
                }
            }
            Entry::Dispute(e) => {
                for id in &e.about {
                    self.obligation(line, id);
                }
                self.participant(line, &e.by);
                match self.agreement.remedy(&e.remedy) {
                    None => self.wrong(
                        line,
                        "unknown-remedy",
                        format!("there is no remedy `{}`", e.remedy),
                        "name one of `remedies`",
                    ),
                    Some(r) if !r.by.contains(&e.by) => self.wrong(
                        line,
                        "not-entitled",
                        format!("`{}` may not trigger `{}`", e.by, r.id),
                        format!("these may: {}", r.by.join(", ")),
                    ),
                    Some(_) => {}
                }
                self.disputes.insert(&e.id, &e.remedy);
            }
            Entry::DisputeStep(e) => {
                self.dispute_step(line, &e.dispute, Some(&e.step));
                self.participant(line, &e.by);
            }
            Entry::DisputeEnd(e) => self.dispute_step(line, &e.dispute, None),
            Entry::Ratified(e) => {
                self.participant(line, &e.party);
                if self.agreement.instrument(&e.instrument).is_none() {
                    self.wrong(
                        line,
                        "unknown-instrument",
                        format!("there is no instrument `{}`", e.instrument),
                        "correct the id",
                    );
                }
            }
            Entry::Correction(_) => {}
        }
    }
}
