//! Shuttle: offers travel only along the channels, carried by mediators.
//!
//! In each round the parties move first, all at the same time: each may tell
//! mediators who reach it that it stands behind packages which have come to it,
//! and give them one of its own. Then the mediators move: each hands on what it
//! likes of what it holds to whom it reaches, or holds it back, or drafts a
//! package of its own from what it has seen. Parties are handed packages alone:
//! what arrives bears no name and no word of who stands behind it; what arrives
//! in the same round is put in an order of its own, so that nothing tells who
//! was first; what a party stands behind itself does not come back to it.
//! Mediators hand one another packages with the answers they hold, or, to
//! sanitise them, without.
//!
//! Answers travel as offers do. A package becomes the agreement when the
//! answers that have come to one mediator meet the acceptance rule: it can then
//! show them. What two sides think by themselves, or say to mediators who do
//! not tell each other, is no agreement. Standing behind a package cannot be
//! undone.

use super::{End, Protocol, Reason, Refusal, Said, Seat};
use crate::channels::Channels;
use crate::table::{Package, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The rules: a table, and who reaches whom.
#[derive(Debug, Clone)]
pub struct Shuttle {
    table: Arc<Table>,
    channels: Channels,
    rounds: u32,
}

impl Shuttle {
    /// At most so many rounds.
    #[must_use]
    pub fn new(table: Arc<Table>, channels: Channels, rounds: u32) -> Self {
        Self { table, channels, rounds }
    }
}

/// One thing handed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Which of what the mediator holds.
    pub item: usize,
    /// To whom.
    pub to: Vec<Seat>,
    /// Whether other mediators are told who stands behind it. Parties never are.
    pub with_answers: bool,
}

/// A party tells mediators that it stands behind something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Which of what came to it, by number in its own list.
    pub number: usize,
    /// The mediators who are told.
    pub to: Vec<usize>,
}

/// What a seat can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// A party stands behind some of what it received, and may give a package
    /// to some of the mediators who reach it.
    Reply {
        /// What it stands behind, and who is told.
        accepts: Vec<Consent>,
        /// A package, and the mediators it is given to.
        offer: Option<(Package, Vec<usize>)>,
    },
    /// A mediator hands on (a bundle is several at once), and may draft.
    Carry {
        /// What goes to whom; the rest is held.
        hands: Vec<Handover>,
        /// Packages of its own, held from now on.
        drafts: Vec<Package>,
    },
}

/// A package under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Item {
    package: Package,
    /// The parties who have told any mediator that they stand behind it.
    behind: Vec<bool>,
}

/// Something a mediator holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Holding {
    item: usize,
    /// The parties whose answer has come to this mediator.
    answers: Vec<bool>,
}

/// A point in play.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    items: Vec<Item>,
    held: Vec<Vec<Holding>>,
    received: Vec<Vec<usize>>,
    /// Moves of this half of the round, carried out when all are made.
    made: Vec<Option<Move>>,
    mediators_turn: bool,
    round: u32,
    end: Option<End>,
}

/// Something a mediator holds, as the mediator sees it.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Held<'s> {
    /// The package.
    pub package: &'s Package,
    /// Per party: whether word has come to this mediator that it stands behind it.
    pub answers: &'s [bool],
}

/// What a seat sees.
#[derive(Debug, Clone, Serialize)]
pub struct View<'s> {
    /// Whose eyes these are.
    pub seat: Seat,
    /// The round, from 0.
    pub round: u32,
    /// How many rounds there are.
    pub rounds: u32,
    /// How many parties there are.
    pub parties: usize,
    /// For a party: what came to it, in the order of its own list.
    pub received: Vec<&'s Package>,
    /// For a mediator: what it holds.
    pub held: Vec<Held<'s>>,
    /// The seats a channel leads to.
    pub reaches: Vec<Seat>,
}

