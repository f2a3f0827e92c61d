//! The talks as they stand: events folded, nothing else.

use crate::ballot::{Answer, Outcome, Proposal, PutTo};
use crate::command::{Participant, Subject};
use crate::event::{Body, Event};
use crate::id::{
    BallotId, ClauseId, IssueId, ItemId, MemberId, PrincipalId, QuestionId, RemarkId, RoomId,
    TalksId, TextId, VersionId,
};
use crate::item::{Content, Voice};
use crate::map::Map;
use crate::people::{Actor, Member, Principal, PrincipalKind, Standing};
use crate::preparation::{Alternative, Question, RedLine, Statement};
use crate::sealed::Sealed;
use crate::table::IssueText;
use crate::text::{Draft, Remark};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The talks as they stand.
///
/// Not one of its parts can be read from outside: what a person may see comes
/// from [`crate::view`], what a person may do from [`crate::decide`].
#[derive(Debug, Clone, Default)]
pub struct Talks {
    pub(crate) id: Option<TalksId>,
    pub(crate) title: String,
    pub(crate) convener: Option<PrincipalId>,
    pub(crate) principals: Map<PrincipalId, Principal>,
    pub(crate) members: Map<MemberId, Member>,
    pub(crate) issues: Map<IssueId, TableIssue>,
    pub(crate) rooms: Map<RoomId, Room>,
    pub(crate) answers: BTreeMap<BallotId, Sealed<BTreeMap<PrincipalId, Answer>>>,
}

/// An issue with its versions.
#[derive(Debug, Clone)]
pub(crate) struct TableIssue {
    pub(crate) versions: Vec<(Timestamp, IssueText)>,
    /// Which parties, guarantors and observers know of it, and since when.
    pub(crate) known_to: Map<PrincipalId, Timestamp>,
}

impl TableIssue {
    /// As it is now.
    pub(crate) fn current(&self) -> &IssueText {
        // An issue is made with its first version, and versions only get more.
        &self.versions[self.versions.len() - 1].1
    }
}

/// A room: who is in it, and, sealed, what is in it.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    pub(crate) name: String,
    pub(crate) secret: bool,
    /// Whose own room it is.
    pub(crate) home: Option<PrincipalId>,
    pub(crate) participants: Vec<Participant>,
    pub(crate) opened: Timestamp,
    pub(crate) contents: Sealed<Contents>,
}

/// What is in a room.
#[derive(Debug, Clone, Default)]
pub(crate) struct Contents {
    pub(crate) items: Map<ItemId, Item>,
    /// What was carried here: where from, and its ids here.
    pub(crate) copies: BTreeMap<(RoomId, ItemId), Vec<ItemId>>,
    pub(crate) preparation: Map<PrincipalId, Preparation>,
    pub(crate) questions: Map<QuestionId, Asked>,
    pub(crate) drafted: Map<TextId, Map<VersionId, Version>>,
    pub(crate) circulated: Map<TextId, Map<VersionId, Version>>,
    pub(crate) remarks: Map<RemarkId, Remarked>,
    pub(crate) opened: Map<BallotId, OpenedBallot>,
    pub(crate) put: Map<BallotId, PutBallot>,
    /// Issues that something here names: whoever is in the room knows of them.
    pub(crate) issues_named: BTreeSet<IssueId>,
}

/// Something said or conveyed.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) at: Timestamp,
    pub(crate) author: Author,
    pub(crate) content: Content,
    pub(crate) voice: Voice,
    pub(crate) source: Option<(RoomId, ItemId)>,
    pub(crate) taken_back: bool,
    pub(crate) read: Map<MemberId, Timestamp>,
}

/// Who said something, for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Author {
    pub(crate) member: MemberId,
    pub(crate) principal: PrincipalId,
}

/// What a party stated in one room about its own mind: the latest of each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Preparation {
    pub(crate) issues: Vec<Vec<IssueId>>,
    pub(crate) options: BTreeMap<IssueId, Vec<Vec<u64>>>,
    pub(crate) red_lines: Vec<RedLine>,
    pub(crate) answers: Map<QuestionId, crate::preparation::Choice>,
}

/// A question put.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) at: Timestamp,
    pub(crate) by: PrincipalId,
    pub(crate) to: PrincipalId,
    pub(crate) question: Question,
}

/// A version of a text.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub(crate) at: Timestamp,
    pub(crate) author: Author,
    pub(crate) draft: Draft,
}

/// A remark on a clause.
#[derive(Debug, Clone)]
pub(crate) struct Remarked {
    pub(crate) at: Timestamp,
    pub(crate) author: Author,
    pub(crate) text: TextId,
    pub(crate) version: VersionId,
    pub(crate) clause: ClauseId,
    pub(crate) remark: Remark,
}

