//! What is on the table, and what parties said of it, as the engine has it.

use crate::id::{IssueId, PrincipalId};
use crate::preparation::{Alternative, Choice, Grounds, Question, RedLine};
use crate::table::Package;
use crate::view::{IssueView, RoomView};
use detente_elicitation::space::MOST_OPTIONS;
use detente_elicitation::{self as elicitation, Deal, Rankings, Space, Version};
use detente_model::constraint::Condition;
use detente_model::partial::{Judgement, Partial, PartialOutcome, Relation, Tiers};
use detente_model::preference::{IssueValue, Preferences, Statement, Utility};
use detente_model::{
    Choice as Settled, Draft, Issue, Known, Number, Outcome, Party, Scenario, ValueFunction,
};
use std::collections::BTreeMap;

/// What a party stated in some rooms: of each matter the latest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) issues: Vec<Vec<IssueId>>,
    pub(crate) options: BTreeMap<IssueId, Vec<Vec<u64>>>,
    pub(crate) red_lines: Vec<RedLine>,
    pub(crate) answers: Vec<(Question, Choice)>,
}

impl Said {
    /// Of these rooms; what is said in a later one takes the place of the same in an earlier.
    pub(crate) fn of<'a>(
        party: PrincipalId,
        rooms: impl IntoIterator<Item = &'a RoomView>,
    ) -> Self {
        let mut said = Self::default();
        for room in rooms {
            for stated in room.preparation.iter().filter(|p| p.party == party) {
                if !stated.issues.is_empty() {
                    said.issues.clone_from(&stated.issues);
                }
                said.options.extend(stated.options.iter().map(|(id, o)| (*id, o.clone())));
                for line in &stated.red_lines {
                    if !said.red_lines.iter().any(|known| known.package == line.package) {
                        said.red_lines.push(line.clone());
                    }
                }
                for (id, choice) in &stated.answers {
                    let asked = room.questions.iter().find(|q| q.id == *id);
                    said.answers.extend(asked.map(|q| (q.question.clone(), *choice)));
                }
            }
        }
        said
    }

    /// How many things were said.
    pub(crate) fn count(&self) -> usize {
        usize::from(!self.issues.is_empty())
            + self.options.len()
            + self.red_lines.len()
            + self.answers.len()
    }
}

/// The table as the engine has it: the issues with options to choose from.
pub(crate) struct Table {
    pub(crate) ids: Vec<IssueId>,
    pub(crate) space: Space,
    issues: Vec<Issue>,
    red_lines: Vec<Vec<detente_model::preference::RedLine>>,
}

impl Table {
    /// With one list of red lines per side; `None` where there is nothing to choose.
    pub(crate) fn of(known: &[IssueView], red_lines: &[&[RedLine]]) -> Option<Self> {
        let mut ids = Vec::new();
        let mut issues = Vec::new();
        for known in known {
            let Some(issue) = known.issue.to_issue().filter(|i| !i.is_divisible()) else {
                continue;
            };
            if issue.len().is_some_and(|n| n > 1 && n <= MOST_OPTIONS as u64) {
                // Two issues of one name are two issues.
                issues.push(Issue { name: known.id.to_string(), ..issue });
                ids.push(known.id);
            }
        }
        let red_lines: Vec<Vec<_>> = red_lines
            .iter()
            .map(|lines| lines.iter().filter_map(|line| red_line(&ids, &line.package)).collect())
            .collect();
        let blank = Statement::Utility(Box::new(Utility::new(issues.len())));
        let blank = vec![blank; red_lines.len()];
        let space = Space::new(&scenario(&issues, &red_lines, blank)?).ok()?;
        Some(Self { ids, space, issues, red_lines })
    }

    /// How many packages settle every issue; `None` beyond counting.
    pub(crate) fn packages(&self) -> Option<u64> {
        let sizes = self.issues.iter().map(|i| i.len().unwrap_or(1));
        sizes.into_iter().try_fold(1_u64, u64::checked_mul)
    }

    /// How many options the issue at a place has.
    pub(crate) fn options(&self, place: usize) -> usize {
        self.issues[place].len().and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
    }

    /// Every package, the last issue turning fastest.
    pub(crate) fn every_deal(&self) -> Vec<Deal> {
        let mut all = vec![Vec::new()];
        for issue in 0..self.space.issues() {
            let with = |head: Deal| {
                (0..self.space.size(issue)).map(move |o| head.iter().copied().chain([o]).collect())
            };
            all = all.into_iter().flat_map(with).collect();
        }
        all
    }

