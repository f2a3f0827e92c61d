//! Utility functions.

use super::Reader;
use crate::tree::{Data, Map, Node};
use detente_model::diagnostic::Diagnostic;
use detente_model::preference::{IssueValue, Known};
use detente_model::{Number, Place, Utility, ValueFunction};

impl<'a> Reader<'a> {
    /// Adds `factor` times the function in `map` to the utility.
    pub(super) fn function(
        &mut self,
        map: &Map<'a>,
        factor: &Number,
        utility: &mut Utility,
    ) -> Option<()> {
        let kind = map.require("type", "this utility function", self.findings)?;
        let name = kind.text().unwrap_or_default();
        let name = name.rsplit('.').next().unwrap_or(name);
        match name {
            "LinearAdditiveUtilityFunction" | "LinearUtilityAggregationFunction" | "UFun" => {
                self.additive(map, factor, utility)
            }
            "LinearUtilityFunction" | "AffineUtilityFunction" => self.affine(map, factor, utility),
            "ConstUtilityFunction" => {
                let value = self.or(map, "value", Number::zero())?;
                utility.constant = &utility.constant + &(&value * factor);
                Some(())
            }
            "HyperRectangleUtilityFunction" => self.rectangles(map, factor, utility),
            "WeightedUtilityFunction" => self.weighted(map, factor, utility),
            "ExpDiscountedUFun" => {
                let discount = self.or(map, "discount", Number::one())?;
                if let Some(entry) = map.entry("discount") {
                    self.places.set(Place::Discount(self.party), self.file, entry.value.span);
                }
                utility.discount = &utility.discount * &discount;
                let inner = map.require("ufun", "this utility function", self.findings)?;
                let inner = inner.want_map("a utility function", self.file, self.findings)?;
                self.function(&inner, factor, utility)
            }
            other => {
                let other: String = other.chars().take(60).collect();
                self.findings.add(
                    Diagnostic::error("unknown-function", format!("the utility function `{other}` is not read"))
                        .in_file(self.file)
                        .at(kind.span)
                        .hint("read are LinearAdditive, Linear, Affine, Const, HyperRectangle and Weighted utility functions, and ExpDiscountedUFun"),
                );
                None
            }
        }
    }

    /// The numbers of a list, or of a mapping from issue names.
    fn per_issue(&mut self, node: &'a Node) -> Option<Vec<Option<&'a Node>>> {
        let mut all = vec![None; self.issues.len()];
        match &node.data {
            Data::Map(entries) => {
                for entry in entries {
                    match self.names.issue(&entry.key) {
                        Some(issue) => all[issue] = Some(&entry.value),
                        None => {
                            self.error(
                                "unknown-issue",
                                entry.key_span,
                                format!("there is no issue `{}`", entry.key),
                            );
                            return None;
                        }
                    }
                }
            }
            _ => {
                let items = node.want_list(
                    "a list with one entry for each issue",
                    self.file,
                    self.findings,
                )?;
                if items.len() != all.len() {
                    self.error(
                        "wrong-issue-count",
                        node.span,
                        format!("{} entries for {} issues", items.len(), all.len()),
                    );
                    return None;
                }
                all = items.iter().map(Some).collect();
            }
        }
        Some(all)
    }

    fn additive(&mut self, map: &Map<'a>, factor: &Number, utility: &mut Utility) -> Option<()> {
        let bias = self.or(map, "bias", Number::zero())?;
        utility.constant = &utility.constant + &(&bias * factor);
        let node = map.require("values", "this utility function", self.findings)?;
        let values = self.per_issue(node)?;
        let weights = match map.get("weights") {
            Some(node) => self.per_issue(node)?,
            None => vec![None; values.len()],
        };
        for (issue, (value, weight)) in values.into_iter().zip(weights).enumerate() {
            let Some(value) = value else {
                let name = &self.issues[issue].name;
                self.error(
                    "missing-evaluation",
                    node.span,
                    format!("issue `{name}` has no value function"),
                );
                return None;
            };
            let mut weighted = Number::one();
            if let Some(weight) = weight {
                self.places.set(Place::Weight(self.party, issue), self.file, weight.span);
                weighted = weight.want_number("this weight", self.file, self.findings)?;
            }
            let at = match &value.data {
                Data::Map(entries) => entries.first().map_or(value.span, |e| e.key_span),
                _ => value.span,
            };
            self.places.set(Place::Value(self.party, issue), self.file, at);
            let function = self.value(issue, value)?;
            self.put(issue, &weighted * factor, function, value, utility)?;
        }
        Some(())
    }

    fn affine(&mut self, map: &Map<'a>, factor: &Number, utility: &mut Utility) -> Option<()> {
        let bias = self.or(map, "bias", Number::zero())?;
        utility.constant = &utility.constant + &(&bias * factor);
        let node = map.require("weights", "this utility function", self.findings)?;
        for (issue, weight) in self.per_issue(node)?.into_iter().enumerate() {
            let Some(weight) = weight else { continue };
            self.places.set(Place::Value(self.party, issue), self.file, weight.span);
            let slope = weight.want_number("this weight", self.file, self.findings)?;
            if !self.issues[issue].is_numeric() {
                let name = &self.issues[issue].name;
                self.error(
                    "bad-value-function",
                    weight.span,
                    format!("the options of issue `{name}` are no numbers"),
                );
                return None;
            }
            // A weight below zero is a slope here.
            let function = ValueFunction::linear(&slope * factor, Number::zero());
            self.put(issue, Number::one(), function, weight, utility)?;
        }
        Some(())
    }

    fn put(
        &mut self,
        issue: usize,
        weight: Number,
        value: ValueFunction,
        node: &Node,
        utility: &mut Utility,
    ) -> Option<()> {
        let slot = utility.issues.get_mut(issue)?;
        if slot.is_some() {
            self.error(
                "unknown-function",
                node.span,
                "two functions of the same issue in one weighted function are not read",
            );
            return None;
        }
        *slot = Some(IssueValue { weight, value, known: Known::Unknown });
        Some(())
    }

    fn weighted(&mut self, map: &Map<'a>, factor: &Number, utility: &mut Utility) -> Option<()> {
        let node = map.require("ufuns", "this utility function", self.findings)?;
        let parts = node.want_list("a list of utility functions", self.file, self.findings)?;
        let weights = match map.get("weights") {
            Some(node) => Some(node.want_list("a list of weights", self.file, self.findings)?),
            None => None,
        };
        if weights.is_some_and(|w| w.len() != parts.len()) {
            self.error("wrong-issue-count", node.span, "as many weights as functions are needed");
            return None;
        }
        for (index, part) in parts.iter().enumerate() {
            let mut factor = factor.clone();
            if let Some(weight) = weights.and_then(|w| w.get(index)) {
                factor = &factor * &weight.want_number("this weight", self.file, self.findings)?;
            }
            let part = part.want_map("a utility function", self.file, self.findings)?;
            self.function(&part, &factor, utility)?;
        }
        Some(())
    }
}
