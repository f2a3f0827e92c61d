//! The sampler against plain rejection from the prior.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::random::Purpose;
use crate::space::Space;
use crate::statement::{Answer, Question, Rankings};
use detente_model::{Draft, testing};

/// Three issues of three options; two parties without numbers that matter.
fn space() -> Space {
    let draft: Draft = testing::additive(&vec![vec![vec![0, 1, 2]; 3]; 2], &[0, 0]);
    Space::new(&draft.check().0.unwrap()).unwrap()
}

fn ranked(issue_order: bool) -> Rankings {
    let tiers = vec![vec![2], vec![1], vec![0]];
    Rankings {
        options: vec![Some(tiers.clone()); 3],
        issues: issue_order.then_some(tiers),
        takes_worst: Some(false),
        ..Rankings::default()
    }
}

fn facts() -> Vec<(Question, Answer)> {
    vec![
        (Question::Compare(vec![2, 1, 0], vec![0, 0, 2]), Answer::First),
        (Question::Accept(vec![1, 1, 1]), Answer::Second),
        (Question::Accept(vec![2, 1, 2]), Answer::First),
        (
            Question::Toss { coins: 1, sure: vec![1, 1, 2], heads: vec![2, 2, 1], tails: None },
            Answer::Second,
        ),
        (
            Question::Toss {
                coins: 2,
                sure: vec![2, 0, 1],
                heads: vec![0, 2, 2],
                tails: Some(vec![0, 1, 0]),
            },
            Answer::First,
        ),
    ]
}

/// Mean utility of some deals and of no agreement.
fn means(belief: &Belief, space: &Space, keep: impl Fn(&Particle) -> f64) -> [f64; 3] {
    let mut sums = [0.0; 3];
    let mut total = 0.0;
    for (k, particle) in belief.particles.iter().enumerate() {
        let weight = keep(particle);
        let table = belief.table(k);
        let worth = |deal: [usize; 3]| (0..3).map(|i| table[space.cell(i, deal[i])]).sum::<f64>();
        total += weight;
        sums[0] += weight * worth([2, 0, 1]);
        sums[1] += weight * worth([1, 2, 1]);
        sums[2] += weight * belief.reservation(k);
    }
    sums.map(|s| s / total)
}

#[test]
fn learning_agrees_with_rejection_from_the_prior() {
    let space = space();
    let noise = Noise::default();
    for rankings in [ranked(true), ranked(false), Rankings::unsaid(&space)] {
        let mut random = Random::new(11, Purpose::Belief(0), 0);
        let mut learnt = Belief::new(&space, &rankings, noise, 6_000, &mut random);
        let mut prior = Belief::new(&space, &rankings, noise, 60_000, &mut random);
        for (question, answer) in facts() {
            learnt.observe(&question, answer, &mut random);
        }
        prior.facts = facts().iter().filter_map(|(q, a)| Fact::new(q, *a)).collect();
        let likelihoods = noise.likelihoods(prior.facts.len());
        let mover =
            Mover { frame: &prior.frame, facts: &[], shapes: &prior.shapes, likelihoods: &[1.0] };
        let mut scratch = Scratch::default();
        for particle in &mut prior.particles {
            mover.sweep(particle, true, &mut scratch, &mut random);
            particle.judge(&prior.frame, &prior.facts);
        }
        prior.tabulate();
        let found = means(&learnt, &space, |_| 1.0);
        let expected = means(&prior, &space, |p| likelihoods[p.misses]);
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 0.02, "{found} instead of {expected}");
        }
    }
}

#[test]
fn every_version_keeps_the_orders_given() {
    let space = space();
    let mut random = Random::new(5, Purpose::Belief(0), 0);
    let mut belief = Belief::new(&space, &ranked(true), Noise::default(), 200, &mut random);
    for (question, answer) in facts() {
        belief.observe(&question, answer, &mut random);
    }
    for (k, particle) in belief.particles.iter().enumerate() {
        let table = belief.table(k);
        let at = |issue, option| table[space.cell(issue, option)];
        assert!((0..3).all(|i| at(i, 0) <= at(i, 1) && at(i, 1) <= at(i, 2) + 1e-12));
        assert!(particle.weights[2] >= particle.weights[1] - 1e-12);
        assert!(particle.weights[1] >= particle.weights[0] - 1e-12);
        assert!((particle.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!((0.0..=1.0).contains(&particle.reservation));
    }
}

/// Moving without facts changes nothing but the draws.
#[test]
fn moves_keep_the_prior() {
    let space = space();
    for issue_order in [true, false] {
        let mut random = Random::new(8, Purpose::Belief(0), 0);
        let noise = Noise::default();
        let mut belief = Belief::new(&space, &ranked(issue_order), noise, 8_000, &mut random);
        let means = |belief: &Belief| {
            let mean = |of: &dyn Fn(&Particle) -> f64| {
                belief.particles.iter().map(of).sum::<f64>() / belief.len() as f64
            };
            let top = |p: &Particle| p.weights.iter().copied().fold(0.0, f64::max);
            [mean(&top), mean(&|p| p.weights[2]), mean(&|p| p.values[1]), mean(&|p| p.reservation)]
        };
        let drawn = means(&belief);
        let mover =
            Mover { frame: &belief.frame, facts: &[], shapes: &belief.shapes, likelihoods: &[1.0] };
        let mut scratch = Scratch::default();
        for particle in &mut belief.particles {
            for round in 0..6 {
                mover.sweep(particle, round == 0, &mut scratch, &mut random);
            }
        }
        for (moved, drawn) in means(&belief).iter().zip(drawn) {
            assert!((moved - drawn).abs() < 0.012, "{moved} instead of {drawn}");
        }
    }
}
