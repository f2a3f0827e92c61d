//! Matches: a protocol, the tactics at its seats, a seed.

use crate::chance::Chance;
use crate::channels::Channels;
use crate::negotiator::Kind;
use crate::negotiator::carrier::{Carrier, Carry};
use crate::negotiator::informant::Informant;
use crate::negotiator::seated::{Alternating, Shuttled};
use crate::negotiator::voter::{BlindDrafter, Vote, Voter};
use crate::own::OwnUtility;
use crate::play::{Chair, Played, play};
use crate::protocol::alternating_offers::AlternatingOffers;
use crate::protocol::elicited_proposal::{Advised, Adviser, ElicitedProposal};
use crate::protocol::shuttle::Shuttle;
use crate::protocol::single_text::SingleText;

/// The seed of a series and the place of one match in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    /// The seed of the series.
    pub seed: u64,
    /// Which match of it.
    pub index: u64,
}

impl Draw {
    /// The stream of one seat.
    #[must_use]
    pub fn chance(self, seat: usize) -> Chance {
        Chance::of_seat(self.seed, self.index, seat)
    }
}

/// Alternating offers between tactics, one for each of the (two or more) parties.
#[must_use]
pub fn alternating_offers(
    own: &[OwnUtility],
    kinds: &[Kind],
    rounds: u32,
    draw: Draw,
) -> Played<AlternatingOffers> {
    let protocol = AlternatingOffers::new(own[0].table().clone(), rounds);
    let seat = |(party, (own, kind)): (usize, (&OwnUtility, &Kind))| {
        let tactic = kind.tactic(own, draw.chance(party));
        Box::new(Alternating::new(tactic)) as Chair<AlternatingOffers>
    };
    let mut parties: Vec<_> = own.iter().zip(kinds).enumerate().map(seat).collect();
    play(&protocol, &mut parties, &mut [])
}

/// A single text under these rules: a blind mediator drafts, the parties vote.
#[must_use]
pub fn single_text(
    rules: &SingleText,
    own: &[OwnUtility],
    votes: &[Vote],
    draw: Draw,
) -> Played<SingleText> {
    let seat = |(party, (own, vote)): (usize, (&OwnUtility, &Vote))| {
        Box::new(Voter::new(own, *vote, draw.chance(party))) as Chair<SingleText>
    };
    let mut parties: Vec<_> = own.iter().zip(votes).enumerate().map(seat).collect();
    let mut mediator = BlindDrafter::new(own[0].table().clone(), draw.chance(own.len()));
    if rules.is_post_settlement() {
        mediator = mediator.trading();
    }
    play(rules, &mut parties, &mut [Box::new(mediator)])
}

/// A shuttle: mediators carry between tactics.
#[must_use]
pub fn shuttle(
    own: &[OwnUtility],
    kinds: &[Kind],
    channels: Channels,
    carriers: &[Carry],
    rounds: u32,
    draw: Draw,
) -> Played<Shuttle> {
    let table = own[0].table();
    let party = |(party, (own, kind)): (usize, (&OwnUtility, &Kind))| {
        let tactic = kind.tactic(own, draw.chance(party));
        Box::new(Shuttled::new(tactic)) as Chair<Shuttle>
    };
    let mut parties: Vec<_> = own.iter().zip(kinds).enumerate().map(party).collect();
    let mediator = |(index, carry): (usize, &Carry)| {
        let chance = draw.chance(own.len() + index);
        Box::new(Carrier::new(*carry, table.clone(), chance)) as Chair<Shuttle>
    };
    let mut mediators: Vec<_> = carriers.iter().enumerate().map(mediator).collect();
    play(&Shuttle::new(table.clone(), channels, rounds), &mut parties, &mut mediators)
}

/// An elicited proposal: a mediator follows an adviser, the parties answer.
#[must_use]
pub fn elicited_proposal(
    rules: &ElicitedProposal,
    parties: Vec<Informant>,
    adviser: impl Adviser + 'static,
) -> Played<ElicitedProposal> {
    let mut parties: Vec<_> =
        parties.into_iter().map(|p| Box::new(p) as Chair<ElicitedProposal>).collect();
    play(rules, &mut parties, &mut [Box::new(Advised::new(adviser))])
}
