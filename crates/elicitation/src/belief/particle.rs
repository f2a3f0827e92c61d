//! One possible party: weights, values and a reservation value.

use super::fact::Fact;
use super::frame::{Block, Frame, Kind, RESERVATION_PRIOR};
use super::shape::Shapes;
use super::spread::Spread;
use crate::random::Random;

/// Coordinates in the frame's simplices, and what follows from them.
#[derive(Debug, Clone)]
pub(super) struct Particle {
    pub(super) x: Vec<f64>,
    /// Per issue: how its levels are thought to be spaced.
    pub(super) shapes: Vec<Option<usize>>,
    /// Per issue: the level of each option, where the party has not ranked them.
    pub(super) own_levels: Vec<Option<Vec<usize>>>,
    pub(super) weights: Vec<f64>,
    /// How evenly the issues are thought to weigh.
    pub(super) spread: Spread,
    /// Value of each option of each issue, from 0 to 1.
    pub(super) values: Vec<f64>,
    pub(super) reservation: f64,
    /// Per fact: by how much the first side is better.
    pub(super) margins: Vec<f64>,
    /// How many facts it contradicts.
    pub(super) misses: usize,
}

impl Particle {
    /// Draws one from the prior.
    pub(super) fn draw(frame: &Frame, shapes: &Shapes, random: &mut Random) -> Self {
        let issues = frame.issues();
        let own_levels: Vec<Option<Vec<usize>>> = (0..issues)
            .map(|issue| {
                frame.levels[issue].is_none().then(|| random.order(frame.level_counts[issue]))
            })
            .collect();
        let mut particle = Self {
            x: vec![0.0; frame.dimension],
            shapes: vec![None; issues],
            own_levels,
            weights: vec![0.0; issues],
            spread: Spread::draw(random),
            values: vec![
                0.0;
                frame.offsets.last().map_or(0, |o| {
                    o + frame.levels[issues - 1]
                        .as_ref()
                        .map_or(frame.level_counts[issues - 1], Vec::len)
                })
            ],
            reservation: 0.0,
            margins: Vec::new(),
            misses: 0,
        };
        for block in &frame.blocks {
            let drawn = match block.kind {
                Kind::Weights => particle.spread.draw_coordinates(frame, random),
                Kind::Values(issue) => {
                    let shape = shapes.draw(&particle.shapes, issue, random);
                    particle.shapes[issue] = shape;
                    random.dirichlet(&shapes.parameters(issue, shape, block.len))
                }
                Kind::Reservation => random.dirichlet(&RESERVATION_PRIOR),
            };
            particle.x[block.at..block.at + block.len].copy_from_slice(&drawn);
        }
        particle.derive(frame);
        particle
    }

    /// Computes weights, values and reservation value from the coordinates.
    pub(super) fn derive(&mut self, frame: &Frame) {
        for block in &frame.blocks {
            match block.kind {
                Kind::Weights => self.derive_weights(frame, block),
                Kind::Values(issue) => self.derive_values(frame, block, issue),
                Kind::Reservation => self.reservation = self.x[block.at],
            }
        }
    }

    fn derive_weights(&mut self, frame: &Frame, block: &Block) {
        self.weights.fill(0.0);
        for (set, mass) in frame.weight_sets.iter().zip(&self.x[block.at..]) {
            for &issue in set {
                self.weights[issue] += mass / set.len() as f64;
            }
        }
    }

    pub(super) fn derive_values(&mut self, frame: &Frame, block: &Block, issue: usize) {
        let mut at_level = Vec::with_capacity(block.len + 1);
        let mut sum = 0.0;
        at_level.push(0.0);
        for gap in &self.x[block.at..block.at + block.len] {
            sum += gap;
            at_level.push(sum);
        }
        let Some(levels) = frame.levels[issue].as_ref().or(self.own_levels[issue].as_ref()) else {
            return;
        };
        for (slot, &level) in self.values[frame.offsets[issue]..].iter_mut().zip(levels) {
            *slot = at_level[level];
        }
    }

    /// The level of an option.
    pub(super) fn level(&self, frame: &Frame, issue: usize, option: usize) -> usize {
        let levels = frame.levels[issue].as_ref().or(self.own_levels[issue].as_ref());
        levels.map_or(0, |l| l[option])
    }

    /// What the options of an issue that a fact names add up to, its weight apart.
    pub(super) fn part(&self, frame: &Frame, fact: &Fact, issue: usize) -> f64 {
        let values = &self.values[frame.offsets[issue]..];
        fact.parts(issue).iter().map(|(option, factor)| factor * values[*option]).sum()
    }

    /// By how much the first side of a fact is better.
    pub(super) fn margin(&self, frame: &Frame, fact: &Fact) -> f64 {
        let of_issue = |(issue, weight)| weight * self.part(frame, fact, issue);
        let deals: f64 = self.weights.iter().enumerate().map(of_issue).sum();
        deals + fact.none * self.reservation
    }

    /// Recomputes margins and misses.
    pub(super) fn judge(&mut self, frame: &Frame, facts: &[Fact]) {
        self.margins.clear();
        for fact in facts {
            let margin = self.margin(frame, fact);
            self.margins.push(margin);
        }
        self.count_misses(facts);
    }

    pub(super) fn count_misses(&mut self, facts: &[Fact]) {
        self.misses = facts.iter().zip(&self.margins).filter(|(f, m)| !f.agrees(**m)).count();
    }
}
