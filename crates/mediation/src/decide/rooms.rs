//! Rooms: who is in them is the audience of everything in them.

use super::{Desk, check};
use crate::ballot::Outcome;
use crate::command::Participant;
use crate::event::Body;
use crate::id::{MemberId, PrincipalId, RoomId};
use crate::people::{PrincipalKind, Right};
use crate::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn open_room(
        &mut self,
        name: &str,
        participants: &[Participant],
        secret: bool,
    ) -> Result<(), Refusal> {
        self.sight.need(Right::Speak)?;
        check::name("the room's name", name)?;
        check::list("the list of participants", participants.len())?;
        check::once("the list of participants", participants.iter().map(|p| p.principal))?;
        for participant in participants {
            if !self.sight.knows(participant.principal) {
                return Err(Refusal::NotThere);
            }
            self.all_of(participant)?;
        }
        let me = participants.iter().find(|p| p.principal == self.sight.principal());
        if !me.is_some_and(|me| me.only.is_empty() || me.only.contains(&self.sight.id)) {
            let mend = "put yourself among the participants";
            return Err(Refusal::malformed("you would not be in the room you open", mend));
        }
        if !secret {
            self.joined(participants)?;
        }
        let room = self.made.id(RoomId::fresh);
        let (name, participants) = (name.to_owned(), participants.to_vec());
        self.made.in_room(room, Body::RoomOpened { name, participants, secret, home: false });
        Ok(())
    }

    /// Refuses people named whom the asker does not know to be that principal's.
    fn all_of(&self, participant: &Participant) -> Result<(), Refusal> {
        check::list("the list of people", participant.only.len())?;
        check::once("the list of people", &participant.only)?;
        let known = |id: &MemberId| self.sight.knows_member(*id, participant.principal);
        if participant.only.iter().all(known) { Ok(()) } else { Err(Refusal::NotThere) }
    }

    /// A room that is no secret follows the channels: each mediator in it
    /// reaches everybody else in it, and sides meet only where one is present.
    fn joined(&self, participants: &[Participant]) -> Result<(), Refusal> {
        let is_mediator =
            |p: &&Participant| self.talks.kind_of(p.principal) == Some(PrincipalKind::Mediator);
        let (mediators, others): (Vec<_>, Vec<_>) = participants.iter().partition(is_mediator);
        if mediators.is_empty() && others.len() > 1 {
            let why = "sides meet in a room with a mediator, or in a secret one";
            return Err(Refusal::NoChannel(why.into()));
        }
        if !self.sight.is_mediator() && others.len() > 1 {
            let why = "a room with another side is a mediator's to open, or secret";
            return Err(Refusal::NoChannel(why.into()));
        }
        for mediator in mediators {
            let Some(of) = self.talks.principals.get(&mediator.principal) else { continue };
            if let Some(far) = others.iter().find(|o| !of.reaches.contains(&o.principal)) {
                let far = self.principal_name(far.principal);
                return Err(Refusal::NoChannel(format!("{} does not reach {far}", of.name)));
            }
        }
        Ok(())
    }

    /// Adds people of a principal that is in the room. A new principal would
    /// read everything said before under another audience: that takes a new
    /// room, and conveying.
    pub(super) fn admit(&mut self, room: RoomId, newcomer: &Participant) -> Result<(), Refusal> {
        let found = self.sight.room(room)?;
        self.sight.need(Right::Speak)?;
        let present = found.participants.iter().find(|p| p.principal == newcomer.principal);
        let Some(present) = present else {
            return Err(Refusal::malformed(
                "that principal is not in this room",
                "open a new room with it and convey there what it may see",
            ));
        };
        self.all_of(newcomer)?;
        if present.only.is_empty() || newcomer.only.iter().all(|m| present.only.contains(m)) {
            return Err(Refusal::AlreadyDone);
        }
        if newcomer.only.is_empty() && newcomer.principal != self.sight.principal() {
            return Err(Refusal::malformed(
                "only a principal itself opens a room to all of its people",
                "name those to be let in",
            ));
        }
        self.made.in_room(room, Body::Admitted { participant: newcomer.clone() });
        Ok(())
    }

    pub(super) fn dismiss(
        &mut self,
        room: RoomId,
        principal: PrincipalId,
        member: Option<MemberId>,
    ) -> Result<(), Refusal> {
        let found = self.sight.room(room)?;
        self.sight.need(Right::Lead)?;
        if found.home.is_some() {
            let mend = "suspend the person, or change the mandate";
            return Err(Refusal::malformed(
                "nobody is dismissed from a principal's own room",
                mend,
            ));
        }
        if principal != self.sight.principal() && !self.sight.is_mediator() {
            return Err(Refusal::Mandate(Right::Lead));
        }
        let present = found.participants.iter().find(|p| p.principal == principal);
        let present = present.ok_or(Refusal::NotThere)?;
        if let Some(member) = member {
            if present.only.is_empty() {
                return Err(Refusal::malformed(
                    "this room is open to all of that principal's people",
                    "suspend the person, or open a room for those who should be in it",
                ));
            }
            if !present.only.contains(&member) {
                return Err(Refusal::NotThere);
            }
        }
        self.made.in_room(room, Body::Dismissed { principal, member });
        Ok(())
    }

    pub(super) fn erase_room(&mut self, room: RoomId) -> Result<(), Refusal> {
        let found = self.sight.room(room)?;
        self.sight.need(Right::Lead)?;
        let mediated = found
            .participants
            .iter()
            .any(|p| self.talks.kind_of(p.principal) == Some(PrincipalKind::Mediator));
        if mediated && !self.sight.is_mediator() {
            return Err(Refusal::Mandate(Right::Lead));
        }
        let contents = self.sight.contents(room)?;
        for (ballot, opened) in &contents.opened {
            if opened.outcome.is_none() {
                self.made.end(self.talks, room, *ballot, opened, Outcome::Withdrawn);
            }
        }
        self.made.at_table(Body::RoomErased { erased: room });
        if let Some(owner) = found.home {
            self.made.home(owner, &found.name);
        }
        Ok(())
    }
}
