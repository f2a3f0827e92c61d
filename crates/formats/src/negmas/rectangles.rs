//! Hyper-rectangles, with the ranges as NegMAS 0.16 tests them.

use super::Reader;
use super::values::tabulated;
use crate::tree::{Data, Map, Node};
use detente_model::diagnostic::Span;
use detente_model::preference::{Interaction, Known, When};
use detente_model::{Condition, Number, Place, Utility};

impl<'a> Reader<'a> {
    /// Adds the interactions of a `HyperRectangleUtilityFunction`.
    pub(super) fn rectangles(
        &mut self,
        map: &Map<'a>,
        factor: &Number,
        utility: &mut Utility,
    ) -> Option<()> {
        let bias = self.or(map, "bias", Number::zero())?;
        utility.constant = &utility.constant + &(&bias * factor);
        let ranges = map.require("outcome_ranges", "this utility function", self.findings)?;
        let ranges = ranges.want_list("a list of ranges", self.file, self.findings)?;
        let worths = map.require("utilities", "this utility function", self.findings)?;
        let numbers = worths.want_list("a list of utilities", self.file, self.findings)?;
        let weights = match map.get("weights") {
            Some(node) => Some(node.want_list("a list of weights", self.file, self.findings)?),
            None => None,
        };
        if numbers.len() != ranges.len() || weights.is_some_and(|w| w.len() != ranges.len()) {
            self.error(
                "wrong-issue-count",
                worths.span,
                "as many utilities (and weights) as ranges are needed",
            );
            return None;
        }
        let mut left = 4_000_000;
        for (index, (range, worth)) in ranges.iter().zip(numbers).enumerate() {
            let mut value = worth.want_number("this utility", self.file, self.findings)?;
            if let Some(weight) = weights.and_then(|w| w.get(index)) {
                value = &value * &weight.want_number("this weight", self.file, self.findings)?;
            }
            let place = Place::Interaction(self.party, utility.interactions.len());
            self.places.set(place, self.file, worth.span);
            utility.interactions.push(Interaction {
                conditions: self.range(range, &mut left)?,
                when: When::All,
                value: &value * factor,
                known: Known::Unknown,
            });
        }
        Some(())
    }

    fn range(&mut self, node: &'a Node, left: &mut usize) -> Option<Vec<Condition>> {
        if node.is_null() {
            return Some(Vec::new());
        }
        let map =
            node.want_map("a mapping from issue numbers to ranges", self.file, self.findings)?;
        let mut conditions = Vec::new();
        for entry in map.entries {
            let issue = entry.key.parse::<usize>().ok().filter(|i| *i < self.issues.len());
            let Some(issue) = issue.or_else(|| self.names.issue(&entry.key)) else {
                self.error(
                    "unknown-issue",
                    entry.key_span,
                    format!("there is no issue number {}", entry.key),
                );
                return None;
            };
            let Some(count) = tabulated(&self.issues[issue]) else {
                self.too_large(issue, entry.key_span);
                return None;
            };
            let mut within = vec![false; count];
            self.within(issue, &entry.value, &mut within, left, 0)?;
            let options = (0..count).filter(|&o| within[o]).collect();
            conditions.push(Condition::new(issue, options));
        }
        Some(conditions)
    }

    fn too_large(&mut self, issue: usize, at: Span) {
        let name = &self.issues[issue].name;
        self.error("too-large", at, format!("issue `{name}` has too many options for this range"));
    }

    /// Marks the options in a range: two numbers are an open interval, a longer
    /// list or names a set, and nothing holds nothing.
    fn within(
        &mut self,
        issue: usize,
        node: &'a Node,
        marks: &mut [bool],
        left: &mut usize,
        depth: usize,
    ) -> Option<()> {
        let Some(rest) = left.checked_sub(marks.len()) else {
            self.too_large(issue, node.span);
            return None;
        };
        match &node.data {
            Data::Null => {}
            Data::Text { text, .. } => {
                *left = rest;
                // A value that is no option is never met; NegMAS takes it so.
                if let Some(mark) = self.option(issue, text).and_then(|o| marks.get_mut(o)) {
                    *mark = true;
                }
            }
            Data::List(items) => {
                let number = |n: &Node| Number::parse(n.plain()?).ok();
                if let [low, high] = items.as_slice()
                    && let (Some(low), Some(high)) = (number(low), number(high))
                {
                    *left = rest;
                    for (option, mark) in marks.iter_mut().enumerate() {
                        let name = self.issues[issue].option_name(option);
                        *mark |= Number::parse(&name).is_ok_and(|x| low < x && x < high);
                    }
                } else if depth > 4 {
                    self.findings.add(node.not("a range", self.file));
                    return None;
                } else {
                    for item in items {
                        self.within(issue, item, marks, left, depth + 1)?;
                    }
                }
            }
            Data::Map(_) => {
                self.findings.add(node.not("a range", self.file));
                return None;
            }
        }
        Some(())
    }
}
