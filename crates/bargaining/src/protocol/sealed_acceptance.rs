//! Sealed simultaneous acceptance: one proposal, answers nobody else sees.
//!
//! While the vote is open a party sees its own answer and nothing of the
//! others', not even whether they have answered. The convener closes the vote;
//! then every party is told whether the acceptance rule was met, and no more:
//! who refused, how many did, and whether anybody failed to answer stay
//! unsaid. A missing answer, a late one and one that cannot be read never
//! count as a yes.
//!
//! What the rule itself implies cannot be hidden: with two parties and
//! unanimity, whoever said yes to a proposal that failed knows of the other.

use super::{End, Protocol, Reason, Refusal, Said, Seat};
use crate::table::{NoOutcome, Package, Table};
use detente_model::AcceptanceRule;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The rules: one proposal and the table's acceptance rule.
#[derive(Debug, Clone)]
pub struct SealedAcceptance {
    table: Arc<Table>,
    proposal: Package,
}

impl SealedAcceptance {
    /// A vote on this proposal.
    ///
    /// # Errors
    /// When it is no outcome of the table.
    pub fn new(table: Arc<Table>, proposal: Package) -> Result<Self, NoOutcome> {
        table.check(&proposal)?;
        Ok(Self { table, proposal })
    }
}

/// What a party answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Accepts the proposal as it stands.
    Yes,
    /// Does not.
    No,
    /// Said something that is neither; counts as no.
    Unreadable,
}

impl Answer {
    /// An answer as it was written: only a plain yes is one.
    #[must_use]
    pub fn read(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "yes" => Self::Yes,
            "no" => Self::No,
            _ => Self::Unreadable,
        }
    }
}

/// Whether sealed answers, in party order, make an agreement: only a plain yes
/// counts as one, and who has not answered has not said yes. All that counts
/// sealed answers does it by this.
#[must_use]
pub fn is_met(rule: &AcceptanceRule, answers: impl IntoIterator<Item = Option<Answer>>) -> bool {
    let yes: Vec<bool> = answers.into_iter().map(|a| a == Some(Answer::Yes)).collect();
    rule.is_met(&yes)
}

/// What a seat can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// A party answers, or changes its answer while the vote is open.
    Answer(Answer),
    /// The convener ends the vote: all have answered, or the time is over.
    Close,
}

/// A point in play.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    answers: Vec<Option<Answer>>,
    end: Option<End>,
}

/// What a seat sees.
#[derive(Debug, Clone, Serialize)]
pub struct View<'s> {
    /// What is voted on.
    pub proposal: &'s Package,
    /// This party's own answer.
    pub own: Option<Answer>,
    /// Once closed: whether the acceptance rule was met.
    pub met: Option<bool>,
}

impl Protocol for SealedAcceptance {
    type State = State;
    type Move = Move;
    type View<'s> = View<'s>;

    fn seats(&self) -> (usize, usize) {
        (self.table.parties(), 1)
    }

    fn begin(&self) -> State {
        State { answers: vec![None; self.table.parties()], end: None }
    }

    fn to_move(&self, state: &State) -> Vec<Seat> {
        if state.end.is_some() {
            return Vec::new();
        }
        let parties = (0..self.table.parties()).map(Seat::Party);
        parties.chain([Seat::Mediator(0)]).collect()
    }

    fn apply(&self, state: &mut State, seat: Seat, action: Move) -> Result<(), Refusal> {
        if state.end.is_some() {
            return Err(Refusal::Ended);
        }
        match (seat, action) {
            (Seat::Party(party), Move::Answer(answer)) => {
                let slot = state.answers.get_mut(party).ok_or(Refusal::NotForThisSeat)?;
                *slot = Some(answer);
            }
            (Seat::Mediator(0), Move::Close) => {
                let met = is_met(self.table.acceptance(), state.answers.iter().copied());
                let failed = End::without(Reason::NotAccepted);
                state.end = Some(if met { End::agreed(self.proposal.clone()) } else { failed });
            }
            _ => return Err(Refusal::NotForThisSeat),
        }
        Ok(())
    }

