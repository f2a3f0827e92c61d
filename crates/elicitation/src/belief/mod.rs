//! What is thought of one party: many possible parties that fit what it said.

mod fact;
mod frame;
mod moves;
mod particle;
mod shape;
mod spread;

#[cfg(test)]
mod tests;

pub use fact::Noise;

use crate::random::Random;
use crate::space::Space;
use crate::statement::{Answer, Question, Rankings};
use detente_model::partial::Tiers;
use fact::Fact;
use frame::Frame;
use moves::{Mover, Scratch};
use particle::Particle;
use shape::Shapes;

/// How often a stranger is thought to want the opposite on an issue.
const OPPOSED: f64 = 0.8;
/// How often a stranger is thought to take its worst deal.
const TAKES_WORST: f64 = 0.3;
/// Sweeps after each answer.
const SWEEPS: usize = 3;

/// Possible versions of one party, all equally likely.
#[derive(Debug, Clone)]
pub(crate) struct Belief {
    frame: Frame,
    shapes: Shapes,
    noise: Noise,
    facts: Vec<Fact>,
    /// How many of the facts were said with the rankings.
    ranked: usize,
    particles: Vec<Particle>,
    /// Per particle and option of the space: weight × value.
    tables: Vec<f64>,
    cells: usize,
}

impl Belief {
    /// What is thought of a party after its rankings.
    pub(crate) fn new(
        space: &Space,
        rankings: &Rankings,
        noise: Noise,
        particles: usize,
        random: &mut Random,
    ) -> Self {
        let frame = Frame::new(space, rankings);
        let shapes = Shapes::new(&frame);
        let particles = (0..particles).map(|_| Particle::draw(&frame, &shapes, random)).collect();
        let mut belief = Self {
            frame,
            shapes,
            noise,
            facts: Vec::new(),
            ranked: 0,
            particles,
            tables: Vec::new(),
            cells: space.cells(),
        };
        belief.tabulate();
        belief
    }

    /// Learns what the rankings say about whole deals; before any answer.
    pub(crate) fn observe_ranked(&mut self, said: &[(Question, Answer)], random: &mut Random) {
        for (question, answer) in said {
            self.observe(question, *answer, random);
        }
        self.ranked = self.facts.len();
    }

    /// Learns from an answer.
    pub(crate) fn observe(&mut self, question: &Question, answer: Answer, random: &mut Random) {
        let Some(fact) = Fact::new(question, answer) else { return };
        let before = self.noise.likelihoods(self.facts.len());
        self.facts.push(fact);
        let after = self.noise.likelihoods(self.facts.len());
        let weights: Vec<f64> = self
            .particles
            .iter_mut()
            .map(|p| {
                let weight = 1.0 / before[p.misses];
                p.judge(&self.frame, &self.facts);
                weight * after[p.misses]
            })
            .collect();
        self.resample(&weights, random);
        self.sweep(SWEEPS, random);
        self.tabulate();
    }

    /// Moves every particle among those that fit what was said.
    fn sweep(&mut self, rounds: usize, random: &mut Random) {
        let likelihoods = self.noise.likelihoods(self.facts.len());
        let mover = Mover {
            frame: &self.frame,
            facts: &self.facts,
            shapes: &self.shapes,
            likelihoods: &likelihoods,
        };
        let mut scratch = Scratch::default();
        for particle in &mut self.particles {
            for round in 0..rounds {
                mover.sweep(particle, round == 0, &mut scratch, random);
            }
        }
    }

    /// Systematic resampling (Kitagawa 1996).
    fn resample(&mut self, weights: &[f64], random: &mut Random) {
        let total: f64 = weights.iter().sum();
        if total <= 0.0 {
            return;
        }
        let step = total / weights.len() as f64;
        let mut mark = random.unit() * step;
        let mut sum = 0.0;
        let mut kept = Vec::with_capacity(weights.len());
        for (particle, weight) in self.particles.iter().zip(weights) {
            sum += weight;
            while mark < sum && kept.len() < weights.len() {
                kept.push(particle.clone());
                mark += step;
            }
        }
        while kept.len() < weights.len() {
            kept.push(self.particles[self.particles.len() - 1].clone());
        }
        self.particles = kept;
    }

    fn tabulate(&mut self) {
        self.tables.clear();
        for particle in &self.particles {
            for (issue, &at) in self.frame.offsets.iter().enumerate() {
                let end = self.frame.offsets.get(issue + 1).copied().unwrap_or(self.cells);
                let weight = particle.weights[issue];
                self.tables.extend(particle.values[at..end].iter().map(|v| weight * v));
            }
        }
    }

    /// How many particles.
    pub(crate) fn len(&self) -> usize {
        self.particles.len()
    }

    /// Weight × value of every option, for one particle.
    pub(crate) fn table(&self, particle: usize) -> &[f64] {
        &self.tables[particle * self.cells..(particle + 1) * self.cells]
    }

    /// The utility of no agreement to one particle; 0 when it takes its worst deal.
    pub(crate) fn reservation(&self, particle: usize) -> f64 {
        self.particles[particle].reservation
    }

    /// The chance that the next answer is wrong.
    pub(crate) fn error_rate(&self) -> f64 {
        let misses: usize = self.particles.iter().map(|p| p.misses).sum();
        self.noise.rate(misses as f64 / self.len().max(1) as f64, self.facts.len())
    }

    /// Per answer that told something, rankings apart: the share of particles
    /// that contradict it.
    pub(crate) fn doubts(&self) -> Vec<f64> {
        (self.ranked..self.facts.len())
            .map(|k| {
                let against =
                    self.particles.iter().filter(|p| !self.facts[k].agrees(p.margins[k])).count();
                against as f64 / self.len().max(1) as f64
            })
            .collect()
    }
}

/// A party that nobody has heard, as one that has said its rankings may
/// imagine it: on most issues it wants the opposite, for where both want the
/// same there is little to ask.
pub(crate) fn stranger(space: &Space, to: &Rankings, noise: Noise, random: &mut Random) -> Belief {
    let opposite = |tiers: &Tiers| tiers.iter().rev().cloned().collect();
    let mut imagined = |tiers: &Option<Tiers>| {
        let opposed = random.unit() < OPPOSED;
        tiers.as_ref().filter(|_| opposed).map(opposite)
    };
    let options = to.options.iter().map(&mut imagined).collect();
    let takes_worst = (random.unit() < TAKES_WORST).then_some(true);
    let rankings = Rankings { options, takes_worst, ..Rankings::default() };
    Belief::new(space, &rankings, noise, 1, random)
}
