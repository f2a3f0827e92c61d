//! What a scenario's file already says of a party, as rankings and answers.

use detente_elicitation::statement::{Answer, Question};
use detente_elicitation::{Deal, Rankings, Space};
use detente_model::partial::{Judgement, PartialOutcome, Relation, Tiers, Topic};
use detente_model::{Known, Outcome, Scenario};

/// What need not be asked.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stated {
    /// Which party.
    pub(super) party: usize,
    /// Orders that the party gave.
    pub(super) rankings: Rankings,
    /// Comparisons and acceptances it gave.
    pub(super) answers: Vec<(Question, Answer)>,
    /// Issues, by index of the space, of which it would not give an order.
    pub(super) wont_order: Vec<bool>,
    /// Whether it would not say which issues matter more.
    pub(super) wont_order_issues: bool,
    /// Whether it would not say what no agreement is worth.
    pub(super) wont_say_none: bool,
    /// Statements that no question could have had as its answer.
    pub(super) unused: usize,
}

impl Stated {
    /// Reads what the party itself said, in public or in confidence; what a
    /// mediator reckons is no answer of the party.
    pub(super) fn of(scenario: &Scenario, party: usize, space: &Space) -> Self {
        let mut stated = Self {
            party,
            rankings: Rankings::unsaid(space),
            answers: Vec::new(),
            wont_order: vec![false; space.issues()],
            wont_order_issues: false,
            wont_say_none: false,
            unused: 0,
        };
        let said = scenario.preferences()[party].partial().into_iter().flat_map(|p| &p.statements);
        for statement in said {
            let own = matches!(statement.known, Known::StatedPublicly | Known::ToldInConfidence);
            if !own || stated.take(&statement.judgement, space).is_none() {
                stated.unused += 1;
            }
        }
        stated
    }

    /// Whether there is anything.
    pub(super) fn is_empty(&self) -> bool {
        self.rankings.answers() + self.answers.len() == 0
    }

    fn take(&mut self, judgement: &Judgement, space: &Space) -> Option<()> {
        match judgement {
            Judgement::OptionOrder { issue, tiers } => {
                let issue = issue_of(space, *issue)?;
                let place = |o: usize| {
                    (0..space.size(issue)).find(|&k| space.option_of_scenario(issue, k) == o)
                };
                // An option that a rule leaves out is in nobody's way.
                self.rankings.options[issue] = Some(placed(tiers, place, space.size(issue))?);
            }
            Judgement::IssueOrder { tiers } => {
                let place = |issue| issue_of(space, issue);
                self.rankings.issues = Some(placed(tiers, place, space.issues())?);
            }
            Judgement::Compare { left, right, relation } => {
                let (left, right) = pair(space, left, right)?;
                self.answers.push((Question::Compare(left, right), answer(*relation)));
            }
            Judgement::Accepts { outcome } => {
                self.answers.push((Question::Accept(space.deal(outcome)?), Answer::First));
            }
            Judgement::Rejects { outcome } => {
                self.answers.push((Question::Accept(space.deal(outcome)?), Answer::Second));
            }
            Judgement::Ranking(ranking) => {
                let deals = ranking
                    .tiers
                    .iter()
                    .map(|tier| tier.iter().map(|o| space.deal(o)).collect::<Option<Vec<Deal>>>())
                    .collect::<Option<Vec<_>>>()?;
                let filled: Vec<&Vec<Deal>> = deals.iter().filter(|t| !t.is_empty()).collect();
                for same in filled.iter().flat_map(|tier| tier.windows(2)) {
                    let question = Question::Compare(same[0].clone(), same[1].clone());
                    self.answers.push((question, Answer::Equal));
                }
                for next in filled.windows(2) {
                    let question = Question::Compare(next[0][0].clone(), next[1][0].clone());
                    self.answers.push((question, Answer::First));
                }
                let (taken, refused) = deals.split_at(ranking.acceptable_tiers.min(deals.len()));
                if !refused.is_empty()
                    && let Some(least) = taken.iter().rev().find_map(|t| t.first())
                {
                    self.answers.push((Question::Accept(least.clone()), Answer::First));
                }
                if let Some(most) = refused.iter().find_map(|t| t.first()) {
                    self.answers.push((Question::Accept(most.clone()), Answer::Second));
                }
            }
            Judgement::Declined(Topic::NoAgreement) => self.wont_say_none = true,
            Judgement::Declined(Topic::IssueOrder) => self.wont_order_issues = true,
            Judgement::Declined(Topic::Issue(issue)) => {
                self.wont_order[issue_of(space, *issue)?] = true;
            }
            Judgement::Position { .. }
            | Judgement::WeightRange { .. }
            | Judgement::ValueRange { .. }
            | Judgement::ReservationRange { .. } => return None,
        }
        Some(())
    }
}

fn issue_of(space: &Space, issue: usize) -> Option<usize> {
    (0..space.issues()).find(|&i| space.issue_of_scenario(i) == issue)
}

fn answer(relation: Relation) -> Answer {
    match relation {
        Relation::Better => Answer::First,
        Relation::Worse => Answer::Second,
        Relation::Equal => Answer::Equal,
    }
}

/// Tiers of places; `None` unless they place each of `n` things.
fn placed(tiers: &Tiers, place: impl Fn(usize) -> Option<usize>, n: usize) -> Option<Tiers> {
    let mut placed: Tiers =
        tiers.iter().map(|tier| tier.iter().filter_map(|&o| place(o)).collect()).collect();
    placed.retain(|tier| !tier.is_empty());
    (placed.iter().map(Vec::len).sum::<usize>() == n).then_some(placed)
}

/// Two whole deals that differ as two partial outcomes do, the rest being equal.
fn pair(space: &Space, left: &PartialOutcome, right: &PartialOutcome) -> Option<(Deal, Deal)> {
    let whole = |partial: &PartialOutcome| {
        let mut options = vec![None; space.issues()];
        for &(issue, option) in partial.choices() {
            *options.get_mut(issue_of(space, issue)?)? = Some(option);
        }
        // Where nothing is said the first option stands, on both sides.
        let rest = |(issue, option): (usize, Option<usize>)| {
            option.unwrap_or_else(|| space.option_of_scenario(issue, 0))
        };
        let options = options.into_iter().enumerate().map(rest);
        space.deal(&Outcome::from_options(options))
    };
    Some((whole(left)?, whole(right)?))
}
