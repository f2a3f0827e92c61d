//! The one place where sealed answers meet: it lets out one bit.

use super::warrant::Warrant;
use crate::ballot::Outcome;
use crate::id::{BallotId, PrincipalId, RoomId};
use crate::talks::{OpenedBallot, Talks};
use jiff::Timestamp;

/// Whether a proposal's rule is met by the answers there are.
pub(crate) fn tally(talks: &Talks, id: BallotId, ballot: &OpenedBallot) -> Outcome {
    let sides: Vec<PrincipalId> = ballot.to.iter().map(|to| to.party).collect();
    let warrant = Warrant::issue();
    let met = talks
        .answers
        .get(&id)
        .is_some_and(|answers| ballot.proposal.rule.is_met(&sides, answers.open(&warrant)));
    if met { Outcome::Accepted } else { Outcome::NotAccepted }
}

/// Finds a proposal that is due, for the clock, which is in no room.
pub(crate) fn opened_in(talks: &Talks, room: RoomId, id: BallotId) -> Option<&OpenedBallot> {
    talks.rooms.get(&room)?.contents.open(&Warrant::issue()).opened.get(&id)
}

/// Every proposal still open that has a deadline, with its room.
pub(crate) fn timed(talks: &Talks) -> impl Iterator<Item = (Timestamp, RoomId, BallotId)> {
    talks.rooms.iter().flat_map(|(room, of)| {
        let opened = of.contents.open(&Warrant::issue()).opened.iter();
        opened
            .filter(|(_, b)| b.outcome.is_none())
            .filter_map(move |(id, b)| Some((b.proposal.deadline?, *room, *id)))
    })
}
