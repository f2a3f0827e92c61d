//! Ladders in use, and what would happen by when if somebody began one.

use crate::agreement::Agreement;
use crate::log::{Dispute, DisputeEnd, Entry, Ledger};
use crate::moment::Moment;
use crate::remedy::{Remedy, Silence, Step};
use crate::words::Sentence;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A step with its clock running.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running<'a> {
    /// The step.
    pub step: &'a Step,
    /// From when.
    pub from: Moment,
    /// When the clock runs out.
    pub until: Moment,
}

/// What is asked of a simulation.
#[derive(Debug, Clone, Copy, Default)]
pub struct Assumptions<'a> {
    /// Steps that are left out; only optional ones are.
    pub leave_out: &'a [String],
    /// Days by which the clock of a step is extended.
    pub extend: &'a [(String, u32)],
}

/// How a ladder runs when nothing settles the matter, each step is taken the
/// moment it may be, and every clock runs to its end.
#[must_use]
pub fn simulate<'a>(
    remedy: &'a Remedy,
    start: Moment,
    zone: &TimeZone,
    assumptions: Assumptions<'_>,
) -> Vec<Running<'a>> {
    let mut out: Vec<Running<'a>> = Vec::new();
    // The block of steps side by side: when it began, and when its last clock ends.
    let (mut block, mut end) = (start, start);
    for step in &remedy.steps {
        if step.optional && assumptions.leave_out.contains(&step.id) {
            continue;
        }
        let from = if step.parallel && !out.is_empty() { block } else { end };
        let more: u32 =
            assumptions.extend.iter().filter(|(id, _)| *id == step.id).map(|(_, days)| days).sum();
        let plain = step.clock.moment_after(from, zone);
        let until =
            Moment { day: plain.day.saturating_add(i64::from(more).days()), time: plain.time };
        if from != block {
            end = until;
        }
        block = from;
        if end.latest() < until.latest() {
            end = until;
        }
        out.push(Running { step, from, until });
    }
    out
}

/// What silence does at the end of a step, in words.
#[must_use]
pub fn if_silent(step: &Step) -> String {
    match &step.silence {
        Silence::Next => Sentence::SilentNext.fill(&[]),
        Silence::Lapses => Sentence::SilentLapses.fill(&[]),
        Silence::Restores(what) => Sentence::SilentRestores.fill(&[("what", what)]),
        Silence::Suspends(ids) => Sentence::SilentSuspends.fill(&[("what", &ids.join(", "))]),
    }
}

/// A dispute on a day.
#[derive(Debug, Clone)]
pub struct DisputeState<'a> {
    /// The dispute.
    pub dispute: &'a Dispute,
    /// Its ladder.
    pub remedy: &'a Remedy,
    /// The steps it has been taken to, in order, each with who took it there.
    pub taken: Vec<(Running<'a>, &'a str)>,
    /// How it ended.
    pub over: Option<&'a DisputeEnd>,
}

/// The disputes begun up to a day.
#[must_use]
pub fn disputes<'a>(
    agreement: &'a Agreement,
    ledger: &'a Ledger,
    as_of: Date,
) -> Vec<DisputeState<'a>> {
    let mut out: Vec<DisputeState<'a>> = Vec::new();
    for recorded in &ledger.entries {
        match &recorded.entry {
            Entry::Dispute(d) if d.on.day <= as_of => {
                let Some(remedy) = agreement.remedy(&d.remedy) else { continue };
                let Some(first) = remedy.steps.first() else { continue };
                let until = first.clock.moment_after(d.on, &agreement.zone);
                let taken = vec![(Running { step: first, from: d.on, until }, d.by.as_str())];
                out.push(DisputeState { dispute: d, remedy, taken, over: None });
            }
            Entry::DisputeStep(s) if s.on.day <= as_of => {
                let Some(state) = out.iter_mut().find(|d| d.dispute.id == s.dispute) else {
                    continue;
                };
                let Some(step) = state.remedy.steps.iter().find(|x| x.id == s.step) else {
                    continue;
                };
                let until = step.clock.moment_after(s.on, &agreement.zone);
                state.taken.push((Running { step, from: s.on, until }, &s.by));
            }
            Entry::Extended(e) if e.on.day <= as_of => {
                let Some((dispute, step)) = &e.dispute else { continue };
                for state in out.iter_mut().filter(|d| d.dispute.id == *dispute) {
                    for (running, _) in state.taken.iter_mut().filter(|(r, _)| r.step.id == *step) {
                        running.until.day =
                            running.until.day.saturating_add(i64::from(e.days).days());
                    }
                }
            }
            Entry::DisputeEnd(e) if e.on.day <= as_of => {
                if let Some(state) = out.iter_mut().find(|d| d.dispute.id == e.dispute) {
                    state.over = Some(e);
                }
            }
            _ => {}
        }
    }
    out
}

impl DisputeState<'_> {
    /// Whether it is open.
    #[must_use]
    pub fn open(&self) -> bool {
        self.over.is_none()
    }

    /// Where it stands, in a sentence.
    #[must_use]
    pub fn sentence(&self, agreement: &Agreement, as_of: Date) -> String {
        if let Some(end) = self.over {
            let how = match end.how {
                crate::log::Settled::Settled => "settled",
                crate::log::Settled::Withdrawn => "withdrawn",
                crate::log::Settled::Decided => "decided by the forum",
            };
            return Sentence::DisputeOver.fill(&[("day", &end.on.to_string()), ("how", how)]);
        }
        let Some((running, by)) = self.taken.last() else { return String::new() };
        let out = running.until.latest() < Moment::on(as_of).latest();
        let sentence = if out { Sentence::DisputeRunOut } else { Sentence::DisputeOpen };
        sentence.fill(&[
            ("by", agreement.name(by)),
            ("forum", &running.step.forum),
            ("day", &running.from.to_string()),
            ("end", &running.until.to_string()),
        ])
    }
}
