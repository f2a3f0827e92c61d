//! What is due on each day, against a simulation that walks from day to day.
//!
//! `DUE_NETWORKS` sets how many random networks are tried (400 by default).

#![allow(clippy::unwrap_used, reason = "tests say what went wrong by failing")]

use detente_agreement::due::{DueState, due};
use detente_agreement::facts::Facts;
use detente_agreement::log::{
    Check, CheckOutcome, Deviation, Entry, Extended, Ledger, Occurred, Performance, Recorded,
    Suspension,
};
use detente_agreement::sound::cycle;
use detente_agreement::trigger::{Reached, Span, Trigger, Unit};
use detente_agreement::{Agreement, Duty, Moment, Obligation, Pin};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::collections::HashMap;

const START: Date = date(2031, 1, 20);
const DAYS: i64 = 120;

struct Draw(ChaCha8Rng);

impl Draw {
    fn below(&mut self, n: u64) -> u64 {
        self.0.next_u64() % n
    }
    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
    fn day(&mut self) -> Date {
        START + i64::try_from(self.below(90)).unwrap().days()
    }
    fn span(&mut self, most: u64) -> Span {
        let count = u32::try_from(self.below(most + 1)).unwrap();
        let (count, unit) = match self.below(6) {
            0 => (count / 7, Unit::Weeks),
            1 => (count / 20, Unit::Months),
            _ => (count, Unit::Days),
        };
        Span { count, unit, calendar: None }
    }
    fn trigger(&mut self, obligations: u64, depth: u64) -> Trigger {
        let kinds = if depth == 0 { 3 } else { 6 };
        match self.below(kinds) {
            1 => Trigger::Event(format!("e{}", self.below(3))),
            2 if obligations > 0 => {
                let how_far = if self.one_in(2) { Reached::Performed } else { Reached::Verified };
                Trigger::Obligation(format!("o{}", self.below(obligations)), how_far)
            }
            3 => {
                let span = self.span(30);
                Trigger::After(span, Box::new(self.trigger(obligations, depth - 1)))
            }
            4 => Trigger::All((0..2).map(|_| self.trigger(obligations, depth - 1)).collect()),
            5 => Trigger::Any((0..2).map(|_| self.trigger(obligations, depth - 1)).collect()),
            _ => Trigger::On(self.day()),
        }
    }
}

fn obligation(draw: &mut Draw, i: u64, all: u64) -> Obligation {
    // Mostly backwards, so that most networks have no circle.
    let reach = if draw.one_in(12) { all } else { i };
    let maybe = |draw: &mut Draw, most| draw.one_in(3).then(|| draw.span(most));
    let within = (!draw.one_in(5)).then(|| draw.span(40));
    Obligation {
        id: format!("o{i}"),
        pin: Pin { instrument: "main".into(), clause: "1".into(), text: None },
        theme: None,
        bearer: "north".into(),
        beneficiaries: Vec::new(),
        duty: Duty::Act("act".into()),
        object: None,
        zone: None,
        trigger: draw.trigger(reach, 2),
        group: draw.one_in(3).then(|| format!("g{}", draw.below(2))),
        conditions: if draw.one_in(4) { vec![draw.trigger(reach, 1)] } else { Vec::new() },
        opens: maybe(draw, 10),
        grace: within.is_some().then(|| maybe(draw, 10)).flatten(),
        within,
        until: draw.one_in(6).then(|| draw.trigger(reach, 1)),
        recurs: None,
        verifier: None,
        method: None,
        evidence: Vec::new(),
        remedy: None,
    }
}

