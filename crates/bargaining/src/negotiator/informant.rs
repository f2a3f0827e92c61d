//! A party that answers a mediator's questions.

use crate::own::OwnUtility;
use crate::play::Participant;
use crate::protocol::elicited_proposal::{Answer, ElicitedProposal, Move, Question, View};
use crate::protocol::sealed_acceptance::Answer as Vote;
use crate::table::Package;
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
                ordered(worth(first).cmp(&worth(second)))
            }
            Question::Toss { coins, sure, heads, tails } => {
                let worth = |p| {
                    let crosses = self.said.crosses_red_line(p);
                    if crosses { i128::from(i64::MIN) } else { i128::from(self.said.utility(p)) }
                };
                let none = || i128::from(self.said.reservation());
                // One chance in so many; the rules allow two coins.
                let of = 1_i128 << (*coins).min(2);
                let coin = worth(heads) + (of - 1) * tails.as_ref().map_or_else(none, worth);
                ordered((of * worth(sure)).cmp(&coin))
            }
        }
    }

    fn ranking(&self) -> Answer {
        let worth = self.said.on_average();
        let swings: Vec<f64> = worth.iter().map(|row| spread(row)).collect();
        let same = swings.iter().sum::<f64>() * SAME;
        let options: Vec<Tiers> = worth.iter().map(|row| tiers(row, same)).collect();
        let issues = tiers(&swings, same);
        let limit = self.limit(&options, &issues);
        Answer::Ranked {
            concessions: Some(concessions(&worth, &options, same)),
            takes_worst: Some(limit == 0),
            limit: Some(limit),
            options: options.into_iter().map(Some).collect(),
            issues: Some(issues),
        }
    }

    /// How many issues, weightiest first, must be as it likes best for it to
    /// agree, the others as it likes least.
    fn limit(&self, options: &[Tiers], issues: &Tiers) -> usize {
        let mut rung: Vec<usize> = options.iter().map(|t| t[t.len() - 1][0]).collect();
        let steps = issues.iter().flatten().filter(|issue| options[**issue].len() > 1);
        let mut limit = 0;
        for issue in steps {
            if self.said.is_acceptable(&Package(rung.clone())) {
                return limit;
            }
            rung[*issue] = options[*issue][0][0];
            limit += 1;
        }
        if self.said.is_acceptable(&Package(rung)) { limit } else { limit + 1 }
    }
}

/// The issues that have one by what the first step down costs, least first.
fn concessions(worth: &[Vec<f64>], options: &[Tiers], same: f64) -> Tiers {
    let step = |issue: usize| match options[issue].as_slice() {
        [best, next, ..] => worth[issue][best[0]] - worth[issue][next[0]],
        _ => f64::NAN,
    };
    let steps: Vec<f64> = (0..worth.len()).map(step).collect();
    let mut order: Vec<usize> = (0..worth.len()).filter(|issue| !steps[*issue].is_nan()).collect();
    order.sort_by(|&a, &b| steps[a].total_cmp(&steps[b]).then(a.cmp(&b)));
    order.chunk_by(|&a, &b| steps[b] - steps[a] <= same).map(<[usize]>::to_vec).collect()
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

fn ordered(first_is: Ordering) -> Answer {
    match first_is {
        Ordering::Greater => Answer::First,
        Ordering::Less => Answer::Second,
        Ordering::Equal => Answer::Equal,
    }
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