/// A proposal as those who put it keep it.
#[derive(Debug, Clone)]
pub(crate) struct OpenedBallot {
    pub(crate) at: Timestamp,
    pub(crate) author: Author,
    pub(crate) proposal: Proposal,
    pub(crate) to: Vec<PutTo>,
    pub(crate) outcome: Option<(Timestamp, Outcome)>,
}

/// A proposal as it lies before a party.
#[derive(Debug, Clone)]
pub(crate) struct PutBallot {
    pub(crate) at: Timestamp,
    pub(crate) author: Author,
    pub(crate) proposal: Proposal,
    pub(crate) party: PrincipalId,
    pub(crate) sides: Vec<PrincipalId>,
    pub(crate) conditions: Vec<(Timestamp, String)>,
    pub(crate) outcome: Option<(Timestamp, Outcome)>,
}

impl Talks {
    /// The talks after these events.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut talks = Self::default();
        for event in events {
            talks.apply(event);
        }
        talks
    }

    /// The talks after the first `count` events.
    #[must_use]
    pub fn at(events: &[Event], count: usize) -> Self {
        Self::fold(&events[..count.min(events.len())])
    }

    /// The talks as they were at a moment.
    #[must_use]
    pub fn as_of(events: &[Event], moment: Timestamp) -> Self {
        Self::fold(events.iter().filter(|e| e.at <= moment))
    }

    /// Which talks these are; `None` before they are opened.
    #[must_use]
    pub fn id(&self) -> Option<TalksId> {
        self.id
    }

    /// Whether a person has a place in these talks, active or suspended.
    #[must_use]
    pub fn has_member(&self, member: MemberId) -> bool {
        self.members.get(&member).is_some_and(|m| !matches!(m.standing, Standing::Replaced { .. }))
    }

    /// Everybody who leads a side, active or not, in the order they came.
    pub fn leads(&self) -> impl Iterator<Item = MemberId> + '_ {
        let lead =
            |m: &Member| m.mandate.rights.lead && !matches!(m.standing, Standing::Replaced { .. });
        self.members.iter().filter(move |(_, m)| lead(m)).map(|(id, _)| *id)
    }

    /// Takes in an event. An event about something whose events were erased changes nothing.
    pub fn apply(&mut self, event: &Event) {
        match event.room {
            None => self.apply_to_table(event),
            Some(room) => self.apply_to_room(room, event),
        }
    }

    fn apply_to_table(&mut self, event: &Event) {
        let at = event.at;
        match &event.body {
            Body::Opened { talks, title, convener } => {
                self.id = Some(*talks);
                self.title.clone_from(title);
                self.convener = Some(*convener);
            }
            Body::PrincipalAdded { id, kind, name, note, known_to } => {
                let principal = Principal {
                    kind: *kind,
                    name: name.clone(),
                    note: note.clone(),
                    reaches: Default::default(),
                    known_to: known_to.iter().copied().collect(),
                };
                self.principals.insert(*id, principal);
            }
            Body::ChannelAdded { mediator, to } => {
                if let Some(mediator) = self.principals.get_mut(mediator) {
                    mediator.reaches.insert(*to);
                }
            }
            Body::IssueAdded { id, issue, known_to } => {
                let issue = TableIssue {
                    versions: vec![(at, issue.clone())],
                    known_to: known_to.iter().map(|p| (*p, at)).collect(),
                };
                self.issues.insert(*id, issue);
            }
            Body::IssueRevised { id, issue } => {
                if let Some(known) = self.issues.get_mut(id) {
                    known.versions.push((at, issue.clone()));
                }
            }
            Body::MadeKnown { subject: Subject::Issue(id), to } => {
                if let Some(issue) = self.issues.get_mut(id) {
                    for principal in to {
                        issue.known_to.entry(*principal).or_insert(at);
                    }
                }
            }
            Body::MadeKnown { subject: Subject::Principal(id), to } => {
                if let Some(principal) = self.principals.get_mut(id) {
                    principal.known_to.extend(to);
                }
            }
            Body::RoomErased { erased } => self.erase(*erased),
            _ => self.apply_to_people(event),
        }
    }

    fn apply_to_people(&mut self, event: &Event) {
        let (at, by) = (event.at, event.actor);
        match &event.body {
            Body::MemberAdded { id, principal, name, mandate } => {
                let member = Member {
                    name: name.clone(),
                    principal: *principal,
                    mandate: mandate.clone(),
                    standing: Standing::Active,
                    since: at,
                    granted_by: by,
                };
                self.members.insert(*id, member);
            }
            Body::MandateGiven { member, mandate } => self.with_member(*member, |m| {
                m.mandate.clone_from(mandate);
                m.since = at;
                m.granted_by = by;
            }),
            Body::Suspended { member, .. } => {
                self.with_member(*member, |m| m.standing = Standing::Suspended);
            }
            Body::Resumed { member, .. } => {
                self.with_member(*member, |m| m.standing = Standing::Active);
            }
            Body::Left { member, by, .. } => {
                self.with_member(*member, |m| m.standing = Standing::Replaced { by: *by });
            }
            _ => {}
        }
    }

    fn with_member(&mut self, id: MemberId, change: impl FnOnce(&mut Member)) {
        if let Some(member) = self.members.get_mut(&id) {
            change(member);
        }
    }

    /// Removes a room as if it had never been, which is how it will be when
    /// the events are folded again without its key.
    fn erase(&mut self, room: RoomId) {
        let Some(gone) = self.rooms.shift_remove(&room) else { return };
        if let Some(owner) = gone.home {
            for answers in self.answers.values_mut() {
                answers.alter(|a| {
                    a.remove(&owner);
                });
            }
        }
    }

    fn apply_to_room(&mut self, id: RoomId, event: &Event) {
        let at = event.at;
        match &event.body {
            Body::RoomOpened { name, participants, secret, home } => {
                let owner = participants.first().map(|p| p.principal).filter(|_| *home);
                let room = Room {
                    name: name.clone(),
                    secret: *secret,
                    home: owner,
                    participants: participants.clone(),
                    opened: at,
                    contents: Sealed::new(Contents::default()),
                };
                self.rooms.insert(id, room);
            }
            Body::BallotAnswered { ballot, answer } => {
                let Some(owner) = self.rooms.get(&id).and_then(|r| r.home) else { return };
                let answers = self.answers.entry(*ballot).or_default();
                answers.alter(|a| {
                    a.insert(owner, answer.clone());
                });
            }
            Body::Admitted { participant } => self.with_room(id, |r| r.admit(participant)),
            Body::Dismissed { principal, member } => {
                self.with_room(id, |r| r.dismiss(*principal, *member));
            }
            _ => self.with_room(id, |r| r.contents.alter(|c| c.apply(event))),
        }
    }

    fn with_room(&mut self, id: RoomId, change: impl FnOnce(&mut Room)) {
        if let Some(room) = self.rooms.get_mut(&id) {
            change(room);
        }
    }

    pub(crate) fn kind_of(&self, principal: PrincipalId) -> Option<PrincipalKind> {
        self.principals.get(&principal).map(|p| p.kind)
    }
}

