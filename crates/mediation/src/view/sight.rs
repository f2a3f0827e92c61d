//! How far one person sees. Both what is shown and what is refused go through
//! here, so that a refusal cannot know more than the view.

use super::warrant::Warrant;
use crate::ballot::Answer;
use crate::id::{BallotId, IssueId, ItemId, MemberId, PrincipalId, RoomId};
use crate::people::{Member, PrincipalKind, Right, Rights};
use crate::refusal::Refusal;
use crate::talks::{Author, Contents, Item, OpenedBallot, Room, TableIssue, Talks};
use std::collections::BTreeSet;

/// The talks as far as one person sees them.
pub(crate) struct Sight<'a> {
    talks: &'a Talks,
    pub(crate) id: MemberId,
    pub(crate) me: &'a Member,
    rights: Rights,
    warrant: Warrant,
}

impl<'a> Sight<'a> {
    /// The sight of a person; `None` for someone who has no place in the talks.
    pub(crate) fn of(talks: &'a Talks, member: MemberId) -> Option<Self> {
        if !talks.has_member(member) {
            return None;
        }
        let me = talks.members.get(&member)?;
        Some(Self { talks, id: member, me, rights: me.rights(), warrant: Warrant::issue() })
    }

    /// The sight that any person of a principal has who may read, and only reads.
    pub(crate) fn of_seat(talks: &'a Talks, member: MemberId, me: &'a Member) -> Self {
        let rights = Rights { read: true, ..Rights::NONE };
        Self { talks, id: member, me, rights, warrant: Warrant::issue() }
    }

    pub(crate) fn rights(&self) -> Rights {
        self.rights
    }

    pub(crate) fn principal(&self) -> PrincipalId {
        self.me.principal
    }

    pub(crate) fn is_mediator(&self) -> bool {
        self.talks.kind_of(self.principal()) == Some(PrincipalKind::Mediator)
    }

    pub(crate) fn convenes(&self) -> bool {
        self.talks.convener == Some(self.principal())
    }

    /// Refuses unless the mandate has this right.
    pub(crate) fn need(&self, right: Right) -> Result<(), Refusal> {
        if right.among(self.rights) { Ok(()) } else { Err(Refusal::Mandate(right)) }
    }

    fn is_in(&self, room: &Room) -> bool {
        self.rights.read
            && room.participants.iter().any(|p| {
                p.principal == self.principal() && (p.only.is_empty() || p.only.contains(&self.id))
            })
    }

    /// The rooms the person is in, oldest first.
    pub(crate) fn rooms(&self) -> impl Iterator<Item = (RoomId, &'a Room)> {
        self.talks.rooms.iter().filter(|(_, room)| self.is_in(room)).map(|(id, room)| (*id, room))
    }

