//! What is due, past its day or blocked on a day, and why.

use crate::agreement::Agreement;
use crate::facts::{Facts, Paused};
use crate::log::Deviation;
use crate::moment::Moment;
use crate::obligation::{Duty, Obligation, Recurrence};
use crate::trigger::{Fired, Trigger, fired};
use crate::words::Sentence;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A period of something that recurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// How often it is recorded as done within.
    pub done: u32,
    /// How often is asked.
    pub times: u32,
}

/// Where an obligation stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DueState<'a> {
    /// Its trigger has not come.
    Waiting(Vec<Trigger>),
    /// Its trigger has come; conditions have not.
    Blocked(Vec<Trigger>),
    /// It could begin; these obligations of its group cannot yet.
    BlockedByGroup(Vec<&'a str>),
    /// Suspended.
    Suspended(&'a str, Date),
    /// The sides agreed that it may differ for now.
    Deviates(&'a Deviation),
    /// It opens later.
    NotYet(Date),
    /// It lasts, without a day to be done by.
    InForce(Date),
    /// It recurs: the period that runs, and those that ended with too few.
    Recurs(Period, Vec<Period>),
    /// Due by then.
    Due(Moment),
    /// Past its day (first), within its grace (second).
    Grace(Moment, Moment),
    /// Past all that, and no recorded declaration or check says that all of it was done.
    PastItsDay(Moment),
    /// Done then, as somebody declared; the day it was due by where that was before.
    Done(Moment, &'a str, Option<Moment>),
    /// Ended.
    Ended(Date),
}

impl DueState<'_> {
    /// A word for it, for tables and programs.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Waiting(_) => "waiting",
            Self::Blocked(_) | Self::BlockedByGroup(_) => "blocked",
            Self::Suspended(..) => "suspended",
            Self::Deviates(_) => "agreed deviation",
            Self::NotYet(_) => "not yet",
            Self::InForce(_) => "in force",
            Self::Recurs(_, short) if short.is_empty() => "recurs",
            Self::Recurs(..) => "period short",
            Self::Due(_) => "due",
            Self::Grace(..) => "in grace",
            Self::PastItsDay(_) => "past its day",
            Self::Done(_, _, None) => "done",
            Self::Done(_, _, Some(_)) => "done late",
            Self::Ended(_) => "ended",
        }
    }

    /// The day it must be done by, where that is known and ahead.
    #[must_use]
    pub fn by(&self) -> Option<Moment> {
        match self {
            Self::Due(day) | Self::Grace(_, day) => Some(*day),
            Self::Recurs(period, _) => Some(Moment::on(period.to)),
            _ => None,
        }
    }

    /// The sentence for it.
    #[must_use]
    pub fn sentence(&self, agreement: &Agreement) -> String {
        let what = |triggers: &[Trigger]| waits_for(agreement, triggers);
        match self {
            Self::Waiting(t) => Sentence::Waiting.fill(&[("what", &what(t))]),
            Self::Blocked(t) => Sentence::Blocked.fill(&[("what", &what(t))]),
            Self::BlockedByGroup(ids) => Sentence::BlockedByGroup
                .fill(&[("what", &format!("{}, not begun", ids.join(", ")))]),
            Self::Suspended(by, from) => {
                Sentence::Suspended.fill(&[("day", &from.to_string()), ("by", agreement.name(by))])
            }
            Self::Deviates(d) => {
                let by: Vec<&str> = d.agreed_by.iter().map(|id| agreement.name(id)).collect();
                Sentence::Deviates.fill(&[
                    ("by", &by.join(", ")),
                    ("day", &d.until.to_string()),
                    ("terms", &d.terms),
                ])
            }
            Self::NotYet(day) => Sentence::NotYet.fill(&[("day", &day.to_string())]),
            Self::InForce(day) => Sentence::InForce.fill(&[("day", &day.to_string())]),
            Self::Recurs(now, short) => {
                let one = |p: &Period| {
                    Sentence::PeriodShort.fill(&[
                        ("done", &p.done.to_string()),
                        ("times", &p.times.to_string()),
                        ("from", &p.from.to_string()),
                        ("to", &p.to.to_string()),
                    ])
                };
                let all: Vec<String> =
                    short.iter().rev().take(3).rev().chain([now]).map(one).collect();
                all.join("; ")
            }
            Self::Due(day) => Sentence::Due.fill(&[("day", &day.to_string())]),
            Self::Grace(due, end) => {
                Sentence::Grace.fill(&[("due", &due.to_string()), ("day", &end.to_string())])
            }
            Self::PastItsDay(day) => Sentence::PastItsDay.fill(&[("day", &day.to_string())]),
            Self::Ended(day) => Sentence::Ended.fill(&[("day", &day.to_string())]),
            Self::Done(day, by, due) => {
                let (day, by) = (day.to_string(), agreement.name(by));
                match due {
                    None => Sentence::Done.fill(&[("day", &day), ("by", by)]),
                    Some(due) => Sentence::DoneLate.fill(&[
                        ("day", &day),
                        ("by", by),
                        ("due", &due.to_string()),
                    ]),
                }
            }
        }
    }
}

