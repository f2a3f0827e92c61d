//! Whether the parts of an agreement fit together.

mod cycle;
mod entries;

pub use cycle::cycle;
pub use entries::{LineProblem, entry_problems, last_entry_problems};

use crate::agreement::Agreement;
use crate::instrument::Instrument;
use crate::obligation::Obligation;
use crate::participant::Role;
use crate::trigger::{Span, Trigger, Unit};
use crate::verify::role_in;
use crate::zone::overlaps;
use detente_model::diagnostic::Severity;
use std::collections::HashSet;

/// A part of an agreement, to say where a problem is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each names what it is the id of")]
pub enum Item {
    Agreement,
    Participant(String),
    Instrument(String),
    Clause(String),
    Calendar(String),
    Event(String),
    Zone(String),
    Obligation(String),
    Remedy(String),
    Pipeline,
}

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub item: Item,
    /// How bad.
    pub severity: Severity,
    /// A stable identifier.
    pub code: &'static str,
    /// What.
    pub message: String,
    /// How to mend it.
    pub hint: String,
}

struct Check<'a> {
    agreement: &'a Agreement,
    participants: HashSet<&'a str>,
    events: HashSet<&'a str>,
    obligations: HashSet<&'a str>,
    zones: HashSet<&'a str>,
    out: Vec<Problem>,
}

/// Everything that does not fit.
#[must_use]
pub fn problems(agreement: &Agreement) -> Vec<Problem> {
    let mut check = Check {
        agreement,
        participants: agreement.participants.iter().map(|p| p.id.as_str()).collect(),
        events: agreement.events.iter().map(|e| e.id.as_str()).collect(),
        obligations: agreement.obligations.iter().map(|o| o.id.as_str()).collect(),
        zones: agreement.zones.iter().map(|z| z.id.as_str()).collect(),
        out: Vec::new(),
    };
    check.ids();
    for instrument in &agreement.instruments {
        check.instrument(instrument);
    }
    check.zones();
    for obligation in &agreement.obligations {
        check.obligation(obligation);
    }
    check.remedies();
    check.pipeline();
    if check.out.is_empty()
        && let Some(cycle) = cycle(agreement)
    {
        check.error(
            Item::Obligation(cycle[0].clone()),
            "cycle",
            format!("these wait for one another in a circle: {}", cycle.join(" → ")),
            "let one of them begin on a day, after an event, or in the same group as the other",
        );
    }
    check.out
}

impl<'a> Check<'a> {
    fn error(
        &mut self,
        item: Item,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let (message, hint) = (message.into(), hint.into());
        self.out.push(Problem { item, severity: Severity::Error, code, message, hint });
    }

    fn ids(&mut self) {
        type Kind = fn(String) -> Item;
        let a = self.agreement;
        self.plain(Item::Agreement, &a.id);
        let groups: [(Vec<&str>, Kind); 6] = [
            (a.participants.iter().map(|p| p.id.as_str()).collect(), Item::Participant),
            (a.instruments.iter().map(|p| p.id.as_str()).collect(), Item::Instrument),
            (a.obligations.iter().map(|p| p.id.as_str()).collect(), Item::Obligation),
            (a.zones.iter().map(|p| p.id.as_str()).collect(), Item::Zone),
            (a.remedies.iter().map(|p| p.id.as_str()).collect(), Item::Remedy),
            (a.events.iter().map(|p| p.id.as_str()).collect(), Item::Event),
        ];
        for (ids, item) in groups {
            let mut seen = HashSet::new();
            for id in ids {
                self.plain(item(id.to_owned()), id);
                if !seen.insert(id) {
                    self.error(
                        item(id.to_owned()),
                        "repeated-id",
                        format!("`{id}` is there twice"),
                        "ids are never used again; give one of them another",
                    );
                }
            }
        }
    }

    /// Ids stand in lines of signed text, so they hold nothing that could end one.
    fn plain(&mut self, item: Item, id: &str) {
        let fine = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if id.is_empty() || !id.chars().all(fine) {
            self.error(
                item,
                "bad-id",
                format!("`{id}` is no id"),
                "use letters, digits, `-`, `_` and `.`",
            );
        }
    }

