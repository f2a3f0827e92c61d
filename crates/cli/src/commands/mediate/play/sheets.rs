//! What a party says before the questions: its orders, what it would give up
//! first, and where no agreement stands; and how something said is said anew.

use super::super::sayings::Saying;
use super::super::typed::{self, YES_NO, numbered};
use super::{Said, Session};
use crate::error::CommandError;
use detente_elicitation::statement::Answer;
use detente_elicitation::{Deal, Rankings};
use detente_report::mediate::named;

impl Session<'_> {
    pub(super) fn order_options(
        &mut self,
        party: usize,
        issue: usize,
    ) -> Result<Option<()>, CommandError> {
        let name = self.issue(issue);
        let options: Vec<String> = (0..self.space.size(issue))
            .map(|o| named(self.scenario, &self.space, issue, o).1)
            .collect();
        self.tell(&format!("\n{name}, all else being equal:\n{}", numbered(&options)));
        let key = self.key(party, &format!("order of {name}"));
        let order = said!(self.journal.ask(&key, |text| typed::order(text, options.len())));
        self.said[party].rankings.options[issue] = order;
        Ok(Some(()))
    }

    pub(super) fn order_issues(&mut self, party: usize) -> Result<Option<()>, CommandError> {
        let issues: Vec<String> = (0..self.space.issues()).map(|i| self.issue(i)).collect();
        self.tell(&format!(
            "\nWhere would the change from your worst to your best option mean most to you?\n{}",
            numbered(&issues)
        ));
        let key = self.key(party, "order of issues");
        let order = said!(self.journal.ask(&key, |text| typed::order(text, issues.len())));
        self.said[party].rankings.issues = order;
        Ok(Some(()))
    }

    /// What it would give up first, where its orders say what a step down is.
    pub(super) fn concessions(&mut self, party: usize) -> Result<Option<()>, CommandError> {
        let rankings = &self.said[party].rankings;
        if rankings.issues.is_none() {
            return Ok(Some(()));
        }
        let step = |issue: usize| {
            let tiers = rankings.options[issue].as_ref()?;
            rankings.one_step_down(issue)?;
            let name = |tier: usize| named(self.scenario, &self.space, issue, tiers[tier][0]).1;
            Some((issue, format!("{}: {} instead of {}", self.issue(issue), name(1), name(0))))
        };
        let (issues, steps): (Vec<usize>, Vec<String>) =
            (0..self.space.issues()).filter_map(step).unzip();
        if issues.len() < 2 {
            return Ok(Some(()));
        }
        self.tell(&format!(
            "\nWhat would you give up first? Each line is one step down from your best; the step \
             that would cost you least comes first.\n{}",
            numbered(&steps)
        ));
        let key = self.key(party, "what is given up first");
        let order = said!(self.journal.ask(&key, |text| typed::order(text, issues.len())));
        let of_issues = |tier: &Vec<usize>| tier.iter().map(|&n| issues[n]).collect();
        self.said[party].rankings.concessions =
            order.map(|tiers| tiers.iter().map(of_issues).collect());
        Ok(Some(()))
    }

    /// Where no agreement stands between its worst and its best; where its
    /// orders do not say what lies between, whether it is below its worst.
    pub(super) fn no_agreement(&mut self, party: usize) -> Result<Option<()>, CommandError> {
        if self.stated[party].wont_say_none {
            return Ok(Some(()));
        }
        let Some(rungs) = self.said[party].rankings.ladder() else {
            return self.takes_worst(party);
        };
        let mut lines = vec!["your worst on every issue".to_owned()];
        for (issue, option) in self.raised(&rungs) {
            let too = if lines.len() > 1 { ", too" } else { "" };
            lines.push(format!("your best on {issue} ({option}){too}"));
        }
        lines.push("not even that: rather no agreement than any deal".into());
        self.tell(&format!(
            "\nHow far down this list would you have to come before you would agree rather than \
             have no agreement? The issues not named yet stay at your worst.\n{}\nOne number; ? \
             cannot say; - will not say",
            numbered(&lines)
        ));
        let key = self.key(party, "where no agreement stands");
        let limit = said!(self.journal.ask(&key, |text| typed::place(text, lines.len())));
        let rankings = &mut self.said[party].rankings;
        rankings.limit = limit;
        rankings.takes_worst = limit.map(|limit| limit == 0);
        Ok(Some(()))
    }

    fn takes_worst(&mut self, party: usize) -> Result<Option<()>, CommandError> {
        self.tell(&format!(
            "\nWould you take your worst option on every issue rather than no agreement? {YES_NO}"
        ));
        let key = self.key(party, "takes the worst");
        self.said[party].rankings.takes_worst = match said!(self.journal.ask(&key, typed::yes_no)) {
            Answer::First => Some(true),
            Answer::Second => Some(false),
            _ => None,
        };
        Ok(Some(()))
    }

    /// Takes something said anew.
    pub(super) fn again(
        &mut self,
        party: usize,
        saying: Saying,
    ) -> Result<Option<()>, CommandError> {
        self.said[party].asked_again(saying);
        match saying {
            Saying::Options(issue) => {
                let before = self.said[party].rankings.options[issue].clone();
                unless_stopped!(self.order_options(party, issue));
                let changed = before != self.said[party].rankings.options[issue];
                if changed && self.said[party].rankings.concessions.take().is_some() {
                    unless_stopped!(self.again(party, Saying::Concessions));
                }
                if changed { self.limit_again(party) } else { Ok(Some(())) }
            }
            Saying::Issues => {
                let before = self.said[party].rankings.issues.clone();
                unless_stopped!(self.order_issues(party));
                let changed = before != self.said[party].rankings.issues;
                if changed { self.limit_again(party) } else { Ok(Some(())) }
            }
            Saying::Concessions => self.concessions(party),
            Saying::NoAgreement => self.no_agreement(party),
            Saying::Answer(index) => {
                let question = self.said[party].answers[index].0.clone();
                let words = self.words(&question);
                self.tell(&format!("\nOnce more. {words}"));
                self.tell(typed::keys(&question));
                let key = self.key(party, &format!("again: {words}"));
                let answer = said!(self.journal.ask(&key, |text| typed::answer(text, &question)));
                self.said[party].answers[index].1 = answer;
                Ok(Some(()))
            }
        }
    }

    /// Where no agreement stands was said of a list that is another now.
    fn limit_again(&mut self, party: usize) -> Result<Option<()>, CommandError> {
        match self.said[party].rankings.limit.take() {
            Some(_) => self.again(party, Saying::NoAgreement),
            None => Ok(Some(())),
        }
    }

    /// Something said, in words.
    pub(super) fn saying(&self, party: usize, saying: Saying) -> String {
        let tiers = |tiers: &[Vec<usize>], name: &dyn Fn(usize) -> String| {
            let tier =
                |tier: &Vec<usize>| tier.iter().map(|&o| name(o)).collect::<Vec<_>>().join(" = ");
            tiers.iter().map(tier).collect::<Vec<_>>().join(", then ")
        };
        let rankings: &Rankings = &self.said[party].rankings;
        match saying {
            Saying::Options(issue) => {
                let order = rankings.options[issue].iter();
                let name = |o| named(self.scenario, &self.space, issue, o).1;
                let order: String = order.map(|t| tiers(t, &name)).collect();
                format!("your order of {}: {order}", self.issue(issue))
            }
            Saying::Issues => {
                let order: String =
                    rankings.issues.iter().map(|t| tiers(t, &|i| self.issue(i))).collect();
                format!("your order of the issues: {order}")
            }
            Saying::Concessions => {
                let order: String =
                    rankings.concessions.iter().map(|t| tiers(t, &|i| self.issue(i))).collect();
                format!("what you would give up first: {order}")
            }
            Saying::NoAgreement => match (rankings.limit, rankings.takes_worst) {
                (Some(limit @ 1..), _) => self.limit_in_words(rankings, limit),
                (_, Some(true)) => {
                    "that you would take your worst on every issue rather than no agreement".into()
                }
                _ => "that you would not take your worst on every issue rather than no agreement"
                    .into(),
            },
            Saying::Answer(index) => {
                let (question, answer) = &self.said[party].answers[index];
                self.answer_in_words(question, *answer)
            }
        }
    }

    /// What each deal of a list has at its best that the one before has not: issue and option.
    fn raised<'s>(&'s self, rungs: &'s [Deal]) -> impl Iterator<Item = (String, String)> + 's {
        rungs.windows(2).filter_map(|two| {
            let issue = (0..two[0].len()).find(|&i| two[0][i] != two[1][i])?;
            Some(named(self.scenario, &self.space, issue, two[1][issue]))
        })
    }

    /// Where no agreement stands, above the worst.
    fn limit_in_words(&self, rankings: &Rankings, limit: usize) -> String {
        let rungs = rankings.ladder().unwrap_or_default();
        let named: Vec<String> = self.raised(&rungs).take(limit).map(|step| step.0).collect();
        match named.as_slice() {
            _ if limit >= rungs.len() => {
                "that you would rather have no agreement than your best on every issue".into()
            }
            [last] => format!(
                "that you would agree with your best on {last} and your worst on all else, and not \
                 with your worst on {last}, too"
            ),
            [enough @ .., last] => format!(
                "that you would agree with your best on {}, {last} and your worst on all else, and \
                 not with your worst on {last}, too",
                enough.join(", ")
            ),
            [] => String::new(),
        }
    }
}