fn history(draw: &mut Draw, all: u64) -> Vec<Entry> {
    let mut out = Vec::new();
    for e in 0..3 {
        if !draw.one_in(4) {
            let on = draw.day().into();
            out.push(Entry::Occurred(Occurred { event: format!("e{e}"), on, note: None }));
        }
    }
    for i in 0..all {
        let id = format!("o{i}");
        if draw.one_in(2) {
            let on = draw.day();
            out.push(Entry::Performance(Performance {
                obligation: id.clone(),
                on: on.into(),
                declared_by: "north".into(),
                quantity: None,
                note: None,
            }));
            if draw.one_in(2) {
                let later = i64::try_from(draw.below(15)).unwrap();
                out.push(Entry::Check(Check {
                    obligation: id.clone(),
                    on: (on + later.days()).into(),
                    by: "eye".into(),
                    outcome: CheckOutcome::Verified,
                    quantity: None,
                    note: None,
                }));
            }
        }
        for k in 0..draw.below(3) {
            let from = draw.day();
            let long = i64::try_from(draw.below(20)).unwrap();
            out.push(Entry::Suspension(Suspension {
                id: format!("s{i}-{k}"),
                obligations: vec![id.clone()],
                from: from.into(),
                until: (!draw.one_in(4)).then(|| (from + long.days()).into()),
                by: "north".into(),
                dispute: None,
            }));
        }
        if draw.one_in(4) {
            out.push(Entry::Extended(Extended {
                obligation: Some(id.clone()),
                dispute: None,
                days: u32::try_from(draw.below(12)).unwrap(),
                agreed_by: vec!["north".into(), "south".into()],
                on: draw.day().into(),
            }));
        }
        if draw.one_in(6) {
            let from = draw.day();
            out.push(Entry::Deviation(Deviation {
                id: format!("d{i}"),
                obligation: id,
                agreed_by: vec!["north".into(), "south".into()],
                from: from.into(),
                until: (from + 9.days()).into(),
                terms: "less".into(),
            }));
        }
    }
    out
}

/// The civil day so long after another, worked out by hand.
fn civil(span: &Span, from: Date) -> Date {
    match span.unit {
        Unit::Weeks => from + (7 * i64::from(span.count)).days(),
        Unit::Months => {
            let month = i64::from(from.month()) - 1 + i64::from(span.count);
            let (year, month) = (from.year() + i16::try_from(month / 12).unwrap(), month % 12 + 1);
            let first = Date::new(year, i8::try_from(month).unwrap(), 1).unwrap();
            first.with().day(from.day().min(first.days_in_month())).build().unwrap()
        }
        _ => from + i64::from(span.count).days(),
    }
}

/// The simulation: what has come about by each day, one day at a time.
struct World<'a> {
    agreement: &'a Agreement,
    log: &'a [Entry],
    /// For each trigger (by address), the first day it held.
    held: HashMap<*const Trigger, Date>,
    /// For each obligation, the day it could begin alone, and the day it began.
    ready: Vec<Option<Date>>,
    begun: Vec<Option<Date>>,
    /// The days on which its clock moved since it began.
    ticks: Vec<Vec<Date>>,
}

impl<'a> World<'a> {
    fn holds(&mut self, t: &'a Trigger, today: Date) -> bool {
        if self.held.contains_key(&std::ptr::from_ref(t)) {
            // Parts are still looked at, so that each first day is seen.
            return true;
        }
        let now =
            match t {
                Trigger::On(day) => *day <= today,
                Trigger::Event(id) => self.log.iter().any(
                    |e| matches!(e, Entry::Occurred(o) if o.event == *id && o.on.day <= today),
                ),
                Trigger::Obligation(id, Reached::Performed) => self.performed(id, today).is_some(),
                Trigger::Obligation(id, Reached::Verified) => self.log.iter().any(
                    |e| matches!(e, Entry::Check(c) if c.obligation == *id && c.on.day <= today),
                ),
                Trigger::After(span, inner) => {
                    self.holds(inner, today);
                    let since = self.held.get(&std::ptr::from_ref(&**inner));
                    since.is_some_and(|since| civil(span, *since) <= today)
                }
                Trigger::All(parts) => {
                    let now: Vec<bool> = parts.iter().map(|p| self.holds(p, today)).collect();
                    now.iter().all(|h| *h)
                }
                Trigger::Any(parts) => {
                    let now: Vec<bool> = parts.iter().map(|p| self.holds(p, today)).collect();
                    now.iter().any(|h| *h)
                }
            };
        if now {
            self.held.insert(std::ptr::from_ref(t), today);
        }
        now
    }

    fn performed(&self, id: &str, today: Date) -> Option<Date> {
        self.log.iter().find_map(|e| match e {
            Entry::Performance(p) if p.obligation == id && p.on.day <= today => Some(p.on.day),
            _ => None,
        })
    }

