//! The checks behind [`Draft::check`]: whether the parts of a scenario fit together.

use crate::acceptance::AcceptanceRule;
use crate::constraint::{Amount, Condition, Rule};
use crate::diagnostic::Severity;
use crate::issue::{Issue, IssueKind};
use crate::number::Number;
use crate::preference::{IssueValue, Statement, Utility};
use crate::scenario::{Draft, Flaw, Place};
use crate::value_function::{Shape, ValueFunction};
use std::collections::HashSet;

/// Everything that does not fit, in the order of the parts.
pub(crate) fn flaws(draft: &Draft) -> Vec<Flaw> {
    let mut check = Check { draft, found: Vec::new() };
    check.parties();
    check.mediators();
    check.issues();
    check.constraints();
    check.acceptance();
    check.preferences();
    check.found
}

pub(crate) struct Check<'a> {
    pub(crate) draft: &'a Draft,
    pub(crate) found: Vec<Flaw>,
}

impl Check<'_> {
    pub(crate) fn error(
        &mut self,
        place: Place,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let (message, hint) = (message.into(), hint.into());
        self.found.push(Flaw { severity: Severity::Error, code, place, message, hint });
    }

    fn warn(
        &mut self,
        place: Place,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let (message, hint) = (message.into(), hint.into());
        self.found.push(Flaw { severity: Severity::Warning, code, place, message, hint });
    }

    pub(crate) fn party_id(&self, party: usize) -> &str {
        self.draft.parties.get(party).map_or("?", |p| p.id.as_str())
    }

    /// Names must be there and differ; says which repeats which.
    fn names<'n>(&mut self, what: &str, names: impl Iterator<Item = (Place, &'n str)>) {
        let mut seen: HashSet<&str> = HashSet::new();
        for (place, name) in names {
            if name.trim().is_empty() {
                self.error(place, "empty-name", format!("this {what} has no name"), "give it one");
            } else if !seen.insert(name) {
                self.error(
                    place,
                    "duplicate-name",
                    format!("the {what} `{name}` is there twice"),
                    "rename one of them, or drop it",
                );
            }
        }
    }

    fn parties(&mut self) {
        let parties = &self.draft.parties;
        if parties.len() < 2 {
            self.error(
                Place::Scenario,
                "too-few-parties",
                format!(
                    "a negotiation needs two parties at least; here {}",
                    count(parties.len(), "is", "are")
                ),
                "add the missing party's preferences",
            );
        }
        let ids = parties.iter().enumerate().map(|(i, p)| (Place::Party(i), p.id.as_str()));
        self.names("party", ids);
    }

    fn mediators(&mut self) {
        let mediators = &self.draft.mediators;
        let ids = mediators.iter().enumerate().map(|(i, m)| (Place::Mediator(i), m.id.as_str()));
        self.names("mediator", ids);
        for (index, mediator) in mediators.iter().enumerate() {
            for &party in mediator.reaches.iter().filter(|&&p| p >= self.draft.parties.len()) {
                self.error(
                    Place::Mediator(index),
                    "unknown-party",
                    format!(
                        "mediator `{}` reaches a party number {} that is not there",
                        mediator.id,
                        party + 1
                    ),
                    "",
                );
            }
        }
        if !mediators.is_empty() {
            for (index, party) in self.draft.parties.iter().enumerate() {
                if !mediators.iter().any(|m| m.reaches.contains(&index)) {
                    self.warn(
                        Place::Party(index),
                        "unreached-party",
                        format!("no mediator reaches `{}`", party.id),
                        "add it to a mediator's `reaches`, if a channel exists",
                    );
                }
            }
        }
    }

    fn issues(&mut self) {
        let issues = &self.draft.issues;
        if issues.is_empty() {
            self.error(Place::Scenario, "no-issues", "there is no issue to settle", "add one");
        }
        self.names(
            "issue",
            issues.iter().enumerate().map(|(i, x)| (Place::Issue(i), x.name.as_str())),
        );
        for (index, issue) in issues.iter().enumerate() {
            match &issue.kind {
                IssueKind::Categorical(options) | IssueKind::Ordered(options) => {
                    let names = options
                        .iter()
                        .enumerate()
                        .map(|(o, x)| (Place::Option(index, o), x.name.as_str()));
                    self.names(&format!("option of issue `{}`", issue.name), names);
                }
                IssueKind::Stepped { step, .. } if !step.is_positive() => {
                    self.error(
                        Place::Issue(index),
                        "bad-step",
                        format!(
                            "the step of issue `{}` is {step}; it must be above zero",
                            issue.name
                        ),
                        "",
                    );
                    continue;
                }
                _ => {}
            }
            if issue.is_empty() {
                self.error(
                    Place::Issue(index),
                    "empty-issue",
                    format!("issue `{}` has no option", issue.name),
                    "give it one option at least, the lower bound first",
                );
            }
        }
    }

    fn conditions(&mut self, place: Place, conditions: &[Condition], whose: &str) {
        let mut seen = HashSet::new();
        for condition in conditions {
            let Some(issue) = self.draft.issues.get(condition.issue) else {
                self.error(
                    place,
                    "unknown-issue",
                    format!("{whose} names an issue that is not there"),
                    "",
                );
                continue;
            };
            if issue.is_divisible() {
                self.error(
                    place,
                    "condition-on-divisible",
                    format!("{whose} has a condition on the divisible issue `{}`", issue.name),
                    "conditions are about options; a divisible issue has shares",
                );
                continue;
            }
            let missing =
                condition.options.iter().any(|&o| issue.len().is_none_or(|n| o as u64 >= n));
            if missing {
                self.error(
                    place,
                    "unknown-option",
                    format!("{whose} names an option of `{}` that is not there", issue.name),
                    "",
                );
            }
            if !seen.insert(condition.issue) {
                self.error(
                    place,
                    "repeated-condition",
                    format!("{whose} has two conditions on issue `{}`", issue.name),
                    "merge them into one list of options",
                );
            }
        }
    }

    fn constraints(&mut self) {
        let draft = self.draft;
        self.names(
            "constraint",
            draft
                .constraints
                .iter()
                .enumerate()
                .map(|(i, c)| (Place::Constraint(i), c.name.as_str())),
        );
        for (index, constraint) in draft.constraints.iter().enumerate() {
            let place = Place::Constraint(index);
            let whose = format!("constraint `{}`", constraint.name);
            if constraint.reason.trim().is_empty() {
                self.warn(
                    place,
                    "no-reason",
                    format!("{whose} has no reason"),
                    "say in `reason` why it stands",
                );
            }
            match &constraint.rule {
                Rule::Forbid(conditions) | Rule::Require(conditions) => {
                    if conditions.is_empty() {
                        self.error(
                            place,
                            "empty-constraint",
                            format!("{whose} has no condition"),
                            "",
                        );
                    }
                    self.conditions(place, conditions, &whose);
                }
                Rule::Implies { when, then } => {
                    if when.is_empty() || then.is_empty() {
                        self.error(
                            place,
                            "empty-constraint",
                            format!("{whose} needs both sides of its implication"),
                            "",
                        );
                    }
                    self.conditions(place, when, &whose);
                    self.conditions(place, then, &whose);
                }
                Rule::Count { of, at_least, at_most } => {
                    // The same issue may be counted twice: "at most one of A=1, A=2, B=1".
                    for condition in of {
                        self.conditions(place, std::slice::from_ref(condition), &whose);
                    }
                    if at_least > at_most || *at_least > of.len() {
                        self.error(
                            place,
                            "impossible-count",
                            format!(
                                "{whose} asks for at least {at_least} and at most {at_most} of {}",
                                of.len()
                            ),
                            "",
                        );
                    }
                }
                Rule::Sum { terms, at_least, at_most } => {
                    if terms.is_empty() || at_least.is_none() && at_most.is_none() {
                        self.error(
                            place,
                            "empty-constraint",
                            format!("{whose} needs terms and a bound"),
                            "",
                        );
                    }
                    if let (Some(low), Some(high)) = (at_least, at_most)
                        && low > high
                    {
                        self.error(
                            place,
                            "impossible-sum",
                            format!("{whose} asks for at least {low} and at most {high}"),
                            "",
                        );
                    }
                    for term in terms {
                        self.term(place, &whose, term.issue, &term.amount);
                    }
                }
            }
        }
    }

    fn term(&mut self, place: Place, whose: &str, issue: usize, amount: &Amount) {
        let Some(issue) = self.draft.issues.get(issue) else {
            self.error(
                place,
                "unknown-issue",
                format!("{whose} names an issue that is not there"),
                "",
            );
            return;
        };
        let wrong = match amount {
            Amount::Times(_) => !issue.is_numeric(),
            Amount::PerOption(amounts) => issue.len() != Some(amounts.len() as u64),
        };
        if wrong {
            self.error(
                place,
                "bad-term",
                format!("{whose}: the term of issue `{}` does not fit its options", issue.name),
                "a factor needs a numeric issue; otherwise give one figure per option",
            );
        }
    }

    fn acceptance(&mut self) {
        let parties = self.draft.parties.len();
        if let AcceptanceRule::Quota { at_least, vetoes } = &self.draft.acceptance {
            if *at_least == 0 || *at_least > parties {
                self.error(
                    Place::Acceptance,
                    "bad-quota",
                    format!("a quota of {at_least} does not fit {parties} parties"),
                    format!("it goes from 1 to {parties}"),
                );
            }
            if vetoes.iter().any(|&v| v >= parties) {
                self.error(
                    Place::Acceptance,
                    "unknown-party",
                    "a veto is given to a party that is not there",
                    "",
                );
            }
        }
    }

    fn preferences(&mut self) {
        let draft = self.draft;
        for party in draft.preferences.len()..draft.parties.len() {
            let id = self.party_id(party).to_owned();
            self.error(
                Place::Party(party),
                "no-preferences",
                format!("party `{id}` has no preferences"),
                "add its file, or take the party out",
            );
        }
        for party in draft.parties.len()..draft.preferences.len() {
            self.error(
                Place::Preferences(party),
                "unknown-party",
                "preferences of a party that is not there",
                "",
            );
        }
        for (party, preferences) in draft.preferences.iter().enumerate().take(draft.parties.len()) {
            match &preferences.statement {
                Statement::Utility(utility) => self.utility(party, utility),
                Statement::Partial(partial) => self.partial(party, partial),
            }
            for (index, line) in preferences.red_lines.iter().enumerate() {
                let place = Place::RedLine(party, index);
                let whose = format!("a red line of `{}`", self.party_id(party));
                if line.conditions.is_empty() {
                    self.error(place, "empty-red-line", format!("{whose} has no condition"), "");
                }
                self.conditions(place, &line.conditions, &whose);
            }
        }
    }

    fn utility(&mut self, party: usize, utility: &Utility) {
        let issues = &self.draft.issues;
        if utility.issues.len() != issues.len() {
            self.error(
                Place::Preferences(party),
                "wrong-issue-count",
                format!(
                    "`{}` has values for {} of {} issues",
                    self.party_id(party),
                    utility.issues.len(),
                    issues.len()
                ),
                "",
            );
        }
        for (index, (value, issue)) in utility.issues.iter().zip(issues).enumerate() {
            if let Some(value) = value {
                self.issue_value(party, index, issue, value);
            }
        }
        if utility.discount > Number::one() || utility.discount.is_negative() {
            self.error(
                Place::Discount(party),
                "bad-discount",
                format!("the discount of `{}` is {}", self.party_id(party), utility.discount),
                "it goes from 0 to 1; 1 loses nothing",
            );
        }
        for (index, interaction) in utility.interactions.iter().enumerate() {
            let whose = format!("an interaction of `{}`", self.party_id(party));
            self.conditions(Place::Interaction(party, index), &interaction.conditions, &whose);
        }
    }

    fn issue_value(&mut self, party: usize, index: usize, issue: &Issue, value: &IssueValue) {
        let id = self.party_id(party).to_owned();
        let name = &issue.name;
        if value.weight.is_negative() {
            self.error(
                Place::Weight(party, index),
                "negative-weight",
                format!("`{id}` gives issue `{name}` the weight {}", value.weight),
                "a weight says how much an issue matters and is zero or more; turn the values round instead",
            );
        }
        let place = Place::Value(party, index);
        let wrong = match &value.value {
            ValueFunction::Table(values) => {
                if issue.is_divisible() {
                    Some("is a table, but the issue is divisible".to_owned())
                } else if issue.len() != Some(values.len() as u64) {
                    Some(format!(
                        "has {} values for {} options",
                        values.len(),
                        issue.len().unwrap_or(0)
                    ))
                } else {
                    None
                }
            }
            ValueFunction::Share(_) if !issue.is_divisible() => {
                Some("is a share, but the issue is not divisible".to_owned())
            }
            ValueFunction::Share(worth) if worth.is_negative() => {
                Some(format!("is negative ({worth})"))
            }
            ValueFunction::Share(_) => None,
            _ if issue.is_divisible() => {
                Some("needs a number, but the issue is divisible".to_owned())
            }
            ValueFunction::Constant(_) => None,
            _ if !issue.is_numeric() => {
                Some("is a function of a number, but the options are names".to_owned())
            }
            ValueFunction::PiecewiseLinear(points) if points.is_empty() => {
                Some("has no points".to_owned())
            }
            ValueFunction::PiecewiseLinear(points)
                if points.windows(2).any(|w| w[0].0 >= w[1].0) =>
            {
                Some("has points that do not ascend".to_owned())
            }
            ValueFunction::Smooth(smooth) => {
                let shape = match smooth.shape {
                    Shape::Gaussian { deviation, .. } => deviation > 0.0,
                    Shape::Exponential { base, .. } => base > 0.0,
                    Shape::Logarithm { base, .. } => base > 0.0 && base != 1.0,
                    Shape::Cosine { .. } | Shape::Sine { .. } => true,
                };
                let ends = [0, issue.len().unwrap_or(1).saturating_sub(1) as usize];
                let finite = ends.iter().all(|&o| {
                    issue.numeric_value(o).is_some_and(|x| smooth.at(x.to_f64()).is_finite())
                });
                (!(shape && finite)).then(|| "is not finite over the issue's range".to_owned())
            }
            _ => None,
        };
        if let Some(wrong) = wrong {
            self.error(
                place,
                "bad-value-function",
                format!("the value function of `{id}` for issue `{name}` {wrong}"),
                "",
            );
        }
    }
}