    fn known(&mut self, item: &Item, id: &str, what: &str) {
        if !self.participants.contains(id) {
            self.error(
                item.clone(),
                "unknown-participant",
                format!("{what} `{id}` is no participant"),
                format!(
                    "add `{{id: {id}, name: …, role: …}}` to `participants`, or correct the id"
                ),
            );
        }
    }

    fn instrument(&mut self, instrument: &Instrument) {
        let item = Item::Instrument(instrument.id.clone());
        let all = instrument.parties.iter().chain(&instrument.witnesses);
        for who in all.chain(&instrument.guarantors).chain(&instrument.depositary) {
            self.known(&item, who, "the signatory");
        }
        if instrument.parties.is_empty() {
            self.error(
                item.clone(),
                "no-parties",
                "this instrument has no parties",
                "add `parties: […]`",
            );
        }
        for language in &instrument.authentic {
            if !instrument.languages.contains(language) {
                self.error(
                    item.clone(),
                    "authentic-language",
                    format!("`{language}` is authentic but not among the languages"),
                    "add it to `languages`",
                );
            }
        }
        let order = [
            ("signed", instrument.signed),
            ("effective", instrument.effective),
            ("terminated", instrument.terminated),
        ];
        let given: Vec<_> = order.iter().filter_map(|(n, d)| d.map(|d| (*n, d))).collect();
        for pair in given.windows(2) {
            if pair[1].1 < pair[0].1 && pair[1].0 == "terminated" {
                self.error(
                    item.clone(),
                    "dates-out-of-order",
                    format!(
                        "{} on {} is before {} on {}",
                        pair[1].0, pair[1].1, pair[0].0, pair[0].1
                    ),
                    "correct one of the days",
                );
            }
        }
        for other in instrument.amends.iter().chain(&instrument.supersedes) {
            if *other == instrument.id || self.agreement.instrument(other).is_none() {
                self.error(
                    item.clone(),
                    "unknown-instrument",
                    format!("there is no other instrument `{other}` it could amend or supersede"),
                    "name one by its id",
                );
            }
        }
        for r in &instrument.ratifications {
            self.known(&item, &r.party, "the ratifying party");
        }
        self.mandates(instrument, &item);
        let mut seen = HashSet::new();
        for clause in &instrument.clauses {
            let at = Item::Clause(format!("{}#{}", instrument.id, clause.id));
            self.plain(at.clone(), &clause.id);
            if !seen.insert(&clause.id) {
                self.error(
                    at.clone(),
                    "repeated-id",
                    format!("clause `{}` is there twice", clause.id),
                    "clause ids are stable and never used again",
                );
            }
            for (language, _) in &clause.texts {
                if !instrument.languages.contains(language) {
                    self.error(
                        at.clone(),
                        "clause-language",
                        format!(
                            "the text in `{language}` is in none of the instrument's languages"
                        ),
                        "add it to `languages`",
                    );
                }
            }
            for language in instrument.binding_languages() {
                if !clause.texts.iter().any(|(l, _)| l == language) {
                    self.error(
                        at.clone(),
                        "clause-language",
                        format!("the clause has no text in `{language}`, which binds"),
                        "add it, or do not list the language as authentic",
                    );
                }
            }
            if let Some(reference) = &clause.replaces
                && self.agreement.clause(reference).is_none()
            {
                self.error(
                    at,
                    "unknown-clause",
                    format!("there is no clause `{reference}` to replace"),
                    "write `instrument#clause`",
                );
            }
        }
    }

    fn mandates(&mut self, instrument: &Instrument, item: &Item) {
        let mut seen = HashSet::new();
        let mut keys = HashSet::new();
        for mandate in &instrument.mandates {
            let who = &mandate.participant;
            if role_in(instrument, who).is_none() {
                self.error(
                    item.clone(),
                    "mandate-without-role",
                    format!("there is a mandate for `{who}`, who has no part in this instrument"),
                    "add it to parties, guarantors, witnesses or depositary",
                );
            }
            if !seen.insert(who) {
                self.error(
                    item.clone(),
                    "repeated-mandate",
                    format!("`{who}` has two mandates"),
                    "put the keys into one",
                );
            }
            if mandate.threshold == 0 || mandate.threshold > mandate.keys.len() {
                self.error(
                    item.clone(),
                    "threshold",
                    format!(
                        "{} of {} keys must sign for `{who}`",
                        mandate.threshold,
                        mandate.keys.len()
                    ),
                    "the threshold is at least 1 and at most the number of keys",
                );
            }
            for (holder, key) in &mandate.keys {
                if !keys.insert(key.to_hex()) {
                    self.error(
                        item.clone(),
                        "repeated-key",
                        format!("the key of {holder} is in the mandates twice"),
                        "every key signs for one delegation, once",
                    );
                }
                if holder.is_empty() || holder.chars().any(char::is_control) {
                    self.error(
                        item.clone(),
                        "bad-holder",
                        "a key's holder has no name, or one with control characters".to_owned(),
                        "write the name of who holds it",
                    );
                }
            }
        }
        for party in &instrument.parties {
            if !instrument.mandates.is_empty() && !seen.contains(party) {
                self.error(
                    item.clone(),
                    "party-without-mandate",
                    format!("nobody has a mandate to sign for `{party}`"),
                    "add its keys to `mandates`",
                );
            }
        }
    }

