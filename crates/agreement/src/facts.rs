//! What the log says happened up to a day, by obligation.

use crate::agreement::Agreement;
use crate::log::{Amount, Check, CheckOutcome, Deviation, Entry, Extended, Ledger, Performance};
use crate::moment::Moment;
use crate::trigger::{Known, Reached};
use detente_model::Number;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use num_traits::Zero;
use std::collections::HashMap;

/// A time in which an obligation does not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paused<'a> {
    /// The first day.
    pub from: Date,
    /// The last day; absent while it is open.
    pub until: Option<Date>,
    /// By whom.
    pub by: &'a str,
}

/// A suspension while the log is read: first day, last day, by whom, of what.
type Pause<'a> = (Date, Option<Date>, &'a str, &'a [String]);

/// What is recorded about one obligation.
#[derive(Debug, Clone, Default)]
pub struct Progress<'a> {
    /// What its bearer declared.
    pub performances: Vec<&'a Performance>,
    /// What its verifier checked.
    pub checks: Vec<&'a Check>,
    /// When what was declared reached all that is asked, and by whose word.
    pub performed: Option<(Moment, &'a str)>,
    /// When what was verified reached all that is asked, and by whose word.
    pub verified: Option<(Moment, &'a str)>,
    /// When it was suspended.
    pub paused: Vec<Paused<'a>>,
    /// How many days more were agreed.
    pub more_days: u32,
    /// What the sides agreed may differ.
    pub deviations: Vec<&'a Deviation>,
}

/// What is known on a day.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The agreement.
    pub agreement: &'a Agreement,
    /// The day.
    pub as_of: Date,
    /// By obligation, in the agreement's order.
    pub progress: Vec<Progress<'a>>,
    events: HashMap<&'a str, Moment>,
    index: HashMap<&'a str, usize>,
}

impl Known for Facts<'_> {
    fn event(&self, id: &str) -> Option<Moment> {
        self.events.get(id).copied()
    }

    fn reached(&self, obligation: &str, how_far: Reached) -> Option<Moment> {
        let progress = &self.progress[*self.index.get(obligation)?];
        let said = match how_far {
            Reached::Performed => progress.performed,
            Reached::Verified => progress.verified,
        };
        said.map(|(on, _)| on)
    }

    fn zone(&self) -> &TimeZone {
        &self.agreement.zone
    }
}

/// When something was done, who says so, and how much of it.
type Said<'a> = (Moment, &'a str, Option<&'a Amount>);

/// The moment at which amounts, in order of time, add up to a target, and who
/// said the last; an entry without an amount stands for all of it.
fn reached<'a>(
    entries: impl Iterator<Item = Said<'a>>,
    target: Option<&Number>,
) -> Option<(Moment, &'a str)> {
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|(on, ..)| on.latest());
    let mut sum = num_rational::BigRational::zero();
    for (on, by, amount) in entries {
        match (amount, target) {
            (Some(amount), Some(target)) => {
                sum += amount.0.as_rational();
                if sum >= *target.as_rational() {
                    return Some((on, by));
                }
            }
            _ => return Some((on, by)),
        }
    }
    None
}

impl<'a> Facts<'a> {
    /// What a log says up to a day.
    #[must_use]
    pub fn new(agreement: &'a Agreement, ledger: &'a Ledger, as_of: Date) -> Self {
        let index: HashMap<&str, usize> =
            agreement.obligations.iter().enumerate().map(|(i, o)| (o.id.as_str(), i)).collect();
        let mut facts = Self {
            agreement,
            as_of,
            progress: vec![Progress::default(); agreement.obligations.len()],
            events: HashMap::new(),
            index,
        };
        let mut pauses: HashMap<&str, Pause<'_>> = HashMap::new();
        for recorded in &ledger.entries {
            facts.entry(&recorded.entry, &mut pauses);
        }
        let mut pauses: Vec<_> = pauses.into_values().collect();
        pauses.sort();
        for (from, until, by, obligations) in pauses {
            for id in obligations {
                if let Some(&i) = facts.index.get(id.as_str()) {
                    facts.progress[i].paused.push(Paused { from, until, by });
                }
            }
        }
        for (progress, obligation) in facts.progress.iter_mut().zip(&agreement.obligations) {
            let target = obligation.object.as_ref().and_then(|o| o.quantity.as_ref());
            let declared = progress.performances.iter();
            progress.performed = reached(
                declared.map(|p| (p.on, p.declared_by.as_str(), p.quantity.as_ref())),
                target,
            );
            let verified = progress.checks.iter().filter(|c| c.outcome == CheckOutcome::Verified);
            progress.verified =
                reached(verified.map(|c| (c.on, c.by.as_str(), c.quantity.as_ref())), target);
            // What is verified was done, whether or not it was declared.
            if let Some(verified) = progress.verified
                && progress.performed.is_none_or(|p| verified.0.latest() < p.0.latest())
            {
                progress.performed = Some(verified);
            }
        }
        facts
    }

    fn entry(&mut self, entry: &'a Entry, pauses: &mut HashMap<&'a str, Pause<'a>>) {
        let known = |on: Moment| on.day <= self.as_of;
        match entry {
            Entry::Occurred(e) if known(e.on) => {
                let first = self.events.entry(&e.event).or_insert(e.on);
                if e.on.latest() < first.latest() {
                    *first = e.on;
                }
            }
            Entry::Performance(e) if known(e.on) => {
                self.each(&e.obligation, |p| p.performances.push(e));
            }
            Entry::Check(e) if known(e.on) => self.each(&e.obligation, |p| p.checks.push(e)),
            Entry::Deviation(e) => self.each(&e.obligation, |p| p.deviations.push(e)),
            Entry::Extended(Extended { obligation: Some(id), days, on, .. }) if known(*on) => {
                self.each(id, |p| p.more_days = p.more_days.saturating_add(*days));
            }
            Entry::Suspension(e) => {
                let until = e.until.map(|u| u.day);
                pauses.insert(&e.id, (e.from.day, until, &e.by, &e.obligations));
            }
            Entry::Resumption(e) => {
                if let Some(pause) = pauses.get_mut(e.suspension.as_str()) {
                    let last = e.on.day.yesterday().unwrap_or(e.on.day);
                    pause.1 = Some(pause.1.map_or(last, |until| until.min(last)));
                }
            }
            _ => {}
        }
    }

    fn each(&mut self, id: &str, change: impl FnOnce(&mut Progress<'a>)) {
        if let Some(&i) = self.index.get(id) {
            change(&mut self.progress[i]);
        }
    }
}
