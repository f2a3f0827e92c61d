//! Additive profiles: weights, and an evaluation for each option.

use super::Profile;
use crate::suggest;
use detente_model::diagnostic::Diagnostic;
use detente_model::preference::{IssueValue, Known};
use detente_model::{Issue, Number, Place, Utility, ValueFunction};
use roxmltree::Node;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

impl<'x> Profile<'x> {
    /// Reads weights and evaluations of every issue.
    pub(super) fn additive(&mut self, utility: &mut Utility) {
        let xml = self.xml;
        let mut seen: Vec<bool> = vec![false; self.issues.len()];
        let mut sum = Some(Number::zero());
        for objective in xml.root().descendants().filter(|n| n.has_tag_name("objective")) {
            let weights = self.weights(objective);
            for node in objective.children().filter(|n| n.has_tag_name("issue")) {
                let Some(index) = self.issue(node) else { continue };
                if std::mem::replace(&mut seen[index], true) {
                    let name = &self.issues[index].name;
                    self.error(node, "duplicate-name", format!("issue `{name}` is there twice"));
                    continue;
                }
                let weight = self.weight(node, index, &weights);
                sum = sum.zip(weight.as_ref()).map(|(s, w)| &s + w);
                let value = self.value(node, index);
                if let (Some(weight), Some(value)) = (weight, value) {
                    utility.issues[index] =
                        Some(IssueValue { weight, value, known: Known::Unknown });
                }
            }
        }
        for (issue, _) in self.issues.iter().zip(&seen).filter(|(_, seen)| !**seen) {
            self.error(
                xml.root(),
                "missing-evaluation",
                format!("this profile says nothing about issue `{}`", issue.name),
            );
        }
        if let Some(sum) = sum {
            let off = (&sum - &Number::one()).abs();
            if off > Number::ratio(1, 1000).unwrap_or_else(Number::zero) {
                self.findings.add(
                    Diagnostic::warning(
                        "weights-sum",
                        format!(
                            "the weights add up to {:.6}, not to 1; they are used as given",
                            sum.to_f64()
                        ),
                    )
                    .in_file(xml.file())
                    .at(xml.span(xml.root())),
                );
            }
        }
    }

