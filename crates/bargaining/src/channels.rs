//! Who can reach whom: parties and mediators as a graph.

use crate::protocol::Seat;
use detente_model::Scenario;
use std::collections::{BTreeMap, VecDeque};

/// The channels of a case. Parties never speak to each other directly here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channels {
    parties: usize,
    /// Per mediator, the parties it reaches, ascending.
    reaches: Vec<Vec<usize>>,
    /// Pairs of mediators who speak to each other.
    confer: Vec<(usize, usize)>,
}

/// What hangs on one mediator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SinglePoint {
    /// The mediator.
    pub mediator: usize,
    /// Pairs of parties that are joined with it, and not without it.
    pub splits: Vec<(usize, usize)>,
}

impl Channels {
    /// Channels as given.
    #[must_use]
    pub fn new(parties: usize, mut reaches: Vec<Vec<usize>>, confer: Vec<(usize, usize)>) -> Self {
        for reached in &mut reaches {
            reached.retain(|&p| p < parties);
            reached.sort_unstable();
            reached.dedup();
        }
        Self { parties, reaches, confer }
    }

    /// The channels a scenario states.
    ///
    /// A scenario says whom mediators reach, not whether they speak to each
    /// other: two of them are taken to when some party receives both.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let reaches: Vec<Vec<usize>> =
            scenario.mediators().iter().map(|m| m.reaches.clone()).collect();
        let common = |a: &[usize], b: &[usize]| a.iter().any(|p| b.contains(p));
        let mut confer = Vec::new();
        for a in 0..reaches.len() {
            for b in a + 1..reaches.len() {
                if common(&reaches[a], &reaches[b]) {
                    confer.push((a, b));
                }
            }
        }
        Self::new(scenario.parties().len(), reaches, confer)
    }

    /// How many parties there are.
    #[must_use]
    pub fn parties(&self) -> usize {
        self.parties
    }

    /// How many mediators there are.
    #[must_use]
    pub fn mediators(&self) -> usize {
        self.reaches.len()
    }

    /// The parties a mediator reaches.
    #[must_use]
    pub fn reached_by(&self, mediator: usize) -> &[usize] {
        &self.reaches[mediator]
    }

    /// The mediators who reach a party.
    #[must_use]
    pub fn reaching(&self, party: usize) -> Vec<usize> {
        (0..self.mediators()).filter(|&m| self.reaches[m].contains(&party)).collect()
    }

    /// Whether a channel leads from one seat to another.
    #[must_use]
    pub fn leads(&self, from: Seat, to: Seat) -> bool {
        match (from, to) {
            (Seat::Party(party), Seat::Mediator(mediator))
            | (Seat::Mediator(mediator), Seat::Party(party)) => {
                self.reaches.get(mediator).is_some_and(|r| r.contains(&party))
            }
            (Seat::Mediator(a), Seat::Mediator(b)) => {
                a != b && self.confer.contains(&(a.min(b), a.max(b)))
            }
            (Seat::Party(_), Seat::Party(_)) => false,
        }
    }

    /// Everybody a mediator can hand something to.
    #[must_use]
    pub fn neighbours(&self, mediator: usize) -> Vec<Seat> {
        let parties = self.reaches[mediator].iter().map(|&p| Seat::Party(p));
        let others = (0..self.mediators()).map(Seat::Mediator);
        parties.chain(others.filter(|&m| self.leads(Seat::Mediator(mediator), m))).collect()
    }

    /// How many mediators in a row it takes from one party to each other
    /// party; `None` where no channel leads. What is left out is `without`.
    fn relays(&self, from: usize, without: Option<usize>) -> Vec<Option<usize>> {
        let mut steps: BTreeMap<Seat, usize> = BTreeMap::from([(Seat::Party(from), 0)]);
        let mut queue = VecDeque::from([Seat::Party(from)]);
        while let Some(seat) = queue.pop_front() {
            let so_far = steps[&seat];
            let next = match seat {
                Seat::Party(party) if party == from => {
                    self.reaching(party).into_iter().map(Seat::Mediator).collect()
                }
                // A party does not carry for others.
                Seat::Party(_) => Vec::new(),
                Seat::Mediator(mediator) => self.neighbours(mediator),
            };
            for seat in next {
                let closed = matches!(seat, Seat::Mediator(m) if Some(m) == without);
                if !closed && !steps.contains_key(&seat) {
                    let carried = usize::from(matches!(seat, Seat::Mediator(_)));
                    steps.insert(seat, so_far + carried);
                    queue.push_back(seat);
                }
            }
        }
        (0..self.parties).map(|p| steps.get(&Seat::Party(p)).copied()).collect()
    }

    /// Whether an offer of one party can come to another.
    #[must_use]
    pub fn joins(&self, a: usize, b: usize) -> bool {
        self.relays(a, None)[b].is_some()
    }

    /// The parties to whom an offer of this one can come, itself included.
    #[must_use]
    pub fn audience(&self, party: usize) -> Vec<bool> {
        self.relays(party, None).iter().map(Option::is_some).collect()
    }

    /// The parties whose answers can come to a mediator, through others too.
    #[must_use]
    pub fn heard_by(&self, mediator: usize) -> Vec<bool> {
        let mut joined = vec![mediator];
        let mut next = 0;
        while let Some(&at) = joined.get(next) {
            next += 1;
            for seat in self.neighbours(at) {
                if let Seat::Mediator(other) = seat
                    && !joined.contains(&other)
                {
                    joined.push(other);
                }
            }
        }
        let reached = |p: usize| joined.iter().any(|&m| self.reaches[m].contains(&p));
        (0..self.parties).map(reached).collect()
    }

    /// The largest number of mediators an offer needs in a row between two
    /// parties that are joined; `None` when none are.
    #[must_use]
    pub fn longest_relay(&self) -> Option<usize> {
        (0..self.parties)
            .flat_map(|p| {
                let relays = self.relays(p, None);
                (0..self.parties).filter(move |&q| q != p).filter_map(move |q| relays[q])
            })
            .max()
    }

    /// The parties no mediator reaches.
    #[must_use]
    pub fn unreached(&self) -> Vec<usize> {
        (0..self.parties).filter(|&p| self.reaching(p).is_empty()).collect()
    }

    /// Pairs of parties that no channel joins.
    #[must_use]
    pub fn apart(&self) -> Vec<(usize, usize)> {
        self.pairs(None, |joined| !joined)
    }

    /// The mediators whose absence would part parties that are joined now.
    #[must_use]
    pub fn single_points(&self) -> Vec<SinglePoint> {
        let joined = self.pairs(None, |joined| joined);
        let point = |mediator| {
            let apart = self.pairs(Some(mediator), |joined| !joined);
            let splits: Vec<(usize, usize)> =
                joined.iter().filter(|pair| apart.contains(pair)).copied().collect();
            SinglePoint { mediator, splits }
        };
        (0..self.mediators()).map(point).filter(|p| !p.splits.is_empty()).collect()
    }

    fn pairs(&self, without: Option<usize>, wanted: impl Fn(bool) -> bool) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for a in 0..self.parties {
            let relays = self.relays(a, without);
            let others = (a + 1..self.parties).filter(|&b| wanted(relays[b].is_some()));
            pairs.extend(others.map(|b| (a, b)));
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relays_coverage_and_single_points() {
        // 0 and 1 through mediator 0, 1 and 2 through mediator 1, 3 by nobody.
        let channels = Channels::new(4, vec![vec![0, 1], vec![2, 1]], vec![(0, 1)]);
        assert!(channels.joins(0, 2));
        assert_eq!(channels.longest_relay(), Some(2));
        assert_eq!(channels.unreached(), [3]);
        assert_eq!(channels.apart(), [(0, 3), (1, 3), (2, 3)]);
        let points = channels.single_points();
        assert_eq!(points.len(), 2);
        assert_eq!(points[0].splits, [(0, 1), (0, 2)]);
        // Where the mediators do not speak to each other nothing passes between them.
        let apart = Channels::new(4, vec![vec![0, 1], vec![1, 2]], Vec::new());
        assert!(!apart.joins(0, 2));
        assert_eq!(channels.heard_by(1), [true, true, true, false]);
        assert_eq!(apart.heard_by(1), [false, true, true, false]);
    }

    #[test]
    fn a_second_mediator_takes_the_risk_away() {
        let channels = Channels::new(2, vec![vec![0, 1], vec![0, 1]], vec![(0, 1)]);
        assert!(channels.single_points().is_empty());
        assert!(channels.leads(Seat::Mediator(1), Seat::Mediator(0)));
        assert!(!channels.leads(Seat::Party(0), Seat::Party(1)));
    }
}
