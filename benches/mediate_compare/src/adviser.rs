//! The elicitation engine as the adviser of an elicited proposal.

use detente_bargaining::Package;
use detente_bargaining::protocol::elicited_proposal::{Adviser, Answer, Question};
use detente_elicitation::{self as elicitation, Case, Next, Rankings, Settings, Space};

/// Asks for rankings first, then what the engine chooses.
#[derive(Debug)]
pub struct Engine {
    space: Space,
    settings: Settings,
    rankings: Vec<Option<Rankings>>,
    /// Begins when every party has ranked.
    case: Option<Case>,
}

impl Engine {
    /// For the parties of this space.
    #[must_use]
    pub fn new(space: Space, settings: Settings) -> Self {
        let rankings = vec![None; space.parties()];
        Self { space, settings, rankings, case: None }
    }
}

impl Adviser for Engine {
    fn next_question(&mut self, party: usize) -> Option<Question> {
        if self.rankings[party].is_none() {
            return Some(Question::Rank);
        }
        match self.case.as_mut()?.next_question(party) {
            Next::Ask(elicitation::Question::Compare(a, b)) => {
                Some(Question::Compare(Package(a), Package(b)))
            }
            Next::Ask(elicitation::Question::Accept(deal)) => Some(Question::Accept(Package(deal))),
            Next::Ask(elicitation::Question::Toss { coins, sure, heads, tails }) => {
                Some(Question::Toss {
                    coins,
                    sure: Package(sure),
                    heads: Package(heads),
                    tails: tails.map(Package),
                })
            }
            Next::Stop(_) => None,
        }
    }

    fn answered(&mut self, party: usize, question: &Question, answer: &Answer) {
        use elicitation::Question as Asked;
        let question = match question {
            Question::Rank => {
                self.rankings[party] = Some(rankings(&self.space, answer));
                if self.rankings.iter().all(Option::is_some) {
                    let all = self.rankings.iter().flatten().cloned().collect();
                    self.case = Some(Case::new(self.space.clone(), all, self.settings));
                }
                return;
            }
            Question::Compare(a, b) => Asked::Compare(a.0.clone(), b.0.clone()),
            Question::Accept(deal) => Asked::Accept(deal.0.clone()),
            Question::Toss { coins, sure, heads, tails } => Asked::Toss {
                coins: *coins,
                sure: sure.0.clone(),
                heads: heads.0.clone(),
                tails: tails.as_ref().map(|tails| tails.0.clone()),
            },
        };
        let answer = match answer {
            Answer::First => elicitation::Answer::First,
            Answer::Second => elicitation::Answer::Second,
            Answer::Equal => elicitation::Answer::Equal,
            Answer::CannotSay => elicitation::Answer::CannotSay,
            Answer::Refused | Answer::Ranked { .. } => elicitation::Answer::Refused,
        };
        if let Some(case) = &mut self.case {
            case.answer(party, question, answer);
        }
    }

    fn recommendation(&mut self) -> Option<Package> {
        self.case.as_mut()?.recommendation().map(|found| Package(found.deal))
    }

    fn not_accepted(&mut self, proposal: &Package) {
        if let Some(case) = &mut self.case {
            case.not_accepted(&proposal.0);
        }
    }
}

fn rankings(space: &Space, answer: &Answer) -> Rankings {
    match answer {
        Answer::Ranked { options, issues, concessions, takes_worst, limit } => Rankings {
            options: options.clone(),
            issues: issues.clone(),
            concessions: concessions.clone(),
            takes_worst: *takes_worst,
            limit: *limit,
        },
        _ => Rankings::unsaid(space),
    }
}

/// How many single answers a reply is worth: a ranking one per item put in its
/// place after the first and one for where no agreement stands, anything else one.
#[must_use]
pub fn answers(space: &Space, answer: &Answer) -> usize {
    match answer {
        Answer::Ranked { .. } => rankings(space, answer).answers(),
        _ => 1,
    }
}