    /// The weights of an objective's children, by index; the first of two is used.
    fn weights<'n>(&mut self, objective: Node<'n, 'x>) -> HashMap<i64, Node<'n, 'x>> {
        let mut weights = HashMap::new();
        for node in objective.children().filter(|n| n.has_tag_name("weight")) {
            let Some(index) = self.xml.integer(node, "index", "this weight", self.findings) else {
                continue;
            };
            match weights.entry(index) {
                Entry::Vacant(slot) => {
                    slot.insert(node);
                }
                Entry::Occupied(_) => self.warn(
                    node,
                    "second-weight",
                    format!("issue number {index} has a second weight; the first is used"),
                ),
            }
        }
        let known = |i: i64| {
            let child = |n: Node<'_, '_>| {
                n.attribute("index").and_then(|t| t.trim().parse().ok()) == Some(i)
            };
            objective
                .children()
                .filter(Node::is_element)
                .any(|n| n.has_tag_name("issue") && child(n))
        };
        let mut others: Vec<_> = weights.iter().filter(|(i, _)| !known(**i)).collect();
        others.sort_by_key(|(_, node)| node.range().start);
        for (index, node) in others {
            self.warn(
                *node,
                "weight-of-no-issue",
                format!("the weight with index {index} belongs to no issue here (a grouping objective, perhaps); it is ignored"),
            );
        }
        weights
    }

    /// Which issue of the domain a profile's issue is.
    fn issue(&mut self, node: Node<'_, 'x>) -> Option<usize> {
        let (name, span) = self.xml.attribute(node, "name", "this issue", self.findings)?;
        if let Some(index) = self.names.issue(name) {
            let here = node.attribute("index").and_then(|i| i.trim().parse().ok());
            if here != self.indices.get(index).copied().flatten() {
                self.warn(
                    node,
                    "other-index",
                    format!(
                        "issue `{name}` has another index here than in the domain; the name decides"
                    ),
                );
            }
            return Some(index);
        }
        let mut error =
            Diagnostic::error("unknown-issue", format!("the domain has no issue `{name}`"))
                .in_file(self.xml.file())
                .at(span);
        if let Some(hint) = suggest::hint(name, &self.names.issue_names()) {
            error = error.hint(hint);
        }
        self.findings.add(error);
        None
    }

    fn weight(
        &mut self,
        node: Node<'_, 'x>,
        index: usize,
        weights: &HashMap<i64, Node<'_, 'x>>,
    ) -> Option<Number> {
        let name = &self.issues[index].name;
        let number = self.xml.integer(node, "index", &format!("issue `{name}`"), self.findings)?;
        let Some(weight) = weights.get(&number).copied() else {
            self.error(node, "missing-weight", format!("issue `{name}` has no weight"));
            return None;
        };
        self.places.set(Place::Weight(self.party, index), self.xml.file(), self.xml.span(weight));
        self.xml.number(weight, "value", &format!("the weight of `{name}`"), self.findings)
    }

    fn value(&mut self, node: Node<'_, 'x>, index: usize) -> Option<ValueFunction> {
        let issues = self.issues;
        let issue = &issues[index];
        self.places.set(Place::Value(self.party, index), self.xml.file(), self.xml.span(node));
        if issue.is_numeric() {
            self.evaluator(node, index, issue)
        } else {
            self.table(node, index, issue)
        }
    }

    /// The evaluations of a discrete issue, divided by the largest of them.
    fn table(&mut self, node: Node<'_, 'x>, index: usize, issue: &Issue) -> Option<ValueFunction> {
        let count = usize::try_from(issue.len()?).ok()?;
        let mut values: Vec<Option<Number>> = vec![None; count];
        let mut sound = true;
        for item in node.children().filter(|n| n.has_tag_name("item")) {
            let whose = format!("an item of issue `{}`", issue.name);
            let Some((name, span)) = self.xml.attribute(item, "value", &whose, self.findings)
            else {
                sound = false;
                continue;
            };
            let Some(option) = self.names.option(index, name) else {
                let mut error = Diagnostic::error(
                    "unknown-option",
                    format!("issue `{}` has no option `{name}` in the domain", issue.name),
                )
                .in_file(self.xml.file())
                .at(span);
                if let Some(hint) = suggest::hint(name, &self.names.option_names(index)) {
                    error = error.hint(hint);
                }
                self.findings.add(error);
                sound = false;
                continue;
            };
            let what = format!("the evaluation of `{name}`");
            if item.attribute("evaluation").is_none() {
                self.error(
                    item,
                    "missing-evaluation",
                    format!("option `{name}` of issue `{}` has no evaluation", issue.name),
                );
                sound = false;
                continue;
            }
            let evaluation = self.xml.number(item, "evaluation", &what, self.findings);
            sound &= evaluation.is_some();
            if values[option].is_some() {
                self.error(
                    item,
                    "duplicate-name",
                    format!("option `{name}` of issue `{}` is there twice", issue.name),
                );
                sound = false;
            }
            self.places.set(
                Place::OptionValue(self.party, index, option),
                self.xml.file(),
                self.xml.span(item),
            );
            values[option] = Some(evaluation.unwrap_or_else(Number::zero));
        }
        for (option, _) in values.iter().enumerate().filter(|(_, v)| v.is_none()) {
            self.error(
                node,
                "missing-evaluation",
                format!(
                    "option `{}` of issue `{}` has no evaluation",
                    issue.option_name(option),
                    issue.name
                ),
            );
            sound = false;
        }
        if !sound {
            return None;
        }
        self.normalised(node, issue, values.into_iter().flatten().collect())
    }

    fn normalised(
        &mut self,
        node: Node<'_, 'x>,
        issue: &Issue,
        values: Vec<Number>,
    ) -> Option<ValueFunction> {
        if values.iter().any(Number::is_negative) {
            self.error(
                node,
                "negative-evaluation",
                format!("issue `{}` has a negative evaluation", issue.name),
            );
            return None;
        }
        let largest = values.iter().max().cloned().unwrap_or_else(Number::zero);
        let divided = values.iter().map(|v| (v / &largest).unwrap_or_else(Number::zero));
        Some(ValueFunction::Table(divided.collect()))
    }

    fn error(&mut self, node: Node<'_, 'x>, code: &'static str, message: String) {
        let span = self.xml.span(node);
        self.findings.add(Diagnostic::error(code, message).in_file(self.xml.file()).at(span));
    }

    fn warn(&mut self, node: Node<'_, 'x>, code: &'static str, message: String) {
        let span = self.xml.span(node);
        self.findings.add(Diagnostic::warning(code, message).in_file(self.xml.file()).at(span));
    }
}
