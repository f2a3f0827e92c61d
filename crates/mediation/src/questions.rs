//! The next question to a party, chosen from its own answers and nothing else.

use crate::id::{IssueId, PrincipalId, QuestionId, RoomId};
use crate::people::PrincipalKind;
use crate::preparation::{Alternative, Choice, Grounds, Question};
use crate::table::Package;
use crate::view::{PreparationView, RoomView, View};
use detente_elicitation::space::MOST_OPTIONS;
use detente_elicitation::{self as elicitation, Case, Deal, Rankings, Settings, Space};
use detente_model::constraint::Condition;
use detente_model::partial::Tiers;
use detente_model::preference::RedLine;
use detente_model::{Choice as Settled, Issue, Known, Outcome, Party, Preferences, Utility};

/// What to ask a party next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextQuestion {
    /// Put this.
    Ask(Question),
    /// One put before is still open.
    Open(QuestionId),
    /// Ask no more, for this reason.
    Enough(&'static str),
}

/// The next question to the party that `seen` is a view of, in a room it is in.
///
/// It depends on nothing but that view: the issues on the party's table, and
/// what it stated in that room. `None` when the viewer is not of a party, is
/// not in the room, or has nothing on the table to choose from.
#[must_use]
pub fn next_question(seen: &View, room: RoomId) -> Option<NextQuestion> {
    let you = seen.you.as_ref().filter(|you| you.kind == PrincipalKind::Party)?;
    let room = seen.rooms.iter().find(|r| r.id == room)?;
    let stated = room.preparation.iter().find(|p| p.party == you.principal);
    if let Some(open) = open_question(room, you.principal, stated) {
        return Some(NextQuestion::Open(open));
    }
    let table = Table::of(seen, stated)?;
    // The room's random id decides the draws: nobody else knows it.
    let seed = u64::from_be_bytes(room.id.as_bytes().first_chunk().copied()?);
    let settings = Settings { seed, ..Settings::default() };
    let rankings = vec![table.rankings(stated), Rankings::unsaid(&table.space)];
    let mut case = Case::new(table.space.clone(), rankings, settings);
    for (id, choice) in stated.into_iter().flat_map(|s| &s.answers) {
        let asked = room.questions.iter().find(|q| q.id == *id);
        if let Some((question, first)) = asked.and_then(|q| table.asked(&q.question)) {
            case.answer(US, question, answer(*choice, first));
        }
    }
    Some(match case.next_question(US) {
        elicitation::case::Next::Ask(question) => NextQuestion::Ask(table.question(&question)),
        elicitation::case::Next::Stop(stop) => NextQuestion::Enough(stop.as_str()),
    })
}

/// The party asked; the other is a stranger of whom nothing is known.
const US: usize = 0;

fn open_question(
    room: &RoomView,
    party: PrincipalId,
    stated: Option<&PreparationView>,
) -> Option<QuestionId> {
    let answered = |id| stated.is_some_and(|s| s.answers.iter().any(|(q, _)| *q == id));
    room.questions.iter().filter(|q| q.to == party).map(|q| q.id).find(|id| !answered(*id))
}

/// The party's table as the engine has it.
struct Table {
    ids: Vec<IssueId>,
    space: Space,
}

impl Table {
    fn of(seen: &View, stated: Option<&PreparationView>) -> Option<Self> {
        let mut ids = Vec::new();
        let mut issues = Vec::new();
        for known in &seen.issues {
            let Some(issue) = known.issue.to_issue().filter(|i| !i.is_divisible()) else {
                continue;
            };
            if issue.len().is_some_and(|n| n > 1 && n <= MOST_OPTIONS as u64) {
                // Two issues of one name are two issues.
                issues.push(Issue { name: known.id.to_string(), ..issue });
                ids.push(known.id);
            }
        }
        let blank = || Preferences::from_utility(Utility::new(issues.len()));
        let mut ours = blank();
        let lines = stated.into_iter().flat_map(|s| &s.red_lines);
        ours.red_lines = lines.filter_map(|line| red_line(&ids, &line.package)).collect();
        let draft = detente_model::Draft {
            title: "one party".into(),
            parties: vec![Party::new("us"), Party::new("others")],
            preferences: vec![ours, blank()],
            issues,
            ..detente_model::Draft::default()
        };
        let space = Space::new(&draft.check().0?).ok()?;
        Some(Self { ids, space })
    }

