//! One mediation as a pure state machine: answers in; questions and a
//! recommendation out. Same answers, same seed, same questions.

use crate::belief::{Belief, Noise, stranger};
use crate::choose::{Chooser, Outlook};
use crate::random::{Purpose, Random};
use crate::shares::Shares;
use crate::space::{Deal, Space};
use crate::statement::{Answer, Question, Rankings};
use crate::worlds::Worlds;
use detente_model::partial::Tiers;

/// Sets of strangers that a party's own questions are chosen for.
const STRANGERS: usize = 12;
/// Worlds with each set of strangers.
const WORLDS_EACH: usize = 150;
/// How often each version of a party takes part in the worlds that a deal is
/// recommended for.
const PAIRINGS: usize = 4;

/// Whose answers a question may be chosen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// The party's own only: its questions tell it nothing about the others.
    #[default]
    Own,
    /// Everyone's: fewer questions for the same deal, but each is a disclosure.
    Joint,
}

/// What to do next with one party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Ask this.
    Ask(Question),
    /// Ask no more, for this reason.
    Stop(Stop),
}

/// Why a party is asked no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stop {
    /// Whatever the party would say, the deals recommended stay as good within a thousandth.
    Settled,
    /// Every question worth asking has been asked.
    NothingLeft,
    /// Nothing that fits the answers is acceptable to enough parties.
    NoDeal,
}

impl Stop {
    /// The reason in words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Settled => "another answer would hardly change the deal",
            Self::NothingLeft => "every question worth asking has been asked",
            Self::NoDeal => "no deal seems acceptable to enough parties",
        }
    }
}

/// How questions are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// The question whose answer is worth most.
    #[default]
    Worth,
    /// Any two deals, or any deal against none: what choosing is measured against.
    Random,
    /// The "current solution" strategy of minimax regret (Boutilier et al.
    /// 2006): the deal whose largest shortfall is smallest, against the best
    /// deal where it falls short most. Recommends that deal, too.
    MinimaxRegret,
}

/// What the deal recommended is to be best at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Aim {
    /// The product of gains.
    #[default]
    Nash,
    /// The gain of the party that gains least, each measured on its own range.
    Egalitarian,
}

impl Aim {
    /// What shares of it are shares of.
    #[must_use]
    pub fn best(self) -> &'static str {
        match self {
            Self::Nash => "the best product of gains",
            Self::Egalitarian => "the largest gain that everyone can have",
        }
    }
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
    /// How questions are chosen.
    pub policy: Policy,
    /// What is sought.
    pub aim: Aim,
    /// Whether coins may be tossed in questions ([`Question::Toss`]); those
    /// chosen by [`Policy::Worth`] alone.
    pub coins: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 0,
            mode: Mode::Own,
            noise: Noise::default(),
            particles: 400,
            policy: Policy::Worth,
            aim: Aim::Nash,
            coins: false,
        }
    }
}

/// What one party has said, and what is thought of it.
#[derive(Debug, Clone)]
struct Side {
    rankings: Rankings,
    answers: Vec<(Question, Answer)>,
    belief: Belief,
    /// Whom it might have to do with, where its questions come from its own answers alone.
    strangers: Vec<Vec<Belief>>,
}

/// A deal recommended on what is known; the share is that of the best there is
/// in what is sought ([`Settings::aim`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// The deal.
    pub deal: Deal,
    /// Estimate: the expected share of the best.
    pub expected_share: f64,
    /// Estimate, per party: the chance that it accepts.
    pub acceptance: Vec<f64>,
    /// Estimate: with 95 % confidence the share falls short of 1 by no more.
    pub regret: f64,
}

/// One way a party may be, as likely as the others that are kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// What each option of each issue of the [`Space`] is worth: the issue's
    /// weight times the option's value; the best of all issues adds up to 1.
    pub worth: Vec<Vec<f64>>,
    /// What no agreement is worth.
    pub reservation: f64,
}

impl Version {
    /// What a deal is worth.
    #[must_use]
    pub fn utility(&self, deal: &[usize]) -> f64 {
        self.worth.iter().zip(deal).map(|(options, &chosen)| options[chosen]).sum()
    }
}

/// A mediation under way.
#[derive(Debug, Clone)]
pub struct Case {
    space: Space,
    settings: Settings,
    sides: Vec<Side>,
    /// Good deals, by party and set of strangers.
    pools: Vec<Vec<Vec<Deal>>>,
    pool: Vec<Deal>,
    refused: Vec<Deal>,
}