/// What triggers wait for, in words.
fn waits_for(agreement: &Agreement, triggers: &[Trigger]) -> String {
    let mut out: Vec<String> = Vec::new();
    for trigger in triggers {
        let words = match trigger {
            Trigger::Event(id) => {
                let title = agreement.events.iter().find(|e| e.id == *id).map(|e| &e.title);
                title.map_or(id.clone(), |t| format!("the event “{t}”"))
            }
            Trigger::Obligation(id, crate::trigger::Reached::Verified) => {
                format!("{id} to be verified")
            }
            Trigger::Obligation(id, _) => format!("{id} to be done"),
            _ => "another trigger".to_owned(),
        };
        if !out.contains(&words) {
            out.push(words);
        }
    }
    out.join(", ")
}

/// When an obligation alone could begin.
enum Begins {
    At(Moment),
    Waiting(Vec<Trigger>),
    Blocked(Vec<Trigger>),
}

fn alone(o: &Obligation, facts: &Facts<'_>) -> Begins {
    let mut begins = match fired(&o.trigger, facts) {
        Fired::At(moment) => moment,
        Fired::Waiting(what) => return Begins::Waiting(what),
    };
    let mut missing = Vec::new();
    for condition in &o.conditions {
        match fired(condition, facts) {
            Fired::At(m) if begins.latest() < m.latest() => begins = m,
            Fired::At(_) => {}
            Fired::Waiting(what) => missing.extend(what),
        }
    }
    // What lies ahead keeps nothing from beginning but time.
    if missing.is_empty() {
        Begins::At(begins)
    } else if begins.day > facts.as_of {
        Begins::Waiting(missing)
    } else {
        Begins::Blocked(missing)
    }
}

/// The last of the `count` days after `from` on which the clock runs.
fn tolled(from: Date, to: Date, paused: &[Paused<'_>], as_of: Date) -> Date {
    let mut due = to;
    // Each round adds the paused days newly reached; it ends because pauses do.
    let mut pauses: Vec<(Date, Date)> =
        paused.iter().map(|p| (p.from, p.until.unwrap_or(as_of.max(p.from)))).collect();
    pauses.sort_unstable();
    let mut counted = from;
    for (start, end) in pauses {
        let first = start.max(counted.tomorrow().unwrap_or(Date::MAX));
        if first > due || end < first {
            continue;
        }
        let days = first.until(end).map_or(0, |s| s.get_days()) + 1;
        due = due.saturating_add(days.days());
        counted = end;
    }
    due
}

/// The windows of an obligation that has begun.
struct Window {
    opens: Date,
    due: Option<Moment>,
    grace: Option<Moment>,
}

fn window(o: &Obligation, i: usize, begins: Moment, facts: &Facts<'_>) -> Window {
    let progress = &facts.progress[i];
    let (zone, as_of) = (&facts.agreement.zone, facts.as_of);
    let opens = o.opens.as_ref().map_or(begins.day, |s| s.after(begins.day));
    let shift = |from: Date, end: Moment, more: u32| {
        let plain = end.day.saturating_add(i64::from(more).days());
        let day = tolled(from, plain, &progress.paused, as_of);
        Moment { day, time: end.time }
    };
    let due = o
        .within
        .as_ref()
        .map(|within| shift(begins.day, within.moment_after(begins, zone), progress.more_days));
    let grace = match (due, &o.grace) {
        (Some(due), Some(grace)) => Some(shift(due.day, grace.moment_after(due, zone), 0)),
        _ => None,
    };
    Window { opens, due, grace }
}

/// Whether a moment has passed by the end of a day.
fn passed(moment: Moment, day: Date) -> bool {
    moment.latest() < Moment::on(day).latest()
}

/// Where an obligation stands, and the time it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Where it stands.
    pub state: DueState<'a>,
    /// When it opens, where it has begun or is known to begin.
    pub opens: Option<Date>,
    /// When its window ends, where it has one.
    pub due: Option<Moment>,
}