impl Shuttle {
    fn check(&self, state: &State, seat: Seat, action: &Move) -> Result<(), Refusal> {
        match (seat, action) {
            (Seat::Party(party), Move::Reply { accepts, offer }) => {
                let received = state.received[party].len();
                if let Some(consent) = accepts.iter().find(|consent| consent.number >= received) {
                    return Err(Refusal::NotHeld(consent.number));
                }
                if let Some((package, _)) = offer {
                    self.table.check(package)?;
                }
                let told = accepts.iter().map(|consent| &consent.to);
                let mut told = told.chain(offer.iter().map(|(_, to)| to)).flatten();
                if told.all(|&m| self.channels.leads(seat, Seat::Mediator(m))) {
                    Ok(())
                } else {
                    Err(Refusal::NoChannelThere)
                }
            }
            (Seat::Mediator(mediator), Move::Carry { hands, drafts }) => {
                for hand in hands {
                    if hand.item >= state.held[mediator].len() {
                        return Err(Refusal::NotHeld(hand.item));
                    }
                    if !hand.to.iter().all(|&to| self.channels.leads(seat, to)) {
                        return Err(Refusal::NoChannelThere);
                    }
                }
                drafts.iter().try_for_each(|d| self.table.check(d))?;
                Ok(())
            }
            _ => Err(Refusal::NotForThisSeat),
        }
    }

    /// The number of a package; equal packages are one, whoever thought of them.
    fn item(&self, state: &mut State, package: Package) -> usize {
        state.items.iter().position(|i| i.package == package).unwrap_or_else(|| {
            state.items.push(Item { package, behind: vec![false; self.table.parties()] });
            state.items.len() - 1
        })
    }

    fn parties_moved(&self, state: &mut State) {
        let made = std::mem::take(&mut state.made);
        let mut told: Vec<Vec<Holding>> = vec![Vec::new(); self.channels.mediators()];
        for (party, action) in made.into_iter().enumerate() {
            let Some(Move::Reply { accepts, offer }) = action else { continue };
            let mut said: Vec<(usize, Vec<usize>)> = accepts
                .into_iter()
                .map(|consent| (state.received[party][consent.number], consent.to))
                .collect();
            said.extend(offer.map(|(package, to)| (self.item(state, package), to)));
            for (item, to) in said {
                // Whoever tells nobody has said nothing.
                state.items[item].behind[party] |= !to.is_empty();
                for mediator in to {
                    let mut answers = vec![false; self.table.parties()];
                    answers[party] = true;
                    told[mediator].push(Holding { item, answers });
                }
            }
        }
        for (mediator, arrivals) in told.into_iter().enumerate() {
            hold(state, mediator, arrivals);
        }
        self.conclude(state);
        state.mediators_turn = true;
        state.made = vec![None; self.channels.mediators()];
    }

    /// Ends it where a mediator holds the answers that make an agreement.
    fn conclude(&self, state: &mut State) {
        let rule = self.table.acceptance();
        let support = |h: &Holding| h.answers.iter().filter(|&&b| b).count();
        let package = |h: &Holding| &state.items[h.item].package;
        // Of several the one with most behind it, then the first in option order.
        let best = state
            .held
            .iter()
            .flatten()
            .filter(|h| rule.is_met(&h.answers))
            .max_by(|a, b| support(a).cmp(&support(b)).then(package(b).cmp(package(a))));
        if let Some(holding) = best {
            state.end = Some(End::agreed(package(holding).clone()));
        }
    }

    fn mediators_moved(&self, state: &mut State) {
        let made = std::mem::take(&mut state.made);
        let mut to_mediators: Vec<Vec<Holding>> = vec![Vec::new(); self.channels.mediators()];
        let mut to_parties: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.table.parties()];
        for (mediator, action) in made.into_iter().enumerate() {
            let Some(Move::Carry { hands, drafts }) = action else { continue };
            for hand in hands {
                let mut holding = state.held[mediator][hand.item].clone();
                if !hand.with_answers {
                    holding.answers.fill(false);
                }
                for to in hand.to {
                    match to {
                        Seat::Party(party) => {
                            to_parties[party].insert(holding.item);
                        }
                        Seat::Mediator(other) => to_mediators[other].push(holding.clone()),
                    }
                }
            }
            for draft in drafts {
                let item = self.item(state, draft);
                let answers = vec![false; self.table.parties()];
                to_mediators[mediator].push(Holding { item, answers });
            }
        }
        for (mediator, arrivals) in to_mediators.into_iter().enumerate() {
            hold(state, mediator, arrivals);
        }
        for (party, items) in to_parties.into_iter().enumerate() {
            let known = &state.received[party];
            let mut new: Vec<usize> = items
                .into_iter()
                .filter(|i| !known.contains(i) && !state.items[*i].behind[party])
                .collect();
            new.sort_by(|a, b| state.items[*a].package.cmp(&state.items[*b].package));
            state.received[party].extend(new);
        }
        state.mediators_turn = false;
        state.made = vec![None; self.table.parties()];
        state.round += 1;
        self.conclude(state);
        if state.end.is_none() && state.round == self.rounds {
            state.end = Some(End::without(Reason::Deadline));
        }
    }
}