    fn paused(&self, id: &str, today: Date) -> bool {
        self.log.iter().any(|e| {
            matches!(e, Entry::Suspension(s) if s.obligations[0] == id
                && s.from.day <= today && s.until.is_none_or(|u| today <= u.day))
        })
    }

    fn step(&mut self, today: Date) {
        let all: &'a [Obligation] = &self.agreement.obligations;
        for (i, o) in all.iter().enumerate() {
            let mut now = self.holds(&o.trigger, today);
            for c in &o.conditions {
                now &= self.holds(c, today);
            }
            if let Some(until) = &o.until {
                self.holds(until, today);
            }
            if now && self.ready[i].is_none() {
                self.ready[i] = Some(today);
            }
        }
        for (i, o) in all.iter().enumerate() {
            let together = |j: usize| i == j || (o.group.is_some() && all[j].group == o.group);
            let ready = (0..all.len()).filter(|j| together(*j)).all(|j| self.ready[j].is_some());
            if self.begun[i].is_some() && !self.paused(&o.id, today) {
                self.ticks[i].push(today);
            }
            if ready && self.begun[i].is_none() {
                self.begun[i] = Some(today);
            }
        }
    }

    /// What the engine should say of an obligation today.
    fn agrees(&self, i: usize, today: Date, says: &DueState<'_>) -> bool {
        let o = &self.agreement.obligations[i];
        let more: i32 = self
            .log
            .iter()
            .map(|e| match e {
                Entry::Extended(x)
                    if x.obligation.as_deref() == Some(o.id.as_str()) && x.on.day <= today =>
                {
                    i32::try_from(x.days).unwrap()
                }
                _ => 0,
            })
            .sum();
        // The day the clock reaches the window, then the grace; none while it has not.
        let window = |from: Date, ticks: &[Date], long: i32| -> Option<Date> {
            let long = usize::try_from(long).unwrap();
            if long == 0 { Some(from) } else { ticks.get(long - 1).copied() }
        };
        let length = |span: &Span, from: Date| (civil(span, from) - from).get_days();
        let due = self.begun[i].zip(o.within.as_ref()).and_then(|(begun, within)| {
            window(begun, &self.ticks[i], length(within, begun) + more)
        });
        let grace = due.zip(o.grace.as_ref()).and_then(|(due, grace)| {
            let after: Vec<Date> = self.ticks[i].iter().copied().filter(|d| *d > due).collect();
            window(due, &after, length(grace, due))
        });
        let last = if o.grace.is_some() { grace } else { due };
        if let Some(done) = self.performed(&o.id, today) {
            let late = last.is_some_and(|last| last < done);
            return matches!(says, DueState::Done(on, _, l) if on.day == done && l.is_some() == late);
        }
        if let Some(until) = &o.until
            && let Some(ended) = self.held.get(&std::ptr::from_ref(until))
        {
            return *says == DueState::Ended(*ended);
        }
        let Some(begun) = self.begun[i] else {
            return match says {
                DueState::Blocked(_) => {
                    let held = |t: &Trigger| self.held.contains_key(&std::ptr::from_ref(t));
                    held(&o.trigger) && !o.conditions.iter().all(held)
                }
                DueState::NotYet(day) => *day > today,
                DueState::Waiting(_) => true,
                DueState::BlockedByGroup(_) => o.group.is_some(),
                _ => false,
            };
        };
        if self.paused(&o.id, today) {
            return matches!(says, DueState::Suspended(..));
        }
        let differs = self.log.iter().any(|e| {
            matches!(e, Entry::Deviation(d) if d.obligation == o.id
                && d.from.day <= today && today <= d.until.day)
        });
        if differs {
            return matches!(says, DueState::Deviates(_));
        }
        let opens = o.opens.as_ref().map_or(begun, |s| civil(s, begun));
        if today < opens {
            return *says == DueState::NotYet(opens);
        }
        match (due, grace) {
            _ if o.within.is_none() => *says == DueState::InForce(opens),
            (None, _) => matches!(says, DueState::Due(d) if d.day > today),
            (Some(due), _) if today <= due => *says == DueState::Due(Moment::on(due)),
            (Some(due), None) if o.grace.is_some() => {
                matches!(says, DueState::Grace(d, end) if d.day == due && end.day > today)
            }
            (Some(due), Some(end)) if today <= end => {
                *says == DueState::Grace(Moment::on(due), Moment::on(end))
            }
            (Some(due), end) => *says == DueState::PastItsDay(Moment::on(end.unwrap_or(due))),
        }
    }
}

