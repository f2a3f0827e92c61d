//! The checks of partial preferences: whether each statement fits the
//! scenario, and whether they fit each other.

use crate::contradiction;
use crate::issue::Issue;
use crate::number::Number;
use crate::outcome::Outcome;
use crate::partial::{Judgement, Partial, PartialOutcome, Ranking, Tiers, Topic};
use crate::scenario::Place;
use crate::soundness::Check;
use std::collections::HashSet;
use std::mem::Discriminant;

impl Check<'_> {
    /// Each statement by itself; then, if they all fit, all together.
    pub(crate) fn partial(&mut self, party: usize, partial: &Partial) {
        let before = self.found.len();
        let mut seen = HashSet::new();
        for (index, judgement) in partial.judgements().enumerate() {
            let place = Place::Statement(party, index);
            self.judgement(party, place, judgement);
            if subject(judgement).is_some_and(|s| !seen.insert(s)) {
                let (id, what) = (self.party_id(party), judgement.in_words(&self.draft.issues));
                let message = format!("`{id}` says {what} twice");
                self.error(place, "repeated-statement", message, "keep one of them");
            }
        }
        if self.found.len() > before {
            return;
        }
        self.weights(party, partial);
        self.taken_across_red_lines(party, partial);
        for conflict in contradiction::conflicts(partial) {
            let last = conflict.last().copied().unwrap_or(0);
            let words: Vec<String> = conflict
                .iter()
                .filter_map(|&i| partial.statements.get(i))
                .map(|s| s.judgement.in_words(&self.draft.issues))
                .collect();
            let id = self.party_id(party).to_owned();
            let message = match words.as_slice() {
                [one] => format!("`{id}` contradicts itself within {one}"),
                _ => format!("`{id}` contradicts itself: {}, cannot all hold", words.join("; ")),
            };
            self.error(
                Place::Statement(party, last),
                "contradiction",
                message,
                "ask again, or drop the statement that is least sure",
            );
        }
    }

    fn judgement(&mut self, party: usize, place: Place, judgement: &Judgement) {
        let whose =
            format!("{} of `{}`", judgement.in_words(&self.draft.issues), self.party_id(party));
        let wrong = match judgement {
            Judgement::Position { issue, option } => self.option(*issue, *option),
            Judgement::OptionOrder { issue, tiers } => match self.draft.issues.get(*issue) {
                Some(i) if i.is_divisible() => Some("is about a divisible issue".into()),
                Some(i) => misplaced(tiers, i.len().unwrap_or(u64::MAX), true),
                None => Some("is about an issue that is not there".into()),
            },
            Judgement::IssueOrder { tiers } => {
                misplaced(tiers, self.draft.issues.len() as u64, false)
            }
            Judgement::WeightRange { issue, low, high } => (*issue >= self.draft.issues.len())
                .then(|| "is about an issue that is not there".into())
                .or_else(|| range(low, high)),
            Judgement::ValueRange { issue, option, low, high } => {
                self.option(*issue, *option).or_else(|| range(low, high))
            }
            Judgement::ReservationRange { low, high } => range(low, high),
            Judgement::Compare { left, right, .. } => {
                let issues = |o: &PartialOutcome| -> Vec<usize> {
                    o.choices().iter().map(|c| c.0).collect()
                };
                if left.choices().is_empty() || issues(left) != issues(right) {
                    Some("should name the same issues on both sides".into())
                } else {
                    let mut both = left.choices().iter().chain(right.choices());
                    both.find_map(|&(i, o)| self.option(i, o))
                }
            }
            Judgement::Accepts { outcome } | Judgement::Rejects { outcome } => {
                (!self.whole(outcome)).then(|| "should settle every issue by an option".into())
            }
            Judgement::Ranking(ranking) => self.ranking(ranking),
            Judgement::Declined(Topic::Issue(issue)) => (*issue >= self.draft.issues.len())
                .then(|| "is about an issue that is not there".into()),
            Judgement::Declined(_) => None,
        };
        if let Some(wrong) = wrong {
            self.error(place, code(judgement), format!("{whose} {wrong}"), hint(judgement));
        }
    }

    /// What is wrong with an option, if anything.
    fn option(&self, issue: usize, option: usize) -> Option<String> {
        let there = self.draft.issues.get(issue).and_then(Issue::len);
        there.is_none_or(|n| option as u64 >= n).then(|| "names an option that is not there".into())
    }

    fn whole(&self, outcome: &Outcome) -> bool {
        let issues = &self.draft.issues;
        outcome.0.len() == issues.len()
            && (0..issues.len())
                .all(|i| outcome.option(i).is_some_and(|o| self.option(i, o).is_none()))
    }

    fn ranking(&self, ranking: &Ranking) -> Option<String> {
        if ranking.acceptable_tiers > ranking.tiers.len() {
            return Some("accepts more tiers than it has".into());
        }
        let mut seen = HashSet::new();
        for outcome in ranking.tiers.iter().flatten() {
            if !self.whole(outcome) {
                return Some("names an outcome that does not settle every issue".into());
            }
            if !seen.insert(outcome) {
                return Some("names an outcome twice".into());
            }
        }
        None
    }

    /// Shares of the total swing must be able to sum to one.
    fn weights(&mut self, party: usize, partial: &Partial) {
        let issues = self.draft.issues.len();
        let mut bounds = vec![(Number::zero(), Number::one()); issues];
        let mut last = None;
        for (index, judgement) in partial.judgements().enumerate() {
            if let Judgement::WeightRange { issue, low, high } = judgement {
                let bound = &mut bounds[*issue];
                *bound = (low.clone().max(bound.0.clone()), high.clone().min(bound.1.clone()));
                last = Some(index);
            }
        }
        let Some(last) = last else { return };
        let sum = |pick: fn(&(Number, Number)) -> &Number| {
            bounds.iter().fold(Number::zero(), |sum, b| &sum + pick(b))
        };
        let (low, high) = (sum(|b| &b.0), sum(|b| &b.1));
        let id = self.party_id(party).to_owned();
        let wrong = if low > Number::one() {
            format!("the weights come to {low} at the least, more than the whole (1)")
        } else if high < Number::one() {
            format!("the weights come to {high} at the most, less than the whole (1)")
        } else {
            return;
        };
        self.error(
            Place::Statement(party, last),
            "contradiction",
            format!("`{id}` contradicts itself: {wrong}"),
            "a weight is the issue's share of all that is at stake; widen the ranges",
        );
    }

    /// What a party takes must not cross what it never accepts.
    fn taken_across_red_lines(&mut self, party: usize, partial: &Partial) {
        let Some(preferences) = self.draft.preferences.get(party) else { return };
        for (index, judgement) in partial.judgements().enumerate() {
            let taken: Vec<&Outcome> = match judgement {
                Judgement::Accepts { outcome } => vec![outcome],
                Judgement::Ranking(r) => {
                    r.tiers.iter().take(r.acceptable_tiers).flatten().collect()
                }
                _ => continue,
            };
            if taken.iter().any(|o| preferences.red_lines.iter().any(|l| l.is_crossed(o))) {
                let id = self.party_id(party).to_owned();
                self.error(
                    Place::Statement(party, index),
                    "contradiction",
                    format!(
                        "`{id}` contradicts itself: it takes an outcome that crosses its red line"
                    ),
                    "ask again; a red line is what is never accepted",
                );
            }
        }
    }
}

