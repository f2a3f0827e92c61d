//! A party that answers a mediator's questions.

use crate::own::OwnUtility;
use crate::play::Participant;
use crate::protocol::elicited_proposal::{Answer, ElicitedProposal, Move, Question, View};
use crate::protocol::sealed_acceptance::Answer as Vote;
use detente_model::partial::Tiers;
use std::cmp::Ordering;

/// Answers as if it had one utility, and signs by another: the same for an
/// honest party.
///
/// Where issues interact it ranks options and issues by what each adds on
/// average over the others.
#[derive(Debug)]
pub struct Informant {
    said: OwnUtility,
    meant: OwnUtility,
}

impl Informant {
    /// A truthful party.
    #[must_use]
    pub fn truthful(own: &OwnUtility) -> Self {
        Self { said: own.clone(), meant: own.clone() }
    }

    /// A party that claims another utility than it has.
    #[must_use]
    pub fn claiming(said: OwnUtility, meant: &OwnUtility) -> Self {
        Self { said, meant: meant.clone() }
    }

    fn answer(&self, question: &Question) -> Answer {
        let accepts = |package| self.said.is_acceptable(package);
        match question {
            Question::Rank => self.ranking(),
            Question::Accept(package) if accepts(package) => Answer::First,
            Question::Accept(_) => Answer::Second,
            Question::Compare(first, second) => {
                // What crosses a red line is worse than anything that does not.
                let worth = |p| (!self.said.crosses_red_line(p), self.said.utility(p));
                match worth(first).cmp(&worth(second)) {
                    Ordering::Greater => Answer::First,
                    Ordering::Less => Answer::Second,
                    Ordering::Equal => Answer::Equal,
                }
            }
        }
    }

    fn ranking(&self) -> Answer {
        let worth = self.said.on_average();
        let swings: Vec<f64> = worth.iter().map(|row| spread(row)).collect();
        let same = swings.iter().sum::<f64>() * SAME;
        let worst = self.said.lowest() >= self.said.reservation() && !self.said.has_red_lines();
        Answer::Ranked {
            options: worth.iter().map(|row| Some(tiers(row, same))).collect(),
            issues: Some(tiers(&swings, same)),
            takes_worst: Some(worst),
        }
    }
}

/// Averages this close, as a share of the range, are equal.
const SAME: f64 = 1e-9;

fn spread(values: &[f64]) -> f64 {
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    most - values.iter().copied().fold(f64::INFINITY, f64::min)
}

/// Largest first, equal ones together.
fn tiers(values: &[f64], same: f64) -> Tiers {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    order.chunk_by(|&a, &b| values[a] - values[b] <= same).map(<[usize]>::to_vec).collect()
}

impl Participant<ElicitedProposal> for Informant {
    fn act(&mut self, view: &View<'_>) -> Move {
        if let Some(proposal) = view.proposal {
            let yes = self.meant.is_acceptable(proposal);
            return Move::Vote(if yes { Vote::Yes } else { Vote::No });
        }
        Move::Reply(view.question.map_or(Answer::Refused, |question| self.answer(question)))
    }
}
