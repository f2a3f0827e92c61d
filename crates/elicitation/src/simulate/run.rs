//! Questions in turn, then proposals under sealed acceptance.

use super::party::{SimulatedParty, accepts};
use crate::case::{Case, Next, Recommendation, Stop};
use crate::statement::{Answer, Question};
use detente_analysis::Problem;

/// Proposals made before the mediation ends without agreement.
pub const MOST_PROPOSALS: usize = 3;

/// One question on the road.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Who was asked.
    pub party: usize,
    /// What.
    pub question: Question,
    /// What was said.
    pub answer: Answer,
}

/// One proposal with its answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// What was proposed, and what was thought of it.
    pub recommendation: Recommendation,
    /// Who accepted, in party order.
    pub accepted: Vec<bool>,
}

/// A mediation from the first question to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Mediated {
    /// The questions in the order they were asked.
    pub steps: Vec<Step>,
    /// Per party: how many questions it answered (or declined to).
    pub questions: Vec<usize>,
    /// Per party: why it was asked no more; `None` when its number was up.
    pub stops: Vec<Option<Stop>>,
    /// The proposals in order; the last may have been accepted.
    pub proposals: Vec<Proposal>,
    /// Whether the last proposal became the agreement.
    pub agreed: bool,
}

/// Asks each party so many questions in turn, and proposes.
///
/// Proposals are accepted or refused by the true profiles: whoever may have
/// said something else before, nobody signs what is worse than no agreement.
pub fn mediate(
    case: &mut Case,
    problem: &Problem,
    people: &mut [SimulatedParty<'_>],
    questions: usize,
) -> Mediated {
    let mut road = Mediated {
        steps: Vec::new(),
        questions: vec![0; people.len()],
        stops: vec![None; people.len()],
        proposals: Vec::new(),
        agreed: false,
    };
    for _ in 0..questions {
        for (party, person) in people.iter_mut().enumerate() {
            // With joint questions, what others say may give it one again.
            match case.next_question(party) {
                Next::Ask(question) => {
                    let answer = person.answer(&question);
                    case.answer(party, question.clone(), answer);
                    road.stops[party] = None;
                    road.questions[party] += 1;
                    road.steps.push(Step { party, question, answer });
                }
                Next::Stop(reason) => road.stops[party] = Some(reason),
            }
        }
    }
    for _ in 0..MOST_PROPOSALS {
        let Some(recommendation) = case.recommendation() else { break };
        let deal = recommendation.deal.clone();
        let accepted: Vec<bool> = (0..people.len()).map(|p| accepts(problem, p, &deal)).collect();
        road.agreed = case.space().acceptance().is_met(&accepted);
        road.proposals.push(Proposal { recommendation, accepted: accepted.clone() });
        if road.agreed {
            break;
        }
        case.vote(&deal, &accepted);
    }
    road
}
