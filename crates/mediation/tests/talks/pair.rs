//! Two worlds that differ only in what the upper town may not know.

use crate::dice::{Asker, Dice, Ids};
use crate::world::World;
use detente_mediation::ballot::Answer;
use detente_mediation::text::{to_html, to_plain};
use detente_mediation::{
    Ask, Body, Command, Event, IssueId, MemberId, PrincipalId, Refusal, RoomId, Subject, Talks,
    Viewer, Who, decide, preview, view, view_back,
};
use std::collections::BTreeSet;

/// Every door through which a person receives bytes.
pub(crate) trait Doors {
    /// A page, an answer of an interface, the next event of a stream.
    fn page(&self, world: &World, who: MemberId) -> String {
        serde_json::to_string(&view(&world.talks, Viewer::Member(who))).unwrap()
    }

    /// What comes back from a command.
    fn reply(&self, world: &World, command: &Command) -> String {
        match decide(&world.talks, command) {
            Ok(_) => "done".into(),
            Err(refusal) => serde_json::to_string(&refusal).unwrap(),
        }
    }

    /// What looking first shows.
    fn preview(&self, world: &World, command: &Command) -> String {
        serde_json::to_string(&preview(&world.talks, command)).unwrap()
    }

    /// The texts a person has, as files.
    fn export(&self, world: &World, who: MemberId) -> String {
        let seen = view(&world.talks, Viewer::Member(who));
        let drafts = seen.rooms.iter().flat_map(|r| &r.texts).flat_map(|t| &t.versions);
        drafts.map(|v| to_plain(&v.draft, "en") + &to_html(&v.draft)).collect()
    }

    /// What a person saw at an earlier moment.
    fn replay(&self, world: &World, who: MemberId) -> String {
        let then = Talks::as_of(&world.events, crate::world::start());
        let half =
            (world.shared - crate::world::start()).total(jiff::Unit::Second).unwrap() as i64 / 2;
        let middle = crate::world::start() + jiff::SignedDuration::from_secs(half);
        let middle = Talks::as_of(&world.events, middle);
        let back = |then| view_back(&world.talks, then, Viewer::Member(who));
        serde_json::to_string(&(back(&then), back(&middle))).unwrap()
    }
}

/// The doors as they are.
pub(crate) struct Honest;

impl Doors for Honest {}

/// Which events tell a principal something: written without the view's help.
struct Audience {
    principal: PrincipalId,
    rooms: BTreeSet<RoomId>,
    issues: BTreeSet<IssueId>,
    people: BTreeSet<MemberId>,
}

impl Audience {
    fn of(world: &World, principal: PrincipalId) -> Self {
        let mut audience = Self {
            principal,
            rooms: BTreeSet::new(),
            issues: BTreeSet::new(),
            people: BTreeSet::new(),
        };
        for event in &world.events {
            audience.learn(event);
        }
        audience
    }

    fn learn(&mut self, event: &Event) {
        let me = self.principal;
        match &event.body {
            Body::RoomOpened { participants, .. }
                if participants.iter().any(|p| p.principal == me) =>
            {
                self.rooms.extend(event.room);
            }
            Body::IssueAdded { id, known_to, .. } if known_to.contains(&me) => {
                self.issues.insert(*id);
            }
            Body::MemberAdded { id, principal, .. } if *principal == me => {
                self.people.insert(*id);
            }
            _ => {}
        }
    }

    fn is_told(&self, event: &Event) -> bool {
        let me = self.principal;
        if event.room.is_some_and(|room| self.rooms.contains(&room)) {
            return true;
        }
        match &event.body {
            Body::RoomOpened { participants, .. } => participants.iter().any(|p| p.principal == me),
            Body::PrincipalAdded { known_to, .. } | Body::IssueAdded { known_to, .. } => {
                known_to.contains(&me)
            }
            Body::ChannelAdded { mediator, to } => *mediator == me || *to == me,
            // Whoever knows an issue learns of its revision.
            Body::IssueRevised { id, .. } => self.issues.contains(id),
            Body::MadeKnown { to, subject } => {
                to.contains(&me) || matches!(subject, Subject::Principal(p) if *p == me)
            }
            Body::MemberAdded { principal, .. } => *principal == me,
            Body::MandateGiven { member, .. }
            | Body::Suspended { member, .. }
            | Body::Resumed { member, .. }
            | Body::Left { member, .. } => self.people.contains(member),
            Body::RoomErased { erased } => self.rooms.contains(erased),
            _ => false,
        }
    }
}

