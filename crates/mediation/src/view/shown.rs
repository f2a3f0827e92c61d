//! The shapes of what a person sees.

use crate::ballot::{Answer, Outcome, Proposal, PutTo};
use crate::id::{
    BallotId, ClauseId, IssueId, ItemId, MandateId, MemberId, PrincipalId, QuestionId, RemarkId,
    RoomId, TalksId, TextId, VersionId,
};
use crate::item::{Attribution, ItemKind, Permission, Voice};
use crate::people::{Actor, PrincipalKind, Rights, Standing};
use crate::preparation::{Choice, Question, RedLine};
use crate::table::{IssueText, Package};
use crate::text::{Draft, Remark};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the shape; keys are a contract, more may be added.
pub const VIEW_VERSION: u32 = 1;

/// Everything one person may see.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct View {
    /// The shape's version.
    pub v: u32,
    /// Which talks, and as whom; `None` for someone with no place in them.
    pub you: Option<You>,
    /// The principals this person knows of, in the order they came to be known here.
    pub principals: Vec<PrincipalView>,
    /// The issues this person knows of.
    pub issues: Vec<IssueView>,
    /// The rooms this person is in.
    pub rooms: Vec<RoomView>,
}

/// Who is looking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct You {
    /// The talks.
    pub talks: TalksId,
    /// What they are called.
    pub title: String,
    /// The person.
    pub member: MemberId,
    /// The person's name.
    pub name: String,
    /// For whom.
    pub principal: PrincipalId,
    /// In which capacity.
    pub kind: PrincipalKind,
    /// Whether for the convening mediator.
    pub convenes: bool,
    /// What the person may do now.
    pub rights: Rights,
    /// Active or suspended.
    pub standing: Standing,
    /// The room that is the principal's own; `None` for someone who may not read.
    pub home: Option<RoomId>,
}

/// A principal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrincipalView {
    /// Its id.
    pub id: PrincipalId,
    /// In which capacity.
    pub kind: PrincipalKind,
    /// Its name.
    pub name: String,
    /// For people.
    pub note: String,
    /// Whom a mediator reaches, as far as the viewer may know.
    pub reaches: Vec<PrincipalId>,
    /// Its people, where the viewer may know them.
    pub people: Vec<PersonView>,
}

/// A person, as colleagues and whoever administers the talks see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// The person.
    pub id: MemberId,
    /// The name.
    pub name: String,
    /// What the mandate allows.
    pub rights: Rights,
    /// Which granting of it.
    pub mandate: MandateId,
    /// What it rests on.
    pub basis: String,
    /// Who granted it.
    pub granted_by: Actor,
    /// Since when.
    pub since: Timestamp,
    /// Active, suspended, or gone.
    pub standing: Standing,
}

/// An issue with the versions its viewer may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueView {
    /// Its id.
    pub id: IssueId,
    /// As it is now.
    pub issue: IssueText,
    /// As it was before, with the moment each version began.
    pub earlier: Vec<(Timestamp, IssueText)>,
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomView {
    /// Its id.
    pub id: RoomId,
    /// Its name.
    pub name: String,
    /// Whether its existence is secret.
    pub secret: bool,
    /// Whether it is the viewer's principal's own.
    pub home: bool,
    /// Since when it is open.
    pub opened: Timestamp,
    /// Who is in it: the audience of everything here.
    pub participants: Vec<ParticipantView>,
    /// What was said and conveyed.
    pub items: Vec<ItemView>,
    /// What parties stated here about their own minds.
    pub preparation: Vec<PreparationView>,
    /// Questions put here.
    pub questions: Vec<QuestionView>,
    /// Texts drafted here or put to this room, version by version.
    pub texts: Vec<TextView>,
    /// Remarks on their clauses.
    pub remarks: Vec<RemarkView>,
    /// Proposals for sealed acceptance put in this room, or from it.
    pub ballots: Vec<BallotView>,
}

/// Who is in a room for one principal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipantView {
    /// The principal.
    pub principal: PrincipalId,
    /// Its name.
    pub name: String,
    /// Only these people (id and name); empty for all of them.
    pub only: Vec<(MemberId, String)>,
}