impl Room {
    fn admit(&mut self, newcomer: &Participant) {
        match self.participants.iter_mut().find(|p| p.principal == newcomer.principal) {
            Some(present) if newcomer.only.is_empty() => present.only.clear(),
            Some(present) => {
                for member in &newcomer.only {
                    if !present.only.contains(member) {
                        present.only.push(*member);
                    }
                }
            }
            None => self.participants.push(newcomer.clone()),
        }
    }

    fn dismiss(&mut self, principal: PrincipalId, member: Option<MemberId>) {
        self.participants.retain_mut(|p| {
            if p.principal != principal {
                return true;
            }
            let Some(member) = member else { return false };
            p.only.retain(|m| *m != member);
            !p.only.is_empty()
        });
    }
}

impl Contents {
    fn apply(&mut self, event: &Event) {
        let at = event.at;
        let Some(author) = author_of(event.actor) else { return self.apply_by_clock(event) };
        match &event.body {
            Body::Said { item, content } => {
                self.add_item(*item, at, author, content, Voice::Own, None);
            }
            Body::Conveyed { item, content, voice, source } => {
                self.copies.entry(*source).or_default().push(*item);
                self.add_item(*item, at, author, content, voice.clone(), Some(*source));
            }
            Body::Permitted { item, permission } => {
                self.with_item(*item, |i| i.content.permission = *permission);
            }
            Body::Read { items } => {
                for item in items {
                    self.with_item(*item, |i| {
                        i.read.entry(author.member).or_insert(at);
                    });
                }
            }
            Body::TakenBack { item } => self.with_item(*item, |i| {
                i.taken_back = true;
            }),
            Body::Prepared { statement } => self.prepare(author.principal, statement),
            Body::QuestionPut { id, to, question } => {
                self.name(question_issues(question));
                let by = author.principal;
                let asked = Asked { at, by, to: *to, question: question.clone() };
                self.questions.insert(*id, asked);
            }
            Body::TextDrafted { text, version, draft } => {
                self.name(draft_issues(draft));
                let version_of = Version { at, author, draft: draft.clone() };
                self.drafted.entry(*text).or_default().insert(*version, version_of);
            }
            Body::TextCirculated { text, version, draft, .. } => {
                self.name(draft_issues(draft));
                let version_of = Version { at, author, draft: draft.clone() };
                self.circulated.entry(*text).or_default().insert(*version, version_of);
            }
            Body::Remarked { id, text, version, clause, remark } => {
                let remarked = Remarked {
                    at,
                    author,
                    text: *text,
                    version: *version,
                    clause: *clause,
                    remark: remark.clone(),
                };
                self.remarks.insert(*id, remarked);
            }
            Body::BallotOpened { ballot, proposal, to } => {
                self.name(proposal.package.keys().copied());
                let opened = OpenedBallot {
                    at,
                    author,
                    proposal: proposal.clone(),
                    to: to.clone(),
                    outcome: None,
                };
                self.opened.insert(*ballot, opened);
            }
            Body::BallotPut { ballot, proposal, party, sides } => {
                self.name(proposal.package.keys().copied());
                let put = PutBallot {
                    at,
                    author,
                    proposal: proposal.clone(),
                    party: *party,
                    sides: sides.clone(),
                    conditions: Vec::new(),
                    outcome: None,
                };
                self.put.insert(*ballot, put);
            }
            Body::ConditionTold { ballot, condition } => {
                if let Some(put) = self.put.get_mut(ballot) {
                    put.conditions.push((at, condition.clone()));
                }
            }
            _ => self.apply_by_clock(event),
        }
    }

