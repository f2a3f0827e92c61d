//! Putting proposals for sealed acceptance, answering, closing.

use super::{Desk, check};
use crate::ballot::{Answer, Outcome, Proposal, PutTo, Rule};
use crate::event::Body;
use crate::id::{BallotId, PrincipalId, RoomId};
use crate::people::{PrincipalKind, Right};
use crate::refusal::Refusal;
use crate::talks::OpenedBallot;
use crate::view::tally;

impl Desk<'_> {
    pub(super) fn put(
        &mut self,
        room: RoomId,
        proposal: &Proposal,
        to: &[PutTo],
    ) -> Result<(), Refusal> {
        let found = self.sight.room(room)?;
        self.sight.need(Right::Speak)?;
        if found.home != Some(self.sight.principal()) {
            return Err(Refusal::malformed(
                "a proposal is put from a shared room",
                "put it from your own: those who put it see to whom it was put",
            ));
        }
        self.proposal(room, proposal, to)?;
        let ballot = self.made.id(BallotId::fresh);
        let all: Vec<PrincipalId> = to.iter().map(|t| t.party).collect();
        let opened = Body::BallotOpened { ballot, proposal: proposal.clone(), to: to.to_vec() };
        self.made.in_room(room, opened);
        for PutTo { party, room } in to {
            let sides = if proposal.named { all.clone() } else { Vec::new() };
            let (proposal, party) = (proposal.clone(), *party);
            self.made.in_room(*room, Body::BallotPut { ballot, proposal, party, sides });
        }
        Ok(())
    }

    fn proposal(&self, room: RoomId, proposal: &Proposal, to: &[PutTo]) -> Result<(), Refusal> {
        check::name("the proposal's title", &proposal.title)?;
        check::text("the proposal", &proposal.words)?;
        self.package(&proposal.package)?;
        check::list("the list of sides", to.len())?;
        check::once("the list of sides", to.iter().map(|t| t.party))?;
        check::once("the list of rooms", to.iter().map(|t| t.room))?;
        if to.is_empty() {
            return Err(Refusal::malformed("it is put to nobody", "name at least one side"));
        }
        for PutTo { party, room } in to {
            let found = self.sight.room(*room)?;
            let there = found.participants.iter().any(|p| p.principal == *party);
            if !there || self.talks.kind_of(*party) != Some(PrincipalKind::Party) {
                return Err(Refusal::NotThere);
            }
        }
        rule(proposal, to)?;
        if let Some(deadline) = proposal.deadline.filter(|d| *d <= self.made.at) {
            return Err(Refusal::TooLate(deadline));
        }
        if proposal.words.trim().is_empty()
            && proposal.package.is_empty()
            && proposal.text.is_none()
        {
            let mend = "add words, a package, or a version of a text";
            return Err(Refusal::malformed("the proposal says nothing", mend));
        }
        let Some((text, version)) = proposal.text else { return Ok(()) };
        for room in to.iter().map(|t| t.room).filter(|r| *r != room) {
            let there = self.sight.contents(room)?.circulated.get(&text);
            if !there.is_some_and(|v| v.contains_key(&version)) {
                return Err(Refusal::malformed(
                    "a side has not been given that version of the text",
                    "circulate it to the room first",
                ));
            }
        }
        Ok(())
    }

    pub(super) fn answer(
        &mut self,
        room: RoomId,
        ballot: BallotId,
        answer: &Answer,
    ) -> Result<(), Refusal> {
        let put = self.sight.contents(room)?.put.get(&ballot).ok_or(Refusal::NotThere)?;
        if put.party != self.sight.principal() {
            return Err(Refusal::NotThere);
        }
        self.sight.need(Right::Accept)?;
        if put.outcome.is_some() {
            return Err(Refusal::AlreadyDone);
        }
        if let Some(deadline) = put.proposal.deadline.filter(|d| *d <= self.made.at) {
            return Err(Refusal::TooLate(deadline));
        }
        let home = self.sight.home().ok_or(Refusal::NotThere)?;
        if let Answer::YesIf { condition, .. } = answer {
            check::words("the condition", condition)?;
        }
        self.made.in_room(home, Body::BallotAnswered { ballot, answer: answer.clone() });
        if let Answer::YesIf { condition, tell: true } = answer {
            let condition = condition.clone();
            self.made.in_room(room, Body::ConditionTold { ballot, condition });
        }
        Ok(())
    }

    /// A proposal of the asker's own side, still open.
    fn own_ballot(&self, room: RoomId, ballot: BallotId) -> Result<&OpenedBallot, Refusal> {
        let opened = self.sight.contents(room)?.opened.get(&ballot).ok_or(Refusal::NotThere)?;
        self.sight.need(Right::Speak)?;
        if !self.sight.is_ours(opened.author) {
            let mend = "whoever put it closes or withdraws it";
            return Err(Refusal::malformed("another side put this proposal", mend));
        }
        if opened.outcome.is_some() { Err(Refusal::AlreadyDone) } else { Ok(opened) }
    }

    pub(super) fn close(&mut self, room: RoomId, ballot: BallotId) -> Result<(), Refusal> {
        let opened = self.own_ballot(room, ballot)?.clone();
        if let Some(deadline) = opened.proposal.deadline.filter(|d| *d > self.made.at) {
            return Err(Refusal::TooEarly(deadline));
        }
        let outcome = tally(self.talks, ballot, &opened);
        self.made.end(self.talks, room, ballot, &opened, outcome);
        Ok(())
    }

    pub(super) fn withdraw(&mut self, room: RoomId, ballot: BallotId) -> Result<(), Refusal> {
        let opened = self.own_ballot(room, ballot)?.clone();
        self.made.end(self.talks, room, ballot, &opened, Outcome::Withdrawn);
        Ok(())
    }
}

fn rule(proposal: &Proposal, to: &[PutTo]) -> Result<(), Refusal> {
    let Rule::Quota { at_least, vetoes } = &proposal.rule else { return Ok(()) };
    if *at_least == 0 || *at_least as usize > to.len() {
        let what = format!("the rule asks for {at_least} of {} sides", to.len());
        return Err(Refusal::malformed(what, "ask for at least one and at most all"));
    }
    if !vetoes.iter().all(|v| to.iter().any(|t| t.party == *v)) {
        let mend = "put it to that side too, or leave it out of the rule";
        return Err(Refusal::malformed("a side without whom it fails is not asked", mend));
    }
    if !vetoes.is_empty() && !proposal.named {
        let mend = "let the sides be named to each other";
        return Err(Refusal::malformed("the rule names sides that are not to be named", mend));
    }
    Ok(())
}
