//! The frontier of a block by search zones.
//!
//! What may still hold an unknown point is a union of zones {u > corner}; a
//! search either finds an outcome in a zone, which splits it, or proves it
//! empty. (Sylva & Crema 2004; the update of corners for any number of parties:
//! Klamroth, Lacour & Vanderpooten, "On the representation of the search region
//! in multi-objective optimization", EJOR 245, 2015.) For two parties and m
//! points that is m + 1 proofs and at most m finds.

use super::archive::Archive;
use super::block::Block;
use super::climb::Climber;
use super::net::Net;
use super::relax::Node;
use super::search::{Ended, Goal, Search, Verdict};
use super::{BlockPoint, Work};
use crate::budget::Budget;
use crate::frontier::Completeness;

/// An outcome worth at least `corner` to every party.
struct AtLeast {
    corner: Vec<i64>,
    found: Option<(Vec<i64>, Vec<usize>)>,
}

impl Goal for AtLeast {
    fn threshold(&self, net: &Net<'_>, lambda: &[i64], corner: &mut [i64]) -> i64 {
        let mut total = 0;
        for (party, slot) in corner.iter_mut().enumerate() {
            *slot = net.coarse_down(party, self.corner[party]);
            total += lambda[party] * *slot;
        }
        total
    }

    fn offer(&mut self, values: &[usize], utilities: &[i64]) -> Verdict {
        if utilities.iter().zip(&self.corner).all(|(u, c)| u >= c) {
            self.found = Some((utilities.to_vec(), values.to_vec()));
            return Verdict::Enough;
        }
        Verdict::Continue
    }
}

/// The exact frontier of a block, or what the budget allowed to find.
pub(super) fn frontier(
    block: &Block,
    budget: &Budget<'_>,
    work: &mut Work,
) -> (Vec<BlockPoint>, Completeness) {
    let net = Net::new(block);
    let mut zones = Zones { corners: vec![net.least.iter().map(|l| l - 1).collect()] };
    let mut archive = Archive::default();
    let mut search = Search::new(&net);
    let mut root = Node::root(&net);
    let mut completeness = Completeness::Complete;
    while let Some(zone) = zones.corners.pop() {
        let corner: Vec<i64> = zone.iter().map(|c| c + 1).collect();
        let mut goal = AtLeast { corner, found: None };
        let ended = search.run(&mut root, &mut goal, budget);
        work.searches += 1;
        let Some((utilities, values)) = goal.found else {
            if ended == Ended::Stopped {
                completeness = Completeness::Stopped;
                break;
            }
            continue;
        };
        zones.corners.push(zone);
        let first = archive.len() == 0;
        archive.insert(&utilities, &values);
        zones.split(&utilities);
        let mut climber = Climber::new(block, &values);
        if first {
            explore(&mut climber, &net, &mut archive);
            for (utilities, _) in archive.sorted() {
                zones.split(utilities);
            }
        } else {
            let lambda: Vec<f64> = root
                .lambda
                .iter()
                .zip(&net.most)
                .zip(&net.least)
                .map(|((&l, most), least)| (l as f64 + 1.0) / ((most - least) as f64 + 1.0))
                .collect();
            climber.climb(&lambda, |values, utilities| {
                if archive.insert(utilities, values) {
                    zones.split(utilities);
                }
            });
        }
        if archive.len() > budget.frontier_limit {
            completeness = Completeness::LimitReached;
            break;
        }
    }
    work.nodes += search.nodes;
    let points = archive.sorted().into_iter().map(|(utilities, values)| BlockPoint {
        options: block.witness(values),
        utilities: utilities.clone(),
        outcomes: None,
    });
    (points.collect(), completeness)
}

/// Local search in many directions.
fn explore(climber: &mut Climber<'_>, net: &Net<'_>, archive: &mut Archive) {
    /// Directions between each two parties.
    const STEPS: usize = 24;
    let span: Vec<f64> =
        net.most.iter().zip(&net.least).map(|(m, l)| ((m - l) as f64).max(1.0)).collect();
    let parties = net.parties;
    for a in 0..parties {
        for b in a + 1..parties {
            for step in 0..=STEPS {
                let part = 0.002 + 0.996 * step as f64 / STEPS as f64;
                let lambda: Vec<f64> = (0..parties)
                    .map(|p| match p {
                        _ if p == a => part / span[p],
                        _ if p == b => (1.0 - part) / span[p],
                        _ => 0.1 / span[p],
                    })
                    .collect();
                climber.climb(&lambda, |values, utilities| {
                    archive.insert(utilities, values);
                });
            }
        }
    }
}

/// The corners of the zones that may hold unknown points.
#[derive(Debug)]
struct Zones {
    corners: Vec<Vec<i64>>,
}

impl Zones {
    /// Takes away what a point covers: every zone it lies in is replaced by
    /// those beyond it in one party's utility.
    fn split(&mut self, point: &[i64]) {
        let inside = |c: &Vec<i64>| c.iter().zip(point).all(|(c, p)| p > c);
        let (hit, mut rest): (Vec<_>, Vec<_>) = self.corners.drain(..).partition(inside);
        let mut fresh: Vec<Vec<i64>> = Vec::new();
        for corner in &hit {
            for (party, &utility) in point.iter().enumerate() {
                let mut beyond = corner.clone();
                beyond[party] = utility;
                fresh.push(beyond);
            }
        }
        fresh.sort();
        fresh.dedup();
        // A zone inside another one is not needed. Old zones stay: only the
        // new ones can be inside others.
        let within = |a: &Vec<i64>, b: &Vec<i64>| a.iter().zip(b).all(|(x, y)| x >= y);
        let needed: Vec<Vec<i64>> = fresh
            .iter()
            .filter(|a| {
                !rest.iter().any(|b| within(a, b)) && !fresh.iter().any(|b| *a != b && within(a, b))
            })
            .cloned()
            .collect();
        rest.extend(needed);
        self.corners = rest;
    }
}
