//! Tactics seated at protocols.

use super::{Situation, Tactic};
use crate::play::Participant;
use crate::protocol::Seat;
use crate::protocol::alternating_offers::{self, AlternatingOffers};
use crate::protocol::shuttle::{self, Shuttle};
use crate::table::Package;
use std::collections::HashSet;

/// A tactic at a table of alternating offers.
pub struct Alternating {
    tactic: Box<dyn Tactic>,
    /// Offers of the view already looked at.
    seen: usize,
    /// The different packages of each party.
    heard: Vec<HashSet<Package>>,
}

impl Alternating {
    /// Seats a tactic.
    #[must_use]
    pub fn new(tactic: Box<dyn Tactic>) -> Self {
        Self { tactic, seen: 0, heard: Vec::new() }
    }
}

impl Participant<AlternatingOffers> for Alternating {
    fn act(&mut self, view: &alternating_offers::View<'_>) -> alternating_offers::Move {
        self.heard.resize_with(view.left.len(), HashSet::new);
        for (author, package) in &view.offers[self.seen..] {
            self.heard[*author].insert(package.clone());
        }
        self.seen = view.offers.len();
        let others = (0..view.left.len()).filter(|&p| p != view.party && !view.left[p]);
        let heard = others.map(|p| self.heard[p].len()).min().unwrap_or(0);
        let situation = Situation::new(view.round, view.rounds, heard);
        if let Some(standing) = view.standing()
            && self.tactic.accepts(standing, &situation)
        {
            return alternating_offers::Move::Accept;
        }
        self.tactic
            .offer(&situation)
            .map_or(alternating_offers::Move::Leave, alternating_offers::Move::Offer)
    }
}

/// A tactic whose offers are carried by mediators.
pub struct Shuttled {
    tactic: Box<dyn Tactic>,
    /// Numbers in its list that it does not stand behind yet.
    open: Vec<usize>,
    seen: usize,
}

impl Shuttled {
    /// Seats a tactic.
    #[must_use]
    pub fn new(tactic: Box<dyn Tactic>) -> Self {
        Self { tactic, open: Vec::new(), seen: 0 }
    }
}

impl Participant<Shuttle> for Shuttled {
    fn act(&mut self, view: &shuttle::View<'_>) -> shuttle::Move {
        self.open.extend(self.seen..view.received.len());
        self.seen = view.received.len();
        // Nobody's name is on what arrives: the others are taken to have sent equally many.
        let heard = view.received.len().div_ceil(view.parties.saturating_sub(1).max(1));
        let situation = Situation::new(view.round, view.rounds, heard);
        let (accepted, open): (Vec<usize>, _) = std::mem::take(&mut self.open)
            .into_iter()
            .partition(|&number| self.tactic.accepts(view.received[number], &situation));
        self.open = open;
        let mediators = view.reaches.iter().filter_map(|seat| match seat {
            Seat::Mediator(mediator) => Some(*mediator),
            Seat::Party(_) => None,
        });
        let to: Vec<usize> = mediators.collect();
        let consent = |number| shuttle::Consent { number, to: to.clone() };
        let accepts = accepted.into_iter().map(consent).collect();
        let offer = self.tactic.offer(&situation).map(|package| (package, to));
        shuttle::Move::Reply { accepts, offer }
    }
}