/// Where every obligation stands at the end of a day, in the agreement's order.
#[must_use]
pub fn due<'a>(facts: &Facts<'a>) -> Vec<Standing<'a>> {
    let obligations = &facts.agreement.obligations;
    let begins: Vec<Begins> = obligations.iter().map(|o| alone(o, facts)).collect();
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, o) in obligations.iter().enumerate() {
        if let Some(group) = &o.group {
            groups.entry(group).or_default().push(i);
        }
    }
    let mut out = Vec::with_capacity(obligations.len());
    for (i, o) in obligations.iter().enumerate() {
        let members = o.group.as_ref().and_then(|g| groups.get(g.as_str()));
        let held: Vec<&str> = members
            .into_iter()
            .flatten()
            .filter(|m| **m != i && !matches!(begins[**m], Begins::At(_)))
            .map(|m| obligations[*m].id.as_str())
            .collect();
        let together = members.into_iter().flatten().filter_map(|m| match begins[*m] {
            Begins::At(moment) => Some(moment),
            _ => None,
        });
        let last = together.max_by_key(|m| m.latest());
        let state = match &begins[i] {
            Begins::Waiting(what) => Err(DueState::Waiting(what.clone())),
            Begins::Blocked(what) => Err(DueState::Blocked(what.clone())),
            Begins::At(_) if !held.is_empty() => Err(DueState::BlockedByGroup(held)),
            Begins::At(own) => Ok(last.unwrap_or(*own)),
        };
        let window = state.as_ref().ok().map(|begins| window(o, i, *begins, facts));
        out.push(Standing {
            opens: window.as_ref().map(|w| w.opens),
            due: window.as_ref().and_then(|w| w.due),
            state: stands(o, i, state, window, facts),
        });
    }
    out
}

fn stands<'a>(
    o: &'a Obligation,
    i: usize,
    begins: Result<Moment, DueState<'a>>,
    window: Option<Window>,
    facts: &Facts<'a>,
) -> DueState<'a> {
    let (progress, as_of) = (&facts.progress[i], facts.as_of);
    let one_act = matches!(o.duty, Duty::Act(_)) && o.recurs.is_none();
    if let (true, Some((done, by))) = (one_act, progress.performed) {
        let last = window.as_ref().and_then(|w| w.grace.or(w.due));
        let late = last.filter(|last| last.latest() < done.latest());
        return DueState::Done(done, by, late);
    }
    if let Some(Fired::At(end)) = o.until.as_ref().map(|u| fired(u, facts))
        && end.day <= as_of
    {
        return DueState::Ended(end.day);
    }
    let (begins, window) = match (begins, window) {
        (Ok(begins), Some(window)) => (begins, window),
        (Err(state), _) => return state,
        (Ok(begins), None) => return DueState::NotYet(begins.day),
    };
    if begins.day > as_of {
        return DueState::NotYet(window.opens);
    }
    let covers =
        |from: Date, until: Option<Date>| from <= as_of && until.is_none_or(|u| as_of <= u);
    if let Some(pause) = progress.paused.iter().find(|p| covers(p.from, p.until)) {
        return DueState::Suspended(pause.by, pause.from);
    }
    if let Some(d) = progress.deviations.iter().find(|d| covers(d.from.day, Some(d.until.day))) {
        return DueState::Deviates(d);
    }
    if as_of < window.opens {
        return DueState::NotYet(window.opens);
    }
    if let Some(recurrence) = &o.recurs {
        return recurs(recurrence, window.opens, i, facts);
    }
    match (window.due, window.grace) {
        (None, _) => DueState::InForce(window.opens),
        (Some(due), _) if !passed(due, as_of) => DueState::Due(due),
        (Some(due), Some(grace)) if !passed(grace, as_of) => DueState::Grace(due, grace),
        (Some(due), grace) => DueState::PastItsDay(grace.unwrap_or(due)),
    }
}

/// The periods since something that recurs opened. Each begins where a whole
/// number of spans after the opening ends, so that months do not drift.
fn recurs<'a>(r: &Recurrence, opens: Date, i: usize, facts: &Facts<'a>) -> DueState<'a> {
    let days: Vec<Date> = facts.progress[i].performances.iter().map(|p| p.on.day).collect();
    let mut short = Vec::new();
    let mut from = opens;
    let mut many = r.every.clone();
    loop {
        let next = many.after(opens);
        let to = next.yesterday().unwrap_or(next);
        let done = days.iter().filter(|d| (from..=to).contains(d)).count();
        let done = u32::try_from(done).unwrap_or(u32::MAX);
        let period = Period { from, to, done, times: r.times };
        if facts.as_of <= to || next <= from {
            return DueState::Recurs(period, short);
        }
        let paused = facts.progress[i]
            .paused
            .iter()
            .any(|p| p.from <= to && p.until.is_none_or(|u| u >= from));
        if done < r.times && !paused {
            short.push(period);
        }
        from = next;
        many.count = many.count.saturating_add(r.every.count);
    }
}
