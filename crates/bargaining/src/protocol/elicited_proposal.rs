//! The elicited proposal: private answers, then a proposal under sealed acceptance.
//!
//! The mediator puts questions to each party, in any order; each party answers
//! its own and sees nothing of the others', not even whether they were asked.
//! Then the mediator proposes a deal and the parties answer it under seal;
//! where the acceptance rule is not met they and the mediator are told that,
//! not by whom, and the mediator may propose again, so many times.
//!
//! Which question is worth asking, and what to propose, is an [`Adviser`]'s
//! business.

use super::sealed_acceptance::{Answer as Vote, is_met};
use super::{End, Protocol, Reason, Refusal, Said, Seat};
use crate::play::Participant;
use crate::table::{Package, Table};
use detente_model::partial::{Tiers, is_order, is_order_of_some};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a party is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Put the options of each issue in order, the issues by what is at stake
    /// and by what would be given up first, and no agreement among deals.
    Rank,
    /// Which of these two would you rather have?
    Compare(Package, Package),
    /// Would you take this rather than no agreement?
    Accept(Package),
    /// This for sure, or coins tossed: `heads` where all show heads, else
    /// `tails`, or no agreement where that is `None`?
    Toss {
        /// How many: 1 or 2, for an even chance or one in four.
        coins: u8,
        /// What is had for sure.
        sure: Package,
        /// What all heads bring.
        heads: Package,
        /// What anything else brings.
        tails: Option<Package>,
    },
}

impl Question {
    /// The packages it names.
    fn packages(&self) -> Vec<&Package> {
        match self {
            Self::Rank => Vec::new(),
            Self::Accept(one) => vec![one],
            Self::Compare(one, other) => vec![one, other],
            Self::Toss { sure, heads, tails, .. } => {
                [sure, heads].into_iter().chain(tails).collect()
            }
        }
    }
}

/// What a party answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// To [`Question::Rank`]; what it would not say is left out.
    Ranked {
        /// Per issue, its options.
        options: Vec<Option<Tiers>>,
        /// The issues by what is at stake between their best and worst option.
        issues: Option<Tiers>,
        /// The issues that have one by what the first step down costs, least first.
        concessions: Option<Tiers>,
        /// Whether its worst deal is still better than no agreement.
        takes_worst: Option<bool>,
        /// How many issues, weightiest first, must be settled as it likes best
        /// for it to agree, the others as it likes least.
        limit: Option<usize>,
    },
    /// The first; yes.
    First,
    /// The second; no.
    Second,
    /// The two are worth the same.
    Equal,
    /// It cannot tell.
    CannotSay,
    /// It does not want to tell.
    Refused,
}

/// Who knows what to ask and what to propose.
pub trait Adviser {
    /// The next question to a party; `None` when no further one is worth asking.
    fn next_question(&mut self, party: usize) -> Option<Question>;

    /// What the party answered.
    fn answered(&mut self, party: usize, question: &Question, answer: &Answer);

    /// The deal to propose now; `None` when none seems acceptable to enough.
    fn recommendation(&mut self) -> Option<Package>;

    /// The acceptance rule was not met for a proposal.
    fn not_accepted(&mut self, proposal: &Package);
}

/// The rules.
#[derive(Debug, Clone)]
pub struct ElicitedProposal {
    table: Arc<Table>,
    questions: u32,
    proposals: u32,
}

impl ElicitedProposal {
    /// At most so many questions to each party (the rankings are one), and so many proposals.
    #[must_use]
    pub fn new(table: Arc<Table>, questions: u32, proposals: u32) -> Self {
        Self { table, questions, proposals }
    }

    fn count(&self, state: &mut State) {
        let met = is_met(self.table.acceptance(), state.votes.iter().copied());
        state.votes.fill(None);
        let Some(proposal) = state.proposal.take() else { return };
        if met {
            state.end = Some(End::agreed(proposal));
            return;
        }
        state.failed.push(proposal);
        if state.failed.len() as u64 >= u64::from(self.proposals) {
            state.end = Some(End::without(Reason::NotAccepted));
        }
    }
}

/// What a seat can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// The mediator asks a party.
    Ask {
        /// Whom.
        party: usize,
        /// What.
        question: Question,
    },
    /// A party answers the question put to it.
    Reply(Answer),
    /// The mediator proposes a deal; no question may be open.
    Propose(Package),
    /// A party answers the proposal.
    Vote(Vote),
    /// The mediator ends the vote; who has not answered has not said yes.
    Close,
    /// The mediator has nothing to propose.
    Rest,
}