/// A difference, and where it came from.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) door: &'static str,
    pub(crate) one: String,
    pub(crate) other: String,
}

/// How much a run did, so that a test that does nothing is seen to do nothing.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Tally {
    pub(crate) hidden: u64,
    pub(crate) common: u64,
    pub(crate) disclosures: u64,
    pub(crate) probes: u64,
    pub(crate) refusals: u64,
    pub(crate) bytes: u64,
}

/// The two worlds.
pub(crate) struct Pair {
    worlds: [World; 2],
    dice: [Dice; 2],
    common: Dice,
    names: u64,
    pub(crate) tally: Tally,
}

impl Pair {
    pub(crate) fn new(seed: u64) -> Self {
        let world = World::new();
        let dice = [1, 2].map(|n| Dice::new(seed.wrapping_mul(1_000_003).wrapping_add(n)));
        let common = Dice::new(seed);
        Self { worlds: [world.clone(), world], dice, common, names: 0, tally: Tally::default() }
    }

    /// Lets the talks run; gives the first difference the upper town can notice.
    pub(crate) fn run(&mut self, steps: usize, doors: &dyn Doors) -> Option<Difference> {
        for _ in 0..steps {
            for which in 0..2 {
                // Not even how much happens elsewhere is the same.
                for _ in 0..3 + self.dice[which].below(8) {
                    self.hidden(which);
                }
            }
            let found = match self.common.below(10) {
                0 => self.conveyed_from_hidden(),
                1 => self.acceptance(),
                2 => self.circulated(),
                _ => self.common(doors),
            };
            let found = found.or_else(|| self.probe(doors)).or_else(|| self.look(doors));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Something the upper town is not told.
    fn hidden(&mut self, which: usize) {
        let world = &mut self.worlds[which];
        let dice = &mut self.dice[which];
        let me = world.principal("Upper Town");
        let actors: Vec<_> = Ids::of(world).members;
        let Some(who) = dice.pick(&actors).copied() else { return };
        let audience = Audience::of(world, me);
        if audience.people.contains(&who) {
            return;
        }
        let words = format!("hidden {:x}", dice.number());
        let protected = [world.lead, world.envoy];
        let ask = Asker::new(dice, world, who, words).ask();
        world.fresh = dice.number() | 1 << 63;
        world.now = world.shared + jiff::SignedDuration::from_secs(dice.below(500) as i64);
        let command = world.command(Who::Member(who), ask);
        let Ok(events) = decide(&world.talks, &command) else { return };
        let touches = |event: &Event| match &event.body {
            Body::MandateGiven { member, .. }
            | Body::Suspended { member, .. }
            | Body::Left { member, .. } => protected.contains(member),
            _ => false,
        };
        if events.iter().any(|e| audience.is_told(e) || touches(e)) {
            return;
        }
        self.tally.hidden += 1;
        world.take(events);
    }

    /// The same command in both worlds, if it goes through in both.
    fn both(&mut self, who: MemberId, asks: [Ask; 2]) -> [Result<Vec<Event>, Refusal>; 2] {
        self.names += 1;
        let at = self.worlds[0].shared + jiff::SignedDuration::from_mins(10);
        let mut asks = asks.into_iter();
        let results = std::array::from_fn(|which| {
            let world = &mut self.worlds[which];
            world.shared = at;
            world.now = at;
            world.fresh = self.names;
            match asks.next() {
                Some(ask) => decide(&world.talks, &world.command(Who::Member(who), ask)),
                None => Err(Refusal::NotThere),
            }
        });
        if let [Ok(one), Ok(other)] = &results {
            self.worlds[0].take(one.clone());
            self.worlds[1].take(other.clone());
            self.tally.common += 1;
        }
        results
    }

    fn words(&mut self) -> String {
        format!("common {:x}", self.common.number())
    }

    /// Someone in one of the upper town's rooms does something there.
    fn common(&mut self, doors: &dyn Doors) -> Option<Difference> {
        let world = &self.worlds[0];
        let (up, lead, envoy) = (world.up, world.lead, world.envoy);
        let who = [up, up, up, lead, envoy][self.common.below(5)];
        let words = self.words();
        // Whatever is chosen is chosen from what the upper town sees.
        let mut asker = Asker::new(&mut self.common, &self.worlds[0], up, words);
        asker.ids = Ids::default();
        let ask = asker.ask();
        if (who != up && !in_room(&ask)) || ends(&ask, up) {
            return None;
        }
        self.names += 1;
        let replies: Vec<_> = self
            .worlds
            .iter_mut()
            .map(|world| {
                world.fresh = self.names;
                world.now = world.shared;
                (
                    doors.reply(world, &world.command(Who::Member(who), ask.clone())),
                    doors.preview(world, &world.command(Who::Member(who), ask.clone())),
                )
            })
            .collect();
        if who == up {
            let found = differ("reply", &replies[0].0, &replies[1].0)
                .or_else(|| differ("preview", &replies[0].1, &replies[1].1));
            if found.is_some() {
                return found;
            }
        }
        let told = self.both(who, [ask.clone(), ask]);
        if who == up {
            return differ("reply", &told[0].is_ok().to_string(), &told[1].is_ok().to_string());
        }
        None
    }

    /// The lower town says the same in both worlds among other things, and it
    /// is carried to the upper town: what arrives must not tell its source.
    fn conveyed_from_hidden(&mut self) -> Option<Difference> {
        use detente_mediation::{Attribution, AttributionLevel, Conveyance, Permission};
        let words = self.words();
        let level = AttributionLevel::Background;
        let attribution = Attribution { level, wording: "a town on the river".into() };
        let content = detente_mediation::Content {
            attribution,
            permission: Permission::MayConvey,
            ..crate::world::message(&words)
        };
        let mut sources = Vec::new();
        for which in 0..2 {
            let world = &mut self.worlds[which];
            let fresh = self.dice[which].number() | 1 << 63;
            world.fresh = fresh;
            let room = world.lower_room()?;
            let content = content.clone();
            let said = world.tries(world.down, Ask::Say { room, content }).ok()?;
            let Body::Said { item, .. } = said.first()?.body else { return None };
            world.fresh = fresh ^ 1 << 62;
            world.tries(world.lead, Ask::Read { room, items: vec![item] }).ok()?;
            sources.push((room, item));
        }
        let to = vec![self.worlds[0].upper_room];
        let convey = |(room, item): (RoomId, _)| Ask::Convey {
            room,
            item,
            to: to.clone(),
            how: Conveyance::default(),
        };
        let lead = self.worlds[0].lead;
        let told = self.both(lead, [convey(sources[0]), convey(sources[1])]);
        self.tally.disclosures += u64::from(told.iter().all(Result::is_ok));
        None
    }

    /// A text bracketed by others in each world is put to the upper town.
    fn circulated(&mut self) -> Option<Difference> {
        let lead = self.worlds[0].lead;
        let homes: Vec<RoomId> =
            self.worlds.iter().map(|w| w.home(lead)).collect::<Option<Vec<_>>>()?;
        self.names += 1;
        let mut versions = Vec::new();
        for ((world, dice), home) in self.worlds.iter_mut().zip(&mut self.dice).zip(&homes) {
            let words = format!("hidden {:x}", dice.number());
            let mut asker = Asker::new(dice, world, lead, words);
            asker.ids = Ids::default();
            let mut draft = asker.text();
            let issue = world.sees(world.up).issues.first()?.id;
            draft.clauses[0].settles[0].issue = issue;
            world.fresh = self.names;
            world.now = world.shared;
            let ask = Ask::DraftText { room: *home, text: None, draft };
            let command = world.command(Who::Member(lead), ask);
            let events = decide(&world.talks, &command).ok()?;
            let Body::TextDrafted { text, version, .. } = events.first()?.body else { return None };
            world.take(events);
            versions.push((text, version));
        }
        let to = vec![self.worlds[0].upper_room];
        let asks = [0, 1].map(|which: usize| Ask::Circulate {
            room: homes[which],
            text: versions[which].0,
            version: versions[which].1,
            to: to.clone(),
        });
        let told = self.both(lead, asks);
        self.tally.disclosures += u64::from(told.iter().all(Result::is_ok));
        None
    }

    /// A proposal to both towns, which the upper town accepts; the lower town
    /// answers otherwise in each world, to the same end.
    fn acceptance(&mut self) -> Option<Difference> {
        use detente_mediation::ballot::{Proposal, PutTo, Rule};
        let words = self.words();
        let lead = self.worlds[0].lead;
        let parties =
            [self.worlds[0].principal("Upper Town"), self.worlds[0].principal("Lower Town")];
        let upper = self.worlds[0].upper_room;
        let proposal = Proposal {
            title: words.clone(),
            words,
            package: Default::default(),
            text: None,
            whole: Default::default(),
            rule: Rule::All,
            deadline: None,
            named: true,
            turnout: self.common.once_in(2),
        };
        let mut asks = Vec::new();
        for world in &self.worlds {
            let (home, lower) = (world.home(lead)?, world.lower_room()?);
            let to = vec![
                PutTo { party: parties[0], room: upper },
                PutTo { party: parties[1], room: lower },
            ];
            asks.push(Ask::Put { room: home, proposal: proposal.clone(), to });
        }
        let asks: [Ask; 2] = asks.try_into().ok()?;
        let [Ok(put), Ok(_)] = self.both(lead, asks) else { return None };
        let Body::BallotOpened { ballot, .. } = put.first()?.body else { return None };
        let accept = self.common.once_in(2);
        let answer = Ask::Answer { room: upper, ballot, answer: Answer::Yes };
        let up = self.worlds[0].up;
        let _ = self.both(up, [answer.clone(), answer]);
        for which in 0..2 {
            let dice = &mut self.dice[which];
            let world = &mut self.worlds[which];
            let room = world.lower_room()?;
            for _ in 0..dice.below(3) {
                let condition = format!("hidden {:x}", dice.number());
                let answer = match dice.below(3) {
                    0 => Answer::Yes,
                    1 => Answer::No,
                    _ => Answer::YesIf { condition, tell: false },
                };
                world.fresh = dice.number() | 1 << 63;
                let _ = world.tries(world.down, Ask::Answer { room, ballot, answer });
            }
            if accept {
                world.fresh = dice.number() | 1 << 63;
                let answer = Answer::Yes;
                let _ = world.tries(world.down, Ask::Answer { room, ballot, answer });
            }
        }
        let outcome = |world: &World| {
            let room = world.home(lead)?;
            let close = Ask::Close { room, ballot };
            decide(&world.talks, &world.command(Who::Member(lead), close)).ok()
        };
        let ended = self.worlds.iter().map(outcome).collect::<Option<Vec<_>>>()?;
        // The outcome is a disclosure: where it would differ, it is not made.
        if bodies(&ended[0]).last() != bodies(&ended[1]).last() {
            return None;
        }
        let asks = [0, 1].map(|which: usize| {
            let room = self.worlds[which].home(lead).unwrap_or(upper);
            Ask::Close { room, ballot }
        });
        let told = self.both(lead, asks);
        self.tally.disclosures += u64::from(told.iter().all(Result::is_ok));
        None
    }

    /// The upper town asks for things by ids that exist in one world, or none.
    fn probe(&mut self, doors: &dyn Doors) -> Option<Difference> {
        let up = self.worlds[0].up;
        let words = self.words();
        let guessing = self.common.below(2);
        let ask = Asker::new(&mut self.common, &self.worlds[guessing], up, words).ask();
        self.names += 1;
        let replies: Vec<_> = self
            .worlds
            .iter_mut()
            .map(|world| {
                world.fresh = self.names;
                world.now = world.shared;
                let command = world.command(Who::Member(up), ask.clone());
                doors.reply(world, &command) + &doors.preview(world, &command)
            })
            .collect();
        self.tally.probes += 1;
        self.tally.refusals += u64::from(!replies[0].starts_with("done"));
        differ("reply", &replies[0], &replies[1])
    }

    /// Everything the upper town can look at.
    fn look(&mut self, doors: &dyn Doors) -> Option<Difference> {
        let up = self.worlds[0].up;
        let [one, other] = &self.worlds;
        let pages = [doors.page(one, up), doors.page(other, up)];
        self.tally.bytes += pages[0].len() as u64;
        assert!(pages[0].contains("Upper Town"), "the upper town sees itself");
        if pages[0].contains("hidden") {
            return differ("page", &pages[0], "without hidden words");
        }
        differ("page", &pages[0], &pages[1])
            .or_else(|| differ("export", &doors.export(one, up), &doors.export(other, up)))
            .or_else(|| differ("replay", &doors.replay(one, up), &doors.replay(other, up)))
    }
}

fn bodies(events: &[Event]) -> Vec<&Body> {
    events.iter().map(|e| &e.body).collect()
}

/// Whether a command stays in rooms: what a mediator may do as part of a common step.
fn in_room(ask: &Ask) -> bool {
    matches!(
        ask,
        Ask::Say { .. } | Ask::Read { .. } | Ask::TakeBack { .. } | Ask::PutQuestion { .. }
    )
}

/// Whether a command would leave the upper town's head without a page to look at.
fn ends(ask: &Ask, head: MemberId) -> bool {
    matches!(ask, Ask::Suspend { member, .. } | Ask::GiveMandate { member, .. } if *member == head)
}

fn differ(door: &'static str, one: &str, other: &str) -> Option<Difference> {
    (one != other).then(|| Difference { door, one: one.into(), other: other.into() })
}
