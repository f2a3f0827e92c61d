//! `LinearAdditiveUtilitySpace`: one party's weights and utilities.

use super::domain::{either, number};
use crate::findings::Findings;
use crate::names::Names;
use crate::places::Places;
use crate::suggest;
use crate::tree::{Map, Node};
use detente_model::diagnostic::{Diagnostic, Span};
use detente_model::preference::{IssueValue, Known};
use detente_model::{Issue, IssueKind, Number, Place, Utility, ValueFunction};

/// What reading one profile needs at hand.
pub(super) struct Reader<'a> {
    pub(super) file: &'a str,
    pub(super) party: usize,
    pub(super) issues: &'a [Issue],
    pub(super) names: &'a Names<'a>,
    pub(super) places: &'a mut Places,
    pub(super) findings: &'a mut Findings,
}

impl<'a> Reader<'a> {
    fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.findings.add(Diagnostic::error(code, message).in_file(self.file).at(span));
    }

    /// Reads a profile.
    pub(super) fn read(&mut self, tree: &'a Node) -> Option<Utility> {
        let outer = tree.want_map("a profile", self.file, self.findings)?;
        for place in [Place::Party(self.party), Place::Preferences(self.party)] {
            self.places.set(place, self.file, outer.start());
        }
        let Some(space) = outer.get("LinearAdditiveUtilitySpace") else {
            let kind = outer.entries.first().map_or("?", |e| e.key.as_str());
            self.findings.add(
                Diagnostic::error("unknown-function", format!("profiles of the kind `{kind}` are not read"))
                    .in_file(self.file)
                    .at(outer.start())
                    .hint("`LinearAdditiveUtilitySpace` is; partial orders can be written in our own YAML as `ranking` or `orders`"),
            );
            return None;
        };
        let map = space.want_map("a utility space", self.file, self.findings)?;
        let weights = map.require("issueWeights", "this profile", self.findings)?;
        let weights =
            weights.want_map("a mapping from issues to weights", self.file, self.findings)?;
        let utilities = map.require("issueUtilities", "this profile", self.findings)?;
        let utilities =
            utilities.want_map("a mapping from issues to utilities", self.file, self.findings)?;
        for entry in weights.entries.iter().chain(utilities.entries) {
            if self.names.issue(&entry.key).is_none() {
                let mut error = Diagnostic::error(
                    "unknown-issue",
                    format!("the domain has no issue `{}`", entry.key),
                )
                .in_file(self.file)
                .at(entry.key_span);
                if let Some(hint) = suggest::hint(&entry.key, &self.names.issue_names()) {
                    error = error.hint(hint);
                }
                self.findings.add(error);
                return None;
            }
        }
        let mut utility = Utility::new(self.issues.len());
        for (index, issue) in self.issues.iter().enumerate() {
            let Some(weight) = weights.get(&issue.name) else {
                self.error(
                    "missing-weight",
                    weights.start(),
                    format!("issue `{}` has no weight", issue.name),
                );
                continue;
            };
            self.places.set(Place::Weight(self.party, index), self.file, weight.span);
            let weight = number(
                weight,
                &format!("the weight of `{}`", issue.name),
                self.file,
                self.findings,
            );
            let Some(node) = utilities.get(&issue.name) else {
                self.error(
                    "missing-evaluation",
                    utilities.start(),
                    format!("issue `{}` has no utilities", issue.name),
                );
                continue;
            };
            if let Some(entry) = utilities.entry(&issue.name) {
                self.places.set(Place::Value(self.party, index), self.file, entry.key_span);
            }
            let value = self.value(index, issue, node);
            if let (Some(weight), Some(value)) = (weight, value) {
                utility.issues[index] = Some(IssueValue { weight, value, known: Known::Unknown });
            }
        }
        self.reservation(&map, &mut utility);
        Some(utility)
    }

    fn value(&mut self, index: usize, issue: &Issue, node: &'a Node) -> Option<ValueFunction> {
        let map = node.want_map("utilities of values", self.file, self.findings)?;
        if let Some(node) = either(&map, "discreteutils", "DiscreteValueSetUtilities") {
            let map = node.want_map("`valueUtilities`", self.file, self.findings)?;
            let table = map.require("valueUtilities", "this issue", self.findings)?;
            return self.table(index, issue, table);
        }
        if let Some(node) = either(&map, "numberutils", "NumberValueSetUtilities") {
            let map = node.want_map("the utilities of a range", self.file, self.findings)?;
            return self.line(issue, &map);
        }
        self.error(
            "missing-evaluation",
            map.start(),
            format!("issue `{}` has neither `discreteutils` nor `numberutils`", issue.name),
        );
        None
    }

    fn table(&mut self, index: usize, issue: &Issue, node: &'a Node) -> Option<ValueFunction> {
        let table =
            node.want_map("a mapping from values to utilities", self.file, self.findings)?;
        let IssueKind::Categorical(options) = &issue.kind else {
            self.error(
                "bad-value-function",
                table.start(),
                format!("issue `{}` is a range", issue.name),
            );
            return None;
        };
        let mut values: Vec<Option<Number>> = vec![None; options.len()];
        for entry in table.entries {
            let Some(option) = self.names.option(index, &entry.key) else {
                let mut error = Diagnostic::error(
                    "unknown-option",
                    format!("issue `{}` has no value `{}`", issue.name, entry.key),
                )
                .in_file(self.file)
                .at(entry.key_span);
                if let Some(hint) = suggest::hint(&entry.key, &self.names.option_names(index)) {
                    error = error.hint(hint);
                }
                self.findings.add(error);
                return None;
            };
            let what = format!("the utility of `{}`", entry.key);
            values[option] = Some(number(&entry.value, &what, self.file, self.findings)?);
        }
        if let Some(missing) = values.iter().position(Option::is_none) {
            self.error(
                "missing-evaluation",
                table.start(),
                format!(
                    "value `{}` of issue `{}` has no utility",
                    options[missing].name, issue.name
                ),
            );
            return None;
        }
        values.into_iter().collect::<Option<Vec<Number>>>().map(ValueFunction::Table)
    }

    /// A line from the low value's utility to the high value's.
    fn line(&mut self, issue: &Issue, map: &Map<'a>) -> Option<ValueFunction> {
        let mut field = |key: &str| {
            let node = map.require(key, "this issue", self.findings)?;
            number(node, key, self.file, self.findings)
        };
        let low = (field("lowValue")?, field("lowUtility")?);
        let high = (field("highValue")?, field("highUtility")?);
        if !issue.is_numeric() {
            self.error(
                "bad-value-function",
                map.start(),
                format!("the values of issue `{}` are names", issue.name),
            );
            return None;
        }
        let Some(slope) = &(&high.1 - &low.1) / &(&high.0 - &low.0) else {
            return Some(ValueFunction::Constant(low.1));
        };
        let intercept = &low.1 - &(&slope * &low.0);
        Some(ValueFunction::linear(slope, intercept))
    }

    /// The reservation value is the utility of the reservation bid; an issue
    /// that the bid leaves open counts for nothing.
    fn reservation(&mut self, map: &Map<'a>, utility: &mut Utility) {
        let Some(bid) = map.get("reservationBid") else {
            self.findings.add(
                Diagnostic::warning(
                    "no-reservation",
                    "this profile has no reservation bid; zero is taken",
                )
                .in_file(self.file)
                .at(map.start()),
            );
            return;
        };
        self.places.set(Place::Reservation(self.party), self.file, bid.span);
        let Some(values) = bid
            .want_map("a bid", self.file, self.findings)
            .and_then(|m| m.require("issuevalues", "this bid", self.findings))
            .and_then(|n| n.want_map("a mapping from issues to values", self.file, self.findings))
        else {
            return;
        };
        let mut worth = Number::zero();
        for entry in values.entries {
            let Some(issue) = self.names.issue(&entry.key) else {
                self.error(
                    "unknown-issue",
                    entry.key_span,
                    format!("the domain has no issue `{}`", entry.key),
                );
                continue;
            };
            let Some(name) = entry.value.want_text("a value", self.file, self.findings) else {
                continue;
            };
            let Some(option) = self.names.option(issue, name) else {
                self.error(
                    "unknown-option",
                    entry.value.span,
                    format!("issue `{}` has no value `{name}`", entry.key),
                );
                continue;
            };
            if let Some(value) = &utility.issues[issue]
                && let Some(exact) = value.value.at(&self.issues[issue], option).exact()
            {
                worth = &worth + &(exact * &value.weight);
            }
        }
        utility.reservation = worth;
    }
}