    fn zones(&mut self) {
        for zone in &self.agreement.zones {
            if let Some(flaw) = zone.flaw() {
                self.error(Item::Zone(zone.id.clone()), "zone-outline", format!("the outline of `{}` is none: {flaw}", zone.id), "rings are closed, do not cross themselves, and lie within longitudes −180 to 180 and latitudes −90 to 90");
            }
        }
        if self.out.iter().any(|p| p.code == "zone-outline") {
            return;
        }
        let zones = &self.agreement.zones;
        for (a, b) in overlaps(zones) {
            self.error(
                Item::Zone(zones[b].id.clone()),
                "zones-overlap",
                format!(
                    "`{}` and `{}` share ground, though they are exclusive",
                    zones[a].id, zones[b].id
                ),
                "correct one of the outlines; a common border is fine",
            );
        }
    }

    fn trigger(&mut self, item: &Item, trigger: &Trigger) {
        let mut unknown = Vec::new();
        trigger.walk(&mut |t| match t {
            Trigger::Event(id) if !self.events.contains(id.as_str()) => {
                unknown.push(("event", id.clone()));
            }
            Trigger::Obligation(id, _) if !self.obligations.contains(id.as_str()) => {
                unknown.push(("obligation", id.clone()));
            }
            Trigger::All(parts) | Trigger::Any(parts) if parts.is_empty() => {
                unknown.push(("part", String::new()));
            }
            _ => {}
        });
        for (what, id) in unknown {
            let (message, hint) = if what == "part" {
                (
                    "`all` or `any` of nothing is no trigger".to_owned(),
                    "give a list of triggers".to_owned(),
                )
            } else {
                (
                    format!("it waits for the {what} `{id}`, which there is not"),
                    format!("add it to `{what}s`, or correct the id"),
                )
            };
            self.error(item.clone(), "unknown-trigger", message, hint);
        }
    }