/// What may be said once only: the kind of statement, with issue and option.
fn subject(judgement: &Judgement) -> Option<(Discriminant<Judgement>, usize, usize)> {
    let (issue, option) = match judgement {
        Judgement::Position { issue, .. }
        | Judgement::OptionOrder { issue, .. }
        | Judgement::WeightRange { issue, .. } => (*issue, 0),
        Judgement::ValueRange { issue, option, .. } => (*issue, *option),
        Judgement::IssueOrder { .. }
        | Judgement::ReservationRange { .. }
        | Judgement::Ranking(_) => (0, 0),
        Judgement::Compare { .. }
        | Judgement::Accepts { .. }
        | Judgement::Rejects { .. }
        | Judgement::Declined(_) => return None,
    };
    Some((std::mem::discriminant(judgement), issue, option))
}

fn range(low: &Number, high: &Number) -> Option<String> {
    if low > high {
        Some("has its lower end above its upper".into())
    } else if low.is_negative() || *high > Number::one() {
        Some("should lie between 0 and 1".into())
    } else {
        None
    }
}

/// Each index occurs once at most, and all of them where the order should be complete.
fn misplaced(tiers: &Tiers, len: u64, complete: bool) -> Option<String> {
    let mut seen = HashSet::new();
    for &index in tiers.iter().flatten() {
        if index as u64 >= len {
            return Some("names what is not there".into());
        }
        if !seen.insert(index) {
            return Some("names one thing twice".into());
        }
    }
    let left = len - seen.len() as u64;
    if complete && left > 0 {
        Some(format!("leaves out {left} of {len}"))
    } else if seen.len() < 2 && len > 1 {
        Some("should name two things at least".into())
    } else {
        None
    }
}

fn code(judgement: &Judgement) -> &'static str {
    match judgement {
        Judgement::OptionOrder { .. } | Judgement::IssueOrder { .. } => "bad-order",
        Judgement::WeightRange { .. }
        | Judgement::ValueRange { .. }
        | Judgement::ReservationRange { .. } => "bad-range",
        Judgement::Ranking(_) => "bad-ranking",
        _ => "bad-statement",
    }
}

fn hint(judgement: &Judgement) -> &'static str {
    match judgement {
        Judgement::OptionOrder { .. } => {
            "name each option once, equals in one tier; for some of them only, use comparisons"
        }
        Judgement::WeightRange { .. } => {
            "a weight is the issue's share of all that is at stake, from 0 to 1"
        }
        Judgement::ValueRange { .. } | Judgement::ReservationRange { .. } => {
            "0 is the worst, 1 the best"
        }
        _ => "",
    }
}