    /// The scenario with what was said, and nothing filled in.
    pub(crate) fn stated(&self, said: &[Said]) -> Option<Scenario> {
        let statements = said.iter().map(|said| {
            let judgements = self.judgements(said);
            Statement::Partial(Partial::known_as(Known::ToldInConfidence, judgements))
        });
        scenario(&self.issues, &self.red_lines, statements.collect())
    }

    /// The scenario as it would be if the sides were so.
    pub(crate) fn reading(&self, versions: &[&Version]) -> Option<Scenario> {
        let numbers = versions.iter().map(|version| {
            let mut utility = Utility::new(self.issues.len());
            utility.reservation = rounded(version.reservation);
            for (issue, worth) in version.worth.iter().enumerate() {
                let at = self.space.issue_of_scenario(issue);
                let mut values = vec![Number::zero(); self.issues[at].len()? as usize];
                for (option, worth) in worth.iter().enumerate() {
                    values[self.space.option_of_scenario(issue, option)] = rounded(*worth);
                }
                utility.issues[at] = Some(IssueValue {
                    weight: Number::one(),
                    value: ValueFunction::Table(values),
                    known: Known::MediatorsEstimate,
                });
            }
            Some(Statement::Utility(Box::new(utility)))
        });
        scenario(&self.issues, &self.red_lines, numbers.collect::<Option<Vec<_>>>()?)
    }

    /// Orders of everything; one that leaves something out says nothing yet.
    pub(crate) fn rankings(&self, said: &Said) -> Rankings {
        let mut rankings = Rankings::unsaid(&self.space);
        let space = &self.space;
        for (issue, tiers) in rankings.options.iter_mut().enumerate() {
            let id = self.ids[space.issue_of_scenario(issue)];
            let place = |option: &u64| {
                let wanted = usize::try_from(*option).ok()?;
                (0..space.size(issue)).find(|o| space.option_of_scenario(issue, *o) == wanted)
            };
            *tiers =
                said.options.get(&id).and_then(|groups| placed(groups, place, space.size(issue)));
        }
        let place = |id: &IssueId| {
            (0..space.issues()).find(|i| self.ids[space.issue_of_scenario(*i)] == *id)
        };
        rankings.issues = placed(&said.issues, place, space.issues());
        rankings
    }

