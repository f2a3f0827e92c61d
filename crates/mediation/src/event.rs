//! What happened: the only truth about the talks.

use crate::ballot::{Answer, Outcome, Proposal, PutTo};
use crate::command::{Participant, Subject};
use crate::id::{
    BallotId, ClauseId, IssueId, ItemId, MemberId, PrincipalId, QuestionId, RemarkId, RoomId,
    TalksId, TextId, VersionId,
};
use crate::item::{Content, Permission, Voice};
use crate::people::{Actor, Mandate, PrincipalKind};
use crate::preparation::{Question, Statement};
use crate::table::IssueText;
use crate::text::{Draft, Remark};
use detente_agreement::digest::{unhex, write_hex};
use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The version of the stored form; a later one reads all earlier ones.
pub const EVENT_VERSION: u32 = 1;

/// Thirty-two random bytes that hide what a commitment commits to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub(crate) [u8; 32]);

impl Serialize for Salt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(write_hex(&self.0, &mut [0; 64]))
    }
}

impl<'de> Deserialize<'de> for Salt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        unhex(&text).map(Self).ok_or_else(|| D::Error::custom("64 hexadecimal digits expected"))
    }
}

/// Something that happened.
///
/// All of it is confidential but [`Event::room`], which names the key that
/// seals the rest: a room's, or the talks' own where it is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The stored form's version.
    #[serde(rename = "v")]
    pub version: u32,
    /// The room whose key seals it.
    pub room: Option<RoomId>,
    /// When, by the clock of whoever ran the talks.
    pub at: Timestamp,
    /// Who, under which mandate.
    pub actor: Actor,
    /// What.
    pub body: Body,
    /// Hides the contents behind the commitment.
    pub salt: Salt,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Body {
    /// The talks began.
    Opened {
        /// Their id.
        talks: TalksId,
        /// What they are called.
        title: String,
        /// The mediator who convenes them.
        convener: PrincipalId,
    },
    /// A principal takes part.
    PrincipalAdded {
        /// Its id.
        id: PrincipalId,
        /// In which capacity.
        kind: PrincipalKind,
        /// Its name.
        name: String,
        /// For people.
        note: String,
        /// Who knows.
        known_to: Vec<PrincipalId>,
    },
    /// A mediator reaches a principal.
    ChannelAdded {
        /// The mediator.
        mediator: PrincipalId,
        /// Whom it reaches.
        to: PrincipalId,
    },
    /// An issue is on the table.
    IssueAdded {
        /// Its id.
        id: IssueId,
        /// The issue.
        issue: IssueText,
        /// Who knows.
        known_to: Vec<PrincipalId>,
    },
    /// An issue changed.
    IssueRevised {
        /// Which.
        id: IssueId,
        /// As it is from now on.
        issue: IssueText,
    },
    /// More know of something.
    MadeKnown {
        /// What.
        subject: Subject,
        /// To whom.
        to: Vec<PrincipalId>,
    },
    /// A person acts for a principal.
    MemberAdded {
        /// The person.
        id: MemberId,
        /// For whom.
        principal: PrincipalId,
        /// The person's name.
        name: String,
        /// What the person may do.
        mandate: Mandate,
    },
    /// A person's mandate changed.
    MandateGiven {
        /// The person.
        member: MemberId,
        /// What the person may do.
        mandate: Mandate,
    },
    /// A person may not act for now.
    Suspended {
        /// The person.
        member: MemberId,
        /// On whose word.
        basis: String,
    },
    /// A person may act again.
    Resumed {
        /// The person.
        member: MemberId,
        /// On whose word.
        basis: String,
    },
    /// A person left.
    Left {
        /// The person.
        member: MemberId,
        /// The successor.
        by: Option<MemberId>,
        /// On whose word.
        basis: String,
    },
    /// A room's contents are erased; its key is destroyed.
    RoomErased {
        /// The room.
        erased: RoomId,
    },

    /// A room is open.
    RoomOpened {
        /// Its name.
        name: String,
        /// Who is in it.
        participants: Vec<Participant>,
        /// Whether its existence is secret.
        secret: bool,
        /// Whether it is the one principal's own.
        home: bool,
    },
    /// Someone is let in.
    Admitted {
        /// Who.
        participant: Participant,
    },
    /// Someone's place ended.
    Dismissed {
        /// Whose people.
        principal: PrincipalId,
        /// Which; `None` for all.
        member: Option<MemberId>,
    },
    /// Something was said.
    Said {
        /// Its id.
        item: ItemId,
        /// What.
        content: Content,
    },
    /// Something was carried here from another room: a disclosure.
    Conveyed {
        /// Its id here.
        item: ItemId,
        /// As it reads here.
        content: Content,
        /// In whose voice.
        voice: Voice,
        /// Where it comes from: its room and item there.
        source: (RoomId, ItemId),
    },
    /// An item may now be carried on, or not.
    Permitted {
        /// The item.
        item: ItemId,
        /// From now on.
        permission: Permission,
    },
    /// Items were opened by the actor.
    Read {
        /// Which.
        items: Vec<ItemId>,
    },
    /// An item was taken back unread.
    TakenBack {
        /// Which.
        item: ItemId,
    },
    /// A party stated something about its own mind.
    Prepared {
        /// What.
        statement: Statement,
    },
    /// A question was put to a party.
    QuestionPut {
        /// Its id.
        id: QuestionId,
        /// To whom.
        to: PrincipalId,
        /// The question.
        question: Question,
    },
    /// A version of a text was written.
    TextDrafted {
        /// The text.
        text: TextId,
        /// The version.
        version: VersionId,
        /// Its contents.
        draft: Draft,
    },
    /// A version of a text was put to this room: a disclosure.
    TextCirculated {
        /// The text.
        text: TextId,
        /// The version.
        version: VersionId,
        /// As it reads here.
        draft: Draft,
        /// The room of those who draft.
        source: RoomId,
    },
    /// A side remarked on a clause.
    Remarked {
        /// Its id.
        id: RemarkId,
        /// The text.
        text: TextId,
        /// The version.
        version: VersionId,
        /// The clause.
        clause: ClauseId,
        /// What.
        remark: Remark,
    },
    /// A proposal was put, as those who put it keep it.
    BallotOpened {
        /// Its id.
        ballot: BallotId,
        /// The proposal.
        proposal: Proposal,
        /// To whom, where.
        to: Vec<PutTo>,
    },
    /// A proposal was put to a party in this room: a disclosure.
    BallotPut {
        /// Its id.
        ballot: BallotId,
        /// The proposal.
        proposal: Proposal,
        /// The party asked here.
        party: PrincipalId,
        /// All it was put to, where they are named to each other.
        sides: Vec<PrincipalId>,
    },
    /// A party answered, in its own room.
    BallotAnswered {
        /// The proposal.
        ballot: BallotId,
        /// The answer.
        answer: Answer,
    },
    /// A party tells the room on what condition it would say yes.
    ConditionTold {
        /// The proposal.
        ballot: BallotId,
        /// The condition.
        condition: String,
    },
    /// A proposal ended: a disclosure of one bit.
    BallotEnded {
        /// The proposal.
        ballot: BallotId,
        /// How.
        outcome: Outcome,
    },
}