/// Adds what a mediator did not hold yet, in an order of its own, and the
/// answers that came with what it did.
fn hold(state: &mut State, mediator: usize, mut arrivals: Vec<Holding>) {
    arrivals.sort_by(|a, b| state.items[a.item].package.cmp(&state.items[b.item].package));
    for arrival in arrivals {
        let held = &mut state.held[mediator];
        match held.iter_mut().find(|h| h.item == arrival.item) {
            Some(known) => {
                known.answers.iter_mut().zip(arrival.answers).for_each(|(k, a)| *k |= a);
            }
            None => held.push(arrival),
        }
    }
}

impl Protocol for Shuttle {
    type State = State;
    type Move = Move;
    type View<'s> = View<'s>;

    fn seats(&self) -> (usize, usize) {
        (self.table.parties(), self.channels.mediators())
    }

    fn begin(&self) -> State {
        let parties = self.table.parties();
        let rule = self.table.acceptance();
        let mut mediators = 0..self.channels.mediators();
        let possible = mediators.any(|m| rule.is_met(&self.channels.heard_by(m)));
        let end = if !possible {
            Some(End::without(Reason::NoChannel))
        } else {
            (self.rounds == 0).then(|| End::without(Reason::Deadline))
        };
        State {
            items: Vec::new(),
            held: vec![Vec::new(); self.channels.mediators()],
            received: vec![Vec::new(); parties],
            made: vec![None; parties],
            mediators_turn: false,
            round: 0,
            end,
        }
    }

    fn to_move(&self, state: &State) -> Vec<Seat> {
        if state.end.is_some() {
            return Vec::new();
        }
        let seat = if state.mediators_turn { Seat::Mediator } else { Seat::Party };
        let open = state.made.iter().enumerate().filter(|(_, made)| made.is_none());
        open.map(|(index, _)| seat(index)).collect()
    }

    fn apply(&self, state: &mut State, seat: Seat, action: Move) -> Result<(), Refusal> {
        if state.end.is_some() {
            return Err(Refusal::Ended);
        }
        if !self.to_move(state).contains(&seat) {
            return Err(Refusal::NotItsTurn);
        }
        self.check(state, seat, &action)?;
        let (Seat::Party(index) | Seat::Mediator(index)) = seat;
        state.made[index] = Some(action);
        if state.made.iter().all(Option::is_some) {
            if state.mediators_turn {
                self.mediators_moved(state);
            } else {
                self.parties_moved(state);
            }
        }
        Ok(())
    }

    fn view<'s>(&'s self, state: &'s State, seat: Seat) -> View<'s> {
        let package = |item: usize| &state.items[item].package;
        let (received, held, reaches) = match seat {
            Seat::Party(party) => (
                state.received[party].iter().map(|&i| package(i)).collect(),
                Vec::new(),
                self.channels.reaching(party).into_iter().map(Seat::Mediator).collect(),
            ),
            Seat::Mediator(mediator) => {
                let held = state.held[mediator].iter();
                (
                    Vec::new(),
                    held.map(|h| Held { package: package(h.item), answers: &h.answers }).collect(),
                    self.channels.neighbours(mediator),
                )
            }
        };
        let parties = self.table.parties();
        View { seat, round: state.round, rounds: self.rounds, parties, received, held, reaches }
    }

    fn end<'s>(&self, state: &'s State) -> Option<&'s End> {
        state.end.as_ref()
    }

    fn said(action: &Move) -> Vec<Said> {
        match action {
            Move::Reply { accepts, offer } => {
                let accepts = accepts.iter().map(|_| Said::Accepts);
                accepts.chain(offer.iter().map(|(p, _)| Said::Offers(p.clone()))).collect()
            }
            Move::Carry { hands, drafts } => {
                let hands = hands.iter().map(|h| Said::HandsOn(h.to.clone()));
                hands.chain(drafts.iter().map(|d| Said::Drafts(d.clone()))).collect()
            }
        }
    }

    fn rounds(&self, state: &State) -> u32 {
        (state.round + 1).min(self.rounds)
    }
}
