//! What a party states about its own mind, and questions to it.

use super::{Desk, check};
use crate::event::Body;
use crate::id::{PrincipalId, QuestionId, RoomId};
use crate::people::{PrincipalKind, Right};
use crate::preparation::{Alternative, Grounds, Question, Statement};
use crate::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn prepare(&mut self, room: RoomId, statement: &Statement) -> Result<(), Refusal> {
        self.may_write(room)?;
        if self.talks.kind_of(self.sight.principal()) != Some(PrincipalKind::Party) {
            let mend = "a party's own people state this";
            return Err(Refusal::malformed("only parties state what they would rather have", mend));
        }
        self.statement(room, statement)?;
        self.made.in_room(room, Body::Prepared { statement: statement.clone() });
        Ok(())
    }

    fn statement(&self, room: RoomId, statement: &Statement) -> Result<(), Refusal> {
        match statement {
            Statement::RankIssues(groups) => {
                ranking(groups)?;
                groups.iter().flatten().try_for_each(|issue| self.sight.issue(*issue).map(|_| ()))
            }
            Statement::RankOptions { issue, groups } => {
                ranking(groups)?;
                let options = groups.iter().flatten();
                options.copied().try_for_each(|o| self.package(&[(*issue, o)].into()))?;
                self.sight.issue(*issue).map(|_| ())
            }
            Statement::RedLines(lines) => {
                check::list("the list of red lines", lines.len())?;
                for line in lines {
                    check::text("a red line's reason", &line.reason)?;
                    self.package(&line.package)?;
                    if line.package.is_empty() {
                        let mend = "choose what is never to be accepted";
                        return Err(Refusal::malformed("a red line names nothing", mend));
                    }
                }
                Ok(())
            }
            Statement::Answer { question, .. } => {
                let asked = self.sight.contents(room)?.questions.get(question);
                match asked {
                    Some(asked) if asked.to == self.sight.principal() => Ok(()),
                    Some(_) => Err(Refusal::malformed(
                        "the question was put to another side",
                        "answer one put to yours",
                    )),
                    None => Err(Refusal::NotThere),
                }
            }
        }
    }

    pub(super) fn put_question(
        &mut self,
        room: RoomId,
        to: PrincipalId,
        question: &Question,
    ) -> Result<(), Refusal> {
        let found = self.sight.room(room)?;
        let there = found.participants.iter().any(|p| p.principal == to);
        if !there || self.talks.kind_of(to) != Some(PrincipalKind::Party) {
            return Err(Refusal::NotThere);
        }
        self.may_write(room)?;
        if question.grounds == Grounds::Joint && !self.sight.is_mediator() {
            return Err(Refusal::Mandate(Right::Speak));
        }
        for alternative in [&question.first, &question.second] {
            if let Alternative::Package(package) = alternative {
                self.package(package)?;
            }
        }
        if question.first == question.second {
            let mend = "let the two differ in an option";
            return Err(Refusal::malformed("both sides of the question are the same", mend));
        }
        let id = self.made.id(QuestionId::fresh);
        self.made.in_room(room, Body::QuestionPut { id, to, question: question.clone() });
        Ok(())
    }
}

/// Refuses a ranking with an empty group, or something in it twice.
fn ranking<T: Ord>(groups: &[Vec<T>]) -> Result<(), Refusal> {
    check::list("the ranking", groups.iter().map(Vec::len).sum())?;
    check::once("the ranking", groups.iter().flatten())?;
    if groups.iter().any(Vec::is_empty) {
        return Err(Refusal::malformed("the ranking has an empty place", "leave it out"));
    }
    Ok(())
}
