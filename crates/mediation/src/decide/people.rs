//! Delegations and mandates that change hands without losing the thread.

use super::{Desk, check};
use crate::event::Body;
use crate::id::{MemberId, PrincipalId};
use crate::people::{Member, Right, Rights, Standing};
use crate::refusal::Refusal;

impl Desk<'_> {
    /// Whether the asker may change a principal's people: its own lead may,
    /// and the convening lead where the principal has no lead who can act.
    fn manages(&self, principal: PrincipalId) -> Result<(), Refusal> {
        self.sight.need(Right::Lead)?;
        if principal == self.sight.principal() {
            return Ok(());
        }
        if !self.sight.leads_table() || !self.talks.principals.contains_key(&principal) {
            return Err(Refusal::NotThere);
        }
        let led = |m: &Member| m.principal == principal && m.rights().lead;
        if self.talks.members.values().any(led) {
            return Err(Refusal::Mandate(Right::Lead));
        }
        Ok(())
    }

    /// A person who has not left, whom the asker may know.
    fn present(&self, id: MemberId) -> Result<Member, Refusal> {
        let person = self.sight.person(id)?;
        match person.standing {
            Standing::Replaced { .. } => Err(Refusal::AlreadyDone),
            Standing::Active | Standing::Suspended => Ok(person.clone()),
        }
    }

    pub(super) fn add_member(
        &mut self,
        principal: PrincipalId,
        name: &str,
        rights: Rights,
        basis: &str,
    ) -> Result<(), Refusal> {
        self.manages(principal)?;
        check::name("the person's name", name)?;
        check::text("the basis", basis)?;
        let id = self.made.id(MemberId::fresh);
        let mandate = self.made.mandate(rights, basis);
        self.made.at_table(Body::MemberAdded { id, principal, name: name.to_owned(), mandate });
        Ok(())
    }

    pub(super) fn give_mandate(
        &mut self,
        member: MemberId,
        rights: Rights,
        basis: &str,
    ) -> Result<(), Refusal> {
        let person = self.present(member)?;
        self.manages(person.principal)?;
        check::text("the basis", basis)?;
        let mandate = self.made.mandate(rights, basis);
        self.made.at_table(Body::MandateGiven { member, mandate });
        Ok(())
    }

    /// The convening lead may suspend anybody, for a login in the wrong hands.
    pub(super) fn suspend(&mut self, member: MemberId, basis: &str) -> Result<(), Refusal> {
        let person = self.present(member)?;
        if !self.sight.leads_table() {
            self.manages(person.principal)?;
        }
        if person.standing == Standing::Suspended {
            return Err(Refusal::AlreadyDone);
        }
        check::text("the basis", basis)?;
        self.made.at_table(Body::Suspended { member, basis: basis.to_owned() });
        Ok(())
    }

    pub(super) fn resume(&mut self, member: MemberId, basis: &str) -> Result<(), Refusal> {
        let person = self.present(member)?;
        if !self.sight.leads_table() {
            self.manages(person.principal)?;
        }
        if person.standing == Standing::Active {
            return Err(Refusal::AlreadyDone);
        }
        check::text("the basis", basis)?;
        self.made.at_table(Body::Resumed { member, basis: basis.to_owned() });
        Ok(())
    }

    pub(super) fn replace(
        &mut self,
        member: MemberId,
        by: Option<&str>,
        basis: &str,
    ) -> Result<(), Refusal> {
        let person = self.present(member)?;
        self.manages(person.principal)?;
        check::text("the basis", basis)?;
        let successor = match by {
            None => None,
            Some(name) => {
                check::name("the successor's name", name)?;
                let id = self.made.id(MemberId::fresh);
                let mandate = self.made.mandate(person.mandate.rights, basis);
                let (principal, name) = (person.principal, name.to_owned());
                self.made.at_table(Body::MemberAdded { id, principal, name, mandate });
                Some(id)
            }
        };
        let basis = basis.to_owned();
        self.made.at_table(Body::Left { member, by: successor, basis });
        Ok(())
    }
}
