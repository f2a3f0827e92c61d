//! One mediation as a pure state machine: answers in; questions and a
//! recommendation out. Same answers, same seed, same questions.

use crate::belief::{Belief, Noise, stranger};
use crate::choose::{Chooser, Scored};
use crate::random::{Purpose, Random};
use crate::space::{Deal, Space};
use crate::statement::{Answer, Question, Rankings};
use crate::worlds::{Shares, Worlds};

/// Whose answers a question may be chosen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// The party's own only: its questions tell it nothing about the others.
    #[default]
    Own,
    /// Everyone's: fewer questions for the same deal, but each is a disclosure.
    Joint,
}

/// How a case is conducted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Decides every draw.
    pub seed: u64,
    /// Whose answers questions are chosen from.
    pub mode: Mode,
    /// How often parties are thought to answer wrongly.
    pub noise: Noise,
    /// Possible versions kept of each party.
    pub particles: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 0, mode: Mode::Own, noise: Noise::default(), particles: 400 }
    }
}

/// What one party has said, and what is thought of it.
#[derive(Debug, Clone)]
struct Side {
    rankings: Rankings,
    answers: Vec<(Question, Answer)>,
    belief: Belief,
    pool: Vec<Deal>,
}

/// A deal recommended on what is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// The deal.
    pub deal: Deal,
    /// Estimate: the expected share of the best product of gains.
    pub expected_share: f64,
    /// Estimate, per party: the chance that it accepts.
    pub acceptance: Vec<f64>,
    /// Estimate: with 95 % confidence the share falls short of 1 by no more.
    pub regret: f64,
}

/// A mediation under way.
#[derive(Debug, Clone)]
pub struct Case {
    space: Space,
    settings: Settings,
    sides: Vec<Side>,
    strangers: Vec<Belief>,
    pool: Vec<Deal>,
}

impl Case {
    /// Begins with every party's rankings, in party order.
    #[must_use]
    pub fn new(space: Space, rankings: Vec<Rankings>, settings: Settings) -> Self {
        let sides = rankings
            .into_iter()
            .enumerate()
            .map(|(party, rankings)| {
                let mut random = Random::new(settings.seed, Purpose::Belief(party), 0);
                let belief = Belief::new(
                    &space,
                    &rankings,
                    settings.noise,
                    settings.particles,
                    &mut random,
                );
                Side { rankings, answers: Vec::new(), belief, pool: Vec::new() }
            })
            .collect::<Vec<_>>();
        let strangers = match settings.mode {
            Mode::Joint => Vec::new(),
            Mode::Own => (1..space.parties())
                .map(|k| stranger(&space, settings.noise, settings.particles, settings.seed, k))
                .collect(),
        };
        Self { space, settings, sides, strangers, pool: Vec::new() }
    }

    /// What is on the table.
    #[must_use]
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// What a party said before the questions.
    #[must_use]
    pub fn rankings(&self, party: usize) -> &Rankings {
        &self.sides[party].rankings
    }

    /// The questions a party was asked, with its answers.
    #[must_use]
    pub fn answers(&self, party: usize) -> &[(Question, Answer)] {
        &self.sides[party].answers
    }

    fn step(&self) -> u64 {
        self.sides.iter().map(|s| s.answers.len() as u64).sum()
    }

    /// The question to a party whose answer is worth most; `None` when nothing
    /// is left to ask it.
    pub fn next_question(&mut self, party: usize) -> Option<Question> {
        self.scored_question(party).map(|s| s.question)
    }

    fn scored_question(&mut self, party: usize) -> Option<Scored> {
        let seed = self.settings.seed;
        match self.settings.mode {
            Mode::Joint => {
                let mut random = Random::new(seed, Purpose::Worlds, self.step());
                let beliefs = self.sides.iter().map(|s| &s.belief).collect();
                let worlds = Worlds::new(&self.space, beliefs, &mut random);
                let shares = worlds.refresh(&mut self.pool, &mut random);
                let mut random = Random::new(seed, Purpose::Questions, self.step());
                let asked = asked(&self.sides[party]);
                Chooser::new(&worlds, &shares, party).best(&asked, &mut random)
            }
            Mode::Own => {
                // Nothing here may depend on what others said, not even how often.
                let step = (party as u64) << 32 | self.sides[party].answers.len() as u64;
                let mut random = Random::new(seed, Purpose::Worlds, step);
                let mut pool = std::mem::take(&mut self.sides[party].pool);
                let mut strangers = self.strangers.iter();
                let beliefs = (0..self.sides.len())
                    .filter_map(|p| {
                        if p == party { Some(&self.sides[p].belief) } else { strangers.next() }
                    })
                    .collect();
                let worlds = Worlds::new(&self.space, beliefs, &mut random);
                let shares = worlds.refresh(&mut pool, &mut random);
                let mut random = Random::new(seed, Purpose::Questions, step);
                let asked = asked(&self.sides[party]);
                let best = Chooser::new(&worlds, &shares, party).best(&asked, &mut random);
                self.sides[party].pool = pool;
                best
            }
        }
    }

    /// Takes a party's answer to a question.
    pub fn answer(&mut self, party: usize, question: Question, answer: Answer) {
        let side = &mut self.sides[party];
        let step = 1 + side.answers.len() as u64;
        let mut random = Random::new(self.settings.seed, Purpose::Belief(party), step);
        side.belief.observe(&question, answer, &mut random);
        side.answers.push((question, answer));
    }

    /// Takes another answer instead of an earlier one; all is thought through anew.
    pub fn revise(&mut self, party: usize, index: usize, answer: Answer) {
        let Some(side) = self.sides.get_mut(party) else { return };
        let mut answers = std::mem::take(&mut side.answers);
        if let Some(entry) = answers.get_mut(index) {
            entry.1 = answer;
        }
        let mut random = Random::new(self.settings.seed, Purpose::Belief(party), 0);
        side.belief = Belief::new(
            &self.space,
            &side.rankings,
            self.settings.noise,
            self.settings.particles,
            &mut random,
        );
        for (question, answer) in answers {
            self.answer(party, question, answer);
        }
    }

    /// The deal to propose now; `None` when no deal seems acceptable to enough parties.
    pub fn recommendation(&mut self) -> Option<Recommendation> {
        let mut random = Random::new(self.settings.seed, Purpose::Worlds, self.step());
        let beliefs: Vec<&Belief> = self.sides.iter().map(|s| &s.belief).collect();
        let worlds = Worlds::new(&self.space, beliefs, &mut random);
        let shares = worlds.refresh(&mut self.pool, &mut random);
        let (favourite, expected_share) = shares.favourite()?;
        let deal = shares.deals[favourite].clone();
        let acceptance = (0..self.space.parties())
            .map(|p| {
                let yes = |&m: &usize| worlds.utility(p, m, &deal) >= worlds.reservation(p, m);
                (0..worlds.len()).filter(yes).count() as f64 / worlds.len() as f64
            })
            .collect();
        let regret = regret(&shares, favourite);
        Some(Recommendation { deal, expected_share, acceptance, regret })
    }
}

fn asked(side: &Side) -> Vec<Question> {
    side.answers.iter().map(|a| a.0.clone()).collect()
}

/// The shortfall that 95 % of the worlds do not exceed.
fn regret(shares: &Shares, deal: usize) -> f64 {
    let mut losses: Vec<f64> = (0..shares.best.len())
        .filter(|&m| shares.best[m].is_some())
        .map(|m| 1.0 - shares.row(m)[deal])
        .collect();
    losses.sort_unstable_by(f64::total_cmp);
    losses.get(losses.len() * 95 / 100).copied().unwrap_or(1.0)
}
