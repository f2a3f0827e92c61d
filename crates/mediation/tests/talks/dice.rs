//! Random commands: what people of every role might ask for, sensible or not.

use crate::world::{World, issue, message};
use detente_mediation::ballot::{Answer, Proposal, PutTo, Rule};
use detente_mediation::preparation::{Alternative, Choice, Grounds, Question, RedLine, Statement};
use detente_mediation::text::{BracketBy, Clause, Draft, Remark, Reservation, Settles};
use detente_mediation::view::{RoomView, View};
use detente_mediation::{
    Ask, Attribution, AttributionLevel, BallotId, Body, ClauseId, Content, Conveyance, IssueId,
    ItemId, ItemKind, MemberId, Package, Participant, Permission, PrincipalId, PrincipalKind,
    QuestionId, Rights, RoomId, Subject, TextId, VersionId, Viewer, view,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Where choices come from.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0.next_u64()
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.0.next_u32() as usize) % n.max(1)
    }

    /// True once in `n`.
    pub(crate) fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

/// Every id that something in these talks ever had: someone who guesses well.
#[derive(Clone, Default)]
pub(crate) struct Ids {
    pub(crate) rooms: Vec<RoomId>,
    pub(crate) items: Vec<ItemId>,
    pub(crate) members: Vec<MemberId>,
    pub(crate) principals: Vec<PrincipalId>,
    pub(crate) issues: Vec<IssueId>,
    pub(crate) questions: Vec<QuestionId>,
    pub(crate) texts: Vec<(TextId, VersionId)>,
    pub(crate) ballots: Vec<BallotId>,
}

impl Ids {
    pub(crate) fn of(world: &World) -> Self {
        let mut ids = Self::default();
        for event in &world.events {
            match &event.body {
                Body::RoomOpened { .. } => ids.rooms.extend(event.room),
                Body::Said { item, .. } | Body::Conveyed { item, .. } => ids.items.push(*item),
                Body::MemberAdded { id, .. } => ids.members.push(*id),
                Body::PrincipalAdded { id, .. } => ids.principals.push(*id),
                Body::IssueAdded { id, .. } => ids.issues.push(*id),
                Body::QuestionPut { id, .. } => ids.questions.push(*id),
                Body::TextDrafted { text, version, .. } => ids.texts.push((*text, *version)),
                Body::BallotOpened { ballot, .. } => ids.ballots.push(*ballot),
                _ => {}
            }
        }
        ids
    }
}

/// Someone who asks, with what they see and what they may have guessed.
pub(crate) struct Asker<'a> {
    pub(crate) dice: &'a mut Dice,
    pub(crate) seen: View,
    pub(crate) ids: Ids,
    /// The words of whatever is said.
    pub(crate) words: String,
}

impl<'a> Asker<'a> {
    pub(crate) fn new(dice: &'a mut Dice, world: &World, who: MemberId, words: String) -> Self {
        let seen = view(&world.talks, Viewer::Member(who));
        Self { dice, seen, ids: Ids::of(world), words }
    }

    /// Something to ask for.
    pub(crate) fn ask(&mut self) -> Ask {
        match self.dice.below(32) {
            0..=5 => Ask::Say { room: self.room(), content: self.content() },
            6..=8 => self.read(),
            9 => Ask::TakeBack { room: self.room(), item: self.item() },
            10 => {
                let (room, permission) = (self.room(), self.permission());
                let item = self.item_in(room);
                Ask::Permit { room, item, permission }
            }
            11..=12 => self.convey(),
            13..=14 => Ask::Prepare { room: self.room(), statement: self.statement() },
            15 => {
                let (room, to) = (self.room(), self.principal());
                Ask::PutQuestion { room, to, question: self.question() }
            }
            16..=17 => self.draft(),
            18 => self.circulate(),
            19 => self.remark(),
            20..=21 => self.put(),
            22..=23 => self.answer(),
            24 => {
                let (room, ballot) = (self.home(), self.ballot());
                if self.dice.once_in(3) {
                    Ask::Withdraw { room, ballot }
                } else {
                    Ask::Close { room, ballot }
                }
            }
            25..=26 => self.open_room(),
            27 => self.admit_or_dismiss(),
            28..=29 => self.people(),
            30 => self.table(),
            _ if self.dice.once_in(8) => Ask::EraseRoom { room: self.room() },
            _ => Ask::Say { room: self.home(), content: self.content() },
        }
    }

