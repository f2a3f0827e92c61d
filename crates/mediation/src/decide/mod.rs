//! What a command leads to: events, or a refusal.
//!
//! A command sees the talks only through its asker's [`Sight`], so a refusal
//! cannot tell what the view would not.

mod ballots;
mod check;
mod items;
mod opening;
mod people;
mod preparation;
mod rooms;
mod table;
mod texts;

pub use opening::{Opened, Opening, OpeningMediator, OpeningParty, open};

use crate::command::{Ask, Command};
use crate::event::{Body, EVENT_VERSION, Event, Salt};
use crate::id::{BallotId, Fresh, MandateId, RoomId};
use crate::people::{Actor, Mandate, Right, Rights, Who};
use crate::refusal::Refusal;
use crate::talks::Talks;
use crate::view::{Sight, opened_in, tally, timed};
use jiff::Timestamp;

/// What a command leads to.
///
/// # Errors
/// The refusal, which says nothing the asker may not know; nothing changed.
pub fn decide(talks: &Talks, command: &Command) -> Result<Vec<Event>, Refusal> {
    let member = match command.who {
        Who::Member(member) => member,
        Who::Clock => return by_clock(talks, command),
    };
    let sight = Sight::of(talks, member).ok_or(Refusal::NotThere)?;
    sight.need(Right::Read)?;
    let actor =
        Actor::Member { id: member, principal: sight.principal(), mandate: sight.me.mandate.id };
    let mut desk = Desk { talks, sight, made: Maker::new(command.fresh, command.at, actor) };
    desk.carry_out(&command.ask)?;
    Ok(desk.made.events)
}

/// The proposals that are due at a moment: what [`Who::Clock`] may close.
#[must_use]
pub fn due(talks: &Talks, moment: Timestamp) -> Vec<Ask> {
    let due = timed(talks).filter(|(deadline, _, _)| *deadline <= moment);
    due.map(|(_, room, ballot)| Ask::Close { room, ballot }).collect()
}

/// When the next proposal closes.
#[must_use]
pub fn next_deadline(talks: &Talks) -> Option<Timestamp> {
    timed(talks).map(|(deadline, _, _)| deadline).min()
}

fn by_clock(talks: &Talks, command: &Command) -> Result<Vec<Event>, Refusal> {
    let Ask::Close { room, ballot } = &command.ask else { return Err(Refusal::NotThere) };
    let opened = opened_in(talks, *room, *ballot).ok_or(Refusal::NotThere)?;
    let deadline = opened.proposal.deadline.ok_or(Refusal::NotThere)?;
    if opened.outcome.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    if command.at < deadline {
        return Err(Refusal::TooEarly(deadline));
    }
    let outcome = tally(talks, *ballot, opened);
    let mut made = Maker::new(command.fresh, command.at, Actor::Clock);
    made.end(talks, *room, *ballot, opened, outcome);
    Ok(made.events)
}

/// A command being carried out.
struct Desk<'a> {
    talks: &'a Talks,
    sight: Sight<'a>,
    made: Maker,
}