/// One question and its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// What was asked.
    pub question: Question,
    /// What was answered.
    pub answer: Answer,
}

/// A point in play.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    open: Vec<Option<Question>>,
    exchanges: Vec<Vec<Exchange>>,
    proposal: Option<Package>,
    votes: Vec<Option<Vote>>,
    /// Proposals for which the rule was not met.
    failed: Vec<Package>,
    end: Option<End>,
}

/// What a seat sees.
#[derive(Debug, Clone, Serialize)]
pub struct View<'s> {
    /// For a party: the question put to it.
    pub question: Option<&'s Question>,
    /// For a party: its own exchanges; for the mediator: those of all, by party.
    pub exchanges: &'s [Vec<Exchange>],
    /// For the mediator: the parties who can be asked something now.
    pub free: Vec<usize>,
    /// What is proposed.
    pub proposal: Option<&'s Package>,
    /// For a party: its own answer to that.
    pub vote: Option<Vote>,
    /// What was proposed before and not accepted.
    pub failed: &'s [Package],
}

impl Protocol for ElicitedProposal {
    type State = State;
    type Move = Move;
    type View<'s> = View<'s>;

    fn seats(&self) -> (usize, usize) {
        (self.table.parties(), 1)
    }

    fn begin(&self) -> State {
        let parties = self.table.parties();
        State {
            open: vec![None; parties],
            exchanges: vec![Vec::new(); parties],
            proposal: None,
            votes: vec![None; parties],
            failed: Vec::new(),
            end: (self.proposals == 0).then(|| End::without(Reason::NothingProposed)),
        }
    }

    fn to_move(&self, state: &State) -> Vec<Seat> {
        if state.end.is_some() {
            return Vec::new();
        }
        let voting = state.proposal.is_some();
        let waits = |party: &usize| {
            if voting { state.votes[*party].is_none() } else { state.open[*party].is_some() }
        };
        let parties = (0..self.table.parties()).filter(waits).map(Seat::Party);
        parties.chain([Seat::Mediator(0)]).collect()
    }

    fn apply(&self, state: &mut State, seat: Seat, action: Move) -> Result<(), Refusal> {
        if state.end.is_some() {
            return Err(Refusal::Ended);
        }
        if !self.to_move(state).contains(&seat) {
            return Err(Refusal::NotItsTurn);
        }
        let voting = state.proposal.is_some();
        match (seat, action) {
            (Seat::Mediator(_), Move::Ask { party, question }) if !voting => {
                let asked = state.exchanges.get(party).ok_or(Refusal::NotForThisSeat)?.len();
                if state.open[party].is_some() || asked as u64 >= u64::from(self.questions) {
                    return Err(Refusal::NotItsTurn);
                }
                if matches!(question, Question::Toss { coins, .. } if !(1..=2).contains(&coins)) {
                    return Err(Refusal::NotForThisSeat);
                }
                for package in question.packages() {
                    self.table.check(package)?;
                }
                state.open[party] = Some(question);
            }
            (Seat::Mediator(_), Move::Propose(package)) if !voting => {
                if state.open.iter().any(Option::is_some) {
                    return Err(Refusal::NotItsTurn);
                }
                self.table.check(&package)?;
                state.proposal = Some(package);
            }
            (Seat::Mediator(_), Move::Rest) if !voting => {
                let nothing = state.failed.is_empty();
                let reason = if nothing { Reason::NothingProposed } else { Reason::NotAccepted };
                state.end = Some(End::without(reason));
            }
            (Seat::Mediator(_), Move::Close) if voting => self.count(state),
            (Seat::Party(party), Move::Reply(answer)) if !voting => {
                let ranking = matches!(answer, Answer::Ranked { .. });
                let asked = state.open[party].as_ref().ok_or(Refusal::NotItsTurn)?;
                let declined = matches!(answer, Answer::CannotSay | Answer::Refused);
                if !declined && ranking != (*asked == Question::Rank) || !self.fits(&answer) {
                    return Err(Refusal::NotTheQuestion);
                }
                if let Some(question) = state.open[party].take() {
                    state.exchanges[party].push(Exchange { question, answer });
                }
            }
            (Seat::Party(party), Move::Vote(vote)) if voting => state.votes[party] = Some(vote),
            _ => return Err(Refusal::NotForThisSeat),
        }
        Ok(())
    }