#[test]
fn each_day_is_as_a_walk_from_day_to_day_finds_it() {
    let networks: u64 =
        std::env::var("DUE_NETWORKS").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let mut seen = HashMap::new();
    let (mut tried, mut seed) = (0, 0);
    while tried < networks {
        seed += 1;
        let mut draw = Draw(ChaCha8Rng::seed_from_u64(seed));
        let all = 2 + draw.below(9);
        let agreement = Agreement {
            obligations: (0..all).map(|i| obligation(&mut draw, i, all)).collect(),
            ..Agreement::default()
        };
        if cycle(&agreement).is_some() {
            continue;
        }
        tried += 1;
        let log = history(&mut draw, all);
        let entries = log
            .iter()
            .zip(1..)
            .map(|(entry, seq)| Recorded {
                seq,
                at: jiff::Timestamp::UNIX_EPOCH,
                by: "keeper".into(),
                entry: entry.clone(),
            })
            .collect();
        let ledger = Ledger { entries, ..Ledger::default() };
        let count = agreement.obligations.len();
        let mut world = World {
            agreement: &agreement,
            log: &log,
            held: HashMap::new(),
            ready: vec![None; count],
            begun: vec![None; count],
            ticks: vec![Vec::new(); count],
        };
        for k in 0..DAYS {
            let today = START + k.days();
            world.step(today);
            let facts = Facts::new(&agreement, &ledger, today);
            for (i, standing) in due(&facts).iter().enumerate() {
                let says = &standing.state;
                let o = &agreement.obligations[i];
                assert!(
                    world.agrees(i, today, says),
                    "seed {seed}, {today}, {o:?}\nsays {says:?}\nbegun {:?}",
                    world.begun[i]
                );
                *seen.entry(says.word()).or_insert(0_u64) += 1;
            }
        }
    }
    // Every state was met, so none was tested by its absence.
    for word in [
        "waiting",
        "blocked",
        "suspended",
        "agreed deviation",
        "not yet",
        "in force",
        "due",
        "in grace",
        "past its day",
        "done",
        "done late",
        "ended",
    ] {
        assert!(seen.get(word).is_some_and(|n| *n > 20), "{word}: {seen:?}");
    }
}

/// Circles are found exactly where following the arrows comes back.
#[test]
fn circles_are_found_where_reachability_finds_them() {
    let mut both = [0, 0];
    for seed in 0..2000 {
        let mut draw = Draw(ChaCha8Rng::seed_from_u64(seed));
        let all = 2 + draw.below(5);
        let agreement = Agreement {
            obligations: (0..all).map(|i| obligation(&mut draw, i, all)).collect(),
            ..Agreement::default()
        };
        let n = agreement.obligations.len();
        let at = |id: &str| agreement.obligations.iter().position(|o| o.id == id).unwrap();
        let mut reach = vec![vec![false; n]; n];
        for (i, o) in agreement.obligations.iter().enumerate() {
            for (j, member) in agreement.obligations.iter().enumerate() {
                if i == j || (o.group.is_some() && o.group == member.group) {
                    for t in std::iter::once(&member.trigger).chain(&member.conditions) {
                        for id in t.obligations() {
                            reach[i][at(id)] = true;
                        }
                    }
                }
            }
        }
        for k in 0..n {
            for i in 0..n {
                for j in 0..n {
                    reach[i][j] |= reach[i][k] && reach[k][j];
                }
            }
        }
        let expected = (0..n).any(|i| reach[i][i]);
        let found = cycle(&agreement);
        assert_eq!(found.is_some(), expected, "seed {seed}");
        if let Some(circle) = &found {
            assert_eq!(circle.first(), circle.last());
        }
        both[usize::from(expected)] += 1;
    }
    assert!(both[0] > 100 && both[1] > 100, "{both:?}");
}
