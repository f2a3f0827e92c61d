//! The procedures that are compared, each run in one way.

use crate::adviser::{Engine, answers};
use crate::measure::floored;
use crate::scenarios::Case;
use detente_analysis::solution;
use detente_analysis::solved::SolutionRule;
use detente_analysis::{Budget, Problem};
use detente_bargaining::matches::{self, Draw};
use detente_bargaining::negotiator::Kind;
use detente_bargaining::negotiator::informant::Informant;
use detente_bargaining::negotiator::voter::Vote;
use detente_bargaining::protocol::elicited_proposal::{ElicitedProposal, Move};
use detente_bargaining::protocol::single_text::SingleText;
use detente_bargaining::{Chance, OwnUtility, Package, Reason, Seat};
use detente_elicitation::{Mode, Policy, Settings};

/// Rounds of time-dependent tactics (their concession is stretched over them).
pub const TIMED_ROUNDS: u32 = 500;
/// Rounds of tactics that do not look at the clock.
pub const ROUNDS: u32 = 20_000;
/// Proposals after an elicitation.
pub const PROPOSALS: u32 = 3;
/// Drafts of a single text.
pub const DRAFTS: u32 = 2_000;

/// A way to come to a deal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Procedure {
    /// The mediator is told every number and computes the Nash deal.
    FullNumbers,
    /// Alternating offers.
    Offers(Kind),
    /// A blind mediator's single text.
    SingleText(Vote),
    /// The conceders' deal, signed, then a blind mediator's single text from
    /// there: it is replaced by what all vote for only.
    PostSettlement(Vote),
    /// Rankings, so many questions to each party, and up to three proposals.
    Elicited {
        /// Questions to each party.
        questions: u32,
        /// Whose answers they are chosen from.
        mode: Mode,
        /// How they are chosen.
        policy: Policy,
        /// Whether coins are tossed in them.
        coins: bool,
    },
}

/// What one run came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// The deal.
    pub deal: Option<Package>,
    /// Offers, votes or answers of the party that made most.
    pub effort: usize,
}

impl Procedure {
    /// Those of the comparison.
    pub const ALL: [Self; 14] = [
        Self::FullNumbers,
        Self::SingleText(Vote::HillClimbing),
        Self::SingleText(Vote::Annealing(None)),
        Self::PostSettlement(Vote::HillClimbing),
        Self::Offers(Kind::Random),
        Self::Offers(Kind::Boulware),
        Self::Offers(Kind::Conceder),
        Self::Offers(Kind::MiCRO),
        Self::asking(12, Mode::Own, Policy::Worth),
        Self::asking(12, Mode::Joint, Policy::Worth),
        Self::Elicited { questions: 12, mode: Mode::Joint, policy: Policy::Worth, coins: true },
        Self::asking(20, Mode::Joint, Policy::Worth),
        Self::asking(12, Mode::Joint, Policy::MinimaxRegret),
        Self::asking(12, Mode::Joint, Policy::Random),
    ];

    /// Those whose honesty is measured: each in the form in which people meet
    /// it, which is 12 questions chosen by what their answers are worth.
    pub fn measured_for_honesty() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|procedure| match procedure {
            Self::Elicited { questions, policy, coins, .. } => {
                *questions == 12 && *policy == Policy::Worth && !coins
            }
            _ => true,
        })
    }

    const fn asking(questions: u32, mode: Mode, policy: Policy) -> Self {
        Self::Elicited { questions, mode, policy, coins: false }
    }

    /// The name in tables.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::FullNumbers => "full numbers, exact Nash".into(),
            Self::Offers(kind) => format!("alternating offers, {kind}"),
            Self::SingleText(vote) => format!("single text, {vote}"),
            Self::PostSettlement(vote) => format!("conceders' deal, then post-settlement, {vote}"),
            Self::Elicited { questions, mode, policy, coins } => {
                let mode = if mode == Mode::Own { "own answers" } else { "joint" };
                let policy = match policy {
                    Policy::Worth => "",
                    Policy::MinimaxRegret => ", chosen by minimax regret",
                    Policy::Random => ", chosen at random",
                };
                let coins = if coins { ", with coins" } else { "" };
                format!("elicited proposal, {questions} questions, {mode}{coins}{policy}")
            }
        }
    }

    /// One run in which the parties appear as `said`; `told` is the case by that.
    #[must_use]
    pub fn run(self, case: &Case, told: &Problem, said: &[OwnUtility], draw: Draw) -> Reached {
        match self {
            Self::FullNumbers => Reached { deal: nash(told), effort: 0 },
            Self::Offers(kind) => {
                let timed = matches!(kind, Kind::Boulware | Kind::Linear | Kind::Conceder);
                let rounds = if timed { TIMED_ROUNDS } else { ROUNDS };
                let kinds = vec![kind; said.len()];
                let played = matches::alternating_offers(said, &kinds, rounds, draw);
                let effort = played.moves.len().div_ceil(said.len());
                Reached { deal: played.end.agreement, effort }
            }
            Self::SingleText(vote) => {
                let rules = SingleText::new(said[0].table().clone(), DRAFTS);
                let votes = vec![vote; said.len()];
                let played = matches::single_text(&rules, said, &votes, draw);
                let ratified = usize::from(played.end.reason != Reason::NothingProposed);
                Reached { effort: played.rounds as usize + ratified, deal: played.end.agreement }
            }
            Self::PostSettlement(vote) => {
                // The deal to improve on was reached by the truth.
                let offers = Self::Offers(Kind::Conceder).run(case, &case.problem, &case.own, draw);
                let Some(signed) = offers.deal else { return offers };
                let rules = SingleText::post_settlement(case.table.clone(), DRAFTS, signed);
                let Ok(rules) = rules else { return Reached { deal: None, effort: offers.effort } };
                let votes = vec![vote; said.len()];
                let played = matches::single_text(&rules, said, &votes, draw);
                let effort = offers.effort + played.rounds as usize;
                Reached { effort, deal: played.end.agreement }
            }
            Self::Elicited { questions, mode, policy, coins } => {
                let seed = Chance::new(draw.seed, draw.index).below(usize::MAX) as u64;
                let settings = Settings { seed, mode, policy, coins, ..Settings::default() };
                let engine = Engine::new(case.space.clone(), settings);
                let rules = ElicitedProposal::new(case.table.clone(), questions + 1, PROPOSALS);
                let pairs = said.iter().zip(&case.own);
                let parties = pairs.map(|(s, o)| Informant::claiming(s.clone(), o)).collect();
                let played = matches::elicited_proposal(&rules, parties, engine);
                let mut efforts = vec![0; said.len()];
                for made in &played.moves {
                    if let (Seat::Party(party), Move::Reply(answer)) = (made.seat, &made.action) {
                        efforts[party] += answers(&case.space, answer);
                    }
                }
                let effort = efforts.into_iter().max().unwrap_or(0);
                Reached { deal: played.end.agreement, effort }
            }
        }
    }
}

/// The Nash deal by the numbers told, red lines told included.
fn nash(told: &Problem) -> Option<Package> {
    let found = solution::solutions(&floored(told), None, &Budget::default());
    found.pick(SolutionRule::Nash).map(|pick| Package(pick.point.assignment.clone()))
}
