//! Gibbs moves: mass goes from one coordinate of a simplex to another, by a
//! step drawn exactly from its distribution given everything else.

use super::fact::Fact;
use super::frame::{Block, Frame, Kind, RESERVATION_PRIOR};
use super::particle::Particle;
use super::shape::{Shapes, power};
use super::spread::Spread;
use crate::random::Random;

/// What does not change while particles move.
pub(super) struct Mover<'a> {
    pub(super) frame: &'a Frame,
    pub(super) facts: &'a [Fact],
    pub(super) shapes: &'a Shapes,
    /// Likelihood by number of misses.
    pub(super) likelihoods: &'a [f64],
}

/// Memory that moves use again and again.
#[derive(Default)]
pub(super) struct Scratch {
    slopes: Vec<f64>,
    events: Vec<(f64, i32)>,
}

impl Mover<'_> {
    /// One round over all blocks, with or without leaps to another spacing.
    pub(super) fn sweep(
        &self,
        particle: &mut Particle,
        leap: bool,
        scratch: &mut Scratch,
        random: &mut Random,
    ) {
        for block in &self.frame.blocks {
            match block.len {
                0 | 1 => {}
                2 => self.transfer(particle, block, [0, 1], scratch, random),
                len => {
                    for _ in 0..len {
                        let first = random.below(len);
                        let second = (first + 1 + random.below(len - 1)) % len;
                        self.transfer(particle, block, [first, second], scratch, random);
                    }
                }
            }
            if block.kind == Kind::Weights {
                particle.spread = Spread::redraw(self.frame, &particle.weights, random);
            }
            if let Kind::Values(issue) = block.kind {
                if leap {
                    self.respace(particle, block, issue, random);
                }
                let gaps = &particle.x[block.at..block.at + block.len];
                particle.shapes[issue] = self.shapes.redraw(&particle.shapes, issue, gaps, random);
                if particle.own_levels[issue].is_some() {
                    self.reorder(particle, block, issue, random);
                }
            }
        }
        particle.judge(self.frame, self.facts);
    }

    /// How each fact's margin changes as mass goes from `pair[1]` to `pair[0]`.
    fn slopes(&self, particle: &Particle, block: &Block, pair: [usize; 2], slopes: &mut Vec<f64>) {
        slopes.clear();
        let frame = self.frame;
        for fact in self.facts {
            slopes.push(match block.kind {
                Kind::Weights => {
                    let average = |set: &[usize]| {
                        let parts = set.iter().map(|&i| particle.part(frame, fact, i));
                        parts.sum::<f64>() / set.len() as f64
                    };
                    average(&frame.weight_sets[pair[0]]) - average(&frame.weight_sets[pair[1]])
                }
                Kind::Values(issue) => {
                    let (low, high) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
                    let within = |option: usize| {
                        let level = particle.level(frame, issue, option);
                        level > low && level <= high
                    };
                    let parts = fact.parts(issue).iter().filter(|part| within(part.0));
                    let sign = if pair[0] < pair[1] { 1.0 } else { -1.0 };
                    particle.weights[issue] * sign * parts.map(|part| part.1).sum::<f64>()
                }
                Kind::Reservation if pair[0] == 0 => fact.none,
                Kind::Reservation => -fact.none,
            });
        }
    }

    /// Draws how much mass goes from coordinate `pair[1]` to `pair[0]`.
    ///
    /// Each fact holds on an interval of steps, so the likelihood is constant
    /// between their ends: a segment is drawn by its mass, a step evenly
    /// within it, and a prior that is not even decides whether it is taken.
    fn transfer(
        &self,
        particle: &mut Particle,
        block: &Block,
        pair: [usize; 2],
        scratch: &mut Scratch,
        random: &mut Random,
    ) {
        let [to, from] = pair.map(|p| block.at + p);
        let (low, high) = (-particle.x[to], particle.x[from]);
        if high - low < 1e-12 {
            return;
        }
        self.slopes(particle, block, pair, &mut scratch.slopes);
        let events = &mut scratch.events;
        events.clear();
        let mut misses = 0_i32;
        for ((fact, &margin), &slope) in
            self.facts.iter().zip(&particle.margins).zip(&scratch.slopes)
        {
            let (begin, end) = fact.agreeing_steps(margin, slope);
            if begin > low || end <= low {
                misses += 1;
            }
            if begin > low && begin < high {
                events.push((begin, -1));
            }
            if end > low && end < high {
                events.push((end, 1));
            }
        }
        events.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        events.push((high, 0));
        let likelihood = |misses: i32| self.likelihoods[misses as usize];
        let mut total = 0.0;
        let (mut at, mut count) = (low, misses);
        for &(end, change) in events.iter() {
            total += (end - at) * likelihood(count);
            at = end;
            count += change;
        }
        let mut left = random.unit() * total;
        let mut step = 0.0;
        (at, count) = (low, misses);
        for &(end, change) in events.iter() {
            let mass = (end - at) * likelihood(count);
            if left <= mass && mass > 0.0 {
                step = at + left / likelihood(count);
                break;
            }
            left -= mass;
            at = end;
            count += change;
        }
        let ratio = self.prior_ratio(particle, block, pair, step);
        // A coordinate at zero has no density to compare with: leave it.
        if ratio < 1.0 && random.unit() >= ratio {
            return;
        }
        particle.x[to] += step;
        particle.x[from] -= step;
        match block.kind {
            Kind::Weights => {
                for (set, change) in
                    pair.map(|p| &self.frame.weight_sets[p]).iter().zip([step, -step])
                {
                    for &issue in *set {
                        particle.weights[issue] += change / set.len() as f64;
                    }
                }
            }
            Kind::Values(issue) => particle.derive_values(self.frame, block, issue),
            Kind::Reservation => particle.reservation = particle.x[block.at],
        }
        for (margin, slope) in particle.margins.iter_mut().zip(&scratch.slopes) {
            *margin += slope * step;
        }
        particle.count_misses(self.facts);
    }

    /// How much likelier the prior holds the particle after the step than before.
    fn prior_ratio(&self, particle: &Particle, block: &Block, pair: [usize; 2], step: f64) -> f64 {
        let powers = match block.kind {
            Kind::Weights => {
                return particle.spread.ratio(self.frame, &particle.weights, pair, step);
            }
            Kind::Values(issue) => {
                pair.map(|gap| self.shapes.parameter(issue, particle.shapes[issue], gap) - 1)
            }
            Kind::Reservation => pair.map(|p| RESERVATION_PRIOR[p] - 1),
        };
        let [to, from] = pair.map(|p| particle.x[block.at + p]);
        power((to + step) / to, powers[0]) * power((from - step) / from, powers[1])
    }

    /// Draws an issue's shape and gaps anew from the prior, taken as far as the
    /// facts allow.
    fn respace(&self, particle: &mut Particle, block: &Block, issue: usize, random: &mut Random) {
        if block.len < 2 {
            return;
        }
        let range = block.at..block.at + block.len;
        let shape = self.shapes.draw(&particle.shapes, issue, random);
        let gaps = random.dirichlet(&self.shapes.parameters(issue, shape, block.len));
        let before = particle.x[range.clone()].to_vec();
        let (misses, held) = (particle.misses, particle.shapes[issue]);
        particle.x[range.clone()].copy_from_slice(&gaps);
        particle.shapes[issue] = shape;
        particle.derive_values(self.frame, block, issue);
        let margins = std::mem::take(&mut particle.margins);
        particle.judge(self.frame, self.facts);
        let ratio = self.likelihoods[particle.misses] / self.likelihoods[misses];
        if random.unit() >= ratio {
            particle.x[range.clone()].copy_from_slice(&before);
            particle.shapes[issue] = held;
            particle.derive_values(self.frame, block, issue);
            particle.margins = margins;
            particle.misses = misses;
        }
    }

    /// Swaps two options that the party has not ranked, as far as the facts allow.
    fn reorder(&self, particle: &mut Particle, block: &Block, issue: usize, random: &mut Random) {
        let size = self.frame.level_counts[issue];
        for _ in 0..size {
            let (first, second) = (random.below(size), random.below(size));
            let misses = particle.misses;
            let swap = |particle: &mut Particle| {
                if let Some(levels) = &mut particle.own_levels[issue] {
                    levels.swap(first, second);
                }
                particle.derive_values(self.frame, block, issue);
                particle.judge(self.frame, self.facts);
            };
            swap(particle);
            if random.unit() >= self.likelihoods[particle.misses] / self.likelihoods[misses] {
                swap(particle);
            }
        }
    }
}
