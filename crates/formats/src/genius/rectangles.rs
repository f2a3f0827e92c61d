//! Hyper-rectangle profiles: utilities for boxes of outcomes.

use super::Profile;
use detente_model::diagnostic::Diagnostic;
use detente_model::preference::{Interaction, Known, When};
use detente_model::{Condition, Number, Place, Utility};
use roxmltree::Node;
use std::collections::HashMap;

/// Most options that the conditions of one profile may list.
const MAX_LISTED: usize = 4_000_000;

impl<'x> Profile<'x> {
    /// Reads `<utility maxutility=…><ufun …><hyperRectangle …>`.
    pub(super) fn rectangles(&mut self, node: Node<'_, 'x>, utility: &mut Utility) {
        let Some(most) = self.xml.number(node, "maxutility", "this profile", self.findings) else {
            return;
        };
        if !most.is_positive() {
            self.complain(node, "bad-maximum", "`maxutility` should be above zero".into());
            return;
        }
        let mut functions = node.children().filter(|n| n.has_tag_name("ufun"));
        let Some(function) = functions.next() else {
            self.complain(node, "missing-evaluation", "there is no `ufun` here".into());
            return;
        };
        if let Some(second) = functions.next() {
            self.complain(second, "unknown-function", "a second `ufun` is not taken".into());
            return;
        }
        let sum = function.attribute("aggregation").is_none_or(|a| a.eq_ignore_ascii_case("sum"));
        if !sum || function.children().any(|n| n.has_tag_name("ufun")) {
            self.complain(
                function,
                "unknown-function",
                "only one `ufun` that adds up its rectangles is taken".into(),
            );
            return;
        }
        utility.cap = Some(Number::one());
        let mut left = MAX_LISTED;
        let indices: HashMap<i64, usize> = self
            .indices
            .iter()
            .enumerate()
            .filter_map(|(issue, index)| Some(((*index)?, issue)))
            .collect();
        for rectangle in function.children().filter(Node::is_element) {
            if !rectangle.has_tag_name("hyperRectangle") {
                let name: String = rectangle.tag_name().name().chars().take(40).collect();
                self.complain(rectangle, "unknown-element", format!("`{name}` is not taken here"));
                continue;
            }
            if let Some(interaction) = self.rectangle(rectangle, &most, &indices, &mut left) {
                let place = Place::Interaction(self.party, utility.interactions.len());
                self.places.set(place, self.xml.file(), self.xml.span(rectangle));
                utility.interactions.push(interaction);
            }
        }
    }

    fn rectangle(
        &mut self,
        node: Node<'_, 'x>,
        most: &Number,
        indices: &HashMap<i64, usize>,
        left: &mut usize,
    ) -> Option<Interaction> {
        let mut worth = self.xml.number(node, "utility", "this rectangle", self.findings)?;
        if node.attribute("weight").is_some() {
            let weight = self.xml.number(node, "weight", "this rectangle", self.findings)?;
            worth = &worth * &weight;
        }
        let mut when = None;
        let mut ranges: Vec<(usize, i64, i64)> = Vec::new();
        for interval in node.children().filter(Node::is_element) {
            let this = match interval.tag_name().name() {
                "INCLUDES" => When::All,
                "EXCLUDES" => When::NotAll,
                other => {
                    let other: String = other.chars().take(40).collect();
                    self.complain(
                        interval,
                        "unknown-element",
                        format!("`{other}` is not taken here"),
                    );
                    return None;
                }
            };
            if when.is_some_and(|w| w != this) {
                self.complain(
                    interval,
                    "mixed-rectangle",
                    "one rectangle cannot both include and exclude".into(),
                );
                return None;
            }
            when = Some(this);
            ranges.push(self.interval(interval, indices)?);
        }
        ranges.sort_unstable();
        let mut conditions: Vec<Condition> = Vec::new();
        for same in ranges.chunk_by(|a, b| a.0 == b.0) {
            // Intervals on one issue hold together: their intersection.
            let min = same.iter().map(|r| r.1).max()?;
            let max = same.iter().map(|r| r.2).min()?;
            let options = self.options(node, same[0].0, min, max, left)?;
            conditions.push(Condition::new(same[0].0, options));
        }
        Some(Interaction {
            conditions,
            when: when.unwrap_or(When::All),
            value: (&worth / most)?,
            known: Known::Unknown,
        })
    }

    fn interval(
        &mut self,
        node: Node<'_, 'x>,
        indices: &HashMap<i64, usize>,
    ) -> Option<(usize, i64, i64)> {
        let index = self.xml.integer(node, "index", "this interval", self.findings)?;
        let min = self.xml.integer(node, "min", "this interval", self.findings)?;
        let max = self.xml.integer(node, "max", "this interval", self.findings)?;
        let Some(&issue) = indices.get(&index) else {
            self.complain(
                node,
                "unknown-issue",
                format!("the domain has no issue with index {index}"),
            );
            return None;
        };
        Some((issue, min, max))
    }

    /// The options of an issue from `min` to `max`.
    fn options(
        &mut self,
        node: Node<'_, 'x>,
        issue: usize,
        min: i64,
        max: i64,
        left: &mut usize,
    ) -> Option<Vec<usize>> {
        let detente_model::IssueKind::Integer { min: first, max: last } = self.issues[issue].kind
        else {
            let name = &self.issues[issue].name;
            self.complain(
                node,
                "unknown-function",
                format!("a rectangle needs integer issues, but `{name}` is none"),
            );
            return None;
        };
        let (from, to) = (min.max(first), max.min(last));
        if from > to {
            return Some(Vec::new());
        }
        let width = usize::try_from(i128::from(to) - i128::from(from) + 1).ok();
        let Some(rest) = width.and_then(|w| left.checked_sub(w)) else {
            self.complain(
                node,
                "too-large",
                format!("the rectangles cover more than {MAX_LISTED} options in all"),
            );
            return None;
        };
        *left = rest;
        let offset = usize::try_from(i128::from(from) - i128::from(first)).ok()?;
        Some((offset..offset + width?).collect())
    }

    fn complain(&mut self, node: Node<'_, 'x>, code: &'static str, message: String) {
        let span = self.xml.span(node);
        self.findings.add(Diagnostic::error(code, message).in_file(self.xml.file()).at(span));
    }
}
