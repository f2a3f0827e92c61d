//! The next question to a party, chosen from its own answers and nothing else.

use crate::id::{QuestionId, RoomId};
use crate::people::PrincipalKind;
use crate::preparation::{Grounds, Question};
use crate::view::{RoomView, View};
use crate::workbench::table::{Said, Table};
use detente_elicitation::Rankings;
use detente_elicitation::case::{Case, Next, Settings};

/// What to ask a party next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextQuestion {
    /// Put this.
    Ask(Question),
    /// One put before is still open.
    Open(QuestionId),
    /// Ask no more: another answer would tell hardly anything.
    Enough,
}

/// The next question to the party that `seen` is a view of, in a room it is in.
///
/// It depends on nothing but that view: the issues on the party's table, and
/// what it stated in that room. `None` when the viewer is not of a party, is
/// not in the room, or has nothing on the table to choose from.
#[must_use]
pub fn next_question(seen: &View, room: RoomId) -> Option<NextQuestion> {
    let you = seen.you.as_ref().filter(|you| you.kind == PrincipalKind::Party)?;
    let room = seen.rooms.iter().find(|r| r.id == room)?;
    if let Some(open) = open_question(room, you.principal) {
        return Some(NextQuestion::Open(open));
    }
    let said = Said::of(you.principal, [room]);
    let table = Table::of(&seen.issues, &[&said.red_lines, &[]])?;
    // The room's random id decides the draws: nobody outside knows it.
    let seed = u64::from_be_bytes(room.id.as_bytes().first_chunk().copied()?);
    let settings = Settings { seed, ..Settings::default() };
    // The other is a stranger of whom nothing is known.
    let rankings = vec![table.rankings(&said), Rankings::unsaid(&table.space)];
    let mut case = Case::new(table.space.clone(), rankings, settings);
    for (question, answer) in table.answers(&said) {
        case.answer(0, question, answer);
    }
    Some(match case.next_question(0) {
        Next::Ask(question) => table
            .question(&question, Grounds::OwnAnswers)
            .map_or(NextQuestion::Enough, NextQuestion::Ask),
        Next::Stop(_) => NextQuestion::Enough,
    })
}

/// A question put to a party in this room that it has not answered.
pub(crate) fn open_question(room: &RoomView, party: crate::PrincipalId) -> Option<QuestionId> {
    let stated = room.preparation.iter().find(|p| p.party == party);
    let answered = |id| stated.is_some_and(|s| s.answers.iter().any(|(q, _)| *q == id));
    room.questions.iter().filter(|q| q.to == party).map(|q| q.id).find(|id| !answered(*id))
}
