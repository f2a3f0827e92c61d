//! The mediated single text: one draft at a time, sealed votes (Raiffa 1982;
//! Klein, Faratin, Sayama & Bar-Yam 2003).
//!
//! The mediator tables a draft; all parties vote at the same time, unseen;
//! where the acceptance rule is met the draft becomes the standing text. The
//! parties are told that, and nothing else. When the mediator rests or the
//! drafts are used up, the standing text is put to a final sealed vote against
//! no agreement.
//!
//! With a signed deal as the text to begin with, this is post-settlement
//! settlement (Raiffa 1985): the deal stands whatever happens, and only what
//! every party votes for takes its place.

use super::{End, Protocol, Reason, Refusal, Said, Seat};
use crate::table::{NoOutcome, Package, Table};
use detente_model::AcceptanceRule;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What stands before the first draft.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Beginning {
    Nothing,
    Draft(Package),
    Settlement(Package),
}

/// The rules.
#[derive(Debug, Clone)]
pub struct SingleText {
    table: Arc<Table>,
    drafts: u32,
    beginning: Beginning,
}

impl SingleText {
    /// From nothing, with at most so many drafts.
    #[must_use]
    pub fn new(table: Arc<Table>, drafts: u32) -> Self {
        Self { table, drafts, beginning: Beginning::Nothing }
    }

    /// From a standing draft that nobody is bound to yet.
    ///
    /// # Errors
    /// When it is no outcome of the table.
    pub fn from_draft(
        table: Arc<Table>,
        drafts: u32,
        standing: Package,
    ) -> Result<Self, NoOutcome> {
        table.check(&standing)?;
        Ok(Self { table, drafts, beginning: Beginning::Draft(standing) })
    }

    /// From an agreed deal, which binds until all replace it.
    ///
    /// # Errors
    /// When it is no outcome of the table.
    pub fn post_settlement(
        table: Arc<Table>,
        drafts: u32,
        agreed: Package,
    ) -> Result<Self, NoOutcome> {
        table.check(&agreed)?;
        Ok(Self { table, drafts, beginning: Beginning::Settlement(agreed) })
    }

    /// Whether a signed deal stands at the beginning.
    #[must_use]
    pub fn is_post_settlement(&self) -> bool {
        matches!(self.beginning, Beginning::Settlement(_))
    }

    fn is_met(&self, votes: &[Option<bool>]) -> bool {
        let yes: Vec<bool> = votes.iter().map(|v| *v == Some(true)).collect();
        match self.beginning {
            // A signed deal is changed by all who signed it.
            Beginning::Settlement(_) => AcceptanceRule::Unanimity.is_met(&yes),
            _ => self.table.acceptance().is_met(&yes),
        }
    }

    /// No draft will follow.
    fn close(&self, state: &mut State) {
        match (&state.standing, &self.beginning) {
            (None, _) => state.end = Some(End::without(Reason::NothingProposed)),
            (Some(text), Beginning::Settlement(_)) => state.end = Some(End::agreed(text.clone())),
            (Some(text), _) => {
                state.question = Some(text.clone());
                state.is_final = true;
            }
        }
    }

    fn count(&self, state: &mut State) {
        let met = self.is_met(&state.votes);
        state.votes.fill(None);
        let Some(question) = state.question.take() else { return };
        if state.is_final {
            let reason = End::without(Reason::NotAccepted);
            state.end = Some(if met { End::agreed(question) } else { reason });
            return;
        }
        if met {
            state.standing = Some(question);
        }
        if state.tabled == self.drafts {
            self.close(state);
        }
    }
}

/// What a seat can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// The mediator tables a draft.
    Draft(Package),
    /// The mediator has no further draft.
    Rest,
    /// A party would have the draft rather than what stands.
    Vote(bool),
}

/// A point in play.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    standing: Option<Package>,
    /// What is being voted on.
    question: Option<Package>,
    is_final: bool,
    votes: Vec<Option<bool>>,
    tabled: u32,
    end: Option<End>,
}

/// What every seat sees: how others voted is not in it.
#[derive(Debug, Clone, Serialize)]
pub struct View<'s> {
    /// Drafts tabled so far.
    pub tabled: u32,
    /// How many there may be.
    pub drafts: u32,
    /// The text that stands, if any.
    pub standing: Option<&'s Package>,
    /// What is to be voted on, if anything.
    pub question: Option<&'s Package>,
    /// Whether the vote is the final one, against no agreement.
    pub is_final: bool,
}

impl Protocol for SingleText {
    type State = State;
    type Move = Move;
    type View<'s> = View<'s>;

    fn seats(&self) -> (usize, usize) {
        (self.table.parties(), 1)
    }

    fn begin(&self) -> State {
        let standing = match &self.beginning {
            Beginning::Nothing => None,
            Beginning::Draft(text) | Beginning::Settlement(text) => Some(text.clone()),
        };
        let mut state = State {
            standing,
            question: None,
            is_final: false,
            votes: vec![None; self.table.parties()],
            tabled: 0,
            end: None,
        };
        if self.drafts == 0 {
            self.close(&mut state);
        }
        state
    }

    fn to_move(&self, state: &State) -> Vec<Seat> {
        if state.end.is_some() {
            return Vec::new();
        }
        if state.question.is_none() {
            return vec![Seat::Mediator(0)];
        }
        let open = state.votes.iter().enumerate().filter(|(_, vote)| vote.is_none());
        open.map(|(party, _)| Seat::Party(party)).collect()
    }

    fn apply(&self, state: &mut State, seat: Seat, action: Move) -> Result<(), Refusal> {
        if state.end.is_some() {
            return Err(Refusal::Ended);
        }
        if !self.to_move(state).contains(&seat) {
            return Err(Refusal::NotItsTurn);
        }
        match (seat, action) {
            (Seat::Mediator(_), Move::Draft(package)) => {
                self.table.check(&package)?;
                state.question = Some(package);
                state.tabled += 1;
            }
            (Seat::Mediator(_), Move::Rest) => self.close(state),
            (Seat::Party(party), Move::Vote(vote)) => {
                state.votes[party] = Some(vote);
                if state.votes.iter().all(Option::is_some) {
                    self.count(state);
                }
            }
            _ => return Err(Refusal::NotForThisSeat),
        }
        Ok(())
    }

    fn view<'s>(&'s self, state: &'s State, _: Seat) -> View<'s> {
        View {
            tabled: state.tabled,
            drafts: self.drafts,
            standing: state.standing.as_ref(),
            question: state.question.as_ref(),
            is_final: state.is_final,
        }
    }

    fn end<'s>(&self, state: &'s State) -> Option<&'s End> {
        state.end.as_ref()
    }

    fn said(action: &Move) -> Vec<Said> {
        vec![match action {
            Move::Draft(package) => Said::Drafts(package.clone()),
            Move::Rest => Said::Rests,
            Move::Vote(true) => Said::Accepts,
            Move::Vote(false) => Said::Refuses,
        }]
    }

    fn rounds(&self, state: &State) -> u32 {
        state.tabled
    }
}