    /// What was ranked in full; an order that leaves something out says nothing yet.
    fn rankings(&self, stated: Option<&PreparationView>) -> Rankings {
        let mut rankings = Rankings::unsaid(&self.space);
        let Some(stated) = stated else { return rankings };
        let space = &self.space;
        for (issue, tiers) in rankings.options.iter_mut().enumerate() {
            let id = self.ids[space.issue_of_scenario(issue)];
            let place = |option: &u64| {
                let wanted = usize::try_from(*option).ok()?;
                (0..space.size(issue)).find(|o| space.option_of_scenario(issue, *o) == wanted)
            };
            *tiers =
                stated.options.get(&id).and_then(|groups| placed(groups, place, space.size(issue)));
        }
        let place = |id: &IssueId| {
            (0..space.issues()).find(|i| self.ids[space.issue_of_scenario(*i)] == *id)
        };
        rankings.issues = placed(&stated.issues, place, space.issues());
        rankings
    }

    fn package(&self, deal: &Deal) -> Alternative {
        let Outcome(settled) = self.space.outcome(deal);
        let chosen = self.ids.iter().zip(settled).filter_map(|(id, choice)| match choice {
            Settled::Option(option) => Some((*id, option as u64)),
            Settled::Shares(_) => None,
        });
        Alternative::Package(chosen.collect())
    }

    fn question(&self, question: &elicitation::Question) -> Question {
        let (first, second) = match question {
            elicitation::Question::Compare(a, b) => (self.package(a), self.package(b)),
            elicitation::Question::Accept(a) => (self.package(a), Alternative::NoDeal),
        };
        Question { first, second, grounds: Grounds::OwnAnswers }
    }

    fn deal(&self, package: &Package) -> Option<Deal> {
        let options = self.ids.iter().map(|id| usize::try_from(*package.get(id)?).ok());
        let options: Option<Vec<usize>> = options.collect();
        self.space.deal(&Outcome::from_options(options?))
    }

    /// A question as the engine asked it, and whether its first is our first;
    /// `None` for one about another table.
    fn asked(&self, question: &Question) -> Option<(elicitation::Question, bool)> {
        match (&question.first, &question.second) {
            (Alternative::Package(a), Alternative::Package(b)) => {
                Some((elicitation::Question::Compare(self.deal(a)?, self.deal(b)?), true))
            }
            (Alternative::Package(a), Alternative::NoDeal) => {
                Some((elicitation::Question::Accept(self.deal(a)?), true))
            }
            (Alternative::NoDeal, Alternative::Package(b)) => {
                Some((elicitation::Question::Accept(self.deal(b)?), false))
            }
            (Alternative::NoDeal, Alternative::NoDeal) => None,
        }
    }
}

fn answer(choice: Choice, same_way_round: bool) -> elicitation::Answer {
    match (choice, same_way_round) {
        (Choice::First, true) | (Choice::Second, false) => elicitation::Answer::First,
        (Choice::Second, true) | (Choice::First, false) => elicitation::Answer::Second,
        (Choice::Same, _) => elicitation::Answer::Equal,
        (Choice::WontAnswer, _) => elicitation::Answer::Refused,
    }
}

/// A red line in the engine's indices; `None` if it names an issue that is not there.
fn red_line(ids: &[IssueId], package: &Package) -> Option<RedLine> {
    let condition = |(id, option): (&IssueId, &u64)| {
        let issue = ids.iter().position(|known| known == id)?;
        Some(Condition::new(issue, vec![usize::try_from(*option).ok()?]))
    };
    let conditions = package.iter().map(condition).collect::<Option<Vec<_>>>()?;
    Some(RedLine { conditions, reason: String::new(), known: Known::ToldInConfidence })
}

/// Groups as tiers of places, if they place each of `n` things once.
fn placed<T>(groups: &[Vec<T>], place: impl Fn(&T) -> Option<usize>, n: usize) -> Option<Tiers> {
    let tier = |group: &Vec<T>| group.iter().map(&place).collect::<Option<Vec<_>>>();
    let tiers = groups.iter().map(tier).collect::<Option<Tiers>>()?;
    (tiers.iter().map(Vec::len).sum::<usize>() == n).then_some(tiers)
}