    /// A room the person is in.
    pub(crate) fn room(&self, id: RoomId) -> Result<&'a Room, Refusal> {
        self.talks.rooms.get(&id).filter(|room| self.is_in(room)).ok_or(Refusal::NotThere)
    }

    /// What is in a room the person is in.
    pub(crate) fn contents(&self, room: RoomId) -> Result<&'a Contents, Refusal> {
        Ok(self.room(room)?.contents.open(&self.warrant))
    }

    /// The principal's own room.
    pub(crate) fn home(&self) -> Option<RoomId> {
        self.rooms().find(|(_, room)| room.home == Some(self.principal())).map(|(id, _)| id)
    }

    /// An item in a room the person is in.
    pub(crate) fn item(&self, room: RoomId, item: ItemId) -> Result<&'a Item, Refusal> {
        self.contents(room)?.items.get(&item).ok_or(Refusal::NotThere)
    }

    /// Whether the words of an item are in this person's view.
    pub(crate) fn has_open(&self, item: &Item) -> bool {
        self.is_ours(item.author) || (!item.taken_back && item.read.contains_key(&self.id))
    }

    /// Whether it is said by the person's own side.
    pub(crate) fn is_ours(&self, author: Author) -> bool {
        author.principal == self.principal()
    }

    /// A proposal's sealed answers: only the person's own side's.
    pub(crate) fn own_answer(&self, ballot: BallotId) -> Option<&'a Answer> {
        self.talks.answers.get(&ballot)?.open(&self.warrant).get(&self.principal())
    }

    /// Which sides answered a proposal, for those to whom the proposal says this is shown.
    pub(crate) fn turnout(
        &self,
        ballot: BallotId,
        opened: &OpenedBallot,
    ) -> Option<Vec<PrincipalId>> {
        if !opened.proposal.turnout || !self.is_ours(opened.author) {
            return None;
        }
        let answers = self.talks.answers.get(&ballot).map(|a| a.open(&self.warrant));
        let answered = |p: &PrincipalId| answers.is_some_and(|a| a.contains_key(p));
        Some(opened.to.iter().map(|to| to.party).filter(answered).collect())
    }

    /// The principals the person knows of.
    pub(crate) fn principals(&self) -> BTreeSet<PrincipalId> {
        let mut known: BTreeSet<_> = self
            .rooms()
            .flat_map(|(_, room)| room.participants.iter().map(|p| p.principal))
            .collect();
        known.insert(self.principal());
        for (id, principal) in &self.talks.principals {
            let reaches_us = principal.reaches.contains(&self.principal());
            if self.is_mediator() || reaches_us || principal.known_to.contains(&self.principal()) {
                known.insert(*id);
            }
        }
        known
    }

    /// Whether the person knows that a principal takes part.
    pub(crate) fn knows(&self, principal: PrincipalId) -> bool {
        self.principals().contains(&principal)
    }

    /// An issue the person knows of.
    pub(crate) fn issue(&self, id: IssueId) -> Result<&'a TableIssue, Refusal> {
        let issue = self.talks.issues.get(&id).ok_or(Refusal::NotThere)?;
        if self.knows_issue(id, issue) { Ok(issue) } else { Err(Refusal::NotThere) }
    }

    /// The issues the person knows of, in the order they were put on the table.
    pub(crate) fn issues(&self) -> impl Iterator<Item = (IssueId, &'a TableIssue)> {
        self.talks
            .issues
            .iter()
            .filter(|(id, issue)| self.knows_issue(**id, issue))
            .map(|(id, issue)| (*id, issue))
    }

    fn knows_issue(&self, id: IssueId, issue: &TableIssue) -> bool {
        self.is_mediator()
            || issue.known_to.contains_key(&self.principal())
            || self
                .rooms()
                .any(|(_, room)| room.contents.open(&self.warrant).issues_named.contains(&id))
    }

    /// A person of the viewer's own principal, or anyone for the lead who convenes.
    pub(crate) fn person(&self, id: MemberId) -> Result<&'a Member, Refusal> {
        let person = self.talks.members.get(&id).ok_or(Refusal::NotThere)?;
        if self.sees_people_of(person.principal) { Ok(person) } else { Err(Refusal::NotThere) }
    }

    /// Whether the person knows that someone acts for a principal: from the
    /// principal's people where they are shown, or because that someone wrote
    /// or is named in a room the person is in.
    pub(crate) fn knows_member(&self, member: MemberId, of: PrincipalId) -> bool {
        let met = |room: &Room| {
            room.participants.iter().any(|p| p.only.contains(&member))
                || room.contents.open(&self.warrant).authors().any(|author| author == member)
        };
        self.talks.members.get(&member).is_some_and(|m| m.principal == of)
            && (self.sees_people_of(of) || self.rooms().any(|(_, room)| met(room)))
    }

    /// Whether the person may see who acts for a principal.
    pub(crate) fn sees_people_of(&self, principal: PrincipalId) -> bool {
        self.rights.read && (principal == self.principal() || self.leads_table())
    }

    /// Whether the person may change the table.
    pub(crate) fn leads_table(&self) -> bool {
        self.convenes() && self.rights.lead
    }
}