/// Who said something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorView {
    /// For whom.
    pub principal: PrincipalId,
    /// Whose name that is.
    pub principal_name: String,
    /// The person.
    pub member: MemberId,
    /// The person's name.
    pub name: String,
}

/// Something said or conveyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemView {
    /// Its id.
    pub id: ItemId,
    /// When.
    pub at: Timestamp,
    /// What it is.
    pub kind: ItemKind,
    /// Who put it here.
    pub author: AuthorView,
    /// Whether the viewer can still open it, has it open, or finds it taken back.
    pub state: ItemState,
    /// What it says; `None` until opened, and once taken back.
    pub said: Option<Said>,
    /// For the author's side: which others opened it, and when.
    pub opened_by: Vec<(PrincipalId, Timestamp)>,
    /// For those in both rooms: where it was carried.
    pub conveyed_to: Vec<(RoomId, ItemId)>,
    /// For those in both rooms: where it was carried from.
    pub conveyed_from: Option<(RoomId, ItemId)>,
}

/// Where an item is between sending and reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemState {
    /// Not opened by this viewer: its words are not in this view.
    Unopened,
    /// Opened, or of the viewer's own side.
    Open,
    /// Taken back before any other side read it.
    TakenBack,
}

/// The words of an item and what goes with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Their language; may be empty.
    pub language: String,
    /// The issues it is about.
    pub about: Vec<IssueId>,
    /// The package, of a proposal.
    pub package: Package,
    /// How it may be attributed.
    pub attribution: Attribution,
    /// Whether it may be carried on.
    pub permission: Permission,
    /// In whose voice.
    pub voice: Voice,
}

/// What a party stated in a room about its own mind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreparationView {
    /// The party.
    pub party: PrincipalId,
    /// Issues from the most important, ties grouped.
    pub issues: Vec<Vec<IssueId>>,
    /// Options of an issue from the best, ties grouped.
    pub options: BTreeMap<IssueId, Vec<Vec<u64>>>,
    /// Combinations never to be accepted.
    pub red_lines: Vec<RedLine>,
    /// Answers to questions.
    pub answers: Vec<(QuestionId, Choice)>,
}

/// A question put to a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionView {
    /// Its id.
    pub id: QuestionId,
    /// When.
    pub at: Timestamp,
    /// Who put it; the party itself where its own side asked for it.
    pub by: PrincipalId,
    /// To whom.
    pub to: PrincipalId,
    /// The question.
    pub question: Question,
}

/// A text as this room has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextView {
    /// Its id.
    pub id: TextId,
    /// Whether it is drafted here (with who bracketed what) or was put to this room.
    pub drafted_here: bool,
    /// Its versions, oldest first.
    pub versions: Vec<VersionView>,
}

/// A version of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionView {
    /// Its id.
    pub id: VersionId,
    /// When it was written, or put here.
    pub at: Timestamp,
    /// By whom.
    pub author: AuthorView,
    /// As it reads here.
    pub draft: Draft,
}

/// A remark on a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemarkView {
    /// Its id.
    pub id: RemarkId,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub author: AuthorView,
    /// The text.
    pub text: TextId,
    /// The version.
    pub version: VersionId,
    /// The clause.
    pub clause: ClauseId,
    /// The remark.
    pub remark: Remark,
}

/// A proposal for sealed acceptance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotView {
    /// Its id.
    pub id: BallotId,
    /// When it was put.
    pub at: Timestamp,
    /// By whom.
    pub author: AuthorView,
    /// The proposal, its rule and deadline among it.
    pub proposal: Proposal,
    /// How it ended, and when; `None` while open.
    pub outcome: Option<(Timestamp, Outcome)>,
    /// Where the viewer stands in it.
    pub part: BallotPart,
}

/// Where a viewer stands in a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BallotPart {
    /// In a room of those who put it.
    Putting {
        /// To whom, where.
        to: Vec<PutTo>,
        /// Which sides have answered, if the proposal says this is shown.
        answered: Option<Vec<PrincipalId>>,
    },
    /// In a room it was put in.
    Put {
        /// The party asked here.
        party: PrincipalId,
        /// All it was put to, where they are named to each other.
        sides: Vec<PrincipalId>,
        /// For the party asked here: its own answer.
        your_answer: Option<Answer>,
        /// Conditions the party told this room.
        conditions: Vec<(Timestamp, String)>,
    },
}
