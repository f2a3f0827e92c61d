//! Playing a protocol from its first move to its end.

use crate::protocol::{End, Protocol, Reason, Said, Seat};
use serde::{Deserialize, Serialize};

/// Somebody at a seat: decides from what the seat is told.
pub trait Participant<P: Protocol> {
    /// The move, given the view.
    fn act(&mut self, view: &P::View<'_>) -> P::Move;
}

/// A seat with somebody in it.
pub type Chair<P> = Box<dyn Participant<P>>;

/// One move that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made<M> {
    /// By whom.
    pub seat: Seat,
    /// What.
    #[serde(rename = "move")]
    pub action: M,
}

/// A negotiation from its first move to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Played<P: Protocol> {
    /// How it ended.
    pub end: End,
    /// Rounds begun.
    pub rounds: u32,
    /// Every move in order.
    pub moves: Vec<Made<P::Move>>,
    /// The point where it ended.
    pub state: P::State,
    /// With [`Reason::IllegalMove`]: who made it, and why it was refused.
    pub refused: Option<(Seat, String)>,
}

/// The same for every protocol: how it went, for a person to read.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// How it ended.
    pub end: End,
    /// Rounds begun.
    pub rounds: u32,
    /// Who said what, in order.
    pub said: Vec<(Seat, Said)>,
    /// With [`Reason::IllegalMove`]: who made it, and why it was refused.
    pub refused: Option<(Seat, String)>,
}

impl<P: Protocol> Played<P> {
    /// The course it took.
    #[must_use]
    pub fn course(self) -> Course {
        let said = |made: &Made<P::Move>| {
            P::said(&made.action).into_iter().map(|said| (made.seat, said)).collect::<Vec<_>>()
        };
        Course {
            said: self.moves.iter().flat_map(said).collect(),
            end: self.end,
            rounds: self.rounds,
            refused: self.refused,
        }
    }
}

/// Plays to the end: parties first, then mediators, in the order of their seats.
///
/// A seat without a participant, or a refused move, ends it with
/// [`Reason::IllegalMove`].
pub fn play<P: Protocol>(
    protocol: &P,
    parties: &mut [Chair<P>],
    mediators: &mut [Chair<P>],
) -> Played<P> {
    let mut state = protocol.begin();
    let mut moves = Vec::new();
    let mut refused = None;
    'play: while protocol.end(&state).is_none() {
        for seat in protocol.to_move(&state) {
            let participant = match seat {
                Seat::Party(party) => parties.get_mut(party),
                Seat::Mediator(mediator) => mediators.get_mut(mediator),
            };
            let Some(participant) = participant else {
                refused = Some((seat, "nobody sits there".to_owned()));
                break 'play;
            };
            let action = participant.act(&protocol.view(&state, seat));
            if let Err(refusal) = protocol.apply(&mut state, seat, action.clone()) {
                refused = Some((seat, refusal.to_string()));
                break 'play;
            }
            moves.push(Made { seat, action });
        }
    }
    let end = protocol.end(&state).cloned();
    Played {
        end: end.unwrap_or_else(|| End::without(Reason::IllegalMove)),
        rounds: protocol.rounds(&state),
        moves,
        state,
        refused,
    }
}