    fn guess<T: Copy>(&mut self, known: &[T], guessed: &[T], made_up: T) -> T {
        let from = if self.dice.once_in(8) { guessed } else { known };
        self.dice.pick(from).copied().unwrap_or(made_up)
    }

    pub(crate) fn room(&mut self) -> RoomId {
        let known: Vec<_> = self.seen.rooms.iter().map(|r| r.id).collect();
        let guessed = self.ids.rooms.clone();
        self.guess(&known, &guessed, RoomId::from_bytes([9; 16]))
    }

    fn home(&mut self) -> RoomId {
        match self.seen.you.as_ref().and_then(|y| y.home) {
            Some(home) => home,
            None => self.room(),
        }
    }

    fn room_view(&mut self) -> Option<RoomView> {
        let rooms = std::mem::take(&mut self.seen.rooms);
        let found = self.dice.pick(&rooms).cloned();
        self.seen.rooms = rooms;
        found
    }

    fn item(&mut self) -> ItemId {
        let room = self.room();
        self.item_in(room)
    }

    fn item_in(&mut self, room: RoomId) -> ItemId {
        let of = self.seen.rooms.iter().filter(|r| r.id == room).flat_map(|r| &r.items);
        let known: Vec<_> = of.map(|i| i.id).collect();
        let guessed = self.ids.items.clone();
        self.guess(&known, &guessed, ItemId::from_bytes([9; 16]))
    }

    pub(crate) fn principal(&mut self) -> PrincipalId {
        let known: Vec<_> = self.seen.principals.iter().map(|p| p.id).collect();
        let guessed = self.ids.principals.clone();
        self.guess(&known, &guessed, PrincipalId::from_bytes([9; 16]))
    }

    fn member(&mut self) -> MemberId {
        let known: Vec<_> =
            self.seen.principals.iter().flat_map(|p| &p.people).map(|m| m.id).collect();
        let guessed = self.ids.members.clone();
        self.guess(&known, &guessed, MemberId::from_bytes([9; 16]))
    }

    fn issue(&mut self) -> IssueId {
        let known: Vec<_> = self.seen.issues.iter().map(|i| i.id).collect();
        let guessed = self.ids.issues.clone();
        self.guess(&known, &guessed, IssueId::from_bytes([9; 16]))
    }

    fn package(&mut self) -> Package {
        (0..self.dice.below(3)).map(|_| (self.issue(), self.dice.below(3) as u64)).collect()
    }

    fn permission(&mut self) -> Permission {
        [Permission::DoNotConvey, Permission::AsOwn, Permission::MayConvey][self.dice.below(3)]
    }

    fn content(&mut self) -> Content {
        let package = if self.dice.once_in(3) { self.package() } else { Package::new() };
        let kind = if package.is_empty() { ItemKind::Message } else { ItemKind::Proposal };
        let level = match self.dice.below(4) {
            0 => AttributionLevel::OffTheRecord,
            1 => AttributionLevel::DeepBackground,
            2 => AttributionLevel::Background,
            _ => AttributionLevel::OnTheRecord,
        };
        let about = if self.dice.once_in(3) { vec![self.issue()] } else { vec![] };
        Content {
            kind,
            package,
            about,
            attribution: Attribution { level, wording: "someone who knows".into() },
            permission: self.permission(),
            ..message(&self.words)
        }
    }

    pub(crate) fn read(&mut self) -> Ask {
        match self.room_view() {
            Some(room) => {
                Ask::Read { room: room.id, items: room.items.iter().map(|i| i.id).collect() }
            }
            None => Ask::Read { room: self.room(), items: vec![self.item()] },
        }
    }

    fn convey(&mut self) -> Ask {
        let room = self.room();
        let item = self.item_in(room);
        let reworded = self.dice.once_in(3).then(|| self.words.clone());
        let how = Conveyance { as_own: self.dice.once_in(2), reworded };
        Ask::Convey { room, item, to: vec![self.room()], how }
    }