    /// What may also happen by itself.
    fn apply_by_clock(&mut self, event: &Event) {
        if let Body::BallotEnded { ballot, outcome } = &event.body {
            let ended = Some((event.at, *outcome));
            if let Some(opened) = self.opened.get_mut(ballot) {
                opened.outcome = ended;
            }
            if let Some(put) = self.put.get_mut(ballot) {
                put.outcome = ended;
            }
        }
    }

    fn add_item(
        &mut self,
        id: ItemId,
        at: Timestamp,
        author: Author,
        content: &Content,
        voice: Voice,
        source: Option<(RoomId, ItemId)>,
    ) {
        self.name(content.about.iter().chain(content.package.keys()).copied());
        let item = Item {
            at,
            author,
            content: content.clone(),
            voice,
            source,
            taken_back: false,
            read: Map::default(),
        };
        self.items.insert(id, item);
    }

    fn with_item(&mut self, id: ItemId, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.items.get_mut(&id) {
            change(item);
        }
    }

    fn prepare(&mut self, party: PrincipalId, statement: &Statement) {
        let preparation = self.preparation.entry(party).or_default();
        match statement {
            Statement::RankIssues(groups) => preparation.issues.clone_from(groups),
            Statement::RankOptions { issue, groups } => {
                preparation.options.insert(*issue, groups.clone());
            }
            Statement::RedLines(lines) => preparation.red_lines.clone_from(lines),
            Statement::Answer { question, answer } => {
                preparation.answers.insert(*question, *answer);
            }
        }
        match statement {
            Statement::RankIssues(groups) => self.name(groups.iter().flatten().copied()),
            Statement::RankOptions { issue, .. } => self.name([*issue]),
            Statement::RedLines(lines) => {
                self.name(lines.iter().flat_map(|l| l.package.keys().copied()));
            }
            Statement::Answer { .. } => {}
        }
    }

    /// Whoever is shown here as the author of something.
    pub(crate) fn authors(&self) -> impl Iterator<Item = MemberId> {
        let texts = self.drafted.values().chain(self.circulated.values());
        let authors = self.items.values().map(|i| i.author);
        let authors = authors.chain(texts.flat_map(|t| t.values().map(|v| v.author)));
        let authors = authors.chain(self.remarks.values().map(|r| r.author));
        let authors = authors.chain(self.opened.values().map(|b| b.author));
        authors.chain(self.put.values().map(|b| b.author)).map(|author| author.member)
    }

    fn name(&mut self, issues: impl IntoIterator<Item = IssueId>) {
        self.issues_named.extend(issues);
    }
}

fn author_of(actor: Actor) -> Option<Author> {
    match actor {
        Actor::Member { id, principal, .. } => Some(Author { member: id, principal }),
        Actor::Clock => None,
    }
}

/// The issues a package, a question or a draft names.
fn question_issues(question: &Question) -> Vec<IssueId> {
    let of = |alternative: &Alternative| match alternative {
        Alternative::Package(package) => package.keys().copied().collect(),
        Alternative::NoDeal => Vec::new(),
    };
    [of(&question.first), of(&question.second)].concat()
}

fn draft_issues(draft: &Draft) -> impl Iterator<Item = IssueId> {
    draft.clauses.iter().flat_map(|c| c.settles.iter().map(|s| s.issue))
}