    fn view<'s>(&'s self, state: &'s State, seat: Seat) -> View<'s> {
        let own = match seat {
            Seat::Party(party) => state.answers.get(party).copied().flatten(),
            Seat::Mediator(_) => None,
        };
        let met = state.end.as_ref().map(|end| end.agreement.is_some());
        View { proposal: &self.proposal, own, met }
    }

    fn end<'s>(&self, state: &'s State) -> Option<&'s End> {
        state.end.as_ref()
    }

    fn said(action: &Move) -> Vec<Said> {
        match action {
            Move::Answer(Answer::Yes) => vec![Said::Accepts],
            Move::Answer(_) => vec![Said::Refuses],
            Move::Close => vec![Said::Rests],
        }
    }

    fn rounds(&self, _: &State) -> u32 {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_analysis::Problem;
    use detente_model::testing;
    use std::collections::BTreeMap;

    const ANSWERS: [Option<Answer>; 4] =
        [None, Some(Answer::Yes), Some(Answer::No), Some(Answer::Unreadable)];

    /// Every way three parties can answer, in every order, absent ones included.
    fn every_vote(rule: &AcceptanceRule, mut look: impl FnMut(&[Option<Answer>], &[String], bool)) {
        let tables = vec![vec![vec![0, 1]]; 3];
        let scenario = testing::additive(&tables, &[0, 0, 0]).check().0.unwrap();
        let problem = Problem::new(&scenario).unwrap();
        let (table, _) = Table::of_problem(&problem, rule.clone());
        let vote = SealedAcceptance::new(table, Package(vec![1])).unwrap();
        for code in 0..64 {
            let answers = [ANSWERS[code % 4], ANSWERS[code / 4 % 4], ANSWERS[code / 16]];
            for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
                let mut state = vote.begin();
                for party in order {
                    let Some(answer) = answers[party] else { continue };
                    vote.apply(&mut state, Seat::Party(party), Move::Answer(answer)).unwrap();
                    let open = serde_json::to_string(&vote.view(&state, Seat::Party(party)));
                    assert!(open.unwrap().contains("\"met\":null"));
                }
                vote.apply(&mut state, Seat::Mediator(0), Move::Close).unwrap();
                // Late is too late.
                let late = vote.apply(&mut state, Seat::Party(0), Move::Answer(Answer::Yes));
                assert_eq!(late, Err(Refusal::Ended));
                let seen: Vec<String> = (0..3)
                    .map(|p| serde_json::to_string(&vote.view(&state, Seat::Party(p))).unwrap())
                    .collect();
                look(&answers, &seen, vote.end(&state).unwrap().agreement.is_some());
            }
        }
    }

    #[test]
    fn one_sees_the_result_and_ones_own_answer_and_nothing_else() {
        for rule in [
            AcceptanceRule::Unanimity,
            AcceptanceRule::Quota { at_least: 2, vetoes: Vec::new() },
            AcceptanceRule::Quota { at_least: 2, vetoes: vec![0] },
        ] {
            let mut seen_by: BTreeMap<String, String> = BTreeMap::new();
            every_vote(&rule, |answers, seen, met| {
                let yes: Vec<bool> = answers.iter().map(|a| *a == Some(Answer::Yes)).collect();
                assert_eq!(met, rule.is_met(&yes));
                for party in 0..3 {
                    let known = format!("{party} {:?} {met}", answers[party]);
                    let bytes = seen_by.entry(known).or_insert_with(|| seen[party].clone());
                    assert_eq!(*bytes, seen[party]);
                }
            });
        }
    }

    #[test]
    fn only_a_plain_yes_is_a_yes() {
        for text in ["yes", " Yes ", "YES"] {
            assert_eq!(Answer::read(text), Answer::Yes);
        }
        for text in ["", "y", "yes, if", "ja", "1", "true", "yes\u{200b}", "no yes"] {
            assert_eq!(Answer::read(text), Answer::Unreadable);
        }
        assert_eq!(Answer::read("no"), Answer::No);
    }
}