    fn statement(&mut self) -> Statement {
        match self.dice.below(4) {
            0 => Statement::RankIssues(self.seen.issues.iter().map(|i| vec![i.id]).collect()),
            1 => {
                let groups = vec![vec![self.dice.below(2) as u64]];
                Statement::RankOptions { issue: self.issue(), groups }
            }
            2 => {
                let line = RedLine { package: self.package(), reason: self.words.clone() };
                Statement::RedLines(vec![line])
            }
            _ => {
                let known: Vec<_> =
                    self.seen.rooms.iter().flat_map(|r| &r.questions).map(|q| q.id).collect();
                let guessed = self.ids.questions.clone();
                let question = self.guess(&known, &guessed, QuestionId::from_bytes([9; 16]));
                let answers = [Choice::First, Choice::Second, Choice::Same, Choice::WontAnswer];
                Statement::Answer { question, answer: answers[self.dice.below(4)] }
            }
        }
    }

    fn question(&mut self) -> Question {
        let grounds = if self.dice.once_in(2) { Grounds::OwnAnswers } else { Grounds::Joint };
        Question {
            first: Alternative::Package(self.package()),
            second: Alternative::NoDeal,
            grounds,
        }
    }

    /// A text whose words are always the same, bracketed by whoever it may be.
    pub(crate) fn text(&mut self) -> Draft {
        let by = vec![self.principal()];
        let clause = |n: u8, words: &str| Clause {
            id: ClauseId::from_bytes([n; 16]),
            heading: format!("Clause {n}"),
            words: [("en".to_owned(), words.to_owned())].into(),
            settles: vec![],
            brackets: vec![],
            reservations: vec![],
        };
        let mut first = clause(1, "The gate is [open][shut].");
        first.settles = vec![Settles { issue: self.issue(), option: None }];
        first.brackets = vec![BracketBy { bracket: 0, by, disclosed: false }];
        let words = self.words.clone();
        first.reservations = vec![Reservation { by: self.principal(), words, disclosed: false }];
        Draft {
            title: "One text".into(),
            clauses: vec![first, clause(2, "The parties meet again.")],
            ..Draft::default()
        }
    }

    fn draft(&mut self) -> Ask {
        let room = self.home();
        let of = self.seen.rooms.iter().filter(|r| r.id == room).flat_map(|r| &r.texts);
        let known: Vec<_> = of.map(|t| t.id).collect();
        let text = if self.dice.once_in(2) { self.dice.pick(&known).copied() } else { None };
        Ask::DraftText { room, text, draft: self.text() }
    }

    fn version(&mut self, rooms: &[RoomView]) -> (TextId, VersionId) {
        let known: Vec<_> = rooms
            .iter()
            .flat_map(|r| &r.texts)
            .flat_map(|t| t.versions.iter().map(|v| (t.id, v.id)))
            .collect();
        let guessed = self.ids.texts.clone();
        self.guess(&known, &guessed, (TextId::from_bytes([9; 16]), VersionId::from_bytes([9; 16])))
    }

    fn circulate(&mut self) -> Ask {
        let room = self.home();
        let rooms: Vec<_> = self.seen.rooms.iter().filter(|r| r.id == room).cloned().collect();
        let (text, version) = self.version(&rooms);
        Ask::Circulate { room, text, version, to: vec![self.room()] }
    }

    fn remark(&mut self) -> Ask {
        let rooms: Vec<_> = self.room_view().into_iter().collect();
        let room = rooms.first().map_or_else(|| RoomId::from_bytes([9; 16]), |r| r.id);
        let (text, version) = self.version(&rooms);
        let remark = match self.dice.below(4) {
            0 => Remark::Bracket { words: "gate".into(), reason: self.words.clone() },
            1 => Remark::Instead(self.words.clone()),
            2 => Remark::Reserve(self.words.clone()),
            _ => Remark::CouldAgree,
        };
        Ask::RemarkOn { room, text, version, clause: ClauseId::from_bytes([1; 16]), remark }
    }

