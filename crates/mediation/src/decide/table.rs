//! Changing the table while talks run.

use super::{Desk, check};
use crate::command::Subject;
use crate::event::Body;
use crate::id::{IssueId, PrincipalId};
use crate::people::{PrincipalKind, Right};
use crate::refusal::Refusal;
use crate::table::{IssueText, Options};

impl Desk<'_> {
    /// The table is the convening lead's to change.
    fn table(&self) -> Result<(), Refusal> {
        self.sight.need(Right::Lead)?;
        if self.sight.convenes() { Ok(()) } else { Err(Refusal::Mandate(Right::Lead)) }
    }

    fn all_known(&self, principals: &[PrincipalId]) -> Result<(), Refusal> {
        check::list("the list", principals.len())?;
        check::once("the list", principals)?;
        let known = self.sight.principals();
        if principals.iter().all(|p| known.contains(p)) { Ok(()) } else { Err(Refusal::NotThere) }
    }

    pub(super) fn add_principal(
        &mut self,
        kind: PrincipalKind,
        name: &str,
        note: &str,
        channels: &[PrincipalId],
        known_to: &[PrincipalId],
    ) -> Result<(), Refusal> {
        self.table()?;
        check::name("the name", name)?;
        check::text("the note", note)?;
        self.all_known(channels)?;
        self.all_known(known_to)?;
        let id = self.made.id(PrincipalId::fresh);
        self.made.principal(id, kind, (name, note), known_to.to_vec());
        for other in channels {
            let other_name = self.principal_name(*other);
            match (kind, self.talks.kind_of(*other)) {
                (PrincipalKind::Mediator, Some(PrincipalKind::Mediator)) => {
                    return Err(between_mediators());
                }
                (PrincipalKind::Mediator, _) => {
                    self.made.channel((id, name), (*other, &other_name));
                }
                (_, Some(PrincipalKind::Mediator)) => {
                    self.made.channel((*other, &other_name), (id, name));
                }
                _ => return Err(Refusal::NoChannel("a channel has a mediator at one end".into())),
            }
        }
        Ok(())
    }

    pub(super) fn add_channel(
        &mut self,
        mediator: PrincipalId,
        to: PrincipalId,
    ) -> Result<(), Refusal> {
        self.table()?;
        self.all_known(&[mediator, to])?;
        let from = self.talks.principals.get(&mediator).ok_or(Refusal::NotThere)?;
        if from.kind != PrincipalKind::Mediator {
            return Err(Refusal::NoChannel("a channel starts from a mediator".into()));
        }
        if self.talks.kind_of(to) == Some(PrincipalKind::Mediator) {
            return Err(between_mediators());
        }
        if from.reaches.contains(&to) {
            return Err(Refusal::AlreadyDone);
        }
        let (from, name) = (from.name.clone(), self.principal_name(to));
        self.made.channel((mediator, &from), (to, &name));
        Ok(())
    }

    pub(super) fn add_issue(
        &mut self,
        issue: &IssueText,
        known_to: &[PrincipalId],
    ) -> Result<(), Refusal> {
        self.table()?;
        check::issue(issue)?;
        self.all_known(known_to)?;
        let id = self.made.id(IssueId::fresh);
        let (issue, known_to) = (issue.clone(), known_to.to_vec());
        self.made.at_table(Body::IssueAdded { id, issue, known_to });
        Ok(())
    }

    pub(super) fn revise_issue(&mut self, id: IssueId, revised: &IssueText) -> Result<(), Refusal> {
        self.table()?;
        let before = self.sight.issue(id)?.current();
        check::issue(revised)?;
        if !extends(&before.options, &revised.options) {
            return Err(Refusal::malformed(
                "the revised issue drops or moves options",
                "keep every option at its place and add new ones at the end: answers point at \
                 options by their place. For something else, add another issue",
            ));
        }
        if before == revised {
            return Err(Refusal::AlreadyDone);
        }
        self.made.at_table(Body::IssueRevised { id, issue: revised.clone() });
        Ok(())
    }

    pub(super) fn make_known(
        &mut self,
        subject: Subject,
        to: &[PrincipalId],
    ) -> Result<(), Refusal> {
        self.table()?;
        self.all_known(to)?;
        match subject {
            Subject::Issue(id) => self.sight.issue(id).map(|_| ())?,
            Subject::Principal(id) => self.all_known(&[id])?,
        }
        self.made.at_table(Body::MadeKnown { subject, to: to.to_vec() });
        Ok(())
    }

    /// The name of a principal that the asker is known to know.
    pub(super) fn principal_name(&self, id: PrincipalId) -> String {
        self.talks.principals.get(&id).map(|p| p.name.clone()).unwrap_or_default()
    }
}

fn between_mediators() -> Refusal {
    Refusal::NoChannel("mediators need none between them: open a room".into())
}

/// Whether every option keeps its index. A range of numbers may only grow upwards.
fn extends(before: &Options, after: &Options) -> bool {
    match (before, after) {
        (Options::Categorical(a), Options::Categorical(b))
        | (Options::Ordered(a), Options::Ordered(b)) => b.len() >= a.len(),
        (Options::Integer { min: a, max }, Options::Integer { min: b, max: new }) => {
            a == b && new >= max
        }
        (Options::Stepped { min: a, step: s, .. }, Options::Stepped { min: b, step: t, .. }) => {
            a == b && s == t
        }
        (Options::Divisible, Options::Divisible) => true,
        _ => false,
    }
}
