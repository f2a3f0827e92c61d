//! What people ask for.

use crate::ballot::{Answer, Proposal, PutTo};
use crate::id::{
    BallotId, ClauseId, Fresh, IssueId, ItemId, MemberId, PrincipalId, RoomId, TextId, VersionId,
};
use crate::item::{Content, Conveyance, Permission};
use crate::people::{PrincipalKind, Rights, Who};
use crate::preparation::{Question, Statement};
use crate::table::IssueText;
use crate::text::{Draft, Remark};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A command: who asks, when, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Who asks.
    pub who: Who,
    /// When, by the caller's clock.
    pub at: Timestamp,
    /// Randomness for the ids and salts it makes.
    pub fresh: Fresh,
    /// What for.
    pub ask: Ask,
}

/// Who is in a room on one principal's side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// The principal.
    pub principal: PrincipalId,
    /// Only these of its people; empty for all who may read.
    #[serde(default)]
    pub only: Vec<MemberId>,
}

/// What can become known to more principals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// That a principal takes part.
    Principal(PrincipalId),
    /// That an issue is on the table, with its options.
    Issue(IssueId),
}

/// What a command asks for.
///
/// A thing in a room is always named with its room, so that an id alone never
/// tells whether something exists elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Ask {
    // The table, by the convening mediator's lead.
    /// Adds a party, mediator, guarantor or observer.
    AddPrincipal {
        /// In which capacity.
        kind: PrincipalKind,
        /// Its name.
        name: String,
        /// For people; may be empty.
        #[serde(default)]
        note: String,
        /// For a mediator: whom it reaches. Otherwise: the mediators that reach it.
        #[serde(default)]
        channels: Vec<PrincipalId>,
        /// Which parties, guarantors and observers know of it.
        #[serde(default)]
        known_to: Vec<PrincipalId>,
    },
    /// Gives a mediator a channel to a principal, and a room for the two.
    AddChannel {
        /// The mediator.
        mediator: PrincipalId,
        /// Whom it reaches from now on.
        to: PrincipalId,
    },
    /// Puts an issue on the table.
    AddIssue {
        /// The issue.
        issue: IssueText,
        /// Which parties, guarantors and observers know of it.
        #[serde(default)]
        known_to: Vec<PrincipalId>,
    },
    /// Changes an issue; options keep their index, new ones come last.
    ReviseIssue {
        /// Which.
        issue: IssueId,
        /// As it is from now on.
        revised: IssueText,
    },
    /// Makes an issue or a principal known to more.
    MakeKnown {
        /// What.
        subject: Subject,
        /// To whom.
        to: Vec<PrincipalId>,
    },

    // People, by the lead of their principal; by the convening lead where there is none.
    /// Gives a person a place and a mandate.
    AddMember {
        /// For whom the person acts.
        principal: PrincipalId,
        /// The person's name.
        name: String,
        /// What the person may do.
        rights: Rights,
        /// On whose word; may be empty.
        #[serde(default)]
        basis: String,
    },
    /// Gives a person another mandate, or none.
    GiveMandate {
        /// The person.
        member: MemberId,
        /// What the person may do from now on.
        rights: Rights,
        /// On whose word; may be empty.
        #[serde(default)]
        basis: String,
    },
    /// Suspends a person.
    Suspend {
        /// The person.
        member: MemberId,
        /// On whose word; may be empty.
        #[serde(default)]
        basis: String,
    },
    /// Lets a suspended person act again.
    Resume {
        /// The person.
        member: MemberId,
        /// On whose word; may be empty.
        #[serde(default)]
        basis: String,
    },
    /// A person leaves; a successor may take over the mandate and, where all
    /// of the principal's people are, the rooms. A room that only some of them
    /// are in does not pass on: those in it admit whom they want.
    Replace {
        /// Who leaves.
        member: MemberId,
        /// The successor's name, if there is one.
        by: Option<String>,
        /// On whose word; may be empty.
        #[serde(default)]
        basis: String,
    },

    // Rooms.
    /// Opens a room.
    OpenRoom {
        /// Its name, as all in it see it.
        name: String,
        /// Who is in it; whoever opens it must be.
        participants: Vec<Participant>,
        /// Whether its existence is secret: it needs no channel on the table.
        #[serde(default)]
        secret: bool,
    },
    /// Lets someone else into a room, from its beginning.
    Admit {
        /// The room.
        room: RoomId,
        /// Who.
        participant: Participant,
    },
    /// Ends someone's place in a room.
    Dismiss {
        /// The room.
        room: RoomId,
        /// Whose people.
        principal: PrincipalId,
        /// Which person; `None` for all of them.
        #[serde(default)]
        member: Option<MemberId>,
    },
    /// Erases a room's contents for good: its key is destroyed after this.
    EraseRoom {
        /// The room.
        room: RoomId,
    },

    // Items.
    /// Says something in a room.
    Say {
        /// The room.
        room: RoomId,
        /// What.
        content: Content,
    },
    /// Changes whether one's own item may be carried on.
    Permit {
        /// The room.
        room: RoomId,
        /// The item.
        item: ItemId,
        /// From now on.
        permission: Permission,
    },
    /// Opens items: only then are their words in the reader's view.
    Read {
        /// The room.
        room: RoomId,
        /// The items.
        items: Vec<ItemId>,
    },
    /// Takes back one's own item that no other side has read.
    TakeBack {
        /// The room.
        room: RoomId,
        /// The item.
        item: ItemId,
    },
    /// Carries an item to other rooms: a recorded disclosure.
    Convey {
        /// The room it was said in.
        room: RoomId,
        /// The item.
        item: ItemId,
        /// Where to.
        to: Vec<RoomId>,
        /// How.
        #[serde(default)]
        how: Conveyance,
    },

    // Preparation.
    /// States something about one's own mind in a room.
    Prepare {
        /// The room.
        room: RoomId,
        /// What.
        statement: Statement,
    },
    /// Puts a question to a party in a room.
    PutQuestion {
        /// The room.
        room: RoomId,
        /// To whom.
        to: PrincipalId,
        /// The question.
        question: Question,
    },

    // The single text.
    /// Writes a text, or a new version of one.
    DraftText {
        /// The room of those who draft.
        room: RoomId,
        /// Which text; `None` for a new one.
        #[serde(default)]
        text: Option<TextId>,
        /// The version.
        draft: Draft,
    },
    /// Puts a version of a text to other rooms: a recorded disclosure.
    Circulate {
        /// The room of those who draft.
        room: RoomId,
        /// The text.
        text: TextId,
        /// The version.
        version: VersionId,
        /// Where to.
        to: Vec<RoomId>,
    },
    /// Says something about a clause of a text put to this room.
    RemarkOn {
        /// The room.
        room: RoomId,
        /// The text.
        text: TextId,
        /// The version.
        version: VersionId,
        /// The clause.
        clause: ClauseId,
        /// What.
        remark: Remark,
    },

    // Sealed acceptance.
    /// Puts a proposal for sealed acceptance.
    Put {
        /// The own room of those who put it.
        room: RoomId,
        /// The proposal.
        proposal: Proposal,
        /// To whom, where.
        to: Vec<PutTo>,
    },
    /// Answers a proposal; a later answer before the close takes its place.
    Answer {
        /// The room it was put in.
        room: RoomId,
        /// The proposal.
        ballot: BallotId,
        /// The answer.
        answer: Answer,
    },
    /// Closes a proposal: the rule speaks.
    Close {
        /// The own room of those who put it.
        room: RoomId,
        /// The proposal.
        ballot: BallotId,
    },
    /// Withdraws a proposal before its close; answers stay sealed.
    Withdraw {
        /// The own room of those who put it.
        room: RoomId,
        /// The proposal.
        ballot: BallotId,
    },
}