impl Desk<'_> {
    fn carry_out(&mut self, ask: &Ask) -> Result<(), Refusal> {
        match ask {
            Ask::AddPrincipal { kind, name, note, channels, known_to } => {
                self.add_principal(*kind, name, note, channels, known_to)
            }
            Ask::AddChannel { mediator, to } => self.add_channel(*mediator, *to),
            Ask::AddIssue { issue, known_to } => self.add_issue(issue, known_to),
            Ask::ReviseIssue { issue, revised } => self.revise_issue(*issue, revised),
            Ask::MakeKnown { subject, to } => self.make_known(*subject, to),
            Ask::AddMember { principal, name, rights, basis } => {
                self.add_member(*principal, name, *rights, basis)
            }
            Ask::GiveMandate { member, rights, basis } => {
                self.give_mandate(*member, *rights, basis)
            }
            Ask::Suspend { member, basis } => self.suspend(*member, basis),
            Ask::Resume { member, basis } => self.resume(*member, basis),
            Ask::Replace { member, by, basis } => self.replace(*member, by.as_deref(), basis),
            Ask::OpenRoom { name, participants, secret } => {
                self.open_room(name, participants, *secret)
            }
            Ask::Admit { room, participant } => self.admit(*room, participant),
            Ask::Dismiss { room, principal, member } => self.dismiss(*room, *principal, *member),
            Ask::EraseRoom { room } => self.erase_room(*room),
            Ask::Say { room, content } => self.say(*room, content),
            Ask::Permit { room, item, permission } => self.permit(*room, *item, *permission),
            Ask::Read { room, items } => self.read(*room, items),
            Ask::TakeBack { room, item } => self.take_back(*room, *item),
            Ask::Convey { room, item, to, how } => self.convey(*room, *item, to, how),
            Ask::Prepare { room, statement } => self.prepare(*room, statement),
            Ask::PutQuestion { room, to, question } => self.put_question(*room, *to, question),
            Ask::DraftText { room, text, draft } => self.draft_text(*room, *text, draft),
            Ask::Circulate { room, text, version, to } => {
                self.circulate(*room, *text, *version, to)
            }
            Ask::RemarkOn { room, text, version, clause, remark } => {
                self.remark(*room, *text, *version, *clause, remark)
            }
            Ask::Put { room, proposal, to } => self.put(*room, proposal, to),
            Ask::Answer { room, ballot, answer } => self.answer(*room, *ballot, answer),
            Ask::Close { room, ballot } => self.close(*room, *ballot),
            Ask::Withdraw { room, ballot } => self.withdraw(*room, *ballot),
        }
    }

    /// Refuses unless the asker may write in this room: one's own takes the
    /// right to draft, any other the right to speak.
    fn may_write(&self, room: RoomId) -> Result<(), Refusal> {
        let own = self.sight.room(room)?.home == Some(self.sight.principal());
        self.sight.need(if own { Right::Draft } else { Right::Speak })
    }
}

/// Makes events, and the ids in them.
struct Maker {
    fresh: Fresh,
    at: Timestamp,
    actor: Actor,
    ids: u64,
    events: Vec<Event>,
}

impl Maker {
    fn new(fresh: Fresh, at: Timestamp, actor: Actor) -> Self {
        Self { fresh, at, actor, ids: 0, events: Vec::new() }
    }

    /// The next id of a kind.
    fn id<T>(&mut self, of: fn(&Fresh, u64) -> T) -> T {
        self.ids += 1;
        of(&self.fresh, self.ids - 1)
    }

    fn push(&mut self, room: Option<RoomId>, body: Body) {
        let salt = Salt(self.fresh.derive("salt", self.events.len() as u64));
        let (at, actor) = (self.at, self.actor);
        self.events.push(Event { version: EVENT_VERSION, room, at, actor, body, salt });
    }

    fn in_room(&mut self, room: RoomId, body: Body) {
        self.push(Some(room), body);
    }

    fn at_table(&mut self, body: Body) {
        self.push(None, body);
    }

    fn mandate(&mut self, rights: Rights, basis: &str) -> Mandate {
        Mandate { id: self.id(MandateId::fresh), rights, basis: basis.to_owned() }
    }

    /// Ends a proposal: for those who put it and in every room it was put in
    /// that still has a key.
    fn end(
        &mut self,
        talks: &Talks,
        room: RoomId,
        ballot: BallotId,
        opened: &crate::talks::OpenedBallot,
        outcome: crate::ballot::Outcome,
    ) {
        let others = opened.to.iter().map(|to| to.room).filter(|to| *to != room);
        let rooms: crate::map::Set<RoomId> = std::iter::once(room).chain(others).collect();
        for room in rooms.into_iter().filter(|room| talks.rooms.contains_key(room)) {
            self.in_room(room, Body::BallotEnded { ballot, outcome });
        }
    }
}