    fn obligation(&mut self, o: &Obligation) {
        let item = Item::Obligation(o.id.clone());
        self.known(&item, &o.bearer, "the bearer");
        for who in o.beneficiaries.iter().chain(&o.verifier) {
            self.known(&item, who, "its");
        }
        let reference = format!("{}#{}", o.pin.instrument, o.pin.clause);
        match self.agreement.clause(&reference) {
            None => self.error(
                item.clone(),
                "unknown-clause",
                format!("it is pinned to `{reference}`, which there is not"),
                "write `instrument#clause`",
            ),
            Some(clause) => {
                if let Some((language, sha256)) = &o.pin.text
                    && clause.text_sha256(language).as_deref() != Some(sha256)
                {
                    self.error(item.clone(), "clause-changed", format!("the text of `{reference}` ({language}) is not the one it was read from"), "read the clause again, then pin the obligation to its new SHA-256 (`detente agreement show`)");
                }
            }
        }
        self.trigger(&item, &o.trigger);
        for condition in o.conditions.iter().chain(&o.until) {
            self.trigger(&item, condition);
        }
        if let (Some(opens), Some(within)) = (&o.opens, &o.within)
            && shorter(within, opens)
        {
            self.error(
                item.clone(),
                "window",
                format!("its window ends after {within}, before it opens after {opens}"),
                "`within` counts from the trigger, like `opens`",
            );
        }
        if matches!(o.duty, crate::Duty::Omission(_)) && (o.within.is_some() || o.recurs.is_some())
        {
            self.error(
                item.clone(),
                "omission-window",
                "an omission lasts; it is not due by a day",
                "leave `within` and `every` out; `until` says when it ends",
            );
        }
        if o.grace.is_some() && o.within.is_none() {
            self.error(
                item.clone(),
                "grace-without-window",
                "it has a grace period and no window",
                "add `within`, or leave `grace` out",
            );
        }
        if let Some(r) = &o.recurs
            && (r.times == 0
                || r.every.count == 0
                || r.every.unit == Unit::Hours
                || o.within.is_some())
        {
            self.error(item.clone(), "recurrence", "it recurs, but not in a way that can be counted", "write `every: {span: 1 month, times: 2}` in days, weeks, months or years, without `within`");
        }
        if let Some(zone) = &o.zone
            && !self.zones.contains(zone.as_str())
        {
            self.error(
                item.clone(),
                "unknown-zone",
                format!("there is no zone `{zone}`"),
                "add it to `zones`, or correct the id",
            );
        }
        if let Some(remedy) = &o.remedy
            && self.agreement.remedy(remedy).is_none()
        {
            self.error(
                item.clone(),
                "unknown-remedy",
                format!("there is no remedy `{remedy}`"),
                "add it to `remedies`, or correct the id",
            );
        }
        if let Some(object) = &o.object
            && (object.quantity.as_ref().is_some_and(|q| !q.is_positive())
                || object.ceiling.as_ref().is_some_and(detente_model::Number::is_negative))
        {
            self.error(
                item,
                "quantity",
                "what is counted is not above zero",
                "quantities are above zero, ceilings zero or more",
            );
        }
    }

    fn remedies(&mut self) {
        for remedy in &self.agreement.remedies {
            let item = Item::Remedy(remedy.id.clone());
            for who in remedy.by.iter().chain(remedy.steps.iter().flat_map(|s| &s.by)) {
                self.known(&item, who, "who may trigger it,");
            }
            if remedy.steps.is_empty() || remedy.by.is_empty() {
                self.error(
                    item.clone(),
                    "empty-remedy",
                    "a ladder has steps, and somebody who may trigger it",
                    "add `steps` and `by`",
                );
            }
            if remedy.steps.first().is_some_and(|s| s.parallel) {
                self.error(
                    item.clone(),
                    "parallel-first",
                    "the first step runs beside none before it",
                    "leave `parallel` out there",
                );
            }
            let mut seen = HashSet::new();
            for step in &remedy.steps {
                if !seen.insert(&step.id) {
                    self.error(
                        item.clone(),
                        "repeated-id",
                        format!("the step `{}` is there twice", step.id),
                        "give one of them another id",
                    );
                }
                if let crate::remedy::Silence::Suspends(ids) = &step.silence {
                    for id in ids {
                        if !self.obligations.contains(id.as_str()) {
                            self.error(
                                item.clone(),
                                "unknown-obligation",
                                format!("it suspends `{id}`, which is no obligation"),
                                "correct the id",
                            );
                        }
                    }
                }
            }
            if let Some(clause) = &remedy.clause
                && self.agreement.clause(clause).is_none()
            {
                self.error(
                    item,
                    "unknown-clause",
                    format!("there is no clause `{clause}`"),
                    "write `instrument#clause`",
                );
            }
        }
    }

    fn pipeline(&mut self) {
        let stages = &self.agreement.pipeline.stages;
        let mut seen = HashSet::new();
        for stage in stages {
            self.known(&Item::Pipeline, &stage.by, "who examines,");
            if !seen.insert(&stage.id) {
                self.error(
                    Item::Pipeline,
                    "repeated-id",
                    format!("the stage `{}` is there twice", stage.id),
                    "give one of them another id",
                );
            }
            let body = self.agreement.participants.iter().find(|p| p.id == stage.by);
            if stage.finds && !body.is_some_and(|p| p.is(Role::Body) || p.is(Role::Verifier)) {
                self.error(
                    Item::Pipeline,
                    "finding-by-no-body",
                    format!("`{}` is no body or verifier, so it finds nothing", stage.by),
                    "give it the role `body`, or let a body find",
                );
            }
        }
    }
}

/// Whether one span is surely shorter than another, counted from one day.
fn shorter(a: &Span, b: &Span) -> bool {
    let from = jiff::civil::date(2031, 1, 1);
    a.after(from) < b.after(from)
}