impl Case {
    /// Begins with every party's rankings, in party order.
    ///
    /// Rankings that do not fit the table ([`Rankings::fits`]), or that are
    /// missing, count as unsaid; of each party 16 versions are kept at least.
    #[must_use]
    pub fn new(space: Space, rankings: Vec<Rankings>, settings: Settings) -> Self {
        let settings = Settings { particles: settings.particles.max(16), ..settings };
        let mut given = rankings.into_iter();
        let sides: Vec<Side> = (0..space.parties())
            .map(|party| {
                let rankings = given.next().filter(|r| r.fits(&space));
                let rankings = rankings.unwrap_or_else(|| Rankings::unsaid(&space));
                let belief = belief(&space, party, &rankings, settings);
                let strangers = match settings.mode {
                    Mode::Joint => Vec::new(),
                    Mode::Own => strangers(&space, party, &rankings, settings),
                };
                Side { rankings, answers: Vec::new(), belief, strangers }
            })
            .collect();
        let pools = sides.iter().map(|s| vec![Vec::new(); s.strangers.len()]).collect();
        Self { space, settings, sides, pools, pool: Vec::new(), refused: Vec::new() }
    }

    /// What is on the table.
    #[must_use]
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// What is sought.
    #[must_use]
    pub fn aim(&self) -> Aim {
        self.settings.aim
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

    /// The ways a party may be that fit what it said.
    #[must_use]
    pub fn versions(&self, party: usize) -> Vec<Version> {
        let belief = &self.sides[party].belief;
        let version = |particle: usize| {
            let table = belief.table(particle);
            let row = |issue: usize| {
                let start = self.space.cell(issue, 0);
                table[start..start + self.space.size(issue)].to_vec()
            };
            let worth = (0..self.space.issues()).map(row).collect();
            Version { worth, reservation: belief.reservation(particle) }
        };
        (0..belief.len()).map(version).collect()
    }

    fn step(&self) -> u64 {
        self.sides.iter().map(|s| s.answers.len() as u64).sum()
    }

    /// The question to a party whose answer is worth most, or why none is.
    pub fn next_question(&mut self, party: usize) -> Next {
        let seed = self.settings.seed;
        let side = &self.sides[party];
        let step = match self.settings.mode {
            Mode::Joint => self.step(),
            // Nothing here may depend on what others said, not even how often.
            Mode::Own => (party as u64 + 1) << 32 | side.answers.len() as u64,
        };
        let mut random = Random::new(seed, Purpose::Worlds, step);
        let (views, pools) = match self.settings.mode {
            Mode::Joint => {
                let all = self.sides.iter().map(|s| &s.belief).collect();
                let worlds = Worlds::new(
                    &self.space,
                    all,
                    self.settings.aim,
                    self.settings.particles,
                    &mut random,
                );
                (vec![worlds], std::slice::from_mut(&mut self.pool))
            }
            Mode::Own => {
                let mut views = Vec::with_capacity(side.strangers.len());
                for others in &side.strangers {
                    let mut all: Vec<&Belief> = others.iter().collect();
                    all.insert(party, &side.belief);
                    views.push(Worlds::new(
                        &self.space,
                        all,
                        self.settings.aim,
                        WORLDS_EACH,
                        &mut random,
                    ));
                }
                (views, self.pools[party].as_mut_slice())
            }
        };
        let among = views.len();
        let outlooks: Vec<Outlook<'_>> = views
            .into_iter()
            .zip(pools)
            .filter_map(|(worlds, pool)| Outlook::new(worlds, pool, among, &mut random))
            .collect();
        let mut random = Random::new(seed, Purpose::Questions, step);
        let asked: Vec<&Question> = side.answers.iter().map(|a| &a.0).collect();
        let tails = self.settings.coins.then(|| self.tails(party, side)).flatten();
        let chooser = Chooser::new(&outlooks, party, tails);
        let next = chooser.next(self.settings.policy, &asked, &mut random);
        match (self.settings.mode, next) {
            // That strangers would not agree says nothing about the others.
            (Mode::Own, Next::Stop(Stop::NoDeal)) => Next::Stop(Stop::NothingLeft),
            (_, next) => next,
        }
    }

    /// What the other side of a coin may bring a party: no agreement, or its
    /// worst deal where it would take that. `None`, and no coins, where it did
    /// not say enough for that, or its worst deal cannot be had.
    fn tails(&self, party: usize, side: &Side) -> Option<Option<Deal>> {
        if !side.rankings.takes_worst? {
            return Some(None);
        }
        let worst = |tiers: &Option<Tiers>| tiers.as_ref()?.last()?.first().copied();
        let worst: Deal = side.rankings.options.iter().map(worst).collect::<Option<_>>()?;
        let possible = self.space.is_feasible(&worst) && !self.space.crosses(party, &worst);
        possible.then_some(Some(worst))
    }

    /// Takes a party's answer to a question; one about something else than
    /// deals of this table, with no coin or with more than two, or from somebody
    /// who is no party, is not taken.
    pub fn answer(&mut self, party: usize, question: Question, answer: Answer) {
        let Some(side) = self.sides.get_mut(party) else { return };
        let fair = !matches!(question, Question::Toss { coins, .. } if !(1..=2).contains(&coins));
        if !fair || !question.deals().all(|d| self.space.is_deal(d)) {
            return;
        }
        let step = 1 + side.answers.len() as u64;
        let mut random = Random::new(self.settings.seed, Purpose::Belief(party), step);
        side.belief.observe(&question, answer, &mut random);
        side.answers.push((question, answer));
    }

    /// Answers of a party that most of its versions contradict: by index, with
    /// the share of versions that do. They do not go with its other answers.
    #[must_use]
    pub fn doubted(&self, party: usize) -> Vec<(usize, f64)> {
        let side = &self.sides[party];
        let telling = (0..side.answers.len()).filter(|&k| side.answers[k].1.tells());
        telling.zip(side.belief.doubts()).filter(|d| d.1 > 0.5).collect()
    }

    /// Takes another answer instead of an earlier one; all is thought through anew.
    pub fn revise(&mut self, party: usize, index: usize, answer: Answer) {
        let Some(side) = self.sides.get_mut(party) else { return };
        let mut answers = std::mem::take(&mut side.answers);
        if let Some(entry) = answers.get_mut(index) {
            entry.1 = answer;
        }
        side.belief = belief(&self.space, party, &side.rankings, self.settings);
        for (question, answer) in answers {
            self.answer(party, question, answer);
        }
    }

    /// Takes everyone's answer to a proposal; one that is not accepted is not made again.
    pub fn vote(&mut self, deal: &Deal, accepts: &[bool]) {
        for (party, &accepts) in accepts.iter().enumerate() {
            let answer = if accepts { Answer::First } else { Answer::Second };
            self.answer(party, Question::Accept(deal.clone()), answer);
        }
        if !self.space.acceptance().is_met(accepts) {
            self.refused.push(deal.clone());
        }
    }

    /// A proposal failed under sealed acceptance: nobody knows by whom, and it is not made again.
    pub fn not_accepted(&mut self, deal: &Deal) {
        self.refused.push(deal.clone());
    }

    /// The deal to propose now; `None` when no deal seems acceptable to enough parties.
    pub fn recommendation(&mut self) -> Option<Recommendation> {
        let mut random = Random::new(self.settings.seed, Purpose::Worlds, self.step());
        let beliefs: Vec<&Belief> = self.sides.iter().map(|s| &s.belief).collect();
        let worlds = Worlds::new(
            &self.space,
            beliefs,
            self.settings.aim,
            PAIRINGS * self.settings.particles,
            &mut random,
        );
        let shares = worlds.refresh(&mut self.pool, 1, &mut random);
        let (favourite, expected_share) = match self.settings.policy {
            Policy::MinimaxRegret => shares.minimax(&self.refused).map(|m| (m.deal, m.mean))?,
            _ => shares.favourite(&self.refused)?,
        };
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

/// What is thought of a party after its rankings.
fn belief(space: &Space, party: usize, rankings: &Rankings, settings: Settings) -> Belief {
    let mut random = Random::new(settings.seed, Purpose::Belief(party), 0);
    let mut belief = Belief::new(space, rankings, settings.noise, settings.particles, &mut random);
    let said = rankings.about_deals(|deal| space.crosses(party, deal));
    belief.observe_ranked(&said, &mut random);
    belief
}

/// Whom a party might have to do with: several sets of others. By the time a
/// deal is recommended the others will have answered too, so that a question
/// is worth asking for what it settles against each set by itself.
fn strangers(
    space: &Space,
    party: usize,
    rankings: &Rankings,
    settings: Settings,
) -> Vec<Vec<Belief>> {
    (0..STRANGERS)
        .map(|set| {
            let mut random = Random::new(settings.seed, Purpose::Strangers(party), set as u64);
            let others = 1..space.parties();
            others.map(|_| stranger(space, rankings, settings.noise, &mut random)).collect()
        })
        .collect()
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
