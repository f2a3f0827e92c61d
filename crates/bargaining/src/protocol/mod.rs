//! Rules: who may move when, what they are told, and how it ends.

pub mod alternating_offers;
pub mod elicited_proposal;
pub mod sealed_acceptance;
pub mod shuttle;
pub mod single_text;

use crate::table::{NoOutcome, Package};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

/// Who moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seat {
    /// A party, by index.
    Party(usize),
    /// A mediator, by index.
    Mediator(usize),
}

/// Why it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The acceptance rule was met.
    Agreement,
    /// The last round passed without agreement.
    Deadline,
    /// So many left that the acceptance rule cannot be met any more.
    Left,
    /// The final text was put to the vote and the acceptance rule was not met.
    NotAccepted,
    /// Nothing was put forward to be accepted.
    NothingProposed,
    /// No channel joins enough parties to meet the acceptance rule.
    NoChannel,
    /// A participant made a move that the rules do not allow.
    IllegalMove,
}

impl Reason {
    /// The word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Deadline => "deadline",
            Self::Left => "left",
            Self::NotAccepted => "not-accepted",
            Self::NothingProposed => "nothing-proposed",
            Self::NoChannel => "no-channel",
            Self::IllegalMove => "illegal-move",
        }
    }
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// What was agreed, if anything.
    pub agreement: Option<Package>,
    /// Why it ended.
    pub reason: Reason,
}

impl End {
    /// With this agreement.
    #[must_use]
    pub fn agreed(package: Package) -> Self {
        Self { agreement: Some(package), reason: Reason::Agreement }
    }

    /// Without any.
    #[must_use]
    pub fn without(reason: Reason) -> Self {
        Self { agreement: None, reason }
    }
}

/// What was said by a move, for a person who reads the course of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Puts an outcome forward.
    Offers(Package),
    /// A mediator puts an outcome forward.
    Drafts(Package),
    /// A mediator hands something on.
    HandsOn(Vec<Seat>),
    /// A mediator asks a party something.
    Asks(Seat),
    /// Answers a question; what, is between the party and the mediator.
    Answers,
    /// Accepts what is on the table.
    Accepts,
    /// Does not accept it.
    Refuses,
    /// Leaves.
    Leaves,
    /// A mediator has nothing further to put forward.
    Rests,
}

/// Why a move is not allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is over.
    #[error("it has ended")]
    Ended,
    /// Somebody else is to move.
    #[error("it is not this seat's turn")]
    NotItsTurn,
    /// This seat never makes such a move.
    #[error("such a move is not for this seat")]
    NotForThisSeat,
    /// There is nothing on the table to be accepted.
    #[error("there is no offer of another party to accept")]
    NothingToAccept,
    /// It puts forward what is no outcome.
    #[error("it is no outcome of the table: {0}")]
    NoOutcome(#[from] NoOutcome),
    /// It names something this seat does not hold.
    #[error("it names number {0}, which this seat does not hold")]
    NotHeld(usize),
    /// It sends something where no channel leads.
    #[error("no channel leads there")]
    NoChannelThere,
    /// It answers a question that was not asked.
    #[error("it does not answer the question that was put")]
    NotTheQuestion,
}

/// The rules of a negotiation. They never change while it is played.
///
/// Every protocol passes the same conformance test (`tests/conformance.rs`):
/// random play always ends with a reason, a stored state continues as if it
/// had not been stored, replaying the moves gives the same state, refused
/// moves change nothing, and what a seat sees never depends on what others
/// prefer but only on what they did.
pub trait Protocol {
    /// A point in play: plain data.
    type State: Clone + Debug + PartialEq + Serialize + DeserializeOwned;
    /// What a seat can do: plain data.
    type Move: Clone + Debug + PartialEq + Serialize + DeserializeOwned;
    /// All that one seat is told.
    type View<'s>: Serialize
    where
        Self: 's;

    /// How many parties and how many mediators take part.
    fn seats(&self) -> (usize, usize);

    /// The point before the first move.
    fn begin(&self) -> Self::State;

    /// The seats that may move now; where there are several, they move at the
    /// same time, and none sees another's move before all are made. Empty
    /// exactly when it has ended.
    fn to_move(&self, state: &Self::State) -> Vec<Seat>;

    /// Makes a move.
    ///
    /// # Errors
    /// [`Refusal`] when the rules do not allow it; the state is then unchanged.
    fn apply(&self, state: &mut Self::State, seat: Seat, action: Self::Move)
    -> Result<(), Refusal>;

    /// What a seat is told.
    fn view<'s>(&'s self, state: &'s Self::State, seat: Seat) -> Self::View<'s>;

    /// How it ended, once it has.
    fn end<'s>(&self, state: &'s Self::State) -> Option<&'s End>;

    /// What a move says.
    fn said(action: &Self::Move) -> Vec<Said>;

    /// Rounds begun so far (what a round is depends on the protocol).
    fn rounds(&self, state: &Self::State) -> u32;
}
