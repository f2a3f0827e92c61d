//! Stacked alternating offers among any number of parties (Aydoğan, Festen,
//! Hindriks & Jonker 2017).
//!
//! In turn each party accepts the standing offer, puts forward another, or
//! leaves. An offer becomes the agreement when the parties who stand behind
//! it, its author among them, meet the acceptance rule. A counter-offer ends
//! the offer before it, also where a quota could still have been reached. The
//! offers are public, with their authors.

use super::{End, Protocol, Reason, Refusal, Said, Seat};
use crate::table::{Package, Table};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The rules.
#[derive(Debug, Clone)]
pub struct AlternatingOffers {
    table: Arc<Table>,
    rounds: u32,
}

impl AlternatingOffers {
    /// At most so many rounds, one turn for each party in each.
    #[must_use]
    pub fn new(table: Arc<Table>, rounds: u32) -> Self {
        Self { table, rounds }
    }
}

/// What a party can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// Put an outcome forward.
    Offer(Package),
    /// Stand behind the offer on the table.
    Accept,
    /// Leave for good.
    Leave,
}

/// A point in play.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Every offer so far with its author; the last one stands.
    offers: Vec<(usize, Package)>,
    /// Who stands behind the last offer.
    behind: Vec<bool>,
    left: Vec<bool>,
    turn: usize,
    round: u32,
    end: Option<End>,
}

/// What every party sees.
#[derive(Debug, Clone, Serialize)]
pub struct View<'s> {
    /// Whose eyes these are.
    pub party: usize,
    /// The round, from 0.
    pub round: u32,
    /// How many rounds there are.
    pub rounds: u32,
    /// Every offer so far with its author; the last one stands.
    pub offers: &'s [(usize, Package)],
    /// Who stands behind the last offer.
    pub behind: &'s [bool],
    /// Who has left.
    pub left: &'s [bool],
}

impl View<'_> {
    /// The offer of another party to be answered.
    #[must_use]
    pub fn standing(&self) -> Option<&Package> {
        self.offers.last().filter(|(author, _)| *author != self.party).map(|(_, package)| package)
    }
}

impl AlternatingOffers {
    fn settle(&self, state: &mut State) {
        let rule = self.table.acceptance();
        let here: Vec<bool> = state.left.iter().map(|l| !l).collect();
        if let Some((_, package)) = state.offers.last()
            && rule.is_met(&state.behind)
        {
            state.end = Some(End::agreed(package.clone()));
        } else if !rule.is_met(&here) {
            state.end = Some(End::without(Reason::Left));
        } else {
            self.pass_turn(state);
        }
    }

    fn pass_turn(&self, state: &mut State) {
        loop {
            state.turn += 1;
            if state.turn == self.table.parties() {
                state.turn = 0;
                state.round += 1;
            }
            if state.round == self.rounds {
                state.end = Some(End::without(Reason::Deadline));
                return;
            }
            if !state.left[state.turn] {
                return;
            }
        }
    }
}

impl Protocol for AlternatingOffers {
    type State = State;
    type Move = Move;
    type View<'s> = View<'s>;

    fn seats(&self) -> (usize, usize) {
        (self.table.parties(), 0)
    }

    fn begin(&self) -> State {
        let parties = self.table.parties();
        let end = (self.rounds == 0).then(|| End::without(Reason::Deadline));
        State {
            offers: Vec::new(),
            behind: vec![false; parties],
            left: vec![false; parties],
            turn: 0,
            round: 0,
            end,
        }
    }

    fn to_move(&self, state: &State) -> Vec<Seat> {
        if state.end.is_some() { Vec::new() } else { vec![Seat::Party(state.turn)] }
    }

    fn apply(&self, state: &mut State, seat: Seat, action: Move) -> Result<(), Refusal> {
        if state.end.is_some() {
            return Err(Refusal::Ended);
        }
        if seat != Seat::Party(state.turn) {
            return Err(Refusal::NotItsTurn);
        }
        match action {
            Move::Offer(package) => {
                self.table.check(&package)?;
                state.offers.push((state.turn, package));
                state.behind.fill(false);
                state.behind[state.turn] = true;
            }
            Move::Accept => {
                if state.offers.last().is_none_or(|(author, _)| *author == state.turn) {
                    return Err(Refusal::NothingToAccept);
                }
                state.behind[state.turn] = true;
            }
            Move::Leave => {
                state.left[state.turn] = true;
                state.behind[state.turn] = false;
            }
        }
        self.settle(state);
        Ok(())
    }

    fn view<'s>(&'s self, state: &'s State, seat: Seat) -> View<'s> {
        let (Seat::Party(party) | Seat::Mediator(party)) = seat;
        View {
            party,
            round: state.round,
            rounds: self.rounds,
            offers: &state.offers,
            behind: &state.behind,
            left: &state.left,
        }
    }

    fn end<'s>(&self, state: &'s State) -> Option<&'s End> {
        state.end.as_ref()
    }

    fn said(action: &Move) -> Vec<Said> {
        vec![match action {
            Move::Offer(package) => Said::Offers(package.clone()),
            Move::Accept => Said::Accepts,
            Move::Leave => Said::Leaves,
        }]
    }

    fn rounds(&self, state: &State) -> u32 {
        (state.round + 1).min(self.rounds)
    }
}