    fn put(&mut self) -> Ask {
        let own = self.seen.you.as_ref().map(|y| y.principal);
        let mut to: Vec<PutTo> = Vec::new();
        for room in self.seen.rooms.iter().filter(|r| !r.secret) {
            for participant in room.participants.iter().filter(|p| Some(p.principal) != own) {
                let party = participant.principal;
                let is_party = self
                    .seen
                    .principals
                    .iter()
                    .any(|p| p.id == party && p.kind == PrincipalKind::Party);
                if is_party && to.iter().all(|t| t.party != party && t.room != room.id) {
                    to.push(PutTo { party, room: room.id });
                }
            }
        }
        to.truncate(1 + self.dice.below(3));
        let proposal = Proposal {
            title: "A proposal".into(),
            words: self.words.clone(),
            package: self.package(),
            text: None,
            whole: Default::default(),
            rule: if self.dice.once_in(3) {
                Rule::Quota { at_least: 1, vetoes: Default::default() }
            } else {
                Rule::All
            },
            deadline: None,
            named: self.dice.once_in(2),
            turnout: self.dice.once_in(2),
        };
        Ask::Put { room: self.home(), proposal, to }
    }

    fn ballot(&mut self) -> BallotId {
        let known: Vec<_> = self.seen.rooms.iter().flat_map(|r| &r.ballots).map(|b| b.id).collect();
        let guessed = self.ids.ballots.clone();
        self.guess(&known, &guessed, BallotId::from_bytes([9; 16]))
    }

    fn answer(&mut self) -> Ask {
        let with = self.seen.rooms.iter().filter(|r| !r.ballots.is_empty());
        let known: Vec<_> = with.flat_map(|r| r.ballots.iter().map(|b| (r.id, b.id))).collect();
        let made_up = (RoomId::from_bytes([9; 16]), BallotId::from_bytes([9; 16]));
        let (room, ballot) = self.guess(&known, &[], made_up);
        Ask::Answer { room, ballot, answer: self.any_answer() }
    }

    pub(crate) fn any_answer(&mut self) -> Answer {
        match self.dice.below(4) {
            0 | 1 => Answer::Yes,
            2 => Answer::No,
            _ => Answer::YesIf { condition: self.words.clone(), tell: self.dice.once_in(4) },
        }
    }

    fn open_room(&mut self) -> Ask {
        let own = self.seen.you.as_ref().map(|y| (y.principal, y.member));
        let mut participants: Vec<Participant> = own
            .into_iter()
            .map(|(principal, member)| Participant {
                principal,
                only: if self.dice.once_in(3) { vec![member] } else { vec![] },
            })
            .collect();
        let other = self.principal();
        if participants.iter().all(|p| p.principal != other) {
            participants.push(Participant { principal: other, only: vec![] });
        }
        let secret = self.dice.once_in(2);
        Ask::OpenRoom { name: self.words.clone(), participants, secret }
    }

    fn admit_or_dismiss(&mut self) -> Ask {
        let (room, principal, member) = (self.room(), self.principal(), self.member());
        if self.dice.once_in(2) {
            Ask::Admit { room, participant: Participant { principal, only: vec![member] } }
        } else {
            Ask::Dismiss { room, principal, member: self.dice.once_in(2).then_some(member) }
        }
    }

    fn people(&mut self) -> Ask {
        let rights = [Rights::NOTE_TAKER, Rights::SPEAKER, Rights::HEAD][self.dice.below(3)];
        let (member, basis) = (self.member(), self.words.clone());
        match self.dice.below(5) {
            0 | 1 => Ask::AddMember {
                principal: self.principal(),
                name: self.words.clone(),
                rights,
                basis,
            },
            2 => Ask::GiveMandate { member, rights, basis },
            3 => Ask::Suspend { member, basis },
            _ => Ask::Resume { member, basis },
        }
    }

    fn table(&mut self) -> Ask {
        let known_to = vec![self.principal()];
        match self.dice.below(4) {
            0 => Ask::AddIssue { issue: issue(&self.words.clone(), &["yes", "no"]), known_to },
            1 => {
                let revised = issue(&self.words.clone(), &["a", "b", "c", "d"]);
                Ask::ReviseIssue { issue: self.issue(), revised }
            }
            2 => Ask::MakeKnown { subject: Subject::Issue(self.issue()), to: known_to },
            _ => Ask::AddPrincipal {
                kind: PrincipalKind::Party,
                name: self.words.clone(),
                note: String::new(),
                channels: vec![],
                known_to,
            },
        }
    }
}