    /// What was answered about whole packages.
    pub(crate) fn answers<'a>(
        &'a self,
        said: &'a Said,
    ) -> impl Iterator<Item = (elicitation::Question, elicitation::Answer)> + 'a {
        said.answers.iter().filter_map(|(question, choice)| {
            let (question, first) = self.asked(question)?;
            Some((question, answer(*choice, first)))
        })
    }

    fn judgements(&self, said: &Said) -> Vec<Judgement> {
        let mut judgements = Vec::new();
        let of = |id: &IssueId| self.ids.iter().position(|known| known == id);
        let option = |o: &u64| usize::try_from(*o).ok();
        for (id, groups) in &said.options {
            let tiers = of(id).and_then(|issue| {
                let all = self.issues[issue].len()? as usize;
                Some((issue, placed(groups, |o| option(o).filter(|o| *o < all), all)?))
            });
            judgements.extend(tiers.map(|(issue, tiers)| Judgement::OptionOrder { issue, tiers }));
        }
        let order = said.issues.iter().map(|g| g.iter().filter_map(of).collect::<Vec<_>>());
        let order: Tiers = order.filter(|tier| !tier.is_empty()).collect();
        if order.iter().flatten().count() > 1 {
            judgements.push(Judgement::IssueOrder { tiers: order });
        }
        for (question, choice) in &said.answers {
            judgements.extend(self.judgement(question, *choice));
        }
        judgements
    }

    fn judgement(&self, question: &Question, choice: Choice) -> Option<Judgement> {
        let relation = match choice {
            Choice::First => Relation::Better,
            Choice::Second => Relation::Worse,
            Choice::Same => Relation::Equal,
            Choice::WontAnswer => return None,
        };
        let choices = |package: &Package| -> Option<Vec<(usize, usize)>> {
            let place = |(id, option): (&IssueId, &u64)| {
                let issue = self.ids.iter().position(|known| known == id)?;
                Some((issue, usize::try_from(*option).ok()?))
            };
            package.iter().map(place).collect()
        };
        let (deal, taken) = match (&question.first, &question.second) {
            (Alternative::Package(a), Alternative::Package(b)) => {
                let (left, right) = (choices(a)?, choices(b)?);
                // What is named on one side only says nothing about issues alone.
                return a.keys().eq(b.keys()).then(|| Judgement::Compare {
                    left: PartialOutcome::new(left),
                    right: PartialOutcome::new(right),
                    relation,
                });
            }
            (Alternative::Package(a), Alternative::NoDeal) => (a, relation == Relation::Better),
            (Alternative::NoDeal, Alternative::Package(b)) => (b, relation == Relation::Worse),
            (Alternative::NoDeal, Alternative::NoDeal) => return None,
        };
        let outcome = self.whole(deal)?;
        Some(match taken || relation == Relation::Equal {
            true => Judgement::Accepts { outcome },
            false => Judgement::Rejects { outcome },
        })
    }

    /// A package that settles every issue.
    pub(crate) fn whole(&self, package: &Package) -> Option<Outcome> {
        let option = |(id, issue): (&IssueId, &Issue)| {
            let option = *package.get(id)?;
            (option < issue.len()?).then_some(usize::try_from(option).ok()?)
        };
        let options = self.ids.iter().zip(&self.issues).map(option);
        Some(Outcome::from_options(options.collect::<Option<Vec<usize>>>()?))
    }

    /// The deal of a package that settles every issue.
    pub(crate) fn deal(&self, package: &Package) -> Option<Deal> {
        self.space.deal(&self.whole(package)?)
    }

    /// The package of an outcome.
    pub(crate) fn package(&self, outcome: &Outcome) -> Package {
        let chosen = self.ids.iter().zip(&outcome.0).filter_map(|(id, choice)| match choice {
            Settled::Option(option) => Some((*id, *option as u64)),
            Settled::Shares(_) => None,
        });
        chosen.collect()
    }

    pub(crate) fn package_of(&self, deal: &Deal) -> Package {
        self.package(&self.space.outcome(deal))
    }

    /// The engine's question as it is put to people; no coins are tossed here.
    pub(crate) fn question(
        &self,
        question: &elicitation::Question,
        grounds: Grounds,
    ) -> Option<Question> {
        let package = |deal| Alternative::Package(self.package_of(deal));
        let (first, second) = match question {
            elicitation::Question::Compare(a, b) => (package(a), package(b)),
            elicitation::Question::Accept(a) => (package(a), Alternative::NoDeal),
            elicitation::Question::Toss { .. } => return None,
        };
        Some(Question { first, second, grounds })
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

fn scenario(
    issues: &[Issue],
    red_lines: &[Vec<detente_model::preference::RedLine>],
    statements: Vec<Statement>,
) -> Option<Scenario> {
    let preferences = statements
        .into_iter()
        .zip(red_lines)
        .map(|(statement, lines)| Preferences { statement, red_lines: lines.clone() });
    let draft = Draft {
        title: "the table".into(),
        parties: (0..red_lines.len()).map(|p| Party::new(format!("party-{p}"))).collect(),
        preferences: preferences.collect(),
        issues: issues.to_vec(),
        ..Draft::default()
    };
    draft.check().0
}

/// To four decimals: what is sampled is not more exact than that.
fn rounded(value: f64) -> Number {
    Number::ratio((value * 1e4).round() as i64, 10_000).unwrap_or_else(Number::zero)
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
fn red_line(ids: &[IssueId], package: &Package) -> Option<detente_model::preference::RedLine> {
    let condition = |(id, option): (&IssueId, &u64)| {
        let issue = ids.iter().position(|known| known == id)?;
        Some(Condition::new(issue, vec![usize::try_from(*option).ok()?]))
    };
    let conditions = package.iter().map(condition).collect::<Option<Vec<_>>>()?;
    let known = Known::ToldInConfidence;
    Some(detente_model::preference::RedLine { conditions, reason: String::new(), known })
}

/// Groups as tiers of places, if they place each of `n` things once.
fn placed<T>(groups: &[Vec<T>], place: impl Fn(&T) -> Option<usize>, n: usize) -> Option<Tiers> {
    let tier = |group: &Vec<T>| group.iter().map(&place).collect::<Option<Vec<_>>>();
    let tiers = groups.iter().map(tier).collect::<Option<Tiers>>()?;
    (tiers.iter().map(Vec::len).sum::<usize>() == n).then_some(tiers)
}