    fn view<'s>(&'s self, state: &'s State, seat: Seat) -> View<'s> {
        let (question, exchanges, free, vote) = match seat {
            Seat::Party(party) => (
                state.open[party].as_ref(),
                &state.exchanges[party..=party],
                Vec::new(),
                state.votes[party],
            ),
            Seat::Mediator(_) => {
                let may = |p: &usize| {
                    state.proposal.is_none()
                        && state.open[*p].is_none()
                        && (state.exchanges[*p].len() as u64) < u64::from(self.questions)
                };
                (None, &state.exchanges[..], (0..self.table.parties()).filter(may).collect(), None)
            }
        };
        let proposal = state.proposal.as_ref();
        View { question, exchanges, free, proposal, vote, failed: &state.failed }
    }

    fn end<'s>(&self, state: &'s State) -> Option<&'s End> {
        state.end.as_ref()
    }

    fn said(action: &Move) -> Vec<Said> {
        match action {
            Move::Ask { party, .. } => vec![Said::Asks(Seat::Party(*party))],
            Move::Reply(_) => vec![Said::Answers],
            Move::Propose(package) => vec![Said::Drafts(package.clone())],
            Move::Vote(Vote::Yes) => vec![Said::Accepts],
            Move::Vote(_) => vec![Said::Refuses],
            Move::Close => Vec::new(),
            Move::Rest => vec![Said::Rests],
        }
    }

    fn rounds(&self, state: &State) -> u32 {
        let most = state.exchanges.iter().map(Vec::len).max().unwrap_or(0);
        u32::try_from(most).unwrap_or(u32::MAX)
    }
}

impl ElicitedProposal {
    /// Whether a ranking names every option and every issue once (issues
    /// without a step to give up may be left out), and the limit is one.
    fn fits(&self, answer: &Answer) -> bool {
        let Answer::Ranked { options, issues, concessions, limit, .. } = answer else {
            return true;
        };
        let sizes = (0..self.table.issues()).map(|issue| self.table.size(issue));
        options.len() == self.table.issues()
            && options.iter().zip(sizes).all(|(t, n)| t.as_ref().is_none_or(|t| is_order(t, n)))
            && issues.as_ref().is_none_or(|t| is_order(t, self.table.issues()))
            && concessions.as_ref().is_none_or(|t| is_order_of_some(t, self.table.issues()))
            && limit.is_none_or(|limit| limit <= self.table.issues() + 1)
    }
}

/// The mediator who follows an adviser.
#[derive(Debug)]
pub struct Advised<A> {
    adviser: A,
    /// Per party: exchanges the adviser has been told of.
    told: Vec<usize>,
    /// Per party: nothing more is worth asking.
    done: Vec<bool>,
    failed: usize,
}

impl<A: Adviser> Advised<A> {
    /// Who follows this adviser.
    #[must_use]
    pub fn new(adviser: A) -> Self {
        Self { adviser, told: Vec::new(), done: Vec::new(), failed: 0 }
    }
}

impl<A: Adviser> Participant<ElicitedProposal> for Advised<A> {
    fn act(&mut self, view: &View<'_>) -> Move {
        if view.proposal.is_some() {
            return Move::Close;
        }
        self.told.resize(view.exchanges.len(), 0);
        self.done.resize(view.exchanges.len(), false);
        for (party, exchanges) in view.exchanges.iter().enumerate() {
            for exchange in &exchanges[self.told[party]..] {
                self.adviser.answered(party, &exchange.question, &exchange.answer);
            }
            self.told[party] = exchanges.len();
        }
        for proposal in &view.failed[self.failed..] {
            self.adviser.not_accepted(proposal);
        }
        self.failed = view.failed.len();
        // In turn: whoever has answered least is asked next.
        let mut free = view.free.clone();
        free.sort_by_key(|&party| (view.exchanges[party].len(), party));
        for party in free {
            if self.done[party] || self.failed > 0 {
                continue;
            }
            match self.adviser.next_question(party) {
                Some(question) => return Move::Ask { party, question },
                None => self.done[party] = true,
            }
        }
        self.adviser.recommendation().map_or(Move::Rest, Move::Propose)
    }
}