fn count(n: usize, one: &str, many: &str) -> String {
    match n {
        1 => format!("{one} one"),
        n => format!("{many} {n}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constraint::{Basis, Constraint};
    use crate::preference::{Known, RedLine};
    use crate::testing::additive;

    fn sound() -> Draft {
        additive(&[vec![vec![3, 0], vec![0, 1, 2]], vec![vec![0, 3], vec![2, 1, 0]]], &[1, 1])
    }

    /// The error codes of a draft after one change.
    fn codes(change: impl FnOnce(&mut Draft)) -> Vec<&'static str> {
        let mut draft = sound();
        change(&mut draft);
        let (scenario, flaws) = draft.check();
        let errors: Vec<_> =
            flaws.iter().filter(|f| f.severity == Severity::Error).map(|f| f.code).collect();
        assert_eq!(scenario.is_none(), !errors.is_empty());
        errors
    }

    fn utility(draft: &mut Draft, party: usize) -> &mut Utility {
        match &mut draft.preferences[party].statement {
            Statement::Utility(utility) => utility,
            Statement::Partial(_) => unreachable!("the test draft has numbers"),
        }
    }

    #[test]
    fn a_sound_draft_has_no_flaw() {
        assert_eq!(sound().check().1, vec![]);
    }

    #[test]
    fn each_flaw_is_found() {
        assert_eq!(codes(|d| d.parties[1].id = "p0".into()), ["duplicate-name"]);
        assert_eq!(codes(|d| d.issues[1].name = "i0".into()), ["duplicate-name"]);
        assert_eq!(
            codes(|d| d.issues[0] = Issue::categorical("i0", ["a", "a"])),
            ["duplicate-name"]
        );
        assert_eq!(
            codes(|d| {
                d.preferences.pop();
            }),
            ["no-preferences"]
        );
        assert_eq!(
            codes(|d| d.issues[0] = Issue::categorical("i0", ["a"])),
            ["bad-value-function"; 2]
        );
        assert_eq!(codes(|d| utility(d, 0).discount = Number::from(2)), ["bad-discount"]);
        let negative =
            |d: &mut Draft| utility(d, 0).issues[0].as_mut().unwrap().weight = Number::from(-1);
        assert_eq!(codes(negative), ["negative-weight"]);
        let line = RedLine {
            conditions: vec![Condition::new(0, vec![7])],
            reason: String::new(),
            known: Known::Unknown,
        };
        assert_eq!(codes(|d| d.preferences[0].red_lines.push(line)), ["unknown-option"]);
        let rule = Rule::Count { of: vec![Condition::new(0, vec![0])], at_least: 2, at_most: 1 };
        let constraint = Constraint {
            name: "c".into(),
            reason: "r".into(),
            basis: Basis::Practical,
            known: Known::Unknown,
            rule,
        };
        assert_eq!(codes(|d| d.constraints.push(constraint)), ["impossible-count"]);
        assert_eq!(
            codes(|d| d.acceptance = AcceptanceRule::Quota { at_least: 3, vetoes: vec![5] }),
            ["bad-quota", "unknown-party"]
        );
        assert_eq!(
            codes(|d| d.issues[1].kind = IssueKind::Integer { min: 3, max: 1 }),
            ["empty-issue", "bad-value-function", "bad-value-function"]
        );
    }
}
